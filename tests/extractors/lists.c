/* The project's own code lists and layouts for tests of person-level readers. */
#include "tests/extractors/lists.h"

#include "tests/check.h"
#include "tests/transforms/vary/csvtable.h"

SpTable *lists_table(const char *folder, const char *name)
{
    g_autofree char *file = g_strdup_printf("%s.csv", name);
    g_autofree char *path = g_build_filename(SP_SOURCE_FOLDER, "config", folder, file, NULL);
    return csvtable_read(path, name, ',');
}

SpTables *lists_of(const SpExtractor *extractor, const SpLayout *layout)
{
    SpTables *lists = sp_tables_new();
    g_autoptr(GPtrArray) names = sp_layout_code_lists(layout);
    for (const char *const *name = extractor != NULL ? extractor->lists : NULL;
         name != NULL && *name != NULL; name++) {
        g_ptr_array_add(names, (gpointer)*name);
    }
    for (guint i = 0; i < names->len; i++) {
        if (sp_tables_find(lists, names->pdata[i]) == NULL) {
            sp_tables_add(lists, lists_table("codes", names->pdata[i]));
        }
    }
    return lists;
}

SpLayout *lists_layout(const char *name)
{
    gsize size = 0;
    g_autoptr(GError) error = NULL;
    g_autofree char *file = g_strdup_printf("%s.ini", name);
    g_autofree char *text = record_read(&size, SP_SOURCE_FOLDER, "config", "layouts", file, NULL);
    SpLayout *layout = sp_layout_parse(name, text, &error);
    assert_no_error(error);
    return layout;
}

Reading *reading_new(const char *extractor, const char *layout, const char *lines)
{
    Reading *reading = g_new0(Reading, 1);
    reading->extractor = sp_extractors_find(extractor);
    assert_non_null(reading->extractor);
    reading->layout = lists_layout(layout);
    reading->settings = record_settings(reading->extractor, lines);
    reading->lists = lists_of(reading->extractor, reading->layout);
    reading->quality = sp_quality_new();
    reading->input = (SpParserInput){.origin = "inbox: 1",
                                     .layout = reading->layout,
                                     .settings = reading->settings,
                                     .lists = reading->lists,
                                     .quality = reading->quality,
                                     .n_left_out = &reading->n_left_out};
    return reading;
}

void reading_free(Reading *reading)
{
    sp_layout_free(reading->layout);
    sp_settings_free(reading->settings);
    sp_tables_free(reading->lists);
    sp_quality_free(reading->quality);
    g_free(reading);
}

gboolean reading_parse(Reading *reading, SpSink *sink, const char *bytes, gsize size, gsize piece,
                       GError **error)
{
    g_autoptr(SpParser) parser = reading->extractor->open(&reading->input, sink, error);
    gboolean ok = parser != NULL;
    for (gsize done = 0; ok && done < size; done += piece) {
        ok = parser->push(parser, bytes + done, MIN(piece, size - done), error);
    }
    SpParser *whole = ok ? g_steal_pointer(&parser) : NULL;
    return ok && whole->close(whole, error);
}

void reading_check_refused(Reading *reading, const char *text, const char *part)
{
    for (gsize piece = 1; piece < 5000; piece = piece * 9 + 4) {
        g_autoptr(Record) record = record_new();
        g_autoptr(GError) error = NULL;
        assert_false(reading_parse(reading, &record->sink, text, strlen(text), piece, &error));
        assert_error(error, SP_ERROR_DATA, part);
        assert_true(g_str_has_prefix(error->message, "inbox: 1: "));
        assert_null(strstr(error->message, "hemmelig"));
    }
}

Seen seen_read(Reading *reading, const char *text, gsize piece)
{
    Seen seen = {reading, record_new()};
    g_autoptr(GError) error = NULL;
    (void)reading_parse(seen.reading, &seen.record->sink, text, strlen(text), piece, &error);
    assert_no_error(error);
    return seen;
}

void seen_clear(Seen *seen)
{
    g_clear_pointer(&seen->reading, reading_free);
    g_clear_pointer(&seen->record, record_free);
}

SpParser *reading_open_count(Reading *reading)
{
    g_autoptr(GError) error = NULL;
    reading->count = sp_discard();
    SpParser *parser = reading->extractor->open(&reading->input, &reading->count.sink, &error);
    assert_no_error(error);
    return parser;
}

void reading_check_rule(const Reading *reading, const char *rule, guint64 n, guint64 row)
{
    g_autoptr(SpTable) findings = sp_quality_table(reading->quality);
    g_autofree char *wanted = g_strdup_printf("%" G_GUINT64_FORMAT, row);
    gboolean is_found = row == 0;
    for (gsize i = 0; i < sp_table_n_rows(findings); i++) {
        is_found =
            is_found ||
            (strcmp(sp_table_code(findings, i, sp_table_find(findings, "kind")), rule) == 0 &&
             strcmp(sp_table_code(findings, i, sp_table_find(findings, "row")), wanted) == 0);
    }
    if (sp_quality_count(reading->quality, rule) != n || !is_found) {
        fail_msg("rule %s was broken %" G_GUINT64_FORMAT " times, want %" G_GUINT64_FORMAT
                 ", first in %s",
                 rule, sp_quality_count(reading->quality, rule), n, wanted);
    }
}

char *record_field(const Record *record, guint row, const char *name)
{
    g_auto(GStrv) names = g_strsplit(record->names, "|", -1);
    const char *text = strchr(record_row(record, row), ' ');
    g_auto(GStrv) fields = g_strsplit(text != NULL ? text + 1 : "", "|", -1);
    for (guint i = 0; names[i] != NULL; i++) {
        if (strcmp(names[i], name) == 0) {
            return g_strdup(i < g_strv_length(fields) ? fields[i] : "");
        }
    }
    fail_msg("no column %s", name);
    return NULL;
}
