/*
 * repo_impl.h - what the parts of repo.h share
 */
#ifndef KPIPE_REPO_IMPL_H
#define KPIPE_REPO_IMPL_H

#include <git2.h>
#include <git2/sys/transport.h>

#include "base/buf.h"
#include "base/repo.h"

struct repo {
	git_repository *git;
	char *common; /* the folder of what all its work trees share */
	int lock;
};

/* One connection, for the callbacks of libgit2. */
struct repo_talk {
	const struct repo_link *link;
	struct fault why; /* what a callback found wrong */
	unsigned asked;	  /* times that it was asked who we are */
	size_t came;	  /* bytes at the last sign of life */
	struct buf said;  /* by the server, or by a program of git */
	/* of a push */
	const char *ref;
	bool told, moved;
};

/* What libgit2 says of its last error, with a text in front; -1. */
int repo_fault(struct fault *, enum fault_kind, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Of struct repo_talk: see git_remote_callbacks. */
int repo_credential(git_credential **, const char *url, const char *user,
    unsigned allowed, void *talk);
int repo_certificate(git_cert *, int valid, const char *host, void *talk);
/* A transport by the programs of git on this machine. */
int repo_pipe(git_transport **, git_remote *, void *talk);

#endif
