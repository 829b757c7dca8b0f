#include "match/teams.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/xalloc.h"
#include "match/name.h"

struct teams {
	struct map *key;   /* the keys, in order */
	struct map *means; /* from a name to the index of its key */
};

struct teams *
teams_new(void)
{
	struct teams *t = xcalloc(1, sizeof(*t));

	t->key = map_new();
	t->means = map_new();
	return t;
}

void
teams_free(struct teams *t)
{
	if (t == NULL)
		return;
	map_free(t->key);
	map_free(t->means);
	free(t);
}

static struct text
comparable(struct text name, struct arena *keep)
{
	static const char word[] = "team ";
	struct text t;

	if (name.p == NULL)
		return name;
	t = name_plain(name, keep);
	if (t.len > sizeof(word) - 1 &&
	    memcmp(t.p, word, sizeof(word) - 1) == 0) {
		t.p += sizeof(word) - 1;
		t.len -= sizeof(word) - 1;
	}
	return t.len > 0 ? t : (struct text){ NULL, 0 };
}

static int
add_name(struct teams *t, struct text name, size_t key, struct arena *scratch,
    struct fault *f)
{
	struct text plain = comparable(name, scratch);
	size_t known;

	if (plain.p == NULL)
		return fault_set(f, FAULT_USAGE, "a name of a team is empty");
	known = map_get(t->means, plain);
	if (known != MAP_NONE && known != key)
		return fault_set(f, FAULT_USAGE,
		    "'%.*s' means the team '%.*s' already", TEXT_ARG(name),
		    TEXT_ARG(map_key(t->key, known)));
	map_put(t->means, plain, key);
	return 0;
}

/* What stands before the next c, which is passed over. */
static struct text
cut(struct text *rest, char c)
{
	const char *at = memchr(rest->p, c, rest->len);
	struct text part = *rest;

	if (at == NULL) {
		*rest = (struct text){ NULL, 0 };
		return part;
	}
	part.len = (size_t)(at - rest->p);
	rest->p = at + 1;
	rest->len -= part.len + 1;
	return part;
}

int
teams_add(struct teams *t, struct text definition, struct fault *f)
{
	struct arena *scratch = arena_new();
	struct text rest = definition, name = cut(&rest, '=');
	struct text plain = comparable(name, scratch);
	int status = -1;
	size_t key;

	if (plain.p == NULL || rest.p == NULL) {
		fault_set(f, FAULT_USAGE,
		    "a team is KEY=NAME,... and not '%.*s'",
		    TEXT_ARG(definition));
		goto out;
	}
	key = map_intern(t->key, plain, NULL);
	if (add_name(t, name, key, scratch, f) == -1)
		goto out;
	while (rest.p != NULL) {
		name = cut(&rest, ',');
		if (add_name(t, name, key, scratch, f) == -1)
			goto out;
	}
	status = 0;
out:
	arena_free(scratch);
	return status;
}

int
teams_add_name(
    struct teams *t, struct text key, struct text name, struct fault *f)
{
	struct arena *scratch = arena_new();
	struct text plain = comparable(key, scratch);
	size_t index;
	int status = -1;

	if (plain.p == NULL) {
		fault_set(f, FAULT_USAGE, "the key of a team is empty");
	} else {
		index = map_intern(t->key, plain, NULL);
		status = add_name(t, key, index, scratch, f);
		if (status == 0)
			status = add_name(t, name, index, scratch, f);
	}
	arena_free(scratch);
	return status;
}

struct text
teams_of(const struct teams *t, struct text name, struct arena *keep)
{
	struct text plain = comparable(name, keep);
	size_t key;

	if (plain.p == NULL)
		return plain;
	key = map_get(t->means, plain);
	return key == MAP_NONE ? plain : map_key(t->key, key);
}
