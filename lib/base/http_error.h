/*
 * http_error.h - what a server says of an error, out of the JSON of its answer
 *
 * An answer may be anything: a page of a proxy, half of a body, nothing. Of what
 * is no JSON object all members are absent. For judges. Pure.
 */
#ifndef KPIPE_HTTP_ERROR_H
#define KPIPE_HTTP_ERROR_H

#include <stddef.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/text.h"

#define HTTP_ERROR_SLOTS 8

struct http_error {
	struct json_shape *shape;
	struct json_value field[HTTP_ERROR_SLOTS]; /* at the paths */
	struct arena *scratch;
};

/* Look for nr paths in a body that has BUF_SLACK bytes behind it. */
void http_error_read(
    struct http_error *, struct text body, const char *const *path, size_t nr);
void http_error_free(struct http_error *);

/*
 * The text at a path, without blanks around it and a full stop at its end, at
 * most max bytes; empty for what is no text. Good until http_error_free.
 */
struct text http_error_text(const struct http_error *, size_t slot, size_t max);

#endif
