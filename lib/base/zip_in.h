/*
 * zip_in.h - read the parts of a zip archive, by minizip
 *
 * The archive is hostile until shown otherwise: the part's size, how far it
 * was compressed and its checksum are looked at, and nothing is ever written
 * to a file, whatever its name is. Names of parts are compared as OPC (ECMA-376
 * part 2) asks: ASCII letters without case, a slash between folders.
 */
#ifndef KPIPE_ZIP_IN_H
#define KPIPE_ZIP_IN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/fault.h"

#define ZIP_PARTS_MAX 65535

struct zip_in;

/*
 * fd is a file that can seek; it is borrowed. name is for messages.
 *
 * Errors: FAULT_IO; FAULT_DATA for what is no zip archive, is cut off, or has
 * two parts of one name.
 */
struct zip_in *zip_in_open(int fd, const char *name, struct fault *);
/* Takes NULL. */
void zip_in_free(struct zip_in *);

/* For messages. */
const char *zip_in_name(const struct zip_in *);
bool zip_in_has(const struct zip_in *, const char *part);

/* No cap on how far parts were compressed. */
void zip_in_trust(struct zip_in *);

/*
 * Start on a part, and leave the one before it. It may unpack to max bytes at
 * most.
 *
 * Errors: FAULT_DATA naming the part: missing, encrypted, over the cap.
 */
int zip_in_start(
    struct zip_in *, const char *part, uint64_t max, struct fault *);

/*
 * The next bytes of the part, up to len: how many, 0 at its end (its size and
 * checksum are then as the archive says), -1.
 */
ssize_t zip_in_read(struct zip_in *, void *p, size_t len, struct fault *);

#endif
