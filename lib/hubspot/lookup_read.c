#include <stdlib.h>

#include "base/xalloc.h"
#include "hubspot/answer.h"
#include "hubspot/convert.h"
#include "hubspot/lookup_impl.h"
#include "hubspot/object.h"

/* An object of the results. */
struct found {
	struct text id;
	struct json_value object;
	bool known; /* by another batch */
};

static void
put_found(struct lookup *l, struct lookup_batch *b, const struct found *found)
{
	convert_object(
	    &b->lines, object_type(l->conf.object), found->object, l->scratch);
	b->records++;
}

static int
collect_found(struct lookup *l, struct lookup_batch *b,
    struct json_value results, struct found *found, struct found **other,
    size_t *other_nr, struct fault *f)
{
	struct json_value object, field[LOOKUP_ITEM_SLOTS];
	const char *at = NULL;
	struct found one;
	size_t i, near = 0, cap = 0;

	while (json_next(results, &at, NULL, &object)) {
		one = (struct found){ .object = object };
		if (object.kind == VALUE_OBJECT) {
			json_scan_value(l->item_shape, object, field);
			one.id = answer_id(field[LOOKUP_FROM], l->scratch);
		}
		if (one.id.len == 0)
			return fault_set(f, FAULT_DATA,
			    "the answer has a result without an id");
		l->counts.received++;
		i = lookup_find(b, one.id, &near);
		if (i < b->nr) {
			l->counts.duplicates += found[i].id.p != NULL;
			found[i] = one;
			continue;
		}
		/* it may have been asked for in a place of its own */
		one.known = !idset_add(l->asked, one.id);
		l->counts.duplicates += one.known;
		if (*other_nr == cap) {
			cap = cap == 0 ? 16 : cap * 2;
			*other = xreallocarray(*other, cap, sizeof(**other));
		}
		(*other)[(*other_nr)++] = one;
	}
	return 0;
}

/*
 * Results in the order asked; then those with an id that was not asked for,
 * which is how HubSpot answers for a record merged into another.
 */
int
lookup_take_read(struct lookup *l, struct lookup_batch *b,
    const struct json_value *field, struct fault *f)
{
	struct found *found = xcalloc(b->nr, sizeof(*found)), *other = NULL;
	enum lookup_named *named = xcalloc(b->nr, sizeof(*named));
	size_t i, other_nr = 0, open = 0;
	int status;

	status = collect_found(
	    l, b, field[LOOKUP_RESULTS], found, &other, &other_nr, f);
	if (status == -1)
		goto out;
	for (i = 0; i < b->nr; i++)
		if (found[i].id.p != NULL) {
			named[i] = NAMED_FOUND;
			put_found(l, b, &found[i]);
		}
	lookup_read_errors(l, b, field[LOOKUP_ERRORS], named);
	for (i = 0; i < other_nr; i++)
		if (!other[i].known)
			put_found(l, b, &other[i]);
	for (i = 0; i < b->nr; i++)
		open += named[i] == NOT_NAMED;
	/* which of them the others stand for is not told: none then is known */
	for (i = 0; open > other_nr && i < b->nr; i++)
		if (named[i] == NOT_NAMED)
			lookup_note_missing(l, b->id[i]);
	b->state = ANSWERED;
out:
	free(found);
	free(other);
	free(named);
	return status;
}
