/* Text of the extracts. */
#include "pipeline/simulate/output.h"

#include "core/io/csv.h"
#include "core/io/files.h"

#include <string.h>

enum { BUFFER_SIZE = 256 * 1024, ROOM = 64 };

struct SpSimOutput {
    SpWriter *writer;
    gboolean is_latin1;
    gsize used;
    char buffer[BUFFER_SIZE + ROOM];
};

SpSimOutput *sp_sim_output_open(const char *folder, const char *name, gboolean is_latin1,
                                GError **error)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *parent = g_path_get_dirname(path);
    if (!sp_folder_make(parent, SP_MODE_OWN_FOLDER, error)) {
        return NULL;
    }
    SpWriter *writer = sp_writer_open(path, SP_MODE_OWN_FILE, error);
    if (writer == NULL) {
        return NULL;
    }
    SpSimOutput *output = g_new(SpSimOutput, 1);
    output->writer = writer;
    output->is_latin1 = is_latin1;
    output->used = 0;
    return output;
}

static void flush(SpSimOutput *output)
{
    sp_writer_put(output->writer, output->buffer, output->used);
    output->used = 0;
}

gboolean sp_sim_output_close(SpSimOutput *output, GError **error)
{
    flush(output);
    gboolean is_good = sp_writer_close(output->writer, error);
    g_free(output);
    return is_good;
}

void sp_sim_put_char(SpSimOutput *output, char c)
{
    if (output->used >= BUFFER_SIZE) {
        flush(output);
    }
    output->buffer[output->used++] = c;
}

static void put_bytes(SpSimOutput *output, const char *bytes, gsize size)
{
    for (gsize i = 0; i < size; i++) {
        sp_sim_put_char(output, bytes[i]);
    }
}

void sp_sim_put(SpSimOutput *output, const char *text)
{
    if (!output->is_latin1) {
        put_bytes(output, text, strlen(text));
        return;
    }
    for (const char *c = text; *c != '\0'; c = g_utf8_next_char(c)) {
        gunichar letter = g_utf8_get_char(c);
        sp_sim_put_char(output, (char)(letter < 256 ? letter : '?'));
    }
}

void sp_sim_put_uint(SpSimOutput *output, guint64 number, guint n_digits)
{
    char digits[24];
    guint n = 0;
    do {
        digits[n++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0 || n < MIN(n_digits, sizeof digits));
    while (n > 0) {
        sp_sim_put_char(output, digits[--n]);
    }
}

void sp_sim_put_fixed(SpSimOutput *output, gint64 number, guint decimals, char decimal_sign)
{
    guint64 scale = 1;
    for (guint i = 0; i < decimals; i++) {
        scale *= 10;
    }
    guint64 magnitude = number < 0 ? (guint64)(-number) : (guint64)number;
    if (number < 0) {
        sp_sim_put_char(output, '-');
    }
    sp_sim_put_uint(output, magnitude / scale, 0);
    if (decimals > 0) {
        sp_sim_put_char(output, decimal_sign);
        sp_sim_put_uint(output, magnitude % scale, decimals);
    }
}

void sp_sim_put_day(SpSimOutput *output, guint year, guint day)
{
    guint month = 1;
    for (; month <= 12; month++) {
        guint n_days = g_date_get_days_in_month((GDateMonth)month, (GDateYear)year);
        if (day < n_days || month == 12) {
            day = MIN(day, n_days - 1U);
            break;
        }
        day -= n_days;
    }
    sp_sim_put_uint(output, year, 4);
    sp_sim_put_char(output, '-');
    sp_sim_put_uint(output, month, 2);
    sp_sim_put_char(output, '-');
    sp_sim_put_uint(output, day + 1, 2);
}

void sp_sim_put_csv(SpSimOutput *output, const char *text, char delimiter)
{
    g_autofree char *quoted = sp_csv_quote(text, delimiter);
    sp_sim_put(output, quoted);
}

void sp_sim_put_json(SpSimOutput *output, const char *text)
{
    sp_sim_put_char(output, '"');
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\') {
            sp_sim_put_char(output, '\\');
        }
        sp_sim_put_char(output, *c);
    }
    sp_sim_put_char(output, '"');
}

void sp_sim_put_format(SpSimOutput *output, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    sp_sim_put(output, text);
}

gboolean sp_sim_write_text(const char *folder, const char *name, const char *text, GError **error)
{
    SpSimOutput *output = sp_sim_output_open(folder, name, FALSE, error);
    if (output == NULL) {
        return FALSE;
    }
    sp_sim_put(output, text);
    return sp_sim_output_close(output, error);
}
