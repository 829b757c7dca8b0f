#include "base/sink.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/num.h"
#include "base/xalloc.h"

struct sink {
	char *where;
	int fd;
	bool ours; /* to close */
	struct file_replace *file;
};

static int
open_it(struct sink *s, struct fault *f)
{
	int64_t nr;

	if (num_parse_int(text_of(s->where), &nr)) {
		s->fd = nr < 0 || nr > INT_MAX ? -1 : (int)nr;
		if (fcntl(s->fd, F_GETFD) == -1)
			return fault_errno(f, "descriptor %s", s->where);
		return 0;
	}
	if (strncmp(s->where, "/dev/", 5) != 0) {
		s->file = file_replace_open(s->where, 0666, f);
		if (s->file == NULL)
			return -1;
		s->fd = file_replace_fd(s->file);
		return 0;
	}
	s->fd = open(s->where, O_WRONLY | O_CLOEXEC);
	s->ours = true;
	if (s->fd == -1)
		return fault_errno(f, "cannot write '%s'", s->where);
	return 0;
}

struct sink *
sink_open(const char *where, struct fault *f)
{
	struct sink *s = xcalloc(1, sizeof(*s));

	s->where = xstrdup(where);
	s->fd = -1;
	if (open_it(s, f) == -1) {
		sink_free(s);
		return NULL;
	}
	return s;
}

int
sink_put(struct sink *s, struct text t, struct fault *f)
{
	struct file_replace *file = s->file;
	int status = file_write_all(s->fd, s->where, t.p, t.len, f);

	if (status == 0 && file != NULL) {
		s->file = NULL;
		status = file_replace_commit(file, f);
	}
	sink_free(s);
	return status;
}

void
sink_free(struct sink *s)
{
	if (s == NULL)
		return;
	file_replace_abort(s->file);
	if (s->ours && s->fd != -1)
		close(s->fd);
	free(s->where);
	free(s);
}
