/* Whom a kommune may be compared with, and why. */
#include "transforms/vary/comparators.h"

#include "core/error.h"
#include "core/table_rows.h"
#include "transforms/vary/alike/distance.h"
#include "transforms/vary/alike/medoids.h"
#include "transforms/vary/columns.h"
#include "transforms/vary/lineage_compared.h"
#include "transforms/vary/vary.h"

#include <math.h>
#include <string.h>

enum { REGION, SLAG, REKKE, MOT, HVORFOR, SENTRALITET, AVSTAND, N_MEMBERS, INNBYGGERE, N_COLUMNS };
static const SpColumn columns[N_COLUMNS] = {
    [REGION] = SP_VARY_REGION,
    [SLAG] = {.name = "slag", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "slag"},
    [REKKE] = {.name = "rekke", .kind = SP_COLUMN_CODE, .is_key = TRUE},
    [MOT] = {.name = "mot", .kind = SP_COLUMN_CODE, .classification = "kommune"},
    [HVORFOR] = {.name = "hvorfor", .kind = SP_COLUMN_CODE, .classification = "indikator"},
    [SENTRALITET] = {.name = "sentralitet",
                     .kind = SP_COLUMN_CODE,
                     .classification = "sentralitet"},
    [AVSTAND] = {.name = "avstand", .kind = SP_COLUMN_MEASURE, .unit = "standardavvik"},
    [N_MEMBERS] = {.name = "n", .kind = SP_COLUMN_MEASURE, .unit = "kommuner"},
    [INNBYGGERE] = {.name = "innbyggere", .kind = SP_COLUMN_MEASURE, .unit = "persons"},
};

/* More reasons than these say less: the farther covariates are no reason. */
enum { N_REASONS = 2 };

static void find_alike(SpComparators *comparators, const SpComparatorRules *rules)
{
    const gsize n = comparators->n;
    g_autofree double *distance = g_new(double, n *n);
    sp_alike_distances(n, comparators->p, comparators->z, distance);
    comparators->n_nearest = MIN(rules->n_nearest, n - 1);
    comparators->nearest = g_new(gsize, n * comparators->n_nearest);
    for (gsize i = 0; i < n; i++) {
        sp_alike_nearest(n, distance, i, comparators->n_nearest,
                         comparators->nearest + i * comparators->n_nearest);
    }
    comparators->n_groups = MIN(rules->n_medoids, n);
    g_autoptr(SpMedoids) medoids = sp_medoids_new(n, distance, comparators->n_groups);
    comparators->medoid = g_memdup2(medoids->medoid, comparators->n_groups * sizeof(gsize));
    comparators->group = g_memdup2(medoids->group, n * sizeof(gsize));
}

static void weigh(SpComparators *comparators, const SpComparatorRules *rules)
{
    const gsize p = comparators->p;
    for (gsize j = 0; j < p; j++) {
        const double *weight = g_hash_table_lookup(rules->weights, comparators->set->id[j]);
        comparators->root[j] = weight != NULL ? sqrt(*weight) : 1.0;
        for (gsize i = 0; i < comparators->n; i++) {
            comparators->z[i * p + j] *= comparators->root[j];
        }
    }
}

SpComparators *sp_comparators_new(const SpCountry *country, const SpComparatorRules *rules,
                                  SpQuality *quality, GError **error)
{
    if (*rules->theme != '\0' && !sp_country_has_theme(country, rules->theme)) {
        sp_error_set(error, SP_ERROR_CONFIG,
                     "vary.comparators_theme: \"%s\": want a theme of config/indicators.csv",
                     rules->theme);
        return NULL;
    }
    g_autoptr(SpCovariates) covariates = sp_covariates_new(country, &rules->rules, quality, error);
    if (covariates == NULL) {
        return NULL;
    }
    const SpCovariateChoice choice = {.has_need = rules->has_need,
                                      .has_constraint = rules->has_constraint,
                                      .theme = rules->theme};
    SpComparators *comparators = g_new0(SpComparators, 1);
    comparators->set = sp_covariates_choose(covariates, &choice);
    comparators->n = country->n;
    comparators->p = comparators->set->p;
    comparators->root = g_new(double, comparators->p);
    comparators->z = g_new(double, comparators->n * comparators->p);
    if (comparators->p == 0) {
        sp_quality_note(quality, "no_covariates", "vary.comparators_by", 0,
                        "no covariate of the kind asked for has figures: no kommune is nearest to "
                        "another");
    } else if (comparators->n > 0) {
        sp_alike_standardise(comparators->n, comparators->p, comparators->set->x, comparators->z);
        weigh(comparators, rules);
        find_alike(comparators, rules);
    }
    return comparators;
}

void sp_comparators_free(SpComparators *comparators)
{
    if (comparators == NULL) {
        return;
    }
    sp_covariate_set_free(comparators->set);
    g_free(comparators->root);
    g_free(comparators->z);
    g_free(comparators->nearest);
    g_free(comparators->medoid);
    g_free(comparators->group);
    g_free(comparators);
}

/* What a kommune is held against: a point among the kommuner. */
typedef struct {
    const char *slag;
    const char *mot;
    gsize rank;               /* from 1 */
    const double *z;          /* [p] */
    const gboolean *is_known; /* [p], NULL for a group: its mean is */
    gsize n_members;
    const char *centrality; /* its class, "" for a group */
    SpReal inhabitants;     /* not applicable for a group */
} Point;

static const gboolean *known_of(const SpComparators *comparators, gsize i)
{
    return comparators->set->is_known + i * comparators->p;
}

static gboolean is_known_of_both(const SpComparators *comparators, gsize i, const Point *point,
                                 gsize j)
{
    return known_of(comparators, i)[j] && (point->is_known == NULL || point->is_known[j]);
}

/* Why the two are near: covariates that both are known by, nearest first, each as it is and not by
 * its weight. Those of weight below 1 count as one covariate together, so that one of them is
 * named. */
static char *reasons_of(const SpComparators *comparators, gsize i, const Point *point)
{
    const gsize p = comparators->p;
    g_autofree double *pair = g_new(double, 2 * p);
    g_autofree gsize *order = g_new(gsize, p);
    const char *reasons[N_REASONS];
    gsize n_reasons = 0;
    gboolean has_part = FALSE;
    for (gsize j = 0; j < p; j++) {
        pair[j] = comparators->z[i * p + j] / comparators->root[j];
        pair[p + j] = point->z[j] / comparators->root[j];
    }
    sp_alike_reasons(p, pair, 0, 1, order);
    for (gsize k = 0; k < p && n_reasons < N_REASONS; k++) {
        const gsize j = order[k];
        const gboolean is_part = comparators->root[j] < 1.0;
        if (is_known_of_both(comparators, i, point, j) && !(is_part && has_part)) {
            reasons[n_reasons++] = comparators->set->id[j];
            has_part = has_part || is_part;
        }
    }
    return sp_covariates_list(reasons, n_reasons);
}

/* Flag m where some covariate is not known of both. Without covariates nothing is near or far. */
static void set_distance(SpTable *table, gsize row, const SpComparators *comparators, gsize i,
                         const Point *point)
{
    const gsize p = comparators->p;
    if (p == 0) {
        sp_table_set_code(table, row, HVORFOR, "");
        sp_table_set_real(table, row, AVSTAND, sp_real_none(SP_MISSING));
        return;
    }
    gboolean is_whole = TRUE;
    double squares = 0.0;
    for (gsize j = 0; j < p; j++) {
        const double apart = comparators->z[i * p + j] - point->z[j];
        squares += apart * apart;
        is_whole = is_whole && is_known_of_both(comparators, i, point, j);
    }
    g_autofree char *why = reasons_of(comparators, i, point);
    sp_table_set_code(table, row, HVORFOR, why);
    sp_table_set_real(table, row, AVSTAND,
                      sp_real_flagged(sqrt(squares), is_whole ? 0 : SP_FLAG_MODELLED));
}

static void add_point(SpTable *table, const SpCountry *country, const SpComparators *comparators,
                      gsize i, const Point *point)
{
    const gsize row = sp_table_add_row(table);
    g_autofree char *rank = g_strdup_printf("%02" G_GSIZE_FORMAT, point->rank);
    sp_table_set_code(table, row, REGION, country->kommune[i]);
    sp_table_set_code(table, row, SLAG, point->slag);
    sp_table_set_code(table, row, REKKE, rank);
    sp_table_set_code(table, row, MOT, point->mot);
    sp_table_set_code(table, row, SENTRALITET, point->centrality);
    sp_table_set_real(table, row, N_MEMBERS, sp_real((double)point->n_members));
    sp_table_set_real(table, row, INNBYGGERE, point->inhabitants);
    set_distance(table, row, comparators, i, point);
}

/* Means of the kommuner with the code `group[i]`, and how many they are. */
static gsize mean_of_group(const SpComparators *comparators, const char *const group[], gsize i,
                           double mean[])
{
    gsize n_members = 0;
    for (gsize j = 0; j < comparators->p; j++) {
        mean[j] = 0.0;
    }
    for (gsize other = 0; other < comparators->n; other++) {
        if (strcmp(group[other], group[i]) == 0) {
            for (gsize j = 0; j < comparators->p; j++) {
                mean[j] += comparators->z[other * comparators->p + j];
            }
            n_members++;
        }
    }
    for (gsize j = 0; j < comparators->p; j++) {
        mean[j] /= (double)n_members;
    }
    return n_members;
}

static void add_groups(SpTable *table, const SpCountry *country, const SpComparators *comparators,
                       gsize i)
{
    static const struct {
        SpGrouping grouping;
        const char *slag;
    } given[] = {{SP_GROUPING_KOSTRA, "kostragruppe"}, {SP_GROUPING_CENTRALITY, "sentralitet"}};
    g_autofree double *mean = g_new(double, comparators->p);
    for (gsize g = 0; g < G_N_ELEMENTS(given); g++) {
        const char *const *group = country->group[given[g].grouping];
        if (*group[i] != '\0') {
            const gsize n_members = mean_of_group(comparators, group, i, mean);
            const Point point = {.slag = given[g].slag,
                                 .mot = group[i],
                                 .rank = 1,
                                 .z = mean,
                                 .n_members = n_members,
                                 .centrality = "",
                                 .inhabitants = sp_real_none(SP_NOT_APPLICABLE)};
            add_point(table, country, comparators, i, &point);
        }
    }
}

/* The point of a kommune; slag, rank and members are for the caller to set. */
static Point point_of(const SpCountry *country, const SpComparators *comparators,
                      const SpReal inhabitants[], gsize other)
{
    return (Point){.mot = country->kommune[other],
                   .z = comparators->z + other * comparators->p,
                   .is_known = known_of(comparators, other),
                   .centrality = country->group[SP_GROUPING_CENTRALITY][other],
                   .inhabitants = inhabitants[other]};
}

static void add_alike(SpTable *table, const SpCountry *country, const SpComparators *comparators,
                      const SpReal inhabitants[], gsize i)
{
    for (gsize k = 0; k < comparators->n_nearest; k++) {
        Point point = point_of(country, comparators, inhabitants,
                               comparators->nearest[i * comparators->n_nearest + k]);
        point.slag = "naermeste";
        point.rank = k + 1;
        point.n_members = 1;
        add_point(table, country, comparators, i, &point);
    }
    if (comparators->n_groups > 0) {
        Point point =
            point_of(country, comparators, inhabitants, comparators->medoid[comparators->group[i]]);
        point.slag = "likhetsgruppe";
        point.rank = 1;
        for (gsize other = 0; other < comparators->n; other++) {
            point.n_members += comparators->group[other] == comparators->group[i] ? 1 : 0;
        }
        add_point(table, country, comparators, i, &point);
    }
}

SpTable *sp_comparators_table(const SpCountry *country, const SpComparators *comparators,
                              GError **error)
{
    g_autoptr(SpTable) table =
        sp_country_table(country, "sammenlikningskommuner", columns, N_COLUMNS);
    g_autofree SpReal *inhabitants = sp_country_inhabitants(country, error);
    if (inhabitants == NULL) {
        return NULL;
    }
    for (gsize i = 0; i < country->n; i++) {
        add_groups(table, country, comparators, i);
        add_alike(table, country, comparators, inhabitants, i);
    }
    return sp_table_check_unique(table, error) ? g_steal_pointer(&table) : NULL;
}

static gboolean run(const SpTables *in, const SpSettings *settings, SpTables *out,
                    SpQuality *quality, GError **error)
{
    g_auto(SpComparatorRules) rules = {0};
    g_autoptr(SpCountry) country =
        sp_comparator_rules_read(&rules, settings, error) ? sp_country_new(in, error) : NULL;
    g_autoptr(SpComparators) comparators =
        country != NULL ? sp_comparators_new(country, &rules, quality, error) : NULL;
    SpTable *table = comparators != NULL ? sp_comparators_table(country, comparators, error) : NULL;
    if (table == NULL) {
        return FALSE;
    }
    sp_tables_add(out, table);
    return TRUE;
}

static const char *const config_keys[] = {SP_COMPARATOR_KEYS};

const SpTransform sp_transform_comparators = {
    .name = "comparators",
    .summary = "Whom each kommune may be compared with, and why",
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .run = run,
    .explain = sp_lineage_comparators,
};
