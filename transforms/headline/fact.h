/** What a rule has found: the templates it chooses, the figures and codes for their fields, the row
 * it rests on, and how certain it is. */
#ifndef SP_TRANSFORMS_HEADLINE_FACT_H
#define SP_TRANSFORMS_HEADLINE_FACT_H

#include "core/table.h"

typedef struct {
    char *name;   /* of the field */
    char *column; /* of a code, "" of a figure */
    char *code;   /* several with a blank between */
    char *unit;   /* of a figure, a unit of config/units.csv or of an indicator; "" of a code */
    SpReal value;
} SpFactField;

typedef struct {
    GString *variants; /* told one after the other, with a blank between */
    GPtrArray *fields; /* SpFactField* */
    char *table, *row; /* as sp_rows_name has it; "" if it rests on many rows */
    double certainty;  /* the chance that the table tells; used where the rule has none */
} SpFact;

/** A fact that rests on a row of a table (SP_NO_COLUMN: on many). The caller frees. */
SpFact *sp_fact_new(const SpTable *table, gsize row);
void sp_fact_free(SpFact *fact);

void sp_fact_say(SpFact *fact, const char *variant);
void sp_fact_code(SpFact *fact, const char *name, const char *column, const char *code);
void sp_fact_number(SpFact *fact, const char *name, SpReal value, const char *unit);
/** The year of a period. */
void sp_fact_year(SpFact *fact, const char *name, const char *period);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpFact, sp_fact_free)

#endif
