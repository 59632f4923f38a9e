/* Files packed by libdeflate, which libzip takes as they are. */
#include "core/io/zip_pack.h"

#include "core/io/files.h"

#include <errno.h>
#include <libdeflate.h>
#include <string.h>

struct SpPacker {
    struct libdeflate_compressor *compressor;
    char *room; /* a new one for each file would be given and taken back page by page */
    gsize size;
};

SpPacker *sp_packer_new(int level)
{
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(level);
    if (compressor == NULL) {
        return NULL;
    }
    SpPacker *packer = g_new0(SpPacker, 1);
    packer->compressor = compressor;
    return packer;
}

void sp_packer_free(SpPacker *packer)
{
    if (packer != NULL) {
        libdeflate_free_compressor(packer->compressor);
        g_free(packer->room);
        g_free(packer);
    }
}

static char *room_for(SpPacker *packer, gsize size)
{
    if (packer->size < size) {
        g_free(packer->room);
        packer->room = g_malloc(size);
        packer->size = size;
    }
    return packer->room;
}

/* A file that is packed when libzip comes to it and forgotten when libzip has it. */
typedef struct {
    char *path;
    SpPacker *packer; /* borrowed */
    char *deflated;   /* in the packer's room; NULL: not packed yet, or given and forgotten */
    gboolean is_told; /* the figures below are known, which libzip asks for afterwards too */
    gsize size;       /* of `deflated` */
    gsize n_given;
    gsize file_size;
    guint32 crc;
    zip_error_t failure;
} Packed;

static gboolean pack(Packed *packed)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = sp_file_map(packed->path, &error);
    if (bytes == NULL) {
        zip_error_set(&packed->failure, ZIP_ER_READ, EIO);
        return FALSE;
    }
    gsize size = 0;
    const void *data = g_bytes_get_data(bytes, &size);
    /* Of an empty file there is no address. */
    data = data != NULL ? data : "";
    struct libdeflate_compressor *compressor = packed->packer->compressor;
    const gsize room = libdeflate_deflate_compress_bound(compressor, size);
    packed->deflated = room_for(packed->packer, room);
    packed->size = libdeflate_deflate_compress(compressor, data, size, packed->deflated, room);
    packed->crc = libdeflate_crc32(0, data, size);
    packed->file_size = size;
    packed->is_told = TRUE;
    return TRUE;
}

static zip_int64_t tell(Packed *packed, zip_stat_t *told)
{
    zip_stat_init(told);
    told->valid = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_CRC;
    told->size = packed->file_size;
    told->comp_size = packed->size;
    told->comp_method = ZIP_CM_DEFLATE;
    told->crc = packed->crc;
    return sizeof *told;
}

static zip_int64_t give(Packed *packed, void *data, zip_uint64_t length)
{
    const gsize n = MIN(length, packed->size - packed->n_given);
    memcpy(data, packed->deflated + packed->n_given, n);
    packed->n_given += n;
    return (zip_int64_t)n;
}

static zip_int64_t serve(void *userdata, void *data, zip_uint64_t length, zip_source_cmd_t command)
{
    Packed *packed = userdata;
    switch ((int)command) { /* of many, those that are told in SUPPORTS */
    case ZIP_SOURCE_STAT:
        return packed->is_told || pack(packed) ? tell(packed, data) : -1;
    case ZIP_SOURCE_OPEN:
        packed->n_given = 0;
        return packed->deflated != NULL || pack(packed) ? 0 : -1;
    case ZIP_SOURCE_READ:
        return give(packed, data, length);
    case ZIP_SOURCE_CLOSE:
        packed->deflated = NULL;
        return 0;
    case ZIP_SOURCE_ERROR:
        return zip_error_to_data(&packed->failure, data, length);
    case ZIP_SOURCE_FREE:
        zip_error_fini(&packed->failure);
        g_free(packed->path);
        g_free(packed);
        return 0;
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(ZIP_SOURCE_STAT, ZIP_SOURCE_OPEN, ZIP_SOURCE_READ,
                                              ZIP_SOURCE_CLOSE, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE,
                                              ZIP_SOURCE_SUPPORTS, -1);
    default:
        zip_error_set(&packed->failure, ZIP_ER_OPNOTSUPP, 0);
        return -1;
    }
}

zip_source_t *sp_zip_pack(zip_t *archive, const char *file, SpPacker *packer)
{
    Packed *packed = g_new0(Packed, 1);
    packed->path = g_strdup(file);
    packed->packer = packer;
    zip_error_init(&packed->failure);
    zip_source_t *source = zip_source_function(archive, serve, packed);
    if (source == NULL) {
        (void)serve(packed, NULL, 0, ZIP_SOURCE_FREE);
    }
    return source;
}
