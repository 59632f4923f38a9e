/** The inside of a formula, for formula.c, which reads its text, and grid.c, which evaluates it. */
#ifndef SP_TRANSFORMS_VARY_FORMULA_CHOICE_H
#define SP_TRANSFORMS_VARY_FORMULA_CHOICE_H

#include "transforms/vary/formula.h"

/** Codes of one key column: first..last in byte order, both included and of the same length. */
typedef struct {
    char *column;
    char *first;
    char *last;
} SpFormulaChoice;

struct SpFormula {
    char *text;
    char *table;
    char *measure;
    GPtrArray *choices; /* SpFormulaChoice* */
    int years_on;       /* 0: the same period */
};

/** The choice of a column, NULL if the formula names none. */
const SpFormulaChoice *sp_formula_find_choice(const SpFormula *formula, const char *column);
gboolean sp_formula_choice_takes(const SpFormulaChoice *choice, const char *code);

#endif
