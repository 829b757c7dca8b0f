#include <stdarg.h>
#include <stdio.h>

#include "sandbox/draw.h"
#include "sandbox/hubspot_impl.h"

/* Made from the number of the request, so that a run can be repeated. */
static void
put_correlation(struct buf *b, uint64_t nr)
{
	uint64_t x = draw_mix(nr), y = draw_mix(x);
	char id[40];

	snprintf(id, sizeof(id), "%08x-%04x-4%03x-%04x-%012llx",
	    (unsigned)(x >> 32), (unsigned)(x >> 16 & 0xffff),
	    (unsigned)(x & 0xfff), (unsigned)(0x8000 | (y >> 50 & 0x3fff)),
	    (unsigned long long)(y & 0xffffffffffff));
	json_key(b, "correlationId");
	json_put_str(b, id);
}

/* The start of an error, up to its category. */
static struct buf *
error_open(struct call *call, unsigned status, const char *category,
    const char *message)
{
	struct buf *b = &call->reply->body;

	buf_clear(b);
	call->reply->status = status;
	httpd_reply_header(
	    call->reply, "Content-Type", "application/json;charset=utf-8");
	json_open(b);
	json_key(b, "status");
	json_put_str(b, "error");
	json_key(b, "message");
	json_put_str(b, message);
	put_correlation(b, call->note->nr);
	if (category != NULL) {
		json_key(b, "category");
		json_put_str(b, category);
	}
	return b;
}

void
hubspot_error(struct call *call, unsigned status, const char *category,
    const char *fmt, ...)
{
	char message[400];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(message, sizeof(message), fmt, ap);
	va_end(ap);
	json_close(error_open(call, status, category, message));
}

void
hubspot_error_detail(struct call *call, unsigned status, const char *category,
    struct hubspot_detail detail, const char *fmt, ...)
{
	char message[400];
	struct buf *b;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(message, sizeof(message), fmt, ap);
	va_end(ap);
	b = error_open(call, status, category, message);
	json_key(b, "errors");
	json_open_array(b);
	json_open(b);
	json_key(b, "message");
	json_put_str(b, message);
	if (detail.code != NULL) {
		json_key(b, "code");
		json_put_str(b, detail.code);
	}
	if (detail.in != NULL) {
		json_key(b, "in");
		json_put_str(b, detail.in);
	}
	json_key(b, "context");
	json_open(b);
	json_key(b, detail.context);
	json_open_array(b);
	json_put_text(b, detail.value);
	json_close_array(b);
	json_close(b);
	json_close(b);
	json_close_array(b);
	json_close(b);
}

bool
hubspot_invalid(struct call *call, const char *fmt, ...)
{
	char message[400];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(message, sizeof(message), fmt, ap);
	va_end(ap);
	hubspot_error(call, 400, "VALIDATION_ERROR", "%s", message);
	return false;
}

void
hubspot_missing_scope(struct call *call, const char *scope)
{
	struct buf *b = error_open(call, 403, "MISSING_SCOPES",
	    "This app hasn't been granted all required scopes to make this "
	    "call. Read more about required scopes here: "
	    "https://developers.hubspot.com/scopes.");

	json_key(b, "errors");
	json_open_array(b);
	json_open(b);
	json_key(b, "message");
	json_put_str(b, "One or more of the following scopes are required.");
	json_key(b, "context");
	json_open(b);
	json_key(b, "requiredGranularScopes");
	json_open_array(b);
	json_put_str(b, scope);
	json_close_array(b);
	json_close(b);
	json_close(b);
	json_close_array(b);
	json_key(b, "links");
	json_open(b);
	json_key(b, "scopes");
	json_put_str(b, "https://developers.hubspot.com/scopes");
	json_close(b);
	json_close(b);
}

void
hubspot_limited(struct call *call, const char *policy)
{
	char message[80];
	char *p;
	struct buf *b;

	snprintf(message, sizeof(message), "You have reached your %s limit.",
	    policy);
	for (p = message + 22; *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p |= 0x20;
	b = error_open(call, 429, NULL, message);
	json_key(b, "errorType");
	json_put_str(b, "RATE_LIMIT");
	json_key(b, "policyName");
	json_put_str(b, policy);
	json_key(b, "groupName");
	json_put_str(b, "publicapi:private-apps-api-calls:sandbox");
	json_close(b);
}
