/* Primary suppression of indicators. */
#include "transforms/vary/hidden.h"

#include <math.h>
#include <string.h>

gboolean sp_hidden_limits_read(const SpSettings *settings, SpHiddenLimits *limits, GError **error)
{
    return sp_settings_double(settings, SP_HIDDEN_THRESHOLD, 1.0, 1000.0, &limits->threshold,
                              error) &&
           sp_settings_double(settings, SP_HIDDEN_AARSVERK, 0.0, 1000.0, &limits->least_aarsverk,
                              error);
}

static gboolean names_sensitive(const SpTables *in, const SpFormula *formula)
{
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    GHashTableIter each;
    gpointer name = NULL;
    gboolean is_sensitive = FALSE;
    sp_formula_add_tables(formula, names);
    g_hash_table_iter_init(&each, names);
    while (g_hash_table_iter_next(&each, &name, NULL)) {
        const SpTable *table = sp_tables_find(in, name);
        is_sensitive = is_sensitive ||
                       (table != NULL && (sp_table_marks(table) & (guint)SP_MARK_SENSITIVE) != 0);
    }
    return is_sensitive;
}

/* What is counted in other units (positions, contacts) is held against the limit of persons: it is
 * no fewer than they are. */
static SpFewRule rule_of(const SpTables *in, const SpFormula *formula)
{
    if (formula == NULL || !names_sensitive(in, formula)) {
        return SP_FEW_NONE;
    }
    const char *unit = sp_formula_first_unit(formula, in);
    if (unit != NULL && strcmp(unit, "aarsverk") == 0) {
        return SP_FEW_AARSVERK;
    }
    return unit != NULL && *unit != '\0' && strcmp(unit, "NOK") != 0 ? SP_FEW_PERSONS : SP_FEW_NONE;
}

SpFewRules sp_indicator_few_rules(const SpTables *in, const SpIndicator *indicator)
{
    return (SpFewRules){rule_of(in, indicator->teller), rule_of(in, indicator->nevner)};
}

static gboolean is_few(SpReal figure, const SpHiddenLimits *limits, SpFewRule rule)
{
    if (rule == SP_FEW_NONE || !sp_real_is_number(figure)) {
        return FALSE;
    }
    const gboolean is_some =
        figure.status == SP_BELOW_UNIT || (figure.status == SP_PRESENT && figure.value > 0.0);
    return is_some && (rule == SP_FEW_AARSVERK ? figure.value <= limits->least_aarsverk
                                               : figure.value < limits->threshold);
}

/* The denominator's persons, or årsverk, that are not counted: who knows both knows them. */
static SpReal rest_of(SpReal part, SpReal whole)
{
    return sp_real_is_number(part) && sp_real_is_number(whole) ? sp_real(whole.value - part.value)
                                                               : sp_real_none(SP_MISSING);
}

static void hide_one(SpReal *figure)
{
    const guint8 flags = figure->flags;
    *figure = sp_real_none(SP_SUPPRESSED);
    figure->flags = flags;
}

/* What a term of a kommune is held against: its own limit, and that of the årsverk of its cells. */
typedef struct {
    const SpHiddenLimits *limits;
    SpFewRule rule;
} Held;

static gboolean rests_on_few(Held held, SpReal figure, SpReal work)
{
    return is_few(figure, held.limits, held.rule) || is_few(work, held.limits, SP_FEW_AARSVERK);
}

/* What is behind a kommune's figure, nothing where nobody asks. */
static SpReal behind_of(SpReal *const behind[SP_N_TWINS], SpTwinKind kind, gsize i)
{
    return behind[kind] != NULL ? behind[kind][i] : sp_real_none(SP_NOT_APPLICABLE);
}

/* A term's own tables do not tell its figure: it is hidden there, or its row is not told at all. */
static gboolean is_unseen(SpReal *const behind[SP_N_TWINS], SpTwinKind kind, gsize i, SpReal figure)
{
    if (behind[kind] == NULL) {
        return FALSE;
    }
    const SpReal shown = behind[kind][i];
    return shown.status == SP_SUPPRESSED ||
           (sp_real_is_number(figure) &&
            (!sp_real_is_number(shown) || fabs(shown.value - figure.value) > 0.0));
}

gsize sp_figures_hide(const SpIndicator *indicator, const SpHiddenLimits *limits, SpFewRules rules,
                      SpReal *const behind[SP_N_TWINS], SpFigures *figures)
{
    SpReal *shown = indicator->teller != NULL ? figures->teller : figures->verdi;
    const Held teller = {limits, rules.teller};
    const Held nevner = {limits, rules.nevner};
    gsize n = 0;
    for (gsize i = 0; i < figures->n; i++) {
        const SpReal teller_work = behind_of(behind, SP_TELLER_WORK, i);
        const SpReal nevner_work = behind_of(behind, SP_NEVNER_WORK, i);
        const gboolean is_nevner_hidden = rests_on_few(nevner, figures->nevner[i], nevner_work) ||
                                          is_unseen(behind, SP_NEVNER_SHOWN, i, figures->nevner[i]);
        const gboolean is_rest_few =
            indicator->is_part &&
            rests_on_few(nevner, rest_of(figures->teller[i], figures->nevner[i]),
                         rest_of(teller_work, nevner_work));
        const gboolean is_hidden = is_nevner_hidden || is_rest_few ||
                                   rests_on_few(teller, figures->teller[i], teller_work) ||
                                   is_unseen(behind, SP_TELLER_SHOWN, i, figures->teller[i]);
        if (is_hidden && sp_real_is_number(shown[i])) {
            hide_one(&shown[i]);
            n++;
        }
        if (is_nevner_hidden) {
            hide_one(&figures->nevner[i]);
        }
    }
    return n;
}

void sp_figures_hide_expected(SpFigures *figures)
{
    for (gsize i = 0; i < figures->n; i++) {
        if (figures->nevner[i].status == SP_SUPPRESSED &&
            figures->expected[i].status != SP_NOT_APPLICABLE) {
            hide_one(&figures->expected[i]);
            hide_one(&figures->variance[i]);
        }
    }
}
