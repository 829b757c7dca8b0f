#include "base/fault.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int
fault_set(struct fault *f, enum fault_kind kind, const char *fmt, ...)
{
	va_list ap;

	f->kind = kind;
	va_start(ap, fmt);
	vsnprintf(f->text, sizeof(f->text), fmt, ap);
	va_end(ap);
	return -1;
}

int
fault_errno(struct fault *f, const char *fmt, ...)
{
	int error = errno;
	size_t len;
	va_list ap;

	f->kind = FAULT_IO;
	va_start(ap, fmt);
	vsnprintf(f->text, sizeof(f->text), fmt, ap);
	va_end(ap);
	len = strlen(f->text);
	snprintf(f->text + len, sizeof(f->text) - len, ": %s", strerror(error));
	return -1;
}

int
fault_prefix(struct fault *f, const char *fmt, ...)
{
	char old[sizeof(f->text)];
	size_t len;
	va_list ap;

	memcpy(old, f->text, sizeof(old));
	va_start(ap, fmt);
	vsnprintf(f->text, sizeof(f->text), fmt, ap);
	va_end(ap);
	len = strlen(f->text);
	snprintf(f->text + len, sizeof(f->text) - len, "%s", old);
	return -1;
}
