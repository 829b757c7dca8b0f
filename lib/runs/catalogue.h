/*
 * catalogue.h - the runs there are and the one that is selected: runs.json
 *
 * Pure: the caller looks which runs there are, and reads and writes the file.
 * A run that is returned is good until the next catalogue_add.
 */
#ifndef KPIPE_CATALOGUE_H
#define KPIPE_CATALOGUE_H

#include <stddef.h>

#include "base/buf.h"
#include "base/fault.h"
#include "record/run.h"

struct catalogue;

/* root is the absolute data folder. */
struct catalogue *catalogue_new(const char *root);
void catalogue_free(struct catalogue *);

/*
 * Remember which run the file's text says is selected. Its runs are passed
 * over: what stands in the folder counts.
 *
 * Errors: FAULT_DATA when the text is not such a file; none is then selected.
 */
int catalogue_read(struct catalogue *, const struct buf *json, struct fault *);

void catalogue_add(struct catalogue *, const struct run *);

/* The run of that id, NULL when there is none. */
const struct run *catalogue_find(const struct catalogue *, const char *id);

/* Errors: FAULT_USAGE when there is no run of that id. */
int catalogue_select(struct catalogue *, const char *id, struct fault *);

/* The run that was selected; when it is gone the newest, NULL without runs. */
const struct run *catalogue_selected(const struct catalogue *);

/* All runs, newest first. */
const struct run *catalogue_runs(const struct catalogue *, size_t *nr);

/* The file: indented by two. */
void catalogue_write(const struct catalogue *, struct buf *json);

#endif
