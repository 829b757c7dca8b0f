/*
 * A workbook of any bytes: read to its end or refused with a message.
 *
 * Input that starts with PK is the archive itself. Since a checksum keeps
 * changed parts out of it, other input is the parts, split by lines of "--": the
 * sheet, the shared strings, the styles, the workbook, its relations; those that
 * lack are plain ones.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <minizip/zip.h>

#include "base/file.h"
#include "base/num.h"
#include "base/xlsx.h"
#include "base/xlsx_in.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

#define NR 6

static const char *const name[NR] = { "xl/sheet.xml", "xl/strings.xml",
	"xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
	"_rels/.rels" };

#define MAIN	"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships"

static const char *const plain[NR] = {
	"",
	"<sst xmlns='" MAIN "'><si><t>a_x0041_</t></si><si><r><t>b</t></r>"
	"</si></sst>",
	"<styleSheet xmlns='" MAIN "'><numFmts><numFmt numFmtId='170' "
	"formatCode='[h]:mm'/></numFmts><cellXfs><xf numFmtId='0'/>"
	"<xf numFmtId='14'/><xf numFmtId='22'/><xf numFmtId='170'/></cellXfs>"
	"</styleSheet>",
	"<workbook xmlns='" MAIN "' xmlns:r='urn:r'><sheets><sheet name='S' "
	"sheetId='1' r:id='w'/></sheets></workbook>",
	"<Relationships xmlns='" PACKAGE "'><Relationship Id='w' "
	"Type='x/worksheet' Target='sheet.xml'/><Relationship Id='s' "
	"Type='x/sharedStrings' Target='strings.xml'/><Relationship Id='t' "
	"Type='x/styles' Target='styles.xml'/></Relationships>",
	"<Relationships xmlns='" PACKAGE "'><Relationship Id='o' "
	"Type='x/officeDocument' Target='xl/workbook.xml'/></Relationships>",
};

static void
must(int status)
{
	if (status != ZIP_OK)
		abort();
}

/* The part up to a line of "--", which is taken off t. */
static struct text
take_part(struct text *t)
{
	const char *end =
	    t->len == 0 ? NULL : memmem(t->p, t->len, "\n--\n", 4);
	struct text part = *t;

	if (end == NULL) {
		*t = text_of("");
		return part;
	}
	part.len = (size_t)(end - t->p);
	t->p = end + 4;
	t->len -= part.len + 4;
	return part;
}

static void
put_parts(const char *path, struct text t)
{
	zipFile z = zipOpen64(path, APPEND_STATUS_CREATE);
	struct text part;
	size_t i;

	for (i = 0; i < NR; i++) {
		part = take_part(&t);
		if (part.len == 0)
			part = text_of(plain[i]);
		must(zipOpenNewFileInZip(
		    z, name[i], NULL, NULL, 0, NULL, 0, NULL, Z_DEFLATED, 1));
		must(zipWriteInFileInZip(z, part.p, (unsigned)part.len));
		must(zipCloseFileInZip(z));
	}
	must(zipClose(z, NULL));
}

static void
check_cell(const struct xlsx_cell *c)
{
	struct buf b;
	double x;

	if ((c->kind == XLSX_EMPTY) != (c->text.p == NULL))
		abort();
	if (c->kind == XLSX_NUMBER && c->text.len < 100 &&
	    memchr(c->text.p, 'e', c->text.len) == NULL &&
	    memchr(c->text.p, 'E', c->text.len) == NULL &&
	    !num_parse(c->text, &x))
		abort();
	if (c->kind == XLSX_BOOL && !text_is(c->text, "true") &&
	    !text_is(c->text, "false"))
		abort();
	buf_init(&b, 1u << 24);
	xlsx_cell_plain(c, &b);
	buf_free(&b);
}

static void
read_sheet(struct xlsx_in *in, const char *sheet)
{
	const struct xlsx_cell *cell;
	struct fault f = { 0 };
	size_t row, nr, i, before = 0;
	int more;

	if (xlsx_in_select(in, sheet, &f) == -1) {
		if (f.text[0] == '\0')
			abort();
		return;
	}
	while ((more = xlsx_in_row(in, &row, &cell, &nr, &f)) == 1) {
		if (row <= before || row > XLSX_ROWS_MAX ||
		    nr > XLSX_COLUMNS_MAX)
			abort();
		before = row;
		for (i = 0; i < nr; i++)
			check_cell(&cell[i]);
	}
	if (more == -1 && (f.text[0] == '\0' || f.kind != FAULT_DATA))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct text t = { (const char *)data, len };
	struct fault f = { 0 };
	struct xlsx_in *in;
	size_t i;
	char path[64];
	int fd = memfd_create("workbook", 0);

	if (fd == -1)
		abort();
	if (len >= 2 && memcmp(data, "PK", 2) == 0) {
		must(file_write_all(fd, "memory", data, len, &f));
	} else {
		snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
		put_parts(path, t);
	}
	in = xlsx_in_open_fd(fd, "it", &f);
	if (in == NULL && f.text[0] == '\0')
		abort();
	for (i = 0; in != NULL && i < xlsx_in_sheets(in) && i < 4; i++)
		read_sheet(in, xlsx_in_sheet_name(in, i));
	xlsx_in_free(in);
	close(fd);
	return 0;
}
