/** The inside of a formula, for formula.c, which reads its text, and grid.c, which evaluates it. */
#ifndef SP_TRANSFORMS_VARY_FORMULA_TERM_H
#define SP_TRANSFORMS_VARY_FORMULA_TERM_H

#include "transforms/vary/formula.h"

/** Codes of one key column. */
typedef struct {
    char *column;
    char **codes; /* NULL-terminated; NULL: each code on its own (*) */
    char *last;   /* codes[0]..last in byte order, both included and of the same length; NULL: the
                     codes listed */
} SpFormulaChoice;

/** Which period of the term's table stands beside a period of the indicator. */
typedef enum {
    SP_WHEN_SAME,    /* the same code */
    SP_WHEN_JANUARY, /* @+N: 1 January N years after the period's year */
    SP_WHEN_YEAR,    /* @year */
    SP_WHEN_BEFORE,  /* @before */
} SpFormulaWhen;

typedef struct {
    char *table;
    char *measure;
    GPtrArray *choices; /* SpFormulaChoice* */
    SpFormulaWhen when;
    int years_on; /* of @+N */
    gboolean is_subtracted;
    gboolean is_zero_without_row; /* or 0 */
} SpFormulaTerm;

struct SpFormula {
    char *text;
    GPtrArray *terms; /* SpFormulaTerm*, one or more */
};

/** The choice of a column, NULL if the term names none. */
const SpFormulaChoice *sp_formula_find_choice(const SpFormulaTerm *term, const char *column);
gboolean sp_formula_choice_takes(const SpFormulaChoice *choice, const char *code);

#endif
