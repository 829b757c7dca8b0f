#include "base/charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uchardet/uchardet.h>
#include <unistd.h>

#include "base/utf8.h"
#include "base/xalloc.h"

#define BLOCK	 (256u << 10)
#define SAMPLE	 4096	    /* bytes in which NULs are counted */
#define ASK_MAX	 (1u << 20) /* bytes that uchardet is shown */
#define RUNS_MIN 16	    /* bytes in runs, for another script to be likely */

/* A file on its way through the checks. */
struct look {
	char block[BLOCK + 1];
	size_t len, kept; /* of a character that the block cuts */
	uint64_t at;	  /* bytes before the block */
	bool is_utf8;
	uchardet_t ask; /* NULL until there is a byte past ASCII */
	size_t asked;
	uint64_t alone, in_runs; /* bytes past ASCII */
	size_t run;
};

static ssize_t
read_block(int fd, const char *name, char *p, size_t len, struct fault *f)
{
	ssize_t nr;

	do
		nr = read(fd, p, len);
	while (nr == -1 && errno == EINTR);
	if (nr == -1) {
		fault_errno(f, "cannot read");
		fault_prefix(f, "%s: ", name);
	}
	return nr;
}

static void
set(struct charset *c, const char *name, size_t mark)
{
	snprintf(c->name, sizeof(c->name), "%s", name);
	c->mark = mark;
}

static bool
by_mark(const char *p, size_t len, struct charset *c)
{
	if (len >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
		set(c, "UTF-8", 3);
	else if (len >= 2 && memcmp(p, "\xff\xfe", 2) == 0)
		set(c, "UTF-16LE", 2);
	else if (len >= 2 && memcmp(p, "\xfe\xff", 2) == 0)
		set(c, "UTF-16BE", 2);
	else
		return false;
	return true;
}

/* UTF-16 without a mark: 1, no NULs: 0, and -1 for NULs that are none. */
static int
by_nuls(const char *p, size_t len, struct charset *c)
{
	size_t i, nr[2] = { 0, 0 };

	if (len > SAMPLE)
		len = SAMPLE;
	for (i = 0; i < len; i++)
		nr[i % 2] += p[i] == '\0';
	if (nr[0] + nr[1] == 0)
		return 0;
	/* 30 % of the bytes at such places */
	if (nr[1] * 20 > len * 3 && nr[0] * 20 <= len)
		set(c, "UTF-16LE", 0);
	else if (nr[0] * 20 > len * 3 && nr[1] * 20 <= len)
		set(c, "UTF-16BE", 0);
	else
		return -1;
	return 1;
}

static void
end_run(struct look *k)
{
	if (k->run >= 3)
		k->in_runs += k->run;
	else
		k->alone += k->run;
	k->run = 0;
}

/* Count bytes past ASCII, and show them to uchardet. */
static void
count_bytes(struct look *k, const char *p, size_t len)
{
	size_t i;
	bool any = false;

	for (i = 0; i < len; i++) {
		if (k->run == 0)
			i += utf8_ascii(p + i, len - i);
		if (i == len)
			break;
		if (p[i] & 0x80) {
			k->run++;
			any = true;
		} else if (k->run > 0)
			end_run(k);
	}
	if (!any || k->asked >= ASK_MAX)
		return;
	if (k->ask == NULL && (k->ask = uchardet_new()) == NULL)
		xalloc_fail();
	k->asked += len;
	(void)uchardet_handle_data(k->ask, p, len);
}

/* Check what the block has; a character that its end cuts is kept. */
static void
check_utf8(struct look *k, bool last)
{
	size_t cut = k->len, back;
	unsigned char c;

	for (back = 1; !last && back <= 3 && back <= k->len; back++) {
		c = (unsigned char)k->block[k->len - back];
		if (c < 0x80)
			break;
		if (c < 0xc0)
			continue;
		if (back < (c < 0xe0 ? 2u : c < 0xf0 ? 3u : 4u))
			cut = k->len - back;
		break;
	}
	c = (unsigned char)k->block[cut];
	/* what is looked at past the end must be no continuation */
	k->block[cut] = '\0';
	k->is_utf8 = k->is_utf8 && utf8_valid((struct text){ k->block, cut });
	k->block[cut] = (char)c;
	k->kept = k->len - cut;
	memmove(k->block, k->block + cut, k->kept);
}

/* Which of uchardet's answers name no Latin script. */
static bool
is_other_script(const char *encoding)
{
	static const char *const name[] = { "WINDOWS-1251", "KOI8-R",
		"ISO-8859-5", "MAC-CYRILLIC", "IBM855", "IBM866", "ISO-8859-7",
		"WINDOWS-1253", "WINDOWS-1255", "ISO-8859-8", "WINDOWS-1256",
		"ISO-8859-6", "TIS-620", "ISO-8859-11", "SHIFT_JIS", "EUC-JP",
		"GB18030", "BIG5", "EUC-TW", "EUC-KR", "UHC" };
	size_t i;

	for (i = 0; i < sizeof(name) / sizeof(*name); i++)
		if (strcmp(encoding, name[i]) == 0)
			return true;
	return false;
}

static void
by_bytes(struct look *k, struct charset *c)
{
	const char *guess = "";

	set(c, "WINDOWS-1252", 0);
	if (k->ask == NULL || k->in_runs < RUNS_MIN || k->in_runs < k->alone)
		return;
	uchardet_data_end(k->ask);
	guess = uchardet_get_charset(k->ask);
	if (is_other_script(guess))
		set(c, guess, 0);
}

static int
look_all(int fd, const char *name, struct look *k, struct charset *c,
    struct fault *f)
{
	ssize_t nr;
	int nuls;
	bool first = true;

	for (;;) {
		nr = read_block(
		    fd, name, k->block + k->kept, BLOCK - k->kept, f);
		if (nr == -1)
			return -1;
		if (first) {
			if (by_mark(k->block, (size_t)nr, c) &&
			    c->name[4] != '8')
				return 0;
			nuls = by_nuls(k->block, (size_t)nr, c);
			if (nuls == -1)
				return fault_set(f, FAULT_DATA,
				    "%s: has NUL bytes, so it is no text; "
				    "export a workbook as CSV",
				    name);
			if (nuls == 1)
				return 0;
			first = false;
		}
		count_bytes(k, k->block + k->kept, (size_t)nr);
		k->len = k->kept + (size_t)nr;
		check_utf8(k, nr == 0);
		if (nr == 0)
			break;
	}
	end_run(k);
	if (c->mark == 0 && k->is_utf8)
		set(c, "UTF-8", 0);
	else if (c->mark == 0)
		by_bytes(k, c);
	return 0;
}

int
charset_detect(int fd, const char *name, struct charset *c, struct fault *f)
{
	struct look *k = xcalloc(1, sizeof(*k));
	int status;

	k->is_utf8 = true;
	set(c, "", 0);
	status = look_all(fd, name, k, c, f);
	if (k->ask != NULL)
		uchardet_delete(k->ask);
	free(k);
	return status;
}

int
charset_known(const char *encoding, struct fault *f)
{
	iconv_t convert = iconv_open("UTF-8", encoding);

	if (convert == (iconv_t)-1 || strlen(encoding) >= CHARSET_NAME ||
	    encoding[0] == '\0' || strchr(encoding, '/') != NULL) {
		if (convert != (iconv_t)-1)
			(void)iconv_close(convert);
		return fault_set(f, FAULT_USAGE,
		    "no encoding '%s' is known; iconv -l lists them", encoding);
	}
	(void)iconv_close(convert);
	return 0;
}

struct charset_in {
	int fd;
	const char *name;
	const struct charset *charset;
	iconv_t convert; /* -1 for UTF-8, which passes as it is */
	char *block;
	size_t len; /* bytes in it that are not converted yet */
	size_t skip;
	uint64_t at; /* of the block in the file */
	bool ended;
};

struct charset_in *
charset_in_new(int fd, const char *name, const struct charset *charset)
{
	struct charset_in *c = xcalloc(1, sizeof(*c));

	c->fd = fd;
	c->name = name;
	c->charset = charset;
	c->skip = charset->mark;
	c->convert = (iconv_t)-1;
	if (strcmp(charset->name, "UTF-8") != 0) {
		c->convert = iconv_open("UTF-8", charset->name);
		if (c->convert == (iconv_t)-1)
			xalloc_fail();
		c->block = xcalloc(BLOCK, 1);
	}
	return c;
}

void
charset_in_free(struct charset_in *c)
{
	if (c == NULL)
		return;
	if (c->convert != (iconv_t)-1)
		(void)iconv_close(c->convert);
	free(c->block);
	free(c);
}

static int
skip_mark(struct charset_in *c, struct fault *f)
{
	char mark[4];
	ssize_t nr;

	while (c->skip > 0) {
		nr = read_block(c->fd, c->name, mark, c->skip, f);
		if (nr == -1)
			return -1;
		if (nr == 0)
			break;
		c->skip -= (size_t)nr;
		c->at += (size_t)nr;
	}
	c->skip = 0;
	return 0;
}

static int
refuse(const struct charset_in *c, struct fault *f)
{
	return fault_set(f, FAULT_DATA,
	    "%s: byte %llu: is not in %s; say --encoding", c->name,
	    (unsigned long long)c->at + 1, c->charset->name);
}

ssize_t
charset_read(void *of, char *p, size_t len, struct fault *f)
{
	struct charset_in *c = of;
	char *from, *to = p;
	size_t left, room = len;
	ssize_t nr;

	if (skip_mark(c, f) == -1)
		return -1;
	if (c->convert == (iconv_t)-1)
		return read_block(c->fd, c->name, p, len, f);
	while (room == len) {
		if (!c->ended && c->len < BLOCK / 2) {
			nr = read_block(c->fd, c->name, c->block + c->len,
			    BLOCK - c->len, f);
			if (nr == -1)
				return -1;
			c->ended = nr == 0;
			c->len += (size_t)nr;
		}
		if (c->len == 0 && c->ended)
			return 0;
		from = c->block;
		left = c->len;
		if (iconv(c->convert, &from, &left, &to, &room) == (size_t)-1 &&
		    errno != E2BIG && (errno != EINVAL || c->ended)) {
			c->at += c->len - left;
			return refuse(c, f);
		}
		c->at += c->len - left;
		memmove(c->block, from, left);
		c->len = left;
	}
	return (ssize_t)(len - room);
}
