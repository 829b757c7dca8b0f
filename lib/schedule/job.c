#include "schedule/job.h"

static const struct {
	const char *word;
	bool has_team;
} kinds[JOB_KINDS] = {
	[JOB_INGEST] = { "ingest", false },
	[JOB_DASHBOARD] = { "dashboard", false },
	[JOB_BRIEFING] = { "briefing", true },
	[JOB_MANAGEMENT] = { "management-report", false },
	[JOB_COMPLIANCE] = { "compliance", true },
};

static int
no_job(struct text word, struct fault *f)
{
	return fault_set(f, FAULT_USAGE,
	    "no job '%.*s': there are ingest, dashboard, briefing:TEAM, "
	    "management-report and compliance:TEAM",
	    TEXT_ARG(word));
}

int
job_add(struct job_list *list, struct text word, struct arena *keep,
    struct fault *f)
{
	const char *colon;
	struct text name = text_trim(word), team = { NULL, 0 };
	int kind;

	colon = memchr(name.p, ':', name.len);
	if (colon != NULL) {
		team.p = colon + 1;
		team.len = name.len - (size_t)(team.p - name.p);
		team = text_trim(team);
		name.len = (size_t)(colon - name.p);
	}
	for (kind = 0; kind < JOB_KINDS; kind++)
		if (text_is(name, kinds[kind].word))
			break;
	if (kind == JOB_KINDS)
		return no_job(word, f);
	if (kinds[kind].has_team ? team.len == 0 : team.p != NULL)
		return fault_set(f, FAULT_USAGE, "the job '%.*s' %s",
		    TEXT_ARG(word),
		    kinds[kind].has_team ? "names no team" : "has no team");
	if (list->nr == JOBS_MAX)
		return fault_set(f, FAULT_USAGE, "more than %d jobs", JOBS_MAX);
	if (team.p != NULL)
		team = arena_copy(keep, team);
	list->job[list->nr++] = (struct job){ (enum job_kind)kind, team };
	return 0;
}

int
job_list_parse(struct job_list *list, struct text words, struct arena *keep,
    struct fault *f)
{
	const char *comma;
	struct text word;

	list->nr = 0;
	do {
		word = words;
		comma = memchr(words.p, ',', words.len);
		if (comma != NULL)
			word.len = (size_t)(comma - words.p);
		if (job_add(list, word, keep, f) == -1)
			return -1;
		words.p += word.len + (comma != NULL);
		words.len -= word.len + (comma != NULL);
	} while (comma != NULL);
	return 0;
}

int
job_check_team(struct text key, struct fault *f)
{
	bool is_word = key.len > 0 && key.p[0] != '-';
	size_t i;

	for (i = 0; i < key.len; i++)
		if ((unsigned char)key.p[i] < ' ' || key.p[i] == ',' ||
		    key.p[i] == '"' || key.p[i] == 0x7f)
			is_word = false;
	if (!is_word)
		return fault_set(f, FAULT_USAGE,
		    "the key of team '%.*s' has a comma, a quote or a control "
		    "character in it, or a dash in front",
		    TEXT_ARG(key));
	return 0;
}

void
job_put(struct buf *out, const struct job *job, size_t nr, instant_us scheduled,
    struct text cron)
{
	char at[INSTANT_TEXT];

	instant_format(scheduled, at);
	json_open(out);
	json_key(out, "type");
	json_put_str(out, "job");
	json_key(out, "nr");
	json_put_int(out, (int64_t)nr);
	json_key(out, "job");
	json_put_str(out, kinds[job->kind].word);
	json_key(out, "team");
	json_put_text(out, job->team);
	json_key(out, "scheduled");
	json_put_str(out, at);
	json_key(out, "cron");
	json_put_text(out, cron);
	json_close(out);
}
