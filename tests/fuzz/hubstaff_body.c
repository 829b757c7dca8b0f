/*
 * Any body, as Hubstaff's answer to each kind of call: what is refused says why,
 * and what is taken makes records that are JSON, of as much time as was taken.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "hubstaff/judge.h"
#include "hubstaff/listing.h"
#include "hubstaff/tally.h"

#include "judged.h"

#define FROM 20000 /* 2024-10-04 */
#define DAYS 1000

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* Every element into the tally; the seconds that went in. */
static uint64_t
take(
    struct listing *p, enum listing_list list, struct tally *t, struct fault *f)
{
	struct listing_activity a;
	struct listing_member m;
	struct listing_org org;
	struct listing_user u;
	uint64_t sum = 0;
	int more;

	if (listing_begin(p, list, f) == -1)
		return 0;
	do {
		switch (list) {
		case LISTING_ORGS:
			more = listing_org(p, &org, f);
			break;
		case LISTING_MEMBERS:
			more = listing_member(p, &m, f);
			if (more == 1)
				tally_member(t, 0, m.id, m.since);
			break;
		case LISTING_USERS:
			more = listing_user(p, &u, f);
			if (more == 1)
				tally_name(t, u.id, u.name, u.email);
			break;
		default:
			more = listing_activity(p, &a, f);
			if (more != 1 || a.day < FROM || a.day >= FROM + DAYS)
				break;
			sum += a.tracked_s;
			tally_add(t, 0, a.user_id, a.day, a.tracked_s);
		}
	} while (more == 1);
	must(more == 0 || f->text[0] != '\0');
	return sum;
}

/* Each line is a record; the seconds in all of them. */
static uint64_t
check(const struct tally *t, bool tracked)
{
	json_error_t error;
	uint64_t sum = 0;
	json_t *record;
	struct buf b;
	size_t nr, i;
	char *line;

	buf_init(&b, 256 << 20);
	nr = tally_put(t, tracked, &b);
	for (i = 0, line = b.p; i < nr; i++) {
		record = json_loads(
		    line, JSON_DISABLE_EOF_CHECK | JSON_ALLOW_NUL, &error);
		must(record != NULL);
		sum += (uint64_t)json_integer_value(
		    json_object_get(record, "tracked_s"));
		json_decref(record);
		line = strchr(line, '\n') + 1;
	}
	must(!b.over);
	buf_free(&b);
	return sum;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct listing *p = listing_new();
	struct tally *t = tally_new(FROM, FROM + DAYS - 1);
	struct listing_user user;
	struct fault f = { 0 };
	struct buf body;
	uint64_t sum = 0;
	int64_t start;
	int list;

	buf_init(&body, 1 << 20);
	buf_add(&body, data, size);
	buf_room(&body, 0);
	judged(buf_view(&body), hubstaff_judge);
	judged(buf_view(&body), hubstaff_token_judge);
	(void)tally_org(t, text_of("4201"));
	if (listing_read(p, buf_view(&body), &f) == 0) {
		for (list = 0; list < LISTING_LISTS; list++)
			sum += take(p, (enum listing_list)list, t, &f);
		(void)listing_one_user(p, &user, &f);
		if (listing_next(p, &start, &f) == 1)
			must(start > 0);
	} else {
		must(f.text[0] != '\0');
	}
	must(check(t, true) == sum);
	listing_free(p);
	tally_free(t);
	buf_free(&body);
	return 0;
}
