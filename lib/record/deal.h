/*
 * deal.h - a deal, as fetched or with its class; see coach(5)
 *
 * As fetched it has HubSpot's shape. With its class it carries "class",
 * "coach_id", "coach_name" and "created_at" besides.
 */
#ifndef KPIPE_DEAL_H
#define KPIPE_DEAL_H

#include "base/date.h"
#include "base/ndjson.h"

/* Where a shape finds the fields. */
struct deal_fields {
	size_t type, id;
	size_t pipeline, stage, owner, created, won, lost;
	size_t class, coach_id, coach_name, created_at;
};

/* What a field of properties holds is text, or "no text" for null. */
struct deal {
	struct text id;
	struct text pipeline_id;
	struct text stage_id;
	struct text owner_id;
	struct text won;  /* hs_is_closed_won, as it stands */
	struct text lost; /* hs_is_closed_lost */
	bool is_won;
	bool is_lost;
	bool dated;	       /* createdate is there and readable */
	instant_us created_at; /* only when dated */

	struct text class; /* "no text": as fetched, without a class */
	struct text coach_id;
	struct text coach_name; /* "no text" when as fetched */
};

void deal_want(struct deal_fields *, struct json_shape *);

/*
 * The record is a deal: its type says so, or it has no type and its properties
 * have a dealstage, as what curl and jq take from an answer.
 */
bool deal_here(const struct deal_fields *, const struct record *);

/*
 * The deal borrows from the record. A date that is missing or unreadable is no
 * fault, it makes the deal undated.
 *
 * Errors: FAULT_DATA naming the field that is an object or an array; or the
 * created_at of a deal with a class, when that is no instant.
 */
int deal_decode(struct deal *, const struct deal_fields *,
    const struct record *, struct fault *);

/* Which properties deals had, be they null: what was asked for. */
struct deal_seen {
	bool pipeline, stage, owner, won, lost;
};

void deal_see(
    struct deal_seen *, const struct deal_fields *, const struct record *);
/* A property that none had; NULL: all were there. */
const char *deal_unseen(const struct deal_seen *);
/* What figures need of a deal, for a message. */
#define DEAL_PROPERTIES                                            \
	"createdate,dealstage,hs_is_closed_lost,hs_is_closed_won," \
	"hubspot_owner_id,pipeline"

/* The members that make a deal as fetched one with its class, to splice. */
void deal_put_type(struct buf *);
void deal_put_class(struct buf *, struct text class);
void deal_put_coach(struct buf *, struct text id, struct text name);
/* The last one in two steps: its key is the same for all deals. */
void deal_put_created_key(struct buf *);
void deal_put_created(struct buf *, instant_us);

/*
 * The text says yes, as HubSpot and the people who fill its fields write it:
 * true, 1, yes or y in any case, with blanks around.
 */
bool deal_flag(struct text);

#endif
