/**
 * Kommuner over time: which codes are valid on a day, and how the codes of one day become those of
 * another.
 *
 * Built from what KLASS gives: the codes of one day and the list of changes. Validity on other days
 * follows by undoing (or applying) the changes: on the day D of a change the new codes take over
 * from the old ones, all rows of one day at once. A change of name has the same code on both sides;
 * a merger is several rows with one new code; a split several rows with one old code; a kommune
 * that lives on through a merger or split has a row with its own code on both sides. A row without
 * old code is a birth, one without new code an end. Before the first change known and after the
 * last one the division is taken to hold.
 *
 * A code may be used anew for another kommune: it is the day that tells which one.
 * Source: KLASS 131, docs/methods/regions.md. KLASS's own holes (Selje 1964) are not repaired: ask
 * for changes from a later day.
 */
#ifndef SP_CORE_REGIONS_H
#define SP_CORE_REGIONS_H

#include "core/period.h"
#include "core/table.h"

/** "9999 Uoppgitt" is a code of KLASS but no kommune: it is left out of codes and changes. */
#define SP_REGION_UNKNOWN "9999"

typedef struct SpRegions SpRegions;

/**
 *   codes    columns code, name: the division on `day`
 *   changes  columns date (2020-01-01), old_code, old_name, new_code, new_name; other columns are
 * ignored, so is a row that says the same as one before it SP_ERROR_DATA, naming day and code, when
 * there are no codes or one stands twice, when a change names a day that is not one, or when codes
 * and changes contradict each other: a change makes (or ends) a code that is not there after
 * (before) it, or undoing (applying) the changes meets a code twice.
 */
SpRegions *sp_regions_new(const SpTable *codes, SpDay day, const SpTable *changes, GError **error);
void sp_regions_free(SpRegions *regions);

/** TRUE if the code was a kommune on that day. */
gboolean sp_regions_is_valid(const SpRegions *regions, const char *code, SpDay day);
/** TRUE if the code was a kommune on any day. */
gboolean sp_regions_is_known(const SpRegions *regions, const char *code);
/** Name of a kommune on that day; NULL if it is not one then. Borrowed. */
const char *sp_regions_name(const SpRegions *regions, const char *code, SpDay day);
/** The codes of that day in byte order: NULL-terminated, owned by the caller (g_free; the strings
 * are borrowed). */
const char **sp_regions_at(const SpRegions *regions, SpDay day);

/** One kommune of a later division that holds (part of) a kommune of an earlier one. */
typedef struct {
    const char *code; /* borrowed */
    SpDay
        split_day; /* day of the (last) split on the way, 0 if the whole kommune went into `code` */
} SpSuccessor;

/**
 * Where a code of day `from` stands on the later day `to`: its successors in byte order [n], n
 * >= 1. One element for an unchanged or merged kommune, several after a split; parts that were
 * merged again count as one. Owned by the caller (g_array_unref; elements SpSuccessor).
 * SP_ERROR_DATA when the code was no kommune on `from`, naming the nearest day on which it was one;
 * when `to` is before `from`; when it ended on the way.
 */
GArray *sp_regions_successors(const SpRegions *regions, const char *code, SpDay from, SpDay to,
                              GError **error);

/** The days on which a code gave way to several, rising [n] (SpDay). Owned by the caller
 * (g_array_unref). */
GArray *sp_regions_split_days(const SpRegions *regions);

/** Kinds of region codes that stand in tables beside kommuner. */
typedef enum {
    SP_REGION_KOMMUNE,              /* 0301 */
    SP_REGION_FYLKE,                /* 03 */
    SP_REGION_COUNTRY,              /* 0, and 0k, our own sum beside it (core/rollup.h) */
    SP_REGION_COUNTRY_WITHOUT_OSLO, /* 0u */
    SP_REGION_KOSTRA_GROUP,         /* EKG13 */
    SP_REGION_CENTRALITY,           /* S1..S6 */
    SP_REGION_OTHER,
} SpRegionKind;

/** The kind by the form of a code alone; SP_REGION_UNKNOWN is SP_REGION_OTHER. */
SpRegionKind sp_region_kind(const char *code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpRegions, sp_regions_free)

#endif
