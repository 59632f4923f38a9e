/** Independent tasks on several threads. What a task does must depend on its number alone; then
 * results do not depend on the threads. */
#ifndef SP_SIMULATE_PARALLEL_H
#define SP_SIMULATE_PARALLEL_H

#include <glib.h>

typedef gboolean (*SpSimTask)(guint number, gpointer data, GError **error);

/** Runs tasks 0 ... n - 1 on `n_threads` threads, begun in that order. Of the errors the one of the
 * lowest number is told; tasks after a failed one may not be run. */
gboolean sp_sim_parallel(guint n_threads, guint n, SpSimTask task, gpointer data, GError **error);

#endif
