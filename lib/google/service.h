/*
 * service.h - a service account: the key file that Google gives out for it, and
 * the assertions that are signed with the key
 *
 * Source: Google's page "Using OAuth 2.0 for Server to Server Applications".
 * Pure. No fault tells anything of the key.
 */
#ifndef KPIPE_GOOGLE_SERVICE_H
#define KPIPE_GOOGLE_SERVICE_H

#include <stdint.h>

#include "base/buf.h"
#include "base/fault.h"
#include "base/text.h"

#define SERVICE_FILE_MAX (1u << 20)

struct service {
	char *email;	 /* client_email: whom to share with */
	char *key_id;	 /* private_key_id */
	char *token_uri; /* NULL: the file names none */
	struct buf pem;	 /* private_key */
};

/*
 * Errors: FAULT_DATA for what is no such file; *s then needs no freeing.
 */
int service_parse(struct service *, struct text json, struct fault *);
/* Takes what was zeroed, too. */
void service_free(struct service *);

struct assertion {
	const char *audience; /* the token endpoint's address */
	const char *scope;    /* for an access token; else NULL */
	const char *target;   /* for an ID token: who is to be shown it */
	int64_t now_s;	      /* by Google's clock; it is good for an hour */
};

/* Add the signed JWT. Errors: FAULT_DATA when the key does not sign. */
int service_assert(const struct service *, const struct assertion *,
    struct buf *, struct fault *);

#endif
