#include "hubspot/path.h"

#include <ctype.h>
#include <stdio.h>

#include "base/http.h"

/* {v}, {a} and {b} stand for the version and the two objects. */
static const struct {
	const char *version; /* 'd' is a digit */
	const char *path[PATH_ACCOUNT + 1];
} form[] = {
	{ "v3", { "/crm/v3/objects/{a}", "/crm/v3/objects/{a}/search",
		    "/crm/v3/objects/{a}/batch/read",
		    "/crm/v4/associations/{a}/{b}/batch/read", "/crm/v3/owners",
		    "/crm/v3/pipelines/{a}", "/crm/v3/properties/{a}",
		    "/account-info/v3/details" } },
	{ "dddd-dd",
	    { "/crm/objects/{v}/{a}", "/crm/objects/{v}/{a}/search",
		"/crm/objects/{v}/{a}/batch/read",
		"/crm/associations/{v}/{a}/{b}/batch/read", "/crm/owners/{v}",
		"/crm/pipelines/{v}/{a}", "/crm/properties/{v}/{a}",
		"/account-info/{v}/details" } },
};

static bool
matches(const char *pattern, const char *name)
{
	for (; *pattern != '\0' && *name != '\0'; pattern++, name++)
		if (*pattern == 'd' ? !isdigit((unsigned char)*name)
				    : *pattern != *name)
			return false;
	return *pattern == *name;
}

int
path_version(struct path_version *v, const char *name, struct fault *f)
{
	size_t i;

	for (i = 0; i < sizeof(form) / sizeof(form[0]); i++)
		if (matches(form[i].version, name)) {
			v->form = i;
			snprintf(v->name, sizeof(v->name), "%s", name);
			return 0;
		}
	return fault_set(f, FAULT_USAGE,
	    "no version of HubSpot's API has the name '%s': give v3, or a "
	    "date such as 2026-03",
	    name);
}

void
path_add(struct buf *b, const struct path_version *v, enum path_to to,
    struct text object, struct text to_object)
{
	const char *p;

	for (p = form[v->form].path[to]; *p != '\0'; p++) {
		if (*p != '{') {
			buf_char(b, *p);
			continue;
		}
		if (p[1] == 'v')
			buf_str(b, v->name);
		else
			http_escape(b, p[1] == 'a' ? object : to_object);
		p += 2;
	}
}
