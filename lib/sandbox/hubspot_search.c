/*
 * Search: filters over all live records, sorted, by offset
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "base/xalloc.h"
#include "sandbox/hubspot_impl.h"

#define PAGE_MAX    200
#define REACH	    10000 /* results of one query, however many match */
#define GROUPS_MAX  5
#define FILTERS_MAX 6
#define TOTAL_MAX   18
#define TEXT_MAX    3000 /* of the query */
#define VALUES_MAX  100

enum operator{
	EQ,
	NEQ,
	LT,
	LTE,
	GT,
	GTE,
	BETWEEN,
	IN,
	NOT_IN,
	HAS_PROPERTY,
	NOT_HAS_PROPERTY,
	CONTAINS_TOKEN,
	NOT_CONTAINS_TOKEN,
	OPERATORS,
};

static const char *const operator_name[OPERATORS] = { "EQ", "NEQ", "LT", "LTE",
	"GT", "GTE", "BETWEEN", "IN", "NOT_IN", "HAS_PROPERTY",
	"NOT_HAS_PROPERTY", "CONTAINS_TOKEN", "NOT_CONTAINS_TOKEN" };

/* How a property compares: as text, as a number, as an instant. */
enum order {
	AS_TEXT,
	AS_CHOICE,
	AS_NUMBER,
	AS_INSTANT
};

struct filter {
	const struct crm_prop *prop;
	enum operator operator;
	enum order order;
	const char *value, *high;
	double number, high_number;
	json_t *values;
};

struct search {
	struct hubspot_wanted wanted;
	struct filter filter[TOTAL_MAX];
	size_t group_end[GROUPS_MAX]; /* filters up to there */
	size_t nr_group, nr_filter;
	const struct crm_prop *sort; /* NULL: by id */
	bool descending;
	const char *query;
	unsigned limit;
	uint64_t offset;
	const char *after; /* the offset as it was given */
};

static enum order
order_of(const struct crm_prop *p)
{
	if (strcmp(p->type, "number") == 0)
		return AS_NUMBER;
	if (strcmp(p->type, "datetime") == 0 || strcmp(p->type, "date") == 0)
		return AS_INSTANT;
	if (strcmp(p->type, "enumeration") == 0 || strcmp(p->type, "bool") == 0)
		return AS_CHOICE;
	return AS_TEXT;
}

/* As a number to compare by; instants in milliseconds. */
static bool
number_of(enum order order, struct text t, double *x)
{
	instant_us at;
	day_nr day;

	if (num_parse(t, x))
		return true;
	if (order != AS_INSTANT)
		return false;
	if (day_parse(t, &day))
		at = instant_of_day(day);
	else if (!instant_parse(t, &at))
		return false;
	*x = (double)(at / 1000);
	return true;
}

/*
 * Reading the request
 */
static const struct crm_prop *
property(struct hubspot_call *h, enum crm_kind kind, const char *name)
{
	const struct crm_prop *p =
	    crm_prop(h->hubspot->crm, kind, text_of(name));

	if (p != NULL)
		return p;
	hubspot_error_detail(h->call, 400, "VALIDATION_ERROR",
	    (struct hubspot_detail){ "PROPERTY_DOESNT_EXIST", "propertyName",
		"propertyName", text_of(name) },
	    "There was a problem with the request. Property \"%s\" does not "
	    "exist",
	    name);
	return NULL;
}

static bool
read_operator(struct hubspot_call *h, const char *name, enum operator* found)
{
	int i;

	for (i = 0; name != NULL && i < OPERATORS; i++)
		if (strcmp(operator_name[i], name) == 0) {
			*found = (enum operator)i;
			return true;
		}
	if (name == NULL)
		return hubspot_invalid(
		    h->call, "Invalid input JSON: a filter has no operator");
	hubspot_error_detail(h->call, 400, "VALIDATION_ERROR",
	    (struct hubspot_detail){
		"INVALID_OPERATOR", "operator", "operator", text_of(name) },
	    "Invalid input JSON: '%s' is not an operator", name);
	return false;
}

/* Numbers and dates must be some; a choice and text may be anything. */
static bool
read_value(struct hubspot_call *h, const struct filter *f, const char *value,
    double *number)
{
	if (value == NULL)
		return hubspot_invalid(h->call,
		    "Filter on '%s' with operator %s needs a value%s",
		    f->prop->name, operator_name[f->operator],
		    f->operator== BETWEEN ? " and a highValue" : "");
	if (f->order != AS_NUMBER && f->order != AS_INSTANT)
		return true;
	if (number_of(f->order, text_of(value), number))
		return true;
	return hubspot_invalid(h->call,
	    "The value '%s' of the filter on '%s' is not a %s", value,
	    f->prop->name, f->order == AS_NUMBER ? "number" : "date");
}

static bool
read_operands(struct hubspot_call *h, json_t *object, struct filter *f)
{
	if (!hubspot_member_text(h, object, "value", &f->value) ||
	    !hubspot_member_text(h, object, "highValue", &f->high) ||
	    !hubspot_member_array(h, object, "values", &f->values) ||
	    !hubspot_all_text(h, f->values, "values"))
		return false;
	switch (f->operator) {
	case HAS_PROPERTY:
	case NOT_HAS_PROPERTY:
		return true;
	case IN:
	case NOT_IN:
		if (json_array_size(f->values) > 0 &&
		    json_array_size(f->values) <= VALUES_MAX)
			return true;
		return hubspot_invalid(h->call,
		    "Filter on '%s' with operator %s needs 1 to %d values",
		    f->prop->name, operator_name[f->operator], VALUES_MAX);
	case BETWEEN:
		if (!read_value(h, f, f->high, &f->high_number))
			return false;
		break;
	default:
		break;
	}
	return read_value(h, f, f->value, &f->number);
}

static bool
read_filter(struct hubspot_call *h, struct search *s, json_t *object)
{
	static const char *const known[] = { "propertyName", "operator",
		"value", "highValue", "values", NULL };
	struct filter *f = &s->filter[s->nr_filter++];
	const char *name = NULL, *operator= NULL;

	if (!json_is_object(object))
		return hubspot_invalid(
		    h->call, "Invalid input JSON: a filter must be an object");
	if (!hubspot_only(h, object, known) ||
	    !hubspot_member_text(h, object, "propertyName", &name) ||
	    !hubspot_member_text(h, object, "operator", &operator))
		return false;
	if (name == NULL)
		return hubspot_invalid(h->call,
		    "Invalid input JSON: a filter has no propertyName");
	if (!read_operator(h, operator, & f->operator))
		return false;
	f->prop = property(h, s->wanted.kind, name);
	if (f->prop == NULL)
		return false;
	f->order = order_of(f->prop);
	return read_operands(h, object, f);
}

static bool
read_group(struct hubspot_call *h, struct search *s, json_t *group)
{
	static const char *const known[] = { "filters", NULL };
	json_t *filters = NULL, *filter;
	size_t i;

	if (!json_is_object(group))
		return hubspot_invalid(h->call,
		    "Invalid input JSON: a filter group must be an object");
	if (!hubspot_only(h, group, known) ||
	    !hubspot_member_array(h, group, "filters", &filters))
		return false;
	if (json_array_size(filters) == 0)
		return hubspot_invalid(
		    h->call, "A filter group needs at least one filter");
	if (json_array_size(filters) > FILTERS_MAX)
		return hubspot_invalid(h->call,
		    "A filter group may have at most %d filters, but has %zu",
		    FILTERS_MAX, json_array_size(filters));
	if (s->nr_filter + json_array_size(filters) > TOTAL_MAX)
		return hubspot_invalid(h->call,
		    "A search may have at most %d filters in all", TOTAL_MAX);
	json_array_foreach (filters, i, filter)
		if (!read_filter(h, s, filter))
			return false;
	s->group_end[s->nr_group++] = s->nr_filter;
	return true;
}

static bool
read_groups(struct hubspot_call *h, struct search *s, json_t *body)
{
	json_t *groups = NULL, *group;
	size_t i;

	if (!hubspot_member_array(h, body, "filterGroups", &groups))
		return false;
	if (json_array_size(groups) > GROUPS_MAX)
		return hubspot_invalid(h->call,
		    "A search may have at most %d filter groups, but has %zu",
		    GROUPS_MAX, json_array_size(groups));
	json_array_foreach (groups, i, group)
		if (!read_group(h, s, group))
			return false;
	return true;
}

static bool
read_sorts(struct hubspot_call *h, struct search *s, json_t *body)
{
	static const char *const known[] = { "propertyName", "direction",
		NULL };
	const char *name = NULL, *direction = "ASCENDING";
	json_t *sorts = NULL, *sort;

	if (!hubspot_member_array(h, body, "sorts", &sorts))
		return false;
	if (json_array_size(sorts) == 0)
		return true;
	if (json_array_size(sorts) > 1)
		return hubspot_invalid(
		    h->call, "Only one sort is supported at a time");
	sort = json_array_get(sorts, 0);
	if (!json_is_object(sort))
		return hubspot_invalid(
		    h->call, "Invalid input JSON: a sort must be an object");
	if (!hubspot_only(h, sort, known) ||
	    !hubspot_member_text(h, sort, "propertyName", &name) ||
	    !hubspot_member_text(h, sort, "direction", &direction))
		return false;
	if (name == NULL)
		return hubspot_invalid(
		    h->call, "Invalid input JSON: a sort has no propertyName");
	s->descending = strcmp(direction, "DESCENDING") == 0;
	if (!s->descending && strcmp(direction, "ASCENDING") != 0)
		return hubspot_invalid(
		    h->call, "'%s' is not a sort direction", direction);
	s->sort = property(h, s->wanted.kind, name);
	return s->sort != NULL;
}

static bool
read_page(struct hubspot_call *h, struct search *s, json_t *body)
{
	json_t *limit = json_object_get(body, "limit");
	s->limit = 10;
	if (limit != NULL && !json_is_integer(limit))
		return hubspot_invalid(h->call,
		    "Invalid input JSON: field \"limit\" must be an integer");
	if (limit != NULL && (json_integer_value(limit) < 1 ||
				 json_integer_value(limit) > PAGE_MAX)) {
		hubspot_error_detail(h->call, 400, "VALIDATION_ERROR",
		    (struct hubspot_detail){
			"OUT_OF_RANGE", "limit", "limit", text_of("limit") },
		    "limit must be between 1 and %d, but was %lld", PAGE_MAX,
		    (long long)json_integer_value(limit));
		return false;
	}
	if (limit != NULL)
		s->limit = (unsigned)json_integer_value(limit);
	if (!hubspot_member_text(h, body, "after", &s->after))
		return false;
	if (s->after == NULL)
		return true;
	if (!hubspot_id(text_of(s->after), &s->offset))
		return hubspot_invalid(h->call,
		    "The 'after' value '%s' is not an integer", s->after);
	if (s->offset >= REACH)
		return hubspot_invalid(h->call,
		    "Paging through search results is limited to %d: 'after' "
		    "was %s",
		    REACH, s->after);
	return true;
}

/* The filters and the text may not be longer than this in all. */
static bool
check_length(struct hubspot_call *h, json_t *body)
{
	json_t *groups = json_object_get(body, "filterGroups");
	size_t len = 0;
	char *text;

	if (groups != NULL) {
		text = json_dumps(groups, JSON_COMPACT);
		len = text == NULL ? 0 : strlen(text);
		free(text);
	}
	len += json_string_length(json_object_get(body, "query"));
	if (len <= TEXT_MAX)
		return true;
	return hubspot_invalid(h->call,
	    "The query is too long: %zu characters, and at most %d are "
	    "supported",
	    len, TEXT_MAX);
}

static bool
read_search(struct hubspot_call *h, struct search *s, json_t *body)
{
	return hubspot_wanted_body(&s->wanted, h, body) &&
	       read_groups(h, s, body) && read_sorts(h, s, body) &&
	       hubspot_member_text(h, body, "query", &s->query) &&
	       read_page(h, s, body) && check_length(h, body);
}

/*
 * Matching
 */
static char
lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

static bool
is_word(char c)
{
	unsigned char u = (unsigned char)c;

	c = lower(c);
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || u >= 0x80;
}

/* Whether the word is the token, which may end in "*" or start with it. */
static bool
is_token(struct text word, struct text token)
{
	bool head = false, tail = false;
	size_t i;

	if (token.len > 0 && token.p[0] == '*') {
		token.p++;
		token.len--;
		head = true;
	}
	if (token.len > 0 && token.p[token.len - 1] == '*') {
		token.len--;
		tail = true;
	}
	if (word.len < token.len || (word.len > token.len && !head && !tail))
		return false;
	if (head && !tail)
		word.p += word.len - token.len;
	for (; word.len >= token.len; word.p++, word.len--) {
		for (i = 0; i < token.len; i++)
			if (lower(word.p[i]) != lower(token.p[i]))
				break;
		if (i == token.len)
			return true;
		if (!head || !tail)
			return false;
	}
	return false;
}

/* One of the words of value is the token. */
static bool
has_token(struct text value, struct text token)
{
	const char *p = value.p, *end = p + value.len, *start;

	while (p < end) {
		for (start = p; p < end && is_word(*p); p++)
			;
		if (p > start &&
		    is_token(
			(struct text){ start, (size_t)(p - start) }, token))
			return true;
		p += p < end;
	}
	return false;
}

/* Each word of tokens is in value. */
static bool
has_tokens(struct text value, const char *tokens)
{
	size_t len;

	for (;;) {
		while (*tokens != '\0' && !is_word(*tokens) && *tokens != '*')
			tokens++;
		if (*tokens == '\0')
			return true;
		for (len = 0; is_word(tokens[len]) || tokens[len] == '*'; len++)
			;
		if (!has_token(value, (struct text){ tokens, len }))
			return false;
		tokens += len;
	}
}

static bool
equal(const struct filter *f, struct text value, const char *to)
{
	double x, y;

	switch (f->order) {
	case AS_NUMBER:
	case AS_INSTANT:
		return number_of(f->order, value, &x) &&
		       number_of(f->order, text_of(to), &y) &&
		       !(x < y || x > y);
	case AS_CHOICE:
		return text_is(value, to);
	default:
		return text_is_nocase(value, to);
	}
}

static bool
is_in(const struct filter *f, struct text value)
{
	json_t *one;
	size_t i;

	json_array_foreach (f->values, i, one) {
		const char *to = json_string_value(one), *p = to;

		/* text is kept in lower case there: others find nothing */
		while (f->order == AS_TEXT && *p != '\0' && lower(*p) == *p)
			p++;
		if (f->order == AS_TEXT && *p != '\0')
			continue;
		if (equal(f, value, to))
			return true;
	}
	return false;
}

/* Less than, equal to or greater than 0. */
static int
compare(
    const struct filter *f, struct text value, const char *to, double number)
{
	double x;

	if (f->order == AS_TEXT || f->order == AS_CHOICE)
		return text_compare(value, text_of(to));
	number_of(f->order, value, &x);
	return (x > number) - (x < number);
}

/* A record without a value matches nothing but its absence. */
static bool
matches_filter(
    const struct filter *f, const struct crm_view *view, struct buf *scratch)
{
	struct text value;
	double x;

	scratch->len = 0;
	if (!crm_value(view, f->prop, scratch))
		return f->operator== NOT_HAS_PROPERTY;
	value = buf_view(scratch);
	switch (f->operator) {
	case HAS_PROPERTY:
		return true;
	case NOT_HAS_PROPERTY:
		return false;
	case EQ:
		return equal(f, value, f->value);
	case NEQ:
		return !equal(f, value, f->value);
	case IN:
		return is_in(f, value);
	case NOT_IN:
		return !is_in(f, value);
	case CONTAINS_TOKEN:
		return has_tokens(value, f->value);
	case NOT_CONTAINS_TOKEN:
		return !has_tokens(value, f->value);
	default:
		break;
	}
	if ((f->order == AS_NUMBER || f->order == AS_INSTANT) &&
	    !number_of(f->order, value, &x))
		return false;
	switch (f->operator) {
	case LT:
		return compare(f, value, f->value, f->number) < 0;
	case LTE:
		return compare(f, value, f->value, f->number) <= 0;
	case GT:
		return compare(f, value, f->value, f->number) > 0;
	case GTE:
		return compare(f, value, f->value, f->number) >= 0;
	default: /* BETWEEN */
		return compare(f, value, f->value, f->number) >= 0 &&
		       compare(f, value, f->high, f->high_number) <= 0;
	}
}

static bool
matches_query(
    const struct search *s, const struct crm_view *view, struct buf *scratch)
{
	size_t i;

	scratch->len = 0;
	for (i = 0; i < s->wanted.nr; i++) {
		if (order_of(&s->wanted.prop[i]) != AS_TEXT)
			continue;
		crm_value(view, &s->wanted.prop[i], scratch);
		buf_char(scratch, ' ');
	}
	return has_tokens(buf_view(scratch), s->query);
}

static bool
matches(
    const struct search *s, const struct crm_view *view, struct buf *scratch)
{
	size_t group, i = 0;
	bool all;

	if (s->query != NULL && !matches_query(s, view, scratch))
		return false;
	for (group = 0; group < s->nr_group; group++) {
		for (all = true; i < s->group_end[group]; i++)
			all =
			    all && matches_filter(&s->filter[i], view, scratch);
		if (all)
			return true;
	}
	return s->nr_group == 0;
}

/*
 * Sorting: each match with what it is sorted by
 */
struct match {
	uint32_t index;
	bool none; /* no value: after the others */
	double number;
	char *text; /* NULL: by number */
};

static void
set_key(const struct search *s, const struct crm_view *view,
    struct buf *scratch, struct match *m)
{
	enum order order;

	if (s->sort == NULL)
		return;
	order = order_of(s->sort);
	scratch->len = 0;
	m->none = !crm_value(view, s->sort, scratch);
	if (m->none)
		return;
	if (order == AS_NUMBER || order == AS_INSTANT)
		m->none = !number_of(order, buf_view(scratch), &m->number);
	else
		m->text = xstrndup(scratch->p, scratch->len);
}

static int
by_key(const void *a, const void *b)
{
	const struct match *x = a, *y = b;
	int order = x->none - y->none;

	if (order == 0 && x->text != NULL && y->text != NULL)
		order = strcmp(x->text, y->text);
	else if (order == 0 && !x->none)
		order = (x->number > y->number) - (x->number < y->number);
	return order != 0 ? order
			  : (x->index > y->index) - (x->index < y->index);
}

static struct match *
find_matches(struct hubspot_call *h, const struct search *s, size_t *nr)
{
	const struct crm *crm = h->hubspot->crm;
	struct crm_record r = { s->wanted.kind, false, 0 };
	uint32_t count = crm_count(crm, r.kind, false);
	struct match *match = xcalloc((size_t)count + 1, sizeof(*match));
	struct crm_view view;
	struct buf scratch;

	buf_init(&scratch, 64 << 10);
	*nr = 0;
	for (; r.index < count; r.index++) {
		crm_view(crm, r, &view);
		if (!matches(s, &view, &scratch))
			continue;
		match[*nr].index = r.index;
		set_key(s, &view, &scratch, &match[(*nr)++]);
	}
	buf_free(&scratch);
	/* the index is the order of the id */
	if (s->sort != NULL && strcmp(s->sort->name, "hs_object_id") != 0)
		qsort(match, *nr, sizeof(*match), by_key);
	return match;
}

static void
put_results(struct hubspot_call *h, const struct search *s)
{
	size_t nr, i, at, end;
	struct match *match = find_matches(h, s, &nr);
	struct crm_record r = { s->wanted.kind, false, 0 };
	char after[48];

	json_open(h->out);
	json_key(h->out, "total");
	json_put_int(h->out, (int64_t)nr);
	json_key(h->out, "results");
	json_open_array(h->out);
	end = s->offset + s->limit;
	if (end > REACH)
		end = REACH;
	if (end > nr)
		end = nr;
	for (i = s->offset; i < end && h->call->page != PAGE_EMPTY; i++) {
		at = s->descending ? nr - 1 - i : i;
		r.index = match[at].index;
		hubspot_put_record(h, &s->wanted, r);
	}
	json_close_array(h->out);
	snprintf(after, sizeof(after), "%zu", end);
	if (h->call->page == PAGE_EMPTY ||
	    (h->call->page == PAGE_LOOP && s->after != NULL))
		hubspot_trouble_cursor(h, text_of(s->after), after);
	else if (end >= nr)
		after[0] = '\0';
	if (after[0] != '\0')
		hubspot_put_next(h, after, false);
	json_close(h->out);
	for (i = 0; i < nr; i++)
		free(match[i].text);
	free(match);
}

void
hubspot_search(struct hubspot_call *h)
{
	static const char *const known[] = { NULL };
	static const char *const in_body[] = { "filterGroups", "sorts", "query",
		"properties", "limit", "after", NULL };
	struct search s = { .nr_group = 0 };
	enum crm_kind kind;
	json_t *body;

	if (!hubspot_kind(h, h->arg[0], &kind) || !hubspot_params(h, known))
		return;
	body = hubspot_body(h, in_body);
	if (body == NULL)
		return;
	hubspot_wanted_init(&s.wanted, h->hubspot->crm, kind);
	if (read_search(h, &s, body))
		put_results(h, &s);
	hubspot_wanted_free(&s.wanted);
	json_decref(body);
}
