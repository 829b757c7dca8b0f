/*
 * with-env - run a command with the settings of a .env file
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/tool.h"
#include "base/xalloc.h"
#include "env/dotenv.h"

#define FILE_MAX (1u << 20)

/* what a shell says of a command that it cannot run, or cannot find */
#define EXIT_CANNOT_RUN 126
#define EXIT_NOT_FOUND	127

static const struct tool_option options[] = {
	{ 0 },
};

static const struct tool tool = {
	.name = "with-env",
	.summary = "run a command with the settings of a .env file",
	.synopsis = "FILE COMMAND [ARG...]",
	.option = options,
	.runs = true,
};

/* The file's text; no file is no settings. */
static void
read_private(const char *path, struct buf *b)
{
	struct fault f = { 0 };

	if (!file_is_there(path)) {
		tool_say("%s: no such file, nothing set", path);
		return;
	}
	if (file_read_private(path, FILE_MAX, b, &f) == -1)
		tool_die(&f);
}

/* What the environment has already stays as it is. */
static void
set_all(const char *path, struct text t)
{
	struct fault f = { 0 };
	struct dotenv d;
	struct text key, value;
	char *name, *setting;
	int more;

	dotenv_init(&d, t);
	while ((more = dotenv_next(&d, &key, &value, &f)) == 1) {
		name = xstrndup(key.p, key.len);
		setting = xstrndup(value.p, value.len);
		tool_say("%s:%zu: %s%s", path, d.line, name,
		    getenv(name) == NULL ? "" : " is in the environment");
		if (setenv(name, setting, 0) == -1) {
			fault_errno(&f, "%s:%zu", path, d.line);
			tool_die(&f);
		}
		free(name);
		free(setting);
	}
	if (more == -1) {
		fault_prefix(&f, "%s:", path);
		tool_die(&f);
	}
}

int
main(int argc, char *argv[])
{
	const char *value, *path;
	char **operand;
	struct buf b;
	int error;

	tool_begin(&tool, argc, argv);
	while (tool_option(&value) != -1)
		;
	operand = tool_operands();
	if (operand[0] == NULL)
		tool_usage("no file and no command given");
	if (operand[1] == NULL)
		tool_usage("no command given");
	path = *operand++;

	buf_init(&b, FILE_MAX);
	read_private(path, &b);
	set_all(path, buf_view(&b));
	buf_free(&b);

	execvp(operand[0], operand);
	error = errno;
	tool_warn("cannot run %s: %s", operand[0], strerror(error));
	return error == ENOENT ? EXIT_NOT_FOUND : EXIT_CANNOT_RUN;
}
