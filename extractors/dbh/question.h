/**
 * A question to DBH's table service (HK-dir), from what config says.
 * Source: HK-dir's R client rdbhapi and public clients of the service; nothing of it is promised by
 * the publisher.
 */
#ifndef SP_EXTRACTORS_DBH_QUESTION_H
#define SP_EXTRACTORS_DBH_QUESTION_H

#include "core/io/json.h"

typedef struct {
    gint64 table;
    char **group_by;  /* variables to sum by; empty for a table without sums */
    char **variables; /* variables to list; empty for a table with sums */
    const char *query;
    gint64 limit; /* rows; 0: none */
} SpDbhQuestion;

/**
 * The body to POST. Codes of a variable in `query` are a list (filter `item`), `*` (all), top(N),
 * between(A,B), like(A%,B%), lessthan(A) or greaterthan(A); `!CODE` beside one of the last six
 * leaves that code out.
 *
 * SP_ERROR_CONFIG: as sp_selection_parse; neither or both of group_by and variables; an expression
 * beside codes; between without two values; `!CODE` beside a list, which the service refuses.
 */
json_t *sp_dbh_question_body(const SpDbhQuestion *question, GError **error);

#endif
