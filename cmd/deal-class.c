/*
 * deal-class - give each deal its class and its coach
 */
#include <unistd.h>

#include "base/ndjson.h"
#include "base/tool.h"
#include "coach/classer.h"
#include "record/deal.h"

/* a deal and what is added to it */
#define LINE_MAX_LEN ((size_t)4 * NDJSON_LINE_MAX)

enum {
	OPT_MAPPING = 256,
	OPT_SHEET,
	OPT_NABELLER,
	OPT_BEGELEIDING,
	OPT_STOPPED,
};

static const struct tool_option options[] = {
	{ OPT_MAPPING, "mapping", "FILE.xlsx",
	    "the workbook that has the class of each stage" },
	{ OPT_SHEET, "sheet", "NAME", "its sheet; stage_mapping" },
	{ OPT_NABELLER, "pipeline-nabeller", "ID",
	    "the pipeline of the people who call after" },
	{ OPT_BEGELEIDING, "pipeline-begeleiding", "ID",
	    "the pipeline of the coaching, only to see that it is there" },
	{ OPT_STOPPED, "stopped-stages", "ID,...",
	    "stages that are lost whatever they say" },
	{ 0 },
};

static const struct tool tool = {
	.name = "deal-class",
	.summary = "give deals their class, coach and instant",
	.synopsis = "[--mapping=FILE.xlsx] [--sheet=NAME] "
		    "[--pipeline-nabeller=ID] [--pipeline-begeleiding=ID] "
		    "[--stopped-stages=ID,...] [FILE...]",
	.option = options,
};

struct settings {
	struct coach_settings coach;
	const char *mapping; /* NULL: none */
	const char *sheet;
};

static void
set_option(struct settings *set, int c, const char *value)
{
	struct fault f = { 0 };

	switch (c) {
	case OPT_MAPPING:
		set->mapping = value;
		break;
	case OPT_SHEET:
		set->sheet = value;
		break;
	case OPT_NABELLER:
		set->coach.nabeller = text_of(value);
		break;
	case OPT_BEGELEIDING:
		set->coach.begeleiding = text_of(value);
		break;
	case OPT_STOPPED:
		if (id_list_parse(&set->coach.stopped, text_of(value), &f) ==
		    -1)
			tool_usage("--stopped-stages %s", f.text);
		break;
	default:
		break;
	}
}

static void
set_from_environment(struct coach_settings *set)
{
	const char *value;

	if ((value = tool_env("PIPELINE_NABELLER")) != NULL)
		set->nabeller = text_of(value);
	if ((value = tool_env("PIPELINE_STATUS_BEGELEIDING")) != NULL)
		set->begeleiding = text_of(value);
}

static void
tell_row(const char *path, size_t row, enum mapping_note note)
{
	switch (note) {
	case MAPPING_FINE:
		break;
	case MAPPING_NO_ID:
		tool_warn("%s: row %zu: an id is blank; the row counts for "
			  "nothing",
		    path, row);
		break;
	case MAPPING_NO_CLASS:
		tool_warn("%s: row %zu: the class is blank; the stage counts "
			  "as not mapped",
		    path, row);
		break;
	case MAPPING_OTHER_CLASS:
		tool_warn("%s: row %zu: the class is none of WON, LOST, OPEN, "
			  "NABELLER_HANDOFF; it counts in the total only",
		    path, row);
		break;
	case MAPPING_CHANGED:
		tool_warn("%s: row %zu: the stage had another class above; "
			  "this one counts",
		    path, row);
		break;
	}
}

static int
read_rows(struct mapping *mapping, struct xlsx_in *book, const char *path,
    struct fault *f)
{
	struct mapping_columns at;
	const struct xlsx_cell *cell;
	size_t row, nr;
	int more;

	if ((more = xlsx_in_row(book, &row, &cell, &nr, f)) != 1)
		return more == 0 ? fault_set(f, FAULT_DATA,
				       "%s: the sheet is empty", path)
				 : -1;
	if (mapping_header(&at, cell, nr, f) == -1)
		return fault_prefix(f, "%s: ", path);
	while ((more = xlsx_in_row(book, &row, &cell, &nr, f)) == 1)
		tell_row(path, row, mapping_row(mapping, &at, cell, nr));
	return more;
}

static void
read_mapping(struct mapping *mapping, const struct settings *set)
{
	struct fault f = { 0 };
	struct xlsx_in *book = xlsx_in_open(set->mapping, &f);

	if (book == NULL || xlsx_in_select(book, set->sheet, &f) == -1 ||
	    read_rows(mapping, book, set->mapping, &f) == -1)
		tool_die(&f);
	xlsx_in_free(book);
	if (mapping_nr(mapping) == 0)
		tool_warn("%s: no rows; every stage counts as not mapped",
		    set->mapping);
}

/* Pass the records on, deals with their class. */
static void
class_deals(struct classer *classer, struct ndjson *in, struct out *out)
{
	struct fault f = { 0 };
	struct buf member, line;
	const struct record *rec;
	int more, verdict;

	buf_init(&member, LINE_MAX_LEN);
	buf_init(&line, LINE_MAX_LEN);
	while ((more = ndjson_read(in, &rec, &f)) == 1) {
		verdict = classer_add(classer, rec, &member, &f);
		if (verdict == -1) {
			ndjson_blame(in, &f);
			tool_die(&f);
		}
		if (verdict == CLASSER_DROP)
			continue;
		if (verdict == CLASSER_DEAL) {
			record_splice(&line, rec, buf_view(&member));
			if (buf_check(&line, "a deal with its class", &f) ==
				-1 ||
			    out_line(out, buf_view(&line), &f) == -1)
				tool_die(&f);
		} else if (out_line(out, rec->line, &f) == -1) {
			tool_die(&f);
		}
	}
	if (more == -1 || out_flush(out, &f) == -1)
		tool_die(&f);
	buf_free(&member);
	buf_free(&line);
}

static void
tell_unmapped(const struct classer *classer, const char *path)
{
	struct met_stage stage;
	size_t at = 0;

	while (classer_unmapped(classer, &at, &stage)) {
		if (stage.label.len == 0)
			stage.label = text_of("without a label");
		tool_warn("%s: no row for stage '%.*s' (%.*s) of pipeline "
			  "'%.*s'; deals classed by their flags: %llu",
		    path, TEXT_ARG(stage.stage_id), TEXT_ARG(stage.label),
		    TEXT_ARG(stage.pipeline_id),
		    (unsigned long long)stage.deals);
	}
}

static void
tell_counts(
    const struct classer *classer, const struct ndjson *in, const char *mapping)
{
	struct fault f = { 0 };
	struct classer_counts nr;

	classer_counts(classer, &nr);
	if (classer_lacks_nabeller(classer))
		tool_warn("the Nabeller pipeline is not among the pipelines; "
			  "set PIPELINE_NABELLER");
	if (classer_lacks_begeleiding(classer))
		tool_warn("the pipeline Status begeleiding is not among the "
			  "pipelines; set PIPELINE_STATUS_BEGELEIDING");
	if (mapping != NULL)
		tell_unmapped(classer, mapping);
	if (nr.undated > 0)
		tool_warn("deals left out, without a readable createdate: %llu",
		    (unsigned long long)nr.undated);
	if (nr.deals == 0) {
		fault_set(&f, FAULT_DATA,
		    "no deal with a readable createdate in the input");
		tool_die(&f);
	}
	if (nr.unseen != NULL) {
		fault_set(&f, FAULT_DATA,
		    "no deal has the property %s; fetch them with "
		    "--properties=" DEAL_PROPERTIES,
		    nr.unseen);
		tool_die(&f);
	}
	if (nr.owners == 0)
		tool_warn("no owner in the input; every coach_name is UNKNOWN");
	tool_say("%llu records, %llu deals classed",
	    (unsigned long long)ndjson_count(in), (unsigned long long)nr.deals);
}

int
main(int argc, char *argv[])
{
	struct settings set = { .sheet = "stage_mapping" };
	struct mapping *mapping = mapping_new();
	struct json_shape *shape;
	struct classer *classer;
	struct ndjson *in;
	struct out *out;
	const char *value;
	int c;

	coach_settings_init(&set.coach);
	tool_begin(&tool, argc, argv);
	set_from_environment(&set.coach);
	while ((c = tool_option(&value)) != -1)
		set_option(&set, c, value);
	if (set.mapping != NULL)
		read_mapping(mapping, &set);

	shape = json_shape_new();
	classer = classer_new(&set.coach, mapping, shape);
	in = ndjson_open(tool_operands(), shape);
	out = out_new(STDOUT_FILENO, "standard output");
	ndjson_tie(in, out);
	class_deals(classer, in, out);
	tell_counts(classer, in, set.mapping);

	out_free(out);
	ndjson_free(in);
	classer_free(classer);
	json_shape_free(shape);
	mapping_free(mapping);
	return tool_end(EXIT_DONE);
}
