#include "hubstaff/tally.h"

#include <stdlib.h>

#include "base/json.h"
#include "base/map.h"
#include "base/xalloc.h"

struct cell {
	uint64_t orgs; /* bit i: time was tracked in organisation i */
	uint32_t s;
};

struct person {
	char *name, *email; /* NULL: not known */
	uint64_t member;    /* bit i: of organisation i */
	uint64_t orgs;	    /* in which time was tracked */
	day_nr since;
	struct cell *cell; /* one a day; NULL: nothing was tracked */
};

struct tally {
	day_nr from, to;
	struct map *id; /* to the index of person */
	struct person *person;
	size_t nr, cap;
	struct map *org;
	uint64_t tracked_s[TALLY_ORGS];
};

struct tally *
tally_new(day_nr from, day_nr to)
{
	struct tally *t = xcalloc(1, sizeof(*t));

	t->from = from;
	t->to = to;
	t->id = map_new();
	t->org = map_new();
	return t;
}

void
tally_free(struct tally *t)
{
	size_t i;

	if (t == NULL)
		return;
	for (i = 0; i < t->nr; i++) {
		free(t->person[i].name);
		free(t->person[i].email);
		free(t->person[i].cell);
	}
	free(t->person);
	map_free(t->id);
	map_free(t->org);
	free(t);
}

size_t
tally_org(struct tally *t, struct text id)
{
	return map_intern(t->org, id, NULL);
}

static struct person *
person_of(struct tally *t, struct text id)
{
	bool added;
	size_t i = map_intern(t->id, id, &added);

	if (added) {
		t->person =
		    xgrow(t->person, t->nr, &t->cap, sizeof(*t->person));
		t->person[t->nr++] = (struct person){ 0 };
	}
	return &t->person[i];
}

void
tally_member(struct tally *t, size_t org, struct text id, day_nr since)
{
	struct person *p = person_of(t, id);

	if (p->member == 0 || since < p->since)
		p->since = since;
	p->member |= UINT64_C(1) << org;
}

static void
set_text(char **to, struct text t)
{
	t = text_trim(t);
	if (t.len == 0)
		return;
	free(*to);
	*to = xstrndup(t.p, t.len);
}

void
tally_name(struct tally *t, struct text id, struct text name, struct text email)
{
	struct person *p = person_of(t, id);

	set_text(&p->name, name);
	set_text(&p->email, email);
}

void
tally_add(
    struct tally *t, size_t org, struct text id, day_nr day, unsigned seconds)
{
	struct person *p = person_of(t, id);
	struct cell *cell;

	if (seconds == 0)
		return;
	if (p->cell == NULL)
		p->cell =
		    xcalloc((size_t)(t->to - t->from) + 1, sizeof(*p->cell));
	cell = &p->cell[day - t->from];
	cell->s += seconds;
	cell->orgs |= UINT64_C(1) << org;
	p->orgs |= UINT64_C(1) << org;
	t->tracked_s[org] += seconds;
}

/* Somebody of whom there is no more than a name is not written. */
static bool
is_written(const struct person *p)
{
	return p->member != 0 || p->orgs != 0;
}

struct text
tally_unnamed(const struct tally *t, size_t *at)
{
	for (; *at < t->nr; (*at)++)
		if (t->person[*at].name == NULL && is_written(&t->person[*at]))
			return map_key(t->id, (*at)++);
	return (struct text){ NULL, 0 };
}

struct tally_sums
tally_sums(const struct tally *t, size_t org)
{
	struct tally_sums sums = { .tracked_s = t->tracked_s[org] };
	const struct person *p;
	bool member, tracked;

	for (p = t->person; p < t->person + t->nr; p++) {
		member = p->member >> org & 1;
		tracked = p->orgs >> org & 1;
		sums.members += member;
		sums.people += tracked;
		sums.unnamed += (member || tracked) && p->name == NULL;
	}
	return sums;
}

/*
 * Writing
 */
struct row {
	struct text id;
	const struct person *person;
};

static int
compare_rows(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	return text_compare(x->id, y->id);
}

static void
put_row(const struct tally *t, const struct row *row, day_nr day, struct buf *b)
{
	const struct person *p = row->person;
	const struct cell none = { 0 };
	const struct cell *cell =
	    p->cell == NULL ? &none : &p->cell[day - t->from];
	uint64_t orgs = cell->s == 0 ? p->member : cell->orgs;
	char date[DAY_TEXT];
	size_t i;

	day_format(day, date);
	json_open(b);
	json_key(b, "type");
	json_put_str(b, "hubstaff_hours");
	json_key(b, "date");
	json_put_str(b, date);
	json_key(b, "user_id");
	json_put_text(b, row->id);
	json_key(b, "name");
	json_put_str(b, p->name);
	json_key(b, "email");
	json_put_str(b, p->email);
	json_key(b, "org_ids");
	json_open_array(b);
	for (i = 0; i < map_size(t->org); i++)
		if (orgs >> i & 1)
			json_put_text(b, map_key(t->org, i));
	json_close_array(b);
	json_key(b, "member");
	json_put_bool(b, p->member != 0);
	json_key(b, "tracked_s");
	json_put_int(b, cell->s);
	json_close(b);
	buf_char(b, '\n');
}

static bool
is_due(const struct tally *t, const struct person *p, day_nr day, bool tracked)
{
	if (p->cell != NULL && p->cell[day - t->from].s > 0)
		return true;
	return !tracked && p->member != 0 && day >= p->since;
}

size_t
tally_put(const struct tally *t, bool tracked, struct buf *b)
{
	struct row *row = xcalloc(t->nr, sizeof(*row));
	size_t i, nr = 0;
	day_nr day;

	for (i = 0; i < t->nr; i++)
		row[i] = (struct row){ map_key(t->id, i), &t->person[i] };
	qsort(row, t->nr, sizeof(*row), compare_rows);
	for (day = t->from; day <= t->to; day++)
		for (i = 0; i < t->nr; i++) {
			if (!is_due(t, row[i].person, day, tracked))
				continue;
			put_row(t, &row[i], day, b);
			nr++;
		}
	free(row);
	return nr;
}
