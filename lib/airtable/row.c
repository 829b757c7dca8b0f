#include "airtable/row.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "record/chatter_day.h"

#define ROW_MAX ((size_t)16 << 20)

struct row {
	const struct row_conf *conf;
	const struct family *family;
	size_t type, status;
	size_t *slot;
	size_t *at; /* where the value starts in text */
	struct buf text;
};

struct row *
row_new(const struct row_conf *conf, struct json_shape *shape)
{
	struct row *r = xcalloc(1, sizeof(*r));
	size_t i;

	r->conf = conf;
	r->family = family_of(conf->type);
	r->type = json_want(shape, "type");
	r->status = json_want(shape, "status");
	r->slot = xcalloc(conf->nr, sizeof(*r->slot));
	r->at = xcalloc(conf->nr, sizeof(*r->at));
	for (i = 0; i < conf->nr; i++)
		r->slot[i] = json_want(shape, conf->key[i].key);
	buf_init(&r->text, ROW_MAX);
	return r;
}

void
row_free(struct row *r)
{
	if (r == NULL)
		return;
	free(r->slot);
	free(r->at);
	buf_free(&r->text);
	free(r);
}

bool
row_here(const struct row *r, const struct record *rec)
{
	return text_is(record_text(rec, r->type), r->conf->type);
}

/* Nobody worked, or nobody knows. */
static bool
is_empty(const struct row *r, const struct record *rec)
{
	struct text status = record_text(rec, r->status);

	return text_is(status, chatter_status_word[CHATTER_DAY_OFF]) ||
	       text_is(status, chatter_status_word[CHATTER_NO_DATA]);
}

static bool
is_team(const struct row *r, size_t i, struct json_value v)
{
	return r->conf->team != NULL && v.kind == VALUE_STRING &&
	       strcmp(r->conf->key[i].key, "team") == 0;
}

static int
put(struct row *r, size_t i, const struct record *rec, bool empty,
    struct fault *f)
{
	const struct family_key *key = &r->conf->key[i];
	struct json_value v = rec->field[r->slot[i]];

	if (empty && family_is_figure(r->family, key->key)) {
		json_put_null(&r->text);
	} else if (is_team(r, i, v)) {
		json_put_text(&r->text,
		    r->conf->team(r->conf->arg, json_text(v, rec->scratch)));
	} else if (form_write(key->form, v, rec->scratch, &r->text, f) == -1) {
		return fault_prefix(f, "field '%s' ", key->key);
	}
	return 0;
}

int
row_encode(struct row *r, const struct record *rec, struct text *value,
    struct fault *f)
{
	bool empty = is_empty(r, rec);
	size_t i, end;

	buf_clear(&r->text);
	for (i = 0; i < r->conf->nr; i++) {
		r->at[i] = r->text.len;
		if (rec->field[r->slot[i]].kind != VALUE_ABSENT &&
		    put(r, i, rec, empty, f) == -1)
			return -1;
		/* a comma between two values would be no value */
		buf_char(&r->text, '[');
	}
	if (buf_check(&r->text, "a row", f) == -1)
		return -1;
	for (i = 0; i < r->conf->nr; i++) {
		end = i + 1 < r->conf->nr ? r->at[i + 1] : r->text.len;
		value[i] = (struct text){ 0 };
		if (end - 1 > r->at[i]) {
			value[i].p = r->text.p + r->at[i];
			value[i].len = end - 1 - r->at[i];
		}
	}
	return 0;
}
