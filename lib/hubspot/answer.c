#include "hubspot/answer.h"

#define SHOWN 40 /* bytes of what is no JSON */

int
answer_scan(struct json_shape *shape, struct text body,
    struct json_value *field, struct fault *f)
{
	struct text start = text_trim(body);

	if (start.len == 0)
		return fault_set(f, FAULT_DATA, "the answer is empty");
	if (json_scan_document(shape, body.p, body.len, field, f) == 0)
		return 0;
	if (start.p[0] == '{')
		return fault_prefix(f, "the answer is broken JSON: ");
	if (start.len > SHOWN)
		start.len = SHOWN;
	return fault_set(f, FAULT_DATA,
	    "the answer is no JSON: it starts with '%.*s'", TEXT_ARG(start));
}

struct text
answer_id(struct json_value v, struct arena *scratch)
{
	return v.kind == VALUE_NUMBER ? json_raw(v) : json_text(v, scratch);
}
