/*
 * fault.h - why something failed: a kind and one line of text
 *
 * A function that can fail takes a struct fault last, fills it and returns -1.
 * Callers add context on the way up with fault_prefix; cmd/ prints it once.
 */
#ifndef KPIPE_FAULT_H
#define KPIPE_FAULT_H

enum fault_kind {
	FAULT_NONE,
	FAULT_USAGE,  /* the user asked for something impossible: exit 2 */
	FAULT_DATA,   /* input is not what it must be: exit 2 */
	FAULT_IO,     /* a read, a write or a system call failed: exit 2 */
	FAULT_DENIED, /* a server refused who we are or what we ask: exit 2 */
	FAULT_AGAIN,  /* another try later may help: exit 75 */
};

struct fault {
	enum fault_kind kind;
	char text[1000]; /* lower case, no full stop; cut when longer */
};

/* Fill *f; returns -1, so that a caller can return it at once. */
int fault_set(struct fault *f, enum fault_kind kind, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* The same with ": " and the text of errno behind; FAULT_IO. */
int fault_errno(struct fault *f, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Put text in front of what *f says; returns -1. */
int fault_prefix(struct fault *f, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
