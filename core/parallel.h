/** Independent items on several threads. What an item gives must depend on its number alone, so
 * that results do not depend on the threads. */
#ifndef SP_CORE_PARALLEL_H
#define SP_CORE_PARALLEL_H

#include <glib.h>

/** `thread` is below the number of threads: a place for working memory of the thread's own. */
typedef void (*SpParallelItem)(guint thread, gsize item, gpointer data);

/** Does items 0 ... n_items - 1, begun in that order, and returns when all are done. Where no more
 * threads can be had, or there are not so many items, there are fewer; the caller's does all the
 * work if need be. */
void sp_parallel(guint n_threads, gsize n_items, SpParallelItem item, gpointer data);

/** An item that may fail. */
typedef gboolean (*SpParallelTask)(gsize item, gpointer data, GError **error);

/** The same for such items. Of the errors the one of the lowest item is told; items after a failed
 * one may not be done. */
gboolean sp_parallel_try(guint n_threads, gsize n_items, SpParallelTask task, gpointer data,
                         GError **error);

#endif
