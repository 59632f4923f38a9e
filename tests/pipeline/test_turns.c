/* Threads that work beside each other, and one alone. */
#include "pipeline/turns.h"

#include "tests/check.h"

enum { N_THREADS = 4, N_ROUNDS = 300 };

typedef struct {
    SpTurns turns;
    gint n_working; /* atomic */
    gint n_crossed; /* times somebody was seen beside one who was alone */
    gint n_alone;   /* times somebody was */
    gint has_begun;
} Shared;

static void look_round(Shared *shared)
{
    g_atomic_int_inc(&shared->n_alone);
    for (guint i = 0; i < 3; i++) {
        if (g_atomic_int_get(&shared->n_working) != 0) {
            g_atomic_int_inc(&shared->n_crossed);
        }
        g_thread_yield();
    }
}

static gpointer work_and_be_alone(gpointer data)
{
    Shared *shared = data;
    for (guint round = 0; round < N_ROUNDS; round++) {
        sp_turns_begin(&shared->turns);
        g_atomic_int_inc(&shared->n_working);
        g_thread_yield();
        g_atomic_int_add(&shared->n_working, -1);
        sp_turns_begin_alone(&shared->turns);
        look_round(shared);
        sp_turns_end_alone(&shared->turns);
        g_atomic_int_inc(&shared->n_working);
        g_thread_yield();
        g_atomic_int_add(&shared->n_working, -1);
        sp_turns_end(&shared->turns);
    }
    return NULL;
}

static void nobody_works_beside_one_who_is_alone(void **state)
{
    (void)state;
    Shared shared = {.n_working = 0};
    GThread *threads[N_THREADS];
    sp_turns_init(&shared.turns);
    for (guint i = 0; i < N_THREADS; i++) {
        threads[i] = g_thread_new("turns", work_and_be_alone, &shared);
    }
    for (guint i = 0; i < N_THREADS; i++) {
        g_thread_join(threads[i]);
    }
    assert_int_equal(shared.n_crossed, 0);
    assert_int_equal(shared.n_alone, N_THREADS * N_ROUNDS);
    assert_int_equal(shared.turns.n_working, 0);
    sp_turns_clear(&shared.turns);
}

static gpointer begin(gpointer data)
{
    Shared *shared = data;
    sp_turns_begin(&shared->turns);
    g_atomic_int_set(&shared->has_begun, 1);
    sp_turns_end(&shared->turns);
    return NULL;
}

static gpointer be_alone(gpointer data)
{
    Shared *shared = data;
    sp_turns_begin(&shared->turns);
    sp_turns_begin_alone(&shared->turns);
    g_atomic_int_set(&shared->n_crossed, g_atomic_int_get(&shared->has_begun));
    sp_turns_end_alone(&shared->turns);
    sp_turns_end(&shared->turns);
    return NULL;
}

static guint n_waiting(Shared *shared)
{
    pthread_mutex_lock(&shared->turns.lock);
    guint n = shared->turns.n_waiting;
    pthread_mutex_unlock(&shared->turns.lock);
    return n;
}

static void who_waits_to_be_alone_is_not_passed(void **state)
{
    (void)state;
    Shared shared = {.n_working = 0};
    sp_turns_init(&shared.turns);
    sp_turns_begin(&shared.turns);
    GThread *alone = g_thread_new("alone", be_alone, &shared);
    while (n_waiting(&shared) == 0) {
        g_thread_yield();
    }
    GThread *late = g_thread_new("late", begin, &shared);
    g_usleep(20000); /* time to pass, for one who could */
    assert_int_equal(g_atomic_int_get(&shared.has_begun), 0);
    sp_turns_end(&shared.turns);
    g_thread_join(alone);
    g_thread_join(late);
    assert_int_equal(shared.n_crossed, 0);
    assert_int_equal(shared.has_begun, 1);
    sp_turns_clear(&shared.turns);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_works_beside_one_who_is_alone),
        cmocka_unit_test(who_waits_to_be_alone_is_not_passed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
