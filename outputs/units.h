/**
 * Units: how the figures of each are printed, and which unit a figure has.
 *
 * config/units.csv, one row a unit:
 *   unit      as tables and config/indicators.csv name it
 *   decimals  0-9
 *   form      number, or percent: the figure is a share (0-1), shown times 100 with a percent sign
 *   heading   yes: the unit stands behind the title of a column; no: the title or the figure says
 * it
 */
#ifndef SP_OUTPUTS_UNITS_H
#define SP_OUTPUTS_UNITS_H

#include "outputs/output.h"

/** How figures of a unit are printed. */
typedef struct {
    guint decimals;         /* 0-9 */
    gboolean is_percent;    /* shown with a percent sign, and times 100 unless: */
    gboolean is_in_percent; /* the figure is percent (0-100) already, and no share (0-1) */
    gboolean is_points;     /* a difference of shares: percentage points, shown as is_percent is */
    gboolean is_free;       /* four significant digits, whole numbers whole */
    const char *const *answers; /* words of 0 and of 1, which are told in their place; borrowed,
                                   NULL of figures */
} SpFigureForm;

/** The unit of a measure whose rows have the unit of their indicator (config/tables.csv). */
#define SP_UNIT_OF_INDICATOR "indikator"
/** The same of figures as their publisher gives them: a percentage is no share. */
#define SP_UNIT_OF_INDICATOR_AS_PUBLISHED "indikator som publisert"
/** The same of a change of the indicator: that of a share is percentage points. */
#define SP_UNIT_OF_INDICATOR_CHANGE "indikator endring"

/** TRUE for the three above, and not for NULL. */
gboolean sp_units_is_of_indicator(const char *unit);
/** How figures of one of the three are printed, where those of the indicator itself have `form`. A
 * change has a decimal more than what changes. */
SpFigureForm sp_units_form_of_indicator(const char *unit, SpFigureForm form);

/** The unit of a measure that is a share of the kommuner of larger regions, and of a kommune its
 * answer: 1 is yes, 0 is no; between them lie those of kommuner that were several. */
#define SP_UNIT_ANSWER "andel eller svar"

typedef struct SpUnits SpUnits;

/**
 * `package` is borrowed for the life of the units. SP_ERROR_CONFIG when config/units.csv lacks a
 * column or holds another word than above, and when an indicator whose unit has the form percent
 * is not a share (its `per` is above 1).
 */
SpUnits *sp_units_new(const SpPackage *package, GError **error);
void sp_units_free(SpUnits *units);

/** The unit a measure is shown in: what `shown` of config/tables.csv says, else the column's own;
 * NULL if none. Borrowed. */
const char *sp_units_of(const SpUnits *units, const SpTable *table, gsize column);
/** The unit of an indicator, NULL if config/indicators.csv does not have it. Borrowed. */
const char *sp_units_of_indicator(const SpUnits *units, const char *id);

/** Free for a unit that config/units.csv does not have, and for none (`unit` may be NULL). */
SpFigureForm sp_units_form(const SpUnits *units, const char *unit);
/** TRUE if the unit stands behind the title of a column; also for a unit that config/units.csv does
 * not have. */
gboolean sp_units_is_in_heading(const SpUnits *units, const char *unit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpUnits, sp_units_free)

#endif
