#include "record/chatter_report.h"

#define FIELD(name) LAYOUT(chatter_report, name, LAYOUT_TEXT, #name)

static const struct layout_field field[] = {
	FIELD(date),
	FIELD(chatter_id),
	FIELD(name),
	FIELD(team_leader),
	FIELD(method),
	FIELD(resolution),
	FIELD(evidence),
};

const struct layout chatter_report_layout = { "chatter_report", field,
	sizeof(field) / sizeof(field[0]) };
