/*
 * tell.h - what is to be told of an export while it is read
 */
#ifndef KPIPE_INFLOW_TELL_H
#define KPIPE_INFLOW_TELL_H

#include <stdint.h>

enum tell_kind {
	TELL_BAD,   /* it is left out, or null with keep_going */
	TELL_DOUBT, /* it is in, but look at it */
};

/* line 0: of no line. text is one line, good during the call. */
struct tell {
	void (*tell)(void *of, enum tell_kind, uint64_t line, const char *text);
	void *of;
};

void tell(const struct tell *, enum tell_kind, uint64_t line, const char *fmt,
    ...) __attribute__((format(printf, 4, 5)));

#endif
