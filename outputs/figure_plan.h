/**
 * What a figure is made of while it is made (outputs/figure.h): the rows of its table, and which
 * code is which point.
 */
#ifndef SP_OUTPUTS_FIGURE_PLAN_H
#define SP_OUTPUTS_FIGURE_PLAN_H

#include "outputs/figure.h"
#include "outputs/pick.h"

typedef struct {
    const SpWords *words;
    SpPick pick;
    gsize region; /* columns of the table */
    gsize period;
    gsize axis;       /* whose codes are the points */
    gsize sex;        /* SP_NO_COLUMN but for a pyramid */
    GArray *measures; /* gsize */
    GArray *rows;     /* gsize: of the region or kommuner; of kommuner, of one period alone */
    GPtrArray *codes; /* char*, borrowed: of the points, in order */
    int *places;      /* by code number of `axis`: place of the point, -1 if none */
} SpFigurePlan;

void sp_figure_plan_init(SpFigurePlan *plan, const SpWords *words, const SpTable *table);
void sp_figure_plan_clear(SpFigurePlan *plan);

/** Reads "yrke=sykepleier" and "gap|?p05" and finds rows and points; no rows where the table has
 * none with a number. SP_ERROR_CONFIG. */
gboolean sp_figure_plan_parse(SpFigurePlan *plan, SpFigureKind kind, const char *codes,
                              const char *measures, GError **error);

/** The first and the last period of the rows; NULL without rows. Borrowed. */
const char *sp_figure_plan_period(const SpFigurePlan *plan, gboolean is_last);

/** The form of a measure: of its unit, or of the unit of the indicator that is picked. */
SpFigureForm sp_figure_plan_form(const SpFigurePlan *plan, gsize measure);

/** The figures of a measure in the rows of a period and a sex (NULL: of all), by point; not
 * applicable where there is no row. [codes], g_free. */
SpReal *sp_figure_plan_points(const SpFigurePlan *plan, gsize measure, const char *period,
                              const char *sex);

/**
 * The sizes of a plan's kommuner, from "befolkning innbyggere kjonn=0 alder=000-105": of the newest
 * date on which a kommune has one; missing where there is none. [codes], g_free; what they are in
 * words: *label, g_free. NULL without an error where the package has no such table or number;
 * SP_ERROR_CONFIG for a text that is wrong.
 */
SpReal *sp_figure_plan_sizes(const SpFigurePlan *plan, const char *text, char **label,
                             GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpFigurePlan, sp_figure_plan_clear)

#endif
