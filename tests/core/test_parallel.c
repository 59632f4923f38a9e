/* Items on threads. */
#include "tests/check.h"

#include "core/parallel.h"

#include <pthread.h>

enum { N_ITEMS = 1000, MOST_THREADS = 4 };

typedef struct {
    gint done[N_ITEMS]; /* atomic */
    gint by[MOST_THREADS];
} Count;

static void count(guint thread, gsize item, gpointer data)
{
    Count *of = data;
    g_atomic_int_inc(&of->done[item]);
    of->by[thread]++;
}

static void assert_each_once(const Count *of, guint n_threads)
{
    int all = 0;
    for (gsize i = 0; i < N_ITEMS; i++) {
        assert_int_equal(of->done[i], 1);
    }
    for (guint i = 0; i < MOST_THREADS; i++) {
        assert_true(i < n_threads || of->by[i] == 0);
        all += of->by[i];
    }
    assert_int_equal(all, N_ITEMS);
}

static void every_item_is_done_once(void **state)
{
    (void)state;
    for (guint n = 1; n <= MOST_THREADS; n++) {
        Count of = {{0}, {0}};
        sp_parallel(n, N_ITEMS, count, &of);
        assert_each_once(&of, n);
    }
}

/* A thread that wants more room than there is in an address space cannot be had. */
static void where_no_thread_can_be_had_the_callers_does_all(void **state)
{
    (void)state;
    pthread_attr_t before, huge;
    Count of = {{0}, {0}};
    assert_int_equal(pthread_getattr_default_np(&before), 0);
    assert_int_equal(pthread_attr_init(&huge), 0);
    assert_int_equal(pthread_attr_setstacksize(&huge, (size_t)1 << 60), 0);
    assert_int_equal(pthread_setattr_default_np(&huge), 0);
    sp_parallel(MOST_THREADS, N_ITEMS, count, &of);
    assert_int_equal(pthread_setattr_default_np(&before), 0);
    assert_each_once(&of, 1);
    (void)pthread_attr_destroy(&before);
    (void)pthread_attr_destroy(&huge);
}

/* Items 300 and 301 fail, the latter first if there are threads for both. */
static gboolean try_one(gsize item, gpointer data, GError **error)
{
    Count *of = data;
    g_atomic_int_inc(&of->done[item]);
    if (item == 300) {
        g_usleep(1000);
    }
    return (item != 300 && item != 301) || sp_error_set(error, SP_ERROR_DATA, "item %d", (int)item);
}

static gboolean try_well(gsize item, gpointer data, GError **error)
{
    Count *of = data;
    (void)error;
    g_atomic_int_inc(&of->done[item]);
    g_atomic_int_inc(&of->by[0]);
    return TRUE;
}

static void the_error_of_the_lowest_item_is_told(void **state)
{
    (void)state;
    for (guint n = 1; n <= MOST_THREADS; n++) {
        Count of = {{0}, {0}};
        g_autoptr(GError) error = NULL;
        assert_false(sp_parallel_try(n, N_ITEMS, try_one, &of, &error));
        assert_error(error, SP_ERROR_DATA, "item 300");
        assert_true(n > 1 || of.done[301] == 0);
        Count well = {{0}, {0}};
        g_clear_error(&error);
        assert_true(sp_parallel_try(n, N_ITEMS, try_well, &well, &error));
        assert_no_error(error);
        assert_each_once(&well, n);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_item_is_done_once),
        cmocka_unit_test(the_error_of_the_lowest_item_is_told),
        cmocka_unit_test(where_no_thread_can_be_had_the_callers_does_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
