/** Filters of a question to DBH. */
#ifndef SP_TESTS_UPSTREAM_DBH_FILTER_H
#define SP_TESTS_UPSTREAM_DBH_FILTER_H

#include <jansson.h>

#include <glib.h>

/** Whether the filters of a body are ones DBH knows: item, all, top, between (two values), like,
 * lessthan, greaterthan; no exclude beside item. */
gboolean fake_dbh_filters_are_right(const json_t *filters);
/** Whether value `i` of a variable's list (code, text) passes the variable's filter, if it has one.
 */
gboolean fake_dbh_passes(const json_t *filters, const char *variable, const GPtrArray *values,
                         guint i);

#endif
