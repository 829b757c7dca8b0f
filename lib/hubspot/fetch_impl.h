/*
 * fetch_impl.h - what the parts of fetch.h share
 */
#ifndef KPIPE_HUBSPOT_FETCH_IMPL_H
#define KPIPE_HUBSPOT_FETCH_IMPL_H

#include "base/arena.h"
#include "base/json.h"
#include "hubspot/fetch.h"
#include "hubspot/lookup.h"
#include "hubspot/properties.h"
#include "hubspot/walk.h"

enum fetch_kind {
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

/* What an answer is to. */
enum fetch_purpose {
	DISCOVER, /* which properties there are */
	PROBE,	  /* how many records there are, roughly */
	PAGE,
	BATCH,
	ONCE, /* all of it */
};

struct fetch_job {
	struct fetch_job *next;
	enum fetch_kind kind;
	struct text object; /* NUL-terminated */
	struct text to_object;
	const char *shown; /* what people call it */
	bool archived;
	instant_us since;
	char since_ms[32];
	struct search_bound bound;
	struct properties *properties;
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

/* What a request is for; it comes back with the answer. */
struct fetch_ticket {
	struct fetch_ticket *next;
	struct fetch_job *job;
	enum fetch_purpose purpose;
	struct lookup_batch *batch;
};

/* The properties chosen for one object, or for all (object no text). */
struct fetch_choice {
	struct fetch_choice *next;
	struct text object;
	struct properties *names;
};

struct fetch {
	struct fetch_conf conf;
	struct search *all; /* a search without a filter */
	struct fetch_job *job;
	struct fetch_ticket *ticket; /* requests under way */
	struct fetch_choice *choice;
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
	struct json_shape *name_shape; /* of a property */
	struct arena *scratch;
};

/* The walk or the lookup of a job, once its properties are known. */
void fetch_job_start(struct fetch *, struct fetch_job *);
/* A lookup for a walk that brings only ids. */
void fetch_job_lookup(struct fetch *, struct fetch_job *);
/* Something of it is left out, for that reason. */
void fetch_job_fail(struct fetch *, struct fetch_job *, const char *why);
/* Take what a lookup has ready; tell what is to be told when it has ended. */
void fetch_job_collect(struct fetch *, struct fetch_job *);
/* A line for the user: "what: text". */
void fetch_complain(struct fetch *, const char *what, struct text);

#endif
