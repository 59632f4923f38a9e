/** What a delivery is told: its sheets, and the rules that its rows break, with the first
 * places. */
#ifndef SP_TRANSFORMS_NORMALISE_INSPECT_NOTES_H
#define SP_TRANSFORMS_NORMALISE_INSPECT_NOTES_H

#include "core/sink.h"

/** Rules by name; the sentences that go with them are in config/rapport.csv (regel.NAME). */
#define SP_RULE_NUMBER "ikke_tall"
#define SP_RULE_MINIMUM "under_minimum"
#define SP_RULE_EMPTY "tomt_tall"
#define SP_RULE_CODE "ukjent_kode"
#define SP_RULE_KOMMUNE "ukjent_kommune"
#define SP_RULE_PERIOD "ukjent_periode"
#define SP_RULE_DOUBLET "dobbel"
#define SP_RULE_REPEAT "dobbel_gjentatt" /* the row says the same again, which is not allowed */
#define SP_RULE_SAME "dobbel_lik"        /* the same, and it is */

/** Places of a rule that are kept; the others are only counted. */
enum { SP_INSPECT_PLACES = 20, SP_INSPECT_TEXT = 60 };

typedef struct {
    char *sheet; /* NULL: the file has none */
    guint64 row;
    char *column; /* the source's name; NULL: the row as a whole */
    char *found;  /* at most SP_INSPECT_TEXT characters */
} SpInspectPlace;

typedef struct {
    const char *rule;
    guint64 n;
    GPtrArray *places; /* SpInspectPlace* */
} SpInspectFinding;

typedef struct {
    char *name;
    gboolean is_read; /* FALSE: hidden */
    guint64 n_rows;
} SpInspectSheet;

/** For inspect.c alone. */
typedef struct SpNotes SpNotes;

SpNotes *sp_notes_new(void);
void sp_notes_free(SpNotes *notes);

/** The rows that follow are of this sheet, unless it is hidden (`is_read` FALSE). */
void sp_notes_take_sheet(SpNotes *notes, const char *name, gboolean is_read);
/** A row of the present sheet, if the file has any. */
void sp_notes_count_row(SpNotes *notes);
/** A row breaks a rule of those above. `column` NULL: as a whole; `field` NULL: nothing stood
 * there. */
void sp_notes_add(SpNotes *notes, const char *rule, guint64 row, const char *column,
                  const SpField *field);

/** SpInspectSheet*, in order. Borrowed. */
const GPtrArray *sp_notes_sheets(const SpNotes *notes);
/** SpInspectFinding*, in the order of the rules above, also those that no row broke. Borrowed. */
const GPtrArray *sp_notes_findings(const SpNotes *notes);

#endif
