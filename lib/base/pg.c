#include "base/pg.h"

#include <ctype.h>
#include <errno.h>
#include <libpq-fe.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "base/hide.h"
#include "base/xalloc.h"

#define SQLSTATE_LEN 5
#define NAME_MAX_LEN ((size_t)64 << 10)

struct pg {
	PGconn *conn;
	PGresult *result; /* the row that is looked at, or the last answer */
	char *name;
	bool asked; /* there may be more results */
	unsigned long long changed;
};

bool
pg_is_url(const char *url)
{
	return strncmp(url, "postgresql://", 13) == 0 ||
	       strncmp(url, "postgres://", 11) == 0 ||
	       strcmp(url, "postgresql:") == 0;
}

/*
 * libpq takes an @, / or ? in a password for the end of it, and what follows
 * for a host or a port, which its messages show.
 */
static bool
is_ambiguous(const char *url)
{
	const char *host = strstr(url, "://"), *at, *end;

	if (host == NULL)
		return false;
	end = host + 3 + strcspn(host + 3, "/?#");
	at = strchr(host, '@');
	return at != NULL && (at > end || strchr(at + 1, '@') != NULL);
}

bool
pg_has_password(const char *url)
{
	PQconninfoOption *options = NULL, *o;
	char *why = NULL;
	bool found = false;

	if (!pg_is_url(url))
		return false;
	if (strcmp(url, "postgresql:") == 0)
		return false;
	options = PQconninfoParse(url, &why);
	for (o = options; o != NULL && o->keyword != NULL; o++)
		if ((strcmp(o->keyword, "password") == 0 ||
			strcmp(o->keyword, "sslpassword") == 0) &&
		    o->val != NULL)
			found = true;
	if (options == NULL || is_ambiguous(url))
		found = strchr(url, '@') != NULL;
	PQfreemem(why);
	PQconninfoFree(options);
	return found;
}

/* What libpq says, in one line; its end is lost before our text is full. */
static void
one_line(char *line, size_t size, const char *text)
{
	size_t nr = 0;

	for (; *text != '\0' && nr + 3 < size; text++) {
		if (*text != '\n' && *text != '\t') {
			line[nr++] = *text;
		} else if (text[1] != '\0' && text[1] != '\t' && nr > 0 &&
			   line[nr - 1] != ' ') {
			line[nr++] = ';';
			line[nr++] = ' ';
		} else if (*text == '\t' && nr > 0 && line[nr - 1] != ' ') {
			line[nr++] = ' ';
		}
	}
	line[nr] = '\0';
}

/*
 * Source: PostgreSQL, appendix "PostgreSQL Error Codes": the class is the first
 * two characters.
 */
static enum fault_kind
kind_of(const char *state)
{
	static const struct {
		const char *start;
		enum fault_kind kind;
	} known[] = {
		{ "08", FAULT_AGAIN },	   /* connection */
		{ "28", FAULT_DENIED },	   /* who we are */
		{ "3D", FAULT_USAGE },	   /* no such database */
		{ "40", FAULT_AGAIN },	   /* deadlock, serialisation */
		{ "42501", FAULT_DENIED }, /* no privilege */
		{ "53100", FAULT_IO },	   /* disk full */
		{ "53", FAULT_AGAIN },	   /* memory, too many connections */
		{ "55P03", FAULT_AGAIN },  /* another holds the lock */
		{ "57", FAULT_AGAIN },	   /* cancelled, shut down, starting */
		{ "58", FAULT_IO },	   /* a file of the server */
	};
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strncmp(state, known[i].start, strlen(known[i].start)) == 0)
			return known[i].kind;
	return FAULT_DATA;
}

/*
 * The code in the last of the messages of one attempt for each address, which
 * are "...FATAL:  28P01: text\nLOCATION: ..."; NULL when a server said nothing.
 */
static const char *
state_in(const char *text)
{
	const char *found = NULL, *p, *q;

	for (p = text; (p = strstr(p, ":  ")) != NULL; p++) {
		for (q = p + 3;
		     q < p + 3 + SQLSTATE_LEN &&
		     (isupper((unsigned char)*q) || isdigit((unsigned char)*q));
		     q++)
			;
		if (q == p + 3 + SQLSTATE_LEN && *q == ':')
			found = p + 3;
	}
	return found;
}

/* Why we were not let in. */
static int
fail_open(struct pg *pg, struct fault *f)
{
	const char *text = PQerrorMessage(pg->conn), *state = state_in(text);
	enum fault_kind kind = FAULT_AGAIN;
	const char *remedy = "";
	char line[800];

	if (state != NULL) {
		kind = kind_of(state);
		text = state + SQLSTATE_LEN + 2;
		snprintf(
		    line, sizeof(line), "%.*s", (int)strcspn(text, "\n"), text);
	} else {
		one_line(line, sizeof(line), text);
		if (PQconnectionNeedsPassword(pg->conn))
			kind = FAULT_DENIED;
		else if (strstr(text, "SSL") != NULL ||
			 strstr(text, "certificate") != NULL)
			kind = FAULT_DENIED;
		else if (strncmp(text, "invalid ", 8) == 0 ||
			 strncmp(text, "definition of service", 21) == 0 ||
			 strncmp(text, "service file", 12) == 0)
			kind = FAULT_USAGE;
	}
	if (PQconnectionNeedsPassword(pg->conn))
		remedy = "; set PGPASSWORD, or write it to ~/.pgpass";
	hide_secret(line, PQpass(pg->conn));
	return fault_set(
	    f, kind, "cannot connect to %s: %s%s", pg->name, line, remedy);
}

/* Tell what went wrong with a command; returns -1. */
static int
fail(struct pg *pg, struct fault *f)
{
	const char *state = PQresultErrorField(pg->result, PG_DIAG_SQLSTATE);
	const char *text =
	    PQresultErrorField(pg->result, PG_DIAG_MESSAGE_PRIMARY);
	enum fault_kind kind;
	char line[800];

	if (state == NULL || text == NULL || *text == '\0') {
		kind = FAULT_AGAIN;
		text = PQerrorMessage(pg->conn);
	} else {
		kind = kind_of(state);
	}
	one_line(line, sizeof(line), text);
	hide_secret(line, PQpass(pg->conn));
	return fault_set(f, kind, "%s: %s", pg->name,
	    *line == '\0' ? "the connection was lost" : line);
}

static int64_t
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int
connect_within(struct pg *pg, unsigned max_wait_s, struct fault *f)
{
	int64_t end = now_ms() + (int64_t)max_wait_s * 1000, left;
	PostgresPollingStatusType state = PGRES_POLLING_WRITING;
	struct pollfd ready;
	int nr;

	while (state != PGRES_POLLING_OK) {
		if (state == PGRES_POLLING_FAILED ||
		    PQstatus(pg->conn) == CONNECTION_BAD)
			return fail_open(pg, f);
		ready = (struct pollfd){ .fd = PQsocket(pg->conn),
			.events =
			    state == PGRES_POLLING_READING ? POLLIN : POLLOUT };
		left = end - now_ms();
		nr = left <= 0 ? 0 : poll(&ready, 1, (int)left);
		if (nr == -1 && errno == EINTR)
			continue;
		if (nr == -1)
			return fault_errno(f, "%s", pg->name);
		if (nr == 0)
			return fault_set(f, FAULT_AGAIN,
			    "cannot connect to %s: no answer for %u s",
			    pg->name, max_wait_s);
		state = PQconnectPoll(pg->conn);
	}
	return 0;
}

/* How it is shown: where it is, not who we are. */
static char *
name_of(const PGconn *conn)
{
	const char *host = PQhost(conn), *port = PQport(conn), *db = PQdb(conn);
	struct buf b;
	const char *p;

	buf_init(&b, NAME_MAX_LEN);
	buf_str(&b, "postgresql://");
	for (p = host == NULL ? "" : host; *p != '\0'; p++)
		if (*p == '/')
			buf_str(&b, "%2F");
		else
			buf_char(&b, *p);
	if (port != NULL && *port != '\0')
		buf_printf(&b, ":%s", port);
	if (db != NULL && *db != '\0')
		buf_printf(&b, "/%s", db);
	return b.p;
}

static void
ignore_notice(void *arg, const PGresult *result)
{
	(void)arg;
	(void)result;
}

struct pg *
pg_open(const char *url, unsigned max_wait_s, struct fault *f)
{
	/* what stands behind the URL it cannot change */
	static const char *const key[] = { "fallback_application_name",
		"keepalives_idle", "keepalives_interval", "keepalives_count",
		"tcp_user_timeout", "dbname", "client_encoding", NULL };
	const char *value[] = { "kpipe", "30", "10", "3", "60000", url, "UTF8",
		NULL };
	PQconninfoOption *options;
	struct pg *pg;

	if (strcmp(url, "postgresql:") == 0)
		value[5] = "postgresql://";
	options = PQconninfoParse(value[5], NULL);
	PQconninfoFree(options);
	if (options == NULL || is_ambiguous(url)) {
		/* what libpq says of it could show the password */
		fault_set(f, FAULT_USAGE,
		    "the URL of the database cannot be read; write @ : / ? # "
		    "%% of a name or a password as %%40 %%3A %%2F %%3F %%23 "
		    "%%25");
		return NULL;
	}
	pg = xcalloc(1, sizeof(*pg));
	pg->conn = PQconnectStartParams(key, value, 1);
	if (pg->conn == NULL)
		xalloc_fail();
	(void)PQsetErrorVerbosity(pg->conn, PQERRORS_VERBOSE);
	(void)PQsetNoticeReceiver(pg->conn, ignore_notice, NULL);
	pg->name = name_of(pg->conn);
	if (connect_within(pg, max_wait_s, f) == -1) {
		pg_close(pg);
		return NULL;
	}
	return pg;
}

void
pg_close(struct pg *pg)
{
	if (pg == NULL)
		return;
	PQclear(pg->result);
	PQfinish(pg->conn);
	free(pg->name);
	free(pg);
}

const char *
pg_name(const struct pg *pg)
{
	return pg->name;
}

const char *
pg_setting(const struct pg *pg, const char *setting)
{
	return PQparameterStatus(pg->conn, setting);
}

/* Step to the next answer; false after the last. */
static bool
step(struct pg *pg)
{
	PQclear(pg->result);
	pg->result = PQgetResult(pg->conn);
	pg->asked = pg->result != NULL;
	return pg->asked;
}

int
pg_ask(struct pg *pg, const char *sql, const char *const *param, size_t nr,
    struct fault *f)
{
	while (pg->asked && step(pg))
		;
	pg->changed = 0;
	if (PQsendQueryParams(
		pg->conn, sql, (int)nr, NULL, param, NULL, NULL, 0) != 1) {
		PQclear(pg->result);
		pg->result = NULL;
		return fail(pg, f);
	}
	(void)PQsetSingleRowMode(pg->conn);
	pg->asked = true;
	return 0;
}

int
pg_next(struct pg *pg, struct fault *f)
{
	const char *nr;

	while (step(pg))
		switch (PQresultStatus(pg->result)) {
		case PGRES_SINGLE_TUPLE:
			return 1;
		case PGRES_TUPLES_OK:
		case PGRES_COMMAND_OK:
			nr = PQcmdTuples(pg->result);
			pg->changed = strtoull(nr, NULL, 10);
			break;
		case PGRES_COPY_IN:
			/* it would say so again and again */
			pg->asked = false;
			return 0;
		default:
			return fail(pg, f);
		}
	return 0;
}

int
pg_do(struct pg *pg, const char *sql, const char *const *param, size_t nr,
    struct fault *f)
{
	int more;

	if (pg_ask(pg, sql, param, nr, f) == -1)
		return -1;
	while ((more = pg_next(pg, f)) == 1)
		;
	return more;
}

size_t
pg_columns(const struct pg *pg)
{
	return (size_t)PQnfields(pg->result);
}

const char *
pg_column_name(const struct pg *pg, size_t column)
{
	return PQfname(pg->result, (int)column);
}

struct text
pg_value(const struct pg *pg, size_t column)
{
	const int nr = (int)column;

	if (PQgetisnull(pg->result, 0, nr))
		return (struct text){ NULL, 0 };
	return (struct text){ PQgetvalue(pg->result, 0, nr),
		(size_t)PQgetlength(pg->result, 0, nr) };
}

unsigned long long
pg_count(const struct pg *pg, size_t column)
{
	return strtoull(PQgetvalue(pg->result, 0, (int)column), NULL, 10);
}

unsigned long long
pg_changed(const struct pg *pg)
{
	return pg->changed;
}

int
pg_copy_begin(struct pg *pg, const char *sql, struct fault *f)
{
	return pg_do(pg, sql, NULL, 0, f);
}

int
pg_copy(struct pg *pg, const void *p, size_t len, struct fault *f)
{
	if (PQputCopyData(pg->conn, p, (int)len) == 1)
		return 0;
	/* why the server stopped listening is in its answer */
	(void)step(pg);
	return fail(pg, f);
}

int
pg_copy_end(struct pg *pg, struct fault *f)
{
	int more;

	if (PQputCopyEnd(pg->conn, NULL) != 1) {
		PQclear(pg->result);
		pg->result = NULL;
		return fail(pg, f);
	}
	pg->asked = true;
	while ((more = pg_next(pg, f)) == 1)
		;
	return more;
}
