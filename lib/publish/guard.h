/*
 * guard.h - who will be able to read what is published
 *
 * Of a repository on GitHub, GitHub is asked; a path and a server on this
 * machine are the user's own; of any other server it cannot be told.
 *
 * Source: GitHub's REST API, GET /repos/OWNER/REPO (private, has_pages) and
 * GET /repos/OWNER/REPO/pages (public).
 */
#ifndef KPIPE_PUBLISH_GUARD_H
#define KPIPE_PUBLISH_GUARD_H

#include "base/fault.h"
#include "publish/target.h"

#define GUARD_URL "https://api.github.com"

struct guard_conf {
	const char *base_url; /* NULL: GUARD_URL; that of an own GitHub */
	const char *token;    /* NULL: none */
	const char *token_name;
	unsigned max_wait_s; /* as in http.h */
};

/*
 * 0 when nobody else can read it.
 *
 * Errors: FAULT_DENIED when everybody can, or when it cannot be told;
 * FAULT_AGAIN.
 */
int guard_ask(const struct target *, const struct guard_conf *, struct fault *);

#endif
