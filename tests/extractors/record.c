/* The recording sink. */
#include "tests/extractors/record.h"

#include "core/number.h"
#include "tests/check.h"

enum { MAX_KEPT = 100 };

static gboolean begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    (void)error;
    Record *record = (Record *)sink;
    g_autoptr(GString) text = g_string_new(NULL);
    record->value = n;
    for (gsize i = 0; i < n; i++) {
        g_string_append_printf(text, "%s%s", i > 0 ? "|" : "", names[i]);
        record->value = strcmp(names[i], "value") == 0 ? i : record->value;
    }
    g_free(record->names);
    record->names = g_strdup(text->str);
    record->n_begins++;
    return TRUE;
}

static gboolean row(SpSink *sink, guint64 number, const SpField fields[], gsize n, GError **error)
{
    (void)error;
    Record *record = (Record *)sink;
    record->n_rows++;
    if (record->value < n) {
        double value = 0;
        const SpField *field = &fields[record->value];
        if (field->size == 0) {
            record->n_empty++;
        } else if (sp_number_parse(field->text, field->size, sp_number_plain, &value)) {
            record->sum += value;
        } else {
            fail_msg("row %" G_GUINT64_FORMAT ": value \"%.*s\" is no number", number,
                     (int)field->size, field->text);
        }
    }
    if (record->rows->len < MAX_KEPT) {
        g_autoptr(GString) text = g_string_new(NULL);
        g_string_append_printf(text, "%" G_GUINT64_FORMAT ": ", number);
        for (gsize i = 0; i < n; i++) {
            g_string_append(text, i > 0 ? "|" : "");
            g_string_append_len(text, fields[i].text, (gssize)fields[i].size);
        }
        g_ptr_array_add(record->rows, g_strdup(text->str));
    }
    return TRUE;
}

Record *record_new(void)
{
    Record *record = g_new0(Record, 1);
    record->sink = (SpSink){.begin = begin, .row = row};
    record->rows = g_ptr_array_new_with_free_func(g_free);
    return record;
}

void record_free(Record *record)
{
    g_free(record->names);
    g_ptr_array_unref(record->rows);
    g_free(record);
}

const char *record_row(const Record *record, guint i)
{
    return i < record->rows->len ? g_ptr_array_index(record->rows, i) : "";
}

SpSettings *record_settings(const SpExtractor *extractor, const char *lines)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *section = g_strdup_printf("%s/test", extractor->name);
    g_autofree char *text = g_strdup_printf("[%s]\n%s", section, lines);
    g_autoptr(SpConfig) config = sp_config_new();
    sp_config_add(config, "test.conf", text, &error);
    assert_no_error(error);
    return sp_settings_new(config, section, extractor->config_keys, extractor->n_config_keys);
}

SpFetched *record_fetch(const SpExtractor *extractor, const char *lines, GError **error)
{
    g_autoptr(SpSettings) settings = record_settings(extractor, lines);
    const SpFetchContext context = {.base_folder = "/"};
    return extractor->fetch(settings, &context, error);
}

void record_check_refused(const SpExtractor *extractor, const char *lines, const char *part)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpFetched) fetched = record_fetch(extractor, lines, &error);
    assert_null(fetched);
    assert_error(error, SP_ERROR_CONFIG, part);
}

char *record_read(gsize *size, const char *first, ...)
{
    va_list rest;
    va_start(rest, first);
    g_autofree char *path = g_build_filename_valist(first, &rest);
    va_end(rest);
    char *bytes = NULL;
    g_autoptr(GError) error = NULL;
    g_file_get_contents(path, &bytes, size, &error);
    assert_no_error(error);
    return bytes;
}
