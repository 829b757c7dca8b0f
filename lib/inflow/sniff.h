/*
 * sniff.h - which character is between the cells of an export
 *
 * Each candidate cuts the first rows. A cut under which a header is recognised
 * is better than any other; then that which gives most rows the length of the
 * header; then the longer header; then the candidate that was asked first.
 */
#ifndef KPIPE_INFLOW_SNIFF_H
#define KPIPE_INFLOW_SNIFF_H

#include "inflow/wording.h"

#define SNIFF_ROWS     20
#define SNIFF_PREAMBLE 5 /* rows before the header */

extern const char sniff_candidates[];

struct sniff {
	char delimiter;
	size_t cells[SNIFF_ROWS]; /* of rows that are not blank */
	size_t nr;
	size_t header; /* which row it is */
	bool recognised;
};

/* One more row; false when there were enough. */
bool sniff_row(
    struct sniff *, const struct wording *, const struct text *cell, size_t nr);

/* a is better than b, which was asked before. */
bool sniff_better(const struct sniff *a, const struct sniff *b);

/* The delimiter that a first line "sep=;" says, NUL for another line. */
char sniff_said(struct text start);

/*
 * What a file that starts so is, when it is no text at all.
 *
 * Errors: FAULT_DATA with the remedy.
 */
int sniff_kind(struct text start, struct fault *);

#endif
