/** Made-up tables of counts: kommuner in fylker and in groups across them, categories with a sum;
 * and an independent answer to what follows from what. */
#ifndef SP_TESTS_TRANSFORMS_PROTECT_MADE_UP_H
#define SP_TESTS_TRANSFORMS_PROTECT_MADE_UP_H

#include "core/random.h"
#include "tests/check.h"
#include "transforms/protect/design.h"

enum { MADE_MEMBERS = 9, MADE_PARENTS = 3, MADE_GROUPS = 2, MADE_CATEGORIES = 4 };
enum {
    MADE_REGIONS = MADE_MEMBERS + MADE_PARENTS + MADE_GROUPS + 1,
    MADE_CELLS = MADE_REGIONS * (MADE_CATEGORIES + 1),
    MADE_INNER = MADE_MEMBERS * MADE_CATEGORIES
};

typedef struct {
    SpDesign *design;
    double inner[MADE_INNER];
    double cell[MADE_CELLS];
    gboolean is_primary[MADE_CELLS]; /* 1 to 3 */
    guint32 order[MADE_CELLS];       /* falling counts */
} MadeUp;

static inline void made_up_clear(MadeUp *made)
{
    g_clear_pointer(&made->design, sp_design_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MadeUp, made_up_clear)

static inline gboolean made_up_has(guint32 region, guint32 member)
{
    if (region < MADE_MEMBERS) {
        return region == member;
    }
    region -= MADE_MEMBERS;
    if (region < MADE_PARENTS) {
        return region == member % MADE_PARENTS;
    }
    region -= MADE_PARENTS;
    return region == MADE_GROUPS || region == (member < MADE_MEMBERS / 2 ? 0 : 1);
}

/** Counts of mean `mean`, different for each `seed`. */
static inline MadeUp made_up(guint64 seed, double mean)
{
    MadeUp made = {0};
    const SpRandom random = sp_random_seed(seed);
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(SpDesignEntry));
    for (guint32 i = 0; i < MADE_INNER; i++) {
        made.inner[i] = floor(-mean * log(1.0 - sp_random_uniform(random, i)));
        for (guint32 region = 0; region < MADE_REGIONS; region++) {
            const guint32 category = i % MADE_CATEGORIES;
            const guint32 of[] = {category, MADE_CATEGORIES};
            for (gsize j = 0; made_up_has(region, i / MADE_CATEGORIES) && j < 2; j++) {
                const SpDesignEntry entry = {i, region * (MADE_CATEGORIES + 1) + of[j], 1};
                made.cell[entry.cell] += made.inner[i];
                g_array_append_val(entries, entry);
            }
        }
    }
    made.design = sp_design_new(MADE_INNER, MADE_CELLS, (SpDesignEntry *)(gpointer)entries->data,
                                entries->len);
    for (guint32 i = 0; i < MADE_CELLS; i++) {
        guint32 at = i;
        made.is_primary[i] = made.cell[i] > 0.0 && made.cell[i] < 4.0;
        for (; at > 0 && made.cell[made.order[at - 1]] < made.cell[i]; at--) {
            made.order[at] = made.order[at - 1];
        }
        made.order[at] = i;
    }
    return made;
}

/* ---- what follows: dense elimination of rows over another prime ---- */

enum { MADE_PRIME = 2147483629 };

static inline gint64 made_up_power(gint64 base, gint64 exponent)
{
    gint64 power = 1;
    for (; exponent > 0; exponent /= 2) {
        power = exponent % 2 != 0 ? power * base % MADE_PRIME : power;
        base = base * base % MADE_PRIME;
    }
    return power;
}

/** Whether cell `wanted` is a linear combination of the cells that are not `is_hidden`. */
static inline gboolean made_up_follows(const SpDesign *design, const gboolean is_hidden[],
                                       guint32 wanted)
{
    const gsize width = design->n_inner;
    g_autofree gint64 *basis = g_new0(gint64, width * width);
    g_autofree gboolean *has = g_new0(gboolean, width);
    g_autofree gint64 *row = g_new(gint64, width);
    for (guint32 turn = 0; turn <= design->n_cells; turn++) {
        const guint32 cell = turn < design->n_cells ? turn : wanted;
        if (turn < design->n_cells && is_hidden[cell]) {
            continue;
        }
        memset(row, 0, width * sizeof *row);
        for (gsize i = design->start[cell]; i < design->start[cell + 1]; i++) {
            row[design->inner[i]] = (design->coef[i] + (gint64)MADE_PRIME) % MADE_PRIME;
        }
        gsize lead = 0;
        for (; lead < width; lead++) {
            if (row[lead] == 0) {
                continue;
            }
            if (!has[lead]) {
                break;
            }
            const gint64 factor = row[lead];
            for (gsize i = lead; i < width; i++) {
                row[i] = (row[i] + (MADE_PRIME - factor) * basis[lead * width + i]) % MADE_PRIME;
            }
        }
        if (turn == design->n_cells) {
            return lead == width;
        }
        if (lead < width) {
            const gint64 scale = made_up_power(row[lead], MADE_PRIME - 2);
            for (gsize i = 0; i < width; i++) {
                basis[lead * width + i] = row[i] * scale % MADE_PRIME;
            }
            has[lead] = TRUE;
        }
    }
    return FALSE;
}

#endif
