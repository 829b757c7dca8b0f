/*
 * The properties of each object: their definitions, and how a value is made
 * from the record's facts or, where no figure depends on it, from a draw.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "sandbox/crm_impl.h"

#define GEN(name)                                                            \
	static bool name(const struct crm_view *v, const struct crm_prop *p, \
	    struct buf *out)

static uint64_t
value_draw(const struct crm_view *v, const struct crm_prop *p)
{
	return crm_draw(v->crm, v->record.kind, v->record.index, p->salt);
}

/* Whether this record has none of it. */
static bool
is_null(const struct crm_prop *p, uint64_t drawn)
{
	return drawn % 100 < p->null_pct;
}

static void
put_uint(struct buf *out, uint64_t x)
{
	char digit[24];
	size_t at = sizeof(digit);

	do
		digit[--at] = (char)('0' + x % 10);
	while ((x /= 10) > 0);
	buf_add(out, digit + at, sizeof(digit) - at);
}

static void
put_two(char *p, unsigned x)
{
	p[0] = (char)('0' + x / 10);
	p[1] = (char)('0' + x % 10);
}

static void
put_day(struct buf *out, day_nr day)
{
	int year, month, mday;
	char t[10] = "....-..-..";

	day_to_civil(day, &year, &month, &mday);
	put_two(t, (unsigned)year / 100);
	put_two(t + 2, (unsigned)year % 100);
	put_two(t + 5, (unsigned)month);
	put_two(t + 8, (unsigned)mday);
	buf_add(out, t, sizeof(t));
}

void
crm_put_instant(struct buf *out, instant_us at)
{
	day_nr day = instant_day(at);
	unsigned ms = (unsigned)((at - instant_of_day(day)) / 1000);
	char t[14] = "T..:..:......Z";

	put_day(out, day);
	put_two(t + 1, ms / 3600000);
	put_two(t + 4, ms / 60000 % 60);
	put_two(t + 7, ms / 1000 % 60);
	t[9] = '.';
	t[10] = (char)('0' + ms / 100 % 10);
	put_two(t + 11, ms % 100);
	buf_add(out, t, sizeof(t));
}

static void
put_cents(struct buf *out, int64_t cents)
{
	char t[3] = ".00";

	put_uint(out, (uint64_t)cents / 100);
	put_two(t + 1, (unsigned)(cents % 100));
	buf_add(out, t, sizeof(t));
}

/*
 * What holds for every object
 */
GEN(gen_id)
{
	(void)p;
	put_uint(out, v->id);
	return true;
}

GEN(gen_created)
{
	(void)p;
	crm_put_instant(out, v->facts.created);
	return true;
}

GEN(gen_modified)
{
	(void)p;
	crm_put_instant(out, v->facts.modified);
	return true;
}

GEN(gen_owner)
{
	(void)p;
	if (v->facts.owner < 0)
		return false;
	put_uint(out, v->crm->owner[v->facts.owner].id);
	return true;
}

/* One of the words, the first ones more often. */
GEN(gen_pick)
{
	uint64_t drawn = value_draw(v, p);
	double u = draw_unit(drawn);
	uint32_t nr = 0;

	if (is_null(p, drawn))
		return false;
	while (p->words[nr] != NULL)
		nr++;
	buf_str(out, p->words[(uint32_t)(u * u * nr)]);
	return true;
}

/* A whole number from low to high, more often low. */
GEN(gen_number)
{
	uint64_t drawn = value_draw(v, p);
	double u = draw_unit(drawn);

	if (is_null(p, drawn))
		return false;
	put_uint(
	    out, (uint64_t)(p->low + (int)(u * u * (p->high - p->low + 1))));
	return true;
}

GEN(gen_money)
{
	uint64_t drawn = value_draw(v, p);

	if (is_null(p, drawn))
		return false;
	put_cents(out, 100 * (p->low + (int64_t)draw_below(drawn,
					   (uint32_t)(p->high - p->low + 1))));
	return true;
}

/* A time in the life of the record. */
GEN(gen_time)
{
	uint64_t drawn = value_draw(v, p);
	instant_us from = v->facts.created, to = v->crm->conf.as_of;
	instant_us at;

	if (is_null(p, drawn))
		return false;
	at = from >= to
		 ? from
		 : from + (instant_us)(draw_unit(drawn) * (double)(to - from));
	crm_put_instant(out, at - at % 1000);
	return true;
}

GEN(gen_day)
{
	uint64_t drawn = value_draw(v, p);

	if (is_null(p, drawn))
		return false;
	put_day(out, instant_day(v->facts.created) +
			 (day_nr)draw_below(drawn, (uint32_t)p->high));
	return true;
}

GEN(gen_url)
{
	static const char *const page[] = { "", "stoppen-met-roken",
		"apotheek/aanmelden", "coaches", "ervaringen",
		"blog/wat-kost-roken?utm_source=nieuwsbrief&utm_medium=email" };
	uint64_t drawn = value_draw(v, p);

	if (is_null(p, drawn))
		return false;
	buf_str(out, "https://www.example.org/");
	buf_str(out, page[draw_below(drawn, sizeof(page) / sizeof(*page))]);
	return true;
}

/* Words in a row, for subjects and bodies. */
GEN(gen_text)
{
	static const char *const word[] = { "afspraak", "gebeld", "over",
		"nicotinepleisters", "met", "coach", "volgende", "week",
		"terugbellen", "vraag", "\"kosten\"", "vergoeding",
		"zorgverzekeraar", "gestopt", "sinds", "motivatie", "intake",
		"geen", "gehoor", "voicemail", "ingesproken", "café", "prima",
		"✅" };
	uint64_t drawn = value_draw(v, p);
	uint32_t nr, i;

	if (is_null(p, drawn))
		return false;
	nr = (uint32_t)p->low +
	     draw_below(drawn, (uint32_t)(p->high - p->low + 1));
	for (i = 0; i < nr; i++) {
		if (i > 0)
			buf_char(out, i % 9 == 8 ? '\n' : ' ');
		drawn = draw_mix(drawn);
		buf_str(
		    out, word[draw_below(drawn, sizeof(word) / sizeof(*word))]);
	}
	return true;
}

/*
 * Contacts and companies
 */
static void
put_contact_name(
    const struct crm *c, uint32_t contact, struct buf *out, bool first)
{
	uint64_t drawn = crm_draw(c, CRM_CONTACT, contact, SALT_NAME);

	if (first) {
		buf_str(out, crm_first_name[draw_below(
				 drawn, (uint32_t)crm_first_names)]);
		buf_char(out, ' ');
	}
	buf_str(out,
	    crm_last_name[draw_below(drawn << 32, (uint32_t)crm_last_names)]);
}

GEN(gen_first_name)
{
	(void)p;
	buf_str(out, crm_first_name[v->facts.first]);
	return true;
}

GEN(gen_last_name)
{
	if (is_null(p, value_draw(v, p)))
		return false;
	buf_str(out, crm_last_name[v->facts.last]);
	return true;
}

/* Unique, and the id can be read from it. */
GEN(gen_email)
{
	const char *s;

	if (is_null(p, value_draw(v, p)))
		return false;
	for (s = crm_first_name[v->facts.first]; *s != '\0'; s++)
		if (*s >= 'A' && *s <= 'Z')
			buf_char(out, (char)(*s | 0x20));
		else if (*s >= 'a' && *s <= 'z')
			buf_char(out, *s);
	buf_char(out, '.');
	put_uint(out, v->id);
	buf_str(out, "@example.org");
	return true;
}

GEN(gen_phone)
{
	uint64_t drawn = value_draw(v, p);

	if (is_null(p, drawn))
		return false;
	/* 06 numbers that are in use by nobody begin with four zeros */
	buf_str(out, "+31 6 0000");
	put_uint(out, 1000 + draw_below(drawn, 9000));
	return true;
}

static void
put_company_name(const struct crm *c, uint32_t company, struct buf *out)
{
	uint64_t drawn = crm_draw(c, CRM_COMPANY, company, SALT_NAME);

	buf_str(out,
	    crm_company_head[draw_below(drawn, (uint32_t)crm_company_heads)]);
	buf_char(out, ' ');
	buf_str(out, crm_company_tail[draw_below(
			 drawn << 32, (uint32_t)crm_company_tails)]);
	if (drawn % 7 == 0)
		buf_str(out, " B.V.");
}

GEN(gen_company)
{
	(void)p;
	if (v->facts.company < 0)
		return false;
	put_company_name(v->crm, (uint32_t)v->facts.company, out);
	return true;
}

GEN(gen_company_name)
{
	(void)p;
	put_company_name(v->crm, v->record.index, out);
	return true;
}

GEN(gen_domain)
{
	if (is_null(p, value_draw(v, p)))
		return false;
	buf_str(out, "bedrijf-");
	put_uint(out, v->id);
	buf_str(out, ".example");
	return true;
}

/* Who sent the contact: the programme for its own, never for the others. */
GEN(gen_sent_by)
{
	uint64_t drawn = value_draw(v, p);
	uint32_t nr = 0;

	if (v->facts.na) {
		buf_str(out, p->words[0]);
		return true;
	}
	if (is_null(p, drawn))
		return false;
	while (p->words[nr + 1] != NULL)
		nr++;
	buf_str(out, p->words[1 + draw_below(drawn, nr)]);
	return true;
}

GEN(gen_deals)
{
	(void)p;
	if (v->facts.deals == 0 && p->null_pct > 0)
		return false;
	put_uint(out, v->facts.deals);
	return true;
}

GEN(gen_contacts)
{
	size_t nr;

	(void)p;
	crm_links(v->crm, v->record, CRM_CONTACT, &nr);
	put_uint(out, nr);
	return true;
}

/* Those with deals have come further. */
GEN(gen_lifecycle)
{
	uint32_t nr = 0, at;

	while (p->words[nr] != NULL)
		nr++;
	at = draw_below(value_draw(v, p), nr);
	buf_str(out, p->words[v->facts.deals > 0 && at < 4 ? 4 : at]);
	return true;
}

/*
 * Deals
 */
GEN(gen_deal_name)
{
	(void)p;
	if (!v->facts.na && v->facts.company >= 0) {
		put_company_name(v->crm, (uint32_t)v->facts.company, out);
		buf_str(out, " - vitaliteitsprogramma");
		return true;
	}
	buf_str(out, v->record.index % 50 == 3 ? "\"Groep\", begeleiding "
					       : "Begeleiding ");
	put_contact_name(v->crm, (uint32_t)v->facts.contact, out, true);
	return true;
}

/* Mostly a date; now and then what imports and people make of it. */
GEN(gen_deal_created)
{
	uint64_t drawn = crm_draw(v->crm, CRM_DEAL, v->record.index, SALT_ODD);
	instant_us at = v->facts.created;

	(void)p;
	switch (v->facts.na ? drawn % 400 : 99) {
	case 0:
	case 1:
		return false;
	case 2:
		buf_str(out, "onbekend");
		return true;
	case 3:
		put_uint(out, (uint64_t)at / 1000);
		return true;
	case 4:
		put_day(out, instant_day(at));
		return true;
	case 5: /* the same instant, an hour to the east */
		crm_put_instant(out, at + INSTANT_DAY_US / 24);
		out->len--;
		buf_str(out, "+01:00");
		return true;
	case 6: /* no zone */
		crm_put_instant(out, at);
		out->len--;
		out->p[out->len] = '\0';
		return true;
	case 7: /* no fraction */
		crm_put_instant(out, at);
		out->len -= 5;
		buf_char(out, 'Z');
		return true;
	default:
		crm_put_instant(out, at);
		return true;
	}
}

GEN(gen_pipeline)
{
	(void)p;
	if (v->facts.pipeline == NULL)
		return false;
	buf_str(out, v->facts.pipeline->id);
	return true;
}

GEN(gen_stage)
{
	(void)p;
	if (v->facts.stage == NULL)
		return false;
	buf_str(out, v->facts.stage_unknown ? "15419999" : v->facts.stage->id);
	return true;
}

GEN(gen_close_date)
{
	const struct crm_facts *f = &v->facts;

	if (f->closed == 0 && is_null(p, value_draw(v, p)))
		return false;
	crm_put_instant(
	    out, f->closed == 0 ? f->created + 60 * DAY_US : f->closed);
	return true;
}

static bool
is_closed(const struct crm_stage *s)
{
	return s->closed != NULL && strcmp(s->closed, "true") == 0;
}

/* As the vendor reckons it: a closed stage of probability 1. */
static bool
is_closed_as(const struct crm_stage *s, const char *probability)
{
	return is_closed(s) && strcmp(s->probability, probability) == 0;
}

GEN(gen_closed)
{
	(void)p;
	buf_str(out, is_closed(v->facts.stage) ? "true" : "false");
	return true;
}

GEN(gen_closed_won)
{
	bool won = is_closed_as(v->facts.stage, "1.0");

	if (!won && is_null(p, value_draw(v, p)))
		return false;
	buf_str(out, won ? "true" : "false");
	return true;
}

GEN(gen_closed_lost)
{
	bool lost = is_closed_as(v->facts.stage, "0.0");

	if (!lost && is_null(p, value_draw(v, p)))
		return false;
	buf_str(out, lost ? "true" : "false");
	return true;
}

GEN(gen_probability)
{
	(void)p;
	if (v->facts.stage->probability == NULL)
		return false;
	buf_str(out, v->facts.stage->probability);
	return true;
}

GEN(gen_amount)
{
	(void)p;
	if (v->facts.amount_cents < 0)
		return false;
	put_cents(out, v->facts.amount_cents);
	return true;
}

GEN(gen_closed_amount)
{
	(void)p;
	if (v->facts.amount_cents < 0)
		return false;
	put_cents(out,
	    is_closed_as(v->facts.stage, "1.0") ? v->facts.amount_cents : 0);
	return true;
}

/* Chosen only where a deal ended so: low 1 for won, 0 for lost. */
GEN(gen_reason)
{
	if (!is_closed_as(v->facts.stage, p->low == 1 ? "1.0" : "0.0"))
		return false;
	return gen_pick(v, p, out);
}

/* The index of the stage in the sales pipeline whose name ends p's. */
static int
sales_stage_of(const struct crm_view *v, const struct crm_prop *p)
{
	const struct crm_stage *s = v->facts.pipeline->stage;
	size_t len = strlen(p->name), tail;
	int i;

	for (i = 0; s[i].id != NULL; i++) {
		tail = strlen(s[i].id);
		if (tail < len && strcmp(p->name + len - tail, s[i].id) == 0)
			return i;
	}
	return -1;
}

/* When a sales deal came into a stage: it passes them in order. */
static bool
entered_at(const struct crm_view *v, int stage, instant_us *at)
{
	const struct crm_facts *f = &v->facts;
	int now = (int)(f->stage - f->pipeline->stage);
	instant_us end = f->closed > 0 ? f->closed : v->crm->conf.as_of;
	bool closes = f->pipeline->stage[stage].outcome != CRM_OPEN;

	if (stage < 0 || f->na || (closes ? stage != now : stage > now))
		return false;
	*at = f->created;
	if (end > f->created)
		*at += (end - f->created) / 6 * (closes ? 6 : stage);
	*at -= *at % 1000;
	return true;
}

GEN(gen_stage_entered)
{
	int stage = sales_stage_of(v, p);
	instant_us at;

	if (stage < 0 || !entered_at(v, stage, &at))
		return false;
	crm_put_instant(out, at);
	return true;
}

GEN(gen_stage_time)
{
	int stage = sales_stage_of(v, p);
	instant_us from, to;

	if (stage < 0 || !entered_at(v, stage, &from))
		return false;
	if (!entered_at(v, stage + 1, &to) || to < from)
		to = v->crm->conf.as_of > from ? v->crm->conf.as_of : from;
	put_uint(out, (uint64_t)(to - from) / 1000);
	return true;
}

/*
 * The rest
 */
GEN(gen_about)
{
	static const char *const head[CRM_KINDS] = {
		[CRM_CALL] = "Belafspraak ",
		[CRM_MEETING] = "Intake ",
		[CRM_TASK] = "Terugbellen: ",
		[CRM_EMAIL] = "Re: begeleiding ",
		[CRM_TICKET] = "Vraag van ",
		[CRM_LEAD] = "Aanvraag ",
		[CRM_QUOTE] = "Offerte ",
	};

	(void)p;
	if (head[v->record.kind] != NULL)
		buf_str(out, head[v->record.kind]);
	put_contact_name(v->crm, (uint32_t)v->facts.contact, out, true);
	return true;
}

/* The start and the end of a meeting: low minutes after it was planned. */
GEN(gen_meeting_time)
{
	crm_put_instant(
	    out, v->facts.created + (instant_us)p->low * 60 * 1000000);
	return true;
}

GEN(gen_done_time)
{
	if (value_draw(v, p) % 3 == 0)
		return false;
	crm_put_instant(out, v->facts.modified);
	return true;
}

GEN(gen_serial)
{
	buf_str(out, p->words[0]);
	put_uint(out, v->record.index + 1);
	return true;
}

GEN(gen_coach_name)
{
	const struct crm_owner *o;

	(void)p;
	if (v->facts.owner < 0)
		return false;
	o = &v->crm->owner[v->facts.owner];
	buf_str(out, o->first);
	buf_char(out, ' ');
	buf_str(out, o->last);
	return true;
}

/*
 * Tables
 */
#define W(...) ((const char *const[]){ __VA_ARGS__, NULL })

#define LIFECYCLE                                         \
	W("subscriber", "lead", "marketingqualifiedlead", \
	    "salesqualifiedlead", "opportunity", "customer")
#define SOURCE                                                        \
	W("OFFLINE", "ORGANIC_SEARCH", "DIRECT_TRAFFIC", "REFERRALS", \
	    "PAID_SEARCH", "EMAIL_MARKETING", "SOCIAL_MEDIA")

#define STRING(name, label) name, label, "string", "text"
#define AREA(name, label)   name, label, "string", "textarea"
#define NUMBER(name, label) name, label, "number", "number"
#define TIME(name, label)   name, label, "datetime", "date"
#define DAY(name, label)    name, label, "date", "date"
#define CHOICE(name, label) name, label, "enumeration", "select"
#define FLAG(name, label)   name, label, "bool", "booleancheckbox"

#define ID                                                          \
	{                                                           \
		NUMBER("hs_object_id", "Record ID"), .gen = gen_id, \
						     .unique = true \
	}
#define OWNER                                                         \
	{                                                             \
		CHOICE("hubspot_owner_id", "Owner"), .gen = gen_owner \
	}
#define CREATED(name)                                         \
	{                                                     \
		TIME(name, "Create date"), .gen = gen_created \
	}
#define MODIFIED(name)                                                \
	{                                                             \
		TIME(name, "Last modified date"), .gen = gen_modified \
	}
#define BECAME(stage, label)                                                 \
	{                                                                    \
		TIME("hs_lifecyclestage_" stage "_date", "Became a " label), \
		    .gen = gen_time, .null_pct = 70                          \
	}
#define ENTERED(stage, label)                                     \
	{                                                         \
		TIME("hs_date_entered_" stage, "Entered " label), \
		    .gen = gen_stage_entered                      \
	}
#define SPENT(stage, label)                                    \
	{                                                      \
		NUMBER("hs_time_in_" stage, "Time in " label), \
		    .gen = gen_stage_time                      \
	}

static const struct crm_prop contact_prop[] = {
	ID,
	OWNER,
	CREATED("createdate"),
	MODIFIED("lastmodifieddate"),
	{ STRING("firstname", "First name"), .gen = gen_first_name },
	{ STRING("lastname", "Last name"), .gen = gen_last_name,
	    .null_pct = 2 },
	{ STRING("email", "Email"), .gen = gen_email, .null_pct = 4,
	    .unique = true },
	{ "phone", "Phone number", "string", "phonenumber", .gen = gen_phone,
	    .null_pct = 20 },
	{ STRING("company", "Company name"), .gen = gen_company },
	{ STRING("city", "City"), .gen = gen_pick, .words = crm_city,
	    .null_pct = 15 },
	{ CHOICE("aangebracht_door", "Aangebracht door"), .group = "coaching",
	    .gen = gen_sent_by,
	    .words = W("Nationale Apotheek", "Huisarts", "Zorgverzekeraar",
		"Werkgever", "Website", "Apotheek"),
	    .null_pct = 25, .own = true },
	{ CHOICE("lifecyclestage", "Lifecycle stage"), .gen = gen_lifecycle,
	    .words = LIFECYCLE },
	{ CHOICE("hs_lead_status", "Lead status"), .gen = gen_pick,
	    .words =
		W("NEW", "OPEN", "IN_PROGRESS", "CONNECTED", "UNQUALIFIED"),
	    .null_pct = 40 },
	{ CHOICE("hs_analytics_source", "Original source"),
	    .group = "analytics", .gen = gen_pick, .words = SOURCE,
	    .null_pct = 5 },
	{ STRING("hs_analytics_source_data_1", "Drill-down 1"),
	    .group = "analytics", .gen = gen_pick,
	    .words = W("IMPORT", "google", "apotheek-formulier", "nieuwsbrief",
		"www.example.org/stoppen"),
	    .null_pct = 20 },
	{ STRING("hs_analytics_source_data_2", "Drill-down 2"),
	    .group = "analytics", .gen = gen_pick,
	    .words = W("import-apotheken-2026", "stoppen met roken",
		"coach in de buurt"),
	    .null_pct = 55 },
	{ NUMBER("hs_analytics_num_page_views", "Number of page views"),
	    .group = "analytics", .gen = gen_number, .high = 60 },
	{ NUMBER("hs_analytics_num_visits", "Number of sessions"),
	    .group = "analytics", .gen = gen_number, .high = 14 },
	{ NUMBER("hs_analytics_num_event_completions",
	      "Number of event completions"),
	    .group = "analytics", .gen = gen_number, .high = 6 },
	{ TIME("hs_analytics_first_visit_timestamp", "Time first seen"),
	    .group = "analytics", .gen = gen_time, .null_pct = 45 },
	{ TIME("hs_analytics_last_visit_timestamp", "Time of last session"),
	    .group = "analytics", .gen = gen_time, .null_pct = 45 },
	{ STRING("hs_analytics_first_url", "First page seen"),
	    .group = "analytics", .gen = gen_url, .null_pct = 50 },
	{ STRING("hs_analytics_last_url", "Last page seen"),
	    .group = "analytics", .gen = gen_url, .null_pct = 60 },
	{ TIME("hs_email_last_open_date", "Last email open date"),
	    .gen = gen_time, .null_pct = 60 },
	{ TIME("hs_email_last_click_date", "Last email click date"),
	    .gen = gen_time, .null_pct = 70 },
	{ TIME("hs_latest_meeting_activity", "Latest meeting activity"),
	    .gen = gen_time, .null_pct = 80 },
	{ TIME("notes_last_updated", "Last activity date"), .gen = gen_time,
	    .null_pct = 50 },
	{ NUMBER("num_associated_deals", "Number of associated deals"),
	    .gen = gen_deals, .null_pct = 1 },
	BECAME("lead", "lead"),
	BECAME("marketingqualifiedlead", "marketing qualified lead"),
	BECAME("salesqualifiedlead", "sales qualified lead"),
	BECAME("opportunity", "opportunity"),
	BECAME("customer", "customer"),
	{ STRING("first_conversion_event_name", "First conversion"),
	    .gen = gen_pick,
	    .words =
		W("Aanmelden: Apotheek", "Contactformulier", "Download folder"),
	    .null_pct = 65 },
	{ TIME("first_conversion_date", "First conversion date"),
	    .gen = gen_time, .null_pct = 65 },
	{ STRING("recent_conversion_event_name", "Recent conversion"),
	    .gen = gen_pick,
	    .words = W("Contactformulier", "Aanmelden: Apotheek", "Chat"),
	    .null_pct = 65 },
	{ TIME("recent_conversion_date", "Recent conversion date"),
	    .gen = gen_time, .null_pct = 65 },
	{ 0 },
};

static const struct crm_prop company_prop[] = {
	ID,
	OWNER,
	CREATED("createdate"),
	MODIFIED("hs_lastmodifieddate"),
	{ STRING("name", "Company name"), .gen = gen_company_name },
	{ STRING("domain", "Company domain name"), .gen = gen_domain,
	    .null_pct = 10 },
	{ CHOICE("industry", "Industry"), .gen = gen_pick,
	    .words =
		W("HOSPITAL_HEALTH_CARE", "PHARMACEUTICALS", "CONSTRUCTION",
		    "EDUCATION_MANAGEMENT", "TRANSPORTATION_TRUCKING_RAILROAD"),
	    .null_pct = 20 },
	{ NUMBER("annualrevenue", "Annual revenue"), .gen = gen_number,
	    .low = 50000, .high = 9000000, .null_pct = 40 },
	{ NUMBER("numberofemployees", "Number of employees"), .gen = gen_number,
	    .low = 1, .high = 900, .null_pct = 30 },
	{ CHOICE("lifecyclestage", "Lifecycle stage"), .gen = gen_lifecycle,
	    .words = LIFECYCLE },
	{ CHOICE("hs_analytics_source", "Original source"),
	    .group = "analytics", .gen = gen_pick, .words = SOURCE,
	    .null_pct = 10 },
	{ NUMBER("num_associated_contacts", "Number of contacts"),
	    .gen = gen_contacts },
	{ NUMBER("num_associated_deals", "Number of deals"), .gen = gen_deals,
	    .null_pct = 1 },
	{ NUMBER("total_revenue", "Total revenue"), .gen = gen_money,
	    .low = 1000, .high = 60000, .null_pct = 80 },
	{ STRING("city", "City"), .gen = gen_pick, .words = crm_city,
	    .null_pct = 5 },
	{ "phone", "Phone number", "string", "phonenumber", .gen = gen_phone,
	    .null_pct = 30 },
	{ 0 },
};

static const struct crm_prop deal_prop[] = {
	ID,
	OWNER,
	{ TIME("createdate", "Create date"), .gen = gen_deal_created },
	MODIFIED("hs_lastmodifieddate"),
	{ STRING("dealname", "Deal name"), .gen = gen_deal_name },
	{ "dealstage", "Deal stage", "enumeration", "radio", .gen = gen_stage },
	{ CHOICE("pipeline", "Pipeline"), .gen = gen_pipeline },
	{ NUMBER("amount", "Amount"), .gen = gen_amount },
	{ TIME("closedate", "Close date"), .gen = gen_close_date,
	    .null_pct = 60 },
	{ NUMBER("hs_deal_stage_probability", "Deal probability"),
	    .gen = gen_probability },
	{ FLAG("hs_is_closed", "Is deal closed?"), .gen = gen_closed },
	{ FLAG("hs_is_closed_won", "Is closed won"), .gen = gen_closed_won,
	    .null_pct = 3 },
	{ FLAG("hs_is_closed_lost", "Is closed lost"), .gen = gen_closed_lost,
	    .null_pct = 3 },
	{ CHOICE("hs_analytics_source", "Original source"),
	    .group = "analytics", .gen = gen_pick, .words = SOURCE,
	    .null_pct = 10 },
	{ STRING("hs_analytics_source_data_1", "Drill-down 1"),
	    .group = "analytics", .gen = gen_pick,
	    .words = W("IMPORT", "CRM_UI", "google"), .null_pct = 20 },
	{ CHOICE("dealtype", "Deal type"), .gen = gen_pick,
	    .words = W("newbusiness", "existingbusiness"), .null_pct = 30 },
	{ NUMBER("hs_closed_amount", "Closed amount"),
	    .gen = gen_closed_amount },
	{ NUMBER("hs_forecast_amount", "Forecast amount"), .gen = gen_amount },
	{ NUMBER("hs_forecast_probability", "Forecast probability"),
	    .gen = gen_probability },
	{ NUMBER("hs_projected_amount", "Weighted amount"), .gen = gen_amount },
	ENTERED("appointmentscheduled", "appointment scheduled"),
	ENTERED("qualifiedtobuy", "qualified to buy"),
	ENTERED("presentationscheduled", "presentation scheduled"),
	ENTERED("decisionmakerboughtin", "decision maker bought-in"),
	ENTERED("contractsent", "contract sent"),
	ENTERED("closedwon", "closed won"),
	ENTERED("closedlost", "closed lost"),
	SPENT("appointmentscheduled", "appointment scheduled"),
	SPENT("qualifiedtobuy", "qualified to buy"),
	SPENT("presentationscheduled", "presentation scheduled"),
	SPENT("decisionmakerboughtin", "decision maker bought-in"),
	SPENT("contractsent", "contract sent"),
	{ TIME("notes_last_updated", "Last activity date"), .gen = gen_time,
	    .null_pct = 40 },
	{ STRING("closed_lost_reason", "Closed lost reason"), .gen = gen_reason,
	    .words = W("Geen motivatie", "Te duur", "Andere aanbieder",
		"Niet bereikt"),
	    .low = 0, .null_pct = 40 },
	{ STRING("closed_won_reason", "Closed won reason"), .gen = gen_reason,
	    .words = W("Vergoed door verzekeraar", "Goede klik", "Aanbevolen"),
	    .low = 1, .null_pct = 40 },
	{ 0 },
};

static const struct crm_prop ticket_prop[] = {
	ID,
	OWNER,
	CREATED("createdate"),
	MODIFIED("hs_lastmodifieddate"),
	{ STRING("subject", "Ticket name"), .gen = gen_about },
	{ AREA("content", "Ticket description"), .gen = gen_text, .low = 4,
	    .high = 30 },
	{ CHOICE("hs_pipeline", "Pipeline"), .gen = gen_pipeline },
	{ CHOICE("hs_pipeline_stage", "Ticket status"), .gen = gen_stage },
	{ CHOICE("hs_ticket_priority", "Priority"), .gen = gen_pick,
	    .words = W("LOW", "MEDIUM", "HIGH", "URGENT"), .null_pct = 20 },
	{ 0 },
};

#define ENGAGEMENT \
	ID, OWNER, CREATED("hs_createdate"), MODIFIED("hs_lastmodifieddate")
#define ACTIVITY                                                          \
	ENGAGEMENT,                                                       \
	{                                                                 \
		TIME("hs_timestamp", "Activity date"), .gen = gen_created \
	}

static const struct crm_prop lead_prop[] = {
	ENGAGEMENT,
	{ STRING("hs_lead_name", "Lead name"), .gen = gen_about },
	{ CHOICE("hs_lead_type", "Lead type"), .gen = gen_pick,
	    .words = W("NEW_BUSINESS", "RE_ATTEMPTING", "UPSELL"),
	    .null_pct = 10 },
	{ CHOICE("hs_lead_label", "Lead label"), .gen = gen_pick,
	    .words = W("WARM", "HOT", "COLD"), .null_pct = 25 },
	{ 0 },
};

static const struct crm_prop call_prop[] = {
	ACTIVITY,
	{ STRING("hs_call_title", "Call title"), .gen = gen_about },
	{ AREA("hs_call_body", "Call notes"), .gen = gen_text, .low = 3,
	    .high = 25, .null_pct = 20 },
	{ NUMBER("hs_call_duration", "Call duration"), .gen = gen_number,
	    .low = 0, .high = 2700000, .null_pct = 10 },
	{ CHOICE("hs_call_direction", "Call direction"), .gen = gen_pick,
	    .words = W("OUTBOUND", "INBOUND"), .null_pct = 3 },
	{ CHOICE("hs_call_disposition", "Call outcome"), .gen = gen_pick,
	    .words = W("f240bbac-87c9-4f6e-bf70-924b57d47db7",
		"73a0d17f-1163-4015-bdd5-ec830791da20",
		"b2cf5968-551e-4856-9783-52b3da59a7d0",
		"9d9162e7-6cf3-4944-bf63-4dff82258764"),
	    .null_pct = 15 },
	{ 0 },
};

static const struct crm_prop meeting_prop[] = {
	ACTIVITY,
	{ STRING("hs_meeting_title", "Meeting name"), .gen = gen_about },
	{ CHOICE("hs_meeting_outcome", "Meeting outcome"), .gen = gen_pick,
	    .words = W(
		"COMPLETED", "SCHEDULED", "NO_SHOW", "CANCELED", "RESCHEDULED"),
	    .null_pct = 15 },
	{ TIME("hs_meeting_start_time", "Start time"), .gen = gen_meeting_time,
	    .low = 0 },
	{ TIME("hs_meeting_end_time", "End time"), .gen = gen_meeting_time,
	    .low = 45 },
	{ 0 },
};

static const struct crm_prop task_prop[] = {
	ACTIVITY,
	{ STRING("hs_task_subject", "Task title"), .gen = gen_about },
	{ AREA("hs_task_body", "Task notes"), .gen = gen_text, .low = 2,
	    .high = 20, .null_pct = 50 },
	{ CHOICE("hs_task_status", "Task status"), .gen = gen_pick,
	    .words = W("COMPLETED", "NOT_STARTED", "IN_PROGRESS", "WAITING",
		"DEFERRED") },
	{ CHOICE("hs_task_priority", "Priority"), .gen = gen_pick,
	    .words = W("NONE", "MEDIUM", "HIGH", "LOW"), .null_pct = 10 },
	{ TIME("hs_task_completion_date", "Completed at"),
	    .gen = gen_done_time },
	{ 0 },
};

static const struct crm_prop note_prop[] = {
	ACTIVITY,
	{ AREA("hs_note_body", "Note body"), .gen = gen_text, .low = 6,
	    .high = 70 },
	{ 0 },
};

static const struct crm_prop email_prop[] = {
	ACTIVITY,
	{ STRING("hs_email_subject", "Email subject"), .gen = gen_about },
	{ AREA("hs_email_text", "Text body"), .gen = gen_text, .low = 10,
	    .high = 80 },
	{ CHOICE("hs_email_direction", "Email direction"), .gen = gen_pick,
	    .words = W("EMAIL", "INCOMING_EMAIL", "FORWARDED_EMAIL") },
	{ CHOICE("hs_email_status", "Email send status"), .gen = gen_pick,
	    .words = W("SENT", "SCHEDULED", "FAILED", "BOUNCED"),
	    .null_pct = 10 },
	{ 0 },
};

static const struct crm_prop line_item_prop[] = {
	ENGAGEMENT,
	{ STRING("name", "Name"), .gen = gen_pick,
	    .words = W("Groepstraining", "Vitaliteitsscan",
		"Coachtraject 3 maanden", "Licentie app") },
	{ NUMBER("quantity", "Quantity"), .gen = gen_number, .low = 1,
	    .high = 40 },
	{ NUMBER("price", "Unit price"), .gen = gen_money, .low = 25,
	    .high = 950 },
	{ 0 },
};

static const struct crm_prop product_prop[] = {
	ENGAGEMENT,
	{ STRING("name", "Name"), .gen = gen_serial, .words = W("Product ") },
	{ STRING("hs_sku", "SKU"), .gen = gen_serial, .words = W("KP-00") },
	{ NUMBER("price", "Unit price"), .gen = gen_money, .low = 25,
	    .high = 950 },
	{ 0 },
};

static const struct crm_prop quote_prop[] = {
	ENGAGEMENT,
	{ STRING("hs_title", "Quote title"), .gen = gen_about },
	{ CHOICE("hs_status", "Quote status"), .gen = gen_pick,
	    .words = W("APPROVAL_NOT_NEEDED", "DRAFT", "PENDING_APPROVAL") },
	{ DAY("hs_expiration_date", "Expiration date"), .gen = gen_day,
	    .high = 90 },
	{ 0 },
};

static const struct crm_prop course_prop[] = {
	ENGAGEMENT,
	{ STRING("naam", "Naam"), .gen = gen_serial,
	    .words = W("Groepscursus "), .own = true },
	{ DAY("startdatum", "Startdatum"), .gen = gen_day, .high = 60,
	    .own = true },
	{ NUMBER("plaatsen", "Plaatsen"), .gen = gen_number, .low = 6,
	    .high = 16, .own = true },
	{ STRING("coach", "Coach"), .gen = gen_coach_name, .own = true },
	{ 0 },
};

static const struct crm_prop *const table[CRM_KINDS] = {
	[CRM_CONTACT] = contact_prop,
	[CRM_COMPANY] = company_prop,
	[CRM_DEAL] = deal_prop,
	[CRM_TICKET] = ticket_prop,
	[CRM_LEAD] = lead_prop,
	[CRM_CALL] = call_prop,
	[CRM_MEETING] = meeting_prop,
	[CRM_TASK] = task_prop,
	[CRM_NOTE] = note_prop,
	[CRM_EMAIL] = email_prop,
	[CRM_LINE_ITEM] = line_item_prop,
	[CRM_PRODUCT] = product_prop,
	[CRM_QUOTE] = quote_prop,
	[CRM_COURSE] = course_prop,
};

static int
by_name(const void *a, const void *b)
{
	const struct crm_prop *x = a, *y = b;

	return strcmp(x->name, y->name);
}

/* FNV-1a, so that a property's values stay when others are added. */
static uint32_t
salt_of(const char *name)
{
	uint32_t x = 2166136261u;

	for (; *name != '\0'; name++)
		x = (x ^ (unsigned char)*name) * 16777619u;
	/* past the salts of the story */
	return x | 0x80000000u;
}

static void
make_extra(struct crm *c)
{
	unsigned i;

	c->extra_name = xcalloc(c->conf.extra + 1, sizeof(*c->extra_name));
	for (i = 0; i < c->conf.extra; i++) {
		snprintf(c->extra_name[i][0], sizeof(c->extra_name[i][0]),
		    "enquete_vitaliteit_vraag_%04u", i + 1);
		snprintf(c->extra_name[i][1], sizeof(c->extra_name[i][1]),
		    "Enquête vitaliteit, vraag %u", i + 1);
	}
}

void
crm_props_make(struct crm *c)
{
	static const char *const answer[] = { "ja", "nee", "weet niet", NULL };
	struct crm_prop *prop;
	size_t nr, i;
	unsigned k;
	int kind;

	make_extra(c);
	for (kind = 0; kind < CRM_KINDS; kind++) {
		for (nr = 0; table[kind][nr].name != NULL; nr++)
			;
		prop = xcalloc(nr + c->conf.extra, sizeof(*prop));
		memcpy(prop, table[kind], nr * sizeof(*prop));
		for (k = 0; k < c->conf.extra; k++)
			prop[nr++] = (struct crm_prop){ c->extra_name[k][0],
				c->extra_name[k][1], "enumeration", "radio",
				.group = "enquete", .gen = gen_pick,
				.words = answer, .null_pct = 90, .own = true };
		qsort(prop, nr, sizeof(*prop), by_name);
		c->prop_map[kind] = map_new();
		for (i = 0; i < nr; i++) {
			prop[i].salt = salt_of(prop[i].name);
			map_put(c->prop_map[kind], text_of(prop[i].name), i);
		}
		c->prop[kind] = prop;
		c->nr_prop[kind] = nr;
	}
}

void
crm_props_free(struct crm *c)
{
	int kind;

	for (kind = 0; kind < CRM_KINDS; kind++) {
		map_free(c->prop_map[kind]);
		free(c->prop[kind]);
	}
	free(c->extra_name);
}

const struct crm_prop *
crm_props(const struct crm *c, enum crm_kind kind, size_t *nr)
{
	*nr = c->nr_prop[kind];
	return c->prop[kind];
}

const struct crm_prop *
crm_prop(const struct crm *c, enum crm_kind kind, struct text name)
{
	size_t at = map_get(c->prop_map[kind], name);

	return at == MAP_NONE ? NULL : &c->prop[kind][at];
}

/* The stages and pipelines of a kind, which deals and tickets choose from. */
static size_t
pipeline_options(
    enum crm_kind kind, bool stages, struct crm_option *option, size_t max)
{
	const struct crm_pipeline *p;
	const struct crm_stage *s;
	size_t nr = 0;

	for (p = crm_pipelines(kind); p->id != NULL; p++) {
		if (!stages && nr < max)
			option[nr++] = (struct crm_option){ p->id, p->label };
		for (s = p->stage; stages && s->id != NULL; s++)
			if (nr < max)
				option[nr++] =
				    (struct crm_option){ s->id, s->label };
	}
	return nr;
}

size_t
crm_prop_options(
    const struct crm_prop *p, struct crm_option *option, size_t max)
{
	enum crm_kind kind =
	    strncmp(p->name, "hs_", 3) == 0 ? CRM_TICKET : CRM_DEAL;
	size_t nr = 0;

	if (strcmp(p->type, "bool") == 0) {
		option[0] = (struct crm_option){ "true", "True" };
		option[1] = (struct crm_option){ "false", "False" };
		return 2;
	}
	if (strcmp(p->type, "enumeration") != 0)
		return 0;
	if (p->gen == gen_pipeline || p->gen == gen_stage)
		return pipeline_options(kind, p->gen == gen_stage, option, max);
	for (; p->words != NULL && p->words[nr] != NULL && nr < max; nr++)
		option[nr] = (struct crm_option){ p->words[nr], p->words[nr] };
	return nr;
}
