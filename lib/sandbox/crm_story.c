/*
 * Who is whose, when, and how it ended. The mix is chosen so that the coaches'
 * figures say something: every outcome, every label and every odd date occurs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "sandbox/crm_impl.h"

#define STAFF	  9 /* owners beside the coaches */
#define UNNAMED	  167331984u
#define ACCOUNT_D 900 /* age of the account, days */
#define DEALS_D	  245 /* of its oldest deal */

/* Status begeleiding; the two last stages are where odd figures come from */
static const struct crm_stage coaching_stage[] = {
	{ "15413221", "Nieuwe aanvraag", "false", "0.1", CRM_OPEN, 20 },
	{ "15415582", "Informatie aangevraagd", "false", "0.2", CRM_OPEN, 15 },
	{ "114855767", "Warme aanvraag", "false", "0.4", CRM_OPEN, 15 },
	{ "15413222", "Intake gepland", "false", "0.5", CRM_OPEN, 20 },
	{ "15413223", "In begeleiding", "false", "0.8", CRM_OPEN, 30 },
	{ "15413631", "Traject afgerond", "true", "1.0", CRM_WON, 80 },
	{ "15413634", "Gestart met begeleiding", "true", "1.0", CRM_WON, 20 },
	{ "15413632", "Afgehaakt", "true", "0.0", CRM_LOST, 45 },
	{ "15413633", "Geen interesse", "true", "0.0", CRM_LOST, 35 },
	/* a pause: the vendor calls it won, the firm does not */
	{ "15413630", "Tijdelijk stoppen", "true", "1.0", CRM_LOST, 20 },
	{ "15413639", "Oude status", NULL, NULL, CRM_OPEN, 0 },
	{ 0 },
};

static const struct crm_stage nabeller_stage[] = {
	{ "81686447", "Te bellen", "false", "0.1", CRM_OPEN, 40 },
	{ "81686448", "Geen gehoor", "false", "0.1", CRM_OPEN, 25 },
	{ "116831596", "Informatie aangevraagd", "false", "0.2", CRM_OPEN, 15 },
	{ "81686449", "Warme aanvraag", "false", "0.6", CRM_OPEN, 20 },
	{ "81686450", "Overgedragen aan coach", "true", "1.0", CRM_WON, 1 },
	{ "81686451", "Geen interesse", "true", "0.0", CRM_LOST, 1 },
	{ 0 },
};

static const struct crm_stage sales_stage[] = {
	{ "appointmentscheduled", "Appointment scheduled", "false", "0.2",
	    CRM_OPEN, 30 },
	{ "qualifiedtobuy", "Qualified to buy", "false", "0.4", CRM_OPEN, 25 },
	{ "presentationscheduled", "Presentation scheduled", "false", "0.6",
	    CRM_OPEN, 20 },
	{ "decisionmakerboughtin", "Decision maker bought-in", "false", "0.8",
	    CRM_OPEN, 15 },
	{ "contractsent", "Contract sent", "false", "0.9", CRM_OPEN, 10 },
	{ "closedwon", "Closed won", "true", "1.0", CRM_WON, 1 },
	{ "closedlost", "Closed lost", "true", "0.0", CRM_LOST, 1 },
	{ 0 },
};

static const struct crm_pipeline deal_pipeline[] = {
	{ "15413220", "Status begeleiding", coaching_stage },
	{ "38341389", "Nabeller", nabeller_stage },
	{ "default", "Sales pipeline", sales_stage },
	{ 0 },
};

enum {
	COACHING,
	NABELLER,
	SALES
};

static const struct crm_stage ticket_stage[] = {
	{ "1", "New", "OPEN", NULL, CRM_OPEN, 30 },
	{ "2", "Waiting on contact", "OPEN", NULL, CRM_OPEN, 30 },
	{ "3", "Waiting on us", "OPEN", NULL, CRM_OPEN, 40 },
	{ "4", "Closed", "CLOSED", NULL, CRM_WON, 1 },
	{ 0 },
};

static const struct crm_pipeline ticket_pipeline[] = {
	{ "0", "Support pipeline", ticket_stage },
	{ 0 },
};

const struct crm_pipeline *
crm_pipelines(enum crm_kind kind)
{
	return kind == CRM_DEAL	    ? deal_pipeline
	       : kind == CRM_TICKET ? ticket_pipeline
				    : NULL;
}

/*
 * Owners
 */
static void
name_owner(struct crm *c, struct crm_owner *o, uint32_t nr)
{
	/* both counts are prime, so that no pair comes twice */
	size_t first = (nr * 5 + c->conf.seed % 61) % crm_first_names;
	size_t last = (nr * 11 + c->conf.seed % 67) % crm_last_names;

	snprintf(o->first, sizeof(o->first), "%s", crm_first_name[first]);
	snprintf(o->last, sizeof(o->last), "%s", crm_last_name[last]);
}

static void
name_account(struct crm_owner *o, const char *first, const char *last)
{
	snprintf(o->first, sizeof(o->first), "%s", first);
	snprintf(o->last, sizeof(o->last), "%s", last);
}

static void
set_traits(struct crm *c, struct crm_owner *o, uint32_t nr)
{
	double u[5];
	uint32_t i;

	for (i = 0; i < 5; i++)
		u[i] = draw_unit(
		    draw(c->conf.seed, CRM_KINDS, nr, SALT_TRAIT + i));
	o->coach = true;
	o->weight = 0.15 + 2.4 * u[0] * u[0];
	o->win = 0.12 + 0.65 * u[1];
	o->nabeller = nr % 9 == 4 ? 0.25 + 0.4 * u[2] : 0.14 * u[2];
	o->open = 0.35 + 0.9 * u[3];
	o->dormant = nr % 15 == 7;
	o->archived = nr % 18 == 13;
}

/* Accounts that are no coach: the page leaves them out by name. */
static void
set_account(struct crm_owner *o, uint32_t nr)
{
	switch (nr) {
	case 1:
		name_account(o, "Rookvrij en Fitter", "Het Gooi");
		break;
	case 2:
		name_account(o, "benVitaal", "Coaching");
		break;
	case 3:
		name_account(o, "SportQube", "Algemeen");
		break;
	case 5:
		name_account(o, "Nabeller", "Noord");
		break;
	case 6:
		name_account(o, "Nabeller", "Zuid");
		break;
	case 8:
		name_account(o, "Avond", "nabeller");
		break;
	case 0:
		name_account(o, "", "");
		o->id = UNNAMED;
		break;
	default:
		return;
	}
	o->archived = false;
	o->dormant = false;
	o->weight = 1.2;
	if (nr == 5 || nr == 6 || nr == 8)
		o->nabeller = 1;
}

static void
set_email(struct crm_owner *o)
{
	snprintf(o->email, sizeof(o->email), "medewerker.%llu@example.org",
	    (unsigned long long)o->id);
}

static int
by_id(const void *a, const void *b)
{
	const struct crm_owner *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

void
crm_story_owners(struct crm *c)
{
	static const char *const team[] = { "Noord", "Zuid", "Oost", "West" };
	uint32_t i, nr = c->conf.coaches + STAFF;
	struct crm_owner *o;

	c->owner = xcalloc(nr, sizeof(*c->owner));
	c->coach = xcalloc(nr, sizeof(*c->coach));
	c->staff = xcalloc(nr, sizeof(*c->staff));
	c->nr_owner = nr;
	for (i = 0; i < nr; i++) {
		o = &c->owner[i];
		/* from two digits to six, so that text order is another */
		o->id =
		    83 + (uint64_t)i * i * 61 +
		    draw_below(draw(c->conf.seed, CRM_KINDS, i, SALT_ID), 60);
		name_owner(c, o, i);
		o->created =
		    c->conf.as_of - DAY_US * (ACCOUNT_D - (int)i * 3 % 800);
		o->updated = o->created + DAY_US * ((int)i % 100);
		if (i < c->conf.coaches) {
			set_traits(c, o, i);
			set_account(o, i);
			o->team = i % 7 == 6 ? NULL : team[i % 4];
		} else if (i == nr - 1) {
			name_account(o, "Wachtrij", "Aanvragen");
			o->queue = true;
		}
		o->user_id = o->id + 70000;
		set_email(o);
	}
	qsort(c->owner, nr, sizeof(*c->owner), by_id);
	for (i = 0; i < nr; i++)
		if (c->owner[i].coach)
			c->coach[c->nr_coach++] = i;
		else if (!c->owner[i].queue)
			c->staff[c->nr_staff++] = i;
}

/*
 * Deals
 */
static bool
is_na_deal(uint32_t deal)
{
	return deal % 16 != 15;
}

bool
crm_is_na_contact(const struct crm *c, uint32_t index)
{
	uint64_t nr = c->nr[CRM_CONTACT], na = c->nr_na;

	return (index + UINT64_C(1)) * na / nr != index * na / nr;
}

/* The index of the contact that is the rank-th of the programme. */
static uint32_t
na_contact(const struct crm *c, uint32_t rank)
{
	uint64_t nr = c->nr[CRM_CONTACT], na = c->nr_na;

	return (uint32_t)(((rank + UINT64_C(1)) * nr + na - 1) / na - 1);
}

static uint32_t
some_na_contact(const struct crm *c, uint64_t drawn)
{
	uint32_t rank = draw_below(drawn, c->nr_na * 3 / 4 + 1);

	/* every fourth has no deal */
	rank += rank / 3;
	return na_contact(c, rank < c->nr_na ? rank : c->nr_na - 1);
}

size_t
crm_deal_contacts(const struct crm *c, uint32_t deal, uint32_t contact[2])
{
	uint64_t drawn = crm_draw(c, CRM_DEAL, deal, SALT_CONTACT);
	uint64_t second = crm_draw(c, CRM_DEAL, deal, SALT_SECOND);

	if (!is_na_deal(deal)) {
		contact[0] = draw_below(drawn, c->nr[CRM_CONTACT]);
		while (crm_is_na_contact(c, contact[0]))
			contact[0] = (contact[0] + 1) % c->nr[CRM_CONTACT];
		return 1;
	}
	/* one pharmacy's desk signs for a fifth of them */
	contact[0] = drawn % 5 == 0 ? na_contact(c, c->nr_na / 3)
				    : some_na_contact(c, drawn);
	contact[1] = some_na_contact(c, second);
	return second % 100 < 4 && contact[1] != contact[0] ? 2 : 1;
}

/* A coach by weight: total[i] is the sum up to and with coach i. */
static uint32_t
pick_coach(const struct crm *c, const double *total, double at)
{
	uint32_t low = 0, high = c->nr_coach - 1, mid;

	at *= total[high];
	while (low < high) {
		mid = (low + high) / 2;
		if (total[mid] > at)
			high = mid;
		else
			low = mid + 1;
	}
	return c->coach[low];
}

void
crm_story_deals(struct crm *c)
{
	double *total = xcalloc(c->nr_coach, sizeof(*total)), sum = 0;
	uint32_t i, nr = c->nr[CRM_DEAL], na = 0;
	uint64_t drawn;

	for (i = 0; i < c->nr_coach; i++)
		total[i] = sum += c->owner[c->coach[i]].weight;
	c->deal_owner = xcalloc(nr, sizeof(*c->deal_owner));
	for (i = 0; i < nr; i++) {
		drawn = crm_draw(c, CRM_DEAL, i, SALT_OWNER);
		if (!is_na_deal(i))
			c->deal_owner[i] =
			    c->staff[draw_below(drawn, c->nr_staff)];
		else if (na < c->nr_coach)
			c->deal_owner[i] = c->coach[na]; /* one for each */
		else if (drawn % 64 == 0)
			c->deal_owner[i] = UNOWNED;
		else
			c->deal_owner[i] =
			    pick_coach(c, total, draw_unit(drawn));
		na += is_na_deal(i);
	}
	free(total);
}

/* Days before "as of" that a deal was made. */
static double
deal_age_d(const struct crm *c, uint32_t deal, const struct crm_owner *owner)
{
	double u = draw_unit(crm_draw(c, CRM_DEAL, deal, SALT_CREATED));

	switch (deal) {
	case 201: /* at the edge of the month, a millisecond before, tomorrow */
		return 30;
	case 202:
		return 30 + 1.0 / 86400000;
	case 203:
		return -1;
	default:
		break;
	}
	if (owner != NULL && owner->dormant)
		return 31 + u * (DEALS_D - 31);
	if (u < 0.42)
		return u / 0.42 * 30;
	return 30 + (u - 0.42) / 0.58 * (DEALS_D - 30);
}

static enum crm_outcome
deal_outcome(const struct crm *c, uint32_t deal, double age_d,
    const struct crm_owner *owner)
{
	double u = draw_unit(crm_draw(c, CRM_DEAL, deal, SALT_OUTCOME));
	double open = age_d < 14   ? 0.6
		      : age_d < 30 ? 0.45
		      : age_d < 90 ? 0.2
				   : 0.06;
	double win = 0.3;

	if (owner != NULL && owner->coach) {
		open *= owner->open;
		win = owner->win;
	}
	if (u < open)
		return CRM_OPEN;
	u = (u - open) / (1 - open);
	return u < win ? CRM_WON : CRM_LOST;
}

static const struct crm_stage *
pick_stage(const struct crm_stage *stage, enum crm_outcome outcome, double u)
{
	const struct crm_stage *s, *last = stage;
	unsigned sum = 0;

	for (s = stage; s->id != NULL; s++)
		sum += s->outcome == outcome ? s->weight : 0;
	u *= sum;
	for (s = stage; s->id != NULL; s++) {
		if (s->outcome != outcome || s->weight == 0)
			continue;
		last = s;
		if (u < s->weight)
			break;
		u -= s->weight;
	}
	return last;
}

static instant_us
whole_ms(instant_us at)
{
	return at - at % 1000;
}

/* Between from and "as of", more often near the end. */
static instant_us
later(const struct crm *c, instant_us from, uint64_t drawn)
{
	double u = draw_unit(drawn);

	if (from >= c->conf.as_of)
		return from;
	return whole_ms(
	    c->conf.as_of -
	    (instant_us)(u * u * u * (double)(c->conf.as_of - from)));
}

static void
deal_facts(struct crm_view *v)
{
	const struct crm *c = v->crm;
	struct crm_facts *f = &v->facts;
	uint32_t deal = v->record.index, contact[2];
	uint64_t drawn = crm_draw(c, CRM_DEAL, deal, SALT_PIPELINE);
	const struct crm_owner *owner = NULL;
	double age_d;
	int which = COACHING;

	if (c->deal_owner[deal] != UNOWNED) {
		f->owner = (int32_t)c->deal_owner[deal];
		owner = &c->owner[f->owner];
	}
	f->na = is_na_deal(deal);
	crm_deal_contacts(c, deal, contact);
	f->contact = (int32_t)contact[0];
	f->company = crm_contact_company(c, contact[0], false);
	age_d = deal_age_d(c, deal, owner);
	f->created =
	    whole_ms(c->conf.as_of - (instant_us)(age_d * (double)DAY_US));
	if (!f->na)
		which = SALES;
	else if (draw_unit(drawn) < (owner == NULL ? 0.3 : owner->nabeller))
		which = NABELLER;
	f->pipeline = &deal_pipeline[which];
	f->stage =
	    pick_stage(f->pipeline->stage, deal_outcome(c, deal, age_d, owner),
		draw_unit(crm_draw(c, CRM_DEAL, deal, SALT_STAGE)));
	f->stage_unknown = f->na && drawn % 256 == 7;
	f->modified =
	    later(c, f->created, crm_draw(c, CRM_DEAL, deal, SALT_MODIFIED));
	if (f->stage->outcome != CRM_OPEN)
		f->closed = later(
		    c, f->created, crm_draw(c, CRM_DEAL, deal, SALT_CLOSED));
	drawn = crm_draw(c, CRM_DEAL, deal, SALT_AMOUNT);
	if (which == SALES)
		f->amount_cents = 250000 + 100 * draw_below(drawn, 42500);
	else
		f->amount_cents = drawn % 4 == 0   ? -1
				  : drawn % 4 == 1 ? 0
						   : 39500;
}

int32_t
crm_contact_company(const struct crm *c, uint32_t contact, bool second)
{
	uint64_t drawn =
	    crm_draw(c, CRM_CONTACT, contact, SALT_COMPANY + 100 * second);

	if (drawn % 100 >= (second ? COMPANY_SECOND : 85u))
		return -1;
	return (int32_t)draw_below(drawn, c->nr[CRM_COMPANY]);
}

static void
contact_facts(struct crm_view *v)
{
	const struct crm *c = v->crm;
	struct crm_facts *f = &v->facts;
	uint32_t contact = v->record.index, nr = c->nr[CRM_CONTACT];
	uint64_t drawn = crm_draw(c, CRM_CONTACT, contact, SALT_NAME);
	double u = draw_unit(crm_draw(c, CRM_CONTACT, contact, SALT_CREATED));
	size_t nr_link;

	f->first = draw_below(drawn, (uint32_t)crm_first_names);
	f->last = draw_below(drawn << 32, (uint32_t)crm_last_names);
	f->na = crm_is_na_contact(c, contact);
	f->company = crm_contact_company(c, contact, false);
	drawn = crm_draw(c, CRM_CONTACT, contact, SALT_OWNER);
	if (f->na && drawn % 10 > 0)
		f->owner = (int32_t)c->coach[draw_below(drawn, c->nr_coach)];
	else if (drawn % 3 > 0)
		f->owner = (int32_t)c->staff[draw_below(drawn, c->nr_staff)];
	/* the newest have the highest id */
	f->created = whole_ms(
	    c->conf.as_of -
	    (instant_us)((nr - contact - u) / nr * ACCOUNT_D * (double)DAY_US));
	f->modified = later(
	    c, f->created, crm_draw(c, CRM_CONTACT, contact, SALT_MODIFIED));
	/* one import touched three in ten of them in the same instant */
	if (contact >= nr * UINT64_C(3) / 10 && contact < nr * UINT64_C(6) / 10)
		f->modified = c->conf.as_of - 120 * DAY_US;
	crm_links(c, v->record, CRM_DEAL, &nr_link);
	f->deals = (uint32_t)nr_link;
}

uint32_t
crm_about_contact(const struct crm *c, enum crm_kind kind, uint32_t index)
{
	int32_t deal = crm_about_deal(c, kind, index);
	uint32_t contact[2];

	if (deal < 0)
		return draw_below(
		    crm_draw(c, kind, index, SALT_CONTACT), c->nr[CRM_CONTACT]);
	crm_deal_contacts(c, (uint32_t)deal, contact);
	return contact[0];
}

int32_t
crm_about_deal(const struct crm *c, enum crm_kind kind, uint32_t index)
{
	uint64_t drawn = crm_draw(c, kind, index, SALT_SECOND);

	if (kind == CRM_LINE_ITEM || kind == CRM_QUOTE)
		/* sales only */
		return (int32_t)(draw_below(drawn, c->nr[CRM_DEAL] / 16) * 16 +
				 15) %
		       (int32_t)c->nr[CRM_DEAL];
	if (kind == CRM_TICKET || kind == CRM_LEAD || kind == CRM_COURSE ||
	    drawn % 10 >= 6)
		return -1;
	return (int32_t)draw_below(drawn, c->nr[CRM_DEAL]);
}

static void
other_facts(struct crm_view *v)
{
	const struct crm *c = v->crm;
	struct crm_facts *f = &v->facts;
	enum crm_kind kind = v->record.kind;
	uint32_t index = v->record.index, nr = c->nr[kind];
	int days = kind == CRM_COMPANY || kind == CRM_PRODUCT ? ACCOUNT_D : 300;
	uint64_t drawn = crm_draw(c, kind, index, SALT_OWNER);
	double u = draw_unit(crm_draw(c, kind, index, SALT_CREATED));
	size_t nr_link;

	f->created = whole_ms(
	    c->conf.as_of -
	    (instant_us)((nr - index - u) / nr * days * (double)DAY_US));
	f->modified =
	    later(c, f->created, crm_draw(c, kind, index, SALT_MODIFIED));
	if (drawn % 8 > 0)
		f->owner =
		    drawn % 2
			? (int32_t)c->coach[draw_below(drawn, c->nr_coach)]
			: (int32_t)c->staff[draw_below(drawn, c->nr_staff)];
	if (kind == CRM_COMPANY) {
		crm_links(c, v->record, CRM_DEAL, &nr_link);
		f->deals = (uint32_t)nr_link;
		return;
	}
	if (kind != CRM_PRODUCT)
		f->contact = (int32_t)crm_about_contact(c, kind, index);
	if (kind == CRM_TICKET) {
		f->pipeline = ticket_pipeline;
		f->stage = pick_stage(
		    ticket_stage, index + nr / 5 < nr ? CRM_WON : CRM_OPEN, u);
	}
}

/* An archived record is made as the live one in its place, and has no links. */
void
crm_view(const struct crm *c, struct crm_record r, struct crm_view *v)
{
	*v = (struct crm_view){ c, r, crm_id(c, r),
		{ .owner = -1,
		    .contact = -1,
		    .company = -1,
		    .amount_cents = -1 } };
	if (r.archived)
		v->record.index = r.index * c->archived_step[r.kind];
	switch (r.kind) {
	case CRM_CONTACT:
		contact_facts(v);
		break;
	case CRM_DEAL:
		deal_facts(v);
		break;
	default:
		other_facts(v);
		break;
	}
	v->record = r;
}
