/*
 * Organisations, members, users and the time they tracked, in pages
 */
#include <string.h>

#include "base/num.h"
#include "sandbox/hubstaff_impl.h"

#define PAGE_DEFAULT 100
#define PAGE_MAX     500
#define RANGE_DAYS   31
#define BACK_DAYS    1096 /* three years */
#define ID_FIRST     90000000
#define OVERLAP	     40 /* ids that come again after an empty page */

/* A page of a list whose ids rise. */
struct page {
	int64_t start, limit;
	int64_t nr;   /* on it so far */
	int64_t next; /* the id that is the first of the next; 0: none */
	bool loop;    /* the next is this one again */
};

/*
 * What is asked for
 */
static bool
read_number(struct hubstaff_call *c, const char *name, int64_t min, int64_t max,
    int64_t *x)
{
	const struct httpd_param *p =
	    httpd_request_param(c->call->request, name);

	if (p == NULL)
		return true;
	if (num_parse_int(p->value, x) && *x >= min && *x <= max)
		return true;
	return hubstaff_invalid(
	    c->call, "%s does not have a valid value", name);
}

static bool
read_page(struct hubstaff_call *c, struct page *page)
{
	*page = (struct page){ .limit = PAGE_DEFAULT };
	return read_number(c, "page_start_id", 0, INT64_MAX, &page->start) &&
	       read_number(c, "page_limit", 1, PAGE_MAX, &page->limit);
}

static bool
read_day(struct hubstaff_call *c, const char *name, day_nr *day)
{
	const struct httpd_param *p =
	    httpd_request_param(c->call->request, name);

	if (p == NULL)
		return hubstaff_invalid(c->call, "%s is missing", name);
	if (day_parse(p->value, day))
		return true;
	return hubstaff_invalid(c->call, "%s is invalid", name);
}

/* The next of the values that a comma separates; false after the last. */
static bool
next_value(struct text *list, struct text *value)
{
	const char *comma;

	if (list->len == 0)
		return false;
	*value = *list;
	comma = memchr(list->p, ',', list->len);
	if (comma != NULL)
		value->len = (size_t)(comma - list->p);
	list->p += value->len + (comma != NULL);
	list->len -= value->len + (comma != NULL);
	return true;
}

/* What is to come beside the rows: only users do. */
static bool
read_include(struct hubstaff_call *c, const char *const *known, bool *users)
{
	const struct httpd_request *request = c->call->request;
	struct text list, value;
	const char *const *name;
	size_t i;

	*users = false;
	for (i = 0; i < request->param_nr; i++) {
		if (!text_is(request->param[i].name, "include") &&
		    !text_is(request->param[i].name, "include[]"))
			continue;
		list = request->param[i].value;
		while (next_value(&list, &value)) {
			for (name = known; *name != NULL; name++)
				if (text_is(value, *name))
					break;
			if (*name == NULL)
				return hubstaff_invalid(c->call,
				    "include does not have a valid value");
			*users |= text_is(value, "users");
		}
	}
	*users &= !c->hubstaff->conf->hubstaff.bare;
	return true;
}

/* Whether a list of ids, when there is one, has that id. */
static bool
is_chosen(const struct hubstaff_call *c, const char *name, uint64_t id)
{
	const struct httpd_param *p =
	    httpd_request_param(c->call->request, name);
	struct text list, value;
	int64_t x;

	if (p == NULL)
		return true;
	list = p->value;
	while (next_value(&list, &value))
		if (num_parse_int(value, &x) && x == (int64_t)id)
			return true;
	return false;
}

/*
 * What is answered
 */
static void
put_number(struct buf *b, const char *key, int64_t x)
{
	json_key(b, key);
	json_put_int(b, x);
}

static void
put_text(struct buf *b, const char *key, const char *text)
{
	json_key(b, key);
	json_put_str(b, text);
}

static void
put_instant(struct buf *b, const char *key, instant_us at)
{
	char text[INSTANT_TEXT];

	instant_format(at, text);
	put_text(b, key, text);
}

/* Whether a row with that id is on the page; past its end, the next is known. */
static bool
on_page(struct page *page, int64_t id)
{
	if (id < page->start || page->next != 0)
		return false;
	if (page->nr == page->limit) {
		page->next = id;
		return false;
	}
	page->nr++;
	return true;
}

static void
put_page(struct hubstaff_call *c, struct page *page)
{
	if (c->call->page == PAGE_LOOP && page->start > 0)
		page->next = page->start;
	c->call->note->results = (size_t)page->nr;
	if (page->next == 0)
		return;
	json_key(c->out, "pagination");
	json_open(c->out);
	put_number(c->out, "next_page_start_id", page->next);
	json_close(c->out);
}

/* A page without rows that leads to where it should have been. */
static bool
is_empty_page(struct hubstaff_call *c, const struct page *page, const char *key)
{
	if (c->call->page != PAGE_EMPTY)
		return false;
	json_open(c->out);
	json_key(c->out, key);
	json_open_array(c->out);
	json_close_array(c->out);
	json_key(c->out, "pagination");
	json_open(c->out);
	put_number(c->out, "next_page_start_id",
	    page->start > OVERLAP ? page->start - OVERLAP : 1);
	json_close(c->out);
	json_close(c->out);
	return true;
}

static void
put_organization(struct buf *b, uint64_t id, const char *name)
{
	json_open(b);
	put_number(b, "id", (int64_t)id);
	put_text(b, "name", name);
	put_text(b, "status", "active");
	put_text(b, "created_at", "2022-05-03T08:15:00Z");
	put_text(b, "updated_at", "2025-11-17T10:02:44Z");
	json_key(b, "metadata");
	json_open(b);
	json_close(b);
	json_close(b);
}

void
hubstaff_organizations(struct hubstaff_call *c)
{
	struct page page;
	size_t i;

	if (!read_page(c, &page) || is_empty_page(c, &page, "organizations"))
		return;
	json_open(c->out);
	json_key(c->out, "organizations");
	json_open_array(c->out);
	for (i = 0; i < CREW_ORGS; i++)
		if (on_page(&page, (int64_t)crew_org[i].id))
			put_organization(
			    c->out, crew_org[i].id, crew_org[i].name);
	if (c->hubstaff->conf->hubstaff.lapsed &&
	    on_page(&page, HUBSTAFF_LAPSED))
		put_organization(c->out, HUBSTAFF_LAPSED, "Lantern Trial");
	json_close_array(c->out);
	put_page(c, &page);
	json_close(c->out);
}

void
hubstaff_organization(struct hubstaff_call *c)
{
	json_open(c->out);
	json_key(c->out, "organization");
	put_organization(c->out, crew_org[c->org].id, crew_org[c->org].name);
	json_close(c->out);
}

static void
put_user(struct hubstaff_call *c, const struct crew_person *p)
{
	struct buf *b = c->out, name;

	buf_init(&name, 1000);
	buf_printf(&name, "%s %s", p->first, p->last);
	json_open(b);
	put_number(b, "id", (int64_t)p->id);
	json_key(b, "name");
	json_put_text(b, buf_view(&name));
	put_text(b, "first_name", p->first);
	put_text(b, "last_name", p->last);
	if (p->email[0] != '\0')
		put_text(b, "email", p->email);
	put_text(b, "time_zone", p->time_zone);
	put_text(b, "ip_address", "192.0.2.17");
	put_text(b, "status", "active");
	put_instant(b, "created_at", instant_of_day(p->since));
	put_instant(b, "updated_at", instant_of_day(p->since));
	json_close(b);
	buf_free(&name);
}

static void
put_users(struct hubstaff_call *c, const bool *beside)
{
	const struct crew_person *p;
	size_t i, nr;

	p = crew_people(c->hubstaff->crew, &nr);
	json_key(c->out, "users");
	json_open_array(c->out);
	for (i = 0; i < nr; i++)
		if (beside[i])
			put_user(c, &p[i]);
	json_close_array(c->out);
}

/* The token is that of the first, who may have another role than usual. */
static enum crew_role
role_of(const struct hubstaff_call *c, const struct crew_person *p)
{
	return p->role == CREW_OWNER ? c->hubstaff->conf->hubstaff.role
				     : p->role;
}

/* Who is no manager sees nobody else. */
static bool
may_see(const struct hubstaff_call *c, size_t person)
{
	return person == 0 || c->hubstaff->conf->hubstaff.role != CREW_USER;
}

static void
put_member(struct hubstaff_call *c, const struct crew_person *p)
{
	bool member = crew_is_member(c->hubstaff->crew, p);
	struct buf *b = c->out;

	json_open(b);
	put_number(b, "user_id", (int64_t)p->id);
	put_text(b, "membership_role", crew_role_name[role_of(c, p)]);
	put_text(b, "membership_status", member ? "active" : "removed");
	put_text(b, "pay_rate", "0.0");
	put_text(b, "currency", "USD");
	put_instant(b, "created_at", instant_of_day(p->since));
	put_instant(b, "updated_at", instant_of_day(p->since));
	if (!member)
		put_instant(b, "removed_at", instant_of_day(p->until));
	json_close(b);
}

void
hubstaff_members(struct hubstaff_call *c)
{
	static const char *const known[] = { "users", NULL };
	static const char removed_param[] = "include_removed";
	const struct httpd_param *removed =
	    httpd_request_param(c->call->request, removed_param);
	const struct crew_person *p;
	bool beside[CREW_MAX] = { false }, users;
	struct page page;
	size_t i, nr;

	if (!read_page(c, &page) || !read_include(c, known, &users) ||
	    is_empty_page(c, &page, "members"))
		return;
	p = crew_people(c->hubstaff->crew, &nr);
	json_open(c->out);
	json_key(c->out, "members");
	json_open_array(c->out);
	for (i = 0; i < nr; i++) {
		if ((p[i].orgs >> c->org & 1) == 0 || !may_see(c, i) ||
		    (!crew_is_member(c->hubstaff->crew, &p[i]) &&
			(removed == NULL || !text_is(removed->value, "true"))))
			continue;
		if (!on_page(&page, (int64_t)p[i].id))
			continue;
		put_member(c, &p[i]);
		beside[i] = true;
	}
	json_close_array(c->out);
	if (users)
		put_users(c, beside);
	put_page(c, &page);
	json_close(c->out);
}

static void
answer_user(struct hubstaff_call *c, size_t person)
{
	size_t nr;
	const struct crew_person *p = crew_people(c->hubstaff->crew, &nr);

	if (person >= nr || !may_see(c, person)) {
		hubstaff_error(
		    c->call, 404, "not_found", 12000, "Could not find record");
		return;
	}
	json_open(c->out);
	json_key(c->out, "user");
	put_user(c, &p[person]);
	json_close(c->out);
}

void
hubstaff_me(struct hubstaff_call *c)
{
	answer_user(c, 0);
}

void
hubstaff_user(struct hubstaff_call *c)
{
	int64_t id;

	if (!num_parse_int(c->call->request->segment[2], &id) || id < 0) {
		hubstaff_invalid(c->call, "user_id is invalid");
		return;
	}
	answer_user(c, crew_find(c->hubstaff->crew, (uint64_t)id));
}

/*
 * Time
 */
static void
put_activity(struct hubstaff_call *c, int64_t id, const struct crew_person *p,
    size_t project, day_nr day, unsigned tracked)
{
	instant_us end = instant_of_day(day + 1);
	char date[DAY_TEXT];
	struct buf *b = c->out;

	day_format(day, date);
	json_open(b);
	put_number(b, "id", id);
	put_text(b, "date", date);
	put_number(b, "user_id", (int64_t)p->id);
	put_number(b, "project_id", (int64_t)crew_org[c->org].project[project]);
	json_key(b, "task_id");
	json_put_null(b);
	put_number(b, "keyboard", tracked / 3);
	put_number(b, "mouse", tracked / 4);
	put_number(b, "overall", tracked / 5 * 2);
	put_number(b, "tracked", tracked);
	put_number(b, "input_tracked", tracked - tracked / 20);
	put_number(b, "manual", tracked / 20);
	put_number(b, "idle", 0);
	put_number(b, "resumed", 0);
	put_number(b, "billable", tracked);
	put_number(b, "work_break", 0);
	put_instant(b, "created_at", end);
	put_instant(b, "updated_at", end);
	json_close(b);
}

/* Rows in the order of day, person and project, which that of the ids is. */
static void
put_days(struct hubstaff_call *c, day_nr from, day_nr to, struct page *page,
    bool *beside)
{
	const struct hubstaff *h = c->hubstaff;
	const struct crew_person *p;
	size_t i, k, nr;
	unsigned tracked;
	int64_t id;
	day_nr day;

	p = crew_people(h->crew, &nr);
	for (day = from; day <= to && page->next == 0; day++)
		for (i = 0; i < nr; i++) {
			if (!may_see(c, i) ||
			    !is_chosen(c, "user_ids", p[i].id))
				continue;
			for (k = 0; k < CREW_PROJECTS; k++) {
				tracked =
				    hubstaff_tracked(h, c->org, k, i, day);
				id = ((day * (int64_t)nr + (int64_t)i) *
					     CREW_ORGS +
					 (int64_t)c->org) *
					 CREW_PROJECTS +
				     (int64_t)k + ID_FIRST;
				if (tracked == 0 ||
				    !is_chosen(c, "project_ids",
					crew_org[c->org].project[k]) ||
				    !on_page(page, id))
					continue;
				put_activity(c, id, &p[i], k, day, tracked);
				beside[i] = true;
			}
		}
}

static bool
check_range(struct hubstaff_call *c, day_nr from, day_nr to)
{
	if (to < from)
		return hubstaff_invalid(
		    c->call, "date[stop] must be on or after date[start]");
	if (to - from >= RANGE_DAYS)
		return hubstaff_invalid(
		    c->call, "date range cannot be greater than 31 days");
	if (from < crew_today(c->hubstaff->crew) - BACK_DAYS)
		return hubstaff_invalid(
		    c->call, "date[start] cannot be more than 3 years ago");
	return true;
}

void
hubstaff_daily(struct hubstaff_call *c)
{
	static const char *const known[] = { "users", "projects", "tasks",
		NULL };
	bool beside[CREW_MAX] = { false }, users;
	struct page page;
	day_nr from, to;

	if (!read_page(c, &page) || !read_day(c, "date[start]", &from) ||
	    !read_day(c, "date[stop]", &to) || !check_range(c, from, to) ||
	    !read_include(c, known, &users) ||
	    is_empty_page(c, &page, "daily_activities"))
		return;
	json_open(c->out);
	json_key(c->out, "daily_activities");
	json_open_array(c->out);
	put_days(c, from, to, &page, beside);
	json_close_array(c->out);
	if (users)
		put_users(c, beside);
	put_page(c, &page);
	json_close(c->out);
}
