#include "hubspot/search.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/xalloc.h"

/* Source: HubSpot's page "Search the CRM". */
#define GROUPS_MAX  5
#define FILTERS_MAX 6
#define TOTAL_MAX   18

struct group {
	struct buf filters; /* JSON, without the brackets */
	size_t nr;
};

struct search {
	struct group group[GROUPS_MAX];
	size_t nr;
	struct buf query; /* JSON, empty for none */
};

enum operand {
	ONE,
	TWO,
	MANY,
	NONE
};

/* How people write an operator; longer ones before their beginnings. */
static const struct written {
	const char *text;
	const char *operator;
	enum operand takes;
} written[] = {
	{ "!=", "NEQ", ONE },
	{ "<=", "LTE", ONE },
	{ ">=", "GTE", ONE },
	{ "=", "EQ", ONE },
	{ "<", "LT", ONE },
	{ ">", "GT", ONE },
	{ "in ", "IN", MANY },
	{ "not-in ", "NOT_IN", MANY },
	{ "between ", "BETWEEN", TWO },
	{ "contains ", "CONTAINS_TOKEN", ONE },
	{ "not-contains ", "NOT_CONTAINS_TOKEN", ONE },
};

struct search *
search_new(void)
{
	struct search *s = xcalloc(1, sizeof(*s));
	size_t i;

	for (i = 0; i < GROUPS_MAX; i++)
		buf_init(&s->group[i].filters, 1 << 20);
	buf_init(&s->query, 1 << 20);
	return s;
}

void
search_free(struct search *s)
{
	size_t i;

	if (s == NULL)
		return;
	for (i = 0; i < GROUPS_MAX; i++)
		buf_free(&s->group[i].filters);
	buf_free(&s->query);
	free(s);
}

/* A NAME at the start of t, and t is then what follows it and the blanks. */
static struct text
take_name(struct text *t)
{
	struct text name = { t->p, 0 };

	while (
	    name.len < t->len &&
	    (isalnum((unsigned char)t->p[name.len]) || t->p[name.len] == '_' ||
		t->p[name.len] == '-' || t->p[name.len] == '.'))
		name.len++;
	t->p += name.len;
	t->len -= name.len;
	*t = text_trim(*t);
	return name;
}

static const struct written *
take_operator(struct text *t)
{
	size_t i, len;

	for (i = 0; i < sizeof(written) / sizeof(written[0]); i++) {
		len = strlen(written[i].text);
		if (!text_starts_nocase(*t, written[i].text))
			continue;
		t->p += len;
		t->len -= len;
		*t = text_trim(*t);
		return &written[i];
	}
	return NULL;
}

/* Up to the next comma; t is then what is behind it, NULL at the end. */
static struct text
take_item(struct text *t)
{
	const char *comma = memchr(t->p, ',', t->len);
	struct text item = *t;

	if (comma == NULL) {
		*t = (struct text){ NULL, 0 };
		return text_trim(item);
	}
	item.len = (size_t)(comma - t->p);
	t->p += item.len + 1;
	t->len -= item.len + 1;
	return text_trim(item);
}

static void
put_filter(struct group *g, struct text name, const char *operator)
{
	json_open(&g->filters);
	json_key(&g->filters, "propertyName");
	json_put_text(&g->filters, name);
	json_key(&g->filters, "operator");
	json_put_str(&g->filters, operator);
}

static void
put_value(struct buf *b, const char *key, struct text value)
{
	json_key(b, key);
	json_put_text(b, value);
}

static int
put_written(struct group *g, struct text name, const struct written *w,
    struct text value)
{
	struct buf *b = &g->filters;
	struct text low;

	if (w->takes == TWO) {
		low = take_item(&value);
		if (low.len == 0 || value.p == NULL || value.len == 0)
			return -1;
		put_filter(g, name, w->operator);
		put_value(b, "value", low);
		put_value(b, "highValue", text_trim(value));
	} else if (w->takes == MANY) {
		put_filter(g, name, w->operator);
		json_key(b, "values");
		json_open_array(b);
		while (value.p != NULL)
			json_put_text(b, take_item(&value));
		json_close_array(b);
	} else {
		put_filter(g, name, w->operator);
		put_value(b, "value", value);
	}
	json_close(b);
	return 0;
}

int
search_filter(struct search *s, const char *text, struct fault *f)
{
	struct text rest = text_trim(text_of(text));
	struct text first = take_name(&rest), name = rest;
	const struct written *w;
	struct group *g = &s->group[0];

	if (first.len == 0)
		goto unclear;
	if (text_is_nocase(first, "has") || text_is_nocase(first, "has-not")) {
		name = take_name(&rest);
		if (name.len > 0 && rest.len == 0) {
			put_filter(g, name,
			    first.len == 3 ? "HAS_PROPERTY"
					   : "NOT_HAS_PROPERTY");
			json_close(&g->filters);
			goto added;
		}
		rest = name;
		rest.len = strlen(rest.p);
	}
	w = take_operator(&rest);
	if (w == NULL || rest.len == 0 || put_written(g, first, w, rest) == -1)
		goto unclear;
added:
	if (s->nr == 0)
		s->nr = 1;
	g->nr++;
	return 0;
unclear:
	return fault_set(f, FAULT_USAGE,
	    "'%s' is no filter: write NAME=VALUE (or != < <= > >=), 'NAME in "
	    "A,B', 'NAME between A,B', 'NAME contains WORD', 'has NAME' or "
	    "'has-not NAME'",
	    text);
}

/* One element of filterGroups. */
static int
take_group(struct search *s, struct json_value value, struct arena *scratch)
{
	struct json_value key, filters, filter;
	struct group *g;
	const char *at = NULL, *at_filter = NULL;

	if (value.kind != VALUE_OBJECT || s->nr == GROUPS_MAX)
		return -1;
	g = &s->group[s->nr];
	while (json_next(value, &at, &key, &filters)) {
		if (!text_is(json_text(key, scratch), "filters") ||
		    filters.kind != VALUE_ARRAY || g->nr > 0)
			return -1;
		while (json_next(filters, &at_filter, NULL, &filter)) {
			if (filter.kind != VALUE_OBJECT)
				return -1;
			json_put_raw(&g->filters, json_raw(filter));
			g->nr++;
		}
	}
	if (g->nr == 0)
		return -1;
	s->nr++;
	return 0;
}

static int
take_groups(struct search *s, struct json_value value, struct arena *scratch,
    struct fault *f)
{
	struct json_value group;
	const char *at = NULL;

	if (value.kind != VALUE_ARRAY)
		return fault_set(f, FAULT_USAGE, "filterGroups is no array");
	while (json_next(value, &at, NULL, &group))
		if (take_group(s, group, scratch) == -1)
			return fault_set(f, FAULT_USAGE,
			    "filterGroups must hold 1 to %d objects with an "
			    "array of filters each",
			    GROUPS_MAX);
	return 0;
}

int
search_json(struct search *s, const struct buf *b, struct fault *f)
{
	struct json_shape *shape = json_shape_new();
	struct arena *scratch = arena_new();
	struct json_value body = { .kind = VALUE_OBJECT }, key, value;
	const char *at = NULL;
	struct text name, text = text_trim(buf_view(b));
	int status = -1;

	if (json_scan_document(
		shape, b->p == NULL ? "" : b->p, b->len, NULL, f) == -1) {
		f->kind = FAULT_USAGE;
		goto out;
	}
	body.p = text.p;
	body.len = (uint32_t)text.len;
	while (json_next(body, &at, &key, &value)) {
		name = json_text(key, scratch);
		if (text_is(name, "filterGroups")) {
			if (take_groups(s, value, scratch, f) == -1)
				goto out;
		} else if (text_is(name, "query") &&
			   value.kind == VALUE_STRING) {
			json_put_text(&s->query, json_text(value, scratch));
		} else {
			fault_set(f, FAULT_USAGE,
			    "'%.*s' cannot be given here: only filterGroups "
			    "and query (properties by --properties; order and "
			    "paging are the tool's)",
			    TEXT_ARG(name));
			goto out;
		}
	}
	if (s->nr == 0 && s->query.len == 0) {
		fault_set(f, FAULT_USAGE, "neither filterGroups nor query");
		goto out;
	}
	status = 0;
out:
	json_shape_free(shape);
	arena_free(scratch);
	return status;
}

static void
put_bounds(struct buf *b, const struct search_bound *bound, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++) {
		json_open(b);
		put_value(b, "propertyName", text_of(bound[i].property));
		put_value(b, "operator", text_of(bound[i].operator));
		put_value(b, "value", bound[i].value);
		json_close(b);
	}
}

int
search_put(const struct search *s, struct buf *b,
    const struct search_bound *bound, size_t nr, struct fault *f)
{
	size_t i, groups = s->nr, total = 0;

	if (groups == 0 && nr > 0)
		groups = 1;
	for (i = 0; i < groups; i++) {
		total += s->group[i].nr + nr;
		if (s->group[i].nr + nr > FILTERS_MAX || total > TOTAL_MAX)
			return fault_set(f, FAULT_USAGE,
			    "too many filters: HubSpot takes %d a group and "
			    "%d in all, %zu of each group are needed here",
			    FILTERS_MAX, TOTAL_MAX, nr);
	}
	json_key(b, "filterGroups");
	json_open_array(b);
	for (i = 0; i < groups; i++) {
		json_open(b);
		json_key(b, "filters");
		json_open_array(b);
		if (s->group[i].nr > 0)
			json_put_raw(b, buf_view(&s->group[i].filters));
		put_bounds(b, bound, nr);
		json_close_array(b);
		json_close(b);
	}
	json_close_array(b);
	if (s->query.len > 0) {
		json_key(b, "query");
		json_put_raw(b, buf_view(&s->query));
	}
	return 0;
}
