/** The figures of one indicator in one period, by kommune: what indikatorverdi's rows are made
 * of. */
#ifndef SP_TRANSFORMS_VARY_FIGURES_H
#define SP_TRANSFORMS_VARY_FIGURES_H

#include "core/table.h"

typedef struct {
    char *period;
    gsize n;        /* kommuner */
    SpReal *teller; /* [n], and so on; all missing until they are written */
    SpReal *nevner;
    SpReal *verdi;
    SpReal *expected; /* of teller */
    SpReal *variance; /* that chance gives teller */
    gsize *host;      /* [n] the kommune it is counted with, itself where with nobody */
    SpReal
        country[3]; /* teller, nevner and verdi that the source itself gives of the country; verdi
                          is no number where it gives none */
    gboolean *is_area; /* [n] others are counted with it, or it with another */
} SpFigures;

SpFigures *sp_figures_new(const char *period, gsize n);
void sp_figures_free(SpFigures *figures);

/**
 * Counts kommuner with their hosts (`host`): the host has the sums of teller and nevner, and its
 * partners, whose staff stand in its figures, have none of their own (not applicable). An area of
 * which some figure is not known is not known.
 */
void sp_figures_pool_hosts(SpFigures *figures);

/**
 * Four years in the place of one in which too few are counted (statistics-decisions C6).
 *
 *   all  SpFigures* of one indicator
 *   at   the last of the four
 *   own  [4] written: their places in `all`, oldest first
 *
 * FALSE when there are no figures of the same kind of period, a year apart from each other, in four
 * years; figures of parts of years are not pooled.
 */
enum { SP_POOLED_YEARS = 4 };
gboolean sp_figures_window(const GPtrArray *all, guint at, guint own[SP_POOLED_YEARS]);
/** Period code of the four: "2019-2022". g_free. */
char *sp_figures_window_period(const GPtrArray *all, const guint own[SP_POOLED_YEARS]);
/** Sums over the four years of a kommune. FALSE when a figure of it is no number, or a break stands
 * between the years, so that they do not count the same. */
gboolean sp_figures_pool_years(const GPtrArray *all, const guint own[SP_POOLED_YEARS],
                               gsize kommune, SpReal *teller, SpReal *nevner);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpFigures, sp_figures_free)

#endif
