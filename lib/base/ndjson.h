/*
 * ndjson.h - records on a stream: one JSON object a line
 *
 * A record is its line and the values of the fields the tool asked for. It is
 * good until the next read. Memory is one block of the stream, or the longest
 * line up to NDJSON_LINE_MAX.
 *
 * Lines that are blank are passed over; CR before LF counts as a blank; the
 * last line may lack its newline; a byte order mark is refused.
 */
#ifndef KPIPE_NDJSON_H
#define KPIPE_NDJSON_H

#include <stdint.h>

#include "base/json.h"
#include "base/out.h"

#define NDJSON_LINE_MAX (64u << 20)

struct record {
	struct text line; /* the object's bytes, without what is around it */
	const struct json_value *field;
	struct arena *scratch; /* for decoding; emptied by the next read */
};

struct ndjson;

/*
 * Read the files named by operands, one after the other; none, or "-", is
 * standard input, which says on a terminal that it waits. The shape is
 * borrowed and may be shared with nothing else.
 */
struct ndjson *ndjson_open(char *const *operand, struct json_shape *);
void ndjson_free(struct ndjson *);

/* Flush o whenever reading would wait, so that a pipe holds nothing back. */
void ndjson_tie(struct ndjson *, struct out *o);

/*
 * The next record: 1, 0 at the end, -1 on a fault.
 *
 * Errors: FAULT_IO; FAULT_DATA "file:line: byte N: what" for a line that is no
 * record.
 */
int ndjson_read(struct ndjson *, const struct record **, struct fault *);

/* Put "file:line: " of the record read last in front of *f; returns -1. */
int ndjson_blame(const struct ndjson *, struct fault *f);

/* Records read so far, over all files. */
uint64_t ndjson_count(const struct ndjson *);

static inline struct text
record_text(const struct record *rec, size_t slot)
{
	return json_text(rec->field[slot], rec->scratch);
}

/*
 * The line with members added: member is "key":value pairs without braces,
 * already JSON. Goes to b, which is emptied first.
 */
void record_splice(struct buf *b, const struct record *, struct text member);

#endif
