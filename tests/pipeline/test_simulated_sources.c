/* Extracts of sources that are no more than a table or a file each, held against the truth, each
 * other and public magnitudes. */
#include "tests/check.h"
#include "tests/pipeline/simulated.h"

#include "core/io/files.h"

enum { N_ALTERNATIVES = 9, N_AGES = 106 };

static char *folder;
static char *out;

static int make_country(void **state)
{
    (void)state;
    folder = g_dir_make_tmp("statpakke-sources-XXXXXX", NULL);
    out = g_build_filename(folder, "out", NULL);
    assert_int_equal(simulated_run(NULL, "statpakke-simulate", "--level", "facts", "--seed", "11",
                                   "--years", "2019-2024", "--out", out, NULL),
                     0);
    return 0;
}

static int remove_country(void **state)
{
    (void)state;
    (void)sp_folder_remove(folder, NULL);
    g_free(folder);
    g_free(out);
    return 0;
}

static double truth_of(const char *year, const char *figure)
{
    g_autoptr(json_t) truth = simulated_json(out, "truth.json");
    const json_t *at = json_object_get(json_object_get(truth, "aar"), year);
    const json_t *number = json_object_get(json_object_get(at, "landet"), figure);
    assert_true(json_is_number(number));
    return json_number_value(number);
}

/* All persons of an alternative in a year, or of one age (women and men). */
static double projected(const Cube *cube, const char *alternative, const char *year,
                        const char *age)
{
    double sum = 0;
    gsize which = cube_place(cube, 3, alternative);
    gsize at = cube_place(cube, 5, year);
    for (gsize region = 0; region < cube->size[0]; region++) {
        for (gsize sex = 0; sex < 2; sex++) {
            for (gsize i = 0; i < cube->size[2]; i++) {
                const gsize place[] = {region, sex, i, which, 0, at};
                if (age == NULL || i == cube_place(cube, 2, age)) {
                    sum += cube_at(cube, place);
                }
            }
        }
    }
    return sum;
}

static void the_projection_of_2024_begins_with_the_people_there_were(void **state)
{
    static const char *const codes[N_ALTERNATIVES] = {"MMMM", "LLML", "HHMH", "LMMM", "HMMM",
                                                      "MLMM", "MHMM", "MMML", "MMMH"};
    Cube cube;
    (void)state;
    cube_open(&cube, out, "extracts/ssb-14288.json");
    assert_int_equal(cube.size[0], 357);
    assert_int_equal(cube.size[2], N_AGES);
    assert_int_equal(cube.size[3], N_ALTERNATIVES);
    for (gsize i = 0; i < N_ALTERNATIVES; i++) {
        assert_near(projected(&cube, codes[i], "2024", NULL), truth_of("2024", "folkemengde"), 0);
    }
    cube_clear(&cube);
}

/* What an alternative changes alone moves what it should, and nothing else. */
static void alternatives_part_where_their_letters_say(void **state)
{
    Cube cube;
    (void)state;
    cube_open(&cube, out, "extracts/ssb-14288.json");
    double newborn = projected(&cube, "MMMM", "2026", "000");
    double oldest = projected(&cube, "MMMM", "2026", "105+");
    double all = projected(&cube, "MMMM", "2026", NULL);
    assert_true(projected(&cube, "LMMM", "2026", "000") < newborn);
    assert_true(projected(&cube, "HMMM", "2026", "000") > newborn);
    assert_near(projected(&cube, "HMMM", "2026", "105+"), oldest, 0);
    assert_true(projected(&cube, "MLMM", "2026", NULL) < all);
    assert_true(projected(&cube, "MHMM", "2026", NULL) > all);
    assert_true(projected(&cube, "MMML", "2026", NULL) < all);
    assert_true(projected(&cube, "MMMH", "2026", NULL) > all);
    assert_true(projected(&cube, "LLML", "2026", NULL) < projected(&cube, "MMML", "2026", NULL));
    assert_true(projected(&cube, "HHMH", "2026", NULL) > projected(&cube, "MMMH", "2026", NULL));
    cube_clear(&cube);
}

static double employed(const Cube *cube, gsize region, const char *education, const char *sector,
                       const char *year)
{
    const gsize place[] = {region, cube_place(cube, 1, education), cube_place(cube, 2, sector), 0,
                           cube_place(cube, 4, year)};
    return cube_at(cube, place);
}

/* 07944: the country is the sum of the year's kommuner, all educations and sectors that of each;
 * and the municipal nurses are about as many as were counted (35 640 by main job in 2020, the
 * project's notes on facts, 8). */
static void health_personnel_of_2019_add_up(void **state)
{
    Cube cube;
    (void)state;
    cube_open(&cube, out, "extracts/ssb-07944.json");
    g_autofree const char **educations = cube_codes(&cube, 1);
    double kommuner = 0;
    double by_education = 0;
    gsize n_living = 0;
    for (gsize region = 1; region < cube.size[0]; region++) {
        double persons = employed(&cube, region, "T", "T", "2019");
        kommuner += isnan(persons) ? 0 : persons;
        n_living += isnan(persons) ? 0 : 1;
    }
    for (gsize i = 1; i < cube.size[1]; i++) {
        by_education += employed(&cube, 0, educations[i], "SPE", "2019");
    }
    assert_int_equal(n_living, 422); /* the division of 2019 */
    assert_near(kommuner, employed(&cube, 0, "T", "T", "2019"), 0);
    assert_near(by_education, employed(&cube, 0, "T", "SPE", "2019"), 0);
    assert_near(employed(&cube, 0, "SYK", "KOM", "2019"), 35640, 0.2 * 35640);
    assert_true(employed(&cube, 0, "BIO", "SPE", "2019") >
                10 * employed(&cube, 0, "BIO", "KOM", "2019"));
    cube_clear(&cube);
}

/* Fields of the rows below the header of a file by semicolons, line by line: splitting a long text
 * at once takes the sanitizers hours. */
static GPtrArray *rows_of(const char *name)
{
    g_autofree char *text = simulated_text(out, name);
    GPtrArray *rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    for (char *line = strchr(text, '\n') + 1; *line != '\0';) {
        char *end = strchr(line, '\n');
        assert_non_null(end);
        *end = '\0';
        g_ptr_array_add(rows, g_strsplit(line, ";", -1));
        line = end + 1;
    }
    assert_true(rows->len > 0);
    return rows;
}

static double number(const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, ",", 2);
    g_autofree char *joined = g_strjoinv(".", parts);
    g_auto(GStrv) thousands = g_strsplit(joined, " ", -1);
    g_autofree char *plain = g_strjoinv("", thousands);
    return g_ascii_strtod(plain, NULL);
}

/* Days of both sexes are those of men and women; the nation's share in health and care lies about 9
 * per cent, as care's is said to. */
static void days_of_sick_leave_are_those_of_both_sexes(void **state)
{
    g_autoptr(GPtrArray) rows = rows_of("inbox/tabular/sykefravaer-simulert.csv");
    double agreed[3] = {0};
    double lost[3] = {0};
    gsize n_hidden = 0;
    (void)state;
    assert_int_equal(rows->len % 6, 0);
    for (guint i = 0; i < rows->len; i++) {
        char **row = rows->pdata[i];
        assert_int_equal(g_strv_length(row), 7);
        gboolean is_hidden = strcmp(row[4], ":") == 0;
        assert_true(is_hidden == (strcmp(row[6], ":") == 0));
        n_hidden += is_hidden ? 1 : 0;
        if (strcmp(row[1], "86-88") == 0 && !is_hidden) {
            agreed[*row[2] - '0'] += number(row[4]);
            lost[*row[2] - '0'] += number(row[5]);
            assert_near(number(row[6]), 100 * number(row[5]) / number(row[4]), 0.051);
        }
    }
    assert_true(n_hidden > 0 && n_hidden < rows->len / 10);
    /* Where one sex is hidden the sum is not: at most the hidden ones are lacking. */
    assert_near((agreed[1] + agreed[2]) / agreed[0], 1, 0.005);
    assert_near(lost[0] / agreed[0], 0.09, 0.015);
    assert_true(lost[2] / agreed[2] > 1.3 * lost[1] / agreed[1]);
}

/* `verdi` is numerator over denominator, in percent or hours, to the nearest tenth. */
static void quality_is_its_numerator_over_its_denominator(void **state)
{
    enum { TELLER = 3, NEVNER, VERDI, N_FIELDS };
    g_autoptr(GPtrArray) rows = rows_of("inbox/tabular/nki-simulert.csv");
    gsize n_compared = 0;
    (void)state;
    for (guint i = 0; i < rows->len; i++) {
        char **row = rows->pdata[i];
        assert_int_equal(g_strv_length(row), N_FIELDS);
        if (strcmp(row[VERDI], ":") == 0 || strcmp(row[VERDI], "..") == 0) {
            assert_string_equal(row[TELLER], row[VERDI]);
            assert_string_equal(row[NEVNER], row[VERDI]);
            continue;
        }
        double unit = strstr(row[1], "timer") != NULL ? 1 : 100;
        assert_near(number(row[VERDI]), unit * number(row[TELLER]) / number(row[NEVNER]), 0.0501);
        n_compared++;
    }
    assert_true(n_compared > rows->len / 2);
}

static void incomes_have_a_row_a_kommune_and_year(void **state)
{
    g_autoptr(GPtrArray) rows = rows_of("inbox/tabular/inntekt-simulert.csv");
    static const struct {
        const char *year;
        gsize kommuner;
    } divisions[] = {{"2019", 422}, {"2020", 356}, {"2024", 357}};
    (void)state;
    for (gsize k = 0; k < G_N_ELEMENTS(divisions); k++) {
        gsize n = 0;
        gsize n_hidden = 0;
        for (guint i = 0; i < rows->len; i++) {
            char **row = rows->pdata[i];
            gboolean is_wanted = strcmp(row[1], divisions[k].year) == 0;
            gboolean is_hidden = strcmp(row[2], ":") == 0;
            n += is_wanted ? 1 : 0;
            n_hidden += is_wanted && is_hidden ? 1 : 0;
            assert_true(is_hidden || (number(row[2]) > 350000 && number(row[2]) < 800000));
            assert_true(is_hidden || (number(row[3]) >= 3 && number(row[3]) <= 30));
        }
        assert_int_equal(n, divisions[k].kommuner);
        assert_true(n_hidden > 0 && n_hidden < 12); /* kommuner of fewer than 500 persons */
    }
}

/* Sum of the amounts of records with that quarter, in 1 000 kroner; a record is 48 characters and a
 * line feed, the amount its last nine. */
static double booked(const char *name, char quarter)
{
    enum { RECORD = 48, QUARTER = 6, AMOUNT = 39 };
    g_autofree char *text = simulated_text(out, name);
    gsize size = strlen(text);
    double sum = 0;
    assert_int_equal(size % (RECORD + 1), 0);
    for (char *record = text; record < text + size; record += RECORD + 1) {
        assert_true(record[RECORD] == '\n');
        record[RECORD] = '\0';
        sum += record[QUARTER] == quarter ? g_ascii_strtod(record + AMOUNT, NULL) : 0;
    }
    return sum;
}

static void quarters_grow_towards_the_accounts_of_the_year(void **state)
{
    const char *quarterly = "inbox/kostra/regnskap-kvartal-2024.dat";
    double year = booked("inbox/kostra/regnskap-aar-2024.dat", ' ');
    double before = 0;
    (void)state;
    assert_true(year > 0);
    for (int quarter = '1'; quarter <= '4'; quarter++) {
        double sum = booked(quarterly, (char)quarter);
        assert_true(sum > before);
        before = sum;
    }
    assert_near(before / year, 0.98, 0.01);
}

/* DBH without a token: every figure is a multiple of three. */
static void students_of_vocational_colleges_are_rounded_to_three(void **state)
{
    g_autofree char *text = simulated_text(out, "extracts/dbh-fagskole.json-seq");
    const char *mark = "\"Antall\":\"";
    gsize n = 0;
    (void)state;
    assert_non_null(strstr(text, "\"tabell_id\":947"));
    for (const char *at = strstr(text, mark); at != NULL; at = strstr(at + 1, mark)) {
        assert_int_equal(g_ascii_strtoull(at + strlen(mark), NULL, 10) % 3, 0);
        n++;
    }
    assert_int_equal(n, 7 * 5 * 6); /* colleges, offers, years */
}

/* KLASS' groups and classes are those of the list that the project carries. */
static void klass_puts_each_kommune_in_its_group_and_class(void **state)
{
    g_autofree char *list = simulated_text(SP_SOURCE_FOLDER, "config/demo/kostragrupper.csv");
    g_autofree char *groups = simulated_text(out, "extracts/klass-112-kostragrupper.csv");
    g_autofree char *classes = simulated_text(out, "extracts/klass-128-sentralitet.xml");
    g_auto(GStrv) lines = g_strsplit(list, "\n", -1);
    gsize n = 0;
    (void)state;
    for (char **line = lines + 1; *line != NULL && **line != '\0'; line++) {
        g_auto(GStrv) fields = g_strsplit(g_strchomp(*line), ",", -1);
        g_autofree char *link = g_strdup_printf("\"%s\",\"KOSTRA-gruppe %s\",\"\",\"%s\"",
                                                fields[1], fields[1] + 3, fields[0]);
        g_autofree char *item = g_strdup_printf(
            "<sourceCode>%s</sourceCode><sourceName>Sentralitet %s</sourceName><sourceShortName/>"
            "<targetCode>%s</targetCode>",
            fields[2], fields[2], fields[0]);
        assert_non_null(strstr(groups, link));
        assert_non_null(strstr(classes, item));
        n++;
    }
    assert_int_equal(n, 357);
}

/* A table that ended before the years that are asked for has no extract, and the settings say so
 * instead of naming a file that is not there. */
static void a_table_that_had_ended_is_left_out_of_the_settings(void **state)
{
    g_autofree char *late = g_build_filename(folder, "late", NULL);
    (void)state;
    assert_int_equal(simulated_run(NULL, "statpakke-simulate", "--level", "facts", "--years",
                                   "2024-2024", "--out", late, NULL),
                     0);
    g_autofree char *conf = simulated_text(late, "simulert.conf");
    assert_non_null(strstr(conf, "# ssb/aarsverk_utdanning_eldre is left out"));
    assert_null(strstr(conf, "[ssb/aarsverk_utdanning_eldre]"));
    assert_non_null(strstr(conf, "[ssb/aarsverk_utdanning]"));
    assert_non_null(strstr(conf, "[ssb/helsepersonell_eldre]"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_projection_of_2024_begins_with_the_people_there_were),
        cmocka_unit_test(alternatives_part_where_their_letters_say),
        cmocka_unit_test(health_personnel_of_2019_add_up),
        cmocka_unit_test(days_of_sick_leave_are_those_of_both_sexes),
        cmocka_unit_test(quality_is_its_numerator_over_its_denominator),
        cmocka_unit_test(incomes_have_a_row_a_kommune_and_year),
        cmocka_unit_test(quarters_grow_towards_the_accounts_of_the_year),
        cmocka_unit_test(students_of_vocational_colleges_are_rounded_to_three),
        cmocka_unit_test(klass_puts_each_kommune_in_its_group_and_class),
        cmocka_unit_test(a_table_that_had_ended_is_left_out_of_the_settings),
    };
    return cmocka_run_group_tests(tests, make_country, remove_country);
}
