/*
 * matcher.h - who of a roster a name means, and why; see match(5)
 *
 * A name is looked up once, and what came of it is kept. Pure.
 */
#ifndef KPIPE_MATCHER_H
#define KPIPE_MATCHER_H

#include "match/alias.h"
#include "match/people.h"

#define MATCH_NOBODY	 ((size_t)-1)
#define MATCH_CANDIDATES 3

/* In the order in which they are tried, but for an id, which comes second. */
enum match_method {
	MATCH_NONE,
	MATCH_ALIAS,
	MATCH_EXACT,
	MATCH_ID,
	MATCH_TOKENS,
	MATCH_FIRST_LAST,
	MATCH_CONTAINS,
	MATCH_FUZZY,
};

enum match_reason {
	REASON_FOUND, /* it is matched */
	REASON_NONE,
	REASON_AMBIGUOUS,
	REASON_CONFLICT, /* another name has a better or as good a claim */
	REASON_INACTIVE,
	REASON_IGNORE, /* people said so */
};

extern const char *const match_method_name[];
extern const char *const match_reason_name[];

struct match_rule {
	bool single[NAME_SOURCES]; /* a name of one word may be part of one */
	bool fuzzy;
	double accept;	/* similarity */
	double margin;	/* above the next */
	double suggest; /* similarity of a candidate */
};

struct match_candidate {
	size_t person; /* MATCH_NOBODY: none */
	double similarity;
};

struct match_outcome {
	enum name_source source;
	struct text raw; /* may be "no text" */
	size_t claimant; /* the same for names that are the same but in looks */
	enum match_reason reason;
	enum match_method method; /* the rule that found somebody */
	bool by_group;		  /* the team told who of several */
	struct match_candidate found;
	struct match_candidate runner_up; /* the next best of the roster */
	/* when not found: best first */
	struct match_candidate candidate[MATCH_CANDIDATES];
	size_t candidates;
};

struct match_name {
	enum name_source source;
	struct text raw;
	struct text group;
	struct text user_id;
};

struct matcher;

/* All are borrowed. */
struct matcher *matcher_new(const struct people *, const struct aliases *,
    const struct teams *, const struct match_rule *);
/* Takes NULL. */
void matcher_free(struct matcher *);

/*
 * The number of what came of it, the same for the same question.
 *
 * Errors: FAULT_DATA for a name longer than NAME_MAX_LEN.
 */
int matcher_find(struct matcher *, const struct match_name *, size_t *outcome,
    struct fault *);
/* Good until the next matcher_find. */
const struct match_outcome *matcher_outcome(
    const struct matcher *, size_t outcome);
/* Different questions so far. */
size_t matcher_names(const struct matcher *);

#endif
