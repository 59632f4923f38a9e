/**
 * Compressed files, unpacked as they stream through: gzip by zlib and Zstandard by libzstd. What a
 * file is, its name tells. One that unpacks to much more than files of text do is refused: a few
 * kilobytes can hold a disk full of zeros.
 */
#ifndef SP_CORE_IO_UNPACK_H
#define SP_CORE_IO_UNPACK_H

#include <glib.h>

typedef enum { SP_UNPACK_NONE, SP_UNPACK_GZIP, SP_UNPACK_ZSTD } SpUnpackKind;

/** By the name's end: .gz, .zst, or none. */
SpUnpackKind sp_unpack_kind(const char *name);

enum {
    SP_UNPACK_PIECE = 64 * 1024, /* no piece handed on is larger */
    /* Bytes out for each byte in, beyond the first megabyte: text packs 3 to 40 times. */
    SP_UNPACK_MAX_RATIO = 250,
    /* Zstandard's window as a power of two (8 MiB): levels up to 19 without --long. */
    SP_UNPACK_MAX_WINDOW = 23
};

/** What unpacked bytes are handed to, at most SP_UNPACK_PIECE at a time; FALSE with error ends
 * it. */
typedef gboolean (*SpUnpackSink)(const void *bytes, gsize size, gpointer data, GError **error);

typedef struct SpUnpack SpUnpack;

/** `origin` names the file in messages (copied); more than `max_size` unpacked bytes are
 * SP_ERROR_DATA. Kind NONE hands bytes on as they are, in pieces, under the same limit. */
SpUnpack *sp_unpack_open(SpUnpackKind kind, const char *origin, gsize max_size, SpUnpackSink sink,
                         gpointer data, GError **error);
/** SP_ERROR_DATA when the bytes are not what the name says, are damaged, or unpack beyond a limit.
 * Several packed files one after the other are one. After an error only abandon is allowed. */
gboolean sp_unpack_push(SpUnpack *unpack, const void *bytes, gsize size, GError **error);
/** All bytes have come: SP_ERROR_DATA when the file is cut short. Frees, also after an error. */
gboolean sp_unpack_close(SpUnpack *unpack, GError **error);
/** Frees without a word. */
void sp_unpack_abandon(SpUnpack *unpack);

/** Bytes [size] unpacked as a whole, with a NUL behind them that is not counted. g_bytes_unref. */
GBytes *sp_unpack_bytes(SpUnpackKind kind, const char *origin, const char *bytes, gsize size,
                        gsize max_size, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpUnpack, sp_unpack_abandon)

#endif
