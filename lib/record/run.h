/*
 * run.h - one run: a folder with the figures of one fetch; see run(5)
 *
 * Its name says when the fetch started, in UTC, and everything about time here
 * is read from that name.
 */
#ifndef KPIPE_RUN_H
#define KPIPE_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

#define RUN_ID_TEXT 16 /* YYYYMMDD_HHMMSS and its NUL */

/* The files of a run, and the sheet of its coaches. */
#define RUN_COACHES "coach_eligibility.xlsx"
#define RUN_DEALS   "deals_flat.csv"
#define RUN_ENUMS   "enums.xlsx"
#define RUN_SHEET   "Coaches"

struct run {
	char id[RUN_ID_TEXT];
	uint64_t bytes;	     /* of the files directly in its folder */
	int64_t coach_count; /* -1: its workbook could not be read */
	bool has_enums;
};

/* Whether name is an instant in the form YYYYMMDD_HHMMSS. */
bool run_id_is_valid(const char *name);

/*
 * The members that runs.json and a record share, into an object that is open.
 * root is the absolute data folder.
 */
void run_put(struct buf *, const struct run *, const char *root);

/* The record: one object, without the newline. */
void run_encode(
    struct buf *, const struct run *, const char *root, bool is_selected);

/*
 * For people: "* ID  dd-mm-yyyy HH:MM:SS UTC - n coaches (x.x KB)", with the
 * star when it is selected, without a newline.
 */
void run_text(struct buf *, const struct run *, bool is_selected);

#endif
