/*
 * crew.h - the people whose time the sandbox tells: an invented agency whose
 * chatters work in two organisations
 *
 * Like crm.h: all of it follows from the seed and the instant "as of", and what
 * somebody worked on a day is worked out when it is asked for.
 *
 * Everything but crew_new and crew_free may be called from many threads at once.
 */
#ifndef KPIPE_CREW_H
#define KPIPE_CREW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"

#define CREW_ORGS     2
#define CREW_PROJECTS 2 /* of each organisation */
#define CREW_TEAMS    3
#define CREW_MAX      5000

struct crew_org {
	uint64_t id;
	const char *name;
	uint64_t project[CREW_PROJECTS];
	const char *project_name[CREW_PROJECTS];
};

extern const struct crew_org crew_org[CREW_ORGS];

enum crew_role {
	CREW_USER,
	CREW_MANAGER,
	CREW_OWNER,
};

extern const char *const crew_role_name[];

struct crew_person {
	uint64_t id;
	const char *first, *last;
	char email[80]; /* "": none is told */
	const char *time_zone;
	enum crew_role role;
	unsigned orgs; /* bit i: in organisation i */
	day_nr since;  /* a member from then on */
	day_nr until;  /* the first day no more a member */
};

/* Who is in which by turns: the person i in team i % CREW_TEAMS. */
extern const char *const crew_team[CREW_TEAMS];

struct crew;

/* nr people, 10 to CREW_MAX; the first owns the agency. */
struct crew *crew_new(uint64_t seed, instant_us as_of, unsigned nr);
void crew_free(struct crew *);

/* In the order of the id. */
const struct crew_person *crew_people(const struct crew *, size_t *nr);
/* The index of that id; the number of people when it is nobody's. */
size_t crew_find(const struct crew *, uint64_t id);

/* The last day there is time of. */
day_nr crew_today(const struct crew *);
/* Who is a member today. */
bool crew_is_member(const struct crew *, const struct crew_person *);

/* Seconds tracked; 0: there is no row of it. */
unsigned crew_tracked(
    const struct crew *, size_t person, size_t org, size_t project, day_nr);
/* The same over all organisations and projects. */
unsigned crew_tracked_all(const struct crew *, size_t person, day_nr);

#endif
