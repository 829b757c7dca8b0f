/*
 * limit.h - how many in any stretch of time, as a vendor's gate counts them
 *
 * Not for two threads at once: the sandbox holds its lock around it.
 */
#ifndef KPIPE_LIMIT_H
#define KPIPE_LIMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct limit {
	const char *name;  /* the vendor's */
	unsigned nr;	   /* allowed; 0: any number, they are only counted */
	int64_t window_us; /* 0: since the start */
	uint64_t total, refused;
	size_t peak; /* most in any window */
	/* the times of those in the window, a ring */
	int64_t *at_us;
	size_t head, used, room;
};

void limit_init(
    struct limit *, const char *name, unsigned nr, int64_t window_us);
void limit_free(struct limit *);

/* Forget what has left the window by then; times do not go back. */
void limit_move(struct limit *, int64_t now_us);
/* Whether one more would be too many. */
bool limit_full(const struct limit *);
void limit_add(struct limit *, int64_t now_us);
/* How long until one leaves the window; 0 when none is in it. */
int64_t limit_wait_us(const struct limit *, int64_t now_us);
/* How many may still come; 0 where nr is 0. */
unsigned limit_left(const struct limit *);

#endif
