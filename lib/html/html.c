#include "html/html.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"

#define TEXT_MAX 512 /* of html_printf */

void
html_init(struct html *h, struct buf *out)
{
	*h = (struct html){ .out = out };
}

static bool
is_one_of(const char *name, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strcmp(name, *list) == 0)
			return true;
	return false;
}

static void
end_tag(struct html *h)
{
	if (h->in_tag)
		buf_char(h->out, '>');
	h->in_tag = false;
}

void
html_open(struct html *h, const char *name)
{
	end_tag(h);
	buf_char(h->out, '<');
	buf_str(h->out, name);
	h->in_tag = true;
	if (h->depth < HTML_DEPTH)
		h->name[h->depth] = name;
	h->depth++;
}

void
html_close(struct html *h)
{
	static const char *const empty[] = { "input", "br", "meta", "link",
		NULL };
	static const char *const shape[] = { "path", "line", "rect", "use",
		"circle", "polyline", NULL };
	static const char *const left_out[] = { "td", "th", "tr", "li",
		"option", "thead", "tbody", "dt", "dd", NULL };
	const char *name;

	if (h->depth == 0 || --h->depth >= HTML_DEPTH)
		return;
	name = h->name[h->depth];
	if (h->in_tag && is_one_of(name, shape)) {
		buf_str(h->out, "/>");
		h->in_tag = false;
		return;
	}
	end_tag(h);
	if (is_one_of(name, empty) || is_one_of(name, left_out))
		return;
	buf_str(h->out, "</");
	buf_str(h->out, name);
	buf_char(h->out, '>');
}

/* Length of the UTF-8 sequence at p, 0 when it is broken. */
static size_t
sequence(const unsigned char *p, size_t len)
{
	size_t i, nr = p[0] < 0x80   ? 1
		       : p[0] < 0xc2 ? 0
		       : p[0] < 0xe0 ? 2
		       : p[0] < 0xf0 ? 3
		       : p[0] < 0xf5 ? 4
				     : 0;

	if (nr == 0 || nr > len)
		return 0;
	for (i = 1; i < nr; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) ||
	    (p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
		return 0;
	return nr;
}

static void
put_escaped(struct buf *b, struct text t)
{
	const unsigned char *p = (const unsigned char *)t.p;
	size_t i, nr;

	for (i = 0; i < t.len; i += nr) {
		nr = sequence(p + i, t.len - i);
		if (nr == 0 || p[i] == '\0') {
			buf_str(b, "\xef\xbf\xbd");
			nr = 1;
		} else if (p[i] == '&') {
			buf_str(b, "&amp;");
		} else if (p[i] == '<') {
			buf_str(b, "&lt;");
		} else if (p[i] == '>') {
			buf_str(b, "&gt;");
		} else if (p[i] == '"') {
			buf_str(b, "&quot;");
		} else if (p[i] == '\r') {
			buf_str(b, "&#13;");
		} else {
			buf_add(b, p + i, nr);
		}
	}
}

void
html_attr_text(struct html *h, const char *name, struct text value)
{
	buf_char(h->out, ' ');
	buf_str(h->out, name);
	buf_str(h->out, "=\"");
	put_escaped(h->out, value);
	buf_char(h->out, '"');
}

void
html_attr(struct html *h, const char *name, const char *value)
{
	html_attr_text(h, name, text_of(value));
}

void
html_class(struct html *h, const char *names)
{
	if (names != NULL && names[0] != '\0')
		html_attr(h, "class", names);
}

void
html_attr_int(struct html *h, const char *name, int64_t value)
{
	char text[NUM_MAX];

	snprintf(text, sizeof(text), "%lld", (long long)value);
	html_attr(h, name, text);
}

double
html_tenth(double x)
{
	return floor(x * 10 + 0.5) / 10;
}

void
html_attr_at(struct html *h, const char *name, double value)
{
	char text[NUM_MAX];

	html_attr(h, name, num_format(html_tenth(value) + 0.0, text));
}

void
html_flag(struct html *h, const char *name)
{
	buf_char(h->out, ' ');
	buf_str(h->out, name);
}

void
html_text(struct html *h, struct text t)
{
	end_tag(h);
	put_escaped(h->out, t);
}

void
html_str(struct html *h, const char *s)
{
	html_text(h, text_of(s));
}

void
html_printf(struct html *h, const char *fmt, ...)
{
	char text[TEXT_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	html_str(h, text);
}

void
html_put(struct html *h, const char *name, const char *names, const char *text)
{
	html_open(h, name);
	html_class(h, names);
	html_str(h, text);
	html_close(h);
}

void
html_bdi(struct html *h, struct text t)
{
	html_open(h, "bdi");
	html_text(h, t);
	html_close(h);
}

void
html_raw(struct html *h, struct text t)
{
	end_tag(h);
	buf_text(h->out, t);
}

void
html_json(struct html *h, struct text t)
{
	size_t i, start = 0;
	const char *put;
	size_t nr;

	end_tag(h);
	for (i = 0; i < t.len; i += nr) {
		nr = 1;
		put = t.p[i] == '<'   ? "\\u003c"
		      : t.p[i] == '>' ? "\\u003e"
		      : t.p[i] == '&' ? "\\u0026"
				      : NULL;
		if (t.len - i >= 3 && memcmp(t.p + i, "\xe2\x80", 2) == 0 &&
		    (t.p[i + 2] & 0xfe) == 0xa8) {
			put = (t.p[i + 2] & 1) ? "\\u2029" : "\\u2028";
			nr = 3;
		}
		if (put == NULL)
			continue;
		buf_add(h->out, t.p + start, i - start);
		buf_str(h->out, put);
		start = i + nr;
	}
	if (t.len > start)
		buf_add(h->out, t.p + start, t.len - start);
}

const char *
html_count(int64_t x, char out[HTML_COUNT])
{
	char digit[HTML_COUNT];
	size_t i, nr, o = 0;

	snprintf(digit, sizeof(digit), "%lld", (long long)x);
	nr = strlen(digit);
	for (i = 0; i < nr; i++) {
		if (i > 0 && (nr - i) % 3 == 0 && digit[i - 1] != '-')
			out[o++] = '.';
		out[o++] = digit[i];
	}
	out[o] = '\0';
	return out;
}
