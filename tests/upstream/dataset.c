/* Cells of an answer, sorted, and a snapshot of it. */
#include "tests/upstream/dataset.h"

#include "core/number.h"

typedef struct {
    SpSink sink; /* first: a pointer to it is one to this */
    char **names;
    GPtrArray *lines;
} Cells;

static gboolean begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    (void)error;
    Cells *cells = (Cells *)sink;
    cells->names = g_new0(char *, n + 1);
    for (gsize i = 0; i < n; i++) {
        cells->names[i] = g_strdup(names[i]);
    }
    return TRUE;
}

static gboolean row(SpSink *sink, guint64 number, const SpField fields[], gsize n, GError **error)
{
    (void)number;
    (void)error;
    Cells *cells = (Cells *)sink;
    g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *figure = NULL;
    g_autofree char *status = NULL;
    for (gsize i = 0; i < n; i++) {
        char *text = g_strndup(fields[i].text, fields[i].size);
        if (strcmp(cells->names[i], "value") == 0) {
            /* Formats write 1.50 and 1.5 of one figure. */
            double value = 0;
            char buffer[SP_NUMBER_SIZE] = "";
            if (sp_number_parse(text, fields[i].size, sp_number_plain, &value)) {
                sp_number_format(value, buffer);
            }
            figure = g_strdup(buffer);
            g_free(text);
        } else if (strcmp(cells->names[i], "status") == 0) {
            status = text;
        } else {
            g_ptr_array_add(keys, g_strdup_printf("%s=%s", cells->names[i], text));
            g_free(text);
        }
    }
    g_ptr_array_sort(keys, sp_codes_compare);
    g_ptr_array_add(keys, NULL);
    g_autofree char *all = g_strjoinv(" ", (char **)keys->pdata);
    g_ptr_array_add(cells->lines, g_strdup_printf("%s: %s %s", all, figure, status));
    return TRUE;
}

char *dataset_cells(const char *source, const SpFetched *fetched)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *updated = NULL;
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    Cells cells = {.sink = {.begin = begin, .row = row}, .lines = lines};
    const SpExtractor *extractor = sp_extractors_find(source);
    g_autoptr(SpSettings) settings = record_settings(extractor, "url = a");
    gsize size = 0;
    const char *bytes = g_bytes_get_data(fetched->bytes, &size);
    extractor->parse(&(SpDocument){bytes, size, "fake", NULL, settings}, &cells.sink, &updated,
                     &error);
    assert_no_error(error);
    g_strfreev(cells.names);
    g_ptr_array_sort(lines, sp_codes_compare);
    g_ptr_array_add(lines, NULL);
    return g_strjoinv("\n", (char **)lines->pdata);
}

Kept *dataset_keep(const SpFetched *fetched)
{
    g_autoptr(GError) error = NULL;
    Kept *kept = g_new0(Kept, 1);
    g_autofree char *name = g_strconcat("snapshot.", fetched->suffix, NULL);
    gsize size = 0;
    const char *bytes = g_bytes_get_data(fetched->bytes, &size);
    kept->folder = g_dir_make_tmp("sp-kept-XXXXXX", &error);
    assert_no_error(error);
    kept->path = g_build_filename(kept->folder, name, NULL);
    g_file_set_contents(kept->path, bytes, (gssize)size, &error);
    assert_no_error(error);
    kept->newest = (SpFetchNewest){.path = kept->path,
                                   .url = fetched->url,
                                   .updated = fetched->updated,
                                   .question = fetched->question,
                                   .etag = fetched->etag,
                                   .modified = fetched->modified};
    return kept;
}

void dataset_forget(Kept *kept)
{
    g_unlink(kept->path);
    g_rmdir(kept->folder);
    g_free(kept->path);
    g_free(kept->folder);
    g_free(kept);
}
