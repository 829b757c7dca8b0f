/*
 * httpd.h - answer HTTP/1.1 on one port of the loopback, by libmicrohttpd
 *
 * A thread a connection: the handler may take its time, and is called from
 * many threads at once. Bodies go out compressed when the client takes gzip. A
 * reply can be damaged on purpose, as a bad line or a dying server would.
 */
#ifndef KPIPE_HTTPD_H
#define KPIPE_HTTPD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/fault.h"
#include "base/text.h"

struct httpd;

/* One name=value of the query, decoded, or one header. */
struct httpd_param {
	struct text name, value;
};

/* A request, whole; good until the handler returns. */
struct httpd_request {
	const char *method;
	char *target;	      /* as it was sent, with the query */
	struct text path;     /* the part before the "?", as it was sent */
	struct text query;    /* the part behind it */
	struct text *segment; /* of the path, decoded; none for a last slash */
	size_t segment_nr;
	struct httpd_param *param;
	size_t param_nr;
	struct httpd_param *header;
	size_t header_nr;
	struct text body; /* NUL behind it */
	bool body_over;	  /* it was longer than body_max: body is cut */
	int64_t at_us;	  /* when it was there, by a clock that only grows */
	char *decoded;	  /* what the segments and parameters point into */
};

enum httpd_damage {
	HTTPD_WHOLE,
	HTTPD_RESET, /* the connection is reset instead of an answer */
	HTTPD_CUT,   /* it is closed in the middle of the body */
	HTTPD_STALL, /* half the body, then nothing for stall_ms, the rest */
	HTTPD_SHORT, /* half the bytes (of the gzip) as if they were all */
};

struct httpd_reply {
	unsigned status;
	struct buf head; /* by httpd_reply_header */
	struct buf body;
	unsigned delay_ms; /* from at_us on, before the first byte */
	enum httpd_damage damage;
	unsigned stall_ms;
};

/* Fills the reply, which comes empty with status 200. */
typedef void httpd_handler(
    void *arg, const struct httpd_request *, struct httpd_reply *);

struct httpd_conf {
	unsigned port; /* 0: any free one */
	httpd_handler *handler;
	void *arg;
	size_t body_max; /* of a request */
};

/*
 * Listen on 127.0.0.1 and answer from now on. Errors: FAULT_IO, which says so
 * when the port is taken.
 */
struct httpd *httpd_start(const struct httpd_conf *, struct fault *);
/* Break off what is under way, wait for the threads and free. Takes NULL. */
void httpd_stop(struct httpd *);

unsigned httpd_port(const struct httpd *);

/*
 * Make a request of its parts, as the server does and tests may: take a target
 * apart, add a header (borrowed). Free what that allocated.
 */
void httpd_request_target(struct httpd_request *, const char *target);
void httpd_request_add_header(
    struct httpd_request *, const char *name, const char *value);
void httpd_request_free(struct httpd_request *);

/* The value of a header, "no text" when it is not there; any case. */
struct text httpd_request_header(
    const struct httpd_request *, const char *name);

/* The parameter of that name that stands last, NULL when there is none. */
const struct httpd_param *httpd_request_param(
    const struct httpd_request *, const char *name);

void httpd_reply_header(
    struct httpd_reply *, const char *name, const char *value);

#endif
