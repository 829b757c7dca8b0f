/* fields_jansson - the five fields of fields.c, taken by jansson */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/xalloc.h"

static struct text
text_at(json_t *object, const char *key)
{
	json_t *value = json_object_get(object, key);

	return (
	    struct text){ json_string_value(value), json_string_length(value) };
}

int
main(void)
{
	struct map *seen = map_new();
	struct text value[5];
	json_t *record, *properties;
	json_error_t error;
	char *line = NULL, key[512];
	size_t cap = 0, i, index;
	unsigned long long *count = NULL, bytes = 0, records = 0;
	ssize_t len;
	bool added;

	while ((len = getline(&line, &cap, stdin)) != -1) {
		record = json_loadb(line, (size_t)len, 0, &error);
		if (record == NULL) {
			fprintf(stderr, "%s\n", error.text);
			return 2;
		}
		properties = json_object_get(record, "properties");
		value[0] = text_at(record, "type");
		value[1] = text_at(record, "id");
		value[2] = text_at(properties, "hubspot_owner_id");
		value[3] = text_at(properties, "createdate");
		value[4] = text_at(properties, "lifecyclestage");
		bytes += value[0].len + value[1].len + value[3].len;
		records++;
		snprintf(key, sizeof(key), "%s\t%s",
		    value[2].p == NULL ? "" : value[2].p,
		    value[4].p == NULL ? "" : value[4].p);
		index = map_intern(seen, text_of(key), &added);
		if (added) {
			count = xreallocarray(count, index + 1, sizeof(*count));
			count[index] = 0;
		}
		count[index]++;
		json_decref(record);
	}
	for (i = 0; i < map_size(seen); i++)
		printf("%s\t%llu\n", map_key(seen, i).p, count[i]);
	printf("records\t%llu\t%llu\n", records, bytes);
	map_free(seen);
	free(count);
	free(line);
	return 0;
}
