#include "match/claims.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/xalloc.h"

/* The best claim on a person on a day. */
struct claim {
	int rank;
	size_t claimant;
	bool several; /* another name has as good a one */
};

struct claims {
	struct map *day; /* source and date */
	struct map *key; /* day and person, to claims */
	struct claim *claim;
	size_t nr, cap;
	size_t *order; /* of the days; NULL until asked for */
};

enum {
	RANK_FUZZY = 1,
	RANK_CONTAINS,
	RANK_FIRST_LAST,
	RANK_TOKENS,
	RANK_SURE, /* from here on all stand */
};

static int
rank_of(enum match_method method)
{
	switch (method) {
	case MATCH_ALIAS:
	case MATCH_EXACT:
	case MATCH_ID:
		return RANK_SURE;
	case MATCH_TOKENS:
		return RANK_TOKENS;
	case MATCH_FIRST_LAST:
		return RANK_FIRST_LAST;
	case MATCH_CONTAINS:
		return RANK_CONTAINS;
	case MATCH_FUZZY:
	case MATCH_NONE:
		break;
	}
	return RANK_FUZZY;
}

struct claims *
claims_new(void)
{
	struct claims *c = xcalloc(1, sizeof(*c));

	c->day = map_new();
	c->key = map_new();
	return c;
}

void
claims_free(struct claims *c)
{
	if (c == NULL)
		return;
	map_free(c->day);
	map_free(c->key);
	free(c->claim);
	free(c->order);
	free(c);
}

size_t
claims_day(struct claims *c, enum name_source source, struct text date)
{
	struct buf key;
	size_t day;

	buf_init(&key, SIZE_MAX / 2);
	buf_char(&key, (char)('0' + source));
	buf_text(&key, date);
	day = map_intern(c->day, buf_view(&key), NULL);
	buf_free(&key);
	return day;
}

struct text
claims_date(const struct claims *c, size_t day)
{
	struct text key = map_key(c->day, day);

	return (struct text){ key.p + 1, key.len - 1 };
}

static struct text
key_of(size_t pair[2], size_t day, size_t person)
{
	pair[0] = day;
	pair[1] = person;
	return (struct text){ (const char *)pair, 2 * sizeof(*pair) };
}

size_t
claims_add(struct claims *c, size_t day, const struct match_outcome *o)
{
	size_t pair[2], i;
	struct claim *claim;
	int rank = rank_of(o->method);
	bool added;

	i = map_intern(c->key, key_of(pair, day, o->found.person), &added);
	if (added)
		c->claim = xgrow(c->claim, c->nr++, &c->cap, sizeof(*claim));
	claim = &c->claim[i];
	if (added || rank > claim->rank)
		*claim = (struct claim){ rank, o->claimant, false };
	else if (rank == claim->rank && o->claimant != claim->claimant)
		claim->several = true;
	return i;
}

bool
claims_stand(const struct claims *c, size_t i, const struct match_outcome *o)
{
	const struct claim *claim = &c->claim[i];

	return rank_of(o->method) == claim->rank &&
	       (claim->rank == RANK_SURE || !claim->several);
}

struct named_day {
	struct text key;
	size_t day;
};

static int
by_key(const void *a, const void *b)
{
	const struct named_day *x = a, *y = b;

	return text_compare(x->key, y->key);
}

static void
sort_days(struct claims *c)
{
	size_t nr = map_size(c->day), i;
	struct named_day *named = xcalloc(nr, sizeof(*named));

	for (i = 0; i < nr; i++)
		named[i] = (struct named_day){ map_key(c->day, i), i };
	if (nr > 1)
		qsort(named, nr, sizeof(*named), by_key);
	c->order = xcalloc(nr, sizeof(*c->order));
	for (i = 0; i < nr; i++)
		c->order[i] = named[i].day;
	free(named);
}

bool
claims_day_at(struct claims *c, size_t i, enum name_source *source, size_t *day)
{
	if (i >= map_size(c->day))
		return false;
	if (c->order == NULL)
		sort_days(c);
	*day = c->order[i];
	*source = (enum name_source)(map_key(c->day, *day).p[0] - '0');
	return true;
}

bool
claims_has(const struct claims *c, size_t day, size_t person)
{
	size_t pair[2], i = map_get(c->key, key_of(pair, day, person));

	return i != MAP_NONE &&
	       (c->claim[i].rank == RANK_SURE || !c->claim[i].several);
}
