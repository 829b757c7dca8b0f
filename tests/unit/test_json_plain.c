/* the same without vector instructions: the plain reader takes the library's
 * place */
#define JSON_PLAIN
#include "../../lib/base/json.c"
#include "../../lib/base/json_scan.c"

#include "test_json.c"
