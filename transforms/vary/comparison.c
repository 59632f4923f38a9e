/* Each kommune's figures beside the means of those it may be compared with. */
#include "transforms/vary/comparison.h"

#include "core/table_rows.h"
#include "transforms/vary/columns.h"
#include "transforms/vary/lineage_compared.h"
#include "transforms/vary/vary.h"

#include <string.h>

enum { INDIKATOR, REGION, PERIOD, VERTSKOMMUNE, VERDI, FIRST_WITH };
enum { MEAN, N_ENTERED, RATIO, N_EACH }; /* of each that a kommune is compared with */
enum { N_COLUMNS = FIRST_WITH + SP_N_WITH * N_EACH };

#define WITH(number, word)                                                                         \
    [FIRST_WITH + (number)*N_EACH +                                                                \
        MEAN] = {.name = "middel_" word, .kind = SP_COLUMN_MEASURE},                               \
        [FIRST_WITH + (number)*N_EACH +                                                            \
            N_ENTERED] = {.name = "n_" word, .kind = SP_COLUMN_MEASURE, .unit = "kommuner"},       \
        [FIRST_WITH + (number)*N_EACH +                                                            \
            RATIO] = {.name = "forhold_" word, .kind = SP_COLUMN_MEASURE, .unit = "ratio"}

static const SpColumn columns[N_COLUMNS] = {
    [INDIKATOR] = SP_VARY_INDIKATOR,
    [REGION] = SP_VARY_REGION,
    [PERIOD] = SP_VARY_PERIOD,
    [VERTSKOMMUNE] = SP_VARY_VERTSKOMMUNE,
    [VERDI] = {.name = "verdi", .kind = SP_COLUMN_MEASURE},
    WITH(SP_WITH_NEAREST, "naermeste"),
    WITH(SP_WITH_KOSTRA, "kostragruppe"),
    WITH(SP_WITH_CENTRALITY, "sentralitet"),
    WITH(SP_WITH_FYLKE, "fylke"),
    WITH(SP_WITH_COUNTRY, "landet"),
};

const char *sp_compared_word(SpCompared with)
{
    static const char *const words[SP_N_WITH] = {"naermeste", "kostragruppe", "sentralitet",
                                                 "fylke", "landet"};
    return words[with];
}

/* The grouping behind a comparison; SP_N_GROUPINGS where none is. */
static SpGrouping grouping_of(SpCompared with)
{
    static const SpGrouping groupings[SP_N_WITH] = {SP_N_GROUPINGS, SP_GROUPING_KOSTRA,
                                                    SP_GROUPING_CENTRALITY, SP_GROUPING_FYLKE,
                                                    SP_N_GROUPINGS};
    return groupings[with];
}

GArray *sp_compared_members(const SpCountry *country, const SpComparators *comparators,
                            SpCompared with, gsize i)
{
    GArray *members = g_array_new(FALSE, FALSE, sizeof(gsize));
    if (with == SP_WITH_NEAREST) {
        if (comparators->n_nearest > 0) {
            g_array_append_vals(members, comparators->nearest + i * comparators->n_nearest,
                                (guint)comparators->n_nearest);
        }
        return members;
    }
    const SpGrouping grouping = grouping_of(with);
    for (gsize other = 0; other < country->n; other++) {
        if (grouping == SP_N_GROUPINGS ||
            (*country->group[grouping][i] != '\0' &&
             strcmp(country->group[grouping][other], country->group[grouping][i]) == 0)) {
            g_array_append_val(members, other);
        }
    }
    return members;
}

static void members_free(gpointer members)
{
    g_array_unref(members);
}

/* What a kommune's comparators have together. */
typedef struct {
    SpReal mean;
    gsize n;
} Together;

static Together put_together(const SpSheet *sheet, const GArray *members, gsize minimum)
{
    Together together = {.mean = sp_real_none(SP_MISSING)};
    double sum = 0.0;
    double weights = 0.0;
    guint flags = 0;
    for (guint k = 0; k < members->len; k++) {
        const gsize i = g_array_index(members, gsize, k);
        if (sheet->weight[i] > 0.0) {
            sum += sheet->weight[i] * sheet->verdi[i].value;
            weights += sheet->weight[i];
            flags |= sheet->verdi[i].flags;
            together.n++;
        }
    }
    if (together.n > 0 && together.n >= minimum) {
        together.mean = sp_real_flagged(sum / weights, flags);
    }
    return together;
}

static SpReal ratio_of(const SpIndicator *indicator, SpReal own, SpReal mean)
{
    if (indicator->is_part || (sp_real_is_number(mean) && mean.value <= 0.0)) {
        return sp_real_none(SP_NOT_APPLICABLE);
    }
    return sp_real_rate(own, mean, 1.0);
}

/* A kommune, and the members of each that it is compared with, [SP_N_WITH]. */
static void add_row(SpTable *table, const SpCountry *country, const SpSheet *sheet, gsize i,
                    GArray *const members[], const SpComparisonRules *rules)
{
    const SpIndicator *indicator = sheet->areas->indicator;
    const gsize row = sp_table_add_row(table);
    sp_table_set_code(table, row, INDIKATOR, indicator->id);
    sp_table_set_code(table, row, REGION, country->kommune[i]);
    sp_table_set_code(table, row, PERIOD, sheet->areas->period);
    sp_table_set_code(table, row, VERTSKOMMUNE, sheet->host[i]);
    sp_table_set_real(table, row, VERDI, sheet->verdi[i]);
    for (gsize with = 0; with < SP_N_WITH; with++) {
        const SpReal published = sheet->areas->country[2];
        const gboolean is_own = with == SP_WITH_COUNTRY && sp_real_is_number(published);
        const Together together = put_together(sheet, members[with], rules->minimum_members);
        const SpReal mean = is_own ? published : together.mean;
        const gsize first = FIRST_WITH + with * N_EACH;
        sp_table_set_real(table, row, first + MEAN, mean);
        sp_table_set_real(table, row, first + N_ENTERED,
                          is_own ? sp_real_none(SP_NOT_APPLICABLE) : sp_real((double)together.n));
        sp_table_set_real(table, row, first + RATIO, ratio_of(indicator, sheet->verdi[i], mean));
    }
}

SpTable *sp_comparison_table(const SpCountry *country, const SpComparators *comparators,
                             const SpComparisonRules *rules, GError **error)
{
    g_autoptr(SpTable) table = sp_country_table(country, "sammenlikning", columns, N_COLUMNS);
    g_autoptr(GPtrArray) members = g_ptr_array_new_with_free_func(members_free);
    for (gsize i = 0; i < country->n; i++) {
        for (gsize with = 0; with < SP_N_WITH; with++) {
            g_ptr_array_add(members,
                            sp_compared_members(country, comparators, (SpCompared)with, i));
        }
    }
    for (guint k = 0; k < country->indicators->len; k++) {
        const SpIndicator *indicator = g_ptr_array_index(country->indicators, k);
        g_autoptr(GPtrArray) sheets = sp_country_sheets(country, indicator->id);
        const SpSheet *newest = sp_country_newest(sheets, rules->period_minimum_share);
        for (gsize i = 0; newest != NULL && i < country->n; i++) {
            add_row(table, country, newest, i, (GArray *const *)members->pdata + i * SP_N_WITH,
                    rules);
        }
    }
    return sp_table_check_unique(table, error) ? g_steal_pointer(&table) : NULL;
}

static gboolean run(const SpTables *in, const SpSettings *settings, SpTables *out,
                    SpQuality *quality, GError **error)
{
    g_auto(SpComparatorRules) rules = {0};
    gint64 minimum = 0;
    if (!sp_comparator_rules_read(&rules, settings, error) ||
        !sp_settings_int(settings, "vary.comparison_minimum_members", 1, G_MAXINT32, &minimum,
                         error)) {
        return FALSE;
    }
    g_autoptr(SpQuality) told_elsewhere = sp_quality_new(); /* by sp_transform_comparators */
    g_autoptr(SpCountry) country = sp_country_new(in, error);
    g_autoptr(SpComparators) comparators =
        country != NULL ? sp_comparators_new(country, &rules, told_elsewhere, error) : NULL;
    const SpComparisonRules own = {rules.rules.minimum_share, (gsize)minimum};
    SpTable *table =
        comparators != NULL ? sp_comparison_table(country, comparators, &own, error) : NULL;
    (void)quality;
    if (table == NULL) {
        return FALSE;
    }
    sp_tables_add(out, table);
    return TRUE;
}

static const char *const config_keys[] = {SP_COMPARATOR_KEYS, "vary.comparison_minimum_members"};

const SpTransform sp_transform_comparison = {
    .name = "comparison",
    .summary = "Each kommune's figures beside those of the kommuner it may be compared with",
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .run = run,
    .explain = sp_lineage_comparison,
};
