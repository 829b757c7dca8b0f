#include "base/xlsx_text.h"

#include <string.h>

#include "base/xlsx.h"
#include "base/xlsx_out.h"

#define NAME_UNITS 31
#define CODE_UNITS 7 /* of _x0001_ */

#define NUL_CODE 0x10000 /* apart from none; its last four digits are written */
/* U+FFFE and U+FFFF by the last of their three bytes. */
#define NO_CHARACTER(byte) (0xff40u | (unsigned char)(byte))

/* Bytes of the character that starts with c; the text is UTF-8. */
static size_t
character_length(unsigned char c)
{
	return c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}

static bool
is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
	       (c >= 'A' && c <= 'F');
}

/* What reads as the code of a character. */
static bool
looks_escaped(const char *p, const char *end)
{
	return end - p >= 7 && p[1] == 'x' && p[6] == '_' && is_hex(p[2]) &&
	       is_hex(p[3]) && is_hex(p[4]) && is_hex(p[5]);
}

/* U+FFFE and U+FFFF, which XML cannot hold. */
static bool
is_no_character(const char *p, const char *end)
{
	return end - p >= 3 && p[0] == '\xef' && p[1] == '\xbf' &&
	       (p[2] == '\xbe' || p[2] == '\xbf');
}

/* The characters that may need something done. */
static const bool special[256] = { [0 ... 8] = true,
	[11 ... 31] = true, /* CR too, which XML reads as LF */
	['_'] = true,
	[0xef] = true };

/*
 * The code that stands for the character at p, or for the first byte of it; 0:
 * it stands for itself.
 */
static unsigned
code_of(const char *p, const char *end)
{
	unsigned char c = (unsigned char)*p;

	if (!special[c])
		return 0;
	if (c == '_')
		return looks_escaped(p, end) ? '_' : 0;
	if (c == 0xef)
		return is_no_character(p, end) ? NO_CHARACTER(p[2]) : 0;
	return c == 0 ? NUL_CODE : c;
}

void
xlsx_text_escape(struct text t, struct buf *b)
{
	const char *p = t.p, *end = t.p + t.len, *run = p;
	unsigned code;

	while (p < end) {
		code = code_of(p, end);
		if (code == 0) {
			p++;
			continue;
		}
		buf_add(b, run, (size_t)(p - run));
		buf_printf(b, "_x%04X_", code & 0xffff);
		p += character_length((unsigned char)*p);
		run = p;
	}
	buf_add(b, run, (size_t)(p - run));
}

/* UTF-16 units of what is written for t, up to max; *cut: the bytes of that. */
static void
count_units(struct text t, size_t max, size_t *cut)
{
	const char *end = t.p + t.len;
	size_t i = 0, units = 0;
	unsigned code;

	while (i < t.len) {
		code = code_of(t.p + i, end);
		if (code != 0)
			units += CODE_UNITS;
		else
			units += (unsigned char)t.p[i] >= 0xf0 ? 2 : 1;
		if (units > max)
			break;
		i += character_length((unsigned char)t.p[i]);
	}
	*cut = i < t.len ? i : t.len;
}

bool
xlsx_fit(struct text *t)
{
	size_t cut;

	if (t->len <= XLSX_TEXT_MAX / CODE_UNITS)
		return true;
	count_units(*t, XLSX_TEXT_MAX, &cut);
	if (cut == t->len)
		return true;
	t->len = cut;
	return false;
}

size_t
xlsx_text_width(struct text t, size_t max)
{
	size_t i, width = 0, longest = 0;
	unsigned char c;

	for (i = 0; i < t.len && longest < max; i += character_length(c)) {
		c = (unsigned char)t.p[i];
		if (c == '\n') {
			width = 0;
			continue;
		}
		/* characters of the far east take two */
		width += c >= 0xe1 && c != 0xe2 ? 2 : 1;
		if (width > longest)
			longest = width;
	}
	return longest < max ? longest : max;
}

int
xlsx_sheet_name_check(const char *name, struct fault *f)
{
	struct text t = text_of(name);
	const char *bad = strpbrk(name, "[]:*?/\\");
	size_t i, cut;

	if (t.len == 0)
		return fault_set(f, FAULT_DATA, "a sheet's name is empty");
	if (bad != NULL)
		return fault_set(f, FAULT_DATA,
		    "sheet name '%s' has a '%c', which none can have", name,
		    *bad);
	for (i = 0; i < t.len; i++)
		if ((unsigned char)name[i] < 0x20 ||
		    is_no_character(name + i, name + t.len))
			return fault_set(f, FAULT_DATA,
			    "sheet name '%s' has a control character", name);
	count_units(t, NAME_UNITS, &cut);
	if (cut < t.len)
		return fault_set(f, FAULT_DATA,
		    "sheet name '%s' is longer than %d characters", name,
		    NAME_UNITS);
	for (i = 0; i < t.len; i++)
		if (code_of(name + i, name + t.len) != 0)
			return fault_set(f, FAULT_DATA,
			    "sheet name '%s' has the code of a character",
			    name);
	if (name[0] == '\'' || name[t.len - 1] == '\'')
		return fault_set(f, FAULT_DATA,
		    "sheet name '%s' starts or ends with an apostrophe", name);
	if (text_is_nocase(t, "history"))
		return fault_set(f, FAULT_DATA,
		    "sheet name '%s' is one that Excel keeps for itself", name);
	return 0;
}
