/** Expected paths of the made-up country (land.h) under what is chosen. */
#ifndef SP_TESTS_TRANSFORMS_PROJECT_SUPPLY_MADE_H
#define SP_TESTS_TRANSFORMS_PROJECT_SUPPLY_MADE_H

#include "tests/transforms/project/supply/land.h"

#include "transforms/project/scenario_keys.h"
#include "transforms/project/supply/supply.h"

#include <gsl/gsl_errno.h>

static inline SpSupplyPaths *make_under(const SpTables *in, const SpScenario *chosen,
                                        SpQuality *quality)
{
    SpSupplyPaths *paths = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) own = sp_quality_new();
    assert_true(sp_supply_paths_make(in, &chosen->supply, &chosen->population,
                                     quality == NULL ? own : quality, &paths, &error));
    assert_no_error(error);
    return paths;
}

static inline SpSupplyPaths *make(const SpTables *in, const char *const options[][2],
                                  SpQuality *quality)
{
    SpScenario chosen;
    g_autoptr(GError) error = NULL;
    sp_scenario_init(&chosen, NULL);
    for (gsize i = 0; options != NULL && options[i][0] != NULL; i++) {
        assert_true(sp_scenario_set(&chosen, "supply", options[i][0], options[i][1], NULL, &error));
    }
    return make_under(in, &chosen, quality);
}

/* As the scenario of an INI text; words are those of the project. */
static inline SpSupplyPaths *make_of(const SpTables *in, const char *text)
{
    static const char *const keys[] = {"stoerrelse", "ord", "bane"};
    g_autoptr(GPtrArray) rows =
        fixture_rows(SP_SOURCE_FOLDER, "config/framskriving/befolkningsbane.csv");
    g_autoptr(SpTable) words = fixture_table("befolkningsbane", keys, 3, NULL, 0);
    for (guint i = 0; i < rows->len; i++) {
        char **row = rows->pdata[i];
        gsize number = sp_table_add_row(words);
        for (gsize k = 0; k < 3; k++) {
            sp_table_set_code(words, number, k, row[k]);
        }
    }
    SpScenario chosen;
    g_autoptr(GError) error = NULL;
    sp_scenario_init(&chosen, NULL);
    g_autoptr(SpTable) scenario = sp_scenario_table("x.ini", text, &error);
    assert_no_error(error);
    assert_true(sp_scenario_apply(scenario, words, &chosen, &error));
    return make_under(in, &chosen, NULL);
}

static inline gsize number_of(const SpSupplyPaths *paths, const char *yrke)
{
    for (gsize g = 0; g < paths->n_professions; g++) {
        if (strcmp(paths->professions[g], yrke) == 0) {
            return g;
        }
    }
    fail_msg("no %s", yrke);
    return 0;
}

/* All causes and regions. */
static inline double country(const SpSupplyPaths *paths, double *figures, gsize g, gsize day)
{
    double sum = 0.0;
    for (gsize l = 0; l < paths->n_labour_markets; l++) {
        for (gsize c = 0; c < SP_N_CAUSES; c++) {
            sum += sp_supply_at(paths, figures, l, g, (SpSupplyCause)c)[day];
        }
    }
    return sum;
}

/* Municipal årsverk of a profession in the table, newest year. */
static inline double counted(const SpTables *in, const char *yrke)
{
    const SpTable *table = sp_tables_find(in, "helsepersonell");
    double sum = 0.0;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, 1), yrke) == 0 &&
            strcmp(sp_table_code(table, row, 2), "kommune") == 0 &&
            strcmp(sp_table_code(table, row, 5), "2024") == 0) {
            sum += sp_table_real(table, row, 7).value;
        }
    }
    return sum;
}

/** For a group of tests: GSL does not abort. */
static inline int quiet(void **state)
{
    (void)state;
    gsl_set_error_handler_off();
    return 0;
}

#endif
