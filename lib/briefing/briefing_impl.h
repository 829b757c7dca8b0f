/*
 * briefing_impl.h - between briefing.c and the kinds of message
 *
 * Not for anybody else.
 */
#ifndef KPIPE_BRIEFING_IMPL_H
#define KPIPE_BRIEFING_IMPL_H

#include "base/show.h"
#include "briefing/alerts.h"
#include "briefing/briefing.h"
#include "briefing/facts.h"
#include "briefing/ingest.h"
#include "briefing/letter.h"

struct briefing {
	const struct briefing_conf *conf;
	struct facts facts;
	struct facts_reader *reader;
	struct ingest *ingest;
	struct alerts *alerts;
	size_t at; /* messages so far */
};

void leads_write(
    const struct briefing *, const struct briefing_team *, struct letter *);
void management_write(const struct briefing *, struct letter *);
void compliance_write(
    const struct briefing *, const struct briefing_team *, struct letter *);
void operations_write(const struct briefing *, struct letter *);

/*
 * Pieces of all of them
 */
/* Day team, Team D: a name that does not say so gets "team" behind it. */
void put_team(struct letter *, struct text key, struct text name);
static inline void
put_money(struct letter *l, double x)
{
	letter_number(l, show_money, x);
}

static inline void
put_percent(struct letter *l, double x)
{
	letter_number(l, show_percent, x);
}

/* Where to read more, when that is known. */
void put_link(const struct briefing *, struct letter *);
/* There are no figures of anybody: nothing can be said. */
bool has_no_figures(const struct facts *);
#define NO_FIGURES "No data available yet for today; figures follow later."

#endif
