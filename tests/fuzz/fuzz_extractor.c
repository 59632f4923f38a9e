/*
 * Any bytes to an extractor's reader, by one of the project's own layouts (FUZZ_SOURCE,
 * FUZZ_LAYOUT). Claims: the sink's contract; a reader in pieces gives the same rows whatever the
 * pieces; what is read also goes into a table without a fault.
 */
#include "core/builder.h"
#include "extractors/extractor.h"
#include "pipeline/catalogue.h"
#include "tests/fuzz/guard.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static SpLayout *layout;
static SpSettings *settings;
static const SpExtractor *extractor;
static SpTables *lists;

static void prepare(void)
{
    if (extractor != NULL) {
        return;
    }
    fuzz_contain_children(); /* a file may be an .xls */
    g_autofree char *file = g_strdup_printf("layouts/%s.ini", FUZZ_LAYOUT);
    g_autofree char *text = fuzz_config_file(file);
    layout = sp_layout_parse(FUZZ_LAYOUT, text, NULL);
    extractor = sp_extractors_find(FUZZ_SOURCE);
    FUZZ_CLAIM(layout != NULL && extractor != NULL);
    g_autoptr(SpConfig) config = sp_config_new();
    FUZZ_CLAIM(sp_config_add(config, "fuzz", "[" FUZZ_SOURCE "/fuzz]\n" FUZZ_SETTINGS, NULL));
    lists = sp_tables_new();
    for (const char *const *list = extractor->lists; list != NULL && *list != NULL; list++) {
        g_autofree char *path = g_strdup_printf("%s/config/codes/%s.csv", SP_SOURCE_FOLDER, *list);
        SpTable *table = sp_catalogue_read(path, *list, NULL, NULL);
        FUZZ_CLAIM(table != NULL);
        sp_tables_add(lists, table);
    }
    settings = sp_settings_new(config, FUZZ_SOURCE "/fuzz", extractor->config_keys,
                               extractor->n_config_keys);
}

static gboolean read_pieces(const char *bytes, gsize size, gsize piece, SpSink *sink)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    guint64 n_left_out = 0;
    const SpParserInput input = {.origin = "fuzz",
                                 .layout = layout,
                                 .settings = settings,
                                 .lists = lists,
                                 .quality = quality,
                                 .n_left_out = &n_left_out};
    g_autoptr(SpParser) parser = extractor->open(&input, sink, &error);
    gboolean ok = parser != NULL;
    for (gsize done = 0; ok && done < size; done += piece) {
        ok = parser->push(parser, bytes + done, MIN(piece, size - done), &error);
    }
    SpParser *whole = ok ? g_steal_pointer(&parser) : NULL;
    ok = ok && whole->close(whole, &error);
    fuzz_check_outcome(ok, &error);
    return ok;
}

static void fuzz_pieces(const char *bytes, gsize size)
{
    enum { LARGEST = 64 * 1024 };
    FuzzGuard whole;
    FuzzGuard pieces;
    fuzz_guard_init(&whole);
    fuzz_guard_init(&pieces);
    gsize piece = size == 0 ? 1 : (gsize)(guint8)bytes[size - 1] + 1;
    gboolean is_read = read_pieces(bytes, size, LARGEST, &whole.sink);
    FUZZ_CLAIM(read_pieces(bytes, size, piece, &pieces.sink) == is_read);
    FUZZ_CLAIM(!is_read || (whole.digest == pieces.digest && whole.n_rows == pieces.n_rows));
}

static gboolean read_whole(const char *bytes, gsize size, SpSink *sink)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *updated = NULL;
    gboolean ok = extractor->parse(&(SpDocument){bytes, size, "fuzz", layout, settings}, sink,
                                   &updated, &error);
    fuzz_check_outcome(ok, &error);
    return ok;
}

static void fuzz_whole(const char *bytes, gsize size)
{
    FuzzGuard guard;
    fuzz_guard_init(&guard);
    if (read_whole(bytes, size, &guard.sink)) {
        g_autoptr(SpBuilder) builder = sp_builder_new(layout, "fuzz");
        (void)read_whole(bytes, size, sp_builder_sink(builder));
    }
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    prepare();
    /* A copy of its own size: one byte too far is then seen. */
    g_autofree char *bytes = g_memdup2(data, size);
    if (layout->persons != NULL) {
        fuzz_pieces(bytes, size);
    } else {
        fuzz_whole(bytes == NULL ? "" : bytes, size);
    }
    return 0;
}
