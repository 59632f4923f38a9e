/* gzip and Zstandard in pieces. */
#include "core/io/unpack.h"

#include "core/error.h"

#include <string.h>

#define ZLIB_CONST /* what goes in is not written to */
#include <zlib.h>
#include <zstd.h>

/* Below this much a small file of one value repeated is no bomb. */
enum { FREE_SIZE = 1024 * 1024 };

/* zlib's largest window, and a gzip header and no other. */
enum { GZIP_WINDOW = 15 + 16 };

/* A Zstandard file begins with one of these. The library also knows formats from before the first
 * release, and what it makes of those depends on the pieces they come in. */
enum { MAGIC_SIZE = 4 };

/* A frame's header is handed to the library whole (RFC 8878, 3.1): of one that it gets in two
 * pieces version 1.5.4 takes the second for the beginning, and reads another frame there. */
enum { FIRST_SIZE = MAGIC_SIZE + 1, SKIPPABLE_SIZE = 8, MAX_HEADER_SIZE = 18 };
static const guint32 zstd_magic = 0xFD2FB528;
static const guint32 zstd_skippable = 0x184D2A50; /* and the fifteen after it */

struct SpUnpack {
    SpUnpackKind kind;
    char *origin;
    gsize max_size;
    SpUnpackSink sink;
    gpointer data;
    guint64 n_in;
    guint64 n_out;
    gboolean is_between; /* at the start, or after a whole packed file */
    z_stream gzip;
    ZSTD_DStream *zstd;
    unsigned char start[MAX_HEADER_SIZE]; /* of a Zstandard file, until it is whole */
    gsize n_start;
    unsigned char out[SP_UNPACK_PIECE];
};

SpUnpackKind sp_unpack_kind(const char *name)
{
    return g_str_has_suffix(name, ".gz")    ? SP_UNPACK_GZIP
           : g_str_has_suffix(name, ".zst") ? SP_UNPACK_ZSTD
                                            : SP_UNPACK_NONE;
}

static gboolean refuse(const SpUnpack *unpack, const char *what, GError **error)
{
    return sp_error_set(error, SP_ERROR_DATA, "%s: %s", unpack->origin, what);
}

SpUnpack *sp_unpack_open(SpUnpackKind kind, const char *origin, gsize max_size, SpUnpackSink sink,
                         gpointer data, GError **error)
{
    g_autoptr(SpUnpack) unpack = g_new0(SpUnpack, 1);
    unpack->origin = g_strdup(origin);
    unpack->max_size = max_size;
    unpack->sink = sink;
    unpack->data = data;
    unpack->is_between = TRUE;
    gboolean is_open = TRUE;
    if (kind == SP_UNPACK_GZIP) {
        is_open = inflateInit2(&unpack->gzip, GZIP_WINDOW) == Z_OK;
    } else if (kind == SP_UNPACK_ZSTD) {
        unpack->zstd = ZSTD_createDStream();
        is_open = unpack->zstd != NULL &&
                  !ZSTD_isError(ZSTD_DCtx_setParameter(unpack->zstd, ZSTD_d_windowLogMax,
                                                       SP_UNPACK_MAX_WINDOW));
    }
    unpack->kind = is_open ? kind : SP_UNPACK_NONE;
    if (!is_open) {
        sp_error_set(error, SP_ERROR_BUG, "%s: the unpacking library does not start", origin);
        return NULL;
    }
    return g_steal_pointer(&unpack);
}

static gboolean hand_on(SpUnpack *unpack, const void *bytes, gsize size, GError **error)
{
    unpack->n_out += size;
    if (unpack->n_out > unpack->max_size) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: more than %" G_GSIZE_FORMAT " bytes when unpacked; is it the "
                            "right file?",
                            unpack->origin, unpack->max_size);
    }
    if (unpack->kind != SP_UNPACK_NONE && unpack->n_out > FREE_SIZE &&
        unpack->n_out / SP_UNPACK_MAX_RATIO > unpack->n_in) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: unpacks to more than %d times its size, as no file of text does; "
                            "look at it by hand, and deliver it unpacked if it is right",
                            unpack->origin, SP_UNPACK_MAX_RATIO);
    }
    return size == 0 || unpack->sink(bytes, size, unpack->data, error);
}

/* One call of a library: how much it took, and whether a packed file has ended. */
typedef struct {
    gsize n_taken;
    gsize n_made;
    gboolean is_whole;
} Step;

static gboolean step_gzip(SpUnpack *unpack, const unsigned char *bytes, gsize size, Step *step,
                          GError **error)
{
    z_stream *gzip = &unpack->gzip;
    if (unpack->is_between && inflateReset(gzip) != Z_OK) {
        return refuse(unpack, "zlib does not start again", error);
    }
    gzip->next_in = bytes;
    gzip->avail_in = (uInt)MIN(size, SP_UNPACK_PIECE);
    gsize n_given = gzip->avail_in;
    gzip->next_out = unpack->out;
    gzip->avail_out = SP_UNPACK_PIECE;
    int told = inflate(gzip, Z_NO_FLUSH);
    *step = (Step){.n_taken = n_given - gzip->avail_in,
                   .n_made = SP_UNPACK_PIECE - gzip->avail_out,
                   .is_whole = told == Z_STREAM_END};
    return told == Z_OK || told == Z_STREAM_END || told == Z_BUF_ERROR ||
           refuse(unpack,
                  unpack->n_in == 0 ? "is named as a gzip file and is none; name it as what it is"
                                    : "the gzip file is damaged; ask the sender for it again",
                  error);
}

static gboolean refuse_zstd(const SpUnpack *unpack, const char *why, GError **error)
{
    return sp_error_set(error, SP_ERROR_DATA,
                        "%s: not a Zstandard file that can be read (%s); pack it with a level "
                        "of at most 19 and without --long, or ask the sender for it again",
                        unpack->origin, why);
}

static guint32 magic_of(const SpUnpack *unpack)
{
    guint32 magic = 0;
    memcpy(&magic, unpack->start, MAGIC_SIZE);
    return GUINT32_FROM_LE(magic);
}

static gboolean is_skippable(guint32 magic)
{
    return (magic & ~(guint32)15) == zstd_skippable;
}

/* Size of the header, as far as what is gathered tells it. */
static gsize header_size(const SpUnpack *unpack)
{
    static const gsize id_sizes[] = {0, 1, 2, 4};
    static const gsize content_sizes[] = {0, 2, 4, 8};
    if (unpack->n_start < FIRST_SIZE) {
        return FIRST_SIZE;
    }
    if (is_skippable(magic_of(unpack))) {
        return SKIPPABLE_SIZE;
    }
    unsigned descriptor = unpack->start[MAGIC_SIZE];
    gboolean has_window = (descriptor & 0x20) == 0; /* else the content's size stands for it */
    gsize content_size = content_sizes[descriptor >> 6];
    if (!has_window && content_size == 0) {
        content_size = 1;
    }
    return (gsize)FIRST_SIZE + (has_window ? 1U : 0U) + id_sizes[descriptor & 3] + content_size;
}

/* Gathers the header of a Zstandard file; *is_known once it is whole. */
static gboolean gather_start(SpUnpack *unpack, const unsigned char *bytes, gsize size, Step *step,
                             gboolean *is_known, GError **error)
{
    *step = (Step){.n_taken = 0};
    while (step->n_taken < size && unpack->n_start < header_size(unpack)) {
        unpack->start[unpack->n_start++] = bytes[step->n_taken++];
        guint32 magic = magic_of(unpack);
        if (unpack->n_start == MAGIC_SIZE && magic != zstd_magic && !is_skippable(magic)) {
            return refuse_zstd(unpack, "it begins as something else", error);
        }
    }
    *is_known = unpack->n_start == header_size(unpack);
    return TRUE;
}

static gboolean step_zstd(SpUnpack *unpack, const unsigned char *bytes, gsize size, Step *step,
                          GError **error)
{
    gboolean is_start = unpack->is_between || unpack->n_start > 0;
    gboolean is_known = FALSE;
    if (is_start && !gather_start(unpack, bytes, size, step, &is_known, error)) {
        return FALSE;
    }
    if (is_start && !is_known) {
        return TRUE;
    }
    gsize n_gathered = is_start ? step->n_taken : 0;
    ZSTD_inBuffer in = {.src = is_start ? unpack->start : bytes,
                        .size = is_start ? unpack->n_start : MIN(size, SP_UNPACK_PIECE)};
    ZSTD_outBuffer out = {.dst = unpack->out, .size = SP_UNPACK_PIECE};
    unpack->n_start = 0;
    size_t told = ZSTD_decompressStream(unpack->zstd, &out, &in);
    if (ZSTD_isError(told)) {
        return refuse_zstd(unpack, ZSTD_getErrorName(told), error);
    }
    *step =
        (Step){.n_taken = is_start ? n_gathered : in.pos, .n_made = out.pos, .is_whole = told == 0};
    return TRUE;
}

gboolean sp_unpack_push(SpUnpack *unpack, const void *bytes, gsize size, GError **error)
{
    const unsigned char *at = bytes;
    gboolean is_full = FALSE; /* more may come out without anything more going in */
    while (size > 0 || is_full) {
        Step step = {.n_taken = MIN(size, SP_UNPACK_PIECE)};
        if (unpack->kind == SP_UNPACK_NONE) {
            step.n_made = step.n_taken;
        } else if (!(unpack->kind == SP_UNPACK_GZIP ? step_gzip : step_zstd)(unpack, at, size,
                                                                             &step, error)) {
            return FALSE;
        }
        const void *made = unpack->kind == SP_UNPACK_NONE ? (const void *)at : unpack->out;
        unpack->n_in += step.n_taken;
        unpack->is_between = unpack->kind == SP_UNPACK_NONE || step.is_whole;
        if (!hand_on(unpack, made, step.n_made, error)) {
            return FALSE;
        }
        is_full =
            unpack->kind != SP_UNPACK_NONE && !step.is_whole && step.n_made == SP_UNPACK_PIECE;
        at += step.n_taken;
        size -= step.n_taken;
    }
    return TRUE;
}

gboolean sp_unpack_close(SpUnpack *unpack, GError **error)
{
    g_autoptr(SpUnpack) own = unpack;
    return (own->is_between && (own->n_in > 0 || own->kind == SP_UNPACK_NONE)) ||
           refuse(own, "the packed file is cut short; ask the sender for it again", error);
}

void sp_unpack_abandon(SpUnpack *unpack)
{
    if (unpack == NULL) {
        return;
    }
    if (unpack->kind == SP_UNPACK_GZIP) {
        inflateEnd(&unpack->gzip);
    }
    ZSTD_freeDStream(unpack->zstd);
    /* What it held last may be about persons. */
    explicit_bzero(unpack->out, sizeof unpack->out);
    g_free(unpack->origin);
    g_free(unpack);
}

static gboolean collect(const void *bytes, gsize size, gpointer data, GError **error)
{
    (void)error;
    g_string_append_len(data, bytes, (gssize)size);
    return TRUE;
}

GBytes *sp_unpack_bytes(SpUnpackKind kind, const char *origin, const char *bytes, gsize size,
                        gsize max_size, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(SpUnpack) unpack = sp_unpack_open(kind, origin, max_size, collect, text, error);
    if (unpack == NULL || !sp_unpack_push(unpack, bytes, size, error) ||
        !sp_unpack_close(g_steal_pointer(&unpack), error)) {
        return NULL;
    }
    return g_string_free_to_bytes(g_steal_pointer(&text));
}
