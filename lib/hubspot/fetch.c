#include "hubspot/fetch.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/xalloc.h"
#include "hubspot/answer.h"
#include "hubspot/convert.h"
#include "hubspot/judge.h"
#include "hubspot/lookup.h"
#include "hubspot/names.h"
#include "hubspot/object.h"
#include "hubspot/walk.h"

#define LINES_MAX   (512u << 20)
#define REQUEST_MAX (8u << 20)
#define SHOWN_IDS   200 /* bytes of missing ids in a complaint */

/* Lower goes first; 0 has a share of the window of its own. */
#define RANK_LONGEST 0
#define RANK_CHAIN   1
#define RANK_BATCH   2

enum kind {
	LIST,
	SEARCH,
	OWNERS,
	PIPELINES,
	PROPERTIES,
	READ,
	LINKS,
	CHECK,
	ACCOUNT,
};

static const char *const kind_name[] = { "list", "search", "owners",
	"pipelines", "properties", "read", "links", "check", "account" };

/* What an answer is to. */
enum purpose {
	DISCOVER, /* which properties there are */
	PROBE,	  /* how many records there are, roughly */
	PAGE,
	BATCH,
	ONCE, /* all of it */
};

struct job {
	struct job *next;
	enum kind kind;
	struct text object; /* NUL-terminated */
	struct text to_object;
	const char *shown; /* what people call it */
	bool archived;
	instant_us since;
	char since_ms[32];
	struct search_bound bound;
	struct names *properties;
	bool own_properties; /* to free */
	struct walk *walk;
	struct lookup *lookup;

	bool discovering; /* all else waits for that */
	bool probe;	  /* is still to be sent */
	bool asked;	  /* DISCOVER, PAGE or ONCE is under way */
	bool over;
	bool failed;
	char *reason;
	int64_t estimate;	    /* -1: nobody said */
	uint64_t received, written; /* of ONCE */
	uint64_t requests, retries;
	struct buf lines; /* of CHECK, which come in order */
};

struct ticket {
	struct job *job;
	enum purpose purpose;
	struct lookup_batch *batch;
};

/* The properties chosen for one object, or for all (object no text). */
struct choice {
	struct choice *next;
	struct text object;
	struct names *names;
};

struct fetch {
	struct fetch_conf conf;
	struct job *job;
	struct choice *choice;
	struct arena *arena;
	struct buf path, body, lines;
	struct buf complaints; /* lines, each ended by NUL */
	size_t complaint_at;
	bool reads, links; /* ids come in */
	struct text link_to[16];
	size_t link_nr;
	struct text link_from; /* no text: from what each is */
	bool ended;	       /* no more ids come */
	uint64_t lines_in, used;
	uint64_t ids_hash; /* of what came in, in its order */
	char *unused_type; /* of the first line that could not be used */
	bool incomplete;
	struct json_shape *answer_shape;
	struct arena *scratch;
};

struct fetch *
fetch_new(const struct fetch_conf *conf)
{
	struct fetch *x = xcalloc(1, sizeof(*x));

	x->conf = *conf;
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
	return x;
}

static void
job_free(struct job *j)
{
	walk_free(j->walk);
	lookup_free(j->lookup);
	if (j->own_properties)
		names_free(j->properties);
	buf_free(&j->lines);
	free(j->reason);
	free(j);
}

void
fetch_free(struct fetch *x)
{
	struct job *j, *next;
	struct choice *c, *next_choice;

	if (x == NULL)
		return;
	for (j = x->job; j != NULL; j = next) {
		next = j->next;
		job_free(j);
	}
	for (c = x->choice; c != NULL; c = next_choice) {
		next_choice = c->next;
		names_free(c->names);
		free(c);
	}
	buf_free(&x->path);
	buf_free(&x->body);
	buf_free(&x->lines);
	buf_free(&x->complaints);
	json_shape_free(x->answer_shape);
	arena_free(x->arena);
	arena_free(x->scratch);
	free(x->unused_type);
	free(x);
}

static struct choice *
choice_of(const struct fetch *x, struct text object)
{
	struct choice *c;

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
	struct choice *c;

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
		c->names = names_new();
		c->next = x->choice;
		x->choice = c;
	}
	return names_add_list(c->names, text_of(list), f);
}

/* A line for the user: "what: text". */
static void
complain(struct fetch *x, const char *what, struct text text)
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

static void
job_fail(struct fetch *x, struct job *j, const char *why)
{
	x->incomplete = true;
	if (!j->failed)
		j->reason = xstrdup(why);
	j->failed = true;
}

static void
start_lookup(struct fetch *x, struct job *j)
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

/* The walk or the lookup of a job, once its properties are known. */
static void
job_start(struct fetch *x, struct job *j)
{
	struct walk_conf w = { .version = &x->conf.version,
		.object = j->object,
		.archived = j->archived,
		.base_len = x->conf.base_len,
		.properties = j->properties,
		.search = x->conf.search };

	if (j->kind == READ || j->kind == LINKS) {
		start_lookup(x, j);
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
		start_lookup(x, j);
}

static struct job *
job_add(struct fetch *x, enum kind kind, struct text object)
{
	struct job *j = xcalloc(1, sizeof(*j)), **end;
	struct choice *c;

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
read_operand(const struct fetch *x, const char *what, enum kind *kind,
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
	struct job *j;
	size_t nr = 0;

	for (j = x->job; j != NULL; j = j->next)
		nr += j->kind == LIST;
	for (j = x->job; j != NULL; j = j->next)
		j->probe = nr > 1 && j->kind == LIST && !j->archived;
}

int
fetch_add(struct fetch *x, const char *what, instant_us since, struct fault *f)
{
	enum kind kind;
	struct text object;
	bool archived;
	struct job *j;

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
		j->properties = names_new();
		j->own_properties = true;
		j->discovering = true;
	} else {
		job_start(x, j);
	}
	want_probes(x);
	return 0;
}

int
fetch_add_check(struct fetch *x, const char *what, struct fault *f)
{
	enum kind kind;
	struct text object;
	bool archived;
	struct job *j;

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
	struct job *j;

	if (check_object(object, f) == -1)
		return -1;
	x->reads = true;
	j = job_add(x, READ, object_name(text_of(object)));
	if (x->conf.all_properties) {
		j->properties = names_new();
		j->own_properties = true;
		j->discovering = true;
	}
	job_start(x, j);
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
static struct job *
links_between(struct fetch *x, struct text from, struct text to)
{
	struct job *j;
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
	job_start(x, j);
	return j;
}

static void
put_id(struct fetch *x, struct job *j, struct text id)
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
	struct job *j;

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
	struct job *j;

	for (j = x->job; j != NULL; j = j->next)
		if (j->lookup != NULL && j->walk == NULL)
			lookup_flush(j->lookup);
}

bool
fetch_hungry(const struct fetch *x)
{
	const struct job *j;

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
	const struct job *j;

	for (j = x->job; j != NULL; j = j->next)
		if (!j->failed && j->lookup != NULL && j->walk == NULL &&
		    lookup_begun(j->lookup))
			return true;
	return false;
}

/* Pages that a chain has still to go; -1 when nobody said. */
static int64_t
pages_left(const struct job *j)
{
	const struct walk_counts *c;
	int64_t total, left;

	if (j->walk == NULL || walk_done(j->walk) || j->over)
		return -1;
	c = walk_counts(j->walk);
	total = c->total >= 0 ? c->total : j->estimate;
	if (total < 0)
		return -1;
	left = total - (int64_t)c->received;
	return left < 0 ? 0 : left / (j->kind == SEARCH ? 200 : 100);
}

static int
rank_of(const struct fetch *x, const struct job *asking)
{
	const struct job *j, *longest = NULL;
	int64_t left, most = 0;

	for (j = x->job; j != NULL; j = j->next)
		if ((left = pages_left(j)) > most) {
			most = left;
			longest = j;
		}
	return asking == longest ? RANK_LONGEST : RANK_CHAIN;
}

static void
put_probe(struct fetch *x, const struct job *j)
{
	path_add(&x->path, &x->conf.version, PATH_SEARCH, j->object, j->object);
	json_open(&x->body);
	json_key(&x->body, "filterGroups");
	json_open_array(&x->body);
	json_close_array(&x->body);
	json_key(&x->body, "limit");
	json_put_int(&x->body, 1);
	json_close(&x->body);
}

/* The one request of a job that has but one. */
static void
put_once(struct fetch *x, const struct job *j)
{
	enum path_to to = PATH_LIST;

	if (j->kind == ACCOUNT)
		to = PATH_ACCOUNT;
	else if (j->kind == PIPELINES || strncmp(j->shown, "pipelines", 9) == 0)
		to = PATH_PIPELINES;
	else if (j->kind == PROPERTIES ||
		 strncmp(j->shown, "properties/", 11) == 0)
		to = PATH_PROPERTIES;
	else if (text_is(j->object, "owners"))
		to = PATH_OWNERS;
	path_add(&x->path, &x->conf.version, to, j->object, j->object);
	if (to == PATH_LIST || to == PATH_OWNERS)
		buf_str(&x->path, "?limit=1");
	else if (j->archived && to == PATH_PROPERTIES)
		buf_str(&x->path, "?archived=true");
}

/* What the job asks next, and that it was asked: 1, 0 for nothing, -1. */
static int
job_next(struct fetch *x, struct job *j, struct ticket *t, struct fault *f)
{
	*t = (struct ticket){ .job = j };
	if (j->over || j->failed)
		return 0;
	if (j->discovering) {
		t->purpose = DISCOVER;
		if (j->asked)
			return 0;
		j->asked = true;
		path_add(&x->path, &x->conf.version, PATH_PROPERTIES, j->object,
		    j->object);
		return true;
	}
	if (j->walk != NULL && !walk_done(j->walk) && !j->asked &&
	    (j->lookup == NULL || lookup_room(j->lookup))) {
		t->purpose = PAGE;
		j->asked = true;
		return walk_ask(j->walk, &x->path, &x->body, f) == -1 ? -1 : 1;
	}
	if (j->probe) {
		t->purpose = PROBE;
		j->probe = false;
		put_probe(x, j);
		return 1;
	}
	if (j->lookup != NULL) {
		t->purpose = BATCH;
		t->batch = lookup_next(j->lookup);
		if (t->batch == NULL)
			return 0;
		lookup_ask(j->lookup, t->batch, &x->path, &x->body);
		return 1;
	}
	if (j->walk == NULL && !j->asked) {
		t->purpose = ONCE;
		j->asked = true;
		put_once(x, j);
		return 1;
	}
	return 0;
}

int
fetch_next(struct fetch *x, struct http_request *r, struct fault *f)
{
	struct ticket t = { 0 }, *kept;
	struct job *j;
	int more = 0;

	buf_clear(&x->path);
	buf_clear(&x->body);
	for (j = x->job; j != NULL; j = j->next)
		if ((more = job_next(x, j, &t, f)) != 0)
			break;
	if (more == -1)
		return fault_prefix(f, "%s: ", j->shown);
	if (more == 0)
		return 0;
	if (buf_check(&x->path, "a request", f) == -1 ||
	    buf_check(&x->body, "a request", f) == -1)
		return -1;
	kept = xcalloc(1, sizeof(*kept));
	*kept = t;
	*r = (struct http_request){ .method = "GET",
		.path = x->path.p,
		.repeatable = true,
		.windows = FETCH_WINDOW_ALL,
		.rank = RANK_CHAIN,
		.user = kept };
	if (x->body.len > 0) {
		r->method = "POST";
		r->body = buf_view(&x->body);
	}
	if (t.purpose == PROBE || (t.purpose == PAGE && j->kind == SEARCH))
		r->windows |= FETCH_WINDOW_SEARCH;
	if (t.purpose == PAGE)
		r->rank = rank_of(x, j);
	else if (t.purpose == BATCH)
		r->rank = RANK_BATCH;
	return 1;
}

/* The results array of an answer that is not paged. */
static int
scan_results(struct fetch *x, struct text body, struct json_value *results,
    struct fault *f)
{
	struct json_value field[2];

	if (answer_scan(x->answer_shape, body, field, f) == -1)
		return -1;
	*results = field[0];
	if (results->kind != VALUE_ARRAY)
		return fault_set(
		    f, FAULT_DATA, "the answer holds no array 'results'");
	return 0;
}

static int
take_discovered(
    struct fetch *x, struct job *j, struct text body, struct fault *f)
{
	struct json_value results, property, key, name;
	const char *at = NULL, *at_member;

	if (scan_results(x, body, &results, f) == -1)
		return -1;
	while (json_next(results, &at, NULL, &property)) {
		at_member = NULL;
		while (json_next(property, &at_member, &key, &name))
			if (name.kind == VALUE_STRING &&
			    text_is(json_text(key, x->scratch), "name"))
				names_add(
				    j->properties, json_text(name, x->scratch));
	}
	if (names_nr(j->properties) == 0)
		return fault_set(
		    f, FAULT_DATA, "HubSpot names no property of it");
	j->discovering = false;
	j->asked = false;
	if (j->lookup == NULL)
		job_start(x, j);
	return 0;
}

static void
take_probe(struct fetch *x, struct job *j, struct text body)
{
	struct json_value field[2];
	struct fault ignored = { 0 };

	if (json_scan_document(
		x->answer_shape, body.p, body.len, field, &ignored) == 0)
		(void)json_int64(field[1], &j->estimate);
}

static int
take_page(struct fetch *x, struct job *j, struct text body, struct fault *f)
{
	const struct walk_item *item;
	struct text type = object_type(j->object);
	size_t i;

	j->asked = false;
	if (walk_take(j->walk, body, f) == -1)
		return -1;
	if (j->kind == OWNERS)
		type = text_of("owner");
	for (i = 0; i < walk_nr(j->walk); i++) {
		item = walk_item(j->walk, i);
		if (j->lookup != NULL)
			lookup_add(j->lookup, item->id);
		else
			convert_object(
			    &x->lines, type, item->object, x->scratch);
	}
	if (j->lookup == NULL)
		j->written += walk_nr(j->walk);
	else if (walk_done(j->walk))
		lookup_end(j->lookup);
	else
		lookup_flush(j->lookup);
	return 0;
}

static void
put_access(struct fetch *x, struct job *j, const struct http_answer *a)
{
	struct text scope[HUBSPOT_SCOPES];
	struct buf *b = &j->lines;
	bool denied = a->why.kind != FAULT_NONE;
	size_t i, nr = 0;

	if (denied)
		nr = hubspot_scopes(a->body, x->scratch, scope, HUBSPOT_SCOPES);
	json_open(b);
	json_key(b, "type");
	json_put_str(b, "access");
	json_key(b, "object");
	json_put_str(b, j->shown);
	json_key(b, "readable");
	json_put_bool(b, !denied);
	json_key(b, "status");
	json_put_int(b, a->status);
	json_key(b, "missing_scopes");
	json_open_array(b);
	for (i = 0; i < nr; i++)
		json_put_text(b, scope[i]);
	json_close_array(b);
	json_key(b, "reason");
	json_put_str(b, denied ? a->why.text : NULL);
	json_close(b);
	buf_char(b, '\n');
}

static int
take_account(struct fetch *x, struct job *j, struct text body, struct fault *f)
{
	struct json_value account = { .kind = VALUE_OBJECT };
	struct json_value field[2];

	if (answer_scan(x->answer_shape, body, field, f) == -1)
		return -1;
	body = text_trim(body);
	account.p = body.p;
	account.len = (uint32_t)body.len;
	convert_object(&j->lines, j->object, account, x->scratch);
	return 0;
}

static int
take_once(struct fetch *x, struct job *j, const struct http_answer *a,
    struct fault *f)
{
	struct json_value results, value;
	const char *at = NULL;

	j->over = true;
	if (j->kind == ACCOUNT)
		return take_account(x, j, a->body, f);
	if (j->kind == CHECK) {
		put_access(x, j, a);
		return 0;
	}
	if (scan_results(x, a->body, &results, f) == -1)
		return -1;
	while (json_next(results, &at, NULL, &value)) {
		if (value.kind != VALUE_OBJECT)
			return fault_set(f, FAULT_DATA,
			    "the answer has a result that is no object");
		j->received++;
		if (j->kind == PIPELINES) {
			j->written += convert_pipeline(
			    &x->lines, j->object, value, x->scratch);
		} else {
			convert_property(
			    &x->lines, j->object, value, x->scratch);
			j->written++;
		}
	}
	return 0;
}

/* The answer is a refusal: whether the rest can go on, and how. */
static int
take_refusal(struct fetch *x, const struct ticket *t,
    const struct http_answer *a, struct fault *f)
{
	struct job *j = t->job;
	struct fault why = a->why;

	if (t->purpose == PROBE)
		return 0;
	/* 401, the daily limit, no network: no other request will do either */
	if (a->status < 400 || a->status >= 500 || a->status == 401 ||
	    why.kind != FAULT_DENIED) {
		*f = why;
		return -1;
	}
	if (j->kind == ACCOUNT) {
		j->over = true;
		return 0;
	}
	if (t->purpose == PAGE && a->status == 414 && !walk_ids_only(j->walk) &&
	    j->kind == LIST) {
		walk_set_ids_only(j->walk);
		start_lookup(x, j);
		j->asked = false;
		return 0;
	}
	if (t->purpose == BATCH && a->status == 400 &&
	    lookup_refused(j->lookup, t->batch, &a->why, &why) == 0)
		return 0;
	if (j->kind == CHECK) {
		j->over = true;
		put_access(x, j, a);
	}
	complain(x, j->shown, text_of(why.text));
	job_fail(x, j, why.text);
	return 0;
}

static int
take_answer(struct fetch *x, const struct ticket *t,
    const struct http_answer *a, struct fault *f)
{
	struct job *j = t->job;

	if (a->why.kind != FAULT_NONE)
		return take_refusal(x, t, a, f);
	switch (t->purpose) {
	case DISCOVER:
		return take_discovered(x, j, a->body, f);
	case PROBE:
		take_probe(x, j, a->body);
		return 0;
	case PAGE:
		return take_page(x, j, a->body, f);
	case BATCH:
		return lookup_take(j->lookup, t->batch, a->body, f);
	case ONCE:
		return take_once(x, j, a, f);
	}
	return 0;
}

/* The ids that are missing, cut where they would fill the screen. */
static void
complain_missing(struct fetch *x, const struct job *j)
{
	const struct lookup_counts *c = lookup_counts(j->lookup);
	struct text ids = lookup_missing(j->lookup);
	struct buf b;

	buf_init(&b, 1 << 16);
	buf_printf(&b,
	    "%" PRIu64 " of %" PRIu64 " ids are not there (deleted, or never "
	    "were): ",
	    c->missing, c->asked);
	if (ids.len > SHOWN_IDS) {
		for (ids.len = SHOWN_IDS; ids.p[ids.len] != ','; ids.len--)
			;
		buf_text(&b, ids);
		buf_str(&b, ",...");
	} else {
		buf_text(&b, ids);
	}
	complain(x, j->shown, buf_view(&b));
	buf_free(&b);
}

/* Each line of what a lookup gave up. */
static void
complain_gaps(struct fetch *x, const struct job *j)
{
	struct text all = lookup_gaps(j->lookup), line;

	while (all.len > 0) {
		line = all;
		line.len = (size_t)((const char *)memchr(all.p, '\n', all.len) -
				    all.p);
		complain(x, j->shown, line);
		all.p += line.len + 1;
		all.len -= line.len + 1;
	}
}

/* What is told of a job when it has ended. */
static void
job_end(struct fetch *x, struct job *j)
{
	const struct walk_counts *w;
	char text[200];

	j->over = true;
	if (j->walk != NULL && walk_short(j->walk)) {
		w = walk_counts(j->walk);
		snprintf(text, sizeof(text),
		    "the search has %" PRId64 " records, but %" PRIu64 " came",
		    w->total, w->received);
		complain(x, j->shown, text_of(text));
		job_fail(x, j, text);
	}
	if (j->lookup == NULL)
		return;
	if (lookup_counts(j->lookup)->lost > 0) {
		complain_gaps(x, j);
		job_fail(x, j, "ids were refused");
	}
	if (lookup_counts(j->lookup)->missing > 0) {
		complain_missing(x, j);
		if (x->conf.strict)
			job_fail(x, j, "ids are missing");
	}
}

static void
job_collect(struct fetch *x, struct job *j)
{
	if (j->lookup != NULL)
		lookup_collect(j->lookup, &x->lines);
	if (j->over || j->failed)
		return;
	if (j->lookup != NULL ? lookup_done(j->lookup)
			      : j->walk != NULL && walk_done(j->walk))
		job_end(x, j);
}

int
fetch_end(struct fetch *x, struct fault *f)
{
	struct job *j;

	x->ended = true;
	for (j = x->job; j != NULL; j = j->next)
		if (j->lookup != NULL && j->walk == NULL) {
			lookup_end(j->lookup);
			job_collect(x, j);
		}
	if (x->lines_in > 0 && x->used == 0)
		return fault_set(f, FAULT_DATA,
		    "none of %" PRIu64 " lines has an id that can be used "
		    "here (the first is '%s'): give records of the object, "
		    "links to it, or bare ids",
		    x->lines_in, x->unused_type);
	return 0;
}

int
fetch_answer(struct fetch *x, const struct http_answer *a, struct fault *f)
{
	struct ticket *kept = a->user, t = *kept;
	struct job *j = t.job;
	int status = 0;

	free(kept);
	arena_clear(x->scratch);
	j->requests += a->tries;
	j->retries += a->tries > 0 ? a->tries - 1 : 0;
	if (!j->failed)
		status = take_answer(x, &t, a, f);
	if (status == -1)
		return fault_prefix(f, "%s: ", j->shown);
	job_collect(x, j);
	/* what is checked comes in the order it was named */
	for (j = x->job; j != NULL && (j->over || j->failed); j = j->next) {
		buf_text(&x->lines, buf_view(&j->lines));
		buf_clear(&j->lines);
	}
	return buf_check(&x->lines, "the output", f);
}

struct buf *
fetch_lines(struct fetch *x)
{
	return &x->lines;
}

bool
fetch_done(const struct fetch *x)
{
	const struct job *j;

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
	struct job *j;

	for (j = x->job; j != NULL; j = j->next)
		if (!j->over)
			job_fail(x, j, reason);
}

/* Records received, written and expected (-1: nobody says). */
struct sums {
	uint64_t received, written, duplicates, missing, lost, empty;
	int64_t total;
};

static struct sums
sum(const struct job *j)
{
	struct sums s = {
		.received = j->received, .written = j->written, .total = -1
	};
	const struct walk_counts *w;
	const struct lookup_counts *l;

	if (j->walk != NULL) {
		w = walk_counts(j->walk);
		s.received = w->received;
		s.duplicates = w->duplicates;
		s.total = w->total;
	}
	if (j->lookup != NULL) {
		l = lookup_counts(j->lookup);
		if (j->walk == NULL)
			s.received = l->received;
		s.written = l->written;
		s.duplicates += l->duplicates;
		s.missing = l->missing;
		s.lost = l->lost;
		s.empty = l->empty;
	}
	return s;
}

void
fetch_progress(const struct fetch *x, struct buf *b)
{
	const struct job *j;
	struct sums s;
	int64_t total;

	for (j = x->job; j != NULL; j = j->next) {
		s = sum(j);
		total = s.total >= 0 ? s.total : j->estimate;
		if (j != x->job)
			buf_str(b, ", ");
		buf_printf(b, "%s %" PRIu64, j->shown, s.written);
		if (!j->over && total >= 0)
			buf_printf(b, " of %" PRId64, total);
	}
}

static void
put_count(struct buf *b, const char *key, uint64_t count)
{
	json_key(b, key);
	json_put_int(b, (int64_t)count);
}

static void
put_total(struct buf *b, const char *key, int64_t total)
{
	json_key(b, key);
	if (total < 0)
		json_put_null(b);
	else
		json_put_int(b, total);
}

static void
put_missing(struct buf *b, const struct job *j)
{
	struct text ids = { NULL, 0 }, id;
	const char *comma;

	json_key(b, "missing_ids");
	json_open_array(b);
	if (j->lookup != NULL)
		ids = lookup_missing(j->lookup);
	while (ids.len > 0) {
		id = ids;
		comma = memchr(ids.p, ',', ids.len);
		if (comma != NULL)
			id.len = (size_t)(comma - ids.p);
		json_put_text(b, id);
		ids.p += id.len + (comma != NULL);
		ids.len -= id.len + (comma != NULL);
	}
	json_close_array(b);
}

static void
put_report(struct buf *b, const struct job *j, double seconds)
{
	struct sums s = sum(j);

	json_open(b);
	json_key(b, "type");
	json_put_str(b, "fetch_report");
	json_key(b, "what");
	json_put_str(b, kind_name[j->kind]);
	json_key(b, "object");
	json_put_text(b, j->object);
	if (j->kind == LINKS) {
		json_key(b, "to_object");
		json_put_text(b, j->to_object);
	}
	json_key(b, "archived");
	json_put_bool(b, j->archived);
	put_total(b, "source_total", s.total);
	put_total(b, "estimated_total", j->estimate);
	if (j->kind == READ || j->kind == LINKS)
		put_count(b, "asked", lookup_counts(j->lookup)->asked);
	put_count(b, "received", s.received);
	put_count(b, "written", s.written);
	put_count(b, "duplicates", s.duplicates);
	put_count(b, "missing", s.missing);
	put_count(b, "given_up", s.lost);
	if (j->kind == LINKS)
		put_count(b, "without_links", s.empty);
	put_missing(b, j);
	json_key(b, "complete");
	json_put_bool(b, j->over && !j->failed);
	json_key(b, "reason");
	json_put_str(b, j->reason);
	put_count(b, "requests", j->requests);
	put_count(b, "retries", j->retries);
	json_key(b, "seconds");
	json_put_number(b, seconds);
	json_close(b);
	buf_char(b, '\n');
}

void
fetch_report(const struct fetch *x, struct buf *b, double seconds)
{
	const struct job *j;

	for (j = x->job; j != NULL; j = j->next)
		if (j->kind != CHECK && j->kind != ACCOUNT)
			put_report(b, j, seconds);
}

static void
put_job_question(struct buf *b, const struct job *j)
{
	json_open(b);
	json_key(b, "what");
	json_put_str(b, kind_name[j->kind]);
	json_key(b, "object");
	json_put_text(b, j->object);
	if (j->kind == LINKS) {
		json_key(b, "to_object");
		json_put_text(b, j->to_object);
	}
	json_key(b, "archived");
	json_put_bool(b, j->archived);
	if (j->since != FETCH_ALWAYS) {
		json_key(b, "since_ms");
		json_put_str(b, j->since_ms);
	}
	if (j->own_properties) {
		json_key(b, "all_properties");
		json_put_bool(b, true);
	} else {
		names_put(j->properties, b);
	}
	json_close(b);
}

void
fetch_question(const struct fetch *x, struct text base_url, struct text account,
    struct buf *b)
{
	const struct job *j;
	struct fault ignored = { 0 };
	char ids[64];

	json_open(b);
	json_key(b, "base_url");
	json_put_text(b, base_url);
	json_key(b, "account");
	json_put_text(b, account);
	json_key(b, "api_version");
	json_put_str(b, x->conf.version.name);
	json_key(b, "fetches");
	json_open_array(b);
	for (j = x->job; j != NULL; j = j->next)
		put_job_question(b, j);
	json_close_array(b);
	if (x->conf.search != NULL)
		(void)search_put(x->conf.search, b, NULL, 0, &ignored);
	json_key(b, "sort");
	json_put_bool(b, x->conf.sort);
	json_key(b, "strict");
	json_put_bool(b, x->conf.strict);
	if (x->reads || x->links) {
		snprintf(ids, sizeof(ids), "%" PRIu64 "-%016" PRIx64, x->used,
		    x->ids_hash);
		json_key(b, "ids");
		json_put_str(b, ids);
	}
	json_close(b);
}

static const struct job *
nth(const struct fetch *x, size_t i)
{
	const struct job *j;

	for (j = x->job; j != NULL && i > 0; j = j->next)
		i--;
	return j;
}

const char *
fetch_object(const struct fetch *x, size_t i)
{
	const struct job *j = nth(x, i);

	return j == NULL ? NULL : j->object.p;
}

instant_us
fetch_changed_at(const struct fetch *x, size_t i)
{
	const struct job *j = nth(x, i);

	return j->walk == NULL ? FETCH_ALWAYS
			       : walk_counts(j->walk)->changed_at;
}
