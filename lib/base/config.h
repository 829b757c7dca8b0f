/*
 * config.h - a tool's file of settings
 *
 * For cmd/: a fault ends the tool, with its message and exit status.
 */
#ifndef KPIPE_CONFIG_H
#define KPIPE_CONFIG_H

#include "base/fault.h"
#include "base/text.h"

#define CONFIG_MAX ((size_t)1 << 20) /* bytes of the file */

/* All of the file goes to parse; what that refuses is told with its name. */
void config_read(const char *path,
    int (*parse)(void *settings, struct text file, struct fault *),
    void *settings);

#endif
