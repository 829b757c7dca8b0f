/*
 * named_row.h - a row about a person who is known by a name; see match(5)
 *
 * Rows of inflow-parse and hubstaff-hours, and any other record with a name.
 */
#ifndef KPIPE_NAMED_ROW_H
#define KPIPE_NAMED_ROW_H

#include "base/ndjson.h"

/* Who wrote the names: what holds for one may not hold for the other. */
enum name_source {
	NAMES_INFLOW,
	NAMES_HUBSTAFF,
	NAMES_LOG, /* people, by hand */
	NAME_SOURCES,
};

extern const char *const name_source_name[NAME_SOURCES];
/* NAME_SOURCES when there is none of that name. */
enum name_source name_source_of(struct text name);

/* The three members of a row that a match sets. */
enum named_member {
	MEMBER_ID,
	MEMBER_NAME,
	MEMBER_MATCH,
	NAMED_MEMBERS,
};

/* Where the value of a member is in its line; len 0: it is not there. */
struct named_span {
	uint32_t at;
	uint32_t len;
};

/* Which records are rows, and where the fields are. */
struct named_fields {
	const char *type;	 /* rows besides the known two; NULL: none */
	enum name_source source; /* of these */
	const char *name_path;
	const char *id_key;
	size_t slot[NAMED_MEMBERS];
	size_t at_type, group, date, user_id, sales, messages;
};

/* Borrows from the record. What is not there is "no text". */
struct named_row {
	enum name_source source;
	struct text name;
	struct text group;
	struct text date;
	struct text user_id; /* of Hubstaff */
	bool has_sales;
	double sales;
	bool has_messages;
	double messages;
	struct named_span span[NAMED_MEMBERS];
};

void named_want(struct named_fields *, struct json_shape *);
/* Whether it is a row, and whose names it has. */
bool named_here(const struct named_fields *, const struct record *,
    enum name_source *source);
/*
 * Errors: FAULT_DATA naming the field that is of another kind; or when the
 * record has an id of its own that a match would replace.
 */
int named_decode(struct named_row *, const struct named_fields *,
    const struct record *, struct fault *);

/*
 * The row's line with its members set to these values, which are JSON; one
 * that is "no text" stays as it is. Emptied first.
 */
void named_put(struct buf *, const struct named_fields *, struct text line,
    const struct named_span span[NAMED_MEMBERS],
    const struct text value[NAMED_MEMBERS]);

#endif
