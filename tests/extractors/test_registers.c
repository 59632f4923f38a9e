/*
 * The registers that are read by layout alone: a small made-up extract of each, in the shape of its
 * profile in docs/profiles, and what must not pass for one.
 */
#include "tests/core/rows.h"
#include "tests/extractors/facts.h"

#include "core/real.h"

static const char gp[] =
    "kommunenr;dato;lister;fastleger;aapne_lister;lister_uten_lege;listeinnbyggere\n"
    "0301;2024-12-31;600;590;120;21;1 234 567\n1103;2024-12-31;140;138;12;0;148 000\n";

static void gps_do_not_add_up_and_lists_do(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = facts_of("tabular", "fastlege", gp);
    assert_rows(table, "0301 2024-12-31 600 590 120 21 1234567",
                "1103 2024-12-31 140 138 12 - 148000");
    assert_false(sp_table_column(table, sp_table_find(table, "fastleger"))->is_additive);
    assert_true(sp_table_column(table, sp_table_find(table, "lister"))->is_additive);
    assert_true(sp_table_column(table, sp_table_find(table, "listeinnbyggere"))->is_additive);
}

/* Hjelpepleier and helsefagarbeider are one profession: their authorisations are added. An
 * audiographer is in no list of ours. */
static void authorisations_are_added_by_profession(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = facts_of(
        "tabular", "hpr_autorisasjon",
        "dato;profesjon;alder;kjonn;utdanningsland;autorisasjoner\n"
        "2024-12-31;HF;30-34;2;NO;900\n2024-12-31;HP;30-34;2;NO;100\n2024-12-31;SP;30-34;2;SE;70\n"
        "2024-12-31;AU;30-34;2;NO;9\n");
    assert_rows(table, "2024-12-31 helsefagarbeider 030-034 2 NO 0 1000",
                "2024-12-31 sykepleier 030-034 2 SE 0 70");
}

static void quality_indicators_have_our_ids_and_their_signs(void **state)
{
    (void)state;
    g_autoptr(SpTable) table =
        facts_of("tabular", "nki",
                 "kommunenr;indikator;aar;teller;nevner;verdi\n"
                 "0301;legetimer_sykehjem;2023;;;0,62\n0301;enerom;2023;980;1 000;98,0\n"
                 "1151;enerom;2023;:;:;:\n");
    assert_rows(table, "0301 qual_doctor_hours 2023 .. .. 0.62",
                "0301 qual_single_rooms 2023 980 1000 98", "1151 qual_single_rooms 2023 : : :");
}

static void national_figures_stand_for_the_country(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = facts_of("tabular", "helseomsorg21",
                                        "figur;aar;enhet;verdi\nfou_kommune;2022;mill_kr;123,4\n");
    assert_rows(table, "fou_kommune 2022 0 mill_kr 123.4");
}

static void arrangements_have_two_kommuner_and_a_time(void **state)
{
    (void)state;
    g_autoptr(SpTable) table =
        facts_of("tabular", "vertskommune",
                 "vertskommune;deltaker;tjeneste;fra;til\n1103;1124;legevakt;2015-01-01;\n"
                 "1103;1127;legevakt;2015-01-01;2019-12-31\n");
    assert_rows(table, "1124 1103 legevakt 2015-01-01 _",
                "1127 1103 legevakt 2015-01-01 2019-12-31");
}

static void places_have_coordinates_in_norway(void **state)
{
    (void)state;
    static const char header[] = "sted;slag;navn;kommunenr;breddegrad;lengdegrad\n";
    g_autofree char *good = g_strconcat(header, "s1;sykehus;Et_sted;0301;59.95;10.73\n", NULL);
    g_autofree char *swapped = g_strconcat(header, "s1;sykehus;Et_sted;0301;10.73;59.95\n", NULL);
    g_autoptr(SpTable) table = facts_of("tabular", "sted", good);
    assert_rows(table, "0301 s1 sykehus Et_sted 59.95 10.73");
    facts_check_refused("tabular", "sted", swapped, "at least 57");
}

static void commuters_have_two_ends(void **state)
{
    (void)state;
    g_autoptr(SpTable) table =
        facts_of("tabular", "pendling",
                 "bosted;arbeidssted;aar;sysselsatte\n1124;1103;2023;6000\n1103;1124;2023;5000\n"
                 "1124;1124;2023;4000\n");
    assert_rows(table, "1103 1124 2023 5000", "1124 1103 2023 6000", "1124 1124 2023 4000");
}

static void income_and_sick_leave_are_rates_by_kommune(void **state)
{
    (void)state;
    g_autoptr(SpTable) income =
        facts_of("tabular", "inntekt",
                 "kommune;aar;median_inntekt_etter_skatt;lavinntekt_pct\n0301;2023;702 000;12,5\n");
    assert_rows(income, "0301 2023 702000 12.5");
    g_autoptr(SpTable) leave = facts_of("tabular", "sykefravaer",
                                        "kommune;naering;kjonn;kvartal;avtalte_dagsverk;"
                                        "tapte_dagsverk_lege;sykefravaer_lege_pct\n"
                                        "0301;86-88;0;2024K2;144 578;12 000;8,3\n"
                                        "1151;86-88;0;2024K2;..;:;:\n");
    assert_rows(leave, "0301 86-88 0 2024K2 144578 12000 8.3", "1151 86-88 0 2024K2 .. : :");
}

static void language_decisions_are_three(void **state)
{
    (void)state;
    static const char header[] =
        "kommunenummer,navn_klass,navn_norsk,fylkesnummer,fylkesnavn,maalform,areal_km2,"
        "folketall_2024_01_01\n";
    g_autofree char *good = g_strconcat(header,
                                        "0301,O,O,03,O,Nøytral,1,2\n1114,B,B,11,R,Nynorsk,"
                                        "1,2\n1101,E,E,11,R,Bokmål,1,2\n",
                                        NULL);
    g_autofree char *samisk = g_strconcat(header, "0301,O,O,03,O,Samisk,1,2\n", NULL);
    g_autoptr(SpTable) table = facts_of("tabular", "spraakvedtak", good);
    assert_rows(table, "0301 noeytral", "1101 nb", "1114 nn");
    facts_check_refused("tabular", "spraakvedtak", samisk, "only codes that are ours");
}

/* NAV's table has one column a fylke; occupations that become one profession, and fylker that
 * became one, are added. Figures made up, columns as in 2017. */
static void fylker_in_columns_become_rows(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = facts_of(
        "tabular", "nav_bedriftsundersoekelse",
        "aar,yrkekode,yrke,ostfold,akershus,oslo,hedmark,oppland,buskerud,vestfold,telemark,"
        "aust_agder,vest_agder,rogaland,hordaland,sogn_fjordane,more_og_romsdal,trondelag,nordland,"
        "troms,finnmark,norge\n"
        "2017,2211,A,0,0,0,25,50,0,0,0,0,0,0,0,0,0,0,0,0,0,75\n"
        "2017,2212,B,0,0,0,100,0,0,0,0,0,0,0,0,0,0,0,0,0,0,100\n"
        "2017,7115,C,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1\n");
    gsize region = sp_table_find(table, "region");
    gsize measure = sp_table_find(table, "mangel");
    assert_int_equal(sp_table_n_rows(table), 16); /* 15 fylker and the country, one profession */
    for (gsize row = 0; row < 16; row++) {
        const char *code = sp_table_code(table, row, region);
        double wanted = strcmp(code, "34") == 0 || strcmp(code, "0") == 0 ? 175 : 0;
        assert_near(sp_table_real(table, row, measure).value, wanted, 0);
        assert_string_equal(sp_table_code(table, row, sp_table_find(table, "profesjon")), "lege");
    }
}

/* What a person may send in the place of any of them. */
static void what_is_no_extract_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *part;
    } cases[] = {
        {"", "header"},
        {"kommunenr;dato;lister;fastleger;aapne_lister;lister_uten_lege\n0301;2024-12-31;1;1;1;1\n",
         "\"listeinnbyggere\" is not there"},
        {"kommunenr;dato;lister;fastleger;aapne_lister;lister_uten_lege;listeinnbyggere;fnr\n",
         "\"fnr\""},
        {"kommunenr;dato;lister;fastleger;aapne_lister;lister_uten_lege;listeinnbyggere\n"
         "0301;2024-12-31;1;1\n",
         "row 2"},
        {"kommunenr;dato;lister;fastleger;aapne_lister;lister_uten_lege;listeinnbyggere\n"
         "0301;2024-12-31;1;1;1;1;1\n0301;2024-12-31;1;1;1;1;1\n",
         "region=0301"},
        {"kommunenr;dato;lister;fastleger;aapne_lister;lister_uten_lege;listeinnbyggere\n"
         "0301;2024-12-31;1;=1+1;1;1;1\n",
         "want number, got \"=1+1\""},
        {"kommunenr;dato;lister;fastleger;aapne_lister;lister_uten_lege;listeinnbyggere\n"
         "0301;2024-12-31;-1;1;1;1;1\n",
         "at least 0"},
        {"kommunenr;dato;lister;fastleger;aapne_lister;lister_uten_lege;listeinnbyggere\n"
         "\xc5s;2024-12-31;1;1;1;1;1\n",
         "UTF-8"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        facts_check_refused("tabular", "fastlege", cases[i].text, cases[i].part);
    }
}

static void all_suppressed_is_read_as_such(void **state)
{
    (void)state;
    g_autoptr(SpTable) table =
        facts_of("tabular", "fastlege",
                 "kommunenr;dato;lister;fastleger;aapne_lister;lister_uten_lege;listeinnbyggere\n"
                 "1151;2024-12-31;:;:;:;:;:\n");
    assert_rows(table, "1151 2024-12-31 : : : : :");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gps_do_not_add_up_and_lists_do),
        cmocka_unit_test(authorisations_are_added_by_profession),
        cmocka_unit_test(quality_indicators_have_our_ids_and_their_signs),
        cmocka_unit_test(national_figures_stand_for_the_country),
        cmocka_unit_test(arrangements_have_two_kommuner_and_a_time),
        cmocka_unit_test(places_have_coordinates_in_norway),
        cmocka_unit_test(commuters_have_two_ends),
        cmocka_unit_test(income_and_sick_leave_are_rates_by_kommune),
        cmocka_unit_test(language_decisions_are_three),
        cmocka_unit_test(fylker_in_columns_become_rows),
        cmocka_unit_test(what_is_no_extract_is_refused),
        cmocka_unit_test(all_suppressed_is_read_as_such),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
