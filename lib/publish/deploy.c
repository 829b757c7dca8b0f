#include "publish/deploy.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "publish/target.h"

#define TRIES 2

#define RESET "; --reset publishes on top of what is there now"

const char *
deployed_name(enum deployed how)
{
	static const char *const name[] = {
		[DEPLOYED_PUSHED] = "pushed",
		[DEPLOYED_NOTHING] = "nothing to publish",
		[DEPLOYED_WOULD] = "would be pushed",
	};

	return name[how];
}

static char *
ref_of(const char *before, const char *branch)
{
	char *ref = NULL;

	if (asprintf(&ref, "%s%s", before, branch) == -1)
		xalloc_fail();
	return ref;
}

/* Where we last saw the branch. */
static char *
seen_ref(const struct deploy *d)
{
	return ref_of("refs/kpipe/pages/", d->branch);
}

/* Commits of the branch in this repository that the remote has not. */
static int
check_own(const struct deploy *d, const struct repo_id *tip, struct fault *f)
{
	char *ref = ref_of("refs/heads/", d->branch);
	struct repo_id own;
	size_t nr = 0;
	int there = repo_tip(d->repo, ref, &own, f);

	free(ref);
	if (there != 1)
		return there;
	if (tip == NULL)
		return fault_set(f, FAULT_AGAIN,
		    "branch '%s' of the repository here was never pushed: push "
		    "it, or rename it" RESET,
		    d->branch);
	if (repo_missing(d->repo, tip, &own, &nr, f) == -1)
		return -1;
	if (nr > 0)
		return fault_set(f, FAULT_AGAIN,
		    "branch '%s' of the repository here has %zu commit%s that "
		    "the remote has not: push or drop them" RESET,
		    d->branch, nr, nr == 1 ? "" : "s");
	return 0;
}

/* The remote without what was seen there: somebody has rewritten it. */
static int
check_seen(const struct deploy *d, const struct repo_id *tip, struct fault *f)
{
	char *ref = seen_ref(d);
	struct repo_id seen;
	size_t nr = 0;
	int there = repo_tip(d->repo, ref, &seen, f);

	free(ref);
	if (there != 1)
		return there;
	if (tip == NULL)
		return fault_set(f, FAULT_AGAIN,
		    "branch '%s' is gone from the remote, where it was before: "
		    "ask who removed it" RESET,
		    d->branch);
	if (repo_missing(d->repo, tip, &seen, &nr, f) == -1)
		return -1;
	if (nr > 0)
		return fault_set(f, FAULT_AGAIN,
		    "branch '%s' was rewritten at the remote, which lacks %zu "
		    "commit%s that it had: ask who did that" RESET,
		    d->branch, nr, nr == 1 ? "" : "s");
	return 0;
}

static int
note_seen(const struct deploy *d, const struct repo_id *tip, struct fault *f)
{
	char *ref = seen_ref(d);
	int status = repo_set_tip(d->repo, ref, tip, f);

	free(ref);
	return status;
}

/* One try: 1, 0 when somebody was faster, -1. */
static int
publish(const struct deploy *d, const struct repo_file file[2],
    enum deployed *how, struct repo_id *id, struct fault *f)
{
	struct repo_commit c = { .file = file,
		.nr = 2,
		.name = d->name,
		.mail = d->mail,
		.time_s = d->time_s,
		.message = d->message };
	struct repo_id tip;
	int made, pushed;
	int found = repo_fetch(d->repo, d->link, d->branch, &tip, f);

	if (found == -1)
		return -1;
	if (found == 1)
		c.parent = &tip;
	if (!d->reset && (check_seen(d, c.parent, f) == -1 ||
			     check_own(d, c.parent, f) == -1))
		return -1;
	if (found == 1 && note_seen(d, &tip, f) == -1)
		return -1;
	made = repo_commit(d->repo, &c, id, f);
	if (made == -1)
		return -1;
	*how = made == 0 ? DEPLOYED_NOTHING : DEPLOYED_WOULD;
	if (made == 0)
		*id = tip;
	if (made == 0 || d->dry_run)
		return 1;
	pushed = repo_push(d->repo, d->link, d->branch, id, f);
	if (pushed != 1)
		return pushed;
	*how = DEPLOYED_PUSHED;
	return note_seen(d, id, f) == -1 ? -1 : 1;
}

int
deploy_run(const struct deploy *d, enum deployed *how, struct repo_id *id,
    struct fault *f)
{
	char *plain = target_plain_file(d->file);
	struct repo_file file[2] = { { d->file, d->page, false },
		{ plain, { "", 0 }, true } };
	int nr, status = 0;

	for (nr = 0; status == 0 && nr < TRIES; nr++)
		status = publish(d, file, how, id, f);
	free(plain);
	if (status == 0)
		return fault_set(f, FAULT_AGAIN,
		    "the remote moved on while the page was being published, "
		    "twice: try again later");
	return status == 1 ? 0 : -1;
}
