/**
 * Who is still there a year later. For persons*.c alone.
 *
 * A row is of the base when its period has one that follows, and every kommune that its region is
 * in delivered something for that too: a kommune that has not reported has not lost its staff. A
 * row that was left out by a rule (an unknown position code) or by a filter still tells that its
 * person is there.
 */
#ifndef SP_TRANSFORMS_NORMALISE_PERSONS_NEXT_H
#define SP_TRANSFORMS_NORMALISE_PERSONS_NEXT_H

#include "transforms/normalise/persons_rows.h"

/** What is known of a record, or-ed. */
typedef enum {
    SP_FATE_BASE = 1,       /* it is of the base */
    SP_FATE_IN_KOMMUNE = 2, /* the year after, its person is in the service of its kommune */
    SP_FATE_IN_SECTOR = 4,  /* the year after, its person is in some row of the source */
} SpPersonsFate;

/** What sp_persons_next makes. */
typedef struct {
    guint32 following[SP_PERSONS_MAX_PERIODS]; /* the period that follows, NO_CODE if none */
    gboolean *is_base;                         /* [leaves] */
    guint8 *fates;                             /* [records] or-ed SpPersonsFate */
} SpPersonsNext;

/** `order` is that of sp_persons_rows_order. Notes `no_next_year` for each region that delivered a
 * year and not the next, though others did. */
void sp_persons_next(SpPersonsNext *next, const SpPersonsRead *read, const guint32 order[]);
void sp_persons_next_clear(SpPersonsNext *next);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpPersonsNext, sp_persons_next_clear)

#endif
