/*
 * generate - records as an account has them, the same bytes each time
 *
 * generate contacts|deals|inflow BYTES writes records until BYTES are reached: a
 * contact has 36 properties and some 1.3 kB, a deal 33 and 1.2 kB. For inflow
 * they are rows of 28 cells, of 240 people on 28 days and 60 creators, below a
 * header, as CSV. All of it is invented.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/json.h"
#include "base/ndjson.h"
#include "base/num.h"
#include "base/tool.h"

struct source {
	uint64_t state;
	struct buf line;
};

static const char *const first_name[] = { "Anouk", "Bj\xc3\xb8rn",
	"Chlo\xc3\xa9", "Dirk", "Elif", "Femke", "G\xc3\xbcnther", "Hind",
	"Ivo",
	"\xd0\x98\xd1\x80"
	"\xd0\xb0",
	"\xe6\x9d\x8e\xe9\x9b\xb7", "Jos\xc3\xa9", "Karin", "Lotte", "Mees",
	"Noor" };
static const char *const last_name[] = { "de Vries", "Jansen", "van den Berg",
	"Bakker", "M\xc3\xbcller", "Nowak", "O'Brien", "Silva", "Yilmaz",
	"\xc3\x98stergaard", "Smit", "Visser" };
static const char *const city[] = { "Amsterdam", "Utrecht", "K\xc3\xb6ln",
	"S\xc3\xa3o Paulo", "Zwolle", "\xe6\x9d\xb1\xe4\xba\xac", "Gent",
	"Leeuwarden", "Gda\xc5\x84sk", "Den Haag" };
static const char *const word[] = { "intake", "follow-up", "budget", "trial",
	"renewal", "invoice", "webinar", "call", "advice", "plan", "coach",
	"request", "pilot", "quarter", "review", "legal", "security", "demo",
	"usage", "forecast", "partner", "support", "ticket", "newsletter",
	"campaign", "score", "signal", "training", "\"urgent\"", "C:\\notes",
	"caf\xc3\xa9", "line\nbreak" };
static const char *const stage[] = { "15413220", "15413630", "114855767",
	"81686449", "15415582", "116831596", "15413223", "15413224",
	"15413225" };

static const char *const team[] = { "Day", "Evening", "Night" };
static const char inflow_header[] =
    "Date/Time Africa/Monrovia,Group,Employees,Email,Creators,Sales,PPV sales,"
    "Tips,Direct message sales,Direct messages sent,Direct PPVs sent,"
    "Golden ratio,PPVs unlocked,Unlock rate,Priority mass messages sales,"
    "OF mass message sales,Fans chatted,Fans who spent money,Fan CVR,"
    "Avg earnings per fan who spent money,Character count,"
    "Response time (based on scheduled hours),"
    "Response time (based on clocked hours),Scheduled hours,Clocked "
    "hours,Sales per hour,Messages sent per hour,"
    "Fans chatted per hour";

static uint32_t
draw(struct source *s, uint32_t bound)
{
	s->state = s->state * UINT64_C(6364136223846793005) +
		   UINT64_C(1442695040888963407);
	return (uint32_t)(s->state >> 33) % bound;
}

#define PICK(s, list) list[draw(s, sizeof(list) / sizeof((list)[0]))]

static void
property(struct source *s, const char *key, const char *value)
{
	json_key(&s->line, key);
	json_put_str(&s->line, value);
}

/* A number in text, or null in so many of a hundred. */
static void
number(struct source *s, const char *key, uint32_t bound, uint32_t null_pct)
{
	char text[16];

	snprintf(text, sizeof(text), "%u", draw(s, bound));
	property(s, key, draw(s, 100) < null_pct ? NULL : text);
}

static void
instant(struct source *s, const char *key, uint32_t null_pct)
{
	char text[INSTANT_TEXT];
	day_nr start = 0;

	day_from_civil(2025, 5, 1, &start);
	instant_format(instant_of_day(start + (day_nr)draw(s, 300)) +
			   (int64_t)draw(s, 86400) * 1000000 +
			   (int64_t)draw(s, 999) * 1000 + 1000,
	    text);
	property(s, key, draw(s, 100) < null_pct ? NULL : text);
}

static void
sentence(struct source *s, const char *key, uint32_t words, uint32_t null_pct)
{
	struct buf text;
	uint32_t i, nr = 1 + draw(s, words);

	buf_init(&text, 65536);
	for (i = 0; i < nr; i++) {
		buf_str(&text, i == 0 ? "" : " ");
		buf_str(&text, PICK(s, word));
	}
	property(s, key, draw(s, 100) < null_pct ? NULL : text.p);
	buf_free(&text);
}

static void
owner(struct source *s)
{
	char text[16];

	snprintf(text, sizeof(text), "%u", 48000000 + draw(s, 105) * 7919);
	property(s, "hubspot_owner_id", draw(s, 20) == 0 ? NULL : text);
}

static void
contact_properties(struct source *s)
{
	static const char *const life[] = { "subscriber", "lead", "opportunity",
		"marketingqualifiedlead", "customer", "other" };
	static const char *const counted[] = { "hs_analytics_num_page_views",
		"hs_analytics_num_visits", "hs_email_open", "hs_email_click",
		"num_notes", "hubspotscore", "zip", "associatedcompanyid",
		"phone", "mobilephone" };
	static const char *const dated[] = { "hs_analytics_first_timestamp",
		"hs_analytics_last_timestamp", "hs_email_last_open_date",
		"notes_last_contacted", "notes_last_updated",
		"hs_lifecyclestage_lead_date",
		"hs_lifecyclestage_customer_date" };
	static const char *const said[] = { "company", "jobtitle", "state",
		"address", "website", "hs_lead_status", "hs_analytics_source",
		"hs_analytics_source_data_1", "hs_analytics_source_data_2",
		"country", "message" };
	size_t i;

	property(s, "firstname", PICK(s, first_name));
	property(s, "lastname", PICK(s, last_name));
	property(s, "city", PICK(s, city));
	owner(s);
	property(s, "lifecyclestage", PICK(s, life));
	for (i = 0; i < sizeof(counted) / sizeof(counted[0]); i++)
		number(s, counted[i], 1000000, 20);
	for (i = 0; i < sizeof(dated) / sizeof(dated[0]); i++)
		instant(s, dated[i], 45);
	for (i = 0; i < sizeof(said) / sizeof(said[0]); i++)
		sentence(s, said[i], i == 10 ? 40 : 4, 30);
}

static void
deal_properties(struct source *s)
{
	static const char *const counted[] = { "amount",
		"amount_in_home_currency", "hs_forecast_amount",
		"hs_closed_amount", "num_associated_contacts", "num_notes",
		"hs_mrr", "hs_arr", "hs_tcv", "hs_acv",
		"hs_deal_stage_probability" };
	static const char *const dated[] = { "closedate",
		"notes_last_contacted", "notes_last_updated",
		"hs_date_entered_15413223", "hs_date_exited_15413223",
		"hs_date_entered_15413224" };
	static const char *const said[] = { "dealname", "description",
		"hs_next_step", "hs_priority", "dealtype",
		"hs_analytics_source" };
	size_t i;

	sentence(s, said[0], 4, 0);
	owner(s);
	property(s, "pipeline", draw(s, 8) == 0 ? "38341389" : "15413220");
	property(s, "dealstage", PICK(s, stage));
	property(s, "deal_currency_code", "EUR");
	property(s, "hs_is_closed", draw(s, 2) == 0 ? "true" : "false");
	property(s, "hs_is_closed_won", draw(s, 3) == 0 ? "true" : "false");
	property(s, "hs_is_closed_lost", draw(s, 4) == 0 ? "true" : "false");
	for (i = 0; i < sizeof(counted) / sizeof(counted[0]); i++)
		number(s, counted[i], 250000, 30);
	for (i = 0; i < sizeof(dated) / sizeof(dated[0]); i++)
		instant(s, dated[i], 40);
	for (i = 1; i < sizeof(said) / sizeof(said[0]); i++)
		sentence(s, said[i], i == 1 ? 40 : 6, 40);
}

static void
record(struct source *s, bool deals, uint64_t nr)
{
	char id[24];

	snprintf(
	    id, sizeof(id), "%llu", (unsigned long long)(100000 + nr * 37));
	buf_clear(&s->line);
	json_open(&s->line);
	property(s, "type", deals ? "deal" : "contact");
	property(s, "id", id);
	json_key(&s->line, "properties");
	json_open(&s->line);
	property(s, "hs_object_id", id);
	instant(s, "createdate", 0);
	instant(s, deals ? "hs_lastmodifieddate" : "lastmodifieddate", 0);
	if (deals)
		deal_properties(s);
	else
		contact_properties(s);
	json_close(&s->line);
	property(s, "createdAt", "2026-01-02T08:00:00.000Z");
	property(s, "updatedAt", "2026-02-03T09:30:00.000Z");
	json_key(&s->line, "archived");
	json_put_bool(&s->line, false);
	json_close(&s->line);
}

static void
cell(struct source *s, const char *text)
{
	if (s->line.len > 0)
		buf_char(&s->line, ',');
	buf_str(&s->line, text);
}

static void
amount(struct source *s, uint32_t cents)
{
	if (cents < 100000)
		buf_printf(&s->line, ",$%u.%02u", cents / 100, cents % 100);
	else
		buf_printf(&s->line, ",\"$%u,%03u.%02u\"", cents / 100000,
		    cents / 100 % 1000, cents % 100);
}

static void
ratio(struct source *s, uint32_t part, uint32_t whole)
{
	uint32_t tenths = whole == 0 ? 0 : part * 1000 / whole;

	buf_printf(&s->line, ",%u.%u%%", tenths / 10, tenths % 10);
}

/* What one person did for one creator on one day. */
static void
inflow_row(struct source *s)
{
	uint32_t messages = draw(s, 900) + 1, ppvs = draw(s, 60) + 1;
	uint32_t unlocked = draw(s, ppvs + 1), fans = draw(s, 90) + 1;
	uint32_t spent = draw(s, fans + 1), cents = draw(s, 120000);
	uint32_t minutes = draw(s, 480) + 1, day = draw(s, 28) + 1;
	char text[40];

	buf_clear(&s->line);
	buf_printf(&s->line, "2026-02-%02u 00:00:00 - 2026-02-%02u 23:59:59",
	    day, day);
	cell(s, PICK(s, team));
	cell(s, PICK(s, first_name));
	buf_printf(&s->line, " %s", PICK(s, last_name));
	cell(s, "someone@example.com");
	snprintf(text, sizeof(text), "Creator %u", draw(s, 60));
	cell(s, text);
	amount(s, cents);
	amount(s, cents / 2);
	amount(s, cents / 4);
	amount(s, cents / 5);
	buf_printf(&s->line, ",%u,%u", messages, ppvs);
	ratio(s, ppvs, messages);
	buf_printf(&s->line, ",%u", unlocked);
	ratio(s, unlocked, ppvs);
	amount(s, cents / 40);
	amount(s, cents / 50);
	buf_printf(&s->line, ",%u,%u", fans, spent);
	ratio(s, spent, fans);
	amount(s, spent == 0 ? 0 : cents / spent);
	buf_printf(&s->line, ",%u", messages * 34);
	buf_printf(&s->line, ",%um %us,%um %us,8h,%uh %umin", draw(s, 6),
	    draw(s, 60), draw(s, 6), draw(s, 60), minutes / 60, minutes % 60);
	amount(s, cents * 60 / minutes);
	buf_printf(&s->line, ",%u.%u,%u.%u", messages * 60 / minutes,
	    draw(s, 10), fans * 60 / minutes, draw(s, 10));
}

static const struct tool_option option[] = { { 0 } };
static const struct tool tool = {
	.name = "generate",
	.summary = "records for the benchmarks",
	.synopsis = "contacts|deals|inflow BYTES",
	.option = option,
};

int
main(int argc, char *argv[])
{
	struct source s = { .state = 20260101 };
	struct fault f = { 0 };
	struct out *out = out_new(STDOUT_FILENO, "standard output");
	const char *none;
	char **operand;
	uint64_t bytes = 0, nr;
	int64_t bound;
	bool deals, inflow;

	tool_begin(&tool, argc, argv);
	while (tool_option(&none) != -1)
		;
	operand = tool_operands();
	if (operand[0] == NULL || operand[1] == NULL ||
	    !num_parse_int(text_of(operand[1]), &bound))
		tool_usage("what, and how much of it");
	deals = strcmp(operand[0], "deals") == 0;
	buf_init(&s.line, 1u << 20);
	inflow = strcmp(operand[0], "inflow") == 0;
	for (nr = 0; bytes < (uint64_t)bound; nr++) {
		if (!inflow)
			record(&s, deals, nr);
		else if (nr > 0)
			inflow_row(&s);
		else
			buf_str(&s.line, inflow_header);
		if (out_line(out, buf_view(&s.line), &f) == -1)
			tool_die(&f);
		bytes += s.line.len + 1;
	}
	if (out_flush(out, &f) == -1)
		tool_die(&f);
	out_free(out);
	buf_free(&s.line);
	return tool_end(EXIT_DONE);
}
