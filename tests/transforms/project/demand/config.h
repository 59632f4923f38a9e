/** The configuration as the tables that the stage makes of it. */
#ifndef SP_TESTS_TRANSFORMS_PROJECT_DEMAND_CONFIG_H
#define SP_TESTS_TRANSFORMS_PROJECT_DEMAND_CONFIG_H

#include "tests/transforms/project/fixture.h"

#include "transforms/project/files.h"

#include <string.h>

/* Fields of a line of CSV with quotes. */
static inline GPtrArray *config_fields(const char *line)
{
    GPtrArray *fields = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) field = g_string_new(NULL);
    gboolean is_quoted = FALSE;
    for (const char *at = line; *at != '\0'; at++) {
        if (*at == '"') {
            is_quoted = !is_quoted;
        } else if (*at == ',' && !is_quoted) {
            g_ptr_array_add(fields, g_strdup(field->str));
            g_string_truncate(field, 0);
        } else {
            g_string_append_c(field, *at);
        }
    }
    g_ptr_array_add(fields, g_strdup(field->str));
    return fields;
}

/** A file of config as a table; columns named in `measures` (NULL-ended) are figures. */
static inline SpTable *config_table(const char *path, const char *name,
                                    const char *const measures[])
{
    g_autofree char *file = g_build_filename(SP_SOURCE_FOLDER, "config", path, NULL);
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    if (!g_file_get_contents(file, &text, NULL, &error)) {
        fail_msg("%s", error->message);
    }
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    SpTable *table = sp_table_new(name, NULL, 0);
    g_autoptr(GPtrArray) header = config_fields(lines[0]);
    for (guint i = 0; i < header->len; i++) {
        gboolean is_measure = g_strv_contains(measures, header->pdata[i]);
        const SpColumn column = {.name = header->pdata[i],
                                 .kind = is_measure ? SP_COLUMN_MEASURE : SP_COLUMN_CODE,
                                 .is_key = FALSE};
        sp_table_add_column(table, &column);
    }
    for (gsize line = 1; lines[line] != NULL && *lines[line] != '\0'; line++) {
        g_autoptr(GPtrArray) fields = config_fields(lines[line]);
        assert_int_equal(fields->len, header->len);
        gsize row = sp_table_add_row(table);
        for (guint i = 0; i < fields->len; i++) {
            if (sp_table_column(table, i)->kind == SP_COLUMN_CODE) {
                sp_table_set_code(table, row, i, fields->pdata[i]);
            } else if (*(const char *)fields->pdata[i] != '\0') {
                sp_table_set_real(table, row, i, sp_real(fixture_number(fields->pdata[i])));
            }
        }
    }
    return table;
}

/** A table as projections read it (transforms/project/files.h). */
static inline SpTable *config_file(const char *table)
{
    const SpProjectFile *file = sp_project_files;
    while (file->path != NULL && strcmp(file->table, table) != 0) {
        file++;
    }
    assert_non_null(file->path);
    g_auto(GStrv) measures = g_strsplit(file->measures, " ", -1);
    return config_table(file->path, file->table, (const char *const *)measures);
}

static inline SpTable *config_growth(void)
{
    return config_file("utvikling");
}

/** Use by age: the newest rates, and those before them. */
static inline void config_add_use(SpTables *in)
{
    sp_tables_add(in, config_file("bruk"));
    sp_tables_add(in, config_file("bruk_tidligere"));
}

/** All that demand reads of the configuration but use by age, added to the tables of a test. */
static inline void config_add(SpTables *in)
{
    static const char *const names[] = {"utvikling",        "tjenester", "struktur",
                                        "bemanning_kilder", "lovkrav",   "profesjoner"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        sp_tables_add(in, config_file(names[i]));
    }
}

#endif
