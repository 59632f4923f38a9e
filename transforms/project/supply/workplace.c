/* Commuting matrices from tables. */
#include "transforms/project/supply/workplace.h"

#include "transforms/project/supply/commuting.h"

#include <math.h>
#include <string.h>

/* ---- seed ---- */

/* Commuters by region of residence: [n_markets][n_kommuner]. Where none are known people work in
 * the region where they live. */
static void find_commuters(const SpMarkets *markets, double commuters[], SpQuality *quality)
{
    gsize n = markets->n_kommuner;
    for (gsize i = 0; markets->commuters != NULL && i < n * n; i++) {
        commuters[markets->market[i / n] * n + i % n] += markets->commuters[i];
    }
    for (gsize market = 0; market < markets->n_markets; market++) {
        double *row = commuters + market * n, sum = 0.0;
        for (gsize u = 0; u < n; u++) {
            sum += row[u];
        }
        for (gsize u = 0; !(sum > 0.0) && u < n; u++) {
            row[u] = markets->market[u] == market ? markets->inhabitants[u] : 0.0;
        }
        if (!(sum > 0.0) && markets->commuters != NULL) {
            sp_quality_note(quality, "commuting_alone", markets->names[market], 0,
                            "the table pendling has nobody who lives there: people work in the "
                            "region where they live");
        }
    }
}

/* ---- target ---- */

/* Where the need of a kommune is hidden, it counts as its people's share of the country's. */
static void fill_hidden(const SpMarkets *markets, const gboolean is_hidden[], double target[])
{
    double people = 0.0, need = 0.0;
    for (gsize u = 0; u < markets->n_kommuner; u++) {
        people += is_hidden[u] ? 0.0 : markets->inhabitants[u];
        need += is_hidden[u] ? 0.0 : target[u];
    }
    for (gsize u = 0; u < markets->n_kommuner; u++) {
        if (is_hidden[u] && people > 0.0) {
            target[u] = markets->inhabitants[u] * need / people;
        }
    }
}

/* The base's need at today's level, before the law's floor: [professions][n_kommuner], 0 where the
 * table or the profession is not there. */
static gboolean read_need(const SpWorkplaceSources *sources, double target[], GError **error)
{
    static const char *const names[] = {"region", "yrke", "period"};
    const SpMarkets *markets = sources->markets;
    const SpTable *table = sp_tables_find(sources->in, "framskriving_etterspoersel");
    gsize columns[G_N_ELEMENTS(names)], need, n = markets->n_kommuner;
    if (table == NULL) {
        return TRUE;
    }
    if (!sp_table_need_all(table, names, G_N_ELEMENTS(names), SP_COLUMN_CODE, columns, error) ||
        !sp_table_need(table, "aarsverk", SP_COLUMN_MEASURE, &need, error)) {
        return FALSE;
    }
    gsize by_law = sp_table_find(table, "lovkrav");
    g_autofree gint32 *place =
        sp_codes_places(sp_table_codes(table, columns[0]), markets->kommuner, markets->n_kommuner);
    g_autofree char *base = g_strdup_printf("%d-01-01", markets->base);
    g_autofree gboolean *is_hidden = g_new0(gboolean, sources->education->n * n);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        gint32 u = place[sp_table_code_numbers_const(table, columns[0])[row]];
        gint g = u < 0 || strcmp(sp_table_code(table, row, columns[2]), base) != 0
                     ? -1
                     : sp_education_find(sources->education, sp_table_code(table, row, columns[1]));
        if (g < 0) {
            continue;
        }
        SpReal real = sp_table_real(table, row, need);
        SpReal law = by_law == SP_NO_COLUMN ? sp_real(0.0) : sp_table_real(table, row, by_law);
        gsize at = (gsize)g * n + (gsize)u;
        is_hidden[at] = !sp_real_is_number(real) && real.status != SP_NOT_APPLICABLE;
        target[at] = sp_real_is_number(real) ? MAX(real.value - law.value, 0.0) : 0.0;
    }
    for (gsize g = 0; g < sources->education->n; g++) {
        fill_hidden(markets, is_hidden + g * n, target + g * n);
    }
    return TRUE;
}

/* ---- the matrices ---- */

/* What the rows of a day are divided by when a kommune's share has grown with its workforce. */
static void find_reach(const SpMarkets *markets, const double matrix[], double reach[])
{
    gsize n = markets->n_kommuner, n_days = markets->n_days;
    for (gsize i = 0; i < markets->n_markets * n; i++) {
        double *sum = &reach[i / n * n_days];
        for (gsize day = 0; matrix[i] > 0.0 && day < n_days; day++) {
            sum[day] += matrix[i] * markets->workforce[i % n * n_days + day];
        }
    }
}

/* Nearly every profession has some region where the two do not quite meet; what changes a figure
 * that somebody may use is told, by the region where most årsverk are moved. */
static void note_moved(const SpCommuting *commuting, const SpPlaceRules *rules,
                       const char *profession, const double factor[], SpQuality *quality)
{
    gsize worst = 0, n_moved = 0;
    double most = 0.0;
    for (gsize market = 0; market < commuting->n_markets; market++) {
        double share = fabs(factor[market] - 1.0), moved = share * commuting->supply[market];
        if (share > rules->told_share && moved > rules->told_aarsverk) {
            n_moved++;
            worst = moved > most ? market : worst;
            most = MAX(moved, most);
        }
    }
    if (n_moved > 0) {
        sp_quality_note(
            quality, "commuting_not_met", profession, 0,
            "too few commute for årsverk by residence and by workplace to be both "
            "met, in %" G_GSIZE_FORMAT " labour markets; the municipal share of "
            "residents gives way, most in the labour market around %s, by %+.0f årsverk "
            "(%+.1f %%)",
            n_moved, commuting->names[worst], (factor[worst] - 1.0) * commuting->supply[worst],
            100.0 * (factor[worst] - 1.0));
    }
}

gboolean sp_workplace_matrices(const SpWorkplaceSources *sources, const SpWorkplace *made,
                               SpQuality *quality, GError **error)
{
    const SpMarkets *markets = sources->markets;
    gsize n = markets->n_kommuner, cells = markets->n_markets * n;
    g_autofree double *commuters = g_new0(double, cells);
    g_autofree double *targets = g_new0(double, sources->education->n *n);
    find_commuters(markets, commuters, quality);
    if (!read_need(sources, targets, error)) {
        return FALSE;
    }
    for (gsize g = 0; g < sources->education->n; g++) {
        const SpCommuting commuting = {.names = (const char *const *)(gpointer)markets->names,
                                       .n_markets = markets->n_markets,
                                       .n_kommuner = n,
                                       .market = markets->market,
                                       .supply = sources->supply + g * markets->n_markets,
                                       .target = targets + g * n,
                                       .people = markets->inhabitants,
                                       .blend = sources->rules->own_region,
                                       .least = sources->rules->least_share};
        double *matrix = made->work + g * cells;
        for (gsize u = 0; u < n; u++) {
            made->is_placed[g] = made->is_placed[g] || commuting.target[u] > 0.0;
        }
        if (!made->is_placed[g]) {
            sp_quality_note(quality, "no_workplace", sources->education->ids[g], 0,
                            "no kommune is known to need it: its people are placed by commuting "
                            "alone, and nothing but fylker and the country should be read of it");
        }
        memcpy(matrix, commuters, cells * sizeof *matrix);
        double *factor = made->factor + g * markets->n_markets;
        if (!sp_commuting_seed(&commuting, matrix, error) ||
            !sp_commuting_rake(&commuting, matrix, factor, error)) {
            return FALSE;
        }
        note_moved(&commuting, sources->rules, sources->education->ids[g], factor, quality);
        find_reach(markets, matrix, made->reach + g * markets->n_markets * markets->n_days);
    }
    return TRUE;
}
