/**
 * A delivery looked at for its sender: a sink beside the one that makes the table. Where that one
 * stops at the first error, this one goes on, and tells each with its place in the file.
 */
#ifndef SP_TRANSFORMS_NORMALISE_INSPECT_H
#define SP_TRANSFORMS_NORMALISE_INSPECT_H

#include "core/layout.h"
#include "core/regions.h"
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

typedef struct SpInspect SpInspect;

/** Not for person-level layouts. What it points at is borrowed for its life; `regions` may be NULL. */
SpInspect *sp_inspect_new(const SpLayout *layout, const SpTables *maps, const SpRegions *regions);
void sp_inspect_free(SpInspect *inspect);
/** Borrowed. It never fails. */
SpSink *sp_inspect_sink(SpInspect *inspect);

guint64 sp_inspect_n_rows(const SpInspect *inspect);
/** Rows that a filter of the layout leaves to another dataset. */
guint64 sp_inspect_n_others(const SpInspect *inspect);
/** SpInspectSheet*, in order; none of a CSV. Borrowed. */
const GPtrArray *sp_inspect_sheets(const SpInspect *inspect);
/** SpInspectFinding*, in the order of the rules above. Borrowed. */
const GPtrArray *sp_inspect_findings(const SpInspect *inspect);
/** Periods (char*) with a row, in order. g_ptr_array_unref; strings borrowed. */
GPtrArray *sp_inspect_periods(const SpInspect *inspect);
/** Kommuner (char*) of that period's division with a row in it, in order. g_ptr_array_unref. */
GPtrArray *sp_inspect_reported(const SpInspect *inspect, const char *period);
/**
 * Kommuner (char*, borrowed from the regions) of the period's division without one, in order: of
 * those fylker alone that the file is about when it is about one. NULL for a text that is no period,
 * where no row of the file is of a kommune, and with the layout's links_until. g_ptr_array_unref.
 */
GPtrArray *sp_inspect_silent(const SpInspect *inspect, const char *period, SpDay *day);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpInspect, sp_inspect_free)

#endif
