/* What an attacker who has only the packages finds, and what he does not. */
#include "tests/transforms/audit/attacked.h"

#include "core/error.h"

#define SEXES "t kjonn 0 1 sum\nt kjonn 0 2 sum"
#define REGIONS "t region 11 1101 sum\nt region 11 1103 sum\nt region 11 1106 sum"

static SpTables *alone(SpTable *table)
{
    return tables_of(table, NULL);
}

/* ---- sums ---- */

static void the_only_hidden_part_of_a_shown_whole_is_derived(void **state)
{
    (void)state;
    check_found(alone(TABLE("t", "region:key kjonn:key n:sum", "11 0 40", "11 1 :", "11 2 37")),
                (Knowledge){.sammenheng = SEXES}, "derived t n region=11 kjonn=1");
}

static void a_hidden_whole_of_shown_parts_is_derived(void **state)
{
    (void)state;
    check_found(alone(TABLE("t", "region:key kjonn:key n:sum", "11 0 :", "11 1 3", "11 2 37")),
                (Knowledge){.sammenheng = SEXES}, "derived t n region=11 kjonn=0");
}

static void a_row_that_is_not_there_counts_nobody_and_hides_none(void **state)
{
    (void)state;
    check_found(alone(TABLE("t", "region:key kjonn:key n:sum", "11 0 3", "11 1 :")),
                (Knowledge){.sammenheng = SEXES}, "derived t n region=11 kjonn=1");
}

static void two_hidden_parts_of_a_large_rest_are_safe(void **state)
{
    (void)state;
    check_found(alone(TABLE("t", "region:key kjonn:key n:sum", "11 0 40", "11 1 :", "11 2 :")),
                (Knowledge){.sammenheng = SEXES}, "");
}

/* Each row and column of the square hides two. */
static void a_square_of_hidden_cells_is_safe(void **state)
{
    (void)state;
    check_found(alone(TABLE("t", "region:key kjonn:key n:sum", "11 0 90", "11 1 45", "11 2 45",
                            "1101 0 30", "1101 1 :", "1101 2 :", "1103 0 40",
                            "1103 1 :", "1103 2 :", "1106 0 20", "1106 1 5", "1106 2 15")),
                (Knowledge){.sammenheng = SEXES "\n" REGIONS}, "");
}

/* Women of 11 are 45, and 40 of them not of 1101; of the other four each sum hides two or more. */
static void cells_that_follow_from_several_sums_are_derived(void **state)
{
    (void)state;
    check_found(alone(TABLE("t", "region:key kjonn:key n:sum", "11 0 90", "11 1 45", "11 2 45",
                            "1101 0 :", "1101 1 :", "1101 2 :", "1103 0 :", "1103 1 :", "1103 2 25",
                            "1106 0 20", "1106 1 5", "1106 2 15")),
                (Knowledge){.sammenheng = SEXES "\n" REGIONS}, "derived t n region=1101 kjonn=2");
}

static void a_figure_beside_hidden_ones_whose_sum_is_shown_is_derived(void **state)
{
    (void)state;
    /* Up to 66 and two bands from 67 are 50; the two are 43, though none of them is shown. */
    check_found(alone(TABLE("t", "alder:key n:sum", "000-105 50", "000-066 :", "067-105 43",
                            "067-079 :", "080-105 :")),
                (Knowledge){.sammenheng =
                                "t alder 000-105 000-066 sum\nt alder 000-105 067-079 sum\n"
                                "t alder 000-105 080-105 sum\nt alder 067-105 067-079 sum\n"
                                "t alder 067-105 080-105 sum"},
                "derived t n alder=000-066");
}

static void a_whole_that_no_table_shows_tells_nothing(void **state)
{
    (void)state;
    check_found(alone(TABLE("t", "region:key kjonn:key n:sum", "11 1 :", "11 2 37")),
                (Knowledge){.sammenheng = SEXES}, "");
}

static void a_missing_part_is_unknown_to_everybody(void **state)
{
    (void)state;
    check_found(alone(TABLE("t", "region:key kjonn:key n:sum", "11 0 40", "11 1 :", "11 2 ..")),
                (Knowledge){.sammenheng = SEXES}, "");
}

static void each_measure_is_attacked_by_itself(void **state)
{
    (void)state;
    check_found(alone(TABLE("t", "region:key kjonn:key n:sum m:sum", "11 0 40 50.5",
                            "11 1 : :", "11 2 : 30.25")),
                (Knowledge){.sammenheng = SEXES}, "derived t m region=11 kjonn=1");
}

static void what_one_package_shows_and_another_hides_is_derived(void **state)
{
    (void)state;
    check_found(alone(TABLE("t", "region:key kjonn:key n:sum", "11 0 :", "11 1 :", "11 0 40")),
                (Knowledge){.sammenheng = NULL}, "derived t n region=11 kjonn=0");
}

/* ---- bounds ---- */

static void hidden_counts_of_a_small_rest_are_narrow(void **state)
{
    (void)state;
    check_found(alone(TABLE("t", "region:key kjonn:key n:sum", "11 0 4", "11 1 :", "11 2 :")),
                (Knowledge){.sammenheng = SEXES},
                "narrow 1-3 t n region=11 kjonn=1\nnarrow 1-3 t n region=11 kjonn=2");
}

/* 1 to 4: with the 0 that it is not, a width of 4. */
static void hidden_counts_of_one_to_four_are_as_wide_as_the_rule_asks(void **state)
{
    (void)state;
    check_found(alone(TABLE("t", "region:key kjonn:key n:sum", "11 0 5", "11 1 :", "11 2 :")),
                (Knowledge){.sammenheng = SEXES}, "");
}

static void hidden_counts_whose_sum_is_their_number_are_ones(void **state)
{
    (void)state;
    check_found(alone(TABLE("t", "region:key kjonn:key n:sum", "11 0 2", "11 1 :", "11 2 :")),
                (Knowledge){.sammenheng = SEXES},
                "derived t n region=11 kjonn=1\nderived t n region=11 kjonn=2");
}

/* One person, so one of the two is a zero that its row hides with other figures. */
static void zeros_may_be_hidden_where_sums_say_so(void **state)
{
    (void)state;
    check_found(alone(TABLE("t", "region:key kjonn:key n:sum", "11 0 1", "11 1 :", "11 2 :")),
                (Knowledge){.sammenheng = SEXES},
                "narrow 0-1 t n region=11 kjonn=1\nnarrow 0-1 t n region=11 kjonn=2");
}

static void a_narrow_sum_narrows_those_beside_it(void **state)
{
    (void)state;
    /* Men of 1101 are 1 to 11, since women are at least 1; of 13 men that leaves 2 to 12. */
    check_found(
        alone(TABLE("t", "region:key kjonn:key n:sum", "11 0 53", "11 1 13", "11 2 40", "1101 0 12",
                    "1101 1 :", "1101 2 :", "1103 0 41", "1103 1 :", "1103 2 :")),
        (Knowledge){.sammenheng = SEXES "\n" REGIONS}, "");
    check_found(
        alone(TABLE("t", "region:key kjonn:key n:sum", "11 0 44", "11 1 4", "11 2 40", "1101 0 12",
                    "1101 1 :", "1101 2 :", "1103 0 32", "1103 1 :", "1103 2 :")),
        (Knowledge){.sammenheng = SEXES "\n" REGIONS},
        "narrow 1-3 t n region=1101 kjonn=1\nnarrow 1-3 t n region=1103 kjonn=1\n"
        "narrow 29-31 t n region=1103 kjonn=2\nnarrow 9-11 t n region=1101 kjonn=2");
}

/* y = z = 10 - x and 2y + u = 8, u at least 1: y is at most 3. By each sum alone it is at most
 * 6. */
static void what_no_sum_narrows_alone_all_may_together(void **state)
{
    (void)state;
    check_found(
        alone(TABLE("t", "del:key n:sum", "p 10", "q 10", "r 8", "x :", "y :", "z :", "u :")),
        (Knowledge){.sammenheng = "t del p x sum\nt del p y sum\nt del q x sum\nt del q z sum\n"
                                  "t del r y sum\nt del r z sum\nt del r u sum"},
        "narrow 1-3 t n del=y\nnarrow 1-3 t n del=z\nnarrow 7-9 t n del=x");
}

/* The same of persons of whom some are counted twice: at least 8 are in y, z and u. */
static void persons_counted_twice_leave_more(void **state)
{
    (void)state;
    SpTable *table =
        with_unit(TABLE("t", "del:key n:sum", "p 10", "q 10", "r 8", "x :", "y :", "z :", "u :"),
                  "n", "persons");
    check_found(alone(table),
                (Knowledge){.sammenheng =
                                "t del p x sum\nt del p y sum\nt del q x sum\nt del q z sum\n"
                                "t del r y hoeyst\nt del r z hoeyst\nt del r u hoeyst"},
                "");
}

static void amounts_are_not_judged_by_the_width_of_counts(void **state)
{
    (void)state;
    check_found(alone(TABLE("t", "region:key kjonn:key n:sum", "11 0 2.5", "11 1 :", "11 2 :")),
                (Knowledge){.sammenheng = SEXES}, "");
}

#define SERVICES "t tjeneste tot a hoeyst\nt tjeneste tot b hoeyst"

static void persons_in_several_parts_are_bounded_and_not_summed(void **state)
{
    (void)state;
    SpTable *table =
        with_unit(TABLE("t", "tjeneste:key n:other", "tot 40", "a 30", "b :"), "n", "persons");
    /* The attack by equations takes parts as summing: it errs on the safe side. */
    check_found(alone(table), (Knowledge){.sammenheng = SERVICES}, "derived t n tjeneste=b");
    table = with_unit(TABLE("t", "tjeneste:key n:other", "tot 4", "a :", "b :"), "n", "persons");
    /* Each is 1 to 4, since a person may have both: as events they would be 1 to 3. */
    check_found(alone(table), (Knowledge){.sammenheng = SERVICES}, "");
}

/* At home 9, so no fewer have anything; with a technology at most 2, so no more than 11 have. */
static void the_largest_shown_part_bounds_a_hidden_whole_of_persons(void **state)
{
    (void)state;
    SpTable *table = with_unit(TABLE("t", "region:key tjeneste:key n:other", "11 b 3",
                                     "1101 b :", "1103 b :", "1101 tot :", "1101 a 9"),
                               "n", "persons");
    check_found(alone(table), (Knowledge){.sammenheng = SERVICES "\n" REGIONS},
                "narrow 1-2 t n region=1101 tjeneste=b\nnarrow 1-2 t n region=1103 tjeneste=b\n"
                "narrow 9-11 t n region=1101 tjeneste=tot");
}

static void a_shown_whole_bounds_each_hidden_part_of_persons(void **state)
{
    (void)state;
    SpTable *table =
        with_unit(TABLE("t", "tjeneste:key n:other", "tot 2", "a :", "b :"), "n", "persons");
    check_found(alone(table), (Knowledge){.sammenheng = SERVICES},
                "narrow 1-2 t n tjeneste=a\nnarrow 1-2 t n tjeneste=b");
}

/* Two half positions in different professions: full time, and in neither. */
static void parts_tell_nothing_of_who_is_counted_by_all_that_he_has(void **state)
{
    (void)state;
    SpTable *table =
        with_unit(TABLE("t", "tjeneste:key n:other", "tot 2", "a :", "b :"), "n", "persons");
    check_found(alone(table), (Knowledge){.sammenheng = SERVICES, .samlet = "t n"}, "");
    table = with_unit(TABLE("t", "tjeneste:key n:other", "tot :", "a 9", "b 2"), "n", "persons");
    check_found(alone(table), (Knowledge){.sammenheng = SERVICES, .samlet = "t n"}, "");
}

/* Nobody of the whole has any: its parts tell no more, and no more does a whole of such parts. */
static void what_zeros_alone_tell_is_no_finding(void **state)
{
    (void)state;
    check_found(alone(TABLE("t", "region:key kjonn:key n:sum", "11 0 0",
                            "11 1 :", "11 2 :", "1101 1 :", "1103 1 :")),
                (Knowledge){.sammenheng = SEXES "\n" REGIONS}, "");
    check_found(alone(TABLE("t", "region:key kjonn:key n:sum", "11 0 0",
                            "1101 0 :", "1101 1 :", "1103 0 :", "1103 1 :", "1103 2 0")),
                (Knowledge){.sammenheng = SEXES "\n" REGIONS}, "");
    check_found(alone(TABLE("t", "region:key kjonn:key n:sum", "11 0 :", "11 1 0", "11 2 0")),
                (Knowledge){.sammenheng = SEXES}, "");
    /* All of the whole is in the other part: that the hidden one has nothing is told of it
     * alone. */
    check_found(alone(TABLE("t", "region:key kjonn:key n:sum", "11 0 2.5", "11 1 2.5", "11 2 :")),
                (Knowledge){.sammenheng = SEXES}, "derived t n region=11 kjonn=2");
    check_found(alone(TABLE("t", "region:key kjonn:key n:sum", "11 0 :", "11 1 2.5", "11 2 0")),
                (Knowledge){.sammenheng = SEXES}, "derived t n region=11 kjonn=0");
}

/* ---- ratios ---- */

#define SHARE "t andel heltid personer"

static void of_ratio_numerator_and_denominator_two_give_the_third(void **state)
{
    (void)state;
    check_found(alone(TABLE("t", "region:key personer:sum heltid:sum andel:other", "1101 80 : 0.25",
                            "1103 : 30 0.375", "1106 80 20 :", "1108 : : 0.5",
                            "1111 80 : :", "1112 : - -")),
                (Knowledge){.avledet = SHARE},
                "derived t andel region=1106\nderived t heltid region=1101\n"
                "derived t personer region=1103");
}

static void a_figure_that_a_ratio_gives_back_opens_its_sums(void **state)
{
    (void)state;
    check_found(alone(TABLE("t", "kjonn:key personer:sum heltid:sum andel:other", "0 160 60 0.375",
                            "1 : 20 0.25", "2 : : :")),
                (Knowledge){.sammenheng = SEXES, .avledet = SHARE},
                "derived t heltid kjonn=2\nderived t personer kjonn=1\n"
                "derived t personer kjonn=2");
}

static void ratios_are_not_summed(void **state)
{
    (void)state;
    check_found(alone(TABLE("t", "kjonn:key personer:sum heltid:sum andel:other", "0 : : 0.5",
                            "1 : : 0.25", "2 : : :")),
                (Knowledge){.sammenheng = SEXES, .avledet = SHARE}, "");
}

/* ---- tables that count the same ---- */

static void what_one_table_hides_and_another_shows_is_derived(void **state)
{
    (void)state;
    check_found(tables_of(TABLE("t", "region:key n:sum", "1101 :", "1103 9"),
                          TABLE("u", "region:key n:sum m:sum", "1101 8 :", "1103 9 7")),
                (Knowledge){.samme = "t u"}, "derived t n region=1101");
}

static void bands_of_one_table_are_summed_to_those_of_the_other(void **state)
{
    (void)state;
    check_found(tables_of(TABLE("t", "alder:key n:sum", "000-034 30", "035-044 :", "045-054 12"),
                          TABLE("u", "alder:key n:sum", "000-034 30", "035-054 15")),
                (Knowledge){.sammenheng = "v x 0 1 sum", .samme = "t u"},
                "derived t n alder=035-044");
}

static void bands_that_leave_a_gap_are_not(void **state)
{
    (void)state;
    check_found(tables_of(TABLE("t", "alder:key n:sum", "035-044 :", "046-054 12"),
                          TABLE("u", "alder:key n:sum", "035-054 15")),
                (Knowledge){.sammenheng = "v x 0 1 sum", .samme = "t u"}, "");
}

static void sums_of_both_tables_hold_together(void **state)
{
    (void)state;
    /* By sex in t, by age in u: of each alone two cells are hidden. */
    check_found(tables_of(TABLE("t", "kjonn:key alder:key n:sum",
                                "0 000-105 :", "1 000-105 :", "2 000-105 30"),
                          TABLE("u", "kjonn:key alder:key n:sum", "0 000-105 :", "0 000-066 20",
                                "0 067-105 25", "1 000-105 :")),
                (Knowledge){.sammenheng =
                                "t kjonn 0 1 sum\nt kjonn 0 2 sum\nu alder 000-105 000-066 sum\n"
                                "u alder 000-105 067-105 sum",
                            .samme = "t u"},
                "derived t n kjonn=0 alder=000-105\nderived t n kjonn=1 alder=000-105");
}

/* ---- what is told ---- */

static void all_are_counted_and_the_first_are_named_with_how(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) tables =
        alone(TABLE("t", "region:key kjonn:key n:sum", "11 0 40", "11 1 :", "11 2 37", "12 0 4",
                    "12 1 :", "12 2 :", "13 0 ..", "13 1 .", "13 2 :"));
    g_autoptr(SpTable) sammenheng =
        codes_of("sammenheng", "tabell:key kolonne:key hel:key del:key personer:attribute", SEXES);
    g_autoptr(SpTable) avledet = codes_of("a", "tabell:key maal:key teller:key nevner:key", "");
    g_autoptr(SpTable) samme = codes_of("samme", "tabell:key med:key", "");
    const SpAttackKnowledge knowledge = {
        .sammenheng = sammenheng, .avledet = avledet, .samme = samme};
    const SpAttackOptions options = {
        .least_width = 4.0, .n_named = 2, .most_work = ENOUGH_WORK, .n_near = 0};
    g_autoptr(SpAttack) attack = sp_attack_new(tables, &knowledge, &options, &error);
    assert_no_error(error);
    assert_int_equal(attack->n_cells, 7);
    assert_int_equal(attack->n_hidden, 4);
    assert_int_equal(attack->n_without_sums, 0);
    assert_int_equal(attack->n_found[SP_ATTACK_DERIVED], 1);
    assert_int_equal(attack->n_found[SP_ATTACK_NARROW], 2);
    assert_int_equal(attack->n_found[SP_ATTACK_NOT_ATTACKED], 0);
    assert_int_equal(attack->findings->len, 2);
    const SpAttackFinding *first = attack->findings->pdata[0];
    assert_string_equal(first->how, "it is the only figure hidden of kjonn 0 and its parts");
    const SpAttackFinding *second = attack->findings->pdata[1];
    assert_string_equal(second->how, "its sums leave only 1 to 3");
}

static void what_the_attack_gives_up_is_told(void **state)
{
    (void)state;
    const Knowledge known = {.sammenheng = SEXES "\n" REGIONS};
    SpTables *tables =
        alone(TABLE("t", "region:key kjonn:key n:sum", "11 0 90", "11 1 45", "11 2 45", "1101 0 30",
                    "1101 1 :", "1101 2 :", "1103 0 60", "1103 1 :", "1103 2 :"));
    g_autofree char *found = found_by(attack_on(tables, &known, 0));
    assert_string_equal(found, "not_attacked t n region=1101 kjonn=1\n"
                               "not_attacked t n region=1101 kjonn=2\n"
                               "not_attacked t n region=1103 kjonn=1\n"
                               "not_attacked t n region=1103 kjonn=2");
}

static void figures_that_contradict_each_other_are_no_pass(void **state)
{
    (void)state;
    check_found(
        alone(TABLE("t", "region:key kjonn:key n:sum", "11 0 30", "11 1 :", "11 2 :", "11 3 40")),
        (Knowledge){.sammenheng = SEXES "\nt kjonn 0 3 sum"},
        "not_attacked t n region=11 kjonn=1\nnot_attacked t n region=11 kjonn=2");
}

static void hidden_figures_whose_sums_are_not_known_are_counted(void **state)
{
    (void)state;
    const Knowledge known = {.sammenheng = "u kjonn 0 1 sum", .avledet = "t andel heltid personer"};
    g_autoptr(SpAttack) attack = attack_on(
        alone(TABLE("t", "region:key personer:sum heltid:sum andel:other", "11 : : :", "12 4 : .")),
        &known, ENOUGH_WORK);
    assert_int_equal(attack->n_hidden, 4);
    assert_int_equal(attack->n_without_sums, 3);
}

/* Knowledge that cannot be used is refused: the attack would be weaker than it looks. */
static void a_column_that_is_no_key_is_refused(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) tables = alone(TABLE("t", "region:key n:sum", "11 4"));
    g_autoptr(SpTable) sammenheng =
        codes_of("sammenheng", "tabell:key kolonne:key hel:key del:key personer:attribute", SEXES);
    g_autoptr(SpTable) avledet = codes_of("a", "tabell:key maal:key teller:key nevner:key", "");
    g_autoptr(SpTable) samme = codes_of("samme", "tabell:key med:key", "");
    const SpAttackKnowledge knowledge = {
        .sammenheng = sammenheng, .avledet = avledet, .samme = samme};
    const SpAttackOptions options = {
        .least_width = 4.0, .n_named = 2, .most_work = ENOUGH_WORK, .n_near = 0};
    assert_null(sp_attack_new(tables, &knowledge, &options, &error));
    assert_error(error, SP_ERROR_DATA, "t has no key column \"kjonn\"");
}

static void tables_of_other_keys_do_not_count_the_same(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) tables = tables_of(TABLE("t", "region:key n:sum", "11 4"),
                                           TABLE("u", "region:key aar:key n:sum", "11 2024 4"));
    g_autoptr(SpTable) avledet = codes_of("a", "tabell:key maal:key teller:key nevner:key", "");
    g_autoptr(SpTable) samme = codes_of("samme", "tabell:key med:key", "t u");
    const SpAttackKnowledge knowledge = {.avledet = avledet, .samme = samme};
    const SpAttackOptions options = {
        .least_width = 4.0, .n_named = 2, .most_work = ENOUGH_WORK, .n_near = 0};
    assert_null(sp_attack_new(tables, &knowledge, &options, &error));
    assert_error(error, SP_ERROR_DATA, "u has other key columns");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_only_hidden_part_of_a_shown_whole_is_derived),
        cmocka_unit_test(a_hidden_whole_of_shown_parts_is_derived),
        cmocka_unit_test(a_row_that_is_not_there_counts_nobody_and_hides_none),
        cmocka_unit_test(two_hidden_parts_of_a_large_rest_are_safe),
        cmocka_unit_test(a_square_of_hidden_cells_is_safe),
        cmocka_unit_test(cells_that_follow_from_several_sums_are_derived),
        cmocka_unit_test(a_figure_beside_hidden_ones_whose_sum_is_shown_is_derived),
        cmocka_unit_test(a_whole_that_no_table_shows_tells_nothing),
        cmocka_unit_test(a_missing_part_is_unknown_to_everybody),
        cmocka_unit_test(each_measure_is_attacked_by_itself),
        cmocka_unit_test(what_one_package_shows_and_another_hides_is_derived),
        cmocka_unit_test(hidden_counts_of_a_small_rest_are_narrow),
        cmocka_unit_test(hidden_counts_of_one_to_four_are_as_wide_as_the_rule_asks),
        cmocka_unit_test(hidden_counts_whose_sum_is_their_number_are_ones),
        cmocka_unit_test(zeros_may_be_hidden_where_sums_say_so),
        cmocka_unit_test(a_narrow_sum_narrows_those_beside_it),
        cmocka_unit_test(what_no_sum_narrows_alone_all_may_together),
        cmocka_unit_test(persons_counted_twice_leave_more),
        cmocka_unit_test(amounts_are_not_judged_by_the_width_of_counts),
        cmocka_unit_test(persons_in_several_parts_are_bounded_and_not_summed),
        cmocka_unit_test(the_largest_shown_part_bounds_a_hidden_whole_of_persons),
        cmocka_unit_test(a_shown_whole_bounds_each_hidden_part_of_persons),
        cmocka_unit_test(what_zeros_alone_tell_is_no_finding),
        cmocka_unit_test(parts_tell_nothing_of_who_is_counted_by_all_that_he_has),
        cmocka_unit_test(of_ratio_numerator_and_denominator_two_give_the_third),
        cmocka_unit_test(a_figure_that_a_ratio_gives_back_opens_its_sums),
        cmocka_unit_test(ratios_are_not_summed),
        cmocka_unit_test(what_one_table_hides_and_another_shows_is_derived),
        cmocka_unit_test(bands_of_one_table_are_summed_to_those_of_the_other),
        cmocka_unit_test(bands_that_leave_a_gap_are_not),
        cmocka_unit_test(sums_of_both_tables_hold_together),
        cmocka_unit_test(all_are_counted_and_the_first_are_named_with_how),
        cmocka_unit_test(what_the_attack_gives_up_is_told),
        cmocka_unit_test(figures_that_contradict_each_other_are_no_pass),
        cmocka_unit_test(hidden_figures_whose_sums_are_not_known_are_counted),
        cmocka_unit_test(a_column_that_is_no_key_is_refused),
        cmocka_unit_test(tables_of_other_keys_do_not_count_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
