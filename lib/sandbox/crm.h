/*
 * crm.h - the account the sandbox serves: invented people, deals and the rest
 *
 * A coaching firm that helps people stop smoking, as a CRM would hold it:
 * contacts sent by pharmacies, deals in two coaching pipelines and one of
 * sales, the coaches who own them. All of it follows from the seed and the
 * instant "as of"; a record is made when it is asked for, from its index. What
 * is kept is a few bytes for each association.
 *
 * Everything but crm_new and crm_free may be called from many threads at once.
 */
#ifndef KPIPE_CRM_H
#define KPIPE_CRM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/text.h"

enum crm_kind {
	CRM_CONTACT,
	CRM_COMPANY,
	CRM_DEAL,
	CRM_TICKET,
	CRM_LEAD,
	CRM_CALL,
	CRM_MEETING,
	CRM_TASK,
	CRM_NOTE,
	CRM_EMAIL,
	CRM_LINE_ITEM,
	CRM_PRODUCT,
	CRM_QUOTE,
	CRM_COURSE, /* the account's own object */
	CRM_KINDS,
};

struct crm_conf {
	uint64_t seed;
	instant_us as_of;
	double scale;	   /* 1 is the volume of a real account */
	unsigned coaches;  /* owners who have deals, at least 20 */
	unsigned deals;	   /* 0: 3,346, or more above scale 1 */
	unsigned dangling; /* links to deals that are gone */
	unsigned extra;	   /* more properties for each object */
};

struct crm;

struct crm *crm_new(const struct crm_conf *);
void crm_free(struct crm *);

instant_us crm_as_of(const struct crm *);

/* What is the same for all records of a kind. */
struct crm_object {
	const char *plural, *singular; /* as in paths and as in messages */
	const char *type_id;
	const char *label, *label_plural;
	const char *modified;	       /* the property of the last change */
	const char *const *by_default; /* properties that come unasked */
	bool custom;
};

const struct crm_object *crm_object(enum crm_kind);
/* By its plural, singular, type id or full name; false when there is none. */
bool crm_kind_of(struct text name, enum crm_kind *);

struct crm_record {
	enum crm_kind kind;
	bool archived;
	uint32_t index;
};

/* Live records and archived ones are two rows, each in the order of the id. */
uint32_t crm_count(const struct crm *, enum crm_kind, bool archived);
uint64_t crm_id(const struct crm *, struct crm_record);
bool crm_find(const struct crm *, enum crm_kind, bool archived, uint64_t id,
    struct crm_record *);
/* The index of the first record whose id is not less; the count if none is. */
uint32_t crm_seek(
    const struct crm *, enum crm_kind, bool archived, uint64_t id);

/*
 * Properties
 */
struct crm_view;
struct crm_prop;
/* Adds the value to *out; false when there is none. */
typedef bool crm_gen(
    const struct crm_view *, const struct crm_prop *, struct buf *out);

struct crm_prop {
	const char *name, *label;
	const char *type, *field_type;
	const char *group;
	crm_gen *gen;
	const char *const *words; /* what gen chooses from, NULL-terminated */
	int low, high;
	unsigned null_pct;
	bool own; /* made by the account, not by the vendor */
	bool unique;
	uint32_t salt;
};

/* In the order of the name. */
const struct crm_prop *crm_props(const struct crm *, enum crm_kind, size_t *nr);
const struct crm_prop *crm_prop(
    const struct crm *, enum crm_kind, struct text name);

/* The values an enumeration may have, as value and label; NULL: none given. */
struct crm_option {
	const char *value, *label;
};
size_t crm_prop_options(
    const struct crm_prop *, struct crm_option *option, size_t max);

/* A record with what its values depend on worked out. */
struct crm_facts {
	instant_us created, modified;
	int32_t owner;		  /* index, -1: none */
	uint32_t first, last;	  /* of the name, in the lists of words */
	int32_t contact, company; /* that it is about, -1: none */
	bool na;		  /* came by the pharmacies' programme */
	uint32_t deals;		  /* of a contact or company */
	const struct crm_stage *stage;
	const struct crm_pipeline *pipeline;
	bool stage_unknown;   /* it is in a stage that no longer exists */
	instant_us closed;    /* 0: still open */
	int64_t amount_cents; /* -1: none */
};

struct crm_view {
	const struct crm *crm;
	struct crm_record record;
	uint64_t id;
	struct crm_facts facts;
};

void crm_view(const struct crm *, struct crm_record, struct crm_view *);

static inline bool
crm_value(
    const struct crm_view *view, const struct crm_prop *prop, struct buf *out)
{
	return prop->gen(view, prop, out);
}

/* YYYY-MM-DDTHH:MM:SS.mmmZ */
void crm_put_instant(struct buf *, instant_us);

/*
 * Associations
 */
#define CRM_LINK_PRIMARY  1u
#define CRM_LINK_LABELLED 2u
#define CRM_LINK_GONE	  4u /* to an archived record */

struct crm_link {
	uint32_t to; /* index */
	uint32_t flags;
};

/* In the order of the index; archived records have none. */
const struct crm_link *crm_links(
    const struct crm *, struct crm_record from, enum crm_kind to, size_t *nr);
/* The vendor's numbers for a pair; 0: the pair cannot be associated. */
struct crm_link_type {
	unsigned plain, primary;
};
struct crm_link_type crm_link_type(enum crm_kind from, enum crm_kind to);

/*
 * Owners, pipelines
 */
struct crm_owner {
	uint64_t id;
	uint64_t user_id;
	char first[40], last[40], email[80];
	bool archived, queue;
	instant_us created, updated;
	const char *team; /* NULL: none */
	/* how a coach works, which the deals follow */
	double weight, win, nabeller, open;
	bool coach, dormant;
};

/* In the order of the id. */
const struct crm_owner *crm_owners(const struct crm *, size_t *nr);

enum crm_outcome {
	CRM_OPEN,
	CRM_WON,
	CRM_LOST
};

struct crm_stage {
	const char *id, *label;
	const char *closed; /* NULL: no metadata */
	const char *probability;
	enum crm_outcome outcome;
	unsigned weight; /* among the stages of that outcome; 0: not used */
};

struct crm_pipeline {
	const char *id, *label;
	const struct crm_stage *stage; /* up to one without id */
};

/* Of deals and tickets, up to one without id; NULL for the other kinds. */
const struct crm_pipeline *crm_pipelines(enum crm_kind);

#endif
