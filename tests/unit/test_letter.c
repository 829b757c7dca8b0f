/* A message in two forms: what is escaped, cut and turned. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "briefing/letter.h"
#include "record/message.h"

#define GRIN "\xf0\x9f\x98\x80"

static struct letter letter;
static struct buf line;

static const char *
text(void)
{
	return letter.text.len == 0 ? "" : letter.text.p;
}

static void
again(enum letter_part part)
{
	letter_free(&letter);
	letter_init(&letter);
	letter_begin(&letter, part);
}

static void
test_forms(void **state)
{
	(void)state;
	again(LETTER_HEADER);
	letter_name(&letter, text_of("A & B"), true);
	letter_end(&letter);
	letter_gap(&letter);
	letter_begin(&letter, LETTER_SECTION);
	letter_name(&letter, text_of(" <b>Eve</b>\n& Co "), true);
	letter_line(&letter, 3);
	letter_format(&letter, "%d & more", 7);
	letter_end(&letter);
	letter_divider(&letter);
	letter_begin(&letter, LETTER_CONTEXT);
	letter_link(&letter, text_of("https://x/?a&b"));
	letter_end(&letter);
	assert_string_equal(text(), "A & B\n\n<b>Eve</b> & Co\n   7 & more\n\n"
				    "https://x/?a&b\n");
	letter_put(&letter, text_of("U1"), text_of("k"), false, &line);
	assert_string_equal(line.p,
	    "{\"type\":\"message\",\"to\":\"U1\",\"key\":\"k\",\"text\":"
	    "\"A & B\\n\\n<b>Eve</b> & Co\\n   7 & more\\n\\nhttps://x/?a&b\","
	    "\"blocks\":[{\"type\":\"header\",\"text\":{\"type\":"
	    "\"plain_text\",\"text\":\"A &amp; B\"}},{\"type\":\"section\","
	    "\"text\":{\"type\":\"mrkdwn\",\"text\":\"*&lt;b&gt;Eve&lt;/b&gt; "
	    "&amp; Co*\\n7 &amp; more\"}},{\"type\":\"divider\"},{\"type\":"
	    "\"context\",\"elements\":[{\"type\":\"mrkdwn\",\"text\":"
	    "\"<https://x/?a&amp;b>\"}]}]}");
	buf_clear(&line);
	letter_put(&letter, text_of("U1"), text_of("k"), true, &line);
	assert_null(strstr(line.p, "blocks"));
}

/* As many of what as it takes to be cut. */
static void
fill(enum letter_part part, const char *what)
{
	int i;

	again(part);
	for (i = 0; i < 4000; i++)
		letter_str(&letter, what);
}

static void
test_cuts(void **state)
{
	static const char *const what[] = { "x", "&", "<", "\xc3\xa9", GRIN };
	struct text block;
	size_t i, part, most;

	(void)state;
	for (part = LETTER_HEADER; part <= LETTER_SECTION; part++)
		for (i = 0; i < sizeof(what) / sizeof(what[0]); i++) {
			most = part == LETTER_HEADER ? MESSAGE_HEADER_MOST
						     : MESSAGE_SECTION_MOST;
			fill((enum letter_part)part, what[i]);
			block = buf_view(&letter.block);
			assert_true(utf8_valid(block));
			assert_int_equal(letter.units, utf8_units(block));
			assert_in_range(utf8_units(block), most - 14, most);
			/* the mark stands behind a whole one */
			assert_memory_equal(
			    block.p + block.len - 3, "\xe2\x80\xa6", 3);
			if (*what[i] == '&')
				assert_int_equal(block.p[block.len - 4], ';');
			assert_int_equal(
			    letter.text.len, 4000 * strlen(what[i]));
		}
	/* a cut name is still in bold */
	fill(LETTER_SECTION, "x");
	letter_name(&letter, text_of("y"), true);
	assert_in_range(
	    utf8_units(buf_view(&letter.block)), 1, MESSAGE_SECTION_MOST);
	assert_int_equal(letter.block.p[letter.block.len - 1], '*');
}

static void
test_data(void **state)
{
	(void)state;
	again(LETTER_SECTION);
	letter_data(&letter, text_of("\tone\r\ntwo\xc2\xa0x\x7f"), 100);
	assert_string_equal(text(), "one  two x ");
	again(LETTER_SECTION);
	letter_data(&letter, text_of(GRIN GRIN GRIN), 2);
	assert_string_equal(text(), GRIN GRIN "\xe2\x80\xa6");
	again(LETTER_SECTION);
	letter_data(&letter, text_of(GRIN GRIN), 2);
	assert_string_equal(text(), GRIN GRIN);
	/* marks that turn what follows are gone; bytes that are none too */
	again(LETTER_SECTION);
	letter_data(&letter,
	    text_of("a\xe2\x80\xae"
		    "b\xff\xe2\x81\xa6"
		    "c"),
	    9);
	assert_string_equal(text(), "abc");
	/* what is written from the right turns nothing else */
	again(LETTER_SECTION);
	letter_name(&letter, text_of("\xd7\x9e\xd7\xa9"), false);
	letter_str(&letter, " 1");
	assert_string_equal(
	    text(), "\xe2\x81\xa8\xd7\x9e\xd7\xa9\xe2\x81\xa9 1");
	again(LETTER_SECTION);
	letter_name(&letter, text_of(" "), false);
	assert_string_equal(text(), "(no name)");
	again(LETTER_SECTION);
	letter_name(&letter, (struct text){ 0 }, false);
	assert_string_equal(text(), "(no name)");
}

static void
test_room(void **state)
{
	size_t nr = 0;

	(void)state;
	again(LETTER_SECTION);
	while (letter_has_room(&letter, 4000)) {
		fill(LETTER_SECTION, "x");
		letter.all_units = (nr + 1) * MESSAGE_SECTION_MOST;
		nr++;
	}
	assert_int_equal(nr, 3);
	again(LETTER_SECTION);
	for (nr = 0; letter_has_room(&letter, 4000); nr++) {
		letter_begin(&letter, LETTER_SECTION);
		letter_str(&letter, "x");
		letter_end(&letter);
	}
	assert_int_equal(nr, 42);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_cuts),
		cmocka_unit_test(test_data),
		cmocka_unit_test(test_room),
	};
	int status;

	letter_init(&letter);
	buf_init(&line, 100000);
	status = cmocka_run_group_tests_name("letter", tests, NULL, NULL);
	letter_free(&letter);
	buf_free(&line);
	return status;
}
