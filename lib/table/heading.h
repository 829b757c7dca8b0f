/*
 * heading.h - the keys that a sheet's header gives its columns
 *
 * A header is the key as it stands. One that was there before gets _2, _3 and
 * so on behind it. A column without a header, or with blanks for one, has its
 * letter as the key, and is not named. Pure.
 */
#ifndef KPIPE_HEADING_H
#define KPIPE_HEADING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/text.h"

#define HEADING_NONE ((size_t)-1)

struct heading;

struct heading *heading_new(void);
/* Takes NULL. */
void heading_free(struct heading *);

/* A key that no column may have, before the first column. */
void heading_reserve(struct heading *, const char *key);

/* A column with that header has that key, before the first column. */
void heading_rename(
    struct heading *, struct text header, struct text key); /* borrowed */

/* The header of the next column. */
void heading_add(struct heading *, struct text header);

size_t heading_columns(const struct heading *);
bool heading_named(const struct heading *, size_t column);
/* Also for a column behind the last. Good until the heading goes. */
struct text heading_key(struct heading *, size_t column);
/* The named column with that key, HEADING_NONE when there is none. */
size_t heading_find(const struct heading *, struct text key);
/* 'a', 'b', 'c' for a message, added to b. */
void heading_list(const struct heading *, struct buf *b);

#endif
