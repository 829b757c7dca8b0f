#include "record/band.h"

const char *const band_key[BANDS] = { "critical", "low", "fair", "good",
	"top" };
const char *const band_label[BANDS] = { "Critical", "Low", "Fair", "Good",
	"Top performer" };

enum band
band_of(struct text key)
{
	int i;

	for (i = 0; i < BANDS; i++)
		if (text_is(key, band_key[i]))
			break;
	return (enum band)i;
}
