/*
 * chatter_report.h - what a team lead reported of a chatter; see chatters(5)
 */
#ifndef KPIPE_CHATTER_REPORT_H
#define KPIPE_CHATTER_REPORT_H

#include "record/layout.h"

/* What is not there is "no text". */
struct chatter_report {
	struct text date;
	struct text chatter_id; /* "no text": the name was not found */
	struct text name;
	struct text team_leader;
	struct text method;
	struct text resolution;
	struct text evidence;
};

/* For layout_want, layout_here and layout_decode. */
extern const struct layout chatter_report_layout;

#endif
