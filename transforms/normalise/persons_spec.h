/** What is counted of a person-level layout, at which levels. For persons*.c alone. */
#ifndef SP_TRANSFORMS_NORMALISE_PERSONS_SPEC_H
#define SP_TRANSFORMS_NORMALISE_PERSONS_SPEC_H

#include "core/layout.h"
#include "transforms/normalise/persons_codes.h"

/** Instead of a number. */
#define SP_PERSONS_NONE G_MAXSIZE

/** A measure has a bit in the mask of a row. */
enum { SP_PERSONS_MAX_MEASURES = 32 };

/** A measure that is counted (a ratio is made from two of them at the end). */
typedef struct {
    const SpLayoutCount *is;
    gboolean is_distinct;
    gsize quantity;            /* number of its quantity, NONE if it has none */
    gboolean tells_when_asked; /* `given` or an optional quantity: missing where no row tells */
    gsize sum;                 /* number of its person sum, NONE if it has none */
    gint64 least;              /* of that sum, in the quantity's own decimals */
    gint64 below;
    guint decimals; /* of the result */
} SpPersonsMeasure;

typedef struct {
    SpPersonsMeasure *all; /* [n] in the layout's order, ratios left out */
    gsize n;
    gsize *sums; /* [n_sums] quantities that are summed by person */
    gsize n_sums;
    gboolean needs_persons; /* some are distinct */
    gboolean has_next;      /* some are of the year that follows */
} SpPersonsMeasures;

/** A key of the result, as its column. */
typedef struct {
    const char *column;
    const char *classification;
} SpPersonsKey;

/** How one key appears at a reporting level; both NULL: the code itself. */
typedef struct {
    /** Not NULL: the key is summed away and this code stands for all. */
    const char *all;
    /** Not NULL: code -> code of its group (char* both); a code without group does not count at
     * this level. */
    GHashTable *groups;
} SpPersonsLevelKey;

/** Where the code of a key comes from. */
typedef struct {
    gboolean is_period;
    gsize slot;       /* among the codes of a row; NONE for the period and constants */
    const char *text; /* of a constant */
} SpPersonsKeySource;

typedef struct {
    const char *name; /* of the resulting table */
    const SpPersonsKey *keys;
    SpPersonsKeySource *sources; /* [n_keys] */
    gsize n_keys;
    /** Levels [n_levels][n_keys], row after row. Every level has its own exact distinct counts:
     * distinct persons do not add up. */
    const SpPersonsLevelKey *levels;
    gsize n_levels;
    gsize n_slots;
    gsize region; /* slot of the region */
    SpPersonsMeasures measures;
    GPtrArray *owned;  /* what the specification points at: arrays, code lists by level */
    GPtrArray *groups; /* GHashTable* of the group levels */
} SpPersonsSpec;

/**
 * Keys (in the layout's order, then constants), the cross product of their levels, and measures.
 * `fylker` maps a row's region to its fylke and may grow. SP_ERROR_CONFIG when the levels are more
 * than 256 or the measures more than 32.
 */
gboolean sp_persons_spec_init(SpPersonsSpec *spec, const SpPersonsInput *input, GHashTable *fylker,
                              GError **error);
void sp_persons_spec_clear(SpPersonsSpec *spec);

/** The slot of a key column among a row's codes; NONE if it has none. */
gsize sp_persons_spec_slot(const SpLayout *layout, const SpLayoutColumn *column);
/** The number of a quantity, by our name. */
gsize sp_persons_spec_quantity(const SpLayout *layout, const char *name);

/** The value of no rows. */
gint64 sp_persons_measure_start(const SpPersonsMeasure *measure);
/** Adds a row's value, or that of other rows, to one that is not of distinct persons or is of other
 * persons. FALSE when the sum is beyond 64 bits. */
gboolean sp_persons_measure_add(const SpPersonsMeasure *measure, gint64 *value, gint64 added);

#endif
