/* Kommuner that share a service. */
#include "tests/core/rows.h"

#include "core/error.h"
#include "transforms/vary/hosts.h"

static const char *const codes[] = {"1505", "1506", "1508", "1511", "1580"};
enum { N = G_N_ELEMENTS(codes) };

static SpTable *arrangements(void)
{
    return TABLE("vertskommune",
                 "region:key vertskommune:key tjeneste:key period:key til:attribute",
                 "1505 1508 jordmor 2020-01-01 _", "1511 1508 jordmor 2022-01-01 2023-12-31",
                 "1580 1506 legevakt 2020-01-01 _", "4601 1506 jordmor 2020-01-01 _");
}

/* The hosts of all five in one line. */
static void assert_hosts(SpTable *table, const char *period, const char *wanted)
{
    g_autoptr(SpTable) owned = table;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) kommuner = g_ptr_array_new();
    g_autoptr(GString) text = g_string_new(NULL);
    gsize host[N];
    for (gsize i = 0; i < N; i++) {
        g_ptr_array_add(kommuner, (char *)codes[i]);
    }
    assert_true(sp_hosts_find(owned, "jordmor", period, kommuner, host, &error));
    assert_no_error(error);
    for (gsize i = 0; i < N; i++) {
        g_string_append_printf(text, "%s%s", i > 0 ? " " : "", codes[host[i]]);
    }
    assert_string_equal(text->str, wanted);
}

static void partners_of_the_service_have_their_host_on_the_day(void **state)
{
    (void)state;
    assert_hosts(arrangements(), "2022-12-31", "1508 1506 1508 1508 1580");
    assert_hosts(arrangements(), "2024-12-01", "1508 1506 1508 1511 1580");
    assert_hosts(arrangements(), "2019", "1505 1506 1508 1511 1580");
}

static void nobody_shares_without_the_table(void **state)
{
    (void)state;
    assert_hosts(NULL, "2022", "1505 1506 1508 1511 1580");
}

/* 1508 hosts 1505 and is itself a partner of 1511: all three are one area, which 1511 stands
 * for. */
static void host_that_takes_part_elsewhere_joins_both_areas(void **state)
{
    (void)state;
    static const char *const columns =
        "region:key vertskommune:key tjeneste:key period:key til:attribute";
    assert_hosts(TABLE("vertskommune", columns, "1505 1508 jordmor 2020-01-01 _",
                       "1508 1511 jordmor 2020-01-01 _"),
                 "2022", "1511 1506 1511 1511 1580");
    assert_hosts(TABLE("vertskommune", columns, "1508 1511 jordmor 2020-01-01 _",
                       "1505 1508 jordmor 2020-01-01 _"),
                 "2022", "1511 1506 1511 1511 1580");
}

static void two_that_name_each_other_end(void **state)
{
    (void)state;
    assert_hosts(TABLE("vertskommune",
                       "region:key vertskommune:key tjeneste:key period:key til:attribute",
                       "1505 1508 jordmor 2020-01-01 _", "1508 1505 jordmor 2020-01-01 _",
                       "1506 1506 jordmor 2020-01-01 _"),
                 "2022", "1505 1506 1505 1511 1580");
}

static void period_that_is_none_is_told(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = arrangements();
    g_autoptr(GPtrArray) kommuner = g_ptr_array_new();
    assert_false(sp_hosts_find(table, "jordmor", "desember", kommuner, NULL, &error));
    assert_error(error, SP_ERROR_DATA, "period \"desember\" is none");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(partners_of_the_service_have_their_host_on_the_day),
        cmocka_unit_test(nobody_shares_without_the_table),
        cmocka_unit_test(host_that_takes_part_elsewhere_joins_both_areas),
        cmocka_unit_test(two_that_name_each_other_end),
        cmocka_unit_test(period_that_is_none_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
