/* Parts against wholes in published tables. */
#include "transforms/audit/sums.h"

#include "core/regions.h"

#include <math.h>
#include <string.h>

/* The key of a row with its region replaced by `region`: codes parted by a byte that no code holds.
 */
static char *row_key(const SpTable *table, gsize row, gsize region_column, const char *region)
{
    g_autoptr(GString) key = g_string_new(region);
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        if (column->kind == SP_COLUMN_CODE && column->is_key && i != region_column) {
            g_string_append_c(key, '\x1f');
            g_string_append(key, sp_table_code(table, row, i));
        }
    }
    return g_string_free(g_steal_pointer(&key), FALSE);
}

typedef struct {
    SpReal sum;
    double magnitude; /* of the parts, for the rounding they may carry */
    gsize n_parts;
} Parts;

static GHashTable *sum_kommuner(const SpTable *table, gsize region_column, gsize measure)
{
    GHashTable *sums = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *region = sp_table_code(table, row, region_column);
        if (sp_region_kind(region) != SP_REGION_KOMMUNE) {
            continue;
        }
        g_autofree char *fylke = g_strndup(region, 2);
        g_autofree char *key = row_key(table, row, region_column, fylke);
        Parts *parts = g_hash_table_lookup(sums, key);
        if (parts == NULL) {
            parts = g_new0(Parts, 1);
            parts->sum = sp_real_none(SP_NOT_APPLICABLE);
            g_hash_table_insert(sums, g_steal_pointer(&key), parts);
        }
        SpReal real = sp_table_real(table, row, measure);
        parts->sum = sp_real_add(parts->sum, real);
        parts->magnitude += fabs(real.value);
        parts->n_parts++;
    }
    return sums;
}

static gsize check_measure(const SpTable *table, gsize region_column, gsize measure,
                           GPtrArray *breaks)
{
    static const double rounding =
        1e-8; /* two halves of the ninth digit, for every part and the whole */
    g_autoptr(GHashTable) sums = sum_kommuner(table, region_column, measure);
    gsize n_checked = 0;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *region = sp_table_code(table, row, region_column);
        if (sp_region_kind(region) != SP_REGION_FYLKE) {
            continue;
        }
        g_autofree char *key = row_key(table, row, region_column, region);
        const Parts *parts = g_hash_table_lookup(sums, key);
        SpReal whole = sp_table_real(table, row, measure);
        if (parts == NULL || !sp_real_is_number(whole) || !sp_real_is_number(parts->sum)) {
            continue;
        }
        n_checked++;
        if (fabs(whole.value - parts->sum.value) > rounding * (parts->magnitude + 1.0)) {
            g_strdelimit(key, "\x1f", ' ');
            g_ptr_array_add(breaks, g_strdup_printf("%s: %s of %s is %.9g, but its %" G_GSIZE_FORMAT
                                                    " kommuner sum to %.9g",
                                                    sp_table_name(table),
                                                    sp_table_column(table, measure)->name, key,
                                                    whole.value, parts->n_parts, parts->sum.value));
        }
    }
    return n_checked;
}

gsize sp_audit_sums(const SpTable *table, GPtrArray *breaks)
{
    gsize region_column = sp_table_find(table, "region");
    gsize n_checked = 0;
    if (region_column == SP_NO_COLUMN) {
        return 0;
    }
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        if (column->kind == SP_COLUMN_MEASURE && column->is_additive) {
            n_checked += check_measure(table, region_column, i, breaks);
        }
    }
    return n_checked;
}
