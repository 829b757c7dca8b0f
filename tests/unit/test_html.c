#include "html/html.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "html/chart.h"
#include "html/squeeze.h"
#include "html/table.h"

static void
assert_written(struct buf *b, const char *expected)
{
	buf_char(b, '\0');
	assert_string_equal(b->p, expected);
	buf_free(b);
}

static void
test_elements(void **state)
{
	struct html h;
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 16);
	html_init(&h, &b);
	html_open(&h, "tr");
	html_open(&h, "td");
	html_class(&h, NULL);
	html_class(&h, "n");
	html_attr(&h, "title", "a \"b\" <c> & d");
	html_str(&h, "1 < 2 & \"3\"");
	html_close(&h);
	html_close(&h);
	html_open(&h, "input");
	html_flag(&h, "checked");
	html_close(&h);
	html_open(&h, "rect");
	html_attr_at(&h, "x", 1.25);
	html_attr_at(&h, "y", -0.01);
	html_close(&h);
	html_put(&h, "p", NULL, "");
	assert_written(&b,
	    "<tr><td class=\"n\" title=\"a &quot;b&quot; &lt;c&gt; &amp; d\">"
	    "1 &lt; 2 &amp; &quot;3&quot;<input checked>"
	    "<rect x=\"1.3\" y=\"0\"/><p></p>");
}

static void
test_text_that_html_cannot_hold(void **state)
{
	static const char bad[] = "a\0b\r\xc3(\xed\xa0\x80\xf0\x9f\xa7\xa1\xe2";
	struct html h;
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 16);
	html_init(&h, &b);
	html_text(&h, (struct text){ bad, sizeof(bad) - 1 });
	assert_written(&b,
	    "a\xef\xbf\xbd"
	    "b&#13;\xef\xbf\xbd(\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"
	    "\xf0\x9f\xa7\xa1\xef\xbf\xbd");
}

static void
test_json_ends_no_script(void **state)
{
	struct html h;
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 16);
	html_init(&h, &b);
	html_json(&h,
	    text_of("\"</script><!--&\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xa7\""));
	assert_written(&b,
	    "\"\\u003c/script\\u003e\\u003c!--\\u0026\\u2028\\u2029"
	    "\xe2\x80\xa7\"");
}

static void
test_count(void **state)
{
	static const struct {
		int64_t x;
		const char *shown;
	} sample[] = {
		{ 0, "0" },
		{ 999, "999" },
		{ 1000, "1.000" },
		{ 1234567, "1.234.567" },
		{ -1000, "-1.000" },
		{ -100, "-100" },
	};
	char text[HTML_COUNT];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(sample) / sizeof(sample[0]); i++)
		assert_string_equal(
		    html_count(sample[i].x, text), sample[i].shown);
}

/* The smallest of 1, 2 and 5 times a power of ten that is enough. */
static void
test_step(void **state)
{
	static const struct {
		double span, nr, step;
	} sample[] = {
		{ 0, 5, 1 },
		{ 100, 20, 5 },
		{ 100.1, 20, 10 },
		{ 20, 20, 1 },
		{ 3, 20, 0.2 },
		{ 0.6, 20, 0.05 },
		{ 1100, 5, 500 },
		{ 1e7, 5, 2e6 },
	};
	struct chart_step s;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(sample) / sizeof(sample[0]); i++) {
		s = chart_step(sample[i].span, sample[i].nr);
		if (fabs(chart_multiple(s, 1) - sample[i].step) >
		    sample[i].step * 1e-12)
			fail_msg("%g in %g: %g", sample[i].span, sample[i].nr,
			    chart_multiple(s, 1));
	}
	s = chart_step(0.6, 20);
	/* a multiple is in the bin that it starts, whatever its last bits */
	assert_int_equal((int)chart_below(s, 0.15), 3);
	assert_int_equal((int)chart_below(s, 0.149), 2);
}

static void
test_squeeze(void **state)
{
	static const char script[] =
	    "/* what it is\n * for */\n"
	    "const a = 1, b = a + +1;\n"
	    "function f(x) { /* why */\n"
	    "\treturn x ? \"a  b\" : 'it\\'s  // not';\n"
	    "}\n"
	    "const r = s.replace(/[/\"] +\\//g, \"\") / 2;\n"
	    "const t = `a  ${b  +  `c  ${ d ? { e: 1 }.e : 0 }`}  f`;\n"
	    "if (a)\n\tb();\nelse\n\tc++;\n"
	    "let u = in4 - -1,\n\tv;\n";
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 16);
	squeeze_script(&b, text_of(script));
	assert_written(&b, "const a=1,b=a+ +1;"
			   "function f(x){"
			   "return x?\"a  b\":'it\\'s  // not'"
			   "}"
			   "const r=s.replace(/[/\"] +\\//g,\"\")/2;"
			   "const t=`a  ${b+`c  ${d?{e:1}.e:0}`}  f`;"
			   "if(a)b();else c++;"
			   "let u=in4- -1,v;\n");
}

/* Each kind of cell: what is shown, and what is sorted by where it differs. */
static void
test_cells(void **state)
{
	static const struct table_column column[] = {
		{ "a", TABLE_HEAD },
		{ "b", TABLE_COUNT },
		{ "c", TABLE_PCT },
		{ "d", TABLE_SIGNED },
		{ "e", TABLE_DATE },
		{ "f", TABLE_TICK },
		{ "g", TABLE_BADGE },
		{ "h", TABLE_TEXT },
	};
	const struct table t = { .column = column, .column_nr = 8 };
	struct html h;
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 16);
	html_init(&h, &b);
	table_row(&h, &t,
	    (struct table_cell[]){ { .text = text_of("<A>") }, { .x = 1234 },
		{ .x = 12.25 }, { .x = -1.5 },
		{ .text = text_of("2026-03-01") }, { .x = 1 },
		{ .text = text_of("Goed"), .x = 0, .tone = 2 },
		{ .text = { NULL, 0 } } });
	table_row(&h, &t,
	    (struct table_cell[]){ { .text = { NULL, 0 } }, { .x = NAN },
		{ .x = 12.5 }, { .x = 0 }, { .text = text_of("soon") },
		{ .x = 0 }, { .text = text_of("Matig"), .x = 1, .tone = 1 },
		{ .text = text_of("n") } });
	assert_written(&b,
	    "<tr><th scope=\"row\"><bdi>&lt;A&gt;</bdi>"
	    "<td class=\"n\" data-v=\"1234\">1.234"
	    "<td class=\"n\" data-v=\"12.25\">12.2%"
	    "<td class=\"n\" data-v=\"-1.5\">-1.5"
	    "<td data-v=\"2026-03-01\">01-03-2026"
	    "<td class=\"k\" data-v=\"1\">✓"
	    "<td data-v=\"0\"><span class=\"b t2\">Goed</span>"
	    "<td><bdi>–</bdi>"
	    "<tr><th scope=\"row\"><bdi>–</bdi><td class=\"n\">–"
	    "<td class=\"n\">12.5%<td class=\"n\" data-v=\"0\">0.0"
	    "<td>soon<td class=\"k\" data-v=\"0\">–"
	    "<td data-v=\"1\"><span class=\"b t1\">Matig</span>"
	    "<td><bdi>n</bdi>");
}

int
main(void)
{
	const struct CMUnitTest test[] = {
		cmocka_unit_test(test_elements),
		cmocka_unit_test(test_text_that_html_cannot_hold),
		cmocka_unit_test(test_json_ends_no_script),
		cmocka_unit_test(test_count),
		cmocka_unit_test(test_step),
		cmocka_unit_test(test_squeeze),
		cmocka_unit_test(test_cells),
	};

	return cmocka_run_group_tests(test, NULL, NULL);
}
