/*
 * family.h - the families of records that are kept in tables: which key stands
 * in which field, and in what form
 *
 * Field names are those of a base as the team has it; others are given with
 * --fields. Pure.
 */
#ifndef KPIPE_AIRTABLE_FAMILY_H
#define KPIPE_AIRTABLE_FAMILY_H

#include <stddef.h>

#include "airtable/form.h"

struct family_key {
	const char *key;
	const char *field; /* NULL: only where it is asked for */
	enum form form;
};

struct family {
	const char *type;
	/* the key of Airtable's own id: "id" is somebody's of the roster */
	const char *id_key;
	const struct family_key *key; /* ends with a key that is NULL */
};

/* A family like any other, of which no form is known, when it is none. */
const struct family *family_of(const char *type);

/* How many have a field, and these alone, in their order, into key. */
size_t family_usual(const struct family *, struct family_key *key);
#define FAMILY_KEYS 24

enum form family_form(const struct family *, const char *key);

/* A figure that only a day has on which somebody worked. */
bool family_is_figure(const struct family *, const char *key);

#endif
