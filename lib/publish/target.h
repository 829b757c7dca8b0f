/*
 * target.h - where a page is published to: the URL of a repository, a branch, a
 * file in it
 *
 * Pure. No fault shows a URL that may have a secret in it.
 */
#ifndef KPIPE_PUBLISH_TARGET_H
#define KPIPE_PUBLISH_TARGET_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/fault.h"

enum target_kind {
	TARGET_PATH, /* on this machine, with or without file:// */
	TARGET_HTTP, /* https, or http on this machine */
	TARGET_SSH,  /* ssh://user@host:port/path or user@host:path */
};

struct target {
	enum target_kind kind;
	char *url;
	char *host;    /* lower case; NULL for a path */
	unsigned port; /* 0: the usual one */
	char *path;    /* on the host, without a slash in front */
	bool loopback; /* the host is this machine */
};

/*
 * Errors: FAULT_USAGE for other schemes, for http to another machine, and for a
 * URL with a password, a token or a query.
 */
int target_parse(struct target *, const char *url, struct fault *);
void target_free(struct target *);

/* The name of a folder of its own, added to b. */
void target_folder(const struct target *, struct buf *);

/* Errors: FAULT_USAGE. */
int target_check_branch(const char *branch, struct fault *);
/* A path in a tree. Errors: FAULT_USAGE. */
int target_check_file(const char *file, struct fault *);

/*
 * Where the file goes that says "serve these files as they are": beside the
 * root of the site, which is docs/ or that of the branch. The caller's.
 */
char *target_plain_file(const char *file);

#endif
