/* Independent tasks on several threads. */
#include "pipeline/simulate/parallel.h"

typedef struct {
    SpSimTask task;
    gpointer data;
    guint n;
    gint next;
    gint has_failed;
    GError **errors; /* [n] */
} Shared;

static gpointer work(gpointer data)
{
    Shared *shared = data;
    while (g_atomic_int_get(&shared->has_failed) == 0) {
        guint number = (guint)g_atomic_int_add(&shared->next, 1);
        if (number >= shared->n) {
            break;
        }
        if (!shared->task(number, shared->data, &shared->errors[number])) {
            g_atomic_int_set(&shared->has_failed, 1);
        }
    }
    return NULL;
}

gboolean sp_sim_parallel(guint n_threads, guint n, SpSimTask task, gpointer data, GError **error)
{
    Shared shared = {.task = task, .data = data, .n = n, .errors = g_new0(GError *, n)};
    guint n_helpers = MIN(MAX(n_threads, 1U), MAX(n, 1U)) - 1;
    g_autofree GThread **threads = g_new(GThread *, n_helpers + 1);
    for (guint i = 0; i < n_helpers; i++) {
        threads[i] = g_thread_new("simulate", work, &shared);
    }
    (void)work(&shared);
    for (guint i = 0; i < n_helpers; i++) {
        (void)g_thread_join(threads[i]);
    }
    GError *first = NULL;
    for (guint i = 0; i < n; i++) {
        if (shared.errors[i] != NULL && first == NULL) {
            first = shared.errors[i];
        } else {
            g_clear_error(&shared.errors[i]);
        }
    }
    g_free(shared.errors);
    if (first != NULL) {
        g_propagate_error(error, first);
        return FALSE;
    }
    return TRUE;
}
