/* Tables variasjon and plassering on simulated truth: 100 made-up years of 357 kommuner, in which
 * nothing but chance differs, or what differs is known. Draws are seeded. */
#include "tests/transforms/vary/sizes.h"
#include "tests/transforms/vary/variation.h"

#include <gsl/gsl_randist.h>

enum { N_KOMMUNER = SIZES_KOMMUNER, N_YEARS = 100, FIRST_YEAR = 2001 };

/* What a year's figure of a kommune is, with the effect that the kommune truly has. */
typedef struct {
    const char *indicator;
    double per;
    double sd;    /* of the effects, on the scale of the model: log ratio or log odds */
    double share; /* of the persons, where a share is made */
    double total; /* counted in the country, kommuner of the sizes that they have; 0: of size_of */
    double times; /* what one kommune in twenty has more (the next one: less), beside its effect; 0:
                     nobody is made to stand out */
} World;

/* Expected counts from 10 to 4 000, evenly on a log scale. */
static double size_of(gsize kommune)
{
    return 10.0 * pow(400.0, (double)kommune / (N_KOMMUNER - 1));
}

/* Årsverk of as many positions of 1, 0.8 and 0.5 as chance gives; E[p] = 0.76. */
static double drawn_aarsverk(gsl_rng *rng, double expected)
{
    static const double sizes[] = {1.0, 1.0, 0.8, 0.5, 0.5};
    const guint n = gsl_ran_poisson(rng, expected / 0.76);
    double sum = 0.0;
    for (guint i = 0; i < n; i++) {
        sum += sizes[gsl_rng_uniform_int(rng, G_N_ELEMENTS(sizes))];
    }
    return sum;
}
static const double dispersion = (1.0 + 1.0 + 0.64 + 0.25 + 0.25) / (1.0 + 1.0 + 0.8 + 0.5 + 0.5);

/* Expected counts of the world's kommuner. */
static void lay_sizes(const World *world, double size[N_KOMMUNER])
{
    double sum = 0.0;
    kommune_sizes(size);
    for (gsize i = 0; i < N_KOMMUNER; i++) {
        sum += size[i];
    }
    for (gsize i = 0; i < N_KOMMUNER; i++) {
        size[i] = world->total > 0.0 ? world->total * size[i] / sum : size_of(i);
    }
}

/* Which way a kommune is made to stand out: 1, -1, or 0 for most. Of all sizes. */
static int side_of(const World *world, gsize kommune)
{
    if (world->times <= 0.0 || kommune % 20 != 7) {
        return 0;
    }
    return kommune / 20 % 2 == 0 ? 1 : -1;
}

static double drawn(gsl_rng *rng, const World *world, gsize kommune, double size,
                    double *population)
{
    const int side = side_of(world, kommune);
    const double effect = (world->sd > 0.0 ? gsl_ran_gaussian(rng, world->sd) : 0.0) +
                          (side != 0 ? side * log(world->times) : 0.0);
    *population = 1e6;
    if (strcmp(world->indicator, "halve") == 0) {
        return drawn_aarsverk(rng, size * exp(effect));
    }
    if (strcmp(world->indicator, "andel") == 0) {
        const double odds = world->share / (1.0 - world->share) * exp(effect);
        *population = round(size / world->share);
        return gsl_ran_binomial(rng, odds / (1.0 + odds), (guint)*population);
    }
    return gsl_ran_poisson(rng, size * exp(effect));
}

/* A year's figures; E is scaled to their sum, as indikatorverdi's is. */
static void add_year(SpTable *values, gsl_rng *rng, const World *world, gsize year)
{
    static double count[N_KOMMUNER];
    static double population[N_KOMMUNER];
    static double expected[N_KOMMUNER];
    static double size[N_KOMMUNER];
    double sum_count = 0.0;
    double sum_expected = 0.0;
    g_autofree char *period = g_strdup_printf("%" G_GSIZE_FORMAT, FIRST_YEAR + year);
    lay_sizes(world, size);
    for (gsize i = 0; i < N_KOMMUNER; i++) {
        count[i] = drawn(rng, world, i, size[i], &population[i]);
        expected[i] = strcmp(world->indicator, "andel") == 0 ? population[i] : size[i];
        sum_count += count[i];
        sum_expected += expected[i];
    }
    for (gsize i = 0; i < N_KOMMUNER; i++) {
        g_autofree char *code = g_strdup_printf("%04" G_GSIZE_FORMAT, i + 1000);
        const double e = expected[i] * sum_count / sum_expected;
        add_value(values, world->indicator, code,
                  (Rate){sp_real(count[i]), population[i], world->per}, sp_real(e));
        const gsize row = sp_table_n_rows(values) - 1;
        sp_table_set_code(values, row, 2, period);
        if (strcmp(world->indicator, "halve") == 0) {
            sp_table_set_real(values, row, 7, sp_real(dispersion * e));
        }
    }
}

static Made live(const World *world)
{
    SpTable *values = values_new();
    SpTable *regions = tables_region(NULL, 0);
    SpVariationForm quick = form;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    quick.replicates = 0;
    for (gsize i = 0; i < N_KOMMUNER; i++) {
        g_autofree char *code = g_strdup_printf("%04" G_GSIZE_FORMAT, i + 1000);
        TABLES_ADD_INDICATOR(regions, code, "kommune");
    }
    for (gsize year = 0; year < N_YEARS; year++) {
        add_year(values, rng, world, year);
    }
    gsl_rng_free(rng);
    Made made = make_form(values, regions, &quick);
    assert_int_equal(sp_table_n_rows(made.whole), N_YEARS);
    return made;
}

/* Mean of a measure over the years, and of its squared distance from it. */
typedef struct {
    double mean;
    double sd;
} Moments;

static Moments moments_of(const Made *made, const char *measure)
{
    const gsize column = sp_table_find(made->whole, measure);
    double sum = 0.0;
    double squares = 0.0;
    for (gsize row = 0; row < N_YEARS; row++) {
        const SpReal real = sp_table_real(made->whole, row, column);
        assert_true(sp_real_is_number(real));
        sum += real.value;
        squares += real.value * real.value;
    }
    const double mean = sum / N_YEARS;
    return (Moments){mean, sqrt(fmax(0.0, squares / N_YEARS - mean * mean))};
}

/* Share of the years in which a measure is above a figure. */
static double share_above(const Made *made, const char *measure, double figure)
{
    const gsize column = sp_table_find(made->whole, measure);
    double n = 0.0;
    for (gsize row = 0; row < N_YEARS; row++) {
        n += sp_table_real(made->whole, row, column).value > figure ? 1.0 : 0.0;
    }
    return n / N_YEARS;
}

/* Share of all rows of plassering whose signal has the ending ("" for any). */
static double share_with(const Made *made, const char *signal, const char *ending)
{
    const gsize column = sp_table_find(made->places, signal);
    double n = 0.0;
    for (gsize row = 0; row < sp_table_n_rows(made->places); row++) {
        const char *word = sp_table_code(made->places, row, column);
        n += *word != '\0' && g_str_has_suffix(word, ending) ? 1.0 : 0.0;
    }
    return n / (double)sp_table_n_rows(made->places);
}

/* Share of the years with any discovery. Nothing is there to discover: each of them is false, and
 * the share of false ones in such a year is 1. */
static double years_with(const Made *made, const char *signal)
{
    const gsize column = sp_table_find(made->places, signal);
    g_autoptr(GHashTable) years = g_hash_table_new(g_str_hash, g_str_equal);
    for (gsize row = 0; row < sp_table_n_rows(made->places); row++) {
        if (*sp_table_code(made->places, row, column) != '\0') {
            g_hash_table_add(years, (char *)sp_table_code(made->places, row, 2));
        }
    }
    return (double)g_hash_table_size(years) / N_YEARS;
}

/* Three standard errors of a share of 5 in 100 years. */
static const double three_errors = 0.065;

/* What the page of the method reports. */
static void print_od(const Made *made)
{
    print_message("sd_od %.3f, outside %.2f and %.2f %%, years with a discovery %.2f\n",
                  moments_of(made, "sd_od").mean, 100.0 * share_with(made, "signal_od", ""),
                  100.0 * share_with(made, "signal_od", "_998"), years_with(made, "signal_od_fdr"));
}

static void check_nothing(const World *world)
{
    g_auto(Made) made = live(world);
    print_od(&made);
    /* The interval's lower limit leaves 0 out of at most one in twenty. */
    assert_true(share_above(&made, "medianforhold_nedre", 1.0) <= 0.05 + three_errors);
    assert_true(moments_of(&made, "medianforhold").mean < 1.03);
    assert_true(years_with(&made, "signal_fdr") <= 0.05 + three_errors);
    assert_true(years_with(&made, "signal_od_fdr") <= 0.05 + three_errors);
    assert_near(share_with(&made, "signal", ""), 0.05, 0.01);
    assert_near(share_with(&made, "signal_od", ""), 0.05, 0.01);
    assert_true(moments_of(&made, "sd_od").mean < 0.03);
}

static void where_chance_alone_moves_counts_nothing_is_found(void **state)
{
    (void)state;
    const World world = {.indicator = "antall", .per = 1000.0};
    check_nothing(&world);
    g_auto(Made) made = live(&world);
    const Moments scv = moments_of(&made, "scv");
    assert_near(scv.mean, 0.0, 3.0 * scv.sd / sqrt(N_YEARS));
    assert_near(moments_of(&made, "potthoff_z").mean, 0.0, 0.3);
    assert_near(share_above(&made, "kji2_p", 0.5), 0.5, 0.15);
}

static void where_chance_alone_moves_shares_nothing_is_found(void **state)
{
    (void)state;
    const World world = {.indicator = "andel", .per = 1.0, .share = 0.28};
    check_nothing(&world);
    g_auto(Made) made = live(&world);
    const Moments scv = moments_of(&made, "scv");
    assert_near(scv.mean, 0.0, 3.0 * scv.sd / sqrt(N_YEARS));
}

static void where_chance_alone_moves_aarsverk_nothing_is_found(void **state)
{
    (void)state;
    const World world = {.indicator = "halve", .per = 10000.0};
    check_nothing(&world);
}

/* Kommuner of the sizes that they have expect from less than one to thousands. */
static void check_true_sizes(double total)
{
    const World world = {.indicator = "antall", .per = 1000.0, .total = total};
    g_auto(Made) made = live(&world);
    print_message("%.0f in all: years with a discovery %.2f, senter_od %.3f\n", total,
                  years_with(&made, "signal_od_fdr"), moments_of(&made, "senter_od").mean);
    assert_true(years_with(&made, "signal_od_fdr") <= 0.05 + three_errors);
    assert_near(moments_of(&made, "senter_od").mean, 1.0, 0.05);
}

static void where_chance_alone_moves_kommuner_of_true_sizes_few_years_have_a_discovery(void **state)
{
    (void)state;
    check_true_sizes(2000.0);
    check_true_sizes(9000.0);
    check_true_sizes(40000.0);
}

static void where_few_kommuner_enter_nobody_stands_out_and_that_is_told(void **state)
{
    (void)state;
    SpVariationForm most = form;
    most.control.minimum_kommuner = 5;
    g_auto(Made) made = make_form(values_persons("bra", 1000.0),
                                  tables_region(kommuner, G_N_ELEMENTS(kommuner)), &most);
    assert_string_equal(word_of(made.places, "signal", "1506"), "over_998");
    assert_string_equal(word_of(made.places, "signal_fdr", "1506"), "over");
    assert_string_equal(word_of(made.places, "signal_od", "1506"), "");
    assert_string_equal(word_of(made.places, "vurdering", "1506"), "");
    assert_int_equal(place(&made, "q_od", "bra", "1506").status, SP_MISSING);
    assert_int_equal(place(&made, "oevre_95_od", "bra", "1506").status, SP_MISSING);
    static const char *const measures[] = {"senter_od", "sd_od", "andel_utenfor_998_od"};
    for (gsize i = 0; i < G_N_ELEMENTS(measures); i++) {
        assert_int_equal(whole(&made, measures[i], "bra").status, SP_MISSING);
    }
    assert_true(tables_has_finding(made.quality, "method_refused", "bra 2022-12-31"));
}

/* The bar: a bias of the headline below 3 %, alarms nominal plus or minus a fifth. */
static void check_known(const World *world)
{
    g_auto(Made) made = live(world);
    assert_near(moments_of(&made, "sd_mellom").mean, world->sd, 0.03 * world->sd);
    assert_near(moments_of(&made, "medianforhold").mean, exp(sqrt(2.0) * 0.67449 * world->sd),
                0.01);
    assert_true(share_above(&made, "sd_mellom_nedre", world->sd) <= 0.025 + 0.05);
    assert_true(1.0 - share_above(&made, "sd_mellom_oevre", world->sd) <= 0.025 + 0.05);
    assert_near(share_with(&made, "signal_od", ""), 0.05, 0.01);
    assert_true(share_with(&made, "signal", "") > 0.2);
    assert_true(years_with(&made, "signal_fdr") > 0.99);
    assert_near(moments_of(&made, "sd_od").mean, world->sd, 0.03 * world->sd);
    assert_true(years_with(&made, "signal_od_fdr") <= 0.05 + three_errors);
    print_od(&made);
}

static void known_variation_of_counts_is_found_again(void **state)
{
    (void)state;
    const World world = {.indicator = "antall", .per = 1000.0, .sd = 0.2};
    check_known(&world);
}

static void known_variation_of_shares_is_found_again(void **state)
{
    (void)state;
    const World world = {.indicator = "andel", .per = 1.0, .sd = 0.3, .share = 0.28};
    check_known(&world);
}

static void known_variation_of_aarsverk_is_found_again(void **state)
{
    (void)state;
    const World world = {.indicator = "halve", .per = 10000.0, .sd = 0.2};
    check_known(&world);
}

/* By any judgement: what a reader of a year meets, whatever the kommune. */
static void check_nobody_judged(const World *world)
{
    g_auto(Made) made = live(world);
    print_message("sd %.2f: judged %.3f %% of kommuner, in %.2f of the years; off the country "
                  "%.1f %%\n",
                  world->sd, 100.0 * share_with(&made, "vurdering", ""),
                  years_with(&made, "vurdering"), 100.0 * share_with(&made, "signal_fdr", ""));
    assert_true(share_with(&made, "vurdering", "") < 0.001);
    assert_true(years_with(&made, "vurdering") <= 0.05 + three_errors);
}

static void where_nobody_was_made_to_stand_out_nobody_is_judged(void **state)
{
    (void)state;
    check_nobody_judged(&(World){.indicator = "bra", .per = 1000.0});
    check_nobody_judged(&(World){.indicator = "bra", .per = 1000.0, .sd = 0.1});
    check_nobody_judged(&(World){.indicator = "bra", .per = 1000.0, .sd = 0.2});
    check_nobody_judged(&(World){.indicator = "bra", .per = 1000.0, .sd = 0.4});
    check_nobody_judged(&(World){.indicator = "bra", .per = 1000.0, .sd = 0.3, .total = 20000.0});
}

/* Of what is judged in a year, the share that was not made to stand out that way: the mean over the
 * years; and of those made to stand out the share that is judged rightly. */
typedef struct {
    double false_share;
    double found;
} Judged;

static Judged judged_of(const Made *made, const World *world)
{
    const gsize column = sp_table_find(made->places, "vurdering");
    double n[N_YEARS] = {0};
    double right[N_YEARS] = {0};
    double n_out = 0.0;
    Judged judged = {0};
    for (gsize row = 0; row < sp_table_n_rows(made->places); row++) {
        const gsize i = g_ascii_strtoull(sp_table_code(made->places, row, 1), NULL, 10) - 1000;
        const gsize year =
            g_ascii_strtoull(sp_table_code(made->places, row, 2), NULL, 10) - FIRST_YEAR;
        const char *word = sp_table_code(made->places, row, column);
        const int side = side_of(world, i);
        n[year] += *word != '\0' ? 1.0 : 0.0;
        right[year] += side != 0 && strcmp(word, side > 0 ? "gunstig" : "ugunstig") == 0 ? 1 : 0;
        n_out += side != 0 ? 1.0 : 0.0;
    }
    for (gsize year = 0; year < N_YEARS; year++) {
        judged.false_share += (n[year] - right[year]) / fmax(1.0, n[year]) / N_YEARS;
        judged.found += right[year] / n_out;
    }
    return judged;
}

static void who_was_made_to_stand_out_is_judged_and_hardly_anybody_else(void **state)
{
    (void)state;
    static const double times[] = {1.5, 2.0, 3.0};
    static const double least[] = {0.02, 0.3, 0.8};
    for (gsize k = 0; k < G_N_ELEMENTS(times); k++) {
        const World world = {"bra", 1000.0, 0.2, 0.0, 0.0, times[k]};
        g_auto(Made) made = live(&world);
        const Judged judged = judged_of(&made, &world);
        print_message("%.1f times: judged rightly %.0f %%, of the judged not made to stand out "
                      "%.1f %%\n",
                      times[k], 100.0 * judged.found, 100.0 * judged.false_share);
        assert_true(judged.false_share <= 0.05 + three_errors / 2.0);
        assert_true(judged.found > least[k]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(where_chance_alone_moves_counts_nothing_is_found),
        cmocka_unit_test(where_chance_alone_moves_shares_nothing_is_found),
        cmocka_unit_test(where_chance_alone_moves_aarsverk_nothing_is_found),
        cmocka_unit_test(where_nobody_was_made_to_stand_out_nobody_is_judged),
        cmocka_unit_test(who_was_made_to_stand_out_is_judged_and_hardly_anybody_else),
        cmocka_unit_test(
            where_chance_alone_moves_kommuner_of_true_sizes_few_years_have_a_discovery),
        cmocka_unit_test(where_few_kommuner_enter_nobody_stands_out_and_that_is_told),
        cmocka_unit_test(known_variation_of_counts_is_found_again),
        cmocka_unit_test(known_variation_of_shares_is_found_again),
        cmocka_unit_test(known_variation_of_aarsverk_is_found_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
