/* Small count rounding: which of the small inner counts become the base and which 0. */
#include "transforms/protect/rounding.h"

#include "core/error.h"

#include <math.h>
#include <string.h>

#define NO_CANDIDATE G_MAXUINT32

/* ---- the choice among candidates ---- */

typedef struct {
    gint64 base;
    guint32 n;              /* candidates: inner cells to be rounded */
    SpDesign *by_cell;      /* which candidates each published cell holds */
    SpDesign *by_candidate; /* which published cells hold each candidate */
    gint64 *lacking;        /* [n_cells] what the published sum lacks of the original one */
    gint64 *pull;           /* [n] sum of `lacking` over the candidate's published cells */
    gboolean *is_base;      /* [n] rounded to the base, otherwise to 0 */
} Choice;

/* All candidates at 0. */
static void choice_init(Choice *choice, const SpDesign *design, const gint64 inner[], gint64 base,
                        const guint32 place[])
{
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(SpDesignEntry));
    *choice = (Choice){.base = base, .lacking = g_new0(gint64, design->n_cells + 1)};
    for (guint32 i = 0; i < design->n_inner; i++) {
        choice->n += place[i] != NO_CANDIDATE ? 1 : 0;
    }
    for (guint32 cell = 0; cell < design->n_cells; cell++) {
        for (gsize i = design->start[cell]; i < design->start[cell + 1]; i++) {
            const guint32 candidate = place[design->inner[i]];
            if (candidate != NO_CANDIDATE) {
                const SpDesignEntry entry = {candidate, cell, 1};
                g_array_append_val(entries, entry);
                choice->lacking[cell] += inner[design->inner[i]];
            }
        }
    }
    SpDesignEntry *entry = (SpDesignEntry *)(gpointer)entries->data;
    choice->by_cell = sp_design_new(choice->n, design->n_cells, entry, entries->len);
    for (gsize i = 0; i < entries->len; i++) {
        entry[i] = (SpDesignEntry){entry[i].cell, entry[i].inner, 1};
    }
    choice->by_candidate = sp_design_new(design->n_cells, choice->n, entry, entries->len);
    choice->pull = g_new0(gint64, choice->n + 1);
    choice->is_base = g_new0(gboolean, choice->n + 1);
    for (gsize i = 0; i < entries->len; i++) {
        choice->pull[entry[i].cell] += choice->lacking[entry[i].inner];
    }
}

static void choice_clear(Choice *choice)
{
    sp_design_free(choice->by_cell);
    sp_design_free(choice->by_candidate);
    g_free(choice->lacking);
    g_free(choice->pull);
    g_free(choice->is_base);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Choice, choice_clear)

/* How much the squared errors grow, in units of the base, if the candidate is rounded the other
 * way: Σ (lacking ∓ base)² - lacking² over its published cells. */
static gint64 cost_of(const Choice *choice, guint32 candidate)
{
    const gsize *start = choice->by_candidate->start + candidate;
    const gint64 n_cells = (gint64)(start[1] - start[0]);
    const gint64 pull = choice->pull[candidate];
    return choice->base * n_cells + (choice->is_base[candidate] ? 2 : -2) * pull;
}

/* The candidate rounded to the base, or to 0, that would best be rounded the other way. */
static guint32 find_cheapest(const Choice *choice, gboolean is_base)
{
    guint32 best = NO_CANDIDATE;
    gint64 least = G_MAXINT64;
    for (guint32 i = 0; i < choice->n; i++) {
        if (choice->is_base[i] == is_base && cost_of(choice, i) < least) {
            least = cost_of(choice, i);
            best = i;
        }
    }
    return best;
}

/* Rounds the candidate the other way. */
static void turn(Choice *choice, guint32 candidate)
{
    const SpDesign *by_cell = choice->by_cell;
    const SpDesign *by_candidate = choice->by_candidate;
    const gint64 step = choice->is_base[candidate] ? choice->base : -choice->base;
    choice->is_base[candidate] = !choice->is_base[candidate];
    for (gsize i = by_candidate->start[candidate]; i < by_candidate->start[candidate + 1]; i++) {
        const guint32 cell = by_candidate->inner[i];
        choice->lacking[cell] += step;
        for (gsize j = by_cell->start[cell]; j < by_cell->start[cell + 1]; j++) {
            choice->pull[by_cell->inner[j]] += step;
        }
    }
}

/* Exchanges the candidate, at the base, for the best one at 0, if that leaves less error. */
static gboolean exchange(Choice *choice, guint32 candidate)
{
    const gint64 cost = cost_of(choice, candidate);
    turn(choice, candidate);
    const guint32 other = find_cheapest(choice, FALSE);
    const gboolean is_better = cost + cost_of(choice, other) < 0;
    turn(choice, is_better ? other : candidate);
    return is_better;
}

static void choose(Choice *choice, gint64 n_base)
{
    for (gint64 i = 0; i < n_base; i++) {
        turn(choice, find_cheapest(choice, FALSE));
    }
    gboolean is_changed = n_base > 0;
    while (is_changed) {
        is_changed = FALSE;
        for (guint32 i = 0; i < choice->n; i++) {
            is_changed = (choice->is_base[i] && exchange(choice, i)) || is_changed;
        }
    }
}

/* ---- rounds until nothing is small ---- */

static void sum_up(const SpDesign *design, const gint64 inner[], gint64 sums[])
{
    for (gsize cell = 0; cell < design->n_cells; cell++) {
        sums[cell] = 0;
        for (gsize i = design->start[cell]; i < design->start[cell + 1]; i++) {
            sums[cell] += inner[design->inner[i]];
        }
    }
}

/* Adds the inner counts behind small sums to those to be rounded: none of them is rounded yet,
 * since what is rounded is 0 or not small. FALSE if there are none. */
static gboolean find_candidates(const SpDesign *design, const gint64 rounded[],
                                const gint64 published[], gint64 base, gboolean is_candidate[])
{
    gboolean is_any = FALSE;
    for (gsize cell = 0; cell < design->n_cells; cell++) {
        if (published[cell] <= 0 || published[cell] >= base) {
            continue;
        }
        for (gsize i = design->start[cell]; i < design->start[cell + 1]; i++) {
            is_candidate[design->inner[i]] =
                is_candidate[design->inner[i]] || rounded[design->inner[i]] > 0;
        }
        is_any = TRUE;
    }
    return is_any;
}

static void round_candidates(const SpDesign *design, const gint64 inner[], gint64 base,
                             const gboolean is_candidate[], gint64 rounded[])
{
    g_autofree guint32 *place = g_new(guint32, design->n_inner + 1);
    g_auto(Choice) choice;
    guint32 n = 0;
    gint64 sum = 0;
    for (gsize i = 0; i < design->n_inner; i++) {
        place[i] = is_candidate[i] ? n++ : NO_CANDIDATE;
        sum += is_candidate[i] ? inner[i] : 0;
    }
    choice_init(&choice, design, inner, base, place);
    choose(&choice, (2 * sum + base) / (2 * base));
    for (gsize i = 0; i < design->n_inner; i++) {
        if (is_candidate[i]) {
            rounded[i] = choice.is_base[place[i]] ? base : 0;
        }
    }
}

static gboolean check(const SpDesign *design, const gint64 inner[], gint64 base, GError **error)
{
    if (base < 1 || base > SP_ROUNDING_MAX_BASE) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "rounding: base %" G_GINT64_FORMAT " is not 1 to %d", base,
                            SP_ROUNDING_MAX_BASE);
    }
    for (gsize i = 0; i < design->n_inner; i++) {
        if (inner[i] < 0 || inner[i] > SP_ROUNDING_MAX_COUNT) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "rounding: inner cell %" G_GSIZE_FORMAT " has %" G_GINT64_FORMAT
                                ", want a count from 0 to %" G_GINT64_FORMAT,
                                i + 1, inner[i], SP_ROUNDING_MAX_COUNT);
        }
    }
    for (gsize i = 0; i < design->start[design->n_cells]; i++) {
        if (design->coef[i] != 1) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "rounding: a published cell holds inner cell %u %d times, want a "
                                "sum of each once",
                                design->inner[i] + 1, design->coef[i]);
        }
    }
    return TRUE;
}

gboolean sp_rounding(const SpDesign *design, const gint64 inner[], gint64 base, gint64 rounded[],
                     gint64 published[], GError **error)
{
    g_autofree gboolean *is_candidate = g_new0(gboolean, design->n_inner + 1);
    if (!check(design, inner, base, error)) {
        return FALSE;
    }
    memcpy(rounded, inner, design->n_inner * sizeof *rounded);
    sum_up(design, rounded, published);
    while (find_candidates(design, rounded, published, base, is_candidate)) {
        round_candidates(design, inner, base, is_candidate, rounded);
        sum_up(design, rounded, published);
    }
    return TRUE;
}

/* ---- what is lost ---- */

gint64 sp_rounding_max_difference(gsize n, const gint64 original[], const gint64 rounded[])
{
    gint64 largest = 0;
    for (gsize i = 0; i < n; i++) {
        const gint64 difference = rounded[i] - original[i];
        largest = MAX(largest, ABS(difference));
    }
    return largest;
}

SpReal sp_rounding_utility(gsize n, const gint64 original[], const gint64 rounded[])
{
    double sum = 0.0;
    double squares = 0.0;
    for (gsize i = 0; i < n; i++) {
        const double difference = sqrt((double)original[i]) - sqrt((double)rounded[i]);
        sum += (double)original[i];
        squares += difference * difference;
    }
    return sum > 0.0 ? sp_real(1.0 - sqrt(0.5 * squares) / sqrt(sum))
                     : sp_real_none(SP_NOT_APPLICABLE);
}
