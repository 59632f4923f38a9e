/* What senders are told of their deliveries: in bokmål, each of its own file alone, whatever is wrong
 * with it. */
#include "tests/check.h"
#include "tests/pipeline/people.h"

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

/* The small country with two years of positions by hand; of 2024 the first row has a code that is in
 * no list. */
static Mini *two_years(void)
{
    g_autofree People *people = people_new();
    Mini *mini = people_country("inbox = pai-{aar}*\nsynthetic = yes\n"
                                "layout = pai_stillinger, pai_stabilitet\n");
    g_autofree char *good = people_file_of_year(people, 2023);
    g_autofree char *other = people_file_of_year(people, 2024);
    char *code = strchr(other, '\n');
    for (int field = 0; field < 6; field++) {
        code = strchr(code, ';') + 1;
    }
    for (int i = 0; i < 4; i++) {
        code[i] = '0';
    }
    people_deliver(mini, "pai-2023.csv", good);
    people_deliver(mini, "pai-2024.csv", other);
    g_auto(Result) fetched = mini_run(mini, NULL, "statpakke-fetch", NULL);
    g_auto(Result) made = mini_run(mini, NULL, "statpakke-normalise", NULL);
    assert_string_equal(fetched.err, "");
    assert_string_equal(made.err, "");
    return mini;
}

static void each_sender_of_persons_is_told_of_its_own_file_alone(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = two_years();
    g_autofree char *good = mini_text(mini, INBOX "/pai-2023.csv.rapport.txt");
    g_autofree char *bad = mini_text(mini, INBOX "/pai-2024.csv.rapport.txt");
    assert_has(good, "\nSYNTETISKE DATA\n");
    assert_has(good, "\nResultat: Lest uten merknader.\n");
    assert_has(good, "\n  2023-12-01: Alle kommuner i inndelingen har rapportert.\n");
    assert_lacks(good, "2024-12-01");
    assert_has(bad, "\nResultat: Lest. Noe bør rettes");
    /* Two layouts read the row; it is one row all the same. */
    assert_has(bad, "\n  Koden står ikke i kodelisten (1)\n"
                    "    kolonne «stillingskode», første gang i rad 2\n"
                    "    Gjør dette: ");
    assert_has(bad, "\n  2024-12-01: Alle kommuner i inndelingen har rapportert.\n");
    assert_lacks(bad, "2023-12-01");
    assert_ptr_equal(strstr(bad, "Koden står"), g_strrstr(bad, "Koden står"));
}

static void the_findings_of_all_files_are_told_together(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = two_years();
    g_autofree char *findings = mini_text(mini, FACTS "/kvalitet.csv");
    assert_has(findings, "unknown_code,stillinger: column stillingskode,");
    assert_has(findings, "row 2 of pai-2024.csv");
}

static gboolean is_there(const Mini *mini, const char *name)
{
    g_autofree char *path = g_build_filename(mini->workspace, INBOX, name, NULL);
    return g_file_test(path, G_FILE_TEST_EXISTS);
}

/* Else all that lies after an empty file would stay in the clear. */
static void an_empty_file_leaves_no_other_in_the_clear(void **state)
{
    (void)state;
    g_autofree People *people = people_new();
    g_autoptr(Mini) mini = people_country("inbox = pai-{aar}*\nsynthetic = yes\n");
    g_autofree char *text = people_file_of_year(people, 2024);
    people_deliver(mini, "pai-2022.csv", "");
    people_deliver(mini, "pai-2023.csv", "");
    people_deliver(mini, "pai-2024.csv", text);
    g_auto(Result) fetched = mini_run(mini, NULL, "statpakke-fetch", NULL);
    assert_int_equal(fetched.status, SP_ERROR_DATA);
    assert_has(fetched.err, "pai-2022.csv is empty");
    assert_has(fetched.err, "pai-2023.csv is empty");
    assert_false(is_there(mini, "pai-2024.csv"));
    assert_true(is_there(mini, "pai-2024.csv.mottatt.json"));
    assert_true(is_there(mini, "pai-2022.csv"));
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
        cmocka_unit_test(each_sender_of_persons_is_told_of_its_own_file_alone),
        cmocka_unit_test(the_findings_of_all_files_are_told_together),
        cmocka_unit_test(an_empty_file_leaves_no_other_in_the_clear),
        cmocka_unit_test(every_rule_of_a_reader_has_its_sentence_and_what_to_do),
        cmocka_unit_test(why_a_file_could_not_be_read_is_told_in_norwegian),
        cmocka_unit_test(a_row_twice_is_told_to_be_one_and_not_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
