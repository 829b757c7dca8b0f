/*
 * sha256.h - the SHA-256 digest of some bytes (FIPS 180-4)
 *
 * For naming what a page may run, not for secrets. A crypto library would cost
 * a filter more time to load than all of its work takes.
 */
#ifndef KPIPE_SHA256_H
#define KPIPE_SHA256_H

#include "base/text.h"

#define SHA256_BASE64 45 /* a digest in base64, NUL included */

void sha256_base64(struct text, char out[SHA256_BASE64]);

#endif
