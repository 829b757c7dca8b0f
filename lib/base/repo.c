#include "base/repo.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/folder.h"
#include "base/lock.h"
#include "base/repo_impl.h"
#include "base/xalloc.h"

#define LOCK_NAME "kpipe-pages.lock"
#define OURS	  "refs/kpipe/"
#define PATH_MOST 4096
#define OLD_S	  3600
#define FILE_MODE 0100644

int
repo_fault(struct fault *f, enum fault_kind kind, const char *fmt, ...)
{
	const git_error *e = git_error_last();
	struct fault said = { 0 };
	char text[600];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	fault_set(&said, kind, "%s",
	    e == NULL || e->message == NULL ? "no reason is given"
					    : e->message);
	return fault_set(f, kind, "%s%s", text, said.text);
}

/*
 * The repository
 */

static void
begin(void)
{
	int level;

	git_libgit2_init();
	/* a URL is to mean what it says, whatever a person's settings are */
	for (level = GIT_CONFIG_LEVEL_PROGRAMDATA;
	     level <= GIT_CONFIG_LEVEL_GLOBAL; level++)
		git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, "");
	git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
	/* it guards who walks into a repository; this one was named */
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
	git_libgit2_opts(
	    GIT_OPT_SET_USER_AGENT, "kpipe-pages-deploy/" KPIPE_VERSION);
}

/* 1, 0 when there is none, -1. */
static int
look(struct repo *r, const char *path, struct fault *f)
{
	int error = git_repository_open_ext(
	    &r->git, path, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL);

	if (error == GIT_ENOTFOUND)
		return 0;
	if (error < 0)
		return repo_fault(f, FAULT_IO, "cannot open '%s': ", path);
	r->common = xstrdup(git_repository_commondir(r->git));
	return 1;
}

static int
lock_in(struct repo *r, const char *folder, unsigned wait_ms, struct fault *f)
{
	char *path = NULL;

	if (asprintf(&path, "%s/%s", folder, LOCK_NAME) == -1)
		xalloc_fail();
	r->lock = lock_take(path, wait_ms, f);
	free(path);
	return r->lock == -1 ? -1 : 0;
}

/* Nothing is in it but what a start that was killed has left. */
static int
check_empty(const char *path, struct fault *f)
{
	struct folder in;
	int fd = folder_open(path, f), status = 0;

	if (fd == -1)
		return -1;
	if (folder_read(fd, path, &in, f) == -1) {
		status = -1;
	} else {
		if (in.nr > 0 && folder_find(&in, LOCK_NAME) == NULL)
			status = fault_set(f, FAULT_USAGE,
			    "'%s' is no repository and has other files: name a "
			    "folder that is missing or empty",
			    path);
		folder_free(&in);
	}
	close(fd);
	return status;
}

/* What a process that was killed may have left beside a file it wrote. */
static void
unlock_file(const char *folder, const char *name)
{
	char *path = NULL;

	if (asprintf(&path, "%s/%s.lock", folder, name) == -1)
		xalloc_fail();
	(void)unlink(path);
	free(path);
}

static int
make_repo(struct repo *r, const char *path, unsigned wait_ms, struct fault *f)
{
	git_repository_init_options opts;
	int found;

	if (folder_make(path, f) == -1 || check_empty(path, f) == -1 ||
	    lock_in(r, path, wait_ms, f) == -1)
		return -1;
	/* who had the lock may have made it */
	found = look(r, path, f);
	if (found != 0)
		return found == 1 ? 0 : -1;
	unlock_file(path, "config");
	unlock_file(path, "HEAD");
	git_repository_init_options_init(
	    &opts, GIT_REPOSITORY_INIT_OPTIONS_VERSION);
	opts.flags = GIT_REPOSITORY_INIT_BARE;
	opts.initial_head = "main";
	if (git_repository_init_ext(&r->git, path, &opts) < 0)
		return repo_fault(f, FAULT_IO, "cannot make '%s': ", path);
	r->common = xstrdup(git_repository_commondir(r->git));
	return 0;
}

/* Packs that a process was receiving when it was killed. */
static void
sweep(const struct repo *r)
{
	struct fault f = { 0 };
	struct folder in;
	struct stat st;
	char *path = NULL;
	size_t i;
	int fd;

	if (asprintf(&path, "%s/objects/pack", r->common) == -1)
		xalloc_fail();
	fd = folder_open(path, &f);
	if (fd != -1 && folder_read(fd, path, &in, &f) == 0) {
		for (i = 0; i < in.nr; i++)
			if (strncmp(in.entry[i].name, "pack_git2_", 10) == 0 &&
			    fstatat(fd, in.entry[i].name, &st,
				AT_SYMLINK_NOFOLLOW) == 0 &&
			    st.st_mtime < time(NULL) - OLD_S)
				(void)unlinkat(fd, in.entry[i].name, 0);
		folder_free(&in);
	}
	if (fd != -1)
		close(fd);
	free(path);
}

int
repo_open(struct repo **out, const char *path, bool make, unsigned wait_ms,
    struct fault *f)
{
	struct repo *r = xcalloc(1, sizeof(*r));
	int status;

	begin();
	r->lock = -1;
	status = look(r, path, f);
	if (status == 0)
		status = make ? make_repo(r, path, wait_ms, f)
			      : fault_set(f, FAULT_USAGE,
				    "there is no repository at '%s': with a "
				    "URL one is made there",
				    path);
	else if (status == 1)
		status = lock_in(r, r->common, wait_ms, f);
	if (status == -1) {
		repo_free(r);
		return -1;
	}
	sweep(r);
	*out = r;
	return 0;
}

void
repo_free(struct repo *r)
{
	if (r == NULL)
		return;
	git_repository_free(r->git);
	if (r->lock != -1)
		close(r->lock);
	free(r->common);
	free(r);
	git_libgit2_shutdown();
}

/*
 * Its remote
 */

int
repo_url(struct repo *r, const char *remote, char **url, struct fault *f)
{
	const char *push;
	git_remote *found;
	int status = 1;
	int error = git_remote_lookup(&found, r->git, remote);

	if (error == GIT_ENOTFOUND || error == GIT_EINVALIDSPEC)
		return 0;
	if (error < 0)
		return repo_fault(f, FAULT_IO, "its remote '%s': ", remote);
	push = git_remote_pushurl(found);
	if (git_remote_url(found) == NULL)
		status = 0;
	else if (push != NULL && strcmp(push, git_remote_url(found)) != 0)
		status = fault_set(f, FAULT_USAGE,
		    "its remote '%s' pushes to another URL than it fetches "
		    "from: name the one to use",
		    remote);
	else
		*url = xstrdup(git_remote_url(found));
	git_remote_free(found);
	return status;
}

/* Nobody has anything in it. */
static bool
is_fresh(struct repo *r)
{
	git_reference_iterator *refs;
	git_reference *ref = NULL;
	bool fresh;

	if (!git_repository_is_bare(r->git) ||
	    git_reference_iterator_new(&refs, r->git) < 0)
		return false;
	fresh = git_reference_next(&ref, refs) == GIT_ITEROVER;
	git_reference_free(ref);
	git_reference_iterator_free(refs);
	return fresh;
}

int
repo_note_url(
    struct repo *r, const char *remote, const char *url, struct fault *f)
{
	git_remote *made;

	if (!is_fresh(r))
		return 0;
	unlock_file(r->common, "config");
	if (git_remote_create(&made, r->git, remote, url) < 0)
		return repo_fault(f, FAULT_IO, "cannot note the remote: ");
	git_remote_free(made);
	return 0;
}

/*
 * References
 */

static void
id_set(struct repo_id *id, const git_oid *oid)
{
	git_oid_tostr(id->hex, sizeof(id->hex), oid);
}

static int
id_get(git_oid *oid, const struct repo_id *id, struct fault *f)
{
	if (git_oid_fromstr(oid, id->hex) < 0)
		return repo_fault(f, FAULT_DATA, "'%s': ", id->hex);
	return 0;
}

int
repo_tip(struct repo *r, const char *ref, struct repo_id *tip, struct fault *f)
{
	git_oid oid;
	int error = git_reference_name_to_id(&oid, r->git, ref);

	if (error == GIT_ENOTFOUND)
		return 0;
	if (error < 0)
		return repo_fault(f, FAULT_IO, "cannot read '%s': ", ref);
	id_set(tip, &oid);
	return 1;
}

int
repo_set_tip(
    struct repo *r, const char *ref, const struct repo_id *tip, struct fault *f)
{
	git_reference *made;
	git_oid oid;

	if (id_get(&oid, tip, f) == -1)
		return -1;
	/* no other than who has our lock writes there */
	if (strncmp(ref, OURS, sizeof(OURS) - 1) == 0)
		unlock_file(r->common, ref);
	if (git_reference_create(&made, r->git, ref, &oid, 1, NULL) < 0)
		return repo_fault(f, FAULT_IO, "cannot write '%s': ", ref);
	git_reference_free(made);
	return 0;
}

int
repo_missing(struct repo *r, const struct repo_id *tip,
    const struct repo_id *older, size_t *nr, struct fault *f)
{
	git_oid here, there;
	size_t behind;

	if (id_get(&here, older, f) == -1 || id_get(&there, tip, f) == -1)
		return -1;
	if (git_graph_ahead_behind(nr, &behind, r->git, &here, &there) < 0)
		return repo_fault(f, FAULT_IO, "cannot read the history: ");
	return 0;
}

/*
 * Commits
 */

/* 1 when it is there as a file, 0 when nothing is, -1. */
static int
stands_in(const git_tree *tree, const char *path, struct fault *f)
{
	const char *slash = path;
	char before[PATH_MOST];
	git_tree_entry *e;
	git_object_t type;
	int error;
	bool last;

	do {
		slash = strchr(slash, '/');
		last = slash == NULL;
		snprintf(before, sizeof(before), "%.*s",
		    last ? (int)strlen(path) : (int)(slash - path), path);
		error = git_tree_entry_bypath(&e, tree, before);
		if (error == GIT_ENOTFOUND)
			return 0;
		if (error < 0)
			return repo_fault(f, FAULT_IO, "'%s': ", path);
		type = git_tree_entry_type(e);
		git_tree_entry_free(e);
		if (type != (last ? GIT_OBJECT_BLOB : GIT_OBJECT_TREE))
			return fault_set(f, FAULT_DATA,
			    "the branch has '%s', which is no %s: it is left "
			    "alone",
			    before, last ? "file" : "folder");
		slash += !last;
	} while (!last);
	return 1;
}

static int
put_files(struct repo *r, git_index *index, const git_tree *tree,
    const struct repo_commit *c, struct fault *f)
{
	git_index_entry e;
	size_t i;
	int there;

	for (i = 0; i < c->nr; i++) {
		there = tree == NULL ? 0 : stands_in(tree, c->file[i].path, f);
		if (there == -1)
			return -1;
		if (there == 1 && c->file[i].keep)
			continue;
		e = (git_index_entry){ .mode = FILE_MODE,
			.path = c->file[i].path };
		if (git_blob_create_from_buffer(&e.id, r->git,
			c->file[i].content.len == 0 ? "" : c->file[i].content.p,
			c->file[i].content.len) < 0 ||
		    git_index_add(index, &e) < 0)
			return repo_fault(
			    f, FAULT_IO, "cannot keep '%s': ", e.path);
	}
	return 0;
}

static int
write_commit(struct repo *r, const struct repo_commit *c,
    const git_commit *parent, const git_oid *tree_id, struct repo_id *id,
    struct fault *f)
{
	git_signature *who = NULL;
	git_tree *tree = NULL;
	git_oid oid;
	int status = -1;

	if (git_signature_new(&who, c->name, c->mail, c->time_s, 0) < 0)
		repo_fault(f, FAULT_USAGE, "'%s <%s>': ", c->name, c->mail);
	else if (git_tree_lookup(&tree, r->git, tree_id) < 0 ||
		 git_commit_create(&oid, r->git, NULL, who, who, NULL,
		     c->message, tree, parent != NULL, &parent) < 0)
		repo_fault(f, FAULT_IO, "cannot commit: ");
	else
		status = 1;
	if (status == 1)
		id_set(id, &oid);
	git_tree_free(tree);
	git_signature_free(who);
	return status;
}

int
repo_commit(struct repo *r, const struct repo_commit *c, struct repo_id *id,
    struct fault *f)
{
	git_commit *parent = NULL;
	git_index *index = NULL;
	git_tree *old = NULL;
	git_oid oid, tree_id;
	int status = -1;

	if (c->parent != NULL && id_get(&oid, c->parent, f) == -1)
		return -1;
	if ((c->parent != NULL &&
		(git_commit_lookup(&parent, r->git, &oid) < 0 ||
		    git_commit_tree(&old, parent) < 0)) ||
	    git_index_new(&index) < 0 ||
	    (old != NULL && git_index_read_tree(index, old) < 0)) {
		repo_fault(f, FAULT_IO, "cannot read the branch: ");
		goto out;
	}
	if (put_files(r, index, old, c, f) == -1)
		goto out;
	if (git_index_write_tree_to(&tree_id, index, r->git) < 0)
		repo_fault(f, FAULT_IO, "cannot keep the files: ");
	else if (old != NULL && git_oid_equal(&tree_id, git_tree_id(old)))
		status = 0;
	else
		status = write_commit(r, c, parent, &tree_id, id, f);
out:
	git_index_free(index);
	git_tree_free(old);
	git_commit_free(parent);
	return status;
}
