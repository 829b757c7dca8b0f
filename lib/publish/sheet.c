#include "publish/sheet.h"

#include <string.h>

#define END_LOOK  4096
#define HEAD_LOOK ((size_t)64 << 10)

static const char *
find_nocase(struct text in, const char *what)
{
	size_t len = strlen(what), i;

	for (i = 0; i + len <= in.len; i++)
		if (text_starts_nocase(
			(struct text){ in.p + i, in.len - i }, what))
			return in.p + i;
	return NULL;
}

int
sheet_check(struct text page, struct fault *f)
{
	struct text end = page;

	if (page.len > SHEET_MOST)
		return fault_set(f, FAULT_DATA,
		    "the page has %zu MB, more than 90 MB, which GitHub would "
		    "not take for long",
		    page.len / 1000000);
	if (text_trim(page).len == 0)
		return fault_set(f, FAULT_DATA, "the page is empty");
	if (end.len > END_LOOK) {
		end.p += end.len - END_LOOK;
		end.len = END_LOOK;
	}
	if (find_nocase(end, "</html>") == NULL)
		return fault_set(f, FAULT_DATA,
		    "the page does not end with </html>: it is none, or was "
		    "cut off");
	return 0;
}

bool
sheet_day(struct text page, day_nr *day)
{
	static const char meta[] = "<meta name=\"data-date\" content=\"";
	struct text head = { page.p,
		page.len < HEAD_LOOK ? page.len : HEAD_LOOK };
	const char *at = find_nocase(head, meta);
	size_t len = sizeof(meta) - 1;

	if (at == NULL || head.len - (size_t)(at - head.p) < len + 11)
		return false;
	return at[len + 10] == '"' &&
	       day_parse((struct text){ at + len, 10 }, day);
}
