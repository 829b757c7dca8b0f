#include "base/ledger.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/folder.h"
#include "base/lock.h"
#include "base/xalloc.h"

#define BYTES_MOST ((size_t)256 << 20)

struct ledger {
	char *path;
	int fd, lock;
	struct buf text; /* as it was when it was opened */
};

/* Read it, and cut off what is no whole line. */
static int
read_all(struct ledger *l, struct fault *f)
{
	char *end;

	if (file_read_all(l->path, BYTES_MOST, &l->text, f) == -1)
		return -1;
	end = l->text.len == 0 ? NULL : memrchr(l->text.p, '\n', l->text.len);
	l->text.len = end == NULL ? 0 : (size_t)(end + 1 - l->text.p);
	if (ftruncate(l->fd, (off_t)l->text.len) == -1)
		return fault_errno(f, "%s", l->path);
	return 0;
}

struct ledger *
ledger_open(const char *path, unsigned wait_s, struct fault *f)
{
	struct ledger *l = xcalloc(1, sizeof(*l));
	char *lock = NULL;

	l->path = xstrdup(path);
	l->fd = -1;
	buf_init(&l->text, BYTES_MOST);
	if (asprintf(&lock, "%s.lock", path) == -1)
		xalloc_fail();
	l->lock = lock_take(lock, wait_s * 1000, f);
	free(lock);
	if (l->lock != -1) {
		l->fd =
		    open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
		if (l->fd == -1)
			fault_errno(f, "%s", path);
	}
	if (l->fd != -1 && read_all(l, f) == 0)
		return l;
	ledger_close(l);
	return NULL;
}

void
ledger_close(struct ledger *l)
{
	if (l == NULL)
		return;
	if (l->fd != -1)
		close(l->fd);
	if (l->lock != -1)
		close(l->lock);
	buf_free(&l->text);
	free(l->path);
	free(l);
}

int
ledger_next(const struct ledger *l, size_t *at, struct json_shape *shape,
    struct json_value *field, struct fault *f)
{
	const char *end;

	if (*at >= l->text.len)
		return 0;
	if (json_scan_line(shape, l->text.p + *at, field, &end, f) == -1)
		return fault_prefix(f, "%s: this is no record: ", l->path);
	*at = (size_t)(end + 1 - l->text.p);
	return 1;
}

int
ledger_add(struct ledger *l, struct text line, struct fault *f)
{
	if (file_write_all(l->fd, l->path, line.p, line.len, f) == -1)
		return -1;
	if (fsync(l->fd) == -1)
		return fault_errno(f, "%s", l->path);
	return 0;
}

char *
ledger_path(
    const char *state_home, const char *home, const char *name, struct fault *f)
{
	char *folder = folder_own(state_home, home, ".local/state");
	char *path = NULL;

	if (folder == NULL) {
		fault_set(f, FAULT_USAGE,
		    "HOME is not set: name the ledger with --ledger");
		return NULL;
	}
	if (folder_make(folder, f) == 0 &&
	    asprintf(&path, "%s/%s", folder, name) == -1)
		xalloc_fail();
	free(folder);
	return path;
}
