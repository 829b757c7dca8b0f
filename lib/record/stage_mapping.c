#include "record/stage_mapping.h"

void
stage_mapping_encode(struct buf *b, const struct stage_mapping *row)
{
	json_open(b);
	json_key(b, "type");
	json_put_str(b, "stage_mapping");
	json_key(b, "pipeline_id");
	json_put_text(b, row->pipeline_id);
	json_key(b, "dealstage_id");
	json_put_text(b, row->stage_id);
	json_key(b, "stage_label");
	json_put_text(b, row->label);
	json_key(b, "is_closed");
	if (row->has_closed)
		json_put_bool(b, row->is_closed);
	else
		json_put_null(b);
	json_key(b, "probability");
	if (row->has_probability)
		json_put_number(b, row->probability);
	else
		json_put_null(b);
	json_key(b, "class");
	json_put_text(b, row->class);
	json_close(b);
}
