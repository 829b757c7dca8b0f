#include "match/alias.h"

#include <stdlib.h>

#include "base/xalloc.h"

struct alias {
	unsigned sources;      /* a bit for each */
	struct text canonical; /* plain; "no text": ignore */
};

struct aliases {
	const struct people *people;
	struct arena *keep;
	struct keys *raw; /* by the loose form */
	struct alias *alias;
	size_t nr, cap;
};

struct aliases *
aliases_new(const struct people *people)
{
	struct aliases *a = xcalloc(1, sizeof(*a));

	a->people = people;
	a->keep = arena_new();
	a->raw = keys_new();
	return a;
}

void
aliases_free(struct aliases *a)
{
	if (a == NULL)
		return;
	arena_free(a->keep);
	keys_free(a->raw);
	free(a->alias);
	free(a);
}

static int
read_sources(unsigned *sources, struct text name, struct fault *f)
{
	enum name_source source = name_source_of(name);

	if (text_is(name, "*"))
		*sources = (1u << NAME_SOURCES) - 1;
	else if (source != NAME_SOURCES)
		*sources = 1u << source;
	else
		return fault_set(f, FAULT_DATA,
		    "source '%.*s' is none of inflow, hubstaff, log and *",
		    TEXT_ARG(name));
	return 0;
}

int
aliases_add(struct aliases *a, struct text source, struct text raw,
    struct text canonical, struct fault *f)
{
	struct alias alias = { 0 };
	struct name name;
	size_t place;

	if (read_sources(&alias.sources, text_trim(source), f) == -1)
		return -1;
	name_make(&name, raw, a->keep);
	if (name.nr == 0)
		return fault_set(f, FAULT_DATA,
		    "the raw name '%.*s' has no "
		    "letter",
		    TEXT_ARG(raw));
	canonical = name_plain(canonical, a->keep);
	if (canonical.len == 0)
		return ALIAS_EMPTY;
	if (!text_is(canonical, "ignore")) {
		if (keys_first(a->people->plain, canonical) == KEYS_END)
			return ALIAS_UNKNOWN;
		alias.canonical = canonical;
	}
	place = keys_first(a->raw, name.loose);
	for (; place != KEYS_END; place = keys_next(a->raw, place)) {
		const struct alias *other = &a->alias[keys_at(a->raw, place)];

		if ((other->sources & alias.sources) != 0 &&
		    !text_equal(other->canonical, alias.canonical))
			return fault_set(f, FAULT_DATA,
			    "'%.*s' means somebody else above; leave one of "
			    "the two",
			    TEXT_ARG(raw));
	}
	a->alias = xgrow(a->alias, a->nr, &a->cap, sizeof(*a->alias));
	a->alias[a->nr] = alias;
	keys_add(a->raw, name.loose, a->nr++);
	return ALIAS_FINE;
}

bool
aliases_get(const struct aliases *a, enum name_source source, struct text loose,
    struct text *canonical)
{
	size_t place = keys_first(a->raw, loose);

	for (; place != KEYS_END; place = keys_next(a->raw, place)) {
		const struct alias *alias = &a->alias[keys_at(a->raw, place)];

		if ((alias->sources >> source & 1) != 0) {
			*canonical = alias->canonical;
			return true;
		}
	}
	return false;
}
