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
    gint has_failed; /* atomic */
    GError **errors; /* [n_items] */
} Trial;

static void try_item(guint thread, gsize item, gpointer data)
{
    Trial *trial = data;
    (void)thread;
    if (g_atomic_int_get(&trial->has_failed) == 0 &&
        !trial->task(item, trial->data, &trial->errors[item])) {
        g_atomic_int_set(&trial->has_failed, 1);
    }
}

gboolean sp_parallel_try(guint n_threads, gsize n_items, SpParallelTask task, gpointer data,
                         GError **error)
{
    g_autofree GError **errors = g_new0(GError *, n_items);
    Trial trial = {.task = task, .data = data, .errors = errors};
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
