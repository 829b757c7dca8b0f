#include "airtable/store.h"

#include <stdlib.h>
#include <string.h>

#include "airtable/pull.h"
#include "airtable/store_impl.h"
#include "base/date.h"
#include "base/xalloc.h"

#define KEY_MAX	    ((size_t)1 << 16)
#define FORMULA_MAX 4000
#define SEPARATOR   '\x1f'

const char *const store_mode_name[STORE_MODES] = { "skip", "upsert", "create" };

struct store *
store_new(const struct store_conf *conf)
{
	struct store *s = xcalloc(1, sizeof(*s));

	s->conf = conf;
	s->keep = arena_new();
	s->scratch = arena_new();
	s->dropped = xcalloc(conf->nr, sizeof(*s->dropped));
	s->there = map_new();
	buf_init(&s->body, STORE_BODY);
	buf_init(&s->key, KEY_MAX);
	s->plain = json_shape_new();
	json_want(s->plain, "v");
	s->record = pull_shape();
	s->done = json_shape_new();
	json_want(s->done, "records");
	json_want(s->done, "createdRecords");
	json_want(s->done, "updatedRecords");
	return s;
}

void
store_free(struct store *s)
{
	if (s == NULL)
		return;
	arena_free(s->keep);
	arena_free(s->scratch);
	free(s->row);
	free(s->dropped);
	map_free(s->there);
	buf_free(&s->body);
	buf_free(&s->key);
	json_shape_free(s->plain);
	json_shape_free(s->record);
	json_shape_free(s->done);
	free(s);
}

void
store_add(struct store *s, const char *where, const struct text *value)
{
	struct store_row *r;
	size_t i;

	s->row = xgrow(s->row, s->nr, &s->cap, sizeof(*s->row));
	r = &s->row[s->nr++];
	*r = (struct store_row){ 0 };
	r->where = arena_copy(s->keep, text_of(where)).p;
	r->value = arena_alloc(s->keep, s->conf->nr * sizeof(*r->value));
	for (i = 0; i < s->conf->nr; i++)
		r->value[i] = value[i].p == NULL
				  ? value[i]
				  : arena_copy(s->keep, value[i]);
}

size_t
store_rows(const struct store *s)
{
	return s->nr;
}

/*
 * Keys
 */

/* The text of a value that is JSON: of a string what it says; none for null. */
static struct text
plain(struct store *s, struct text json)
{
	struct fault ignored = { 0 };
	struct json_value v;
	struct text t = json;
	struct buf b;

	if (json.p == NULL || text_is(json, "null") || text_is(json, "\"\""))
		return (struct text){ 0 };
	if (json.p[0] != '"')
		return json;
	buf_init(&b, STORE_BODY);
	json_open(&b);
	json_key(&b, "v");
	json_put_raw(&b, json);
	json_close(&b);
	if (!b.over &&
	    json_scan_document(s->plain, b.p, b.len, &v, &ignored) == 0)
		t = arena_copy(s->keep, json_text(v, s->keep));
	buf_free(&b);
	return t;
}

static struct text
key_of(struct store *s, const struct store_row *r, size_t k)
{
	return plain(s, r->value[s->conf->key[k]]);
}

/* A dateTime field has a time behind the day. */
static struct text
day_of(struct text t)
{
	if (t.len > DAY_TEXT - 1)
		t.len = DAY_TEXT - 1;
	return t;
}

static void
add_key(struct store *s, size_t k, struct text t)
{
	t = k == s->day ? day_of(t) : s->conf->same(t, s->scratch);
	buf_text(&s->key, t);
	buf_char(&s->key, SEPARATOR);
}

/* The key of a row; false when a part of it is empty. */
static bool
make_key(struct store *s, struct store_row *r)
{
	struct text t;
	size_t k;

	buf_clear(&s->key);
	for (k = 0; k < s->conf->nr_key; k++) {
		t = key_of(s, r, k);
		if (t.len == 0)
			return false;
		if (k == s->day)
			r->day = day_of(t);
		add_key(s, k, t);
	}
	r->key = arena_copy(s->keep, buf_view(&s->key));
	arena_clear(s->scratch);
	return true;
}

/* The key that is a day wherever it is not empty; nr_key when none is. */
static size_t
find_day(struct store *s)
{
	struct text t;
	size_t k, i, days;
	day_nr day;

	for (k = 0; k < s->conf->nr_key; k++) {
		days = 0;
		for (i = 0; i < s->nr; i++) {
			t = key_of(s, &s->row[i], k);
			if (t.len > 0 && !day_parse(t, &day))
				break;
			days += t.len > 0;
		}
		if (i == s->nr && days > 0)
			return k;
	}
	return s->conf->nr_key;
}

/* What a person knows the record by. */
void
store_fail(struct store *s, struct store_row *r, const char *why)
{
	struct buf name;
	struct text t;
	size_t k;

	r->out = true;
	s->n.failed++;
	buf_init(&name, KEY_MAX);
	for (k = 0; k < s->conf->nr_key; k++) {
		t = key_of(s, r, k);
		if (k > 0)
			buf_str(&name, ", ");
		buf_text(&name, t.len == 0 ? text_of("?") : t);
	}
	s->conf->failed(
	    s->conf->arg, r->where, name.p == NULL ? "" : name.p, why);
	buf_free(&name);
}

/* Of rows with the same key the last one counts. */
static void
find_doubles(struct store *s)
{
	struct map *last = map_new();
	size_t i, before;

	s->day = find_day(s);
	for (i = 0; i < s->nr; i++) {
		if (!make_key(s, &s->row[i])) {
			store_fail(s, &s->row[i],
			    "a field that tells records apart is empty");
			continue;
		}
		before = map_get(last, s->row[i].key);
		if (before != MAP_NONE) {
			s->row[before].out = true;
			s->n.doubled++;
		}
		map_put(last, s->row[i].key, i);
	}
	map_free(last);
}

/*
 * What is there
 */
static int
note_record(void *arg, struct json_value record, struct fault *f)
{
	struct store *s = arg;
	struct json_value part[PULL_SLOTS], cell;
	size_t k;

	if (pull_record(s->record, record, part, f) == -1)
		return -1;
	buf_clear(&s->key);
	for (k = 0; k < s->conf->nr_key; k++) {
		cell = pull_cell(part[PULL_FIELDS],
		    s->conf->field[s->conf->key[k]], s->scratch);
		add_key(s, k,
		    cell.kind == VALUE_STRING	? json_text(cell, s->scratch)
		    : cell.kind == VALUE_ABSENT ? text_of("")
						: json_raw(cell));
	}
	(void)map_intern(s->there, buf_view(&s->key), NULL);
	arena_clear(s->scratch);
	return 0;
}

int
store_look(struct store *s, struct text day, struct fault *f)
{
	const char *field[STORE_KEYS + 1] = { NULL };
	struct pull pull = { .table = s->conf->table,
		.field = field,
		.arg = s,
		.record = note_record };
	struct pull_counts ignored;
	struct buf formula;
	size_t k;
	int status;

	for (k = 0; k < s->conf->nr_key; k++)
		field[k] = s->conf->field[s->conf->key[k]];
	buf_init(&formula, FORMULA_MAX);
	if (day.p != NULL) {
		buf_str(&formula, "IS_SAME({");
		buf_str(&formula, field[s->day]);
		buf_str(&formula, "},");
		pull_quote(&formula, day);
		buf_str(&formula, ",'day')");
		pull.formula = formula.p;
	}
	status = pull_read(s->api, &pull, &ignored, f);
	buf_free(&formula);
	return status;
}

bool
store_has(const struct store *s, const struct store_row *r)
{
	return map_get(s->there, r->key) != MAP_NONE;
}

/* Day by day where a key is one, else the whole table. */
static int
skip_known(struct store *s, struct fault *f)
{
	struct map *days = map_new();
	bool added, all = false;
	size_t i;
	int status = 0;

	for (i = 0; status == 0 && i < s->nr; i++) {
		if (s->row[i].out)
			continue;
		added = s->row[i].day.p == NULL && !all;
		if (added)
			all = true;
		else if (s->row[i].day.p != NULL)
			(void)map_intern(days, s->row[i].day, &added);
		if (added)
			status = store_look(s, s->row[i].day, f);
	}
	for (i = 0; status == 0 && i < s->nr; i++)
		if (!s->row[i].out && store_has(s, &s->row[i])) {
			s->row[i].out = true;
			s->n.skipped++;
		}
	map_free(days);
	return status;
}

/* A second run would make again what is there, or may be. */
static int
blame_create(struct store *s, struct fault *f)
{
	struct fault why = *f;

	if (s->conf->mode != STORE_CREATE || (s->n.created == 0 && !s->lost))
		return -1;
	return fault_set(f, why.kind == FAULT_AGAIN ? FAULT_IO : why.kind,
	    "%s; %llu records were made%s: see what is there, and put in the "
	    "rest with --mode=skip",
	    why.text, (unsigned long long)s->n.created,
	    s->lost ? ", and perhaps those of the last request" : "");
}

int
store_run(
    struct store *s, struct api *api, struct store_counts *n, struct fault *f)
{
	struct store_row *batch[STORE_BATCH];
	size_t i, nr = 0;
	int status = 0;

	s->api = api;
	s->n.records = s->nr;
	s->day = s->conf->nr_key;
	if (s->conf->mode != STORE_CREATE)
		find_doubles(s);
	if (s->conf->mode == STORE_SKIP && s->conf->bodies == NULL)
		status = skip_known(s, f);
	for (i = 0; status == 0 && i <= s->nr; i++) {
		if (i < s->nr && !s->row[i].out)
			batch[nr++] = &s->row[i];
		if (nr == STORE_BATCH || (i == s->nr && nr > 0)) {
			status = store_send(s, batch, nr, f);
			nr = 0;
		}
	}
	*n = s->n;
	return status == -1 ? blame_create(s, f) : 0;
}
