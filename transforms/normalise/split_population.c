/* Which rows of a population tell how divided kommuner are shared out. */
#include "transforms/normalise/split_population.h"

#include "core/quality.h"
#include "core/table_rows.h"
#include "transforms/normalise/codes.h"
#include "transforms/normalise/weights.h"

/* Rows to keep, by region and date. */
typedef struct {
    const SpTable *population;
    gsize region;
    gsize period;
    guint32 n_periods;
    gboolean *kept; /* [codes of region][codes of period] */
} Choice;

static void choose(const Choice *choice, const char *code, SpDay day)
{
    const SpCodes *periods = sp_table_codes(choice->population, choice->period);
    guint32 region;
    if (!sp_codes_find(sp_table_codes(choice->population, choice->region), code, &region)) {
        return;
    }
    for (guint32 i = 0; i < choice->n_periods; i++) {
        SpPeriod period;
        choice->kept[region * choice->n_periods + i] |=
            sp_period_parse(sp_codes_text(periods, i), &period) && period.kind == SP_PERIOD_DATE &&
            period.first == day;
    }
}

static gboolean is_chosen(const SpTable *table, gsize row, gpointer data)
{
    const Choice *choice = data;
    guint32 region = sp_table_code_numbers_const(table, choice->region)[row];
    guint32 period = sp_table_code_numbers_const(table, choice->period)[row];
    return choice->kept[region * choice->n_periods + period];
}

/* Where each kommune of the eve went on the day: GArray* of SpSuccessor [codes], empty for one that
 * ended without an heir. */
static GPtrArray *find_heirs(const SpRegions *regions, const char *const codes[], SpDay eve,
                             SpDay day)
{
    GPtrArray *heirs = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    for (gsize i = 0; codes[i] != NULL; i++) {
        GArray *of_code = sp_regions_successors(regions, codes[i], eve, day, NULL);
        g_ptr_array_add(heirs,
                        of_code != NULL ? of_code : g_array_new(FALSE, FALSE, sizeof(SpSuccessor)));
    }
    return heirs;
}

/* What one day's splits need: `after` and `before` are dates of the population, 0 for none. */
static void choose_day(const Choice *choice, const SpRegions *regions, SpDay day, SpDay before,
                       SpDay after)
{
    SpDay eve = sp_day_before(day);
    g_autofree const char **codes = sp_regions_at(regions, eve);
    g_autoptr(GPtrArray) heirs = find_heirs(regions, codes, eve, day);
    g_autoptr(GHashTable) parts = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < heirs->len; i++) {
        const GArray *of_code = heirs->pdata[i];
        for (guint k = 0; of_code->len > 1 && k < of_code->len; k++) {
            const char *part = g_array_index(of_code, SpSuccessor, k).code;
            g_hash_table_add(parts, (gpointer)part);
            choose(choice, part, after);
        }
    }
    for (guint i = 0; i < heirs->len; i++) {
        const GArray *of_code = heirs->pdata[i];
        for (guint k = 0; k < of_code->len; k++) {
            if (g_hash_table_contains(parts, g_array_index(of_code, SpSuccessor, k).code)) {
                choose(choice, codes[i], before);
            }
        }
    }
}

SpTable *sp_split_population(const SpTable *population, const SpRegions *regions, SpDay target)
{
    g_autoptr(SpWeights) dates = sp_weights_new(population, NULL);
    g_assert(dates != NULL); /* it fits */
    g_autoptr(GArray) days = sp_regions_split_days(regions);
    Choice choice = {.population = population,
                     .region = sp_table_find(population, "region"),
                     .period = sp_table_find(population, "period")};
    choice.n_periods = sp_codes_size(sp_table_codes(population, choice.period));
    g_autofree gboolean *kept = g_new0(
        gboolean,
        (gsize)sp_codes_size(sp_table_codes(population, choice.region)) * choice.n_periods + 1);
    choice.kept = kept;
    for (guint i = 0; i < days->len; i++) {
        SpDay day = g_array_index(days, SpDay, i);
        if (day <= target) {
            choose_day(&choice, regions, day, sp_weights_day_before(dates, day),
                       sp_weights_day_from(dates, day));
        }
    }
    SpTable *rows = sp_table_filter(population, is_chosen, &choice);
    sp_table_set_name(rows, SP_SPLIT_POPULATION);
    return rows;
}

SpTable *sp_split_population_raw(const SpTable *raw, const SpLayout *layout, const SpTables *maps,
                                 const SpRegions *regions, SpDay target, GError **error)
{
    /* sp_normalise has told the findings. */
    g_autoptr(SpQuality) told = sp_quality_new();
    g_autoptr(SpTable) population = sp_normalise_codes(raw, layout, maps, told, error);
    return population == NULL ? NULL : sp_split_population(population, regions, target);
}
