/* Regions above kommuner. */
#include "tests/core/rows.h"

#include "transforms/project/groups.h"

enum { N = 3 };

static const char *const kommuner[N] = {"0301", "1101", "1103"};

static SpRegionGroups *groups_of(SpTable *regions)
{
    g_autoptr(GError) error = NULL;
    SpRegionGroups *groups = sp_region_groups_new(regions, kommuner, N, &error);
    assert_no_error(error);
    return groups;
}

static void a_kommune_is_in_its_fylke_the_country_and_the_groups_it_has(void **state)
{
    (void)state;
    g_autoptr(SpTable) regions =
        TABLE("region", "region:key fylke:attribute kostragruppe:attribute sentralitet:attribute",
              "0301 03 EKG13 S1", "1101 11 EKG03 S3", "1103 11 EKG13 _", "4601 46 EKG12 S1");
    g_autoptr(SpRegionGroups) groups = groups_of(regions);
    static const char *const codes[] = {"0", "03", "11", "EKG03", "EKG13", "S1", "S3"};
    static const gsize sizes[] = {3, 1, 2, 1, 2, 1, 1};
    assert_int_equal(groups->n, G_N_ELEMENTS(codes));
    for (gsize i = 0; i < groups->n; i++) {
        assert_string_equal(groups->at[i].code, codes[i]);
        assert_int_equal(groups->at[i].n_members, sizes[i]);
    }
    const SpRegionGroup *found = sp_region_groups_find(groups, "EKG13");
    assert_int_equal(found->members[0], 0);
    assert_int_equal(found->members[1], 2);
    assert_null(sp_region_groups_find(groups, "46"));
}

static void sums_hide_what_a_member_hides(void **state)
{
    (void)state;
    g_autoptr(SpTable) regions =
        TABLE("region", "region:key fylke:attribute", "0301 03", "1101 11", "1103 11");
    g_autoptr(SpRegionGroups) groups = groups_of(regions);
    SpReal figure[N + 3] = {sp_real(1.5), sp_real(2), sp_real(4)};
    sp_region_groups_sum(groups, N, figure);
    assert_near(figure[N].value, 7.5, 0);
    assert_near(figure[N + 1].value, 1.5, 0);
    assert_near(figure[N + 2].value, 6, 0);
    figure[1] = sp_real_none(SP_SUPPRESSED);
    sp_region_groups_sum(groups, N, figure);
    assert_int_equal(figure[N].status, SP_SUPPRESSED);
    assert_int_equal(figure[N + 1].status, SP_PRESENT);
    assert_int_equal(figure[N + 2].status, SP_SUPPRESSED);
}

static void a_kommune_without_fylke_is_an_error(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) regions =
        TABLE("region", "region:key fylke:attribute", "0301 03", "1101 11");
    assert_null(sp_region_groups_new(regions, kommuner, N, &error));
    assert_error(error, SP_ERROR_DATA, "1103");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_kommune_is_in_its_fylke_the_country_and_the_groups_it_has),
        cmocka_unit_test(sums_hide_what_a_member_hides),
        cmocka_unit_test(a_kommune_without_fylke_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
