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

#include "base/fault.h"
#include "base/text.h"
#include "table/columns.h"

struct heading;

struct heading *heading_new(void);
/* Takes NULL. */
void heading_free(struct heading *);

/* A key that no column may have, before the first column. */
void heading_reserve(struct heading *, const char *key);

/*
 * Other keys for columns, before the first column: the header of each is the
 * key, its name the header in the sheet. Borrowed.
 */
void heading_rename(struct heading *, const struct columns *);

/* The header of the next column. */
void heading_add(struct heading *, struct text header);

size_t heading_columns(const struct heading *);
bool heading_named(const struct heading *, size_t column);
/* Also for a column behind the last. Good until the heading goes. */
struct text heading_key(struct heading *, size_t column);
/*
 * The column that each of the columns names: as many as there are.
 *
 * Errors: FAULT_DATA "file: has no column 'x'; it has 'a', 'b'".
 */
int heading_choose(const struct heading *, const struct columns *,
    const char *file, size_t *from, struct fault *);

#endif
