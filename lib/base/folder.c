#include "base/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/xalloc.h"

int
folder_open(const char *path, struct fault *f)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd == -1)
		return fault_errno(f, "cannot open folder '%s'", path);
	return fd;
}

char *
folder_own(const char *base, const char *home, const char *below)
{
	char *path = NULL;

	if (base != NULL ? asprintf(&path, "%s/kpipe", base) == -1
			 : home != NULL && asprintf(&path, "%s/%s/kpipe", home,
					       below) == -1)
		xalloc_fail();
	return path;
}

int
folder_make(const char *path, struct fault *f)
{
	char *copy = xstrdup(path), *slash = copy;
	int status = 0;

	/* what hinders comes out at the last one */
	while ((slash = strchr(slash + 1, '/')) != NULL) {
		*slash = '\0';
		(void)mkdir(copy, 0700);
		*slash = '/';
	}
	if (mkdir(copy, 0700) == -1 && errno != EEXIST)
		status = fault_errno(f, "cannot make folder '%s'", path);
	free(copy);
	return status;
}

int
folder_open_in(int at, const char *name, struct fault *f)
{
	int fd;

	if (strchr(name, '/') != NULL || strcmp(name, ".") == 0 ||
	    strcmp(name, "..") == 0)
		return fault_set(
		    f, FAULT_IO, "'%s' is no name in a folder", name);
	fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd == -1 && (errno == ELOOP || errno == ENOTDIR))
		return fault_set(f, FAULT_IO, "'%s' is not a folder", name);
	if (fd == -1)
		return fault_errno(f, "cannot open folder '%s'", name);
	return fd;
}

static int
by_name(const void *a, const void *b)
{
	const struct folder_entry *x = a, *y = b;

	return strcmp(x->name, y->name);
}

/* 1, 0 when the entry went away meanwhile, -1. */
static int
look_at(int fd, const char *name, struct folder_entry *e)
{
	struct stat st;

	if (fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW) == -1)
		return errno == ENOENT ? 0 : -1;
	e->kind = S_ISREG(st.st_mode)	? FOLDER_FILE
		  : S_ISDIR(st.st_mode) ? FOLDER_FOLDER
					: FOLDER_OTHER;
	e->bytes = (uint64_t)st.st_size;
	e->name = xstrdup(name);
	return 1;
}

int
folder_read(int fd, const char *name, struct folder *folder, struct fault *f)
{
	const struct dirent *d;
	struct folder_entry e;
	size_t cap = 0;
	int found;
	DIR *dir;
	/* the position in the folder belongs to the open file: take another */
	int own = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	*folder = (struct folder){ 0 };
	if (own == -1 || (dir = fdopendir(own)) == NULL) {
		fault_errno(f, "cannot read folder '%s'", name);
		if (own != -1)
			close(own);
		return -1;
	}
	for (errno = 0; (d = readdir(dir)) != NULL; errno = 0) {
		if (strcmp(d->d_name, ".") == 0 || strcmp(d->d_name, "..") == 0)
			continue;
		found = look_at(fd, d->d_name, &e);
		if (found == -1)
			break;
		if (found == 0)
			continue;
		if (folder->nr == cap) {
			cap = cap == 0 ? 16 : cap * 2;
			folder->entry = xreallocarray(
			    folder->entry, cap, sizeof(*folder->entry));
		}
		folder->entry[folder->nr++] = e;
	}
	if (errno != 0) {
		fault_errno(f, "cannot read folder '%s'", name);
		closedir(dir);
		folder_free(folder);
		return -1;
	}
	closedir(dir);
	if (folder->nr > 1)
		qsort(
		    folder->entry, folder->nr, sizeof(*folder->entry), by_name);
	return 0;
}

void
folder_free(struct folder *folder)
{
	size_t i;

	for (i = 0; i < folder->nr; i++)
		free(folder->entry[i].name);
	free(folder->entry);
	*folder = (struct folder){ 0 };
}

const struct folder_entry *
folder_find(const struct folder *folder, const char *name)
{
	size_t i;

	for (i = 0; i < folder->nr; i++)
		if (strcmp(folder->entry[i].name, name) == 0)
			return &folder->entry[i];
	return NULL;
}

int
folder_remove(int at, const char *name, struct fault *f)
{
	struct folder folder = { 0 };
	size_t i;
	int status = -1;
	int fd = folder_open_in(at, name, f);

	if (fd == -1)
		return -1;
	if (folder_read(fd, name, &folder, f) == -1)
		goto out;
	for (i = 0; i < folder.nr; i++)
		if (folder.entry[i].kind != FOLDER_FILE) {
			fault_set(f, FAULT_DATA,
			    "'%s/%s' is not a plain file; nothing was removed",
			    name, folder.entry[i].name);
			goto out;
		}
	for (i = 0; i < folder.nr; i++)
		if (unlinkat(fd, folder.entry[i].name, 0) == -1 &&
		    errno != ENOENT) {
			fault_errno(f, "cannot remove '%s/%s'", name,
			    folder.entry[i].name);
			goto out;
		}
	if (unlinkat(at, name, AT_REMOVEDIR) == -1) {
		fault_errno(f, "cannot remove folder '%s'", name);
		goto out;
	}
	status = 0;
out:
	folder_free(&folder);
	close(fd);
	return status;
}
