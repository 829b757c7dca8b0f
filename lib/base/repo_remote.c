/*
 * Fetch and push.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hide.h"
#include "base/repo_impl.h"
#include "base/xalloc.h"

#define SAID_MOST ((size_t)8 << 10)
#define TOLD_MOST 400
#define NEXT	  "refs/kpipe/next" /* libgit2 pushes references alone */
/* fewer bytes than these are no sign of life, or drops could go on for ever */
#define ALIVE_BYTES ((size_t)64 << 10)

static void
wait_for(const struct repo_talk *talk, const char *what)
{
	talk->link->waits(talk->link->arg, what);
}

static void
came(struct repo_talk *talk, size_t bytes)
{
	if (bytes < talk->came || bytes - talk->came >= ALIVE_BYTES) {
		talk->came = bytes;
		wait_for(talk, NULL);
	}
}

static int
fetched(const git_indexer_progress *p, void *arg)
{
	came(arg, p->received_bytes);
	return 0;
}

static int
pushed(unsigned current, unsigned total, size_t bytes, void *arg)
{
	(void)current;
	(void)total;
	came(arg, bytes);
	return 0;
}

static int
said(const char *p, int len, void *arg)
{
	struct repo_talk *talk = arg;

	if (len > 0)
		buf_add(&talk->said, p, (size_t)len);
	return 0;
}

/*
 * What is told of a refused reference when somebody was there before us: by
 * git, by GitHub, by libgit2.
 */
static bool
is_moved(const char *status)
{
	static const char *const moved[] = { "non-fast-forward",
		"non fast forward", "fetch first", "stale info",
		"failed to update ref", "cannot lock ref", "failed to lock",
		"incorrect old value", "reference already exists" };
	size_t i;

	for (i = 0; i < sizeof(moved) / sizeof(moved[0]); i++)
		if (strstr(status, moved[i]) != NULL)
			return true;
	return false;
}

static int
updated(const char *ref, const char *status, void *arg)
{
	struct repo_talk *talk = arg;

	if (strcmp(ref, talk->ref) != 0)
		return 0;
	talk->told = true;
	if (status == NULL)
		return 0;
	if (is_moved(status))
		talk->moved = true;
	else
		fault_set(&talk->why, FAULT_DENIED, "%s refuses: %s",
		    talk->link->host, status);
	return 0;
}

static void
talk_begin(
    struct repo_talk *talk, const struct repo_link *link, const char *ref)
{
	*talk = (struct repo_talk){ .link = link, .ref = ref };
	buf_init(&talk->said, SAID_MOST);
	if (link->ca_file != NULL)
		git_libgit2_opts(
		    GIT_OPT_SET_SSL_CERT_LOCATIONS, link->ca_file, NULL);
}

static void
set_callbacks(git_remote_callbacks *c, struct repo_talk *talk)
{
	c->credentials = repo_credential;
	c->certificate_check = repo_certificate;
	c->sideband_progress = said;
	c->transfer_progress = fetched;
	c->push_transfer_progress = pushed;
	c->push_update_reference = updated;
	if (talk->link->path != NULL)
		c->transport = repo_pipe;
	c->payload = talk;
}

/*
 * What the server said, without the progress that it also tells there: in one
 * line, behind f.
 */
static void
add_said(struct fault *f, const struct buf *b)
{
	const char *p = b->p, *end, *from;
	char text[TOLD_MOST] = "";
	struct fault first = *f;
	size_t len, used = 0;

	for (; p != NULL && *p != '\0'; p = end + (*end != '\0')) {
		end = p + strcspn(p, "\n");
		/* what was overwritten on a terminal */
		for (from = end; from > p && (from[-1] != '\r' || from == end);)
			from--;
		len = (size_t)(end - from);
		while (
		    len > 0 && (from[len - 1] == ' ' || from[len - 1] == '\r'))
			len--;
		if (len == 0 || used + len + 4 > sizeof(text) ||
		    (len > 6 && memcmp(from + len - 6, " done.", 6) == 0))
			continue;
		used += (size_t)snprintf(text + used, sizeof(text) - used,
		    "%s%.*s", used == 0 ? "" : " / ", (int)len, from);
	}
	if (used > 0)
		fault_set(f, f->kind, "%.500s; it says: %s", first.text, text);
}

static enum fault_kind
kind_of_status(int status)
{
	return status == 408 || status == 429 || status >= 500 ? FAULT_AGAIN
							       : FAULT_DENIED;
}

static void
tell_status(struct fault *f, const struct repo_link *link, int status)
{
	static const char rights[] = "it lacks this repository, or 'Contents: "
				     "read and write'";

	if (status == 403)
		fault_set(f, FAULT_DENIED,
		    "%s answers 403: the token of %s may not do this; %s",
		    link->host, link->token_name, rights);
	else if (status == 404)
		fault_set(f, FAULT_DENIED,
		    "%s answers 404: there is no such repository, or the token "
		    "of %s may not see it; %s",
		    link->host, link->token_name, rights);
	else
		fault_set(f, kind_of_status(status), "%s answers %d%s",
		    link->host, status,
		    kind_of_status(status) == FAULT_AGAIN ? ": try again later"
							  : "");
}

/* Why libgit2 gave up. */
static int
explain(struct repo_talk *talk, int error, const char *doing, struct fault *f)
{
	static const char http[] = "unexpected http status code: ";
	const git_error *e = git_error_last();
	const char *text = e == NULL || e->message == NULL ? "" : e->message;
	const char *code = strstr(text, http);
	const struct repo_link *link = talk->link;
	enum fault_kind kind = FAULT_IO;

	if (talk->why.kind != FAULT_NONE)
		*f = talk->why;
	else if (code != NULL)
		tell_status(
		    f, link, (int)strtol(code + sizeof(http) - 1, NULL, 10));
	else if (link->path != NULL)
		fault_set(f, FAULT_IO, "cannot %s '%s': %.*s", doing,
		    link->path, TEXT_ARG(text_trim(text_of(text))));
	else {
		if (error == GIT_EAUTH || error == GIT_ECERTIFICATE ||
		    strstr(text, "cannot redirect") != NULL ||
		    strstr(text, "unexpected redirect") != NULL ||
		    (e != NULL && e->klass == GIT_ERROR_SSH &&
			error == GIT_EEOF))
			kind = FAULT_DENIED;
		else if (e != NULL && (e->klass == GIT_ERROR_NET ||
					  e->klass == GIT_ERROR_OS ||
					  e->klass == GIT_ERROR_SSL ||
					  e->klass == GIT_ERROR_SSH ||
					  e->klass == GIT_ERROR_HTTP ||
					  e->klass == GIT_ERROR_ZLIB ||
					  e->klass == GIT_ERROR_INDEXER))
			kind = FAULT_AGAIN;
		fault_set(f, kind, "cannot %s %s: %.*s", doing, link->host,
		    TEXT_ARG(text_trim(text_of(text))));
	}
	add_said(f, &talk->said);
	hide_secret(f->text, link->token);
	return -1;
}

static int
make_remote(struct repo *r, const struct repo_link *link, git_remote **out,
    struct fault *f)
{
	git_remote_create_options opts;

	git_remote_create_options_init(
	    &opts, GIT_REMOTE_CREATE_OPTIONS_VERSION);
	opts.repository = r->git;
	opts.flags = GIT_REMOTE_CREATE_SKIP_INSTEADOF |
		     GIT_REMOTE_CREATE_SKIP_DEFAULT_FETCHSPEC;
	if (git_remote_create_with_opts(out, link->url, &opts) < 0)
		return repo_fault(f, FAULT_USAGE, "'%s': ", link->url);
	return 0;
}

/* Among what the remote has: 1, 0. */
static int
find_head(git_remote *remote, const char *ref, git_oid *oid)
{
	const git_remote_head **head;
	size_t nr, i;

	if (git_remote_ls(&head, &nr, remote) < 0)
		return -1;
	for (i = 0; i < nr; i++)
		if (strcmp(head[i]->name, ref) == 0) {
			*oid = head[i]->oid;
			return 1;
		}
	return 0;
}

static bool
is_here(struct repo *r, const git_oid *oid)
{
	git_commit *commit = NULL;
	int error = git_commit_lookup(&commit, r->git, oid);

	git_commit_free(commit);
	return error == 0;
}

static char *
ref_of(const char *before, const char *branch)
{
	char *ref = NULL;

	if (asprintf(&ref, "%s%s", before, branch) == -1)
		xalloc_fail();
	return ref;
}

static int
fetch_head(
    struct repo *r, git_remote *remote, struct repo_talk *talk, git_oid *oid)
{
	git_remote_connect_options to;
	git_fetch_options opts;
	char *spec = NULL;
	git_strarray specs = { &spec, 1 };
	int error, found;

	git_remote_connect_options_init(
	    &to, GIT_REMOTE_CONNECT_OPTIONS_VERSION);
	git_fetch_options_init(&opts, GIT_FETCH_OPTIONS_VERSION);
	set_callbacks(&to.callbacks, talk);
	to.proxy_opts.type = GIT_PROXY_AUTO;
	to.follow_redirects = GIT_REMOTE_REDIRECT_NONE;
	error = git_remote_connect_ext(remote, GIT_DIRECTION_FETCH, &to);
	if (error < 0)
		return error;
	found = find_head(remote, talk->ref, oid);
	if (found != 1 || is_here(r, oid))
		return found;
	opts.callbacks = to.callbacks;
	opts.proxy_opts = to.proxy_opts;
	opts.follow_redirects = to.follow_redirects;
	opts.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_NONE;
	opts.update_fetchhead = 0;
	/* into no reference: nobody is to take it for looked at */
	if (asprintf(&spec, "%s:", talk->ref) == -1)
		xalloc_fail();
	error = git_remote_download(remote, &specs, &opts);
	free(spec);
	return error < 0 ? error : 1;
}

int
repo_fetch(struct repo *r, const struct repo_link *link, const char *branch,
    struct repo_id *tip, struct fault *f)
{
	char *ref = ref_of("refs/heads/", branch);
	struct repo_talk talk;
	git_remote *remote = NULL;
	git_oid oid;
	int found = -1;

	if (make_remote(r, link, &remote, f) == -1) {
		free(ref);
		return -1;
	}
	talk_begin(&talk, link, ref);
	wait_for(&talk, "fetch");
	found = fetch_head(r, remote, &talk, &oid);
	if (found >= 0)
		git_remote_disconnect(remote);
	git_remote_free(remote);
	wait_for(&talk, "");
	if (found < 0)
		found = explain(&talk, found, "fetch from", f);
	else if (found == 1 && !is_here(r, &oid))
		found = fault_set(f, FAULT_AGAIN,
		    "%s did not send what '%s' is", link->host, branch);
	else if (found == 1)
		git_oid_tostr(tip->hex, sizeof(tip->hex), &oid);
	buf_free(&talk.said);
	free(ref);
	return found;
}

static int
push_outcome(struct repo_talk *talk, int error, struct fault *f)
{
	if (error == GIT_ENONFASTFORWARD || talk->moved)
		return 0;
	if (error < 0)
		return explain(talk, error, "push to", f);
	if (talk->why.kind != FAULT_NONE)
		return explain(talk, -1, "push to", f);
	if (!talk->told)
		return fault_set(f, FAULT_AGAIN,
		    "%s does not say whether it took what was pushed",
		    talk->link->host);
	return 1;
}

int
repo_push(struct repo *r, const struct repo_link *link, const char *branch,
    const struct repo_id *id, struct fault *f)
{
	git_push_options opts;
	char *ref = ref_of("refs/heads/", branch), *spec = NULL;
	git_strarray specs = { &spec, 1 };
	git_remote *remote = NULL;
	struct repo_talk talk;
	int error, status = -1;

	if (asprintf(&spec, "%s:%s", NEXT, ref) == -1)
		xalloc_fail();
	if (repo_set_tip(r, NEXT, id, f) == 0 &&
	    make_remote(r, link, &remote, f) == 0) {
		talk_begin(&talk, link, ref);
		git_push_options_init(&opts, GIT_PUSH_OPTIONS_VERSION);
		set_callbacks(&opts.callbacks, &talk);
		opts.proxy_opts.type = GIT_PROXY_AUTO;
		opts.follow_redirects = GIT_REMOTE_REDIRECT_NONE;
		wait_for(&talk, "push");
		error = git_remote_push(remote, &specs, &opts);
		git_remote_free(remote);
		wait_for(&talk, "");
		status = push_outcome(&talk, error, f);
		buf_free(&talk.said);
	}
	free(spec);
	free(ref);
	return status;
}
