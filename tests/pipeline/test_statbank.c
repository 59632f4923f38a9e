/*
 * Every StatBank dataset of config/statpakke.conf, the accounts and the profiles that come by hand,
 * from their source (the fake upstream, the inbox) to facts, by the programs themselves. Sums are
 * held against what the fake answers when it is asked for them without the pipeline.
 */
#include "tests/pipeline/statbank.h"

#include "core/regions.h"

/* A figure of the facts and the question to the source that gives the same. */
typedef struct {
    const char *dataset;
    const char *measure;
    const char *codes;
    const char *country; /* code of the country, NULL: not looked at */
    const char *table;
    const char *region; /* its variable */
    const char *rest;   /* of the question */
} Case;

#define K "KOKkommuneregion0000"

static const Case cases[] = {
    {"ssb/befolkningsendring", "foedte", "period=2024", "0", "06913", "Region",
     "&valueCodes[ContentsCode]=Fodte&valueCodes[Tid]=2024"},
    {"ssb/befolkningsendring", "innvandring", "period=2021", "0", "06913", "Region",
     "&valueCodes[ContentsCode]=Innvandring&valueCodes[Tid]=2021"},
    {"ssb/framskriving_2026", "innbyggere",
     "alternativ=HHMH kjonn=2 alder=080 period=2030-01-01 utgave=2026", "0", "14746", "Region",
     "&valueCodes[Kjonn]=2&valueCodes[Alder]=080&valueCodes[Framskriv]=HHMH&valueCodes[Tid]=2030"
     "&valueCodes[ContentsCode]=Personer"},
    {"ssb/framskriving_2024", "innbyggere",
     "alternativ=LLML kjonn=1 alder=105 period=2026-01-01 utgave=2024", "0", "14288", "Region",
     "&valueCodes[Kjonn]=1&valueCodes[Alder]=105%2B&valueCodes[Framskriv]=LLML"
     "&valueCodes[Tid]=2026&valueCodes[ContentsCode]=Personer"},
    {"ssb/aarsverk_utdanning", "aarsverk", "yrke=sykepleier period=2024", "0", "14534", K,
     "&valueCodes[KOKutdanning0000]=01&valueCodes[ContentsCode]=KOSaarsverk0000"
     "&valueCodes[Tid]=2024"},
    {"ssb/aarsverk_utdanning", "aarsverk", "yrke=spesialsykepleier period=2025", "0", "14534", K,
     "&valueCodes[KOKutdanning0000]=02a,02b,02c&valueCodes[ContentsCode]=KOSaarsverk0000"
     "&valueCodes[Tid]=2025"},
    {"ssb/aarsverk_utdanning_eldre", "aarsverk", "yrke=helsefagarbeider period=2024", "0", "11924",
     K,
     "&valueCodes[KOKutdanning0000]=06a,06b,06c&valueCodes[ContentsCode]=KOSaarsverk0000"
     "&valueCodes[Tid]=2024"},
    {"ssb/kompetanse", "aarsverk", "utdanning=videreutdanning period=2024", "0", "14534", K,
     "&valueCodes[KOKutdanning0000]=02a,02b,02c,03,04&valueCodes[ContentsCode]=KOSaarsverk0000"
     "&valueCodes[Tid]=2024"},
    {"ssb/aarsverk_yrke", "aarsverk", "yrke=sykepleier period=2024", "0", "14533", K,
     "&valueCodes[KOKyrke0000]=01&valueCodes[ContentsCode]=KOSavtaarsverk0000&valueCodes[Tid]="
     "2024"},
    {"ssb/aarsverk_lege_fysioterapeut", "fysioterapeutaarsverk",
     "avtaleform=selvstendig funksjon=241 period=2024", "0", "11996", K,
     "&valueCodes[KOKavtaleform0000]=SEL&valueCodes[KOKfunksjon0000]=241"
     "&valueCodes[ContentsCode]=KOSfysioaarsverk0000&valueCodes[Tid]=2024"},
    {"ssb/brukere_tjeneste", "tjenestebrukere",
     "alder=080-105 tjeneste=hjemmetjeneste period=2024-12-31", "0", "12003", K,
     "&valueCodes[KOKalder0000]=80%2B&valueCodes[KOKtjenestegruppe0000]=HJE"
     "&valueCodes[ContentsCode]=KOSbrukere0000&valueCodes[Tid]=2024"},
    {"ssb/brukere_grunnlag", "institusjon", "period=2024-12-31", "0", "12292", K,
     "&valueCodes[ContentsCode]=KOSbeboerinst0000&valueCodes[Tid]=2024"},
    {"ssb/plasser", "demensplasser", "period=2024", "0", "11875", K,
     "&valueCodes[ContentsCode]=KOSdemensplass0000&valueCodes[Tid]=2024"},
    {"ssb/kostra_noekkeltall", "aarsverk_per_bruker_omsorg", "period=2024", "0u", "12209", K,
     "&valueCodes[ContentsCode]=KOSaarsvbrukerom0000&valueCodes[Tid]=2024"},
    {"ssb/tjenestetimer", "timer", "tjeneste=institusjon period=2024-12-31", "0", "11643", K,
     "&valueCodes[KOKtjenestegruppe0000]=INS&valueCodes[ContentsCode]=KOStimer0000"
     "&valueCodes[Tid]=2024"},
    {"ssb/helsepersonell_eldre", "sysselsatte",
     "yrke=helsefagarbeider sektor=utenfor_helse period=2018", "0", "07944", "Region",
     "&valueCodes[Utdanning]=HFA,HJE,OMS&valueCodes[Sektor]=UTH"
     "&valueCodes[ContentsCode]=Sysselsatte&valueCodes[Tid]=2018"},
};

static const char *source_code(const Case *one)
{
    return strcmp(one->region, K) != 0 ? "0" : strcmp(one->country, "0u") == 0 ? "EAKUO" : "EAK";
}

/* Whole persons and additive årsverk survive recoding, mergers and splits. Kommuner that were
 * divided in 2020 are missing before, since the population at hand begins later: there one kommune
 * is looked at. */
static void check_case(const Case *one)
{
    const char *only = strstr(one->codes, "period=2018") != NULL ? "0301" : NULL;
    g_autoptr(SpTables) tables = statbank_facts(one->dataset);
    const SpTable *table = sp_tables_at(tables, 0);
    const char *kommuner = only != NULL ? only : "????";
    g_autofree char *parts = g_strdup_printf("%s/data?valueCodes[%s]=%s%s", one->table, one->region,
                                             kommuner, one->rest);
    g_autofree char *whole = g_strdup_printf("%s/data?valueCodes[%s]=%s%s", one->table, one->region,
                                             source_code(one), one->rest);
    g_autofree char *country = g_strdup_printf("region=%s %s", one->country, one->codes);
    g_autofree char *own = g_strdup_printf("region=%s %s", kommuner, one->codes);
    double wanted = statbank_answered(parts);
    double summed = statbank_sum(table, one->measure, only != NULL ? own : one->codes);
    if (!(wanted > 0) || fabs(summed - wanted) > 1e-6 * wanted) {
        fail_msg("%s: %s of %s is %g over kommuner, want %g", one->dataset, one->measure,
                 one->codes, summed, wanted);
    }
    assert_near(statbank_figure(table, one->measure, country).value, statbank_answered(whole),
                1e-6);
}

static void every_table_has_its_sources_sums(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        check_case(&cases[i]);
    }
}

static void fylker_of_a_table_for_fylker_are_ours(void **state)
{
    (void)state;
    g_autoptr(SpTables) tables = statbank_facts("ssb/brukere_fylke");
    const SpTable *table = sp_tables_find(tables, "brukere_fylke");
    double wanted =
        statbank_answered("06969/data?valueCodes[KOKfylkesregion0000]=EAFK46&valueCodes"
                          "[KOKalder0000]=T&valueCodes[KOKtjenestegruppe0000]=INS"
                          "&valueCodes[ContentsCode]=KOSbrukere0000&valueCodes[Tid]=2024");
    const char *codes = "region=46 alder=000-105 tjeneste=institusjon period=2024-12-31";
    assert_true(wanted > 0);
    assert_near(statbank_figure(table, "tjenestebrukere", codes).value, wanted, 0);
}

/* A mean has one source's figure a cell, and no sums. */
static void average_hours_are_those_of_the_table(void **state)
{
    (void)state;
    g_autoptr(SpTables) tables = statbank_facts("ssb/arbeidstid");
    const SpTable *table = sp_tables_find(tables, "arbeidstid");
    double wanted = statbank_answered(
        "12547/data?valueCodes[Utdanning]=HFA&valueCodes[Kjonn]=2&valueCodes[Alder]=55-61"
        "&valueCodes[ContentsCode]=Arbeidstid&valueCodes[Tid]=2024");
    assert_true(wanted > 0);
    assert_near(statbank_figure(table, "timer_uke",
                                "yrke=helsefagarbeider kjonn=2 alder=055-061 period=2024")
                    .value,
                wanted, 0);
}

/* Region codes of KOSTRA: the country, the country without Oslo, fylker and groups beside
 * kommuner. */
static void regions_of_kostra_have_our_codes(void **state)
{
    (void)state;
    g_autoptr(SpTables) tables = statbank_facts("ssb/kostra_noekkeltall");
    const SpTable *table = sp_tables_find(tables, "kostra_noekkeltall");
    const char *const pairs[][2] = {
        {"EAK", "0"}, {"EAKUO", "0u"}, {"EKA46", "46"}, {"EKG12", "EKG12"}, {"4601", "4601"}};
    for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++) {
        g_autofree char *query = g_strdup_printf(
            "12209/data?valueCodes[" K "]=%s&valueCodes[ContentsCode]=KOSbduFKG9innbyg0000"
            "&valueCodes[Tid]=2024",
            pairs[i][0]);
        g_autofree char *codes = g_strdup_printf("region=%s period=2024", pairs[i][1]);
        assert_near(statbank_figure(table, "driftsutgift_omsorg_per_innbygger", codes).value,
                    statbank_answered(query), 0);
    }
    gsize region = sp_table_find(table, "region");
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        assert_true(sp_region_kind(sp_table_code(table, row, region)) != SP_REGION_OTHER);
    }
}

/* A question that leaves a variable out is refused: nothing in a K table is eliminable. */
static void a_k_table_answers_no_question_without_its_region(void **state)
{
    (void)state;
    g_autoptr(SpHttpResponse) response =
        get(fake,
            FAKE_SSB2 "tables/12209/data?valueCodes[ContentsCode]=KOSbduFKG9innbyg0000"
                      "&valueCodes[Tid]=2024",
            NULL);
    assert_int_equal(response->status, 400);
}

static void withheld_and_unreported_figures_keep_their_signs(void **state)
{
    (void)state;
    g_autoptr(SpTables) tables = statbank_facts("ssb/brukere_tjeneste");
    const SpTable *table = sp_tables_find(tables, "brukere_tjeneste");
    gsize measure = statbank_measure(table, "tjenestebrukere");
    gsize n[SP_SUPPRESSED + 1] = {0};
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        SpReal real = sp_table_real(table, row, measure);
        n[real.status]++;
        assert_true(real.status != SP_PRESENT || real.value >= 5);
        assert_true(real.status == SP_PRESENT || real.value == 0);
    }
    assert_true(n[SP_SUPPRESSED] > 100);
    assert_true(n[SP_MISSING] > 10);
    assert_true(n[SP_ZERO] > 0);
}

static gsize count_flags(const SpTable *table, const char *measure, const char *codes, guint flag)
{
    gsize column = statbank_measure(table, measure);
    gsize n = 0;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        SpReal real = sp_table_real(table, row, column);
        n += statbank_is_of(table, row, codes) && (real.flags & flag) != 0;
    }
    return n;
}

static gsize count_numbers(const SpTable *table, const char *measure, const char *codes)
{
    gsize column = statbank_measure(table, measure);
    gsize n = 0;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        n += statbank_is_of(table, row, codes) &&
             sp_real_is_number(sp_table_real(table, row, column));
    }
    return n;
}

/* Published 16 March, revised 15 June; the answer itself marks nothing. */
static void figures_of_march_are_provisional_until_june(void **state)
{
    (void)state;
    const char *unit = "ssb/kostra_noekkeltall";
    const char *measure = "aarsverk_per_bruker_omsorg";
    {
        g_autoptr(SpTables) march = statbank_facts(unit);
        const SpTable *table = sp_tables_at(march, 0);
        assert_int_equal(count_flags(table, measure, "period=2025", SP_FLAG_PROVISIONAL),
                         count_numbers(table, measure, "period=2025"));
        assert_true(count_numbers(table, measure, "period=2025") > 300);
        assert_int_equal(count_flags(table, measure, "period=2024", SP_FLAG_PROVISIONAL), 0);
    }
    statbank_set_day("2026-06-16");
    statbank_run_well("statpakke-fetch", "--unit", unit);
    statbank_run_well("statpakke-normalise", "--unit", unit);
    g_autoptr(SpTables) june = statbank_facts(unit);
    assert_int_equal(
        count_flags(sp_tables_at(june, 0), measure, "period=2025", SP_FLAG_PROVISIONAL), 0);
    statbank_set_day("2026-03-31");
}

static void a_known_break_is_flagged_in_its_first_year_alone(void **state)
{
    (void)state;
    g_autoptr(SpTables) tables = statbank_facts("ssb/brukere_grunnlag");
    const SpTable *table = sp_tables_find(tables, "brukere_grunnlag");
    gsize n = count_flags(table, "bolig_heldoegn", "period=2019-12-31", SP_FLAG_BREAK_BEFORE);
    assert_int_equal(n, count_numbers(table, "bolig_heldoegn", "period=2019-12-31"));
    assert_true(n > 300);
    assert_int_equal(
        count_flags(table, "bolig_heldoegn", "period=2018-12-31", SP_FLAG_BREAK_BEFORE), 0);
    assert_int_equal(
        count_flags(table, "bolig_heldoegn", "period=2020-12-31", SP_FLAG_BREAK_BEFORE), 0);
}

/* Occupations of one profession have its id; those of several keep SSB's row. */
static void occupations_are_professions_where_they_are_one(void **state)
{
    (void)state;
    g_autoptr(SpTables) tables = statbank_facts("ssb/aarsverk_yrke");
    const SpTable *table = sp_tables_find(tables, "aarsverk_yrke");
    const char *const codes[] = {"06",
                                 "07b",
                                 "07c",
                                 "07d",
                                 "07e",
                                 "09",
                                 "99",
                                 "ergoterapeut",
                                 "helsefagarbeider",
                                 "leder",
                                 "spesialsykepleier",
                                 "sykepleier",
                                 "tot",
                                 "uten_helseutdanning",
                                 "vernepleier"};
    double parts = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(codes); i++) {
        g_autofree char *key = g_strdup_printf("region=0 yrke=%s period=2024", codes[i]);
        double value = statbank_figure(table, "aarsverk", key).value;
        parts += strcmp(codes[i], "tot") == 0 ? -value : value;
    }
    /* Each of fifteen figures is rounded to whole årsverk. */
    assert_near(parts, 0, 7.5);
}

static void accounts_are_summed_over_districts_and_arter_in_kroner(void **state)
{
    (void)state;
    g_autoptr(SpTables) tables = statbank_facts("kostra/regnskap");
    const SpTable *table = sp_tables_find(tables, "regnskap");
#define DRIFT(region, function, year)                                                              \
    statbank_figure(table, "beloep",                                                               \
                    "region=" region " kontoklasse=drift funksjon=" function                       \
                    " artsgruppe=loenn period=" year)                                              \
        .value
    assert_near(DRIFT("0301", "257", "2024"), 500e3, 0);
    assert_near(DRIFT("0301", "254", "2023"), 1000e3, 0);
    /* The series of home care goes on where function 254 ends. */
    assert_near(DRIFT("0301", "hjemmetjeneste", "2023"), 1000e3, 0);
    assert_near(DRIFT("0301", "hjemmetjeneste", "2024"), 1200e3, 0);
    assert_near(DRIFT("0301", "omsorg", "2023"), 1400e3, 0);
    /* Schools and their buildings are outside, but not lost. */
    assert_near(DRIFT("0301", "andre", "2023"), 7030e3, 0);
    assert_near(DRIFT("4601", "253", "2024"), -12e3, 0);
    /* 1507 is divided: its accounts are shared, and none is lost. */
    assert_near(DRIFT("1508", "254", "2023") + DRIFT("1580", "254", "2023"), 500e3, 1e-3);
    const SpTable *findings = sp_tables_find(tables, "kvalitet");
    gsize kind = sp_table_find(findings, "kind");
    gboolean is_told = FALSE;
    for (gsize row = 0; row < sp_table_n_rows(findings); row++) {
        is_told |= strcmp(sp_table_code(findings, row, kind), "repeated_key") == 0;
    }
    assert_true(is_told);
}

/* A whole night over them: all tables are published, and the audit finds that they add up where
 * they are said to. SSB's fylker and country are its own figures, and our sum stands beside
 * them. */
static void a_night_publishes_them(void **state)
{
    (void)state;
    static const char *const names[] = {
        "aarsverk",         "aarsverk_yrke", "kompetanse",         "aarsverk_lege_fysioterapeut",
        "brukere_tjeneste", "plasser",       "kostra_noekkeltall", "regnskap"};
    statbank_run_well("statpakke-run", "--set", "package.formats=html");
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path =
            g_strdup_printf("%s/current/nasjonal/data/%s.csv", workspace, names[i]);
        g_autofree char *text = NULL;
        if (!g_file_get_contents(path, &text, NULL, NULL)) {
            fail_msg("no %s", path);
        }
        if (strcmp(names[i], "aarsverk") == 0) {
            assert_non_null(strstr(text, "\n0,sykepleier,2025,"));
            assert_non_null(strstr(text, "\n0k,sykepleier,2025,"));
            assert_non_null(strstr(text, "\n46,sykepleier,2025,"));
        }
    }
}

/* 254 in 2024: a warning in a quarter, and its row is left out. */
static void a_function_that_ended_is_a_warning_in_a_quarter(void **state)
{
    (void)state;
    g_autoptr(SpTables) tables = statbank_facts("kostra/regnskap_kvartal");
    const SpTable *table = sp_tables_find(tables, "regnskap_kvartal");
    assert_near(
        statbank_figure(table, "beloep",
                        "region=1103 kontoklasse=drift funksjon=helse_omsorg artsgruppe=loenn "
                        "period=2024K3")
            .value,
        90e3, 0);
    const SpTable *findings = sp_tables_find(tables, "kvalitet");
    gsize subject = sp_table_find(findings, "subject");
    gboolean is_told = FALSE;
    for (gsize row = 0; row < sp_table_n_rows(findings); row++) {
        is_told |= strcmp(sp_table_code(findings, row, subject), "funksjon 254") == 0;
    }
    assert_true(is_told);
}

static void a_function_that_ended_stops_the_yearly_file(void **state)
{
    (void)state;
    g_autoptr(GString) text = g_string_new(NULL);
    statbank_record(text, "2024", "", "110300", "254", "1");
    statbank_record(text, "2024", "", "110300", "253", "1");
    statbank_deliver(text->str, "inbox", "kostra", "regnskap-aar-2025.txt");
    statbank_run_well("statpakke-fetch", "--unit", "kostra/regnskap");
    g_autofree char *told =
        statbank_run("statpakke-normalise", SP_ERROR_DATA, "--unit", "kostra/regnskap");
    assert_non_null(strstr(told, "funksjon"));
}

static void profiles_by_hand_become_facts(void **state)
{
    (void)state;
    g_autoptr(SpTables) personnel = statbank_facts("tabular/helsepersonell");
    const SpTable *table = sp_tables_find(personnel, "helsepersonell");
    const char *codes =
        "region=0301 yrke=sykepleier sektor=kommune alder=020-024 kjonn=2 period=2024";
    assert_near(statbank_figure(table, "aarsverk", codes).value, 10.5, 0);
    codes = "region=0301 yrke=sykepleier sektor=utenfor_helse alder=020-024 kjonn=2 period=2024";
    assert_int_equal(statbank_figure(table, "sysselsatte", codes).status, SP_SUPPRESSED);
    g_autoptr(SpTables) income = statbank_facts("tabular/inntekt");
    assert_near(statbank_figure(sp_tables_find(income, "inntekt"), "median_inntekt_etter_skatt",
                                "region=0301 period=2024")
                    .value,
                600000, 0);
    g_autoptr(SpTables) leave = statbank_facts("tabular/sykefravaer");
    assert_near(statbank_figure(sp_tables_find(leave, "sykefravaer"), "sykefravaer_lege_pct",
                                "region=0301 naering=86-88 kjonn=0 period=2024K2")
                    .value,
                8.3, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_table_has_its_sources_sums),
        cmocka_unit_test(fylker_of_a_table_for_fylker_are_ours),
        cmocka_unit_test(average_hours_are_those_of_the_table),
        cmocka_unit_test(regions_of_kostra_have_our_codes),
        cmocka_unit_test(a_k_table_answers_no_question_without_its_region),
        cmocka_unit_test(withheld_and_unreported_figures_keep_their_signs),
        cmocka_unit_test(figures_of_march_are_provisional_until_june),
        cmocka_unit_test(a_known_break_is_flagged_in_its_first_year_alone),
        cmocka_unit_test(occupations_are_professions_where_they_are_one),
        cmocka_unit_test(accounts_are_summed_over_districts_and_arter_in_kroner),
        cmocka_unit_test(a_function_that_ended_is_a_warning_in_a_quarter),
        cmocka_unit_test(a_night_publishes_them),
        cmocka_unit_test(a_function_that_ended_stops_the_yearly_file),
        cmocka_unit_test(profiles_by_hand_become_facts),
    };
    return cmocka_run_group_tests(tests, statbank_set_up, statbank_tear_down);
}
