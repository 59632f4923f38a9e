/* Rows of corrections, each for one cell. */
#include "transforms/normalise/corrections.h"

#include "core/error.h"
#include "core/number.h"
#include "core/period.h"

#include <string.h>

#define FILE_NAME "config/korreksjoner.csv"

enum { DATASET, TABLE, KEY, MEASURE, OLD, NEW, REASON, WHO, DATE, N_COLUMNS };

static const char *const names[N_COLUMNS] = {"dataset", "table",  "key", "measure", "old",
                                             "new",     "reason", "who", "date"};

typedef struct {
    const SpTable *file;
    gsize columns[N_COLUMNS];
    gsize row;
} Row;

static const char *text_of(const Row *row, guint column)
{
    return sp_table_code(row->file, row->row, row->columns[column]);
}

static gboolean set_wrong(const Row *row, guint column, const char *wanted, GError **error)
{
    return sp_error_set(error, SP_ERROR_CONFIG,
                        FILE_NAME ": row %" G_GSIZE_FORMAT ": %s \"%s\": want %s", row->row + 2,
                        names[column], text_of(row, column), wanted);
}

static gboolean parse_figure(const char *text, SpReal *real)
{
    SpStatus status = SP_PRESENT;
    double value = 0.0;
    if (sp_number_parse(text, strlen(text), sp_number_plain, &value)) {
        *real = sp_real(value);
        return TRUE;
    }
    if (*text == '\0' || !sp_status_find(text, &status)) {
        return FALSE;
    }
    *real = sp_real_none(status);
    return TRUE;
}

/* Flags are no part of the figure; numbers are compared as files hold them. */
static gboolean is_figure(SpReal a, SpReal b)
{
    return a.status == b.status && sp_number_round(a.value) == sp_number_round(b.value);
}

static gboolean check_texts(const Row *row, GError **error)
{
    SpDay day = 0;
    if (*text_of(row, REASON) == '\0') {
        return set_wrong(row, REASON, "why the figure is wrong and where the right one is from",
                         error);
    }
    if (*text_of(row, WHO) == '\0') {
        return set_wrong(row, WHO, "who answers for it", error);
    }
    return sp_day_parse(text_of(row, DATE), &day) ||
           set_wrong(row, DATE, "a day such as 2026-03-01", error);
}

/* The cell that a row for the table names; its measure is one of it. */
static SpCell *cell_of(const Row *row, const SpTable *facts, GError **error)
{
    gsize measure = sp_table_find(facts, text_of(row, MEASURE));
    if (measure == SP_NO_COLUMN || sp_table_column(facts, measure)->kind != SP_COLUMN_MEASURE) {
        (void)set_wrong(row, MEASURE, "a measure of the table", error);
        return NULL;
    }
    g_autofree char *text =
        g_strdup_printf("%s %s %s", text_of(row, TABLE), text_of(row, MEASURE), text_of(row, KEY));
    g_autoptr(GError) failure = NULL;
    SpCell *cell = sp_cell_parse(text, &failure);
    if (cell == NULL) {
        (void)set_wrong(row, KEY, "the key columns, such as region=0301 period=2023", error);
    }
    return cell;
}

static void note_other(const SpCell *cell, SpReal found, SpReal old, SpQuality *quality)
{
    char is[SP_NUMBER_SIZE];
    char was[SP_NUMBER_SIZE];
    g_autofree char *subject = sp_cell_format(cell);
    sp_number_format(found.value, is);
    sp_number_format(old.value, was);
    sp_quality_note(quality, "correction_not_applied", subject, 0,
                    "the source now has %s and not %s: look whether the correction is still needed",
                    sp_real_is_number(found) ? is : sp_status_sign((SpStatus)found.status),
                    sp_real_is_number(old) ? was : sp_status_sign((SpStatus)old.status));
}

static gboolean apply_row(const Row *row, SpTable *facts, GHashTable *seen, SpQuality *quality,
                          GError **error)
{
    SpReal old;
    SpReal new;
    gsize at = 0;
    g_autoptr(SpCell) cell = check_texts(row, error) ? cell_of(row, facts, error) : NULL;
    if (cell == NULL) {
        return FALSE;
    }
    if (!parse_figure(text_of(row, OLD), &old)) {
        return set_wrong(row, OLD, "a number or a sign such as ..", error);
    }
    if (!parse_figure(text_of(row, NEW), &new)) {
        return set_wrong(row, NEW, "a number or a sign such as ..", error);
    }
    g_autofree char *subject = sp_cell_format(cell);
    if (!g_hash_table_add(seen, g_strdup(subject))) {
        return set_wrong(row, KEY, "each cell once", error);
    }
    if (!sp_cell_find_row(cell, facts, &at, NULL)) {
        sp_quality_note(quality, "correction_not_applied", subject, 0,
                        "the facts have no such row");
        return TRUE;
    }
    gsize measure = sp_table_find(facts, text_of(row, MEASURE));
    SpReal found = sp_table_real(facts, at, measure);
    if (!is_figure(found, old)) {
        note_other(cell, found, old, quality);
        return TRUE;
    }
    new.flags = found.flags;
    sp_table_set_real(facts, at, measure, new);
    sp_quality_note(quality, "corrected", subject, 0, "from %s to %s: %s (%s, %s)",
                    text_of(row, OLD), text_of(row, NEW), text_of(row, REASON), text_of(row, WHO),
                    text_of(row, DATE));
    return TRUE;
}

static gboolean open_file(const SpTable *file, Row *row, GError **error)
{
    row->file = file;
    row->row = 0;
    if (sp_table_need_all(file, names, N_COLUMNS, SP_COLUMN_CODE, row->columns, error)) {
        return TRUE;
    }
    g_prefix_error(error, FILE_NAME ": ");
    return FALSE;
}

static gboolean is_about(const Row *row, const char *dataset, const SpTable *facts)
{
    return strcmp(text_of(row, DATASET), dataset) == 0 &&
           strcmp(text_of(row, TABLE), sp_table_name(facts)) == 0;
}

gboolean sp_corrections_check(const SpTable *file, const char *dataset, const SpTables *facts,
                              GError **error)
{
    Row row;
    if (!open_file(file, &row, error)) {
        return FALSE;
    }
    for (; row.row < sp_table_n_rows(file); row.row++) {
        if (strcmp(text_of(&row, DATASET), dataset) == 0 &&
            sp_tables_find(facts, text_of(&row, TABLE)) == NULL) {
            return set_wrong(&row, TABLE, "a table that the dataset makes", error);
        }
    }
    return TRUE;
}

gboolean sp_correct(const SpTable *file, const char *dataset, SpTable *facts, SpQuality *quality,
                    GError **error)
{
    Row row;
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (!open_file(file, &row, error)) {
        return FALSE;
    }
    for (; row.row < sp_table_n_rows(file); row.row++) {
        if (is_about(&row, dataset, facts) && !apply_row(&row, facts, seen, quality, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* The row names the cell: the same figure of the same facts. */
static gboolean is_of_cell(const Row *row, const SpTable *facts, gsize at, const SpCell *cell)
{
    gsize own = 0;
    g_autoptr(SpCell) named = cell_of(row, facts, NULL);
    return named != NULL && strcmp(named->measure, cell->measure) == 0 &&
           sp_cell_find_row(named, facts, &own, NULL) && own == at;
}

gboolean sp_correct_explain(const SpTable *file, const char *dataset, const SpTable *facts,
                            const SpCell *cell, SpExplanation *explanation)
{
    Row row;
    gsize at = 0;
    SpReal new;
    gsize measure = sp_table_find(facts, cell->measure);
    if (!open_file(file, &row, NULL) || measure == SP_NO_COLUMN ||
        !sp_cell_find_row(cell, facts, &at, NULL)) {
        return FALSE;
    }
    for (; row.row < sp_table_n_rows(file); row.row++) {
        if (!is_about(&row, dataset, facts) || !is_of_cell(&row, facts, at, cell) ||
            !parse_figure(text_of(&row, NEW), &new) ||
            !is_figure(sp_table_real(facts, at, measure), new)) {
            continue;
        }
        char *method = g_strdup_printf(
            "corrected by hand from %s to %s: %s (%s, %s; " FILE_NAME " row %" G_GSIZE_FORMAT
            "); before that: %s",
            text_of(&row, OLD), text_of(&row, NEW), text_of(&row, REASON), text_of(&row, WHO),
            text_of(&row, DATE), row.row + 2,
            explanation->method != NULL ? explanation->method : "the source's figure");
        g_free(explanation->method);
        explanation->method = method;
        explanation->is_injective = FALSE;
        return TRUE;
    }
    return FALSE;
}
