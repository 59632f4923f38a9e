/**
 * The codes that a variable's codes and expressions stand for, so that the size of an answer is
 * known before it is asked for. The rules are the server's (PxTools/PxWebApi): top(N) and
 * top(N,offset) are the newest of the time variable and the first of any other, bottom the
 * opposite; from, to and range go by the order of the table, both ends in; * is any text and stands
 * first, last or at both ends; ? is one character.
 */
#ifndef SP_EXTRACTORS_SSB_SELECT_H
#define SP_EXTRACTORS_SSB_SELECT_H

#include "extractors/ssb/metadata.h"
#include "extractors/ssb/question.h"

/**
 * The variable with plain codes in the place of expressions: each once, in the order and spelling
 * of `all`, the table's codes or, with a code list, its members. Case is ignored, as v2 does.
 * SP_ERROR_CONFIG for an expression of another form; SP_ERROR_DATA for a code or expression that
 * stands for nothing, naming variable and code.
 */
SpSsbVariable *sp_ssb_select(const SpSsbVariable *variable, const GPtrArray *all, gboolean is_time,
                             GError **error);

#endif
