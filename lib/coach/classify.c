#include "coach/classify.h"

static const char *const name[] = {
	[CLASS_OTHER] = "",
	[CLASS_WON] = "WON",
	[CLASS_LOST] = "LOST",
	[CLASS_OPEN] = "OPEN",
	[CLASS_HANDOFF] = "NABELLER_HANDOFF",
};

struct text class_text(enum class class)
{
	return text_of(name[class]);
}

enum class class_of_text(struct text t) {
	int i;

	    for (i = CLASS_WON; i <= CLASS_HANDOFF;
		 i++) if (text_is(t, name[i])) return (enum class)i;
	    return CLASS_OTHER;
}

enum class class_of_stage(
    const struct coach_settings *s, const struct stage *stage) {
	bool closed = stage->has_metadata && stage->is_closed;
	    bool won =
		closed && stage->has_probability && stage->probability == 1;
	    bool lost =
		closed && stage->has_probability && stage->probability == 0;

	    if (text_equal(stage->pipeline_id, s->nabeller)){
		    if (won) return CLASS_HANDOFF;
		    return lost ? CLASS_LOST : CLASS_OPEN;
}
/* it is closed with a probability of 1, but nothing was won */
if (id_list_has(&s->stopped, stage->id)) return CLASS_LOST;
if (won)
	return CLASS_WON;
return lost ? CLASS_LOST : CLASS_OPEN;
}

enum class class_of_unmapped(
    const struct coach_settings *s, const struct deal *deal) {
	if (id_list_has(&s->stopped, deal->stage_id)) return CLASS_LOST;
	    if (text_equal(deal->pipeline_id, s->nabeller) &&
		deal->is_won) return CLASS_HANDOFF;
	    if (deal->is_lost) return CLASS_LOST;
	    return deal->is_won ? CLASS_WON : CLASS_OPEN;
}

struct text
class_of_deal(
    const struct coach_settings *s, const struct deal *deal, struct text mapped)
{
	if (id_list_has(&s->stopped, deal->stage_id))
		return class_text(CLASS_LOST);
	if (mapped.len > 0)
		return mapped;
	return class_text(class_of_unmapped(s, deal));
}
