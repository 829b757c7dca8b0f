/*
 * Slack: its methods, who may come in, what its limits count, and its state
 */
#include "sandbox/slack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "sandbox/slack_impl.h"

#define MINUTE_US  INT64_C(60000000)
#define FILES_NR   100 /* calls a minute of the fourth tier */
#define DUMP_FLAGS (JSON_COMPACT | JSON_ENCODE_ANY)

enum {
	CONVERSATIONS,
	FILES,
	LIMITS
};

struct route {
	const char *path;
	const char *what, *object;
	slack_handler *handler; /* NULL: the download of a file */
	unsigned limits;
	bool writes; /* by POST */
};

static const struct route routes[] = {
	{ "/api/auth.test", "auth", NULL, slack_auth, 0, false },
	{ "/api/conversations.open", "open", "conversation", slack_open_dm,
	    1u << CONVERSATIONS, true },
	{ "/api/conversations.history", "list", "messages", slack_history,
	    1u << CONVERSATIONS, false },
	{ "/api/files.info", "get", "file", slack_file_info, 1u << FILES,
	    false },
	{ "/api/chat.postMessage", "post", "message", slack_post, 0, true },
	{ "/files-pri/", "download", "file", NULL, 0, false },
};

#define ROUTES (sizeof(routes) / sizeof(routes[0]))

/* Put an answer in JSON, which is freed; 200, whatever it says. */
static void
answer_json(struct call *call, json_t *answer)
{
	char *text = json_dumps(answer, DUMP_FLAGS);

	buf_clear(&call->reply->body);
	buf_str(&call->reply->body, text);
	free(text);
	json_decref(answer);
	httpd_reply_header(
	    call->reply, "Content-Type", "application/json; charset=utf-8");
}

/*
 * State
 */
void
slack_put_state(struct slack *s, struct buf *b)
{
	json_t *state;
	char *text;

	pthread_mutex_lock(&s->lock);
	state = json_pack(
	    "{s:O, s:O}", "messages", s->messages, "posted", s->posted);
	text = json_dumps(state, DUMP_FLAGS);
	pthread_mutex_unlock(&s->lock);
	json_decref(state);
	buf_str(b, text);
	buf_char(b, '\n');
	free(text);
}

/* Each has a time, those that were posted a channel. */
static bool
is_list(const json_t *list, bool posted)
{
	json_t *m, *ts;
	size_t i;
	int64_t at_us;

	json_array_foreach (list, i, m) {
		ts = json_object_get(m, "ts");
		if (!json_is_string(ts) ||
		    !slack_parse_ts(text_of(json_string_value(ts)), &at_us) ||
		    (posted && !json_is_string(json_object_get(m, "channel"))))
			return false;
	}
	return json_is_array(list);
}

int
slack_take_state(struct slack *s, struct text text, struct fault *f)
{
	json_t *state = json_loadb(text.p, text.len, JSON_ALLOW_NUL, NULL);
	json_t *messages = json_object_get(state, "messages");
	json_t *posted = json_object_get(state, "posted");

	if (!json_is_object(state) ||
	    (messages != NULL && !is_list(messages, false)) ||
	    (posted != NULL && !is_list(posted, true))) {
		json_decref(state);
		return fault_set(f, FAULT_DATA,
		    "the state of Slack has messages and posted, arrays of "
		    "objects with a ts");
	}
	pthread_mutex_lock(&s->lock);
	if (messages != NULL) {
		json_decref(s->messages);
		s->messages = json_incref(messages);
	}
	if (posted != NULL) {
		json_decref(s->posted);
		s->posted = json_incref(posted);
	}
	pthread_mutex_unlock(&s->lock);
	json_decref(state);
	return 0;
}

static void
slack_close(void *state)
{
	struct slack *s = state;

	json_decref(s->messages);
	json_decref(s->posted);
	map_free(s->busy);
	free(s->last_us);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

static void *
slack_open(const struct sandbox_conf *conf, struct crm *crm, struct fault *f)
{
	struct slack *s = xcalloc(1, sizeof(*s));

	(void)crm;
	(void)f;
	s->conf = conf;
	s->messages = slack_story(conf);
	s->posted = json_array();
	s->busy = map_new();
	pthread_mutex_init(&s->lock, NULL);
	return s;
}

/*
 * A call
 */
static size_t
slack_limits(void *state, struct limit *limit)
{
	const struct slack *s = state;

	limit_init(&limit[CONVERSATIONS], "slack conversations",
	    s->conf->slack.minute_limit, MINUTE_US);
	limit_init(&limit[FILES], "slack files",
	    s->conf->slack.minute_limit == 0 ? 0 : FILES_NR, MINUTE_US);
	return LIMITS;
}

static const struct route *
find_route(const struct httpd_request *request)
{
	const struct route *route;

	for (route = routes; route < routes + ROUTES; route++)
		if (route->handler != NULL
			? text_is(request->path, route->path)
			: text_starts_nocase(request->path, route->path) &&
			      request->segment_nr > 1)
			return route;
	return NULL;
}

/* Whether the token is one, and whose; the bot's has xoxb- in front. */
static bool
is_known(const struct slack *s, const struct httpd_request *request, bool *bot)
{
	struct text given = httpd_request_header(request, "Authorization");

	*bot = false;
	if (given.p == NULL || !text_starts_nocase(given, "Bearer "))
		return false;
	given.p += 7;
	given.len -= 7;
	*bot = text_starts_nocase(given, "xoxb-");
	if (*bot || text_starts_nocase(given, "xoxp-")) {
		given.p += 5;
		given.len -= 5;
	}
	return text_is(given, s->conf->token);
}

static bool
slack_admit(void *state, struct call *call)
{
	const struct route *route = find_route(call->request);
	bool bot, known = is_known(state, call->request, &bot);

	call->route = route;
	if (route == NULL) {
		answer_json(call, slack_error("unknown_method"));
		return false;
	}
	call->note->what = route->what;
	call->note->object = route->object;
	if (route->handler == NULL || known)
		return true;
	answer_json(call,
	    slack_error(
		httpd_request_header(call->request, "Authorization").p == NULL
		    ? "not_authed"
		    : "invalid_auth"));
	return false;
}

static unsigned
slack_counts(void *state, const struct call *call)
{
	const struct route *route = call->route;

	(void)state;
	return route->limits;
}

static void
over_limit(struct call *call, long long after_s)
{
	char seconds[24];

	answer_json(call, slack_error("ratelimited"));
	call->reply->status = 429;
	if (after_s < 0)
		return;
	snprintf(seconds, sizeof(seconds), "%lld", after_s);
	httpd_reply_header(call->reply, "Retry-After", seconds);
}

/* Parameters of a query, of a form, or of a body that is JSON. */
static bool
read_params(struct slack_call *c, struct httpd_request *form)
{
	const struct httpd_request *request = c->call->request;
	struct text type = httpd_request_header(request, "Content-Type");
	const struct route *route = c->call->route;
	struct buf query;

	c->form = request;
	if (strcmp(request->method, "POST") != 0 || type.p == NULL)
		return true;
	if (text_starts_nocase(type, "application/json")) {
		/* what reads does not take it */
		if (!route->writes)
			return true;
		c->body =
		    json_loadb(request->body.p, request->body.len, 0, NULL);
		return json_is_object(c->body);
	}
	buf_init(&query, request->body.len + 2);
	buf_char(&query, '?');
	buf_text(&query, request->body);
	httpd_request_target(form, query.p);
	buf_free(&query);
	c->form = form;
	return true;
}

static void
slack_answer(void *state, struct call *call)
{
	const struct route *route = call->route;
	struct slack *s = state;
	struct slack_call c = { .slack = s,
		.call = call,
		.now_us = call->request->at_us + s->conf->clock_us };
	struct httpd_request form = { 0 };
	bool known = is_known(s, call->request, &c.bot);
	json_t *answer;

	if (route->handler == NULL) {
		pthread_mutex_lock(&s->lock);
		slack_download(&c, known && !c.bot);
		pthread_mutex_unlock(&s->lock);
		return;
	}
	if (!read_params(&c, &form)) {
		answer = slack_error("invalid_json");
	} else {
		pthread_mutex_lock(&s->lock);
		answer = route->handler(&c);
		pthread_mutex_unlock(&s->lock);
	}
	if (answer == NULL)
		over_limit(call,
		    s->conf->retry_after_s < 0 ? 1 : s->conf->retry_after_s);
	else
		answer_json(call, answer);
	json_decref(c.body);
	httpd_request_free(&form);
}

static void
slack_over_limit(void *state, struct call *call, const struct limit *l)
{
	const struct slack *s = state;

	(void)l;
	over_limit(call, s->conf->retry_after_s >= 0
			     ? -1
			     : (call->wait_us + 999999) / 1000000);
}

/* A refusal that nobody earned: of Slack it comes with 200. */
static void
slack_refuse(void *state, struct call *call, unsigned status)
{
	(void)state;
	if (status == 429) {
		over_limit(call, -1);
		return;
	}
	answer_json(call, status == 401 ? slack_error("token_revoked")
			  : status == 403
			      ? json_pack("{s:b, s:s, s:s, s:s}", "ok", 0,
				    "error", "missing_scope", "needed",
				    "im:history", "provided", "chat:write")
			  : status == 404 ? slack_error("channel_not_found")
			  : status == 408 ? slack_error("request_timeout")
					  : slack_error("internal_error"));
}

static void
slack_tell_limits(void *state, struct call *call, const struct limit *limit)
{
	(void)state;
	(void)call;
	(void)limit;
}

const struct vendor vendor_slack = {
	.name = "slack",
	.prefix = (const char *const[]){ "/api/", "/files-pri/", NULL },
	.open = slack_open,
	.close = slack_close,
	.limits = slack_limits,
	.admit = slack_admit,
	.counts = slack_counts,
	.answer = slack_answer,
	.limited = slack_over_limit,
	.refuse = slack_refuse,
	.tell_limits = slack_tell_limits,
};
