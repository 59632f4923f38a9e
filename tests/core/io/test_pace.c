/* Pace against a clock that stands still until it is slept on. */
#include "core/io/pace.h"

#include "tests/check.h"

#define A "https://a.example/x?y"
#define A_TOO "https://a.example/other"
#define B "https://b.example:8443/"

typedef struct {
    SpPaceClock clock; /* its data is this */
    gint64 now_ms;
    gint64 slept_ms;
} Still;

static gint64 now_ms(gpointer data)
{
    return ((Still *)data)->now_ms;
}

static void sleep_ms(gint64 wait_ms, gpointer data)
{
    Still *still = data;
    still->now_ms += wait_ms;
    still->slept_ms += wait_ms;
}

static SpPace *start(Still *still, gint64 max_wait_s)
{
    *still = (Still){.now_ms = 1000000};
    still->clock = (SpPaceClock){now_ms, sleep_ms, still};
    return sp_pace_new(&still->clock, max_wait_s, "ask again tomorrow");
}

static void enter(SpPace *pace, const char *url)
{
    g_autoptr(GError) error = NULL;
    sp_pace_enter(pace, url, &error);
    assert_no_error(error);
}

static void tell(SpPace *pace, const char *url, const char *remaining)
{
    g_autoptr(GHashTable) headers = g_hash_table_new(g_str_hash, g_str_equal);
    g_hash_table_insert(headers, (gpointer) "x-ratelimit-limit", (gpointer) "40");
    g_hash_table_insert(headers, (gpointer) "x-ratelimit-policy", (gpointer) "40;w=60s");
    g_hash_table_insert(headers, (gpointer) "x-ratelimit-remaining", (gpointer)remaining);
    sp_pace_told(pace, url, headers);
}

static void nobody_waits_before_a_limit_is_told(void **state)
{
    (void)state;
    Still still;
    g_autoptr(SpPace) pace = start(&still, 100);
    for (int i = 0; i < 1000; i++) {
        enter(pace, A);
    }
    assert_int_equal(still.slept_ms, 0);
    assert_int_equal(sp_pace_window_ms(pace, A), 0);
}

/* The window began at the latest with our first call in it. */
static void last_call_of_a_window_is_followed_by_its_rest(void **state)
{
    (void)state;
    Still still;
    g_autoptr(SpPace) pace = start(&still, 100);
    enter(pace, A);
    tell(pace, A, "1");
    still.now_ms += 20000;
    enter(pace, A_TOO);
    tell(pace, A_TOO, "0");
    assert_int_equal(still.slept_ms, 0);
    enter(pace, A);
    assert_int_equal(still.slept_ms, 40000);
    tell(pace, A, "39");
    enter(pace, A);
    assert_int_equal(still.slept_ms, 40000);
}

static void servers_do_not_wait_for_each_other(void **state)
{
    (void)state;
    Still still;
    g_autoptr(SpPace) pace = start(&still, 100);
    enter(pace, A);
    tell(pace, A, "0");
    enter(pace, B);
    assert_int_equal(still.slept_ms, 0);
}

/* Three were published for one service: 30, 40 and 300 a minute. */
static void smallest_of_several_limits_holds(void **state)
{
    (void)state;
    Still still;
    g_autoptr(SpPace) pace = start(&still, 100);
    sp_pace_set_limit(pace, A, 300, 60);
    sp_pace_set_limit(pace, A, 3, 60);
    sp_pace_set_limit(pace, A, 40, 60);
    sp_pace_set_limit(pace, A, 0, 0);
    for (int i = 0; i < 3; i++) {
        enter(pace, A);
        still.now_ms += 1000;
    }
    assert_int_equal(still.slept_ms, 0);
    enter(pace, A);
    assert_int_equal(still.slept_ms, 57000);
    enter(pace, A);
    assert_int_equal(still.slept_ms, 58000);
}

static void waiting_has_an_end(void **state)
{
    (void)state;
    Still still;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpPace) pace = start(&still, 100);
    for (int i = 0; i < 2; i++) {
        enter(pace, A);
        tell(pace, A, "0");
    }
    assert_int_equal(still.slept_ms, 60000);
    assert_false(sp_pace_enter(pace, A, &error));
    assert_error(error, SP_ERROR_TRY_LATER, "https://a.example: wants 60 s more");
    assert_error(error, SP_ERROR_TRY_LATER, "s; ask again tomorrow");
    assert_int_equal(still.slept_ms, 60000);
    g_autoptr(GError) other = NULL;
    assert_false(sp_pace_wait(pace, A, 40001, &other));
    assert_true(sp_pace_wait(pace, A, 40000, NULL));
    assert_true(sp_pace_wait(pace, B, 40000, NULL));
}

static void headers_that_are_no_numbers_are_not_read(void **state)
{
    (void)state;
    static const char *const policies[] = {"", "40", "40;w=", "40;w=x",
                                           "40;w=99999999999999999999s"};
    Still still;
    g_autoptr(SpPace) pace = start(&still, 100);
    for (gsize i = 0; i < G_N_ELEMENTS(policies); i++) {
        g_autoptr(GHashTable) headers = g_hash_table_new(g_str_hash, g_str_equal);
        g_hash_table_insert(headers, (gpointer) "x-ratelimit-limit", (gpointer) "-1");
        g_hash_table_insert(headers, (gpointer) "x-ratelimit-remaining", (gpointer) "none");
        g_hash_table_insert(headers, (gpointer) "x-ratelimit-policy", (gpointer)policies[i]);
        enter(pace, A);
        sp_pace_told(pace, A, headers);
    }
    enter(pace, A);
    assert_int_equal(still.slept_ms, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_waits_before_a_limit_is_told),
        cmocka_unit_test(last_call_of_a_window_is_followed_by_its_rest),
        cmocka_unit_test(servers_do_not_wait_for_each_other),
        cmocka_unit_test(smallest_of_several_limits_holds),
        cmocka_unit_test(waiting_has_an_end),
        cmocka_unit_test(headers_that_are_no_numbers_are_not_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
