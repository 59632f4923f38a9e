/* Threads that take the next item until there is none. */
#include "core/parallel.h"

typedef struct {
    SpParallelItem item;
    gpointer data;
    gsize n_items;
    gint next; /* atomic */
} Shared;

typedef struct {
    Shared *shared;
    guint number;
} Worker;

static gpointer work(gpointer data)
{
    const Worker *worker = data;
    Shared *shared = worker->shared;
    gsize item;
    while ((item = (gsize)g_atomic_int_add(&shared->next, 1)) < shared->n_items) {
        shared->item(worker->number, item, shared->data);
    }
    return NULL;
}

void sp_parallel(guint n_threads, gsize n_items, SpParallelItem item, gpointer data)
{
    g_assert(n_threads >= 1 && n_items < G_MAXINT / 2);
    n_threads = (guint)MIN(n_threads, MAX(n_items, 1));
    Shared shared = {.item = item, .data = data, .n_items = n_items};
    g_autofree Worker *workers = g_new(Worker, n_threads);
    g_autofree GThread **threads = g_new0(GThread *, n_threads);
    for (guint i = 0; i < n_threads; i++) {
        workers[i] = (Worker){.shared = &shared, .number = i};
        if (i > 0) {
            threads[i] = g_thread_try_new("parallel", work, &workers[i], NULL);
        }
    }
    (void)work(&workers[0]);
    for (guint i = 1; i < n_threads; i++) {
        if (threads[i] != NULL) {
            (void)g_thread_join(threads[i]);
        }
    }
}

typedef struct {
    SpParallelTask task;
    gpointer data;
    gint lowest_failed; /* atomic; G_MAXINT: none yet */
    GError **errors;    /* [n_items] */
} Trial;

static void note_failure(Trial *trial, gint item)
{
    gint lowest = g_atomic_int_get(&trial->lowest_failed);
    while (item < lowest &&
           !g_atomic_int_compare_and_exchange(&trial->lowest_failed, lowest, item)) {
        lowest = g_atomic_int_get(&trial->lowest_failed);
    }
}

static void try_item(guint thread, gsize item, gpointer data)
{
    Trial *trial = data;
    (void)thread;
    if ((gint)item < g_atomic_int_get(&trial->lowest_failed) &&
        !trial->task(item, trial->data, &trial->errors[item])) {
        note_failure(trial, (gint)item);
    }
}

gboolean sp_parallel_try(guint n_threads, gsize n_items, SpParallelTask task, gpointer data,
                         GError **error)
{
    g_autofree GError **errors = g_new0(GError *, n_items);
    Trial trial = {.task = task, .data = data, .lowest_failed = G_MAXINT, .errors = errors};
    GError *first = NULL;
    sp_parallel(n_threads, n_items, try_item, &trial);
    for (gsize i = 0; i < n_items; i++) {
        if (first == NULL) {
            first = errors[i];
        } else {
            g_clear_error(&errors[i]);
        }
    }
    if (first != NULL) {
        g_propagate_error(error, first);
    }
    return first == NULL;
}
