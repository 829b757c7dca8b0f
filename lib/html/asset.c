#include "html/asset.h"

static struct text
next_line(struct text *rest)
{
	const char *end = memchr(rest->p, '\n', rest->len);
	size_t len = end == NULL ? rest->len : (size_t)(end + 1 - rest->p);
	struct text line = { rest->p, len };

	rest->p += len;
	rest->len -= len;
	return line;
}

static bool
ends_comment(struct text line)
{
	return line.len >= 3 && memcmp(line.p + line.len - 3, "*/\n", 3) == 0;
}

void
asset_add(struct buf *b, struct text asset)
{
	struct text line;
	bool in_comment = false;

	while (asset.len > 0) {
		line = next_line(&asset);
		while (line.len > 0 && line.p[0] == '\t') {
			line.p++;
			line.len--;
		}
		if (line.len >= 2 && memcmp(line.p, "/*", 2) == 0)
			in_comment = true;
		if (!in_comment && line.len > 0 && line.p[0] != '\n')
			buf_text(b, line);
		if (ends_comment(line))
			in_comment = false;
	}
}
