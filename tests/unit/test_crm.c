/* the invented account: any record at any time, and one story throughout */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "sandbox/crm.h"

static const struct crm_conf small = { .seed = 1,
	.as_of = INT64_C(1772442000000000), /* 2026-03-02T09:00:00Z */
	.scale = 0.02,
	.coaches = 30,
	.deals = 700,
	.dangling = 2 };

static void
test_ids(void **state)
{
	struct crm *crm = crm_new(&small);
	struct crm_record r, found;
	uint64_t id, before;
	uint32_t nr;
	int kind, archived;

	(void)state;
	for (kind = 0; kind < CRM_KINDS; kind++)
		for (archived = 0; archived < 2; archived++) {
			r = (struct crm_record){ (enum crm_kind)kind,
				archived == 1, 0 };
			nr = crm_count(crm, r.kind, r.archived);
			assert_true(nr > 0);
			before = 0;
			for (; r.index < nr; r.index++) {
				id = crm_id(crm, r);
				assert_true(id > before);
				assert_true(crm_find(
				    crm, r.kind, r.archived, id, &found));
				assert_int_equal(found.index, r.index);
				/* an id is in one of both rows only */
				assert_false(crm_find(
				    crm, r.kind, !r.archived, id, &found));
				assert_int_equal(crm_seek(crm, r.kind,
						     r.archived, before + 1),
				    r.index);
				before = id;
			}
			assert_int_equal(
			    crm_seek(crm, r.kind, r.archived, before + 1), nr);
			assert_int_equal(
			    crm_seek(crm, r.kind, r.archived, UINT64_MAX), nr);
		}
	crm_free(crm);
}

static void
test_links_meet(void **state)
{
	struct crm *crm = crm_new(&small);
	const struct crm_link *out, *back;
	struct crm_record r, other;
	size_t nr, nr_back, i, k, gone = 0;
	int from, to;

	(void)state;
	for (from = 0; from < CRM_KINDS; from++)
		for (to = 0; to < CRM_KINDS; to++) {
			r = (struct crm_record){ (enum crm_kind)from, false,
				0 };
			for (; r.index < crm_count(crm, r.kind, false);
			     r.index++) {
				out = crm_links(crm, r, (enum crm_kind)to, &nr);
				for (i = 0; i < nr; i++) {
					if (out[i].flags & CRM_LINK_GONE) {
						gone++;
						continue;
					}
					other = (struct crm_record){
						(enum crm_kind)to, false,
						out[i].to
					};
					back = crm_links(
					    crm, other, r.kind, &nr_back);
					for (k = 0; k < nr_back &&
						    back[k].to != r.index;
					     k++)
						;
					assert_true(k < nr_back);
				}
				if (nr > 0)
					assert_true(crm_link_type(r.kind,
							(enum crm_kind)to)
							.plain > 0);
			}
		}
	assert_int_equal(gone, 2);
	crm_free(crm);
}

/* Adds the value of a property; false when there is none. */
static bool
value(const struct crm *crm, struct crm_record r, const char *name,
    struct buf *out)
{
	struct crm_view view;

	buf_clear(out);
	crm_view(crm, r, &view);
	return crm_value(&view, crm_prop(crm, r.kind, text_of(name)), out);
}

static void
test_repeats(void **state)
{
	struct crm *one = crm_new(&small), *two = crm_new(&small);
	struct crm_conf more = small;
	struct crm *extra;
	const struct crm_prop *p, *q;
	struct crm_record r;
	struct crm_view v, w;
	struct buf a, b;
	size_t nr, i;
	int kind;

	(void)state;
	more.extra = 40;
	extra = crm_new(&more);
	buf_init(&a, 10000);
	buf_init(&b, 10000);
	for (kind = 0; kind < CRM_KINDS; kind++) {
		p = crm_props(one, (enum crm_kind)kind, &nr);
		r = (struct crm_record){ (enum crm_kind)kind, false,
			crm_count(one, (enum crm_kind)kind, false) / 2 };
		crm_view(one, r, &v);
		for (i = 0; i < nr; i++) {
			buf_clear(&a);
			buf_clear(&b);
			q = crm_prop(two, r.kind, text_of(p[i].name));
			crm_view(two, r, &w);
			assert_int_equal(
			    crm_value(&v, &p[i], &a), crm_value(&w, q, &b));
			assert_true(text_equal(buf_view(&a), buf_view(&b)));
			buf_clear(&b);
			/* more properties leave the others as they are */
			q = crm_prop(extra, r.kind, text_of(p[i].name));
			crm_view(extra, r, &w);
			crm_value(&w, q, &b);
			assert_true(text_equal(buf_view(&a), buf_view(&b)));
		}
		crm_props(extra, (enum crm_kind)kind, &i);
		assert_int_equal(i, nr + 40);
	}
	buf_free(&a);
	buf_free(&b);
	crm_free(one);
	crm_free(two);
	crm_free(extra);
}

static void
test_coaches(void **state)
{
	struct crm *crm = crm_new(&small);
	const struct crm_owner *owner;
	struct crm_record r = { CRM_DEAL, false, 0 };
	bool *has = calloc(200, sizeof(*has));
	struct crm_view view;
	size_t nr, i, coaches = 0, idle = 0;

	(void)state;
	owner = crm_owners(crm, &nr);
	for (; r.index < crm_count(crm, CRM_DEAL, false); r.index++) {
		crm_view(crm, r, &view);
		if (view.facts.owner >= 0)
			has[view.facts.owner] = true;
		assert_true(view.facts.modified >= view.facts.created);
	}
	for (i = 0; i < nr; i++) {
		assert_true(i == 0 || owner[i].id > owner[i - 1].id);
		coaches += owner[i].coach;
		idle += owner[i].coach && !has[i];
	}
	assert_int_equal(coaches, 30);
	assert_int_equal(idle, 0);
	free(has);
	crm_free(crm);
}

static void
test_texts(void **state)
{
	struct crm *crm = crm_new(&small);
	struct buf out;
	struct crm_record r = { CRM_DEAL, false, 201 };

	(void)state;
	buf_init(&out, 1000);
	/* at the edge of thirty days, and a millisecond before it */
	assert_true(value(crm, r, "createdate", &out));
	assert_string_equal(out.p, "2026-01-31T09:00:00.000Z");
	r.index = 202;
	assert_true(value(crm, r, "createdate", &out));
	assert_string_equal(out.p, "2026-01-31T08:59:59.999Z");
	buf_clear(&out);
	crm_put_instant(&out, -1000);
	assert_string_equal(out.p, "1969-12-31T23:59:59.999Z");
	buf_free(&out);
	crm_free(crm);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ids),
		cmocka_unit_test(test_links_meet),
		cmocka_unit_test(test_repeats),
		cmocka_unit_test(test_coaches),
		cmocka_unit_test(test_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
