#include "base/config.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/tool.h"

void
config_read(const char *path,
    int (*parse)(void *settings, struct text file, struct fault *),
    void *settings)
{
	struct fault f = { 0 };
	struct buf file;

	buf_init(&file, CONFIG_MAX);
	if (file_read_all(path, CONFIG_MAX, &file, &f) == -1)
		tool_die(&f);
	if (parse(settings, buf_view(&file), &f) == -1) {
		fault_prefix(&f, "%s: ", path);
		tool_die(&f);
	}
	buf_free(&file);
}
