#include "base/turns.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/lock.h"
#include "base/xalloc.h"

#define LOCK_MS	  2000
#define WAIT_MOST INT64_C(60000000) /* us: so long no turn is ahead */

struct turns {
	char *path;
	unsigned nr;
	int64_t window_us;
};

struct turns *
turns_new(const char *path, unsigned nr, unsigned window_ms)
{
	struct turns *t = xcalloc(1, sizeof(*t));

	t->path = xstrdup(path);
	t->nr = nr > TURNS_MOST ? TURNS_MOST : nr;
	t->window_us = (int64_t)window_ms * 1000;
	return t;
}

void
turns_free(struct turns *t)
{
	if (t == NULL)
		return;
	free(t->path);
	free(t);
}

int64_t
turns_next(int64_t *given, unsigned nr, int64_t window_us, int64_t now_us)
{
	int64_t next = now_us;
	unsigned i, first = 0;

	for (i = 0; i < nr; i++)
		if (given[i] > now_us + WAIT_MOST)
			given[i] = 0;
	for (i = 1; i < nr; i++)
		if (given[i] < given[first])
			first = i;
	if (given[first] > 0 && given[first] + window_us > next)
		next = given[first] + window_us;
	given[first] = next;
	return next;
}

/* Of all processes of the machine the same. */
static int64_t
clock_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int
turns_take(struct turns *t, struct fault *f)
{
	size_t size = t->nr * sizeof(int64_t);
	int64_t given[TURNS_MOST] = { 0 }, wait_us;
	struct timespec wait;
	int fd = lock_take(t->path, LOCK_MS, f), status = 0;

	if (fd == -1)
		return -1;
	/* of another size it is of another pace */
	if (pread(fd, given, size, 0) != (ssize_t)size)
		memset(given, 0, sizeof(given));
	wait_us = clock_us();
	wait_us = turns_next(given, t->nr, t->window_us, wait_us) - wait_us;
	if (pwrite(fd, given, size, 0) != (ssize_t)size)
		status = fault_errno(f, "%s", t->path);
	close(fd);
	if (status == -1)
		return -1;
	wait.tv_sec = (time_t)(wait_us / 1000000);
	wait.tv_nsec = (long)(wait_us % 1000000 * 1000);
	while (nanosleep(&wait, &wait) == -1)
		;
	return 0;
}
