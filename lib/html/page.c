#include "html/page.h"

#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "base/sha256.h"
#include "html/asset.h"
#include "html/chart.h"
#include "html/squeeze.h"

ASSET(page_css, "lib/html/page.css")
ASSET(page_js, "lib/html/page.js")
ASSET(draw_js, "lib/html/draw.js")
ASSET(tabs_js, "lib/html/tabs.js")

#define ASSET_MAX ((size_t)1 << 20)
#define ID_MAX	  96

/* What is drawn at a point; tones give the colour. */
static const char marks[] = "<svg class=\"vh\" aria-hidden=\"true\"><defs>"
			    "<circle id=\"m0\" r=\"6\"/>"
			    "<path id=\"m1\" d=\"M0-7L6.6 5H-6.6Z\"/>"
			    "<path id=\"m2\" d=\"M-5.3-5.3H5.3V5.3H-5.3Z\"/>"
			    "<path id=\"m3\" d=\"M0-7.2L7.2 0L0 7.2L-7.2 0Z\"/>"
			    "<circle id=\"m4\" r=\"4\"/></defs></svg>";

struct page_part
page_part_draw(void)
{
	return (struct page_part){ .script = ASSET_TEXT(draw_js) };
}

struct page_part
page_part_tabs(void)
{
	return (struct page_part){ .script = ASSET_TEXT(tabs_js) };
}

static void
script_text(const struct page *page, struct buf *b)
{
	size_t i;

	buf_init(b, ASSET_MAX);
	squeeze_script(b, ASSET_TEXT(page_js));
	for (i = 0; i < page->part_nr; i++)
		squeeze_script(b, page->part[i].script);
}

static void
style_text(const struct page *page, struct buf *b)
{
	size_t i;

	buf_init(b, ASSET_MAX);
	asset_add(b, ASSET_TEXT(page_css));
	for (i = 0; i < page->part_nr; i++)
		asset_add(b, page->part[i].style);
}

static void
put_policy(struct html *h, struct text style, struct text script)
{
	char style_hash[SHA256_BASE64], script_hash[SHA256_BASE64];
	char policy[512];

	sha256_base64(style, style_hash);
	sha256_base64(script, script_hash);
	snprintf(policy, sizeof(policy),
	    "default-src 'none'; style-src 'sha256-%s'; script-src "
	    "'sha256-%s'; img-src data:; base-uri 'none'; form-action 'none'",
	    style_hash, script_hash);
	html_open(h, "meta");
	html_attr(h, "http-equiv", "Content-Security-Policy");
	html_attr(h, "content", policy);
	html_close(h);
}

static void
put_meta(struct html *h, const char *name, const char *content)
{
	html_open(h, "meta");
	html_attr(h, "name", name);
	html_attr(h, "content", content);
	html_close(h);
}

static void
put_head(struct html *h, const struct page *page)
{
	struct buf style, script;

	style_text(page, &style);
	script_text(page, &script);

	html_open(h, "head");
	html_open(h, "meta");
	html_attr(h, "charset", "utf-8");
	html_close(h);
	put_policy(h, buf_view(&style), buf_view(&script));
	put_meta(h, "viewport", "width=device-width,initial-scale=1");
	put_meta(h, "robots", "noindex");
	put_meta(h, "color-scheme", "light dark");
	if (page->day != NULL)
		put_meta(h, "data-date", page->day);
	html_open(h, "link");
	html_attr(h, "rel", "icon");
	html_attr(h, "href", "data:,");
	html_close(h);
	html_put(h, "title", NULL, page->title);
	html_open(h, "style");
	html_raw(h, buf_view(&style));
	html_close(h);
	html_close(h);
	buf_free(&style);
	buf_free(&script);
}

static void
open_link(struct html *h, const char *names, const char *id)
{
	char href[ID_MAX];

	html_open(h, "a");
	html_class(h, names);
	snprintf(href, sizeof(href), "#%s", id);
	html_attr(h, "href", href);
}

static void
put_link(struct html *h, const struct page_view *view)
{
	open_link(h, NULL, view->id);
	if (view->color != NULL)
		page_dot(h, view->color);
	html_str(h, view->name);
	if (view->note != NULL) {
		html_str(h, " ");
		html_put(h, "small", NULL, view->note);
	}
	html_close(h);
}

static void
put_jumps(struct html *h, const struct page *page)
{
	size_t i;

	html_open(h, "div");
	html_class(h, "jump");
	html_attr(h, "role", "group");
	html_attr(h, "aria-label", page->jumps_name);
	for (i = 0; i < page->jump_nr; i++)
		put_link(h, &page->jump[i]);
	html_close(h);
}

static void
put_masthead(struct html *h, const struct page *page)
{
	size_t i;

	html_open(h, "header");
	html_class(h, page->jump_nr > 0 ? "top two" : "top");
	html_open(h, "div");
	html_class(h, "name");
	html_put(h, "h1", NULL, page->title);
	if (page->subtitle != NULL)
		html_put(h, "p", NULL, page->subtitle);
	html_close(h);
	html_open(h, "nav");
	html_attr(h, "aria-label", page->views_name);
	for (i = 0; i < page->view_nr; i++)
		put_link(h, &page->view[i]);
	html_close(h);
	if (page->jump_nr > 0)
		put_jumps(h, page);
	html_open(h, "button");
	html_attr(h, "type", "button");
	html_attr(h, "id", "theme");
	html_class(h, "js");
	html_str(h, page->theme_name);
	html_close(h);
	html_close(h);
}

void
page_begin(struct html *h, const struct page *page)
{
	html_raw(h, text_of("<!doctype html>\n"));
	html_open(h, "html");
	html_attr(h, "lang", page->lang);
	put_head(h, page);
	html_open(h, "body");
	html_raw(h, text_of(marks));
	open_link(h, "skip", "main");
	html_str(h, page->skip);
	html_close(h);
	put_masthead(h, page);
	html_open(h, "main");
	html_attr(h, "id", "main");
	html_attr(h, "tabindex", "-1");
	if (page->first != NULL)
		html_attr(h, "data-first", page->first);
}

void
page_end(struct html *h, const struct page *page, struct text data)
{
	struct buf script;

	html_close(h); /* main */
	html_open(h, "div");
	html_attr(h, "id", "tip");
	html_attr(h, "role", "status");
	html_flag(h, "hidden");
	html_close(h);
	html_raw(h, text_of("\n"));
	html_open(h, "script");
	html_attr(h, "type", "application/json");
	html_attr(h, "id", "data");
	html_json(h, data);
	html_close(h);
	html_raw(h, text_of("\n"));
	html_open(h, "script");
	script_text(page, &script);
	html_raw(h, buf_view(&script));
	buf_free(&script);
	html_close(h);
	html_close(h); /* body */
	html_close(h); /* html */
	html_raw(h, text_of("\n"));
}

void
page_view_open(struct html *h, const struct page_view *view, const char *title)
{
	char id[ID_MAX];

	html_raw(h, text_of("\n"));
	html_open(h, "section");
	html_class(h, "view");
	html_attr(h, "id", view->id);
	snprintf(id, sizeof(id), "%s-h", view->id);
	html_attr(h, "aria-labelledby", id);
	html_open(h, "h2");
	html_attr(h, "id", id);
	html_str(h, title);
	if (view->note != NULL) {
		html_str(h, " ");
		html_put(h, "small", NULL, view->note);
	}
	html_close(h);
}

void
page_region_open(struct html *h, const char *id, const char *names)
{
	html_open(h, "div");
	html_class(h, names);
	html_attr(h, "id", id);
}

void
page_cards_open(struct html *h)
{
	html_open(h, "dl");
	html_class(h, "cards");
}

void
page_card(struct html *h, const char *id, const char *name, const char *value)
{
	html_open(h, "div");
	html_put(h, "dt", NULL, name);
	html_open(h, "dd");
	html_attr(h, "id", id);
	html_str(h, value);
	html_close(h);
	html_close(h);
}

void
page_badge(struct html *h, const char *label, int tone)
{
	char names[16];

	snprintf(names, sizeof(names), "b t%d", tone);
	html_put(h, "span", names, label);
}

static bool
is_color(const char *s)
{
	size_t len = strlen(s);

	return (len == 4 || len == 7) && s[0] == '#' &&
	       strspn(s + 1, "0123456789abcdefABCDEF") == len - 1;
}

void
page_dot(struct html *h, const char *color)
{
	if (!is_color(color))
		return;
	html_open(h, "svg");
	html_class(h, "dot");
	html_attr(h, "viewBox", "0 0 10 10");
	html_attr(h, "aria-hidden", "true");
	html_open(h, "circle");
	html_attr(h, "cx", "5");
	html_attr(h, "cy", "5");
	html_attr(h, "r", "5");
	html_attr(h, "fill", color);
	html_close(h);
	html_close(h);
}

void
page_funnel(struct html *h, const struct page_step *step, size_t nr)
{
	char text[HTML_COUNT];
	size_t i;

	html_open(h, "ol");
	html_class(h, "funnel");
	for (i = 0; i < nr; i++) {
		html_open(h, "li");
		html_put(h, "span", NULL, step[i].name);
		chart_bar(h, step[i].value, step[0].value, step[i].tone);
		html_put(
		    h, "b", NULL, html_count((int64_t)step[i].value, text));
		html_close(h);
	}
	html_close(h);
}

static void
put_id(struct html *h, const char *attr, const char *start, const char *name)
{
	char id[ID_MAX];

	snprintf(id, sizeof(id), "%s-%s", start, name);
	html_attr(h, attr, id);
}

static void
put_number(struct html *h, const char *name, double x)
{
	char text[NUM_MAX];

	html_attr(h, name, num_format(x, text));
}

static void
put_control(struct html *h, const char *type, const struct control *c)
{
	char text[NUM_MAX];
	bool is_range = type[0] == 'r';

	html_open(h, "div");
	html_class(h, is_range ? "ctl range" : "ctl");
	html_open(h, "label");
	put_id(h, "for", "c", c->name);
	html_str(h, c->label);
	html_close(h);
	if (is_range) {
		html_open(h, "output");
		put_id(h, "for", "c", c->name);
		html_str(h, num_format(c->value, text));
		html_str(h, c->unit == NULL ? "" : c->unit);
		html_close(h);
	}
	html_open(h, "input");
	html_attr(h, "type", type);
	put_id(h, "id", "c", c->name);
	html_attr(h, "name", c->name);
	put_number(h, "min", c->min);
	put_number(h, "max", c->max);
	put_number(h, "step", c->step);
	put_number(h, "value", c->value);
	if (c->unit != NULL)
		html_attr(h, "data-unit", c->unit);
	html_close(h);
	html_close(h);
}

void
control_range(struct html *h, const struct control *c)
{
	put_control(h, "range", c);
}

void
control_number(struct html *h, const struct control *c)
{
	put_control(h, "number", c);
}

/* A box to tick, with its label around it. */
static void
put_tick(struct html *h, const char *type, const char *name, const char *value,
    const char *label, bool is_on)
{
	html_open(h, "label");
	html_open(h, "input");
	html_attr(h, "type", type);
	html_attr(h, "name", name);
	if (value != NULL)
		html_attr(h, "value", value);
	if (is_on)
		html_flag(h, "checked");
	html_close(h);
	html_open(h, "span");
	html_bdi(h, text_of(label));
	html_close(h);
	html_close(h);
}

void
control_toggle(struct html *h, const char *name, const char *label, bool is_on)
{
	html_open(h, "div");
	html_class(h, "ctl toggle");
	put_tick(h, "checkbox", name, NULL, label, is_on);
	html_close(h);
}

void
control_search(struct html *h, const char *name, const char *label)
{
	html_open(h, "div");
	html_class(h, "ctl");
	html_open(h, "input");
	html_attr(h, "type", "search");
	html_attr(h, "name", name);
	html_attr(h, "placeholder", label);
	html_attr(h, "aria-label", label);
	html_close(h);
	html_close(h);
}

void
control_radio(struct html *h, const char *name, const char *label,
    const struct choice *choice, size_t nr)
{
	size_t i;

	html_open(h, "fieldset");
	html_class(h, "ctl radio");
	html_put(h, "legend", NULL, label);
	html_open(h, "div");
	for (i = 0; i < nr; i++)
		put_tick(
		    h, "radio", name, choice[i].value, choice[i].label, i == 0);
	html_close(h);
	html_close(h);
}

void
control_select(struct html *h, const char *name, const char *label,
    const struct choice *choice, size_t nr)
{
	size_t i;

	html_open(h, "div");
	html_class(h, "ctl");
	html_open(h, "label");
	put_id(h, "for", "c", name);
	html_str(h, label);
	html_close(h);
	html_open(h, "select");
	put_id(h, "id", "c", name);
	html_attr(h, "name", name);
	for (i = 0; i < nr; i++) {
		html_open(h, "option");
		html_attr(h, "value", choice[i].value);
		html_str(h, choice[i].label);
		html_close(h);
	}
	html_close(h);
	html_close(h);
}

void
control_set(struct html *h, const char *name, const char *label,
    const struct choice *choice, size_t nr, bool all_on)
{
	size_t i;

	html_open(h, "fieldset");
	html_class(h, "ctl set");
	html_attr(h, "data-set", name);
	html_put(h, "legend", NULL, label);
	for (i = 0; i < nr; i++)
		put_tick(h, "checkbox", name, choice[i].value, choice[i].label,
		    all_on);
	html_close(h);
}

void
control_pick(struct html *h, const char *name, const char *label,
    const char *search, const struct choice *choice, size_t nr)
{
	size_t i;

	html_open(h, "details");
	html_class(h, "ctl pick");
	html_open(h, "summary");
	html_str(h, label);
	html_open(h, "b");
	put_id(h, "id", "n", name);
	html_close(h);
	html_close(h);
	html_open(h, "div");
	html_open(h, "input");
	html_attr(h, "type", "search");
	html_class(h, "find js");
	html_attr(h, "placeholder", search);
	html_attr(h, "aria-label", search);
	html_close(h);
	html_open(h, "fieldset");
	html_class(h, "set");
	html_attr(h, "data-set", name);
	html_put(h, "legend", "vh", label);
	for (i = 0; i < nr; i++)
		put_tick(h, "checkbox", name, choice[i].value, choice[i].label,
		    false);
	html_close(h);
	html_close(h);
	html_close(h);
}
