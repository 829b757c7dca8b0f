#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "sandbox/crm_impl.h"

/* The pairs, told from the side that decides. Numbers: the vendor's own. */
static const struct {
	enum crm_kind from, to;
	struct crm_link_type out, back;
} pairs[] = {
	{ CRM_CONTACT, CRM_COMPANY, { 279, 1 }, { 280, 2 } },
	{ CRM_DEAL, CRM_CONTACT, { 3, 0 }, { 4, 0 } },
	{ CRM_DEAL, CRM_COMPANY, { 341, 5 }, { 342, 6 } },
	{ CRM_TICKET, CRM_CONTACT, { 16, 0 }, { 15, 0 } },
	{ CRM_LEAD, CRM_CONTACT, { 578, 0 }, { 579, 0 } },
	{ CRM_CALL, CRM_CONTACT, { 194, 0 }, { 193, 0 } },
	{ CRM_CALL, CRM_DEAL, { 206, 0 }, { 205, 0 } },
	{ CRM_MEETING, CRM_CONTACT, { 200, 0 }, { 199, 0 } },
	{ CRM_MEETING, CRM_DEAL, { 212, 0 }, { 211, 0 } },
	{ CRM_TASK, CRM_CONTACT, { 204, 0 }, { 203, 0 } },
	{ CRM_TASK, CRM_DEAL, { 216, 0 }, { 215, 0 } },
	{ CRM_NOTE, CRM_CONTACT, { 202, 0 }, { 201, 0 } },
	{ CRM_NOTE, CRM_DEAL, { 214, 0 }, { 213, 0 } },
	{ CRM_EMAIL, CRM_CONTACT, { 198, 0 }, { 197, 0 } },
	{ CRM_EMAIL, CRM_DEAL, { 210, 0 }, { 209, 0 } },
	{ CRM_LINE_ITEM, CRM_DEAL, { 20, 0 }, { 19, 0 } },
	{ CRM_QUOTE, CRM_DEAL, { 64, 0 }, { 63, 0 } },
	{ CRM_COURSE, CRM_CONTACT, { 23, 0 }, { 24, 0 } },
};

#define PAIRS	    (sizeof(pairs) / sizeof(pairs[0]))
#define COURSE_SIZE 12 /* contacts of a course */
#define LINKS_MAX   COURSE_SIZE

/* What one record is linked to; returns how many. */
static size_t
links_of(const struct crm *c, enum crm_kind from, enum crm_kind to,
    uint32_t index, struct crm_link link[LINKS_MAX])
{
	uint32_t contact[2], i;
	int32_t at;
	size_t nr = 0;

	if (from == CRM_DEAL)
		nr = crm_deal_contacts(c, index, contact);
	if (from == CRM_DEAL && to == CRM_CONTACT) {
		for (i = 0; i < nr; i++)
			link[i] = (struct crm_link){ contact[i],
				crm_draw(c, from, index, SALT_LABEL) % 9 == 0
				    ? CRM_LINK_LABELLED
				    : 0 };
		return nr;
	}
	nr = 0;
	if (to == CRM_COMPANY) {
		at = crm_contact_company(
		    c, from == CRM_DEAL ? contact[0] : index, false);
		if (at >= 0)
			link[nr++] =
			    (struct crm_link){ (uint32_t)at, CRM_LINK_PRIMARY };
		if (at < 0 || from == CRM_DEAL)
			return nr;
		at = crm_contact_company(c, index, true);
		if (at >= 0 && (uint32_t)at != link[0].to)
			link[nr++] = (struct crm_link){ (uint32_t)at, 0 };
		return nr;
	}
	if (to == CRM_DEAL) {
		at = crm_about_deal(c, from, index);
		if (at >= 0)
			link[nr++] = (struct crm_link){ (uint32_t)at, 0 };
		return nr;
	}
	if (from != CRM_COURSE) {
		link[0] =
		    (struct crm_link){ crm_about_contact(c, from, index), 0 };
		return 1;
	}
	for (i = 0; i < COURSE_SIZE; i++)
		link[i] = (struct crm_link){
			(uint32_t)((index * COURSE_SIZE + i) * UINT64_C(7) %
				   c->nr[CRM_CONTACT]),
			0
		};
	return COURSE_SIZE;
}

static int
by_to(const void *a, const void *b)
{
	const struct crm_link *x = a, *y = b;

	return (x->to > y->to) - (x->to < y->to);
}

static void
make_out(struct crm *c, enum crm_kind from, enum crm_kind to)
{
	struct crm_pair *pair = &c->pair[from][to];
	uint32_t i, nr = c->nr[from];
	struct crm_link link[LINKS_MAX];
	size_t nr_link, used = 0, room = 0;

	pair->start = xcalloc((size_t)nr + 1, sizeof(*pair->start));
	for (i = 0; i < nr; i++) {
		nr_link = links_of(c, from, to, i, link);
		qsort(link, nr_link, sizeof(*link), by_to);
		if (used + nr_link > room) {
			room = room * 2 + nr + LINKS_MAX;
			pair->link = xreallocarray(
			    pair->link, room, sizeof(*pair->link));
		}
		if (nr_link > 0)
			memcpy(
			    pair->link + used, link, nr_link * sizeof(*link));
		used += nr_link;
		pair->start[i + 1] = (uint32_t)used;
	}
}

/* The same links seen from the other end: a counting sort. */
static void
make_back(struct crm *c, enum crm_kind from, enum crm_kind to)
{
	const struct crm_pair *out = &c->pair[from][to];
	struct crm_pair *back = &c->pair[to][from];
	uint32_t i, k, nr_from = c->nr[from], nr_to = c->nr[to];
	uint32_t *at;

	back->start = xcalloc((size_t)nr_to + 1, sizeof(*back->start));
	back->link =
	    xcalloc((size_t)out->start[nr_from] + 1, sizeof(*back->link));
	at = xcalloc((size_t)nr_to + 1, sizeof(*at));
	for (k = 0; k < out->start[nr_from]; k++)
		at[out->link[k].to]++;
	for (i = 0; i < nr_to; i++) {
		back->start[i + 1] = back->start[i] + at[i];
		at[i] = back->start[i];
	}
	for (i = 0; i < nr_from; i++)
		for (k = out->start[i]; k < out->start[i + 1]; k++)
			back->link[at[out->link[k].to]++] =
			    (struct crm_link){ i, out->link[k].flags };
	free(at);
}

/* Links of a few contacts to deals that were deleted since. */
static void
add_dangling(struct crm *c)
{
	struct crm_pair *pair = &c->pair[CRM_CONTACT][CRM_DEAL];
	uint32_t i, k, nr = c->nr[CRM_CONTACT], gone = c->conf.dangling;
	uint32_t used = 0, added = 0, step;
	struct crm_link *link;
	uint32_t *start;

	if (gone == 0)
		return;
	step = c->nr_na / gone + 1;
	link = xcalloc((size_t)pair->start[nr] + gone, sizeof(*link));
	start = xcalloc((size_t)nr + 1, sizeof(*start));
	for (i = 0, k = 0; i < nr; i++) {
		memcpy(link + used, pair->link + pair->start[i],
		    (pair->start[i + 1] - pair->start[i]) * sizeof(*link));
		used += pair->start[i + 1] - pair->start[i];
		if (crm_is_na_contact(c, i) && k++ % step == 0 && added < gone)
			link[used++] =
			    (struct crm_link){ added++, CRM_LINK_GONE };
		start[i + 1] = used;
	}
	free(pair->link);
	free(pair->start);
	*pair = (struct crm_pair){ start, link };
}

void
crm_links_make(struct crm *c)
{
	size_t i;

	for (i = 0; i < PAIRS; i++) {
		make_out(c, pairs[i].from, pairs[i].to);
		make_back(c, pairs[i].from, pairs[i].to);
	}
	add_dangling(c);
}

void
crm_links_free(struct crm *c)
{
	int from, to;

	for (from = 0; from < CRM_KINDS; from++)
		for (to = 0; to < CRM_KINDS; to++) {
			free(c->pair[from][to].start);
			free(c->pair[from][to].link);
		}
}

const struct crm_link *
crm_links(
    const struct crm *c, struct crm_record from, enum crm_kind to, size_t *nr)
{
	const struct crm_pair *pair = &c->pair[from.kind][to];

	*nr = 0;
	if (pair->start == NULL || from.archived)
		return NULL;
	*nr = pair->start[from.index + 1] - pair->start[from.index];
	return pair->link + pair->start[from.index];
}

struct crm_link_type
crm_link_type(enum crm_kind from, enum crm_kind to)
{
	size_t i;

	for (i = 0; i < PAIRS; i++) {
		if (pairs[i].from == from && pairs[i].to == to)
			return pairs[i].out;
		if (pairs[i].to == from && pairs[i].from == to)
			return pairs[i].back;
	}
	return (struct crm_link_type){ 0, 0 };
}
