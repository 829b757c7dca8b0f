#include "briefing/letter.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/show.h"
#include "base/utf8.h"
#include "record/message.h"

#define LETTER_MAX ((size_t)4 << 20)
#define FORMAT_MAX 400
/* kept free for what stands behind the sections */
#define REST_BLOCKS 8
#define POINT_MAX   5 /* bytes of a code point, and NUL */

#define ELLIPSIS "\xe2\x80\xa6"
#define ISOLATE	 "\xe2\x81\xa8" /* U+2068: a direction of its own */
#define POP	 "\xe2\x81\xa9" /* U+2069: its end */

void
letter_init(struct letter *l)
{
	*l = (struct letter){ 0 };
	buf_init(&l->text, LETTER_MAX);
	buf_init(&l->blocks, LETTER_MAX);
	buf_init(&l->block, LETTER_MAX);
}

void
letter_free(struct letter *l)
{
	buf_free(&l->text);
	buf_free(&l->blocks);
	buf_free(&l->block);
}

static size_t
most_of(enum letter_part part)
{
	return part == LETTER_HEADER ? MESSAGE_HEADER_MOST
				     : MESSAGE_SECTION_MOST;
}

/* Markup, which has room kept for it, or text. */
static void
add_markup(struct letter *l, const char *markup)
{
	if (l->part == LETTER_HEADER)
		return;
	buf_str(&l->block, markup);
	l->units += utf8_units(text_of(markup));
}

/* To the block: room is kept for the mark of a cut and for markup. */
#define KEPT 8

static void
add_to_block(struct letter *l, struct text t)
{
	char point[POINT_MAX];
	struct buf escaped;
	struct text form;
	size_t i, len, units;

	buf_init(&escaped, sizeof("&amp;"));
	for (i = 0; i < t.len && !l->is_cut; i += len) {
		len = utf8_length((const unsigned char *)t.p + i);
		len = len == 0 || len > t.len - i ? 1 : len;
		memcpy(point, t.p + i, len);
		buf_clear(&escaped);
		message_escape((struct text){ point, len }, &escaped);
		form = buf_view(&escaped);
		units = utf8_units(form);
		if (l->units + units + KEPT > most_of(l->part)) {
			buf_str(&l->block, ELLIPSIS);
			l->units++;
			l->is_cut = true;
		} else {
			buf_text(&l->block, form);
			l->units += units;
		}
	}
	buf_free(&escaped);
}

static void
add(struct letter *l, struct text t)
{
	buf_text(&l->text, t);
	add_to_block(l, t);
}

void
letter_begin(struct letter *l, enum letter_part part)
{
	l->part = part;
	l->units = 0;
	l->is_cut = false;
	buf_clear(&l->block);
}

static void
put_text_object(struct letter *l, const char *type)
{
	json_open(&l->blocks);
	json_key(&l->blocks, "type");
	json_put_str(&l->blocks, type);
	json_key(&l->blocks, "text");
	json_put_text(&l->blocks, buf_view(&l->block));
	json_close(&l->blocks);
}

static void
open_block(struct letter *l, const char *type)
{
	l->nr++;
	json_open(&l->blocks);
	json_key(&l->blocks, "type");
	json_put_str(&l->blocks, type);
}

void
letter_end(struct letter *l)
{
	static const char *const type[] = { "header", "context", "section" };

	buf_char(&l->text, '\n');
	l->all_units += l->units;
	open_block(l, type[l->part]);
	if (l->part == LETTER_CONTEXT) {
		json_key(&l->blocks, "elements");
		json_open_array(&l->blocks);
		put_text_object(l, "mrkdwn");
		json_close_array(&l->blocks);
	} else {
		json_key(&l->blocks, "text");
		put_text_object(
		    l, l->part == LETTER_HEADER ? "plain_text" : "mrkdwn");
	}
	json_close(&l->blocks);
}

void
letter_line(struct letter *l, int indent)
{
	add(l, text_of("\n"));
	while (indent-- > 0)
		buf_char(&l->text, ' ');
}

void
letter_str(struct letter *l, const char *s)
{
	add(l, text_of(s));
}

void
letter_format(struct letter *l, const char *fmt, ...)
{
	char text[FORMAT_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	letter_str(l, text);
}

/* The code point at p, of len bytes. */
static uint32_t
point_at(const unsigned char *p, size_t len)
{
	uint32_t c = len == 1 ? p[0] : p[0] & (0x7fu >> len);
	size_t i;

	for (i = 1; i < len; i++)
		c = c << 6 | (p[i] & 0x3f);
	return c;
}

static bool
is_blank(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c <= 0xa0) || c == 0x2028 ||
	       c == 0x2029;
}

static bool
turns(uint32_t c)
{
	return c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
	       (c >= 0x2066 && c <= 0x2069);
}

/* Letters of the blocks that are written from the right. */
static bool
is_from_right(uint32_t c)
{
	return (c >= 0x590 && c <= 0x8ff) || (c >= 0xfb1d && c <= 0xfdff) ||
	       (c >= 0xfe70 && c <= 0xfeff) || (c >= 0x10800 && c <= 0x10fff) ||
	       (c >= 0x1e800 && c <= 0x1efff);
}

/* t without what would break a line, added to b; some of it is from the right */
static bool
clean(struct text t, size_t most, struct buf *b)
{
	bool from_right = false;
	size_t i, len, nr = 0;
	uint32_t c;

	t = text_trim(t);
	for (i = 0; i < t.len; i += len) {
		len = utf8_length((const unsigned char *)t.p + i);
		if (len == 0 || len > t.len - i) {
			len = 1;
			continue;
		}
		c = point_at((const unsigned char *)t.p + i, len);
		if (turns(c))
			continue;
		if (nr++ == most) {
			buf_str(b, ELLIPSIS);
			break;
		}
		from_right |= is_from_right(c);
		if (is_blank(c))
			buf_char(b, ' ');
		else
			buf_add(b, t.p + i, len);
	}
	return from_right;
}

static void
add_clean(struct letter *l, struct text t, size_t most)
{
	struct buf b;
	bool from_right;

	buf_init(&b, LETTER_MAX);
	from_right = clean(t, most, &b);
	if (from_right)
		letter_str(l, ISOLATE);
	add(l, buf_view(&b));
	if (from_right)
		letter_str(l, POP);
	buf_free(&b);
}

void
letter_data(struct letter *l, struct text t, size_t most)
{
	add_clean(l, t, most);
}

void
letter_name(struct letter *l, struct text name, bool bold)
{
	if (bold)
		add_markup(l, "*");
	if (text_trim(name).len == 0)
		letter_str(l, "(no name)");
	else
		add_clean(l, name, LETTER_NAME);
	if (bold)
		add_markup(l, "*");
}

void
letter_number(struct letter *l, void (*show)(double, struct buf *), double x)
{
	struct buf b;

	buf_init(&b, FORMAT_MAX);
	show(x, &b);
	add(l, buf_view(&b));
	buf_free(&b);
}

static void
show_whole(double x, struct buf *b)
{
	show_fixed(x, 0, b);
}

void
letter_count(struct letter *l, double nr, const char *one, const char *many)
{
	letter_number(l, show_whole, nr);
	letter_format(l, " %s", nr == 1 ? one : many);
}

void
letter_day(struct letter *l, day_nr day)
{
	struct buf b;

	buf_init(&b, FORMAT_MAX);
	show_day(day, &b);
	add(l, buf_view(&b));
	buf_free(&b);
}

void
letter_strong(struct letter *l, const char *s)
{
	add_markup(l, "*");
	letter_str(l, s);
	add_markup(l, "*");
}

void
letter_link(struct letter *l, struct text url)
{
	add_markup(l, "<");
	add(l, url);
	add_markup(l, ">");
}

void
letter_divider(struct letter *l)
{
	letter_gap(l);
	open_block(l, "divider");
	json_close(&l->blocks);
}

void
letter_gap(struct letter *l)
{
	buf_char(&l->text, '\n');
}

bool
letter_has_room(const struct letter *l, size_t rest)
{
	return l->all_units + MESSAGE_SECTION_MOST + rest <= MESSAGE_ALL_MOST &&
	       l->nr + REST_BLOCKS < MESSAGE_BLOCKS_MOST;
}

void
letter_put(const struct letter *l, struct text to, struct text key, bool plain,
    struct buf *b)
{
	struct text text = text_trim(buf_view(&l->text)), none = { NULL, 0 };

	message_encode(to, key, text, plain ? none : buf_view(&l->blocks), b);
}
