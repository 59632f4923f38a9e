/*
 * Education and registers on their whole way: DBH and Udir from the fake upstream, registers and a
 * survey from files, to the packages.
 */
#include "tests/check.h"
#include "tests/pipeline/mini.h"
#include "tests/upstream/fake.h"

static Mini *mini;
static FakeUpstream *fake;

static void append(const char *text)
{
    g_autofree char *old = NULL;
    assert_true(g_file_get_contents(mini->conf, &old, NULL, NULL));
    char *place = strstr(old, "tabular/aarsverk\n");
    assert_non_null(place);
    place[strlen("tabular/aarsverk")] = '\0';
    g_autofree char *whole = g_strconcat(
        old,
        ", dbh/kandidater, udir/laerlinger, tabular/allmennlege, tabular/kvalitet, tabular/mangel, "
        "tabular/vertskommune\n",
        place + strlen("tabular/aarsverk") + 1, text, NULL);
    assert_true(g_file_set_contents(mini->conf, whole, -1, NULL));
}

static void write_registers(void)
{
    mini_deliver(mini, "tabular", "fastlege-2024.csv",
                 "kommunenr;dato;lister;fastleger;aapne_lister;lister_uten_lege;listeinnbyggere\n"
                 "0301;2024-12-31;600;590;120;21;700 000\n1103;2024-12-31;140;138;12;0;148 000\n"
                 "1508;2024-12-31;55;54;9;1;58 000\n1580;2024-12-31;9;9;0;0;9 300\n");
    mini_deliver(
        mini, "tabular", "nki-2023.csv",
        "kommunenr;indikator;aar;teller;nevner;verdi\n0301;legetimer_sykehjem;2023;;;0,62\n"
        "1103;enerom;2023;98;100;98,0\n");
    mini_deliver(mini, "tabular", "vertskommune-2024.csv",
                 "vertskommune;deltaker;tjeneste;fra;til\n1508;1580;legevakt;2024-01-01;\n");
    mini_write(
        mini, "nav.csv",
        "aar,yrkekode,yrke,ostfold,akershus,oslo,hedmark,oppland,buskerud,vestfold,telemark,"
        "aust_agder,vest_agder,rogaland,hordaland,sogn_fjordane,more_og_romsdal,trondelag,"
        "nordland,troms,finnmark,norge\n"
        "2017,2223,Sykepleiere,425,300,275,75,125,150,150,100,100,200,350,325,50,200,275,200,"
        "125,150,3600\n");
}

static int set_up(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    fake = fake_upstream_start(&error);
    assert_no_error(error);
    mini = mini_new();
    write_registers();
    g_autofree char *sections =
        g_strdup_printf("[dbh/kandidater]\nhost = %s" FAKE_DBH "\nupdated = 2024-12-01\n"
                        "[udir/laerlinger]\nhost = %s" FAKE_UDIR "\nupdated = 2024-12-01\n"
                        "[tabular/mangel]\nurl = extracts/nav.csv\nupdated = 2017-05-01\n",
                        fake_upstream_url(fake), fake_upstream_url(fake));
    append(sections);
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", NULL);
    if (night.status != 0) {
        fail_msg("exit %d: %s", night.status, night.err);
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    mini_free(mini);
    fake_upstream_stop(fake);
    return 0;
}

/* A table of a package of the edition in use. g_free. */
static char *read_table(const char *package, const char *table)
{
    g_autofree char *file = g_strdup_printf("%s.csv", table);
    g_autofree char *path =
        g_build_filename(mini->workspace, "current", package, "data", file, NULL);
    char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL)) {
        fail_msg("no %s", path);
    }
    return text;
}

static void candidates_stand_in_the_package_of_the_seat(void **state)
{
    (void)state;
    g_autofree char *oslo = read_table("fylke-03-oslo", "kandidater");
    g_autofree char *rogaland = read_table("fylke-11-rogaland", "kandidater");
    assert_true(g_str_has_prefix(oslo, "region,laerested,profesjon,utdanningstype,period,"));
    assert_has(oslo, "\n03,1110,sykepleier,nye_personer,2024,");
    assert_has(oslo, "\n03,1110,jordmor,videreutdanning,2024,");
    assert_has(oslo, "\n03,1110,spesialsykepleier,videreutdanning,2025,");
    assert_null(strstr(oslo, "jordmor,nye_personer"));
    assert_null(strstr(oslo, "spesialsykepleier,nye_personer"));
    assert_null(strchr(strchr(rogaland, '\n') + 1, '\n')); /* no seat there: the header alone */
}

static void apprentices_come_by_school_year_and_route(void **state)
{
    (void)state;
    g_autofree char *table = read_table("fylke-11-rogaland", "laerlinger");
    assert_has(table, "\n11,helsefagarbeider,praksiskandidat,2023/24,");
    assert_has(table, "\n11,ambulansearbeider,laerling,2024/25,");
    assert_null(strstr(table, "Fris"));
}

/* Lists are summed to the fylke, GPs are not. */
static void lists_are_summed_and_gps_are_not(void **state)
{
    (void)state;
    g_autofree char *table = read_table("fylke-15-moere-og-romsdal", "allmennlege");
    assert_has(table, "\n1508,2024-12-31,55,");
    g_auto(GStrv) lines = g_strsplit(table, "\n", -1);
    gboolean is_found = FALSE;
    for (gsize i = 0; lines[i] != NULL; i++) {
        if (g_str_has_prefix(lines[i], "15,2024-12-31,")) {
            /* lister 64, fastleger missing, aapne 9, uten lege 1, innbyggere 67 300 */
            g_auto(GStrv) cells = g_strsplit(lines[i], ",", -1);
            is_found = TRUE;
            assert_string_equal(cells[2], "64");
            assert_string_equal(cells[5], "");
            assert_string_equal(cells[6], "..");
            assert_string_equal(cells[8], "9");
            assert_string_equal(cells[14], "67300");
        }
    }
    assert_true(is_found);
}

static void quality_and_shortage_are_published(void **state)
{
    (void)state;
    g_autofree char *quality = read_table("fylke-03-oslo", "kvalitetsindikator");
    g_autofree char *shortage = read_table("fylke-11-rogaland", "mangel");
    assert_has(quality, "\n0301,qual_doctor_hours,2023,");
    assert_has(quality, ",0.62,");
    assert_has(shortage, "\n11,sykepleier,2017,350,");
}

static void page_words_them(void **state)
{
    (void)state;
    g_autofree char *path = g_build_filename(mini->workspace, "current",
                                             "fylke-15-moere-og-romsdal", "index.html", NULL);
    g_autofree char *page = NULL;
    assert_true(g_file_get_contents(path, &page, NULL, NULL));
    assert_has(page, "Fastlegar og fastlegelister");
    assert_has(page, "Lærekontraktar og fagbrev i helsefaga");
    assert_has(page, "Estimert mangel på arbeidskraft");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(candidates_stand_in_the_package_of_the_seat),
        cmocka_unit_test(apprentices_come_by_school_year_and_route),
        cmocka_unit_test(lists_are_summed_and_gps_are_not),
        cmocka_unit_test(quality_and_shortage_are_published),
        cmocka_unit_test(page_words_them),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
