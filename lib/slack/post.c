#include "slack/post.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/xalloc.h"
#include "slack/sent.h"

#define BODY_MAX   ((size_t)4 << 20)
#define PATH_BYTES 2048
#define PAGES_MOST 1000
#define SLACK_US   INT64_C(300000000) /* clocks may differ so much */

struct note {
	enum post_state state;
	instant_us at; /* when it was first tried */
};

struct posts {
	struct post_conf conf;
	struct client *client;
	struct ledger *ledger;
	struct map *map; /* "to\nkey" to an index in note */
	struct note *note;
	size_t cap;
	struct map *direct; /* users to an index in channel */
	char **channel;
	size_t cap_channel;
};

static const char *const state_word[] = { "refused", "sending", "sent" };

static struct note *
note_of(struct posts *p, struct text to, struct text key)
{
	struct buf b;
	size_t i;
	bool added;

	buf_init(&b, to.len + key.len + 1);
	buf_text(&b, to);
	buf_char(&b, '\n');
	buf_text(&b, key);
	i = map_intern(p->map, buf_view(&b), &added);
	buf_free(&b);
	if (added) {
		p->note = xgrow(p->note, i, &p->cap, sizeof(*p->note));
		p->note[i] = (struct note){ 0 };
	}
	return &p->note[i];
}

static int
read_ledger(struct posts *p, struct fault *f)
{
	static const char *const name[] = { "to", "key", "state", "at" };
	struct json_shape *shape = json_shape_new();
	struct arena *scratch = arena_new();
	struct json_value field[4];
	struct text text[4];
	struct note *note;
	size_t at = 0, i;
	instant_us when;
	int more;

	for (i = 0; i < 4; i++)
		json_want(shape, name[i]);
	while ((more = ledger_next(p->ledger, &at, shape, field, f)) == 1) {
		for (i = 0; i < 4; i++)
			text[i] = json_text(field[i], scratch);
		if (text[0].p == NULL || text[1].p == NULL || text[2].p == NULL)
			continue;
		note = note_of(p, text[0], text[1]);
		for (i = POST_NEW; i <= POST_SENT; i++)
			if (text_is(text[2], state_word[i]))
				note->state = (enum post_state)i;
		if (note->state == POST_SENDING && text[3].p != NULL &&
		    instant_parse(text[3], &when))
			note->at = when;
		arena_clear(scratch);
	}
	json_shape_free(shape);
	arena_free(scratch);
	return more;
}

struct posts *
posts_new(const struct post_conf *conf, struct client *client,
    struct ledger *ledger, struct fault *f)
{
	struct posts *p = xcalloc(1, sizeof(*p));

	p->conf = *conf;
	p->client = client;
	p->ledger = ledger;
	p->map = map_new();
	p->direct = map_new();
	if (read_ledger(p, f) == 0)
		return p;
	posts_free(p);
	return NULL;
}

void
posts_free(struct posts *p)
{
	size_t i;

	if (p == NULL)
		return;
	for (i = 0; i < map_size(p->direct); i++)
		free(p->channel[i]);
	map_free(p->direct);
	map_free(p->map);
	free(p->channel);
	free(p->note);
	free(p);
}

enum post_state
post_state(const struct posts *p, const struct message *m)
{
	return note_of((struct posts *)p, text_of(m->to), text_of(m->key))
	    ->state;
}

static int
set_state(struct posts *p, const struct message *m, enum post_state state,
    struct fault *f)
{
	struct note *note = note_of(p, text_of(m->to), text_of(m->key));
	char at[INSTANT_TEXT];
	const char *member[][2] = { { "type", "slack_post" }, { "to", m->to },
		{ "key", m->key }, { "state", state_word[state] },
		{ "at", at } };
	struct buf b;
	size_t i;
	int status;

	note->at = p->conf.now();
	instant_format(note->at, at);
	buf_init(&b, BODY_MAX);
	json_open(&b);
	for (i = 0; i < sizeof(member) / sizeof(member[0]); i++) {
		json_key(&b, member[i][0]);
		json_put_str(&b, member[i][1]);
	}
	json_close(&b);
	buf_char(&b, '\n');
	status = ledger_add(p->ledger, buf_view(&b), f);
	buf_free(&b);
	if (status == 0)
		note->state = state;
	return status;
}

/* The conversation of a message: of a user, the direct message. */
static int
find_channel(struct posts *p, const struct message *m, struct text *channel,
    struct fault *f)
{
	struct text to = text_of(m->to);
	struct buf id;
	size_t i = map_get(p->direct, to);

	*channel = to;
	if (!slack_id_is_user(to))
		return 0;
	if (i == MAP_NONE) {
		buf_init(&id, 100);
		if (client_direct(p->client, to, &id, f) == -1) {
			buf_free(&id);
			return -1;
		}
		i = map_intern(p->direct, to, NULL);
		p->channel =
		    xgrow(p->channel, i, &p->cap_channel, sizeof(*p->channel));
		p->channel[i] = xstrndup(id.p, id.len);
		buf_free(&id);
	}
	*channel = text_of(p->channel[i]);
	return 0;
}

/*
 * Looking for one of which it is not known
 */
static void
put_path(
    struct buf *path, struct text channel, instant_us since, struct text cursor)
{
	buf_clear(path);
	buf_str(path, "/api/conversations.history?channel=");
	http_escape(path, channel);
	buf_printf(path,
	    "&include_all_metadata=true&limit=200&oldest=%lld.000000",
	    (long long)(since / 1000000));
	if (cursor.len > 0) {
		buf_str(path, "&cursor=");
		http_escape(path, cursor);
	}
}

/* 1 when the conversation has it, 0 when not. */
static int
look_for(struct posts *p, const struct message *m, struct text channel,
    instant_us since, struct fault *f)
{
	struct http_request request = { .method = "GET", .repeatable = true };
	struct sent *sent = sent_new(m);
	struct http_answer a;
	struct buf path;
	int found = 0, nr = 0;

	buf_init(&path, PATH_BYTES);
	do {
		put_path(&path, channel, since, sent_cursor(sent));
		request.path = path.p;
		if (client_call(p->client, &request, &a, f) == -1)
			found = -1;
		else
			found = sent_page(sent, a.body, f);
		if (found == 0 && ++nr == PAGES_MOST)
			found =
			    fault_set(f, FAULT_DATA, "the pages have no end");
	} while (found == 0 && sent_cursor(sent).len > 0);
	buf_free(&path);
	sent_free(sent);
	return found;
}

/*
 * Sending
 */
static unsigned
window_of(struct text channel)
{
	unsigned sum = 0;
	size_t i;

	for (i = 0; i < channel.len; i++)
		sum = sum * 31 + (unsigned char)channel.p[i];
	return 1u << sum % HTTP_WINDOWS;
}

static int
send_it(struct posts *p, const struct message *m, struct text channel,
    struct http_answer *a, struct fault *f)
{
	struct http_request request = { .method = "POST",
		.path = "/api/chat.postMessage",
		.windows = window_of(channel) };
	struct buf body;
	int status;

	buf_init(&body, BODY_MAX);
	payload_put(m, channel, p->conf.plain, &body);
	request.body = buf_view(&body);
	*a = (struct http_answer){ 0 };
	status = buf_check(&body, "the message", f);
	if (status == 0)
		status = client_call(p->client, &request, a, f);
	buf_free(&body);
	return status;
}

static int
send_new(struct posts *p, const struct message *m, struct text channel,
    const char **how, struct fault *f)
{
	struct fault ignored = { 0 };
	struct http_answer a;
	instant_us since = p->conf.now() - SLACK_US;
	int found;

	if (set_state(p, m, POST_SENDING, f) == -1)
		return -1;
	*how = "sent";
	if (send_it(p, m, channel, &a, f) == 0)
		return set_state(p, m, POST_SENT, f);
	if (f->kind == FAULT_DENIED || a.status == 429) {
		if (set_state(p, m, POST_NEW, &ignored) == -1)
			*f = ignored;
		return -1;
	}
	found = p->conf.force ? 0 : look_for(p, m, channel, since, &ignored);
	if (found == 1) {
		*how = "found";
		return set_state(p, m, POST_SENT, f);
	}
	/* it may still be on its way: a later start looks again */
	return fault_prefix(f, "it is not known whether it was sent, and the "
			       "next start looks: ");
}

int
post_send(
    struct posts *p, const struct message *m, const char **how, struct fault *f)
{
	struct note note = *note_of(p, text_of(m->to), text_of(m->key));
	struct text channel;
	int found;

	*how = "already";
	if (note.state == POST_SENT && !p->conf.force)
		return 0;
	if (find_channel(p, m, &channel, f) == -1)
		return -1;
	if (note.state == POST_SENDING && !p->conf.force) {
		found = look_for(p, m, channel, note.at - SLACK_US, f);
		if (found == -1)
			return fault_prefix(
			    f, "it is not known whether it was sent before: ");
		if (found == 1) {
			*how = "found";
			return set_state(p, m, POST_SENT, f);
		}
	}
	return send_new(p, m, channel, how, f);
}
