#include "hubspot/cache.h"

#include <inttypes.h>
#include <stdint.h>

#include "base/json.h"

#define REPORT "{\"type\":\"fetch_report\","

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

void
cache_name(struct buf *b, struct text question)
{
	buf_printf(b, "hs-fetch-%016" PRIx64 ".ndjson", hash_of(question));
}

void
cache_head(struct buf *b, struct text question)
{
	json_open(b);
	json_key(b, "type");
	json_put_str(b, "fetch_cache");
	json_key(b, "question");
	json_put_raw(b, question);
	json_close(b);
	buf_char(b, '\n');
}

bool
cache_is_report(struct text line)
{
	size_t len = sizeof(REPORT) - 1;

	return line.len > len && memcmp(line.p, REPORT, len) == 0;
}

void
cache_put_report(struct buf *b, struct text line)
{
	size_t len = sizeof(REPORT) - 1;

	buf_str(b, REPORT);
	json_key(b, "cached");
	json_put_bool(b, true);
	buf_char(b, ',');
	buf_add(b, line.p + len, line.len - len);
	buf_char(b, '\n');
}

void
cache_account(struct buf *b, struct text token)
{
	uint64_t h = hash_of(token);

	h ^= h >> 32;
	h ^= h >> 16;
	buf_printf(b, "%04x", (unsigned)(h & 0xffff));
}
