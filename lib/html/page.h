/*
 * page.h - one page that works alone: its frame, its views, its script
 *
 * A page has views, one of which is shown at a time once the script runs and
 * all of which stand below each other when it does not. What it may load or run
 * is nothing but the style sheet and the script that are in it, by their hash.
 */
#ifndef KPIPE_PAGE_H
#define KPIPE_PAGE_H

#include "base/text.h"
#include "html/html.h"

struct page_view {
	const char *id;	   /* also of its link: #id */
	const char *name;  /* in the list of views */
	const char *color; /* of a dot before it, as #rrggbb; NULL: none */
	const char *note;  /* small, behind it; NULL: none */
};

/* A style sheet and a script of one kind of page; either may be empty. */
struct page_part {
	struct text style;
	struct text script;
};

struct page_part page_part_draw(void); /* its filters draw charts anew */
struct page_part page_part_tabs(void); /* its views are tabs */

struct page {
	const char *lang;
	const char *title;
	const char *subtitle;	/* beside it, small; NULL: none */
	const char *day;	/* of its data, YYYY-MM-DD; NULL: none */
	const char *skip;	/* "Skip to the content" */
	const char *views_name; /* what the list of views is called */
	const char *theme_name; /* on the button that changes it */
	const struct page_view *view;
	size_t view_nr;
	const char *first; /* the view it opens with; NULL: the first one */
	/* links to some of the views, beside the list of all; NULL: none */
	const char *jumps_name;
	const struct page_view *jump;
	size_t jump_nr;
	/* behind what all pages have */
	const struct page_part *part;
	size_t part_nr;
};

/* Up to where the views come. */
void page_begin(struct html *, const struct page *);
/* From there; data is what the script reads, one JSON object. */
void page_end(struct html *, const struct page *, struct text data);

/* A view's section with its heading and note; html_close ends it. */
void page_view_open(struct html *, const struct page_view *, const char *title);

/* A part that the script writes anew: a div with that id. */
void page_region_open(struct html *, const char *id, const char *names);

/* Figures that stand out: a list of these. */
void page_cards_open(struct html *);
void page_card(
    struct html *, const char *id, const char *name, const char *value);

/* A label that stands for a state, with its tone. */
void page_badge(struct html *, const char *label, int tone);

/* A dot of that colour, #rgb or #rrggbb; of another text none. */
void page_dot(struct html *, const char *color);

/* How many of the first are left at each step. */
struct page_step {
	const char *name;
	double value;
	int tone;
};
void page_funnel(struct html *, const struct page_step *, size_t nr);

/*
 * Controls. A control's name is its word in the link to a view; what it starts
 * with is its default, which links leave out.
 */
struct control {
	const char *name;
	const char *label;
	const char *unit; /* behind a number; NULL: none */
	double min, max, step, value;
};

void control_range(struct html *, const struct control *);
void control_number(struct html *, const struct control *);
void control_toggle(
    struct html *, const char *name, const char *label, bool is_on);

struct choice {
	const char *value;
	const char *label;
};

/* Any words, to look for. */
void control_search(struct html *, const char *name, const char *label);
/* One of few, as buttons; the first is the default. */
void control_radio(struct html *, const char *name, const char *label,
    const struct choice *, size_t nr);
/* One of many, as a list that opens; the first is the default. */
void control_select(struct html *, const char *name, const char *label,
    const struct choice *, size_t nr);
/* Any of few. */
void control_set(struct html *, const char *name, const char *label,
    const struct choice *, size_t nr, bool all_on);
/* Any of many, in a box that opens and can be searched; none is the default. */
void control_pick(struct html *, const char *name, const char *label,
    const char *search, const struct choice *, size_t nr);

#endif
