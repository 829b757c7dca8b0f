#include "match/settings.h"

#include <jansson.h>

static int
read_rule(struct match_rule *rule, json_t *in, struct fault *f)
{
	const struct {
		const char *key;
		double min, max;
		double *to;
	} known[] = {
		{ "fuzzy_accept", 0.5, 1, &rule->accept },
		{ "fuzzy_margin", 0, 0.5, &rule->margin },
		{ "fuzzy_suggest", 0.5, 1, &rule->suggest },
	};
	const size_t nr = sizeof(known) / sizeof(known[0]);
	const char *key;
	json_t *value;
	double x;
	size_t i;

	if (!json_is_object(in))
		return fault_set(f, FAULT_USAGE, "match is no object");
	json_object_foreach (in, key, value) {
		for (i = 0; i < nr && strcmp(key, known[i].key) != 0; i++)
			;
		if (i == nr)
			return fault_set(
			    f, FAULT_USAGE, "match.%s is no setting", key);
		x = json_number_value(value);
		if (!json_is_number(value) || x < known[i].min ||
		    x > known[i].max)
			return fault_set(f, FAULT_USAGE,
			    "match.%s is no number from %g to %g", key,
			    known[i].min, known[i].max);
		*known[i].to = x;
	}
	return 0;
}

int
match_settings_parse(struct match_rule *rule, struct text file, struct fault *f)
{
	json_error_t error;
	json_t *root =
	    json_loadb(file.p, file.len, JSON_REJECT_DUPLICATES, &error);
	json_t *in = json_object_get(root, "match");
	int status = 0;

	if (root == NULL)
		return fault_set(
		    f, FAULT_USAGE, "line %d: %s", error.line, error.text);
	if (in != NULL)
		status = read_rule(rule, in, f);
	json_decref(root);
	return status;
}
