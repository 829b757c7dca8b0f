/*
 * letter.h - a message in two forms at once: plain text, and Slack's blocks
 *
 * The text is complete on its own, one idea a line. The blocks say the same,
 * each within Slack's limits: what is too long is cut at a character. Data is
 * escaped in the blocks and not in the text, which is escaped where it is sent.
 *
 * Pure.
 */
#ifndef KPIPE_BRIEFING_LETTER_H
#define KPIPE_BRIEFING_LETTER_H

#include "base/buf.h"
#include "base/date.h"

#define LETTER_NAME 100 /* characters of a name that are shown */
#define LETTER_DATA 400 /* of any other text of a record */

enum letter_part {
	LETTER_HEADER,
	LETTER_CONTEXT,
	LETTER_SECTION,
};

struct letter {
	struct buf text;
	struct buf blocks; /* what stands in the array */
	struct buf block;  /* the text of the one that is open */
	enum letter_part part;
	size_t units; /* of it, as Slack counts */
	bool is_cut;
	size_t all_units;
	size_t nr;     /* blocks */
	bool left_out; /* something had no room; of the writer */
};

void letter_init(struct letter *);
void letter_free(struct letter *);

/* A part is a line of the text, or more, and a block. */
void letter_begin(struct letter *, enum letter_part);
void letter_end(struct letter *);
/* Another line of it, set in by so many blanks in the text. */
void letter_line(struct letter *, int indent);

/* Our words. */
void letter_str(struct letter *, const char *);
void letter_format(struct letter *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/*
 * Words of a record: white space and control characters are blanks, marks that
 * turn the direction of writing are left out, and more than most is cut.
 */
void letter_data(struct letter *, struct text, size_t most);
/*
 * Somebody's name, in bold if so; one that is written from the right does not
 * turn the line.
 */
void letter_name(struct letter *, struct text, bool bold);
/* A number as show.h writes it. */
void letter_number(struct letter *, void (*show)(double, struct buf *), double);
/* "1 day", "2 days" */
void letter_count(
    struct letter *, double nr, const char *one, const char *many);
/* Tue 10 Feb */
void letter_day(struct letter *, day_nr);
/* Our words in bold. */
void letter_strong(struct letter *, const char *);
void letter_link(struct letter *, struct text url);

/* A line between what stands before and behind; in the text an empty one. */
void letter_divider(struct letter *);
/* An empty line of the text. */
void letter_gap(struct letter *);

/*
 * There is room for another section, and for so many characters of what stands
 * behind the sections.
 */
bool letter_has_room(const struct letter *, size_t rest);

/*
 * The message record, added to b; plain: without blocks.
 */
void letter_put(const struct letter *, struct text to, struct text key,
    bool plain, struct buf *b);

#endif
