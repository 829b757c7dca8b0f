/*
 * duck - run SQL by DuckDB's library: duck THREADS SQL
 *
 * The library comes from an npm package without its header, so what is used of
 * its C interface is declared here.
 */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct duck_result {
	uint64_t fields[3];
	void *pointers[3];
};

int duckdb_open(const char *path, void **database);
int duckdb_connect(void *database, void **connection);
int duckdb_query(void *connection, const char *sql, struct duck_result *);
const char *duckdb_result_error(struct duck_result *);
uint64_t duckdb_row_count(struct duck_result *);
uint64_t duckdb_column_count(struct duck_result *);
char *duckdb_value_varchar(struct duck_result *, uint64_t column, uint64_t row);
void duckdb_free(void *);

static int
query(void *connection, const char *sql, struct duck_result *result)
{
	if (duckdb_query(connection, sql, result) == 0)
		return 0;
	fprintf(stderr, "%s\n", duckdb_result_error(result));
	return -1;
}

int
main(int argc, char *argv[])
{
	struct duck_result result;
	void *database, *connection;
	char threads[64], *value;
	uint64_t row, column;

	if (argc != 3 || duckdb_open(NULL, &database) != 0 ||
	    duckdb_connect(database, &connection) != 0)
		return 2;
	snprintf(threads, sizeof(threads), "SET threads=%d",
	    (int)strtol(argv[1], NULL, 10));
	if (query(connection, threads, &result) == -1 ||
	    query(connection, argv[2], &result) == -1)
		return 2;
	for (row = 0; row < duckdb_row_count(&result); row++)
		for (column = 0; column < duckdb_column_count(&result);
		     column++) {
			value = duckdb_value_varchar(&result, column, row);
			printf("%s%c", value == NULL ? "" : value,
			    column + 1 < duckdb_column_count(&result) ? '\t'
								      : '\n');
			duckdb_free(value);
		}
	return 0;
}
