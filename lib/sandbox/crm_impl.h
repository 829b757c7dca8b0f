/*
 * crm_impl.h - what the crm_*.c files share
 */
#ifndef KPIPE_CRM_IMPL_H
#define KPIPE_CRM_IMPL_H

#include "base/map.h"
#include "sandbox/crm.h"
#include "sandbox/draw.h"

/* An association as both ends keep it: to[start[i]] up to to[start[i + 1]]. */
struct crm_pair {
	uint32_t *start;
	struct crm_link *link;
};

struct crm {
	struct crm_conf conf;
	uint32_t nr[CRM_KINDS], nr_archived[CRM_KINDS];
	uint32_t archived_step[CRM_KINDS];
	uint32_t nr_na;		 /* contacts of the pharmacies' programme */
	uint32_t *deal_owner;	 /* index of the owner, UINT32_MAX: none */
	struct crm_owner *owner; /* in the order of the id */
	size_t nr_owner;
	uint32_t *coach, *staff; /* indices of owners */
	uint32_t nr_coach, nr_staff;
	struct crm_pair pair[CRM_KINDS][CRM_KINDS];
	struct crm_prop *prop[CRM_KINDS];
	size_t nr_prop[CRM_KINDS];
	struct map *prop_map[CRM_KINDS];
	char (*extra_name)[2][48]; /* of the extra properties */
};

enum crm_salt {
	SALT_ID = 1,
	SALT_NAME,
	SALT_CREATED,
	SALT_MODIFIED,
	SALT_OWNER,
	SALT_COMPANY,
	SALT_SECOND,
	SALT_PIPELINE,
	SALT_OUTCOME,
	SALT_STAGE,
	SALT_CLOSED,
	SALT_AMOUNT,
	SALT_ODD,
	SALT_CONTACT,
	SALT_LABEL,
	SALT_TRAIT, /* and the next few */
};

#define UNOWNED	       UINT32_MAX
#define DAY_US	       INSTANT_DAY_US
#define COMPANY_SECOND 12 /* percent of contacts with two companies */

static inline uint64_t
crm_draw(const struct crm *c, enum crm_kind kind, uint64_t index, uint32_t salt)
{
	return draw(c->conf.seed, (uint32_t)kind, index, salt);
}

/* crm_words.c: what names and texts are made of */
extern const char *const crm_first_name[];
extern const size_t crm_first_names;
extern const char *const crm_last_name[];
extern const size_t crm_last_names;
extern const char *const crm_city[];
extern const char *const crm_company_head[];
extern const size_t crm_company_heads;
extern const char *const crm_company_tail[];
extern const size_t crm_company_tails;

/* crm_story.c: who is whose, when, and how it ended */
void crm_story_owners(struct crm *);
void crm_story_deals(struct crm *);
bool crm_is_na_contact(const struct crm *, uint32_t index);
/* The contacts of a deal, one or two. */
size_t crm_deal_contacts(
    const struct crm *, uint32_t deal, uint32_t contact[2]);
/* The company of a contact, -1 for none; its second one likewise. */
int32_t crm_contact_company(const struct crm *, uint32_t contact, bool second);
/* What a call, a ticket and so on is about. */
uint32_t crm_about_contact(const struct crm *, enum crm_kind, uint32_t index);
int32_t crm_about_deal(const struct crm *, enum crm_kind, uint32_t index);

/* crm_link.c */
void crm_links_make(struct crm *);
void crm_links_free(struct crm *);

/* crm_prop.c */
void crm_props_make(struct crm *);
void crm_props_free(struct crm *);

#endif
