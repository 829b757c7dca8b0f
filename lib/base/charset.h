/*
 * charset.h - text files in other encodings, read as UTF-8
 *
 * What a file is in is found out so: a byte order mark; NUL bytes in every
 * other place, which is UTF-16; strict UTF-8, checked to the end of the file;
 * else by uchardet, when most bytes past ASCII stand in runs, as letters of
 * another script do; else Windows-1252, as a spreadsheet in the West writes: a
 * few accents are too little for any guess.
 */
#ifndef KPIPE_CHARSET_H
#define KPIPE_CHARSET_H

#include <stddef.h>
#include <sys/types.h>

#include "base/fault.h"

#define CHARSET_NAME 32

struct charset {
	char name[CHARSET_NAME]; /* as iconv has it */
	size_t mark;		 /* bytes of the byte order mark */
};

/*
 * Read fd to its end. The caller goes back to its start.
 *
 * Errors: FAULT_IO; FAULT_DATA for what is no text.
 */
int charset_detect(int fd, const char *name, struct charset *, struct fault *);

/* Errors: FAULT_USAGE when there is no encoding of that name. */
int charset_known(const char *encoding, struct fault *);

/* fd at its start; fd, name and the charset are borrowed. */
struct charset_in;
struct charset_in *charset_in_new(
    int fd, const char *name, const struct charset *);
/* Takes NULL. */
void charset_in_free(struct charset_in *);

/*
 * The next bytes of UTF-8, as read(2): how many, 0 at the end, -1. len is at
 * least 8. of is the struct charset_in: this is a csv_read.
 *
 * Errors: FAULT_IO; FAULT_DATA for bytes that are not in the encoding.
 */
ssize_t charset_read(void *of, char *p, size_t len, struct fault *);

#endif
