#include "base/reread.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/xalloc.h"

#define BLOCK (256u << 10)

static int
copy(int fd, const char *name, int to, char *block, struct fault *f)
{
	ssize_t nr;

	for (;;) {
		nr = read(fd, block, BLOCK);
		if (nr == 0)
			return 0;
		if (nr == -1 && errno == EINTR)
			continue;
		if (nr == -1) {
			fault_errno(f, "cannot read");
			return fault_prefix(f, "%s: ", name);
		}
		if (file_write_all(
			to, "a temporary file", block, (size_t)nr, f) == -1)
			return -1;
	}
}

int
reread_open(
    int fd, const char *name, const char *folder, int *again, struct fault *f)
{
	struct stat st;
	char *block;
	int status;

	*again = -1;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    lseek(fd, 0, SEEK_CUR) == 0) {
		*again = fd;
		return 0;
	}
	*again = file_temporary(folder, f);
	if (*again == -1)
		return -1;
	block = xcalloc(BLOCK, 1);
	status = copy(fd, name, *again, block, f);
	free(block);
	return status == -1 ? -1 : reread_start(*again, name, f);
}

int
reread_start(int again, const char *name, struct fault *f)
{
	if (lseek(again, 0, SEEK_SET) == 0)
		return 0;
	fault_errno(f, "cannot read again");
	return fault_prefix(f, "%s: ", name);
}
