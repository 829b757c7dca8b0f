#include "base/kept.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/pg.h"
#include "base/kept_kind.h"
#include "base/xalloc.h"

#define TABLE_MAX 63 /* bytes of a name that PostgreSQL does not cut */

struct kept {
	const struct kept_kind *kind;
	void *own;
};

bool
kept_is_url(const char *where)
{
	return pg_is_url(where) || strstr(where, "://") != NULL;
}

bool
kept_has_password(const char *url)
{
	return pg_has_password(url);
}

bool
kept_is_table(const char *name)
{
	const char *p;

	if (isdigit((unsigned char)*name) ||
	    text_starts_nocase(text_of(name), "sqlite_"))
		return false;
	for (p = name; isalnum((unsigned char)*p) || *p == '_'; p++)
		;
	return *p == '\0' && p > name && p - name <= TABLE_MAX;
}

void
kept_where_init(struct kept_where *w, const struct kept_range *range)
{
	size_t i;

	buf_init(&w->sql, KEPT_SQL_MAX);
	w->param = xcalloc(range->nr + 3, sizeof(*w->param));
	day_format(range->since, w->since);
	day_format(range->until, w->until);
	w->param[0] = w->since;
	w->param[1] = w->until;
	w->nr = 2;
	buf_str(&w->sql, " WHERE date BETWEEN $1 AND $2");
	if (range->type != NULL) {
		w->param[w->nr++] = range->type;
		buf_printf(&w->sql, " AND type = $%zu", w->nr);
	}
	for (i = 0; i < range->nr; i++) {
		w->param[w->nr++] = range->key[i];
		buf_printf(
		    &w->sql, "%s$%zu", i == 0 ? " AND key IN (" : ", ", w->nr);
	}
	if (range->nr > 0)
		buf_char(&w->sql, ')');
}

void
kept_where_free(struct kept_where *w)
{
	buf_free(&w->sql);
	free(w->param);
}

struct kept *
kept_open(const struct kept_conf *conf, struct fault *f)
{
	struct kept *s;
	const struct kept_kind *kind =
	    pg_is_url(conf->where) ? &kept_pg : &kept_sqlite;
	void *own;

	if (kind == &kept_sqlite && kept_is_url(conf->where)) {
		/* it may hold a password: it is not shown */
		fault_set(f, FAULT_USAGE,
		    "the store is a file or a URL of postgresql://, not of "
		    "another kind");
		return NULL;
	}
	own = kind->open(conf, f);
	if (own == NULL)
		return NULL;
	s = xcalloc(1, sizeof(*s));
	s->kind = kind;
	s->own = own;
	return s;
}

void
kept_free(struct kept *s)
{
	if (s == NULL)
		return;
	s->kind->close(s->own);
	free(s);
}

const char *
kept_name(const struct kept *s)
{
	return s->kind->name(s->own);
}

int
kept_put_begin(struct kept *s, enum kept_mode mode, struct fault *f)
{
	return s->kind->put_begin(s->own, mode, f);
}

int
kept_put(struct kept *s, const struct kept_row *row, struct fault *f)
{
	return s->kind->put(s->own, row, f);
}

int
kept_put_end(struct kept *s, struct kept_counts *counts, struct fault *f)
{
	return s->kind->put_end(s->own, counts, f);
}

int
kept_delete(struct kept *s, const struct kept_range *range, uint64_t *nr,
    struct fault *f)
{
	struct kept_where where;
	int status;

	kept_where_init(&where, range);
	status = s->kind->delete (s->own, &where, nr, f);
	kept_where_free(&where);
	return status;
}

int
kept_select(struct kept *s, const struct kept_range *range, struct fault *f)
{
	struct kept_where where;
	int status;

	kept_where_init(&where, range);
	status = s->kind->select(s->own, &where, f);
	kept_where_free(&where);
	return status;
}

int
kept_next(struct kept *s, struct text *line, struct fault *f)
{
	return s->kind->next(s->own, line, f);
}

int
kept_days(struct kept *s, const struct kept_range *range, struct fault *f)
{
	struct kept_range days = *range;
	struct kept_where where;
	int status;

	days.nr = 0;
	kept_where_init(&where, &days);
	status = s->kind->days(s->own, &where, f);
	kept_where_free(&where);
	return status;
}

int
kept_next_day(struct kept *s, struct kept_day *day, struct fault *f)
{
	return s->kind->next_day(s->own, day, f);
}
