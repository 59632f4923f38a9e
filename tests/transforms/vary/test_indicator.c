/* Table indikatorverdi from small facts. */
#include "tests/transforms/vary/indicator.h"

#define OLD "folkemengde.innbyggere{alder=080..105}@+1"
#define YOUNG "folkemengde.innbyggere{alder=000..079}@+1"

/* Three kommuner; 1580 has no users in 2022 as it was part of 1508 then. */
static SpTables *facts(void)
{
    SpTables *in = sp_tables_new();
    SpTable *users = tables_brukere();
    tables_add_brukere(users, "1508", "2022-12-31", sp_real(40.0), sp_real(10.0));
    tables_add_brukere(users, "1511", "2022-12-31", sp_real(20.0), sp_real(10.0));
    tables_add_brukere(users, "1508", "2024-12-31", sp_real(30.0), sp_real(8.0));
    tables_add_brukere(users, "1511", "2024-12-31", sp_real_none(SP_SUPPRESSED), sp_real(9.0));
    tables_add_brukere(users, "1580", "2024-12-31", sp_real(10.0), sp_real(2.0));
    SpTable *persons = tables_folkemengde();
    tables_add_population(persons, "1508", "2023-01-01", 900.0, 100.0);
    tables_add_population(persons, "1511", "2023-01-01", 100.0, 100.0);
    tables_add_population(persons, "1508", "2025-01-01", 600.0, 80.0);
    tables_add_population(persons, "1511", "2025-01-01", 110.0, 90.0);
    tables_add_population(persons, "1580", "2025-01-01", 300.0, 20.0);
    tables_add_population(persons, "15", "2025-01-01", 1010.0, 190.0);
    sp_tables_add(in, users);
    sp_tables_add(in, persons);
    return in;
}

static SpTable *users_per_1000(void)
{
    SpTable *catalogue = tables_indikator();
    TABLES_ADD_INDICATOR(catalogue, "hjem", "count_persons", "no", "yes",
                         "brukere.hjemmetjenestebrukere", POPULATION, "1000", "", "");
    return catalogue;
}

static void value_is_teller_over_the_population_of_next_january(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = facts();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run_well(in, users_per_1000(), quality);
    assert_near(TABLES_FIND(table, "teller", "hjem", "1508", "2022-12-31").value, 40.0, 0.0);
    assert_near(TABLES_FIND(table, "nevner", "hjem", "1508", "2022-12-31").value, 1000.0, 0.0);
    assert_near(TABLES_FIND(table, "verdi", "hjem", "1508", "2022-12-31").value, 40.0, 1e-12);
    assert_near(TABLES_FIND(table, "forventet", "hjem", "1508", "2022-12-31").value, 50.0, 1e-12);
}

/* The same users, in a table that holds a draw of them: by name alone are they known for what they
 * are, and the population they are divided by is whole. */
static void figures_of_a_drawn_table_are_flagged_and_told_of_once(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = facts();
    g_autoptr(SpQuality) quality = sp_quality_new();
    SpTable *drawn = sp_tables_steal(in, "brukere");
    sp_table_set_name(drawn, "trukket");
    sp_tables_add(in, drawn);
    SpTable *catalogue = tables_indikator();
    TABLES_ADD_INDICATOR(catalogue, "hjem", "count_persons", "no", "yes",
                         "trukket.hjemmetjenestebrukere", POPULATION, "1000", "", "");
    g_autoptr(SpTable) table = run_well(in, catalogue, quality);
    assert_int_equal(TABLES_FIND(table, "teller", "hjem", "1508", "2022-12-31").flags,
                     SP_FLAG_SAMPLE);
    assert_int_equal(TABLES_FIND(table, "verdi", "hjem", "1508", "2022-12-31").flags,
                     SP_FLAG_SAMPLE);
    assert_int_equal(TABLES_FIND(table, "nevner", "hjem", "1508", "2022-12-31").flags, 0);
    assert_int_equal(sp_quality_count(quality, "indicator_of_sample"), 1);
    g_autoptr(SpTables) whole = facts();
    g_autoptr(SpQuality) silent = sp_quality_new();
    g_autoptr(SpTable) plain = run_well(whole, users_per_1000(), silent);
    assert_int_equal(TABLES_FIND(plain, "verdi", "hjem", "1508", "2022-12-31").flags, 0);
    assert_int_equal(sp_quality_count(silent, "indicator_of_sample"), 0);
}

static void kommune_without_rows_in_a_period_is_missing_not_zero(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = facts();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run_well(in, users_per_1000(), quality);
    assert_int_equal(TABLES_FIND(table, "teller", "hjem", "1580", "2022-12-31").status, SP_MISSING);
    assert_int_equal(TABLES_FIND(table, "verdi", "hjem", "1580", "2022-12-31").status, SP_MISSING);
    assert_int_equal(TABLES_FIND(table, "forventet", "hjem", "1580", "2022-12-31").status,
                     SP_MISSING);
}

static void suppressed_count_stays_suppressed_and_out_of_the_rate(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = facts();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run_well(in, users_per_1000(), quality);
    assert_int_equal(TABLES_FIND(table, "verdi", "hjem", "1511", "2024-12-31").status,
                     SP_SUPPRESSED);
    /* 40 users of 1000 inhabitants in the two others. */
    assert_near(TABLES_FIND(table, "forventet", "hjem", "1511", "2024-12-31").value, 8.0, 1e-12);
}

/* The users' table has a row of the country, which holds those that are hidden; the population adds
 * up. What is counted from persons here is no source's published figure. */
static void country_has_a_row_where_its_source_publishes_one(void **state)
{
    (void)state;
    for (gsize turn = 0; turn < 2; turn++) {
        g_autoptr(SpTables) in = facts();
        g_autoptr(SpQuality) quality = sp_quality_new();
        SpTable *users = sp_tables_steal(in, "brukere");
        tables_add_brukere(users, "0", "2024-12-31", sp_real(48.0), sp_real(19.0));
        sp_table_set_marks(users, turn == 0 ? 0 : (guint)SP_MARK_SENSITIVE);
        sp_tables_add(in, users);
        g_autoptr(SpTable) table = run_well(in, users_per_1000(), quality);
        assert_int_equal(sp_table_n_rows(table), turn == 0 ? 7 : 6);
        if (turn == 0) {
            assert_near(TABLES_FIND(table, "teller", "hjem", "0", "2024-12-31").value, 48.0, 0.0);
            assert_near(TABLES_FIND(table, "nevner", "hjem", "0", "2024-12-31").value, 1200.0, 0.0);
            assert_near(TABLES_FIND(table, "verdi", "hjem", "0", "2024-12-31").value, 40.0, 1e-12);
            assert_int_equal(TABLES_FIND(table, "forventet", "hjem", "0", "2024-12-31").status,
                             SP_NOT_APPLICABLE);
        }
    }
}

static void only_kommuner_have_rows(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = facts();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run_well(in, users_per_1000(), quality);
    assert_int_equal(sp_table_n_rows(table), 6);
}

static void two_bands_standardise_by_age(void **state)
{
    (void)state;
    SpTable *catalogue = tables_indikator();
    TABLES_ADD_INDICATOR(catalogue, "hjem", "count_persons", "no", "yes",
                         "brukere.hjemmetjenestebrukere", POPULATION, "1000",
                         "brukere.hjemmetjenestebrukere_80p; brukere.hjemmetjenestebrukere - "
                         "brukere.hjemmetjenestebrukere_80p",
                         OLD "; " YOUNG);
    g_autoptr(SpTables) in = facts();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run_well(in, catalogue, quality);
    /* 20 of 200 old, 40 of 1000 young. */
    assert_near(TABLES_FIND(table, "forventet", "hjem", "1508", "2022-12-31").value, 46.0, 1e-12);
    assert_near(TABLES_FIND(table, "forventet", "hjem", "1511", "2022-12-31").value, 14.0, 1e-12);
}

static void bands_without_rates_fall_back_to_one_and_tell(void **state)
{
    (void)state;
    SpTable *catalogue = tables_indikator();
    TABLES_ADD_INDICATOR(catalogue, "hjem", "count_persons", "no", "yes",
                         "brukere.hjemmetjenestebrukere", POPULATION, "1000",
                         "brukere.hjemmetjenestebrukere_80p",
                         "folkemengde.innbyggere{alder=099..105,kjonn=1}@+1");
    g_autoptr(SpTables) in = facts();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run_well(in, catalogue, quality);
    assert_near(TABLES_FIND(table, "forventet", "hjem", "1508", "2022-12-31").value, 50.0, 1e-12);
    assert_true(tables_has_finding(quality, "expected_one_band", "hjem"));
}

static void part_above_its_whole_is_a_finding(void **state)
{
    (void)state;
    SpTable *catalogue = tables_indikator();
    TABLES_ADD_INDICATOR(catalogue, "hjem", "count_persons", "no", "yes",
                         "brukere.hjemmetjenestebrukere_80p", POPULATION, "1000",
                         "brukere.hjemmetjenestebrukere; brukere.hjemmetjenestebrukere_80p - "
                         "brukere.hjemmetjenestebrukere",
                         OLD "; " YOUNG);
    g_autoptr(SpTables) in = facts();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run_well(in, catalogue, quality);
    assert_true(tables_has_finding(quality, "part_above_whole", "hjem region 1508"));
    assert_int_equal(TABLES_FIND(table, "forventet", "hjem", "1508", "2022-12-31").status,
                     SP_PRESENT);
}

static void share_above_one_is_a_finding(void **state)
{
    (void)state;
    SpTable *catalogue = tables_indikator();
    TABLES_ADD_INDICATOR(catalogue, "del", "share", "no", "yes", "brukere.hjemmetjenestebrukere",
                         "brukere.hjemmetjenestebrukere_80p", "1", "", "");
    g_autoptr(SpTables) in = facts();
    tables_add_brukere(sp_tables_find(in, "brukere"), "1506", "2022-12-31", sp_real(100.0),
                       sp_real(25.0));
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run_well(in, catalogue, quality);
    assert_true(tables_has_finding(quality, "teller_above_nevner", "del region 1506"));
    assert_near(TABLES_FIND(table, "verdi", "del", "1506", "2022-12-31").value, 4.0, 0.0);
}

static void aarsverk_without_chance_has_no_expected_figure(void **state)
{
    (void)state;
    SpTable *catalogue = tables_indikator();
    TABLES_ADD_INDICATOR(catalogue, "verk", "aarsverk", "yes", "no",
                         "brukere.hjemmetjenestebrukere", POPULATION, "10000", "", "");
    g_autoptr(SpTables) in = facts();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run_well(in, catalogue, quality);
    assert_int_equal(TABLES_FIND(table, "forventet", "verk", "1508", "2022-12-31").status,
                     SP_NOT_APPLICABLE);
    assert_near(TABLES_FIND(table, "verdi", "verk", "1508", "2022-12-31").value, 400.0, 1e-12);
}

static void figure_without_denominator_is_its_own_value(void **state)
{
    (void)state;
    SpTable *catalogue = tables_indikator();
    TABLES_ADD_INDICATOR(catalogue, "antall", "count_persons", "no", "no",
                         "brukere.hjemmetjenestebrukere", "", "1", "", "");
    g_autoptr(SpTables) in = facts();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run_well(in, catalogue, quality);
    assert_near(TABLES_FIND(table, "verdi", "antall", "1508", "2022-12-31").value, 40.0, 0.0);
    assert_int_equal(TABLES_FIND(table, "nevner", "antall", "1508", "2022-12-31").status,
                     SP_NOT_APPLICABLE);
    assert_int_equal(TABLES_FIND(table, "forventet", "antall", "1508", "2022-12-31").status,
                     SP_NOT_APPLICABLE);
}

static void period_without_any_denominator_is_left_out_and_told(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = facts();
    tables_add_brukere(sp_tables_find(in, "brukere"), "1508", "2015-12-31", sp_real(4.0),
                       sp_real(1.0));
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run_well(in, users_per_1000(), quality);
    assert_int_equal(sp_table_n_rows(table), 6);
    assert_true(tables_has_finding(quality, "period_without_nevner", "hjem 2015-12-31"));
}

static void indicator_whose_source_is_not_there_is_left_out_and_told(void **state)
{
    (void)state;
    SpTable *catalogue = users_per_1000();
    TABLES_ADD_INDICATOR(catalogue, "verk", "aarsverk", "yes", "no", "aarsverk.sykepleier_aarsverk",
                         POPULATION, "10000", "", "");
    g_autoptr(SpTables) in = facts();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run_well(in, catalogue, quality);
    assert_int_equal(sp_table_n_rows(table), 6);
    assert_true(tables_has_finding(quality, "indicator_without_source", "verk"));
}

static void period_that_is_none_is_an_error(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = facts();
    tables_add_brukere(sp_tables_find(in, "brukere"), "1508", "desember", sp_real(4.0),
                       sp_real(1.0));
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    assert_null(run(in, users_per_1000(), quality, &error));
    assert_error(error, SP_ERROR_DATA, "indicator hjem: period \"desember\" is none");
}

static void marks_and_newest_edition_follow(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = facts();
    sp_table_set_marks(sp_tables_find(in, "brukere"), SP_MARK_SENSITIVE);
    sp_table_set_edition(sp_tables_find(in, "brukere"), "2025-06-01");
    sp_table_set_edition(sp_tables_find(in, "folkemengde"), "2025-02-20");
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run_well(in, users_per_1000(), quality);
    assert_int_equal(sp_table_marks(table), SP_MARK_SENSITIVE);
    assert_string_equal(sp_table_edition(table), "2025-06-01");
}

static void empty_facts_give_an_empty_table(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = sp_tables_new();
    sp_tables_add(in, tables_brukere());
    sp_tables_add(in, tables_folkemengde());
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run_well(in, users_per_1000(), quality);
    assert_int_equal(sp_table_n_rows(table), 0);
}

/* 80-year-olds who have home services, among 24 and 25 of them, and where a count is hidden. */
static SpTables *few_persons(void)
{
    SpTables *in = sp_tables_new();
    SpTable *users = tables_brukere();
    SpTable *persons = tables_folkemengde();
    tables_add_brukere(users, "1505", "2022-12-31", sp_real(9.0), sp_real(6.0));
    tables_add_brukere(users, "1506", "2022-12-31", sp_real(9.0), sp_real(5.0));
    tables_add_brukere(users, "1508", "2022-12-31", sp_real(9.0), sp_real_none(SP_SUPPRESSED));
    tables_add_brukere(users, "1511", "2022-12-31", sp_real(9.0), sp_real(0.0));
    tables_add_population(persons, "1505", "2023-01-01", 500.0, 24.0);
    tables_add_population(persons, "1506", "2023-01-01", 500.0, 25.0);
    tables_add_population(persons, "1508", "2023-01-01", 500.0, 24.0);
    tables_add_persons(persons, "1511", "1", "080", "2023-01-01", 0.0);
    sp_tables_add(in, users);
    sp_tables_add(in, persons);
    return in;
}

static SpTable *old_catalogue(const char *kind, const char *chance, const char *per)
{
    SpTable *catalogue = tables_indikator();
    TABLES_ADD_INDICATOR(catalogue, "eldre", kind, "no", chance,
                         "brukere.hjemmetjenestebrukere_80p", OLD, per, "", "");
    return catalogue;
}

static void share_of_fewer_than_25_persons_is_missing_and_told(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = few_persons();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run_well(in, old_catalogue("share", "yes", "1"), quality);
    assert_int_equal(TABLES_FIND(table, "verdi", "eldre", "1505", "2022-12-31").status, SP_MISSING);
    assert_near(TABLES_FIND(table, "verdi", "eldre", "1506", "2022-12-31").value, 0.2, 1e-15);
    assert_near(TABLES_FIND(table, "forventet", "eldre", "1505", "2022-12-31").value,
                24.0 * 11.0 / 49.0, 1e-12);
    assert_true(tables_has_finding(quality, "nevner_too_small", "eldre region 1505"));
    assert_false(tables_has_finding(quality, "nevner_too_small", "eldre region 1506"));
}

static void share_of_a_hidden_count_stays_suppressed_and_of_nobody_not_applicable(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = few_persons();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run_well(in, old_catalogue("share", "yes", "1"), quality);
    assert_int_equal(TABLES_FIND(table, "verdi", "eldre", "1508", "2022-12-31").status,
                     SP_SUPPRESSED);
    assert_int_equal(TABLES_FIND(table, "verdi", "eldre", "1511", "2022-12-31").status,
                     SP_NOT_APPLICABLE);
    assert_false(tables_has_finding(quality, "nevner_too_small", "eldre region 1508"));
    assert_false(tables_has_finding(quality, "nevner_too_small", "eldre region 1511"));
}

static void full_count_is_held_to_25_persons_too_but_a_count_per_1000_is_not(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = few_persons();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) full = run_well(in, old_catalogue("share", "no", "1"), quality);
    g_autoptr(SpTable) count = run_well(in, old_catalogue("count_persons", "yes", "1000"), quality);
    assert_int_equal(TABLES_FIND(full, "verdi", "eldre", "1505", "2022-12-31").status, SP_MISSING);
    assert_int_equal(TABLES_FIND(full, "forventet", "eldre", "1506", "2022-12-31").status,
                     SP_NOT_APPLICABLE);
    assert_near(TABLES_FIND(count, "verdi", "eldre", "1505", "2022-12-31").value, 250.0, 1e-12);
}

static void flags_of_the_count_and_of_the_population_stay_on_the_rate(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = few_persons();
    SpTable *users = sp_tables_find(in, "brukere");
    SpTable *persons = sp_tables_find(in, "folkemengde");
    sp_table_set_real(users, 0, 3, sp_real_flagged(6.0, SP_FLAG_BREAK_BEFORE | SP_FLAG_MODELLED));
    sp_table_set_real(users, 1, 3, sp_real_flagged(5.0, SP_FLAG_BREAK_BEFORE));
    /* One of the two ages over 80 in 1506. */
    sp_table_set_real(persons, 7, 4, sp_real_flagged(1.0, SP_FLAG_MODELLED));
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run_well(in, old_catalogue("share", "yes", "1"), quality);
    assert_int_equal(TABLES_FIND(table, "teller", "eldre", "1506", "2022-12-31").flags,
                     SP_FLAG_BREAK_BEFORE);
    assert_int_equal(TABLES_FIND(table, "nevner", "eldre", "1506", "2022-12-31").flags,
                     SP_FLAG_MODELLED);
    assert_int_equal(TABLES_FIND(table, "verdi", "eldre", "1506", "2022-12-31").flags,
                     SP_FLAG_BREAK_BEFORE | SP_FLAG_MODELLED);
    assert_int_equal(TABLES_FIND(table, "verdi", "eldre", "1505", "2022-12-31").flags,
                     SP_FLAG_BREAK_BEFORE | SP_FLAG_MODELLED);
    assert_int_equal(TABLES_FIND(table, "forventet", "eldre", "1506", "2022-12-31").flags,
                     SP_FLAG_MODELLED);
}

/* Two bands by two sexes; the rates are 1, 2, 3 and 4 in 100, whoever they are put together
 * from. */
static void star_makes_a_band_of_each_age_and_sex(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = sp_tables_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    SpTable *catalogue = tables_indikator();
    TABLES_ADD_INDICATOR(catalogue, "b", "count_persons", "no", "yes",
                         "b.mottakere{alder=000-105,kjonn=0}", POPULATION, "1000",
                         "b.mottakere{alder=*,kjonn=*} or 0",
                         "folkemengde.innbyggere{alder=*,kjonn=*}@+1");
    sp_tables_add(in, TABLE("b", "region:key alder:key kjonn:key period:key mottakere:other",
                            "1508 000-105 0 2022 100", "1508 000-079 1 2022 10",
                            "1508 000-079 2 2022 20", "1508 080-105 1 2022 30",
                            "1508 080-105 2 2022 40", "1511 000-105 0 2022 3",
                            "1511 080-105 1 2022 3"));
    SpTable *persons = tables_folkemengde();
    static const char *const ages[] = {"000", "079", "080", "105"};
    for (gsize i = 0; i < G_N_ELEMENTS(ages); i++) {
        tables_add_persons(persons, "1508", "1", ages[i], "2023-01-01", 500.0);
        tables_add_persons(persons, "1508", "2", ages[i], "2023-01-01", 500.0);
        tables_add_persons(persons, "1511", "1", ages[i], "2023-01-01", 0.0);
        tables_add_persons(persons, "1511", "2", ages[i], "2023-01-01", 0.0);
    }
    tables_add_persons(persons, "1511", "1", "100", "2023-01-01", 100.0);
    sp_tables_add(in, persons);
    g_autoptr(SpTable) table = run_well(in, catalogue, quality);
    /* Men of 80 and over: 33 of 1 100, so 3 of the 100 in 1511; with one band it were 2.5. */
    assert_near(TABLES_FIND(table, "forventet", "b", "1511", "2022").value, 3.0, 1e-12);
    assert_near(TABLES_FIND(table, "forventet", "b", "1508", "2022").value, 100.0, 1e-12);
}

/* Where the nevner's table has the bands too they are taken as they are, never as single ages. */
static void star_takes_the_bands_of_the_nevner_where_it_has_them(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = sp_tables_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    SpTable *catalogue = tables_indikator();
    TABLES_ADD_INDICATOR(catalogue, "b", "share", "no", "yes", "b.sluttet{alder=000-105}",
                         "b.personer{alder=000-105}", "1", "b.sluttet{alder=*} or 0",
                         "b.personer{alder=*} or 0");
    sp_tables_add(in, TABLE("b", "region:key alder:key period:key personer:other sluttet:other",
                            "1508 000-105 2022 200 30", "1508 015-054 2022 100 10",
                            "1508 055-075 2022 100 20", "1511 000-105 2022 100 20",
                            "1511 055-075 2022 100 20"));
    g_autoptr(SpTable) table = run_well(in, catalogue, quality);
    /* One in ten of the younger and 40 of 200 of the older leave. */
    assert_near(TABLES_FIND(table, "forventet", "b", "1508", "2022").value, 10.0 + 20.0, 1e-12);
    assert_near(TABLES_FIND(table, "forventet", "b", "1511", "2022").value, 20.0, 1e-12);
    assert_false(tables_has_finding(quality, "expected_one_band", "b"));
}

static void published_ratio_is_its_own_value(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = sp_tables_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    SpTable *catalogue = tables_indikator();
    TABLES_ADD_INDICATOR(catalogue, "enerom", "rate", "yes", "no", "", "g.brukere", "0.01", "", "",
                         "prosent", "g.enerom_pct");
    sp_tables_add(in, TABLE("g", "region:key period:key brukere:other enerom_pct:other",
                            "1508 2022 40 85/p", "1511 2022 10 :"));
    g_autoptr(SpTable) table = run_well(in, catalogue, quality);
    const SpReal value = TABLES_FIND(table, "verdi", "enerom", "1508", "2022");
    assert_near(value.value, 0.85, 1e-15);
    assert_int_equal(value.flags, SP_FLAG_PROVISIONAL);
    assert_int_equal(TABLES_FIND(table, "verdi", "enerom", "1511", "2022").status, SP_SUPPRESSED);
    assert_int_equal(TABLES_FIND(table, "teller", "enerom", "1508", "2022").status,
                     SP_NOT_APPLICABLE);
    assert_near(TABLES_FIND(table, "nevner", "enerom", "1508", "2022").value, 40.0, 0.0);
}

static void fewer_than_nobody_is_missing_and_told_but_money_may_be_owed(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = sp_tables_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    SpTable *catalogue = tables_indikator();
    TABLES_ADD_INDICATOR(catalogue, "rest", "count_persons", "no", "no", "g.alle - g.noen", "",
                         "1");
    TABLES_ADD_INDICATOR(catalogue, "kroner", "amount", "yes", "no", "g.alle - g.noen", "", "1");
    sp_tables_add(in, TABLE("g", "region:key period:key alle:other noen:other", "1508 2022 3 5"));
    g_autoptr(SpTable) table = run_well(in, catalogue, quality);
    assert_int_equal(TABLES_FIND(table, "verdi", "rest", "1508", "2022").status, SP_MISSING);
    assert_near(TABLES_FIND(table, "verdi", "kroner", "1508", "2022").value, -2.0, 0.0);
    assert_true(tables_has_finding(quality, "teller_below_zero", "rest region 1508"));
    assert_false(tables_has_finding(quality, "teller_below_zero", "kroner region 1508"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(value_is_teller_over_the_population_of_next_january),
        cmocka_unit_test(figures_of_a_drawn_table_are_flagged_and_told_of_once),
        cmocka_unit_test(kommune_without_rows_in_a_period_is_missing_not_zero),
        cmocka_unit_test(suppressed_count_stays_suppressed_and_out_of_the_rate),
        cmocka_unit_test(country_has_a_row_where_its_source_publishes_one),
        cmocka_unit_test(only_kommuner_have_rows),
        cmocka_unit_test(two_bands_standardise_by_age),
        cmocka_unit_test(bands_without_rates_fall_back_to_one_and_tell),
        cmocka_unit_test(part_above_its_whole_is_a_finding),
        cmocka_unit_test(share_above_one_is_a_finding),
        cmocka_unit_test(aarsverk_without_chance_has_no_expected_figure),
        cmocka_unit_test(figure_without_denominator_is_its_own_value),
        cmocka_unit_test(period_without_any_denominator_is_left_out_and_told),
        cmocka_unit_test(indicator_whose_source_is_not_there_is_left_out_and_told),
        cmocka_unit_test(period_that_is_none_is_an_error),
        cmocka_unit_test(marks_and_newest_edition_follow),
        cmocka_unit_test(empty_facts_give_an_empty_table),
        cmocka_unit_test(share_of_fewer_than_25_persons_is_missing_and_told),
        cmocka_unit_test(share_of_a_hidden_count_stays_suppressed_and_of_nobody_not_applicable),
        cmocka_unit_test(full_count_is_held_to_25_persons_too_but_a_count_per_1000_is_not),
        cmocka_unit_test(flags_of_the_count_and_of_the_population_stay_on_the_rate),
        cmocka_unit_test(star_makes_a_band_of_each_age_and_sex),
        cmocka_unit_test(star_takes_the_bands_of_the_nevner_where_it_has_them),
        cmocka_unit_test(published_ratio_is_its_own_value),
        cmocka_unit_test(fewer_than_nobody_is_missing_and_told_but_money_may_be_owed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
