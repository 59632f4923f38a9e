/* Encodings of CSV files. A character may be cut by the end of a piece, so its beginning is
 * held. */
#include "core/io/csv_decode.h"

#include "core/error.h"

#include <string.h>

#define MARK "\xef\xbb\xbf"
enum { MARK_SIZE = 3 };

gboolean sp_csv_decoder_init(SpCsvDecoder *decoder, const char *origin, const char *encoding,
                             gboolean mark_decides, GError **error)
{
    *decoder = (SpCsvDecoder){.origin = origin, .mark_decides = mark_decides, .line = 1};
    decoder->is_latin1 = g_ascii_strcasecmp(encoding, "ISO-8859-1") == 0;
    if (!decoder->is_latin1 && g_ascii_strcasecmp(encoding, "UTF-8") != 0) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "%s: encoding \"%s\" is unknown; UTF-8 and ISO-8859-1 are read", origin,
                            encoding);
    }
    decoder->text = g_string_new(NULL);
    return TRUE;
}

void sp_csv_decoder_clear(SpCsvDecoder *decoder)
{
    if (decoder->text != NULL) {
        g_string_free(decoder->text, TRUE);
        decoder->text = NULL;
    }
}

static guint64 count_lines(const char *bytes, gsize size)
{
    guint64 n = 0;
    for (gsize i = 0; i < size; i++) {
        n += bytes[i] == '\n';
    }
    return n;
}

static gboolean refuse_utf8(const SpCsvDecoder *decoder, const char *bytes, gsize place,
                            GError **error)
{
    guint64 line = decoder->line + count_lines(bytes, place);
    if (bytes[place] == '\0') {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: line %" G_GUINT64_FORMAT
                            ": NUL byte; the file is damaged or UTF-16, which is not read here",
                            decoder->origin, line);
    }
    return sp_error_set(error, SP_ERROR_DATA,
                        "%s: line %" G_GUINT64_FORMAT
                        ": byte 0x%02x is not UTF-8; if the source writes ISO-8859-1, say so in "
                        "its layout (encoding)",
                        decoder->origin, line, (guint)(guchar)bytes[place]);
}

/* The whole characters of bytes [size]; the beginning of one more is held. */
static gboolean take_utf8(SpCsvDecoder *decoder, const char *bytes, gsize size, const char **text,
                          gsize *text_size, GError **error)
{
    const char *end = NULL;
    *text = bytes;
    *text_size = size;
    if (!g_utf8_validate_len(bytes, size, &end)) {
        gsize place = (gsize)(end - bytes);
        gsize rest = size - place;
        if (rest >= sizeof decoder->held || *end == '\0' ||
            g_utf8_get_char_validated(end, (gssize)rest) != (gunichar)-2) {
            return refuse_utf8(decoder, bytes, place, error);
        }
        memcpy(decoder->held, end, rest);
        decoder->n_held = rest;
        *text_size = place;
    }
    decoder->line += count_lines(bytes, *text_size);
    return TRUE;
}

/* 0x80 to 0x9F are control characters that no table holds: they betray UTF-8 (Å is C3 85) or
 * Windows-1252. */
static gboolean take_latin1(SpCsvDecoder *decoder, const char *bytes, gsize size, GError **error)
{
    GString *text = decoder->text;
    g_string_truncate(text, 0);
    for (gsize i = 0; i < size; i++) {
        guchar c = (guchar)bytes[i];
        if (c == '\0' || (c >= 0x80 && c <= 0x9f)) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: line %" G_GUINT64_FORMAT
                                ": byte 0x%02x is no letter of ISO-8859-1; if the file is UTF-8, "
                                "say so in its layout (encoding)",
                                decoder->origin, decoder->line, c);
        }
        decoder->line += c == '\n';
        if (c < 0x80) {
            g_string_append_c(text, (char)c);
        } else {
            g_string_append_c(text, (char)(0xc0 | c >> 6));
            g_string_append_c(text, (char)(0x80 | (c & 0x3f)));
        }
    }
    return TRUE;
}

static gboolean take(SpCsvDecoder *decoder, const char *bytes, gsize size, const char **text,
                     gsize *text_size, GError **error)
{
    if (!decoder->is_latin1) {
        return take_utf8(decoder, bytes, size, text, text_size, error);
    }
    if (!take_latin1(decoder, bytes, size, error)) {
        return FALSE;
    }
    *text = decoder->text->str;
    *text_size = decoder->text->len;
    return TRUE;
}

/* Looks at the beginning of the file and takes a mark off it. */
static gboolean start(SpCsvDecoder *decoder, const char **bytes, gsize *size, GError **error)
{
    decoder->is_started = TRUE;
    if (*size < MARK_SIZE || memcmp(*bytes, MARK, MARK_SIZE) != 0) {
        return TRUE;
    }
    if (decoder->is_latin1 && !decoder->mark_decides) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: begins with the byte order mark of UTF-8 but its layout says "
                            "ISO-8859-1; set encoding = UTF-8",
                            decoder->origin);
    }
    decoder->is_latin1 = FALSE;
    *bytes += MARK_SIZE;
    *size -= MARK_SIZE;
    return TRUE;
}

gboolean sp_csv_decoder_push(SpCsvDecoder *decoder, const char *bytes, gsize size,
                             const char **text, gsize *text_size, GError **error)
{
    g_autofree char *joined = NULL;
    *text = "";
    *text_size = 0;
    if (!decoder->is_started && decoder->n_held + size < MARK_SIZE) {
        memcpy(decoder->held + decoder->n_held, bytes, size);
        decoder->n_held += size;
        return TRUE;
    }
    if (decoder->n_held > 0) {
        joined = g_malloc(decoder->n_held + size);
        memcpy(joined, decoder->held, decoder->n_held);
        memcpy(joined + decoder->n_held, bytes, size);
        bytes = joined;
        size += decoder->n_held;
        decoder->n_held = 0;
    }
    if ((!decoder->is_started && !start(decoder, &bytes, &size, error)) ||
        !take(decoder, bytes, size, text, text_size, error)) {
        return FALSE;
    }
    if (joined != NULL && !decoder->is_latin1) {
        g_string_truncate(decoder->text, 0);
        g_string_append_len(decoder->text, *text, (gssize)*text_size);
        *text = decoder->text->str;
    }
    return TRUE;
}

gboolean sp_csv_decoder_end(SpCsvDecoder *decoder, const char **text, gsize *text_size,
                            GError **error)
{
    char rest[sizeof decoder->held];
    gsize size = decoder->n_held;
    memcpy(rest, decoder->held, sizeof rest);
    *text = "";
    *text_size = 0;
    decoder->n_held = 0;
    if (size == 0) {
        return TRUE;
    }
    if (!take(decoder, rest, size, text, text_size, error)) {
        return FALSE;
    }
    if (decoder->n_held > 0) {
        return refuse_utf8(decoder, decoder->held, 0, error);
    }
    if (!decoder->is_latin1) {
        g_string_truncate(decoder->text, 0);
        g_string_append_len(decoder->text, *text, (gssize)*text_size);
        *text = decoder->text->str;
    }
    return TRUE;
}
