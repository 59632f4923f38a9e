/* Where codes stand on the target division. */
#include "tests/transforms/normalise/facts.h"

#include "transforms/normalise/routes.h"

typedef struct {
    SpRegions *regions;
    SpRouter *router;
} Fixture;

static int setup(void **state)
{
    Fixture *fixture = g_new0(Fixture, 1);
    fixture->regions = small_regions();
    fixture->router = sp_router_new(fixture->regions, TARGET);
    *state = fixture;
    return 0;
}

static int teardown(void **state)
{
    Fixture *fixture = *state;
    sp_router_free(fixture->router);
    sp_regions_free(fixture->regions);
    g_free(fixture);
    return 0;
}

/* The targets of a code with blanks between them. */
static char *targets_of(const SpRoute *route)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < route->targets->len; i++) {
        g_string_append_printf(text, "%s%s", i > 0 ? " " : "",
                               (const char *)g_ptr_array_index(route->targets, i));
    }
    return g_string_free(text, FALSE);
}

static void assert_route(void **state, const char *code, SpDay day, SpRouteKind kind,
                         SpDay split_day, const char *targets)
{
    const Fixture *fixture = *state;
    g_autoptr(GError) error = NULL;
    const SpRoute *route = sp_router_find(fixture->router, code, day, &error);
    assert_no_error(error);
    g_autofree char *found = targets_of(route);
    assert_int_equal(route->kind, kind);
    assert_int_equal(route->split_day, split_day);
    assert_string_equal(found, targets);
}

static void a_period_follows_the_division_of_its_last_day(void **state)
{
    (void)state;
    SpDay day = 0;
    assert_true(sp_route_day("2024-01-01", &day));
    assert_int_equal(day, 20240101);
    assert_true(sp_route_day("2023", &day));
    assert_int_equal(day, 20231231);
    assert_true(sp_route_day("2023K1", &day));
    assert_int_equal(day, 20230331);
    assert_true(sp_route_day("2020-2023", &day));
    assert_int_equal(day, 20231231);
    assert_true(sp_route_day("2022-12-01--2023-12-01", &day));
    assert_int_equal(day, 20231201);
    assert_false(sp_route_day("i fjor", &day));
}

static void a_school_year_follows_the_division_of_its_autumn(void **state)
{
    (void)state;
    SpDay day = 0;
    assert_true(sp_route_day("2023/24", &day));
    assert_int_equal(day, 20231231);
}

static void mergers_and_new_numbers_are_followed(void **state)
{
    assert_route(state, "1662", 20170101, SP_ROUTE_KOMMUNE, 0, "5001");
    assert_route(state, "3001", 20231231, SP_ROUTE_KOMMUNE, 0, "3101");
    assert_route(state, "0301", 20200101, SP_ROUTE_KOMMUNE, 0, "0301");
}

static void a_split_leads_to_all_its_parts(void **state)
{
    assert_route(state, "1507", 20230101, SP_ROUTE_KOMMUNE, 20240101, "1508 1580");
    assert_route(state, "1534", 20190101, SP_ROUTE_KOMMUNE, 20240101, "1508 1580");
    assert_route(state, "1850", 20190101, SP_ROUTE_KOMMUNE, 20200101, "1806 1875");
}

static void the_code_before_the_split_and_its_eve_are_kept(void **state)
{
    const Fixture *fixture = *state;
    const SpRoute *route = sp_router_find(fixture->router, "1534", 20190101, NULL);
    assert_string_equal(route->before_split, "1507");
    assert_int_equal(route->eve, 20231231);
}

static void a_kommune_outside_its_lifetime_has_no_target(void **state)
{
    assert_route(state, "1580", 20230101, SP_ROUTE_OUTSIDE, 0, "");
    assert_route(state, "1507", 20240101, SP_ROUTE_OUTSIDE, 0, "");
}

static void fylker_of_the_target_and_groups_pass_others_are_left_out(void **state)
{
    assert_route(state, "15", 20230101, SP_ROUTE_PUBLISHED, 0, "15");
    assert_route(state, "0", 20230101, SP_ROUTE_PUBLISHED, 0, "0");
    assert_route(state, "0u", 20230101, SP_ROUTE_PUBLISHED, 0, "0u");
    assert_route(state, "EKG13", 20230101, SP_ROUTE_PUBLISHED, 0, "EKG13");
    assert_route(state, "30", 20230101, SP_ROUTE_LEFT_OUT, 0, "");
    assert_route(state, "9999", 20230101, SP_ROUTE_LEFT_OUT, 0, "");
    assert_route(state, "Rest", 20230101, SP_ROUTE_LEFT_OUT, 0, "");
    assert_route(state, "", 20230101, SP_ROUTE_LEFT_OUT, 0, "");
}

static void a_code_that_klass_never_knew_is_an_error_with_a_remedy(void **state)
{
    const Fixture *fixture = *state;
    g_autoptr(GError) error = NULL;
    assert_null(sp_router_find(fixture->router, "2111", 20230101, &error));
    assert_error(error, SP_ERROR_DATA, "\"2111\"");
    assert_error(error, SP_ERROR_DATA, "config/codes");
}

static void days_after_the_target_go_back_where_one_became_one(void **state)
{
    const Fixture *fixture = *state;
    g_autoptr(SpRouter) router = sp_router_new(fixture->regions, 20190101);
    g_autoptr(GError) error = NULL;
    const SpRoute *route = sp_router_find(router, "3101", 20240101, &error);
    assert_no_error(error);
    g_autofree char *targets = targets_of(route);
    assert_string_equal(targets, "0101");
    assert_null(sp_router_find(router, "5001", 20240101, &error));
    assert_error(error, SP_ERROR_DATA, "normalise.division");
    g_clear_error(&error);
    assert_null(sp_router_find(router, "1580", 20240101, &error));
    assert_error(error, SP_ERROR_DATA, "\"1580\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_period_follows_the_division_of_its_last_day),
        cmocka_unit_test(a_school_year_follows_the_division_of_its_autumn),
        cmocka_unit_test(mergers_and_new_numbers_are_followed),
        cmocka_unit_test(a_split_leads_to_all_its_parts),
        cmocka_unit_test(the_code_before_the_split_and_its_eve_are_kept),
        cmocka_unit_test(a_kommune_outside_its_lifetime_has_no_target),
        cmocka_unit_test(fylker_of_the_target_and_groups_pass_others_are_left_out),
        cmocka_unit_test(a_code_that_klass_never_knew_is_an_error_with_a_remedy),
        cmocka_unit_test(days_after_the_target_go_back_where_one_became_one),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
