/*
 * html.h - HTML and SVG written into a buffer, escaped where it must be
 *
 * Elements open and close like brackets; attributes follow the opening. End
 * tags that HTML lets a page leave out are left out. Text from anywhere may be
 * given: what HTML cannot hold (NUL, CR, broken UTF-8) is replaced or escaped.
 */
#ifndef KPIPE_HTML_H
#define KPIPE_HTML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/text.h"

#define HTML_DEPTH 32

struct html {
	struct buf *out;
	size_t depth;
	bool in_tag;		      /* attributes may still come */
	const char *name[HTML_DEPTH]; /* of what is open; constants */
};

void html_init(struct html *, struct buf *out);

void html_open(struct html *, const char *name);
void html_close(struct html *);

/* Of the element just opened. html_class leaves NULL and "" out. */
void html_class(struct html *, const char *names);
void html_attr(struct html *, const char *name, const char *value);
void html_attr_text(struct html *, const char *name, struct text value);
void html_attr_int(struct html *, const char *name, int64_t value);
/* Of SVG: rounded to a tenth, see html_tenth. */
void html_attr_at(struct html *, const char *name, double value);
void html_flag(struct html *, const char *name); /* without a value */

void html_text(struct html *, struct text);
void html_str(struct html *, const char *);
void html_printf(struct html *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* An element with a class (or NULL) and text. */
void html_put(
    struct html *, const char *name, const char *names, const char *text);

/* Text whose direction is its own, as the name of a person. */
void html_bdi(struct html *, struct text);

/* Bytes that are what they should be: a style sheet, a script. */
void html_raw(struct html *, struct text);
/* JSON, so that no script element ends in it. */
void html_json(struct html *, struct text);

/*
 * x to a tenth, halves up: the page's script does the same, so both draw the
 * same picture.
 */
double html_tenth(double x);

/* A count with points between thousands: 1.234. */
#define HTML_COUNT 32
const char *html_count(int64_t x, char out[HTML_COUNT]);

#endif
