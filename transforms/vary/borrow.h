/**
 * What each kommune's figure is taken to be when it borrows from the others. Formulas:
 * docs/methods/variation.md#shrinkage.
 */
#ifndef SP_TRANSFORMS_VARY_BORROW_H
#define SP_TRANSFORMS_VARY_BORROW_H

#include "transforms/vary/areas.h"
#include "transforms/vary/groups.h"
#include "transforms/vary/neighbours.h"
#include "transforms/vary/shrink/marshall.h"

typedef struct {
    const SpNeighbours *neighbours; /* whom krympet_lokal borrows from; NULL: it is missing */
    const SpGroups *similar;        /* whom uten_egne_tall learns from; NULL: the whole country */
    double
        least_shown; /* unit of teller: figures up to this may come to be hidden, and are borrowed
                                by no other kommune, nor those who expect less than twice as
                                much; 0: all that are numbers stay */
} SpBorrowForm;

typedef struct {
    SpReal
        shrunk; /* ratios: Marshall's in the country, among neighbours, and Poisson-gamma, which is
                      not applicable but to counts of persons */
    SpReal shrunk_locally;
    SpReal shrunk_gamma;
    SpReal without_own; /* in the unit of verdi, cut to what is possible: what a kommune of these
                           people would have, by the ratio of the others of its group alone */
} SpBorrowed;

typedef struct {
    SpMarshall marshall; /* not applicable without chance, as below */
    SpReal gamma_variance;
} SpLenders;

/** Marshall's ratios in the country alone; `areas` has chance.
 *   shrunk [n_rows]  written: as SpBorrowed's */
SpMarshall sp_borrow_in_country(const SpAreas *areas, SpReal shrunk[]);

/**
 *   borrowed [n_rows]  written, one a row of `areas`
 *
 * Without chance all is not applicable. A kommune whose verdi is no number has no shrunk ratio, by
 * its status; one without an expected count the status of the ratio. without_own needs no figure of
 * the kommune's own: it is there for hidden ones too, and missing where fewer than two others are
 * learnt from. All are flagged m, with the flags of what they are made from.
 */
SpLenders sp_borrow(const SpAreas *areas, const SpBorrowForm *form, SpBorrowed borrowed[]);

#endif
