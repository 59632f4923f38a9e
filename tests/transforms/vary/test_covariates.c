/* Which figures a covariate has for each kommune. */
#include "tests/transforms/vary/compared.h"

static const char *const no_classes[] = {NULL};
static const char *const classes[] = {"sentral:sentralitet", NULL};
static const SpCovariateChoice everything = {.has_need = TRUE, .has_constraint = TRUE};

/* What is read of a country. */
typedef struct {
    SpQuality *quality;
    SpCountry *country;
    SpCovariates *covariates;
} Read;

static Read read_covariates(const Compared *compared, const char *const with[])
{
    g_autoptr(GError) error = NULL;
    const SpCovariateRules rules = {0.75, with};
    Read read = {.quality = sp_quality_new(), .country = compared_country(compared)};
    read.covariates = sp_covariates_new(read.country, &rules, read.quality, &error);
    assert_no_error(error);
    return read;
}

static void read_clear(Read *read)
{
    sp_covariates_free(read->covariates);
    sp_country_free(read->country);
    sp_quality_free(read->quality);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Read, read_clear)

/* Of four kommuner: share of old 10, 20, 30 and 40 of 100, in one period. */
static void add_old(Compared *compared, const char *period, guint n_known)
{
    for (guint i = 0; i < n_known; i++) {
        compared_add(compared, "gamle", i, period, (Rate){sp_real(10.0 * (i + 1)), 100.0, 1.0});
    }
}

static void newest_period_that_enough_kommuner_have_is_used(void **state)
{
    (void)state;
    g_auto(Compared) compared = compared_new(4);
    add_old(&compared, "2021-01-01", 4);
    add_old(&compared, "2022-01-01", 3);
    add_old(&compared, "2023-01-01", 2);
    g_auto(Read) read = read_covariates(&compared, no_classes);
    g_autoptr(SpCovariateSet) set = sp_covariates_choose(read.covariates, &everything);
    assert_int_equal(set->p, 1);
    assert_int_equal(set->n_need, 1);
    assert_string_equal(set->id[0], "gamle");
    assert_string_equal(set->period[0], "2022-01-01");
}

static void kommune_that_is_not_known_stands_at_the_mean_of_the_others(void **state)
{
    (void)state;
    g_auto(Compared) compared = compared_new(4);
    add_old(&compared, "2022-01-01", 3);
    g_auto(Read) read = read_covariates(&compared, no_classes);
    g_autoptr(SpCovariateSet) set = sp_covariates_choose(read.covariates, &everything);
    assert_near(set->x[2], 0.3, 1e-12);
    assert_near(set->x[3], 0.2, 1e-12);
    assert_true(set->is_known[2]);
    assert_false(set->is_known[3]);
}

static void size_is_by_its_logarithm_and_a_class_by_its_number(void **state)
{
    (void)state;
    g_auto(Compared) compared = compared_new(4);
    for (guint i = 0; i < 4; i++) {
        compared_add_count(&compared, "folk", i, "2022-01-01", 1000.0 * (i + 1));
    }
    g_auto(Read) read = read_covariates(&compared, classes);
    g_autoptr(SpCovariateSet) set = sp_covariates_choose(read.covariates, &everything);
    assert_int_equal(set->p, 2);
    assert_int_equal(set->n_need, 0);
    assert_string_equal(set->id[1], "sentral");
    assert_string_equal(set->attribute[1], "sentralitet");
    for (guint i = 0; i < 4; i++) {
        assert_near(set->x[(gsize)i * 2], log(1000.0 * (i + 1)), 1e-12);
        assert_near(set->x[(gsize)i * 2 + 1], i + 1.0, 0.0);
    }
}

/* KOSTRA's 31 December is the population's next 1 January. */
static void figures_are_the_newest_by_the_day_or_the_day_after(void **state)
{
    (void)state;
    g_auto(Compared) compared = compared_new(4);
    add_old(&compared, "2021-01-01", 4);
    add_old(&compared, "2022-01-01", 4);
    add_old(&compared, "2023-01-01", 4);
    g_auto(Read) read = read_covariates(&compared, no_classes);
    static const struct {
        SpDay by;
        const char *wanted;
    } days[] = {{20211231, "2022-01-01"},
                {20211230, "2021-01-01"},
                {20190101, "2021-01-01"},
                {0, "2023-01-01"}};
    for (gsize k = 0; k < G_N_ELEMENTS(days); k++) {
        const SpCovariateChoice choice = {TRUE, TRUE, days[k].by, NULL, NULL};
        g_autoptr(SpCovariateSet) set = sp_covariates_choose(read.covariates, &choice);
        assert_string_equal(set->period[0], days[k].wanted);
    }
}

static void covariate_without_figures_is_told_and_not_used(void **state)
{
    (void)state;
    g_auto(Compared) compared = compared_new(4);
    add_old(&compared, "2022-01-01", 4);
    g_auto(Read) read = read_covariates(&compared, no_classes);
    g_autoptr(SpCovariateSet) set = sp_covariates_choose(read.covariates, &everything);
    assert_int_equal(set->p, 1);
    assert_true(tables_has_finding(read.quality, "covariate_without_figures", "fattige"));
    assert_true(tables_has_finding(read.quality, "covariate_without_figures", "sentral"));
    assert_false(tables_has_finding(read.quality, "covariate_without_figures", "gamle"));
}

static void indicator_does_not_explain_itself(void **state)
{
    (void)state;
    g_auto(Compared) compared = compared_new(4);
    add_old(&compared, "2022-01-01", 4);
    g_auto(Read) read = read_covariates(&compared, classes);
    const SpCovariateChoice choice = {TRUE, TRUE, 0, "gamle", NULL};
    g_autoptr(SpCovariateSet) set = sp_covariates_choose(read.covariates, &choice);
    assert_int_equal(set->p, 1);
    assert_string_equal(set->id[0], "sentral");
}

static void assert_refused(const char *entry, const char *part)
{
    const char *const entries[] = {entry, NULL};
    const SpCovariateRules rules = {0.75, entries};
    g_auto(Compared) compared = compared_new(4);
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpCountry) country = compared_country(&compared);
    assert_null(sp_covariates_new(country, &rules, quality, &error));
    assert_has(error->message, part);
}

static void class_that_is_not_well_named_is_refused(void **state)
{
    (void)state;
    assert_refused("sentral", "want INDICATOR:ATTRIBUTE");
    assert_refused(":sentralitet", "want INDICATOR:ATTRIBUTE");
    assert_refused("sentral:avstand", "vary.covariate_classes: sentral");
}

/* The share of old is need of health, that of poor of all; size is a constraint of all. */
static void need_is_that_of_the_theme_and_constraints_are_of_all(void **state)
{
    (void)state;
    g_auto(Compared) compared = compared_new(4);
    add_old(&compared, "2022-01-01", 4);
    for (guint i = 0; i < 4; i++) {
        compared_add(&compared, "fattige", i, "2022-01-01", (Rate){sp_real(5.0 + i), 100.0, 1.0});
        compared_add_count(&compared, "folk", i, "2022-01-01", 1000.0 * (i + 1));
    }
    compared_need_of(&compared, "gamle", "helse|stabilitet");
    g_auto(Read) read = read_covariates(&compared, no_classes);
    static const struct {
        const char *theme;
        const char *wanted;
    } themes[] = {{NULL, "gamle fattige folk"},
                  {"", "gamle fattige folk"},
                  {"helse", "gamle fattige folk"},
                  {"stabilitet", "gamle fattige folk"},
                  {"kompetanse", "fattige folk"}};
    for (gsize k = 0; k < G_N_ELEMENTS(themes); k++) {
        const SpCovariateChoice choice = {TRUE, TRUE, 0, NULL, themes[k].theme};
        g_autoptr(SpCovariateSet) set = sp_covariates_choose(read.covariates, &choice);
        g_autofree char *found = sp_covariates_list(set->id, set->p);
        assert_string_equal(found, themes[k].wanted);
    }
}

static void assert_need_refused(const char *indicator, const char *themes, const char *part)
{
    const SpCovariateRules rules = {0.75, no_classes};
    g_auto(Compared) compared = compared_new(4);
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    compared_need_of(&compared, indicator, themes);
    g_autoptr(SpCountry) country = compared_country(&compared);
    assert_null(sp_covariates_new(country, &rules, quality, &error));
    assert_error(error, SP_ERROR_CONFIG, part);
}

/* `fattige` is the second indicator: the third row of the file. */
static void theme_that_no_indicator_has_is_refused_with_file_and_row(void **state)
{
    (void)state;
    assert_need_refused("fattige", "helse|vaer",
                        "config/indicators.csv: row 3: fattige: need_of \"helse|vaer\": want "
                        "themes of the catalogue");
    assert_need_refused("fattige", "helse|", "config/indicators.csv: row 3: fattige");
}

static void need_of_stands_at_need_alone(void **state)
{
    (void)state;
    assert_need_refused("folk", "helse",
                        "config/indicators.csv: row 5: folk: need_of \"helse\": want nothing");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(newest_period_that_enough_kommuner_have_is_used),
        cmocka_unit_test(kommune_that_is_not_known_stands_at_the_mean_of_the_others),
        cmocka_unit_test(size_is_by_its_logarithm_and_a_class_by_its_number),
        cmocka_unit_test(figures_are_the_newest_by_the_day_or_the_day_after),
        cmocka_unit_test(covariate_without_figures_is_told_and_not_used),
        cmocka_unit_test(indicator_does_not_explain_itself),
        cmocka_unit_test(class_that_is_not_well_named_is_refused),
        cmocka_unit_test(need_is_that_of_the_theme_and_constraints_are_of_all),
        cmocka_unit_test(theme_that_no_indicator_has_is_refused_with_file_and_row),
        cmocka_unit_test(need_of_stands_at_need_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
