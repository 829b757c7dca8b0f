/*
 * pg.h - a connection to a PostgreSQL server
 *
 * What the URL leaves out libpq takes from its variables (PGHOST, PGPASSWORD,
 * PGSSLMODE and so on) and from ~/.pgpass. Texts are UTF-8 both ways. No message
 * holds the password. One command at a time; a new one drops what is left of
 * the one before.
 *
 * Errors of each function: FAULT_AGAIN when the server does not answer, goes
 * away, is too busy, or others hold what is wanted; FAULT_DENIED when it knows
 * us not, or does not allow it; FAULT_IO when its disk is full; FAULT_USAGE for
 * a URL that is none and a database that is not there; FAULT_DATA.
 */
#ifndef KPIPE_PG_H
#define KPIPE_PG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/text.h"

struct pg;

/* postgresql://..., postgres://..., or "postgresql:", all by the variables. */
bool pg_is_url(const char *);
/* It shows a password, or is so written that it may. */
bool pg_has_password(const char *url);

/* Give up when the server has not let us in after max_wait_s. */
struct pg *pg_open(const char *url, unsigned max_wait_s, struct fault *);
/* Takes NULL. What was begun and not committed is undone. */
void pg_close(struct pg *);
/* postgresql://HOST:PORT/DATABASE, by which it can be opened again. */
const char *pg_name(const struct pg *);

/* Such as "server_encoding"; NULL when the server does not tell. */
const char *pg_setting(const struct pg *, const char *name);

/*
 * Run one command with values for its parameters $1 ... ($nr), which are text
 * without NUL or NULL; its rows are dropped.
 */
int pg_do(struct pg *, const char *sql, const char *const *param, size_t nr,
    struct fault *);

/*
 * The same, for its rows: pg_next steps to the next (1, 0 at the end, -1).
 * Memory is that of one row.
 */
int pg_ask(struct pg *, const char *sql, const char *const *param, size_t nr,
    struct fault *);
int pg_next(struct pg *, struct fault *);
/* Of the row; good until the next; "no text" for NULL. */
size_t pg_columns(const struct pg *);
const char *pg_column_name(const struct pg *, size_t column);
struct text pg_value(const struct pg *, size_t column);
/* The number in that column of the row; 0 for NULL. */
unsigned long long pg_count(const struct pg *, size_t column);
/* How many rows the command before changed. */
unsigned long long pg_changed(const struct pg *);

/* COPY ... FROM STDIN: begin, bytes in whatever pieces, the end. */
int pg_copy_begin(struct pg *, const char *sql, struct fault *);
int pg_copy(struct pg *, const void *p, size_t len, struct fault *);
int pg_copy_end(struct pg *, struct fault *);

#endif
