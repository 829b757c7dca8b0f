#include "hubstaff/hours.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/map.h"
#include "base/num.h"
#include "base/xalloc.h"
#include "hubstaff/listing.h"
#include "hubstaff/tally.h"

#define STRETCH_DAYS 31
#define PAGE_LIMIT   500 /* the most that is allowed */
#define PAGES	     100000
#define PATH_BYTES   1000
#define ROLE_USER    "user"

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
	struct listing *page;
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

	h->conf = conf;
	h->account = account;
	h->tally = tally_new(conf->from, conf->to);
	h->page = listing_new();
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
	listing_free(h->page);
	free(h);
}

/*
 * Pages
 */
typedef int take_fn(struct hours *, struct fault *);

static int
take_orgs(struct hours *h, struct fault *f)
{
	struct listing_org one;
	struct org *org;
	int more;

	while ((more = listing_org(h->page, &one, f)) == 1) {
		h->org = xgrow(h->org, h->nr_org, &h->cap_org, sizeof(*h->org));
		org = &h->org[h->nr_org++];
		*org = (struct org){ .id = xstrndup(one.id.p, one.id.len) };
		if (one.name.p != NULL)
			org->name = xstrndup(one.name.p, one.name.len);
	}
	return more;
}

static int
take_members(struct hours *h, struct fault *f)
{
	struct listing_member m;
	int more;

	while ((more = listing_member(h->page, &m, f)) == 1) {
		if (h->me != NULL && m.role.p != NULL && text_is(m.id, h->me)) {
			free(h->now->role);
			h->now->role = xstrndup(m.role.p, m.role.len);
		}
		if (m.active)
			tally_member(h->tally, h->now->index, m.id, m.since);
	}
	return more;
}

static int
take_users(struct hours *h, struct fault *f)
{
	struct listing_user user;
	int more;

	while ((more = listing_user(h->page, &user, f)) == 1)
		tally_name(h->tally, user.id, user.name, user.email);
	return more;
}

static int
take_activities(struct hours *h, struct fault *f)
{
	struct listing_activity a;
	bool added;
	int more;

	while ((more = listing_activity(h->page, &a, f)) == 1) {
		if (a.day < h->first || a.day > h->last)
			return fault_set(f, FAULT_DATA,
			    "activity %.*s is of none of the days asked for",
			    TEXT_ARG(a.id));
		h->now->received++;
		(void)map_intern(h->seen, a.id, &added);
		if (!added) {
			h->now->duplicates++;
			continue;
		}
		tally_add(
		    h->tally, h->now->index, a.user_id, a.day, a.tracked_s);
		h->now->written++;
	}
	return more;
}

static take_fn *const take[] = { [LISTING_ORGS] = take_orgs,
	[LISTING_MEMBERS] = take_members,
	[LISTING_ACTIVITIES] = take_activities,
	[LISTING_USERS] = take_users };

/* Have the answer to path; its requests count for the organisation. */
static int
get(struct hours *h, const char *path, struct http_answer *answer,
    struct fault *f)
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
	if (listing_read(h->page, answer->body, f) == 0)
		return 0;
	return fault_prefix(f, "GET %s: ", path);
}

/* The rows of a page and who they are of; 1 when another page follows. */
static int
take_page(
    struct hours *h, enum listing_list list, int64_t *start, struct fault *f)
{
	if (listing_begin(h->page, list, f) == -1 || take[list](h, f) == -1)
		return -1;
	if (listing_has(h->page, LISTING_USERS) &&
	    (listing_begin(h->page, LISTING_USERS, f) == -1 ||
		take_users(h, f) == -1))
		return -1;
	return listing_next(h->page, start, f);
}

/* A server that is none of Hubstaff's may lead round in a circle. */
static int
check_start(struct map *starts, int64_t start, struct fault *f)
{
	char text[NUM_MAX];
	bool added;

	snprintf(text, sizeof(text), "%" PRId64, start);
	(void)map_intern(starts, text_of(text), &added);
	if (added && map_size(starts) <= PAGES)
		return 0;
	return fault_set(f, FAULT_DATA,
	    "page_start_id %s comes again: the pages have no end", text);
}

/* All pages of a list. */
static int
get_list(
    struct hours *h, const char *path, enum listing_list list, struct fault *f)
{
	struct map *starts = map_new();
	struct http_answer answer;
	int64_t start = 0;
	struct buf url;
	int more = 1;

	buf_init(&url, PATH_BYTES);
	while (more == 1) {
		buf_clear(&url);
		buf_printf(&url, "%s%cpage_limit=%d", path,
		    strchr(path, '?') == NULL ? '?' : '&', PAGE_LIMIT);
		if (start > 0)
			buf_printf(&url, "&page_start_id=%" PRId64, start);
		more = get(h, url.p, &answer, f);
		if (more == -1)
			break;
		more = take_page(h, list, &start, f);
		if (more == 1 && check_start(starts, start, f) == -1)
			more = -1;
		if (more == -1)
			fault_prefix(f, "GET %s: ", url.p);
	}
	buf_free(&url);
	map_free(starts);
	return more;
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
	struct http_answer answer;
	struct listing_user user;

	if (account_is_org(h->account))
		return 0;
	if (get(h, "/v2/users/me", &answer, f) == -1)
		return -1;
	if (listing_one_user(h->page, &user, f) == -1)
		return fault_prefix(f, "GET /v2/users/me: ");
	h->me = xstrndup(user.id.p, user.id.len);
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
	status = get_list(h, path.p, LISTING_MEMBERS, f);
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
	status = get_list(h, path.p, LISTING_ACTIVITIES, f);
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

/* Ask for a name; that there is none is no failure. */
static int
fetch_name(struct hours *h, struct text id, struct fault *f)
{
	struct http_answer answer;
	struct listing_user user;
	struct fault why = { 0 };
	struct buf path;
	int status;

	buf_init(&path, PATH_BYTES);
	buf_printf(&path, "/v2/users/%.*s", TEXT_ARG(id));
	status = get(h, path.p, &answer, &why);
	if (status == 0 && listing_one_user(h->page, &user, &why) == -1)
		status = fault_prefix(&why, "GET %s: ", path.p);
	if (status == 0)
		tally_name(h->tally, id, user.name, user.email);
	else if (answer.status == 404)
		status = 0;
	else
		*f = why;
	buf_free(&path);
	return status;
}

/* Ask for each name that did not come along. */
static int
fetch_names(struct hours *h, struct fault *f)
{
	struct text id;
	size_t at = 0;

	while ((id = tally_unnamed(h->tally, &at)).p != NULL)
		if (fetch_name(h, id, f) == -1)
			return -1;
	return 0;
}

static int
fetch_all(struct hours *h, struct fault *f)
{
	size_t i;
	int status;

	if (ask_me(h, f) == -1 ||
	    get_list(h, "/v2/organizations", LISTING_ORGS, f) == -1 ||
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
