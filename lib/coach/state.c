#include "coach/state.h"

#include "coach/status.h"

static const struct {
	const char *label;
	const char *word;
} states[STATES] = {
	[STATE_GOOD] = { "✅ Goed", "good" },
	[STATE_FAIR] = { "⭐ Matig", "fair" },
	[STATE_NABELLER] = { "⚠️ Uitsluiten", "nabeller" },
	[STATE_EXCLUDED] = { "❌ Uitsluiten", "excluded" },
	[STATE_NO_DATA] = { "⚪ Geen data", "none" },
	[STATE_OTHER] = { "Onbekend", "other" },
};

const char *
coach_state_label(enum coach_state state)
{
	return states[state].label;
}

const char *
coach_state_word(enum coach_state state)
{
	return states[state].word;
}

enum coach_state
coach_state_of(struct text label)
{
	int i;

	label = coach_label(label);
	if (text_is(label, "Geen data"))
		return STATE_NO_DATA;
	for (i = 0; i < STATE_OTHER; i++)
		if (text_is(label, states[i].label))
			break;
	return (enum coach_state)i;
}
