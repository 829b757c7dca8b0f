#include "slack/files.h"

#include <string.h>

#include "base/xalloc.h"

#define PATH_MAX_BYTES 4096
#define PAGE	       200
#define PAGES_MOST     100000

/* A file of which history tells little. */
static int
complete(
    struct client *slack, struct found *found, const char *id, struct fault *f)
{
	struct http_request request = { .method = "GET", .repeatable = true };
	struct http_answer a;
	struct buf path;
	int status;

	buf_init(&path, PATH_MAX_BYTES);
	buf_str(&path, "/api/files.info?file=");
	http_escape(&path, text_of(id));
	request.path = path.p;
	status = client_call(slack, &request, &a, f);
	if (status == 0)
		status = found_info(found, a.body, f);
	buf_free(&path);
	return status;
}

static void
put_param(struct buf *path, const char *name, instant_us at)
{
	buf_printf(path, "&%s=%lld.%06lld", name, (long long)(at / 1000000),
	    (long long)(at % 1000000));
}

static void
put_path(const struct files_conf *conf, const char *cursor, struct buf *path)
{
	buf_str(path, "/api/conversations.history?channel=");
	http_escape(path, conf->conversation);
	put_param(path, "oldest", conf->since);
	put_param(path, "latest", conf->until);
	buf_printf(path, "&inclusive=true&limit=%d", PAGE);
	if (cursor != NULL) {
		buf_str(path, "&cursor=");
		http_escape(path, text_of(cursor));
	}
}

static int
read_page(struct client *slack, const struct files_conf *conf,
    struct found *found, struct fault *f)
{
	struct http_request request = { .method = "GET", .repeatable = true };
	struct http_answer a;
	struct buf path, ids;
	const char *id;
	int status;

	buf_init(&path, PATH_MAX_BYTES);
	buf_init(&ids, SLACK_FILE_MAX);
	put_path(conf, found_cursor(found), &path);
	request.path = path.p;
	status = client_call(slack, &request, &a, f);
	if (status == 0)
		status = found_page(found, a.body, &ids, f);
	for (id = ids.p; status == 0 && id != NULL && id < ids.p + ids.len;
	     id += strlen(id) + 1)
		status = complete(slack, found, id, f);
	buf_free(&path);
	buf_free(&ids);
	return status;
}

static char *
copy_of(const char *s)
{
	return s == NULL ? NULL : xstrdup(s);
}

int
files_newest(struct client *slack, const struct files_conf *conf,
    struct slack_file *file, struct fault *f)
{
	struct found *found = found_new(conf->user, conf->match, conf->done);
	const struct slack_file *best;
	size_t pages = 0;
	int status;

	*file = (struct slack_file){ 0 };
	do {
		status = read_page(slack, conf, found, f);
	} while (
	    status == 0 && found_cursor(found) != NULL && ++pages < PAGES_MOST);
	if (status == 0 && found_cursor(found) != NULL)
		status = fault_set(f, FAULT_DATA, "the pages have no end");
	best = found_best(found);
	if (status == 0 && best != NULL) {
		*file = *best;
		file->id = copy_of(best->id);
		file->name = copy_of(best->name);
		file->url = copy_of(best->url);
		status = 1;
	}
	found_free(found);
	return status;
}
