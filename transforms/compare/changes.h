/**
 * What has changed between two editions of a published table. Definitions and reasons:
 * docs/methods/changes.md.
 *
 * Table `endringer`: tabell, noekkel (sp_cell_row_key), maal (a measure, or a code column), slag ·
 * (omfang, aarsak, aarsak_navn) · antall (cells), foer, naa (figures in the measure's unit).
 *
 *   omfang    celle     one cell
 *             periode   all cells of a period that one of the editions has no row of; noekkel is
 *                       "period=..."
 *             kolonne   all cells of a column that one of them does not have
 *             tabell    all cells of a table, likewise, or of one with other keys
 *             resten    cells of that slag beyond the most rows that are told one by one
 *   slag      ny, borte     the cell is there now alone, or was before alone; a cell that cannot
 *                           occur is none
 *             skjult        suppressed now and not before
 *             ikke_skjult   the other way round
 *             endret        another figure, or one where there was none, or none where there was
 *             merke         the same figure with another sign or other flags; another code of a
 *                           code column, whose codes are not told (foer and naa not applicable)
 *
 * `foer` is not applicable of what was not there, and suppressed of a figure that is not told.
 */
#ifndef SP_TRANSFORMS_COMPARE_CHANGES_H
#define SP_TRANSFORMS_COMPARE_CHANGES_H

#include "core/table.h"

#define SP_CHANGES_TABLE "endringer"

/** Which figures of the edition before are told once more. */
typedef enum {
    SP_TELL_NONE,  /* none */
    SP_TELL_SHOWN, /* those of cells that have a number now */
    SP_TELL_OPEN,  /* those of cells that are not suppressed now */
} SpTellBefore;

/** By the whole table as the edition has it now: NONE where it is sensitive and suppresses
 * anything, SHOWN where it is sensitive, else OPEN. */
SpTellBefore sp_changes_tell(const SpTable *whole);

/** One table of two editions, both in key order; one of them may be NULL: it is not there. */
typedef struct {
    const SpTable *before;
    const SpTable *now;
    SpTellBefore tell;
    const char *beside;      /* a code column that says nothing of the figures; NULL: none */
    const char *cause;       /* aarsak of all its rows */
    const char *cause_names; /* aarsak_navn */
} SpComparison;

/** Of no rows. */
SpTable *sp_changes_new(void);
/** Adds the rows of a table, of cells at most `max_rows` a slag, the first in key order: the others
 * are counted. Neither table is changed. */
void sp_changes_add(SpTable *changes, const SpComparison *comparison, gsize max_rows);

/**
 * The rows of several packages [n], each once, with a further key `pakke`: of a row that counts
 * cells the region of its package (regions [n]), since each package counts its own; else "". A cell
 * that several packages tell is told by them alike.
 */
SpTable *sp_changes_join(const SpTable *const packages[], const char *const regions[], gsize n);

#endif
