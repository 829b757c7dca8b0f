/*
 * folder.h - what stands in a folder, and its removal, without following links
 *
 * Names below a folder are looked up from its descriptor and hold no slash, so
 * nothing outside it is reached, whatever others do to its path meanwhile.
 */
#ifndef KPIPE_FOLDER_H
#define KPIPE_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"

enum folder_kind {
	FOLDER_FILE,   /* a plain file */
	FOLDER_FOLDER, /* a folder */
	FOLDER_OTHER,  /* a link, a FIFO, a device, a socket */
};

struct folder_entry {
	char *name;
	enum folder_kind kind;
	uint64_t bytes;
};

/* Entries in byte order of their names, without "." and "..". */
struct folder {
	struct folder_entry *entry;
	size_t nr;
};

/* The user's own path: links in it are followed. Returns a descriptor. */
int folder_open(const char *path, struct fault *);
/*
 * Where the user's files of a kind are: "base/kpipe", or "home/below/kpipe" when
 * base is NULL. The caller's; NULL when home is NULL too.
 */
char *folder_own(const char *base, const char *home, const char *below);
/* Make it, and those it is in, for the owner alone, where they are missing. */
int folder_make(const char *path, struct fault *);
/* A folder directly in at. Errors: FAULT_IO for a link or any other thing. */
int folder_open_in(int at, const char *name, struct fault *);

int folder_read(int fd, const char *name, struct folder *, struct fault *);
void folder_free(struct folder *);
/* NULL when there is none of that name. */
const struct folder_entry *folder_find(const struct folder *, const char *name);

/*
 * Remove a folder directly in at with the plain files in it. Nothing is removed
 * when it holds anything else.
 *
 * Errors: FAULT_DATA names what is no plain file; FAULT_IO.
 */
int folder_remove(int at, const char *name, struct fault *);

#endif
