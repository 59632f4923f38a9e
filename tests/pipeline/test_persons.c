/* A person-level source on its whole way: a made-up PAI file goes into the inbox, counts come out,
 * and nothing else is left of it. */
#include "tests/check.h"
#include "tests/pipeline/people.h"

#include "core/io/files.h"
#include "core/number.h"

#include <sys/stat.h>
#include <unistd.h>

/* ---- One night for the tests that only look. */

static Mini *mini;
static People *people;
static char *messages;

static int set_up(void **state)
{
    (void)state;
    mini = people_country("");
    people = people_new();
    g_autofree char *text = people_file(people);
    people_deliver(mini, DELIVERY, text);
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", "--log=text", NULL);
    g_auto(Result) told = mini_run(mini, NULL, "statpakke-status", NULL);
    messages = g_strconcat(night.out, night.err, told.out, told.err, NULL);
    if (night.status != 0) {
        fail_msg("exit %d: %s", night.status, night.err);
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    mini_free(mini);
    g_free(people);
    g_free(messages);
    return 0;
}

/* "2024-12-01,0301,015-024,1,sykepleier,12.34,,,5,,,6,,", or NULL if nobody is in the cell. */
static char *line_of(const Cell *cell)
{
    gboolean is_met[N_PERSONS] = {FALSE};
    gint64 percent = 0;
    int n_persons = 0;
    int n_positions = 0;
    for (int i = 0; i < N_POSITIONS; i++) {
        const Position *one = &people->positions[i];
        if (people_is_in(people, one, cell, people_bands)) {
            percent += one->percent;
            n_positions++;
            n_persons += !is_met[one->person];
            is_met[one->person] = TRUE;
        }
    }
    char aarsverk[SP_NUMBER_SIZE];
    sp_number_format((double)percent / 10000, aarsverk);
    return n_positions == 0
               ? NULL
               : g_strdup_printf("%d-12-01,%s,%s,%d,%s,%s,,,%d,,,%d,,", cell->year, cell->region,
                                 people_bands[cell->band].code, cell->sex, cell->yrke, aarsverk,
                                 n_persons, n_positions);
}

/* Every line that the table must have, but those of the kommuner that 1507 was divided into. */
static GHashTable *expected_lines(void)
{
    static const char *const regions[] = {"0", "03", "11", "15", "0301", "1103", "1508", "1580"};
    static const char *const yrker[] = {"tot",          "sykepleier",    "helsefagarbeider",
                                        "leder",        "hoeyskole",     "uten_helseutdanning",
                                        "fagutdanning", "uten_utdanning"};
    GHashTable *lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (int year = 2023; year <= 2024; year++) {
        for (gsize region = 0; region < G_N_ELEMENTS(regions); region++) {
            for (int band = 0; band < (int)G_N_ELEMENTS(people_bands); band++) {
                for (int sex = 0; sex <= 2; sex++) {
                    for (gsize yrke = 0; yrke < G_N_ELEMENTS(yrker); yrke++) {
                        const Cell cell = {year, regions[region], band, sex, yrker[yrke]};
                        char *line = line_of(&cell);
                        if (line != NULL) {
                            g_hash_table_add(lines, line);
                        }
                    }
                }
            }
        }
    }
    return lines;
}

static gboolean is_modelled(const char *line)
{
    return g_str_has_prefix(line, "2023-12-01,1508,") || g_str_has_prefix(line, "2023-12-01,1580,");
}

/* Professions that no source counts: a row for each region and period, of all ages and both sexes,
 * and no figure in it. */
static gboolean is_absent(const char *line)
{
    static const char *const ends[] = {",000-105,0,logoped,,.,,,.,,,.,",
                                       ",000-105,0,audiopedagog,,.,,,.,,,.,",
                                       ",000-105,0,synspedagog,,.,,,.,,,.,"};
    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        if (g_str_has_suffix(line, ends[i])) {
            return TRUE;
        }
    }
    return FALSE;
}

static void counts_are_those_of_an_independent_count(void **state)
{
    (void)state;
    g_autoptr(GHashTable) expected = expected_lines();
    g_autofree char *text = mini_text(mini, FACTS "/stillinger.csv");
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    guint n_modelled = 0;
    guint n_absent = 0;
    guint n_totals = 0;
    guint n_found = 0;
    assert_string_equal(lines[0],
                        "period,region,alder,kjonn,yrke,aarsverk,aarsverk_status,aarsverk_flags,"
                        "personer,personer_status,personer_flags,stillinger,stillinger_status,"
                        "stillinger_flags");
    for (gsize i = 1; lines[i] != NULL && lines[i][0] != '\0'; i++) {
        n_totals += strstr(lines[i], ",000-105,0,tot,") != NULL ? 1 : 0;
        if (is_absent(lines[i])) {
            n_absent++;
        } else if (is_modelled(lines[i])) {
            n_modelled++;
            assert_non_null(strstr(lines[i], ",,..,m,")); /* persons: missing */
        } else if (!g_hash_table_contains(expected, lines[i])) {
            fail_msg("not counted so: %s", lines[i]);
        } else {
            n_found++;
        }
    }
    assert_int_equal(n_found, g_hash_table_size(expected));
    assert_true(n_modelled > 100);
    assert_int_equal(n_absent, 3 * n_totals);
}

/* Not a property of the code but of the made-up file: else the test above would prove little. */
static void persons_do_have_several_positions_and_kommuner(void **state)
{
    (void)state;
    const Cell country = {2024, "0", 7, 0, "tot"};
    const Cell oslo = {2024, "0301", 7, 0, "tot"};
    const Cell stavanger = {2024, "1103", 7, 0, "tot"};
    const Cell moere = {2024, "15", 7, 0, "tot"};
    const Cell *const parts[] = {&oslo, &stavanger, &moere};
    int n_sum = 0;
    g_autofree char *whole = line_of(&country);
    g_auto(GStrv) whole_fields = g_strsplit(whole, ",", -1);
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autofree char *line = line_of(parts[i]);
        g_auto(GStrv) fields = g_strsplit(line, ",", -1);
        n_sum += (int)g_ascii_strtoll(fields[8], NULL, 10);
    }
    int n_persons = (int)g_ascii_strtoll(whole_fields[8], NULL, 10);
    assert_true(n_sum > n_persons + 100);
    assert_true((int)g_ascii_strtoll(whole_fields[11], NULL, 10) > n_persons + 300);
}

static void the_original_is_gone_and_receipt_and_report_stay(void **state)
{
    (void)state;
    g_autofree char *folder = g_build_filename(mini->workspace, INBOX, NULL);
    g_auto(GStrv) names = sp_folder_list(folder, NULL);
    assert_int_equal(g_strv_length(names), 2);
    assert_string_equal(names[0], DELIVERY ".mottatt.json");
    assert_string_equal(names[1], DELIVERY ".rapport.txt");
    /* That no key is in the report, no_pseudonym_is_left_in_any_byte sees. */
    g_autofree char *report = mini_text(mini, INBOX "/" DELIVERY ".rapport.txt");
    assert_non_null(strstr(report, "Resultat: Lest"));
    g_autofree char *receipt = mini_text(mini, INBOX "/" DELIVERY ".mottatt.json");
    g_autofree char *file = people_file(people);
    g_autofree char *size = g_strdup_printf("\"size\": %" G_GSIZE_FORMAT, strlen(file));
    assert_non_null(strstr(receipt, "\"received\": \"2025-03-01T03:00:00Z\""));
    assert_non_null(strstr(receipt, size));
    assert_null(strstr(receipt, "sha256"));
}

static void the_snapshot_is_encrypted_and_its_name_tells_nothing(void **state)
{
    (void)state;
    g_autofree char *path = people_snapshot(mini);
    g_autofree char *file = people_file(people);
    char plain[SP_HASH_SIZE];
    sp_hash_bytes(file, strlen(file), plain);
    assert_null(strstr(path, plain));
    g_autofree char *bytes = NULL;
    gsize size = 0;
    assert_true(g_file_get_contents(path, &bytes, &size, NULL));
    assert_memory_equal(bytes, "SPENC1\n", 7);
    assert_true(size > strlen(file));
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    g_autofree char *meta = mini_text(mini, "snapshots/pai/stillinger/latest-2024");
    assert_non_null(strstr(meta, "keyed_blake2b"));
    assert_null(strstr(meta, plain));
}

static void the_key_is_private_and_outside_the_workspace(void **state)
{
    (void)state;
    g_autofree char *path = g_strconcat(mini->workspace, ".key", NULL);
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
    assert_int_equal(status.st_size, 32);
}

static void no_pseudonym_is_left_in_any_byte(void **state)
{
    (void)state;
    Search search;
    search_init(&search, people);
    g_autofree char *file = people_file(people);
    assert_int_equal(search_count(&search, file, strlen(file)),
                     N_POSITIONS); /* it does find them */
    search_below(&search, mini->folder);
    assert_true(search.n_files > 100 && search.n_bytes > 1000000);
    assert_int_equal(search_count(&search, messages, strlen(messages)), 0);
    g_hash_table_unref(search.keys);
}

/* ---- The edition. */

/* Real persons: what may not be seen is hidden, and the audit worked nothing of it out. */
static void the_edition_is_served_once_the_audit_has_passed(void **state)
{
    (void)state;
    g_autofree char *current = mini_current(mini);
    assert_non_null(current);
    assert_null(strstr(messages, "ikke for publisering"));
    g_autofree char *page = people_edition_text(mini, "fylke-11-rogaland/index.html");
    assert_null(strstr(page, "Ikke for publisering"));
    g_autofree char *table = people_edition_text(mini, "fylke-11-rogaland/data/stillinger.csv");
    const Cell stavanger = {2024, "1103", 7, 0, "tot"};
    g_autofree char *line = line_of(&stavanger);
    g_auto(GStrv) fields = g_strsplit(line, ",", -1);
    g_autofree char *published = g_strdup_printf("1103,tot,0,000-105,2024-12-01,%s,,,%s,,,%s,,",
                                                 fields[5], fields[8], fields[11]);
    if (strstr(table, published) == NULL) {
        fail_msg("%s is not in the table", published);
    }
}

static void professions_that_nobody_counts_say_so_with_the_reason(void **state)
{
    (void)state;
    g_autofree char *table = people_edition_text(mini, "fylke-11-rogaland/data/stillinger.csv");
    g_autofree char *words = people_edition_text(mini, "fylke-11-rogaland/data/forklaring.csv");
    g_autofree char *nynorsk =
        people_edition_text(mini, "fylke-15-moere-og-romsdal/data/forklaring.csv");
    assert_non_null(strstr(table, "\n1103,logoped,0,000-105,2024-12-01,,.,,,.,,,.,"));
    assert_non_null(strstr(words, "yrke,logoped,\"Logopeder (finnes ikke: ingen egen gruppe"));
    assert_non_null(strstr(nynorsk, "yrke,logoped,\"Logopedar (finst ikkje: inga eiga gruppe"));
}

static void a_second_night_finds_nothing_new(void **state)
{
    (void)state;
    people_check_second_night(mini);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_those_of_an_independent_count),
        cmocka_unit_test(persons_do_have_several_positions_and_kommuner),
        cmocka_unit_test(the_original_is_gone_and_receipt_and_report_stay),
        cmocka_unit_test(the_snapshot_is_encrypted_and_its_name_tells_nothing),
        cmocka_unit_test(the_key_is_private_and_outside_the_workspace),
        cmocka_unit_test(no_pseudonym_is_left_in_any_byte),
        cmocka_unit_test(the_edition_is_served_once_the_audit_has_passed),
        cmocka_unit_test(professions_that_nobody_counts_say_so_with_the_reason),
        cmocka_unit_test(a_second_night_finds_nothing_new),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
