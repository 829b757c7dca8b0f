/*
 * walk.h - page after page of an object's records, or of the owners
 *
 * Pure: walk_ask says what to ask next, walk_take reads the answer. Each id is
 * handed on once. A cursor that comes twice, and page 100,001, are faults: the
 * walk would have no end.
 *
 * A search is sorted by id and walked in windows, as HubSpot shows no more than
 * 10,000 results of a query: the next window asks for ids greater than the last
 * one. So is a search whose total changes on the way: the page that shows it is
 * dropped, as records may have moved past its beginning.
 */
#ifndef KPIPE_HUBSPOT_WALK_H
#define KPIPE_HUBSPOT_WALK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/fault.h"
#include "base/json.h"
#include "hubspot/properties.h"
#include "hubspot/path.h"
#include "hubspot/search.h"

enum walk_kind {
	WALK_LIST,
	WALK_SEARCH,
	WALK_OWNERS,
};

/* All is borrowed. */
struct walk_conf {
	enum walk_kind kind;
	const struct path_version *version;
	struct text object;
	bool archived;	 /* those instead of the others; not for a search */
	size_t base_len; /* of the base URL */
	const struct properties
	    *properties; /* NULL: what HubSpot sends unasked */
	const struct search *search;
	const struct search_bound *since; /* NULL: whenever changed */
};

struct walk_counts {
	uint64_t pages;
	uint64_t received; /* ids, each once */
	uint64_t duplicates;
	int64_t total;	       /* as the search says; -1 when nobody says */
	instant_us changed_at; /* the latest updatedAt; INT64_MIN for none */
};

struct walk_item {
	struct text id;
	struct json_value object;
};

struct walk;

struct walk *walk_new(const struct walk_conf *);
void walk_free(struct walk *);

/*
 * The values do not fit the request: only ids come, and the rest is to be read
 * in batches.
 */
bool walk_ids_only(const struct walk *);
/* The server thinks so (414), although the URL looked short enough. */
void walk_set_ids_only(struct walk *);

/*
 * The next request: a path, and the body of a POST, or an empty one for a GET.
 * Asked again without an answer between it says the same.
 */
int walk_ask(struct walk *, struct buf *path, struct buf *body, struct fault *);

/*
 * Read the answer to it. What it brought is then walk_item 0 to walk_nr, good
 * until the body goes or the next walk_take.
 *
 * Errors: FAULT_DATA for what is no such answer, or a walk without an end.
 */
int walk_take(struct walk *, struct text body, struct fault *);
size_t walk_nr(const struct walk *);
const struct walk_item *walk_item(const struct walk *, size_t);

/* All pages were read. */
bool walk_done(const struct walk *);
/* It ended before as many came as the search has. */
bool walk_short(const struct walk *);
const struct walk_counts *walk_counts(const struct walk *);

#endif
