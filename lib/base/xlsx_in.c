#include "base/xlsx_in.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "base/map.h"
#include "base/num.h"
#include "base/xalloc.h"
#include "base/xlsx.h"
#include "base/xlsx_date.h"
#include "base/xml_in.h"
#include "base/zip_in.h"

/*
 * Caps. A sheet is streamed, so its own is only there to end; the shared
 * strings and the styles are held.
 */
#define SMALL_PART_MAX	 (64u << 20)
#define SHEET_PART_MAX	 (UINT64_C(16) << 30)
#define STRINGS_PART_MAX (UINT64_C(2) << 30)
#define STRINGS_MAX	 (512u << 20) /* bytes of text */
#define STRINGS_NR_MAX	 (16u << 20)
#define CELL_MAX	 (1u << 20)  /* Excel stops at 32,767 characters */
#define ROW_MAX		 (64u << 20) /* bytes of text in one row */
#define STYLES_MAX	 (1u << 20)
#define RELATIONS_MAX	 100000
#define SHEETS_MAX	 100000
#define PATH_MAX_Z	 1024

static const char *const sheet_namespace[] = {
	"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
	"http://purl.oclc.org/ooxml/spreadsheetml/main",
	NULL,
};

static const char *const relation_namespace[] = {
	"http://schemas.openxmlformats.org/package/2006/relationships",
	NULL,
};

/* One line of a .rels part: where another part is. */
struct relation {
	char *id;
	char *type; /* the last word of its URI */
	char *part;
};

struct sheet {
	char *name;
	char *relation; /* id */
	char *part;	/* NULL for what has no cells, such as a chart */
	bool hidden;
};

/* What the sheet's elements make up, from one call to the next. */
struct place {
	bool in_data;
	bool in_row;
	bool in_cell;
	bool in_inline;
	bool in_phonetic;
	bool taking; /* text goes into taken */
	bool has_value;
	bool has_formula;
	size_t row;
	size_t column;
	size_t style;
	enum type {
		TYPE_NUMBER,
		TYPE_BOOL,
		TYPE_DATE,
		TYPE_ERROR,
		TYPE_SHARED,
		TYPE_FORMULA_TEXT,
		TYPE_INLINE,
		TYPE_UNKNOWN,
	} type;
	size_t row_bytes;
};

struct xlsx_in {
	char *name;
	int fd;
	bool own_fd;
	struct zip_in *zip;
	struct relation *relation;
	size_t nr_relation, relation_cap;
	const char *relation_of; /* the part whose relations are read */
	struct sheet *sheet;
	size_t nr_sheet, sheet_cap;
	bool date1904;

	bool loaded; /* strings and styles */
	struct buf string;
	uint32_t *string_end;
	size_t nr_string;
	struct map *format; /* number of a format to what it shows */
	unsigned *style;    /* of each, the format's number, then its shows */
	size_t nr_style;
	bool in_formats;
	bool in_styles;

	struct xml_in *xml; /* the selected sheet */
	struct place at;
	struct buf taken; /* text of the element */
	struct buf number;
	struct arena *row_text;
	struct xlsx_cell *cell;
	size_t nr_cell;
	size_t cap_cell;
	size_t uncomputed;
};

static char *
copy_or_null(const char *s)
{
	return s == NULL ? NULL : xstrdup(s);
}

static bool
is_word(const char *s, const char *word)
{
	return s != NULL && strcmp(s, word) == 0;
}

static bool
is_true(const char *s)
{
	return is_word(s, "1") || is_word(s, "true") || is_word(s, "on");
}

static void
free_relations(struct xlsx_in *x)
{
	size_t i;

	for (i = 0; i < x->nr_relation; i++) {
		free(x->relation[i].id);
		free(x->relation[i].type);
		free(x->relation[i].part);
	}
	free(x->relation);
	x->relation = NULL;
	x->nr_relation = x->relation_cap = 0;
}

/*
 * Escapes: characters that XML cannot hold stand as _xHHHH_, in UTF-16
 */

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* The unit that _xHHHH_ at p stands for, -1 when there is none. */
static int32_t
escaped_unit(const char *p, const char *end)
{
	int32_t unit = 0;
	int i, digit;

	if (end - p < 7 || p[0] != '_' || p[1] != 'x' || p[6] != '_')
		return -1;
	for (i = 2; i < 6; i++) {
		if ((digit = hex_value(p[i])) == -1)
			return -1;
		unit = unit * 16 + digit;
	}
	return unit;
}

static char *
put_utf8(char *o, int32_t c)
{
	if (c < 0x80) {
		*o++ = (char)c;
	} else if (c < 0x800) {
		*o++ = (char)(0xc0 | c >> 6);
		*o++ = (char)(0x80 | (c & 0x3f));
	} else if (c < 0x10000) {
		*o++ = (char)(0xe0 | c >> 12);
		*o++ = (char)(0x80 | (c >> 6 & 0x3f));
		*o++ = (char)(0x80 | (c & 0x3f));
	} else {
		*o++ = (char)(0xf0 | c >> 18);
		*o++ = (char)(0x80 | (c >> 12 & 0x3f));
		*o++ = (char)(0x80 | (c >> 6 & 0x3f));
		*o++ = (char)(0x80 | (c & 0x3f));
	}
	return o;
}

/* Decode in place, as it only gets shorter; returns the new length. */
static size_t
unescape(char *text, size_t len)
{
	char *p = memchr(text, '_', len), *o = p, *end = text + len;
	int32_t unit, low;

	if (p == NULL)
		return len;
	while (p < end) {
		if (*p != '_' || (unit = escaped_unit(p, end)) == -1) {
			*o++ = *p++;
			continue;
		}
		p += 7;
		if (unit >= 0xd800 && unit < 0xdc00) {
			low = escaped_unit(p, end);
			if (low >= 0xdc00 && low < 0xe000) {
				unit = 0x10000 + ((unit - 0xd800) << 10) +
				       (low - 0xdc00);
				p += 7;
			}
		}
		if (unit >= 0xd800 && unit < 0xe000)
			unit = 0xfffd;
		o = put_utf8(o, unit);
	}
	return (size_t)(o - text);
}

/*
 * Relations: which part is what
 */

/* target as the part from names it, without . and .. */
static void
resolve(const char *from, const char *target, char out[PATH_MAX_Z])
{
	const char *slash = strrchr(from, '/'), *p = target, *end;
	size_t len = 0, step;

	if (*target != '/' && slash != NULL &&
	    (size_t)(slash - from) < PATH_MAX_Z - 1) {
		len = (size_t)(slash - from);
		memcpy(out, from, len);
	}
	while (*p != '\0') {
		end = strchrnul(p, '/');
		step = (size_t)(end - p);
		if (step == 2 && memcmp(p, "..", 2) == 0) {
			while (len > 0 && out[--len] != '/')
				continue;
		} else if (step > 0 && !(step == 1 && *p == '.') &&
			   len + step + 2 < PATH_MAX_Z) {
			if (len > 0)
				out[len++] = '/';
			memcpy(out + len, p, step);
			len += step;
		}
		p = *end == '\0' ? end : end + 1;
	}
	out[len] = '\0';
}

/* %20 and the like, in place. */
static void
percent_decode(char *p)
{
	char *o = p;

	for (; *p != '\0'; p++) {
		if (*p == '%' && hex_value(p[1]) != -1 &&
		    hex_value(p[2]) != -1) {
			*o++ = (char)(hex_value(p[1]) * 16 + hex_value(p[2]));
			p += 2;
		} else {
			*o++ = *p;
		}
	}
	*o = '\0';
}

static void
relation_start(
    struct xml_in *xml, void *user, const char *name, const char **attr)
{
	struct xlsx_in *x = user;
	const char *id, *type, *target, *word;
	char part[PATH_MAX_Z];

	if (!is_word(name, "Relationship"))
		return;
	id = xml_attr(attr, "Id");
	type = xml_attr(attr, "Type");
	target = xml_attr(attr, "Target");
	if (id == NULL || type == NULL || target == NULL ||
	    is_word(xml_attr(attr, "TargetMode"), "External"))
		return;
	if (x->nr_relation == RELATIONS_MAX) {
		xml_in_refuse(xml, "has more than %d relations", RELATIONS_MAX);
		return;
	}
	resolve(x->relation_of, target, part);
	if (!zip_in_has(x->zip, part))
		percent_decode(part);
	word = strrchr(type, '/');
	x->relation = xgrow(x->relation, x->nr_relation, &x->relation_cap,
	    sizeof(*x->relation));
	x->relation[x->nr_relation++] = (struct relation){ xstrdup(id),
		xstrdup(word == NULL ? type : word + 1), xstrdup(part) };
}

static const struct xml_calls relation_calls = { .start = relation_start };

/* Parse a part to its end. */
static int
read_part(struct xlsx_in *x, const char *part, uint64_t max,
    const char *const *namespace, const struct xml_calls *calls,
    struct fault *f)
{
	struct xml_in *xml =
	    xml_in_open(x->zip, part, max, namespace, calls, x, f);
	int status;

	if (xml == NULL)
		return -1;
	status = xml_in_run(xml, f);
	xml_in_free(xml);
	return status;
}

/* The relations of part; "" is the archive's own. */
static int
read_relations(struct xlsx_in *x, const char *part, struct fault *f)
{
	const char *slash = strrchr(part, '/');
	const char *base = slash == NULL ? part : slash + 1;
	struct buf path;
	int status;

	free_relations(x);
	x->relation_of = part;
	buf_init(&path, 2 * PATH_MAX_Z);
	buf_add(&path, part, (size_t)(base - part));
	buf_str(&path, "_rels/");
	buf_str(&path, base);
	buf_str(&path, ".rels");
	status = read_part(
	    x, path.p, SMALL_PART_MAX, relation_namespace, &relation_calls, f);
	buf_free(&path);
	return status;
}

/* The part of the first relation of that type, NULL when there is none. */
static const char *
part_of_type(const struct xlsx_in *x, const char *type)
{
	size_t i;

	for (i = 0; i < x->nr_relation; i++)
		if (is_word(x->relation[i].type, type))
			return x->relation[i].part;
	return NULL;
}

/*
 * The workbook: its sheets, and how it counts days
 */

static void
workbook_start(
    struct xml_in *xml, void *user, const char *name, const char **attr)
{
	struct xlsx_in *x = user;
	struct sheet *s;
	const char *state;

	if (is_word(name, "workbookPr")) {
		x->date1904 = is_true(xml_attr(attr, "date1904"));
		return;
	}
	if (!is_word(name, "sheet") || xml_attr(attr, "name") == NULL)
		return;
	if (x->nr_sheet == SHEETS_MAX) {
		xml_in_refuse(xml, "has more than %d sheets", SHEETS_MAX);
		return;
	}
	x->sheet =
	    xgrow(x->sheet, x->nr_sheet, &x->sheet_cap, sizeof(*x->sheet));
	s = &x->sheet[x->nr_sheet++];
	state = xml_attr(attr, "state");
	s->name = xstrdup(xml_attr(attr, "name"));
	s->name[unescape(s->name, strlen(s->name))] = '\0';
	s->relation = copy_or_null(xml_attr(attr, "id"));
	s->part = NULL;
	s->hidden = is_word(state, "hidden") || is_word(state, "veryHidden");
}

static const struct xml_calls workbook_calls = { .start = workbook_start };

static void
free_sheet(struct sheet *s)
{
	free(s->name);
	free(s->relation);
	free(s->part);
}

/* Find each sheet's part, and drop what is no worksheet. */
static void
keep_worksheets(struct xlsx_in *x)
{
	struct map *by_id = map_new();
	const struct relation *r;
	struct sheet *s;
	size_t i, at, kept = 0;

	for (i = x->nr_relation; i-- > 0;)
		map_put(by_id, text_of(x->relation[i].id), i);
	for (i = 0; i < x->nr_sheet; i++) {
		s = &x->sheet[i];
		at = s->relation == NULL ? MAP_NONE
					 : map_get(by_id, text_of(s->relation));
		r = at == MAP_NONE ? NULL : &x->relation[at];
		if (r != NULL && is_word(r->type, "worksheet")) {
			s->part = xstrdup(r->part);
			x->sheet[kept++] = *s;
		} else {
			free_sheet(s);
		}
	}
	x->nr_sheet = kept;
	map_free(by_id);
}

static int
read_workbook(struct xlsx_in *x, struct fault *f)
{
	const char *found;
	char *part;
	size_t len;
	int status = -1;

	if (!zip_in_has(x->zip, "_rels/.rels"))
		return fault_set(f, FAULT_DATA, "%s: %s", x->name,
		    zip_in_has(x->zip, "content.xml")
			? "is an OpenDocument file; save it as .xlsx"
			: "is a zip archive, but no workbook");
	if (read_relations(x, "", f) == -1)
		return -1;
	found = part_of_type(x, "officeDocument");
	if (found == NULL)
		return fault_set(f, FAULT_DATA,
		    "%s: is an Office file, but no workbook", x->name);
	part = xstrdup(found);
	len = strlen(part);
	if (len > 4 && strcmp(part + len - 4, ".bin") == 0) {
		fault_set(f, FAULT_DATA,
		    "%s: is a binary workbook (.xlsb); save it as .xlsx",
		    x->name);
		goto out;
	}
	if (read_relations(x, part, f) == -1 ||
	    read_part(x, part, SMALL_PART_MAX, sheet_namespace, &workbook_calls,
		f) == -1)
		goto out;
	keep_worksheets(x);
	if (x->nr_sheet == 0) {
		fault_set(
		    f, FAULT_DATA, "%s: %s: has no worksheet", x->name, part);
		goto out;
	}
	status = 0;
out:
	x->relation_of = NULL;
	free(part);
	return status;
}

/*
 * Shared strings
 */

static void
string_start(
    struct xml_in *xml, void *user, const char *name, const char **attr)
{
	struct xlsx_in *x = user;

	(void)xml;
	(void)attr;
	if (is_word(name, "rPh"))
		x->at.in_phonetic = true;
	else if (is_word(name, "t"))
		x->at.taking = !x->at.in_phonetic;
}

static void
string_text(struct xml_in *xml, void *user, struct text t)
{
	struct xlsx_in *x = user;

	if (!x->at.taking)
		return;
	buf_text(&x->taken, t);
	if (x->taken.over || x->string.len + x->taken.len > STRINGS_MAX)
		xml_in_refuse(xml, "has too much text for memory");
}

static void
string_end(struct xml_in *xml, void *user, const char *name)
{
	struct xlsx_in *x = user;
	size_t len;

	if (is_word(name, "rPh")) {
		x->at.in_phonetic = false;
	} else if (is_word(name, "t") && x->at.taking) {
		x->at.taking = false;
		if (x->taken.len == 0)
			return;
		len = unescape(x->taken.p, x->taken.len);
		buf_add(&x->string, x->taken.p, len);
		buf_clear(&x->taken);
	} else if (is_word(name, "si")) {
		if (x->nr_string == STRINGS_NR_MAX) {
			xml_in_refuse(
			    xml, "has more than %u strings", STRINGS_NR_MAX);
			return;
		}
		if ((x->nr_string & (x->nr_string - 1)) == 0)
			x->string_end = xreallocarray(x->string_end,
			    x->nr_string == 0 ? 1 : x->nr_string * 2,
			    sizeof(*x->string_end));
		x->string_end[x->nr_string++] = (uint32_t)x->string.len;
	}
}

static const struct xml_calls string_calls = { string_start, string_end,
	string_text };

static struct text
shared_string(const struct xlsx_in *x, size_t i)
{
	size_t from = i == 0 ? 0 : x->string_end[i - 1];

	return (struct text){ x->string.p == NULL ? "" : x->string.p + from,
		x->string_end[i] - from };
}

/*
 * Styles: the number formats
 */

static bool
attr_number(const char **attr, const char *name, size_t *number)
{
	const char *value = xml_attr(attr, name);
	int64_t x;

	if (value == NULL || !num_parse_int(text_of(value), &x) || x < 0)
		return false;
	*number = (size_t)x;
	return true;
}

static void
style_start(struct xml_in *xml, void *user, const char *name, const char **attr)
{
	struct xlsx_in *x = user;
	const char *number, *code;
	size_t format = 0;

	if (is_word(name, "numFmts")) {
		x->in_formats = true;
	} else if (is_word(name, "cellXfs")) {
		x->in_styles = true;
	} else if (x->in_formats && is_word(name, "numFmt")) {
		number = xml_attr(attr, "numFmtId");
		code = xml_attr(attr, "formatCode");
		if (number == NULL || code == NULL)
			return;
		if (map_size(x->format) == STYLES_MAX)
			xml_in_refuse(
			    xml, "has more than %u number formats", STYLES_MAX);
		else
			map_put(x->format, text_of(number),
			    xlsx_format_shows(text_of(code)));
	} else if (x->in_styles && is_word(name, "xf")) {
		if (x->nr_style == STYLES_MAX) {
			xml_in_refuse(
			    xml, "has more than %u styles", STYLES_MAX);
			return;
		}
		attr_number(attr, "numFmtId", &format);
		if ((x->nr_style & (x->nr_style - 1)) == 0)
			x->style = xreallocarray(x->style,
			    x->nr_style == 0 ? 1 : x->nr_style * 2,
			    sizeof(*x->style));
		x->style[x->nr_style++] =
		    format > UINT32_MAX ? 0 : (unsigned)format;
	}
}

static void
style_end(struct xml_in *xml, void *user, const char *name)
{
	struct xlsx_in *x = user;

	(void)xml;
	if (is_word(name, "numFmts"))
		x->in_formats = false;
	else if (is_word(name, "cellXfs"))
		x->in_styles = false;
}

static const struct xml_calls style_calls = { .start = style_start,
	.end = style_end };

/* From the formats' numbers to what they show; the file's own come first. */
static void
settle_styles(struct xlsx_in *x)
{
	char number[NUM_MAX];
	size_t i, shows;

	for (i = 0; i < x->nr_style; i++) {
		shows = map_get(
		    x->format, text_of(num_format(x->style[i], number)));
		if (shows == MAP_NONE)
			shows = xlsx_builtin_shows(x->style[i]);
		x->style[i] = (unsigned)shows;
	}
}

/* Once, when the first sheet is selected. */
static int
load(struct xlsx_in *x, struct fault *f)
{
	const char *part;

	if (x->loaded)
		return 0;
	part = part_of_type(x, "styles");
	if (part != NULL && read_part(x, part, SMALL_PART_MAX, sheet_namespace,
				&style_calls, f) == -1)
		return -1;
	settle_styles(x);
	x->at = (struct place){ 0 };
	buf_clear(&x->taken);
	part = part_of_type(x, "sharedStrings");
	if (part != NULL && read_part(x, part, STRINGS_PART_MAX,
				sheet_namespace, &string_calls, f) == -1)
		return -1;
	x->loaded = true;
	return 0;
}

/*
 * The sheet's rows
 */

/* A fault that names the cell. */
static void
refuse_cell(
    struct xlsx_in *x, struct xml_in *xml, const char *what, struct text t)
{
	char column[XLSX_COLUMN_NAME];

	if (t.len > 40)
		t.len = 40;
	xml_in_refuse(xml, "cell %s%zu: %s '%.*s'",
	    xlsx_column_name(x->at.column, column), x->at.row, what,
	    TEXT_ARG(t));
}

static void
row_start(struct xlsx_in *x, struct xml_in *xml, const char **attr)
{
	struct place *at = &x->at;
	const char *r = xml_attr(attr, "r");
	size_t row = at->row + 1;

	if (r != NULL && (!attr_number(attr, "r", &row) || row == 0)) {
		xml_in_refuse(xml, "'%.40s' is no row", r);
		return;
	}
	if (row <= at->row) {
		xml_in_refuse(
		    xml, "row %zu stands behind row %zu", row, at->row);
		return;
	}
	if (row > XLSX_ROWS_MAX) {
		xml_in_refuse(xml, "has more than %d rows", XLSX_ROWS_MAX);
		return;
	}
	if (x->nr_cell > 0)
		memset(x->cell, 0, x->nr_cell * sizeof(*x->cell));
	x->nr_cell = 0;
	arena_clear(x->row_text);
	at->row = row;
	at->row_bytes = 0;
	at->column = SIZE_MAX; /* the next one is the first */
	at->in_row = true;
}

/* Column of a reference such as AB12 in that row, SIZE_MAX when it is none. */
static size_t
reference_column(const char *r, size_t row)
{
	size_t column = 0;
	int64_t number;
	char c;

	for (; (c = (char)(*r & ~0x20)) >= 'A' && c <= 'Z'; r++) {
		column = column * 26 + (size_t)(c - 'A') + 1;
		if (column > XLSX_COLUMNS_MAX)
			return SIZE_MAX;
	}
	if (column == 0 || !num_parse_int(text_of(r), &number) ||
	    number != (int64_t)row)
		return SIZE_MAX;
	return column - 1;
}

static enum type
cell_type(const char *t)
{
	if (t == NULL || is_word(t, "n"))
		return TYPE_NUMBER;
	if (is_word(t, "s"))
		return TYPE_SHARED;
	if (is_word(t, "inlineStr"))
		return TYPE_INLINE;
	if (is_word(t, "str"))
		return TYPE_FORMULA_TEXT;
	if (is_word(t, "b"))
		return TYPE_BOOL;
	if (is_word(t, "e"))
		return TYPE_ERROR;
	if (is_word(t, "d"))
		return TYPE_DATE;
	return TYPE_UNKNOWN;
}

static void
cell_start(struct xlsx_in *x, struct xml_in *xml, const char **attr)
{
	struct place *at = &x->at;
	const char *r = NULL, *t = NULL, *s = NULL;
	int64_t style = 0;
	size_t i;

	for (i = 0; attr[i] != NULL; i += 2)
		if (attr[i][0] != '\0' && attr[i][1] == '\0')
			switch (attr[i][0]) {
			case 'r':
				r = attr[i + 1];
				break;
			case 't':
				t = attr[i + 1];
				break;
			case 's':
				s = attr[i + 1];
				break;
			default:
				break;
			}
	at->column = r == NULL ? at->column + 1 : reference_column(r, at->row);
	if (at->column >= XLSX_COLUMNS_MAX) {
		if (r != NULL)
			xml_in_refuse(
			    xml, "'%.40s' is no cell of row %zu", r, at->row);
		else
			xml_in_refuse(xml, "row %zu has more than %d cells",
			    at->row, XLSX_COLUMNS_MAX);
		return;
	}
	at->type = cell_type(t);
	if (at->type == TYPE_UNKNOWN) {
		refuse_cell(x, xml, "unknown type", text_of(t));
		return;
	}
	if (s != NULL && (!num_parse_int(text_of(s), &style) || style < 0)) {
		refuse_cell(x, xml, "unknown style", text_of(s));
		return;
	}
	at->style = (size_t)style;
	at->in_cell = true;
	at->has_value = false;
	at->has_formula = false;
	buf_clear(&x->taken);
}

/* The place of the current cell, in an array that has it. */
static struct xlsx_cell *
current_cell(struct xlsx_in *x)
{
	size_t column = x->at.column, cap;

	if (column >= x->cap_cell) {
		cap = x->cap_cell < 32 ? 32 : x->cap_cell * 2;
		if (cap <= column)
			cap = column + 1;
		x->cell = xreallocarray(x->cell, cap, sizeof(*x->cell));
		memset(x->cell + x->cap_cell, 0,
		    (cap - x->cap_cell) * sizeof(*x->cell));
		x->cap_cell = cap;
	}
	if (column >= x->nr_cell)
		x->nr_cell = column + 1;
	return &x->cell[column];
}

static void
put_cell(struct xlsx_in *x, struct xml_in *xml, enum xlsx_kind kind,
    struct text text)
{
	struct xlsx_cell *c = current_cell(x);

	x->at.row_bytes += text.len;
	if (x->at.row_bytes > ROW_MAX) {
		xml_in_refuse(xml, "row %zu has more than %u bytes of text",
		    x->at.row, ROW_MAX);
		return;
	}
	c->kind = kind;
	c->text = arena_copy(x->row_text, text);
}

static size_t
skip_digits(struct text t, size_t i)
{
	while (i < t.len && t.p[i] >= '0' && t.p[i] <= '9')
		i++;
	return i;
}

/*
 * XML's numbers may have a plus, zeros in front, no digit before or behind the
 * point; JSON's may not. Written to b without them; false for no number.
 */
static bool
put_json_number(struct text t, struct buf *b)
{
	size_t i = 0, from, to;
	bool digits;

	buf_clear(b);
	if (i < t.len && (t.p[i] == '-' || t.p[i] == '+'))
		if (t.p[i++] == '-')
			buf_char(b, '-');
	from = i;
	i = skip_digits(t, i);
	digits = i > from;
	while (from + 1 < i && t.p[from] == '0')
		from++;
	if (i > from)
		buf_add(b, t.p + from, i - from);
	else
		buf_char(b, '0');
	if (i < t.len && t.p[i] == '.') {
		to = skip_digits(t, i + 1);
		if (to > i + 1)
			buf_add(b, t.p + i, to - i);
		digits = digits || to > i + 1;
		i = to;
	}
	if (!digits)
		return false;
	if (i < t.len && (t.p[i] == 'e' || t.p[i] == 'E')) {
		from = i++;
		if (i < t.len && (t.p[i] == '-' || t.p[i] == '+'))
			i++;
		to = skip_digits(t, i);
		if (to == i)
			return false;
		buf_add(b, t.p + from, to - from);
		i = to;
	}
	return i == t.len;
}

static void
put_number(struct xlsx_in *x, struct xml_in *xml, struct text t)
{
	char date[XLSX_DATE_TEXT];
	struct text number;
	unsigned shows = x->at.style < x->nr_style ? x->style[x->at.style] : 0;
	double days;

	if (!put_json_number(t, &x->number)) {
		refuse_cell(x, xml, "no number", t);
		return;
	}
	number = buf_view(&x->number);
	if (shows != 0 && num_parse(number, &days) &&
	    xlsx_date_format(days, shows, x->date1904, date))
		put_cell(x, xml, XLSX_DATE, text_of(date));
	else
		put_cell(x, xml, XLSX_NUMBER, number);
}

static void
put_shared(struct xlsx_in *x, struct xml_in *xml, struct text t)
{
	struct xlsx_cell *c;
	int64_t i;

	if (!num_parse_int(t, &i) || i < 0 || (size_t)i >= x->nr_string) {
		refuse_cell(x, xml, "no shared string has the number", t);
		return;
	}
	c = current_cell(x);
	c->kind = XLSX_TEXT;
	c->text = shared_string(x, (size_t)i);
}

static void
cell_end(struct xlsx_in *x, struct xml_in *xml)
{
	struct place *at = &x->at;
	struct text t = buf_view(&x->taken), bare = text_trim(t);

	at->in_cell = false;
	if (!at->has_value) {
		x->uncomputed += at->has_formula;
		return;
	}
	switch (at->type) {
	case TYPE_INLINE:
	case TYPE_FORMULA_TEXT:
		t.len = t.len == 0 ? 0 : unescape(x->taken.p, t.len);
		put_cell(x, xml, XLSX_TEXT, t);
		return;
	default:
		break;
	}
	if (bare.len == 0) {
		x->uncomputed += at->has_formula;
		return;
	}
	switch (at->type) {
	case TYPE_NUMBER:
		put_number(x, xml, bare);
		break;
	case TYPE_SHARED:
		put_shared(x, xml, bare);
		break;
	case TYPE_BOOL:
		if (text_is(bare, "1") || text_is(bare, "true"))
			put_cell(x, xml, XLSX_BOOL, text_of("true"));
		else if (text_is(bare, "0") || text_is(bare, "false"))
			put_cell(x, xml, XLSX_BOOL, text_of("false"));
		else
			refuse_cell(x, xml, "neither true nor false", bare);
		break;
	case TYPE_ERROR:
		put_cell(x, xml, XLSX_ERROR, bare);
		break;
	case TYPE_DATE:
		put_cell(x, xml, XLSX_DATE, bare);
		break;
	default:
		break;
	}
}

static void
sheet_start(struct xml_in *xml, void *user, const char *name, const char **attr)
{
	struct xlsx_in *x = user;
	struct place *at = &x->at;

	if (!at->in_data) {
		at->in_data = is_word(name, "sheetData");
	} else if (!at->in_row) {
		if (is_word(name, "row"))
			row_start(x, xml, attr);
	} else if (!at->in_cell) {
		if (is_word(name, "c"))
			cell_start(x, xml, attr);
	} else if (is_word(name, "v")) {
		at->has_value = at->taking = true;
	} else if (is_word(name, "f")) {
		at->has_formula = true;
	} else if (is_word(name, "is")) {
		at->has_value = at->in_inline = true;
	} else if (is_word(name, "rPh")) {
		at->in_phonetic = true;
	} else if (is_word(name, "t")) {
		at->taking = at->in_inline && !at->in_phonetic;
	}
}

static void
sheet_end(struct xml_in *xml, void *user, const char *name)
{
	struct xlsx_in *x = user;
	struct place *at = &x->at;

	if (!at->in_data)
		return;
	if (at->in_cell) {
		if (is_word(name, "v") || is_word(name, "t"))
			at->taking = false;
		else if (is_word(name, "is"))
			at->in_inline = false;
		else if (is_word(name, "rPh"))
			at->in_phonetic = false;
		else if (is_word(name, "c"))
			cell_end(x, xml);
	} else if (is_word(name, "row")) {
		at->in_row = false;
		xml_in_pause(xml);
	} else if (is_word(name, "sheetData")) {
		at->in_data = false;
	}
}

static void
sheet_text(struct xml_in *xml, void *user, struct text t)
{
	struct xlsx_in *x = user;

	if (!x->at.taking)
		return;
	buf_text(&x->taken, t);
	if (x->taken.over)
		refuse_cell(x, xml, "text is too long", buf_view(&x->taken));
}

static const struct xml_calls sheet_calls = { sheet_start, sheet_end,
	sheet_text };

int
xlsx_in_select(struct xlsx_in *x, const char *name, struct fault *f)
{
	struct buf names;
	size_t i = 0;

	while (name != NULL && i < x->nr_sheet &&
	       strcmp(x->sheet[i].name, name) != 0)
		i++;
	if (i == x->nr_sheet) {
		buf_init(&names, sizeof(f->text));
		for (i = 0; i < x->nr_sheet; i++)
			buf_printf(&names, "%s'%s'", i == 0 ? "" : ", ",
			    x->sheet[i].name);
		fault_set(f, FAULT_DATA, "%s: has no sheet '%s'; it has %s",
		    x->name, name, names.p);
		buf_free(&names);
		return -1;
	}
	xml_in_free(x->xml);
	x->xml = NULL;
	if (load(x, f) == -1)
		return -1;
	x->at = (struct place){ 0 };
	if (x->nr_cell > 0)
		memset(x->cell, 0, x->nr_cell * sizeof(*x->cell));
	x->nr_cell = 0;
	x->xml = xml_in_open(x->zip, x->sheet[i].part, SHEET_PART_MAX,
	    sheet_namespace, &sheet_calls, x, f);
	return x->xml == NULL ? -1 : 0;
}

int
xlsx_in_row(struct xlsx_in *x, size_t *row, const struct xlsx_cell **cell,
    size_t *nr, struct fault *f)
{
	int more = x->xml == NULL ? 0 : xml_in_run(x->xml, f);

	if (more == 1) {
		*row = x->at.row;
		*cell = x->cell;
		*nr = x->nr_cell;
		return 1;
	}
	xml_in_free(x->xml);
	x->xml = NULL;
	return more;
}

size_t
xlsx_in_uncomputed(const struct xlsx_in *x)
{
	return x->uncomputed;
}

void
xlsx_in_trust(struct xlsx_in *x)
{
	zip_in_trust(x->zip);
}

size_t
xlsx_in_sheets(const struct xlsx_in *x)
{
	return x->nr_sheet;
}

const char *
xlsx_in_sheet_name(const struct xlsx_in *x, size_t index)
{
	return x->sheet[index].name;
}

bool
xlsx_in_sheet_hidden(const struct xlsx_in *x, size_t index)
{
	return x->sheet[index].hidden;
}

void
xlsx_cell_plain(const struct xlsx_cell *c, struct buf *b)
{
	if (c->kind == XLSX_NUMBER)
		decimal_plain(c->text, b);
	else
		buf_text(b, c->text);
}

/*
 * Opening
 */

/* Whether an OLE file's first folder has an entry with that name. */
static bool
ole_has(int fd, const unsigned char head[512], const char *name)
{
	unsigned char entry[128];
	unsigned shift = head[30] | (unsigned)head[31] << 8;
	uint32_t sector = (uint32_t)head[48] | (uint32_t)head[49] << 8 |
			  (uint32_t)head[50] << 16 | (uint32_t)head[51] << 24;
	size_t i, j, len = strlen(name);
	off_t at;

	if (shift < 7 || shift > 16)
		return false;
	at = (off_t)((uint64_t)sector + 1) << shift;
	for (i = 0; i < (1u << shift) / sizeof(entry); i++) {
		if (pread(fd, entry, sizeof(entry),
			at + (off_t)(i * sizeof(entry))) !=
		    (ssize_t)sizeof(entry))
			return false;
		for (j = 0; j < len; j++)
			if (entry[2 * j] != (unsigned char)name[j] ||
			    entry[2 * j + 1] != 0)
				break;
		if (j == len)
			return true;
	}
	return false;
}

/* What is no zip archive gets a message that says what it is. */
static int
look_at_head(int fd, const char *name, struct fault *f)
{
	static const unsigned char ole[] = { 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1,
		0x1a, 0xe1 };
	unsigned char head[512] = { 0 };
	ssize_t nr;

	do
		nr = pread(fd, head, sizeof(head), 0);
	while (nr == -1 && errno == EINTR);
	if (nr == -1)
		return fault_errno(f, "cannot read '%s'", name);
	if (nr == 0)
		return fault_set(f, FAULT_DATA, "%s: is empty", name);
	if (memcmp(head, ole, sizeof(ole)) == 0)
		return fault_set(f, FAULT_DATA, "%s: %s", name,
		    ole_has(fd, head, "EncryptedPackage")
			? "is encrypted; save it without a password"
			: "is an old workbook (.xls); save it as .xlsx");
	if (head[0] != 'P' || head[1] != 'K')
		return fault_set(
		    f, FAULT_DATA, "%s: is no workbook (.xlsx)", name);
	return 0;
}

struct xlsx_in *
xlsx_in_open_fd(int fd, const char *name, struct fault *f)
{
	struct xlsx_in *x;

	if (look_at_head(fd, name, f) == -1)
		return NULL;
	x = xcalloc(1, sizeof(*x));
	x->name = xstrdup(name);
	x->fd = fd;
	x->format = map_new();
	x->row_text = arena_new();
	buf_init(&x->string, STRINGS_MAX);
	buf_init(&x->taken, CELL_MAX);
	buf_init(&x->number, CELL_MAX);
	x->zip = zip_in_open(fd, x->name, f);
	if (x->zip == NULL || read_workbook(x, f) == -1) {
		xlsx_in_free(x);
		return NULL;
	}
	return x;
}

struct xlsx_in *
xlsx_in_open(const char *path, struct fault *f)
{
	struct xlsx_in *x;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd == -1) {
		fault_errno(f, "cannot open '%s'", path);
		return NULL;
	}
	x = xlsx_in_open_fd(fd, path, f);
	if (x == NULL)
		close(fd);
	else
		x->own_fd = true;
	return x;
}

void
xlsx_in_free(struct xlsx_in *x)
{
	size_t i;

	if (x == NULL)
		return;
	xml_in_free(x->xml);
	zip_in_free(x->zip);
	if (x->own_fd)
		close(x->fd);
	free_relations(x);
	for (i = 0; i < x->nr_sheet; i++)
		free_sheet(&x->sheet[i]);
	free(x->sheet);
	free(x->string_end);
	free(x->style);
	free(x->cell);
	map_free(x->format);
	arena_free(x->row_text);
	buf_free(&x->string);
	buf_free(&x->taken);
	buf_free(&x->number);
	free(x->name);
	free(x);
}
