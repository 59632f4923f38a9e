/* Kommuner summed to the regions above them. Rows are taken in order of the other keys, then
 * region; so one pass with one sum per target region is enough, however many rows there are. */
#include "core/rollup.h"

#include <string.h>

#include "core/error.h"
#include "core/regions.h"
#include "core/table_rows.h"

/* Attributes of a kommune that name a region above it; the country comes as one more. */
static const char *const attributes[] = {"fylke", "kostragruppe", "sentralitet"};
enum { N_ATTRIBUTES = G_N_ELEMENTS(attributes), N_ABOVE = N_ATTRIBUTES + 1 };
#define NONE G_MAXUINT32

/* What each code of the table's region dictionary is. */
typedef struct {
    SpCodes *targets; /* codes of the regions above */
    guint32 *above;   /* [n_codes][N_ABOVE] target numbers of a kommune, NONE where there is none or
                         the code is no kommune */
    guint32 *as_target; /* [n_codes] the code's own target number, NONE if it is none */
    guint *n_kommuner;  /* [n_targets] of each region above, in the table of regions */
} Map;

static void map_clear(Map *map)
{
    sp_codes_unref(map->targets);
    g_free(map->above);
    g_free(map->as_target);
    g_free(map->n_kommuner);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Map, map_clear)

/* The row of `regions` that holds a kommune's attributes. */
static gboolean find_kommune(const SpTable *regions, const SpTableIndex *index, const char *code,
                             gsize slag, gsize *row)
{
    return sp_table_index_find(index, &code, row) &&
           strcmp(sp_table_code(regions, *row, slag), "kommune") == 0;
}

/* Counts the kommuner of each target: a sum over fewer rows than that lacks somebody. */
static void count_kommuner(Map *map, const SpTable *regions, gsize slag, const gsize columns[],
                           const char *country)
{
    map->n_kommuner = g_new0(guint, MAX(sp_codes_size(map->targets), 1));
    for (gsize row = 0; row < sp_table_n_rows(regions); row++) {
        guint32 target;
        if (strcmp(sp_table_code(regions, row, slag), "kommune") != 0) {
            continue;
        }
        for (gsize k = 0; k < N_ATTRIBUTES; k++) {
            if (sp_codes_find(map->targets, sp_table_code(regions, row, columns[k]), &target)) {
                map->n_kommuner[target]++;
            }
        }
        if (sp_codes_find(map->targets, country, &target)) {
            map->n_kommuner[target]++;
        }
    }
}

/* Fills `map` for the codes that stand in rows of the table. */
static gboolean map_codes(Map *map, const SpTable *table, gsize region, const SpTable *regions,
                          GError **error)
{
    gsize known, slag, columns[N_ATTRIBUTES];
    if (!sp_table_need(regions, "region", SP_COLUMN_CODE, &known, error) ||
        !sp_table_need(regions, "slag", SP_COLUMN_CODE, &slag, error) ||
        !sp_table_need_all(regions, attributes, N_ATTRIBUTES, SP_COLUMN_CODE, columns, error)) {
        return FALSE;
    }
    const SpCodes *codes = sp_table_codes(table, region);
    gsize n_codes = sp_codes_size(codes);
    g_autofree gboolean *is_used = sp_table_used_codes(table, region);
    guint32 country;
    gboolean is_published =
        sp_codes_find(codes, SP_REGION_COUNTRY_CODE, &country) && is_used[country];
    map->targets = sp_codes_new();
    map->above = g_new(guint32, n_codes * N_ABOVE);
    map->as_target = g_new(guint32, n_codes);
    memset(map->above, 0xff, n_codes * N_ABOVE * sizeof *map->above);
    memset(map->as_target, 0xff, n_codes * sizeof *map->as_target);
    const char *sum_code = is_published ? SP_REGION_COUNTRY_SUM : SP_REGION_COUNTRY_CODE;
    g_autoptr(SpTableIndex) index = sp_table_index_new(regions, &known, 1);
    for (guint32 i = 0; i < n_codes; i++) {
        const char *code = sp_codes_text(codes, i);
        gsize row;
        if (!is_used[i]) {
            continue;
        }
        if (!find_kommune(regions, index, code, slag, &row)) {
            if (sp_region_kind(code) == SP_REGION_KOMMUNE) {
                sp_error_set(error, SP_ERROR_DATA,
                             "table %s: kommune \"%s\" is not in the table of regions; bring the "
                             "rows to the division of the target year first, or add it to the "
                             "regions",
                             sp_table_name(table), code);
                return FALSE;
            }
            continue;
        }
        guint32 *above = map->above + (gsize)i * N_ABOVE;
        for (gsize k = 0; k < N_ATTRIBUTES; k++) {
            const char *group = sp_table_code(regions, row, columns[k]);
            above[k] = group[0] != '\0' ? sp_codes_add(map->targets, group) : NONE;
        }
        above[N_ATTRIBUTES] = sp_codes_add(map->targets, sum_code);
    }
    for (guint32 i = 0; i < n_codes; i++) {
        sp_codes_find(map->targets, sp_codes_text(codes, i), &map->as_target[i]);
    }
    count_kommuner(map, regions, slag, columns, sum_code);
    return TRUE;
}

/* The sums of one block: rows that share all keys but region. */
typedef struct {
    guint32 n_targets;
    gsize n_measures;
    gsize *measures;    /* [n_measures], columns that are additive */
    SpReal *sums;       /* [n_targets][n_measures] */
    gboolean *is_taken; /* [n_targets], the source has the region itself */
    guint *n_summed;    /* [n_targets], kommuner */
} Block;

static void block_clear(Block *block)
{
    g_free(block->measures);
    g_free(block->sums);
    g_free(block->is_taken);
    g_free(block->n_summed);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Block, block_clear)

static void block_init(Block *block, const SpTable *table, guint32 n_targets)
{
    block->n_targets = n_targets;
    block->measures = g_new(gsize, MAX(sp_table_n_columns(table), 1));
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        if (column->kind == SP_COLUMN_MEASURE && column->is_additive) {
            block->measures[block->n_measures++] = i;
        }
    }
    block->sums = g_new0(SpReal, n_targets * block->n_measures);
    block->is_taken = g_new0(gboolean, n_targets);
    block->n_summed = g_new0(guint, n_targets);
}

static void add_row(Block *block, const SpTable *table, gsize row, const guint32 above[N_ABOVE])
{
    for (gsize k = 0; k < N_ABOVE; k++) {
        if (above[k] == NONE) {
            continue;
        }
        SpReal *sums = block->sums + above[k] * block->n_measures;
        for (gsize i = 0; i < block->n_measures; i++) {
            SpReal real = sp_table_reals_const(table, block->measures[i])[row];
            sums[i] = block->n_summed[above[k]] > 0 ? sp_real_add(sums[i], real) : real;
        }
        block->n_summed[above[k]]++;
    }
}

/* A kommune without a row is missing, not 0, and so is the sum it belongs to. */
static SpReal whole_sum(SpReal sum, gboolean is_complete)
{
    const SpReal missing = {.status = SP_MISSING, .flags = sum.flags};
    return is_complete || sum.status == SP_SUPPRESSED ? sum : missing;
}

/* Adds a row to `result` for each target with a sum of ours, the other keys as in `row`, and makes
 * the block empty. */
static void end_block(Block *block, SpTable *result, gsize row, gsize region,
                      const guint32 target_numbers[], const guint n_kommuner[])
{
    for (guint32 target = 0; target < block->n_targets; target++) {
        if (block->n_summed[target] > 0 && !block->is_taken[target]) {
            gboolean is_complete = block->n_summed[target] == n_kommuner[target];
            gsize added = sp_table_add_row(result);
            for (gsize column = 0; column < sp_table_n_columns(result); column++) {
                const SpColumn *is = sp_table_column(result, column);
                if (is->kind == SP_COLUMN_CODE && is->is_key) {
                    guint32 *numbers = sp_table_code_numbers(result, column);
                    numbers[added] = column == region ? target_numbers[target] : numbers[row];
                }
            }
            for (gsize i = 0; i < block->n_measures; i++) {
                sp_table_set_real(
                    result, added, block->measures[i],
                    whole_sum(block->sums[target * block->n_measures + i], is_complete));
            }
        }
        block->n_summed[target] = 0;
        block->is_taken[target] = FALSE;
    }
}

/* The key columns in the order of summing: all but region, then region. `columns` has room for all;
 * returns their number. */
static gsize summing_order(const SpTable *table, gsize region, gsize columns[])
{
    gsize n = 0;
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        if (column->kind == SP_COLUMN_CODE && column->is_key && i != region) {
            columns[n++] = i;
        }
    }
    columns[n++] = region;
    return n;
}

static gboolean same_block(const SpTable *table, const gsize columns[], gsize n, gsize a, gsize b)
{
    for (gsize i = 0; i < n; i++) {
        const guint32 *numbers = sp_table_code_numbers_const(table, columns[i]);
        if (numbers[a] != numbers[b]) {
            return FALSE;
        }
    }
    return TRUE;
}

SpTable *sp_rollup(const SpTable *table, const SpTable *regions, GError **error)
{
    gsize region, n_rows = sp_table_n_rows(table);
    g_auto(Map) map = {0};
    if (!sp_table_need(table, "region", SP_COLUMN_CODE, &region, error) ||
        !map_codes(&map, table, region, regions, error)) {
        return NULL;
    }
    if (!sp_table_column(table, region)->is_key) {
        sp_error_set(error, SP_ERROR_DATA,
                     "table %s: region is not part of the key, so there is nothing to sum",
                     sp_table_name(table));
        return NULL;
    }
    g_autofree gsize *columns = g_new(gsize, sp_table_n_columns(table));
    gsize n = summing_order(table, region, columns);
    g_autofree gsize *order = sp_table_order(table, columns, n);
    g_auto(Block) block = {0};
    block_init(&block, table, sp_codes_size(map.targets));

    g_autoptr(SpTable) result = sp_table_copy(table);
    g_autofree guint32 *target_numbers = g_new0(guint32, MAX(block.n_targets, 1));
    for (guint32 target = 0; target < block.n_targets; target++) {
        target_numbers[target] =
            sp_codes_add(sp_table_codes(result, region), sp_codes_text(map.targets, target));
    }
    const guint32 *numbers = sp_table_code_numbers_const(table, region);
    for (gsize place = 0; place < n_rows; place++) {
        gsize row = order[place];
        add_row(&block, table, row, map.above + (gsize)numbers[row] * N_ABOVE);
        if (map.as_target[numbers[row]] != NONE) {
            block.is_taken[map.as_target[numbers[row]]] = TRUE;
        }
        if (place + 1 == n_rows || !same_block(table, columns, n - 1, row, order[place + 1])) {
            end_block(&block, result, row, region, target_numbers, map.n_kommuner);
        }
    }
    if (!sp_table_check_unique(result, error)) {
        return NULL;
    }
    return g_steal_pointer(&result);
}
