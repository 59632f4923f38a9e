/* The program backtest: what it prints and writes, how it fails, and that it does not look
 * ahead. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"

#include "core/io/files.h"

enum { FIRST_YEAR = 2022, N_YEARS = 4 }; /* of the made-up population */

/* Users and nurses of five years in the place of one. */
static void write_care(const Mini *mini)
{
    g_autoptr(GString) text = g_string_new(
        "kommunenummer,aar,hjemmetjenestebrukere,hjemmetjenestebrukere_80p,bolig_heldoegn,"
        "institusjon,institusjon_80p,sykepleier_aarsverk_avtalt\n");
    for (int year = 2020; year <= 2024; year++) {
        int k = year - 2020;
        g_string_append_printf(text, "0301,%d,%d,700,90,%d,300,%d.5\n", year, 1600 + 20 * k,
                               400 - 3 * k, 250 + 4 * k);
        g_string_append_printf(text, "1103,%d,%d,220,40,%d,95,%d\n", year, 500 + 9 * k, 120 + k,
                               80 + 2 * k);
    }
    mini_write(mini, "omsorg.csv", text->str);
}

static Mini *normalised(void)
{
    Mini *mini = mini_new();
    write_care(mini);
    return mini;
}

static void normalise(const Mini *mini)
{
    g_auto(Result) result = mini_run(mini, NULL, "statpakke-run", "--until=normalise", NULL);
    assert_string_equal(result.err, "");
    assert_int_equal(result.status, 0);
}

static char *read_out(const Mini *mini, const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(mini->folder, folder, name, NULL);
    char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL)) {
        fail_msg("%s is not there", path);
    }
    return text;
}

/* ---- what it tells ---- */

static void page_and_tables_are_of_the_base_that_was_asked_for(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = normalised();
    normalise(mini);
    g_autofree char *out = g_build_filename(mini->folder, "out", NULL);
    g_autofree char *before = mini_hash(mini, "stages");
    g_auto(Result) result =
        mini_run(mini, NULL, "statpakke-backtest", "--base=2024", "--out", out, NULL);
    assert_string_equal(result.err, "");
    assert_int_equal(result.status, 0);
    assert_non_null(strstr(result.out, "Back-test from 1 January 2024"));
    assert_non_null(strstr(result.out, "  befolkning: Inhabitants on 1 January\n"));
    assert_non_null(strstr(result.out, "  uendret: As in the base year\n"));
    assert_non_null(strstr(result.out, "one edition of the centrality classes"));
    assert_non_null(strstr(result.out, "Divided kommuner, in no measure: 1508, 1580\n"));
    static const char *const explained[] = {
        "PE %: ", "U: ", "err/sd: ", "dir %: ", "80 %, 90 %: ", "Skill: ", "S1 most central"};
    for (gsize i = 0; i < G_N_ELEMENTS(explained); i++) {
        assert_has(result.out, explained[i]);
    }
    assert_non_null(strstr(result.out, "\nbefolkning 080-105\n"));
    assert_non_null(strstr(result.out, "\nsykepleier_aarsverk alle\n"));
    g_autofree char *accuracy = read_out(mini, "out", "treffsikkerhet.csv");
    g_autofree char *told = read_out(mini, "out", "treffsikkerhet_prognose.csv");
    assert_non_null(strstr(accuracy, "\nbefolkning,framskriving,2024,2025,080-105,0,ingen,2,"));
    assert_null(strstr(accuracy, ",2023,"));
    assert_non_null(strstr(told, "\nbefolkning,framskriving,2024,2025,080-105,0301,"));
    g_autofree char *parts = read_out(mini, "out", "treffsikkerhet_deling.csv");
    assert_non_null(strstr(parts, "\nsykepleier_aarsverk,per_80p,2024,2025,0,befolkning,2,"));
    g_autofree char *after = mini_hash(mini, "stages");
    assert_string_equal(before, after);
}

/* Nurses of 0301 and 1103 in November 2023 and 2024: 262.5 and 86, then 266.5 and 88. */
static void no_change_is_off_by_what_changed(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = normalised();
    normalise(mini);
    g_autofree char *out = g_build_filename(mini->folder, "out", NULL);
    g_auto(Result) result = mini_run(mini, NULL, "statpakke-backtest", "--base=2024",
                                     "--target=2025", "--out", out, NULL);
    assert_int_equal(result.status, 0);
    g_autofree char *accuracy = read_out(mini, "out", "treffsikkerhet.csv");
    const char *row = strstr(accuracy, "\nsykepleier_aarsverk,uendret,2024,2025,alle,0,ingen,2,,,");
    assert_non_null(row);
    g_auto(GStrv) cells = g_strsplit(row + 1, ",", 26);
    static const double want[] = {2, 2, 348.5, 354.5, 100 * (348.5 / 354.5 - 1)};
    /* Seven keys, then a figure, its sign and its flags: n, n_utelatt, framskrevet, faktisk, pe. */
    for (gsize i = 0; i < G_N_ELEMENTS(want); i++) {
        assert_near(g_ascii_strtod(cells[7 + 3 * i], NULL), want[i], 1e-6);
    }
}

/* The key of a unit's current output. */
static char *current(const Mini *mini, const char *unit)
{
    g_autofree char *link =
        g_build_filename(mini->workspace, "stages", "project", unit, "latest", NULL);
    char *key = g_file_read_link(link, NULL);
    assert_non_null(key);
    return key;
}

static void a_setting_of_the_back_test_makes_no_scenario_again(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = normalised();
    normalise(mini);
    g_auto(Result) first = mini_run(mini, NULL, "statpakke-project", NULL);
    assert_int_equal(first.status, 0);
    g_autofree char *scenario = current(mini, "referanse");
    g_autofree char *judged = current(mini, "treffsikkerhet");
    g_auto(Result) second = mini_run(mini, NULL, "statpakke-project", "--set",
                                     "project.backtest_sizes = 3000, 9000", NULL);
    assert_int_equal(second.status, 0);
    g_autofree char *same = current(mini, "referanse");
    g_autofree char *other = current(mini, "treffsikkerhet");
    assert_string_equal(scenario, same);
    assert_string_not_equal(judged, other);
}

static void the_reference_begins_first_and_the_back_test_late(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = normalised();
    normalise(mini);
    g_auto(Result) result =
        mini_run(mini, NULL, "statpakke-project", "--dry-run", "--log=text", NULL);
    assert_int_equal(result.status, 0);
    static const char *const order[] = {"referanse: would", "lav: would", "treffsikkerhet: would",
                                        "alternativer: would"};
    const char *at = result.err;
    for (gsize i = 0; i < G_N_ELEMENTS(order); i++) {
        assert_has(at, order[i]);
        at = strstr(at, order[i]);
    }
}

static void the_stage_makes_the_same_figures(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = normalised();
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", NULL);
    assert_string_equal(night.err, "");
    assert_int_equal(night.status, 0);
    g_autofree char *out = g_build_filename(mini->folder, "out", NULL);
    g_auto(Result) result =
        mini_run(mini, NULL, "statpakke-backtest", "--base=2024", "--out", out, NULL);
    assert_int_equal(result.status, 0);
    g_autofree char *key = current(mini, "treffsikkerhet");
    g_autofree char *path =
        g_build_filename("workspace", "stages", "project", "treffsikkerhet", key, NULL);
    g_autofree char *by_stage = read_out(mini, path, "treffsikkerhet.csv");
    g_autofree char *by_verb = read_out(mini, "out", "treffsikkerhet.csv");
    /* 2024 is the only base with two years of history and a year after. */
    assert_string_equal(by_verb, by_stage);
    g_autofree char *published =
        read_out(mini, "workspace/current/fylke-03-oslo/data", "treffsikkerhet.csv");
    assert_non_null(strstr(published, "\nbefolkning,framskriving,2024,2025,080-105,0,ingen,2,"));
}

/* ---- how it fails ---- */

static void assert_refused(const Mini *mini, const char *first, const char *second, int status,
                           const char *part)
{
    g_auto(Result) result = mini_run(mini, NULL, "statpakke-backtest", first, second, NULL);
    if (result.status != status || strstr(result.err, part) == NULL) {
        fail_msg("%s %s: exit %d \"%s\", want %d with \"%s\"", first, second, result.status,
                 result.err, status, part);
    }
    assert_string_equal(result.out, "");
}

static void wrong_use_is_told_with_the_remedy(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = normalised();
    assert_refused(mini, "--base=2024", NULL, SP_ERROR_NO_INPUT, "run statpakke-normalise");
    normalise(mini);
    assert_refused(mini, "--quiet", NULL, SP_ERROR_USAGE, "--base YEAR is missing");
    assert_refused(mini, "--base=2024x", NULL, SP_ERROR_USAGE, "see --help");
    assert_refused(mini, "--base=0", NULL, SP_ERROR_USAGE, "--base 0: want a year");
    assert_refused(mini, "--base=24", NULL, SP_ERROR_USAGE, "want a year");
    assert_refused(mini, "--base=2024", "--target=2024", SP_ERROR_USAGE, "a year after --base");
    assert_refused(mini, "--base=2024", "--dry-run", SP_ERROR_USAGE, "--dry-run");
    assert_refused(mini, "--base=2025", NULL, SP_ERROR_NO_INPUT,
                   "bases there are: 2022, 2023, 2024");
    assert_refused(mini, "--base=2024", "--target=2030", SP_ERROR_NO_INPUT, "2025 to 2025");
    g_autofree char *taken = g_strdup_printf("--out=%s", mini->workspace);
    assert_refused(mini, "--base=2024", taken, SP_ERROR_CANT_CREATE, "is there already");
    g_autofree char *nowhere = g_strdup_printf("--out=%s/mini.conf/out", mini->folder);
    g_auto(Result) result =
        mini_run(mini, NULL, "statpakke-backtest", "--base=2024", nowhere, NULL);
    assert_int_equal(result.status, SP_ERROR_CANT_CREATE);
}

/* A neighbour of the folder is somebody's, whatever it is called; and nothing unfinished is
 * left. */
static void nothing_beside_the_folder_is_touched(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = normalised();
    normalise(mini);
    g_autofree char *parent = g_build_filename(mini->folder, "prov", NULL);
    g_autofree char *neighbour = g_build_filename(parent, "ut.unfinished", NULL);
    g_autofree char *kept = g_build_filename(neighbour, "notat", NULL);
    g_autofree char *folder = g_strdup_printf("--out=%s/ut", parent);
    assert_int_equal(g_mkdir_with_parents(neighbour, 0755), 0);
    assert_true(g_file_set_contents(kept, "mitt", -1, NULL));
    g_auto(Result) result = mini_run(mini, NULL, "statpakke-backtest", "--base=2024", folder, NULL);
    assert_int_equal(result.status, 0);
    assert_true(g_file_test(kept, G_FILE_TEST_EXISTS));
    g_auto(GStrv) names = sp_folder_list(parent, NULL);
    assert_int_equal(g_strv_length(names), 2);
}

/* ---- looking ahead ---- */

/* The population after 1 January of the base becomes garbage; the years stand innermost. */
static void spoil_population(const Mini *mini, int base)
{
    g_autofree char *text = mini_read(mini, "07459.json");
    char *values = strstr(text, "\"value\":[");
    assert_non_null(values);
    values += strlen("\"value\":[");
    char *end = strchr(values, ']');
    assert_non_null(end);
    *end = '\0';
    g_auto(GStrv) cells = g_strsplit(values, ",", -1);
    g_autoptr(GString) spoilt = g_string_new_len(text, values - text);
    for (guint i = 0; cells[i] != NULL; i++) {
        gboolean is_later = FIRST_YEAR + (int)(i % N_YEARS) > base;
        gboolean is_number = strcmp(cells[i], "null") != 0;
        g_string_append(spoilt, i > 0 ? "," : "");
        if (is_later && is_number) {
            /* From half to one and a half of it, so that no control of sums stops the night. */
            g_string_append_printf(spoilt, "%.0f",
                                   g_ascii_strtod(cells[i], NULL) * (50 + i * 31 % 100) / 100);
        } else {
            g_string_append(spoilt, cells[i]);
        }
    }
    g_string_append_printf(spoilt, "]%s", end + 1);
    mini_write(mini, "07459.json", spoilt->str);
}

/* Lines of a CSV whose year (in `column`) is the base's or later get other figures from `first`
 * on. */
static void spoil_rows(const Mini *mini, const char *extract, guint column, guint first, int base,
                       const char *figure)
{
    g_autofree char *text = mini_read(mini, extract);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autoptr(GString) spoilt = g_string_new(lines[0]);
    for (guint i = 1; lines[i] != NULL; i++) {
        g_auto(GStrv) cells = g_strsplit(lines[i], ",", -1);
        gboolean is_row = g_strv_length(cells) > column;
        if (is_row && g_ascii_strtoll(cells[column], NULL, 10) >= base) {
            for (guint k = first; cells[k] != NULL; k++) {
                g_free(cells[k]);
                cells[k] = g_strdup(figure);
            }
        }
        g_autofree char *line = g_strjoinv(",", cells);
        g_string_append_printf(spoilt, "\n%s", line);
    }
    mini_write(mini, extract, spoilt->str);
}

/* `base` 0: nothing is spoilt. Gives the forecasts and the accuracy. */
static void run_with_garbage(int base, const char *argument, char **told, char **accuracy)
{
    g_autoptr(Mini) mini = normalised();
    if (base != 0) {
        spoil_population(mini, base);
        spoil_rows(mini, "doedelighet.csv", 0, 5, base, "0.31");
        spoil_rows(mini, "fruktbarhet.csv", 0, 2, base, "0.29");
        spoil_rows(mini, "omsorg.csv", 1, 2, base, "17");
    }
    normalise(mini);
    g_autofree char *out = g_build_filename(mini->folder, "out", NULL);
    g_auto(Result) result =
        mini_run(mini, NULL, "statpakke-backtest", argument, "--out", out, NULL);
    assert_string_equal(result.err, "");
    assert_int_equal(result.status, 0);
    *told = read_out(mini, "out", "treffsikkerhet_prognose.csv");
    *accuracy = read_out(mini, "out", "treffsikkerhet.csv");
}

/* From 2023 the two parts of Ålesund, divided in 2024, are not known: their figures of 2022 and
 * 2023 are shared out by the year 2024. */
static void forecasts_are_the_same_bytes_whatever_came_later(void **state)
{
    (void)state;
    static const struct {
        int base;
        const char *argument;
    } runs[] = {{2023, "--base=2023"}, {2024, "--base=2024"}};
    for (gsize i = 0; i < G_N_ELEMENTS(runs); i++) {
        g_autofree char *told = NULL, *accuracy = NULL, *same = NULL, *other = NULL;
        run_with_garbage(0, runs[i].argument, &told, &accuracy);
        run_with_garbage(runs[i].base, runs[i].argument, &same, &other);
        assert_string_equal(same, told);
        /* The garbage was there to be seen. */
        assert_string_not_equal(other, accuracy);
        gboolean is_known = strstr(told, ",1508,") != NULL;
        assert_int_equal(is_known, runs[i].base == 2024);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(page_and_tables_are_of_the_base_that_was_asked_for),
        cmocka_unit_test(no_change_is_off_by_what_changed),
        cmocka_unit_test(a_setting_of_the_back_test_makes_no_scenario_again),
        cmocka_unit_test(the_reference_begins_first_and_the_back_test_late),
        cmocka_unit_test(the_stage_makes_the_same_figures),
        cmocka_unit_test(wrong_use_is_told_with_the_remedy),
        cmocka_unit_test(nothing_beside_the_folder_is_touched),
        cmocka_unit_test(forecasts_are_the_same_bytes_whatever_came_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
