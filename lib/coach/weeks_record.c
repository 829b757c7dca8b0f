#include "coach/weeks_record.h"

#include "base/json.h"

static void
put_number(struct buf *b, const char *key, double x)
{
	json_key(b, key);
	json_put_number(b, x);
}

static void
put_who(const struct week_row *row, struct buf *b)
{
	char day[DAY_TEXT];

	day_format(row->week, day);
	json_key(b, "coach_id");
	json_put_text(b, row->coach_id);
	json_key(b, "coach_name");
	json_put_text(b, row->coach_name);
	json_key(b, "week_start");
	json_put_str(b, day);
	put_number(b, "deals_week", row->deals);
}

static void
put_rates(const struct week_row *row, struct buf *b)
{
	put_number(b, "won_rate_week", row->won_pct);
	put_number(b, "nabeller_pct_week", row->nabeller_pct);
	put_number(b, "won_rate_rolling_4w", row->won_rolling_pct);
}

void
week_put(const struct week_row *row, struct buf *b)
{
	json_open(b);
	json_key(b, "type");
	json_put_str(b, "coach_week");
	put_who(row, b);
	put_number(b, "won_week", row->won);
	put_number(b, "lost_week", row->lost);
	put_number(b, "open_week", row->open);
	put_number(b, "nabeller_week", row->nabeller);
	put_rates(row, b);
	json_close(b);
}

void
week_alert_put(
    const struct weeks_settings *set, const struct week_row *row, struct buf *b)
{
	int alert = weeks_alert(set, row);
	char text[ALERT_TEXT];

	weeks_alert_text(text, set, row);
	json_open(b);
	json_key(b, "type");
	json_put_str(b, "alert");
	json_key(b, "system");
	json_put_str(b, "coach");
	put_who(row, b);
	put_rates(row, b);
	json_key(b, "reasons");
	json_open_array(b);
	if ((alert & ALERT_NABELLER) != 0)
		json_put_str(b, "nabeller");
	if ((alert & ALERT_DROP) != 0)
		json_put_str(b, "drop");
	json_close_array(b);
	json_key(b, "text");
	json_put_str(b, text);
	json_close(b);
}
