#include "match/alias_read.h"

#include "record/field.h"

#define CELLS 3

static int
add_alias(struct aliases *aliases, const struct text cell[CELLS], uint64_t line,
    alias_unknown *unknown, void *arg, struct fault *f)
{
	int note = aliases_add(aliases, cell[0], cell[1], cell[2], f);

	if (note == ALIAS_UNKNOWN)
		unknown(arg, line, cell[2]);
	return note == -1 ? -1 : 0;
}

static int
add_row(struct aliases *aliases, const struct text *cell, size_t nr,
    uint64_t line, alias_unknown *unknown, void *arg, struct fault *f)
{
	struct text all[CELLS];
	size_t i;

	/* the header, below the comments that may come first */
	if (nr == CELLS && text_is(cell[0], "source") &&
	    text_is(cell[1], "raw"))
		return 0;
	if (nr != CELLS)
		return fault_set(f, FAULT_DATA,
		    "a row is source,raw,canonical; this one has %zu cells",
		    nr);
	for (i = 0; i < CELLS; i++)
		all[i] = cell[i].p == NULL ? text_of("") : cell[i];
	return add_alias(aliases, all, line, unknown, arg, f);
}

int
aliases_read_csv(struct aliases *aliases, struct csv_in *in, const char *path,
    alias_unknown *unknown, void *arg, struct fault *f)
{
	const struct text *cell;
	uint64_t line;
	size_t nr;
	int more;

	csv_in_comments(in, '#');
	while ((more = csv_in_row(in, &cell, &nr, &line, f)) == 1)
		if (add_row(aliases, cell, nr, line, unknown, arg, f) == -1)
			return fault_prefix(
			    f, "%s:%llu: ", path, (unsigned long long)line);
	return more;
}

int
aliases_read_records(struct aliases *aliases, char *const *operand,
    alias_unknown *unknown, void *arg, struct fault *f)
{
	static const char *const key[CELLS] = { "source", "raw", "canonical" };
	struct json_shape *shape = json_shape_new();
	const struct record *rec;
	struct text cell[CELLS];
	struct ndjson *in;
	size_t slot[CELLS], i;
	int more;

	for (i = 0; i < CELLS; i++)
		slot[i] = json_want(shape, key[i]);
	in = ndjson_open(operand, shape);
	while ((more = ndjson_read(in, &rec, f)) == 1) {
		for (i = 0; i < CELLS && more == 1; i++)
			if (field_text(&cell[i], rec, slot[i], key[i], f) == -1)
				more = -1;
		if (more == 1 && add_alias(aliases, cell, ndjson_count(in),
				     unknown, arg, f) == -1)
			more = -1;
		if (more == -1) {
			ndjson_blame(in, f);
			break;
		}
	}
	ndjson_free(in);
	json_shape_free(shape);
	return more;
}
