/*
 * jaro_winkler.h - how alike two names are, from 0 to 1
 *
 * The Jaro similarity, with Winkler's scale of 0.1 for each of up to four code
 * points that both begin with. Pure.
 *
 * Source: W. E. Winkler, String Comparator Metrics and Enhanced Decision Rules
 * in the Fellegi-Sunter Model of Record Linkage, 1990; as in the program
 * strcmp95, the number of transpositions is rounded down, without that
 * program's further adjustments.
 */
#ifndef KPIPE_JARO_WINKLER_H
#define KPIPE_JARO_WINKLER_H

#include <stddef.h>
#include <stdint.h>

#define WINKLER_SCALE  0.1
#define WINKLER_PREFIX 4

/* scratch has a_nr + b_nr bytes. 0 when one of them is empty. */
double jaro_winkler(const uint32_t *a, size_t a_nr, const uint32_t *b,
    size_t b_nr, unsigned char *scratch);

/* The same of matches, transpositions and prefix that are known, for bounds. */
double jaro_winkler_of(size_t a_nr, size_t b_nr, size_t matches,
    size_t transpositions, size_t prefix);

#endif
