#include "airtable/api.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "airtable/judge.h"
#include "base/folder.h"
#include "base/turns.h"
#include "base/xalloc.h"

#define CALLS_NR 4
#define CALLS_MS 1000
/*
 * Of all processes: one at a time, so that one that comes late does not come
 * together with those of the next second.
 */
#define TURN_MS (CALLS_MS / CALLS_NR)

struct api {
	struct api_conf conf;
	struct http *http;
	struct turns *turns; /* NULL: kept alone */
	struct fault alone;
};

void
api_settings(struct api_conf *c, const char *(*env)(const char *name))
{
	c->token = env("AIRTABLE_TOKEN");
	c->base = env("AIRTABLE_BASE");
	c->base_url = env("AIRTABLE_BASE_URL");
	c->state_home = env("XDG_STATE_HOME");
	c->home = env("HOME");
}

static bool
is_base_id(const char *s)
{
	return strncmp(s, "app", 3) == 0 && strlen(s) < 40 &&
	       strspn(s, "0123456789abcdefghijklmnopqrstuvwxyz"
			 "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == strlen(s);
}

/* A user without a folder of state is none who runs several at once. */
static void
open_turns(struct api *api)
{
	char *folder =
	    folder_own(api->conf.state_home, api->conf.home, ".local/state");
	char *path = NULL;

	if (folder == NULL)
		fault_set(&api->alone, FAULT_IO, "HOME is not set");
	else if (folder_make(folder, &api->alone) == 0) {
		if (asprintf(&path, "%s/airtable-%s.turns", folder,
			api->conf.base) == -1)
			xalloc_fail();
		api->turns = turns_new(path, 1, TURN_MS);
	}
	free(path);
	free(folder);
}

static void
take_turn(struct api *api)
{
	if (api->turns == NULL || turns_take(api->turns, &api->alone) == 0)
		return;
	turns_free(api->turns);
	api->turns = NULL;
}

const char *
api_alone(const struct api *api)
{
	return api->turns == NULL ? api->alone.text : NULL;
}

struct api *
api_new(const struct api_conf *conf, struct fault *f)
{
	struct http_conf http = { .judge = api_judge,
		.base_url = conf->base_url == NULL ? API_URL : conf->base_url,
		.base_given = conf->base_url != NULL,
		.secret = conf->token,
		.max_wait_s = conf->max_wait_s,
		.connections = 1 };
	struct api *api;

	if (conf->token == NULL)
		fault_set(f, FAULT_USAGE,
		    "no token: set AIRTABLE_TOKEN to a personal access token "
		    "of Airtable");
	else if (conf->base == NULL)
		fault_set(f, FAULT_USAGE,
		    "no base: give --base, or set AIRTABLE_BASE, to its id, "
		    "which starts with app");
	else if (!is_base_id(conf->base))
		fault_set(f, FAULT_USAGE,
		    "'%s' is no id of a base: it starts with app and stands in "
		    "the address of the base",
		    conf->base);
	else {
		api = xcalloc(1, sizeof(*api));
		api->conf = *conf;
		http.window[0] = (struct http_window){ CALLS_NR, CALLS_MS, 0 };
		api->http = http_new(&http, f);
		if (api->http != NULL) {
			open_turns(api);
			return api;
		}
		free(api);
	}
	return NULL;
}

void
api_free(struct api *api)
{
	if (api == NULL)
		return;
	http_free(api->http);
	turns_free(api->turns);
	free(api);
}

void
api_path(const struct api *api, const char *table, struct buf *b)
{
	buf_str(b, "/v0/");
	buf_str(b, api->conf.base);
	buf_char(b, '/');
	http_escape(b, text_of(table));
}

size_t
api_address_length(const struct api *api, const struct buf *path)
{
	const char *url = api->conf.base_url;

	return strlen(url == NULL ? API_URL : url) + path->len;
}

int
api_call(struct api *api, const struct http_request *request,
    struct http_answer *a, struct fault *f)
{
	struct http_request r = *request;
	int got;

	take_turn(api);
	r.windows = 1;
	*a = (struct http_answer){ 0 };
	if (http_send(api->http, &r, f) == -1)
		return -1;
	got = http_poll(api->http, a, -1, -1, f);
	if (got == 0)
		return fault_set(f, FAULT_IO, "no answer came");
	if (got == 1 && a->why.kind == FAULT_NONE)
		return 0;
	if (got == 1)
		*f = a->why;
	return -1;
}

void
api_hold(struct api *api, unsigned ms)
{
	http_window_hold(api->http, 0, ms);
}

const struct http_counts *
api_counts(const struct api *api)
{
	return http_counts(api->http);
}
