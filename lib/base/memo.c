#include "base/memo.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/json.h"
#include "base/out.h"
#include "base/xalloc.h"

#define HEAD_MAX (64u << 20)

struct memo {
	char *path;
	FILE *in; /* NULL: it is written */
	char *line;
	size_t cap;
	struct file_replace *file;
	struct out *out;
};

/* FNV-1a. */
static uint64_t
hash_of(struct text t)
{
	uint64_t h = 0xcbf29ce484222325u;
	size_t i;

	for (i = 0; i < t.len; i++)
		h = (h ^ (unsigned char)t.p[i]) * 0x100000001b3u;
	return h;
}

static void
put_head(struct buf *b, struct text question)
{
	json_open(b);
	json_key(b, "type");
	json_put_str(b, "memo");
	json_key(b, "question");
	json_put_raw(b, question);
	json_close(b);
}

/* What comes from the future is of no known age. */
static bool
is_young(int64_t age_s, int64_t max_age_s)
{
	return age_s >= 0 && age_s < max_age_s;
}

/* An answer that is there, young enough, and to this question. */
static bool
open_answer(struct memo *m, struct text head, int64_t max_age_s, int64_t now_s)
{
	struct stat st;
	struct text line;
	struct fault ignored = { 0 };

	m->in = fopen(m->path, "re");
	if (m->in == NULL)
		return false;
	if (fstat(fileno(m->in), &st) == 0 &&
	    is_young(now_s - st.st_mtime, max_age_s) &&
	    memo_read(m, &line, &ignored) == 1 && text_equal(line, head))
		return true;
	fclose(m->in);
	m->in = NULL;
	return false;
}

static int
begin(struct memo *m, const char *folder, struct text head, struct fault *f)
{
	if (mkdir(folder, 0700) == -1 && errno != EEXIST)
		return fault_errno(f, "cannot make folder '%s'", folder);
	m->file = file_replace_open(m->path, 0600, f);
	if (m->file == NULL)
		return -1;
	m->out = out_new(file_replace_fd(m->file), m->path);
	return out_line(m->out, head, f);
}

int
memo_open(struct memo **memo, const char *folder, const char *name,
    struct text question, int64_t max_age_s, int64_t now_s, struct fault *f)
{
	struct memo *m = xcalloc(1, sizeof(*m));
	struct buf b;
	int status = 1;

	buf_init(&b, HEAD_MAX);
	buf_printf(
	    &b, "%s/%s-%016" PRIx64 ".ndjson", folder, name, hash_of(question));
	m->path = xstrndup(b.p, b.len);
	buf_clear(&b);
	put_head(&b, question);
	if (!open_answer(m, buf_view(&b), max_age_s, now_s))
		status = begin(m, folder, buf_view(&b), f);
	buf_free(&b);
	if (status == -1) {
		memo_free(m);
		m = NULL;
	}
	*memo = m;
	return status;
}

void
memo_free(struct memo *m)
{
	if (m == NULL)
		return;
	if (m->in != NULL)
		fclose(m->in);
	file_replace_abort(m->file);
	out_free(m->out);
	free(m->line);
	free(m->path);
	free(m);
}

const char *
memo_path(const struct memo *m)
{
	return m->path;
}

int
memo_read(struct memo *m, struct text *line, struct fault *f)
{
	ssize_t len;

	errno = 0;
	len = getline(&m->line, &m->cap, m->in);
	if (len == -1 && (ferror(m->in) || errno == ENOMEM))
		return fault_errno(f, "cannot read '%s'", m->path);
	if (len == -1)
		return 0;
	if (m->line[len - 1] == '\n')
		len--;
	*line = (struct text){ m->line, (size_t)len };
	return 1;
}

int
memo_write(struct memo *m, struct text lines, struct fault *f)
{
	return out_write(m->out, lines.p, lines.len, f);
}

int
memo_keep(struct memo *m, struct fault *f)
{
	struct file_replace *file = m->file;

	if (out_flush(m->out, f) == -1)
		return -1;
	m->file = NULL;
	return file_replace_commit(file, f);
}
