/* Parts against wholes in published tables. */
#include "transforms/audit/sums.h"

#include "core/regions.h"
#include "core/rollup.h"
#include "core/table_rows.h"

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

/* What is summed into what. */
typedef struct {
    SpRegionKind of;   /* kind of the parts */
    const char *name;  /* of the parts, for messages */
    const char *whole; /* code of the whole; NULL: the first two digits of each part */
    gsize n_wanted;    /* parts without which there is no whole; 0: as many as there are */
} Level;

static GHashTable *sum_parts(const SpTable *table, gsize region_column, gsize measure,
                             const Level *level)
{
    GHashTable *sums = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *region = sp_table_code(table, row, region_column);
        if (sp_region_kind(region) != level->of) {
            continue;
        }
        g_autofree char *whole =
            level->whole != NULL ? g_strdup(level->whole) : g_strndup(region, 2);
        g_autofree char *key = row_key(table, row, region_column, whole);
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

static gboolean is_whole(const Level *level, const char *region)
{
    return level->whole != NULL ? strcmp(region, level->whole) == 0
                                : sp_region_kind(region) == SP_REGION_FYLKE;
}

static gsize check_measure(const SpTable *table, gsize region_column, gsize measure,
                           const Level *level, GPtrArray *breaks)
{
    static const double rounding =
        1e-8; /* two halves of the ninth digit, for every part and the whole */
    g_autoptr(GHashTable) sums = sum_parts(table, region_column, measure, level);
    gsize n_checked = 0;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *region = sp_table_code(table, row, region_column);
        if (!is_whole(level, region)) {
            continue;
        }
        g_autofree char *key = row_key(table, row, region_column, region);
        const Parts *parts = g_hash_table_lookup(sums, key);
        SpReal whole = sp_table_real(table, row, measure);
        if (parts == NULL || parts->n_parts < level->n_wanted || !sp_real_is_number(whole) ||
            !sp_real_is_number(parts->sum)) {
            continue;
        }
        n_checked++;
        if (fabs(whole.value - parts->sum.value) > rounding * (parts->magnitude + 1.0)) {
            g_strdelimit(key, "\x1f", ' ');
            g_ptr_array_add(
                breaks,
                g_strdup_printf("%s: %s of %s is %.9g, but its %" G_GSIZE_FORMAT " %s sum to %.9g",
                                sp_table_name(table), sp_table_column(table, measure)->name, key,
                                whole.value, parts->n_parts, level->name, parts->sum.value));
        }
    }
    return n_checked;
}

/* Codes of fylker that stand in the table, and whether our own sum of the country does. */
static gsize count_fylker(const SpTable *table, gsize region_column, gboolean *has_sum)
{
    const SpCodes *codes = sp_table_codes(table, region_column);
    g_autofree gboolean *is_used = sp_table_used_codes(table, region_column);
    gsize n = 0;
    *has_sum = FALSE;
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        const char *code = sp_codes_text(codes, i);
        n += is_used[i] && sp_region_kind(code) == SP_REGION_FYLKE ? 1 : 0;
        *has_sum = *has_sum || (is_used[i] && strcmp(code, SP_REGION_COUNTRY_SUM) == 0);
    }
    return n;
}

gsize sp_audit_sums(const SpTable *table, gboolean has_own_sums, GPtrArray *breaks)
{
    gsize region_column = sp_table_find(table, "region");
    gboolean has_sum = FALSE;
    gsize n_checked = 0;
    if (region_column == SP_NO_COLUMN) {
        return 0;
    }
    gsize n_fylker = count_fylker(table, region_column, &has_sum);
    const Level kommuner = {.of = SP_REGION_KOMMUNE, .name = "kommuner"};
    const Level fylker = {.of = SP_REGION_FYLKE,
                          .name = "fylker",
                          .whole = has_sum ? SP_REGION_COUNTRY_SUM : SP_REGION_COUNTRY_CODE,
                          .n_wanted = n_fylker};
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        if (column->kind != SP_COLUMN_MEASURE || !column->is_additive) {
            continue;
        }
        n_checked += check_measure(table, region_column, i, &kommuner, breaks);
        if (n_fylker > 1 && (has_sum || has_own_sums)) {
            n_checked += check_measure(table, region_column, i, &fylker, breaks);
        }
    }
    return n_checked;
}
