/* Tables of indicators and of several measures. */
#include "tests/outputs/tables.h"

enum { FIRST_FYLKE = 11, PER_FYLKE = 20, FIRST_YEAR = 2015 };

char **sp_test_kommuner(gsize n)
{
    char **codes = g_new0(char *, n + 1);
    for (gsize i = 0; i < n; i++) {
        codes[i] =
            g_strdup_printf("%02d%02d", FIRST_FYLKE + (int)i / PER_FYLKE, 1 + (int)i % PER_FYLKE);
    }
    return codes;
}

static void place(SpTable *table, const char *indicator, const char *kommune, const char *period,
                  double value)
{
    gboolean has_limits = g_str_has_prefix(indicator, "use_");
    gsize row = sp_table_add_row(table);
    sp_table_set_code(table, row, 0, indicator);
    sp_table_set_code(table, row, 1, kommune);
    sp_table_set_code(table, row, 2, period);
    sp_table_set_code(table, row, 3, has_limits ? "over_95" : "");
    sp_table_set_real(table, row, 4, sp_real(value));
    sp_table_set_real(table, row, 5,
                      has_limits ? sp_real_flagged(1.25, SP_FLAG_MODELLED)
                                 : sp_real_none(SP_NOT_APPLICABLE));
    for (gsize column = 6; column < 8; column++) {
        sp_table_set_real(table, row, column,
                          has_limits ? sp_real(value * (double)column / 7.0)
                                     : sp_real_none(SP_NOT_APPLICABLE));
    }
}

SpTable *sp_test_placing_new(char *const kommuner[])
{
    static const SpColumn columns[] = {
        {.name = "indikator", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "kommune"},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "period"},
        {.name = "signal", .kind = SP_COLUMN_CODE},
        {.name = "verdi", .kind = SP_COLUMN_MEASURE},
        {.name = "krympet", .kind = SP_COLUMN_MEASURE, .unit = "ratio"},
        {.name = "nedre_95", .kind = SP_COLUMN_MEASURE},
        {.name = "oevre_95", .kind = SP_COLUMN_MEASURE}};
    static const struct {
        const char *id;
        double value;
    } indicators[] = {
        {"pers_nurse_fte_p10k", 61.04}, {"use_home_80plus", 0.26041}, {"use_home_p1000", 30.39}};
    SpTable *table = sp_table_new("plassering", columns, G_N_ELEMENTS(columns));
    for (gsize i = 0; i < G_N_ELEMENTS(indicators); i++) {
        for (gsize k = 0; kommuner[k] != NULL; k++) {
            place(table, indicators[i].id, kommuner[k], "2023-01-01", indicators[i].value);
            place(table, indicators[i].id, kommuner[k], "2024-01-01", indicators[i].value * 1.1);
        }
    }
    return table;
}

SpTable *sp_test_users_new(char *const kommuner[], int n_years, gsize n_measures)
{
    static const SpColumn columns[] = {
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "kommune"},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "period"},
        {.name = "hjemmetjenestebrukere", .kind = SP_COLUMN_MEASURE, .unit = "persons"},
        {.name = "institusjon", .kind = SP_COLUMN_MEASURE, .unit = "persons"},
        {.name = "hjemmetjenestebrukere_80p", .kind = SP_COLUMN_MEASURE, .unit = "persons"},
        {.name = "institusjon_80p", .kind = SP_COLUMN_MEASURE, .unit = "persons"},
        {.name = "bolig_heldoegn", .kind = SP_COLUMN_MEASURE, .unit = "persons"}};
    SpTable *table = sp_table_new("brukere", columns, 2 + n_measures);
    double value = 1000.0;
    for (gsize k = 0; kommuner[k] != NULL; k++) {
        for (int year = 0; year < n_years; year++) {
            g_autofree char *period = g_strdup_printf("%d-12-31", FIRST_YEAR + year);
            gsize row = sp_table_add_row(table);
            sp_table_set_code(table, row, 0, kommuner[k]);
            sp_table_set_code(table, row, 1, period);
            for (gsize i = 0; i < n_measures; i++) {
                sp_table_set_real(table, row, 2 + i, sp_real(i == 0 ? value : value / 10.0));
            }
            value += 10.0;
        }
    }
    return table;
}

SpTable *sp_test_residual_new(char *const kommuner[], const gsize judged[], gsize n)
{
    static const SpColumn columns[] = {
        {.name = "indikator", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "kommune"},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "period"},
        {.name = "signal", .kind = SP_COLUMN_CODE, .classification = "signal"},
        {.name = "vurdering", .kind = SP_COLUMN_CODE, .classification = "vurdering"},
        {.name = "verdi", .kind = SP_COLUMN_MEASURE},
        {.name = "ventet", .kind = SP_COLUMN_MEASURE},
        {.name = "krympet", .kind = SP_COLUMN_MEASURE, .unit = "ratio"},
        {.name = "krympet_nedre", .kind = SP_COLUMN_MEASURE, .unit = "ratio"},
        {.name = "krympet_oevre", .kind = SP_COLUMN_MEASURE, .unit = "ratio"}};
    static const char *const indicators[] = {"pers_nurse_fte_p10k", "use_home_80plus"};
    SpTable *table = sp_table_new("uforklart", columns, G_N_ELEMENTS(columns));
    for (gsize i = 0; i < G_N_ELEMENTS(indicators); i++) {
        for (gsize k = 0; kommuner[k] != NULL; k++) {
            const gsize row = sp_table_add_row(table);
            const double ratio = 0.8 + 0.1 * (double)row;
            sp_table_set_code(table, row, 0, indicators[i]);
            sp_table_set_code(table, row, 1, kommuner[k]);
            sp_table_set_code(table, row, 2, "2024");
            sp_table_set_real(table, row, 5, sp_real(i == 0 ? 60.0 * ratio : 0.25 * ratio));
            sp_table_set_real(table, row, 6, sp_real(i == 0 ? 60.0 : 0.25));
            sp_table_set_real(table, row, 7, sp_real_flagged(ratio, SP_FLAG_MODELLED));
            sp_table_set_real(table, row, 8, sp_real_flagged(ratio - 0.1, SP_FLAG_MODELLED));
            sp_table_set_real(table, row, 9, sp_real_flagged(ratio + 0.1, SP_FLAG_MODELLED));
        }
    }
    for (gsize k = 0; k < n; k++) {
        sp_table_set_code(table, judged[k], 3, "over");
        sp_table_set_code(table, judged[k], 4, "ugunstig");
    }
    return table;
}

SpTable *sp_test_gap_new(const SpTestNeeded needed[], gsize n)
{
    static const SpColumn columns[SP_TEST_GAP_N_COLUMNS] = {
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "kommune"},
        {.name = "yrke", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "profesjon"},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "period"},
        {.name = "etterspoersel", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk"},
        {.name = "tilbud", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk"},
        {.name = "gap", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk"},
        {.name = "p05", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk"},
        {.name = "p95", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk"},
        {.name = "sannsynlighet_mangel", .kind = SP_COLUMN_MEASURE, .unit = "share"}};
    static const char *const days[] = {"2026-01-01", "2030-01-01", "2031-01-01", "2035-01-01"};
    SpTable *table = sp_table_new("framskriving_gap", columns, SP_TEST_GAP_N_COLUMNS);
    for (gsize i = 0; i < n * G_N_ELEMENTS(days); i++) {
        const SpTestNeeded *is = &needed[i / G_N_ELEMENTS(days)];
        gsize row = sp_table_add_row(table);
        double gap = 14.0 + (double)(i % G_N_ELEMENTS(days));
        sp_table_set_code(table, row, 0, is->region);
        sp_table_set_code(table, row, 1, is->profession);
        sp_table_set_code(table, row, 2, days[i % G_N_ELEMENTS(days)]);
        for (gsize column = SP_TEST_GAP_NEED; column < SP_TEST_GAP_N_COLUMNS; column++) {
            sp_table_set_real(table, row, column, sp_real_none(SP_NOT_APPLICABLE));
        }
        if (is->need > 0.0) {
            sp_table_set_real(table, row, SP_TEST_GAP_NEED, sp_real(is->need));
            sp_table_set_real(table, row, SP_TEST_GAP, sp_real_flagged(gap, SP_FLAG_MODELLED));
            sp_table_set_real(table, row, SP_TEST_GAP_LOW, sp_real(gap - 20.3));
            sp_table_set_real(table, row, SP_TEST_GAP_HIGH, sp_real(gap + 20.0));
            sp_table_set_real(table, row, SP_TEST_GAP_CHANCE, sp_real(0.65));
        }
    }
    return table;
}

SpTable *sp_test_figures_new(const char *const cells[7])
{
    static const char *const names[] = {"id",    "kind",     "table", "packages",
                                        "codes", "measures", "x"};
    SpColumn columns[G_N_ELEMENTS(names)];
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        columns[i] = (SpColumn){.name = names[i], .kind = SP_COLUMN_CODE};
    }
    SpTable *catalogue = sp_table_new("figurer", columns, G_N_ELEMENTS(columns));
    sp_table_add_row(catalogue);
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        sp_table_set_code(catalogue, 0, i, cells[i]);
    }
    return catalogue;
}

void sp_test_package_set_staffing(SpTestPackage *package)
{
    static const SpColumn columns[] = {
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "kommune"},
        {.name = "yrke", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "profesjon"},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "period"},
        {.name = "aarsverk", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk", .is_additive = TRUE}};
    static const char *const regions[] = {"0", "50", "5001", "5006"};
    static const char *const professions[] = {"helsefagarbeider", "sykepleier", "tot"};
    g_autoptr(SpTable) small = sp_tables_steal(package->tables, "aarsverk");
    const SpReal *figures = sp_table_reals_const(small, 2);
    const gsize n = sp_table_n_rows(small);
    SpTable *table = sp_table_new("aarsverk", columns, G_N_ELEMENTS(columns));
    for (gsize i = 0; i < G_N_ELEMENTS(regions) * G_N_ELEMENTS(professions) * n; i++) {
        const gsize row = sp_table_add_row(table);
        const gsize line = i / n;
        sp_table_set_code(table, row, 0, regions[line / G_N_ELEMENTS(professions)]);
        sp_table_set_code(table, row, 1, professions[line % G_N_ELEMENTS(professions)]);
        sp_table_set_code(table, row, 2, sp_table_code(small, i % n, 1));
        sp_table_set_real(table, row, 3, figures[(i + line) % n]);
    }
    sp_tables_add(package->tables, table);
}
