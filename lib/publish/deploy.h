/*
 * deploy.h - put a page into a branch of a repository
 *
 * What the remote has counts: the page is put on top of that. When somebody is
 * faster it is done once more, and then given up.
 */
#ifndef KPIPE_PUBLISH_DEPLOY_H
#define KPIPE_PUBLISH_DEPLOY_H

#include <stdbool.h>

#include "base/fault.h"
#include "base/repo.h"
#include "base/text.h"

struct deploy {
	struct repo *repo;
	const struct repo_link *link;
	const char *branch;
	const char *file;
	struct text page;
	const char *name, *mail; /* the author's */
	const char *message;
	int64_t time_s;
	bool reset;   /* take the remote as it is */
	bool dry_run; /* push nothing */
};

enum deployed {
	DEPLOYED_PUSHED,
	DEPLOYED_NOTHING, /* it was there already */
	DEPLOYED_WOULD,	  /* a dry run */
};

/* The words of the record. */
const char *deployed_name(enum deployed);

/*
 * *id is the commit that has the page; in a dry run one that nobody has.
 *
 * Errors: those of repo.h; FAULT_AGAIN when the remote moved on twice, and when
 * it does not contain what the branch was, here or when it was last seen.
 */
int deploy_run(
    const struct deploy *, enum deployed *, struct repo_id *id, struct fault *);

#endif
