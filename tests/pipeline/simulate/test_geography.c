/* Kommuner of the simulated country over the years. */
#include "tests/check.h"

#include "pipeline/simulate/geography.h"

#define DATA SP_SOURCE_FOLDER "/config"

static int read_it(void **state)
{
    g_autoptr(GError) error = NULL;
    *state = sp_sim_geography_read(DATA, &error);
    assert_no_error(error);
    return 0;
}

static int forget(void **state)
{
    sp_sim_geography_free(*state);
    return 0;
}

/* The kommuner of 1 January, by who has a piece: 426 in 2017, 422 in 2018 and 2019, 356 from 2020,
 * 357 from 2024 (KLASS 131). */
static void each_year_has_its_kommuner(void **state)
{
    const SpSimGeography *geography = *state;
    static const guint known[][2] = {{2017, 426}, {2018, 422}, {2019, 422}, {2020, 356},
                                     {2023, 356}, {2024, 357}, {2030, 357}};
    for (gsize i = 0; i < G_N_ELEMENTS(known); i++) {
        g_autoptr(GHashTable) codes = g_hash_table_new(NULL, NULL);
        for (guint piece = 0; piece < geography->n_pieces; piece++) {
            guint code = geography->pieces[piece].code[known[i][0] - SP_SIM_FIRST_YEAR];
            g_hash_table_add(codes, GUINT_TO_POINTER(code + 1));
            assert_true(sp_sim_code_holds(&geography->codes[code], known[i][0]));
        }
        assert_int_equal(g_hash_table_size(codes), known[i][1]);
    }
}

static void pieces_share_out_their_kommune(void **state)
{
    const SpSimGeography *geography = *state;
    g_autofree double *sum = g_new0(double, geography->n_kommuner);
    for (guint piece = 0; piece < geography->n_pieces; piece++) {
        assert_true(geography->pieces[piece].share > 0);
        sum[geography->pieces[piece].kommune] += geography->pieces[piece].share;
    }
    assert_int_equal(geography->n_kommuner, 357);
    for (guint k = 0; k < geography->n_kommuner; k++) {
        assert_near(sum[k], 1, 1e-12);
    }
}

/* Haram (1534) became a part of Ålesund (1507) in 2020 and stands alone again (1580) from 2024. */
static void a_piece_follows_its_kommune_through_merger_and_split(void **state)
{
    const SpSimGeography *geography = *state;
    gboolean is_found = FALSE;
    for (guint piece = 0; piece < geography->n_pieces; piece++) {
        const SpSimPiece *one = &geography->pieces[piece];
        const char *codes[] = {geography->codes[one->code[0]].code,
                               geography->codes[one->code[2021 - SP_SIM_FIRST_YEAR]].code,
                               geography->codes[one->code[2024 - SP_SIM_FIRST_YEAR]].code};
        is_found = is_found || (strcmp(codes[0], "1534") == 0 && strcmp(codes[1], "1507") == 0 &&
                                strcmp(codes[2], "1580") == 0);
    }
    assert_true(is_found);
}

static void a_missing_file_is_named(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpSimGeography) none = sp_sim_geography_read("/nowhere", &error);
    assert_null(none);
    assert_error(error, SP_ERROR_NO_INPUT, "klass-131-kommuner.json");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_year_has_its_kommuner),
        cmocka_unit_test(pieces_share_out_their_kommune),
        cmocka_unit_test(a_piece_follows_its_kommune_through_merger_and_split),
        cmocka_unit_test(a_missing_file_is_named),
    };
    return cmocka_run_group_tests(tests, read_it, forget);
}
