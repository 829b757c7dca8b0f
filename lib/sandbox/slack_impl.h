/*
 * slack_impl.h - what the slack_*.c files share
 */
#ifndef KPIPE_SANDBOX_SLACK_IMPL_H
#define KPIPE_SANDBOX_SLACK_IMPL_H

#include <pthread.h>

#include <jansson.h>

#include "base/date.h"
#include "base/map.h"
#include "sandbox/slack.h"
#include "sandbox/vendor.h"

#define SLACK_OPS   "U0OPS00001" /* who shares the export */
#define SLACK_OWNER "U0OWNER001" /* whose the user token is */
#define SLACK_GONE  "U0GONE0001" /* deactivated */
#define SLACK_BOT   "U0KPIPE001"
#define SLACK_DM    "D0OPS00001" /* of the two */
#define SLACK_TS    24

struct slack {
	const struct sandbox_conf *conf;

	pthread_mutex_t lock; /* of all below */
	json_t *messages;     /* of SLACK_DM, oldest first */
	json_t *posted;	      /* oldest first, each with its channel */
	struct map *busy;     /* channel to the index in last_us */
	int64_t *last_us;     /* when something was posted there */
	int64_t last_ts;      /* of a post: no two have the same */
};

struct slack_call {
	struct slack *slack;
	struct call *call;
	const struct httpd_request *form; /* parameters of query or body */
	json_t *body;			  /* of JSON; NULL: none */
	bool bot;			  /* the token is a bot's */
	int64_t now_us;			  /* by the server's clock */
};

typedef json_t *slack_handler(struct slack_call *);

slack_handler slack_auth, slack_open_dm, slack_history, slack_file_info;
slack_handler slack_post;
/* GET /files-pri/ID/NAME: answers itself. */
void slack_download(struct slack_call *, bool known);

/* {"ok":false,"error":...} */
json_t *slack_error(const char *error);
/* A parameter, "no text" when it is not given; of JSON, a string. */
struct text slack_param(const struct slack_call *, const char *name);
/* What is not a user's id, or a user's that is nobody's, is no direct message. */
bool slack_is_user(struct text id);

void slack_format_ts(int64_t at_us, char out[SLACK_TS]);
bool slack_parse_ts(struct text, int64_t *at_us);

/* The messages of an account at first (slack_story.c). */
json_t *slack_story(const struct sandbox_conf *);

#endif
