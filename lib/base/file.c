#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/xalloc.h"

struct file_replace {
	char *path;	 /* the final name */
	char *temporary; /* NULL: the path itself is written to */
	char *folder;
	int fd;
	struct file_replace *next;
};

/* Every replacement under way, for the signal handler. */
static struct file_replace *volatile open_list;

static void
remove_temporaries(void)
{
	struct file_replace *r;

	for (r = open_list; r != NULL; r = r->next)
		if (r->temporary != NULL)
			(void)unlink(r->temporary);
}

/* Only unlink and raise, both async-signal-safe; the handler is one-shot. */
static void
remove_and_die(int sig)
{
	remove_temporaries();
	(void)raise(sig);
}

static void
catch_signals(void)
{
	static const int caught[] = { SIGINT, SIGTERM, SIGHUP, SIGPIPE };
	static bool done;
	struct sigaction action = { .sa_handler = remove_and_die,
		.sa_flags = (int)SA_RESETHAND | SA_NODEFER },
			 old;
	size_t i;

	if (done)
		return;
	done = true;
	(void)atexit(remove_temporaries);
	for (i = 0; i < sizeof(caught) / sizeof(caught[0]); i++)
		if (sigaction(caught[i], NULL, &old) == 0 &&
		    old.sa_handler == SIG_DFL)
			(void)sigaction(caught[i], &action, NULL);
}

static void
block_signals(sigset_t *before)
{
	sigset_t all;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, before);
}

static void
name_temporary(struct file_replace *r)
{
	char *copy = xstrdup(r->path);

	r->folder = xstrdup(dirname(copy));
	free(copy);
	copy = xstrdup(r->path);
	if (asprintf(&r->temporary, "%s/.%s.XXXXXX", r->folder,
		basename(copy)) == -1)
		r->temporary = xstrdup("");
	free(copy);
}

/* What is no file, such as /dev/null, must not become one. */
static bool
is_special(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && !S_ISREG(st.st_mode) &&
	       !S_ISDIR(st.st_mode);
}

struct file_replace *
file_replace_open(const char *path, mode_t mode, struct fault *f)
{
	struct file_replace *r = xcalloc(1, sizeof(*r));
	bool special = is_special(path);
	mode_t mask;
	sigset_t before;

	r->path = special ? xstrdup(path) : realpath(path, NULL);
	if (r->path == NULL)
		r->path = xstrdup(path);
	if (!special)
		name_temporary(r);

	catch_signals();
	block_signals(&before);
	r->fd = special ? open(path, O_WRONLY | O_CLOEXEC)
			: mkostemp(r->temporary, O_CLOEXEC);
	if (r->fd != -1) {
		r->next = open_list;
		open_list = r;
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (r->fd == -1) {
		fault_errno(f, "cannot write '%s'", path);
		free(r->path);
		free(r->folder);
		free(r->temporary);
		free(r);
		return NULL;
	}
	if (special)
		return r;
	mask = umask(0);
	umask(mask);
	if (fchmod(r->fd, mode & ~mask) == -1) {
		fault_errno(f, "cannot set the mode of '%s'", path);
		file_replace_abort(r);
		return NULL;
	}
	return r;
}

int
file_replace_fd(const struct file_replace *r)
{
	return r->fd;
}

const char *
file_replace_path(const struct file_replace *r)
{
	return r->temporary == NULL ? r->path : r->temporary;
}

static void
forget(struct file_replace *r)
{
	struct file_replace *volatile *p;
	sigset_t before;

	block_signals(&before);
	for (p = &open_list; *p != NULL; p = (void *)&(*p)->next)
		if (*p == r) {
			*p = r->next;
			break;
		}
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (r->fd != -1)
		close(r->fd);
	free(r->path);
	free(r->folder);
	free(r->temporary);
	free(r);
}

void
file_replace_abort(struct file_replace *r)
{
	if (r == NULL)
		return;
	if (r->temporary != NULL)
		(void)unlink(r->temporary);
	forget(r);
}

static int
sync_folder(const char *folder, struct fault *f)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int status = 0;

	if (fd == -1)
		return fault_errno(f, "cannot open folder '%s'", folder);
	/* some file systems cannot: EINVAL */
	if (fsync(fd) == -1 && errno != EINVAL)
		status = fault_errno(f, "cannot sync folder '%s'", folder);
	close(fd);
	return status;
}

int
file_replace_commit(struct file_replace *r, struct fault *f)
{
	int fd, status;

	if (fsync(r->fd) == -1 && errno != EINVAL) {
		fault_errno(f, "cannot write '%s'", r->path);
		file_replace_abort(r);
		return -1;
	}
	fd = r->fd;
	r->fd = -1;
	/* what a network file system could not write comes out here */
	if (close(fd) == -1 ||
	    (r->temporary != NULL && rename(r->temporary, r->path) == -1)) {
		fault_errno(f, "cannot write '%s'", r->path);
		file_replace_abort(r);
		return -1;
	}
	status = r->temporary == NULL ? 0 : sync_folder(r->folder, f);
	forget(r);
	return status;
}

char **
file_replace_left(const char *path)
{
	char *copy = xstrdup(path), *other = xstrdup(path);
	const char *folder = dirname(copy), *base = basename(other);
	size_t len = strlen(base), nr = 0;
	char **left = xcalloc(1, sizeof(*left));
	DIR *dir = opendir(folder);
	const struct dirent *e;

	while (dir != NULL && (e = readdir(dir)) != NULL) {
		if (e->d_name[0] != '.' ||
		    strncmp(e->d_name + 1, base, len) != 0 ||
		    e->d_name[len + 1] != '.' ||
		    strlen(e->d_name) != len + strlen("..XXXXXX"))
			continue;
		left = xreallocarray(left, nr + 2, sizeof(*left));
		if (asprintf(&left[nr++], "%s/%s", folder, e->d_name) == -1)
			xalloc_fail();
		left[nr] = NULL;
	}
	if (dir != NULL)
		closedir(dir);
	free(copy);
	free(other);
	return left;
}

void
file_replace_left_free(char **left)
{
	size_t i;

	for (i = 0; left[i] != NULL; i++)
		free(left[i]);
	free(left);
}

void
file_replace_sweep(const char *path)
{
	char **left = file_replace_left(path);
	size_t i;

	for (i = 0; left[i] != NULL; i++)
		(void)unlink(left[i]);
	file_replace_left_free(left);
}

/* All that fd has, which path is the name of. */
static int
read_all(int fd, const char *path, size_t max, struct buf *b, struct fault *f)
{
	size_t before = b->len;
	ssize_t nr;
	char *room;

	for (;;) {
		room = b->len - before > max ? NULL : buf_room(b, 65536);
		if (room == NULL)
			return fault_set(f, FAULT_DATA,
			    "'%s' is larger than %zu bytes", path, max);
		nr = read(fd, room, 65536);
		if (nr == -1 && errno == EINTR)
			continue;
		if (nr == -1)
			return fault_errno(f, "cannot read '%s'", path);
		b->len += (size_t)nr;
		b->p[b->len] = '\0';
		if (nr == 0)
			return 0;
	}
}

int
file_read_all(const char *path, size_t max, struct buf *b, struct fault *f)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int status;

	if (fd == -1)
		return fault_errno(f, "cannot open '%s'", path);
	status = read_all(fd, path, max, b, f);
	close(fd);
	return status;
}

int
file_read_private(const char *path, size_t max, struct buf *b, struct fault *f)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	int status;

	if (fd == -1)
		return fault_errno(f, "cannot open '%s'", path);
	if (fstat(fd, &st) == -1)
		status = fault_errno(f, "cannot read '%s'", path);
	else if ((st.st_mode & (S_IRWXG | S_IRWXO)) != 0)
		status = fault_set(f, FAULT_USAGE,
		    "%s: others can read it; run chmod 600 %s", path, path);
	else
		status = read_all(fd, path, max, b, f);
	close(fd);
	return status;
}

bool
file_is_there(const char *path)
{
	return access(path, F_OK) == 0 || errno != ENOENT;
}

int
file_temporary(const char *folder, struct fault *f)
{
	char *path;
	int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	if (fd != -1)
		return fd;
	/* not every file system can do that */
	if (asprintf(&path, "%s/.kpipe.XXXXXX", folder) == -1)
		return fault_set(f, FAULT_IO, "out of memory");
	fd = mkostemp(path, O_CLOEXEC);
	if (fd == -1)
		fault_errno(f, "cannot make a temporary file in '%s'", folder);
	else
		(void)unlink(path);
	free(path);
	return fd;
}

int
file_write_all(
    int fd, const char *name, const void *p, size_t len, struct fault *f)
{
	const char *at = p;
	ssize_t nr;

	while (len > 0) {
		nr = write(fd, at, len);
		if (nr == -1 && errno == EINTR)
			continue;
		if (nr == -1)
			return fault_errno(f, "cannot write %s", name);
		at += nr;
		len -= (size_t)nr;
	}
	return 0;
}
