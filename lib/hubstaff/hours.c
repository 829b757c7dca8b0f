#include "hubstaff/hours.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/map.h"
#include "base/xalloc.h"
#include "hubstaff/tally.h"

#define STRETCH_DAYS 31
#define PAGE_LIMIT   500 /* the most that is allowed */
#define PAGES	     100000
#define PATH_BYTES   1000
#define DAY_S	     90000 /* one on which clocks go back has 25 hours */
#define ROLE_USER    "user"

/* Of a page. */
enum {
	ORGANIZATIONS,
	MEMBERS,
	ACTIVITIES,
	USERS,
	USER_ID, /* of one user */
	USER_NAME,
	USER_EMAIL,
	NEXT,
	PAGE_SLOTS
};

static const char *const page_path[PAGE_SLOTS] = { "organizations", "members",
	"daily_activities", "users", "user.id", "user.name", "user.email",
	"pagination.next_page_start_id" };

/* Of an element; what of these an element has follows from what it is. */
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

struct org {
	char *id, *name; /* name NULL: not asked for */
	char *role;	 /* the token's person's; NULL: not known */
	size_t index;	 /* in the tally */
	uint64_t received, duplicates, written, requests, retries;
	bool complete;
};

struct hours {
	const struct hours_conf *conf;
	struct account *account;
	struct tally *tally;
	struct json_shape *page, *element;
	struct arena *scratch;
	char *me; /* the id of the token's person; NULL: not known */
	struct org *org;
	size_t nr_org, cap_org;
	struct map *seen; /* the rows of a stretch of days */
	day_nr first, last;
	char *reason;	 /* why it is not complete */
	struct org *now; /* that is asked for; NULL: none */
};

struct hours *
hours_new(const struct hours_conf *conf, struct account *account)
{
	struct hours *h = xcalloc(1, sizeof(*h));
	size_t i;

	h->conf = conf;
	h->account = account;
	h->tally = tally_new(conf->from, conf->to);
	h->page = json_shape_new();
	for (i = 0; i < PAGE_SLOTS; i++)
		json_want(h->page, page_path[i]);
	h->element = json_shape_new();
	for (i = 0; i < ELEMENT_SLOTS; i++)
		json_want(h->element, element_path[i]);
	h->scratch = arena_new();
	return h;
}

void
hours_free(struct hours *h)
{
	size_t i;

	if (h == NULL)
		return;
	for (i = 0; i < h->nr_org; i++) {
		free(h->org[i].id);
		free(h->org[i].name);
		free(h->org[i].role);
	}
	free(h->org);
	free(h->me);
	free(h->reason);
	map_free(h->seen);
	tally_free(h->tally);
	json_shape_free(h->page);
	json_shape_free(h->element);
	arena_free(h->scratch);
	free(h);
}

/*
 * Elements
 */

/* An id as it stands, which must be a whole number above 0. */
static int
read_id(struct json_value v, const char *name, struct text *id, struct fault *f)
{
	int64_t x;

	*id = json_raw(v);
	if (json_int64(v, &x) && x > 0)
		return 0;
	return fault_set(
	    f, FAULT_DATA, "field '%s' is missing, or no id", name);
}

typedef int element_fn(
    struct hours *, const struct json_value *field, struct fault *);

static int
take_org(struct hours *h, const struct json_value *field, struct fault *f)
{
	struct text id, name = json_text(field[NAME], h->scratch);
	struct org org = { 0 };

	if (read_id(field[ID], "id", &id, f) == -1)
		return -1;
	org.id = xstrndup(id.p, id.len);
	if (name.p != NULL)
		org.name = xstrndup(name.p, name.len);
	h->org = xgrow(h->org, h->nr_org, &h->cap_org, sizeof(org));
	h->org[h->nr_org++] = org;
	return 0;
}

static int
take_user(struct hours *h, const struct json_value *field, struct fault *f)
{
	struct text id;

	if (read_id(field[ID], "id", &id, f) == -1)
		return -1;
	tally_name(h->tally, id, json_text(field[NAME], h->scratch),
	    json_text(field[EMAIL], h->scratch));
	return 0;
}

static int
take_member(struct hours *h, const struct json_value *field, struct fault *f)
{
	struct text id, role = json_text(field[ROLE], h->scratch);
	instant_us since;

	if (read_id(field[USER], "user_id", &id, f) == -1)
		return -1;
	if (h->me != NULL && role.p != NULL && text_is(id, h->me)) {
		free(h->now->role);
		h->now->role = xstrndup(role.p, role.len);
	}
	if (!text_is(json_text(field[STATUS], h->scratch), "active"))
		return 0;
	if (!instant_parse_loose(json_text(field[CREATED], h->scratch), &since))
		since = INSTANT_MIN;
	tally_member(h->tally, h->now->index, id, instant_day(since));
	return 0;
}

static int
read_activity(struct hours *h, const struct json_value *field, day_nr *day,
    int64_t *tracked, struct fault *f)
{
	struct text date = json_text(field[DATE], h->scratch);

	if (!day_parse(date, day))
		return fault_set(f, FAULT_DATA, "field 'date' is no day");
	if (*day < h->first || *day > h->last)
		return fault_set(f, FAULT_DATA,
		    "%.*s is none of the days asked for", TEXT_ARG(date));
	if (!json_int64(field[TRACKED], tracked) || *tracked < 0 ||
	    *tracked > DAY_S)
		return fault_set(f, FAULT_DATA,
		    "field 'tracked' is no number of seconds in a day");
	return 0;
}

static int
take_activity(struct hours *h, const struct json_value *field, struct fault *f)
{
	struct text id, user;
	int64_t tracked;
	day_nr day;
	bool added;

	if (read_id(field[ID], "id", &id, f) == -1)
		return -1;
	if (read_id(field[USER], "user_id", &user, f) == -1 ||
	    read_activity(h, field, &day, &tracked, f) == -1)
		return fault_prefix(f, "activity %.*s: ", TEXT_ARG(id));
	h->now->received++;
	(void)map_intern(h->seen, id, &added);
	if (!added) {
		h->now->duplicates++;
		return 0;
	}
	tally_add(h->tally, h->now->index, user, day, (unsigned)tracked);
	h->now->written++;
	return 0;
}

static int
take_all(
    struct hours *h, struct json_value array, element_fn *take, struct fault *f)
{
	struct json_value element, field[ELEMENT_SLOTS];
	const char *at = NULL;

	while (json_next(array, &at, NULL, &element)) {
		if (element.kind != VALUE_OBJECT)
			return fault_set(f, FAULT_DATA, "it is no object");
		json_scan_value(h->element, element, field);
		if (take(h, field, f) == -1)
			return -1;
	}
	return 0;
}

/*
 * Pages
 */

/* The answer to path as a page; its requests count for the organisation. */
static int
get(struct hours *h, const char *path, struct json_value *field,
    struct http_answer *answer, struct fault *f)
{
	struct http_counts before = account_counts(h->account), after;
	int status = account_get(h->account, path, answer, f);

	after = account_counts(h->account);
	if (h->now != NULL) {
		h->now->requests += after.requests - before.requests;
		h->now->retries += after.retries - before.retries;
	}
	if (h->conf->progress != NULL)
		h->conf->progress(
		    h->now == NULL ? NULL : h->now->id, after.requests);
	if (status == -1)
		return -1;
	arena_clear(h->scratch);
	if (json_scan_document(
		h->page, answer->body.p, answer->body.len, field, f) == -1)
		return fault_prefix(f, "GET %s: the answer is no JSON: ", path);
	return 0;
}

static int
take_page(struct hours *h, const struct json_value *field, size_t slot,
    element_fn *take, struct fault *f)
{
	if (field[slot].kind != VALUE_ARRAY)
		return fault_set(
		    f, FAULT_DATA, "the answer has no '%s'", page_path[slot]);
	if (take_all(h, field[slot], take, f) == -1)
		return fault_prefix(f, "%s: ", page_path[slot]);
	if (field[USERS].kind == VALUE_ARRAY &&
	    take_all(h, field[USERS], take_user, f) == -1)
		return fault_prefix(f, "users: ");
	return 0;
}

/* Where the next page starts; false when there is none. */
static bool
next_start(
    struct json_value next, struct map *starts, int64_t *start, struct fault *f)
{
	bool added;

	if (next.kind <= VALUE_NULL)
		return false;
	if (!json_int64(next, start) || *start < 0) {
		fault_set(f, FAULT_DATA, "next_page_start_id is no id");
		return false;
	}
	(void)map_intern(starts, json_raw(next), &added);
	if (!added || map_size(starts) > PAGES) {
		fault_set(f, FAULT_DATA,
		    "page_start_id %" PRId64 " comes again: the pages have no "
		    "end",
		    *start);
		return false;
	}
	return true;
}

/* All pages of a list. */
static int
get_list(struct hours *h, const char *path, size_t slot, element_fn *take,
    struct fault *f)
{
	struct json_value field[PAGE_SLOTS];
	struct map *starts = map_new();
	struct http_answer answer;
	int64_t start = 0;
	struct buf url;
	int status = 0;
	bool more = true;

	buf_init(&url, PATH_BYTES);
	while (status == 0 && more) {
		buf_clear(&url);
		buf_printf(&url, "%s%cpage_limit=%d", path,
		    strchr(path, '?') == NULL ? '?' : '&', PAGE_LIMIT);
		if (start > 0)
			buf_printf(&url, "&page_start_id=%" PRId64, start);
		status = get(h, url.p, field, &answer, f);
		if (status == -1)
			break;
		status = take_page(h, field, slot, take, f);
		more =
		    status == 0 && next_start(field[NEXT], starts, &start, f);
		if (f->kind != FAULT_NONE) {
			fault_prefix(f, "GET %s: ", url.p);
			status = -1;
		}
	}
	buf_free(&url);
	map_free(starts);
	return status;
}

/*
 * Organisations
 */
static bool
is_listed(const char *const *list, const char *id)
{
	for (; list != NULL && *list != NULL; list++)
		if (strcmp(*list, id) == 0)
			return true;
	return false;
}

static void
drop_org(struct hours *h, size_t i)
{
	free(h->org[i].id);
	free(h->org[i].name);
	h->nr_org--;
	memmove(&h->org[i], &h->org[i + 1], (h->nr_org - i) * sizeof(*h->org));
}

static int
no_such_org(const struct hours *h, const char *id, struct fault *f)
{
	struct buf b;
	size_t i;

	buf_init(&b, PATH_BYTES);
	for (i = 0; i < h->nr_org; i++)
		buf_printf(&b, "%s%s '%s'", i == 0 ? "" : ", ", h->org[i].id,
		    h->org[i].name == NULL ? "" : h->org[i].name);
	fault_set(f, FAULT_DENIED,
	    "the token sees no organisation %s; it sees %.*s", id,
	    TEXT_ARG(buf_view(&b)));
	buf_free(&b);
	return -1;
}

/* Those that were asked for are there; the others are not wanted. */
static int
choose_orgs(struct hours *h, struct fault *f)
{
	const char *const *id = h->conf->org;
	size_t i;

	for (; id != NULL && *id != NULL; id++) {
		for (i = 0; i < h->nr_org; i++)
			if (strcmp(h->org[i].id, *id) == 0)
				break;
		if (i == h->nr_org)
			return no_such_org(h, *id, f);
	}
	for (i = h->nr_org; i > 0; i--)
		if ((h->conf->org != NULL &&
			!is_listed(h->conf->org, h->org[i - 1].id)) ||
		    is_listed(h->conf->skip, h->org[i - 1].id))
			drop_org(h, i - 1);
	if (h->nr_org == 0)
		return fault_set(f, FAULT_DENIED,
		    "the token sees no organisation that is not left out");
	if (h->nr_org > TALLY_ORGS)
		return fault_set(f, FAULT_USAGE,
		    "these are more than %d organisations: choose some with "
		    "--org",
		    TALLY_ORGS);
	for (i = 0; i < h->nr_org; i++)
		h->org[i].index = tally_org(h->tally, text_of(h->org[i].id));
	return 0;
}

static int
ask_me(struct hours *h, struct fault *f)
{
	struct json_value field[PAGE_SLOTS];
	struct http_answer answer;
	struct text id;

	if (account_is_org(h->account))
		return 0;
	if (get(h, "/v2/users/me", field, &answer, f) == -1)
		return -1;
	if (read_id(field[USER_ID], "user.id", &id, f) == -1)
		return fault_prefix(f, "GET /v2/users/me: ");
	h->me = xstrndup(id.p, id.len);
	return 0;
}

static int
fetch_members(struct hours *h, struct fault *f)
{
	struct buf path;
	int status;

	buf_init(&path, PATH_BYTES);
	buf_printf(
	    &path, "/v2/organizations/%s/members?include=users", h->now->id);
	status = get_list(h, path.p, MEMBERS, take_member, f);
	buf_free(&path);
	if (status == 0 && !h->conf->tracked && h->now->role != NULL &&
	    strcmp(h->now->role, ROLE_USER) == 0)
		return fault_set(f, FAULT_DENIED,
		    "the token is of a user who sees nobody else's time, so "
		    "that all others would seem not to work: take one of an "
		    "owner or a manager, or --tracked-only for what it sees");
	return status;
}

static int
fetch_stretch(struct hours *h, struct fault *f)
{
	char first[DAY_TEXT], last[DAY_TEXT];
	struct buf path;
	int status;

	day_format(h->first, first);
	day_format(h->last, last);
	map_free(h->seen);
	h->seen = map_new();
	buf_init(&path, PATH_BYTES);
	buf_printf(&path,
	    "/v2/organizations/%s/activities/daily?date%%5Bstart%%5D=%s"
	    "&date%%5Bstop%%5D=%s&include=users",
	    h->now->id, first, last);
	status = get_list(h, path.p, ACTIVITIES, take_activity, f);
	buf_free(&path);
	return status;
}

static int
fetch_org(struct hours *h, struct fault *f)
{
	int status = fetch_members(h, f);

	for (h->first = h->conf->from; status == 0 && h->first <= h->conf->to;
	     h->first = h->last + 1) {
		h->last = h->first + STRETCH_DAYS - 1;
		if (h->last > h->conf->to)
			h->last = h->conf->to;
		status = fetch_stretch(h, f);
	}
	if (status == -1)
		return fault_prefix(f, "organisation %s%s%s%s: ", h->now->id,
		    h->now->name == NULL ? "" : " '",
		    h->now->name == NULL ? "" : h->now->name,
		    h->now->name == NULL ? "" : "'");
	h->now->complete = true;
	return 0;
}

/* Ask for each name that did not come along. */
static int
fetch_names(struct hours *h, struct fault *f)
{
	struct json_value field[PAGE_SLOTS];
	struct http_answer answer;
	struct fault why;
	struct text id;
	struct buf path;
	size_t at = 0;
	int status = 0;

	buf_init(&path, PATH_BYTES);
	while (status == 0 && (id = tally_unnamed(h->tally, &at)).p != NULL) {
		buf_clear(&path);
		buf_printf(&path, "/v2/users/%.*s", TEXT_ARG(id));
		why = (struct fault){ 0 };
		status = get(h, path.p, field, &answer, &why);
		if (status == 0)
			tally_name(h->tally, id,
			    json_text(field[USER_NAME], h->scratch),
			    json_text(field[USER_EMAIL], h->scratch));
		else if (answer.status == 404)
			status = 0;
		else
			*f = why;
	}
	buf_free(&path);
	return status;
}

static int
fetch_all(struct hours *h, struct fault *f)
{
	size_t i;
	int status;

	if (ask_me(h, f) == -1 ||
	    get_list(h, "/v2/organizations", ORGANIZATIONS, take_org, f) ==
		-1 ||
	    choose_orgs(h, f) == -1)
		return -1;
	for (i = 0; i < h->nr_org; i++) {
		h->now = &h->org[i];
		status = fetch_org(h, f);
		if (status == -1)
			return -1;
	}
	h->now = NULL;
	return fetch_names(h, f);
}

int
hours_fetch(struct hours *h, struct fault *f)
{
	int status = fetch_all(h, f);

	if (status == -1)
		h->reason = xstrdup(f->text);
	return status;
}

/*
 * What came of it
 */
struct text
hours_unnamed(const struct hours *h, size_t *at)
{
	return tally_unnamed(h->tally, at);
}

size_t
hours_put(const struct hours *h, struct buf *b)
{
	return tally_put(h->tally, h->conf->tracked, b);
}

static void
put_count(struct buf *b, const char *key, uint64_t count)
{
	json_key(b, key);
	json_put_int(b, (int64_t)count);
}

static void
put_day(struct buf *b, const char *key, day_nr day)
{
	char text[DAY_TEXT];

	day_format(day, text);
	json_key(b, key);
	json_put_str(b, text);
}

static void
put_report(
    const struct hours *h, const struct org *org, double seconds, struct buf *b)
{
	struct tally_sums sums = tally_sums(h->tally, org->index);

	json_open(b);
	json_key(b, "type");
	json_put_str(b, "fetch_report");
	json_key(b, "what");
	json_put_str(b, "hours");
	json_key(b, "object");
	json_put_str(b, "daily_activities");
	json_key(b, "org_id");
	json_put_str(b, org->id);
	json_key(b, "org_name");
	json_put_str(b, org->name);
	put_day(b, "since", h->conf->from);
	put_day(b, "until", h->conf->to);
	json_key(b, "source_total");
	json_put_null(b);
	put_count(b, "received", org->received);
	put_count(b, "written", org->written);
	put_count(b, "duplicates", org->duplicates);
	put_count(b, "missing", sums.unnamed);
	put_count(b, "members", sums.members);
	put_count(b, "people", sums.people);
	put_count(b, "tracked_s", sums.tracked_s);
	json_key(b, "complete");
	json_put_bool(b, org->complete && h->reason == NULL);
	json_key(b, "reason");
	json_put_str(b, h->reason);
	put_count(b, "requests", org->requests);
	put_count(b, "retries", org->retries);
	json_key(b, "seconds");
	json_put_number(b, seconds);
	json_close(b);
	buf_char(b, '\n');
}

void
hours_report(const struct hours *h, double seconds, struct buf *b)
{
	const struct org none = { 0 };
	size_t i;

	if (h->nr_org == 0)
		put_report(h, &none, seconds, b);
	for (i = 0; i < h->nr_org; i++)
		put_report(h, &h->org[i], seconds, b);
}
