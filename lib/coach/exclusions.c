#include "coach/exclusions.h"

#include "coach/names.h"

void
exclusions_init(struct exclusions *e)
{
	*e = (struct exclusions){
		.name = {
			text_of("Rookvrij en Fitter Het Gooi"),
			text_of("167331984"),
			text_of(COACH_UNKNOWN),
			text_of("benVitaal Coaching"),
			text_of("SportQube Algemeen"),
		},
		.nr = 5,
		.part = text_of("nabeller"),
	};
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
starts_with(struct text t, struct text part)
{
	size_t i;

	if (t.len < part.len)
		return false;
	for (i = 0; i < part.len; i++)
		if (lower(t.p[i]) != lower(part.p[i]))
			return false;
	return true;
}

static bool
contains(struct text t, struct text part)
{
	if (part.len == 0)
		return false;
	for (; t.len >= part.len; t.p++, t.len--)
		if (starts_with(t, part))
			return true;
	return false;
}

bool
exclusions_have(const struct exclusions *e, struct text name)
{
	size_t i;

	for (i = 0; i < e->nr; i++)
		if (text_equal(e->name[i], name))
			return true;
	return contains(name, e->part);
}
