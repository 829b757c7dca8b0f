/*
 * chatters_page - any records through the page of the chatters: what is written
 * is whole, nothing in it ends the data or starts a script, and the data is JSON
 */
#include "lines.h"

#include "page/chatters.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
step_page(void *page, const struct record *rec)
{
	struct fault f;

	(void)chatters_page_add(page, rec, &f);
}

static size_t
count_of(const char *page, const char *what)
{
	size_t nr = 0;

	while ((page = strstr(page, what)) != NULL) {
		page += strlen(what);
		nr++;
	}
	return nr;
}

static void
check_page(const struct buf *page)
{
	static const char start[] = "id=\"data\">", end[] = "</html>\n";
	const char *from, *to;
	struct buf data;

	if (page->over || strlen(page->p) != page->len ||
	    page->len < sizeof(end) ||
	    strcmp(page->p + page->len - sizeof(end) + 1, end) != 0 ||
	    count_of(page->p, "<script") != 2 ||
	    count_of(page->p, "</script") != 2)
		abort();
	from = strstr(page->p, start) + sizeof(start) - 1;
	to = strstr(from, "</script>");
	buf_init(&data, page->len);
	buf_add(&data, from, (size_t)(to - from));
	check_line(&data);
	buf_free(&data);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct chatters_page_settings set = { .generated_at =
						  INT64_C(1770795660000000) };
	struct chatters_settings chatters;
	struct chatters_page_counts nr;
	struct chatters_page *page;
	struct reader r;
	struct buf out;
	struct fault f;

	chatters_settings_init(&chatters);
	set.chatters = &chatters;
	reader_init(&r);
	page = chatters_page_new(&set, r.shape);
	each_line(data, size, &r, step_page, page);
	if (chatters_page_check(page, &nr, &f) == 0) {
		buf_init(&out, WRITTEN_MAX);
		chatters_page_write(page, &out);
		check_page(&out);
		buf_free(&out);
	}
	chatters_page_free(page);
	reader_free(&r);
	chatters_settings_free(&chatters);
	return 0;
}
