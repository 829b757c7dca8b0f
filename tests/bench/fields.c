/*
 * fields - take five fields of each record and count owners by stage: what the
 * reader of records costs, with nothing else
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/ndjson.h"
#include "base/tool.h"

static const char *const path[] = { "type", "id", "properties.hubspot_owner_id",
	"properties.createdate", "properties.lifecyclestage" };

static const struct tool_option option[] = { { 0 } };

static const struct tool tool = {
	.name = "fields",
	.summary = "count owners by stage",
	.synopsis = "[FILE ...]",
	.option = option,
};

int
main(int argc, char *argv[])
{
	struct json_shape *shape = json_shape_new();
	struct map *seen = map_new();
	const struct record *rec;
	struct ndjson *in;
	struct fault f = { 0 };
	struct text value[5], pair;
	uint64_t *count = NULL, bytes = 0;
	char key[512];
	const char *none;
	size_t i, index, slot[5];
	bool added;
	int more;

	tool_begin(&tool, argc, argv);
	while (tool_option(&none) != -1)
		;
	for (i = 0; i < 5; i++)
		slot[i] = json_want(shape, path[i]);
	in = ndjson_open(tool_operands(), shape);
	while ((more = ndjson_read(in, &rec, &f)) == 1) {
		for (i = 0; i < 5; i++)
			value[i] = record_text(rec, slot[i]);
		/* id and date are folded in so that nothing can be left out */
		bytes += value[0].len + value[1].len + value[3].len;
		if (value[2].len + value[4].len + 1 > sizeof(key))
			continue;
		memcpy(key, value[2].p == NULL ? "" : value[2].p, value[2].len);
		key[value[2].len] = '\t';
		memcpy(key + value[2].len + 1,
		    value[4].p == NULL ? "" : value[4].p, value[4].len);
		pair = (struct text){ key, value[2].len + 1 + value[4].len };
		index = map_intern(seen, pair, &added);
		if (added) {
			count = reallocarray(count, index + 1, sizeof(*count));
			count[index] = 0;
		}
		count[index]++;
	}
	if (more == -1)
		tool_die(&f);
	for (i = 0; i < map_size(seen); i++)
		printf("%s\t%llu\n", map_key(seen, i).p,
		    (unsigned long long)count[i]);
	printf("records\t%llu\t%llu\n", (unsigned long long)ndjson_count(in),
	    (unsigned long long)bytes);
	ndjson_free(in);
	json_shape_free(shape);
	map_free(seen);
	free(count);
	return tool_end(EXIT_DONE);
}
