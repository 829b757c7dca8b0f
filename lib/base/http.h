/*
 * http.h - ask one server over HTTPS: many requests at once, paced and retried
 *
 * All requests of a client share one pool of connections. Each is sent when
 * its windows have room, tried again as the judge says, and answered once.
 * Redirects are not followed, bodies are asked for compressed (gzip) and capped,
 * peer and host are checked, plain http is refused unless the user named the
 * base. The secret goes into one header and nowhere else: no fault, no log shows
 * it, also when the server's words hold it. A proxy is taken from the
 * environment as libcurl does.
 */
#ifndef KPIPE_HTTP_H
#define KPIPE_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/text.h"

#define HTTP_WINDOWS 4

struct http;
struct http_answer;

/*
 * A sliding window: at most nr sends in any window_ms, as the server counts
 * them (pace.h). 0 is no limit. While a request of rank 0 waits or runs, the
 * others together leave to it what it can use of the nr, by the time it was seen
 * to take from one link to the next, but at most reserve, and at least one is
 * theirs: one long chain must not starve behind many short ones. An answer runs
 * until the next http_poll, so a chain that sends its next request before that
 * has no gap.
 */
struct http_window {
	unsigned nr;
	unsigned window_ms;
	unsigned reserve;
};

enum http_verdict {
	HTTP_TAKE,  /* hand it to the caller as a success */
	HTTP_RETRY, /* wait, then send again */
	HTTP_FAIL,  /* hand it to the caller with the fault */
};

/*
 * What a judge says of an answer. wait_ms -1: exponential backoff. why is
 * wanted with a retry too, for when no try is left; method, URL and number of
 * tries are put around it.
 */
struct http_ruling {
	enum http_verdict verdict;
	long wait_ms;
	bool hold; /* nothing else of its windows goes out in that time */
	struct fault why;
};

/*
 * Judges an answer, or a transport error (status 0). A vendor's judge looks at
 * what is its own and leaves the rest to http_judge.
 */
typedef void http_judge_fn(const struct http_answer *, struct http_ruling *);

/*
 * The rules that hold for every vendor: 2xx is taken; 429, 408, 423 wait and
 * are sent again; 500, 502, 503, 504, 521-524 and transport errors too when the
 * request is repeatable, or never went out, and 503 also when it has a
 * Retry-After; the rest fails with what the server said. A body of a 2xx that
 * breaks off, also a compressed one, is a transport error.
 */
http_judge_fn http_judge;

struct http_conf {
	const char *base_url; /* scheme, host, no slash at the end */
	bool base_given;      /* by the user: plain http is allowed */
	const char *secret;   /* sent as "Authorization: Bearer", NULL: none */
	struct http_window window[HTTP_WINDOWS];
	http_judge_fn *judge;
	unsigned tries; /* in all, 0 is 6 */
	unsigned
	    max_wait_s;	    /* a longer wait asked for is FAULT_AGAIN; 0: 120 */
	unsigned connect_s; /* 0 is 10 */
	unsigned total_s;   /* 0 is 60 */
	unsigned stall_s;   /* without a byte, 0 is 30 */
	size_t body_max;    /* as sent and as unpacked, 0 is 64 MiB */
	unsigned connections; /* at most, 0 is 16 */
};

/* What the body is. */
enum http_type {
	HTTP_JSON,
	HTTP_FORM, /* application/x-www-form-urlencoded */
	HTTP_TYPES
};

struct http_request {
	const char *method;
	const char *path; /* with the query, already escaped */
	struct text body; /* p NULL: none */
	enum http_type type;
	bool repeatable;  /* sending it twice does no harm */
	unsigned windows; /* bit i: it counts in window i */
	int rank;	  /* lower goes first, equal in order; 0 is the least */
	void *user;
};

struct http_answer {
	void *user;
	const char *method;
	const char *path;
	long status;	 /* 0: no answer, why.text says what happened */
	bool repeatable; /* for the judge also when it never went out */
	unsigned tries;
	struct text body; /* NUL and BUF_SLACK bytes behind; until next poll */
	struct fault why; /* FAULT_NONE when it was taken */
	const void *head; /* for http_header */
};

struct http_counts {
	uint64_t requests; /* sent, tries included */
	uint64_t retries;
	uint64_t limited;   /* answers with 429 */
	uint64_t wire;	    /* bytes of bodies received, compressed */
	uint64_t body;	    /* the same, decompressed */
	uint64_t waited_ms; /* held back by the windows */
};

/* Errors: FAULT_USAGE for a base URL that is none or not allowed. */
struct http *http_new(const struct http_conf *, struct fault *);
void http_free(struct http *);

/* Queue a request; everything but user is copied. */
int http_send(struct http *, const struct http_request *, struct fault *);

/* Requests queued, waiting or under way. */
size_t http_active(const struct http *);

/*
 * Work until a request is answered (1), fd can be read (fd -1: none) or wait_ms
 * has passed (-1: no bound), or nothing is active and fd is -1 (0). *a borrows
 * until the next call.
 *
 * Errors: FAULT_IO when the system fails, not when a request does.
 */
int http_poll(
    struct http *, struct http_answer *a, int fd, int wait_ms, struct fault *);

/* A header of the answer, "no text" when it is not there; any case. */
struct text http_header(const struct http_answer *, const char *name);

/* Change a window, as the server's headers tell; the reserve goes along. */
void http_window_set(struct http *, unsigned window, unsigned nr);
/* Change the reserve, as a share of the window: 0 to 1. */
void http_window_share(struct http *, unsigned window, double share);
/* Send nothing in that window for so long. */
void http_window_hold(struct http *, unsigned window, unsigned ms);

const struct http_counts *http_counts(const struct http *);

struct buf;
/* Percent-encoded but for A-Z a-z 0-9 - _ . ~ */
void http_escape(struct buf *, struct text);

#endif
