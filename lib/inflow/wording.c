#include "inflow/wording.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/loose.h"
#include "base/xalloc.h"
#include "inflow/period.h"

#define HEADER_MAX 4096

/* As headers are after normalising, the preferred first. */
static const char *const alias[INFLOW_COLUMNS] = {
	[COLUMN_NAME] = "employees|employee|employee name|name|chatter|"
			"chatter name|empleado|nombre",
	[COLUMN_GROUP] = "group|groups|team|teams|employee group|grupo|equipo",
	[COLUMN_EMAIL] = "email|e mail",
	[COLUMN_CREATORS] = "creators|creator|model|models|account",
	[COLUMN_DATE] = "date|day|period|fecha|dia|periodo|date/time|"
			"date & time|duration",
	[INFLOW_SALES] = "sales|total sales|revenue|earnings|net sales|ventas|"
			 "ingresos",
	[INFLOW_PPV_SALES] = "ppv sales",
	[INFLOW_TIPS] = "tips",
	[INFLOW_DM_SALES] = "direct message sales|dm sales",
	[INFLOW_MESSAGES_SENT] = "direct messages sent|messages sent|messages|"
				 "dms sent|dm sent|mensajes enviados|"
				 "mensajes directos",
	[INFLOW_PPVS_SENT] = "direct ppvs sent|ppvs sent|ppv sent|ppvs|ppv",
	[INFLOW_PPVS_UNLOCKED] = "ppvs unlocked|ppv unlocked|unlocked ppvs|"
				 "unlocked|ppvs desbloqueados",
	[INFLOW_GOLDEN_PCT] = "golden ratio|gr|ratio dorado",
	[INFLOW_UNLOCK_PCT] = "unlock rate|unlock ratio|unlock|"
			      "tasa de desbloqueo",
	[INFLOW_FANS] = "fans chatted|chatted fans|fans|fans chateados",
	[INFLOW_FANS_SPENT] = "fans who spent money|fans who spent|"
			      "spending fans|paying fans|fans que gastaron",
	[INFLOW_CVR_PCT] = "fan cvr|cvr|fan conversion|conversion rate|"
			   "tasa de conversion",
	[INFLOW_REPLY_S] = "response time (based on clocked hours)|"
			   "response time (clocked hours)|reply time|"
			   "response time|avg response time|"
			   "average response time|resp time|"
			   "response time (based on scheduled hours)|"
			   "tiempo de respuesta",
	[INFLOW_CLOCKED_H] = "clocked hours|logged hours|horas registradas",
	[INFLOW_SCHEDULED_H] = "scheduled hours",
	[INFLOW_SALES_HR] = "sales per hour|sales/hr|$/hr|ventas por hora",
	[INFLOW_MSG_HR] = "messages sent per hour|messages/hr|msg/hr|"
			  "messages per hour|mensajes por hora",
	[INFLOW_FANS_HR] = "fans chatted per hour|fans/hr",
	[INFLOW_CHARS] = "character count|characters|keystrokes|"
			 "keystrokes (words)",
};

/* Columns of the vendor's that no record has. */
static const char unused[] = "priority mass messages sales|"
			     "of mass message sales|"
			     "avg earnings per fan who spent money";

/* What a zone follows. */
static const char *const before_zone[] = { "date/time ", "date & time " };

struct user_alias {
	size_t column;
	char *text; /* normalised */
};

struct wording {
	struct user_alias *user;
	size_t nr, cap;
};

static const char *
column_key(size_t column)
{
	static const char *const text_key[] = { "name", "group", "email",
		"creators", "date" };

	return column < INFLOW_FIGURES ? inflow_key[column]
				       : text_key[column - INFLOW_FIGURES];
}

struct wording *
wording_new(void)
{
	return xcalloc(1, sizeof(struct wording));
}

void
wording_free(struct wording *w)
{
	size_t i;

	if (w == NULL)
		return;
	for (i = 0; i < w->nr; i++)
		free(w->user[i].text);
	free(w->user);
	free(w);
}

/* The plain letter of one of U+00C0 to U+00FF, which is 0xC3 and c; or NUL. */
static char
plain_letter(unsigned char c)
{
	static const char letter[] = "aaaaaa\0ceeeeiiii\0nooooo\0ouuuuy\0\0"
				     "aaaaaa\0ceeeeiiii\0nooooo\0ouuuuy\0y";

	return c >= 0x80 && c < 0xc0 ? letter[c - 0x80] : '\0';
}

static bool
ends_with(const struct buf *b, const char *end)
{
	size_t len = strlen(end);

	return b->len >= len && memcmp(b->p + b->len - len, end, len) == 0;
}

static void
drop_units(struct buf *b)
{
	static const char *const unit[] = { "($)", "(%)", "(#)", "$", "%",
		" " };
	size_t i;

	for (i = 0; i < sizeof(unit) / sizeof(*unit); i++)
		if (ends_with(b, unit[i])) {
			b->len -= strlen(unit[i]);
			i = (size_t)-1;
		}
}

static struct text
strip_quotes(struct text t)
{
	t = loose_trim(t);
	while (t.len >= 2 && (t.p[0] == '"' || t.p[0] == '\'') &&
	       t.p[t.len - 1] == t.p[0]) {
		t.p++;
		t.len -= 2;
		t = loose_trim(t);
	}
	return t;
}

/* A header without case, accents and units; what was in b is dropped. */
static struct text
normalise(struct buf *b, struct text t)
{
	size_t len;
	char c;

	buf_clear(b);
	for (t = strip_quotes(t); t.len > 0; t.p += len, t.len -= len) {
		len = loose_blank(t);
		c = t.p[0];
		if (len > 0 || c == '_' || c == '-') {
			len = len == 0 ? 1 : len;
			if (!ends_with(b, " "))
				buf_char(b, ' ');
			continue;
		}
		len = 1;
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if ((unsigned char)c == 0xc3 && t.len > 1 &&
		    plain_letter((unsigned char)t.p[1]) != '\0') {
			c = plain_letter((unsigned char)t.p[1]);
			len = 2;
		}
		buf_char(b, c);
	}
	drop_units(b);
	return buf_view(b);
}

/* Which of the texts, separated by |, t is; SIZE_MAX for none. */
static size_t
place_in(const char *list, struct text t)
{
	size_t place = 0, len;

	for (; *list != '\0'; list += len + (list[len] == '|'), place++) {
		len = strcspn(list, "|");
		if (text_equal(t, (struct text){ list, len }))
			return place;
	}
	return SIZE_MAX;
}

/* The zone's length in normalised t behind a date's header, 0 for none. */
static size_t
zone_length(struct text t)
{
	size_t i;

	for (i = 0; i < sizeof(before_zone) / sizeof(*before_zone); i++)
		if (text_starts_nocase(t, before_zone[i]))
			return t.len - strlen(before_zone[i]);
	return 0;
}

/*
 * What normalised t heads, INFLOW_COLUMNS for nothing that is known; and how
 * much it is preferred, less being more.
 */
static size_t
column_of(const struct wording *w, struct text t, size_t *place)
{
	size_t i;

	*place = 0;
	for (i = 0; i < w->nr; i++)
		if (text_is(t, w->user[i].text))
			return w->user[i].column;
	for (i = 0; i < INFLOW_COLUMNS; i++)
		if ((*place = place_in(alias[i], t)) != SIZE_MAX) {
			(*place)++;
			return i;
		}
	*place = 1;
	return zone_length(t) > 0 ? COLUMN_DATE : INFLOW_COLUMNS;
}

static int
add_aliases(
    struct wording *w, size_t column, const json_t *list, struct fault *f)
{
	struct buf b;
	json_t *one;
	size_t i;

	if (!json_is_array(list))
		return fault_set(f, FAULT_USAGE, "'%s' has no array of headers",
		    column_key(column));
	buf_init(&b, 1 << 16);
	json_array_foreach (list, i, one) {
		struct user_alias user = { column, NULL };

		if (!json_is_string(one)) {
			buf_free(&b);
			return fault_set(f, FAULT_USAGE,
			    "'%s' has a header that is no text",
			    column_key(column));
		}
		(void)normalise(&b, text_of(json_string_value(one)));
		user.text = xstrndup(b.p == NULL ? "" : b.p, b.len);
		w->user = xgrow(w->user, w->nr, &w->cap, sizeof(*w->user));
		w->user[w->nr++] = user;
	}
	buf_free(&b);
	return 0;
}

int
wording_add(struct wording *w, struct text json, struct fault *f)
{
	json_error_t error;
	json_t *map, *list;
	const char *key;
	size_t i;
	int status = 0;

	map = json_loadb(json.p, json.len, JSON_REJECT_DUPLICATES, &error);
	if (!json_is_object(map)) {
		status = fault_set(f, FAULT_USAGE, "line %d: is no map: %s",
		    error.line,
		    map == NULL ? error.text : "an object is wanted");
		json_decref(map);
		return status;
	}
	json_object_foreach (map, key, list) {
		for (i = 0; i < INFLOW_COLUMNS; i++)
			if (strcmp(key, column_key(i)) == 0)
				break;
		status = i == INFLOW_COLUMNS
			     ? fault_set(f, FAULT_USAGE,
				   "'%s' is no key of a record", key)
			     : add_aliases(w, i, list, f);
		if (status == -1)
			break;
	}
	json_decref(map);
	return status;
}

void
header_init(struct inflow_header *h)
{
	memset(h, 0, sizeof(*h));
	h->keep = arena_new();
}

void
header_free(struct inflow_header *h)
{
	arena_free(h->keep);
	memset(h, 0, sizeof(*h));
}

/* Of two columns of one meaning, the preferred of reply times, else the first,
 * but for a "Duration" beside a date. */
static void
choose(struct inflow_header *h, size_t column, size_t i, size_t place,
    size_t best[INFLOW_COLUMNS])
{
	bool is_other = column == INFLOW_REPLY_S ||
			(column == COLUMN_DATE && h->date_unsure);

	if (h->at[column] != COLUMN_NONE &&
	    (!is_other || place >= best[column])) {
		h->twice[i] = column != INFLOW_REPLY_S;
		return;
	}
	h->at[column] = i;
	best[column] = place;
}

void
header_read(struct inflow_header *h, const struct wording *w,
    const struct text *cell, size_t nr, uint64_t line)
{
	size_t i, column, place, zone, best[INFLOW_COLUMNS];
	struct text t;
	struct buf b;

	arena_clear(h->keep);
	for (i = 0; i < INFLOW_COLUMNS; i++)
		h->at[i] = COLUMN_NONE;
	h->cell = arena_alloc(h->keep, (nr + 1) * sizeof(*h->cell));
	h->known = arena_alloc(h->keep, nr + 1);
	h->twice = arena_alloc(h->keep, nr + 1);
	h->nr = nr;
	h->line = line;
	h->zone = (struct text){ NULL, 0 };
	h->date_unsure = false;
	buf_init(&b, HEADER_MAX);
	for (i = 0; i < nr; i++) {
		t = cell[i].p == NULL ? text_of("") : strip_quotes(cell[i]);
		h->cell[i] = arena_copy(h->keep, t);
		t = normalise(&b, t);
		column = column_of(w, t, &place);
		h->known[i] = column < INFLOW_COLUMNS ||
			      place_in(unused, t) != SIZE_MAX || t.len == 0;
		h->twice[i] = false;
		if (column == INFLOW_COLUMNS || t.len == 0)
			continue;
		choose(h, column, i, place, best);
		if (column != COLUMN_DATE || h->at[column] != i)
			continue;
		h->date_unsure = text_is(t, "duration") && place > 0;
		zone = zone_length(t);
		if (zone > 0 && zone <= h->cell[i].len)
			h->zone = loose_trim((struct text){
			    h->cell[i].p + h->cell[i].len - zone, zone });
	}
	buf_free(&b);
}

size_t
header_meanings(const struct inflow_header *h)
{
	size_t i, nr = 0;

	for (i = 0; i < INFLOW_COLUMNS; i++)
		nr += h->at[i] != COLUMN_NONE;
	return nr;
}

bool
header_recognised(const struct inflow_header *h)
{
	size_t i, figures = 0;

	for (i = 0; i < INFLOW_FIGURES; i++)
		figures += h->at[i] != COLUMN_NONE;
	return h->at[COLUMN_NAME] != COLUMN_NONE && figures >= 2;
}

void
header_settle(struct inflow_header *h, const struct text *cell, size_t nr)
{
	size_t at = h->at[COLUMN_DATE];
	struct period period;
	struct text t;

	if (!h->date_unsure || at >= nr || cell[at].p == NULL)
		return;
	t = loose_trim(cell[at]);
	if (loose_is_null(t))
		return;
	if (!period_parse(t, PERIOD_DMY, &period))
		h->at[COLUMN_DATE] = COLUMN_NONE;
	h->date_unsure = false;
}

bool
header_repeats(
    const struct inflow_header *h, const struct text *cell, size_t nr)
{
	size_t i;

	if (nr != h->nr)
		return false;
	for (i = 0; i < nr; i++)
		if (!text_equal(h->cell[i], cell[i].p == NULL
						? text_of("")
						: strip_quotes(cell[i])))
			return false;
	return true;
}

void
header_tell(const struct inflow_header *h, const struct tell *t)
{
	struct buf b;
	size_t i;

	buf_init(&b, 300);
	for (i = 0; i < h->nr; i++) {
		if (h->twice[i])
			tell(t, TELL_DOUBT, h->line,
			    "column %zu, '%.*s', is passed over: another has "
			    "that meaning",
			    i + 1, TEXT_ARG(h->cell[i]));
		if (!h->known[i])
			buf_printf(&b, "%s'%.*s'", b.len == 0 ? "" : ", ",
			    TEXT_ARG(h->cell[i]));
	}
	if (b.len > 0)
		tell(t, TELL_DOUBT, h->line,
		    "columns that are not known are passed over: %.*s%s",
		    TEXT_ARG(buf_view(&b)), b.over ? " ..." : "");
	buf_free(&b);
}

int
header_check(const struct inflow_header *h, struct fault *f)
{
	bool name = h->at[COLUMN_NAME] != COLUMN_NONE;
	bool sales = h->at[INFLOW_SALES] != COLUMN_NONE;
	struct buf b;
	size_t i;

	if (name && sales && header_recognised(h))
		return 0;
	buf_init(&b, 500);
	for (i = 0; i < h->nr; i++)
		buf_printf(
		    &b, "%s'%.*s'", i == 0 ? "" : ", ", TEXT_ARG(h->cell[i]));
	fault_set(f, FAULT_DATA,
	    "is no export of Inflow's: it has no column %s; it has %.*s%s",
	    !name && !sales ? "'Employees' and none 'Sales'"
	    : !name	    ? "'Employees'"
	    : !sales	    ? "'Sales'"
			    : "of figures beside 'Sales'",
	    TEXT_ARG(buf_view(&b)), b.over ? " ..." : "");
	buf_free(&b);
	return -1;
}

void
header_put(const struct inflow_header *h, const char *encoding, char delimiter,
    struct buf *b)
{
	struct text text = { &delimiter, 1 };
	size_t i;

	json_open(b);
	json_key(b, "type");
	json_put_str(b, "inflow_map");
	json_key(b, "encoding");
	json_put_str(b, encoding);
	json_key(b, "delimiter");
	json_put_text(b, text);
	json_key(b, "line");
	json_put_int(b, (int64_t)h->line);
	json_key(b, "tz");
	json_put_text(b, h->zone);
	json_key(b, "columns");
	json_open(b);
	for (i = 0; i < INFLOW_COLUMNS; i++) {
		if (h->at[i] == COLUMN_NONE)
			continue;
		json_key(b, column_key(i));
		json_put_text(b, h->cell[h->at[i]]);
	}
	json_close(b);
	json_key(b, "unknown");
	json_open_array(b);
	for (i = 0; i < h->nr; i++)
		if (!h->known[i])
			json_put_text(b, h->cell[i]);
	json_close_array(b);
	json_close(b);
}

bool
row_is_blank(const struct text *cell, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (cell[i].p != NULL && loose_trim(cell[i]).len > 0)
			return false;
	return true;
}
