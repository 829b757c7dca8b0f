/*
 * classify.h - which class a stage and a deal have
 */
#ifndef KPIPE_CLASSIFY_H
#define KPIPE_CLASSIFY_H

#include "coach/settings.h"
#include "record/deal.h"
#include "record/stage.h"

/* The classes that are counted by themselves; there may be others. */
enum class {
	CLASS_OTHER,
	CLASS_WON,
	CLASS_LOST,
	CLASS_OPEN,
	CLASS_HANDOFF, /* given to the people who call after */
};

struct text class_text(enum class);
enum class class_of_text(struct text);

/* The class that a stage's deals have when nobody said otherwise. */
enum class class_of_stage(const struct coach_settings *, const struct stage *);

/* The class of a deal whose stage has none, by its flags. */
enum class class_of_unmapped(
    const struct coach_settings *, const struct deal *);

/*
 * The class of a deal whose stage has the class mapped, which is empty or "no
 * text" when it has none.
 */
struct text class_of_deal(
    const struct coach_settings *, const struct deal *, struct text mapped);

#endif
