/**
 * The columns of person rows: their codes and quantities, and what they say of each measure. For
 * persons*.c alone.
 */
#ifndef SP_TRANSFORMS_NORMALISE_PERSONS_COLUMNS_H
#define SP_TRANSFORMS_NORMALISE_PERSONS_COLUMNS_H

#include "transforms/normalise/persons_rows.h"

/** The names of a file's columns. */
typedef struct {
    const char *const *names; /* [n] */
    gsize n;
} SpPersonsHeader;

/** SP_ERROR_DATA when the source's column is not there. */
gboolean sp_persons_find_field(const SpPersonsInput *input, const char *source,
                               const SpPersonsHeader *header, gsize *field, GError **error);

typedef struct SpPersonsColumns SpPersonsColumns;

/** All but the data year's, in the order they are asked: those with a filter first, since a row
 * that is no concern of the table breaks no rule, then codes, then quantities. Arguments are
 * borrowed. SP_ERROR_CONFIG. */
SpPersonsColumns *sp_persons_columns_new(const SpPersonsInput *input, const SpPersonsSpec *spec,
                                         SpPersonsRegions *regions, GError **error);
void sp_persons_columns_free(SpPersonsColumns *columns);

/** Finds them in a file. */
gboolean sp_persons_columns_begin(SpPersonsColumns *columns, const SpPersonsHeader *header,
                                  GError **error);

/** The first rule that a row breaks. */
typedef struct {
    const char *rule;    /* NULL: none */
    const char *subject; /* the column */
    gboolean is_filter;  /* the column has a filter: the row is not known to pass it */
} SpPersonsBroken;

/** Fills in the row's codes, quantities (borrowed until the next row) and mask; its period is
 * given. FALSE with an error that ends the reading. */
gboolean sp_persons_columns_read(SpPersonsColumns *columns, const SpField fields[],
                                 const SpPersonsPeriod *period, SpPersonsRow *row,
                                 SpPersonsBroken *broken, GError **error);
/** Fills in, of a row that breaks a rule, its region alone, NO_CODE if that is none of ours. */
gboolean sp_persons_columns_read_region(SpPersonsColumns *columns, const SpField fields[],
                                        const SpPersonsPeriod *period, SpPersonsRow *row,
                                        GError **error);

/** The number of the text that stands for the region in the row read last, from 0 in the order in
 * which they were met. */
guint32 sp_persons_columns_region_text(const SpPersonsColumns *columns);

/** What the codes of the slots stand for. [slots], g_free; the dictionaries are borrowed. */
const SpCodes **sp_persons_columns_codes(const SpPersonsColumns *columns);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpPersonsColumns, sp_persons_columns_free)

#endif
