/*
 * http_wire.h - requests and their answers over HTTP, many at once, by libcurl
 *
 * The lower half of http.h: it sends a request when told, once, and says what
 * came of it. When to send and whether to send again is http.c's.
 */
#ifndef KPIPE_HTTP_WIRE_H
#define KPIPE_HTTP_WIRE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/http.h"

struct http_wire;
struct http_lane; /* what one request at a time runs on */

enum http_event {
	HTTP_SENT,  /* it goes out now; again if libcurl sends it twice */
	HTTP_BEGUN, /* its answer comes */
};

/* user is that of the request. */
typedef void http_event_fn(void *arg, void *user, enum http_event);

/* What came of a request; good until its lane is freed. */
struct http_outcome {
	struct http_lane *lane;
	void *user;
	long status; /* 0: why says what happened */
	struct text body;
	struct fault why;
	bool sent;     /* at least once; else it never went out */
	uint64_t wire; /* bytes of the body as they came */
};

/* conf has no zeros for defaults here. Errors: as http_new. */
struct http_wire *http_wire_new(
    const struct http_conf *, http_event_fn *, void *arg, struct fault *);
/* Breaks off what runs. Takes NULL. */
void http_wire_free(struct http_wire *);

/* Without a slash at its end. */
const char *http_wire_base(const struct http_wire *);

/* Put *** for what of the secret stands in text, whole or cut off. */
void http_wire_hide(const struct http_wire *, char *text);

/* Lanes in use, those of outcomes not yet freed included. */
unsigned http_wire_used(const struct http_wire *);

/* Send r, which must stay, on a free lane; there must be one. */
int http_wire_start(
    struct http_wire *, const struct http_request *r, struct fault *);

/* Do what can be done without waiting. Errors: FAULT_IO. */
int http_wire_work(struct http_wire *, struct fault *);
/* The next outcome; false when there is none yet. */
bool http_wire_done(struct http_wire *, struct http_outcome *);
void http_lane_free(struct http_lane *);

/*
 * Wait for the network, at most ms (-1: no bound): 1 when fd can be read, else
 * 0. fd -1 is none. Errors: FAULT_IO.
 */
int http_wire_wait(struct http_wire *, int fd, int ms, struct fault *);

/* A header of the outcome that lane has. */
struct text http_lane_header(const struct http_lane *, const char *name);

#endif
