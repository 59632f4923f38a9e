/*
 * Killed at random moments of the clock, again and again: some kills in a usual run, 5 000 by
 * `make -f Makefile.ci soak`. SP_SEED (printed) gives the same moments again.
 */
#include "tests/check.h"
#include "tests/faults/night.h"

#include <stdlib.h>

enum { USUAL = 20, SEED = 30, EACH = 100 };

static guint asked(const char *variable, guint otherwise)
{
    const char *text = g_getenv(variable);
    return text != NULL && *text != '\0' ? (guint)g_ascii_strtoull(text, NULL, 10) : otherwise;
}

static void it_survives_kills_and_kills_of_what_heals_it(void **state)
{
    (void)state;
    const guint n = asked("SP_KILLS", USUAL);
    const guint seed = asked("SP_SEED", SEED);
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    g_autoptr(Night) night = night_new();
    guint n_met = 0, n_healed = 0;
    print_message("kills: %u, seed %u\n", n, seed);
    while (n_met < n) {
        const guint before = n_met / EACH;
        n_met += night_survives_kills(night, random);
        n_healed++;
        if (n_met / EACH != before) {
            print_message("%u kills survived, healed %u times\n", n_met, n_healed);
        }
        assert_true(n_healed < n + USUAL); /* else nearly none would be met */
    }
    print_message("%u kills survived, healed %u times\n", n_met, n_healed);
}

int main(void)
{
    g_autofree char *why = NULL;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_survives_kills_and_kills_of_what_heals_it),
    };
    inject_choose_disk();
    if (!inject_is_possible(&why)) {
        printf("SKIPPED: faults of the disk: %s\n", why);
        return 77;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
