/**
 * What is asked of a table: the `query` of a dataset, one syntax for both versions of PxWebApi.
 *
 * The text is that of extractors/selection.h: a blank-separated list of VARIABLE=CODES, or here
 * also VARIABLE=CODES@CODELIST. CODES are separated by commas and may hold the expressions of v2
 * (*, ?, from(2020), to(2020), range(2020,2022), top(3), bottom(3)); CODELIST is the id of one of
 * the table's code lists, as v2 has it (agg_KommSummer, vs_Kommun): "Region=*@agg_KommSummer
 * Kjonn=1,2 ContentsCode=Personer1 Tid=from(2020)". Source: SSB's user guide and the server's code
 * (PxTools/PxWebApi).
 */
#ifndef SP_EXTRACTORS_SSB_QUESTION_H
#define SP_EXTRACTORS_SSB_QUESTION_H

#include <glib.h>

typedef struct {
    char *name;
    char *codelist;   /* NULL: none */
    GPtrArray *codes; /* char*: codes and expressions */
} SpSsbVariable;

/** No codes. `codelist` may be NULL. */
SpSsbVariable *sp_ssb_variable_new(const char *name, const char *codelist);
void sp_ssb_variable_free(gpointer variable);

/**
 * SpSsbVariable*, in the order given; unref. A code that comes twice in a variable is taken once,
 * the first time (the API answers 500 to repeats; v2 ignores case, and so does this). CODES may be
 * empty before a CODELIST. SP_ERROR_CONFIG: a piece that is not VARIABLE=CODES, a variable given
 * twice, no ContentsCode or no Tid (v2 has no default that stays the same, v1 would give all),
 * brackets that do not close, not UTF-8.
 */
GPtrArray *sp_ssb_question_parse(const char *query, GError **error);

/** NULL when there is none of that name, case ignored. */
const SpSsbVariable *sp_ssb_question_find(const GPtrArray *question, const char *name);

/** A code that stands for others: from(2020), *, 03??. */
gboolean sp_ssb_is_expression(const char *code);

#endif
