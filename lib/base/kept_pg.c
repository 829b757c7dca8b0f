#include "base/kept_kind.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/pg.h"
#include "base/xalloc.h"

#define COLUMNS "type text, date date, key text, line text"
/* whoever makes a table holds this, so that two do not make the same one */
#define MAKER	 "470061148265"
#define COPY_MAX ((size_t)160 << 20)
#define COPY_AT	 (256u << 10)
/* COPY's binary format counts days from 2000-01-01 */
#define EPOCH_DAY 10957

struct pg_store {
	struct pg *pg;
	char *table; /* quoted */
	enum kept_use use;
	unsigned max_wait_s;
	bool dry_run;
	enum kept_mode mode;
	struct buf rows; /* for COPY, not sent yet */
	uint64_t nr;	 /* of this put */
	struct buf sql;
};

/* A command: the name of our table stands between before and after. */
static const char *
sql(struct pg_store *s, const char *before, const char *after)
{
	buf_clear(&s->sql);
	buf_printf(&s->sql, "%s %s%s", before, s->table, after);
	return s->sql.p;
}

/* 1 when the table is there, 0, -1; another's is refused. */
static int
look(struct pg_store *s, struct fault *f)
{
	const char *param[] = { s->table };
	struct text columns;
	int more;

	if (pg_ask(s->pg,
		"SELECT string_agg(attname || ' ' || format_type(atttypid, "
		"atttypmod), ', ' ORDER BY attnum) FROM pg_attribute "
		"WHERE attrelid = to_regclass($1) AND attnum > 0 "
		"AND NOT attisdropped",
		param, 1, f) == -1 ||
	    (more = pg_next(s->pg, f)) == -1)
		return -1;
	columns = more == 1 ? pg_value(s->pg, 0) : (struct text){ NULL, 0 };
	if (columns.p == NULL)
		return 0;
	if (text_is(columns, COLUMNS))
		return 1;
	return fault_set(f, FAULT_DATA,
	    "%s: its table %s is of something else; --table names another",
	    pg_name(s->pg), s->table);
}

static int
make_table(struct pg_store *s, struct fault *f)
{
	if (pg_do(s->pg, "SELECT pg_advisory_xact_lock(" MAKER ")", NULL, 0,
		f) == -1)
		return -1;
	return pg_do(s->pg,
	    sql(s, "CREATE TABLE IF NOT EXISTS",
		" (type text COLLATE \"C\" NOT NULL, date date NOT NULL, "
		"key text COLLATE \"C\" NOT NULL, "
		"line text COLLATE \"C\" NOT NULL, "
		"PRIMARY KEY (type, date, key))"),
	    NULL, 0, f);
}

/*
 * A transaction in which nobody is waited for longer than that. What the table
 * needs is looked for in it.
 */
static int
begin(struct pg_store *s, const char *how, struct fault *f)
{
	const char *param[1];
	char wait_ms[24];
	int there;

	snprintf(wait_ms, sizeof(wait_ms), "%u", s->max_wait_s * 1000);
	param[0] = wait_ms;
	if (pg_do(s->pg, how, NULL, 0, f) == -1 ||
	    pg_do(s->pg, "SELECT set_config('lock_timeout', $1, true)", param,
		1, f) == -1)
		return -1;
	there = look(s, f);
	if (there == -1)
		return -1;
	if (there == 0 && s->use == KEPT_MAKE)
		return make_table(s, f);
	if (there == 0)
		return fault_set(f, FAULT_DATA,
		    "%s: it has no table %s; kpipe-history put makes it",
		    pg_name(s->pg), s->table);
	return 0;
}

/* When it fails it may have been done, which the next try will find out. */
static int
end(struct pg_store *s, struct fault *f)
{
	return pg_do(s->pg, s->dry_run ? "ROLLBACK" : "COMMIT", NULL, 0, f);
}

static void
close_store(void *own)
{
	struct pg_store *s = own;

	pg_close(s->pg);
	buf_free(&s->rows);
	buf_free(&s->sql);
	free(s->table);
	free(s);
}

static int
check_server(struct pg_store *s, struct fault *f)
{
	const char *encoding = pg_setting(s->pg, "server_encoding");

	if (encoding != NULL && strcmp(encoding, "UTF8") != 0 &&
	    strcmp(encoding, "SQL_ASCII") != 0)
		return fault_set(f, FAULT_DATA,
		    "%s: a database in %s does not hold every text; make one "
		    "in UTF8",
		    pg_name(s->pg), encoding);
	return 0;
}

static void *
open_url(const struct kept_conf *conf, struct fault *f)
{
	struct pg_store *s = xcalloc(1, sizeof(*s));

	buf_init(&s->rows, COPY_MAX);
	buf_init(&s->sql, KEPT_SQL_MAX);
	s->use = conf->use;
	s->max_wait_s = conf->max_wait_s;
	s->dry_run = conf->dry_run;
	s->pg = pg_open(conf->where, conf->max_wait_s, f);
	if (s->pg == NULL || check_server(s, f) == -1) {
		close_store(s);
		return NULL;
	}
	if (asprintf(&s->table, "\"%s\"", conf->table) == -1)
		xalloc_fail();
	return s;
}

static const char *
name(const void *own)
{
	const struct pg_store *s = own;

	return pg_name(s->pg);
}

static void
add_int(struct buf *b, uint32_t x, int bytes)
{
	while (bytes-- > 0)
		buf_char(b, (char)(x >> (8 * bytes)));
}

static void
add_text(struct buf *b, struct text t)
{
	add_int(b, (uint32_t)t.len, 4);
	buf_text(b, t);
}

/*
 * The rows go into a table of our own first, which is the fastest way in and
 * leaves it to one command to tell new rows from those that are there.
 */
static int
put_begin(void *own, enum kept_mode mode, struct fault *f)
{
	static const char signature[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0";
	struct pg_store *s = own;

	s->mode = mode;
	s->nr = 0;
	if (begin(s, "BEGIN", f) == -1 ||
	    pg_do(s->pg,
		"CREATE TEMPORARY TABLE kpipe_put (type text COLLATE \"C\", "
		"date date, key text COLLATE \"C\", line text COLLATE \"C\") "
		"ON COMMIT DROP",
		NULL, 0, f) == -1 ||
	    pg_copy_begin(s->pg,
		"COPY pg_temp.kpipe_put FROM STDIN (FORMAT binary)", f) == -1)
		return -1;
	buf_clear(&s->rows);
	buf_add(&s->rows, signature, sizeof(signature));
	return 0;
}

static int
send_rows(struct pg_store *s, struct fault *f)
{
	if (buf_check(&s->rows, "a record", f) == -1 ||
	    pg_copy(s->pg, s->rows.p, s->rows.len, f) == -1)
		return -1;
	buf_clear(&s->rows);
	return 0;
}

static int
put(void *own, const struct kept_row *row, struct fault *f)
{
	struct pg_store *s = own;

	add_int(&s->rows, 4, 2);
	add_text(&s->rows, row->type);
	add_int(&s->rows, 4, 4);
	add_int(&s->rows, (uint32_t)(row->date - EPOCH_DAY), 4);
	add_text(&s->rows, row->key);
	add_text(&s->rows, row->line);
	s->nr++;
	return s->rows.len < COPY_AT ? 0 : send_rows(s, f);
}

/* Rows that were not there have no xmax, by which updated ones are known. */
static int
merge(struct pg_store *s, unsigned long long *created,
    unsigned long long *updated, struct fault *f)
{
	struct buf more;
	int status;

	buf_init(&more, KEPT_SQL_MAX);
	buf_str(&more,
	    " AS old SELECT type, date, key, line FROM pg_temp.kpipe_put "
	    "ON CONFLICT (type, date, key) DO ");
	buf_str(&more, s->mode == KEPT_SKIP
			   ? "NOTHING"
			   : "UPDATE SET line = excluded.line "
			     "WHERE old.line <> excluded.line");
	buf_str(&more, " RETURNING xmax = 0 AS is_new) "
		       "SELECT count(*) FILTER (WHERE is_new), "
		       "count(*) FILTER (WHERE NOT is_new) FROM done");
	status = pg_ask(
	    s->pg, sql(s, "WITH done AS (INSERT INTO", more.p), NULL, 0, f);
	buf_free(&more);
	if (status == -1 || pg_next(s->pg, f) == -1)
		return -1;
	*created = pg_count(s->pg, 0);
	*updated = pg_count(s->pg, 1);
	return pg_next(s->pg, f);
}

static int
put_end(void *own, struct kept_counts *counts, struct fault *f)
{
	struct pg_store *s = own;
	unsigned long long created, updated;

	add_int(&s->rows, 0xffff, 2);
	if (send_rows(s, f) == -1 || pg_copy_end(s->pg, f) == -1 ||
	    merge(s, &created, &updated, f) == -1 || end(s, f) == -1)
		return -1;
	*counts = (struct kept_counts){ created, updated, 0, 0 };
	if (s->mode == KEPT_SKIP)
		counts->skipped = s->nr - created;
	else
		counts->unchanged = s->nr - created - updated;
	return 0;
}

static int
ask_where(struct pg_store *s, const char *before, const struct kept_where *w,
    const char *order, struct fault *f)
{
	struct buf more;
	int status;

	buf_init(&more, KEPT_SQL_MAX);
	buf_text(&more, buf_view(&w->sql));
	buf_str(&more, order);
	status = pg_ask(s->pg, sql(s, before, more.p), w->param, w->nr, f);
	buf_free(&more);
	return status;
}

static int delete (
    void *own, const struct kept_where *w, uint64_t *nr, struct fault *f)
{
	struct pg_store *s = own;

	if (begin(s, "BEGIN", f) == -1 ||
	    ask_where(s, "DELETE FROM", w, "", f) == -1 ||
	    pg_next(s->pg, f) == -1)
		return -1;
	*nr = pg_changed(s->pg);
	return end(s, f);
}

static int
select_lines(void *own, const struct kept_where *w, struct fault *f)
{
	struct pg_store *s = own;

	if (begin(s, "BEGIN READ ONLY", f) == -1)
		return -1;
	return ask_where(
	    s, "SELECT line FROM", w, " ORDER BY type, date, key", f);
}

static int
next(void *own, struct text *line, struct fault *f)
{
	struct pg_store *s = own;
	int more = pg_next(s->pg, f);

	if (more == 1)
		*line = pg_value(s->pg, 0);
	return more;
}

static int
days(void *own, const struct kept_where *w, struct fault *f)
{
	struct pg_store *s = own;

	if (begin(s, "BEGIN READ ONLY", f) == -1)
		return -1;
	return ask_where(s,
	    "SELECT type, to_char(date, 'YYYY-MM-DD'), count(*) FROM", w,
	    " GROUP BY type, date ORDER BY type, date", f);
}

static int
next_day(void *own, struct kept_day *day, struct fault *f)
{
	struct pg_store *s = own;
	int more = pg_next(s->pg, f);

	if (more != 1)
		return more;
	day->type = pg_value(s->pg, 0);
	if (!day_parse(pg_value(s->pg, 1), &day->date))
		return fault_set(f, FAULT_DATA, "%s: '%.*s' is no day",
		    pg_name(s->pg), TEXT_ARG(pg_value(s->pg, 1)));
	day->nr = pg_count(s->pg, 2);
	return 1;
}

const struct kept_kind kept_pg = {
	.open = open_url,
	.close = close_store,
	.name = name,
	.put_begin = put_begin,
	.put = put,
	.put_end = put_end,
	.delete = delete,
	.select = select_lines,
	.next = next,
	.days = days,
	.next_day = next_day,
};
