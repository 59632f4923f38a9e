/* Whom a kommune may be compared with, and why. */
#include "transforms/vary/comparators.h"

#include "core/error.h"
#include "core/number.h"
#include "core/table_rows.h"
#include "transforms/vary/alike/distance.h"
#include "transforms/vary/alike/medoids.h"
#include "transforms/vary/columns.h"
#include "transforms/vary/lineage_compared.h"
#include "transforms/vary/vary.h"

#include <math.h>
#include <string.h>

enum { REGION, SLAG, REKKE, MOT, HVORFOR, AVSTAND, N_MEMBERS, N_COLUMNS };
static const SpColumn columns[N_COLUMNS] = {
    [REGION] = SP_VARY_REGION,
    [SLAG] = {.name = "slag", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "slag"},
    [REKKE] = {.name = "rekke", .kind = SP_COLUMN_CODE, .is_key = TRUE},
    [MOT] = {.name = "mot", .kind = SP_COLUMN_CODE, .classification = "kommune"},
    [HVORFOR] = {.name = "hvorfor", .kind = SP_COLUMN_CODE, .classification = "indikator"},
    [AVSTAND] = {.name = "avstand", .kind = SP_COLUMN_MEASURE, .unit = "standardavvik"},
    [N_MEMBERS] = {.name = "n", .kind = SP_COLUMN_MEASURE, .unit = "kommuner"},
};

/* More reasons than these say less: the farther covariates are no reason. */
enum { N_REASONS = 2 };

static gboolean read_tags(SpComparatorRules *rules, const SpSettings *settings, GError **error)
{
    g_auto(GStrv) tags = sp_settings_list(settings, "vary.comparators_by", error);
    for (gsize k = 0; tags != NULL && tags[k] != NULL; k++) {
        if (strcmp(tags[k], "need") == 0) {
            rules->has_need = TRUE;
        } else if (strcmp(tags[k], "constraint") == 0) {
            rules->has_constraint = TRUE;
        } else {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "vary.comparators_by: \"%s\": want need or constraint, or both",
                                tags[k]);
        }
    }
    return tags != NULL;
}

/* "ID:WEIGHT", so that covariates that nearly tell the same may count as one. */
static gboolean read_weights(SpComparatorRules *rules, const SpSettings *settings, GError **error)
{
    g_auto(GStrv) entries = sp_settings_list(settings, "vary.comparator_weights", error);
    rules->weights = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (gsize k = 0; entries != NULL && entries[k] != NULL; k++) {
        const char *colon = strchr(entries[k], ':');
        double weight = 0.0;
        if (colon == NULL ||
            !sp_number_parse(colon + 1, strlen(colon + 1), sp_number_plain, &weight) ||
            !(weight > 0.0)) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "vary.comparator_weights: \"%s\": want INDICATOR:WEIGHT with a "
                                "weight above 0, as pop_80plus_share:0.5",
                                entries[k]);
        }
        g_hash_table_insert(rules->weights, g_strndup(entries[k], (gsize)(colon - entries[k])),
                            g_memdup2(&weight, sizeof weight));
    }
    return entries != NULL;
}

gboolean sp_comparator_rules_read(SpComparatorRules *rules, const SpSettings *settings,
                                  GError **error)
{
    gint64 n_nearest = 0;
    gint64 n_medoids = 0;
    *rules = (SpComparatorRules){0};
    if (!sp_settings_int(settings, "vary.comparators", 1, 99, &n_nearest, error) ||
        !sp_settings_int(settings, "vary.comparator_groups", 1, 99, &n_medoids, error) ||
        !sp_settings_double(settings, "vary.period_minimum_share", 0.0, 1.0,
                            &rules->rules.minimum_share, error) ||
        !read_tags(rules, settings, error) || !read_weights(rules, settings, error)) {
        return FALSE;
    }
    rules->n_nearest = (gsize)n_nearest;
    rules->n_medoids = (gsize)n_medoids;
    rules->classes = sp_settings_list(settings, "vary.covariate_classes", error);
    rules->rules.classes = (const char *const *)rules->classes;
    rules->theme = rules->classes != NULL
                       ? g_strdup(sp_settings_text(settings, "vary.comparators_theme", error))
                       : NULL;
    return rules->theme != NULL;
}

void sp_comparator_rules_clear(SpComparatorRules *rules)
{
    g_clear_pointer(&rules->theme, g_free);
    g_clear_pointer(&rules->classes, g_strfreev);
    g_clear_pointer(&rules->weights, g_hash_table_unref);
}

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
} Point;

static const gboolean *known_of(const SpComparators *comparators, gsize i)
{
    return comparators->set->is_known + i * comparators->p;
}

/* Covariates that both are known by, nearest first; and flag m where some is not. Without
 * covariates nothing is near or far. */
static void set_distance(SpTable *table, gsize row, const SpComparators *comparators, gsize i,
                         const Point *point)
{
    const gsize p = comparators->p;
    if (p == 0) {
        sp_table_set_code(table, row, HVORFOR, "");
        sp_table_set_real(table, row, AVSTAND, sp_real_none(SP_MISSING));
        return;
    }
    g_autofree double *pair = g_new(double, 2 * p);
    g_autofree gsize *order = g_new(gsize, p);
    const char *reasons[N_REASONS];
    gsize n_reasons = 0;
    gboolean is_whole = TRUE;
    double squares = 0.0;
    /* Near is told of each covariate as it is, far of all by their weights. */
    for (gsize j = 0; j < p; j++) {
        const double own = comparators->z[i * p + j];
        squares += (own - point->z[j]) * (own - point->z[j]);
        pair[j] = own / comparators->root[j];
        pair[p + j] = point->z[j] / comparators->root[j];
    }
    sp_alike_reasons(p, pair, 0, 1, order);
    for (gsize k = 0; k < p; k++) {
        const gsize j = order[k];
        const gboolean is_known =
            known_of(comparators, i)[j] && (point->is_known == NULL || point->is_known[j]);
        is_whole = is_whole && is_known;
        if (is_known && n_reasons < N_REASONS) {
            reasons[n_reasons++] = comparators->set->id[j];
        }
    }
    g_autofree char *why = sp_covariates_list(reasons, n_reasons);
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
    sp_table_set_real(table, row, N_MEMBERS, sp_real((double)point->n_members));
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
            const Point point = {given[g].slag, group[i], 1, mean, NULL, n_members};
            add_point(table, country, comparators, i, &point);
        }
    }
}

static void add_alike(SpTable *table, const SpCountry *country, const SpComparators *comparators,
                      gsize i)
{
    const gsize p = comparators->p;
    for (gsize k = 0; k < comparators->n_nearest; k++) {
        const gsize other = comparators->nearest[i * comparators->n_nearest + k];
        const Point point = {"naermeste",
                             country->kommune[other],
                             k + 1,
                             comparators->z + other * p,
                             known_of(comparators, other),
                             1};
        add_point(table, country, comparators, i, &point);
    }
    if (comparators->n_groups > 0) {
        const gsize medoid = comparators->medoid[comparators->group[i]];
        gsize n_members = 0;
        for (gsize other = 0; other < comparators->n; other++) {
            n_members += comparators->group[other] == comparators->group[i] ? 1 : 0;
        }
        const Point point = {"likhetsgruppe",
                             country->kommune[medoid],
                             1,
                             comparators->z + medoid * p,
                             known_of(comparators, medoid),
                             n_members};
        add_point(table, country, comparators, i, &point);
    }
}

SpTable *sp_comparators_table(const SpCountry *country, const SpComparators *comparators,
                              GError **error)
{
    g_autoptr(SpTable) table =
        sp_country_table(country, "sammenlikningskommuner", columns, N_COLUMNS);
    for (gsize i = 0; i < country->n; i++) {
        add_groups(table, country, comparators, i);
        add_alike(table, country, comparators, i);
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
