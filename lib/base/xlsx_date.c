#include "base/xlsx_date.h"

#include <math.h> /* isfinite, fabs: no library */
#include <stdint.h>
#include <stdio.h>

#include "base/date.h"

#define DAY_MS	      INT64_C(86400000)
#define DAYS_MAX_1900 2958466 /* the day after 9999-12-31 */
#define DAYS_1904     1462    /* day 0 of 1904 in the other count */
#define ELAPSED_MAX   1e9     /* days; more is no duration */

/* Where the walk through a format's code stands. */
struct walk {
	struct text code;
	size_t at;
	unsigned shows;
	bool after_hour;   /* an m that comes now is minutes */
	bool month_or_min; /* an m came, and what it is shows the next letter */
};

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
at_word(const struct walk *w, const char *word)
{
	struct text rest = { w->code.p + w->at, w->code.len - w->at };

	return text_starts_nocase(rest, word);
}

static void
settle_month(struct walk *w)
{
	if (w->month_or_min)
		w->shows |= XLSX_SHOWS_DATE;
	w->month_or_min = false;
}

static void
shows_date(struct walk *w)
{
	settle_month(w);
	w->after_hour = false;
	w->shows |= XLSX_SHOWS_DATE;
}

static void
shows_hour(struct walk *w)
{
	settle_month(w);
	w->after_hour = true;
	w->shows |= XLSX_SHOWS_TIME;
}

static void
shows_second(struct walk *w)
{
	w->month_or_min = false;
	w->after_hour = false;
	w->shows |= XLSX_SHOWS_TIME;
}

static void
shows_m(struct walk *w)
{
	if (w->after_hour) {
		w->after_hour = false;
		w->shows |= XLSX_SHOWS_TIME;
	} else {
		settle_month(w);
		w->month_or_min = true;
	}
}

/* [h], [mm] or [s] is elapsed time; colours, locales and conditions are not. */
static void
bracket(struct walk *w)
{
	size_t from = w->at + 1, to = from;
	char c;

	while (to < w->code.len && w->code.p[to] != ']')
		to++;
	w->at = to;
	if (to == from || to == w->code.len)
		return;
	c = lower(w->code.p[from]);
	if (c != 'h' && c != 'm' && c != 's')
		return;
	while (from < to && lower(w->code.p[from]) == c)
		from++;
	if (from != to)
		return;
	w->shows |= XLSX_SHOWS_ELAPSED;
	w->after_hour = c == 'h';
}

static void
skip_quoted(struct walk *w)
{
	for (w->at++; w->at < w->code.len && w->code.p[w->at] != '"';)
		w->at++;
}

static void
letter(struct walk *w)
{
	const char *word;
	size_t run = w->at + 1;
	char c = lower(w->code.p[w->at]);

	if (at_word(w, word = "general") || at_word(w, word = "am/pm") ||
	    at_word(w, word = "a/p")) {
		if (*word != 'g')
			w->shows |= XLSX_SHOWS_TIME;
		w->at += strlen(word) - 1;
		return;
	}
	while (run < w->code.len && lower(w->code.p[run]) == c)
		run++;
	switch (c) {
	case 'e': /* 0.00E+00, or a year as the far east counts it */
		if (run < w->code.len &&
		    (w->code.p[run] == '+' || w->code.p[run] == '-'))
			break;
		shows_date(w);
		break;
	case 'a': /* aaa is the day of the week */
		if (run - w->at >= 3)
			shows_date(w);
		break;
	case 'y':
	case 'd':
	case 'g':
	case 'b':
		shows_date(w);
		break;
	case 'h':
		shows_hour(w);
		break;
	case 's':
		shows_second(w);
		break;
	case 'm':
		shows_m(w);
		break;
	default:
		break;
	}
	w->at = run - 1;
}

unsigned
xlsx_format_shows(struct text code)
{
	struct walk w = { .code = code };

	for (; w.at < code.len && code.p[w.at] != ';'; w.at++) {
		switch (code.p[w.at]) {
		case '"':
			skip_quoted(&w);
			break;
		case '\\': /* the next character as it is */
		case '_':  /* a blank as wide as it */
		case '*':  /* it, repeated */
			w.at++;
			break;
		case '[':
			bracket(&w);
			break;
		default:
			letter(&w);
		}
	}
	settle_month(&w);
	return w.shows;
}

unsigned
xlsx_builtin_shows(unsigned number)
{
	switch (number) {
	case 14:
	case 15:
	case 16:
	case 17:
	/* 27 to 36 and 50 to 58 are dates of the far east's locales */
	case 27:
	case 28:
	case 29:
	case 30:
	case 31:
	case 34:
	case 35:
	case 36:
	case 50:
	case 51:
	case 52:
	case 53:
	case 54:
	case 55:
	case 56:
	case 57:
	case 58:
		return XLSX_SHOWS_DATE;
	case 18:
	case 19:
	case 20:
	case 21:
	case 32:
	case 33:
	case 45:
	case 47:
		return XLSX_SHOWS_TIME;
	case 22:
		return XLSX_SHOWS_DATE | XLSX_SHOWS_TIME;
	case 46:
		return XLSX_SHOWS_ELAPSED;
	default:
		return 0;
	}
}

/* HH:MM:SS[.mmm] */
static void
time_format(int64_t ms, const char *before, char out[XLSX_DATE_TEXT])
{
	int len;

	len = snprintf(out, XLSX_DATE_TEXT, "%s%02lld:%02d:%02d", before,
	    (long long)(ms / 3600000), (int)(ms / 60000 % 60),
	    (int)(ms / 1000 % 60));
	if (ms % 1000 != 0)
		snprintf(out + len, (size_t)(XLSX_DATE_TEXT - len), ".%03d",
		    (int)(ms % 1000));
}

/* YYYY-MM-DD of a day in the count from 1900, from 1 on. */
static void
date_format(int64_t day, char out[DAY_TEXT])
{
	day_nr base;

	if (day == 60) {
		snprintf(out, DAY_TEXT, "1900-02-29");
		return;
	}
	day_from_civil(1899, 12, day < 60 ? 31 : 30, &base);
	day_format(base + (day_nr)day, out);
}

bool
xlsx_date_format(
    double days, unsigned shows, bool date1904, char out[XLSX_DATE_TEXT])
{
	char date[DAY_TEXT + 1];
	int64_t ms, day;
	size_t len;

	if (shows == 0 || !isfinite(days) || fabs(days) > ELAPSED_MAX)
		return false;
	ms = (int64_t)(days * (double)DAY_MS + (days < 0 ? -0.5 : 0.5));
	if ((shows & XLSX_SHOWS_ELAPSED) != 0 &&
	    (shows & XLSX_SHOWS_DATE) == 0) {
		time_format(ms < 0 ? -ms : ms, ms < 0 ? "-" : "", out);
		return true;
	}
	if (ms < 0)
		return false;
	/* the 1900 count has no day 0, so there it is a time alone */
	if (ms < DAY_MS && (!date1904 || (shows & XLSX_SHOWS_DATE) == 0)) {
		time_format(ms, "", out);
		return true;
	}
	day = ms / DAY_MS + (date1904 ? DAYS_1904 : 0);
	if (day >= DAYS_MAX_1900)
		return false;
	date_format(day, date);
	if (ms % DAY_MS == 0 && (shows & XLSX_SHOWS_TIME) == 0) {
		memcpy(out, date, DAY_TEXT);
		return true;
	}
	len = strlen(date);
	date[len] = 'T';
	date[len + 1] = '\0';
	time_format(ms % DAY_MS, date, out);
	return true;
}
