/* Flags by period, and rows that are there twice. */
#include "transforms/normalise/marks.h"

#include <string.h>

#include "core/table_rows.h"

static guint flags_of(const SpLayout *layout, const char *period)
{
    guint flags = 0;
    if (layout->provisional_from != NULL && strcmp(period, layout->provisional_from) >= 0) {
        flags |= SP_FLAG_PROVISIONAL;
    }
    for (char **text = layout->breaks; text != NULL && *text != NULL; text++) {
        flags |= strcmp(period, *text) == 0 ? SP_FLAG_BREAK_BEFORE : 0U;
    }
    return flags;
}

void sp_normalise_flag_periods(const SpLayout *layout, SpTable *table)
{
    if (layout->provisional_from == NULL && layout->breaks == NULL) {
        return;
    }
    const SpLayoutColumn *period = sp_layout_find_role(layout, SP_ROLE_PERIOD);
    g_assert(period != NULL); /* core/layout.c */
    gsize at = sp_table_find(table, period->name);
    for (gsize column = 0; column < sp_table_n_columns(table); column++) {
        if (sp_table_column(table, column)->kind != SP_COLUMN_MEASURE) {
            continue;
        }
        SpReal *reals = sp_table_reals(table, column);
        for (gsize row = 0; row < sp_table_n_rows(table); row++) {
            if (sp_real_is_number(reals[row])) {
                guint flags = reals[row].flags | flags_of(layout, sp_table_code(table, row, at));
                reals[row].flags = (guint8)flags;
            }
        }
    }
}

static gboolean is_same_real(SpReal a, SpReal b)
{
    return a.status == b.status && a.flags == b.flags && !(a.value < b.value) &&
           !(a.value > b.value); /* never a NaN: core/real.h */
}

/* Of two rows, whether the codes of the key (or all else) agree. */
static gboolean agree(const SpTable *table, gsize a, gsize b, gboolean in_key)
{
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *is = sp_table_column(table, i);
        gboolean is_key = is->kind == SP_COLUMN_CODE && is->is_key;
        if (is_key != in_key) {
            continue;
        }
        if (is->kind == SP_COLUMN_CODE
                ? sp_table_code_numbers_const(table, i)[a] !=
                      sp_table_code_numbers_const(table, i)[b]
                : !is_same_real(sp_table_real(table, a, i), sp_table_real(table, b, i))) {
            return FALSE;
        }
    }
    return TRUE;
}

static void note_once(const SpTable *table, gsize row, SpQuality *quality)
{
    g_autoptr(GString) key = g_string_new(NULL);
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *is = sp_table_column(table, i);
        if (is->kind == SP_COLUMN_CODE && is->is_key) {
            g_string_append_printf(key, "%s%s=%s", key->len > 0 ? " " : "", is->name,
                                   sp_table_code(table, row, i));
        }
    }
    sp_quality_note(quality, "counted_once", key->str, 0,
                    "the source has the same row more than once; it is counted once");
}

SpTable *sp_normalise_take_once(SpTable *table, SpQuality *quality)
{
    sp_table_sort(table);
    gsize n = sp_table_n_rows(table);
    g_autofree gsize *rows = g_new(gsize, n + 1);
    gsize n_kept = 0;
    for (gsize row = 0; row < n; row++) {
        gboolean is_again = FALSE;
        for (gsize k = n_kept; k > 0 && agree(table, rows[k - 1], row, TRUE) && !is_again; k--) {
            is_again = agree(table, rows[k - 1], row, FALSE);
        }
        if (is_again) {
            note_once(table, row, quality);
        } else {
            rows[n_kept++] = row;
        }
    }
    return sp_table_copy_rows(table, NULL, rows, n_kept);
}
