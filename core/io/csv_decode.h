/** Bytes of a CSV file to UTF-8, piece by piece: for csv.c alone. */
#ifndef SP_CORE_IO_CSV_DECODE_H
#define SP_CORE_IO_CSV_DECODE_H

#include <glib.h>

typedef struct {
    const char *origin;
    gboolean is_latin1;
    gboolean mark_decides; /* a byte order mark means UTF-8, whatever the form says */
    gboolean is_started;   /* the first bytes have been looked at for the mark */
    char held[4];          /* bytes that wait for the next piece */
    gsize n_held;
    guint64 line; /* of the next byte */
    GString *text;
} SpCsvDecoder;

/** `origin` is borrowed. SP_ERROR_CONFIG when the encoding is unknown. */
gboolean sp_csv_decoder_init(SpCsvDecoder *decoder, const char *origin, const char *encoding,
                             gboolean mark_decides, GError **error);
/**
 * Bytes [size] to text [*text_size], which is whole characters of UTF-8 without a byte order mark
 * and is valid until the next call (it may be `bytes` itself). SP_ERROR_DATA names the line.
 */
gboolean sp_csv_decoder_push(SpCsvDecoder *decoder, const char *bytes, gsize size,
                             const char **text, gsize *text_size, GError **error);
/** What was held back; SP_ERROR_DATA when it is half a character. */
gboolean sp_csv_decoder_end(SpCsvDecoder *decoder, const char **text, gsize *text_size,
                            GError **error);
void sp_csv_decoder_clear(SpCsvDecoder *decoder);

#endif
