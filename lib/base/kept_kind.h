/*
 * kept_kind.h - what a kind of store has to do for kept.h
 */
#ifndef KPIPE_KEPT_KIND_H
#define KPIPE_KEPT_KIND_H

#include "base/buf.h"
#include "base/kept.h"

#define KEPT_SQL_MAX ((size_t)1 << 20)

/*
 * The condition of a range in the SQL of both kinds, " WHERE ...", and the
 * values of its parameters $1 ... in order. Only how many keys there are shapes
 * it.
 */
struct kept_where {
	struct buf sql;
	const char **param;
	size_t nr;
	char since[DAY_TEXT], until[DAY_TEXT];
};

void kept_where_init(struct kept_where *, const struct kept_range *);
void kept_where_free(struct kept_where *);

/* Each does what the function of kept.h of its name does. */
struct kept_kind {
	void *(*open)(const struct kept_conf *, struct fault *);
	void (*close)(void *);
	const char *(*name)(const void *);
	int (*put_begin)(void *, enum kept_mode, struct fault *);
	int (*put)(void *, const struct kept_row *, struct fault *);
	int (*put_end)(void *, struct kept_counts *, struct fault *);
	int (*delete)(
	    void *, const struct kept_where *, uint64_t *nr, struct fault *);
	int (*select)(void *, const struct kept_where *, struct fault *);
	int (*next)(void *, struct text *line, struct fault *);
	int (*days)(void *, const struct kept_where *, struct fault *);
	int (*next_day)(void *, struct kept_day *, struct fault *);
};

extern const struct kept_kind kept_sqlite, kept_pg;

#endif
