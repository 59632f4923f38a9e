/* Rows of equations: an inequality has a column for how far it is from being one. */
#include "transforms/audit/programme.h"

#include <math.h>

/* The solver's answers are right to less than this. */
static const double nothing = 1e-6;

struct SpProgramme {
    const SpSystem *system;
    const SpBounds *bounds;
    guint32 *column;   /* [n_unknowns] place in the programme */
    GArray *entries;   /* SpLpEntry */
    GArray *sums;      /* double, one a row */
    guint32 n_columns; /* unknowns, and gaps of inequalities */
};

SpProgramme *sp_programme_new(const SpSystem *system, const SpBounds *bounds)
{
    SpProgramme *programme = g_new0(SpProgramme, 1);
    programme->system = system;
    programme->bounds = bounds;
    programme->column = g_new(guint32, MAX(system->n_unknowns, 1));
    programme->entries = g_array_new(FALSE, FALSE, sizeof(SpLpEntry));
    programme->sums = g_array_new(FALSE, FALSE, sizeof(double));
    return programme;
}

void sp_programme_free(SpProgramme *programme)
{
    if (programme != NULL) {
        g_free(programme->column);
        g_array_unref(programme->entries);
        g_array_unref(programme->sums);
        g_free(programme);
    }
}

void sp_programme_begin(SpProgramme *programme, const guint32 unknowns[], gsize n)
{
    g_array_set_size(programme->entries, 0);
    g_array_set_size(programme->sums, 0);
    programme->n_columns = (guint32)n;
    for (guint32 i = 0; i < n; i++) {
        programme->column[unknowns[i]] = i;
    }
}

static void add_entry(SpProgramme *programme, guint32 column, double coef)
{
    const SpLpEntry entry = {programme->sums->len, column, coef};
    g_array_append_val(programme->entries, entry);
}

/* An unknown less its lower bound; what that takes from the row's sum. */
static double add_unknown(SpProgramme *programme, guint32 unknown, double coef)
{
    add_entry(programme, programme->column[unknown], coef);
    return coef * programme->bounds->lower[unknown];
}

static void end_row(SpProgramme *programme, double sum, gboolean has_gap)
{
    if (has_gap) {
        add_entry(programme, programme->n_columns++, -1.0);
    }
    g_array_append_val(programme->sums, sum);
}

/* whole >= each part, where persons may be in several. */
static void add_parts_below(SpProgramme *programme, gsize sum, guint32 whole)
{
    const SpSystem *system = programme->system;
    for (guint32 k = system->starts[sum]; k < system->starts[sum + 1]; k++) {
        const guint32 unknown = SP_ENTRY_UNKNOWN(system->entries[k]);
        if (unknown == whole) {
            continue;
        }
        double right = whole == G_MAXUINT32 ? -system->whole[sum] : 0.0;
        right -= add_unknown(programme, unknown, -1.0);
        right -= whole == G_MAXUINT32 ? 0.0 : add_unknown(programme, whole, 1.0);
        end_row(programme, right, TRUE);
    }
}

void sp_programme_add_sum(SpProgramme *programme, gsize sum)
{
    const SpSystem *system = programme->system;
    double right = system->rest[sum];
    guint32 whole = G_MAXUINT32;
    for (guint32 k = system->starts[sum]; k < system->starts[sum + 1]; k++) {
        const guint32 unknown = SP_ENTRY_UNKNOWN(system->entries[k]);
        const gboolean is_whole = SP_ENTRY_IS_WHOLE(system->entries[k]);
        right -= add_unknown(programme, unknown, is_whole ? -1.0 : 1.0);
        whole = is_whole ? unknown : whole;
    }
    end_row(programme, right, system->is_at_most[sum]);
    if (system->is_at_most[sum]) {
        add_parts_below(programme, sum, whole);
    }
}

/* What is known of unknowns by sums that the programme does not have. */
void sp_programme_add_upper(SpProgramme *programme, guint32 unknown)
{
    const double upper = programme->bounds->upper[unknown];
    if (isfinite(upper)) {
        const double right = -upper - add_unknown(programme, unknown, -1.0);
        end_row(programme, right, TRUE);
    }
}

SpLp *sp_programme_finish(const SpProgramme *programme)
{
    return sp_lp_new(programme->sums->len, programme->n_columns,
                     (const SpLpEntry *)(gpointer)programme->entries->data, programme->entries->len,
                     (const double *)(gpointer)programme->sums->data);
}

void sp_programme_ask(SpLp *lp, guint32 column, double *lower, double *upper)
{
    const double one = 1.0, base = *lower;
    const SpLpExtreme least = sp_lp_extreme(lp, 1, &column, &one, FALSE, NULL);
    const SpLpExtreme most = sp_lp_extreme(lp, 1, &column, &one, TRUE, NULL);
    if (least.is_good && most.is_good) {
        *lower = fmax(*lower, ceil(base + least.value - nothing));
        *upper = fmin(*upper, floor(base + most.value + nothing));
    }
}
