/*
 * tool.h - what every tool does the same way: options, messages, the exit
 *
 * A tool has one table of options. Help, the spelling suggestion and the shell
 * completion come from it; --help, --version and --verbose are in every tool.
 *
 *	tool_begin(&tool, argc, argv);
 *	while ((c = tool_option(&value)) != -1)
 *		switch (c) { ... }
 *	operands = tool_operands();
 *	...
 *	return tool_end(status);
 *
 * Messages are "tool: where: what" on standard error. Bytes that could drive a
 * terminal are shown as \xNN.
 */
#ifndef KPIPE_TOOL_H
#define KPIPE_TOOL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/fault.h"

enum {
	EXIT_DONE = 0,
	EXIT_INCOMPLETE = 1, /* ran to the end but left something out, told */
	EXIT_UNUSABLE = 2,   /* do not use the output */
	EXIT_AGAIN = 75,     /* as 2, but another try may help */
};

/*
 * One option. id is what tool_option returns: the letter when there is one,
 * else a number from 256 up. arg names the value in the help, NULL for none.
 */
struct tool_option {
	int id;
	const char *name; /* without the dashes; NULL ends the table */
	const char *arg;
	const char *help; /* one line, no full stop */
};

struct tool {
	const char *name;
	const char *summary;  /* the page's .Nd line */
	const char *synopsis; /* what follows the name; lines end in \n */
	const struct tool_option *option;
	bool runs; /* the operands are a command: its options are not ours */
};

/* Sets SIGPIPE back to its default; the tables and argv must stay. */
void tool_begin(const struct tool *, int argc, char *argv[]);

/*
 * The next option's id, -1 after the last. Ends the tool for --help and
 * --version (0) and for a wrong option (2).
 */
int tool_option(const char **value);

/* What stands behind the options, NULL-terminated. "-" is standard input. */
char **tool_operands(void);
/*
 * The operands, each a whole file: the end of a pipe looks the same whether its
 * writer finished or died, and what sends or replaces must not take a half for
 * the whole. Ends the tool when there is none, or one is no plain file.
 */
char **tool_files(void);
/*
 * The one file that the operands name, or standard input, open to be read; its
 * name for messages is in *name. Ends the tool when it cannot be opened.
 */
int tool_open_operand(const char **name);

/* --verbose was given. */
bool tool_verbose(void);

/* Say why the command line is wrong and where help is; exit 2. */
_Noreturn void tool_usage(const char *fmt, ...)
    __attribute__((format(printf, 1, 2)));

/* Print a fault and exit as its kind says: 75 for FAULT_AGAIN, else 2. */
_Noreturn void tool_die(const struct fault *);

/* Print a line and go on. */
void tool_warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* The same, but only with --verbose. */
void tool_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/*
 * One line that is overwritten in place, for long work: shown when standard
 * error is a terminal or with --verbose, at most ten times a second (each
 * second, as a line of its own, where it is no terminal). The next message or
 * tool_end clears it.
 */
void tool_progress(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/*
 * Flush and close standard output, and return status; a failed write is told
 * and makes it 2. For return from main.
 */
int tool_end(int status);

/*
 * Readers of option values; each ends the tool with usage when the text is not
 * a number of that range. option is the name as typed, for the message.
 */
long tool_number(const char *option, const char *value, long min, long max);
double tool_decimal(
    const char *option, const char *value, double min, double max);
/* An instant as RFC 3339 has it, or a date, which is its midnight in UTC. */
instant_us tool_instant(const char *option, const char *value);

/*
 * A copy of the value, or for @FILE what is in that file. Ends the tool when it
 * cannot be read or is larger than 16 MiB.
 */
char *tool_text(const char *value);
/*
 * What tool_text gives, through parse and into what it fills. Its fault ends
 * the tool with usage.
 */
void tool_parse(const char *option, const char *value,
    int (*parse)(void *into, struct text, struct fault *), void *into);

/* The clock, for what is not given. */
instant_us tool_now(void);
/* How long the tool runs. */
double tool_seconds(void);
/*
 * A variable of the environment, without blanks around it; NULL when unset or
 * nothing but blanks.
 */
const char *tool_env(const char *name);

#endif
