/*
 * measure - run commands in turns, and tell how long each takes
 *
 * measure ROUNDS [PROCESSOR] reads lines "name<TAB>command" and runs every
 * command once a round, one after the other, so that what else the machine does
 * falls on all alike. For each: the median and least wall time, the median of
 * processor time, the largest peak of memory, and the ratio of the medians to
 * the first line's. A command that fails is told and left out. Standard output
 * of the commands goes to /dev/null.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define COMMANDS 64
#define ROUNDS	 2000

struct command {
	char *name;
	char *text;
	double wall[ROUNDS];
	double cpu[ROUNDS];
	long peak_kb;
	int failed;
};

static struct command command[COMMANDS];

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double
of_timeval(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec * 1e-6;
}

/* A command without shell syntax is started without a shell. */
static void
run_child(const char *text)
{
	char *copy = strdup(text), *word[64], *save = NULL;
	size_t nr = 0;
	int null = open("/dev/null", O_WRONLY);

	dup2(null, STDOUT_FILENO);
	if (strpbrk(text, "|<>;&'\"$()") != NULL)
		execl("/bin/sh", "sh", "-c", text, (char *)NULL);
	for (word[nr] = strtok_r(copy, " ", &save);
	     word[nr] != NULL && nr < 63;)
		word[++nr] = strtok_r(NULL, " ", &save);
	word[nr] = NULL;
	execvp(word[0], word);
	_exit(127);
}

static void
run(struct command *c, int round)
{
	struct rusage usage;
	double start = seconds();
	int status;
	pid_t pid = vfork();

	if (pid == -1)
		err(2, "vfork");
	if (pid == 0)
		run_child(c->text);
	while (wait4(pid, &status, 0, &usage) == -1)
		if (errno != EINTR)
			err(2, "wait4");
	c->wall[round] = seconds() - start;
	c->cpu[round] = of_timeval(usage.ru_utime) + of_timeval(usage.ru_stime);
	if (usage.ru_maxrss > c->peak_kb)
		c->peak_kb = usage.ru_maxrss;
	if (status != 0)
		c->failed = 1;
}

static int
ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

int
main(int argc, char *argv[])
{
	char *line = NULL, *tab;
	size_t cap = 0, nr = 0, i;
	double first = 0, median;
	cpu_set_t set;
	ssize_t len;
	int rounds = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 5, round;

	if (rounds < 1 || rounds > ROUNDS)
		errx(2, "1 to %d rounds", ROUNDS);
	if (argc > 2) {
		CPU_ZERO(&set);
		CPU_SET((int)strtol(argv[2], NULL, 10), &set);
		if (sched_setaffinity(0, sizeof(set), &set) == -1)
			warn("cannot stay on processor %s", argv[2]);
	}
	while (nr < COMMANDS && (len = getline(&line, &cap, stdin)) != -1) {
		if (len > 0 && line[len - 1] == '\n')
			line[len - 1] = '\0';
		if ((tab = strchr(line, '\t')) == NULL)
			continue;
		*tab = '\0';
		command[nr].name = strdup(line);
		command[nr].text = strdup(tab + 1);
		run(&command[nr], 0); /* warm */
		command[nr].peak_kb = 0;
		nr++;
	}
	for (round = 0; round < rounds; round++)
		for (i = 0; i < nr; i++)
			if (!command[i].failed)
				run(&command[i], round);
	printf("%-44s %9s %9s %9s %9s %8s\n", "", "median ms", "least ms",
	    "cpu ms", "peak MB", "ratio");
	for (i = 0; i < nr; i++) {
		if (command[i].failed) {
			printf("%-44s failed\n", command[i].name);
			continue;
		}
		qsort(
		    command[i].wall, (size_t)rounds, sizeof(double), ascending);
		qsort(
		    command[i].cpu, (size_t)rounds, sizeof(double), ascending);
		median = command[i].wall[rounds / 2];
		if (first == 0)
			first = median;
		printf("%-44s %9.2f %9.2f %9.2f %9.1f %8.2f\n", command[i].name,
		    median * 1e3, command[i].wall[0] * 1e3,
		    command[i].cpu[rounds / 2] * 1e3,
		    (double)command[i].peak_kb / 1024, median / first);
	}
	free(line);
	return 0;
}
