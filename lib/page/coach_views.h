/*
 * coach_views.h - what the views of the page of coaches share
 */
#ifndef KPIPE_PAGE_COACH_VIEWS_H
#define KPIPE_PAGE_COACH_VIEWS_H

#include "base/map.h"
#include "coach/state.h"
#include "coach/weeks.h"
#include "html/chart.h"
#include "html/html.h"
#include "html/page.h"
#include "html/table.h"
#include "page/coach.h"
#include "record/availability.h"
#include "record/coach_row.h"
#include "record/deal_row.h"
#include "record/run_row.h"

/* A coach as deals know one. */
struct page_who {
	struct text id;
	struct text name;
};

struct page_deal {
	size_t who;
	instant_us created_at;
	int kind; /* 1 won, 2 lost, 3 open, 0 else; 4 more: of the nabellers */
};

enum {
	KIND_WON = 1,
	KIND_LOST = 2,
	KIND_OPEN = 3,
	KIND_OF = 4, /* kind % KIND_OF is one of these */
};

struct coach_page {
	const struct coach_page_settings *set;
	struct coach_row_fields coach_at;
	struct deal_row_fields deal_at;
	struct availability_fields availability_at;
	struct run_row_fields run_at;
	struct arena *text;

	struct coach_row *row; /* in the order of the file */
	size_t row_nr, row_cap;
	struct map *who_index;
	struct page_who *who;
	size_t who_nr, who_cap;
	struct page_deal *deal;
	size_t deal_nr, deal_cap, undated;
	struct availability *available;
	size_t available_nr, available_cap;
	struct run_row *run;
	size_t run_nr, run_cap;
	struct difference_row *difference;
	size_t difference_nr, difference_cap;

	/* of the coaches that pages show, for controls */
	struct map *shown;   /* names */
	struct choice *name; /* distinct, text order */
	size_t name_nr;
	struct choice label[32]; /* of eligibility, distinct, text order */
	size_t label_nr;
	bool has_other;	   /* a label that nobody knows */
	bool has_requests; /* warm and info are in the file */
};

#define PAGE_WEEKS_MAX 52

/* Tones beside those of states, which have 0 to 5. */
enum {
	TONE_BELOW = 6,
	TONE_MEDIAN = 7,
	TONE_PLAIN = 8,
};

extern const struct page_view coach_view[];
extern const size_t coach_view_nr;

void coach_write_board(const struct coach_page *, struct html *);
void coach_write_weeks(const struct coach_page *, struct html *);
void coach_write_pool(const struct coach_page *, struct html *);
void coach_write_available(const struct coach_page *, struct html *);
void coach_write_runs(const struct coach_page *, struct html *);
void coach_write_help(const struct coach_page *, struct html *);

/* The label that counts for a coach: of today, "Onbekend" for none. */
struct text coach_page_label(const struct coach_row *);
bool coach_page_shows(const struct coach_page *, const struct coach_row *);
/* A coach that pages show has the name. */
bool coach_page_knows(const struct coach_page *, struct text name);

/* Parts that more than one view has. */
void coach_write_filters_open(struct html *, const char *name);
void coach_write_filters_close(struct html *);
/* The line that says which filters hold. */
void coach_write_chips(
    struct html *, const char *id, const char *const *chip, size_t nr);
/* A line of a list of these: its name, a badge where it has a tone, and text. */
void coach_write_line(
    struct html *, const char *name, int tone, const char *text);
/* A table that is in no order of its own; it and its columns are borrowed. */
struct table coach_table(const char *id, const char *title, const char *empty,
    const struct table_column *, size_t column_nr, size_t row_nr);
/* A chart's frame with its title, up to where the chart comes. */
void coach_write_figure_open(
    struct html *, const char *names, const char *title, const char *id);
/* The table behind a chart; closing it closes the frame too. */
void coach_write_behind_open(struct html *, const struct table *);
void coach_write_behind_close(struct html *);
/* What to do where nothing is shown: the usual, unless the page has nothing. */
const char *coach_page_empty(const struct coach_page *, const char *usual);
/* A heading with an id, or without. */
void coach_write_heading(struct html *, const char *id, const char *text);

#define COACH_CHIP_PERIOD "Periode: 1 maand"
#define COACH_SEARCH	  "Zoek in de tabel"
#define COACH_ROW	  "rij"
#define COACH_ROWS	  "rijen"
#define COACH_NONE                                                            \
	"Geen coaches bij deze filters. Verlaag een drempel of kies Herstel " \
	"filters."

#endif
