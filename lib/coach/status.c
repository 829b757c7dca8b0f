#include "coach/status.h"

#include <stddef.h>

/* Of the median, for Matig; the product is not rounded. */
#define FAIR_SHARE 0.8

bool
coach_is_hidden(struct text name)
{
	static const char *const hidden[] = {
		"Rookvrij en Fitter Het Gooi",
		"167331984",
		"UNKNOWN",
		"benVitaal Coaching",
		"SportQube Algemeen",
	};
	static const char part[] = "nabeller";
	struct text rest;
	size_t i;

	for (i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++)
		if (text_is(name, hidden[i]))
			return true;
	for (rest = name; rest.len >= sizeof(part) - 1; rest.p++, rest.len--)
		if (text_starts_nocase(rest, part))
			return true;
	return false;
}

const char *
coach_status(
    double deals, double smoothed_pct, double median_pct, long good_deals)
{
	if (deals == 0)
		return "⚪ Geen data";
	if (deals >= (double)good_deals && smoothed_pct >= median_pct)
		return "✅ Goed";
	if (deals >= (double)(good_deals / 2) &&
	    smoothed_pct >= median_pct * FAIR_SHARE)
		return "⭐ Matig";
	return "❌ Uitsluiten";
}

struct text
coach_label(struct text in_file)
{
	if (text_is(in_file, "✅ Laag 2"))
		return text_of("✅ Goed");
	if (text_is(in_file, "⭐ Laag 3"))
		return text_of("⭐ Matig");
	return in_file;
}
