/**
 * The table `forklaring`: what the signs, flags, units and codes of a package's tables mean, in the
 * package's language.
 *
 *   slag    key: "tegn", "merke", "enhet", "brudd" or the name of a code column
 *   kode    key: the sign, letter, unit or code as it stands in the tables; of a break table,
 *           measure and period
 *   tekst   what it means
 *
 * Holds every sign and flag, the units of the measures, and the codes of the code columns that
 * stand in rows, regions among them; not periods. A code with a note, text "code.LIST.CODE.note",
 * has it behind its words: "Mer tilgang: Ti prosent flere nyutdannede fra 2028."
 */
#ifndef SP_OUTPUTS_FORKLARING_H
#define SP_OUTPUTS_FORKLARING_H

#include "outputs/words.h"

/** Its name. */
#define SP_FORKLARING "forklaring"

/** A sign or flag, and the id of the text that tells what it means. Both static. */
typedef struct {
    const char *mark; /* "..", "m" */
    const char *text; /* "sign.missing", "flag.modelled" */
} SpLegend;

/** Number `i` of the signs, or of the flags, in their order; FALSE when there are no more. */
gboolean sp_forklaring_sign(gsize i, SpLegend *mark);
gboolean sp_forklaring_flag(gsize i, SpLegend *mark);

/** A new table in key order, of the package's tables as they are now (one named `forklaring` is
 * passed over). */
SpTable *sp_forklaring_new(const SpWords *words);

/** The signs and flags that stand in a table with their meaning, "m = Beregnet med en modell, ikke
 * talt · .. = Oppgave mangler", and the known breaks of its series with the reason; "" if there are
 * none. g_free. */
char *sp_forklaring_legend(const SpWords *words, const SpTable *table);
/** The same for single figures [n]. */
char *sp_forklaring_legend_of(const SpWords *words, const SpReal reals[], gsize n);
/** All signs and flags with their meaning. g_free. */
char *sp_forklaring_legend_all(const SpWords *words);

#endif
