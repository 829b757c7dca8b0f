#include "sandbox/crm.h"

#include <math.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "sandbox/crm_impl.h"

#define DEALS 3346 /* at scale 1, and below it: the coaches need them */

static const char *const contact_default[] = { "createdate", "email",
	"firstname", "hs_object_id", "lastmodifieddate", "lastname", NULL };
static const char *const company_default[] = { "createdate", "domain",
	"hs_lastmodifieddate", "hs_object_id", "name", NULL };
static const char *const deal_default[] = { "amount", "closedate", "createdate",
	"dealname", "dealstage", "hs_lastmodifieddate", "hs_object_id",
	"pipeline", NULL };
static const char *const ticket_default[] = { "content", "createdate",
	"hs_lastmodifieddate", "hs_object_id", "hs_pipeline",
	"hs_pipeline_stage", "hs_ticket_priority", "subject", NULL };
static const char *const other_default[] = { "hs_createdate",
	"hs_lastmodifieddate", "hs_object_id", NULL };

/* An id is base + index * stride and a little; archived ones end a stride. */
static const struct {
	struct crm_object object;
	uint64_t base;
	uint32_t stride;
	double nr;  /* at scale 1 */
	bool fixed; /* whatever the scale */
} kinds[CRM_KINDS] = {
	[CRM_CONTACT] = { { "contacts", "contact", "0-1", "Contact", "Contacts",
			      "lastmodifieddate", contact_default, false },
	    801, 37, 44602, false },
	[CRM_COMPANY] = { { "companies", "company", "0-2", "Company",
			      "Companies", "hs_lastmodifieddate",
			      company_default, false },
	    20000017, 61, 17781, false },
	[CRM_DEAL] = { { "deals", "deal", "0-3", "Deal", "Deals",
			   "hs_lastmodifieddate", deal_default, false },
	    8951, 1361, DEALS, false },
	[CRM_TICKET] = { { "tickets", "ticket", "0-5", "Ticket", "Tickets",
			     "hs_lastmodifieddate", ticket_default, false },
	    1200000011, 29, 640, false },
	[CRM_LEAD] = { { "leads", "lead", "0-136", "Lead", "Leads",
			   "hs_lastmodifieddate", other_default, false },
	    410000000021, 23, 310, false },
	[CRM_CALL] = { { "calls", "call", "0-48", "Call", "Calls",
			   "hs_lastmodifieddate", other_default, false },
	    30100000003, 97, 3536, false },
	[CRM_MEETING] = { { "meetings", "meeting", "0-47", "Meeting",
			      "Meetings", "hs_lastmodifieddate", other_default,
			      false },
	    31100000009, 89, 1650, false },
	[CRM_TASK] = { { "tasks", "task", "0-27", "Task", "Tasks",
			   "hs_lastmodifieddate", other_default, false },
	    32100000017, 83, 2829, false },
	[CRM_NOTE] = { { "notes", "note", "0-46", "Note", "Notes",
			   "hs_lastmodifieddate", other_default, false },
	    33100000023, 79, 2357, false },
	[CRM_EMAIL] = { { "emails", "email", "0-49", "Email", "Emails",
			    "hs_lastmodifieddate", other_default, false },
	    34100000029, 73, 1415, false },
	[CRM_LINE_ITEM] = { { "line_items", "line_item", "0-8", "Line item",
				"Line items", "hs_lastmodifieddate",
				other_default, false },
	    700000031, 19, 420, false },
	[CRM_PRODUCT] = { { "products", "product", "0-7", "Product", "Products",
			      "hs_lastmodifieddate", other_default, false },
	    1009, 11, 12, true },
	[CRM_QUOTE] = { { "quotes", "quote", "0-14", "Quote", "Quotes",
			    "hs_lastmodifieddate", other_default, false },
	    900000037, 17, 90, false },
	/* ids past what a double holds */
	[CRM_COURSE] = { { "cursussen", "cursus", "2-4711001", "Cursus",
			     "Cursussen", "hs_lastmodifieddate", other_default,
			     true },
	    9007199254740993u, 1000003, 48, false },
};

static uint32_t
volume(const struct crm_conf *conf, enum crm_kind kind)
{
	double nr = kinds[kind].nr;

	if (kind == CRM_DEAL && conf->deals > 0)
		return conf->deals;
	if (kinds[kind].fixed || (kind == CRM_DEAL && conf->scale < 1))
		return (uint32_t)nr;
	nr = round(nr * conf->scale);
	return nr < 3 ? 3 : (uint32_t)nr;
}

static void
set_volumes(struct crm *c)
{
	uint32_t nr, archived, na;
	int kind;

	for (kind = 0; kind < CRM_KINDS; kind++) {
		nr = volume(&c->conf, (enum crm_kind)kind);
		archived = nr / 97 + 1;
		if (kind == CRM_DEAL && archived < c->conf.dangling)
			archived = c->conf.dangling;
		if (archived > nr)
			archived = nr;
		c->nr[kind] = nr;
		c->nr_archived[kind] = archived;
		c->archived_step[kind] = nr / archived;
	}
	/* enough for the deals in a small account, a quarter of a large one */
	nr = c->nr[CRM_CONTACT];
	na = nr / 4 < 2790 ? 2790 : nr / 4;
	c->nr_na = na > nr * 5 / 8 ? nr * 5 / 8 : na;
	if (c->nr_na == 0)
		c->nr_na = 1;
}

struct crm *
crm_new(const struct crm_conf *conf)
{
	struct crm *c = xcalloc(1, sizeof(*c));

	c->conf = *conf;
	c->conf.as_of -= c->conf.as_of % 1000;
	set_volumes(c);
	crm_story_owners(c);
	crm_story_deals(c);
	crm_links_make(c);
	crm_props_make(c);
	return c;
}

void
crm_free(struct crm *c)
{
	if (c == NULL)
		return;
	crm_props_free(c);
	crm_links_free(c);
	free(c->deal_owner);
	free(c->owner);
	free(c->coach);
	free(c->staff);
	free(c);
}

instant_us
crm_as_of(const struct crm *c)
{
	return c->conf.as_of;
}

const struct crm_object *
crm_object(enum crm_kind kind)
{
	return &kinds[kind].object;
}

bool
crm_kind_of(struct text name, enum crm_kind *found)
{
	const struct crm_object *o;
	int kind;

	if (text_is(name, "p8674001_cursus"))
		name = text_of("cursus");
	for (kind = 0; kind < CRM_KINDS; kind++) {
		o = &kinds[kind].object;
		if (text_is(name, o->plural) || text_is(name, o->singular) ||
		    text_is(name, o->type_id)) {
			*found = (enum crm_kind)kind;
			return true;
		}
	}
	return false;
}

uint32_t
crm_count(const struct crm *c, enum crm_kind kind, bool archived)
{
	return archived ? c->nr_archived[kind] : c->nr[kind];
}

uint64_t
crm_id(const struct crm *c, struct crm_record r)
{
	uint32_t stride = kinds[r.kind].stride;
	uint64_t drawn, index = r.index;

	if (r.archived)
		return kinds[r.kind].base +
		       index * c->archived_step[r.kind] * stride + stride - 1;
	drawn = crm_draw(c, r.kind, index, SALT_ID);
	return kinds[r.kind].base + index * stride +
	       draw_below(drawn, stride - 1);
}

uint32_t
crm_seek(const struct crm *c, enum crm_kind kind, bool archived, uint64_t id)
{
	uint64_t step = kinds[kind].stride, index;
	uint32_t nr = crm_count(c, kind, archived);
	struct crm_record r = { kind, archived, 0 };

	if (id <= kinds[kind].base)
		return 0;
	if (archived)
		step *= c->archived_step[kind];
	index = (id - kinds[kind].base) / step;
	if (index >= nr)
		return nr;
	r.index = (uint32_t)index;
	return crm_id(c, r) < id ? r.index + 1 : r.index;
}

bool
crm_find(const struct crm *c, enum crm_kind kind, bool archived, uint64_t id,
    struct crm_record *r)
{
	*r = (struct crm_record){ kind, archived,
		crm_seek(c, kind, archived, id) };
	return r->index < crm_count(c, kind, archived) && crm_id(c, *r) == id;
}

const struct crm_owner *
crm_owners(const struct crm *c, size_t *nr)
{
	*nr = c->nr_owner;
	return c->owner;
}
