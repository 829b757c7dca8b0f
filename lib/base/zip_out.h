/*
 * zip_out.h - write a zip archive whose parts are packed side by side
 *
 * A part is packed (deflate, by zlib) as its bytes come, in memory up to a bound
 * and from there in a temporary file without a name. The archive is then
 * written from front to back, so that it may go to a pipe. The same bytes in
 * give the same bytes out: every part has the date of 1980-01-01.
 */
#ifndef KPIPE_ZIP_OUT_H
#define KPIPE_ZIP_OUT_H

#include "base/fault.h"
#include "base/text.h"

struct zip_part;
struct zip_out;

/* folder is where the temporary file goes; it is borrowed. */
struct zip_part *zip_part_new(const char *folder);
/* Takes NULL. */
void zip_part_free(struct zip_part *);
/* Errors: FAULT_IO naming the folder. */
int zip_part_add(struct zip_part *, struct text, struct fault *);

/* fd is borrowed; name is for messages. */
struct zip_out *zip_out_new(int fd, const char *name);
/* Takes NULL. */
void zip_out_free(struct zip_out *);
/* Add the part, which gets no more bytes then, under that name. */
int zip_out_part(
    struct zip_out *, const char *name, struct zip_part *, struct fault *);
/* Write what ends the archive. */
int zip_out_end(struct zip_out *, struct fault *);

#endif
