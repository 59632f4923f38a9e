/**
 * Tables as text, so that a test shows its whole input and its whole result.
 *
 * Columns are "region:key navn:attribute innbyggere:sum andel:other"; a row is its cells with a
 * blank between them: codes as they are ("_" for the empty code), figures as a number or SSB's sign
 * of their status ("-", "0", ".", "...", "..", ":"), with flags after a slash ("12.5/pm").
 */
#ifndef SP_TESTS_CORE_ROWS_H
#define SP_TESTS_CORE_ROWS_H

#include "tests/check.h"

#include "core/number.h"
#include "core/table.h"

static inline SpReal real_of(const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, "/", 2);
    SpReal real = sp_real_none(SP_MISSING);
    SpStatus status;
    double value;
    if (sp_status_find(parts[0], &status)) {
        real = sp_real_none(status);
    } else if (sp_number_parse(parts[0], strlen(parts[0]), sp_number_plain, &value)) {
        real = sp_real(value);
    } else {
        fail_msg("\"%s\" is no figure", text);
    }
    if (parts[1] != NULL) {
        assert_true(sp_flags_parse(parts[1], &real.flags));
    }
    return real;
}

/** A table of rows [n]. */
static inline SpTable *table_of(const char *name, const char *columns, gsize n,
                                const char *const rows[])
{
    SpTable *table = sp_table_new(name, NULL, 0);
    g_auto(GStrv) specs = g_strsplit(columns, " ", -1);
    for (gsize i = 0; specs[i] != NULL; i++) {
        g_auto(GStrv) parts = g_strsplit(specs[i], ":", 2);
        gboolean is_code = strcmp(parts[1], "key") == 0 || strcmp(parts[1], "attribute") == 0;
        const SpColumn column = {.name = parts[0],
                                 .kind = is_code ? SP_COLUMN_CODE : SP_COLUMN_MEASURE,
                                 .is_key = strcmp(parts[1], "key") == 0,
                                 .is_additive = strcmp(parts[1], "sum") == 0};
        sp_table_add_column(table, &column);
    }
    for (gsize row = 0; row < n; row++) {
        g_auto(GStrv) cells = g_strsplit(rows[row], " ", -1);
        assert_int_equal(g_strv_length(cells), sp_table_n_columns(table));
        sp_table_add_row(table);
        for (gsize i = 0; cells[i] != NULL; i++) {
            if (sp_table_column(table, i)->kind == SP_COLUMN_CODE) {
                sp_table_set_code(table, row, i, strcmp(cells[i], "_") == 0 ? "" : cells[i]);
            } else {
                sp_table_set_real(table, row, i, real_of(cells[i]));
            }
        }
    }
    return table;
}
#define TABLE(name, columns, ...)                                                                  \
    table_of(name, columns, G_N_ELEMENTS(((const char *const[]){__VA_ARGS__})),                    \
             (const char *const[]){__VA_ARGS__})

static inline void append_cell(GString *text, const SpTable *table, gsize row, gsize column)
{
    if (sp_table_column(table, column)->kind == SP_COLUMN_CODE) {
        const char *code = sp_table_code(table, row, column);
        g_string_append(text, code[0] != '\0' ? code : "_");
        return;
    }
    SpReal real = sp_table_real(table, row, column);
    char number[SP_NUMBER_SIZE], flags[SP_FLAGS_TEXT_SIZE];
    sp_number_format(real.value, number);
    g_string_append(text, real.status == SP_PRESENT ? number : sp_status_sign(real.status));
    if (real.flags != 0) {
        g_string_append_printf(text, "/%s", sp_flags_format(real.flags, flags));
    }
}

/** Its rows, a line each. g_free. */
static inline char *text_of_table(const SpTable *table)
{
    g_autoptr(GString) found = g_string_new(NULL);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        for (gsize column = 0; column < sp_table_n_columns(table); column++) {
            g_string_append(found, column > 0 ? " " : "");
            append_cell(found, table, row, column);
        }
        g_string_append_c(found, '\n');
    }
    return g_strdup(found->str);
}

/** Fails unless the table has just these rows, in this order. */
static inline void check_rows(const SpTable *table, gsize n, const char *const rows[])
{
    g_autofree char *found = text_of_table(table);
    g_autoptr(GString) wanted = g_string_new(NULL);
    for (gsize row = 0; row < n; row++) {
        g_string_append_printf(wanted, "%s\n", rows[row]);
    }
    assert_string_equal(found, wanted->str);
}
#define assert_rows(table, ...)                                                                    \
    check_rows(table, G_N_ELEMENTS(((const char *const[]){__VA_ARGS__})),                          \
               (const char *const[]){__VA_ARGS__})

#endif
