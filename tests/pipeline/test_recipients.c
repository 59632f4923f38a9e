/* IPLOS and KPR on their whole way: made-up files of two years go into the inbox, as XML, packed
 * XML and CSV; counts come out, and nothing else is left of them. */
#include "tests/check.h"
#include "tests/pipeline/people.h"
#include "tests/seed.h"

#include "core/io/files.h"

enum { N_YEARS = 2, FIRST_YEAR = 2023, N_CLAIMS = 2000, N_WRONG = 10 };

#define IPLOS_FACTS "stages/normalise/iplos/tjenester/latest/"
#define KPR_FACTS "stages/normalise/kpr/kontakter/latest/"

/* What a person has in a year: a kommune, and services by bits. */
typedef struct {
    int kommune;
    gboolean has_home;
    gboolean has_stay;
    gboolean is_stay_over; /* before 31 December */
} Care;

typedef struct {
    int person;
    int kommune;
    int refund; /* øre */
} Claim;

static Mini *mini;
static People *people;
static Care cares[N_YEARS][N_PERSONS];
static Claim claims[N_YEARS][N_CLAIMS];
static char *files[2 * N_YEARS];
static char *messages;
static guint64 seed = 17;

/* One of the kommuner of a year: 1507 was divided on 1 January 2024. */
static int next_kommune(int year)
{
    int kommune = seed_next(&seed, year == 0 ? 3 : 4);
    return year == 0 && kommune == 2 ? 4 : kommune;
}

static void write_person(GString *text, int year, int i, const Care *care)
{
    g_string_append_printf(text,
                           "<person id=\"%s\" kommune=\"%s\" foedselsaar=\"%d\" kjonn=\"%d\" "
                           "husstand=\"1\"><behov kode=\"01\" verdi=\"3\"/>"
                           "<uformell timer=\"2.5\"/>",
                           people->keys[i], people_kommuner[care->kommune], people->born[i],
                           people->sex[i]);
    if (care->has_home) {
        g_string_append(text, "<tjeneste kode=\"15\" fra=\"2021-03-01\" timer=\"3.25\"/>");
    }
    if (care->has_stay) {
        g_string_append_printf(
            text, "<tjeneste kode=\"21\" fra=\"%d-02-01\" til=\"%s\" doegn=\"100\"/>",
            FIRST_YEAR + year, care->is_stay_over ? (year == 0 ? "2023-06-30" : "2024-06-30") : "");
    }
    if (i < N_WRONG) {
        g_string_append(text, "<tjeneste kode=\"99\" fra=\"2021-03-01\"/>");
    }
    g_string_append(text, "</person>\n");
}

static char *iplos_file(int year)
{
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<iplos aar=\"%d\">\n",
                           FIRST_YEAR + year);
    for (int i = 0; i < N_PERSONS; i++) {
        cares[year][i] = (Care){.kommune = next_kommune(year),
                                .has_home = seed_next(&seed, 3) > 0,
                                .has_stay = seed_next(&seed, 4) == 0,
                                .is_stay_over = seed_next(&seed, 2) == 0};
        write_person(text, year, i, &cares[year][i]);
    }
    g_string_append(text, "</iplos>\n");
    return g_string_free(text, FALSE);
}

static void write_claim(GString *text, int year, const Claim *claim)
{
    const char *key = people->keys[claim->person];
    const char *kommune = people_kommuner[claim->kommune];
    int born = people->born[claim->person];
    int sex = people->sex[claim->person];
    if (year == 0) {
        g_string_append_printf(text, "2023-05-01;%s;%s;%d;%d;FALE;2ad 2dd;A01;%d,%02d;0\r\n", key,
                               kommune, born, sex, claim->refund / 100, claim->refund % 100);
        return;
    }
    g_string_append_printf(text,
                           "<regning dato=\"2024-05-01\" pasient=\"%s\" kommune=\"%s\" "
                           "foedselsaar=\"%d\" kjonn=\"%d\" praksistype=\"FALE\" "
                           "takster=\"2ad 2dd\" diagnose=\"A01\" refusjon=\"%d.%02d\" "
                           "egenandel=\"0\"/>\n",
                           key, kommune, born, sex, claim->refund / 100, claim->refund % 100);
}

static char *kpr_file(int year)
{
    GString *text = g_string_new(
        year == 0 ? "dato;pasient;kommune;foedselsaar;kjonn;praksistype;takster;diagnose;refusjon;"
                    "egenandel\r\n"
                  : "<kpr>\n");
    for (int i = 0; i < N_CLAIMS; i++) {
        Claim *claim = &claims[year][i];
        *claim = (Claim){seed_next(&seed, N_PERSONS), next_kommune(year), seed_next(&seed, 100000)};
        write_claim(text, year, claim);
    }
    g_string_append(text, year == 0 ? "" : "</kpr>\n");
    return g_string_free(text, FALSE);
}

/* The small country with both datasets in use. */
static Mini *country(void)
{
    Mini *made = mini_new();
    g_autofree char *conf = NULL;
    assert_true(g_file_get_contents(made->conf, &conf, NULL, NULL));
    g_auto(GStrv) parts = g_strsplit(conf, "datasets = ", 2);
    g_autofree char *text =
        g_strconcat(parts[0], "datasets = iplos/tjenester, kpr/kontakter, ", parts[1], NULL);
    assert_true(g_file_set_contents(made->conf, text, -1, NULL));
    return made;
}

static int set_up(void **state)
{
    (void)state;
    mini = country();
    people = people_new();
    for (int year = 0; year < N_YEARS; year++) {
        files[year] = iplos_file(year);
        files[N_YEARS + year] = kpr_file(year);
    }
    mini_deliver(mini, "iplos", "iplos-2023.xml", files[0]);
    mini_deliver(mini, "iplos", "iplos-2024.xml", files[1]);
    mini_deliver(mini, "kpr", "kpr-2023.csv", files[2]);
    mini_deliver(mini, "kpr", "kpr-2024.xml", files[3]);
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
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_free(files[i]);
    }
    return 0;
}

static gboolean is_in(int kommune, const char *region)
{
    return strcmp(region, "0") == 0 || strcmp(region, people_kommuner[kommune]) == 0 ||
           strcmp(region, people_fylker[kommune]) == 0;
}

static const char *const regions[] = {"0", "03", "11", "15", "0301", "1103", "1508", "1580"};

/* Whether the parts of a divided kommune are in a region: there persons cannot be told. */
static gboolean is_part(int year, const char *region)
{
    return year == 0 && g_str_has_prefix(region, "15") && strlen(region) == 4;
}

static void recipients_are_those_of_an_independent_count(void **state)
{
    (void)state;
    g_autofree char *table = mini_text(mini, IPLOS_FACTS "brukere_iplos.csv");
    for (int year = 0; year < N_YEARS; year++) {
        for (gsize r = 0; r < G_N_ELEMENTS(regions); r++) {
            int n_year = 0;
            int n_day = 0;
            for (int i = 0; i < N_PERSONS; i++) {
                const Care *care = &cares[year][i];
                gboolean is_stay = care->has_stay && !care->is_stay_over;
                gboolean is_there = is_in(care->kommune, regions[r]);
                n_year += is_there && (care->has_home || care->has_stay) ? 1 : 0;
                n_day += is_there && (care->has_home || is_stay) ? 1 : 0;
            }
            g_autofree char *day =
                is_part(year, regions[r])
                    ? g_strdup_printf("\n2023,%s,tot,000-105,tot,3112,,..,m\n", regions[r])
                    : g_strdup_printf("\n%d,%s,tot,000-105,tot,3112,%d,,\n", FIRST_YEAR + year,
                                      regions[r], n_day);
            g_autofree char *whole =
                is_part(year, regions[r])
                    ? g_strdup_printf("\n2023,%s,tot,000-105,tot,aaret,,..,m\n", regions[r])
                    : g_strdup_printf("\n%d,%s,tot,000-105,tot,aaret,%d,,\n", FIRST_YEAR + year,
                                      regions[r], n_year);
            assert_has(table, day);
            assert_has(table, whole);
        }
    }
}

static void contacts_are_those_of_an_independent_count(void **state)
{
    (void)state;
    g_autofree char *table = mini_text(mini, KPR_FACTS "kontakter.csv");
    for (int year = 0; year < N_YEARS; year++) {
        for (gsize r = 0; r < G_N_ELEMENTS(regions); r++) {
            gboolean is_met[N_PERSONS] = {FALSE};
            int n_persons = 0;
            int n_claims = 0;
            gint64 refund = 0;
            for (int i = 0; i < N_CLAIMS; i++) {
                const Claim *claim = &claims[year][i];
                if (is_in(claim->kommune, regions[r])) {
                    n_claims++;
                    n_persons += is_met[claim->person] ? 0 : 1;
                    is_met[claim->person] = TRUE;
                    refund += claim->refund;
                }
            }
            if (is_part(year, regions[r])) {
                continue;
            }
            g_autofree char *start =
                g_strdup_printf("\n%d,%s,tot,tot,000-105,0,%d,,,%d,,,", FIRST_YEAR + year,
                                regions[r], n_claims, n_persons);
            const char *line = strstr(table, start);
            if (line == NULL) {
                fail_msg("not in the table: %s", start);
                return;
            }
            assert_near(g_ascii_strtod(line + strlen(start), NULL), (double)refund / 100, 0.005);
        }
    }
}

static void every_layout_has_its_table(void **state)
{
    (void)state;
    static const char *const tables[] = {
        "brukere_iplos.csv",       "brukere_kjonn_iplos.csv", "brukere_husstand_iplos.csv",
        "timer_iplos.csv",         "doegn_iplos.csv",         "uformell_iplos.csv",
        "brukere_bosted_iplos.csv"};
    for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
        g_autofree char *path = g_strconcat(IPLOS_FACTS, tables[i], NULL);
        g_autofree char *text = mini_text(mini, path);
        assert_true(strlen(text) > 1000);
    }
}

static void what_the_reader_leaves_out_is_told_by_rule_and_person(void **state)
{
    (void)state;
    g_autofree char *findings = mini_text(mini, IPLOS_FACTS "kvalitet.csv");
    char *line = strstr(findings, "unknown_service,element tjeneste,");
    assert_non_null(line);
    *strchr(line, '\n') = '\0';
    assert_non_null(strstr(line, ",1,20,,")); /* first in person 1; ten in each of two files */
    g_autofree char *report = mini_text(mini, "inbox/iplos/iplos-2023.xml.rapport.txt");
    assert_non_null(strstr(report, "\n  Tjenestekoden står ikke i kodelisten for året (10)\n"
                                   "    element «tjeneste», første gang i person nummer 1\n"));
}

static void no_pseudonym_is_left_in_any_byte(void **state)
{
    (void)state;
    Search search;
    search_init(&search, people);
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) { /* it does find them */
        gsize n = search_count(&search, files[i], strlen(files[i]));
        assert_int_equal(n, i < N_YEARS ? N_PERSONS : N_CLAIMS);
    }
    search_below(&search, mini->folder);
    assert_true(search.n_files > 100 && search.n_bytes > 1000000);
    assert_int_equal(search_count(&search, messages, strlen(messages)), 0);
    g_hash_table_unref(search.keys);
}

static void the_originals_are_gone(void **state)
{
    (void)state;
    static const char *const gone[] = {"inbox/iplos/iplos-2023.xml", "inbox/iplos/iplos-2024.xml",
                                       "inbox/kpr/kpr-2023.csv", "inbox/kpr/kpr-2024.xml"};
    for (gsize i = 0; i < G_N_ELEMENTS(gone); i++) {
        g_autofree char *path = g_build_filename(mini->workspace, gone[i], NULL);
        g_autofree char *receipt = g_strconcat(path, ".mottatt.json", NULL);
        assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
        assert_true(g_file_test(receipt, G_FILE_TEST_EXISTS));
    }
}

static void the_package_has_both_tables_in_words(void **state)
{
    (void)state;
    g_autofree char *current = mini_current(mini);
    assert_non_null(current);
    g_autofree char *page = people_edition_text(mini, "fylke-11-rogaland/tema/tjenester.html");
    static const char *const words[] = {"Langtidsopphold i institusjon", "Middels til stort",
                                        "I løpet av året", "Konsultasjon", "Fastlege"};
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        assert_has(page, words[i]);
    }
    assert_null(strstr(page, "Ikke for publisering"));
    assert_null(strstr(page, "ikke_kartlagt"));
    g_autofree char *table = people_edition_text(mini, "fylke-11-rogaland/data/brukere_iplos.csv");
    assert_true(g_str_has_prefix(table, "region,tjeneste,alder,bistandsbehov,telling,period,"
                                        "mottakere,mottakere_status,mottakere_flags"));
    g_autofree char *contacts = people_edition_text(mini, "fylke-11-rogaland/data/kontakter.csv");
    assert_true(g_str_has_prefix(contacts, "region,kontakttype,praksistype,kjonn,alder,period,"));
}

static void a_second_night_finds_nothing_new(void **state)
{
    (void)state;
    people_check_second_night(mini);
}

static void a_setting_of_the_reader_makes_the_unit_again(void **state)
{
    (void)state;
    g_auto(Result) made = mini_run(mini, NULL, "statpakke-normalise", "--unit=kpr/kontakter",
                                   "--set=kpr/kontakter.aar=2024", NULL);
    assert_int_equal(made.status, SP_ERROR_DATA);
    assert_has(made.err, "outside_year, claim, first in row 2");
}

/* Broken deliveries have no more to say: the messages of each are searched too. */
static void a_broken_delivery_tells_no_pseudonym(void **state)
{
    (void)state;
    Search search;
    search_init(&search, people);
    gsize size = strlen(files[1]);
    g_autofree char *cut = g_strndup(files[1], size / 2);
    g_autofree char *other = g_strdup_printf("<%s/>", people->keys[0] + 1);
    g_autofree char *entity = g_strdup_printf("<iplos aar=\"2024\">&%s;</iplos>", people->keys[1]);
    g_autofree char *child = g_strdup_printf(
        "<iplos aar=\"2024\"><person id=\"%s\" %s=\"1\"/></iplos>", people->keys[2], "x");
    const char *const broken[] = {cut, other, entity, child, files[2]};
    for (gsize i = 0; i < G_N_ELEMENTS(broken); i++) {
        g_autofree char *name = g_strdup_printf("iplos-2024_%zu.xml", i);
        mini_deliver(mini, "iplos", name, broken[i]);
        g_auto(Result) fetched =
            mini_run(mini, NULL, "statpakke-fetch", "--unit=iplos/tjenester", NULL);
        assert_int_equal(fetched.status, 0);
        g_auto(Result) made =
            mini_run(mini, NULL, "statpakke-normalise", "--unit=iplos/tjenester", NULL);
        if (made.status != SP_ERROR_DATA) {
            fail_msg("delivery %zu: exit %d: %s", i, made.status, made.err);
        }
        assert_int_equal(search_count(&search, made.err, strlen(made.err)), 0);
        assert_int_equal(search_count(&search, made.out, strlen(made.out)), 0);
        assert_null(strstr(made.err, people->keys[0] + 1));
    }
    search_below(&search, mini->folder);
    g_hash_table_unref(search.keys);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recipients_are_those_of_an_independent_count),
        cmocka_unit_test(contacts_are_those_of_an_independent_count),
        cmocka_unit_test(every_layout_has_its_table),
        cmocka_unit_test(what_the_reader_leaves_out_is_told_by_rule_and_person),
        cmocka_unit_test(no_pseudonym_is_left_in_any_byte),
        cmocka_unit_test(the_originals_are_gone),
        cmocka_unit_test(the_package_has_both_tables_in_words),
        cmocka_unit_test(a_second_night_finds_nothing_new),
        cmocka_unit_test(a_setting_of_the_reader_makes_the_unit_again),
        cmocka_unit_test(a_broken_delivery_tells_no_pseudonym),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
