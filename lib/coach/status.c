#include "coach/status.h"

/* Of the median, for Matig; the product is not rounded. */
#define FAIR_SHARE 0.8

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
