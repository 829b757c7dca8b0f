#include "hubspot/fetch.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "hubspot/fetch_impl.h"
#include "hubspot/object.h"

#define LINES_MAX   (512u << 20)
#define REQUEST_MAX (8u << 20)

struct fetch *
fetch_new(const struct fetch_conf *conf)
{
	struct fetch *x = xcalloc(1, sizeof(*x));

	x->conf = *conf;
	x->all = search_new();
	x->arena = arena_new();
	x->scratch = arena_new();
	x->ids_hash = 0xcbf29ce484222325u;
	buf_init(&x->path, REQUEST_MAX);
	buf_init(&x->body, REQUEST_MAX);
	buf_init(&x->lines, LINES_MAX);
	buf_init(&x->complaints, LINES_MAX);
	x->answer_shape = json_shape_new();
	json_want(x->answer_shape, "results");
	json_want(x->answer_shape, "total");
	x->name_shape = json_shape_new();
	json_want(x->name_shape, "name");
	return x;
}

static void
job_free(struct fetch_job *j)
{
	walk_free(j->walk);
	lookup_free(j->lookup);
	if (j->own_properties)
		properties_free(j->properties);
	buf_free(&j->lines);
	free(j->reason);
	free(j);
}

void
fetch_free(struct fetch *x)
{
	struct fetch_job *j, *next;
	struct fetch_choice *c, *next_choice;
	struct fetch_ticket *t;

	if (x == NULL)
		return;
	while ((t = x->ticket) != NULL) {
		x->ticket = t->next;
		free(t);
	}
	for (j = x->job; j != NULL; j = next) {
		next = j->next;
		job_free(j);
	}
	for (c = x->choice; c != NULL; c = next_choice) {
		next_choice = c->next;
		properties_free(c->names);
		free(c);
	}
	search_free(x->all);
	buf_free(&x->path);
	buf_free(&x->body);
	buf_free(&x->lines);
	buf_free(&x->complaints);
	json_shape_free(x->answer_shape);
	json_shape_free(x->name_shape);
	arena_free(x->arena);
	arena_free(x->scratch);
	free(x->unused_type);
	free(x);
}

static struct fetch_choice *
choice_of(const struct fetch *x, struct text object)
{
	struct fetch_choice *c;

	for (c = x->choice; c != NULL; c = c->next)
		if (text_equal(c->object, object))
			return c;
	return NULL;
}

int
fetch_properties(struct fetch *x, const char *list, struct fault *f)
{
	const char *colon = strchr(list, ':');
	struct text object = { NULL, 0 };
	struct fetch_choice *c;

	if (colon != NULL) {
		object = (struct text){ list, (size_t)(colon - list) };
		if (!object_valid(object))
			return fault_set(f, FAULT_USAGE,
			    "'%.*s' is no name of an object", TEXT_ARG(object));
		object = object_name(object);
		list = colon + 1;
	}
	c = choice_of(x, object);
	if (c == NULL) {
		c = xcalloc(1, sizeof(*c));
		if (object.p != NULL)
			c->object = arena_copy(x->arena, object);
		c->names = properties_new();
		c->next = x->choice;
		x->choice = c;
	}
	return properties_add_list(c->names, text_of(list), f);
}

void
fetch_complain(struct fetch *x, const char *what, struct text text)
{
	buf_str(&x->complaints, what);
	buf_str(&x->complaints, ": ");
	buf_text(&x->complaints, text);
	buf_char(&x->complaints, '\0');
}

const char *
fetch_complaint(struct fetch *x)
{
	const char *line;

	if (x->complaint_at == x->complaints.len) {
		x->complaint_at = 0;
		buf_clear(&x->complaints);
		return NULL;
	}
	line = x->complaints.p + x->complaint_at;
	x->complaint_at += strlen(line) + 1;
	return line;
}

void
fetch_job_fail(struct fetch *x, struct fetch_job *j, const char *why)
{
	x->incomplete = true;
	if (!j->failed)
		j->reason = xstrdup(why);
	j->failed = true;
	if (j->lookup != NULL)
		lookup_salvage(j->lookup, &x->lines);
}

void
fetch_job_lookup(struct fetch *x, struct fetch_job *j)
{
	struct lookup_conf l = { .version = &x->conf.version,
		.object = j->object,
		.to_object = j->to_object,
		.archived = j->archived,
		.sort = x->conf.sort && j->kind == READ,
		.properties = j->properties,
		.batch = x->conf.batch };

	j->lookup = lookup_new(&l);
}

void
fetch_job_start(struct fetch *x, struct fetch_job *j)
{
	struct walk_conf w = { .version = &x->conf.version,
		.object = j->object,
		.archived = j->archived,
		.base_len = x->conf.base_len,
		.properties = j->properties,
		.search = x->conf.search != NULL ? x->conf.search : x->all };

	if (j->kind == READ || j->kind == LINKS) {
		fetch_job_lookup(x, j);
		return;
	}
	if (j->kind == OWNERS)
		w.kind = WALK_OWNERS;
	else if (j->kind == SEARCH)
		w.kind = WALK_SEARCH;
	else if (j->kind != LIST)
		return;
	if (j->since != FETCH_ALWAYS)
		w.since = &j->bound;
	j->walk = walk_new(&w);
	if (walk_ids_only(j->walk))
		fetch_job_lookup(x, j);
}

static struct fetch_job *
job_add(struct fetch *x, enum fetch_kind kind, struct text object)
{
	struct fetch_job *j = xcalloc(1, sizeof(*j)), **end;
	struct fetch_choice *c;

	j->kind = kind;
	j->object = arena_copy(x->arena, object);
	j->shown = j->object.p;
	j->archived = x->conf.archived;
	j->since = FETCH_ALWAYS;
	j->estimate = -1;
	buf_init(&j->lines, LINES_MAX);
	c = choice_of(x, j->object);
	if (c == NULL)
		c = choice_of(x, (struct text){ NULL, 0 });
	if (c != NULL)
		j->properties = c->names;
	for (end = &x->job; *end != NULL; end = &(*end)->next)
		;
	*end = j;
	return j;
}

/* "pipelines/deals" is pipelines of deals; the part behind is cut off. */
static bool
cut_behind(struct text *t, const char *word)
{
	size_t len = strlen(word);

	if (t->len < len || memcmp(t->p + t->len - len, word, len) != 0)
		return false;
	t->len -= len;
	return true;
}

/* The kind of fetch that an operand names, and the object it is of. */
static int
read_operand(const struct fetch *x, const char *what, enum fetch_kind *kind,
    struct text *object, bool *archived, struct fault *f)
{
	struct text t = text_of(what);

	*archived = cut_behind(&t, "/archived");
	*kind = x->conf.search == NULL ? LIST : SEARCH;
	if (text_is(t, "owners")) {
		*kind = OWNERS;
	} else if (text_is(t, "pipelines")) {
		*kind = PIPELINES;
		t = text_of("deals");
	} else if (text_starts_nocase(t, "pipelines/")) {
		*kind = PIPELINES;
		t = (struct text){ t.p + 10, t.len - 10 };
	} else if (text_starts_nocase(t, "properties/")) {
		*kind = PROPERTIES;
		t = (struct text){ t.p + 11, t.len - 11 };
	}
	if (!object_valid(t))
		return fault_set(f, FAULT_USAGE,
		    "'%s' is nothing to fetch: give an object (contacts, "
		    "deals, 2-3456789), owners, pipelines/OBJECT or "
		    "properties/OBJECT",
		    what);
	*object = object_name(t);
	return 0;
}

/* Lists whose length is guessed, when there are several to rank. */
static void
want_probes(struct fetch *x)
{
	struct fetch_job *j;
	size_t nr = 0;

	for (j = x->job; j != NULL; j = j->next)
		nr += j->kind == LIST;
	for (j = x->job; j != NULL; j = j->next)
		j->probe = nr > 1 && j->kind == LIST && !j->archived;
}

int
fetch_add(struct fetch *x, const char *what, instant_us since, struct fault *f)
{
	enum fetch_kind kind;
	struct text object;
	bool archived;
	struct fetch_job *j;

	if (read_operand(x, what, &kind, &object, &archived, f) == -1)
		return -1;
	if (kind == LIST && since != FETCH_ALWAYS)
		kind = SEARCH;
	j = job_add(x, kind, object);
	j->archived = j->archived || archived;
	j->shown = arena_copy(x->arena, text_of(what)).p;
	if (kind == SEARCH && j->archived)
		return fault_set(f, FAULT_USAGE,
		    "%s: HubSpot does not search archived records: list them, "
		    "without a search or a time",
		    what);
	if (kind == SEARCH && since != FETCH_ALWAYS) {
		j->since = since;
		snprintf(
		    j->since_ms, sizeof(j->since_ms), "%" PRId64, since / 1000);
		j->bound = (struct search_bound){ object_modified(j->object),
			"GTE", text_of(j->since_ms) };
	}
	if (x->conf.all_properties && (kind == LIST || kind == SEARCH)) {
		j->properties = properties_new();
		j->own_properties = true;
		j->discovering = true;
	} else {
		fetch_job_start(x, j);
	}
	want_probes(x);
	return 0;
}

int
fetch_add_check(struct fetch *x, const char *what, struct fault *f)
{
	enum fetch_kind kind;
	struct text object;
	bool archived;
	struct fetch_job *j;

	if (x->job == NULL)
		(void)job_add(x, ACCOUNT, text_of("account"));
	if (read_operand(x, what, &kind, &object, &archived, f) == -1)
		return -1;
	j = job_add(x, CHECK, object);
	j->shown = arena_copy(x->arena, text_of(what)).p;
	return 0;
}

static int
check_object(const char *object, struct fault *f)
{
	if (object_valid(text_of(object)))
		return 0;
	return fault_set(
	    f, FAULT_USAGE, "'%s' is no name of an object", object);
}

int
fetch_add_read(struct fetch *x, const char *object, struct fault *f)
{
	struct fetch_job *j;

	if (check_object(object, f) == -1)
		return -1;
	x->reads = true;
	j = job_add(x, READ, object_name(text_of(object)));
	if (x->conf.all_properties) {
		j->properties = properties_new();
		j->own_properties = true;
		j->discovering = true;
	}
	fetch_job_start(x, j);
	return 0;
}

int
fetch_add_links(
    struct fetch *x, const char *object, const char *from, struct fault *f)
{
	if (check_object(object, f) == -1 ||
	    (from != NULL && check_object(from, f) == -1))
		return -1;
	if (x->link_nr == sizeof(x->link_to) / sizeof(x->link_to[0]))
		return fault_set(f, FAULT_USAGE, "too many links to fetch");
	x->links = true;
	x->link_to[x->link_nr++] =
	    arena_copy(x->arena, object_name(text_of(object)));
	if (from != NULL)
		x->link_from = arena_copy(x->arena, object_name(text_of(from)));
	return 0;
}

/* The job of links between two objects, made when it is new. */
static struct fetch_job *
links_between(struct fetch *x, struct text from, struct text to)
{
	struct fetch_job *j;
	char shown[256];

	for (j = x->job; j != NULL; j = j->next)
		if (j->kind == LINKS && text_equal(j->object, from) &&
		    text_equal(j->to_object, to))
			return j;
	j = job_add(x, LINKS, from);
	j->to_object = to;
	snprintf(
	    shown, sizeof(shown), "%.*s to %.*s", TEXT_ARG(from), TEXT_ARG(to));
	j->shown = arena_copy(x->arena, text_of(shown)).p;
	fetch_job_start(x, j);
	return j;
}

static void
put_id(struct fetch *x, struct fetch_job *j, struct text id)
{
	size_t i;

	/* FNV-1a */
	for (i = 0; i < id.len; i++)
		x->ids_hash =
		    (x->ids_hash ^ (unsigned char)id.p[i]) * 0x100000001b3u;
	x->ids_hash = (x->ids_hash ^ '\n') * 0x100000001b3u;
	x->used++;
	if (!j->failed)
		lookup_add(j->lookup, id);
}

static int
line_to_read(struct fetch *x, const struct ids_line *l, struct fault *f)
{
	bool link = text_is(l->type, "association");
	struct text type = link ? l->to_type : l->type;
	struct fetch_job *j;

	if (type.p == NULL && x->job->next != NULL)
		return fault_set(f, FAULT_USAGE,
		    "an id without a type can be read of one object only: "
		    "give --read once");
	for (j = x->job; j != NULL; j = j->next)
		if (type.p == NULL ||
		    text_equal(object_type(j->object), type) ||
		    text_equal(j->object, type))
			break;
	if (j != NULL)
		put_id(x, j, link ? l->to_id : l->id);
	return 0;
}

static int
line_to_link(struct fetch *x, const struct ids_line *l, struct fault *f)
{
	bool link = text_is(l->type, "association");
	struct text type = link ? l->to_type : l->type;
	struct text from;
	size_t i;

	if (type.p == NULL && x->link_from.p == NULL)
		return fault_set(f, FAULT_USAGE,
		    "an id without a type: say by --from of which object");
	from = type.p == NULL ? x->link_from : object_name(type);
	if (!object_valid(from) || object_is_other(from) ||
	    (x->link_from.p != NULL && !text_equal(from, x->link_from)))
		return 0;
	for (i = 0; i < x->link_nr; i++)
		put_id(x, links_between(x, from, x->link_to[i]),
		    link ? l->to_id : l->id);
	return 0;
}

int
fetch_line(struct fetch *x, const struct ids_line *l, struct fault *f)
{
	bool link = text_is(l->type, "association");
	uint64_t before = x->used;
	int status = 0;

	x->lines_in++;
	if ((link ? l->to_id : l->id).len > 0)
		status =
		    x->reads ? line_to_read(x, l, f) : line_to_link(x, l, f);
	if (status == 0 && x->used == before && x->unused_type == NULL)
		x->unused_type = l->type.p == NULL
				     ? xstrdup("without an id")
				     : xstrndup(l->type.p, l->type.len);
	return status;
}

void
fetch_pause(struct fetch *x)
{
	struct fetch_job *j;

	for (j = x->job; j != NULL; j = j->next)
		if (j->lookup != NULL && j->walk == NULL)
			lookup_flush(j->lookup);
}

int
fetch_end(struct fetch *x, struct fault *f)
{
	struct fetch_job *j;

	x->ended = true;
	for (j = x->job; j != NULL; j = j->next)
		if (j->lookup != NULL && j->walk == NULL) {
			lookup_end(j->lookup);
			fetch_job_collect(x, j);
		}
	if (x->lines_in > 0 && x->used == 0)
		return fault_set(f, FAULT_DATA,
		    "none of %" PRIu64 " lines has an id that can be used "
		    "here (the first is '%s'): give records of the object, "
		    "links to it, or bare ids",
		    x->lines_in, x->unused_type);
	return 0;
}

bool
fetch_hungry(const struct fetch *x)
{
	const struct fetch_job *j;

	if (x->ended || (!x->reads && !x->links))
		return false;
	for (j = x->job; j != NULL; j = j->next)
		if (!j->failed && j->lookup != NULL && !lookup_room(j->lookup))
			return false;
	return true;
}

bool
fetch_begun(const struct fetch *x)
{
	const struct fetch_job *j;

	for (j = x->job; j != NULL; j = j->next)
		if (!j->failed && j->lookup != NULL && j->walk == NULL &&
		    lookup_begun(j->lookup))
			return true;
	return false;
}

struct buf *
fetch_lines(struct fetch *x)
{
	return &x->lines;
}

bool
fetch_done(const struct fetch *x)
{
	const struct fetch_job *j;

	if ((x->reads || x->links) && !x->ended)
		return false;
	for (j = x->job; j != NULL; j = j->next)
		if (!j->over && !j->failed)
			return false;
	return true;
}

bool
fetch_complete(const struct fetch *x)
{
	return !x->incomplete;
}

void
fetch_stop(struct fetch *x, const char *reason)
{
	struct fetch_job *j;

	for (j = x->job; j != NULL; j = j->next)
		if (!j->over)
			fetch_job_fail(x, j, reason);
}

static const struct fetch_job *
nth(const struct fetch *x, size_t i)
{
	const struct fetch_job *j;

	for (j = x->job; j != NULL && i > 0; j = j->next)
		i--;
	return j;
}

const char *
fetch_object(const struct fetch *x, size_t i)
{
	const struct fetch_job *j = nth(x, i);

	return j == NULL ? NULL : j->object.p;
}

instant_us
fetch_changed_at(const struct fetch *x, size_t i)
{
	const struct fetch_job *j = nth(x, i);

	if ((j->kind != LIST && j->kind != SEARCH) || j->archived ||
	    j->walk == NULL)
		return FETCH_ALWAYS;
	return walk_counts(j->walk)->changed_at;
}
