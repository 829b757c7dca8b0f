/*
 * Who we are for a server, and who it is for us.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/known_hosts.h"
#include "base/repo_impl.h"
#include "base/xalloc.h"

#define KEY_MOST   ((size_t)64 << 10)
#define HOSTS_MOST ((size_t)16 << 20)

static int
refuse(struct repo_talk *talk, int error)
{
	git_error_set_str(GIT_ERROR_CALLBACK, talk->why.text);
	return error;
}

/*
 * Who we are
 */

static int
give_token(git_credential **out, struct repo_talk *talk)
{
	const struct repo_link *link = talk->link;

	if (link->token == NULL)
		fault_set(&talk->why, FAULT_DENIED,
		    "%s asks who we are: put a token into %s", link->host,
		    link->token_name);
	else if (talk->asked > 0)
		fault_set(&talk->why, FAULT_DENIED,
		    "%s refuses the token of %s: it may have expired, or lack "
		    "this repository, or 'Contents: read and write'",
		    link->host, link->token_name);
	if (talk->why.kind != FAULT_NONE)
		return refuse(talk, GIT_EAUTH);
	talk->asked++;
	return git_credential_userpass_plaintext_new(
	    out, "x-access-token", link->token);
}

/* One that ssh would take, too: nobody else may read it. */
static int
give_file(git_credential **out, struct repo_talk *talk, const char *user,
    const char *path)
{
	struct buf content;
	int status;

	buf_init(&content, 2 * KEY_MOST);
	status = file_read_private(path, KEY_MOST, &content, &talk->why);
	if (content.p != NULL)
		explicit_bzero(content.p, content.len);
	buf_free(&content);
	if (status == -1)
		return refuse(talk, GIT_EAUTH);
	return git_credential_ssh_key_new(out, user, NULL, path, NULL);
}

/* The nr-th of the usual files that are there; NULL after the last. */
static char *
default_key(const char *folder, unsigned nr)
{
	static const char *const name[] = { "id_ed25519", "id_ecdsa",
		"id_rsa" };
	char *path = NULL;
	size_t i;

	for (i = 0; i < sizeof(name) / sizeof(name[0]); i++) {
		if (asprintf(&path, "%s/%s", folder, name[i]) == -1)
			xalloc_fail();
		if (access(path, R_OK) == 0 && nr-- == 0)
			return path;
		free(path);
	}
	return NULL;
}

/* Each time it is asked, the next that there is. */
static int
give_key(git_credential **out, struct repo_talk *talk, const char *user)
{
	const struct repo_link *link = talk->link;
	unsigned nr = talk->asked++;
	char *path = NULL;
	int error;

	if (link->key_file != NULL && nr == 0)
		return give_file(out, talk, user, link->key_file);
	if (link->key_file == NULL && link->agent && nr-- == 0)
		return git_credential_ssh_key_from_agent(out, user);
	if (link->key_file == NULL && link->default_key != NULL)
		path = default_key(link->default_key, nr);
	if (path != NULL) {
		error = give_file(out, talk, user, path);
		free(path);
		return error;
	}
	fault_set(&talk->why, FAULT_DENIED,
	    talk->asked == 1
		? "%s asks for a key: name its file in %s, or start an agent"
		: "%s takes none of the keys for '%s': is its public part "
		  "known there, with the right to write? RSA keys do not work, "
		  "Ed25519 keys do",
	    link->host, talk->asked == 1 ? link->key_name : user);
	return refuse(talk, GIT_EAUTH);
}

int
repo_credential(git_credential **out, const char *url, const char *user,
    unsigned allowed, void *arg)
{
	struct repo_talk *talk = arg;

	(void)url;
	if (user == NULL)
		user = talk->link->user;
	if (allowed & GIT_CREDENTIAL_USERPASS_PLAINTEXT &&
	    !(allowed & GIT_CREDENTIAL_SSH_KEY))
		return give_token(out, talk);
	if (allowed & GIT_CREDENTIAL_SSH_KEY)
		return give_key(out, talk, user);
	if (allowed & GIT_CREDENTIAL_USERNAME)
		return git_credential_username_new(out, user);
	fault_set(&talk->why, FAULT_DENIED,
	    "%s asks who we are in a way that is not known here",
	    talk->link->host);
	return refuse(talk, GIT_EAUTH);
}

/*
 * Who it is
 */

static bool
is_listed(const char *list, struct text digest)
{
	size_t len;

	for (; *list != '\0'; list += len) {
		list += strspn(list, " \t\n,");
		len = strcspn(list, " \t\n,");
		if (text_equal((struct text){ list, len }, digest))
			return true;
	}
	return false;
}

static enum known_host
look_up(const struct repo_link *link, struct text key)
{
	enum known_host found = HOST_UNKNOWN, says;
	const char *const *path;
	struct fault f = { 0 };
	struct buf b;

	for (path = link->known_hosts; *path != NULL; path++) {
		buf_init(&b, HOSTS_MOST);
		if (file_read_all(*path, HOSTS_MOST, &b, &f) == 0) {
			says = known_hosts_find(
			    buf_view(&b), link->host, link->port, key);
			if (says > found)
				found = says;
		}
		buf_free(&b);
	}
	return found;
}

static void
tell_host(struct repo_talk *talk, enum known_host found, struct text type,
    const char *digest)
{
	static const char *const what[] = {
		[HOST_UNKNOWN] = "is not known",
		[HOST_OTHER_TYPE] = "is known by a key of another type",
		[HOST_CHANGED] = "IS KNOWN BY ANOTHER KEY, so it may be "
				 "somebody else",
	};
	const struct repo_link *link = talk->link;

	if (link->host_key != NULL)
		fault_set(&talk->why, FAULT_DENIED,
		    "%s shows the key %s (%.*s), which is not in %s",
		    link->host, digest, TEXT_ARG(type), link->host_key_name);
	else if (found == HOST_REVOKED)
		fault_set(&talk->why, FAULT_DENIED,
		    "%s shows a key that was revoked: %s (%.*s)", link->host,
		    digest, TEXT_ARG(type));
	else
		fault_set(&talk->why, FAULT_DENIED,
		    "%s %s: it shows %s (%.*s); when its owner says that this "
		    "is right, add it to %s with ssh-keyscan, or put it "
		    "into %s",
		    link->host, what[found], digest, TEXT_ARG(type),
		    link->known_hosts[0] == NULL ? "known_hosts"
						 : link->known_hosts[0],
		    link->host_key_name);
}

static int
check_host(struct repo_talk *talk, const git_cert_hostkey *cert)
{
	struct text key = { cert->hostkey, cert->hostkey_len };
	enum known_host found = HOST_UNKNOWN;
	struct buf digest;
	bool known;

	if (!(cert->type & GIT_CERT_SSH_RAW) ||
	    !(cert->type & GIT_CERT_SSH_SHA256)) {
		fault_set(&talk->why, FAULT_DENIED,
		    "the key of %s cannot be seen", talk->link->host);
		return refuse(talk, GIT_ECERTIFICATE);
	}
	buf_init(&digest, 100);
	known_hosts_digest(cert->hash_sha256, &digest);
	if (talk->link->host_key != NULL) {
		known = is_listed(talk->link->host_key, buf_view(&digest));
	} else {
		found = look_up(talk->link, key);
		known = found == HOST_KNOWN;
	}
	if (!known)
		tell_host(talk, found, known_hosts_type(key), digest.p);
	buf_free(&digest);
	return known ? 0 : refuse(talk, GIT_ECERTIFICATE);
}

int
repo_certificate(git_cert *cert, int valid, const char *host, void *arg)
{
	struct repo_talk *talk = arg;

	(void)host;
	if (cert->cert_type == GIT_CERT_HOSTKEY_LIBSSH2)
		return check_host(talk, (const git_cert_hostkey *)cert);
	if (valid)
		return 0;
	fault_set(&talk->why, FAULT_DENIED,
	    "the certificate of %s is not of an authority that is known, or "
	    "not for that name, or has expired; SSL_CERT_FILE can name the "
	    "authority's",
	    talk->link->host);
	return refuse(talk, GIT_ECERTIFICATE);
}
