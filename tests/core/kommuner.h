/** Histories of kommuner from text, and what they are asked, for the tests of regions. */
#ifndef SP_TESTS_CORE_KOMMUNER_H
#define SP_TESTS_CORE_KOMMUNER_H

#include "tests/check.h"

#include "core/regions.h"

static const SpColumn code_columns[] = {
    {.name = "code", .kind = SP_COLUMN_CODE, .is_key = TRUE},
    {.name = "name", .kind = SP_COLUMN_CODE},
};
static const SpColumn change_columns[] = {
    {.name = "date", .kind = SP_COLUMN_CODE, .is_key = TRUE},
    {.name = "old_code", .kind = SP_COLUMN_CODE, .is_key = TRUE},
    {.name = "old_name", .kind = SP_COLUMN_CODE},
    {.name = "new_code", .kind = SP_COLUMN_CODE, .is_key = TRUE},
    {.name = "new_name", .kind = SP_COLUMN_CODE},
};

/** A table from lines of comma-separated fields, as many of them as there are columns. */
static inline SpTable *table_of(const char *name, const SpColumn columns[], gsize n_columns,
                                const char *lines)
{
    SpTable *table = sp_table_new(name, columns, n_columns);
    g_auto(GStrv) rows = g_strsplit(lines, "\n", -1);
    for (gsize i = 0; rows[i] != NULL; i++) {
        g_auto(GStrv) fields = g_strsplit(rows[i], ",", -1);
        if (g_strv_length(fields) < n_columns) {
            continue;
        }
        gsize row = sp_table_add_row(table);
        for (gsize column = 0; column < n_columns; column++) {
            sp_table_set_code(table, row, column, fields[column]);
        }
    }
    return table;
}

static inline SpRegions *try_regions(const char *codes, SpDay day, const char *changes,
                                     GError **error)
{
    g_autoptr(SpTable) code_table =
        table_of("codes", code_columns, G_N_ELEMENTS(code_columns), codes);
    g_autoptr(SpTable) change_table =
        table_of("changes", change_columns, G_N_ELEMENTS(change_columns), changes);
    return sp_regions_new(code_table, day, change_table, error);
}

static inline SpRegions *regions_of(const char *codes, SpDay day, const char *changes)
{
    g_autoptr(GError) error = NULL;
    SpRegions *regions = try_regions(codes, day, changes, &error);
    assert_no_error(error);
    return regions;
}

/** "0001 0002" of a day. */
static inline void check_at(const SpRegions *regions, SpDay day, const char *wanted)
{
    g_autofree const char **codes = sp_regions_at(regions, day);
    g_autofree char *joined = g_strjoinv(" ", (char **)codes);
    assert_string_equal(joined, wanted);
}

/** "0001" or, with the day of a split, "0001/20240101 0002/20240101". */
static inline void check_successors(const SpRegions *regions, const char *code, SpDay from,
                                    SpDay to, const char *wanted)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) successors = sp_regions_successors(regions, code, from, to, &error);
    assert_no_error(error);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < successors->len; i++) {
        const SpSuccessor *successor = &g_array_index(successors, SpSuccessor, i);
        g_string_append_printf(text, "%s%s", i > 0 ? " " : "", successor->code);
        if (successor->split_day != 0) {
            g_string_append_printf(text, "/%d", successor->split_day);
        }
    }
    assert_string_equal(text->str, wanted);
}

static inline void check_no_successor(const SpRegions *regions, const char *code, SpDay from,
                                      SpDay to, const char *part)
{
    g_autoptr(GError) error = NULL;
    assert_null(sp_regions_successors(regions, code, from, to, &error));
    assert_error(error, SP_ERROR_DATA, part);
}

/** A shared file of KLASS 131 without its header; its first fields hold no commas. */
static inline char *read_shared(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, "ssb-klass-131-kommuner", name, NULL);
    g_autoptr(GError) error = NULL;
    char *text = NULL;
    g_file_get_contents(path, &text, NULL, &error);
    assert_no_error(error);
    memset(text, ' ', strcspn(text, "\n"));
    return text;
}

static inline SpRegions *klass_regions(const char *folder)
{
    g_autofree char *codes = read_shared(folder, "kommuner_2026-01-01.csv");
    g_autofree char *changes = read_shared(folder, "kommune_endringer_1839_2024.csv");
    return regions_of(codes, 20260101, changes);
}

#endif
