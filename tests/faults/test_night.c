/*
 * Whatever goes wrong in a night, what is served is whole and the next run heals: killed at any
 * moment, power cut, a full disk, a disk that fails, one that can be read alone. In a usual test
 * run the moments are a sample of all; SP_FAULTS=all takes every one (make soak-faults).
 */
#include "tests/check.h"
#include "tests/faults/night.h"

#include <errno.h>

static Night *night;
static guint n_survived;

static gboolean takes_all(void)
{
    return g_strcmp0(g_getenv("SP_FAULTS"), "all") == 0;
}

/* `sample` moments spread over all calls of the kinds, or each of them: 0 is every one. */
static void disturb(const Inject *like, guint sample)
{
    const guint n_calls = night_n_calls(night, like->calls);
    const guint n = takes_all() || sample == 0 ? n_calls : MIN(sample, n_calls);
    guint n_met = 0;
    for (guint i = 0; i < n; i++) {
        Inject inject = *like;
        inject.n = 1 + (guint)((guint64)i * n_calls / n);
        n_met += night_survives(night, &inject) ? 1 : 0;
    }
    assert_int_equal(n_met, n);
    n_survived += n;
    print_message("%u of %u moments survived\n", n, n_calls);
}

static void it_survives_being_killed(void **state)
{
    (void)state;
    const Inject kill = {.calls = INJECT_CHANGES, .how = INJECT_KILL};
    disturb(&kill, 100);
}

static void it_survives_a_power_cut(void **state)
{
    (void)state;
    const Inject cut = {.calls = INJECT_CHANGES, .how = INJECT_CUT};
    disturb(&cut, 15);
}

static void it_survives_a_disk_that_is_full_from_then_on(void **state)
{
    (void)state;
    const Inject full = {.calls = INJECT_WRITE, .how = INJECT_ERRORS, .errnum = ENOSPC};
    disturb(&full, 8);
}

static void it_survives_a_write_that_fails(void **state)
{
    (void)state;
    const Inject write = {.calls = INJECT_WRITE, .how = INJECT_ERROR, .errnum = EIO};
    disturb(&write, 6);
}

static void it_survives_a_sync_that_fails(void **state)
{
    (void)state;
    const Inject sync = {.calls = INJECT_SYNC, .how = INJECT_ERROR, .errnum = EIO};
    disturb(&sync, 6);
}

static void it_survives_a_name_that_cannot_be_given(void **state)
{
    (void)state;
    const Inject name = {.calls = INJECT_NAME, .how = INJECT_ERROR, .errnum = EIO};
    disturb(&name, 6);
}

static void it_survives_a_file_that_cannot_be_made(void **state)
{
    (void)state;
    const Inject create = {.calls = INJECT_CREATE, .how = INJECT_ERROR, .errnum = EACCES};
    disturb(&create, 6);
}

static void it_survives_a_disk_that_can_be_read_alone(void **state)
{
    (void)state;
    const Inject readonly = {
        .calls = INJECT_NAME | INJECT_CREATE, .how = INJECT_ERRORS, .errnum = EROFS};
    disturb(&readonly, 4);
}

static void it_survives_a_file_that_cannot_be_read(void **state)
{
    (void)state;
    const Inject read = {.calls = INJECT_READ, .how = INJECT_ERROR, .errnum = EIO};
    disturb(&read, 6);
}

static void it_survives_memory_that_is_not_given(void **state)
{
    (void)state;
    const Inject memory = {.calls = INJECT_MEMORY, .how = INJECT_ERRORS, .errnum = ENOMEM};
    disturb(&memory, 12);
}

static int set_up(void **state)
{
    (void)state;
    night = night_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    print_message("%u disturbed nights survived\n", n_survived);
    night_free(night);
    return 0;
}

int main(void)
{
    g_autofree char *why = NULL;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_survives_being_killed),
        cmocka_unit_test(it_survives_a_power_cut),
        cmocka_unit_test(it_survives_a_disk_that_is_full_from_then_on),
        cmocka_unit_test(it_survives_a_write_that_fails),
        cmocka_unit_test(it_survives_a_sync_that_fails),
        cmocka_unit_test(it_survives_a_name_that_cannot_be_given),
        cmocka_unit_test(it_survives_a_file_that_cannot_be_made),
        cmocka_unit_test(it_survives_a_disk_that_can_be_read_alone),
        cmocka_unit_test(it_survives_a_file_that_cannot_be_read),
        cmocka_unit_test(it_survives_memory_that_is_not_given),
    };
    inject_choose_disk();
    if (!inject_is_possible(&why)) {
        printf("SKIPPED: faults of the disk: %s\n", why);
        return 77;
    }
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
