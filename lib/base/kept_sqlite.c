#include "base/kept_kind.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/folder.h"
#include "base/xalloc.h"

#define APPLICATION 0x6b706968 /* "kpih", which file(1) may tell */
#define COLUMNS	    "type TEXT 1, date TEXT 2, key TEXT 3, line TEXT 0"

struct file_store {
	sqlite3 *db;
	char *path;
	const char *table;
	unsigned max_wait_s;
	bool dry_run, writing;
	enum kept_mode mode;
	struct kept_counts counts;
	sqlite3_stmt *insert, *update, *rows;
};

/* Tell what SQLite says; returns -1. */
static int
fail(struct file_store *s, int code, struct fault *f)
{
	int error = sqlite3_system_errno(s->db);

	switch (code & 0xff) {
	case SQLITE_NOMEM:
		xalloc_fail();
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return fault_set(f, FAULT_AGAIN,
		    "%s: another process is writing, for more than %u s",
		    s->path, s->max_wait_s);
	case SQLITE_NOTADB:
		return fault_set(f, FAULT_DATA,
		    "%s: this is no database of SQLite", s->path);
	case SQLITE_CORRUPT:
		return fault_set(f, FAULT_DATA,
		    "%s: the database is damaged: %s", s->path,
		    sqlite3_errmsg(s->db));
	case SQLITE_READONLY:
		return fault_set(f, FAULT_IO,
		    "%s: it, or the folder that it is in, cannot be written",
		    s->path);
	case SQLITE_FULL:
		return fault_set(f, FAULT_IO, "%s: the disk is full", s->path);
	case SQLITE_CANTOPEN:
		return fault_set(f, FAULT_IO,
		    "cannot open '%s': %s; it is opened with files beside it, "
		    "in a folder that can be written",
		    s->path, strerror(error == 0 ? EACCES : error));
	default:
		return fault_set(f, FAULT_IO, "%s: %s%s%s", s->path,
		    sqlite3_errmsg(s->db), error == 0 ? "" : ": ",
		    error == 0 ? "" : strerror(error));
	}
}

static int
run(struct file_store *s, const char *sql, struct fault *f)
{
	int code = sqlite3_exec(s->db, sql, NULL, NULL, NULL);

	return code == SQLITE_OK ? 0 : fail(s, code, f);
}

/* A command: the name of our table stands between before and after. */
static sqlite3_stmt *
prepare(struct file_store *s, const char *before, const char *after,
    struct fault *f)
{
	sqlite3_stmt *statement = NULL;
	struct buf sql;
	int code;

	buf_init(&sql, KEPT_SQL_MAX);
	buf_printf(&sql, "%s \"%s\"%s", before, s->table, after);
	code = sqlite3_prepare_v2(
	    s->db, sql.p, (int)sql.len + 1, &statement, NULL);
	buf_free(&sql);
	if (code != SQLITE_OK)
		(void)fail(s, code, f);
	return statement;
}

/* The one value that a question has, as text or number; -1. */
static int
ask(struct file_store *s, const char *sql, const char *param, struct buf *text,
    int64_t *number, struct fault *f)
{
	sqlite3_stmt *statement;
	int code = sqlite3_prepare_v2(s->db, sql, -1, &statement, NULL);

	if (code == SQLITE_OK && param != NULL)
		code =
		    sqlite3_bind_text(statement, 1, param, -1, SQLITE_STATIC);
	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	if (code == SQLITE_ROW && text != NULL)
		buf_add(text, sqlite3_column_text(statement, 0),
		    (size_t)sqlite3_column_bytes(statement, 0));
	if (code == SQLITE_ROW && number != NULL)
		*number = sqlite3_column_int64(statement, 0);
	if (code != SQLITE_ROW && code != SQLITE_DONE)
		(void)fail(s, code, f);
	(void)sqlite3_finalize(statement);
	return code == SQLITE_ROW || code == SQLITE_DONE ? 0 : -1;
}

/* path NULL: in memory. */
static int
open_database(struct file_store *s, const char *path, struct fault *f)
{
	char *plain = NULL;
	int code;

	/* neither ":memory:" nor "file:..." is anything but a name */
	if (path != NULL && *path != '/' &&
	    asprintf(&plain, "./%s", path) == -1)
		xalloc_fail();
	code = sqlite3_open_v2(plain != NULL  ? plain
			       : path != NULL ? path
					      : ":memory:",
	    &s->db,
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
	    NULL);
	free(plain);
	if (s->db == NULL)
		xalloc_fail();
	if (code != SQLITE_OK)
		return fail(s, code, f);
	(void)sqlite3_busy_timeout(s->db, (int)s->max_wait_s * 1000);
	/* a file may come from anybody: its schema can do nothing */
	(void)sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	(void)sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	return 0;
}

static int
begin(struct file_store *s, struct fault *f)
{
	if (s->writing)
		return 0;
	/* at once, so that it waits here and not in the middle */
	if (run(s, "BEGIN IMMEDIATE", f) == -1)
		return -1;
	s->writing = true;
	return 0;
}

static int
make_table(struct file_store *s, struct fault *f)
{
	sqlite3_stmt *create = prepare(s, "CREATE TABLE IF NOT EXISTS",
	    " (type TEXT NOT NULL, date TEXT NOT NULL, key TEXT NOT NULL, "
	    "line TEXT NOT NULL, PRIMARY KEY (type, date, key)) "
	    "STRICT, WITHOUT ROWID",
	    f);
	int code;

	if (create == NULL)
		return -1;
	code = sqlite3_step(create);
	if (code != SQLITE_DONE)
		(void)fail(s, code, f);
	(void)sqlite3_finalize(create);
	return code == SQLITE_DONE ? 0 : -1;
}

static int
make_schema(struct file_store *s, struct fault *f)
{
	char mark[64];

	snprintf(mark, sizeof(mark), "PRAGMA application_id = %d", APPLICATION);
	if (run(s, mark, f) == -1)
		return -1;
	return make_table(s, f);
}

static void
remove_file(const char *path)
{
	static const char *const beside[] = { "", "-wal", "-shm", "-journal" };
	char *name;
	size_t i;

	for (i = 0; i < sizeof(beside) / sizeof(beside[0]); i++) {
		if (asprintf(&name, "%s%s", path, beside[i]) == -1)
			xalloc_fail();
		(void)unlink(name);
		free(name);
	}
}

/* An empty store at a name of its own. */
static int
make_beside(struct file_store *s, char *temporary, struct fault *f)
{
	int status, fd = mkstemp(temporary);

	if (fd == -1)
		return fault_errno(f, "cannot make '%s'", s->path);
	close(fd);
	/*
	 * A write-ahead log, since with it who reads and who writes do not wait
	 * for each other.
	 */
	status = open_database(s, temporary, f);
	if (status == 0)
		status = run(s, "PRAGMA page_size = 8192", f);
	if (status == 0)
		status = run(s, "PRAGMA journal_mode = WAL", f);
	if (status == 0)
		status = make_schema(s, f);
	(void)sqlite3_close(s->db);
	s->db = NULL;
	return status;
}

/*
 * Make the file: there whole or not at all, and once, however many make it at
 * the same time.
 */
static int
make_file(struct file_store *s, struct fault *f)
{
	char *copy = xstrdup(s->path), *again = xstrdup(s->path);
	const char *folder = dirname(copy);
	char *temporary = NULL;
	int fd = -1, status = -1;

	if (asprintf(&temporary, "%s/.%s.XXXXXX", folder, basename(again)) ==
	    -1)
		xalloc_fail();
	if ((fd = folder_open(folder, f)) == -1)
		goto out;
	status = make_beside(s, temporary, f);
	if (status == 0 && link(temporary, s->path) == -1 && errno != EEXIST)
		status = fault_errno(f, "cannot make '%s'", s->path);
	remove_file(temporary);
	if (status == 0 && fsync(fd) == -1)
		status = fault_errno(f, "%s", folder);
out:
	if (fd != -1)
		close(fd);
	free(temporary);
	free(again);
	free(copy);
	return status;
}

/* Another database than ours is never touched. */
static int
check_schema(struct file_store *s, enum kept_use use, struct fault *f)
{
	struct buf columns;
	int64_t tables = 0, mark = 0;
	int status;

	buf_init(&columns, KEPT_SQL_MAX);
	status = ask(s,
	    "SELECT group_concat(name || ' ' || type || ' ' || pk, ', ') "
	    "FROM (SELECT * FROM pragma_table_info($1) ORDER BY cid)",
	    s->table, &columns, NULL, f);
	if (status == 0)
		status = ask(s, "SELECT count(*) FROM sqlite_schema", NULL,
		    NULL, &tables, f);
	if (status == 0)
		status = ask(s, "PRAGMA application_id", NULL, NULL, &mark, f);
	if (status == -1 || text_is(buf_view(&columns), COLUMNS))
		; /* it is told, or all is well */
	else if (columns.len > 0)
		status = fault_set(f, FAULT_DATA,
		    "%s: its table '%s' is of something else; --table names "
		    "another",
		    s->path, s->table);
	else if (tables > 0 && mark != APPLICATION)
		status = fault_set(f, FAULT_DATA,
		    "%s: this is a database of something else", s->path);
	else if (use == KEPT_MAKE)
		status = make_schema(s, f);
	else
		status = fault_set(f, FAULT_DATA,
		    "%s: it has no table '%s'; kpipe-history put makes it",
		    s->path, s->table);
	buf_free(&columns);
	return status;
}

static int
open_store(struct file_store *s, const struct kept_conf *conf, struct fault *f)
{
	bool there = file_is_there(s->path);
	struct stat st;

	if (!there && conf->use != KEPT_MAKE)
		return fault_set(f, FAULT_DATA,
		    "there is no store '%s'; kpipe-history put makes it",
		    s->path);
	if (stat(s->path, &st) == 0 && !S_ISREG(st.st_mode))
		return fault_set(
		    f, FAULT_USAGE, "'%s' is no plain file", s->path);
	if (!there && !conf->dry_run && make_file(s, f) == -1)
		return -1;
	if (open_database(s, !there && conf->dry_run ? NULL : s->path, f) == -1)
		return -1;
	/* EXTRA: what is committed outlives a loss of power in any mode */
	if (run(s,
		"PRAGMA synchronous = EXTRA; PRAGMA cache_size = -16384; "
		"PRAGMA secure_delete = ON",
		f) == -1)
		return -1;
	/* a table that is made for a dry run goes again */
	if (conf->use == KEPT_MAKE && conf->dry_run && begin(s, f) == -1)
		return -1;
	if (check_schema(s, conf->use, f) == -1)
		return -1;
	return conf->use == KEPT_READ ? run(s, "PRAGMA query_only = ON", f) : 0;
}

static void
close_store(void *own)
{
	struct file_store *s = own;

	(void)sqlite3_finalize(s->insert);
	(void)sqlite3_finalize(s->update);
	(void)sqlite3_finalize(s->rows);
	if (s->writing)
		(void)sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
	(void)sqlite3_close(s->db);
	free(s->path);
	free(s);
}

static void *
open_file(const struct kept_conf *conf, struct fault *f)
{
	struct file_store *s = xcalloc(1, sizeof(*s));

	s->path = xstrdup(conf->where);
	s->table = conf->table;
	s->max_wait_s = conf->max_wait_s;
	s->dry_run = conf->dry_run;
	if (open_store(s, conf, f) == 0)
		return s;
	close_store(s);
	return NULL;
}

static const char *
name(const void *own)
{
	const struct file_store *s = own;

	return s->path;
}

static int
end(struct file_store *s, struct fault *f)
{
	if (run(s, s->dry_run ? "ROLLBACK" : "COMMIT", f) == -1)
		return -1;
	s->writing = false;
	return 0;
}

static int
put_begin(void *own, enum kept_mode mode, struct fault *f)
{
	struct file_store *s = own;

	s->mode = mode;
	s->counts = (struct kept_counts){ 0 };
	s->insert = prepare(s, "INSERT INTO",
	    " (type, date, key, line) VALUES (?1, ?2, ?3, ?4) "
	    "ON CONFLICT DO NOTHING",
	    f);
	s->update = prepare(s, "UPDATE",
	    " SET line = ?4 WHERE type = ?1 AND date = ?2 AND key = ?3 AND "
	    "line <> ?4",
	    f);
	if (s->insert == NULL || s->update == NULL)
		return -1;
	return begin(s, f);
}

static int
bind_text(sqlite3_stmt *statement, int nr, struct text t)
{
	return sqlite3_bind_text64(
	    statement, nr, t.p, t.len, SQLITE_STATIC, SQLITE_UTF8);
}

/* Run it on a row; how many it changed, -1. */
static int
apply(struct file_store *s, sqlite3_stmt *statement, const struct kept_row *row,
    struct fault *f)
{
	char date[DAY_TEXT];
	int code;

	day_format(row->date, date);
	code = bind_text(statement, 1, row->type);
	if (code == SQLITE_OK)
		code = bind_text(statement, 2, text_of(date));
	if (code == SQLITE_OK)
		code = bind_text(statement, 3, row->key);
	if (code == SQLITE_OK)
		code = bind_text(statement, 4, row->line);
	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	if (code != SQLITE_DONE)
		return fail(s, code, f);
	(void)sqlite3_reset(statement);
	return sqlite3_changes(s->db);
}

static int
put(void *own, const struct kept_row *row, struct fault *f)
{
	struct file_store *s = own;
	int nr = apply(s, s->insert, row, f);

	if (nr == -1)
		return -1;
	if (nr == 1) {
		s->counts.created++;
	} else if (s->mode == KEPT_SKIP) {
		s->counts.skipped++;
	} else {
		nr = apply(s, s->update, row, f);
		if (nr == -1)
			return -1;
		s->counts.updated += nr == 1;
		s->counts.unchanged += nr == 0;
	}
	return 0;
}

static int
put_end(void *own, struct kept_counts *counts, struct fault *f)
{
	struct file_store *s = own;

	if (end(s, f) == -1)
		return -1;
	*counts = s->counts;
	return 0;
}

/* Begin to ask for what a condition takes. */
static int
ask_where(struct file_store *s, const char *before, const struct kept_where *w,
    const char *order, struct fault *f)
{
	struct buf more;
	size_t i;
	int code = SQLITE_OK;

	buf_init(&more, KEPT_SQL_MAX);
	buf_text(&more, buf_view(&w->sql));
	buf_str(&more, order);
	(void)sqlite3_finalize(s->rows);
	s->rows = prepare(s, before, more.p, f);
	buf_free(&more);
	if (s->rows == NULL)
		return -1;
	for (i = 0; i < w->nr && code == SQLITE_OK; i++)
		code = sqlite3_bind_text(
		    s->rows, (int)i + 1, w->param[i], -1, SQLITE_TRANSIENT);
	return code == SQLITE_OK ? 0 : fail(s, code, f);
}

static int
step(struct file_store *s, struct fault *f)
{
	int code = sqlite3_step(s->rows);

	if (code == SQLITE_ROW)
		return 1;
	return code == SQLITE_DONE ? 0 : fail(s, code, f);
}

static int delete (
    void *own, const struct kept_where *w, uint64_t *nr, struct fault *f)
{
	struct file_store *s = own;

	if (begin(s, f) == -1 || ask_where(s, "DELETE FROM", w, "", f) == -1 ||
	    step(s, f) == -1)
		return -1;
	*nr = (uint64_t)sqlite3_changes64(s->db);
	(void)sqlite3_finalize(s->rows);
	s->rows = NULL;
	if (end(s, f) == -1)
		return -1;
	/* the log, too, forgets it; another who reads may keep it from that */
	(void)sqlite3_wal_checkpoint_v2(
	    s->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	return 0;
}

static int
select_lines(void *own, const struct kept_where *w, struct fault *f)
{
	return ask_where(
	    own, "SELECT line FROM", w, " ORDER BY type, date, key", f);
}

static struct text
column(struct file_store *s, int nr)
{
	const void *p = sqlite3_column_text(s->rows, nr);

	return (struct text){ p, (size_t)sqlite3_column_bytes(s->rows, nr) };
}

static int
next(void *own, struct text *line, struct fault *f)
{
	struct file_store *s = own;
	int more = step(s, f);

	if (more == 1)
		*line = column(s, 0);
	return more;
}

static int
days(void *own, const struct kept_where *w, struct fault *f)
{
	return ask_where(own, "SELECT type, date, count(*) FROM", w,
	    " GROUP BY type, date ORDER BY type, date", f);
}

static int
next_day(void *own, struct kept_day *day, struct fault *f)
{
	struct file_store *s = own;
	int more = step(s, f);

	if (more != 1)
		return more;
	day->type = column(s, 0);
	if (!day_parse(column(s, 1), &day->date))
		return fault_set(f, FAULT_DATA, "%s: '%.*s' is no day", s->path,
		    TEXT_ARG(column(s, 1)));
	day->nr = (uint64_t)sqlite3_column_int64(s->rows, 2);
	return 1;
}

const struct kept_kind kept_sqlite = {
	.open = open_file,
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
