/*
 * xml_in.h - elements of an XML part of a zip archive, by expat
 *
 * Only elements of the namespaces asked for are told, by their local name;
 * what is around and inside the others is passed over. A DTD is refused, and
 * with it entities; nesting and the length of a tag are bounded. Streams: one
 * block of the part is in memory.
 */
#ifndef KPIPE_XML_IN_H
#define KPIPE_XML_IN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/text.h"
#include "base/zip_in.h"

struct xml_in;

struct xml_calls {
	/* attr is for xml_attr. */
	void (*start)(
	    struct xml_in *, void *user, const char *name, const char **attr);
	void (*end)(struct xml_in *, void *user, const char *name);
	/* Pieces of the text inside; NULL: none is wanted. */
	void (*text)(struct xml_in *, void *user, struct text);
};

/*
 * Start on a part that unpacks to max bytes at most. z, calls and the
 * NULL-ended list of namespaces are borrowed. z reads nothing else meanwhile.
 *
 * Errors: those of zip_in_start.
 */
struct xml_in *xml_in_open(struct zip_in *z, const char *part, uint64_t max,
    const char *const *namespace, const struct xml_calls *calls, void *user,
    struct fault *);
/* Takes NULL. */
void xml_in_free(struct xml_in *);

/*
 * Go on until a call pauses (1) or the part ends (0).
 *
 * Errors: those of zip_in_read; FAULT_DATA "part: line N: what".
 */
int xml_in_run(struct xml_in *, struct fault *);

/* From a call: let xml_in_run return 1 after this one. */
void xml_in_pause(struct xml_in *);

/* From a call: end with this fault. Calls may follow and must do no harm. */
void xml_in_refuse(struct xml_in *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* The attribute with that local name, NULL when there is none. */
const char *xml_attr(const char **attr, const char *name);

#endif
