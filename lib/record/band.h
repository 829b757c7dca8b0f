/*
 * band.h - the five bands of a score, as records and people name them
 */
#ifndef KPIPE_BAND_H
#define KPIPE_BAND_H

#include "base/text.h"

enum band {
	BAND_CRITICAL,
	BAND_LOW,
	BAND_FAIR,
	BAND_GOOD,
	BAND_TOP,
	BANDS,
};

extern const char *const band_key[BANDS];   /* "top" */
extern const char *const band_label[BANDS]; /* "Top performer" */

/* BANDS when there is none of that key. */
enum band band_of(struct text key);

#endif
