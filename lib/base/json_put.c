#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/json_scan.h"
#include "base/num.h"

/* A comma, unless this is the first thing where it stands. */
static void
put_comma(struct buf *b)
{
	char last = b->len == 0 ? '{' : b->p[b->len - 1];

	if (last != '{' && last != '[' && last != ':' && last != ',' &&
	    last != '\n')
		buf_char(b, ',');
}

void
json_open(struct buf *b)
{
	put_comma(b);
	buf_char(b, '{');
}

void
json_close(struct buf *b)
{
	buf_char(b, '}');
}

void
json_open_array(struct buf *b)
{
	put_comma(b);
	buf_char(b, '[');
}

void
json_close_array(struct buf *b)
{
	buf_char(b, ']');
}

static void
put_escaped_byte(struct buf *b, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";
	char escape[6] = "\\u00";

	switch (c) {
	case '"':
		buf_str(b, "\\\"");
		return;
	case '\\':
		buf_str(b, "\\\\");
		return;
	case '\n':
		buf_str(b, "\\n");
		return;
	case '\r':
		buf_str(b, "\\r");
		return;
	case '\t':
		buf_str(b, "\\t");
		return;
	default:
		escape[4] = hex[c >> 4];
		escape[5] = hex[c & 15];
		buf_add(b, escape, sizeof(escape));
	}
}

/* Bytes from i on that stand in a string as they are. */
static size_t
plain_length(struct text t, size_t i)
{
	size_t start = i, len;
	unsigned char c;

	while (i < t.len) {
		c = (unsigned char)t.p[i];
		if (c == '"' || c == '\\' || c < 0x20)
			break;
		if (c < 0x80) {
			i++;
			continue;
		}
		/* a sequence cut by the end of the text must not be read */
		if (t.len - i < 4) {
			unsigned char tail[4] = { 0 };

			memcpy(tail, t.p + i, t.len - i);
			len = utf8_length(tail);
		} else {
			len = utf8_length((const unsigned char *)t.p + i);
		}
		if (len == 0)
			break;
		i += len;
	}
	return i - start;
}

/* Which of eight bytes are none of ASCII's, or need an escape: not 0. */
static uint64_t
not_plain(uint64_t word)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	uint64_t quote = word ^ ones * '"', slash = word ^ ones * '\\';

	/* a borrow may mark too many, but only beside one that is right */
	return (word | (word - ones * 0x20) | (quote - ones) | (slash - ones)) &
	       ones * 0x80;
}

/* It stands in a string as it is. */
static bool
is_plain(struct text t)
{
	uint64_t word;
	uint32_t part[2];
	size_t i;

	for (i = 0; t.len - i >= sizeof(word); i += sizeof(word)) {
		memcpy(&word, t.p + i, sizeof(word));
		if (not_plain(word) != 0)
			return false;
	}
	/* those left, some of them twice */
	if (t.len >= sizeof(word))
		memcpy(&word, t.p + t.len - sizeof(word), sizeof(word));
	else if (t.len >= sizeof(part[0])) {
		memcpy(&part[0], t.p, sizeof(part[0]));
		memcpy(
		    &part[1], t.p + t.len - sizeof(part[1]), sizeof(part[1]));
		memcpy(&word, part, sizeof(word));
	} else {
		word = UINT64_C(0x2020202020202020);
		memcpy(&word, t.p, t.len);
	}
	return not_plain(word) == 0;
}

static void
put_string(struct buf *b, struct text t)
{
	size_t i = 0, len;
	char *room;

	if (is_plain(t) && (room = buf_room(b, t.len + 2)) != NULL) {
		room[0] = '"';
		memcpy(room + 1, t.p, t.len);
		room[t.len + 1] = '"';
		room[t.len + 2] = '\0';
		b->len += t.len + 2;
		return;
	}
	buf_char(b, '"');
	while (i < t.len) {
		len = plain_length(t, i);
		buf_add(b, t.p + i, len);
		i += len;
		if (i == t.len)
			break;
		if ((unsigned char)t.p[i] < 0x80)
			put_escaped_byte(b, (unsigned char)t.p[i]);
		else
			buf_str(b, "\xef\xbf\xbd");
		i++;
	}
	buf_char(b, '"');
}

void
json_key_text(struct buf *b, struct text key)
{
	put_comma(b);
	put_string(b, key);
	buf_char(b, ':');
}

void
json_key(struct buf *b, const char *key)
{
	json_key_text(b, text_of(key));
}

void
json_put_text(struct buf *b, struct text t)
{
	if (t.p == NULL) {
		json_put_null(b);
		return;
	}
	put_comma(b);
	put_string(b, t);
}

void
json_put_str(struct buf *b, const char *s)
{
	json_put_text(b, text_of(s));
}

void
json_put_number(struct buf *b, double x)
{
	char text[NUM_MAX];

	if (!isfinite(x)) {
		json_put_null(b);
		return;
	}
	put_comma(b);
	buf_str(b, num_format(x, text));
}

void
json_put_int(struct buf *b, int64_t x)
{
	put_comma(b);
	buf_printf(b, "%lld", (long long)x);
}

void
json_put_bool(struct buf *b, bool x)
{
	put_comma(b);
	buf_str(b, x ? "true" : "false");
}

void
json_put_null(struct buf *b)
{
	put_comma(b);
	buf_str(b, "null");
}

void
json_put_raw(struct buf *b, struct text t)
{
	size_t i, start;

	put_comma(b);
	start = b->len;
	buf_text(b, t);
	if (b->over || memchr(t.p, '\n', t.len) == NULL)
		return;
	for (i = start; i < b->len; i++)
		if (b->p[i] == '\n' || b->p[i] == '\r')
			b->p[i] = ' ';
}
