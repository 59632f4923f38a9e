/* The reader of IPLOS files: each rule of docs/profiles/iplos.md, and files that are none. */
#include "tests/extractors/lists.h"
#include "tests/peak.h"

#define KEY "hemmelig01"
#define FILE_OF(content) "<iplos profil=\"1\" aar=\"2024\">" content "</iplos>\n"
#define PERSON_OF(attributes, content)                                                             \
    "<person id=\"" KEY "\" kommune=\"0301\" bydel=\"03\" foedselsaar=\"1938\" kjonn=\"2\" "       \
    "husstand=\"1\" " attributes ">" content "</person>"
#define PERSON(content) FILE_OF(PERSON_OF("", content))
#define SERVICE "<tjeneste kode=\"15\" fra=\"2021-03-01\" til=\"\" timer=\"3.25\"/>"

static Seen read_with(const char *text, const char *settings, gsize piece)
{
    return seen_read(reading_new("iplos", "iplos_brukere", settings), text, piece);
}

static Seen read_text(const char *text)
{
    return read_with(text, "", 4096);
}

static void check_field(const Seen *seen, guint row, const char *name, const char *want)
{
    g_autofree char *field = record_field(seen->record, row, name);
    if (strcmp(field, want) != 0) {
        fail_msg("row %u: %s is \"%s\", want \"%s\"", row, name, field, want);
    }
}

/* "tjeneste per_3112 timer doegn" of all rows of services, parted by "; ". */
static void check_services(const Seen *seen, const char *want)
{
    static const char *const names[] = {"tjeneste", "per_3112", "timer", "doegn"};
    g_autoptr(GString) all = g_string_new(NULL);
    for (guint row = 0; row < seen->record->rows->len; row++) {
        g_autofree char *kind = record_field(seen->record, row, "slag");
        if (strcmp(kind, "tjeneste") != 0) {
            continue;
        }
        g_string_append(all, all->len > 0 ? "; " : "");
        for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
            g_autofree char *field = record_field(seen->record, row, names[i]);
            g_string_append_printf(all, "%s%s", i > 0 ? " " : "", field[0] != '\0' ? field : "_");
        }
    }
    assert_string_equal(all->str, want);
}

/* A person with these services only: what comes out, and the one rule that is broken, if any. */
static void check_services_of(const char *text, const char *want, const char *rule)
{
    g_auto(Seen) seen = read_text(text);
    check_services(&seen, want);
    assert_int_equal(seen.reading->n_left_out, rule != NULL ? 1 : 0);
    if (rule != NULL) {
        reading_check_rule(seen.reading, rule, 1, 1);
    }
}

/* ---- Rows. */

static void a_person_is_a_row_a_service_and_one_of_her_own(void **state)
{
    (void)state;
    const char *text = PERSON("<behov kode=\"01\" verdi=\"3\"/><uformell timer=\"7.5\"/>" SERVICE
                              "<tjeneste kode=\"21\" fra=\"2024-10-15\" til=\"2025-02-01\" "
                              "doegn=\"78\"/>");
    for (gsize piece = 1; piece < strlen(text); piece = piece * 5 + 1) {
        g_auto(Seen) seen = read_with(text, "", piece);
        assert_true(g_str_has_prefix(
            seen.record->names,
            "aar|person|kommune|bydel|foedselsaar|kjonn|husstand|bistandsbehov|slag|tjeneste|"
            "per_3112|har_timer|timer|har_doegn|doegn|har_uformell|uformell|behov_01|"));
        assert_true(g_str_has_suffix(seen.record->names, "|behov_20"));
        assert_int_equal(seen.record->n_rows, 3);
        assert_true(g_str_has_prefix(record_row(seen.record, 1),
                                     "1: 2024|" KEY "|0301|03|1938|2|1|middels|tjeneste|21|ja|nei||"
                                     "ja|78|ja|7.5000|3||"));
        assert_true(g_str_has_prefix(record_row(seen.record, 2),
                                     "1: 2024|" KEY "|0301|03|1938|2|1|middels|person||ja|nei||"
                                     "nei||ja|7.5000|3||"));
        assert_int_equal(seen.reading->n_left_out, 0);
    }
}

static void a_person_without_services_is_no_row(void **state)
{
    (void)state;
    g_auto(Seen) seen = read_text(PERSON("<behov kode=\"01\" verdi=\"3\"/>"));
    assert_int_equal(seen.record->n_rows, 0);
    g_auto(Seen) nobody = read_text(FILE_OF(""));
    assert_int_equal(nobody.record->n_begins, 1);
}

static void fields_may_be_elements_when_the_list_says_so(void **state)
{
    (void)state;
    g_auto(Seen) seen = {reading_new("iplos", "iplos_brukere", ""), record_new()};
    SpTable *names = sp_tables_find(seen.reading->lists, "iplos_element");
    const char *const added[][2] = {{"tjenester", "samling"},
                                    {"person/kommunenr", "kommune"},
                                    {"person/diagnose", "ignorer"},
                                    {"tjeneste/kode", "tjeneste_kode"}};
    for (gsize i = 0; i < G_N_ELEMENTS(added); i++) {
        gsize row = sp_table_add_row(names);
        sp_table_set_code(names, row, 0, added[i][0]);
        sp_table_set_code(names, row, 1, added[i][1]);
        sp_table_set_code(names, row, 2, "");
    }
    const char *text =
        "<iplos aar='2024'>\n <person id='" KEY "'><diagnose><kode>P70</kode></diagnose>"
        "<kommunenr>0301</kommunenr>\n<tjenester><tjeneste fra='2024-01-01'><kode>15</kode>"
        "</tjeneste></tjenester></person></iplos>";
    g_autoptr(GError) error = NULL;
    (void)reading_parse(seen.reading, &seen.record->sink, text, strlen(text), 3, &error);
    assert_no_error(error);
    check_field(&seen, 0, "kommune", "0301");
    check_services(&seen, "15 ja _ _");
}

/* ---- Services, rule by rule. */

#define ONE(attributes) PERSON("<tjeneste " attributes "/>")

static void a_service_runs_on_31_december_or_not(void **state)
{
    (void)state;
    check_services_of(ONE("kode=\"15\" fra=\"2024-12-31\" til=\"\""), "15 ja _ _", NULL);
    check_services_of(ONE("kode=\"15\" fra=\"2024-05-01\" til=\"2024-12-31\""), "15 ja _ _", NULL);
    check_services_of(ONE("kode=\"15\" fra=\"2024-05-01\" til=\"2024-12-30\""), "15 nei _ _", NULL);
    check_services_of(ONE("kode=\"15\" fra=\"1980-01-01\" til=\"2031-01-01\""), "15 ja _ _", NULL);
    check_services_of(ONE("kode=\"15\" fra=\"01.05.2023\" til=\"01.01.2024\""), "15 nei _ _", NULL);
}

static void an_unknown_service_is_a_finding(void **state)
{
    (void)state;
    check_services_of(ONE("kode=\"10\" fra=\"2024-01-01\""), "", "unknown_service");
    check_services_of(ONE("kode=\"\" fra=\"2024-01-01\""), "", "unknown_service");
    check_services_of(ONE("fra=\"2024-01-01\""), "", "unknown_service");
    check_services_of(ONE("kode=\"16\" fra=\"2024-01-01\""), "", "unknown_service");
}

static void old_housing_codes_are_29_from_2019(void **state)
{
    (void)state;
    check_services_of(ONE("kode=\"12\" fra=\"2024-01-01\""), "29 ja _ _", NULL);
    check_services_of(ONE("kode=\"13\" fra=\"2024-01-01\""), "29 ja _ _", NULL);
    check_services_of("<iplos aar=\"2018\">" PERSON_OF("",
                                                       "<tjeneste kode=\"13\" fra=\"2018-01-01\""
                                                       "/>") "</iplos>",
                      "13 ja _ _", NULL);
    check_services_of("<iplos aar=\"2018\">" PERSON_OF("",
                                                       "<tjeneste kode=\"29\" fra=\"2018-01-01\""
                                                       "/>") "</iplos>",
                      "", "unknown_service");
    check_services_of("<iplos aar=\"2018\">" PERSON_OF("",
                                                       "<tjeneste kode=\"16\" fra=\"2018-01-01\""
                                                       "/>") "</iplos>",
                      "16 ja _ _", NULL);
}

static void one_digit_codes_are_those_of_two(void **state)
{
    (void)state;
    check_services_of(ONE("kode=\"1\" fra=\"2024-01-01\""), "01 ja _ _", NULL);
    check_services_of(ONE("kode=\"01\" fra=\"2024-01-01\""), "01 ja _ _", NULL);
}

static void days_outside_the_rules_are_left_out(void **state)
{
    (void)state;
    check_services_of(ONE("kode=\"15\" fra=\"2024-02-30\""), "", "bad_date");
    check_services_of(ONE("kode=\"15\" fra=\"\""), "", "bad_date");
    check_services_of(ONE("kode=\"15\" fra=\"2024-01-01\" til=\"snart\""), "", "bad_date");
    check_services_of(ONE("kode=\"15\" fra=\"2024-05-02\" til=\"2024-05-01\""), "",
                      "from_after_to");
    check_services_of(ONE("kode=\"15\" fra=\"1979-12-31\""), "", "from_outside");
    check_services_of(ONE("kode=\"15\" fra=\"2025-01-01\""), "", "from_outside");
    check_services_of(ONE("kode=\"15\" fra=\"2023-01-01\" til=\"2023-12-31\""), "",
                      "to_before_year");
}

static void hours_are_a_weeks_and_a_month_is_four_weeks(void **state)
{
    (void)state;
    check_services_of(ONE("kode=\"15\" fra=\"2024-01-01\" timer=\"168\""), "15 ja 168.0000 _",
                      NULL);
    check_services_of(ONE("kode=\"15\" fra=\"2024-01-01\" timer=\"168.0001\""), "", "bad_hours");
    check_services_of(ONE("kode=\"15\" fra=\"2024-01-01\" timer=\"-1\""), "", "bad_hours");
    check_services_of(ONE("kode=\"15\" fra=\"2024-01-01\" timer=\"3,25\""), "", "bad_hours");
    check_services_of(ONE("kode=\"15\" fra=\"2024-01-01\" timer=\"0\""), "15 ja 0.0000 _", NULL);
    check_services_of(ONE("kode=\"15\" fra=\"2024-01-01\" timer_maaned=\"13.01\""),
                      "15 ja 3.2525 _", NULL); /* 13.01 / 4; by 4.33 it would be 3.0046 */
    check_services_of(ONE("kode=\"15\" fra=\"2024-01-01\" timer_maaned=\"672\""),
                      "15 ja 168.0000 _", NULL);
    check_services_of(ONE("kode=\"15\" fra=\"2024-01-01\" timer_maaned=\"672.01\""), "",
                      "bad_hours");
    check_services_of(ONE("kode=\"15\" fra=\"2024-01-01\" timer_maaned=\"999999999999999\""), "",
                      "bad_hours");
}

static void days_in_the_year_are_at_most_366(void **state)
{
    (void)state;
    check_services_of(ONE("kode=\"18\" fra=\"2024-01-01\" doegn=\"366\""), "18 ja _ 366", NULL);
    check_services_of(ONE("kode=\"18\" fra=\"2024-01-01\" doegn=\"367\""), "", "bad_days");
    check_services_of(ONE("kode=\"18\" fra=\"2024-01-01\" doegn=\"-1\""), "", "bad_days");
    check_services_of(ONE("kode=\"18\" fra=\"2024-01-01\" doegn=\"1.5\""), "", "bad_days");
}

static void the_same_service_twice_counts_once(void **state)
{
    (void)state;
    check_services_of(PERSON(SERVICE SERVICE), "15 ja 3.2500 _", "duplicate_service");
}

#define STAY(from, to) "<tjeneste kode=\"21\" fra=\"" from "\" til=\"" to "\" doegn=\"1\"/>"

static void overlapping_long_stays_become_one(void **state)
{
    (void)state;
    /* 1 March to 31 May: 31 + 30 + 31 days. */
    check_services_of(PERSON(STAY("2024-04-01", "2024-05-31") STAY("2024-03-01", "2024-04-01")),
                      "21 nei _ 92", NULL);
    check_services_of(PERSON(STAY("2024-03-01", "") STAY("2024-04-01", "2024-05-31")),
                      "21 ja _ 306", NULL);
    check_services_of(PERSON(STAY("2024-03-01", "2024-03-31") STAY("2024-04-01", "2024-04-30")),
                      "21 nei _ 1; 21 nei _ 1", NULL);
    check_services_of(PERSON(STAY("2023-12-01", "2024-01-10") STAY("2024-01-05", "2024-01-31")
                                 STAY("2024-01-31", "2024-02-29")),
                      "21 nei _ 60", NULL);
    /* Short stays and services at home may stand beside each other. */
    check_services_of(PERSON("<tjeneste kode=\"18\" fra=\"2024-01-01\" til=\"2024-02-01\"/>"
                             "<tjeneste kode=\"18\" fra=\"2024-01-05\" til=\"2024-02-01\"/>"),
                      "18 nei _ _; 18 nei _ _", NULL);
}

static void more_services_than_any_person_has_are_left_out(void **state)
{
    (void)state;
    g_autoptr(GString) text =
        g_string_new("<iplos aar='2024'><person id='" KEY "' kommune='0301'>");
    for (int i = 0; i < 520; i++) {
        g_string_append_printf(text, "<tjeneste kode='15' fra='2024-01-01' timer='%d.%02d'/>",
                               i / 100, i % 100);
    }
    g_string_append(text, "</person></iplos>");
    g_auto(Seen) seen = read_text(text->str);
    assert_int_equal(seen.record->n_rows, 512 + 1);
    reading_check_rule(seen.reading, "too_many_services", 8, 1);
}

/* ---- Persons. */

static void who_died_before_the_year_is_left_out(void **state)
{
    (void)state;
    check_services_of(FILE_OF(PERSON_OF("doed=\"2023-12-31\"", SERVICE)), "", "dead_before_year");
    check_services_of(FILE_OF(PERSON_OF("doed=\"31.12.2023\"", SERVICE)), "", "dead_before_year");
    check_services_of(FILE_OF(PERSON_OF("doed=\"2024-13-01\"", SERVICE)), "", "bad_death");
}

static void no_service_outlives_its_person(void **state)
{
    (void)state;
    check_services_of(FILE_OF(PERSON_OF("doed=\"2024-01-01\"", SERVICE)), "15 nei 3.2500 _", NULL);
    check_services_of(FILE_OF(PERSON_OF("doed=\"2024-12-31\"", SERVICE)), "15 ja 3.2500 _", NULL);
    check_services_of(FILE_OF(PERSON_OF("doed=\"2025-01-02\"", SERVICE)), "15 ja 3.2500 _", NULL);
}

static void check_need(const char *needs, const char *want, const char *rule)
{
    g_autofree char *text = g_strdup_printf("<iplos aar='2024'><person id='" KEY
                                            "' kommune='0301'>%s" SERVICE "</person></iplos>",
                                            needs);
    g_auto(Seen) seen = read_text(text);
    check_field(&seen, 0, "bistandsbehov", want);
    assert_int_equal(seen.reading->n_left_out, rule != NULL ? 1 : 0);
    if (rule != NULL) {
        reading_check_rule(seen.reading, rule, 1, 1);
    }
}

/* 09, 10, 11 and 13 are self-care, 01 and 04 social, 07 and 08 the household, by the list that
 * ships. */
static void composite_need_is_the_class_of_the_highest_group_mean(void **state)
{
    (void)state;
    check_need("", "ikke_kartlagt", NULL);
    check_need("<behov kode='01' verdi='1'/><behov kode='02' verdi='2'/>", "noe", NULL);
    check_need("<behov kode='01' verdi='1'/><behov kode='02' verdi='3'/>", "middels", NULL);
    check_need("<behov kode='01' verdi='4'/><behov kode='02' verdi='1'/>", "omfattende", NULL);
    check_need("<behov kode='01' verdi='5'/>", "omfattende", NULL);
}

static void one_high_score_does_not_make_a_group_of_low_ones_extensive(void **state)
{
    (void)state;
    /* means of self-care: 2, 9/4, 3, 13/4 */
    check_need("<behov kode='09' verdi='5'/><behov kode='10' verdi='1'/>"
               "<behov kode='11' verdi='1'/><behov kode='13' verdi='1'/>",
               "noe", NULL);
    check_need("<behov kode='09' verdi='5'/><behov kode='10' verdi='2'/>"
               "<behov kode='11' verdi='1'/><behov kode='13' verdi='1'/>",
               "middels", NULL);
    check_need("<behov kode='09' verdi='5'/><behov kode='10' verdi='5'/>"
               "<behov kode='11' verdi='1'/><behov kode='13' verdi='1'/>",
               "middels", NULL);
    check_need("<behov kode='09' verdi='5'/><behov kode='10' verdi='5'/>"
               "<behov kode='11' verdi='2'/><behov kode='13' verdi='1'/>",
               "omfattende", NULL);
    /* 9 is in no mean */
    check_need("<behov kode='09' verdi='3'/><behov kode='10' verdi='9'/>", "middels", NULL);
}

static void low_scores_of_other_groups_do_not_hide_a_high_one(void **state)
{
    (void)state;
    check_need("<behov kode='09' verdi='5'/><behov kode='10' verdi='4'/>"
               "<behov kode='01' verdi='1'/><behov kode='04' verdi='1'/>"
               "<behov kode='07' verdi='1'/><behov kode='08' verdi='1'/>",
               "omfattende", NULL);
}

static void nine_is_not_relevant_and_no_score(void **state)
{
    (void)state;
    check_need("<behov kode='01' verdi='9'/>", "ikke_kartlagt", NULL);
    check_need("<behov kode='01' verdi='9'/><behov kode='02' verdi='2'/>", "noe", NULL);
    g_auto(Seen) seen = read_text(
        PERSON("<behov kode=\"01\" verdi=\"9\"/><behov kode=\"02\" verdi=\"2\"/>" SERVICE));
    check_field(&seen, 0, "behov_01", "");
    check_field(&seen, 0, "behov_02", "2");
}

static void needs_outside_the_list_are_left_out(void **state)
{
    (void)state;
    check_need("<behov kode='21' verdi='5'/>", "ikke_kartlagt", "unknown_need");
    check_need("<behov kode='01' verdi='6'/>", "ikke_kartlagt", "bad_score");
    check_need("<behov kode='01' verdi=''/>", "ikke_kartlagt", "bad_score");
    check_need("<behov kode='01' verdi='2'/><behov kode='01' verdi='5'/>", "noe", "duplicate_need");
}

static void sight_and_hearing_are_no_part_of_the_composite(void **state)
{
    (void)state;
    check_need("<behov kode='16' verdi='5'/><behov kode='01' verdi='2'/>", "noe", NULL);
}

static void informal_care_is_at_most_a_week(void **state)
{
    (void)state;
    g_auto(Seen) most = read_text(PERSON("<uformell timer=\"168\"/>" SERVICE));
    check_field(&most, 1, "uformell", "168.0000");
    g_auto(Seen) more = read_text(PERSON("<uformell timer=\"168.01\"/>" SERVICE));
    check_field(&more, 1, "har_uformell", "nei");
    reading_check_rule(more.reading, "bad_informal", 1, 1);
    g_auto(Seen) twice =
        read_text(PERSON("<uformell timer=\"1\"/><uformell timer=\"2\"/>" SERVICE));
    check_field(&twice, 1, "uformell", "1.0000");
    reading_check_rule(twice.reading, "duplicate_informal", 1, 1);
}

static void a_text_longer_than_any_valid_one_is_not_cut_into_one(void **state)
{
    (void)state;
    g_autofree char *key = g_strnfill(65, 'a');
    g_autofree char *text = g_strdup_printf(
        "<iplos aar='2024'><person id='%s' kommune='0301'>" SERVICE "</person></iplos>", key);
    g_auto(Seen) seen = read_text(text);
    check_field(&seen, 0, "person", "?");
}

static void findings_tell_the_number_of_the_person(void **state)
{
    (void)state;
    g_auto(Seen) seen = read_text(FILE_OF(PERSON_OF("", SERVICE) PERSON_OF("", SERVICE) PERSON_OF(
        "", "<tjeneste kode=\"99\" fra=\"2024-01-01\"/>")));
    reading_check_rule(seen.reading, "unknown_service", 1, 3);
}

/* ---- Residence. */

#define AT(kommune, from, to)                                                                      \
    "<person id=\"" KEY "\" kommune=\"" kommune "\" foedselsaar=\"1938\" kjonn=\"2\" "             \
    "husstand=\"1\"><tjeneste kode=\"15\" fra=\"" from "\" til=\"" to "\"/></person>"
#define OTHER                                                                                      \
    "<person id=\"hemmelig02\" kommune=\"4601\"><tjeneste kode=\"15\" fra=\"2024-01-01\" "         \
    "til=\"2024-02-01\"/></person>"

static void check_residence(const char *content, const char *kommune, const char *per_3112)
{
    g_autofree char *text = g_strdup_printf("<iplos aar='2024'>%s</iplos>", content);
    g_auto(Seen) seen = read_with(text, "bosted = yes\n", 100);
    guint n = 0;
    for (guint row = 0; row < seen.record->rows->len; row++) {
        g_autofree char *kind = record_field(seen.record, row, "slag");
        g_autofree char *key = record_field(seen.record, row, "person");
        if (strcmp(kind, "bosted") == 0 && strcmp(key, KEY) == 0) {
            check_field(&seen, row, "kommune", kommune);
            check_field(&seen, row, "per_3112", per_3112);
            n++;
        }
    }
    assert_int_equal(n, 1);
}

static void a_person_lives_where_she_was_last(void **state)
{
    (void)state;
    check_residence(AT("0301", "2024-03-01", "") OTHER AT("1103", "2024-01-01", "2024-02-29"),
                    "0301", "ja");
    check_residence(AT("1103", "2024-01-01", "2024-02-29") AT("0301", "2024-03-01", "2024-06-01"),
                    "0301", "nei");
    /* Both still running: the one that began last; began on one day: the later in the file. */
    check_residence(AT("0301", "2024-03-01", "") AT("1103", "2024-01-01", ""), "0301", "ja");
    check_residence(AT("0301", "2024-01-01", "") AT("1103", "2024-01-01", ""), "1103", "ja");
    /* The future is not later than 31 December. */
    check_residence(AT("0301", "2024-03-01", "2025-05-01") AT("1103", "2024-01-01", ""), "0301",
                    "ja");
    /* A kommune that is none is not valid. */
    check_residence(AT("0301", "2024-01-01", "2024-02-01") AT("", "2024-03-01", ""), "0301", "ja");
    check_residence(AT("30x1", "2024-03-01", "") AT("0301", "2024-01-01", "2024-02-01"), "0301",
                    "ja");
}

static void without_the_setting_nobody_is_remembered(void **state)
{
    (void)state;
    g_auto(Seen) seen = read_text(FILE_OF(AT("0301", "2024-03-01", "")));
    assert_int_equal(seen.record->n_rows, 2);
}

/* ---- Files that are none. */

static void check_refused(const char *text, const char *part)
{
    g_autoptr(Reading) reading = reading_new("iplos", "iplos_brukere", "");
    reading_check_refused(reading, text, part);
}

static void a_damaged_file_is_refused_without_its_content(void **state)
{
    (void)state;
    check_refused("", "is empty");
    check_refused("<iplos aar='2024'><person id='" KEY "'>", "cut short");
    check_refused(FILE_OF(PERSON_OF("", SERVICE)) "<hemmelig/>", "behind the end");
    check_refused("<iplos aar='2024'><person id='" KEY "\xe5'/></iplos>", "encoding");
    check_refused("<!DOCTYPE iplos [<!ENTITY a '" KEY "'>]><iplos aar='2024'/>", "DOCTYPE");
    check_refused("aar;person\n2024;" KEY "\n", "does not begin with <");
}

static void a_file_cut_anywhere_is_refused(void **state)
{
    (void)state;
    static const char text[] = PERSON("<behov kode=\"01\" verdi=\"3\"/>" SERVICE);
    /* The last byte ends the line. */
    for (gsize size = 1; size < strlen(text) - 1; size++) {
        g_autofree char *cut = g_strndup(text, size);
        check_refused(cut, "cut short");
    }
}

static void a_file_without_its_data_year_is_refused(void **state)
{
    (void)state;
    check_refused("<iplos>" PERSON_OF("", SERVICE) "</iplos>", "data year");
    check_refused("<iplos aar=''/>", "data year");
    check_refused("<iplos aar='24'/>", "data year");
    check_refused("<iplos aar='1024'/>", "data year");
    check_refused("<iplos aar='hemmelig'/>", "data year");
}

static void what_the_list_of_elements_does_not_have_is_refused(void **state)
{
    (void)state;
    check_refused("<hemmelig/>", "line 1: an element that is not in");
    check_refused("<iplos aar='2024'>\n<hemmelig/></iplos>", "line 2: an element that is not in");
    check_refused("<iplos aar='2024' hemmelig='1'/>", "attribute 2 of the element is not in");
    check_refused(FILE_OF(PERSON_OF("hemmelig=\"1\"", SERVICE)), "attribute 7 of the element");
    check_refused(FILE_OF(PERSON_OF("", "<tjeneste/>hemmelig")), "text between elements");
}

static void elements_stand_where_they_belong(void **state)
{
    (void)state;
    check_refused("<person id='" KEY "'/>", "where it does not belong");
    check_refused(FILE_OF(SERVICE), "where it does not belong");
    check_refused(FILE_OF(PERSON_OF("", PERSON_OF("", ""))), "where it does not belong");
    check_refused("<iplos aar='2024'><iplos/></iplos>", "where it does not belong");
    check_refused(PERSON("<tjeneste><tjeneste/></tjeneste>"), "where it does not belong");
}

static void the_list_of_elements_must_make_sense(void **state)
{
    (void)state;
    g_autoptr(Reading) reading = reading_new("iplos", "iplos_brukere", "");
    g_autoptr(Record) record = record_new();
    g_autoptr(GError) error = NULL;
    SpTable *names = sp_tables_find(reading->lists, "iplos_element");
    sp_table_set_code(names, 0, 1, "fiil");
    assert_false(reading_parse(reading, &record->sink, "", 0, 1, &error));
    assert_error(error, SP_ERROR_CONFIG, "\"iplos\" is \"fiil\"");
}

/* Persons with a service each. */
static gboolean read_persons(guint n)
{
    Reading *reading = reading_new("iplos", "iplos_brukere", "");
    SpParser *parser = reading_open_count(reading);
    gboolean ok = parser->push(parser, "<iplos aar='2024'>", strlen("<iplos aar='2024'>"), NULL);
    for (guint i = 0; ok && i < n; i++) {
        char text[256];
        int size =
            g_snprintf(text, sizeof text,
                       "<person id='person%08u' kommune='0301'><behov kode='01' verdi='3'/>" SERVICE
                       "</person>\n",
                       i);
        ok = parser->push(parser, text, (gsize)size, NULL);
    }
    return ok && parser->push(parser, "</iplos>", strlen("</iplos>"), NULL) &&
           parser->close(parser, NULL) && reading->count.n_rows == 2 * (guint64)n;
}

static void memory_does_not_grow_with_the_file(void **state)
{
    (void)state;
    check_peak(read_persons, 10000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_person_is_a_row_a_service_and_one_of_her_own),
        cmocka_unit_test(a_person_without_services_is_no_row),
        cmocka_unit_test(fields_may_be_elements_when_the_list_says_so),
        cmocka_unit_test(a_service_runs_on_31_december_or_not),
        cmocka_unit_test(an_unknown_service_is_a_finding),
        cmocka_unit_test(old_housing_codes_are_29_from_2019),
        cmocka_unit_test(one_digit_codes_are_those_of_two),
        cmocka_unit_test(days_outside_the_rules_are_left_out),
        cmocka_unit_test(hours_are_a_weeks_and_a_month_is_four_weeks),
        cmocka_unit_test(days_in_the_year_are_at_most_366),
        cmocka_unit_test(the_same_service_twice_counts_once),
        cmocka_unit_test(overlapping_long_stays_become_one),
        cmocka_unit_test(more_services_than_any_person_has_are_left_out),
        cmocka_unit_test(who_died_before_the_year_is_left_out),
        cmocka_unit_test(no_service_outlives_its_person),
        cmocka_unit_test(composite_need_is_the_class_of_the_highest_group_mean),
        cmocka_unit_test(one_high_score_does_not_make_a_group_of_low_ones_extensive),
        cmocka_unit_test(low_scores_of_other_groups_do_not_hide_a_high_one),
        cmocka_unit_test(nine_is_not_relevant_and_no_score),
        cmocka_unit_test(needs_outside_the_list_are_left_out),
        cmocka_unit_test(sight_and_hearing_are_no_part_of_the_composite),
        cmocka_unit_test(informal_care_is_at_most_a_week),
        cmocka_unit_test(a_text_longer_than_any_valid_one_is_not_cut_into_one),
        cmocka_unit_test(findings_tell_the_number_of_the_person),
        cmocka_unit_test(a_person_lives_where_she_was_last),
        cmocka_unit_test(without_the_setting_nobody_is_remembered),
        cmocka_unit_test(a_damaged_file_is_refused_without_its_content),
        cmocka_unit_test(a_file_cut_anywhere_is_refused),
        cmocka_unit_test(a_file_without_its_data_year_is_refused),
        cmocka_unit_test(what_the_list_of_elements_does_not_have_is_refused),
        cmocka_unit_test(elements_stand_where_they_belong),
        cmocka_unit_test(the_list_of_elements_must_make_sense),
        cmocka_unit_test(memory_does_not_grow_with_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
