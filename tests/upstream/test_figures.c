/* The model: what adds up, what is hidden, and what the clock does to a table. */
#include "tests/upstream/client.h"

#define POPULATION FAKE_SSB2 "tables/07459/data?valueCodes[ContentsCode]=Personer1"
#define USERS                                                                                      \
    FAKE_SSB2 "tables/12292/data?valueCodes[ContentsCode]=KOSbrukhjtj0000&valueCodes[KOKkommune"   \
              "region0000]="

static double sum_of(const json_t *dataset)
{
    const json_t *values = json_object_get(dataset, "value");
    double sum = 0;
    for (gsize i = 0; i < json_array_size(values); i++) {
        sum += value_at(dataset, i);
    }
    return sum;
}

static void same_question_has_the_same_answer_on_any_day_and_fake(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) one = fake_start();
    g_autoptr(FakeUpstream) other = fake_start();
    assert_true(fake_upstream_set_clock(other, "2027-11-05"));
    const char *path = POPULATION "&valueCodes[Region]=18*&valueCodes[Tid]=top(3)";
    g_autoptr(json_t) first = get_json(one, path);
    g_autoptr(json_t) second = get_json(other, path);
    assert_true(json_equal(first, second));
}

static void country_is_the_sum_of_its_kommuner_sexes_and_ages(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    const char *tail = "&valueCodes[Tid]=2023";
    g_autofree char *whole_path = g_strconcat(POPULATION, tail, NULL);
    g_autofree char *kommuner_path =
        g_strconcat(POPULATION, "&codelist[Region]=vs_Kommun&valueCodes[Region]=*", tail, NULL);
    g_autofree char *ages_path =
        g_strconcat(POPULATION, "&valueCodes[Alder]=*&valueCodes[Kjonn]=1,2", tail, NULL);
    g_autoptr(json_t) whole = get_json(fake, whole_path);
    g_autoptr(json_t) kommuner = get_json(fake, kommuner_path);
    g_autoptr(json_t) ages = get_json(fake, ages_path);
    assert_true(value_at(whole, 0) > 4e6);
    assert_near(sum_of(kommuner), value_at(whole, 0), 0);
    assert_near(sum_of(ages), value_at(whole, 0), 0);
}

/* Ålesund and Haram came of one code in 2024: that one has no heir, all others have. */
static void sums_within_todays_borders_hold_everybody(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    const char *tail = "&valueCodes[Tid]=2010,2023";
    g_autofree char *whole_path = g_strconcat(POPULATION, tail, NULL);
    g_autofree char *sums_path = g_strconcat(
        POPULATION, "&codelist[Region]=agg_KommSummer&valueCodes[Region]=*", tail, NULL);
    g_autoptr(json_t) whole = get_json(fake, whole_path);
    g_autoptr(json_t) sums = get_json(fake, sums_path);
    assert_near(sum_of(sums), sum_of(whole), 0);
}

static void change_of_population_is_births_deaths_and_moves(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(json_t) json = get_json(
        fake, FAKE_SSB2 "tables/06913/data?valueCodes[Region]=1103&valueCodes[ContentsCode]=*"
                        "&valueCodes[Tid]=2024,2025");
    /* Contents by contents, 2024 before 2025. */
    double births = value_at(json, 2);
    double deaths = value_at(json, 4);
    double in = value_at(json, 6);
    double out = value_at(json, 8);
    assert_near(value_at(json, 1) - value_at(json, 0), births - deaths + in - out, 0);
    assert_near(value_at(json, 10), births - deaths + in - out, 0);
    g_autoptr(json_t) people =
        get_json(fake, POPULATION "&valueCodes[Region]=1103&valueCodes[Tid]=2025");
    assert_near(value_at(people, 0), value_at(json, 1), 0);
}

static void code_outside_its_lifetime_has_a_dot(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(json_t) json =
        get_json(fake, POPULATION "&valueCodes[Region]=4601,30&valueCodes[Tid]=2019,2020,2024");
    assert_string_equal(sign_at(json, "0"), "."); /* Viken 2019 */
    assert_true(value_at(json, 1) > 0);
    assert_string_equal(sign_at(json, "2"), "."); /* and 2024 */
    assert_string_equal(sign_at(json, "3"), "."); /* Bergen's code of 2020, in 2019 */
    assert_true(value_at(json, 4) > 0);
}

static void users_have_all_three_signs_and_no_figure_below_five(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(json_t) json = get_json(
        fake, FAKE_SSB2 "tables/12003/data?valueCodes[KOKkommuneregion0000]=????"
                        "&valueCodes[KOKalder0000]=67-79&valueCodes[KOKtjenestegruppe0000]=INS"
                        "&valueCodes[ContentsCode]=*&valueCodes[Tid]=2024");
    const json_t *values = json_object_get(json, "value");
    guint n_dots = 0;
    guint n_missing = 0;
    guint n_hidden = 0;
    for (gsize i = 0; i < json_array_size(values); i++) {
        g_autofree char *place = g_strdup_printf("%zu", i);
        const char *sign = sign_at(json, place);
        n_dots += strcmp(sign, ".") == 0;
        n_missing += strcmp(sign, "..") == 0;
        n_hidden += strcmp(sign, ":") == 0;
        assert_true(*sign != '\0' || value_at(json, i) == 0 || value_at(json, i) >= 5);
    }
    assert_true(n_dots > 300);
    assert_in_range(n_missing, 3, 25);
    assert_in_range(n_hidden, 20, 150);
}

/* IPLOS' new version of 2019: some did not report, and their figures of 2018 were repeated. */
static void some_of_2019_repeats_2018(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(json_t) json =
        get_json(fake, FAKE_SSB2
                 "tables/12292/data?valueCodes[KOKkommuneregion0000]=????"
                 "&valueCodes[ContentsCode]=KOSandelenerom0000&valueCodes[Tid]=2017,2018,2019");
    guint n_new = 0;
    guint n_copied = 0;
    for (gsize i = 0; i < json_array_size(json_object_get(json, "value")); i += 3) {
        n_new += value_at(json, i + 1) > 0 && value_at(json, i) == value_at(json, i + 1);
        n_copied += value_at(json, i + 1) > 0 && value_at(json, i + 1) == value_at(json, i + 2);
    }
    assert_true(n_copied > 5 * n_new);
    assert_true(n_copied > 40);
}

static void march_is_revised_in_june_and_only_updated_tells(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    assert_true(fake_upstream_set_clock(fake, "2026-03-16T07:59:00"));
    const char *path = USERS "0301,1103&valueCodes[Tid]=top(1)";
    g_autoptr(json_t) before = get_json(fake, path);
    g_autofree char *year = codes_of(before, "Tid");
    assert_string_equal(year, "2024");
    assert_true(fake_upstream_set_clock(fake, "2026-03-16T08:00:00"));
    g_autoptr(json_t) march = get_json(fake, path);
    assert_string_equal(text_at(march, "updated"), "2026-03-16T07:00:00Z");
    assert_true(fake_upstream_set_clock(fake, "2026-06-16"));
    g_autoptr(json_t) june = get_json(fake, path);
    assert_string_equal(text_at(june, "updated"), "2026-06-15T06:00:00Z");
    g_autofree char *june_year = codes_of(june, "Tid");
    assert_string_equal(june_year, "2025");
    assert_false(json_equal(json_object_get(march, "value"), json_object_get(june, "value")));
    assert_near(sum_of(june), sum_of(march), 0.03 * sum_of(march));
}

static void wrong_but_valid_table_sums_to_nothing(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(json_t) json =
        get_json(fake, FAKE_SSB2 "tables/12880/data?valueCodes[Makrost]=*"
                                 "&valueCodes[ContentsCode]=*&valueCodes[Tid]=*");
    assert_near(sum_of(json), 0, 0);
    assert_null(json_object_get(json_object_get(json, "dimension"), "Region"));
    assert_null(json_object_get(json, "status"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_question_has_the_same_answer_on_any_day_and_fake),
        cmocka_unit_test(country_is_the_sum_of_its_kommuner_sexes_and_ages),
        cmocka_unit_test(sums_within_todays_borders_hold_everybody),
        cmocka_unit_test(change_of_population_is_births_deaths_and_moves),
        cmocka_unit_test(code_outside_its_lifetime_has_a_dot),
        cmocka_unit_test(users_have_all_three_signs_and_no_figure_below_five),
        cmocka_unit_test(some_of_2019_repeats_2018),
        cmocka_unit_test(march_is_revised_in_june_and_only_updated_tells),
        cmocka_unit_test(wrong_but_valid_table_sums_to_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
