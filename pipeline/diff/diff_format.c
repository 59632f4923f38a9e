/* Differences as text. */
#include "pipeline/diff/diff.h"

#include "core/io/csv.h"
#include "core/number.h"
#include "core/real.h"
#include "transforms/compare/changes_rows.h"

#include <string.h>

/* "12.5", or the sign of what is no number. */
static void append_figure(GString *text, SpReal real)
{
    char buffer[SP_NUMBER_SIZE];
    const gsize size = sp_real_is_number(real) ? sp_number_format(real.value, buffer) : 0;
    if (size > 0) {
        g_string_append_len(text, buffer, (gssize)size);
    } else {
        g_string_append(text, sp_status_sign(real.status));
    }
}

static gboolean is_cell(const SpTable *changes, gsize row)
{
    return strcmp(sp_table_code(changes, row, SP_CHANGES_EXTENT), SP_CHANGES_CELL) == 0;
}

/* "aarsverk kommune=4601 period=2024  antall  12 -> 14  endret  kilde: ssb/x". */
static void append_row(GString *text, const SpTable *changes, gsize row, gsize package)
{
    const char *names = sp_table_code(changes, row, SP_CHANGES_CAUSE_NAMES);
    const char *key = sp_table_code(changes, row, SP_CHANGES_KEY);
    const char *measure = sp_table_code(changes, row, SP_CHANGES_MEASURE);
    const char *place = package != SP_NO_COLUMN ? sp_table_code(changes, row, package) : "";
    const SpReal count = sp_table_real(changes, row, SP_CHANGES_COUNT);
    g_string_append_printf(text, "%s%s%s%s%s", sp_table_code(changes, row, SP_CHANGES_OF),
                           *key != '\0' ? " " : "", key, *measure != '\0' ? "  " : "", measure);
    if (is_cell(changes, row)) {
        g_string_append(text, "  ");
        append_figure(text, sp_table_real(changes, row, SP_CHANGES_BEFORE));
        g_string_append(text, " -> ");
        append_figure(text, sp_table_real(changes, row, SP_CHANGES_NOW));
    } else {
        g_string_append_printf(text, "  %s: ", sp_table_code(changes, row, SP_CHANGES_EXTENT));
        append_figure(text, count);
        g_string_append_printf(text, " cells%s%s", *place != '\0' ? " in " : "", place);
    }
    g_string_append_printf(text, "  %s  %s%s%s\n", sp_table_code(changes, row, SP_CHANGES_KIND),
                           sp_table_code(changes, row, SP_CHANGES_CAUSE),
                           *names != '\0' ? ": " : "", names);
}

/* How many cells of a slag and cause, in their order in the table. */
typedef struct {
    char *name;
    double n;
} Count;

static void count_clear(gpointer data)
{
    g_free(((Count *)data)->name);
}

static void add_count(GArray *counts, const char *name, double n)
{
    for (guint i = 0; i < counts->len; i++) {
        Count *count = &g_array_index(counts, Count, i);
        if (strcmp(count->name, name) == 0) {
            count->n += n;
            return;
        }
    }
    const Count count = {.name = g_strdup(name), .n = n};
    g_array_append_val(counts, count);
}

static void append_counts(GString *text, const SpTable *changes)
{
    g_autoptr(GArray) counts = g_array_new(FALSE, FALSE, sizeof(Count));
    g_array_set_clear_func(counts, count_clear);
    double all = 0;
    for (gsize row = 0; row < sp_table_n_rows(changes); row++) {
        const SpReal n = sp_table_real(changes, row, SP_CHANGES_COUNT);
        const double cells = is_cell(changes, row) ? 1 : n.value;
        g_autofree char *name =
            g_strdup_printf("%s (%s)", sp_table_code(changes, row, SP_CHANGES_KIND),
                            sp_table_code(changes, row, SP_CHANGES_CAUSE));
        add_count(counts, name, cells);
        all += cells;
    }
    g_string_append_printf(text, "%.0f cells differ", all);
    for (guint i = 0; i < counts->len; i++) {
        const Count *count = &g_array_index(counts, Count, i);
        g_string_append_printf(text, "%s %s %.0f", i == 0 ? ":" : ",", count->name, count->n);
    }
    g_string_append_c(text, '\n');
}

char *sp_diff_format(const SpTable *changes)
{
    GString *text = g_string_new(NULL);
    const gsize package = sp_table_find(changes, "pakke");
    for (gsize row = 0; row < sp_table_n_rows(changes); row++) {
        append_row(text, changes, row, package);
    }
    append_counts(text, changes);
    return g_string_free(text, FALSE);
}

static void append_field(GString *text, const char *field, gboolean is_first)
{
    g_autofree char *quoted = sp_csv_quote(field, ',');
    g_string_append_printf(text, "%s%s", is_first ? "" : ",", quoted);
}

char *sp_diff_csv(const SpTable *changes)
{
    GString *text = g_string_new(NULL);
    for (gsize i = 0; i < sp_table_n_columns(changes); i++) {
        append_field(text, sp_table_column(changes, i)->name, i == 0);
    }
    g_string_append_c(text, '\n');
    for (gsize row = 0; row < sp_table_n_rows(changes); row++) {
        for (gsize i = 0; i < sp_table_n_columns(changes); i++) {
            if (sp_table_column(changes, i)->kind == SP_COLUMN_CODE) {
                append_field(text, sp_table_code(changes, row, i), i == 0);
            } else {
                g_string_append_c(text, ',');
                append_figure(text, sp_table_real(changes, row, i));
            }
        }
        g_string_append_c(text, '\n');
    }
    return g_string_free(text, FALSE);
}
