#include "hubstaff/listing.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/xalloc.h"

#define DAY_S 90000 /* one on which clocks go back has 25 hours */

/* Of a page: the lists by their number, and these. */
enum {
	USER_ID = LISTING_LISTS,
	USER_NAME,
	USER_EMAIL,
	NEXT,
	PAGE_SLOTS
};

static const char *const page_path[PAGE_SLOTS] = { "organizations", "members",
	"daily_activities", "users", "user.id", "user.name", "user.email",
	"pagination.next_page_start_id" };

/* Of an element; what of these it has follows from the list. */
enum {
	ID,
	NAME,
	EMAIL,
	USER,
	ROLE,
	STATUS,
	CREATED,
	DATE,
	TRACKED,
	ELEMENT_SLOTS
};

static const char *const element_path[ELEMENT_SLOTS] = { "id", "name", "email",
	"user_id", "membership_role", "membership_status", "created_at", "date",
	"tracked" };

struct listing {
	struct json_shape *shape, *element_shape;
	struct arena *scratch;
	struct json_value field[PAGE_SLOTS];
	enum listing_list list; /* that was begun */
	const char *at;		/* in it */
	struct json_value element[ELEMENT_SLOTS];
};

struct listing *
listing_new(void)
{
	struct listing *p = xcalloc(1, sizeof(*p));
	size_t i;

	p->shape = json_shape_new();
	for (i = 0; i < PAGE_SLOTS; i++)
		json_want(p->shape, page_path[i]);
	p->element_shape = json_shape_new();
	for (i = 0; i < ELEMENT_SLOTS; i++)
		json_want(p->element_shape, element_path[i]);
	p->scratch = arena_new();
	return p;
}

void
listing_free(struct listing *p)
{
	if (p == NULL)
		return;
	json_shape_free(p->shape);
	json_shape_free(p->element_shape);
	arena_free(p->scratch);
	free(p);
}

int
listing_read(struct listing *p, struct text body, struct fault *f)
{
	arena_clear(p->scratch);
	if (json_scan_document(p->shape, body.p, body.len, p->field, f) == 0)
		return 0;
	memset(p->field, 0, sizeof(p->field));
	return fault_prefix(f, "the answer is no JSON: ");
}

bool
listing_has(const struct listing *p, enum listing_list list)
{
	return p->field[list].kind == VALUE_ARRAY;
}

int
listing_begin(struct listing *p, enum listing_list list, struct fault *f)
{
	p->list = list;
	p->at = NULL;
	if (listing_has(p, list))
		return 0;
	return fault_set(
	    f, FAULT_DATA, "the answer has no '%s'", page_path[list]);
}

/* Go to the next element. */
static int
next_element(struct listing *p, struct fault *f)
{
	struct json_value element;

	if (!json_next(p->field[p->list], &p->at, NULL, &element))
		return 0;
	if (element.kind != VALUE_OBJECT)
		return fault_set(f, FAULT_DATA,
		    "an element of '%s' is no object", page_path[p->list]);
	json_scan_value(p->element_shape, element, p->element);
	return 1;
}

static struct text
text_at(const struct listing *p, size_t slot)
{
	return json_text(p->element[slot], p->scratch);
}

/* An id is a whole number above 0. */
static int
read_id(struct json_value v, struct text *id)
{
	int64_t x;

	*id = json_raw(v);
	return json_int64(v, &x) && x > 0 ? 0 : -1;
}

static int
id_at(const struct listing *p, size_t slot, struct text *id, struct fault *f)
{
	if (read_id(p->element[slot], id) == 0)
		return 0;
	return fault_set(f, FAULT_DATA, "%s: field '%s' is missing, or no id",
	    page_path[p->list], element_path[slot]);
}

int
listing_org(struct listing *p, struct listing_org *org, struct fault *f)
{
	int more = next_element(p, f);

	if (more != 1)
		return more;
	org->name = text_at(p, NAME);
	return id_at(p, ID, &org->id, f) == 0 ? 1 : -1;
}

int
listing_member(
    struct listing *p, struct listing_member *member, struct fault *f)
{
	int more = next_element(p, f);
	instant_us since;

	if (more != 1)
		return more;
	member->role = text_at(p, ROLE);
	member->active = text_is(text_at(p, STATUS), "active");
	if (!instant_parse_loose(text_at(p, CREATED), &since))
		since = INSTANT_MIN;
	member->since = instant_day(since);
	return id_at(p, USER, &member->id, f) == 0 ? 1 : -1;
}

int
listing_user(struct listing *p, struct listing_user *user, struct fault *f)
{
	int more = next_element(p, f);

	if (more != 1)
		return more;
	user->name = text_at(p, NAME);
	user->email = text_at(p, EMAIL);
	return id_at(p, ID, &user->id, f) == 0 ? 1 : -1;
}

int
listing_activity(struct listing *p, struct listing_activity *a, struct fault *f)
{
	int more = next_element(p, f);
	int64_t tracked;

	if (more != 1)
		return more;
	if (id_at(p, ID, &a->id, f) == -1)
		return -1;
	if (id_at(p, USER, &a->user_id, f) == -1)
		return fault_prefix(f, "activity %.*s: ", TEXT_ARG(a->id));
	if (!day_parse(text_at(p, DATE), &a->day))
		return fault_set(f, FAULT_DATA,
		    "activity %.*s: field 'date' is no day", TEXT_ARG(a->id));
	if (!json_int64(p->element[TRACKED], &tracked) || tracked < 0 ||
	    tracked > DAY_S)
		return fault_set(f, FAULT_DATA,
		    "activity %.*s: field 'tracked' is no number of seconds in "
		    "a day",
		    TEXT_ARG(a->id));
	a->tracked_s = (unsigned)tracked;
	return 1;
}

int
listing_one_user(struct listing *p, struct listing_user *user, struct fault *f)
{
	user->name = json_text(p->field[USER_NAME], p->scratch);
	user->email = json_text(p->field[USER_EMAIL], p->scratch);
	if (read_id(p->field[USER_ID], &user->id) == 0)
		return 0;
	return fault_set(f, FAULT_DATA, "field 'user.id' is missing, or no id");
}

int
listing_next(const struct listing *p, int64_t *start, struct fault *f)
{
	struct json_value next = p->field[NEXT];

	if (next.kind <= VALUE_NULL)
		return 0;
	if (json_int64(next, start) && *start > 0)
		return 1;
	return fault_set(f, FAULT_DATA, "next_page_start_id is no id");
}
