#include "base/xlsx.h"

const char *
xlsx_column_name(size_t column, char out[XLSX_COLUMN_NAME])
{
	char letter[XLSX_COLUMN_NAME];
	size_t i = 0, len = 0;

	for (column++; column > 0; column = (column - 1) / 26)
		letter[i++] = (char)('A' + (column - 1) % 26);
	while (i > 0)
		out[len++] = letter[--i];
	out[len] = '\0';
	return out;
}
