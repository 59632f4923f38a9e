/* Covariates by kommune and period, from the values of indicators and from classes of table
 * `region`. */
#include "transforms/vary/covariates.h"

#include "core/error.h"
#include "core/number.h"

#include <math.h>
#include <string.h>

/* One period of a covariate. */
typedef struct {
    const char *period; /* "" for a class, which holds at any time */
    SpDay last;
    gsize n_known;
    double *x;          /* [n] */
    gboolean *is_known; /* [n] */
} Figures;

typedef struct {
    const char *id;
    gboolean is_need;
    char **themes;                /* that it is need of; none: of all */
    const SpIndicator *indicator; /* NULL for a class, */
    const char *attribute;        /* which is this one of table `region` */
    GPtrArray *periods;           /* Figures*: those that enough kommuner have */
} Covariate;

struct SpCovariates {
    gsize n;
    GPtrArray *all; /* Covariate*, need first */
};

static void figures_free(gpointer data)
{
    Figures *figures = data;
    g_free(figures->x);
    g_free(figures->is_known);
    g_free(figures);
}

static void covariate_free(gpointer data)
{
    Covariate *covariate = data;
    g_ptr_array_unref(covariate->periods);
    g_strfreev(covariate->themes);
    g_free(covariate);
}

static Figures *find_period(const SpCountry *country, Covariate *covariate, const char *code)
{
    SpPeriod period;
    for (guint t = 0; t < covariate->periods->len; t++) {
        Figures *figures = g_ptr_array_index(covariate->periods, t);
        if (strcmp(figures->period, code) == 0) {
            return figures;
        }
    }
    if (*code != '\0' &&
        (!sp_period_parse(code, &period) || period.kind == SP_PERIOD_MOVING_MEAN)) {
        return NULL;
    }
    Figures *figures = g_new0(Figures, 1);
    figures->period = code;
    figures->last = *code != '\0' ? period.last : 0;
    figures->x = g_new0(double, country->n);
    figures->is_known = g_new0(gboolean, country->n);
    g_ptr_array_add(covariate->periods, figures);
    return figures;
}

static void note_figure(const SpCountry *country, Covariate *covariate, const char *period,
                        const char *region, double value)
{
    gsize i = 0;
    Figures *figures =
        sp_country_place(country, region, &i) ? find_period(country, covariate, period) : NULL;
    if (figures != NULL && !figures->is_known[i]) {
        figures->x[i] = value;
        figures->is_known[i] = TRUE;
        figures->n_known++;
    }
}

static gboolean is_size(const SpIndicator *indicator)
{
    return indicator->teller != NULL && indicator->nevner == NULL;
}

/* One pass over the values for all covariates. */
static gboolean read_values(const SpCountry *country, GPtrArray *all, GError **error)
{
    enum { INDIKATOR, REGION, PERIOD, N_CODES };
    static const char *const names[N_CODES] = {"indikator", "region", "period"};
    gsize columns[N_CODES];
    gsize verdi = 0;
    if (!sp_table_need_all(country->values, names, N_CODES, SP_COLUMN_CODE, columns, error) ||
        !sp_table_need(country->values, "verdi", SP_COLUMN_MEASURE, &verdi, error)) {
        return FALSE;
    }
    g_autoptr(GHashTable) by_id = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint j = 0; j < all->len; j++) {
        Covariate *covariate = g_ptr_array_index(all, j);
        if (covariate->indicator != NULL) {
            g_hash_table_insert(by_id, (char *)covariate->id, covariate);
        }
    }
    for (gsize row = 0; row < sp_table_n_rows(country->values); row++) {
        Covariate *covariate =
            g_hash_table_lookup(by_id, sp_table_code(country->values, row, columns[INDIKATOR]));
        const SpReal real = sp_table_real(country->values, row, verdi);
        if (covariate == NULL || !sp_real_is_number(real) ||
            (is_size(covariate->indicator) && real.value <= 0.0)) {
            continue;
        }
        note_figure(country, covariate, sp_table_code(country->values, row, columns[PERIOD]),
                    sp_table_code(country->values, row, columns[REGION]),
                    is_size(covariate->indicator) ? log(real.value) : real.value);
    }
    return TRUE;
}

/* The number in a code: S4 is 4. A kommune without a class is not known. */
static gboolean read_class(const SpCountry *country, Covariate *covariate, GError **error)
{
    gsize region = 0;
    gsize column = 0;
    if (!sp_table_need(country->regions, "region", SP_COLUMN_CODE, &region, error) ||
        !sp_table_need(country->regions, covariate->attribute, SP_COLUMN_CODE, &column, error)) {
        g_prefix_error(error, "vary.covariate_classes: %s: ", covariate->id);
        return FALSE;
    }
    for (gsize row = 0; row < sp_table_n_rows(country->regions); row++) {
        const char *code = sp_table_code(country->regions, row, column);
        const char *digits = code + strcspn(code, "0123456789");
        double number = 0.0;
        if (sp_number_parse(digits, strlen(digits), sp_number_plain, &number)) {
            note_figure(country, covariate, "", sp_table_code(country->regions, row, region),
                        number);
        }
    }
    return TRUE;
}

/* The attribute of table `region` that `classes` names for an id; NULL for none. */
static const char *attribute_of(const SpCovariateRules *rules, const char *id)
{
    for (gsize k = 0; rules->classes[k] != NULL; k++) {
        const gsize length = strcspn(rules->classes[k], ":");
        if (strlen(id) == length && strncmp(rules->classes[k], id, length) == 0) {
            return rules->classes[k] + length + 1;
        }
    }
    return NULL;
}

static gboolean check_classes(const SpCovariateRules *rules, GError **error)
{
    for (gsize k = 0; rules->classes[k] != NULL; k++) {
        const char *colon = strchr(rules->classes[k], ':');
        if (colon == NULL || colon == rules->classes[k] || colon[1] == '\0') {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "vary.covariate_classes: \"%s\": want INDICATOR:ATTRIBUTE, as "
                                "pop_centrality:sentralitet",
                                rules->classes[k]);
        }
    }
    return TRUE;
}

static const char *cell_of(const SpTable *catalogue, gsize row, const char *name)
{
    const gsize column = sp_table_find(catalogue, name);
    return column != SP_NO_COLUMN ? sp_table_code(catalogue, row, column) : "";
}

/* The file has a row of headings, and is counted from 1. */
static gboolean check_themes(const SpCountry *country, gsize row, GError **error)
{
    const SpTable *catalogue = country->catalogue;
    const char *cell = cell_of(catalogue, row, "need_of");
    g_auto(GStrv) themes = g_strsplit(cell, "|", -1);
    const char *wanted = NULL;
    if (*cell != '\0' && strcmp(cell_of(catalogue, row, "covariate"), "need") != 0) {
        wanted = "nothing, since its covariate is not need";
    }
    for (char **theme = themes; wanted == NULL && *theme != NULL; theme++) {
        wanted = sp_country_has_theme(country, *theme)
                     ? NULL
                     : "themes of the catalogue with | between them";
    }
    return wanted == NULL || sp_error_set(error, SP_ERROR_CONFIG,
                                          "config/indicators.csv: row %" G_GSIZE_FORMAT
                                          ": %s: need_of \"%s\": want %s",
                                          row + 2, cell_of(catalogue, row, "id"), cell, wanted);
}

static gboolean check_needs(const SpCountry *country, GError **error)
{
    for (gsize row = 0; row < sp_table_n_rows(country->catalogue); row++) {
        if (!check_themes(country, row, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* Those of the catalogue with this tag. */
static gboolean add_tagged(const SpCountry *country, const SpCovariateRules *rules, const char *tag,
                           GPtrArray *all, GError **error)
{
    const gsize id = sp_table_find(country->catalogue, "id");
    const gsize tags = sp_table_find(country->catalogue, "covariate");
    for (gsize row = 0; tags != SP_NO_COLUMN && row < sp_table_n_rows(country->catalogue); row++) {
        if (strcmp(sp_table_code(country->catalogue, row, tags), tag) != 0) {
            continue;
        }
        Covariate *covariate = g_new0(Covariate, 1);
        g_ptr_array_add(all, covariate);
        covariate->id = sp_table_code(country->catalogue, row, id);
        covariate->is_need = strcmp(tag, "need") == 0;
        covariate->themes = g_strsplit(cell_of(country->catalogue, row, "need_of"), "|", -1);
        covariate->indicator = sp_indicators_find(country->indicators, covariate->id);
        covariate->periods = g_ptr_array_new_with_free_func(figures_free);
        const char *attribute = attribute_of(rules, covariate->id);
        if (covariate->indicator == NULL && attribute != NULL) {
            covariate->attribute = attribute;
            if (!read_class(country, covariate, error)) {
                return FALSE;
            }
        }
    }
    return TRUE;
}

/* Leaves the periods that enough kommuner have, and the covariates that have one. */
static void keep_known(SpCovariates *covariates, const SpCovariateRules *rules, SpQuality *quality)
{
    const double wanted = rules->minimum_share * (double)covariates->n;
    for (guint j = covariates->all->len; j-- > 0;) {
        Covariate *covariate = g_ptr_array_index(covariates->all, j);
        for (guint t = covariate->periods->len; t-- > 0;) {
            const Figures *figures = g_ptr_array_index(covariate->periods, t);
            if (figures->n_known == 0 || (double)figures->n_known < wanted) {
                g_ptr_array_remove_index(covariate->periods, t);
            }
        }
        if (covariate->periods->len == 0) {
            sp_quality_note(quality, "covariate_without_figures", covariate->id, 0,
                            "no period has %s for %g of 100 kommuner: it explains nothing and "
                            "chooses no comparators (docs/methods/variation.md#covariates)",
                            covariate->id, 100.0 * rules->minimum_share);
            g_ptr_array_remove_index(covariates->all, j);
        }
    }
}

SpCovariates *sp_covariates_new(const SpCountry *country, const SpCovariateRules *rules,
                                SpQuality *quality, GError **error)
{
    g_autoptr(SpCovariates) covariates = g_new0(SpCovariates, 1);
    covariates->n = country->n;
    covariates->all = g_ptr_array_new_with_free_func(covariate_free);
    if (!check_classes(rules, error) || !check_needs(country, error) ||
        !add_tagged(country, rules, "need", covariates->all, error) ||
        !add_tagged(country, rules, "constraint", covariates->all, error) ||
        !read_values(country, covariates->all, error)) {
        return NULL;
    }
    keep_known(covariates, rules, quality);
    return g_steal_pointer(&covariates);
}

void sp_covariates_free(SpCovariates *covariates)
{
    if (covariates != NULL) {
        g_ptr_array_unref(covariates->all);
        g_free(covariates);
    }
}

static const Figures *newest_by(const Covariate *covariate, SpDay by)
{
    const Figures *newest = NULL;
    const Figures *oldest = NULL;
    for (guint t = 0; t < covariate->periods->len; t++) {
        const Figures *figures = g_ptr_array_index(covariate->periods, t);
        const gboolean is_by = by == 0 || figures->last <= by || sp_day_before(figures->last) <= by;
        if (is_by && (newest == NULL || figures->last > newest->last)) {
            newest = figures;
        }
        if (oldest == NULL || figures->last < oldest->last) {
            oldest = figures;
        }
    }
    return newest != NULL ? newest : oldest;
}

/* A kommune that is not known stands in the middle: it is then neither near nor far by this. */
static void fill(SpCovariateSet *set, gsize j, const Figures *figures)
{
    double sum = 0.0;
    for (gsize i = 0; i < set->n; i++) {
        sum += figures->is_known[i] ? figures->x[i] : 0.0;
    }
    for (gsize i = 0; i < set->n; i++) {
        set->is_known[i * set->p + j] = figures->is_known[i];
        set->x[i * set->p + j] =
            figures->is_known[i] ? figures->x[i] : sum / (double)figures->n_known;
    }
}

static gboolean is_need_of(const Covariate *covariate, const char *theme)
{
    return theme == NULL || *theme == '\0' || *covariate->themes == NULL ||
           g_strv_contains((const char *const *)covariate->themes, theme);
}

SpCovariateSet *sp_covariates_choose(const SpCovariates *covariates,
                                     const SpCovariateChoice *choice)
{
    SpCovariateSet *set = g_new0(SpCovariateSet, 1);
    g_autoptr(GPtrArray) chosen = g_ptr_array_new();
    for (guint j = 0; j < covariates->all->len; j++) {
        Covariate *covariate = g_ptr_array_index(covariates->all, j);
        const gboolean is_tagged = covariate->is_need
                                       ? choice->has_need && is_need_of(covariate, choice->theme)
                                       : choice->has_constraint;
        if (is_tagged && (choice->except == NULL || strcmp(choice->except, covariate->id) != 0)) {
            g_ptr_array_add(chosen, covariate);
            set->n_need += covariate->is_need ? 1 : 0;
        }
    }
    set->n = covariates->n;
    set->p = chosen->len;
    set->id = g_new(const char *, set->p);
    set->period = g_new(const char *, set->p);
    set->attribute = g_new(const char *, set->p);
    set->x = g_new(double, set->n * set->p);
    set->is_known = g_new(gboolean, set->n * set->p);
    for (gsize j = 0; j < set->p; j++) {
        const Covariate *covariate = g_ptr_array_index(chosen, j);
        const Figures *figures = newest_by(covariate, choice->by);
        set->id[j] = covariate->id;
        set->period[j] = figures->period;
        set->attribute[j] = covariate->attribute;
        fill(set, j, figures);
    }
    return set;
}

void sp_covariate_set_free(SpCovariateSet *set)
{
    if (set != NULL) {
        g_free(set->id);
        g_free(set->period);
        g_free(set->attribute);
        g_free(set->x);
        g_free(set->is_known);
        g_free(set);
    }
}

char *sp_covariates_list(const char *const ids[], gsize n)
{
    GString *list = g_string_new(NULL);
    for (gsize i = 0; i < n; i++) {
        g_string_append_printf(list, "%s%s", i > 0 ? " " : "", ids[i]);
    }
    return g_string_free(list, FALSE);
}
