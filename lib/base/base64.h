/*
 * base64.h - bytes as letters, in the two alphabets of RFC 4648
 *
 * The one of section 4 has + and / and is padded; that of section 5, which
 * tokens use, has - and _ and is not.
 */
#ifndef KPIPE_BASE64_H
#define KPIPE_BASE64_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/text.h"

void base64_encode(struct buf *, struct text);
void base64url_encode(struct buf *, struct text);

/*
 * Add the bytes; false, and nothing added, when the text is not what the
 * encoder would have written.
 */
bool base64_decode(struct buf *, struct text);
bool base64url_decode(struct buf *, struct text);

#endif
