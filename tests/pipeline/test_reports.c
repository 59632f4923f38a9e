/* What senders are told of their deliveries, in bokmål, whatever is wrong with them. Who is told of
 * what: test_senders.c. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"

#include "core/error.h"

#define HEADER                                                                                     \
    "kommunenummer,aar,hjemmetjenestebrukere,hjemmetjenestebrukere_80p,bolig_heldoegn,"            \
    "institusjon,institusjon_80p,sykepleier_aarsverk_avtalt\n"
#define ROW_OSLO "0301,2022,1500,600,80,390,290,240\n"
#define ROW_STAVANGER "1103,2022,480,210,40,120,95,75\n"

static void assert_lacks(const char *text, const char *part)
{
    if (strstr(text, part) != NULL) {
        fail_msg("\"%s\" is in:\n%.3000s", part, text);
    }
}

/* A reader's own rules would else be passed over in silence. */
static void every_rule_of_a_reader_has_its_sentence_and_what_to_do(void **state)
{
    (void)state;
    /* docs/profiles: iplos.md, kpr.md; transforms/normalise/persons.h */
    static const char *const rules[] = {
        "bad_year",
        "unknown_code",
        "age_outside",
        "not_a_number",
        "field_count",
        "quantity_outside",
        "missing_person",
        "bad_person",
        "bad_death",
        "dead_before_year",
        "unknown_service",
        "bad_date",
        "from_after_to",
        "from_outside",
        "to_before_year",
        "bad_hours",
        "bad_days",
        "duplicate_service",
        "too_many_services",
        "unknown_need",
        "bad_score",
        "duplicate_need",
        "bad_informal",
        "duplicate_informal",
        "outside_year",
        "no_diagnosis",
        "no_tariff",
        "unknown_tariff",
        "unknown_tariff_beside",
        "kommune_in_two_files",
    };
    g_autoptr(Mini) mini = mini_new();
    g_autofree char *path = g_build_filename(mini->data, "rapport.csv", NULL);
    g_autofree char *texts = NULL;
    assert_true(g_file_get_contents(path, &texts, NULL, NULL));
    for (gsize i = 0; i < G_N_ELEMENTS(rules); i++) {
        g_autofree char *sentence = g_strdup_printf("\nregel.%s,", rules[i]);
        g_autofree char *remedy = g_strdup_printf("\nregel.%s.gjoer,", rules[i]);
        assert_has(texts, sentence);
        assert_has(texts, remedy);
    }
}

/* A delivery by hand of users and nurses, as a plain file. */
static Mini *panel_country(void)
{
    Mini *mini = mini_new();
    mini_set(mini, "tabular/brukere", "inbox = panel-{aar}*.csv");
    return mini;
}

/* The report after a delivery that is not used. g_free. */
static char *refused(const Mini *mini, const char *text, gsize size)
{
    g_autofree char *folder = g_build_filename(mini->workspace, "inbox", "tabular", NULL);
    g_autofree char *path = g_build_filename(folder, "panel-2022.csv", NULL);
    assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
    assert_true(g_file_set_contents(path, text, (gssize)size, NULL));
    g_auto(Result) fetched =
        mini_run(mini, NULL, "statpakke-fetch", "--unit=tabular/brukere", NULL);
    assert_string_equal(fetched.err, "");
    g_auto(Result) made =
        mini_run(mini, NULL, "statpakke-normalise", "--unit=tabular/brukere", NULL);
    assert_int_equal(made.status, SP_ERROR_DATA);
    char *report = mini_text(mini, "inbox/tabular/panel-2022.csv.rapport.txt");
    assert_has(report, "\nResultat: Ikke lest. Rett feilene og lever filen på nytt.");
    assert_has(report, "\nLesingen stanset\n  ");
    assert_lacks(report, "snapshot");
    assert_lacks(report, "layout");
    assert_lacks(report, "på engelsk");
    return report;
}

/* What every dataset rests on. */
static void make_division(const Mini *mini)
{
    g_auto(Result) fetched = mini_run(mini, NULL, "statpakke-fetch", NULL);
    g_auto(Result) made = mini_run(mini, NULL, "statpakke-normalise", "--unit=regioner",
                                   "--unit=ssb/folkemengde", NULL);
    assert_int_equal(fetched.status, SP_ERROR_NO_INPUT); /* the panel is still to come */
    assert_int_equal(made.status, 0);
}

static void why_a_file_could_not_be_read_is_told_in_norwegian(void **state)
{
    (void)state;
    static const char utf16[] = "\xff\xfek\0o\0m\0";
    static const struct {
        const char *text;
        gsize size; /* 0: of the text */
        const char *told;
    } cases[] = {
        {HEADER ROW_OSLO "1103,2022,480,210,40,120,95,75,9\n", 0,
         "Rad 3 har 9 felt, men overskriften har 8."},
        {"kommunenummer;aar;hjemmetjenestebrukere\n0301;2022;1\n", 0,
         "Kolonnen «kommunenummer» mangler."},
        {"kommunenummer,aar,hjemmetjenestebrukere,hjemmetjenestebrukere_80p,bolig_heldoegn,"
         "institusjon,institusjon_80p,sykepleier_aarsverk_avtalt,telefon\n"
         "0301,2022,1500,600,80,390,290,240,22\n",
         0, "Filen har kolonner som ikke er med i beskrivelsen av leveringen: \"telefon\"."},
        {HEADER "0301,2022,1500,600,80,390,290,240 \xf8\n", 0, "Filen har tegn som ikke er UTF-8."},
        {utf16, sizeof utf16 - 1, "Filen har tegn som ikke er UTF-8."},
        {HEADER, 0, "Filen har ingen rader under overskriften."},
        {HEADER ROW_OSLO ROW_STAVANGER ROW_OSLO, 0, "Flere rader gjelder det samme"},
    };
    g_autoptr(Mini) mini = panel_country();
    make_division(mini);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        gsize size = cases[i].size > 0 ? cases[i].size : strlen(cases[i].text);
        g_autofree char *report = refused(mini, cases[i].text, size);
        assert_has(report, cases[i].told);
    }
}

static void a_row_twice_is_told_to_be_one_and_not_another(void **state)
{
    (void)state;
    static const char text[] = HEADER ROW_OSLO ROW_STAVANGER ROW_OSLO;
    g_autoptr(Mini) mini = panel_country();
    make_division(mini);
    g_autofree char *report = refused(mini, text, strlen(text));
    assert_has(report, "\nDette må rettes\n  Raden er lik en tidligere rad (1)\n    rad 4: ");
    assert_lacks(report, "med andre tall");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_of_a_reader_has_its_sentence_and_what_to_do),
        cmocka_unit_test(why_a_file_could_not_be_read_is_told_in_norwegian),
        cmocka_unit_test(a_row_twice_is_told_to_be_one_and_not_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
