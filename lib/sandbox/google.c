/*
 * Google: its paths, who may come in, and what its quotas count
 */
#include "sandbox/google.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "sandbox/google_impl.h"

#define MINUTE_US INT64_C(60000000)

enum {
	READ_USER,
	READ_PROJECT,
	WRITE_USER,
	WRITE_PROJECT,
	LIMITS
};

enum right {
	FREE, /* no access token */
	READ,
	WRITE,
};

/* Known by the method, how many segments there are, and how the path ends. */
struct route {
	const char *method;
	size_t segments;
	const char *end; /* of the path, as it was sent */
	enum right right;
	const char *what, *object; /* for the log */
	google_handler *handler;
	const char *fields; /* that an answer may have; NULL: no mask */
};

#define PROPERTIES                                            \
	"properties(sheetId,title,index,sheetType,hidden,"    \
	"gridProperties(rowCount,columnCount,frozenRowCount," \
	"frozenColumnCount))"
#define SPREADSHEET                                     \
	"spreadsheetId,spreadsheetUrl,"                 \
	"properties(title,locale,timeZone,autoRecalc)," \
	"sheets(" PROPERTIES ")"
#define VALUES "range,majorDimension,values"
#define UPDATE                                                                \
	"spreadsheetId,updatedRange,updatedRows,updatedColumns,updatedCells," \
	"updatedData(" VALUES ")"

static const struct route routes[] = {
	{ "POST", 1, "/token", FREE, "token", NULL, google_token, NULL },
	{ "POST", 1, "/pool-refresh", FREE, "pool-refresh", NULL, google_pool,
	    NULL },
	{ "GET", 3, "", READ, "get", "spreadsheet", google_spreadsheet,
	    SPREADSHEET },
	{ "POST", 3, ":batchUpdate", WRITE, "update", "spreadsheet",
	    google_update_spreadsheet,
	    "spreadsheetId,replies(addSheet(" PROPERTIES
	    "),duplicateSheet(" PROPERTIES ")),updatedSpreadsheet(" SPREADSHEET
	    ")" },
	{ "GET", 4, "/values:batchGet", READ, "batchGet", "values",
	    google_values_batch_get, "spreadsheetId,valueRanges(" VALUES ")" },
	{ "POST", 4, "/values:batchUpdate", WRITE, "batchUpdate", "values",
	    google_values_batch_update,
	    "spreadsheetId,totalUpdatedRows,totalUpdatedColumns,"
	    "totalUpdatedCells,totalUpdatedSheets,responses(" UPDATE ")" },
	{ "POST", 4, "/values:batchClear", WRITE, "batchClear", "values",
	    google_values_batch_clear, "spreadsheetId,clearedRanges" },
	{ "POST", 5, ":append", WRITE, "append", "values", google_values_append,
	    "spreadsheetId,tableRange,updates(" UPDATE ")" },
	{ "POST", 5, ":clear", WRITE, "clear", "values", google_values_clear,
	    "spreadsheetId,clearedRange" },
	{ "GET", 5, "", READ, "get", "values", google_values_get, VALUES },
	{ "PUT", 5, "", WRITE, "update", "values", google_values_update,
	    UPDATE },
};

#define ROUTES (sizeof(routes) / sizeof(routes[0]))

static bool
ends_with(struct text t, const char *end)
{
	size_t len = strlen(end);

	return t.len >= len && memcmp(t.p + t.len - len, end, len) == 0;
}

static const struct route *
find_route(const struct httpd_request *request)
{
	const struct route *route;

	for (route = routes; route < routes + ROUTES; route++) {
		if (strcmp(route->method, request->method) != 0 ||
		    route->segments != request->segment_nr ||
		    !ends_with(request->path, route->end))
			continue;
		if (route->segments == 1 ||
		    (text_is(request->segment[0], "v4") &&
			text_is(request->segment[1], "spreadsheets") &&
			(route->segments != 5 ||
			    text_is(request->segment[3], "values"))))
			return route;
	}
	return NULL;
}

/* The segment without the name of a method behind it. */
static struct text
argument(const struct httpd_request *request, size_t i, const char *end)
{
	struct text t = request->segment[i];

	if (*end == ':' && i + 1 == request->segment_nr)
		t.len -= strlen(end);
	return t;
}

static int64_t
server_now_s(const struct google *google, const struct call *call)
{
	return (call->request->at_us + google->conf->clock_us) / 1000000;
}

/*
 * Opening
 */
static void
google_close(void *state)
{
	struct google *google = state;
	size_t i;

	google_free_books(google);
	for (i = 0; i < google->nr_token; i++)
		free(google->token[i].text);
	free(google->token);
	google_free_pair(&google->account);
	google_free_pair(&google->own);
	pthread_mutex_destroy(&google->lock);
	free(google);
}

static void *
google_open(const struct sandbox_conf *conf, struct crm *crm, struct fault *f)
{
	struct google *google = xcalloc(1, sizeof(*google));

	google->conf = conf;
	google->crm = crm;
	pthread_mutex_init(&google->lock, NULL);
	if (conf->google.key)
		google_make_pair(&google->account, 1, f);
	if (f->kind != FAULT_NONE) {
		google_close(google);
		return NULL;
	}
	if (conf->google.sheets.p == NULL) {
		google_seed(google);
	} else if (google_take_sheets(google, conf->google.sheets, f) == -1) {
		google_close(google);
		return NULL;
	}
	return google;
}

static size_t
google_limits(void *state, struct limit *limit)
{
	const struct google_conf *conf =
	    &((struct google *)state)->conf->google;

	limit_init(&limit[READ_USER], "ReadRequestsPerMinutePerUser",
	    conf->user_limit, MINUTE_US);
	limit_init(&limit[READ_PROJECT], "ReadRequestsPerMinutePerProject",
	    conf->project_limit, MINUTE_US);
	limit_init(&limit[WRITE_USER], "WriteRequestsPerMinutePerUser",
	    conf->user_limit, MINUTE_US);
	limit_init(&limit[WRITE_PROJECT], "WriteRequestsPerMinutePerProject",
	    conf->project_limit, MINUTE_US);
	return LIMITS;
}

/*
 * A call
 */
static bool
may(struct google_call *g, enum right right)
{
	const struct google_token *token = google_bearer(g);

	if (token == NULL)
		return false;
	if (right == WRITE ? token->write : token->read)
		return true;
	return google_error_info(g->call, 403, "PERMISSION_DENIED",
	    "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
	    "Request had insufficient authentication scopes.");
}

static bool
google_admit(void *state, struct call *call)
{
	struct google *google = state;
	const struct route *route = find_route(call->request);
	struct google_call g = { .google = google,
		.call = call,
		.out = &call->reply->body,
		.now_s = server_now_s(google, call) };
	bool good;

	call->route = route;
	if (route == NULL) {
		google_page(call, 404, "Not Found");
		return false;
	}
	call->note->what = route->what;
	call->note->object = route->object;
	if (route->right == FREE)
		return true;
	pthread_mutex_lock(&google->lock);
	good = may(&g, route->right);
	pthread_mutex_unlock(&google->lock);
	return good;
}

static unsigned
google_counts(void *state, const struct call *call)
{
	const struct route *route = call->route;

	(void)state;
	switch (route->right) {
	case READ:
		return 1u << READ_USER | 1u << READ_PROJECT;
	case WRITE:
		return 1u << WRITE_USER | 1u << WRITE_PROJECT;
	default:
		return 0;
	}
}

/* The spreadsheet, when it is there and shared far enough. */
static bool
find_book(struct google_call *g, struct text id, enum right right)
{
	g->book = google_book(g->google, id);
	if (g->book == NULL)
		return google_error(g->call, 404, "NOT_FOUND",
		    "Requested entity was not found.");
	if (g->book->share == SHARE_WRITE ||
	    (g->book->share == SHARE_READ && right == READ))
		return true;
	return google_error(g->call, 403, "PERMISSION_DENIED",
	    "The caller does not have permission");
}

static void
answer(struct google_call *g, const struct route *route)
{
	const struct httpd_request *request = g->call->request;
	const struct httpd_param *fields;

	if (route->right != FREE) {
		if (!find_book(
			g, argument(request, 2, route->end), route->right))
			return;
		if (route->segments == 5)
			g->range = argument(request, 4, route->end);
	}
	route->handler(g);
	fields = httpd_request_param(request, "fields");
	if (fields != NULL && route->fields != NULL &&
	    g->call->reply->status == 200)
		google_mask(g, fields->value, route->fields);
}

static void
google_answer(void *state, struct call *call)
{
	struct google *google = state;
	struct google_call g = { .google = google,
		.call = call,
		.out = &call->reply->body,
		.now_s = server_now_s(google, call) };

	pthread_mutex_lock(&google->lock);
	answer(&g, call->route);
	pthread_mutex_unlock(&google->lock);
	if (call->reply->head.len == 0)
		httpd_reply_header(call->reply, "Content-Type",
		    "application/json; charset=UTF-8");
}

static void
google_over_limit(void *state, struct call *call, const struct limit *l)
{
	(void)state;
	google_quota(call, l->name, l->nr);
}

/* A refusal that nobody earned. */
static void
google_refuse(void *state, struct call *call, unsigned status)
{
	const struct route *route = call->route;
	struct google *google = state;
	bool write = route->right == WRITE;

	switch (status) {
	case 401:
		google_error_info(call, 401, "UNAUTHENTICATED",
		    "ACCESS_TOKEN_EXPIRED",
		    "Request had invalid authentication credentials.");
		break;
	case 403:
		google_error(call, 403, "PERMISSION_DENIED",
		    "The caller does not have permission");
		break;
	case 404:
		google_error(
		    call, 404, "NOT_FOUND", "Requested entity was not found.");
		break;
	case 409:
		google_error(
		    call, 409, "ABORTED", "The operation was aborted.");
		break;
	case 429:
		google_quota(call,
		    write ? "WriteRequestsPerMinutePerUser"
			  : "ReadRequestsPerMinutePerUser",
		    google->conf->google.user_limit);
		break;
	default:
		google_error(call, status, "INVALID_ARGUMENT",
		    "Request contains an invalid argument.");
		break;
	}
}

/* Google tells nothing. */
static void
google_tell_limits(void *state, struct call *call, const struct limit *limit)
{
	(void)state;
	(void)call;
	(void)limit;
}

const struct vendor vendor_google = {
	.name = "google",
	.prefix = (const char *const[]){ "/token", "/v4/spreadsheets",
	    "/pool-refresh", NULL },
	.open = google_open,
	.close = google_close,
	.limits = google_limits,
	.admit = google_admit,
	.counts = google_counts,
	.answer = google_answer,
	.limited = google_over_limit,
	.refuse = google_refuse,
	.tell_limits = google_tell_limits,
};
