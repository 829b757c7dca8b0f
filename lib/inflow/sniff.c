#include "inflow/sniff.h"

#include "base/loose.h"

const char sniff_candidates[] = ",;\t|";

bool
sniff_row(struct sniff *s, const struct wording *w, const struct text *cell,
    size_t nr)
{
	struct inflow_header header;

	if (row_is_blank(cell, nr))
		return true;
	if (!s->recognised && s->nr <= SNIFF_PREAMBLE) {
		header_init(&header);
		header_read(&header, w, cell, nr, 1);
		if (header_recognised(&header)) {
			s->recognised = true;
			s->header = s->nr;
		}
		header_free(&header);
	}
	s->cells[s->nr++] = nr;
	return s->nr < SNIFF_ROWS;
}

static size_t
columns(const struct sniff *s)
{
	return s->nr == 0 ? 0 : s->cells[s->header];
}

static size_t
alike(const struct sniff *s)
{
	size_t i, nr = 0;

	for (i = 0; i < s->nr && columns(s) >= 2; i++)
		nr += s->cells[i] == columns(s);
	return nr;
}

bool
sniff_better(const struct sniff *a, const struct sniff *b)
{
	if (a->recognised != b->recognised)
		return a->recognised;
	if (alike(a) != alike(b))
		return alike(a) > alike(b);
	return columns(a) > columns(b);
}

char
sniff_said(struct text start)
{
	if (!text_starts_nocase(start, "sep=") || start.len < 6 ||
	    (start.p[5] != '\r' && start.p[5] != '\n') ||
	    (start.p[4] < ' ' && start.p[4] != '\t') || start.p[4] == '"')
		return '\0';
	return start.p[4];
}

int
sniff_kind(struct text start, struct fault *f)
{
	bool zip = start.len >= 4 && memcmp(start.p, "PK\3\4", 4) == 0;
	bool ole =
	    start.len >= 4 && memcmp(start.p, "\xd0\xcf\x11\xe0", 4) == 0;

	if (zip || ole)
		return fault_set(
		    f, FAULT_DATA, "this is an Excel workbook; export as CSV");
	start = loose_trim(start);
	if (text_starts_nocase(start, "<!doctype") ||
	    text_starts_nocase(start, "<html"))
		return fault_set(f, FAULT_DATA,
		    "this is a web page, not a file: the download needs a "
		    "login");
	return 0;
}
