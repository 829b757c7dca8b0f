#include "base/xml_in.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <expat.h>

#include "base/xalloc.h"

#define BLOCK	  65536
#define DEPTH_MAX 256
/* expat keeps a tag, with all its attributes, until it has ended */
#define TAG_MAX (1u << 20)
/* between namespace and local name; neither can hold it */
#define SEPARATOR '\n'

struct xml_in {
	XML_Parser parser;
	struct zip_in *zip;
	char *part;
	const char *name; /* of the archive */
	const char *const *namespace;
	const struct xml_calls *calls;
	void *user;
	unsigned depth;
	uint64_t fed;  /* bytes given to expat */
	uint64_t seen; /* of them when it told something last */
	bool last;     /* the end of the part was given too */
	bool paused;
	bool refused;
	struct fault fault;
};

/* The local name when it is of a namespace we want, else NULL. */
static const char *
wanted(const struct xml_in *x, const char *full)
{
	const char *end = strchr(full, SEPARATOR);
	size_t i, len;

	if (end == NULL)
		return NULL;
	len = (size_t)(end - full);
	for (i = 0; x->namespace[i] != NULL; i++)
		if (strncmp(x->namespace[i], full, len) == 0 &&
		    x->namespace[i][len] == '\0')
			return end + 1;
	return NULL;
}

static void XMLCALL
on_start(void *user, const XML_Char *full, const XML_Char **attr)
{
	struct xml_in *x = user;
	const char *name;

	x->seen = x->fed;
	if (x->refused)
		return;
	if (++x->depth > DEPTH_MAX) {
		xml_in_refuse(
		    x, "elements are nested deeper than %d", DEPTH_MAX);
		return;
	}
	name = wanted(x, full);
	if (name != NULL && x->calls->start != NULL)
		x->calls->start(x, x->user, name, attr);
}

static void XMLCALL
on_end(void *user, const XML_Char *full)
{
	struct xml_in *x = user;
	const char *name;

	x->seen = x->fed;
	if (x->refused)
		return;
	x->depth--;
	name = wanted(x, full);
	if (name != NULL && x->calls->end != NULL)
		x->calls->end(x, x->user, name);
}

static void XMLCALL
on_text(void *user, const XML_Char *p, int len)
{
	struct xml_in *x = user;

	x->seen = x->fed;
	if (!x->refused)
		x->calls->text(x, x->user, (struct text){ p, (size_t)len });
}

static void XMLCALL
on_doctype(void *user, const XML_Char *name, const XML_Char *sysid,
    const XML_Char *pubid, int has_internal_subset)
{
	(void)name;
	(void)sysid;
	(void)pubid;
	(void)has_internal_subset;
	xml_in_refuse(user, "has a document type, which no workbook has");
}

/* Tells that expat got on, so that a long comment is no long tag. */
static void XMLCALL
on_rest(void *user, const XML_Char *p, int len)
{
	struct xml_in *x = user;

	(void)p;
	(void)len;
	x->seen = x->fed;
}

struct xml_in *
xml_in_open(struct zip_in *z, const char *part, uint64_t max,
    const char *const *namespace, const struct xml_calls *calls, void *user,
    struct fault *f)
{
	struct xml_in *x;

	if (zip_in_start(z, part, max, f) == -1)
		return NULL;
	x = xcalloc(1, sizeof(*x));
	x->zip = z;
	x->part = xstrdup(part);
	x->name = zip_in_name(z);
	x->namespace = namespace;
	x->calls = calls;
	x->user = user;
	x->parser = XML_ParserCreateNS(NULL, SEPARATOR);
	if (x->parser == NULL) {
		fault_set(f, FAULT_IO, "out of memory");
		xml_in_free(x);
		return NULL;
	}
	XML_SetUserData(x->parser, x);
	XML_SetElementHandler(x->parser, on_start, on_end);
	if (calls->text != NULL)
		XML_SetCharacterDataHandler(x->parser, on_text);
	XML_SetStartDoctypeDeclHandler(x->parser, on_doctype);
	XML_SetDefaultHandler(x->parser, on_rest);
	return x;
}

void
xml_in_free(struct xml_in *x)
{
	if (x == NULL)
		return;
	if (x->parser != NULL)
		XML_ParserFree(x->parser);
	free(x->part);
	free(x);
}

void
xml_in_pause(struct xml_in *x)
{
	if (x->refused || x->paused)
		return;
	x->paused = true;
	XML_StopParser(x->parser, XML_TRUE);
}

void
xml_in_refuse(struct xml_in *x, const char *fmt, ...)
{
	va_list ap;

	if (x->refused)
		return;
	x->refused = true;
	x->fault.kind = FAULT_DATA;
	va_start(ap, fmt);
	vsnprintf(x->fault.text, sizeof(x->fault.text), fmt, ap);
	va_end(ap);
	fault_prefix(&x->fault, "%s: %s: line %lu: ", x->name, x->part,
	    (unsigned long)XML_GetCurrentLineNumber(x->parser));
	XML_StopParser(x->parser, XML_FALSE);
}

/* Give expat the next block of the part. */
static enum XML_Status
feed(struct xml_in *x, struct fault *f)
{
	void *room = XML_GetBuffer(x->parser, BLOCK);
	ssize_t nr;

	if (room == NULL) {
		fault_set(f, FAULT_IO, "out of memory");
		return XML_STATUS_ERROR;
	}
	nr = zip_in_read(x->zip, room, BLOCK, f);
	if (nr == -1)
		return XML_STATUS_ERROR;
	x->fed += (uint64_t)nr;
	x->last = nr == 0;
	return XML_ParseBuffer(x->parser, (int)nr, x->last);
}

int
xml_in_run(struct xml_in *x, struct fault *f)
{
	enum XML_Status status = XML_STATUS_OK;

	f->kind = FAULT_NONE;
	if (x->paused) {
		x->paused = false;
		status = XML_ResumeParser(x->parser);
	}
	while (status == XML_STATUS_OK && !x->paused && !x->last) {
		status = feed(x, f);
		if (x->fed - x->seen > TAG_MAX)
			xml_in_refuse(
			    x, "has a tag of more than %u bytes", TAG_MAX);
		if (x->refused)
			break;
	}
	if (x->refused) {
		*f = x->fault;
		return -1;
	}
	if (status != XML_STATUS_ERROR)
		return x->paused ? 1 : 0;
	if (f->kind == FAULT_NONE)
		fault_set(f, FAULT_DATA, "%s: %s: line %lu: damaged XML: %s",
		    x->name, x->part,
		    (unsigned long)XML_GetCurrentLineNumber(x->parser),
		    XML_ErrorString(XML_GetErrorCode(x->parser)));
	return -1;
}

const char *
xml_attr(const char **attr, const char *name)
{
	const char *local;
	size_t i;

	for (i = 0; attr[i] != NULL; i += 2) {
		local = strchr(attr[i], SEPARATOR);
		if (strcmp(local == NULL ? attr[i] : local + 1, name) == 0)
			return attr[i + 1];
	}
	return NULL;
}
