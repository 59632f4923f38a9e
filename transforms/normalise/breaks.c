/* Breaks of series: the rows of a file become flags. */
#include "transforms/normalise/breaks.h"

#include <string.h>

#include "core/error.h"

enum { TABLE, MEASURE, FROM, TEXT, N_COLUMNS };
static const char *const names[N_COLUMNS] = {"tabell", "kolonne", "fra", "nb"};

static gsize flag(SpTable *facts, gsize measure, gsize period, const char *first)
{
    SpReal *reals = sp_table_reals(facts, measure);
    gsize n = 0;
    for (gsize row = 0; row < sp_table_n_rows(facts); row++) {
        if (sp_real_is_number(reals[row]) &&
            strcmp(sp_table_code(facts, row, period), first) == 0) {
            reals[row].flags |= SP_FLAG_BREAK_BEFORE;
            n++;
        }
    }
    return n;
}

static gboolean apply(SpTable *facts, const SpTable *breaks, const gsize columns[], gsize row,
                      SpQuality *quality, GError **error)
{
    gsize period = sp_table_find(facts, "period");
    const char *name = sp_table_code(breaks, row, columns[MEASURE]);
    const char *from = sp_table_code(breaks, row, columns[FROM]);
    gsize measure = name[0] != '\0' ? sp_table_find(facts, name) : SP_NO_COLUMN;
    if (name[0] != '\0' && measure == SP_NO_COLUMN) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "config/" SP_BREAKS_FILE
                            ": table %s has no measure \"%s\"; correct the "
                            "row, or leave kolonne empty for all",
                            sp_table_name(facts), name);
    }
    const char *first = sp_series_break(facts, period, from);
    gsize n = 0;
    for (gsize i = 0; first != NULL && i < sp_table_n_columns(facts); i++) {
        gboolean is_wanted = measure == SP_NO_COLUMN || measure == i;
        if (is_wanted && sp_table_column(facts, i)->kind == SP_COLUMN_MEASURE) {
            n += flag(facts, i, period, first);
        }
    }
    if (n > 0) {
        g_autofree char *subject = g_strdup_printf("%s %s", name[0] != '\0' ? name : "*", first);
        sp_quality_note(quality, "break", subject, 0, "%" G_GSIZE_FORMAT " figures: %s", n,
                        sp_table_code(breaks, row, columns[TEXT]));
    }
    return TRUE;
}

gboolean sp_normalise_breaks(SpTable *facts, const SpTable *breaks, SpQuality *quality,
                             GError **error)
{
    gsize columns[N_COLUMNS];
    gsize period = sp_table_find(facts, "period");
    for (gsize i = 0; i < N_COLUMNS; i++) {
        columns[i] = sp_table_find(breaks, names[i]);
        if (columns[i] == SP_NO_COLUMN) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "config/" SP_BREAKS_FILE " has no column \"%s\"; put it back",
                                names[i]);
        }
    }
    if (period == SP_NO_COLUMN || sp_table_column(facts, period)->kind != SP_COLUMN_CODE) {
        return TRUE;
    }
    for (gsize row = 0; row < sp_table_n_rows(breaks); row++) {
        if (strcmp(sp_table_code(breaks, row, columns[TABLE]), sp_table_name(facts)) == 0 &&
            !apply(facts, breaks, columns, row, quality, error)) {
            return FALSE;
        }
    }
    return TRUE;
}
