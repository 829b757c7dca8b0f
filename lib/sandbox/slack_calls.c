/*
 * The methods: who we are, direct messages, what was written, files, posts
 */
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "sandbox/slack_impl.h"

#define PAGE_DEFAULT 100
#define PAGE_MAX     999
#define SECOND_US    INT64_C(1000000)
#define TEXT_MOST    40000
#define BLOCKS_MOST  50
#define HEADER_MOST  150
#define SECTION_MOST 3000
#define ALL_MOST     13000 /* of the blocks' texts */

static const char *const user_id[] = { SLACK_OPS, SLACK_OWNER, "U0NIGHT001",
	"U0DAY00001", "U0EVENING1", "U0COO00001", NULL };
static const char *const channel_id[] = { "C0COACHING", "C0ALERTS01", NULL };

static bool
is_one_of(struct text id, const char *const *list)
{
	for (; *list != NULL; list++)
		if (text_is(id, *list))
			return true;
	return false;
}

bool
slack_is_user(struct text id)
{
	return is_one_of(id, user_id);
}

void
slack_format_ts(int64_t at_us, char out[SLACK_TS])
{
	snprintf(out, SLACK_TS, "%lld.%06lld", (long long)(at_us / SECOND_US),
	    (long long)(at_us % SECOND_US));
}

bool
slack_parse_ts(struct text t, int64_t *at_us)
{
	const char *point = memchr(t.p, '.', t.len);
	size_t whole = point == NULL ? t.len : (size_t)(point - t.p), i;
	int64_t s, us = 0;

	if (!num_parse_int((struct text){ t.p, whole }, &s) || s < 0 ||
	    s > INT32_MAX * INT64_C(10) || t.len > whole + 7)
		return false;
	for (i = whole + 1; i < whole + 7; i++) {
		if (i < t.len && (t.p[i] < '0' || t.p[i] > '9'))
			return false;
		us = us * 10 + (i < t.len ? t.p[i] - '0' : 0);
	}
	*at_us = s * SECOND_US + us;
	return true;
}

json_t *
slack_error(const char *error)
{
	return json_pack("{s:b, s:s}", "ok", 0, "error", error);
}

struct text
slack_param(const struct slack_call *c, const char *name)
{
	const struct httpd_param *p;

	if (c->body != NULL)
		return text_of(
		    json_string_value(json_object_get(c->body, name)));
	p = httpd_request_param(c->form, name);
	if (p == NULL)
		return (struct text){ 0 };
	return p->value;
}

json_t *
slack_auth(struct slack_call *c)
{
	return json_pack("{s:b, s:s, s:s, s:s}", "ok", 1, "team",
	    "Lantern House", "team_id", "T0LANTERN1", "user_id",
	    c->bot ? SLACK_BOT : SLACK_OWNER);
}

/* The direct message of who has the token with a user. */
static void
put_dm(const struct slack_call *c, struct text user, char out[SLACK_TS])
{
	snprintf(out, SLACK_TS, "D%s%.*s", c->bot ? "B" : "",
	    (int)(user.len - (c->bot ? 2 : 1)), user.p + (c->bot ? 2 : 1));
}

json_t *
slack_open_dm(struct slack_call *c)
{
	struct text user = slack_param(c, "users");
	char id[SLACK_TS];

	if (user.len == 0)
		return slack_error("users_list_not_supplied");
	if (text_is(user, SLACK_GONE))
		return slack_error("user_disabled");
	if (!slack_is_user(user))
		return slack_error("user_not_found");
	put_dm(c, user, id);
	return json_pack("{s:b, s:{s:s}}", "ok", 1, "channel", "id", id);
}

/* Whether who has the token is in that channel; else why not. */
static const char *
not_in(const struct slack_call *c, struct text channel)
{
	char id[SLACK_TS];
	size_t i;

	if (text_is(channel, "C0ARCHIVE1"))
		return "is_archived";
	if (text_is(channel, "C0NOTOURS1"))
		return "not_in_channel";
	if (is_one_of(channel, channel_id))
		return NULL;
	for (i = 0; user_id[i] != NULL; i++) {
		put_dm(c, text_of(user_id[i]), id);
		if (text_is(channel, id))
			return NULL;
	}
	return "channel_not_found";
}

/*
 * Files
 */

/* A member that is text; "" for any other. */
static const char *
member(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text == NULL ? "" : text;
}

/* As it is shown: with its addresses and size, without its content. */
static json_t *
shown_file(const struct slack_call *c, const json_t *file, bool whole)
{
	struct text host = httpd_request_header(c->call->request, "Host");
	const char *id = member(file, "id");
	json_t *content = json_object_get(file, "content"), *copy;
	char url[400];

	if (content == NULL)
		return json_deep_copy(file);
	if (!whole &&
	    strcmp(member(file, "file_access"), "check_file_info") == 0)
		return json_pack("{s:s, s:O, s:s}", "id", id, "created",
		    json_object_get(file, "created"), "file_access",
		    "check_file_info");
	copy = json_deep_copy(file);
	json_object_del(copy, "content");
	if (json_object_get(copy, "size") == NULL)
		json_object_set_new(copy, "size",
		    json_integer((json_int_t)json_string_length(content)));
	snprintf(url, sizeof(url), "http://%.*s/files-pri/T0LANTERN1-%s/file",
	    TEXT_ARG(host), id);
	json_object_set_new(copy, "url_private", json_string(url));
	if (json_object_get(copy, "url_private_download") == NULL)
		json_object_set_new(
		    copy, "url_private_download", json_string(url));
	if (whole)
		json_object_set_new(
		    copy, "file_access", json_string("visible"));
	return copy;
}

static json_t *
find_file(const struct slack *s, struct text id)
{
	json_t *message, *file;
	size_t i, k;

	json_array_foreach (s->messages, i, message)
		json_array_foreach (json_object_get(message, "files"), k, file)
			if (text_is(id, member(file, "id")))
				return file;
	return NULL;
}

json_t *
slack_file_info(struct slack_call *c)
{
	json_t *file = find_file(c->slack, slack_param(c, "file"));

	if (file == NULL || c->bot)
		return slack_error("file_not_found");
	return json_pack(
	    "{s:b, s:o}", "ok", 1, "file", shown_file(c, file, true));
}

void
slack_download(struct slack_call *c, bool known)
{
	struct text id = c->call->request->segment[1];
	struct httpd_reply *reply = c->call->reply;
	json_t *file, *content;

	id.p += id.len < 11 ? 0 : 11; /* behind that of the team */
	id.len -= id.len < 11 ? 0 : 11;
	file = find_file(c->slack, id);
	content = json_object_get(file, "content");
	if (!known || content == NULL) {
		httpd_reply_header(
		    reply, "Content-Type", "text/html; charset=utf-8");
		buf_str(&reply->body,
		    "<!DOCTYPE html><html><head><title>Sign in | Slack"
		    "</title></head><body><h1>Sign in to Lantern House</h1>"
		    "</body></html>\n");
		return;
	}
	httpd_reply_header(reply, "Content-Type", member(file, "mimetype"));
	buf_add(&reply->body, json_string_value(content),
	    json_string_length(content));
}

/*
 * History
 */
static json_t *
shown_message(const struct slack_call *c, json_t *message, bool metadata)
{
	json_t *copy = json_copy(message), *files, *file;
	size_t i;

	json_object_del(copy, "channel");
	if (!metadata)
		json_object_del(copy, "metadata");
	files = json_object_get(message, "files");
	if (files == NULL)
		return copy;
	json_object_set_new(copy, "files", json_array());
	json_array_foreach (files, i, file)
		json_array_append_new(
		    json_object_get(copy, "files"), shown_file(c, file, false));
	return copy;
}

static bool
is_in(const json_t *message, struct text channel, bool posted)
{
	return !posted || text_is(channel, json_string_value(json_object_get(
					       message, "channel")));
}

/* Newest first, those of list from oldest up to before latest. */
static void
add_messages(struct slack_call *c, const json_t *list, bool posted,
    const int64_t range[2], bool inclusive, size_t most, json_t *answer)
{
	bool metadata = text_is(slack_param(c, "include_all_metadata"), "true");
	struct text channel = slack_param(c, "channel");
	json_t *out = json_object_get(answer, "messages"), *m;
	size_t i = json_array_size(list);
	int64_t at_us;

	while (i-- > 0) {
		m = json_array_get(list, i);
		if (!is_in(m, channel, posted) ||
		    !slack_parse_ts(
			text_of(json_string_value(json_object_get(m, "ts"))),
			&at_us) ||
		    at_us < range[0] || at_us > range[1] ||
		    (!inclusive && at_us == range[0]))
			continue;
		if (json_array_size(out) == most) {
			json_object_set_new(answer, "has_more", json_true());
			return;
		}
		json_array_append_new(out, shown_message(c, m, metadata));
	}
}

/* The cursor is the time before which the next page starts. */
static void
tell_next(struct slack_call *c, json_t *answer, size_t most)
{
	json_t *list = json_object_get(answer, "messages"), *last;
	struct text cursor = slack_param(c, "cursor");
	const char *next = "";

	if (json_is_true(json_object_get(answer, "has_more")) && most > 0) {
		last = json_array_get(list, json_array_size(list) - 1);
		next = json_string_value(json_object_get(last, "ts"));
	}
	if (c->call->page == PAGE_LOOP && cursor.len > 0)
		next = cursor.p;
	json_object_set_new(answer, "response_metadata",
	    json_pack("{s:s}", "next_cursor", next));
	c->call->note->results = json_array_size(list);
}

static bool
read_ts(struct slack_call *c, const char *name, int64_t *at_us)
{
	struct text t = slack_param(c, name);

	return t.len == 0 || slack_parse_ts(t, at_us);
}

json_t *
slack_history(struct slack_call *c)
{
	struct text channel = slack_param(c, "channel");
	struct text limit = slack_param(c, "limit");
	int64_t range[2] = { 0, INT64_MAX }, before = INT64_MAX, nr;
	bool inclusive = text_is(slack_param(c, "inclusive"), "true");
	const char *why = not_in(c, channel);
	json_t *answer;

	if (why != NULL && strcmp(why, "is_archived") != 0)
		return slack_error(why);
	nr = PAGE_DEFAULT;
	if (limit.len > 0 &&
	    (!num_parse_int(limit, &nr) || nr < 1 || nr > PAGE_MAX))
		return slack_error("invalid_limit");
	if (!read_ts(c, "oldest", &range[0]))
		return slack_error("invalid_ts_oldest");
	if (!read_ts(c, "latest", &range[1]))
		return slack_error("invalid_ts_latest");
	if (!read_ts(c, "cursor", &before))
		return slack_error("invalid_cursor");
	if (before <= range[1])
		range[1] = before - 1;
	if (c->slack->conf->slack.page > 0 && nr > c->slack->conf->slack.page)
		nr = c->slack->conf->slack.page;
	answer =
	    json_pack("{s:b, s:[], s:b}", "ok", 1, "messages", "has_more", 0);
	if (!c->bot && text_is(channel, SLACK_DM))
		add_messages(c, c->slack->messages, false, range, inclusive,
		    (size_t)nr, answer);
	else
		add_messages(c, c->slack->posted, true, range, inclusive,
		    (size_t)nr, answer);
	tell_next(c, answer, (size_t)nr);
	return answer;
}

/*
 * Posts
 */

/* A second has passed since something was posted there. */
static bool
is_busy(struct slack_call *c, struct text channel)
{
	struct slack *s = c->slack;
	int64_t now = c->call->request->at_us;
	bool added;
	size_t i = map_intern(s->busy, channel, &added);

	if (added) {
		s->last_us = xreallocarray(
		    s->last_us, map_size(s->busy), sizeof(*s->last_us));
		s->last_us[i] = now - SECOND_US;
	}
	if (now - s->last_us[i] < SECOND_US)
		return true;
	s->last_us[i] = now;
	return false;
}

/* As Slack counts characters. */
static size_t
text_size(const json_t *object)
{
	const json_t *text = json_object_get(object, "text");

	if (!json_is_string(text))
		return 0;
	return utf8_units(
	    (struct text){ json_string_value(text), json_string_length(text) });
}

/* What is wrong with a block; *sum gets the bytes of its texts. */
static bool
is_block(const json_t *block, size_t *sum)
{
	const char *type = json_string_value(json_object_get(block, "type"));
	json_t *text = json_object_get(block, "text"), *element;
	size_t i, most = SECTION_MOST;

	if (type == NULL)
		return false;
	if (strcmp(type, "divider") == 0)
		return true;
	if (strcmp(type, "context") == 0) {
		json_array_foreach (
		    json_object_get(block, "elements"), i, element)
			*sum += text_size(element);
		return i > 0 && i <= 10;
	}
	if (strcmp(type, "header") == 0)
		most = HEADER_MOST;
	else if (strcmp(type, "section") != 0)
		return false;
	*sum += text_size(text);
	return text_size(text) > 0 && text_size(text) <= most;
}

static const char *
why_not(const struct slack_call *c, struct text text, const json_t *blocks)
{
	json_t *block;
	size_t i, sum = 0;

	if (text.len == 0 && json_array_size(blocks) == 0)
		return "no_text";
	if (utf8_units(text) > TEXT_MOST)
		return "msg_too_long";
	if (json_object_get(c->body, "blocks") != NULL &&
	    (!json_is_array(blocks) || json_array_size(blocks) > BLOCKS_MOST))
		return "invalid_blocks";
	json_array_foreach (blocks, i, block)
		if (!is_block(block, &sum))
			return "invalid_blocks";
	return sum > ALL_MOST ? "msg_blocks_too_long" : NULL;
}

json_t *
slack_post(struct slack_call *c)
{
	json_t *blocks = json_object_get(c->body, "blocks"), *m;
	struct text channel = slack_param(c, "channel");
	struct text text = slack_param(c, "text");
	const char *why;
	char ts[SLACK_TS], dm[SLACK_TS];

	if (c->body == NULL)
		return slack_error("invalid_arguments");
	if (slack_is_user(channel)) {
		put_dm(c, channel, dm);
		channel = text_of(dm);
	}
	why = not_in(c, channel);
	if (why == NULL)
		why = why_not(c, text, blocks);
	if (why != NULL)
		return slack_error(why);
	if (is_busy(c, channel))
		return NULL;
	if (c->now_us <= c->slack->last_ts)
		c->now_us = c->slack->last_ts + 1;
	c->slack->last_ts = c->now_us;
	slack_format_ts(c->now_us, ts);
	m = json_pack("{s:s, s:s#, s:s, s:s, s:s#}", "type", "message",
	    "channel", channel.p, (int)channel.len, "user",
	    c->bot ? SLACK_BOT : SLACK_OWNER, "ts", ts, "text",
	    text.len == 0 ? "" : text.p, (int)text.len);
	if (blocks != NULL)
		json_object_set(m, "blocks", blocks);
	if (json_object_get(c->body, "metadata") != NULL)
		json_object_set(
		    m, "metadata", json_object_get(c->body, "metadata"));
	json_array_append_new(c->slack->posted, m);
	return json_pack("{s:b, s:s#, s:s, s:{s:s#}}", "ok", 1, "channel",
	    channel.p, (int)channel.len, "ts", ts, "message", "text",
	    text.len == 0 ? "" : text.p, (int)text.len);
}
