/* settings of the chatter figures: what is taken and what is refused */
#include "chatters/settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define NR(a) (sizeof(a) / sizeof((a)[0]))

static void
assert_text(struct text t, const char *expected)
{
	if (expected == NULL) {
		assert_null(t.p);
		return;
	}
	assert_int_equal(t.len, strlen(expected));
	assert_memory_equal(t.p, expected, t.len);
}

static void
test_nothing_is_said(void **state)
{
	struct chatters_settings set;
	struct fault f = { 0 };

	(void)state;
	chatters_settings_init(&set);
	assert_int_equal(
	    chatters_settings_parse(&set, text_of("{\"other\":[1]}"), &f), 0);
	assert_int_equal(set.team_nr, 3);
	assert_text(set.team[0].key, "night");
	assert_text(set.team[0].lead_slack_id, NULL);
	assert_text(set.page.title, NULL);
	assert_text(set.page.link, NULL);
	assert_text(set.slack.management, NULL);
	assert_text(set.slack.operations, NULL);
	chatters_settings_free(&set);
}

static void
test_places(void **state)
{
	static const char file[] =
	    "{\"teams\":[{\"key\":\"a\",\"lead_slack_id\":\"U0A\"},"
	    "{\"key\":\"b\",\"lead_slack_id\":null}],"
	    "\"page\":{\"title\":\"Café & Co\","
	    "\"link\":\"https://example.org/a?b=1&c=%20#d\"},"
	    "\"slack\":{\"management\":\"C0123ABC\",\"operations\":\"W99\"}}";
	struct chatters_settings set;
	struct fault f = { 0 };

	(void)state;
	chatters_settings_init(&set);
	assert_int_equal(chatters_settings_parse(&set, text_of(file), &f), 0);
	assert_text(set.team[0].lead_slack_id, "U0A");
	assert_text(set.team[1].lead_slack_id, NULL);
	assert_text(set.page.title, "Café & Co");
	assert_text(set.page.link, "https://example.org/a?b=1&c=%20#d");
	assert_text(set.slack.management, "C0123ABC");
	assert_text(set.slack.operations, "W99");
	chatters_settings_free(&set);
}

static void
test_names_of_teams(void **state)
{
	static const struct {
		const char *name;
		size_t team;
	} test[] = {
		{ "night", 0 },
		{ " NIGHT ", 0 },
		{ "Team N", 0 },
		{ "n", 0 },
		{ "team\t d", 1 },
		{ "teamd", TEAM_NONE },
		{ "team", TEAM_NONE },
		{ "", TEAM_NONE },
		{ "  ", TEAM_NONE },
		{ "\xc3\x89QUIPE\xc2\xa0"
		  "Ciel",
		    3 },
		{ "team e\xcc\x81quipe ciel", 3 },
		{ "0", TEAM_NONE },
	};
	static const char file[] =
	    "{\"teams\":[{\"key\":\"night\",\"name\":\"Team N\"},"
	    "{\"key\":\"d\"},{\"key\":\"e\"},"
	    "{\"key\":\"sky\",\"aliases\":[\"\xc3\xa9quipe ciel\"]}],"
	    "\"excluded_teams\":[\"0\",\"\xc3\x89t\xc3\xa9\"]}";
	struct chatters_settings set;
	struct fault f;
	size_t i;

	(void)state;
	chatters_settings_init(&set);
	assert_int_equal(chatters_settings_parse(&set, text_of(file), &f), 0);
	for (i = 0; i < NR(test); i++)
		if (settings_team(&set, text_of(test[i].name)) != test[i].team)
			fail_msg("'%s' is another team", test[i].name);
	assert_true(settings_excludes(&set, text_of("Team 0")));
	assert_true(settings_excludes(&set, text_of("\xc3\xa9T\xc3\x89")));
	assert_false(settings_excludes(&set, text_of("00")));
	assert_false(settings_excludes(&set, text_of("")));
	chatters_settings_free(&set);
}

static void
test_refused(void **state)
{
	static const struct {
		const char *file, *fault;
	} test[] = {
		{ "{\"page\":\"x\"}", "page is no object" },
		{ "{\"page\":{\"titel\":\"x\"}}", "page.titel is no setting" },
		{ "{\"page\":{\"title\":1}}", "page.title is no text" },
		{ "{\"page\":{\"link\":\"example.org\"}}",
		    "page.link is no http or https address" },
		{ "{\"page\":{\"link\":\"https://\"}}",
		    "page.link is no http or https address" },
		{ "{\"page\":{\"link\":\"http://a/\\\"b\"}}",
		    "page.link is no http or https address" },
		{ "{\"page\":{\"link\":\"http://a/b c\"}}",
		    "page.link is no http or https address" },
		{ "{\"page\":{\"link\":\"http://a/>|b\"}}",
		    "page.link is no http or https address" },
		{ "{\"page\":{\"link\":\"\"}}",
		    "page.link is no http or https address" },
		{ "{\"slack\":{\"managment\":\"U01\"}}",
		    "slack.managment is no setting" },
		{ "{\"slack\":{\"management\":\"#general\"}}",
		    "slack.management is no id of Slack, as U0123ABC" },
		{ "{\"slack\":{\"operations\":\"U\"}}",
		    "slack.operations is no id of Slack, as U0123ABC" },
		{ "{\"slack\":{\"operations\":\"X01\"}}",
		    "slack.operations is no id of Slack, as U0123ABC" },
		{ "{\"slack\":{\"operations\":\"U0a\"}}",
		    "slack.operations is no id of Slack, as U0123ABC" },
		{ "{\"slack\":{\"operations\":5}}",
		    "slack.operations is no text" },
		{ "{\"teams\":[{\"key\":\"a\",\"lead_slack_id\":\"\"}]}",
		    "teams.lead_slack_id is no id of Slack, as U0123ABC" },
		{ "{\"teams\":[{\"key\":\"a\",\"colour\":\"red\"}]}",
		    "teams.colour is no setting" },
		{ "{\"teams\":[{\"key\":\"a\",\"color\":\"red;x:y\"}]}",
		    "teams.color is no colour, as #3b82f6" },
		{ "{\"teams\":[{\"key\":\"a\",\"color\":\"#12345g\"}]}",
		    "teams.color is no colour, as #3b82f6" },
		{ "{\"teams\":[{\"key\":\"a\",\"shift_start\":\"8:00\"}]}",
		    "teams.shift_start is no time of day, as 08:00" },
		{ "{\"teams\":[{\"key\":\"a\",\"shift_end\":\"24:01\"}]}",
		    "teams.shift_end is no time of day, as 08:00" },
		{ "{\"teams\":[{\"key\":\"a\",\"shift_end\":\"12:60\"}]}",
		    "teams.shift_end is no time of day, as 08:00" },
		{ "{\"teams\":[{\"key\":\"a\"},{\"key\":\"Team  A\"}]}",
		    "teams: the key 'Team  A' means another team already" },
		{ "{\"teams\":[{\"key\":\"a\",\"aliases\":[\"x\"]},"
		  "{\"key\":\"b\",\"name\":\"Team X\"}]}",
		    "teams: 'Team X' means the team a already" },
	};
	struct chatters_settings set;
	struct fault f;
	size_t i;

	(void)state;
	for (i = 0; i < NR(test); i++) {
		f = (struct fault){ 0 };
		chatters_settings_init(&set);
		assert_int_equal(
		    chatters_settings_parse(&set, text_of(test[i].file), &f),
		    -1);
		assert_int_equal(f.kind, FAULT_USAGE);
		assert_string_equal(f.text, test[i].fault);
		chatters_settings_free(&set);
	}
}

int
main(void)
{
	const struct CMUnitTest test[] = {
		cmocka_unit_test(test_nothing_is_said),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_names_of_teams),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(test, NULL, NULL);
}
