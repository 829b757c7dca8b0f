/* The pass over a text again, for processors with AVX2. */
#if defined(__x86_64__) && !defined(__clang__)
#pragma GCC target("avx2,bmi,bmi2")
#define JSON_SCANNER json_scanner_avx2
#include "base/json_scan.c"
#else
#include "base/json_scan.h"

const struct json_scanner json_scanner_avx2 = { NULL, NULL, NULL };
#endif
