/**
 * The quality report of a stage: findings about data, which are not errors until a configured limit
 * is crossed. Never holds a row's content beyond codes of public classifications: no pseudonym, no
 * value of a person.
 */
#ifndef SP_CORE_QUALITY_H
#define SP_CORE_QUALITY_H

#include "core/table.h"

typedef struct SpQuality SpQuality;

SpQuality *sp_quality_new(void);
void sp_quality_free(SpQuality *quality);

/**
 * Notes a finding: `kind` is a fixed word ("unknown_code", "split_modelled", "total_checked" ...),
 * `subject` what it is about
 * ("region 9999"), `text` a sentence for the reader. The same kind and subject again only counts
 * up. `row` is the first row (0 if none).
 */
void sp_quality_note(SpQuality *quality, const char *kind, const char *subject, guint64 row,
                     const char *format, ...) G_GNUC_PRINTF(5, 6);
/** Adds all findings of another report, with "PREFIX: " before each subject (NULL: as they are). */
void sp_quality_add(SpQuality *quality, const SpQuality *other, const char *prefix);
/**
 * Adds what another report tells of the same rows, which were looked at twice: of a finding that
 * both have, the larger number holds and not the sum.
 */
void sp_quality_join(SpQuality *quality, const SpQuality *other);
/** How many times a kind was noted, over all subjects. */
guint64 sp_quality_count(const SpQuality *quality, const char *kind);
/** The report as a table `kvalitet` (kind, subject -> text, row, n), sorted. */
SpTable *sp_quality_table(const SpQuality *quality);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpQuality, sp_quality_free)

#endif
