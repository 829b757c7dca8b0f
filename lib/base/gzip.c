#include "base/gzip.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/xalloc.h"

#define GZIP_BITS (16 + MAX_WBITS) /* a gzip header and no other */
#define BLOCK	  65536

struct gunzip {
	z_stream z;
	bool whole;
};

/* zlib fails to begin for want of memory only. */
static void
must(int code)
{
	if (code != Z_OK)
		xalloc_fail();
}

struct gunzip *
gunzip_new(void)
{
	struct gunzip *g = xcalloc(1, sizeof(*g));

	must(inflateInit2(&g->z, GZIP_BITS));
	return g;
}

void
gunzip_free(struct gunzip *g)
{
	if (g == NULL)
		return;
	inflateEnd(&g->z);
	free(g);
}

void
gunzip_clear(struct gunzip *g)
{
	inflateReset(&g->z);
	g->whole = false;
}

bool
gunzip_whole(const struct gunzip *g)
{
	return g->whole;
}

int
gunzip_add(struct gunzip *g, struct text t, struct buf *b, struct fault *f)
{
	unsigned char out[BLOCK];
	z_stream *z = &g->z;
	int code;

	if (t.len > UINT_MAX)
		return fault_set(f, FAULT_DATA, "too much gzip at once");
	z->next_in = (unsigned char *)t.p;
	z->avail_in = (unsigned)t.len;
	while (z->avail_in > 0) {
		/* one member may follow another */
		if (g->whole)
			inflateReset(z);
		do {
			z->next_out = out;
			z->avail_out = sizeof(out);
			code = inflate(z, Z_NO_FLUSH);
			if (code != Z_OK && code != Z_STREAM_END &&
			    code != Z_BUF_ERROR)
				return fault_set(f, FAULT_DATA, "not gzip");
			buf_add(b, out, sizeof(out) - z->avail_out);
			if (buf_check(b, "what is in the gzip", f) == -1)
				return -1;
		} while (code == Z_OK && z->avail_out == 0);
		g->whole = code == Z_STREAM_END;
	}
	return 0;
}

void
gzip_pack(struct buf *b, struct text t, int level)
{
	z_stream z = { 0 };
	unsigned char out[BLOCK];
	int code;

	must(deflateInit2(
	    &z, level, Z_DEFLATED, GZIP_BITS, 8, Z_DEFAULT_STRATEGY));
	z.next_in = (unsigned char *)t.p;
	do {
		if (z.avail_in == 0) {
			z.avail_in =
			    t.len > UINT_MAX ? UINT_MAX : (unsigned)t.len;
			t.len -= z.avail_in;
		}
		z.next_out = out;
		z.avail_out = sizeof(out);
		code = deflate(&z, t.len == 0 ? Z_FINISH : Z_NO_FLUSH);
		buf_add(b, out, sizeof(out) - z.avail_out);
	} while (code != Z_STREAM_END);
	deflateEnd(&z);
}
