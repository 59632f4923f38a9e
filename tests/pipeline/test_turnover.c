/* The table alder_og_stabilitet of the made-up people, counted again by other means: loops over the
 * positions, a person at a time, where the program adds up leaves. Two years in a file each. */
#include "tests/check.h"
#include "tests/pipeline/people.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/number.h"

#include <math.h>

enum { N_FIGURES = 14, N_WIDE_BANDS = 4 };

static const Band wide[N_WIDE_BANDS] = {
    {"015-034", 15, 34}, {"035-054", 35, 54}, {"055-075", 55, 75}, {"000-105", 0, 105}};

static const char *const regions[] = {"0", "03", "11", "15", "0301", "1103", "1508", "1580"};
static const char *const yrker[] = {"tot",          "sykepleier",    "helsefagarbeider",
                                    "leder",        "hoeyskole",     "uten_helseutdanning",
                                    "fagutdanning", "uten_utdanning"};
static const char *const names[N_FIGURES] = {"aarsverk",
                                             "personer",
                                             "heltid",
                                             "deltid",
                                             "smaa_stillinger",
                                             "midlertidige",
                                             "vikarer",
                                             "fravaer_aarsverk",
                                             "fravaer_egen_dager",
                                             "fravaer_lege_dager",
                                             "turnover_aarsverk",
                                             "turnover_personer",
                                             "sluttet_brutto",
                                             "sluttet_netto"};
enum { FIRST_TURNOVER = 10 };

static Mini *mini;
static People *people;
static int order[N_POSITIONS]; /* positions by person */
static int starts[N_PERSONS + 1];
static GHashTable *rows; /* "2024-12-01,0,000-105,0,tot" -> char** fields */
static char **header;
static char *messages;

static void sort_positions(void)
{
    int n = 0;
    for (int person = 0; person < N_PERSONS; person++) {
        starts[person] = n;
        for (int i = 0; i < N_POSITIONS; i++) {
            if (people->positions[i].person == person) {
                order[n++] = i;
            }
        }
    }
    starts[N_PERSONS] = n;
}

static int set_up(void **state)
{
    (void)state;
    mini = people_country("");
    people = people_new();
    sort_positions();
    g_autofree char *first = people_file_of_year(people, 2023);
    g_autofree char *second = people_file_of_year(people, 2024);
    people_deliver(mini, "pai-2023.csv", first);
    people_deliver_packed(mini, "pai-2024.csv.gz", second);
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", "--log=text", NULL);
    g_auto(Result) told = mini_run(mini, NULL, "statpakke-status", NULL);
    messages = g_strconcat(night.out, night.err, told.out, told.err, NULL);
    if (night.status != 0) {
        fail_msg("exit %d: %s", night.status, night.err);
    }
    rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_strfreev);
    g_autofree char *text = mini_text(mini, FACTS "/alder_og_stabilitet.csv");
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    header = g_strsplit(lines[0], ",", -1);
    for (gsize i = 1; lines[i] != NULL && lines[i][0] != '\0'; i++) {
        char **fields = g_strsplit(lines[i], ",", -1);
        g_hash_table_insert(
            rows, g_strjoin(",", fields[0], fields[1], fields[2], fields[3], fields[4], NULL),
            fields);
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    g_hash_table_unref(rows);
    g_strfreev(header);
    g_free(messages);
    mini_free(mini);
    g_free(people);
    return 0;
}

/* 1507 is both 1508 and 1580 a year later. */
static gboolean is_same_kommune(int before, int after)
{
    return before == after || (strcmp(people_kommuner[before], "1507") == 0 &&
                               strncmp(people_kommuner[after], "15", 2) == 0);
}

/* One person in one cell: what she adds to each figure. */
static void count_person(int person, const Cell *cell, double figures[N_FIGURES], int *n_positions)
{
    gint64 percent = 0;
    gboolean is_there = FALSE, is_temporary = FALSE, is_substitute = FALSE, is_base = FALSE;
    gboolean stays_in_kommune = FALSE, stays = FALSE;
    for (int i = starts[person]; i < starts[person + 1]; i++) {
        const Position *one = &people->positions[order[i]];
        stays = stays || one->year == cell->year + 1;
        if (!people_is_in(people, one, cell, wide)) {
            continue;
        }
        (*n_positions)++;
        is_there = TRUE;
        percent += one->percent;
        is_temporary = is_temporary || one->form == 'M';
        is_substitute = is_substitute || one->form == 'V';
        figures[0] += one->percent;
        if (one->absence >= 0) {
            figures[7] += one->percent;
            figures[8] += 0.5 * one->absence + 0.5; /* told in even days */
            figures[9] += one->absence;
        }
        if (one->form == 'V') {
            continue;
        }
        is_base = TRUE;
        figures[10] += one->percent;
        for (int k = starts[person]; k < starts[person + 1]; k++) {
            const Position *next = &people->positions[order[k]];
            stays_in_kommune = stays_in_kommune || (next->year == cell->year + 1 && next->is_care &&
                                                    is_same_kommune(one->kommune, next->kommune));
        }
    }
    figures[1] += is_there;
    figures[2] += is_there && percent >= 10000;
    figures[3] += is_there && percent < 10000;
    figures[4] += is_there && percent < 2500;
    figures[5] += is_temporary;
    figures[6] += is_substitute;
    figures[11] += is_base;
    figures[12] += is_base && !stays_in_kommune;
    figures[13] += is_base && !stays;
}

static void count(const Cell *cell, double figures[N_FIGURES], int *n_positions)
{
    memset(figures, 0, N_FIGURES * sizeof *figures);
    *n_positions = 0;
    for (int person = 0; person < N_PERSONS; person++) {
        /* Most are in no cell of this sex. */
        if (cell->sex == 0 || people->sex[person] == cell->sex) {
            count_person(person, cell, figures, n_positions);
        }
    }
    figures[0] /= 10000;
    figures[7] /= 10000;
    figures[10] /= 10000;
}

static gsize field_of(const char *name)
{
    for (gsize i = 0; header[i] != NULL; i++) {
        if (strcmp(header[i], name) == 0) {
            return i;
        }
    }
    fail_msg("no column %s", name);
    return 0;
}

static double number_in(char **fields, const char *name)
{
    double value = 0.0;
    const char *text = fields[field_of(name)];
    if (text[0] == '\0') {
        fail_msg("%s is empty in %s %s %s %s %s", name, fields[0], fields[1], fields[2], fields[3],
                 fields[4]);
    }
    assert_true(sp_number_parse(text, strlen(text), sp_number_plain, &value));
    return value;
}

static const char *status_in(char **fields, const char *name)
{
    return fields[field_of(name) + 1];
}

static char *key_of(const char *period, const Cell *cell)
{
    return g_strdup_printf("%s,%s,%s,%d,%s", period, cell->region, wide[cell->band].code, cell->sex,
                           cell->yrke);
}

/* Figures [first, end) of a row, and that the others are not applicable. A figure that may be
 * untold is missing where it is 0. */
static void compare(char **fields, const double figures[], int first, int end)
{
    for (int i = 0; i < N_FIGURES; i++) {
        gboolean is_of_row = first <= i && i < end;
        gboolean is_absence = 8 <= i && i <= 10;
        if (!is_of_row) {
            assert_string_equal(status_in(fields, names[i]), ".");
        } else if (is_absence && figures[7] == 0) {
            assert_string_equal(status_in(fields, names[i]), "..");
        } else {
            double found = figures[i] == 0 ? 0.0 : number_in(fields, names[i]);
            if (fabs(found - figures[i]) > 1e-9 * figures[i] ||
                (figures[i] == 0 && strcmp(status_in(fields, names[i]), "-") != 0)) {
                fail_msg("%s of %s %s %s %s %s is %s, want %.9g", names[i], fields[0], fields[1],
                         fields[2], fields[3], fields[4], fields[field_of(names[i])], figures[i]);
            }
        }
    }
}

static gboolean is_modelled(const Cell *cell)
{
    return cell->year == 2023 && g_str_has_prefix(cell->region, "15") && strlen(cell->region) == 4;
}

typedef void (*CellTest)(const Cell *cell, guint *n_rows);

static guint for_each_cell(int first_year, int last_year, CellTest test)
{
    guint n_rows = 0;
    for (int year = first_year; year <= last_year; year++) {
        for (gsize region = 0; region < G_N_ELEMENTS(regions); region++) {
            for (int band = 0; band < N_WIDE_BANDS; band++) {
                for (int sex = 0; sex <= 2; sex++) {
                    for (gsize yrke = 0; yrke < G_N_ELEMENTS(yrker); yrke++) {
                        const Cell cell = {year, regions[region], band, sex, yrker[yrke]};
                        if (!is_modelled(&cell)) {
                            test(&cell, &n_rows);
                        }
                    }
                }
            }
        }
    }
    return n_rows;
}

static void check_stock(const Cell *cell, guint *n_rows)
{
    double figures[N_FIGURES];
    int n_positions = 0;
    g_autofree char *period = g_strdup_printf("%d-12-01", cell->year);
    g_autofree char *key = key_of(period, cell);
    char **fields = g_hash_table_lookup(rows, key);
    count(cell, figures, &n_positions);
    assert_int_equal(fields != NULL, n_positions > 0);
    if (fields != NULL) {
        compare(fields, figures, 0, FIRST_TURNOVER);
        double share = number_in(fields, "stillingsstoerrelse");
        assert_true(fabs(share - figures[0] / figures[1]) < 1e-8);
        (*n_rows)++;
    }
}

static void check_turnover(const Cell *cell, guint *n_rows)
{
    double figures[N_FIGURES];
    int n_positions = 0;
    g_autofree char *key = key_of("2023-12-01--2024-12-01", cell);
    char **fields = g_hash_table_lookup(rows, key);
    count(cell, figures, &n_positions);
    assert_int_equal(fields != NULL, n_positions > 0);
    if (fields == NULL) {
        return;
    }
    compare(fields, figures, FIRST_TURNOVER, N_FIGURES);
    if (figures[11] == 0) {
        assert_string_equal(status_in(fields, "turnover_netto"), ".");
    } else if (figures[13] > 0) {
        assert_true(fabs(number_in(fields, "turnover_netto") - figures[13] / figures[11]) < 1e-8);
    }
    (*n_rows)++;
}

static void stocks_are_those_of_an_independent_count(void **state)
{
    (void)state;
    guint n = for_each_cell(2023, 2024, check_stock);
    assert_true(n > 800);
}

static void turnover_is_that_of_an_independent_count(void **state)
{
    (void)state;
    guint n = for_each_cell(2023, 2023, check_turnover);
    assert_true(n > 300);
}

/* Every row is one of those above, or of a kommune that 1507 became, whose persons are missing, or
 * of a profession that nobody counts: one for each period and region. */
static void there_are_no_other_rows(void **state)
{
    static const char *const uncounted[] = {"logoped", "audiopedagog", "synspedagog", NULL};
    (void)state;
    guint n_modelled = 0;
    guint n_absent = 0;
    g_autoptr(GHashTable) places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GHashTableIter iter;
    gpointer key;
    gpointer value;
    g_hash_table_iter_init(&iter, rows);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        char **fields = value;
        if (g_strv_contains(uncounted, fields[4])) {
            assert_string_equal(status_in(fields, "heltid"), ".");
            assert_string_equal(status_in(fields, "sluttet_netto"), ".");
            assert_string_equal(status_in(fields, "turnover_netto"), ".");
            n_absent++;
            continue;
        }
        g_hash_table_add(places, g_strjoin(" ", fields[0], fields[1], NULL));
        if (strncmp(fields[0], "2023", 4) == 0 && g_str_has_prefix(fields[1], "15") &&
            strlen(fields[1]) == 4) {
            gboolean is_next = strstr(fields[0], "--") != NULL;
            assert_string_equal(status_in(fields, is_next ? "sluttet_netto" : "heltid"), "..");
            assert_string_equal(status_in(fields, is_next ? "heltid" : "sluttet_netto"), ".");
            n_modelled++;
        }
    }
    guint n_stock = for_each_cell(2023, 2024, check_stock);
    guint n_turnover = for_each_cell(2023, 2023, check_turnover);
    assert_int_equal(g_hash_table_size(rows), n_stock + n_turnover + n_modelled + n_absent);
    assert_int_equal(n_absent, 3 * g_hash_table_size(places));
}

/* The lines of a file that do not hold `text`. g_free. */
static char *without_lines(const char *file, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(file, "\r\n", -1);
    g_autoptr(GString) kept = g_string_new(NULL);
    for (char **line = lines; *line != NULL; line++) {
        if (**line != '\0' && strstr(*line, text) == NULL) {
            g_string_append_printf(kept, "%s\r\n", *line);
        }
    }
    return g_string_free(g_steal_pointer(&kept), FALSE);
}

/* What only the making of the table finds stands in the quality report too. */
static void a_kommune_that_delivered_nothing_the_year_after_is_named(void **state)
{
    (void)state;
    g_autoptr(Mini) own = people_country("");
    g_autofree char *first = people_file_of_year(people, 2023);
    g_autofree char *second = people_file_of_year(people, 2024);
    g_autofree char *silent = without_lines(second, ";1103;");
    assert_true(strlen(silent) > 0 && strlen(silent) < strlen(second));
    people_deliver(own, "pai-2023.csv", first);
    people_deliver(own, "pai-2024.csv", silent);
    g_auto(Result) fetched = mini_run(own, NULL, "statpakke-fetch", NULL);
    assert_int_equal(fetched.status, 0);
    g_auto(Result) made = mini_run(own, NULL, "statpakke-normalise", NULL);
    assert_int_equal(made.status, 0);
    g_autofree char *quality = mini_text(own, FACTS "/kvalitet.csv");
    if (strstr(quality, "no_next_year,\"alder_og_stabilitet: region 1103, 2023\"") == NULL) {
        fail_msg("not told: %s", quality);
    }
}

/* Not a property of the code: else the counts above would prove little. */
static void the_people_move_and_leave(void **state)
{
    (void)state;
    double figures[N_FIGURES];
    int n_positions = 0;
    const Cell all = {2023, "0", 3, 0, "tot"};
    count(&all, figures, &n_positions);
    assert_true(figures[11] > 300 && figures[13] > 30);
    assert_true(figures[12] > figures[13] + 100); /* moves */
    assert_true(figures[2] > 50 && figures[4] > 20 && figures[6] > 50);
}

static void no_pseudonym_is_left_in_any_byte(void **state)
{
    (void)state;
    Search search;
    search_init(&search, people);
    search_below(&search, mini->folder);
    assert_true(search.n_files > 100);
    assert_int_equal(search_count(&search, messages, strlen(messages)), 0);
    g_hash_table_unref(search.keys);
}

/* The published table: KS's rule, and the interval as people write it. */
static void small_cells_are_hidden_by_the_rule_of_ks(void **state)
{
    (void)state;
    g_autofree char *table =
        mini_text(mini, "stages/protect/utgave/latest/alder_og_stabilitet.csv");
    g_auto(GStrv) lines = g_strsplit(table, "\n", -1);
    g_auto(GStrv) columns = g_strsplit(lines[0], ",", -1);
    gsize aarsverk = 0;
    gsize n_hidden = 0;
    gsize n_shown = 0;
    while (strcmp(columns[aarsverk], "aarsverk") != 0) {
        aarsverk++;
    }
    for (gsize i = 1; lines[i] != NULL && lines[i][0] != '\0'; i++) {
        g_auto(GStrv) fields = g_strsplit(lines[i], ",", -1);
        double value = 0.0;
        const char *text = fields[aarsverk];
        n_hidden += strcmp(fields[aarsverk + 1], ":") == 0;
        if (text[0] != '\0') {
            assert_true(sp_number_parse(text, strlen(text), sp_number_plain, &value));
            assert_true(value > 10.0);
            n_shown++;
        }
    }
    assert_true(n_hidden > 100);
    assert_true(n_shown > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stocks_are_those_of_an_independent_count),
        cmocka_unit_test(turnover_is_that_of_an_independent_count),
        cmocka_unit_test(there_are_no_other_rows),
        cmocka_unit_test(a_kommune_that_delivered_nothing_the_year_after_is_named),
        cmocka_unit_test(the_people_move_and_leave),
        cmocka_unit_test(no_pseudonym_is_left_in_any_byte),
        cmocka_unit_test(small_cells_are_hidden_by_the_rule_of_ks),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
