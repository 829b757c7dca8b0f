/* names: their forms, how alike two are, and the nearest of many */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/unicode.h"
#include "match/claims.h"
#include "match/jaro_winkler.h"
#include "match/near.h"

static void
test_forms(void **state)
{
	static const struct {
		const char *raw;
		const char *plain;
		const char *loose;
		const char *sorted;
	} sample[] = {
		{ "  alice   MORENO ", "alice moreno", "alice moreno",
		    "alice moreno" },
		{ "Moreno, Alice", "moreno, alice", "moreno alice",
		    "alice moreno" },
		{ "Bruno Sá-Costa", "bruno sá-costa", "bruno sa costa",
		    "bruno costa sa" },
		{ "Zoë D’Angelo", "zoë d’angelo", "zoe dangelo",
		    "dangelo zoe" },
		{ "O'Neil O`Neil OʼNeil", "o'neil o`neil oʼneil",
		    "oneil oneil oneil", "oneil oneil oneil" },
		/* initials and suffixes go while two words are left */
		{ "Daniel K. Otieno Jr", "daniel k. otieno jr",
		    "daniel k otieno jr", "daniel otieno" },
		{ "K. Jr", "k. jr", "k jr", "jr k" },
		{ "Otieno Jr", "otieno jr", "otieno jr", "jr otieno" },
		{ "Ann Lee Sr II III IV", "ann lee sr ii iii iv",
		    "ann lee sr ii iii iv", "ann lee" },
		/* letters that are no letter with a mark */
		{ "Strauß ÆŒ Øłđðþı", "strauß æœ øłđðþı",
		    "strauss aeoe olddthi", "aeoe olddthi strauss" },
		{ "STRAUẞ", "strauß", "strauss", "strauss" },
		{ "Ǿystein Ǽ", "ǿystein ǽ", "oystein ae", "ae oystein" },
		{ "Nguyễn Đặng", "nguyễn đặng", "nguyen dang", "dang nguyen" },
		/* in one piece or in two */
		{ "Zoe\xcc\x88", "zoë", "zoe", "zoe" },
		{ "\xd0\x98\xcc\x86", "й", "й", "й" },
		/* dotted I has no simple folding, but marks go */
		{ "\xc4\xb0lker I\xcc\x87lker", "\xc4\xb0lker \xc4\xb0lker",
		    "ilker ilker", "ilker ilker" },
		/* other scripts only lose their case */
		{ "Иван ПЕТРОВ", "иван петров", "иван петров", "иван петров" },
		{ "Ёлка", "ёлка", "ёлка", "ёлка" },
		{ "ΒΑΣΊΛΗΣ", "βασίλησ", "βασίλησ", "βασίλησ" },
		{ "βασίλης", "βασίλησ", "βασίλησ", "βασίλησ" },
		/* every white space */
		{ "a\xc2\xa0"
		  "b\xe2\x80\xa8"
		  "c\xe3\x80\x80\t\nd\xc2\x85",
		    "a b c d", "a b c d", "a b c d" },
		{ "ana_maria/cruz", "ana_maria/cruz", "ana maria cruz",
		    "ana cruz maria" },
		{ "...", "...", "", "" },
		{ "", "", "", "" },
		/* not UTF-8: Windows-1252 */
		{ "Pe\xf1"
		  "a \x8akoda",
		    "peña škoda", "pena skoda", "pena skoda" },
	};
	struct arena *keep = arena_new();
	struct name name;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(sample) / sizeof(sample[0]); i++) {
		name_make(&name, text_of(sample[i].raw), keep);
		assert_string_equal(name.plain.p, sample[i].plain);
		assert_string_equal(name.loose.p, sample[i].loose);
		assert_string_equal(name.sorted.p, sample[i].sorted);
	}
	arena_free(keep);
}

static double
alike(const char *a, const char *b)
{
	struct code_points x = { 0 }, y = { 0 };
	unsigned char scratch[200];
	double similarity;

	unicode_decode(&x, text_of(a));
	unicode_decode(&y, text_of(b));
	similarity = jaro_winkler(x.p, x.nr, y.p, y.nr, scratch);
	code_points_free(&x);
	code_points_free(&y);
	return similarity;
}

/* From Winkler's papers, by hand, and by a program in another language. */
static void
test_similarity(void **state)
{
	static const struct {
		const char *a;
		const char *b;
		double similarity;
	} sample[] = {
		/* (6/6 + 6/6 + 5/6) / 3 + 3 * 0.1 * (1 - that) */
		{ "martha", "marhta", 0.9611111111111111 },
		/* (4/5 + 4/6 + 4/4) / 3 + 1 * 0.1 * (1 - that) */
		{ "duane", "dwayne", 0.84 },
		{ "dixon", "dicksonx", 0.8133333333333332 },
		{ "katherin oduya", "katherine oduya", 0.9866666666666667 },
		{ "dela marc pena", "dela mark pena", 0.9714285714285714 },
		{ "alicia moreno", "alice moreno", 0.9525641025641025 },
		{ "lopes mario", "lopez maria", 0.9272727272727274 },
		{ "kofi mensah", "boateng mensah", 0.6829004329004329 },
		{ "abc", "abc", 1 },
		{ "abc", "xyz", 0 },
		{ "", "a", 0 },
		{ "", "", 0 },
		/* code points, not bytes */
		{ "йна", "йнб", 0.8222222222222223 },
		/* three out of order are one transposition, not one and a half */
		{ "xabcpqrs", "xbcapqrs", 0.9625 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(sample) / sizeof(sample[0]); i++) {
		assert_float_equal(alike(sample[i].a, sample[i].b),
		    sample[i].similarity, 1e-12);
		assert_float_equal(alike(sample[i].b, sample[i].a),
		    sample[i].similarity, 1e-12);
	}
}

static uint32_t seed = 1;

static uint32_t
draw(uint32_t below)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % below;
}

/* Few letters, so that many names are alike; now and then a very long one. */
static struct text
draw_name(struct arena *keep)
{
	static const char *const letter[] = { "a", "b", "e", "n", "r", "o", " ",
		"й", "ш", "ñ", "\xf0\x9f\x98\x80" };
	size_t i, nr = draw(40) == 0 ? 200 + draw(120) : 1 + draw(22);
	struct buf b;
	struct text t;

	buf_init(&b, 4000);
	for (i = 0; i < nr; i++)
		buf_str(&b, letter[draw(draw(4) == 0 ? 11 : 7)]);
	t = arena_copy(keep, buf_view(&b));
	buf_free(&b);
	return t;
}

static struct near_hit brute[2000];

static int
by_similarity(const void *a, const void *b)
{
	const struct near_hit *x = a, *y = b;

	if (x->similarity != y->similarity)
		return x->similarity > y->similarity ? -1 : 1;
	return x->index < y->index ? -1 : 1;
}

static size_t
find_all(const struct name *name, const struct name *const *all, size_t nr,
    double least)
{
	static unsigned char scratch[4000];
	size_t i, hits = 0;
	double similarity;

	for (i = 0; i < nr; i++) {
		similarity = jaro_winkler(name->point, name->points,
		    all[i]->point, all[i]->points, scratch);
		if (similarity >= least)
			brute[hits++] = (struct near_hit){ i, similarity };
	}
	if (hits > 1)
		qsort(brute, hits, sizeof(*brute), by_similarity);
	return hits;
}

static void
check_near(size_t nr, double least)
{
	struct arena *keep = arena_new();
	struct name *name = arena_alloc(keep, (nr + 1) * sizeof(*name)), asked;
	const struct name **all = arena_alloc(keep, (nr + 1) * sizeof(*all));
	const struct near_hit *hit;
	struct near *near;
	size_t i, j, hits, found = 0;

	for (i = 0; i < nr; i++) {
		name_make(&name[i], draw_name(keep), keep);
		all[i] = &name[i];
	}
	near = near_new(all, nr, least);
	for (i = 0; i < 400; i++) {
		name_make(&asked, draw_name(keep), keep);
		hits = near_find(near, &asked, &hit);
		assert_int_equal(hits, find_all(&asked, all, nr, least));
		for (j = 0; j < hits; j++) {
			assert_int_equal(hit[j].index, brute[j].index);
			assert_true(hit[j].similarity == brute[j].similarity);
		}
		found += hits;
	}
	assert_true(nr < 100 || least > 0.99 || found > 100);
	near_free(near);
	arena_free(keep);
}

static void
test_near(void **state)
{
	(void)state;
	check_near(0, 0.85);
	check_near(1, 0.85);
	check_near(2000, 0.85);
	check_near(1500, 0.96);
	check_near(1500, 0.7);
	check_near(500, 0.5);
	check_near(500, 1);
}

/* A claim that comes at any time gives the same. */
static void
test_claims(void **state)
{
	static const struct match_outcome o[] = {
		{ .method = MATCH_FUZZY, .claimant = 1 },
		{ .method = MATCH_TOKENS, .claimant = 2 },
		{ .method = MATCH_TOKENS, .claimant = 2, .by_group = true },
		{ .method = MATCH_TOKENS, .claimant = 3 },
		{ .method = MATCH_EXACT, .claimant = 4 },
		{ .method = MATCH_ID, .claimant = 5 },
	};
	/* which come, and which then stand, a bit for each */
	static const struct {
		unsigned come, stand;
	} sample[] = {
		{ 1, 1 },
		{ 1 | 2, 2 },
		{ 1 | 2 | 4, 2 | 4 },
		{ 1 | 2 | 4 | 8, 0 },
		{ 2 | 8 | 16, 16 },
		{ 1 | 16 | 32, 16 | 32 },
		{ 1 | 2 | 4 | 8 | 16 | 32, 16 | 32 },
	};
	struct claims *claims;
	size_t i, j, k, turn, claim[6] = { 0 }, day;

	(void)state;
	for (i = 0; i < sizeof(sample) / sizeof(sample[0]); i++)
		for (turn = 0; turn < 12; turn++) {
			claims = claims_new();
			day = claims_day(claims, NAMES_INFLOW, text_of("d"));
			assert_false(claims_has(claims, day, 0));
			for (j = 0; j < 6; j++) {
				k = (turn % 2 == 0 ? j + turn : turn + 5 - j) %
				    6;
				if ((sample[i].come >> k & 1) != 0)
					claim[k] =
					    claims_add(claims, day, &o[k]);
			}
			for (k = 0; k < 6; k++)
				if ((sample[i].come >> k & 1) != 0)
					assert_int_equal(claims_stand(claims,
							     claim[k], &o[k]),
					    sample[i].stand >> k & 1);
			assert_int_equal(
			    claims_has(claims, day, 0), sample[i].stand != 0);
			claims_free(claims);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_similarity),
		cmocka_unit_test(test_near),
		cmocka_unit_test(test_claims),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
