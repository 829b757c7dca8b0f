/*
 * tokens.h - the tokens of an account, in a file for the next start
 *
 * A record of type hubstaff_tokens, see hubstaff(5), on one line of a file that
 * is readable by its owner alone and only ever replaced as a whole.
 */
#ifndef KPIPE_HUBSTAFF_TOKENS_H
#define KPIPE_HUBSTAFF_TOKENS_H

#include <stdint.h>

#include "base/date.h"
#include "base/fault.h"
#include "base/text.h"

#define TOKENS_NEVER INT64_MIN

struct tokens {
	char *endpoint; /* whose they are; NULL: there are none */
	char *seed;	/* what the personal token was known by; or NULL */
	char *refresh;
	char *access; /* NULL: none yet */
	int64_t ends_s;
	/*
	 * When an exchange began whose outcome is not known: the refresh token
	 * may be used up and its successor lost. TOKENS_NEVER: none.
	 */
	instant_us asked_at;
};

/*
 * Read the file; one that is not there has none. Errors: FAULT_USAGE when
 * others can read it, FAULT_DATA when it is none of ours.
 */
int tokens_read(struct tokens *, const char *path, struct fault *);
/* Replace it in one step. Errors: FAULT_IO. */
int tokens_write(const struct tokens *, const char *path, struct fault *);
/* Overwrites what is secret; takes what was zeroed, too. */
void tokens_free(struct tokens *);

/* A copy instead of what *to was, which is overwritten; NULL for NULL. */
void tokens_set(char **to, const char *value);

#define TOKENS_TAG 17
/* By what a token is known without being told. */
void tokens_tag(const char *token, char out[TOKENS_TAG]);

#endif
