/* rivals: with how many mistakes a spelling means a name */
#include "match/rivals.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buf.h"

#define NR(a) (sizeof(a) / sizeof((a)[0]))
#define MANY  (RIVALS_MOST + 1)

static unsigned
mistakes_of(const char *spelling, const char *full)
{
	struct arena *keep = arena_new();
	struct name name, asked;
	const struct name *all = &name;
	struct rivals *rivals;
	unsigned mistakes;

	name_make(&name, text_of(full), keep);
	name_make(&asked, text_of(spelling), keep);
	rivals = rivals_new(&all, 1);
	rivals_ask(rivals, &asked);
	mistakes = rivals_mistakes(rivals, 0);
	rivals_free(rivals);
	arena_free(keep);
	return mistakes;
}

static void
test_mistakes(void **state)
{
	static const struct {
		const char *spelling, *name;
		unsigned mistakes;
	} test[] = {
		{ "Ana Cruz", "Ana Cruz", 0 },
		/* order, marks, what is left out and initials are none */
		{ "CRUZ, ana", "Aná Cruz", 0 },
		{ "Ana Cruz", "Ana Maria Cruz Silva", 0 },
		{ "Ana M. Cruz", "Ana Maria Cruz", 0 },
		{ "A. Cruz", "Ana Cruz", 0 },
		{ "Ana Maria Cruz", "Ana M. Cruz", 0 },
		{ "Ana Cruz Jr", "Ana Cruz", 0 },
		/* one letter */
		{ "Ana Curz", "Ana Cruz", 1 },
		{ "Ana Cru", "Ana Cruz", 1 },
		{ "Anna Cruz", "Ana Cruz", 1 },
		{ "Ana Krus", "Ana Cruz", 2 },
		{ "Anna Krus", "Ana Cruz", MANY },
		/* an end that is cut off is one, however long */
		{ "Ana Montg", "Ana Montgomery", 1 },
		{ "An Montg", "Ana Montgomery", 2 },
		/* initials that the name does not have */
		{ "Ana K. Cruz", "Ana Cruz", 1 },
		{ "Ana K. Cruz", "Ana Maria Cruz", 1 },
		{ "Ana K. L. Cruz", "Ana Maria Cruz", 2 },
		/* a name that nobody knows, where two are known */
		{ "Ana Lucia Cruz", "Ana Cruz", 2 },
		{ "Ana Lucia Cruz", "Lucia Cruz", 2 },
		{ "Ana Lucia", "Ana", MANY },
		{ "Ana Lucia Crux", "Ana Cruz", MANY },
		{ "Ana Lucia Rosa Cruz", "Ana Cruz", MANY },
		/* blanks */
		{ "AnaCruz", "Ana Cruz", 1 },
		{ "An a Cruz", "Ana Cruz", 1 },
		{ "De La Cruz", "Dela Cruz", 1 },
		/* a word of each once */
		{ "Ana Ana", "Ana Cruz", MANY },
		{ "Maria Marie", "Marie Maria", 0 },
		{ "Maria Mari", "Maria Marie", 1 },
		{ "Kofi Mensah", "Ana Cruz", MANY },
	};
	size_t i;

	(void)state;
	for (i = 0; i < NR(test); i++)
		if (mistakes_of(test[i].spelling, test[i].name) !=
		    test[i].mistakes)
			fail_msg("'%s' for '%s': %u", test[i].spelling,
			    test[i].name,
			    mistakes_of(test[i].spelling, test[i].name));
}

static unsigned seed = 1;

static unsigned
draw(unsigned nr)
{
	seed = seed * 1103515245u + 12345u;
	return (seed >> 16) % nr;
}

static struct text
draw_name(struct arena *keep)
{
	static const char *const part[] = { "ana", "an", "a", "maria", "mari",
		"cruz", "cru", "k", "lopez", "lopes", "jr", "de", "la",
		"dela" };
	size_t i, nr = 1 + draw(5);
	struct buf b;
	struct text t;

	buf_init(&b, 400);
	for (i = 0; i < nr; i++) {
		if (i > 0 && draw(8) > 0)
			buf_char(&b, ' ');
		buf_str(&b, part[draw(NR(part))]);
	}
	if (draw(3) == 0)
		b.p[draw((unsigned)b.len)] = (char)('a' + draw(26));
	t = arena_copy(keep, buf_view(&b));
	buf_free(&b);
	return t;
}

/* What is passed over is what would not count. */
static void
test_screen(void **state)
{
	enum {
		NAMES = 400
	};
	static struct name name[NAMES];
	static const struct name *all[NAMES];
	struct arena *keep = arena_new();
	struct rivals *rivals;
	size_t i, found, at, total = 0;
	struct name asked;
	unsigned bound;

	(void)state;
	for (i = 0; i < NAMES; i++) {
		name_make(&name[i], draw_name(keep), keep);
		all[i] = &name[i];
	}
	rivals = rivals_new(all, NAMES);
	for (i = 0; i < 2000; i++) {
		name_make(&asked, draw_name(keep), keep);
		rivals_ask(rivals, &asked);
		bound = draw(RIVALS_MOST + 1);
		at = 0;
		for (found = 0; found < NAMES; found++) {
			if (rivals_mistakes(rivals, found) > bound)
				continue;
			assert_true(rivals_next(rivals, bound, &at));
			assert_int_equal(at, found);
			at++;
			total++;
		}
		assert_false(rivals_next(rivals, bound, &at));
	}
	assert_true(total > 1000);
	rivals_free(rivals);
	arena_free(keep);
}

static void
test_bound(void **state)
{
	static const struct {
		const char *spelling;
		unsigned mistakes, bound;
	} test[] = {
		{ "Ana Crux", 0, 0 },
		{ "Ana Crux", 1, 1 },
		{ "Ana Crux", 2, 2 },
		{ "Ana Crux", MANY, 2 },
		{ "Ana Maria Crux", 0, 0 },
		{ "Ana Maria Crux", 1, 2 },
		{ "Ana Crux Jr", 1, 1 },
	};
	struct arena *keep = arena_new();
	struct rivals *rivals = rivals_new(NULL, 0);
	struct name asked;
	size_t i;

	(void)state;
	for (i = 0; i < NR(test); i++) {
		name_make(&asked, text_of(test[i].spelling), keep);
		rivals_ask(rivals, &asked);
		assert_int_equal(
		    rivals_bound(rivals, test[i].mistakes), test[i].bound);
	}
	rivals_free(rivals);
	arena_free(keep);
}

/* Names that nobody has take no time, and are told from nobody. */
static void
test_absurd(void **state)
{
	struct buf same, long_name;
	int i;

	(void)state;
	buf_init(&same, 2000);
	buf_init(&long_name, 2000);
	for (i = 0; i < 20; i++)
		buf_printf(&same, "ab%c ", 'a' + i);
	for (i = 0; i < 200; i++)
		buf_str(&long_name, "ab ");
	assert_int_equal(
	    mistakes_of(same.p, "aba abb x y z a b c d e f"), MANY);
	assert_int_equal(mistakes_of(long_name.p, "ab ab"), 0);
	assert_int_equal(mistakes_of("ab ab", long_name.p), MANY);
	buf_free(&same);
	buf_free(&long_name);
}

int
main(void)
{
	const struct CMUnitTest test[] = {
		cmocka_unit_test(test_mistakes),
		cmocka_unit_test(test_screen),
		cmocka_unit_test(test_bound),
		cmocka_unit_test(test_absurd),
	};

	return cmocka_run_group_tests(test, NULL, NULL);
}
