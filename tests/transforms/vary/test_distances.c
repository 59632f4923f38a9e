/* Distances to the nearest place, by known ones on the globe. */
#include "tests/core/rows.h"
#include "tests/transforms/vary/tables.h"

#include "transforms/vary/distances.h"

/* A degree of latitude is a 360th of the circumference; so is one of longitude on the equator, and
 * at 60 degrees nearly half of it (a great circle cuts the corner by metres). */
static void degree_is_a_360th_of_the_circumference(void **state)
{
    (void)state;
    const double degree = 2.0 * G_PI * 6371.0088 / 360.0;
    assert_near(sp_distance_km(60.0, 10.0, 61.0, 10.0), degree, 1e-9);
    assert_near(sp_distance_km(0.0, 10.0, 0.0, 11.0), degree, 1e-9);
    assert_near(sp_distance_km(60.0, 10.0, 60.0, 11.0), degree / 2.0, 0.002);
    assert_near(sp_distance_km(60.0, 10.0, 60.0, 10.0), 0.0, 0.0);
}

/* Oslo to Bergen: 305 km as the crow flies between the two centres, by any atlas. */
static void oslo_and_bergen_are_as_far_apart_as_in_an_atlas(void **state)
{
    (void)state;
    assert_near(sp_distance_km(59.913, 10.739, 60.393, 5.324), 305.0, 3.0);
}

static SpTable *distances(const SpTable *places, SpQuality *quality)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) middles =
        TABLE("midtpunkter", "kommune:key breddegrad:other lengdegrad:other", "1505 60 10",
              "1506 62 10", "1507 70 10");
    static const SpColumn columns[] = {
        {.name = "region", .kind = SP_COLUMN_CODE, .classification = "kommune@2024-01-01"},
        {.name = "slag", .kind = SP_COLUMN_CODE}};
    g_autoptr(SpTable) regions = sp_table_new("region", columns, G_N_ELEMENTS(columns));
    TABLES_ADD_INDICATOR(regions, "15", "fylke");
    TABLES_ADD_INDICATOR(regions, "1505", "kommune");
    TABLES_ADD_INDICATOR(regions, "1506", "kommune");
    TABLES_ADD_INDICATOR(regions, "1508", "kommune");
    SpTable *table = sp_distances(places, middles, regions, quality, &error);
    assert_no_error(error);
    return table;
}

static void nearest_place_of_each_kind_is_told_of_each_kommune(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) places =
        TABLE("sted", "region:key sted:key stedsslag:key breddegrad:other lengdegrad:other",
              "1506 a sykehus 62 10", "1506 b sykehus 61 10", "1507 c studiested 63 10",
              "1505 d studiested .. ..", "1505 e annet .. 10");
    g_autoptr(SpTable) table = distances(places, quality);
    const double degree = 2.0 * G_PI * 6371.0088 / 360.0;
    assert_int_equal(sp_table_n_rows(table), 4);
    const SpReal hospital = TABLES_FIND(table, "km", "1505", "sykehus", "2024-01-01");
    assert_near(hospital.value, degree, 1e-9);
    assert_int_equal(hospital.flags, SP_FLAG_MODELLED);
    assert_int_equal(TABLES_FIND(table, "km", "1506", "sykehus", "2024-01-01").status, SP_ZERO);
    assert_near(TABLES_FIND(table, "km", "1505", "studiested", "2024-01-01").value, 3.0 * degree,
                1e-9);
    assert_near(TABLES_FIND(table, "km", "1506", "studiested", "2024-01-01").value, degree, 1e-9);
}

static void kommune_without_a_middle_is_a_finding(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) places =
        TABLE("sted", "region:key sted:key stedsslag:key breddegrad:other lengdegrad:other",
              "1506 a sykehus 62 10");
    g_autoptr(SpTable) table = distances(places, quality);
    assert_int_equal(sp_table_n_rows(table), 2);
    assert_int_equal(sp_quality_count(quality, "middle_unknown"), 1);
    assert_true(tables_has_finding(quality, "middle_unknown", "1508"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(degree_is_a_360th_of_the_circumference),
        cmocka_unit_test(oslo_and_bergen_are_as_far_apart_as_in_an_atlas),
        cmocka_unit_test(nearest_place_of_each_kind_is_told_of_each_kommune),
        cmocka_unit_test(kommune_without_a_middle_is_a_finding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
