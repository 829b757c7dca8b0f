#include "base/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define PAUSE_MS 20

int
lock_take(const char *path, unsigned wait_ms, struct fault *f)
{
	const struct timespec pause = { 0, PAUSE_MS * 1000000L };
	unsigned waited_ms = 0;
	struct stat st;
	/* not blocking: at the name may stand a FIFO */
	int fd = open(
	    path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666);

	if (fd == -1)
		return fault_errno(f, "cannot lock '%s'", path);
	if (fstat(fd, &st) == -1 || !S_ISREG(st.st_mode)) {
		close(fd);
		return fault_set(
		    f, FAULT_IO, "cannot lock '%s': not a plain file", path);
	}
	while (flock(fd, LOCK_EX | LOCK_NB) == -1) {
		if (errno == EINTR)
			continue;
		if (errno != EWOULDBLOCK) {
			fault_errno(f, "cannot lock '%s'", path);
			close(fd);
			return -1;
		}
		if (waited_ms >= wait_ms) {
			close(fd);
			return fault_set(f, FAULT_AGAIN,
			    "another process holds the lock '%s'", path);
		}
		(void)nanosleep(&pause, NULL);
		waited_ms += PAUSE_MS;
	}
	return fd;
}
