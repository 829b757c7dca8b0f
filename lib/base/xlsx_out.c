#include "base/xlsx_out.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/decimal.h"
#include "base/xalloc.h"
#include "base/xlsx.h"
#include "base/zip_out.h"

#define SHEETS_MAX   255
#define NAME_UNITS   31
#define SAMPLE_ROWS  500 /* by which the columns get their width */
#define SAMPLE_BYTES (1u << 20)
#define BLOCK	     (64u << 10) /* XML that is packed at once */
#define WIDTH_MIN    9
#define WIDTH_MAX    60
#define WIDTH_BUTTON 3 /* of the filter's button beside the header */

#define MAIN	 "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE	 "http://schemas.openxmlformats.org/officeDocument/2006/"
#define RELATION OFFICE "relationships"
#define PACKAGE	 "http://schemas.openxmlformats.org/package/2006/"
#define TYPE	 "application/vnd.openxmlformats-officedocument.spreadsheetml."
#define DECLARATION \
	"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

/* A string literal, whose length the compiler knows. */
#define put_literal(b, s) buf_add((b), (s), sizeof(s) - 1)

struct column {
	char name[XLSX_COLUMN_NAME];
	size_t name_len;
	size_t width; /* of what was seen of it, in characters */
};

struct xlsx_sheet {
	char *name;
	struct zip_part *part;
	bool first;
	bool dropped;
	bool started;	/* what stands in front of the rows was packed */
	struct buf xml; /* rows not packed yet */
	struct column *column;
	size_t nr;
	size_t at;     /* column of the next cell */
	size_t row;    /* number of the current one, from 1; 0: no header */
	bool row_open; /* its tag was written */
	char row_name[24];
	size_t row_name_len;
};

struct xlsx_out {
	const char *folder;
	struct xlsx_sheet **sheet;
	size_t nr;
};

struct xlsx_out *
xlsx_out_new(const char *folder)
{
	struct xlsx_out *x = xcalloc(1, sizeof(*x));

	x->folder = folder;
	return x;
}

static void
free_sheet(struct xlsx_sheet *s)
{
	zip_part_free(s->part);
	buf_free(&s->xml);
	free(s->column);
	free(s->name);
	free(s);
}

void
xlsx_out_free(struct xlsx_out *x)
{
	size_t i;

	if (x == NULL)
		return;
	for (i = 0; i < x->nr; i++)
		free_sheet(x->sheet[i]);
	free(x->sheet);
	free(x);
}

/*
 * Text
 */

/* Bytes of the character that starts with c; the text is UTF-8. */
static size_t
character_length(unsigned char c)
{
	return c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}

static size_t
utf16_units(struct text t, size_t max, size_t *cut)
{
	size_t i = 0, units = 0, more;

	while (i < t.len) {
		more = (unsigned char)t.p[i] >= 0xf0 ? 2 : 1;
		if (units + more > max)
			break;
		units += more;
		i += character_length((unsigned char)t.p[i]);
	}
	*cut = i < t.len ? i : t.len;
	return units;
}

bool
xlsx_fit(struct text *t)
{
	size_t cut;

	if (t->len <= XLSX_TEXT_MAX)
		return true;
	utf16_units(*t, XLSX_TEXT_MAX, &cut);
	if (cut == t->len)
		return true;
	t->len = cut;
	return false;
}

static bool
is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
	       (c >= 'A' && c <= 'F');
}

/* What reads as the escape of a character. */
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
	return end - p >= 3 && p[1] == '\xbf' &&
	       (p[2] == '\xbe' || p[2] == '\xbf');
}

/* The characters that may need something done; 1 for XML's own. */
static const unsigned char special[256] = { [0 ... 8] = 2,
	[11 ... 31] = 2,
	['&'] = 1,
	['<'] = 1,
	['>'] = 1,
	['"'] = 1,
	['_'] = 3,
	[0xef] = 4 };

/* One special character at p; returns what is behind it. */
static const char *
put_special(struct buf *b, const char *p, const char *end)
{
	switch (*p) {
	case '&':
		buf_str(b, "&amp;");
		return p + 1;
	case '<':
		buf_str(b, "&lt;");
		return p + 1;
	case '>':
		buf_str(b, "&gt;");
		return p + 1;
	case '"':
		buf_str(b, "&quot;");
		return p + 1;
	case '_':
		buf_str(b, looks_escaped(p, end) ? "_x005F_" : "_");
		return p + 1;
	case '\xef':
		if (is_no_character(p, end)) {
			buf_str(b, p[2] == '\xbe' ? "_xFFFE_" : "_xFFFF_");
			return p + 3;
		}
		buf_char(b, *p);
		return p + 1;
	default: /* control characters, and CR, which XML reads as LF */
		buf_printf(b, "_x%04X_", (unsigned)(unsigned char)*p);
		return p + 1;
	}
}

static void
put_escaped(struct buf *b, struct text t)
{
	const char *p = t.p, *end = t.p + t.len, *run;

	while (p < end) {
		for (run = p; run < end && !special[(unsigned char)*run];)
			run++;
		buf_add(b, p, (size_t)(run - p));
		p = run < end ? put_special(b, run, end) : run;
	}
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

/* Characters of the longest line, those of the far east counted as two. */
static size_t
text_width(struct text t)
{
	size_t i, width = 0, longest = 0;
	unsigned char c;

	for (i = 0; i < t.len; i += character_length(c)) {
		c = (unsigned char)t.p[i];
		if (c == '\n') {
			width = 0;
			continue;
		}
		width += c >= 0xe1 && c != 0xe2 ? 2 : 1;
		if (width > longest)
			longest = width;
		if (longest > WIDTH_MAX)
			break;
	}
	return longest;
}

/*
 * Sheets
 */

/* ASCII letters without case, as far as we go. */
static bool
same_name(const char *a, const char *b)
{
	return text_is_nocase(text_of(a), b);
}

static int
check_name(const struct xlsx_out *x, const char *name, struct fault *f)
{
	struct text t = text_of(name);
	const char *bad = strpbrk(name, "[]:*?/\\");
	size_t i, cut;

	if (t.len == 0)
		return fault_set(f, FAULT_DATA, "a sheet's name is empty");
	utf16_units(t, NAME_UNITS, &cut);
	if (cut < t.len)
		return fault_set(f, FAULT_DATA,
		    "sheet name '%s' is longer than %d characters", name,
		    NAME_UNITS);
	if (bad != NULL)
		return fault_set(f, FAULT_DATA,
		    "sheet name '%s' has a '%c', which none can have", name,
		    *bad);
	for (i = 0; i < t.len; i++)
		if ((unsigned char)name[i] < 0x20 ||
		    ((unsigned char)name[i] == 0xef &&
			is_no_character(name + i, name + t.len)))
			return fault_set(f, FAULT_DATA,
			    "sheet name '%s' has a control character", name);
	if (name[0] == '\'' || name[t.len - 1] == '\'')
		return fault_set(f, FAULT_DATA,
		    "sheet name '%s' starts or ends with an apostrophe", name);
	if (same_name(name, "history"))
		return fault_set(f, FAULT_DATA,
		    "sheet name '%s' is one that Excel keeps for itself", name);
	for (i = 0; i < x->nr; i++)
		if (same_name(name, x->sheet[i]->name))
			return fault_set(f, FAULT_DATA,
			    "sheet name '%s' is there twice (case does not "
			    "count)",
			    name);
	return 0;
}

struct xlsx_sheet *
xlsx_out_sheet(struct xlsx_out *x, const char *name, struct fault *f)
{
	struct xlsx_sheet *s;

	if (check_name(x, name, f) == -1)
		return NULL;
	if (x->nr == SHEETS_MAX) {
		fault_set(f, FAULT_DATA, "more than %d sheets", SHEETS_MAX);
		return NULL;
	}
	s = xcalloc(1, sizeof(*s));
	s->name = xstrdup(name);
	s->part = zip_part_new(x->folder);
	s->first = x->nr == 0;
	buf_init(&s->xml, SIZE_MAX / 2);
	x->sheet = xreallocarray(x->sheet, x->nr + 1, sizeof(*x->sheet));
	x->sheet[x->nr++] = s;
	return s;
}

size_t
xlsx_sheet_rows(const struct xlsx_sheet *s)
{
	return s->row == 0 ? 0 : s->row - 1 - (s->row_open ? 1 : 0);
}

void
xlsx_sheet_drop(struct xlsx_sheet *s)
{
	s->dropped = true;
}

/* What stands in front of the rows. */
static void
put_head(const struct xlsx_sheet *s, struct buf *b)
{
	size_t i, width;

	buf_str(b, DECLARATION "<worksheet xmlns=\"" MAIN "\"><sheetViews>"
			       "<sheetView");
	if (s->first)
		buf_str(b, " tabSelected=\"1\"");
	buf_str(b, " workbookViewId=\"0\">");
	if (s->nr > 0)
		buf_str(b, "<pane ySplit=\"1\" topLeftCell=\"A2\" "
			   "activePane=\"bottomLeft\" state=\"frozen\"/>"
			   "<selection pane=\"bottomLeft\"/>");
	buf_str(b, "</sheetView></sheetViews>"
		   "<sheetFormatPr defaultRowHeight=\"15\"/>");
	if (s->nr > 0)
		buf_str(b, "<cols>");
	for (i = 0; i < s->nr; i++) {
		width = s->column[i].width;
		if (width < WIDTH_MIN)
			width = WIDTH_MIN;
		if (width > WIDTH_MAX)
			width = WIDTH_MAX;
		/* the fraction is the cell's own margin */
		buf_printf(b,
		    "<col min=\"%zu\" max=\"%zu\" width=\"%zu.7109375\" "
		    "customWidth=\"1\"/>",
		    i + 1, i + 1, width);
	}
	if (s->nr > 0)
		buf_str(b, "</cols>");
	buf_str(b, "<sheetData>");
}

static int
pack_rows(struct xlsx_sheet *s, struct fault *f)
{
	struct buf head;
	int status;

	if (!s->started) {
		s->started = true;
		buf_init(&head, SIZE_MAX / 2);
		put_head(s, &head);
		status = zip_part_add(s->part, buf_view(&head), f);
		buf_free(&head);
		if (status == -1)
			return -1;
	}
	status = zip_part_add(s->part, buf_view(&s->xml), f);
	buf_clear(&s->xml);
	return status;
}

/*
 * Cells
 */

static void
open_row(struct xlsx_sheet *s)
{
	if (s->row_open)
		return;
	s->row_open = true;
	s->row++;
	s->row_name_len =
	    (size_t)snprintf(s->row_name, sizeof(s->row_name), "%zu\"", s->row);
	put_literal(&s->xml, "<row r=\"");
	buf_add(&s->xml, s->row_name, s->row_name_len);
	buf_char(&s->xml, '>');
}

/* <c r="B7", and the width of what it will hold. */
static void
open_cell(struct xlsx_sheet *s, size_t width)
{
	struct column *c = &s->column[s->at++];

	open_row(s);
	if (width > c->width)
		c->width = width;
	put_literal(&s->xml, "<c r=\"");
	buf_add(&s->xml, c->name, c->name_len);
	buf_add(&s->xml, s->row_name, s->row_name_len);
}

void
xlsx_put_empty(struct xlsx_sheet *s)
{
	open_row(s);
	s->at++;
}

void
xlsx_put_bool(struct xlsx_sheet *s, bool x)
{
	open_cell(s, 5);
	if (x)
		put_literal(&s->xml, " t=\"b\"><v>1</v></c>");
	else
		put_literal(&s->xml, " t=\"b\"><v>0</v></c>");
}

void
xlsx_put_number(struct xlsx_sheet *s, struct text t)
{
	if (!decimal_in_double(t)) {
		xlsx_put_text(s, t);
		return;
	}
	open_cell(s, t.len);
	put_literal(&s->xml, "><v>");
	buf_text(&s->xml, t);
	put_literal(&s->xml, "</v></c>");
}

static void
put_text_cell(struct xlsx_sheet *s, struct text t, const char *style)
{
	open_cell(s, s->started ? 0 : text_width(t));
	buf_str(&s->xml, style);
	put_literal(&s->xml, " t=\"inlineStr\"><is><t");
	if (t.len > 0 && (is_blank(t.p[0]) || is_blank(t.p[t.len - 1])))
		put_literal(&s->xml, " xml:space=\"preserve\"");
	buf_char(&s->xml, '>');
	put_escaped(&s->xml, t);
	put_literal(&s->xml, "</t></is></c>");
}

void
xlsx_put_text(struct xlsx_sheet *s, struct text t)
{
	put_text_cell(s, t, "");
}

int
xlsx_put_row(struct xlsx_sheet *s, struct fault *f)
{
	open_row(s);
	if (s->row > XLSX_ROWS_MAX)
		return fault_set(f, FAULT_DATA,
		    "sheet '%s' has more rows than the %d that a sheet can "
		    "have",
		    s->name, XLSX_ROWS_MAX);
	buf_str(&s->xml, "</row>");
	s->row_open = false;
	s->at = 0;
	if (s->started ? s->xml.len < BLOCK
		       : s->row <= SAMPLE_ROWS && s->xml.len < SAMPLE_BYTES)
		return 0;
	return pack_rows(s, f);
}

int
xlsx_sheet_header(
    struct xlsx_sheet *s, const struct text *header, size_t nr, struct fault *f)
{
	struct text t;
	size_t i;

	if (nr > XLSX_COLUMNS_MAX)
		return fault_set(f, FAULT_DATA,
		    "sheet '%s' has more columns than the %d that a sheet can "
		    "have",
		    s->name, XLSX_COLUMNS_MAX);
	s->column = xcalloc(nr, sizeof(*s->column));
	s->nr = nr;
	for (i = 0; i < nr; i++) {
		xlsx_column_name(i, s->column[i].name);
		s->column[i].name_len = strlen(s->column[i].name);
		t = header[i];
		xlsx_fit(&t);
		put_text_cell(s, t, " s=\"1\"");
		s->column[i].width += WIDTH_BUTTON;
	}
	return xlsx_put_row(s, f);
}

/*
 * The workbook around them
 */

/* A1:AK93, what the filter and the quiet about numbers as text reach over. */
static void
put_range(const struct xlsx_sheet *s, const char *sign, struct buf *b)
{
	buf_printf(b, "%sA%s1:%s%s%s%zu", sign, sign, sign,
	    s->column[s->nr - 1].name, sign, s->row);
}

static void
put_tail(const struct xlsx_sheet *s, struct buf *b)
{
	buf_str(b, "</sheetData>");
	if (s->nr > 0) {
		buf_str(b, "<autoFilter ref=\"");
		put_range(s, "", b);
		buf_str(b, "\"/>");
	}
	buf_str(b, "<pageMargins left=\"0.7\" right=\"0.7\" top=\"0.75\" "
		   "bottom=\"0.75\" header=\"0.3\" footer=\"0.3\"/>");
	if (s->nr > 0) {
		/* no green corners on ids, which are meant to be text */
		buf_str(b, "<ignoredErrors><ignoredError sqref=\"");
		put_range(s, "", b);
		buf_str(b, "\" numberStoredAsText=\"1\"/></ignoredErrors>");
	}
	buf_str(b, "</worksheet>");
}

static int
end_sheet(struct xlsx_sheet *s, struct fault *f)
{
	put_tail(s, &s->xml);
	return pack_rows(s, f);
}

static void
put_content_types(const struct xlsx_out *x, struct buf *b)
{
	size_t i;

	buf_str(b, DECLARATION
	    "<Types xmlns=\"" PACKAGE "content-types\">"
	    "<Default Extension=\"rels\" ContentType=\"application/"
	    "vnd.openxmlformats-package.relationships+xml\"/>"
	    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
	    "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" TYPE
	    "sheet.main+xml\"/>"
	    "<Override PartName=\"/xl/styles.xml\" ContentType=\"" TYPE
	    "styles+xml\"/>");
	for (i = 0; i < x->nr; i++)
		buf_printf(b,
		    "<Override PartName=\"/xl/worksheets/sheet%zu.xml\" "
		    "ContentType=\"" TYPE "worksheet+xml\"/>",
		    i + 1);
	buf_str(b, "</Types>");
}

static void
put_package_relations(const struct xlsx_out *x, struct buf *b)
{
	(void)x;
	buf_str(b, DECLARATION
	    "<Relationships xmlns=\"" PACKAGE "relationships\">"
	    "<Relationship Id=\"rId1\" Type=\"" RELATION "/officeDocument\" "
	    "Target=\"xl/workbook.xml\"/></Relationships>");
}

static void
put_relations(const struct xlsx_out *x, struct buf *b)
{
	size_t i;

	buf_str(b,
	    DECLARATION "<Relationships xmlns=\"" PACKAGE "relationships\">");
	for (i = 0; i < x->nr; i++)
		buf_printf(b,
		    "<Relationship Id=\"rId%zu\" Type=\"" RELATION
		    "/worksheet\" Target=\"worksheets/sheet%zu.xml\"/>",
		    i + 1, i + 1);
	buf_printf(b,
	    "<Relationship Id=\"rId%zu\" Type=\"" RELATION
	    "/styles\" Target=\"styles.xml\"/></Relationships>",
	    x->nr + 1);
}

/* 'Coaches'!$A$1:$AK$93, as a formula names a range. */
static void
put_filter_name(const struct xlsx_sheet *s, size_t i, struct buf *b)
{
	struct buf name;
	const char *p;

	buf_init(&name, SIZE_MAX / 2);
	for (p = s->name; *p != '\0'; p++)
		buf_str(&name, *p == '\'' ? "''" : (char[]){ *p, '\0' });
	buf_printf(b,
	    "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"%zu\" "
	    "hidden=\"1\">'",
	    i);
	put_escaped(b, buf_view(&name));
	buf_free(&name);
	buf_str(b, "'!");
	put_range(s, "$", b);
	buf_str(b, "</definedName>");
}

static void
put_workbook(const struct xlsx_out *x, struct buf *b)
{
	size_t i;
	bool filters = false;

	buf_str(b, DECLARATION
	    "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" RELATION
	    "\"><workbookPr/><bookViews><workbookView xWindow=\"240\" "
	    "yWindow=\"15\" windowWidth=\"16095\" windowHeight=\"9660\"/>"
	    "</bookViews><sheets>");
	for (i = 0; i < x->nr; i++) {
		buf_str(b, "<sheet name=\"");
		put_escaped(b, text_of(x->sheet[i]->name));
		buf_printf(
		    b, "\" sheetId=\"%zu\" r:id=\"rId%zu\"/>", i + 1, i + 1);
		filters = filters || x->sheet[i]->nr > 0;
	}
	buf_str(b, "</sheets>");
	if (filters)
		buf_str(b, "<definedNames>");
	for (i = 0; i < x->nr; i++)
		if (x->sheet[i]->nr > 0)
			put_filter_name(x->sheet[i], i, b);
	if (filters)
		buf_str(b, "</definedNames>");
	buf_str(b, "</workbook>");
}

/* Style 0 is plain, style 1 is the header's. */
static void
put_styles(const struct xlsx_out *x, struct buf *b)
{
	(void)x;
	buf_str(b, DECLARATION
	    "<styleSheet xmlns=\"" MAIN "\"><fonts count=\"2\">"
	    "<font><sz val=\"11\"/><name val=\"Calibri\"/>"
	    "<family val=\"2\"/></font>"
	    "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/>"
	    "<family val=\"2\"/></font></fonts>"
	    "<fills count=\"2\"><fill><patternFill patternType=\"none\"/>"
	    "</fill><fill><patternFill patternType=\"gray125\"/></fill>"
	    "</fills><borders count=\"1\"><border><left/><right/><top/>"
	    "<bottom/><diagonal/></border></borders>"
	    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" "
	    "fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
	    "<cellXfs count=\"2\"><xf numFmtId=\"0\" fontId=\"0\" "
	    "fillId=\"0\" borderId=\"0\" xfId=\"0\"/><xf numFmtId=\"0\" "
	    "fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" "
	    "applyFont=\"1\"/></cellXfs><cellStyles count=\"1\">"
	    "<cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/>"
	    "</cellStyles></styleSheet>");
}

static int
write_small_part(const struct xlsx_out *x, struct zip_out *z, const char *name,
    void (*content)(const struct xlsx_out *, struct buf *), struct fault *f)
{
	struct zip_part *part = zip_part_new(x->folder);
	struct buf b;
	int status;

	buf_init(&b, SIZE_MAX / 2);
	content(x, &b);
	status = zip_part_add(part, buf_view(&b), f);
	if (status == 0)
		status = zip_out_part(z, name, part, f);
	buf_free(&b);
	zip_part_free(part);
	return status;
}

static void
drop_sheets(struct xlsx_out *x)
{
	size_t i, kept = 0;

	for (i = 0; i < x->nr; i++)
		if (x->sheet[i]->dropped)
			free_sheet(x->sheet[i]);
		else
			x->sheet[kept++] = x->sheet[i];
	x->nr = kept;
}

int
xlsx_out_write(struct xlsx_out *x, int fd, const char *name, struct fault *f)
{
	static const struct {
		const char *name;
		void (*content)(const struct xlsx_out *, struct buf *);
	} part[] = {
		{ "[Content_Types].xml", put_content_types },
		{ "_rels/.rels", put_package_relations },
		{ "xl/workbook.xml", put_workbook },
		{ "xl/_rels/workbook.xml.rels", put_relations },
		{ "xl/styles.xml", put_styles },
	};
	struct zip_out *z;
	char sheet_name[64];
	size_t i;
	int status = -1;

	drop_sheets(x);
	if (x->nr == 0)
		return fault_set(f, FAULT_DATA,
		    "no sheet has a row, and a workbook needs a sheet");
	z = zip_out_new(fd, name);
	for (i = 0; i < sizeof(part) / sizeof(part[0]); i++)
		if (write_small_part(x, z, part[i].name, part[i].content, f) ==
		    -1)
			goto out;
	for (i = 0; i < x->nr; i++) {
		snprintf(sheet_name, sizeof(sheet_name),
		    "xl/worksheets/sheet%zu.xml", i + 1);
		if (end_sheet(x->sheet[i], f) == -1 ||
		    zip_out_part(z, sheet_name, x->sheet[i]->part, f) == -1)
			goto out;
	}
	status = zip_out_end(z, f);
out:
	zip_out_free(z);
	return status;
}
