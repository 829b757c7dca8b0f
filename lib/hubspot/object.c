#include "hubspot/object.h"

#include <ctype.h>

#define NAME_MAX_LEN 100

static const struct {
	const char *type;
	const char *name;
} known[] = {
	{ "contact", "contacts" },
	{ "company", "companies" },
	{ "deal", "deals" },
	{ "ticket", "tickets" },
	{ "lead", "leads" },
	{ "call", "calls" },
	{ "meeting", "meetings" },
	{ "task", "tasks" },
	{ "note", "notes" },
	{ "email", "emails" },
	{ "communication", "communications" },
	{ "line_item", "line_items" },
	{ "product", "products" },
	{ "quote", "quotes" },
	{ "order", "orders" },
	{ "cart", "carts" },
	{ "invoice", "invoices" },
	{ "subscription", "subscriptions" },
	{ "service", "services" },
	{ "course", "courses" },
	{ "listing", "listings" },
	{ "appointment", "appointments" },
	{ "user", "users" },
};

const char *const object_common[] = { "contacts", "companies", "deals",
	"tickets", "leads", "calls", "meetings", "tasks", "notes", "emails",
	"line_items", "products", "quotes", "owners", "pipelines/deals",
	"properties/contacts", NULL };

static const char *const other[] = { "association", "owner", "pipeline",
	"stage", "property", "fetch_report", "access", "account" };

struct text
object_name(struct text name)
{
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (text_is(name, known[i].type))
			return text_of(known[i].name);
	return name;
}

struct text
object_type(struct text name)
{
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (text_is(name, known[i].name))
			return text_of(known[i].type);
	return name;
}

bool
object_valid(struct text name)
{
	size_t i;

	for (i = 0; i < name.len; i++)
		if (!isalnum((unsigned char)name.p[i]) && name.p[i] != '-' &&
		    name.p[i] != '_')
			return false;
	return name.len > 0 && name.len <= NAME_MAX_LEN;
}

bool
object_is_other(struct text type)
{
	size_t i;

	for (i = 0; i < sizeof(other) / sizeof(other[0]); i++)
		if (text_is(type, other[i]))
			return true;
	return false;
}

const char *
object_modified(struct text name)
{
	return text_is(object_name(name), "contacts") ? "lastmodifieddate"
						      : "hs_lastmodifieddate";
}
