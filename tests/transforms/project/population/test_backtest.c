/* The projection judged on what then happened, with figures that were public on the base day only.
 */
#include "country.h"

#include "transforms/project/population/population.h"

enum { N_BANDS = 4, OURS = 0, PLAIN = 1 };
static const guint bands[N_BANDS][2] = {{0, 105}, {67, 79}, {80, 105}, {90, 105}};

/* Mean absolute error of kommuner in percent, and the sum of errors over the sum of persons. */
typedef struct {
    double mape, wape;
} Score;

/* Over the kommuner whose code begins with `prefix` ("" for all). */
static Score score(const SpTable *projected, const SpTable *facts, const guint ages[2],
                   const char *prefix)
{
    g_autoptr(GHashTable) got = country_band(projected, COUNTRY_LAST, ages[0], ages[1]);
    g_autoptr(GHashTable) want = country_band(facts, COUNTRY_LAST, ages[0], ages[1]);
    g_autoptr(GList) kommuner = g_list_sort(g_hash_table_get_keys(want), (GCompareFunc)strcmp);
    double share = 0, missed = 0, persons = 0;
    guint n = 0;
    for (GList *each = kommuner; each != NULL; each = each->next) {
        if (g_str_has_prefix(each->data, prefix)) {
            const double *here = g_hash_table_lookup(got, each->data);
            double fact = *(double *)g_hash_table_lookup(want, each->data);
            assert_non_null(here);
            share += fabs(*here / fact - 1);
            missed += fabs(*here - fact);
            persons += fact;
            n++;
        }
    }
    assert_int_equal(n, *prefix == '\0' ? COUNTRY_N : 17);
    return (Score){.mape = 100 * share / n, .wape = 100 * missed / persons};
}

/* The peer of projections.md §0: national survival of the three years before the base, falling 1.5
 * % a year, nobody moves. */
static SpTable *project_plainly(const SpTables *in, int base)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    SpPopulationOptions options;
    sp_population_options_init(&options, base, COUNTRY_LAST);
    options.history_years = 0;
    g_autoptr(SpPopulationModel) model = sp_population_model_new(in, &options, quality, &error);
    assert_no_error(error);
    for (guint age = 0; age < SP_N_RATE_AGES; age++) {
        model->mortality.decline[age] = 0.015;
    }
    gsize n_days = (gsize)(COUNTRY_LAST - base) + 1;
    g_autofree SpPersons *persons = g_new(SpPersons, model->history->n_regions * n_days);
    sp_population_project(model, n_days, persons, quality);
    return sp_population_table(model, n_days, persons, sp_tables_find(in, "folkemengde"));
}

/* One row of the page's table, printed; the page must hold it. */
static void tell(int base, const char *prefix, const char *model, const Score scores[N_BANDS])
{
    g_autoptr(GString) line = g_string_new(NULL);
    g_string_printf(line, "| %d | %s | %s |", base, *prefix == '\0' ? "all 355" : "Telemark 17",
                    model);
    for (gsize i = 0; i < N_BANDS; i++) {
        g_string_append_printf(line, " %.2f / %.2f |", scores[i].mape, scores[i].wape);
    }
    print_message("%s\n", line->str);
    fixture_assert_on_page("population.md", line->str);
}

/* All kommuner and Telemark's, ours and the peer; what is returned is of all kommuner. */
static void judge(const SpTables *in, int base, Score scores[2][N_BANDS])
{
    static const char *const prefixes[] = {"40", ""}; /* all last: they are what is returned */
    static const char *const names[] = {"this model", "plain"};
    const SpTable *facts = sp_tables_find(in, "folkemengde");
    g_autofree char *settings =
        g_strdup_printf("[project]\nbase = %d\nhorizon = %d\n", base, COUNTRY_LAST);
    SpTable *projected[] = {country_project(in, settings), project_plainly(in, base)};
    for (gsize area = 0; area < G_N_ELEMENTS(prefixes); area++) {
        for (gsize model = 0; model < G_N_ELEMENTS(projected); model++) {
            for (gsize i = 0; i < N_BANDS; i++) {
                scores[model][i] = score(projected[model], facts, bands[i], prefixes[area]);
            }
            tell(base, prefixes[area], names[model], scores[model]);
        }
    }
    sp_table_free(projected[OURS]);
    sp_table_free(projected[PLAIN]);
}

/* Four years of history. Chance alone gives 1.91 at 80+ (binomial deaths): well below 2.3 something
 * newer than the base was read. */
static void two_years_on_is_better_than_plain_survival(void **state)
{
    const SpTables *in = *state;
    SKIP_WITHOUT_SHARED(in);
    Score scores[2][N_BANDS];
    judge(in, 2024, scores);
    assert_true(scores[OURS][0].mape < scores[PLAIN][0].mape);
    assert_true(scores[OURS][1].mape < scores[PLAIN][1].mape);
    assert_true(scores[OURS][2].mape < scores[PLAIN][2].mape);
    assert_true(scores[OURS][2].mape > 2.2);
}

/* Two years of history, the fewest that noise can be told from. All ages are not judged: no base
 * before 2022 saw the refugees. */
static void four_years_on_is_better_than_plain_survival(void **state)
{
    const SpTables *in = *state;
    SKIP_WITHOUT_SHARED(in);
    Score scores[2][N_BANDS];
    judge(in, 2022, scores);
    assert_true(scores[OURS][1].mape < scores[PLAIN][1].mape);
    assert_true(scores[OURS][2].mape < scores[PLAIN][2].mape);
    assert_true(scores[OURS][2].mape > 3.4);
}

/* No history with both sexes: nobody moves in ours either, and the fall of mortality before the
 * deaths of 2022 and 2023 was steeper than 1.5 % a year. It is reported, and no better than plain.
 */
static void six_years_on_without_history_is_near_plain_survival(void **state)
{
    const SpTables *in = *state;
    SKIP_WITHOUT_SHARED(in);
    Score scores[2][N_BANDS];
    judge(in, 2020, scores);
    assert_near(scores[OURS][2].mape, scores[PLAIN][2].mape, 0.2);
    assert_true(scores[OURS][2].mape > 4.2);
}

static void nothing_newer_than_the_base_is_read(void **state)
{
    const SpTables *in = *state;
    SKIP_WITHOUT_SHARED(in);
    g_autoptr(SpTables) spoilt = sp_tables_new();
    for (gsize i = 0; i < sp_tables_size(in); i++) {
        sp_tables_add(spoilt, sp_table_copy(sp_tables_at(in, i)));
    }
    const struct {
        const char *table, *first_spoilt;
    } later[] = {{"folkemengde", "2022-01-02"}, {"doedelighet", "2022"}, {"fruktbarhet", "2022"}};
    for (gsize i = 0; i < G_N_ELEMENTS(later); i++) {
        SpTable *table = sp_tables_find(spoilt, later[i].table);
        gsize period = sp_table_find(table, "period");
        for (gsize row = 0; row < sp_table_n_rows(table); row++) {
            if (strcmp(sp_table_code(table, row, period), later[i].first_spoilt) >= 0) {
                for (gsize column = period + 1; column < sp_table_n_columns(table); column++) {
                    sp_table_set_real(table, row, column, sp_real(1e6 + (double)row));
                }
            }
        }
    }
    g_autoptr(SpTable) clean = country_project(in, "[project]\nbase = 2022\nhorizon = 2030\n");
    g_autoptr(SpTable) same = country_project(spoilt, "[project]\nbase = 2022\nhorizon = 2030\n");
    gsize n = sp_table_n_rows(clean);
    assert_int_equal(sp_table_n_rows(same), n);
    for (gsize row = 0; row < n; row++) {
        SpReal a = sp_table_real(clean, row, 4), b = sp_table_real(same, row, 4);
        if (a.value != b.value || a.status != b.status || a.flags != b.flags) {
            fail_msg("row %zu: %.17g became %.17g", row, a.value, b.value);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_years_on_is_better_than_plain_survival),
        cmocka_unit_test(four_years_on_is_better_than_plain_survival),
        cmocka_unit_test(six_years_on_without_history_is_near_plain_survival),
        cmocka_unit_test(nothing_newer_than_the_base_is_read),
    };
    return cmocka_run_group_tests(tests, country_read, country_free);
}
