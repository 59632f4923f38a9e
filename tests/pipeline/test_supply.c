/* Supply of personnel through the programs of the small country: its figures hang together, and
 * what is wrong with its inputs is an error that says where, or a finding. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"

#include "core/io/files.h"
#include "core/io/tablefiles.h"

#include <math.h>

#define PERSONNEL "helsepersonell-2024.csv"
#define DATASETS                                                                                   \
    "--set=fetch.datasets=klass/kommuner, klass/endringer, klass/kostragrupper, "                  \
    "klass/sentralitet, "                                                                          \
    "ssb/folkemengde, tabular/doedelighet, tabular/fruktbarhet, tabular/brukere, "                 \
    "tabular/aarsverk, tabular/helsepersonell, tabular/pendling"
#define COMMUTING                                                                                  \
    "bosted;arbeidssted;aar;sysselsatte\n0301;0301;2024;60000\n0301;1103;2024;900\n"               \
    "1103;1103;2024;20000\n1103;0301;2024;800\n1508;1508;2024;7000\n1508;1580;2024;300\n"          \
    "1580;1580;2024;900\n1580;1508;2024;500\n"

static Mini *mini;

/* Nurses, doctors and assistants of two years; `skip` is an age band that is left out, or NULL. */
static char *personnel(const char *skip, const char *instead)
{
    static const char *const bands[] = {"20-24", "25-29", "30-34", "35-39", "40-44", "45-49",
                                        "50-54", "55-59", "60-61", "62-64", "65-66", "67-75"};
    static const char *const professions[] = {"sykepleier", "lege", "uten_helseutdanning"};
    static const char *const places[] = {"0301", "1103", "1507", "1508", "1580"};
    static const guint sizes[] = {600, 200, 80, 70, 12};
    GString *text = g_string_new("kommune;profesjon;sektor;alder;kjonn;aar;sysselsatte;aarsverk\n");
    for (guint i = 0; i < G_N_ELEMENTS(places) * G_N_ELEMENTS(professions) * 4; i++) {
        guint place = i / 4 / G_N_ELEMENTS(professions), year = 2023 + i % 2, sex = 1 + i / 2 % 2;
        if ((place == 2) != (year == 2023) && place >= 2) {
            continue; /* 1507 became 1508 and 1580 */
        }
        for (guint b = 0; b < G_N_ELEMENTS(bands); b++) {
            guint n = sizes[place] / (b == 0 || b >= 8 ? 4 : 1);
            if (skip != NULL && strcmp(bands[b], skip) == 0) {
                continue;
            }
            const char *name = professions[i / 4 % G_N_ELEMENTS(professions)];
            g_string_append_printf(text, "%s;%s;kommune;%s;%u;%u;%u;%u,5\n", places[place], name,
                                   bands[b], sex, year, n, n * 8 / 10);
            g_string_append_printf(text, "%s;%s;spesialist;%s;%u;%u;%u;%u\n", places[place], name,
                                   bands[b], sex, year, n / 2, n / 2);
            g_string_append_printf(text, "%s;%s;ikke_i_arbeid;%s;%u;%u;%u;0\n", places[place], name,
                                   bands[b], sex, year, n / (b < 8 ? 8 : 1));
        }
    }
    if (instead != NULL) {
        g_string_append(text, instead);
    }
    return g_string_free(text, FALSE);
}

static int set_up(void **state)
{
    (void)state;
    mini = mini_new();
    g_autofree char *text = personnel(NULL, NULL);
    mini_deliver(mini, "tabular", PERSONNEL, text);
    mini_deliver(mini, "tabular", "pendling-2024.csv", COMMUTING);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    mini_free(mini);
    return 0;
}

static Result run_stage(const char *name)
{
    return mini_run(mini, NULL, name, DATASETS, "--set=project.draws=20",
                    "--set=project.scenarios=referanse", NULL);
}

/* The three stages; the last one's, or the first that failed. */
static Result run_to_project(void)
{
    static const char *const stages[] = {"statpakke-fetch", "statpakke-normalise"};
    for (gsize i = 0; i < G_N_ELEMENTS(stages); i++) {
        Result result = run_stage(stages[i]);
        if (result.status != 0) {
            return result;
        }
        result_clear(&result);
    }
    return run_stage("statpakke-project");
}

static SpTables *projected(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *stage = g_build_filename(mini->workspace, "stages/project/referanse", NULL);
    g_autofree char *link = g_build_filename(stage, "latest", NULL);
    g_autofree char *key = sp_link_read(link);
    assert_non_null(key);
    g_autofree char *folder = g_build_filename(stage, key, NULL);
    SpTables *tables = sp_tables_read(folder, NULL, &error);
    assert_no_error(error);
    return tables;
}

static void expect_projected(void)
{
    g_auto(Result) night = run_to_project();
    if (night.status != 0) {
        fail_msg("exit %d: %s", night.status, night.err);
    }
}

/* With the personnel of all tests again. */
static void put_right(void)
{
    g_autofree char *good = personnel(NULL, NULL);
    mini_deliver(mini, "tabular", PERSONNEL, good);
    expect_projected();
}

/* Is there a finding of the kind whose text has all of it? */
static gboolean is_told(const char *kind, const char *subject)
{
    g_autofree char *text = mini_text(mini, "stages/project/referanse/latest/kvalitet.csv");
    g_autofree char *wanted = g_strdup_printf("\n%s,%s,", kind, subject);
    return strstr(text, wanted) != NULL;
}

static void expect_error(const char *where, const char *what)
{
    g_auto(Result) night = run_to_project();
    if (night.status != 65 || strstr(night.err, where) == NULL || strstr(night.err, what) == NULL) {
        fail_msg("exit %d, want 65 with \"%s\" and \"%s\":\n%s", night.status, where, what,
                 night.err);
    }
}

/* Base, ageing, exits, graduates, foreign, transfers and moves are the country's supply, which is
 * the sum of its kommuner, every day. */
static void causes_and_kommuner_sum_to_the_country(void **state)
{
    (void)state;
    expect_projected();
    g_autoptr(SpTables) tables = projected();
    const SpTable *supply = sp_tables_find(tables, "framskriving_tilbud");
    const SpTable *causes = sp_tables_find(tables, "framskriving_tilbud_aarsak");
    assert_non_null(supply);
    assert_non_null(causes);
    gsize of_supply = sp_table_find(supply, "aarsverk"),
          of_cause = sp_table_find(causes, "aarsverk");
    gsize n = 0;
    for (gsize row = 0; row < sp_table_n_rows(supply); row++) {
        if (strcmp(sp_table_code(supply, row, 0), "0") != 0) {
            continue;
        }
        const char *yrke = sp_table_code(supply, row, 1), *period = sp_table_code(supply, row, 2);
        double country = sp_table_real(supply, row, of_supply).value, parts = 0, places = 0;
        for (gsize i = 0; i < sp_table_n_rows(causes); i++) {
            if (strcmp(sp_table_code(causes, i, 1), yrke) == 0 &&
                strcmp(sp_table_code(causes, i, 3), period) == 0) {
                parts += sp_table_real(causes, i, of_cause).value;
            }
        }
        for (gsize i = 0; i < sp_table_n_rows(supply); i++) {
            if (strlen(sp_table_code(supply, i, 0)) == 4 &&
                strcmp(sp_table_code(supply, i, 1), yrke) == 0 &&
                strcmp(sp_table_code(supply, i, 2), period) == 0) {
                places += sp_table_real(supply, i, of_supply).value;
            }
        }
        /* Nine digits of each are written. */
        assert_near(parts, country, 1e-6 * country);
        assert_near(places, country, 1e-6 * country);
        n++;
    }
    assert_int_equal(n, 3 * 4); /* three professions, 2025-2028 */
}

/* The sum of a row's figures from one column to another, both in. */
static double sum_of(const SpTable *table, gsize row, const char *from, const char *to)
{
    double sum = 0.0;
    for (gsize i = sp_table_find(table, from); i <= sp_table_find(table, to); i++) {
        SpReal real = sp_table_real(table, row, i);
        assert_true(sp_real_is_number(real));
        sum += real.value;
    }
    return sum;
}

/* Every region and profession that has need and supply; and the gap changes by what need does less
 * what supply does. */
static void each_row_of_causes_adds_up_to_need_supply_and_gap(void **state)
{
    (void)state;
    expect_projected();
    g_autoptr(SpTables) tables = projected();
    const SpTable *causes = sp_tables_find(tables, "framskriving_aarsaker");
    const SpTable *gap = sp_tables_find(tables, "framskriving_gap");
    assert_non_null(causes);
    assert_non_null(gap);
    gsize of_need = sp_table_find(causes, "etterspoersel");
    gsize of_supply = sp_table_find(causes, "tilbud"), of_gap = sp_table_find(causes, "gap");
    gsize n = 0, n_moved = 0;
    for (gsize row = 0; row < sp_table_n_rows(causes); row++) {
        if (!sp_real_is_number(sp_table_real(causes, row, of_gap))) {
            continue;
        }
        double need = sp_table_real(causes, row, of_need).value;
        double supply = sp_table_real(causes, row, of_supply).value;
        double base = sum_of(causes, row, "etterspoersel_basis", "etterspoersel_basis") -
                      sum_of(causes, row, "tilbud_basis", "tilbud_basis");
        double more = sum_of(causes, row, "befolkning", "sammensetning");
        double come = sum_of(causes, row, "aldring", "uforklart");
        /* Nine digits of each are written. */
        assert_near(sum_of(causes, row, "etterspoersel_basis", "sammensetning"), need, 1e-6 * need);
        assert_near(sum_of(causes, row, "tilbud_basis", "uforklart"), supply, 1e-6 * supply);
        assert_near(base + more - come, sp_table_real(causes, row, of_gap).value,
                    1e-6 * (need + supply));
        n++;
        n_moved += fabs(more) > 0.1 && fabs(come) > 0.1;
    }
    /* As many as have a gap on the last day: no year of project.alternative_years is within. */
    gsize wanted = 0;
    for (gsize row = 0; row < sp_table_n_rows(gap); row++) {
        wanted += strcmp(sp_table_code(gap, row, 2), "2028-01-01") == 0 &&
                  sp_real_is_number(sp_table_real(gap, row, sp_table_find(gap, "gap")));
    }
    assert_int_equal(n, wanted);
    assert_true(n_moved > 0);
    assert_null(sp_tables_find(tables, "framskriving_tilbud_deler")); /* on the way alone */
}

static void professions_nobody_is_counted_of_are_named(void **state)
{
    (void)state;
    expect_projected();
    assert_true(is_told("not_projected", "jordmor"));
    assert_false(is_told("not_projected", "lege"));
}

static void a_missing_age_band_is_a_finding(void **state)
{
    (void)state;
    g_autofree char *text = personnel("40-44", NULL);
    mini_deliver(mini, "tabular", PERSONNEL, text);
    expect_projected();
    assert_true(is_told("ages_missing", "helsepersonell"));
    put_right();
    assert_false(is_told("ages_missing", "helsepersonell"));
}

static void a_negative_stock_is_refused_with_its_row(void **state)
{
    (void)state;
    g_autofree char *text = personnel(NULL, "0301;jordmor;kommune;30-34;2;2024;-3;2\n");
    mini_deliver(mini, "tabular", PERSONNEL, text);
    expect_error(PERSONNEL, "-3");
    put_right();
}

static void ages_that_overlap_are_refused(void **state)
{
    (void)state;
    g_autofree char *text = personnel(NULL, "0301;lege;kommune;33-37;2;2024;3;2\n");
    mini_deliver(mini, "tabular", PERSONNEL, text);
    expect_error("helsepersonell", "overlap");
    put_right();
}

static void commuting_below_nothing_is_refused(void **state)
{
    (void)state;
    mini_deliver(mini, "tabular", "pendling-2024.csv", COMMUTING "1580;0301;2024;-2000\n");
    expect_error("pendling", "-2000");
    mini_deliver(mini, "tabular", "pendling-2024.csv", COMMUTING);
    expect_projected();
}

/* A text of a file of config/framskriving for another. */
static void change_file(const char *name, const char *old, const char *new)
{
    g_autofree char *path = g_build_filename(mini->data, "framskriving", name, NULL);
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    char *found = strstr(text, old);
    assert_non_null(found);
    *found = '\0';
    g_autofree char *changed = g_strconcat(text, new, found + strlen(old), NULL);
    assert_true(g_file_set_contents(path, changed, -1, NULL));
}

static void a_rate_above_one_names_file_row_and_limits(void **state)
{
    (void)state;
    change_file("avgang.csv", "*,15,34,0.004", "*,15,34,1.4");
    expect_error("avgang", "avgang, want a number from 0 to");
    change_file("avgang.csv", "*,15,34,1.4", "*,15,34,0.004");
    change_file("utdanning.csv", "kandidater,3,0.76", "kandidater,3,76");
    expect_error("utdanning: row of \"sykepleier\"", "fullfoering, want a number from 0 to 1");
    change_file("utdanning.csv", "kandidater,3,76", "kandidater,3,0.76");
    expect_projected();
}

static void a_profession_without_graduates_is_a_finding(void **state)
{
    (void)state;
    assert_false(is_told("no_graduates", "lege"));
    change_file("utdanning.csv", "lege,embetsstudium", "psykolog,embetsstudium2");
    change_file("utdanning.csv", "lege,utland", "psykolog,utland2");
    expect_projected();
    assert_true(is_told("no_graduates", "lege"));
    change_file("utdanning.csv", "psykolog,embetsstudium2", "lege,embetsstudium");
    change_file("utdanning.csv", "psykolog,utland2", "lege,utland");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(causes_and_kommuner_sum_to_the_country),
        cmocka_unit_test(each_row_of_causes_adds_up_to_need_supply_and_gap),
        cmocka_unit_test(professions_nobody_is_counted_of_are_named),
        cmocka_unit_test(a_missing_age_band_is_a_finding),
        cmocka_unit_test(a_negative_stock_is_refused_with_its_row),
        cmocka_unit_test(ages_that_overlap_are_refused),
        cmocka_unit_test(commuting_below_nothing_is_refused),
        cmocka_unit_test(a_rate_above_one_names_file_row_and_limits),
        cmocka_unit_test(a_profession_without_graduates_is_a_finding),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
