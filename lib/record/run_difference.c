#include "record/run_difference.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/num.h"

static const struct text none = { NULL, 0 };

/* Both have one decimal or none, and so has what is between them. */
static double
difference(const struct run_difference *d, double a, double b)
{
	return d->a.is_there && d->b.is_there ? num_round1(b - a) : NAN;
}

static void
put_number(struct buf *b, const char *key, bool is_there, double x)
{
	json_key(b, key);
	json_put_number(b, is_there ? x : NAN);
}

static void
put_text(struct buf *b, const char *key, bool is_there, struct text t)
{
	json_key(b, key);
	json_put_text(b, is_there ? t : none);
}

static void
put_changed(struct buf *b, const char *key, const struct run_difference *d,
    bool changed)
{
	json_key(b, key);
	if (d->a.is_there && d->b.is_there)
		json_put_bool(b, changed);
	else
		json_put_null(b);
}

void
run_difference_encode(struct buf *b, const struct run_difference *d)
{
	const struct run_side *x = &d->a, *y = &d->b;

	json_open(b);
	json_key(b, "type");
	json_put_str(b, "run_difference");
	json_key(b, "coach_id");
	json_put_text(b, d->coach_id);
	json_key(b, "coach_name");
	json_put_text(b, d->coach_name);
	json_key(b, "period");
	json_put_str(b, d->period);
	json_key(b, "run_a");
	json_put_str(b, d->run_a);
	json_key(b, "run_b");
	json_put_str(b, d->run_b);
	json_key(b, "in");
	json_put_str(b, x->is_there && y->is_there ? "both"
			: x->is_there		   ? "a"
						   : "b");
	put_number(b, "deals_a", x->is_there, x->deals);
	put_number(b, "deals_b", y->is_there, y->deals);
	json_key(b, "deals_difference");
	json_put_number(b, difference(d, x->deals, y->deals));
	put_number(b, "smoothed_a", x->is_there, x->smoothed_pct);
	put_number(b, "smoothed_b", y->is_there, y->smoothed_pct);
	json_key(b, "smoothed_difference");
	json_put_number(b, difference(d, x->smoothed_pct, y->smoothed_pct));
	put_text(b, "status_a", x->is_there, text_of(x->status));
	put_text(b, "status_b", y->is_there, text_of(y->status));
	put_changed(b, "status_changed", d,
	    !text_equal(text_of(x->status), text_of(y->status)));
	put_text(b, "eligibility_a", x->is_there, x->eligibility);
	put_text(b, "eligibility_b", y->is_there, y->eligibility);
	put_changed(b, "eligibility_changed", d,
	    !text_equal(x->eligibility, y->eligibility));
	json_close(b);
}
