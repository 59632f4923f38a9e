/**
 * The audit's second question: which hidden figures can a reader of the packages work out?
 *
 * Knows nothing but what is published, and shares no code with the suppression. Definition:
 * docs/methods/disclosure.md#attack.
 */
#ifndef SP_TRANSFORMS_AUDIT_ATTACK_H
#define SP_TRANSFORMS_AUDIT_ATTACK_H

#include "core/table.h"

typedef enum {
    SP_ATTACK_DERIVED,      /* its exact value follows */
    SP_ATTACK_NARROW,       /* a count that must lie within less than the least width */
    SP_ATTACK_NOT_ATTACKED, /* the attack gave up on it, or found the shown figures against each
                               other: nothing is known of its safety */
    SP_ATTACK_N_KINDS,
} SpAttackKind;

/** "derived", "narrow", "not_attacked". */
const char *sp_attack_kind_name(SpAttackKind kind);

typedef struct {
    SpAttackKind kind;
    char *cell;          /* as sp_cell_format */
    double lower, upper; /* of narrow ones, in the measure's unit; else 0 */
    char *how;           /* one sentence */
} SpAttackFinding;

typedef struct {
    gsize n_cells;                    /* published figures in the tables, shown or hidden */
    gsize n_hidden;                   /* suppressed ones of them: all are attacked */
    gsize n_without_sums;             /* of the hidden ones that sum, those of whose table no sums
                                         are known: ratios alone are tried */
    gsize n_told_before;              /* of the hidden ones, those that earlier editions show or
                                         give away by themselves, as far as today's edition does:
                                         they are no findings */
    gsize n_contradicted;             /* measures of which earlier editions contradict today's:
                                         they are attacked without those */
    gsize n_nothing;                  /* of the hidden ones, those that zeros alone tell to be
                                         nothing, as parts or sums of what is: no findings */
    gsize n_programmes;               /* linear programmes that were made */
    gsize n_found[SP_ATTACK_N_KINDS]; /* of the hidden ones */
    gsize n_with_earlier;             /* of what was found, that which rests on earlier editions */
    GPtrArray *findings;              /* SpAttackFinding*, the first ones */
} SpAttack;

/** What everybody knows of the tables; all columns are codes. */
typedef struct {
    const SpTable *sammenheng; /* tabell, kolonne, hel, del, personer: codes and their parts; NULL:
                                  not known, no sums are used */
    const SpTable *kryss;      /* tabell, slag, kolonner: by which columns at once small regions are
                                  told (told.h); NULL: by all */
    const SpTable *avledet;    /* tabell, maal, teller, nevner: measures that are ratios of others;
                                  they do not sum */
    const SpTable *samlet;     /* tabell, maal: counts of persons by all that they have together, as
                                  full time is of all positions: who is counted in a whole may be
                                  in none of its parts; NULL: there are none */
    const SpTables *before;    /* what earlier editions show (before.h); NULL: nothing */
    const SpTable *samme;      /* tabell, med: tables whose cells of equal key and measure are the
                                  same; a table in one group of them at most */
} SpAttackKnowledge;

typedef struct {
    double least_width; /* of a count's interval: 0, which it is seen not to be, counted in it */
    gsize n_named;      /* most findings that are named; all are counted */
    guint64 most_work;  /* of the elimination for one measure: sp_rowspace */
    gsize n_near;       /* linear programmes for one measure, and as many with and of earlier
                           editions: sp_extremes_narrow */
    double few;         /* a count that is seen to be so many tells of nobody, however narrow its
                           interval, if it is not known exactly; 0: there is no such number */
} SpAttackOptions;

/**
 * Attacks all measures of the tables, each by itself, in the order of tables (those that count the
 * same first), columns and rows; which cells are found does not depend on the
 * order of rows, but for those that linear programmes of what is near find. A key
 * may stand in several rows of a table, as it stands in several packages.
 *
 * NULL with SP_ERROR_DATA where a table of what is known lacks a column, or tables said to count
 * the same have other keys. The caller frees.
 */
SpAttack *sp_attack_new(const SpTables *tables, const SpAttackKnowledge *knowledge,
                        const SpAttackOptions *options, GError **error);
void sp_attack_free(SpAttack *attack);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpAttack, sp_attack_free)

#endif
