/* Where kommuner stand later: small made-up histories, then the whole of KLASS 131. */
#include "tests/core/kommuner.h"

static void merger_takes_over_on_its_day(void **state)
{
    (void)state;
    g_autoptr(SpRegions) regions = regions_of("0003,C\n9999,Uoppgitt", 20240101,
                                              "2020-01-01,0001,A,0003,C\n2020-01-01,0002,B,0003,C");
    check_at(regions, 20191231, "0001 0002");
    check_at(regions, 20200101, "0003");
    check_successors(regions, "0001", 20191231, 20200101, "0003");
    check_successors(regions, "0002", 20150101, 20240101, "0003");
    check_successors(regions, "0001", 20150101, 20191231, "0001");
}

static void merger_into_a_living_code_keeps_it(void **state)
{
    (void)state;
    g_autoptr(SpRegions) regions =
        regions_of("0001,A", 20240101, "2020-01-01,0001,A,0001,A\n2020-01-01,0002,B,0001,A");
    check_at(regions, 20190101, "0001 0002");
    check_at(regions, 20200101, "0001");
    check_successors(regions, "0001", 20190101, 20240101, "0001");
    check_successors(regions, "0002", 20190101, 20240101, "0001");
}

static void split_names_its_day_in_every_part(void **state)
{
    (void)state;
    g_autoptr(SpRegions) regions = regions_of("0002,B\n0003,C", 20240101,
                                              "2020-01-01,0001,A,0002,B\n2020-01-01,0001,A,0003,C");
    check_successors(regions, "0001", 20190101, 20240101, "0002/20200101 0003/20200101");
}

static void parts_that_merge_again_are_one_whole(void **state)
{
    (void)state;
    g_autoptr(SpRegions) regions =
        regions_of("0004,D", 20240101,
                   "2018-01-01,0001,A,0002,B\n2018-01-01,0001,A,0003,C\n2020-01-01,0002,B,0004,"
                   "D\n2020-01-01,0003,C,0004,D");
    check_successors(regions, "0001", 20170101, 20190101, "0002/20180101 0003/20180101");
    check_successors(regions, "0001", 20170101, 20240101, "0004");
}

static void second_split_counts_for_its_own_parts(void **state)
{
    (void)state;
    g_autoptr(SpRegions) regions =
        regions_of("0002,B\n0004,D\n0005,E", 20240101,
                   "2018-01-01,0001,A,0002,B\n2018-01-01,0001,A,0003,C\n2020-01-01,0003,C,0004,"
                   "D\n2020-01-01,0003,C,0005,E");
    check_successors(regions, "0001", 20170101, 20240101,
                     "0002/20180101 0004/20200101 0005/20200101");
}

static void border_move_splits_the_giver_alone(void **state)
{
    (void)state;
    g_autoptr(SpRegions) regions =
        regions_of("0001,A\n0002,B", 20240101,
                   "2020-01-01,0001,A,0001,A\n2020-01-01,0001,A,0002,B\n2020-01-01,0002,B,0002,B");
    check_successors(regions, "0001", 20190101, 20240101, "0001/20200101 0002/20200101");
    check_successors(regions, "0002", 20190101, 20240101, "0002");
}

static void codes_that_swap_on_one_day_do_not_chain(void **state)
{
    (void)state;
    g_autoptr(SpRegions) regions =
        regions_of("0001,Ny A\n0002,Ny B", 20240101,
                   "2020-01-01,0001,A,0002,Ny B\n2020-01-01,0002,B,0001,Ny A");
    check_successors(regions, "0001", 20190101, 20240101, "0002");
    check_successors(regions, "0002", 20190101, 20240101, "0001");
    assert_string_equal(sp_regions_name(regions, "0001", 20190101), "A");
    assert_string_equal(sp_regions_name(regions, "0001", 20200101), "Ny A");
}

static void chain_over_several_days_is_followed(void **state)
{
    (void)state;
    g_autoptr(SpRegions) regions =
        regions_of("0003,A", 20240101, "2020-01-01,0002,A,0003,A\n2018-01-01,0001,A,0002,A");
    check_successors(regions, "0001", 20170101, 20190101, "0002");
    check_successors(regions, "0001", 20170101, 20240101, "0003");
}

static void code_used_anew_is_told_by_its_day(void **state)
{
    (void)state;
    /* 0001 ended in 1964 and is the code of another kommune since 2018. */
    g_autoptr(SpRegions) regions =
        regions_of("0001,Larvik\n0002,B", 20240101,
                   "1964-01-01,0001,Skoger,0002,B\n1964-01-01,0002,B,0002,B\n"
                   "2018-01-01,0003,Larvik,0001,Larvik");
    assert_true(sp_regions_is_valid(regions, "0001", 19631231));
    assert_false(sp_regions_is_valid(regions, "0001", 19640101));
    assert_false(sp_regions_is_valid(regions, "0001", 20171231));
    assert_true(sp_regions_is_valid(regions, "0001", 20180101));
    assert_string_equal(sp_regions_name(regions, "0001", 19500101), "Skoger");
    assert_string_equal(sp_regions_name(regions, "0001", 20180101), "Larvik");
    assert_null(sp_regions_name(regions, "0001", 20000101));
    check_successors(regions, "0001", 19500101, 20240101, "0002");
    check_successors(regions, "0001", 20180101, 20240101, "0001");
    check_no_successor(regions, "0001", 19700101, 20240101,
                       "no kommune on 1970-01-01, but was one on 1963-12-31 (Skoger)");
    check_no_successor(regions, "0001", 20100101, 20240101, "but was one on 2018-01-01 (Larvik)");
}

static void way_back_is_refused(void **state)
{
    (void)state;
    g_autoptr(SpRegions) regions = regions_of("0001,A", 20240101, "");
    check_no_successor(regions, "0001", 20240101, 20231231, "only followed forwards");
    check_successors(regions, "0001", 20240101, 20240101, "0001");
}

static void row_said_twice_counts_once(void **state)
{
    (void)state;
    g_autoptr(SpRegions) regions =
        regions_of("0002,B", 20240101, "2020-01-01,0001,A,0002,B\n2020-01-01,0001,A,0002,B");
    check_at(regions, 20190101, "0001");
    check_successors(regions, "0001", 20190101, 20240101, "0002");
}

static void order_of_the_rows_does_not_matter(void **state)
{
    (void)state;
    g_autoptr(SpRegions) regions =
        regions_of("0004,D\n0003,C", 20240101,
                   "2018-01-01,0001,A,0002,A\n2020-01-01,0002,A,0003,C\n2020-01-01,0002,A,0004,D");
    g_autoptr(SpRegions) other =
        regions_of("0003,C\n0004,D", 20240101,
                   "2020-01-01,0002,A,0004,D\n2018-01-01,0001,A,0002,A\n2020-01-01,0002,A,0003,C");
    check_successors(regions, "0001", 20170101, 20240101, "0003/20200101 0004/20200101");
    check_successors(other, "0001", 20170101, 20240101, "0003/20200101 0004/20200101");
}

static void klass_successors_are_the_known_ones(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(SpRegions) regions = klass_regions(folder);
    check_successors(regions, "1507", 20230101, 20240101, "1508/20240101 1580/20240101");
    check_successors(regions, "1534", 20190101, 20240101, "1508/20240101 1580/20240101");
    check_successors(regions, "1850", 20190101, 20240101, "1806/20200101 1875/20200101");
    check_successors(regions, "5012", 20190101, 20240101,
                     "5055/20200101 5056/20200101 5059/20200101");
    check_successors(regions, "1613", 20170101, 20240101,
                     "5055/20200101 5056/20200101 5059/20200101");
    check_successors(regions, "0720", 20160101, 20190101, "0704/20170101 0710/20170101");
    check_successors(regions, "0814", 20190101, 20210101, "3813");
    check_successors(regions, "0814", 20190101, 20240101, "4012");
    check_successors(regions, "0805", 20160101, 20240101, "4001");
    check_successors(regions, "0104", 20190101, 20240101, "3103");
    check_successors(regions, "0136", 20190101, 20240101, "3103");
    check_successors(regions, "0301", 20160101, 20260101, "0301");
}

/** No code of any year may be lost on the way to 2024, and every successor must be one of its
 * kommuner. */
static void klass_every_kommune_since_1900_has_successors_in_2024(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(SpRegions) regions = klass_regions(folder);
    for (SpDay day = 19000101; day <= 20240101; day += 100000) {
        g_autofree const char **codes = sp_regions_at(regions, day);
        for (gsize i = 0; codes[i] != NULL; i++) {
            g_autoptr(GError) error = NULL;
            g_autoptr(GArray) successors =
                sp_regions_successors(regions, codes[i], day, 20240101, &error);
            assert_no_error(error);
            for (guint j = 0; j < successors->len; j++) {
                assert_true(sp_regions_is_valid(
                    regions, g_array_index(successors, SpSuccessor, j).code, 20240101));
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(merger_takes_over_on_its_day),
        cmocka_unit_test(merger_into_a_living_code_keeps_it),
        cmocka_unit_test(split_names_its_day_in_every_part),
        cmocka_unit_test(parts_that_merge_again_are_one_whole),
        cmocka_unit_test(second_split_counts_for_its_own_parts),
        cmocka_unit_test(border_move_splits_the_giver_alone),
        cmocka_unit_test(codes_that_swap_on_one_day_do_not_chain),
        cmocka_unit_test(chain_over_several_days_is_followed),
        cmocka_unit_test(code_used_anew_is_told_by_its_day),
        cmocka_unit_test(way_back_is_refused),
        cmocka_unit_test(row_said_twice_counts_once),
        cmocka_unit_test(order_of_the_rows_does_not_matter),
        cmocka_unit_test(klass_successors_are_the_known_ones),
        cmocka_unit_test(klass_every_kommune_since_1900_has_successors_in_2024),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
