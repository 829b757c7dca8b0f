#include "base/zip_in.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <minizip/unzip.h>

#include "base/map.h"
#include "base/xalloc.h"

#define WINDOW	   16384
#define NAME_MAX_Z 1024

/*
 * Deflate packs 1032 to 1 at best, and only a bomb does: a sheet of nothing
 * but zeros comes to some 30 to 1. Small parts may do as they like.
 */
#define RATIO_MAX  200
#define RATIO_FREE (1u << 20)

/* minizip asks for a few bytes at a time; they come out of a window. */
struct source {
	int fd;
	int error; /* errno of a failed read */
	uint64_t size;
	uint64_t pos;
	uint64_t window_at;
	size_t window_len;
	char window[WINDOW];
};

struct zip_in {
	const char *name;
	struct source source;
	unzFile zip;
	struct map *part; /* lower-case name to the index in pos */
	unz64_file_pos *pos;
	char *current; /* the part being read; NULL when none is */
	unz_file_info64 info;
	uint64_t max;
	uint64_t done; /* bytes read of it */
	bool trusted;
};

static voidpf
source_open(voidpf opaque, const void *name, int mode)
{
	(void)name;
	(void)mode;
	return opaque;
}

static size_t
read_at(struct source *s, void *p, size_t len, uint64_t pos)
{
	size_t done = 0;
	ssize_t nr;

	while (done < len) {
		nr = pread(
		    s->fd, (char *)p + done, len - done, (off_t)(pos + done));
		if (nr == -1 && errno == EINTR)
			continue;
		if (nr == -1)
			s->error = errno;
		if (nr <= 0)
			break;
		done += (size_t)nr;
	}
	return done;
}

static uLong
source_read(voidpf opaque, voidpf stream, void *p, uLong len)
{
	struct source *s = stream;
	size_t nr;

	(void)opaque;
	if (s->pos >= s->size)
		return 0;
	if (len > s->size - s->pos)
		len = s->size - s->pos;
	if (len >= WINDOW) {
		nr = read_at(s, p, len, s->pos);
		s->pos += nr;
		return nr;
	}
	if (s->pos < s->window_at ||
	    s->pos + len > s->window_at + s->window_len) {
		s->window_at = s->pos;
		s->window_len = read_at(s, s->window, WINDOW, s->pos);
	}
	nr = s->window_at + s->window_len - s->pos;
	if (nr > len)
		nr = len;
	memcpy(p, s->window + (s->pos - s->window_at), nr);
	s->pos += nr;
	return nr;
}

static uLong
source_write(voidpf opaque, voidpf stream, const void *p, uLong len)
{
	(void)opaque;
	(void)stream;
	(void)p;
	(void)len;
	return 0;
}

static ZPOS64_T
source_tell(voidpf opaque, voidpf stream)
{
	(void)opaque;
	return ((struct source *)stream)->pos;
}

static long
source_seek(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin)
{
	struct source *s = stream;
	uint64_t base = 0;

	(void)opaque;
	if (origin == ZLIB_FILEFUNC_SEEK_CUR)
		base = s->pos;
	else if (origin == ZLIB_FILEFUNC_SEEK_END)
		base = s->size;
	if (offset > s->size || base + offset > s->size)
		return -1;
	s->pos = base + offset;
	return 0;
}

static int
source_close(voidpf opaque, voidpf stream)
{
	(void)opaque;
	(void)stream;
	return 0;
}

static int
source_error(voidpf opaque, voidpf stream)
{
	(void)opaque;
	return ((struct source *)stream)->error;
}

/* What a name is compared by. */
static struct text
part_key(const char *part, char key[NAME_MAX_Z])
{
	size_t i, len = 0;

	while (*part == '/' || *part == '\\')
		part++;
	for (i = 0; part[i] != '\0' && len < NAME_MAX_Z - 1; i++)
		if (part[i] >= 'A' && part[i] <= 'Z')
			key[len++] = (char)(part[i] - 'A' + 'a');
		else if (part[i] == '\\')
			key[len++] = '/';
		else
			key[len++] = part[i];
	key[len] = '\0';
	return (struct text){ key, len };
}

static int
list_parts(struct zip_in *z, struct fault *f)
{
	unz_global_info64 global;
	unz_file_info64 info;
	char name[NAME_MAX_Z], key[NAME_MAX_Z];
	size_t i;
	int rc;

	if (unzGetGlobalInfo64(z->zip, &global) != UNZ_OK)
		return fault_set(
		    f, FAULT_DATA, "%s: zip archive is damaged", z->name);
	if (global.number_entry > ZIP_PARTS_MAX)
		return fault_set(f, FAULT_DATA,
		    "%s: zip archive has more than %d parts", z->name,
		    ZIP_PARTS_MAX);
	if (global.number_entry == 0)
		return 0;
	z->pos = xcalloc(global.number_entry, sizeof(*z->pos));
	rc = unzGoToFirstFile(z->zip);
	for (i = 0; i < global.number_entry; i++) {
		if (rc != UNZ_OK ||
		    unzGetCurrentFileInfo64(z->zip, &info, name, sizeof(name),
			NULL, 0, NULL, 0) != UNZ_OK ||
		    unzGetFilePos64(z->zip, &z->pos[i]) != UNZ_OK)
			return fault_set(f, FAULT_DATA,
			    "%s: zip archive is damaged (part %zu of its list)",
			    z->name, i + 1);
		rc = unzGoToNextFile(z->zip);
		/* no part that we look for has such a name */
		if (info.size_filename >= sizeof(name) ||
		    strlen(name) != info.size_filename ||
		    info.size_filename == 0 ||
		    name[info.size_filename - 1] == '/')
			continue;
		if (map_get(z->part, part_key(name, key)) != MAP_NONE)
			return fault_set(f, FAULT_DATA,
			    "%s: zip archive has two parts '%s'", z->name,
			    name);
		map_put(z->part, part_key(name, key), i);
	}
	return 0;
}

struct zip_in *
zip_in_open(int fd, const char *name, struct fault *f)
{
	static const zlib_filefunc64_def calls = {
		.zopen64_file = source_open,
		.zread_file = source_read,
		.zwrite_file = source_write,
		.ztell64_file = source_tell,
		.zseek64_file = source_seek,
		.zclose_file = source_close,
		.zerror_file = source_error,
	};
	zlib_filefunc64_def own = calls;
	struct zip_in *z = xcalloc(1, sizeof(*z));
	struct stat st;

	z->name = name;
	z->part = map_new();
	z->source.fd = fd;
	if (fstat(fd, &st) == -1) {
		fault_errno(f, "cannot read '%s'", name);
		goto bad;
	}
	if (!S_ISREG(st.st_mode)) {
		fault_set(f, FAULT_IO, "'%s' is not a regular file", name);
		goto bad;
	}
	z->source.size = (uint64_t)st.st_size;
	own.opaque = &z->source;
	z->zip = unzOpen2_64(name, &own);
	if (z->zip == NULL) {
		errno = z->source.error;
		if (errno != 0)
			fault_errno(f, "cannot read '%s'", name);
		else
			fault_set(f, FAULT_DATA,
			    "%s: zip archive is cut off or damaged: its list "
			    "of parts is not at the end",
			    name);
		goto bad;
	}
	if (list_parts(z, f) == -1)
		goto bad;
	return z;
bad:
	zip_in_free(z);
	return NULL;
}

void
zip_in_free(struct zip_in *z)
{
	if (z == NULL)
		return;
	if (z->zip != NULL)
		unzClose(z->zip);
	map_free(z->part);
	free(z->current);
	free(z->pos);
	free(z);
}

const char *
zip_in_name(const struct zip_in *z)
{
	return z->name;
}

bool
zip_in_has(const struct zip_in *z, const char *part)
{
	char key[NAME_MAX_Z];

	return map_get(z->part, part_key(part, key)) != MAP_NONE;
}

static int
damaged(
    const struct zip_in *z, const char *part, const char *what, struct fault *f)
{
	errno = z->source.error;
	if (errno != 0)
		return fault_errno(f, "cannot read '%s'", z->name);
	return fault_set(
	    f, FAULT_DATA, "%s: %s: damaged: %s", z->name, part, what);
}

static int
leave_part(struct zip_in *z)
{
	int rc = z->current == NULL ? UNZ_OK : unzCloseCurrentFile(z->zip);

	free(z->current);
	z->current = NULL;
	return rc;
}

int
zip_in_start(struct zip_in *z, const char *part, uint64_t max, struct fault *f)
{
	char key[NAME_MAX_Z];
	size_t i = map_get(z->part, part_key(part, key));

	leave_part(z);
	if (i == MAP_NONE)
		return fault_set(
		    f, FAULT_DATA, "%s: part '%s' is missing", z->name, part);
	if (unzGoToFilePos64(z->zip, &z->pos[i]) != UNZ_OK ||
	    unzGetCurrentFileInfo64(
		z->zip, &z->info, NULL, 0, NULL, 0, NULL, 0) != UNZ_OK)
		return damaged(z, part, "it is not where the list says", f);
	if ((z->info.flag & 1) != 0)
		return fault_set(f, FAULT_DATA,
		    "%s: %s: is encrypted; save the workbook without a "
		    "password",
		    z->name, part);
	if (z->info.compression_method != 0 &&
	    z->info.compression_method != Z_DEFLATED)
		return fault_set(f, FAULT_DATA,
		    "%s: %s: is compressed by method %lu, not by deflate",
		    z->name, part, z->info.compression_method);
	if (z->info.uncompressed_size > max)
		return fault_set(f, FAULT_DATA,
		    "%s: %s: unpacks to more than %llu bytes", z->name, part,
		    (unsigned long long)max);
	if (z->info.compressed_size > z->source.size)
		return damaged(z, part, "it is longer than the file", f);
	if (unzOpenCurrentFile(z->zip) != UNZ_OK)
		return damaged(z, part, "its header and the list differ", f);
	z->current = xstrdup(part);
	z->done = 0;
	return 0;
}

void
zip_in_trust(struct zip_in *z)
{
	z->trusted = true;
}

ssize_t
zip_in_read(struct zip_in *z, void *p, size_t len, struct fault *f)
{
	const char *part = z->current;
	int nr;

	if (part == NULL)
		return 0;
	if (len > 1u << 20)
		len = 1u << 20;
	nr = unzReadCurrentFile(z->zip, p, (unsigned)len);
	if (nr < 0)
		return damaged(z, part, "it does not unpack", f);
	z->done += (uint64_t)nr;
	if (!z->trusted && z->done > RATIO_FREE &&
	    z->done / RATIO_MAX > z->info.compressed_size)
		return fault_set(f, FAULT_DATA,
		    "%s: %s: unpacks to more than %d times its size", z->name,
		    part, RATIO_MAX);
	if (nr > 0)
		return nr;
	if (z->done != z->info.uncompressed_size)
		return damaged(z, part, "it is cut off", f);
	/* minizip compares the checksum when the part is left */
	if (unzCloseCurrentFile(z->zip) != UNZ_OK)
		damaged(z, part, "its checksum is wrong", f);
	else
		nr = 1;
	free(z->current);
	z->current = NULL;
	return nr - 1;
}
