#include "base/zip_out.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <zlib.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/xalloc.h"

/*
 * zlib's fastest. Its own choice takes three times as long for a quarter fewer
 * bytes, and packing is most of what writing a workbook costs.
 */
#define LEVEL	   1
#define CHUNK	   (64u << 10)
#define MEMORY_MAX (1u << 20)  /* packed bytes of a part before its file */
#define DOS_DATE   0x00210000u /* 1980-01-01 00:00 */
#define WIDE	   0xffffffffu /* in a field: look for the 64-bit one */

struct zip_part {
	const char *folder;
	z_stream z;
	bool ended;
	uint32_t crc;
	uint64_t size;	 /* bytes in */
	uint64_t packed; /* bytes out */
	uint64_t in_file;
	struct buf out; /* packed bytes behind those in the file */
	int fd;		/* -1: no file yet */
};

struct entry {
	char *name;
	uint32_t crc;
	uint64_t size;
	uint64_t packed;
	uint64_t at;
};

struct zip_out {
	int fd;
	const char *name;
	uint64_t at;
	struct entry *entry;
	size_t nr;
};

struct zip_part *
zip_part_new(const char *folder)
{
	struct zip_part *p = xcalloc(1, sizeof(*p));

	p->folder = folder;
	p->fd = -1;
	p->crc = (uint32_t)crc32(0, NULL, 0);
	buf_init(&p->out, MEMORY_MAX + CHUNK);
	/* raw: zip has a frame of its own */
	if (deflateInit2(&p->z, LEVEL, Z_DEFLATED, -MAX_WBITS, 8,
		Z_DEFAULT_STRATEGY) != Z_OK)
		xalloc_fail();
	return p;
}

void
zip_part_free(struct zip_part *p)
{
	if (p == NULL)
		return;
	deflateEnd(&p->z);
	buf_free(&p->out);
	if (p->fd != -1)
		close(p->fd);
	free(p);
}

static int
spill(struct zip_part *p, struct fault *f)
{
	if (p->fd == -1 && (p->fd = file_temporary(p->folder, f)) == -1)
		return -1;
	if (file_write_all(
		p->fd, "the temporary file", p->out.p, p->out.len, f) == -1) {
		fault_prefix(f, "%s: ", p->folder);
		return -1;
	}
	p->in_file += p->out.len;
	buf_clear(&p->out);
	return 0;
}

static int
pack(struct zip_part *p, struct text t, int flush, struct fault *f)
{
	int rc;

	p->z.next_in = (z_const Bytef *)t.p;
	p->z.avail_in = (uInt)t.len;
	do {
		if (p->out.len >= MEMORY_MAX && spill(p, f) == -1)
			return -1;
		p->z.next_out = (Bytef *)buf_room(&p->out, CHUNK);
		p->z.avail_out = CHUNK;
		rc = deflate(&p->z, flush);
		p->packed += CHUNK - p->z.avail_out;
		p->out.len += CHUNK - p->z.avail_out;
	} while (p->z.avail_out == 0 && rc != Z_STREAM_END);
	return 0;
}

int
zip_part_add(struct zip_part *p, struct text t, struct fault *f)
{
	struct text piece;

	while (t.len > 0) {
		piece = t;
		if (piece.len > 1u << 30)
			piece.len = 1u << 30;
		p->size += piece.len;
		p->crc = (uint32_t)crc32(
		    p->crc, (const Bytef *)piece.p, (uInt)piece.len);
		if (pack(p, piece, Z_NO_FLUSH, f) == -1)
			return -1;
		t.p += piece.len;
		t.len -= piece.len;
	}
	return 0;
}

struct zip_out *
zip_out_new(int fd, const char *name)
{
	struct zip_out *z = xcalloc(1, sizeof(*z));

	z->fd = fd;
	z->name = name;
	return z;
}

void
zip_out_free(struct zip_out *z)
{
	size_t i;

	if (z == NULL)
		return;
	for (i = 0; i < z->nr; i++)
		free(z->entry[i].name);
	free(z->entry);
	free(z);
}

static int
put(struct zip_out *z, const void *p, size_t len, struct fault *f)
{
	z->at += len;
	return file_write_all(z->fd, z->name, p, len, f);
}

/* Little-endian, as all of zip. */
static void
le(struct buf *b, uint64_t x, unsigned bytes)
{
	for (; bytes > 0; bytes--, x >>= 8)
		buf_char(b, (char)(x & 0xff));
}

static uint64_t
narrow(uint64_t x, bool wide)
{
	return wide ? WIDE : x;
}

/* What the header of a part and its line in the list have in common. */
static void
put_common(struct buf *b, const struct entry *e, bool wide, size_t extra)
{
	le(b, wide ? 45 : 20, 2); /* version that can unpack it */
	le(b, 0x0800, 2);	  /* the name is UTF-8 */
	le(b, Z_DEFLATED, 2);
	le(b, DOS_DATE, 4);
	le(b, e->crc, 4);
	le(b, narrow(e->packed, wide), 4);
	le(b, narrow(e->size, wide), 4);
	le(b, strlen(e->name), 2);
	le(b, extra, 2);
}

static int
put_header(struct zip_out *z, const struct entry *e, struct fault *f)
{
	bool wide = e->size >= WIDE || e->packed >= WIDE;
	struct buf b;
	int status;

	buf_init(&b, 1u << 16);
	le(&b, 0x04034b50, 4);
	put_common(&b, e, wide, wide ? 20 : 0);
	buf_str(&b, e->name);
	if (wide) {
		le(&b, 1, 2);
		le(&b, 16, 2);
		le(&b, e->size, 8);
		le(&b, e->packed, 8);
	}
	status = put(z, b.p, b.len, f);
	buf_free(&b);
	return status;
}

static int
copy_file(struct zip_out *z, const struct zip_part *p, struct fault *f)
{
	char *block = xcalloc(CHUNK, 1);
	uint64_t done = 0;
	ssize_t nr;
	int status = -1;

	while (done < p->in_file) {
		nr = pread(p->fd, block, CHUNK, (off_t)done);
		if (nr == -1 && errno == EINTR)
			continue;
		if (nr == -1) {
			fault_errno(f, "cannot read the temporary file in '%s'",
			    p->folder);
			goto out;
		}
		if (nr == 0) {
			fault_set(f, FAULT_IO,
			    "the temporary file in '%s' was cut off",
			    p->folder);
			goto out;
		}
		if (put(z, block, (size_t)nr, f) == -1)
			goto out;
		done += (uint64_t)nr;
	}
	status = 0;
out:
	free(block);
	return status;
}

int
zip_out_part(
    struct zip_out *z, const char *name, struct zip_part *p, struct fault *f)
{
	struct entry *e;

	if (!p->ended) {
		p->ended = true;
		if (pack(p, text_of(""), Z_FINISH, f) == -1)
			return -1;
	}
	z->entry = xreallocarray(z->entry, z->nr + 1, sizeof(*z->entry));
	e = &z->entry[z->nr++];
	*e = (struct entry){ xstrdup(name), p->crc, p->size, p->packed, z->at };
	if (put_header(z, e, f) == -1 || copy_file(z, p, f) == -1)
		return -1;
	return put(z, p->out.p, p->out.len, f);
}

/* A part's line in the list at the end. */
static void
put_line(struct buf *b, const struct entry *e)
{
	bool wide = e->size >= WIDE || e->packed >= WIDE || e->at >= WIDE;

	le(b, 0x02014b50, 4);
	le(b, wide ? 45 : 20, 2); /* version of the writer, for MS-DOS */
	put_common(b, e, wide, wide ? 28 : 0);
	le(b, 0, 2); /* comment */
	le(b, 0, 2); /* disk */
	le(b, 0, 2); /* attributes */
	le(b, 0, 4);
	le(b, narrow(e->at, wide), 4);
	buf_str(b, e->name);
	if (wide) {
		le(b, 1, 2);
		le(b, 24, 2);
		le(b, e->size, 8);
		le(b, e->packed, 8);
		le(b, e->at, 8);
	}
}

int
zip_out_end(struct zip_out *z, struct fault *f)
{
	uint64_t list_at = z->at, list_len;
	bool wide;
	struct buf b;
	size_t i;
	int status;

	buf_init(&b, 64u << 20);
	for (i = 0; i < z->nr; i++)
		put_line(&b, &z->entry[i]);
	list_len = b.len;
	wide = list_at >= WIDE || z->nr >= 0xffff;
	if (wide) {
		le(&b, 0x06064b50, 4);
		le(&b, 44, 8);
		le(&b, 45, 2);
		le(&b, 45, 2);
		le(&b, 0, 4);
		le(&b, 0, 4);
		le(&b, z->nr, 8);
		le(&b, z->nr, 8);
		le(&b, list_len, 8);
		le(&b, list_at, 8);
		le(&b, 0x07064b50, 4);
		le(&b, 0, 4);
		le(&b, list_at + list_len, 8);
		le(&b, 1, 4);
	}
	le(&b, 0x06054b50, 4);
	le(&b, 0, 4);
	le(&b, wide ? 0xffff : z->nr, 2);
	le(&b, wide ? 0xffff : z->nr, 2);
	le(&b, narrow(list_len, wide), 4);
	le(&b, narrow(list_at, wide), 4);
	le(&b, 0, 2);
	status = buf_check(&b, "the list of parts", f);
	if (status == 0)
		status = put(z, b.p, b.len, f);
	buf_free(&b);
	return status;
}
