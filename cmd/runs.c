/*
 * runs - the run folders: list, show, select, add, compare, delete
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/folder.h"
#include "base/lock.h"
#include "base/out.h"
#include "base/tool.h"
#include "base/xalloc.h"
#include "base/xlsx_in.h"
#include "coach/compare.h"
#include "coach/status.h"
#include "record/run.h"
#include "runs/catalogue.h"

#define CATALOGUE "runs.json"
#define LOCK	  ".runs.lock"
#define DELETED	  ".deleted-" /* and the id: a run that is being deleted */
#define WAIT_MS	  30000
#define TEXT_MAX  ((size_t)64 << 20)

enum {
	OPT_DATA = 256,
	OPT_GOOD_DEALS,
	OPT_PERIOD,
	OPT_TEXT,
};

static const struct tool_option options[] = {
	{ OPT_DATA, "data", "DIR", "the folder of the runs (data)" },
	{ OPT_GOOD_DEALS, "good-deals", "N",
	    "compare: deals for Goed, half of it for Matig (14)" },
	{ OPT_PERIOD, "period", "P", "compare: 1m, 3m or 6m (1m)" },
	{ OPT_TEXT, "text", NULL, "list, show: a line for people each run" },
	{ 0 },
};

static const struct tool tool = {
	.name = "runs",
	.summary = "list, show, select, add, compare and delete runs",
	.synopsis = "[--data=DIR] [--text] list\n"
		    "[--data=DIR] [--text] show [ID]\n"
		    "[--data=DIR] select ID\n"
		    "[--data=DIR] add ID\n"
		    "[--data=DIR] [--good-deals=N] [--period=P] compare A B\n"
		    "[--data=DIR] delete ID\n",
	.option = options,
};

/* Where the runs are, and what the command line asked for. */
struct data {
	int fd;
	char *root; /* absolute */
	bool text;
	const char *period;
	long good_deals;
	struct out *out;
};

static char *
path_of(const struct data *data, const char *id, const char *name)
{
	char *path;

	if (asprintf(&path, "%s/%s%s%s", data->root, id, *id == '\0' ? "" : "/",
		name) == -1)
		path = xstrdup("");
	return path;
}

/*
 * The workbook of a run, at its sheet of coaches. Neither the folder nor the
 * file may be a link. name is for messages and is the caller's.
 */
static struct xlsx_in *
open_workbook(const struct data *data, const char *id, int *fd,
    const char *name, struct fault *f)
{
	struct xlsx_in *in;
	int folder = folder_open_in(data->fd, id, f);

	*fd = -1;
	if (folder == -1)
		return NULL;
	*fd = openat(folder, RUN_COACHES,
	    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (*fd == -1)
		fault_errno(f, "cannot open '%s'", name);
	close(folder);
	if (*fd == -1)
		return NULL;
	in = xlsx_in_open_fd(*fd, name, f);
	if (in != NULL && xlsx_in_select(in, RUN_SHEET, f) == -1) {
		xlsx_in_free(in);
		in = NULL;
	}
	if (in == NULL) {
		close(*fd);
		*fd = -1;
	}
	return in;
}

/* The rows below the header that are not blank; -1 is told. */
static int64_t
count_coaches(const struct data *data, const char *id)
{
	char *name = path_of(data, id, RUN_COACHES);
	const struct xlsx_cell *cell;
	struct fault f = { 0 };
	struct xlsx_in *in;
	size_t row, width, i;
	int64_t nr = 0;
	int fd, more = -1;

	in = open_workbook(data, id, &fd, name, &f);
	while (in != NULL &&
	       (more = xlsx_in_row(in, &row, &cell, &width, &f)) == 1)
		for (i = 0; row > 1 && i < width; i++)
			if (cell[i].kind != XLSX_EMPTY) {
				nr++;
				break;
			}
	if (more == -1) {
		tool_warn("%s; its coaches are not counted", f.text);
		nr = -1;
	}
	if (in != NULL) {
		xlsx_in_free(in);
		close(fd);
	}
	free(name);
	return nr;
}

/*
 * Look at the folder of that name: 1 when it is a run, 0 when it is none, -1.
 * Its coaches are not counted.
 */
static int
look_at_run(
    const struct data *data, const char *id, struct run *run, struct fault *f)
{
	const struct folder_entry *file;
	struct folder folder;
	size_t i;
	int fd, status;

	*run = (struct run){ .coach_count = -1 };
	memcpy(run->id, id, RUN_ID_TEXT);
	fd = folder_open_in(data->fd, id, f);
	if (fd == -1)
		return -1;
	status = folder_read(fd, id, &folder, f);
	close(fd);
	if (status == -1)
		return -1;
	for (i = 0; i < folder.nr; i++)
		if (folder.entry[i].kind == FOLDER_FILE)
			run->bytes += folder.entry[i].bytes;
	file = folder_find(&folder, RUN_ENUMS);
	run->has_enums = file != NULL && file->kind == FOLDER_FILE;
	file = folder_find(&folder, RUN_COACHES);
	status = file != NULL && file->kind == FOLDER_FILE;
	folder_free(&folder);
	return status;
}

static void
scan(const struct data *data, struct catalogue *c)
{
	struct fault f = { 0 };
	struct folder folder;
	struct run run;
	size_t i;
	int found;

	if (folder_read(data->fd, data->root, &folder, &f) == -1)
		tool_die(&f);
	for (i = 0; i < folder.nr; i++) {
		if (folder.entry[i].kind != FOLDER_FOLDER ||
		    !run_id_is_valid(folder.entry[i].name))
			continue;
		found = look_at_run(data, folder.entry[i].name, &run, &f);
		if (found == -1)
			tool_warn("%s: %s: left out", data->root, f.text);
		if (found != 1)
			continue;
		run.coach_count = count_coaches(data, run.id);
		catalogue_add(c, &run);
	}
	folder_free(&folder);
}

/* The catalogue as it is now; *text is what stands in the file. */
static struct catalogue *
load(const struct data *data, struct buf *text)
{
	struct catalogue *c = catalogue_new(data->root);
	char *path = path_of(data, "", CATALOGUE);
	struct fault f = { 0 };

	buf_clear(text);
	if (access(path, F_OK) == 0 &&
	    (file_read_all(path, TEXT_MAX, text, &f) == -1 ||
		catalogue_read(c, text, &f) == -1)) {
		tool_warn("%s: %s; taken as empty", path, f.text);
		buf_clear(text);
	}
	free(path);
	scan(data, c);
	return c;
}

/* Write the catalogue when the file does not say the same already. */
static int
save(const struct data *data, struct catalogue *c, const struct buf *before,
    struct fault *f)
{
	struct file_replace *r;
	struct buf now;
	char *path = path_of(data, "", CATALOGUE);
	int status = -1;

	buf_init(&now, TEXT_MAX);
	catalogue_write(c, &now);
	if (buf_check(&now, CATALOGUE, f) == -1)
		goto out;
	if (text_equal(buf_view(&now), buf_view(before))) {
		status = 0;
		goto out;
	}
	r = file_replace_open(path, 0666, f);
	if (r == NULL)
		goto out;
	if (file_write_all(file_replace_fd(r), path, now.p, now.len, f) == -1) {
		file_replace_abort(r);
		goto out;
	}
	status = file_replace_commit(r, f);
out:
	buf_free(&now);
	free(path);
	return status;
}

/* What a process that was killed left behind; the lock is ours. */
static void
sweep(const struct data *data)
{
	/* as file_replace names what it has not put in place */
	static const char temporary[] = "." CATALOGUE ".XXXXXX";
	struct fault f = { 0 };
	struct folder folder;
	const struct folder_entry *e;
	size_t i;

	if (folder_read(data->fd, data->root, &folder, &f) == -1)
		tool_die(&f);
	for (i = 0; i < folder.nr; i++) {
		e = &folder.entry[i];
		if (e->kind == FOLDER_FILE &&
		    strlen(e->name) == sizeof(temporary) - 1 &&
		    strncmp(e->name, temporary, sizeof(temporary) - 7) == 0)
			(void)unlinkat(data->fd, e->name, 0);
		if (strncmp(e->name, DELETED, strlen(DELETED)) == 0 &&
		    run_id_is_valid(e->name + strlen(DELETED)) &&
		    folder_remove(data->fd, e->name, &f) == -1)
			tool_warn("%s: %s", data->root, f.text);
	}
	folder_free(&folder);
}

static int
take_lock(const struct data *data, struct fault *f)
{
	char *path = path_of(data, "", LOCK);
	int fd = lock_take(path, WAIT_MS, f);

	free(path);
	if (fd != -1)
		sweep(data);
	return fd;
}

static void
put_run(const struct data *data, const struct run *run, bool is_selected)
{
	struct fault f = { 0 };
	struct buf b;

	buf_init(&b, TEXT_MAX);
	if (data->text)
		run_text(&b, run, is_selected);
	else
		run_encode(&b, run, data->root, is_selected);
	if (out_line(data->out, buf_view(&b), &f) == -1)
		tool_die(&f);
	buf_free(&b);
}

/*
 * Write what the scan found. The folder may be somebody else's, and what is
 * shown is right without it.
 */
static int
save_scan(const struct data *data, struct catalogue **c, struct buf *before)
{
	struct fault f = { 0 };
	struct buf now;
	bool same;
	int lock, status;

	buf_init(&now, TEXT_MAX);
	catalogue_write(*c, &now);
	same = text_equal(buf_view(&now), buf_view(before));
	buf_free(&now);
	if (same)
		return EXIT_DONE;

	lock = take_lock(data, &f);
	if (lock == -1) {
		tool_warn("not saved: %s", f.text);
		return EXIT_INCOMPLETE;
	}
	catalogue_free(*c);
	*c = load(data, before);
	status = save(data, *c, before, &f);
	close(lock);
	if (status == -1) {
		tool_warn("not saved: %s", f.text);
		return EXIT_INCOMPLETE;
	}
	return EXIT_DONE;
}

static int
list(const struct data *data, char *const *operand)
{
	const struct run *run, *selected;
	struct catalogue *c;
	struct buf before;
	size_t i, nr;
	int status;

	(void)operand;
	buf_init(&before, TEXT_MAX);
	c = load(data, &before);
	status = save_scan(data, &c, &before);
	selected = catalogue_selected(c);
	run = catalogue_runs(c, &nr);
	for (i = 0; i < nr; i++)
		put_run(data, &run[i], &run[i] == selected);
	if (nr == 0 && data->text)
		tool_warn(
		    "%s: no runs yet; fetch with coach-refresh", data->root);
	catalogue_free(c);
	buf_free(&before);
	return status;
}

/* The run of that id as it stands in its folder; ends the tool without one. */
static void
need_run(const struct data *data, const char *id, struct run *run)
{
	struct fault f = { 0 };
	int found;

	if (!run_id_is_valid(id))
		fault_set(&f, FAULT_USAGE,
		    "'%s' is no run id: it has the form YYYYMMDD_HHMMSS", id);
	else if ((found = look_at_run(data, id, run, &f)) == 1)
		return;
	else if (found == -1)
		fault_prefix(&f, "%s: there is no run '%s': ", data->root, id);
	else
		fault_set(&f, FAULT_DATA,
		    "%s/%s: No " RUN_COACHES " in this folder; fetch with "
		    "coach-refresh",
		    data->root, id);
	tool_die(&f);
}

static int
show(const struct data *data, char *const *operand)
{
	const struct run *run, *selected;
	struct fault f = { 0 };
	struct run named;
	struct catalogue *c;
	struct buf before;

	if (*operand != NULL)
		need_run(data, *operand, &named);
	buf_init(&before, TEXT_MAX);
	c = load(data, &before);
	selected = catalogue_selected(c);
	run = *operand == NULL ? selected : catalogue_find(c, *operand);
	if (run == NULL) {
		fault_set(&f, FAULT_DATA,
		    "%s: No " RUN_COACHES " in any run folder; fetch with "
		    "coach-refresh",
		    data->root);
		tool_die(&f);
	}
	put_run(data, run, run == selected);
	catalogue_free(c);
	buf_free(&before);
	return EXIT_DONE;
}

/* Register a run, and select it when that is asked. */
static void
register_run(const struct data *data, const char *id, bool select)
{
	struct fault f = { 0 };
	struct catalogue *c;
	struct buf before;
	struct run run;
	int lock;

	need_run(data, id, &run);
	if (count_coaches(data, id) == -1) {
		fault_set(&f, FAULT_DATA,
		    "%s/%s: its coaches cannot be read; not registered",
		    data->root, id);
		tool_die(&f);
	}
	buf_init(&before, TEXT_MAX);
	lock = take_lock(data, &f);
	if (lock == -1)
		tool_die(&f);
	c = load(data, &before);
	if ((select && catalogue_select(c, id, &f) == -1) ||
	    save(data, c, &before, &f) == -1)
		tool_die(&f);
	close(lock);
	catalogue_free(c);
	buf_free(&before);
}

static int
add(const struct data *data, char *const *operand)
{
	register_run(data, *operand, false);
	return EXIT_DONE;
}

static int
select_run(const struct data *data, char *const *operand)
{
	register_run(data, *operand, true);
	return EXIT_DONE;
}

static struct coach_snapshot *
read_snapshot(const struct data *data, const char *id)
{
	struct coach_snapshot *s;
	const struct xlsx_cell *cell;
	struct fault f = { 0 };
	struct xlsx_in *in;
	struct run run;
	size_t row, nr;
	char *name;
	int fd, more;

	need_run(data, id, &run);
	name = path_of(data, id, RUN_COACHES);
	in = open_workbook(data, id, &fd, name, &f);
	if (in == NULL)
		tool_die(&f);
	s = coach_snapshot_new(data->period);
	while ((more = xlsx_in_row(in, &row, &cell, &nr, &f)) == 1)
		if (coach_snapshot_row(s, cell, nr, &f) == -1) {
			fault_prefix(&f,
			    "%s: sheet '" RUN_SHEET "': row %zu: ", name, row);
			tool_die(&f);
		}
	if (more == -1)
		tool_die(&f);
	xlsx_in_free(in);
	close(fd);
	free(name);
	coach_snapshot_settle(s, data->good_deals);
	return s;
}

static int
compare(const struct data *data, char *const *operand)
{
	struct coach_snapshot *a = read_snapshot(data, operand[0]);
	struct coach_snapshot *b = read_snapshot(data, operand[1]);
	struct run_difference *d;
	struct fault f = { 0 };
	struct buf line;
	size_t i, nr;

	buf_init(&line, TEXT_MAX);
	d = coach_compare(a, b, &nr);
	for (i = 0; i < nr; i++) {
		d[i].run_a = operand[0];
		d[i].run_b = operand[1];
		buf_clear(&line);
		run_difference_encode(&line, &d[i]);
		if (out_line(data->out, buf_view(&line), &f) == -1)
			tool_die(&f);
	}
	buf_free(&line);
	free(d);
	coach_snapshot_free(a);
	coach_snapshot_free(b);
	return EXIT_DONE;
}

/* Whether a folder holds the files of a run and no other thing than files. */
static int
is_run_folder(const struct data *data, const char *id, struct fault *f)
{
	static const char *const own[] = { RUN_COACHES, RUN_DEALS, RUN_ENUMS };
	struct folder folder;
	size_t i;
	bool known = false;
	int status = 0;
	int fd = folder_open_in(data->fd, id, f);

	if (fd == -1)
		return -1;
	status = folder_read(fd, id, &folder, f);
	close(fd);
	if (status == -1)
		return -1;
	for (i = 0; i < folder.nr && status == 0; i++)
		if (folder.entry[i].kind != FOLDER_FILE)
			status = fault_set(f, FAULT_DATA,
			    "'%s/%s' is not a plain file", id,
			    folder.entry[i].name);
	for (i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		known = known || folder_find(&folder, own[i]) != NULL;
	if (status == 0 && folder.nr > 0 && !known)
		status = fault_set(
		    f, FAULT_DATA, "'%s' holds files but none of a run", id);
	folder_free(&folder);
	return status;
}

static int
delete_run(const struct data *data, char *const *operand)
{
	const char *id = *operand;
	char hidden[sizeof(DELETED) + RUN_ID_TEXT];
	const struct run *selected;
	struct fault f = { 0 };
	struct catalogue *c;
	struct buf before;
	int lock;

	if (!run_id_is_valid(id))
		tool_usage("'%s' is no run id: it has the form "
			   "YYYYMMDD_HHMMSS",
		    id);
	buf_init(&before, TEXT_MAX);
	lock = take_lock(data, &f);
	if (lock == -1)
		tool_die(&f);
	c = load(data, &before);
	selected = catalogue_selected(c);
	if (selected != NULL && strcmp(selected->id, id) == 0) {
		fault_set(&f, FAULT_USAGE,
		    "run '%s' is selected: select another first", id);
		tool_die(&f);
	}
	if (is_run_folder(data, id, &f) == -1) {
		fault_prefix(&f, "%s: not deleted: ", data->root);
		tool_die(&f);
	}
	/* it goes at once: a kill from here on leaves no half run */
	snprintf(hidden, sizeof(hidden), DELETED "%s", id);
	if (renameat(data->fd, id, data->fd, hidden) == -1) {
		fault_errno(&f, "%s: cannot delete run '%s'", data->root, id);
		tool_die(&f);
	}
	catalogue_free(c);
	c = load(data, &before);
	if (save(data, c, &before, &f) == -1 ||
	    folder_remove(data->fd, hidden, &f) == -1)
		tool_die(&f);
	close(lock);
	catalogue_free(c);
	buf_free(&before);
	return EXIT_DONE;
}

static const struct command {
	const char *name;
	size_t least, most; /* operands behind the name */
	int (*run)(const struct data *, char *const *operand);
} commands[] = {
	{ "list", 0, 0, list },
	{ "show", 0, 1, show },
	{ "select", 1, 1, select_run },
	{ "add", 1, 1, add },
	{ "compare", 2, 2, compare },
	{ "delete", 1, 1, delete_run },
};

static const struct command *
find_command(char *const *operand)
{
	const struct command *c;
	size_t i, nr = 0;

	if (*operand == NULL)
		tool_usage("say what to do: list, show, select, add, compare "
			   "or delete");
	while (operand[nr] != NULL)
		nr++;
	for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		c = &commands[i];
		if (strcmp(c->name, *operand) != 0)
			continue;
		if (nr - 1 < c->least)
			tool_usage("%s needs %s", c->name,
			    c->most == 2 ? "two run ids" : "a run id");
		if (nr - 1 > c->most)
			tool_usage("'%s' is too much for %s",
			    operand[1 + c->most], c->name);
		return c;
	}
	tool_usage("cannot '%s': it is list, show, select, add, compare or "
		   "delete",
	    *operand);
}

int
main(int argc, char *argv[])
{
	struct data data = { .period = "1m", .good_deals = COACH_GOOD_DEALS };
	const char *value, *folder = "data";
	const struct command *command;
	struct fault f = { 0 };
	char root[PATH_MAX];
	char *const *operand;
	int c, status;

	tool_begin(&tool, argc, argv);
	while ((c = tool_option(&value)) != -1)
		switch (c) {
		case OPT_DATA:
			folder = value;
			break;
		case OPT_GOOD_DEALS:
			data.good_deals =
			    tool_number("good-deals", value, 1, 1000000);
			break;
		case OPT_PERIOD:
			if (strcmp(value, "1m") != 0 &&
			    strcmp(value, "3m") != 0 &&
			    strcmp(value, "6m") != 0)
				tool_usage("--period takes 1m, 3m or 6m, "
					   "not '%s'",
				    value);
			data.period = value;
			break;
		case OPT_TEXT:
			data.text = true;
			break;
		}
	operand = tool_operands();
	command = find_command(operand);

	data.fd = folder_open(folder, &f);
	if (data.fd == -1) {
		if (errno == ENOENT)
			fault_prefix(
			    &f, "no data folder; fetch with coach-refresh: ");
		tool_die(&f);
	}
	if (realpath(folder, root) == NULL) {
		fault_errno(&f, "cannot find folder '%s'", folder);
		tool_die(&f);
	}
	data.root = root;
	data.out = out_new(STDOUT_FILENO, "standard output");
	status = command->run(&data, operand + 1);
	if (out_flush(data.out, &f) == -1)
		tool_die(&f);
	out_free(data.out);
	close(data.fd);
	return tool_end(status);
}
