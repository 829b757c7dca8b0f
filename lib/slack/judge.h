/*
 * judge.h - what Slack means by an answer: {"ok":false,"error":...} is none
 */
#ifndef KPIPE_SLACK_JUDGE_H
#define KPIPE_SLACK_JUDGE_H

#include "base/http.h"

/* Of methods. */
http_judge_fn client_judge;
/* Of files: a redirect is taken, for the caller to look at. */
http_judge_fn client_file_judge;

#endif
