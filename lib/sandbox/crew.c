#include "sandbox/crew.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "sandbox/draw.h"

#define NR(a)	   (sizeof(a) / sizeof((a)[0]))
#define FIRST_ID   7001
#define LEFT_DAYS  20 /* ago, the last of the list went */
#define CAME_DAYS  12 /* ago, the one before came */
#define LONG_AGO   1200
#define STREAM_ID  0x48530001u
#define STREAM_DAY 0x48530002u
#define HOUR	   3600

const struct crew_org crew_org[CREW_ORGS] = {
	{ 4201, "Lantern House", { 31, 32 }, { "Chat desk", "Training" } },
	{ 4202, "Lantern House Nights", { 41, 42 },
	    { "Night desk", "Handover" } },
};

const char *const crew_team[CREW_TEAMS] = { "Day", "Evening", "Night" };

const char *const crew_role_name[] = { "user", "manager", "owner" };

/* 31 and 37 of them: pairs do not soon repeat */
static const char *const first_name[] = { "Alice", "Ifeanyi", "Zoë", "Marco",
	"Maria", "Kofi", "Núria", "Samuel", "Priya", "Tomasz", "Grace", "Diego",
	"Hanna", "Yusuf", "Chloé", "Emeka", "Lucía", "Viktor", "Amara", "Noah",
	"Søren", "Beatriz", "Kwame", "Elif", "Mateo", "Ines", "Jonas", "Adaeze",
	"Renée", "Pavel", "Thandi" };
static const char *const last_name[] = { "Moreno", "Mensah", "Okafor",
	"Lindqvist", "Santos", "Novak", "Fernández", "Adeyemi", "Kovács",
	"Sharma", "Weber", "Mensah-Boateng", "Costa", "Nowak", "Hansen",
	"Yılmaz", "Dubois", "Eze", "Petrov", "Silva", "Larsen", "O’Neill",
	"Ortega", "Balogun", "Schmidt", "Reyes", "Haddad", "Kim", "D'Angelo",
	"Asante", "Müller", "Castro", "Ivanova", "Nkosi", "Bianchi", "Park",
	"de Souza" };
static const char *const zone[] = { "UTC", "Africa/Lagos", "Europe/Madrid",
	"America/Bogota", "Asia/Manila" };

struct crew {
	uint64_t seed;
	day_nr today;
	struct crew_person *person;
	size_t nr;
};

/* Letters and digits of ASCII, and a point between the names. */
static void
make_email(struct crew_person *p)
{
	const char *part[] = { p->first, p->last };
	size_t i, len = 0;
	const char *c;

	for (i = 0; i < 2; i++) {
		for (c = part[i]; *c != '\0' && len < 60; c++)
			if (isalnum((unsigned char)*c) && (*c & 0x80) == 0)
				p->email[len++] =
				    (char)tolower((unsigned char)*c);
		if (i == 0)
			p->email[len++] = '.';
	}
	snprintf(p->email + len, sizeof(p->email) - len, "@example.org");
}

static void
make_person(const struct crew *crew, size_t i, struct crew_person *p)
{
	uint64_t x = draw(crew->seed, STREAM_ID, i, 0);
	size_t shift = (size_t)draw(crew->seed, STREAM_ID, 0, 1) % 31;

	*p = (struct crew_person){ .id = FIRST_ID + i,
		.first = first_name[(i + shift) % NR(first_name)],
		.last = last_name[(i * 2 + shift) % NR(last_name)],
		.time_zone = zone[x % NR(zone)],
		.orgs = i == 0 || i % 6 == 5 ? 3 : 1u << (i % 3 == 2),
		.since = crew->today - LONG_AGO + (day_nr)(x >> 8) % 400,
		.until = crew->today + LONG_AGO };
	/* in both, for every member to be somebody's who is not alone */
	if (i == 1)
		p->orgs = 3;
	p->role = i == 0 ? CREW_OWNER : i == 1 ? CREW_MANAGER : CREW_USER;
	if (i + 1 == crew->nr)
		p->until = crew->today - LEFT_DAYS;
	if (i + 2 == crew->nr)
		p->since = crew->today - CAME_DAYS;
	if (i != 7)
		make_email(p);
}

struct crew *
crew_new(uint64_t seed, instant_us as_of, unsigned nr)
{
	struct crew *crew = xcalloc(1, sizeof(*crew));
	size_t i;

	crew->seed = seed;
	crew->today = instant_day(as_of);
	crew->nr = nr;
	crew->person = xcalloc(nr, sizeof(*crew->person));
	for (i = 0; i < nr; i++)
		make_person(crew, i, &crew->person[i]);
	return crew;
}

void
crew_free(struct crew *crew)
{
	if (crew == NULL)
		return;
	free(crew->person);
	free(crew);
}

const struct crew_person *
crew_people(const struct crew *crew, size_t *nr)
{
	*nr = crew->nr;
	return crew->person;
}

size_t
crew_find(const struct crew *crew, uint64_t id)
{
	return id < FIRST_ID || id - FIRST_ID >= crew->nr ? crew->nr
							  : id - FIRST_ID;
}

day_nr
crew_today(const struct crew *crew)
{
	return crew->today;
}

bool
crew_is_member(const struct crew *crew, const struct crew_person *p)
{
	return crew->today >= p->since && crew->today < p->until;
}

/* What somebody tracks in a day, wherever; two days of the week are free. */
static unsigned
whole_day(const struct crew *crew, size_t i, day_nr day)
{
	const struct crew_person *p = &crew->person[i];
	uint64_t x =
	    draw(crew->seed, STREAM_DAY, i, (uint32_t)(day + 0x100000));
	int weekday = day_weekday(day);
	unsigned s;

	if (p->role != CREW_USER || day < p->since || day >= p->until ||
	    day > crew->today)
		return 0;
	if (weekday == (int)(i % 7) || weekday == (int)((i + 3) % 7) ||
	    x % 29 == 0)
		return 0;
	/* now and then a day that ends before the first hour does */
	s = x % 31 == 1 ? 300 + draw_below(x, HOUR - 300)
			: 5 * HOUR + draw_below(x, 4 * HOUR);
	return day == crew->today ? s / 3 : s;
}

unsigned
crew_tracked(
    const struct crew *crew, size_t i, size_t org, size_t project, day_nr day)
{
	const struct crew_person *p = &crew->person[i];
	unsigned s, rest;

	if ((p->orgs >> org & 1) == 0)
		return 0;
	s = whole_day(crew, i, day);
	if (p->orgs == (1u << CREW_ORGS) - 1)
		s = org == 0 ? s - s / 2 : s / 2;
	/* some train for a part of it */
	rest = (i + (size_t)day) % 4 == 0 ? s / 5 : 0;
	return project == 0 ? s - rest : rest;
}

unsigned
crew_tracked_all(const struct crew *crew, size_t i, day_nr day)
{
	size_t org, project;
	unsigned s = 0;

	for (org = 0; org < CREW_ORGS; org++)
		for (project = 0; project < CREW_PROJECTS; project++)
			s += crew_tracked(crew, i, org, project, day);
	return s;
}
