/*
 * known_hosts.h - the keys of ssh servers that a person has trusted
 *
 * The format of sshd(8): names with * ? and !, [name]:port, names hashed as
 * |1|salt|hash, and @revoked. A line of a @cert-authority is passed over. Pure.
 */
#ifndef KPIPE_KNOWN_HOSTS_H
#define KPIPE_KNOWN_HOSTS_H

#include "base/buf.h"
#include "base/text.h"

/* In rising order of what they weigh, over all lines of all files. */
enum known_host {
	HOST_UNKNOWN,	 /* no line of this name */
	HOST_OTHER_TYPE, /* lines, but none with a key of this type */
	HOST_CHANGED,	 /* a key of this type, and another one */
	HOST_KNOWN,
	HOST_REVOKED,
};

/*
 * What the text of a file says of that key, as the server sends it (binary).
 * port 0 is 22.
 */
enum known_host known_hosts_find(
    struct text file, const char *host, unsigned port, struct text key);

/* The type of a key, such as ssh-ed25519; "no text" when it is none. */
struct text known_hosts_type(struct text key);

/* The digest of a key as ssh-keygen shows it. */
void known_hosts_digest(const unsigned char sha256[32], struct buf *);

#endif
