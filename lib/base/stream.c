#include "base/stream.h"

#include <unistd.h>

#include "base/tool.h"

/* A line that was read, and what a tool adds to it. */
#define LINE_MAX_LEN ((size_t)2 * NDJSON_LINE_MAX)

void
stream_read(struct ndjson *in,
    int (*add)(void *model, const struct record *, struct fault *), void *model)
{
	struct fault f = { 0 };
	const struct record *rec;
	int more;

	while ((more = ndjson_read(in, &rec, &f)) == 1)
		if (add(model, rec, &f) == -1) {
			ndjson_blame(in, &f);
			tool_die(&f);
		}
	if (more == -1)
		tool_die(&f);
	tool_say("%llu records read", (unsigned long long)ndjson_count(in));
}

uint64_t
stream_write(bool (*next)(void *model, struct buf *line), void *model)
{
	struct out *out = out_new(STDOUT_FILENO, "standard output");
	struct fault f = { 0 };
	struct buf line;
	uint64_t nr = 0;

	buf_init(&line, LINE_MAX_LEN);
	for (; next(model, &line); nr++)
		if (buf_check(&line, "a line of the result", &f) == -1 ||
		    out_line(out, buf_view(&line), &f) == -1)
			tool_die(&f);
	if (out_flush(out, &f) == -1)
		tool_die(&f);
	buf_free(&line);
	out_free(out);
	tool_say("%llu records written", (unsigned long long)nr);
	return nr;
}
