/*
 * sign.h - RS256: RSA signatures of a SHA-256 digest (RFC 7518, 3.3), by
 * OpenSSL's libcrypto
 *
 * Keys are PEM, as key files hold them. A private key that asks for a pass
 * phrase is refused, never asked for. No fault tells anything of a key.
 */
#ifndef KPIPE_SIGN_H
#define KPIPE_SIGN_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/fault.h"
#include "base/text.h"

/*
 * Sign the text and add the signature's bytes. Errors: FAULT_DATA when the PEM
 * is no RSA private key of at least 2048 bits.
 */
int rs256_sign(struct text private_pem, struct text, struct buf *signature,
    struct fault *);

/* False also for a PEM that is no RSA public key. */
bool rs256_verify(struct text public_pem, struct text, struct text signature);

/* Make a new pair of 2048 bits. Errors: FAULT_IO. */
int rs256_generate(
    struct buf *private_pem, struct buf *public_pem, struct fault *);

/* Overwrite what is no longer needed, so that it does not stay in memory. */
void sign_forget(struct buf *);

#endif
