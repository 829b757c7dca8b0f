/*
 * path.h - where HubSpot answers what, by version of its API
 *
 * Source: the numbered paths /crm/v3 and /crm/v4, which HubSpot retires in
 * 2027, and the dated ones since 2026-03, of which each has the same form.
 */
#ifndef KPIPE_HUBSPOT_PATH_H
#define KPIPE_HUBSPOT_PATH_H

#include "base/buf.h"
#include "base/fault.h"

#define PATH_BASE "https://api.hubapi.com"

/* An edge of theirs refuses longer URLs somewhere from 8 KiB on. */
#define PATH_URL_MAX 6000

enum path_to {
	PATH_LIST,   /* of an object */
	PATH_SEARCH, /* of an object */
	PATH_READ,   /* of an object */
	PATH_LINKS,  /* from an object to an object */
	PATH_OWNERS,
	PATH_PIPELINES,	 /* of an object */
	PATH_PROPERTIES, /* of an object */
	PATH_ACCOUNT,
};

struct path_version {
	char name[16];
	size_t form; /* which of the forms it has */
};

/*
 * "v3" (associations are v4 in it), or a date such as "2026-03".
 *
 * Errors: FAULT_USAGE for anything else.
 */
int path_version(struct path_version *, const char *name, struct fault *);

/* Add the path to b; objects that it does not name are ignored. */
void path_add(struct buf *b, const struct path_version *, enum path_to,
    struct text object, struct text to_object);

#endif
