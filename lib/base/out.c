#include "base/out.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/xalloc.h"

#define OUT_SIZE  (256u << 10)
#define PIPE_SIZE (1u << 20)

struct out {
	int fd;
	const char *name;
	size_t len;
	char p[OUT_SIZE];
};

struct out *
out_new(int fd, const char *name)
{
	struct out *o = xreallocarray(NULL, 1, sizeof(*o));

	o->fd = fd;
	o->name = name;
	o->len = 0;
	/* fails where it is no pipe, or the user's limit is reached: fine */
	(void)fcntl(fd, F_SETPIPE_SZ, PIPE_SIZE);
	return o;
}

void
out_free(struct out *o)
{
	free(o);
}

int
out_flush(struct out *o, struct fault *f)
{
	size_t len = o->len;

	o->len = 0;
	return len == 0 ? 0 : file_write_all(o->fd, o->name, o->p, len, f);
}

int
out_write(struct out *o, const void *p, size_t len, struct fault *f)
{
	if (len > OUT_SIZE - o->len && out_flush(o, f) == -1)
		return -1;
	if (len > OUT_SIZE)
		return file_write_all(o->fd, o->name, p, len, f);
	if (len > 0)
		memcpy(o->p + o->len, p, len);
	o->len += len;
	return 0;
}

int
out_line(struct out *o, struct text line, struct fault *f)
{
	if (out_write(o, line.p, line.len, f) == -1)
		return -1;
	return out_write(o, "\n", 1, f);
}
