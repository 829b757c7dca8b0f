/*
 * file.h - files that are there whole, or not at all
 */
#ifndef KPIPE_FILE_H
#define KPIPE_FILE_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/fault.h"

/*
 * Replace a file in one step: write to the temporary beside it, then commit. An
 * unfinished temporary has the name ".NAME.XXXXXX" and is removed by abort, by
 * exit and by SIGINT, SIGTERM, SIGHUP and SIGPIPE; after a kill -9 it may lie
 * there, never the final name. Of a symbolic link the file is replaced that it
 * leads to. A device or a FIFO stays what it is and is written to.
 */
struct file_replace;

/* mode is that of the new file, less the umask. */
struct file_replace *file_replace_open(
    const char *path, mode_t mode, struct fault *);
int file_replace_fd(const struct file_replace *);
const char *file_replace_path(const struct file_replace *);
/* fsync, rename, fsync of the folder; frees in every case. */
int file_replace_commit(struct file_replace *, struct fault *);
/* Takes NULL. */
void file_replace_abort(struct file_replace *);

/*
 * The paths of temporaries of path that were left by processes which were
 * killed, up to a NULL; and their removal. Only while nobody else can be
 * replacing it.
 */
char **file_replace_left(const char *path);
void file_replace_left_free(char **);
void file_replace_sweep(const char *path);

/* All of a file, up to max bytes, added to b. Errors: FAULT_IO, FAULT_DATA. */
int file_read_all(const char *path, size_t max, struct buf *b, struct fault *);

/*
 * The same for a file of secrets. Errors: FAULT_USAGE with the remedy when
 * others than its owner may read or write it.
 */
int file_read_private(
    const char *path, size_t max, struct buf *b, struct fault *);

/* There is something of that name, or what hinders to see it. */
bool file_is_there(const char *path);

/*
 * A file in that folder without a name, gone when it is closed. Returns its
 * descriptor, or -1. Errors: FAULT_IO.
 */
int file_temporary(const char *folder, struct fault *);

/* All of len bytes to fd, over short writes and EINTR. */
int file_write_all(
    int fd, const char *name, const void *p, size_t len, struct fault *);

#endif
