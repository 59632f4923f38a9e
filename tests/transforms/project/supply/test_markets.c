/* Labour-market regions of commuters, and where work moves within one. */
#include "tests/transforms/project/supply/land.h"

#include "transforms/project/supply/labour_markets.h"
#include "transforms/project/supply/markets.h"
#include "transforms/project/supply/supply.h"

enum { N = 5 };

/* A town (0), a neighbour that sends a third there (1), one that sends a third to the neighbour and
 * hardly anybody to the town (2), another town (3), and a place that sends one in twenty there
 * (4). */
static const double commuters[N * N] = {950, 50, 0, 0, 0, 100, 190, 10, 0, 0, 5, 60, 115,
                                        0,   0,  0, 0, 0, 800, 0,   0,  0, 0, 3, 57};
static const double people[N] = {2000, 600, 400, 1500, 120};

static void assert_cores(double least, double inhabitants, const guint wanted[N])
{
    const SpPlaceRules rules = {.commuting = least, .inhabitants = inhabitants};
    guint core[N];
    sp_labour_markets(N, commuters, people, &rules, core);
    assert_memory_equal(core, wanted, sizeof core);
}

/* 2 joins 1 by 60 of 180, and together they send 105 of 480, 22 %, to the town: chains are
 * followed. */
static void smaller_join_larger_and_chains_are_followed(void **state)
{
    (void)state;
    assert_cores(0.1, 0, (guint[]){0, 0, 0, 3, 4});
    assert_cores(0.3, 0, (guint[]){0, 1, 1, 3, 4});
    assert_cores(0.5, 0, (guint[]){0, 1, 2, 3, 4});
}

/* One in twenty is too few, but 120 people are no labour market. */
static void a_small_region_joins_where_most_go(void **state)
{
    (void)state;
    assert_cores(0.1, 200, (guint[]){0, 0, 0, 3, 3});
    /* Whom nobody leaves stays alone, however small. */
    assert_cores(0.1, 1e6, (guint[]){0, 0, 0, 3, 3});
}

static SpMarkets *markets_of(SpTables *in, SpQuality *quality)
{
    SpPlaceRules rules;
    g_autoptr(GError) error = NULL;
    assert_true(sp_place_rules_read(in, &rules, &error));
    SpMarkets *markets = sp_markets_new(in, &rules, quality, &error);
    assert_no_error(error);
    return markets;
}

/* 1101 sends 250 of 550 to 1103, and 1108 300 of 1 200 there; 4601 sends 2 % out. */
static void regions_are_told_or_made_of_commuters_or_fylker(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpMarkets) told = markets_of(in, quality);
    assert_string_equal(told->names[told->market[2]], "A2");
    land_replace(in, "region", land_regions(FALSE));
    g_autoptr(SpMarkets) made = markets_of(in, quality);
    assert_int_equal(made->n_markets, 2);
    assert_string_equal(made->names[made->market[0]], "1103");
    assert_string_equal(made->names[made->market[2]], "1103");
    assert_string_equal(made->names[made->market[3]], "4601");
    assert_int_equal(sp_quality_count(quality, "no_labour_market_regions"), 0);
    land_replace(in, "pendling", NULL);
    g_autoptr(SpMarkets) fylker = markets_of(in, quality);
    assert_string_equal(fylker->names[fylker->market[0]], "11");
    assert_int_equal(sp_quality_count(quality, "no_labour_market_regions"), 1);
    assert_int_equal(sp_quality_count(quality, "no_commuting"), 1);
}

/* Only 4601 grows, 1 % of the base a year. 1108 has 30 of its 1 130 workers from there; all of
 * 4601's live there. */
static void workforce_follows_where_commuters_live(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpMarkets) markets = markets_of(in, quality);
    gsize n = markets->n_days;
    assert_near(markets->workforce[0 * n + 10], 1.0, 1e-9);
    assert_near(markets->workforce[2 * n + 10], 1 + 0.1 * 30 / (200 + 900 + 30), 1e-8);
    assert_near(markets->workforce[3 * n + 10], 1.1, 1e-8);
    for (gsize u = 0; u < LAND_KOMMUNER; u++) {
        assert_near(markets->workforce[u * n], 1.0, 1e-12);
    }
}

static SpSupplyPaths *paths_told(const SpTables *in, SpQuality *quality)
{
    SpSupplyOptions options;
    SpSupplyPaths *paths = NULL;
    g_autoptr(GError) error = NULL;
    sp_supply_options_init(&options);
    assert_true(sp_supply_paths_make(in, &options, NULL, quality, &paths, &error));
    assert_no_error(error);
    return paths;
}

static SpQuality *findings_of(const SpTables *in)
{
    SpQuality *quality = sp_quality_new();
    sp_supply_paths_free(paths_told(in, quality));
    return quality;
}

/* The findings of a kind, by row "SUBJECT N". */
static char *told_of(const SpQuality *quality, const char *kind)
{
    g_autoptr(SpTable) table = sp_quality_table(quality);
    gsize subject = sp_table_find(table, "subject"), n = sp_table_find(table, "n");
    GString *text = g_string_new(NULL);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, sp_table_find(table, "kind")), kind) == 0) {
            g_string_append_printf(text, "%s %g\n", sp_table_code(table, row, subject),
                                   sp_table_real(table, row, n).value);
        }
    }
    return g_string_free(text, FALSE);
}

/* Of 1103's 2 000 who work where they live a hundredth is left, and 4601's are there a hundred
 * times. */
static void a_row_of_commuters_that_cannot_be_all_is_told(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    g_autoptr(SpQuality) whole = sp_quality_new(), quality = sp_quality_new();
    g_autoptr(SpMarkets) usual = markets_of(in, whole);
    assert_int_equal(usual->n_kommuner, LAND_KOMMUNER);
    assert_int_equal(sp_quality_count(whole, "commuting_thin"), 0);
    SpTable *table = sp_tables_find(in, "pendling");
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *home = sp_table_code(table, row, 0), *place = sp_table_code(table, row, 1);
        double persons = sp_table_real(table, row, 3).value;
        gboolean is_cut = strcmp(home, "1103") == 0 && strcmp(place, "1103") == 0;
        double times = is_cut ? 0.01 : strcmp(home, "4601") == 0 ? 100 : 1;
        sp_table_set_real(table, row, 3, sp_real(persons * times));
    }
    g_autoptr(SpMarkets) spoilt = markets_of(in, quality);
    assert_int_equal(spoilt->n_kommuner, LAND_KOMMUNER);
    g_autofree char *told = told_of(quality, "commuting_thin");
    assert_string_equal(told, "1103 1\n4601 1\n");
}

/* The stock without those of 40-44 of one profession. */
static SpTables *without_a_band(double times)
{
    SpTables *in = land_new();
    SpTable *table = land_empty_personnel();
    const SpTable *all = sp_tables_find(in, "helsepersonell");
    for (gsize row = 0; row < sp_table_n_rows(all); row++) {
        const char *codes[6];
        for (gsize i = 0; i < 6; i++) {
            codes[i] = sp_table_code(all, row, i);
        }
        if (strcmp(codes[1], "lege") != 0) {
            land_add_personnel(table, codes, sp_table_real(all, row, 6).value,
                               sp_table_real(all, row, 7).value);
        } else if (strcmp(codes[3], "040-044") != 0) {
            land_add_personnel(table, codes, times * sp_table_real(all, row, 6).value,
                               times * sp_table_real(all, row, 7).value);
        }
    }
    land_replace(in, "helsepersonell", table);
    return in;
}

/* Men and women of two years; who are few may lack a band by chance. */
static void a_band_that_one_profession_lacks_is_told(void **state)
{
    (void)state;
    static const double times[] = {1, 0.005};
    static const char *const wanted[] = {"lege 4\n", ""};
    for (gsize i = 0; i < 2; i++) {
        g_autoptr(SpTables) in = without_a_band(times[i]);
        g_autoptr(SpQuality) quality = findings_of(in);
        g_autofree char *told = told_of(quality, "band_missing");
        assert_string_equal(told, wanted[i]);
    }
    g_autoptr(SpTables) in = land_new();
    g_autoptr(SpQuality) quality = findings_of(in);
    assert_int_equal(sp_quality_count(quality, "band_missing"), 0);
}

static SpSupplyPaths *paths_of(const SpTables *in)
{
    g_autoptr(SpQuality) quality = sp_quality_new();
    return paths_told(in, quality);
}

/* With one region of all kommuner, the one whose people grow gets more of the work; rows still sum
 * to 1, and what moves is told as moves. */
static void kommuner_of_a_region_grow_apart(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    SpTable *regions = sp_tables_find(in, "region");
    for (gsize row = 0; row < sp_table_n_rows(regions); row++) {
        sp_table_set_code(regions, row, sp_table_find(regions, "arbeidsmarked"), "A1");
    }
    g_autoptr(SpSupplyPaths) paths = paths_of(in);
    double first[LAND_KOMMUNER], last[LAND_KOMMUNER], parts[SP_N_SUPPLY_PARTS], sum = 0;
    gsize g = 0, grows = 3, stays = 1;
    while (strcmp(paths->professions[g], "sykepleier") != 0) {
        g++;
    }
    sp_supply_workplace(paths, g, 0, first);
    sp_supply_workplace(paths, g, 10, last);
    assert_near((last[grows] / first[grows]) / (last[stays] / first[stays]),
                (1 + 0.1 * 1500 / 1500) / 1.0, 1e-6);
    for (gsize u = 0; u < LAND_KOMMUNER; u++) {
        sum += sp_supply_share(paths, g, 0, u, 10);
    }
    assert_near(sum, 1, 1e-12);
    sp_supply_parts(paths, g, 10, &grows, 1, parts);
    assert_near(parts[SP_SUPPLY_PART_BASE], first[grows], 1e-9 * first[grows]);
    assert_true(parts[SP_SUPPLY_PART_MOVES] > 0);
}

/* Nobody is known to need them: they have a supply everywhere in their own region, and are told to
 * be placed by commuting alone. */
static void nobody_is_cut_out_of_its_own_region(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    sp_table_set_real(sp_tables_find(in, "pendling"), 0, 3, sp_real(0));
    sp_table_set_real(sp_tables_find(in, "pendling"), 3, 3, sp_real(0));
    g_autoptr(SpSupplyPaths) paths = paths_of(in);
    for (gsize g = 0; g < paths->n_professions; g++) {
        double aarsverk[LAND_KOMMUNER];
        sp_supply_workplace(paths, g, 0, aarsverk);
        for (gsize u = 0; u < LAND_KOMMUNER; u++) {
            assert_true(aarsverk[u] > 0);
        }
        assert_int_equal(paths->is_placed[g], strcmp(paths->professions[g], "sykepleier") == 0);
    }
}

/* 900 of those who work elsewhere in health have an agreement: in the country they are municipal
 * too. A year that one kommune alone has told of is not the country's. */
static void whom_the_need_counts_elsewhere_counts_as_municipal(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    g_autoptr(SpSupplyPaths) before = paths_of(in);
    sp_tables_add(in, TABLE("sektor",
                            "profesjon:key sektor:key tabell:attribute maal:attribute "
                            "utvalg:attribute",
                            "lege spesialist avtaler aarsverk avtale=selvstendig"));
    sp_tables_add(in,
                  TABLE("avtaler", "region:key avtale:key period:key aarsverk:sum",
                        "1101 selvstendig 2022 400", "1103 selvstendig 2022 500",
                        "1103 fast 2022 9999", "1103 selvstendig 2021 1", "1108 selvstendig 2022 0",
                        "4601 selvstendig 2022 0", "1101 selvstendig 2024 4"));
    g_autoptr(SpSupplyPaths) after = paths_of(in);
    double more = 0;
    for (gsize g = 0; g < before->n_professions; g++) {
        double one = 0, two = 0;
        for (gsize market = 0; market < before->n_labour_markets; market++) {
            one += sp_supply_at(before, before->aarsverk, market, g, SP_CAUSE_BASE)[0];
            two += sp_supply_at(after, after->aarsverk, market, g, SP_CAUSE_BASE)[0];
        }
        if (strcmp(before->professions[g], "lege") == 0) {
            more = two - one;
        } else {
            assert_near(one, two, 1e-9 * one);
        }
    }
    assert_near(more, 900, 1e-6);
}

/* More self-employed with an agreement than hospitals have leger in all: all of these are
 * municipal, and that others are missing is told. */
static void more_than_a_sector_has_is_told(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    sp_tables_add(in, TABLE("sektor",
                            "profesjon:key sektor:key tabell:attribute maal:attribute "
                            "utvalg:attribute",
                            "lege spesialist avtaler aarsverk avtale=selvstendig"));
    sp_tables_add(in, TABLE("avtaler", "region:key avtale:key period:key aarsverk:sum",
                            "1101 selvstendig 2024 4000000"));
    g_autoptr(SpQuality) quality = findings_of(in);
    assert_int_equal(sp_quality_count(quality, "sector_too_small"), 1);
}

/* A slip in the list once was another model without a word. */
static void a_slip_in_sectors_is_told(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    SpTable *list = TABLE("sektor",
                          "profesjon:key sektor:key tabell:attribute maal:attribute "
                          "utvalg:attribute",
                          "legge spesialist avtaler aarsverk avtale=selvstendig",
                          "lege spesialist avtale aarsverk avtale=selvstendig");
    sp_tables_add(in, list);
    SpSupplyOptions options;
    g_autoptr(SpSupplyPaths) paths = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    sp_supply_options_init(&options);
    assert_true(sp_supply_paths_make(in, &options, NULL, quality, &paths, &error));
    assert_int_equal(sp_quality_count(quality, "sector_not_counted"), 2);
    g_clear_pointer(&paths, sp_supply_paths_free);
    sp_table_set_code(list, 0, 1, "kommune");
    assert_false(sp_supply_paths_make(in, &options, NULL, quality, &paths, &error));
    assert_error(error, SP_ERROR_DATA, "row 1: \"kommune\" is no other sector of work");
    g_clear_error(&error);
    sp_tables_add(in, TABLE("avtaler", "region:key avtale:key period:key aarsverk:sum",
                            "1101 selvstendig 2024 400"));
    for (gsize row = 0; row < 2; row++) {
        sp_table_set_code(list, row, 0, "lege");
        sp_table_set_code(list, row, 1, "spesialist");
        sp_table_set_code(list, row, 2, "avtaler");
    }
    assert_false(sp_supply_paths_make(in, &options, NULL, quality, &paths, &error));
    assert_error(error, SP_ERROR_DATA, "row 2: lege and spesialist stand twice");
}

static guint64 times_not_met(SpTables *in, double share, double aarsverk, char **text)
{
    SpSupplyOptions options;
    g_autoptr(SpSupplyPaths) paths = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    SpTable *rules = sp_tables_find(in, "arbeidssted");
    for (gsize row = 0; row < sp_table_n_rows(rules); row++) {
        if (strcmp(sp_table_code(rules, row, 0), "meldt_andel") == 0) {
            sp_table_set_real(rules, row, 1, sp_real(share));
        } else if (strcmp(sp_table_code(rules, row, 0), "meldt_aarsverk") == 0) {
            sp_table_set_real(rules, row, 1, sp_real(aarsverk));
        }
    }
    sp_supply_options_init(&options);
    assert_true(sp_supply_paths_make(in, &options, NULL, quality, &paths, &error));
    g_autoptr(SpTable) table = sp_quality_table(quality);
    gsize said = sp_table_find(table, "text");
    for (gsize row = 0; text != NULL && row < sp_table_n_rows(table); row++) {
        if (strstr(sp_table_code(table, row, said), "labour market") != NULL) {
            *text = g_strdup(sp_table_code(table, row, said));
        }
    }
    return sp_quality_count(quality, "commuting_not_met");
}

/* 4601 needs ten times the nurses, and nobody commutes there: what is moved is told by both its
 * share and its årsverk, with the labour market; below either limit nothing is said. */
static void what_supply_gives_way_is_told_from_a_limit_on(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    g_autofree char *text = NULL;
    SpTable *need = sp_tables_find(in, "framskriving_etterspoersel");
    assert_int_equal(times_not_met(in, 0.1, 20, NULL), 0);
    for (gsize row = 0; row < sp_table_n_rows(need); row++) {
        if (strcmp(sp_table_code(need, row, 0), "4601") == 0) {
            sp_table_set_real(need, row, 3, sp_real(42000));
        }
    }
    assert_int_equal(times_not_met(in, 0.1, 20, &text), 1);
    const char *said = text == NULL ? "" : text;
    assert_has(said, "most in the labour market around ");
    assert_has(said, " årsverk (");
    assert_int_equal(times_not_met(in, 0.1, 1e5, NULL), 0);
}

static void a_wrong_rule_of_places_is_named(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    SpTable *rules = sp_tables_find(in, "arbeidssted");
    SpPlaceRules read;
    g_autoptr(GError) error = NULL;
    sp_table_set_real(rules, 0, 1, sp_real(10));
    assert_false(sp_place_rules_read(in, &read, &error));
    assert_error(error, SP_ERROR_DATA, "regel \"pendlerandel\": want a number from 0.01 to 1");
    g_clear_error(&error);
    sp_table_set_real(rules, 0, 1, sp_real(0.1));
    sp_table_set_code(rules, 0, 0, "innbyggere");
    assert_false(sp_place_rules_read(in, &read, &error));
    assert_error(error, SP_ERROR_DATA, "\"innbyggere\" is there twice");
    g_clear_error(&error);
    sp_table_set_code(rules, 0, 0, "reisetid");
    assert_false(sp_place_rules_read(in, &read, &error));
    assert_error(error, SP_ERROR_DATA, "\"reisetid\" is unknown");
    g_clear_error(&error);
    sp_table_set_code(rules, 0, 0, "pendlerandel");
    for (gsize row = 0; row < sp_table_n_rows(rules); row++) {
        if (strcmp(sp_table_code(rules, row, 0), "yrkesaktiv_fra") == 0) {
            sp_table_set_real(rules, row, 1, sp_real(67));
        }
    }
    assert_false(sp_place_rules_read(in, &read, &error));
    assert_error(error, SP_ERROR_DATA, "yrkesaktiv_fra is above yrkesaktiv_til");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(smaller_join_larger_and_chains_are_followed),
        cmocka_unit_test(a_small_region_joins_where_most_go),
        cmocka_unit_test(regions_are_told_or_made_of_commuters_or_fylker),
        cmocka_unit_test(workforce_follows_where_commuters_live),
        cmocka_unit_test(a_row_of_commuters_that_cannot_be_all_is_told),
        cmocka_unit_test(a_band_that_one_profession_lacks_is_told),
        cmocka_unit_test(kommuner_of_a_region_grow_apart),
        cmocka_unit_test(nobody_is_cut_out_of_its_own_region),
        cmocka_unit_test(whom_the_need_counts_elsewhere_counts_as_municipal),
        cmocka_unit_test(more_than_a_sector_has_is_told),
        cmocka_unit_test(a_slip_in_sectors_is_told),
        cmocka_unit_test(what_supply_gives_way_is_told_from_a_limit_on),
        cmocka_unit_test(a_wrong_rule_of_places_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
