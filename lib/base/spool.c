#include "base/spool.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/xalloc.h"

#define BLOCK (256u << 10)

struct spool {
	FILE *file;
	size_t note_len;
	char *line;
	size_t cap;
};

struct spool *
spool_new(const char *folder, size_t note_len, struct fault *f)
{
	struct spool *s;
	FILE *file;
	int fd = file_temporary(folder, f);

	if (fd == -1)
		return NULL;
	file = fdopen(fd, "w+");
	if (file == NULL) {
		fault_errno(f, "cannot open a temporary file");
		close(fd);
		return NULL;
	}
	setvbuf(file, NULL, _IOFBF, BLOCK);
	s = xcalloc(1, sizeof(*s));
	s->file = file;
	s->note_len = note_len;
	return s;
}

void
spool_free(struct spool *s)
{
	if (s == NULL)
		return;
	fclose(s->file);
	free(s->line);
	free(s);
}

static int
refuse(struct fault *f, const char *what)
{
	return fault_errno(f, "cannot %s a temporary file", what);
}

int
spool_add(struct spool *s, const void *note, struct text line, struct fault *f)
{
	if (fwrite(&line.len, sizeof(line.len), 1, s->file) != 1 ||
	    fwrite(note, s->note_len, 1, s->file) != 1 ||
	    fwrite(line.p, 1, line.len, s->file) != line.len)
		return refuse(f, "write");
	return 0;
}

int
spool_rewind(struct spool *s, struct fault *f)
{
	if (fflush(s->file) == EOF || fseeko(s->file, 0, SEEK_SET) == -1)
		return refuse(f, "write");
	return 0;
}

int
spool_next(struct spool *s, void *note, struct text *line, struct fault *f)
{
	size_t len;

	if (fread(&len, sizeof(len), 1, s->file) != 1)
		return ferror(s->file) ? refuse(f, "read") : 0;
	if (len > s->cap) {
		s->cap = len;
		s->line = xreallocarray(s->line, s->cap, 1);
	}
	if (fread(note, s->note_len, 1, s->file) != 1 ||
	    fread(s->line, 1, len, s->file) != len)
		return refuse(f, "read");
	*line = (struct text){ s->line, len };
	return 1;
}
