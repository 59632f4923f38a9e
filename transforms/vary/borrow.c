/* Shrunk ratios, and predictions without own figures. */
#include "transforms/vary/borrow.h"

#include "transforms/vary/shrink/gamma.h"
#include "transforms/vary/shrink/leave_out.h"
#include "transforms/vary/shrink/local.h"

static const double times_as_many = 2.0; /* antatt; see is_learnt_from */

/* Of areas that do not enter: their ratio is none, and tells why. */
static SpReal why_not(const SpAreas *areas, gsize row)
{
    const SpReal verdi = areas->verdi[row];
    const SpReal ratio = sp_real_rate(areas->teller[row], areas->forventet[row], 1.0);
    if (!sp_real_is_number(verdi)) {
        return verdi;
    }
    return sp_real_is_number(ratio) ? sp_real_none(SP_MISSING) : ratio;
}

static guint *numbers_of(const SpGroups *groups, const SpAreas *areas)
{
    guint *numbers = g_new(guint, areas->n_rows + 1);
    for (gsize i = 0; i < areas->n_rows; i++) {
        numbers[i] = sp_groups_of(groups, areas->kommune[i]);
    }
    return numbers;
}

static SpReal modelled(SpReal figure, guint flags)
{
    figure.flags = (guint8)(flags | SP_FLAG_MODELLED);
    return figure;
}

/* The choice is made on what is expected, as far as can be: to leave out small counts alone would
 * learn from those that have more than their like. One that expects twice the least seldom has a
 * count below it. */
static gboolean is_learnt_from(const SpAreas *areas, gsize k, double least_shown)
{
    return least_shown <= 0.0 ||
           (areas->observed[k] > least_shown && areas->expected[k] >= times_as_many * least_shown);
}

/* Of a kommune with one neighbour the figure would tell the neighbour's: what may come to be hidden
 * is not borrowed. */
static void shrink_locally(const SpAreas *areas, const SpCounts *counts, const SpBorrowForm *form,
                           SpReal near[])
{
    gsize n_links = 0;
    gsize n_kept = 0;
    g_autofree SpLink *links =
        form->neighbours != NULL ? sp_neighbours_links(form->neighbours, areas, &n_links) : NULL;
    for (gsize i = 0; i < n_links; i++) {
        if (is_learnt_from(areas, links[i].to, form->least_shown)) {
            links[n_kept++] = links[i];
        }
    }
    sp_shrink_among_neighbours(counts, n_kept, links, near);
}

SpMarshall sp_borrow_in_country(const SpAreas *areas, SpReal shrunk[])
{
    g_autofree SpReal *ratio = g_new(SpReal, areas->n + 1);
    const SpMarshall marshall =
        sp_shrink_marshall(areas->n, areas->observed, areas->expected, areas->variance, ratio);
    for (gsize row = 0; row < areas->n_rows; row++) {
        shrunk[row] = why_not(areas, row);
    }
    for (gsize k = 0; k < areas->n; k++) {
        const gsize row = areas->row[k];
        shrunk[row] = modelled(ratio[k], areas->teller[row].flags | areas->forventet[row].flags);
    }
    return marshall;
}

static SpLenders shrink(const SpAreas *areas, const SpBorrowForm *form, SpBorrowed borrowed[])
{
    const gsize n = areas->n;
    const SpCounts counts = {n, areas->observed, areas->expected, areas->variance};
    g_autofree SpReal *country = g_new(SpReal, areas->n_rows + 1);
    g_autofree SpReal *near = g_new(SpReal, n + 1);
    g_autofree SpReal *gamma = g_new(SpReal, n + 1);
    const gboolean is_poisson = areas->indicator->kind == SP_KIND_COUNT_PERSONS;
    SpLenders lenders = {.gamma_variance = sp_real_none(SP_NOT_APPLICABLE)};
    lenders.marshall = sp_borrow_in_country(areas, country);
    if (is_poisson) {
        lenders.gamma_variance =
            sp_shrink_gamma(n, areas->observed, areas->expected, gamma).variance;
    }
    shrink_locally(areas, &counts, form, near);
    for (gsize k = 0; k < n; k++) {
        const gsize row = areas->row[k];
        const guint flags = areas->teller[row].flags | areas->forventet[row].flags;
        borrowed[row].shrunk = country[row];
        borrowed[row].shrunk_locally = modelled(near[k], flags);
        borrowed[row].shrunk_gamma =
            is_poisson ? modelled(gamma[k], flags) : sp_real_none(SP_NOT_APPLICABLE);
    }
    return lenders;
}

static void predict(const SpAreas *areas, const SpBorrowForm *form, SpBorrowed borrowed[])
{
    const gsize n = areas->n_rows;
    g_autofree double *observed = g_new0(double, n + 1);
    g_autofree double *expected = g_new0(double, n + 1);
    g_autofree double *variance = g_new0(double, n + 1);
    g_autofree gboolean *is_shown = g_new0(gboolean, n + 1);
    g_autofree SpPrediction *prediction = g_new(SpPrediction, n + 1);
    g_autofree guint *group = form->similar != NULL ? numbers_of(form->similar, areas) : NULL;
    for (gsize k = 0; k < areas->n; k++) {
        const gsize row = areas->row[k];
        observed[row] = areas->observed[k];
        expected[row] = areas->expected[k];
        variance[row] = areas->variance[k];
        is_shown[row] = is_learnt_from(areas, k, form->least_shown);
    }
    const SpCounts counts = {n, observed, expected, variance};
    sp_shrink_leave_out(&counts, is_shown, group,
                        form->similar != NULL ? sp_groups_size(form->similar) : 0, prediction);
    for (gsize row = 0; row < n; row++) {
        const SpReal forventet = areas->forventet[row];
        SpReal count = sp_real_is_number(forventet) ? prediction[row].ratio : forventet;
        if (sp_real_is_number(count)) {
            count = sp_real_flagged(count.value * forventet.value, forventet.flags);
        }
        const SpReal shown = sp_areas_as_value(areas, row, count);
        borrowed[row].without_own = modelled(shown, shown.flags);
    }
}

SpLenders sp_borrow(const SpAreas *areas, const SpBorrowForm *form, SpBorrowed borrowed[])
{
    const SpReal none = sp_real_none(SP_NOT_APPLICABLE);
    const gboolean has_chance = areas->indicator->has_chance;
    const gboolean is_poisson = areas->indicator->kind == SP_KIND_COUNT_PERSONS;
    for (gsize row = 0; row < areas->n_rows; row++) {
        const SpReal why = has_chance ? why_not(areas, row) : none;
        borrowed[row] = (SpBorrowed){why, why, is_poisson ? why : none, none};
    }
    if (!has_chance) {
        return (SpLenders){{none, none}, none};
    }
    predict(areas, form, borrowed);
    return shrink(areas, form, borrowed);
}
