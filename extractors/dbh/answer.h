/**
 * What a snapshot of DBH holds: a sequence (extractors/sequence.h) of questions, each followed by
 * its answer, a list of rows, or by none: then the service answered 204, and there are no rows.
 *
 * The question stands in the snapshot because an answer tells neither its table nor whether its
 * figures were rounded: {"spoersmaal": the body that was posted, "avrundet_til": "3" or ""}.
 */
#ifndef SP_EXTRACTORS_DBH_ANSWER_H
#define SP_EXTRACTORS_DBH_ANSWER_H

#include "core/io/json.h"
#include "core/sink.h"

/** Figures without a token are rounded to the nearest of these (rdbhapi). */
#define SP_DBH_ROUNDED "3"

/** The text of a question for the snapshot. g_free. */
char *sp_dbh_question_format(const json_t *body, gboolean is_rounded);

/**
 * Hands a snapshot to a sink. Tables with sums come long, one figure a row, several tables as one:
 * the variables of groupBy, then "avrundet_til", "tall" (the table's number, a blank, the figure's
 * name: "118 Antall") and "verdi". Lists come as they are, one column a member; so does a list that
 * stands alone, without a question.
 *
 * SP_ERROR_DATA: not JSON, a row without one of its variables, a row twice, answers and questions
 * that do not follow each other, as many rows as the question's limit allows (then it cut the rest
 * off). Rows before the fault may have been handed on.
 */
gboolean sp_dbh_parse(const char *bytes, gsize size, const char *origin, SpSink *sink,
                      GError **error);

#endif
