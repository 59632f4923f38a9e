/* Sheets that come by hand, through the whole pipeline: IS-24/8, grants, reform reporting, and what
 * their senders are told. Expected figures are worked out by hand beside the rows. */
#include "tests/check.h"
#include "tests/pipeline/sheetbook.h"

#include "core/io/files.h"

#define NORMALISE "stages/normalise/tabular/"

static Mini *mini;

static const char sections[] =
    "[tabular/psykisk_helse_rus]\ntitle = IS-24/8\npublisher = Ingen\nlicence = CC0\n"
    "layout = is24_8\ninbox = is-24-8-*\n"
    "[tabular/tilskudd]\ntitle = Tilskudd\npublisher = Ingen\nlicence = CC0\nlayout = tilskudd\n"
    "inbox = tilskudd-*\n"
    "[tabular/tilskudd_andre]\ntitle = Tilskudd, andre\npublisher = Ingen\nlicence = CC0\n"
    "layout = tilskudd_andre\ninbox = tilskudd-*\nreport_as = andre\n"
    "[tabular/reform]\ntitle = Reform\npublisher = Ingen\nlicence = CC0\nlayout = reform\n"
    "inbox = reform-*\n";

/* The small country with the four datasets in use. */
static Mini *country(void)
{
    Mini *own = mini_new();
    g_autofree char *old = NULL;
    assert_true(g_file_get_contents(own->conf, &old, NULL, NULL));
    g_auto(GStrv) parts = g_strsplit(old, "tabular/aarsverk\n[project]", 2);
    assert_non_null(parts[1]);
    g_autofree char *text = g_strconcat(
        parts[0],
        "tabular/aarsverk, tabular/psykisk_helse_rus, tabular/tilskudd, tabular/tilskudd_andre, "
        "tabular/reform\n[project]",
        parts[1], sections, NULL);
    assert_true(g_file_set_contents(own->conf, text, -1, NULL));
    return own;
}

#define IS24 "Kommunenr|Kommune|Bydel|Målgruppe|Utdanning|År|Årsverk|Videreført"

/* Oslo by its fifteen districts, half an årsverk more in each; Stavanger's report is carried over;
 * Haram (1580) has not answered. */
static void deliver_is24(const Mini *to)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(rows, g_strdup("IS-24/8"));
    g_ptr_array_add(rows, g_strdup(IS24));
    for (int i = 1; i <= 15; i++) {
        g_ptr_array_add(rows,
                        g_strdup_printf("#301|Oslo|%02d|Voksne|Psykolog|#2024|#%d.5|nei", i, i));
    }
    g_ptr_array_add(rows, g_strdup("1103|Stavanger||Voksne|Psykolog|#2024|#7|ja"));
    g_ptr_array_add(rows, g_strdup("1103|Stavanger||Barn og unge|Psykolog|#2024|#2|ja"));
    g_ptr_array_add(rows, g_strdup("1508|Ålesund||Voksne|Psykolog|#2024|3,25|nei"));
    g_ptr_array_add(rows, g_strdup(""));
    g_ptr_array_add(rows, g_strdup("Kilde: kommunene"));
    g_ptr_array_add(rows, NULL);
    const BookSheet sheet = {.name = "Data", .rows = (const char *const *)rows->pdata};
    sheetbook_deliver(to, "tabular", "is-24-8-2024.xlsx", &sheet, 1);
}

static const char grants[] =
    "Kommunenr|Mottaker|Orgnr|Tiltak|År|Personer grunnutdanning|Personer videreutdanning|"
    "Personer etterutdanning|Innovasjonsprosjekter|Beløp|Kvalitetssikret";

/* 3.14 and 4.4 are one measure: Ålesund stands with it twice. KS is no kommune. */
static void deliver_grants(const Mini *to)
{
    static const char *const rogaland[] = {
        "Tilskudd 2024", grants, "#1103|Stavanger|#964965226|3.8|#2024|#10|#5|#0|#1|#250000.5|Ja",
        "|KS|#971032146|3.8|#2024|#1|#0|#0|#0|#100000|Nei", NULL};
    static const char *const moere[] = {
        grants, "1508|Ålesund|#920415288|3.14|#2024|#4|#0|#2|#0|#50000|Ja",
        "1508|Ålesund|#920415288|4.4|#2024|#4|#0|#2|#0|#50000|Ja",
        "1508|Ålesund|#920415288|3.8|#2024|#1|#0|#0|#0|#10000|Ja", NULL};
    static const char *const draft[] = {"Kladd", NULL};
    const BookSheet sheets[] = {{.name = "Rogaland", .rows = rogaland},
                                {.name = "Kladd", .rows = draft, .is_hidden = TRUE},
                                {.name = "Møre og Romsdal", .rows = moere}};
    sheetbook_deliver(to, "tabular", "tilskudd-2024.xlsx", sheets, G_N_ELEMENTS(sheets));
}

#define REFORM "Kommunenr|Kommune|Reform|Halvår|Tilbudt|Deltakelse|Plan|Nettverk|Planenhet"

/* Of four kommuner Haram has no row, Ålesund has not answered about its plan. */
static void deliver_reform(const Mini *to)
{
    static const char *const rows[] = {
        REFORM, "0301|Oslo|Bo trygt hjemme|2024H1|Ja|Deltatt|Vedtatt|Ja|Nei",
        "1103|Stavanger|Bo trygt hjemme|2024H1|Ja|Planlegger|Nei|Nei|Nei",
        "1508|Ålesund|Bo trygt hjemme|2024H1|Nei|Nei||Ja|Nei", NULL};
    const BookSheet sheet = {.name = "Ark1", .rows = rows};
    sheetbook_deliver(to, "tabular", "reform-2024h1.xlsx", &sheet, 1);
}

static void assert_line(const char *text, const char *line)
{
    g_autofree char *whole = g_strdup_printf("\n%s\n", line);
    if (strstr(text, whole) == NULL) {
        fail_msg("no line \"%s\" in:\n%s", line, text);
    }
}

static int set_up(void **state)
{
    (void)state;
    mini = country();
    deliver_is24(mini);
    deliver_grants(mini);
    deliver_reform(mini);
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", NULL);
    if (night.status != 0) {
        fprintf(stderr, "%s", night.err);
    }
    return night.status;
}

static int tear_down(void **state)
{
    (void)state;
    mini_free(mini);
    return 0;
}

/* 1.5 + 2.5 + ... + 15.5 = 127.5: once, and not once more for a row of the whole. */
static void oslo_is_the_sum_of_its_districts(void **state)
{
    (void)state;
    g_autofree char *facts =
        mini_text(mini, NORMALISE "psykisk_helse_rus/latest/psykisk_helse_rus.csv");
    assert_line(facts, "0301,voksne,psykolog,2024,ikke_enkeltkommuner,127.5,,b");
    assert_line(facts, "0301,voksne,tot,2024,ikke_enkeltkommuner,127.5,,b");
    assert_line(facts, "1508,voksne,psykolog,2024,ikke_enkeltkommuner,3.25,,b");
}

/* Professions that are not counted, by education as by occupation: no zero, and the reason
 * beside. */
static void professions_that_nobody_counts_say_so_with_the_reason(void **state)
{
    (void)state;
    g_autofree char *table = mini_text(mini, "current/nasjonal/data/psykisk_helse_og_rus.csv");
    g_autofree char *words = mini_text(mini, "current/nasjonal/data/forklaring.csv");
    assert_line(table, "11,alle,logoped,2024,,,.,");
    assert_non_null(strstr(words, "Logoped (finnes ikke: ingen egen gruppe"));
}

/* The reason stands where the figures are shown, in the reader's language, and of the breaks of the
 * table only that which a figure here is flagged with. */
static void a_break_is_explained_where_its_figures_are_shown(void **state)
{
    (void)state;
    static const char *const files[][2] = {
        {"current/fylke-15-moere-og-romsdal/tema/tjenester.html",
         "b 2024: Ifølgje kjelda kan tal frå"},
        {"current/fylke-15-moere-og-romsdal/datapackage.json",
         "b 2024: Ifølgje kjelda kan tal frå"},
        {"current/nasjonal/tema/tjenester.html", "b 2024: Ifølge kilden kan tall fra"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *text = mini_text(mini, files[i][0]);
        assert_has(text, files[i][1]);
        assert_null(strstr(text, "66 kommun"));
    }
    g_autofree char *words = mini_text(mini, "current/nasjonal/data/forklaring.csv");
    assert_line(words, "brudd,psykisk_helse_og_rus 2024,2024: Ifølge kilden kan tall fra før 2024 "
                       "ikke sammenliknes "
                       "med senere tall");
}

static void carried_over_reports_are_flagged_in_every_sum(void **state)
{
    (void)state;
    g_autofree char *facts =
        mini_text(mini, NORMALISE "psykisk_helse_rus/latest/psykisk_helse_rus.csv");
    assert_line(facts, "1103,voksne,psykolog,2024,ikke_enkeltkommuner,7,,cb");
    assert_line(facts, "1103,alle,tot,2024,ikke_enkeltkommuner,9,,cb");
}

/* Haram has no row: the fylke and the country are missing, not smaller. */
static void a_kommune_without_a_report_is_no_zero(void **state)
{
    (void)state;
    g_autofree char *table = mini_text(mini, "current/nasjonal/data/psykisk_helse_og_rus.csv");
    assert_line(table, "15,voksne,psykolog,2024,,,..,b");
    assert_line(table, "11,voksne,psykolog,2024,,7,,cb");
}

static void the_publishers_warning_follows_the_figures(void **state)
{
    (void)state;
    g_autofree char *page = mini_text(mini, "current/fylke-11-rogaland/tema/tjenester.html");
    assert_non_null(
        strstr(page, "Tallene er ikke egnet til å sammenlikne nivået mellom enkeltkommuner"));
}

static void a_measure_under_two_strategies_is_counted_once(void **state)
{
    (void)state;
    g_autofree char *facts = mini_text(mini, NORMALISE "tilskudd/latest/tilskudd.csv");
    assert_line(facts, "1508,3.14,2024,kommune,ja,4,,,0,-,,2,,,0,-,,50000,,");
    assert_null(strstr(facts, ",4.4,"));
    g_autofree char *quality = mini_text(mini, NORMALISE "tilskudd/latest/kvalitet.csv");
    assert_non_null(strstr(quality, "counted_once"));
}

/* Stavanger 250000.5 and Ålesund 10000 of measure 3.8, and 50000 of 3.14. */
static void sums_are_those_of_the_rows_there_are(void **state)
{
    (void)state;
    g_autofree char *facts = mini_text(mini, NORMALISE "tilskudd/latest/tilskudd.csv");
    assert_non_null(strstr(facts, "\n0,3.8,2024,kommune,ja,11,,,5,,,0,-,,1,,,260000.5,,\n"));
    assert_non_null(strstr(facts, "\n0,alle,2024,kommune,ja,15,,,5,,,2,,,1,,,310000.5,,\n"));
    assert_non_null(strstr(facts, "\n15,alle,2024,kommune,ja,5,,,0,-,,2,,,0,-,,60000,,\n"));
}

static void recipients_that_are_no_kommuner_stand_apart(void **state)
{
    (void)state;
    g_autofree char *facts = mini_text(mini, NORMALISE "tilskudd_andre/latest/tilskudd.csv");
    assert_non_null(strstr(facts, "\n11,3.8,2024,971032146,"));
    g_autofree char *measures = mini_text(mini, "current/nasjonal/data/tiltak.csv");
    assert_non_null(strstr(measures, "\n0,3.8,2024,12,,,5,,,0,-,,1,,,360000.5,,\n"));
    assert_null(strstr(measures, "\n1103,"));
}

/* Oslo and Stavanger were offered it, of four kommuner; Haram has not answered. */
static void those_who_did_not_answer_are_in_the_denominator(void **state)
{
    (void)state;
    g_autofree char *facts = mini_text(mini, NORMALISE "reform/latest/reform.csv");
    assert_line(facts, "0,bo_trygt_hjemme,tilbudt,2024H1,2,,,4,,,1,,,0.5,,");
    assert_line(facts, "0,bo_trygt_hjemme,deltakelse,2024H1,2,,,4,,,1,,,0.5,,");
    assert_line(facts, "0,bo_trygt_hjemme,plan,2024H1,1,,,4,,,2,,,0.25,,");
    assert_line(facts, "15,bo_trygt_hjemme,nettverk,2024H1,1,,,2,,,1,,,0.5,,");
    assert_line(facts, "1580,bo_trygt_hjemme,nettverk,2024H1,0,-,,1,,,1,,,,..,");
}

static void a_report_tells_rows_sheets_and_who_is_silent(void **state)
{
    (void)state;
    g_autofree char *report = mini_text(mini, "inbox/tabular/tilskudd-2024.xlsx.rapport.txt");
    assert_line(report, "Fil: tilskudd-2024.xlsx");
    assert_line(report, "  Rader: 4");
    assert_line(report, "  Ark «Rogaland»: 2");
    assert_line(report, "  Skjulte ark, ikke lest: «Kladd»");
    assert_line(report, "  Rader som ikke hører til dette datasettet: 1");
    assert_line(report, "    0301 Oslo, 1580 Haram");
    assert_non_null(strstr(report, "ark «Møre og Romsdal», rad 3: fant «1508 3.14 2024»"));
    g_autofree char *others = mini_text(mini, "inbox/tabular/tilskudd-2024.xlsx.andre.rapport.txt");
    assert_line(others, "  Rader: 1");
    g_autofree char *quality = mini_text(mini, NORMALISE "reform/latest/kvalitet.csv");
    assert_non_null(strstr(quality, "not_reported,1580 2024H1,Haram has no row"));
}

static void a_second_night_changes_no_report(void **state)
{
    (void)state;
    g_autofree char *before = mini_hash(mini, "inbox");
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", NULL);
    assert_int_equal(night.status, 0);
    g_autofree char *after = mini_hash(mini, "inbox");
    assert_string_equal(before, after);
}

/* A delivery with several faults stops the dataset, and the sender hears of all of them. */
static void a_faulty_delivery_is_told_whole(void **state)
{
    (void)state;
    g_autoptr(Mini) own = country();
    static const char *const rows[] = {IS24,
                                       "0301|Oslo|01|Voksne|Psykolog|#2024|ti|nei",
                                       "1103|Stavanger||Ukjent|Psykolog|#2024|#7|nei",
                                       "1103|Stavanger||Voksne|Psykolog|#2024|#-1|nei",
                                       "1507|Ålesund||Voksne|Psykolog|#2024|#1|nei",
                                       "1508|Ålesund||Voksne|Psykolog|snart|#1|nei",
                                       NULL};
    const BookSheet sheet = {.name = "Data", .rows = rows};
    sheetbook_deliver(own, "tabular", "is-24-8-2024.xlsx", &sheet, 1);
    g_auto(Result) fetched = mini_run(own, NULL, "statpakke-fetch", NULL);
    assert_int_equal(fetched.status, SP_ERROR_NO_INPUT); /* the other three have not come */
    g_auto(Result) made = mini_run(own, NULL, "statpakke-normalise", NULL);
    assert_int_equal(made.status, SP_ERROR_DATA);
    g_autofree char *report = mini_text(own, "inbox/tabular/is-24-8-2024.xlsx.rapport.txt");
    assert_non_null(strstr(report, "Resultat: Ikke lest."));
    assert_line(report, "    ark «Data», rad 2, kolonne «Årsverk»: fant «ti»");
    assert_line(report, "    ark «Data», rad 3, kolonne «Målgruppe»: fant «Ukjent»");
    assert_line(report, "    ark «Data», rad 4, kolonne «Årsverk»: fant «-1»");
    assert_line(report, "    ark «Data», rad 5, kolonne «Kommunenr»: fant «1507»");
    assert_line(report, "    ark «Data», rad 6, kolonne «År»: fant «snart»");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(oslo_is_the_sum_of_its_districts),
        cmocka_unit_test(professions_that_nobody_counts_say_so_with_the_reason),
        cmocka_unit_test(a_break_is_explained_where_its_figures_are_shown),
        cmocka_unit_test(carried_over_reports_are_flagged_in_every_sum),
        cmocka_unit_test(a_kommune_without_a_report_is_no_zero),
        cmocka_unit_test(the_publishers_warning_follows_the_figures),
        cmocka_unit_test(a_measure_under_two_strategies_is_counted_once),
        cmocka_unit_test(sums_are_those_of_the_rows_there_are),
        cmocka_unit_test(recipients_that_are_no_kommuner_stand_apart),
        cmocka_unit_test(those_who_did_not_answer_are_in_the_denominator),
        cmocka_unit_test(a_report_tells_rows_sheets_and_who_is_silent),
        cmocka_unit_test(a_second_night_changes_no_report),
        cmocka_unit_test(a_faulty_delivery_is_told_whole),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
