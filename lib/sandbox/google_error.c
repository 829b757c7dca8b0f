#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "sandbox/google_impl.h"

#define MESSAGE_MAX 600
#define SERVICE	    "sheets.googleapis.com"
#define CONSUMER    "projects/424242424242"

/* An error up to the end of its status. */
static struct buf *
error_open(
    struct call *call, unsigned code, const char *status, const char *message)
{
	struct buf *b = &call->reply->body;

	buf_clear(b);
	call->reply->status = code;
	httpd_reply_header(
	    call->reply, "Content-Type", "application/json; charset=UTF-8");
	json_open(b);
	json_key(b, "error");
	json_open(b);
	json_key(b, "code");
	json_put_int(b, code);
	json_key(b, "message");
	json_put_str(b, message);
	json_key(b, "status");
	json_put_str(b, status);
	return b;
}

static void
detail_open(struct buf *b, const char *type)
{
	char name[80];

	json_open(b);
	json_key(b, "@type");
	snprintf(name, sizeof(name), "type.googleapis.com/google.rpc.%s", type);
	json_put_str(b, name);
}

static bool
error_close(struct buf *b)
{
	json_close(b);
	json_close(b);
	buf_char(b, '\n');
	return false;
}

bool
google_error(
    struct call *call, unsigned code, const char *status, const char *fmt, ...)
{
	char message[MESSAGE_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(message, sizeof(message), fmt, ap);
	va_end(ap);
	return error_close(error_open(call, code, status, message));
}

bool
google_error_info(struct call *call, unsigned code, const char *status,
    const char *reason, const char *message)
{
	struct buf *b = error_open(call, code, status, message);

	json_key(b, "details");
	json_open_array(b);
	detail_open(b, "ErrorInfo");
	json_key(b, "reason");
	json_put_str(b, reason);
	json_key(b, "domain");
	json_put_str(b, "googleapis.com");
	json_key(b, "metadata");
	json_open(b);
	json_key(b, "service");
	json_put_str(b, SERVICE);
	json_close(b);
	json_close(b);
	json_close_array(b);
	return error_close(b);
}

bool
google_invalid(struct call *call, const char *fmt, ...)
{
	char message[MESSAGE_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(message, sizeof(message), fmt, ap);
	va_end(ap);
	return error_close(error_open(call, 400, "INVALID_ARGUMENT", message));
}

bool
google_violation(struct call *call, const char *field, const char *fmt, ...)
{
	char message[MESSAGE_MAX];
	struct buf *b;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(message, sizeof(message), fmt, ap);
	va_end(ap);
	b = error_open(call, 400, "INVALID_ARGUMENT", message);
	json_key(b, "details");
	json_open_array(b);
	detail_open(b, "BadRequest");
	json_key(b, "fieldViolations");
	json_open_array(b);
	json_open(b);
	if (*field != '\0') {
		json_key(b, "field");
		json_put_str(b, field);
	}
	json_key(b, "description");
	json_put_str(b, message);
	json_close(b);
	json_close_array(b);
	json_close(b);
	json_close_array(b);
	return error_close(b);
}

/* limit is such as ReadRequestsPerMinutePerUser. */
void
google_quota(struct call *call, const char *limit, unsigned nr)
{
	bool write = strncmp(limit, "Write", 5) == 0;
	bool user = strstr(limit, "PerUser") != NULL;
	char message[300], number[16];
	struct buf *b;

	snprintf(message, sizeof(message),
	    "Quota exceeded for quota metric '%s requests' and limit '%s "
	    "requests per minute%s' of service '" SERVICE
	    "' for consumer 'project_number:%s'.",
	    write ? "Write" : "Read", write ? "Write" : "Read",
	    user ? " per user" : "", &CONSUMER[strlen("projects/")]);
	snprintf(number, sizeof(number), "%u", nr);
	b = error_open(call, 429, "RESOURCE_EXHAUSTED", message);
	json_key(b, "details");
	json_open_array(b);
	detail_open(b, "ErrorInfo");
	json_key(b, "reason");
	json_put_str(b, "RATE_LIMIT_EXCEEDED");
	json_key(b, "domain");
	json_put_str(b, "googleapis.com");
	json_key(b, "metadata");
	json_open(b);
	json_key(b, "service");
	json_put_str(b, SERVICE);
	json_key(b, "consumer");
	json_put_str(b, CONSUMER);
	json_key(b, "quota_metric");
	json_put_str(
	    b, write ? SERVICE "/write_requests" : SERVICE "/read_requests");
	json_key(b, "quota_limit");
	json_put_str(b, limit);
	json_key(b, "quota_limit_value");
	json_put_str(b, number);
	json_key(b, "quota_location");
	json_put_str(b, "global");
	json_close(b);
	json_close(b);
	detail_open(b, "Help");
	json_key(b, "links");
	json_open_array(b);
	json_open(b);
	json_key(b, "description");
	json_put_str(b, "Request a higher quota limit.");
	json_key(b, "url");
	json_put_str(
	    b, "https://cloud.google.com/docs/quotas/help/request_increase");
	json_close(b);
	json_close_array(b);
	json_close(b);
	json_close_array(b);
	error_close(b);
}

void
google_page(struct call *call, unsigned status, const char *what)
{
	struct buf *b = &call->reply->body;

	buf_clear(b);
	call->reply->status = status;
	httpd_reply_header(
	    call->reply, "Content-Type", "text/html; charset=UTF-8");
	buf_printf(b,
	    "<!DOCTYPE html>\n<html lang=en>\n<title>Error %u (%s)!!1</title>\n"
	    "<p><b>%u.</b> <ins>That\xe2\x80\x99s an error.</ins>\n",
	    status, what, status);
}
