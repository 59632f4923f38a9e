/**
 * Why a table has changed: what of that which it rests on is not what it was.
 *
 * Table `grunnlag` of an edition: resultat, slag, navn · (avtrykk). A row says of a published
 * table or a unit of a stage (STAGE/UNIT) what it was made from:
 *
 *   resultat    another unit
 *   kilde       a dataset; avtrykk tells its bytes apart
 *   parameter   a setting, with its value, or a file of the configuration, with its hash
 *   program     a stage, with the hash of its sources
 *   innhold     of a published table: hash of its figures in all packages
 *   forrige     (of no result) the edition that this one was compared with; navn "": none
 */
#ifndef SP_TRANSFORMS_COMPARE_CAUSES_H
#define SP_TRANSFORMS_COMPARE_CAUSES_H

#include "core/table.h"

#define SP_BASIS_TABLE "grunnlag"

typedef struct SpCauses SpCauses;

/** Of the tables `grunnlag` of two editions, borrowed for the life of the causes; `before` NULL, or
 * one that lacks a column: it is not known what that edition was made from. */
SpCauses *sp_causes_new(const SpTable *before, const SpTable *now);
void sp_causes_free(SpCauses *causes);

/**
 * *kinds: "kilde", "parameter" and "program", those that hold, joined by "_"; "ukjent" where
 * nothing differs or nothing is known. *names: the datasets, settings, files and stages, parted by
 * blanks, at most SP_CAUSES_MOST and "+N" for N more. Both g_free.
 *
 * A table rests on what its own rows and those of the units behind it say. Of that something has
 * changed when the other edition says it nowhere.
 */
enum { SP_CAUSES_MOST = 8 };
void sp_causes_find(const SpCauses *causes, const char *table, char **kinds, char **names);

/** TRUE where both editions say of a table's figures that they are the same in all packages, made
 * of the same catalogue by the same program of the stage package: then no cell differs. */
gboolean sp_causes_is_same(const SpCauses *causes, const char *table);

/** TRUE where the tables `grunnlag` of two editions say that all published figures are the same. */
gboolean sp_causes_has_same_figures(const SpTable *one, const SpTable *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpCauses, sp_causes_free)

#endif
