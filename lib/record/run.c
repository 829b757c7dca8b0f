#include "record/run.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/json.h"
#include "base/num.h"

/* dd-mm-yyyy HH:MM:SS, and where the time starts in it. */
#define DISPLAY_TEXT 20
#define DISPLAY_DATE 10
#define DISPLAY_TIME 11

bool
run_id_is_valid(const char *name)
{
	char at[21];
	instant_us instant;
	size_t i;

	if (strlen(name) != RUN_ID_TEXT - 1)
		return false;
	for (i = 0; i < RUN_ID_TEXT - 1; i++)
		if (i == 8 ? name[i] != '_' : name[i] < '0' || name[i] > '9')
			return false;
	snprintf(at, sizeof(at), "%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", name,
	    name + 4, name + 6, name + 9, name + 11, name + 13);
	/* a leap second has no instant of its own */
	return strcmp(name + 13, "60") < 0 &&
	       instant_parse(text_of(at), &instant);
}

static void
display(const struct run *run, char out[DISPLAY_TEXT])
{
	snprintf(out, DISPLAY_TEXT, "%.2s-%.2s-%.4s %.2s:%.2s:%.2s",
	    run->id + 6, run->id + 4, run->id, run->id + 9, run->id + 11,
	    run->id + 13);
}

static double
size_kb(const struct run *run)
{
	return num_round1((double)run->bytes / 1024);
}

void
run_put(struct buf *b, const struct run *run, const char *root)
{
	char folder[4096 + RUN_ID_TEXT], at[20], shown[DISPLAY_TEXT];

	snprintf(folder, sizeof(folder), "%s/%s", root, run->id);
	snprintf(at, sizeof(at), "%.4s-%.2s-%.2sT%.2s:%.2s:%.2s", run->id,
	    run->id + 4, run->id + 6, run->id + 9, run->id + 11, run->id + 13);
	display(run, shown);

	json_key(b, "run_id");
	json_put_str(b, run->id);
	json_key(b, "folder");
	json_put_str(b, folder);
	json_key(b, "datetime");
	json_put_str(b, at);
	json_key(b, "datetime_display");
	json_put_str(b, shown);
	json_key(b, "date_display");
	json_put_text(b, (struct text){ shown, DISPLAY_DATE });
	json_key(b, "time_display");
	json_put_str(b, shown + DISPLAY_TIME);
	json_key(b, "size_kb");
	json_put_number(b, size_kb(run));
	json_key(b, "coach_count");
	if (run->coach_count == -1)
		json_put_null(b);
	else
		json_put_int(b, run->coach_count);
	json_key(b, "has_enums");
	json_put_bool(b, run->has_enums);
}

void
run_encode(
    struct buf *b, const struct run *run, const char *root, bool is_selected)
{
	json_open(b);
	json_key(b, "type");
	json_put_str(b, "run");
	run_put(b, run, root);
	json_key(b, "selected");
	json_put_bool(b, is_selected);
	json_close(b);
}

void
run_text(struct buf *b, const struct run *run, bool is_selected)
{
	char shown[DISPLAY_TEXT];

	display(run, shown);
	buf_printf(
	    b, "%c %s  %s UTC - ", is_selected ? '*' : ' ', run->id, shown);
	if (run->coach_count == -1)
		buf_char(b, '?');
	else
		buf_printf(b, "%lld", (long long)run->coach_count);
	buf_printf(b, " coaches (%.1f KB)", size_kb(run));
}
