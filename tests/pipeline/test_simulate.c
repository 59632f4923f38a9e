/* The simulator's extracts and truth, each held against the others and against public magnitudes
 * (the project's notes on facts, 8). */
#include "tests/check.h"
#include "tests/pipeline/simulated.h"

#include "core/io/files.h"

/* One country for most tests: years 2019-2024, every fiftieth person. */
typedef struct {
    char *folder;
    char *out;
} Country;

static char *below(const Country *country, const char *name)
{
    return g_build_filename(country->folder, name, NULL);
}

static int make_country(void **state)
{
    Country *country = g_new0(Country, 1);
    country->folder = g_dir_make_tmp("statpakke-simulate-XXXXXX", NULL);
    country->out = below(country, "out");
    g_autofree char *err = NULL;
    int status = simulated_run(&err, "statpakke-simulate", "--scale", "0.02", "--seed", "7",
                               "--years", "2019-2024", "--out", country->out, NULL);
    assert_string_equal(err, "");
    assert_int_equal(status, 0);
    *state = country;
    return 0;
}

static int remove_country(void **state)
{
    Country *country = *state;
    (void)sp_folder_remove(country->folder, NULL);
    g_free(country->folder);
    g_free(country->out);
    g_free(country);
    return 0;
}

static double number_in(const json_t *object, const char *path)
{
    g_auto(GStrv) parts = g_strsplit(path, "/", -1);
    const json_t *found = object;
    for (char **part = parts; *part != NULL; part++) {
        found = json_object_get(found, *part);
    }
    if (!json_is_number(found)) {
        fail_msg("truth.json has no %s", path);
    }
    return json_number_value(found);
}

static char *small_sums(const Country *country, const char *name, const char *jobs,
                        const char *seed)
{
    g_autofree char *out = below(country, name);
    int status = simulated_run(NULL, "statpakke-simulate", "--scale", "0.0003", "--seed", seed,
                               "--years", "2024-2025", "--jobs", jobs, "--out", out, NULL);
    assert_int_equal(status, 0);
    char *sums = simulated_sums(out);
    assert_true(sp_folder_remove(out, NULL));
    return sums;
}

static void one_thread_and_four_give_the_same_bytes_and_another_seed_others(void **state)
{
    const Country *country = *state;
    g_autofree char *one = small_sums(country, "one", "1", "5");
    g_autofree char *four = small_sums(country, "four", "4", "5");
    g_autofree char *other = small_sums(country, "other", "4", "6");
    assert_string_equal(one, four);
    g_auto(GStrv) lines = g_strsplit(one, "\n", -1);
    g_auto(GStrv) others = g_strsplit(other, "\n", -1);
    gsize n_same = 0;
    gsize n = 0;
    for (; lines[n] != NULL && others[n] != NULL && *lines[n] != '\0'; n++) {
        n_same += strcmp(lines[n], others[n]) == 0;
    }
    assert_true(n > 30);
    /* Only the real regions (five KLASS answers), the decisions on language and where hospitals and
     * places of study lie (in the middle of real centres) are no draw. */
    assert_int_equal(n_same, 7);
}

/* Tolerances: four per cent for what is counted over millions, ten for what the model only
 * resembles. */
static void the_nation_has_the_magnitudes_of_public_statistics(void **state)
{
    static const struct {
        const char *what;
        double published;
        double tolerance;
    } magnitudes[] = {
        {"2024/landet/folkemengde", 5550203, 0.04},
        {"2023/landet/folkemengde_80p", 246360, 0.04},
        {"2022/landet/mottakere_i_aaret", 390369, 0.10},
        {"2022/landet/mottakere_31_12", 297711, 0.10},
        {"2023/landet/tjeneste_31_12/15", 175353, 0.10},
        {"2023/landet/tjeneste_31_12/1", 77636, 0.10},
        {"2023/landet/tjeneste_31_12/21", 31405, 0.10},
        {"2022/landet/bolig", 42198, 0.10},
        {"2022/landet/hjemmetjenestebrukere", 216900, 0.10},
        {"2022/landet/teknologi", 99561, 0.15},
    };
    const Country *country = *state;
    g_autoptr(json_t) truth = simulated_json(country->out, "truth.json");
    const json_t *years = json_object_get(truth, "aar");
    for (gsize i = 0; i < G_N_ELEMENTS(magnitudes); i++) {
        assert_near(number_in(years, magnitudes[i].what), magnitudes[i].published,
                    magnitudes[i].tolerance * magnitudes[i].published);
    }
    double old = number_in(years, "2022/landet/folkemengde_80p");
    assert_near(number_in(years, "2022/landet/hjemmetjenestebrukere_80p") / old, 0.277, 0.03);
    assert_near(number_in(years, "2022/landet/institusjon_80p") / old, 0.106, 0.02);
    double care = 0;
    double all = 0;
    const char *profession = NULL;
    json_t *of = NULL;
    json_object_foreach(
        json_object_get(json_object_get(json_object_get(years, "2023"), "landet"), "aarsverk"),
        profession, of)
    {
        care += number_in(of, "aarsverk_omsorg");
        all += number_in(of, "aarsverk_omsorg") + number_in(of, "aarsverk_helse");
    }
    assert_near(care, 157076, 0.06 * 157076);
    assert_near(all / number_in(years, "2023/landet/folkemengde") * 1e4, 316.8, 0.08 * 316.8);
    assert_near(number_in(years, "2023/landet/aarsverk/uten_helseutdanning/aarsverk_omsorg") / care,
                0.25, 0.03);
}

/* Persons of a kommune by sex and age sum to the truth's, and the country to its kommuner. */
static void ages_and_sexes_sum_to_the_population(void **state)
{
    const Country *country = *state;
    g_autoptr(json_t) truth = simulated_json(country->out, "truth.json");
    Cube cube;
    cube_open(&cube, country->out, "extracts/ssb-07459.json");
    g_autofree const char **codes = cube_codes(&cube, 0);
    gsize year = cube_place(&cube, 4, "2021");
    double nation = 0;
    const json_t *kommuner =
        json_object_get(json_object_get(json_object_get(truth, "aar"), "2021"), "kommune");
    gsize n_living = 0;
    for (gsize region = 0; codes[region] != NULL; region++) {
        double sum = 0;
        for (gsize sex = 0; sex < 2; sex++) {
            for (gsize age = 0; age < 106; age++) {
                const gsize place[] = {region, sex, age, 0, year};
                sum += cube_at(&cube, place);
            }
        }
        const json_t *kommune = json_object_get(kommuner, codes[region]);
        assert_true(isnan(sum) == (kommune == NULL));
        if (kommune != NULL) {
            assert_near(sum, number_in(kommune, "folkemengde"), 0);
            nation += sum;
            n_living++;
        }
    }
    assert_int_equal(n_living, 356); /* the division of 2020-2023 */
    assert_near(nation, number_in(truth, "aar/2021/landet/folkemengde"), 0);
    cube_clear(&cube);
}

static double population(const Cube *cube, gsize region, gsize year)
{
    double sum = 0;
    for (gsize sex = 0; sex < 2; sex++) {
        for (gsize age = 0; age < 106; age++) {
            const gsize place[] = {region, sex, age, 0, year};
            sum += cube_at(cube, place);
        }
    }
    return sum;
}

static void changes_lead_from_one_population_to_the_next(void **state)
{
    const Country *country = *state;
    Cube stock;
    Cube flow;
    cube_open(&stock, country->out, "extracts/ssb-07459.json");
    cube_open(&flow, country->out, "extracts/ssb-06913.json");
    g_autofree const char **codes = cube_codes(&flow, 0);
    gsize n = 0;
    for (gsize region = 0; codes[region] != NULL; region++) {
        gsize same = cube_place(&stock, 0, codes[region]);
        double before = population(&stock, same, cube_place(&stock, 4, "2022"));
        double after = population(&stock, same, cube_place(&stock, 4, "2023"));
        double parts[7];
        static const char *const names[] = {
            "Fodte",           "Dode",           "Innvandring",  "Utvandring",
            "InnflInnenlands", "UtflInnenlands", "Folketilvekst"};
        for (gsize i = 0; i < 7; i++) {
            const gsize place[] = {region, cube_place(&flow, 1, names[i]),
                                   cube_place(&flow, 2, "2022")};
            parts[i] = cube_at(&flow, place);
        }
        assert_true(isnan(parts[6]) == isnan(before));
        if (!isnan(before)) {
            assert_near(before + parts[0] - parts[1] + parts[2] - parts[3] + parts[4] - parts[5],
                        after, 0);
            assert_near(after - before, parts[6], 0);
            n++;
        }
    }
    assert_int_equal(n, 356);
    cube_clear(&stock);
    cube_clear(&flow);
}

/* 12003: the country's figure is the truth, 1-4 users are hidden, those who did not report are
 * missing. */
static void users_are_the_truth_but_for_what_is_hidden_or_not_reported(void **state)
{
    const Country *country = *state;
    g_autoptr(json_t) truth = simulated_json(country->out, "truth.json");
    Cube cube;
    cube_open(&cube, country->out, "extracts/ssb-12003.json");
    g_autofree const char **codes = cube_codes(&cube, 0);
    gsize age = cube_place(&cube, 1, "T");
    gsize group = cube_place(&cube, 2, "INS");
    gsize year = cube_place(&cube, 4, "2023");
    const gsize all[] = {cube_place(&cube, 0, "EAK"), age, group, 0, year};
    assert_near(cube_at(&cube, all), number_in(truth, "aar/2023/landet/institusjon"), 0);
    gsize n_hidden = 0;
    gsize n_silent = 0;
    const json_t *kommuner =
        json_object_get(json_object_get(json_object_get(truth, "aar"), "2023"), "kommune");
    for (gsize region = 0; codes[region] != NULL; region++) {
        const json_t *kommune = json_object_get(kommuner, codes[region]);
        const gsize place[] = {region, age, group, 0, year};
        if (kommune == NULL) {
            continue;
        }
        double users = number_in(kommune, "institusjon");
        gboolean is_silent = json_is_true(json_object_get(kommune, "uten_svar"));
        gboolean is_small = users > 0 && users < 5;
        assert_true(isnan(cube_at(&cube, place)) == (is_silent || is_small));
        if (!is_silent && !is_small) {
            assert_near(cube_at(&cube, place), users, 0);
        }
        n_hidden += is_small && !is_silent ? 1 : 0;
        n_silent += is_silent ? 1 : 0;
    }
    assert_true(n_silent > 0 && n_silent < 25);
    assert_true(n_hidden < 20);
    cube_clear(&cube);
}

static gsize count_text(const char *text, const char *part)
{
    gsize n = 0;
    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part)) {
        n++;
    }
    return n;
}

/* Every fiftieth person: within five standard errors of a binomial draw. */
static void person_level_files_are_a_draw_of_the_nation(void **state)
{
    const Country *country = *state;
    g_autoptr(json_t) truth = simulated_json(country->out, "truth.json");
    g_autofree char *iplos = simulated_text(country->out, "inbox/iplos/iplos-2024.xml");
    g_autofree char *pai = simulated_text(country->out, "inbox/pai/pai-2024.csv");
    double recipients = number_in(truth, "aar/2024/landet/mottakere_i_aaret");
    assert_near((double)count_text(iplos, "<person "), 0.02 * recipients,
                5 * sqrt(0.02 * recipients));
    double nurses = number_in(truth, "aar/2024/landet/aarsverk/sykepleier/stillinger");
    assert_near((double)count_text(pai, ";7174;"), 0.02 * nurses, 5 * sqrt(0.02 * nurses));
    /* Latin-1: an é or ø is one byte. */
    assert_non_null(strstr(pai, "Milj\xf8terapeut"));
    assert_null(strstr(pai, "Milj\xc3\xb8terapeut"));
}

static GHashTable *persons_of(const char *text)
{
    GHashTable *persons = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (const char *at = strstr(text, "<person id=\""); at != NULL;
         at = strstr(at + 1, "<person id=\"")) {
        g_hash_table_add(persons, g_strndup(at + strlen("<person id=\""), 16));
    }
    return persons;
}

/* Sections of datasets, [source/name], in settings. */
static guint n_datasets(const char *settings)
{
    g_auto(GStrv) lines = g_strsplit(settings, "\n", -1);
    guint n = 0;
    for (char **line = lines; *line != NULL; line++) {
        n += **line == '[' && strchr(*line, '/') != NULL ? 1 : 0;
    }
    return n;
}

static void no_dataset_of_the_template_is_left_out(void **state)
{
    const Country *country = *state;
    g_autofree char *made = simulated_text(country->out, "simulert.conf");
    g_autofree char *template =
        simulated_text(SP_SOURCE_FOLDER, "config/simulate/simulert.conf.in");
    assert_null(strstr(made, "is left out"));
    assert_int_equal(n_datasets(made), n_datasets(template));
}

static void a_smaller_scale_is_part_of_a_larger(void **state)
{
    const Country *country = *state;
    g_autofree char *out = below(country, "small");
    assert_int_equal(simulated_run(NULL, "statpakke-simulate", "--scale", "0.005", "--seed", "7",
                                   "--years", "2019-2024", "--out", out, NULL),
                     0);
    g_autofree char *large_text = simulated_text(country->out, "inbox/iplos/iplos-2024.xml");
    g_autofree char *small_text = simulated_text(out, "inbox/iplos/iplos-2024.xml");
    g_autoptr(GHashTable) large = persons_of(large_text);
    g_autoptr(GHashTable) small = persons_of(small_text);
    GHashTableIter iter;
    gpointer person = NULL;
    assert_true(g_hash_table_size(small) > 1500);
    assert_true(g_hash_table_size(large) > 3 * g_hash_table_size(small));
    g_hash_table_iter_init(&iter, small);
    while (g_hash_table_iter_next(&iter, &person, NULL)) {
        assert_true(g_hash_table_contains(large, person));
    }
    /* The public tables are national whatever the scale. */
    g_autofree char *one = simulated_text(country->out, "extracts/ssb-12003.json");
    g_autofree char *other = simulated_text(out, "extracts/ssb-12003.json");
    assert_string_equal(one, other);
}

/* Positions with the same person on both days: leaving the sector is about what KS publishes for
 * nurses (13.9 %). */
static void nurses_leave_the_sector_as_often_as_published(void **state)
{
    const Country *country = *state;
    GHashTable *persons[2];
    GHashTable *nurses = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    static const char *const names[] = {"inbox/pai/pai-2023.csv", "inbox/pai/pai-2024.csv"};
    for (gsize year = 0; year < 2; year++) {
        g_autofree char *text = simulated_text(country->out, names[year]);
        g_auto(GStrv) lines = g_strsplit(text, "\r\n", -1);
        persons[year] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        for (gsize i = 1; lines[i] != NULL && *lines[i] != '\0'; i++) {
            g_auto(GStrv) fields = g_strsplit(lines[i], ";", -1);
            assert_int_equal(g_strv_length(fields), 15);
            g_hash_table_add(persons[year], g_strdup(fields[3]));
            if (year == 0 && strcmp(fields[6], "7174") == 0) {
                g_hash_table_add(nurses, g_strdup(fields[3]));
            }
        }
    }
    gsize n_left = 0;
    GHashTableIter iter;
    gpointer nurse = NULL;
    g_hash_table_iter_init(&iter, nurses);
    while (g_hash_table_iter_next(&iter, &nurse, NULL)) {
        n_left += g_hash_table_contains(persons[1], nurse) ? 0 : 1;
    }
    double share = (double)n_left / g_hash_table_size(nurses);
    assert_near(share, 0.139, 0.045);
    g_hash_table_unref(nurses);
    g_hash_table_unref(persons[0]);
    g_hash_table_unref(persons[1]);
}

/* The history of two runs is one: a later last year adds and changes nothing. */
static void a_later_last_year_changes_no_year_before_it(void **state)
{
    const Country *country = *state;
    g_autofree char *out = below(country, "longer");
    assert_int_equal(simulated_run(NULL, "statpakke-simulate", "--level", "facts", "--seed", "7",
                                   "--years", "2019-2021", "--out", out, NULL),
                     0);
    g_autoptr(json_t) longer = simulated_json(country->out, "truth.json");
    g_autoptr(json_t) shorter = simulated_json(out, "truth.json");
    const json_t *years = json_object_get(longer, "aar");
    assert_int_equal(json_object_size(years), 6);
    const char *year = NULL;
    json_t *truth = NULL;
    json_object_foreach(json_object_get(shorter, "aar"), year, truth)
    {
        assert_true(json_equal(truth, json_object_get(years, year)));
    }
}

static void facts_have_no_rows_about_persons(void **state)
{
    const Country *country = *state;
    g_autofree char *out = below(country, "facts");
    assert_int_equal(simulated_run(NULL, "statpakke-simulate", "--level", "facts", "--seed", "7",
                                   "--years", "2019-2024", "--out", out, NULL),
                     0);
    static const char *const persons[] = {"inbox/pai", "inbox/iplos", "inbox/kpr"};
    for (gsize i = 0; i < G_N_ELEMENTS(persons); i++) {
        g_autofree char *path = g_build_filename(out, persons[i], NULL);
        assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    }
    g_autofree char *settings = simulated_text(out, "simulert.conf");
    assert_null(strstr(settings, "[pai/"));
    /* And the same tables as with them. */
    g_autofree char *one = simulated_text(country->out, "extracts/ssb-14533.json");
    g_autofree char *other = simulated_text(out, "extracts/ssb-14533.json");
    assert_string_equal(one, other);
}

static void assert_refused(const Country *country, int status, const char *part, const char *option,
                           const char *value)
{
    g_autofree char *out = below(country, "refused");
    g_autofree char *err = NULL;
    assert_int_equal(simulated_run(&err, "statpakke-simulate", "--out", out, option, value, NULL),
                     status);
    if (strstr(err, part) == NULL) {
        fail_msg("\"%s\" does not say \"%s\"", err, part);
    }
    assert_false(g_file_test(out, G_FILE_TEST_EXISTS));
}

static void wrong_options_are_told_and_nothing_is_written(void **state)
{
    const Country *country = *state;
    assert_refused(country, SP_ERROR_USAGE, "at most 1", "--scale", "1.5");
    assert_refused(country, SP_ERROR_USAGE, "more than 0", "--scale", "0");
    assert_refused(country, SP_ERROR_USAGE, "want a number", "--scale", "ten");
    assert_refused(country, SP_ERROR_USAGE, "FROM-TO", "--years", "2024");
    assert_refused(country, SP_ERROR_USAGE, "FROM not after TO", "--years", "2024-2020");
    assert_refused(country, SP_ERROR_USAGE, "from 2018 to 2059", "--years", "2010-2020");
    assert_refused(country, SP_ERROR_USAGE, "extracts or facts", "--level", "all");
    assert_refused(country, SP_ERROR_USAGE, "whole number", "--seed", "-1");
    g_autofree char *err = NULL;
    assert_int_equal(simulated_run(&err, "statpakke-simulate", NULL), SP_ERROR_USAGE);
    assert_non_null(strstr(err, "--out"));
    g_free(err);
    assert_int_equal(simulated_run(&err, "statpakke-simulate", "--out", country->out, NULL),
                     SP_ERROR_CANT_CREATE);
    assert_non_null(strstr(err, "exists already"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_dataset_of_the_template_is_left_out),
        cmocka_unit_test(the_nation_has_the_magnitudes_of_public_statistics),
        cmocka_unit_test(ages_and_sexes_sum_to_the_population),
        cmocka_unit_test(changes_lead_from_one_population_to_the_next),
        cmocka_unit_test(users_are_the_truth_but_for_what_is_hidden_or_not_reported),
        cmocka_unit_test(person_level_files_are_a_draw_of_the_nation),
        cmocka_unit_test(a_smaller_scale_is_part_of_a_larger),
        cmocka_unit_test(nurses_leave_the_sector_as_often_as_published),
        cmocka_unit_test(a_later_last_year_changes_no_year_before_it),
        cmocka_unit_test(facts_have_no_rows_about_persons),
        cmocka_unit_test(one_thread_and_four_give_the_same_bytes_and_another_seed_others),
        cmocka_unit_test(wrong_options_are_told_and_nothing_is_written),
    };
    return cmocka_run_group_tests(tests, make_country, remove_country);
}
