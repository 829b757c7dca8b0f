#include "base/sorter.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/word.h"
#include "base/xalloc.h"

#define READ_BLOCK (64u << 10)
#define WRITE_MAX  (1u << 20)
#define FEW	   12 /* entries that are sorted one by one */
#define STEPS	   64 /* that a long key may take */
#define AHEAD	   8  /* pairs */

/* A pair in a run: its lengths, the key, the value. */
struct lengths {
	uint32_t key;
	uint32_t value;
};

/* The pairs in memory, by eight bytes of their keys that are looked at. */
struct entry {
	uint64_t word;
	size_t at; /* in pairs */
};

/* A run on the file; the last one is in memory. */
struct run {
	bool is_last;
	off_t at, end; /* what is not read yet */
	char *block;
	size_t pos, len, cap;
	struct text key, value; /* its next pair */
};

struct sorter {
	const char *folder;
	size_t memory;
	char *pairs;
	size_t len, cap;
	struct entry *entry;
	size_t nr, entry_cap;
	int fd; /* -1: none yet */
	off_t written;
	struct run *run;
	size_t nr_run, run_cap;
	size_t *heap; /* of runs, the least first */
	size_t nr_heap;
	bool reading, started;
	size_t next; /* of entry, to be read */
};

struct sorter *
sorter_new(const char *folder, size_t memory)
{
	struct sorter *s = xcalloc(1, sizeof(*s));

	s->folder = folder;
	s->memory = memory;
	s->fd = -1;
	return s;
}

void
sorter_free(struct sorter *s)
{
	size_t i;

	if (s == NULL)
		return;
	for (i = 0; i < s->nr_run; i++)
		free(s->run[i].block);
	if (s->fd != -1)
		(void)close(s->fd);
	free(s->run);
	free(s->heap);
	free(s->entry);
	free(s->pairs);
	free(s);
}

/* The eight bytes of a key from depth on, zeros where it has ended. */
static uint64_t
word_of(struct text key, size_t depth)
{
	char bytes[sizeof(uint64_t)] = { 0 };

	if (key.len >= depth + sizeof(bytes))
		return word_in_order(key.p + depth);
	if (key.len > depth)
		memcpy(bytes, key.p + depth, key.len - depth);
	return word_in_order(bytes);
}

/* The pair that starts at p; returns what follows it. */
static const char *
pair_at(const char *p, struct text *key, struct text *value)
{
	struct lengths len;

	memcpy(&len, p, sizeof(len));
	*key = (struct text){ p + sizeof(len), len.key };
	*value = (struct text){ key->p + len.key, len.value };
	return value->p + len.value;
}

static int
compare_entries(const void *a, const void *b, void *arg)
{
	const struct entry *x = a, *y = b;
	const char *pairs = arg;
	struct text kx, ky, value;
	int order;

	if (x->word != y->word)
		return x->word < y->word ? -1 : 1;
	(void)pair_at(pairs + x->at, &kx, &value);
	(void)pair_at(pairs + y->at, &ky, &value);
	order = text_compare(kx, ky);
	return order != 0 ? order : (x->at > y->at) - (x->at < y->at);
}

/* Few, or in an order that is bad for the other way. */
static void
sort_plainly(struct sorter *s, struct entry *e, size_t nr)
{
	struct entry moved;
	size_t i, k;

	if (nr > FEW) {
		qsort_r(e, nr, sizeof(*e), compare_entries, s->pairs);
		return;
	}
	for (i = 1; i < nr; i++) {
		moved = e[i];
		for (k = i;
		     k > 0 && compare_entries(&moved, &e[k - 1], s->pairs) < 0;
		     k--)
			e[k] = e[k - 1];
		e[k] = moved;
	}
}

static uint64_t
middle(uint64_t a, uint64_t b, uint64_t c)
{
	if (a > b)
		return middle(b, a, c);
	return c < a ? a : c > b ? b : c;
}

/* Look at the bytes from depth on; false when one of the keys has ended. */
static bool
go_deeper(struct sorter *s, struct entry *e, size_t nr, size_t depth)
{
	struct text key, value;
	size_t i;

	for (i = 0; i < nr; i++) {
		(void)pair_at(s->pairs + e[i].at, &key, &value);
		if (key.len <= depth)
			return false;
	}
	for (i = 0; i < nr; i++) {
		(void)pair_at(s->pairs + e[i].at, &key, &value);
		e[i].word = word_of(key, depth);
	}
	return true;
}

/*
 * The entries, whose keys are the same up to depth, by what follows: a quicksort
 * of words, three ways, of which the middle one is sorted by the next words.
 * steps bounds how often it is split.
 *
 * Source: Bentley and Sedgewick, Fast Algorithms for Sorting and Searching
 * Strings, 1997.
 */
static void
sort_words(
    struct sorter *s, struct entry *e, size_t nr, size_t depth, unsigned steps)
{
	struct entry swap;
	uint64_t pivot;
	size_t less, i, more;

	while (nr > FEW && steps-- > 0) {
		pivot = middle(e[0].word, e[nr / 2].word, e[nr - 1].word);
		for (less = i = 0, more = nr; i < more;) {
			swap = e[i];
			if (swap.word < pivot) {
				e[i++] = e[less];
				e[less++] = swap;
			} else if (swap.word > pivot) {
				e[i] = e[--more];
				e[more] = swap;
			} else
				i++;
		}
		sort_words(s, e, less, depth, steps);
		sort_words(s, e + more, nr - more, depth, steps);
		e += less;
		nr = more - less;
		depth += sizeof(pivot);
		if (nr > FEW && !go_deeper(s, e, nr, depth))
			break;
	}
	sort_plainly(s, e, nr);
}

static void
sort_entries(struct sorter *s)
{
	unsigned steps = STEPS;
	size_t i;

	for (i = s->nr; i > 0; i /= 2)
		steps += 2;
	if (s->nr > 0)
		sort_words(s, s->entry, s->nr, 0, steps);
}

/* The pairs lie anywhere in memory: have one there when its turn comes. */
static void
fetch_ahead(const struct sorter *s, size_t i)
{
	if (i + AHEAD < s->nr)
		__builtin_prefetch(s->pairs + s->entry[i + AHEAD].at);
}

static int
write_out(struct sorter *s, const char *p, size_t len, struct fault *f)
{
	if (file_write_all(s->fd, "a temporary file", p, len, f) == -1)
		return fault_prefix(f, "%s: ", s->folder);
	s->written += (off_t)len;
	return 0;
}

/* The pairs in memory become a run. */
static int
write_run(struct sorter *s, struct fault *f)
{
	struct run run = { .at = s->written };
	struct text key, value;
	char *block;
	size_t i, len, nr = 0;
	int status = 0;

	if (s->fd == -1 && (s->fd = file_temporary(s->folder, f)) == -1)
		return -1;
	sort_entries(s);
	block = xcalloc(WRITE_MAX, 1);
	for (i = 0; i < s->nr && status == 0; i++) {
		const char *p = s->pairs + s->entry[i].at;

		fetch_ahead(s, i);
		len = (size_t)(pair_at(p, &key, &value) - p);
		if (nr + len > WRITE_MAX) {
			status = write_out(s, block, nr, f);
			nr = 0;
		}
		if (len > WRITE_MAX && status == 0)
			status = write_out(s, p, len, f);
		else if (status == 0) {
			memcpy(block + nr, p, len);
			nr += len;
		}
	}
	if (status == 0)
		status = write_out(s, block, nr, f);
	free(block);
	run.end = s->written;
	s->run = xgrow(s->run, s->nr_run, &s->run_cap, sizeof(*s->run));
	s->run[s->nr_run++] = run;
	s->nr = s->len = 0;
	return status;
}

static void
append(struct sorter *s, const void *p, size_t len)
{
	memcpy(s->pairs + s->len, p, len);
	s->len += len;
}

int
sorter_add(
    struct sorter *s, struct text key, struct text value, struct fault *f)
{
	struct lengths len = { (uint32_t)key.len, (uint32_t)value.len };
	size_t need = sizeof(len) + key.len + value.len;

	if (s->nr > 0 && s->len + need > s->memory && write_run(s, f) == -1)
		return -1;
	if (s->len + need > s->cap) {
		while (s->cap < s->len + need)
			s->cap = s->cap == 0 ? 65536 : s->cap * 2;
		s->pairs = xreallocarray(s->pairs, s->cap, 1);
	}
	s->entry = xgrow(s->entry, s->nr, &s->entry_cap, sizeof(*s->entry));
	s->entry[s->nr++] = (struct entry){ word_of(key, 0), s->len };
	append(s, &len, sizeof(len));
	append(s, key.p, key.len);
	append(s, value.p, value.len);
	return 0;
}

/* At least need bytes of the run from pos on. */
static int
fill(struct sorter *s, struct run *r, size_t need, struct fault *f)
{
	ssize_t nr;
	size_t want;

	if (r->len - r->pos >= need)
		return 0;
	if (r->len > r->pos)
		memmove(r->block, r->block + r->pos, r->len - r->pos);
	r->len -= r->pos;
	r->pos = 0;
	if (need > r->cap) {
		r->cap = need > READ_BLOCK ? need : READ_BLOCK;
		r->block = xreallocarray(r->block, r->cap, 1);
	}
	while (r->len < need) {
		want = r->cap - r->len;
		if ((off_t)want > r->end - r->at)
			want = (size_t)(r->end - r->at);
		nr = pread(s->fd, r->block + r->len, want, r->at);
		if (nr == -1 && errno == EINTR)
			continue;
		if (nr == -1)
			return fault_errno(
			    f, "%s: cannot read a temporary file", s->folder);
		if (nr == 0)
			return fault_set(f, FAULT_IO,
			    "%s: a temporary file was cut", s->folder);
		r->len += (size_t)nr;
		r->at += nr;
	}
	return 0;
}

/* The next of those in memory. */
static int
entry_next(struct sorter *s, struct text *key, struct text *value)
{
	if (s->next == s->nr)
		return 0;
	fetch_ahead(s, s->next);
	(void)pair_at(s->pairs + s->entry[s->next++].at, key, value);
	return 1;
}

/* The next pair of a run: 1, 0 at its end, -1. */
static int
run_next(struct sorter *s, struct run *r, struct fault *f)
{
	struct lengths len;
	size_t need = sizeof(len);

	if (r->is_last)
		return entry_next(s, &r->key, &r->value);
	if (r->at == r->end && r->pos == r->len)
		return 0;
	if (fill(s, r, need, f) == -1)
		return -1;
	memcpy(&len, r->block + r->pos, sizeof(len));
	need += (size_t)len.key + len.value;
	if (fill(s, r, need, f) == -1)
		return -1;
	(void)pair_at(r->block + r->pos, &r->key, &r->value);
	r->pos += need;
	return 1;
}

/* An earlier run comes first among equals. */
static bool
is_before(const struct sorter *s, size_t a, size_t b)
{
	int order = text_compare(s->run[a].key, s->run[b].key);

	return order != 0 ? order < 0 : a < b;
}

static void
sift_down(struct sorter *s, size_t i)
{
	size_t *h = s->heap, child, moved = h[i];

	while ((child = 2 * i + 1) < s->nr_heap) {
		if (child + 1 < s->nr_heap &&
		    is_before(s, h[child + 1], h[child]))
			child++;
		if (!is_before(s, h[child], moved))
			break;
		h[i] = h[child];
		i = child;
	}
	h[i] = moved;
}

static int
begin_merge(struct sorter *s, struct fault *f)
{
	const struct run last = { .is_last = true };
	size_t i;
	int more;

	s->run = xgrow(s->run, s->nr_run, &s->run_cap, sizeof(*s->run));
	s->run[s->nr_run++] = last;
	s->heap = xcalloc(s->nr_run, sizeof(*s->heap));
	for (i = 0; i < s->nr_run; i++) {
		more = run_next(s, &s->run[i], f);
		if (more == -1)
			return -1;
		if (more == 1)
			s->heap[s->nr_heap++] = i;
	}
	for (i = s->nr_heap; i-- > 0;)
		sift_down(s, i);
	return 0;
}

static int
merge_next(
    struct sorter *s, struct text *key, struct text *value, struct fault *f)
{
	int more = 1;

	/* the pair handed out last lies in its block until now */
	if (s->started && s->nr_heap > 0) {
		more = run_next(s, &s->run[s->heap[0]], f);
		if (more == -1)
			return -1;
		if (more == 0)
			s->heap[0] = s->heap[--s->nr_heap];
		if (s->nr_heap > 0)
			sift_down(s, 0);
	}
	s->started = true;
	if (s->nr_heap == 0)
		return 0;
	*key = s->run[s->heap[0]].key;
	*value = s->run[s->heap[0]].value;
	return 1;
}

int
sorter_next(
    struct sorter *s, struct text *key, struct text *value, struct fault *f)
{
	if (!s->reading) {
		s->reading = true;
		sort_entries(s);
		if (s->nr_run > 0 && begin_merge(s, f) == -1)
			return -1;
	}
	return s->nr_run > 0 ? merge_next(s, key, value, f)
			     : entry_next(s, key, value);
}
