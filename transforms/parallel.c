/* Threads that take the next item until there is none. */
#include "transforms/parallel.h"

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
