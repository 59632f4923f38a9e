/* Primary suppression of indicators. */
#include "transforms/vary/hidden.h"

gboolean sp_hidden_limits_read(const SpSettings *settings, SpHiddenLimits *limits, GError **error)
{
    return sp_settings_double(settings, SP_HIDDEN_THRESHOLD, 1.0, 1000.0, &limits->threshold,
                              error) &&
           sp_settings_double(settings, SP_HIDDEN_AARSVERK, 0.0, 1000.0, &limits->least_aarsverk,
                              error);
}

gboolean sp_indicator_is_sensitive(const SpTables *in, const SpIndicator *indicator)
{
    g_autoptr(GPtrArray) formulas = sp_indicator_formulas(indicator);
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    GHashTableIter each;
    gpointer name = NULL;
    gboolean is_sensitive = FALSE;
    for (guint i = 0; i < formulas->len; i++) {
        sp_formula_add_tables(formulas->pdata[i], names);
    }
    g_hash_table_iter_init(&each, names);
    while (g_hash_table_iter_next(&each, &name, NULL)) {
        const SpTable *table = sp_tables_find(in, name);
        is_sensitive = is_sensitive ||
                       (table != NULL && (sp_table_marks(table) & (guint)SP_MARK_SENSITIVE) != 0);
    }
    return is_sensitive;
}

static gboolean is_few(SpReal figure, double threshold)
{
    return figure.status == SP_BELOW_UNIT ||
           (figure.status == SP_PRESENT && figure.value > 0.0 && figure.value < threshold);
}

/* Those of the denominator who are not counted, of what is part of it: who knows both knows
 * them. */
static SpReal rest_of(const SpIndicator *indicator, SpReal teller, SpReal nevner)
{
    if (!indicator->is_part || !sp_real_is_number(teller) || !sp_real_is_number(nevner)) {
        return sp_real_none(SP_NOT_APPLICABLE);
    }
    return sp_real(nevner.value - teller.value);
}

/* Persons, what they do, or their work: four kroner, or a mean of four, are not few persons. */
static gboolean counts_people(const SpIndicator *indicator)
{
    return indicator->kind != SP_KIND_AMOUNT && indicator->kind != SP_KIND_RATE &&
           indicator->kind != SP_KIND_MEAN;
}

/* KS's rule is of all årsverk of a cell; of a part of them the threshold on persons, since hardly
 * anybody gives more than one. */
static gboolean rests_on_few(const SpIndicator *indicator, const SpHiddenLimits *limits,
                             SpReal teller, SpReal nevner)
{
    const SpReal whole = indicator->is_part ? nevner : teller;
    if (indicator->kind == SP_KIND_AARSVERK && sp_real_is_number(whole) && whole.value > 0.0 &&
        whole.value <= limits->least_aarsverk) {
        return TRUE;
    }
    return (counts_people(indicator) && is_few(teller, limits->threshold)) ||
           is_few(nevner, limits->threshold) ||
           is_few(rest_of(indicator, teller, nevner), limits->threshold);
}

gsize sp_figures_hide(const SpIndicator *indicator, const SpHiddenLimits *limits,
                      SpFigures *figures)
{
    SpReal *shown = indicator->teller != NULL ? figures->teller : figures->verdi;
    gsize n = 0;
    for (gsize i = 0; i < figures->n; i++) {
        /* A published ratio counts nothing itself: its denominator alone is looked at. */
        const SpReal counted =
            indicator->teller != NULL ? figures->teller[i] : sp_real_none(SP_NOT_APPLICABLE);
        if (!sp_real_is_number(shown[i]) ||
            !rests_on_few(indicator, limits, counted, figures->nevner[i])) {
            continue;
        }
        const guint8 flags = shown[i].flags;
        shown[i] = sp_real_none(SP_SUPPRESSED);
        shown[i].flags = flags;
        n++;
    }
    return n;
}
