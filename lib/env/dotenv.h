/*
 * dotenv.h - the settings in a .env file
 *
 * One KEY=VALUE a line. Blanks around key and value do not count; neither does
 * a run of " at both ends of the value, nor a run of ' within that. Blank
 * lines, lines that begin with # and lines without = are passed over. There is
 * no export, no comment behind a value, no escape and no continuation: what is
 * between the quotes is the value.
 *
 * Pure. Keys and values borrow from the text.
 */
#ifndef KPIPE_ENV_DOTENV_H
#define KPIPE_ENV_DOTENV_H

#include <stddef.h>

#include "base/fault.h"
#include "base/text.h"

struct dotenv {
	struct text rest; /* not read yet */
	size_t line;	  /* of the setting read last, from 1 */
};

/* A byte order mark in front is passed over. */
void dotenv_init(struct dotenv *, struct text);

/*
 * The next setting: 1, 0 at the end, -1 on a fault, after which it can go on.
 *
 * Errors: FAULT_DATA "LINE: what" for a key or value that no environment can
 * hold: an empty key, a NUL byte.
 */
int dotenv_next(
    struct dotenv *, struct text *key, struct text *value, struct fault *);

#endif
