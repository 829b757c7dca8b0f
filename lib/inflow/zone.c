#include "inflow/zone.h"

/* Without summer time, and at no hours from it: Liberia's is that since 1972. */
static const char *const utc[] = { "UTC", "GMT", "Etc/UTC", "Etc/GMT",
	"Africa/Monrovia" };

static bool
is_utc(struct text t)
{
	size_t i;

	for (i = 0; i < sizeof(utc) / sizeof(*utc); i++)
		if (text_is_nocase(t, utc[i]))
			return true;
	return false;
}

bool
zone_same(struct text a, const char *b)
{
	return text_is_nocase(a, b) || (is_utc(a) && is_utc(text_of(b)));
}

void
zone_tell(
    const struct inflow_header *h, const char *wanted, const struct tell *t)
{
	if (h->zone.p == NULL || zone_same(h->zone, wanted))
		return;
	tell(t, TELL_DOUBT, h->line,
	    "its days are of the zone '%.*s', not of %s: other hours are of "
	    "other days; say --timezone where it is right",
	    TEXT_ARG(h->zone), wanted);
}
