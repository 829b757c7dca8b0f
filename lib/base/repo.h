/*
 * repo.h - a few files of a branch of a remote repository, by libgit2
 *
 * A local repository keeps what was fetched and what is to be pushed. It needs
 * no work tree. Of one that is a person's nothing is touched: commits are made
 * from what the remote has, and of references only those below refs/kpipe/ are
 * written. Settings of the user or of the machine are not read. A process that
 * is killed at any point leaves what the next one can go on from.
 *
 * libgit2 waits for a server without an end: see repo_link.
 */
#ifndef KPIPE_REPO_H
#define KPIPE_REPO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/text.h"

struct repo;

/* The name of a commit, in hex. */
struct repo_id {
	char hex[41];
};

/*
 * Open the repository in the folder path, or make one (bare) where there is
 * none and make is set, in a folder that is missing or empty; and lock it, or
 * wait up to wait_ms for who has it.
 *
 * Errors: FAULT_USAGE when there is none, and when other things are in the
 * folder; FAULT_AGAIN for the lock; FAULT_IO.
 */
int repo_open(struct repo **, const char *path, bool make, unsigned wait_ms,
    struct fault *);
/* Takes NULL. */
void repo_free(struct repo *);

/*
 * The URL of a remote by its settings, the caller's: 1, 0 when it has no such
 * remote, -1. Errors: FAULT_USAGE when it pushes to another than it fetches.
 */
int repo_url(struct repo *, const char *remote, char **url, struct fault *);
/* Note it; in a repository that was just made, else nothing is done. */
int repo_note_url(
    struct repo *, const char *remote, const char *url, struct fault *);

/*
 * How the remote is reached.
 *
 * The token goes to the host of the URL, which must be by https or on this
 * machine, and nowhere else; keys and their pass phrases stay here. A host is
 * known by ssh when its key is one of host_key or stands in a file of
 * known_hosts, and by https when an authority of the machine or of ca_file
 * vouches for it. Nothing of this is asked of a terminal.
 *
 * A path is reached by the programs of git, whose hooks then run as they would
 * for anybody who pushes there.
 */
struct repo_link {
	const char *url;
	const char *path; /* not NULL: the folder that url means */
	const char *host; /* for messages */
	unsigned port;	  /* 0: the usual one */

	const char *user;	/* by ssh, where the URL has none */
	const char *token;	/* NULL: none */
	const char *token_name; /* of its variable, for messages */
	const char *ca_file;	/* NULL: those of the machine */

	const char *key_file;	   /* NULL: agent, then default_key */
	const char *key_name;	   /* of its variable */
	bool agent;		   /* there is one */
	const char *default_key;   /* folder of id_ed25519 and so on, or NULL */
	const char *host_key;	   /* SHA256:... ..., NULL: known_hosts */
	const char *host_key_name; /* of its variable */
	const char *known_hosts[3]; /* files, up to a NULL */

	/*
	 * Called with what is waited for now ("push"), then with NULL each time
	 * that something came or went, and with "" when nothing is waited for.
	 * What takes too long is for the caller to end.
	 */
	void (*waits)(void *arg, const char *what);
	void *arg;
};

/*
 * The tip of a branch as the remote has it, with all that it needs: 1, 0 when
 * the remote has no such branch, -1.
 *
 * Errors: FAULT_DENIED when the remote does not let us in or cannot be trusted;
 * FAULT_AGAIN when it cannot be reached.
 */
int repo_fetch(struct repo *, const struct repo_link *, const char *branch,
    struct repo_id *tip, struct fault *);

/* Where a reference is: 1, 0 when it is not there, -1. */
int repo_tip(
    struct repo *, const char *ref, struct repo_id *tip, struct fault *);
/* ref is below refs/kpipe/. */
int repo_set_tip(
    struct repo *, const char *ref, const struct repo_id *tip, struct fault *);

/* How many commits older has that tip does not contain; -1. */
int repo_missing(struct repo *, const struct repo_id *tip,
    const struct repo_id *older, size_t *nr, struct fault *);

struct repo_file {
	const char *path; /* in the tree */
	struct text content;
	bool keep; /* where it is there already it stays as it is */
};

struct repo_commit {
	const struct repo_id *parent; /* NULL: none */
	const struct repo_file *file;
	size_t nr;
	const char *name, *mail; /* whose it is */
	int64_t time_s;		 /* since 1970 */
	const char *message;
};

/*
 * The parent's tree with these files: 1 and a commit, which no reference has
 * yet; 0 when that tree is the parent's; -1.
 *
 * Errors: FAULT_DATA when a folder stands where a file is to be, or the other
 * way round.
 */
int repo_commit(struct repo *, const struct repo_commit *, struct repo_id *,
    struct fault *);

/*
 * Have the branch at the remote be that commit: 1, 0 when it has moved on and
 * is not contained in it, -1.
 *
 * Errors: as repo_fetch; FAULT_DENIED with the server's words when it refuses.
 */
int repo_push(struct repo *, const struct repo_link *, const char *branch,
    const struct repo_id *, struct fault *);

#endif
