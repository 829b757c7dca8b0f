#include "html/squeeze.h"

#include <stdbool.h>
#include <string.h>

struct squeeze {
	struct buf *out;
	const char *p, *end;
	char last; /* byte that was written; 0 at first */
};

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || c == '$' || (c & 0x80);
}

static bool
is_in(char c, const char *set)
{
	return c != '\0' && strchr(set, c) != NULL;
}

static bool
starts(const struct squeeze *s, const char *what)
{
	size_t len = strlen(what);

	return (size_t)(s->end - s->p) >= len && memcmp(s->p, what, len) == 0;
}

/* Write up to the byte before to, and go on there. */
static void
keep_to(struct squeeze *s, const char *to)
{
	if (to > s->end)
		to = s->end;
	buf_add(s->out, s->p, (size_t)(to - s->p));
	if (to > s->p)
		s->last = to[-1];
	s->p = to;
}

/* Behind a string that starts here. */
static const char *
string_end(const struct squeeze *s)
{
	const char *p = s->p + 1;

	while (p < s->end && *p != *s->p)
		p += *p == '\\' ? 2 : 1;
	return p + 1;
}

static const char *
regexp_end(const struct squeeze *s)
{
	const char *p = s->p + 1;
	bool in_set = false;

	for (; p < s->end && (in_set || *p != '/'); p++) {
		if (*p == '\\')
			p++;
		else if (*p == '[' || *p == ']')
			in_set = *p == '[';
	}
	return p + 1;
}

static void
skip_comment(struct squeeze *s)
{
	const char *p =
	    memmem(s->p + 2, (size_t)(s->end - s->p) - 2, "*/", strlen("*/"));

	s->p = p == NULL ? s->end : p + 2;
}

/* Blanks and line ends: one that separates, or none. */
static void
skip_blank(struct squeeze *s)
{
	char next;

	for (; s->p < s->end; s->p++) {
		if (starts(s, "/*")) {
			skip_comment(s);
			s->p--;
		} else if (!is_in(*s->p, " \t\n")) {
			break;
		}
	}
	if (s->p == s->end || s->last == '\0')
		return;
	next = *s->p;
	if ((is_word(s->last) && is_word(next)) ||
	    (s->last == next && is_in(next, "+-"))) {
		buf_char(s->out, ' ');
		s->last = ' ';
	}
}

static void squeeze_code(struct squeeze *);

/* What a template computes is code, which may hold another template. */
static void
squeeze_template(struct squeeze *s)
{
	const char *p = s->p + 1;

	while (p < s->end && *p != '`') {
		if (*p == '$' && p + 1 < s->end && p[1] == '{') {
			keep_to(s, p + 2);
			squeeze_code(s);
			p = s->p;
		} else {
			p += *p == '\\' ? 2 : 1;
		}
	}
	keep_to(s, p + 1);
}

/* Up to the end, or to the closing brace of what is around. */
static void
squeeze_code(struct squeeze *s)
{
	size_t depth = 1;

	while (s->p < s->end) {
		if (is_in(*s->p, " \t\n") || starts(s, "/*")) {
			skip_blank(s);
			continue;
		}
		if (*s->p == '"' || *s->p == '\'') {
			keep_to(s, string_end(s));
			continue;
		}
		if (*s->p == '`') {
			squeeze_template(s);
			continue;
		}
		if (*s->p == '/' && is_in(s->last, "(,=:!&|?{};>\n")) {
			keep_to(s, regexp_end(s));
			continue;
		}
		if (*s->p == '}' && s->last == ';' && s->out->len > 0)
			s->out->len--;
		depth += *s->p == '{';
		depth -= *s->p == '}';
		if (depth == 0)
			return;
		keep_to(s, s->p + 1);
	}
}

void
squeeze_script(struct buf *b, struct text script)
{
	struct squeeze s = {
		.out = b, .p = script.p, .end = script.p + script.len
	};

	squeeze_code(&s);
	buf_char(b, '\n');
}
