/*
 * A repository on this machine, by git-upload-pack and git-receive-pack. What
 * libgit2 has for a path runs no hooks, and writes a branch without a look at
 * who else does.
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/repo_impl.h"
#include "base/xalloc.h"

extern char **environ;

struct pipe_stream {
	git_smart_subtransport_stream base; /* first: libgit2 knows this */
	struct pipe *pipe;
};

struct pipe {
	git_smart_subtransport base; /* first */
	struct pipe_stream stream;
	struct repo_talk *talk;
	pid_t pid; /* 0: none */
	int fd;	   /* what it reads and writes */
	int err;   /* what it says */
};

static int
pipe_read(
    git_smart_subtransport_stream *stream, char *p, size_t size, size_t *len)
{
	struct pipe *pipe = ((struct pipe_stream *)stream)->pipe;
	ssize_t got;

	do
		got = read(pipe->fd, p, size);
	while (got == -1 && errno == EINTR);
	if (got == -1) {
		git_error_set(GIT_ERROR_OS, "git does not answer");
		return -1;
	}
	*len = (size_t)got;
	return 0;
}

static int
pipe_write(git_smart_subtransport_stream *stream, const char *p, size_t len)
{
	struct pipe *pipe = ((struct pipe_stream *)stream)->pipe;
	ssize_t sent;

	while (len > 0) {
		/* one that has ended is no signal for us */
		sent = send(pipe->fd, p, len, MSG_NOSIGNAL);
		if (sent == -1 && errno == EINTR)
			continue;
		if (sent == -1) {
			git_error_set(GIT_ERROR_OS, "git does not listen");
			return -1;
		}
		p += sent;
		len -= (size_t)sent;
		pipe->talk->link->waits(pipe->talk->link->arg, NULL);
	}
	return 0;
}

static void
pipe_stream_free(git_smart_subtransport_stream *stream)
{
	(void)stream; /* a part of its transport */
}

/* What it said on its standard error goes to the talk. */
static void
take_errors(struct pipe *pipe)
{
	char text[1000];
	ssize_t len = pread(pipe->err, text, sizeof(text), 0);

	if (len > 0)
		buf_add(&pipe->talk->said, text, (size_t)len);
}

static int
pipe_close(git_smart_subtransport *base)
{
	struct pipe *pipe = (struct pipe *)base;

	if (pipe->fd != -1)
		close(pipe->fd);
	pipe->fd = -1;
	if (pipe->pid != 0) {
		while (waitpid(pipe->pid, NULL, 0) == -1 && errno == EINTR)
			;
		take_errors(pipe);
		close(pipe->err);
	}
	pipe->pid = 0;
	return 0;
}

static void
pipe_free(git_smart_subtransport *base)
{
	pipe_close(base);
	free(base);
}

/*
 * Our environment without the secrets, which a hook would get, and without what
 * names the repository of whoever started us.
 */
static char **
environment(void)
{
	static const char *const without[] = { "PAGES_", "GITHUB_TOKEN=",
		"GIT_DIR=", "GIT_WORK_TREE=", "GIT_INDEX_FILE=", "GIT_OBJECT_",
		"GIT_ALTERNATE_", "GIT_QUARANTINE_PATH=", "GIT_COMMON_DIR=",
		"GIT_PREFIX=", "GIT_NAMESPACE=", "GIT_PROTOCOL=", "GIT_CONFIG=",
		"GIT_CONFIG_PARAMETERS=", "GIT_CONFIG_COUNT=" };
	size_t nr = 0, i, k;
	char **env;

	for (i = 0; environ[i] != NULL; i++)
		;
	env = xcalloc(i + 1, sizeof(*env));
	for (i = 0; environ[i] != NULL; i++) {
		for (k = 0; k < sizeof(without) / sizeof(without[0]); k++)
			if (strncmp(environ[i], without[k],
				strlen(without[k])) == 0)
				break;
		if (k == sizeof(without) / sizeof(without[0]))
			env[nr++] = environ[i];
	}
	return env;
}

static int
start(struct pipe *pipe, const char *program)
{
	char git[] = "git", *path = xstrdup(pipe->talk->link->path);
	char *name = xstrdup(program);
	char *argv[] = { git, name, path, NULL }, **env = environment();
	posix_spawn_file_actions_t to;
	int end[2] = { -1, -1 }, error;

	pipe->err = memfd_create("git", MFD_CLOEXEC);
	if (pipe->err == -1 ||
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, end) == -1) {
		error = errno;
	} else {
		posix_spawn_file_actions_init(&to);
		posix_spawn_file_actions_adddup2(&to, end[1], STDIN_FILENO);
		posix_spawn_file_actions_adddup2(&to, end[1], STDOUT_FILENO);
		posix_spawn_file_actions_adddup2(&to, pipe->err, STDERR_FILENO);
		error = posix_spawnp(&pipe->pid, git, &to, NULL, argv, env);
		posix_spawn_file_actions_destroy(&to);
		close(end[1]);
	}
	free(env);
	free(name);
	free(path);
	if (error == 0) {
		pipe->fd = end[0];
		return 0;
	}
	pipe->pid = 0;
	if (end[0] != -1)
		close(end[0]);
	if (pipe->err != -1)
		close(pipe->err);
	errno = error;
	fault_errno(&pipe->talk->why,
	    "a repository on this machine is reached by git, which must be "
	    "installed: cannot start 'git'");
	return GIT_EUSER;
}

static int
pipe_action(git_smart_subtransport_stream **out, git_smart_subtransport *base,
    const char *url, git_smart_service_t action)
{
	struct pipe *pipe = (struct pipe *)base;
	int error = 0;

	(void)url;
	if (action == GIT_SERVICE_UPLOADPACK_LS ||
	    action == GIT_SERVICE_RECEIVEPACK_LS) {
		pipe_close(base);
		error = start(pipe, action == GIT_SERVICE_UPLOADPACK_LS
					? "upload-pack"
					: "receive-pack");
	}
	*out = &pipe->stream.base;
	return error;
}

static int
pipe_new(git_smart_subtransport **out, git_transport *owner, void *talk)
{
	struct pipe *pipe = xcalloc(1, sizeof(*pipe));

	(void)owner;
	pipe->base =
	    (git_smart_subtransport){ pipe_action, pipe_close, pipe_free };
	pipe->stream.base = (git_smart_subtransport_stream){ &pipe->base,
		pipe_read, pipe_write, pipe_stream_free };
	pipe->stream.pipe = pipe;
	pipe->talk = talk;
	pipe->fd = -1;
	*out = &pipe->base;
	return 0;
}

int
repo_pipe(git_transport **out, git_remote *remote, void *talk)
{
	git_smart_subtransport_definition definition = { pipe_new, 0, talk };

	return git_transport_smart(out, remote, &definition);
}
