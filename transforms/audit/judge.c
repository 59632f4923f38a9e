/* What other tables, ratios and sums tell of each hidden figure, by themselves and with what
 * earlier editions show. */
#include "transforms/audit/judge.h"

#include "core/cell.h"
#include "transforms/audit/before.h"
#include "transforms/audit/verdict.h"

#include <math.h>

/* The attack on one measure. */
typedef struct {
    SpAttack *attack;
    const SpAttackOptions *options;
    const SpMeasure *measure;
    const SpFigures *figures; /* of today's edition */
} Work;

static char *name_cell(const Work *work, guint32 cell)
{
    const SpLattice *lattice = work->measure->lattice;
    const guint8 t = work->figures->table[cell];
    const SpTable *table = work->measure->tables[t];
    g_autoptr(SpCell) name =
        sp_cell_new(sp_table_name(table), sp_table_column(table, work->measure->columns[t])->name);
    for (gsize i = 0; i < lattice->n_columns; i++) {
        sp_cell_with(name, lattice->columns[i], sp_lattice_code(lattice, cell, i));
    }
    return sp_cell_format(name);
}

/* Counts it, and names it if it is one of the first. */
static void found(const Work *work, guint32 cell, const SpAttackFinding *what)
{
    SpAttack *attack = work->attack;
    attack->n_found[what->kind]++;
    if (attack->findings->len < work->options->n_named) {
        SpAttackFinding *finding = g_new(SpAttackFinding, 1);
        *finding = *what;
        finding->cell = name_cell(work, cell);
        finding->how = g_strdup(what->how);
        g_ptr_array_add(attack->findings, finding);
    }
}

static void found_derived(const Work *work, guint32 cell, const char *how)
{
    const SpAttackFinding what = {.kind = SP_ATTACK_DERIVED, .how = (char *)how};
    found(work, cell, &what);
}

/* By the one sum in which it is alone, if there is one. g_free. */
static char *how_it_follows(const SpLattice *lattice, const SpFigures *figures, guint32 cell)
{
    const guint32 sum = figures->single[figures->unknown[cell]];
    if (sum == SP_NO_UNKNOWN) {
        return g_strdup("several sums together give it");
    }
    const SpPartition *partition = lattice->partitions->pdata[lattice->partition[sum]];
    return g_strdup_printf("it is the only figure hidden of %s %s and its parts",
                           lattice->columns[partition->column],
                           sp_lattice_code(lattice, lattice->whole[sum], partition->column));
}

/* `with_earlier`: editions before this one are known beside it. */
static void report(const Work *work, guint32 cell, const SpVerdicts *verdicts,
                   gboolean with_earlier)
{
    const SpFigures *figures = verdicts->figures;
    g_autofree char *how = NULL;
    SpAttackFinding what = {.kind = SP_ATTACK_DERIVED};
    switch (sp_verdict_of(verdicts, cell)) {
    case SP_VERDICT_FOLLOWS:
        how = how_it_follows(work->measure->lattice, figures, cell);
        break;
    case SP_VERDICT_ONE_VALUE:
        how = g_strdup("its sums leave one value, since no figure is below 0");
        break;
    case SP_VERDICT_NARROW:
        what.kind = SP_ATTACK_NARROW;
        what.lower = verdicts->bounds.lower[figures->unknown[cell]];
        what.upper = verdicts->bounds.upper[figures->unknown[cell]];
        how = g_strdup_printf("its sums leave only %.9g to %.9g", what.lower, what.upper);
        break;
    case SP_VERDICT_AGAINST:
        what.kind = SP_ATTACK_NOT_ATTACKED;
        how = g_strdup("the figures shown beside it contradict each other");
        break;
    case SP_VERDICT_NOT_ATTACKED:
        what.kind = SP_ATTACK_NOT_ATTACKED;
        how = g_strdup("its sums hang together with too many others");
        break;
    case SP_VERDICT_NOTHING:
        work->attack->n_nothing++;
        return;
    case SP_VERDICT_SAFE:
    default:
        return;
    }
    g_autofree char *sentence =
        g_strconcat(how, with_earlier ? ", with what earlier editions show" : "", NULL);
    what.how = sentence;
    found(work, cell, &what);
    work->attack->n_with_earlier += with_earlier ? 1 : 0;
}

/* ---- with earlier editions ---- */

/* What a reader knows, and what the sums tell him. */
typedef struct {
    SpFigures figures;
    SpVerdicts verdicts;
    gboolean is_made; /* else it is empty */
} Knowing;

typedef struct {
    const SpBefore *before;
    Knowing both;    /* today's edition and earlier ones, where these add anything */
    Knowing earlier; /* those alone; made when it is asked for */
} Editions;

/* Verdicts know where their figures are, which stay there. */
static void know(Knowing *knowing, const Work *work)
{
    sp_figures_make_system(&knowing->figures, work->measure->lattice);
    knowing->verdicts = sp_verdicts_of(&knowing->figures, work->options);
    knowing->is_made = TRUE;
    work->attack->n_programmes += knowing->verdicts.n_programmes;
}

static void forget(Knowing *knowing)
{
    if (knowing->is_made) {
        sp_verdicts_clear(&knowing->verdicts);
        sp_figures_clear(&knowing->figures);
        knowing->is_made = FALSE;
    }
}

/* Figures of before that contradict today's were revised, though nothing beside them said so. */
static gboolean is_contradicted(const Knowing *both, const SpVerdicts *today)
{
    return (both->verdicts.is_against_any && !today->is_against_any) ||
           both->verdicts.least < today->least;
}

static void editions_init(Editions *editions, const SpBefore *before, const SpVerdicts *today,
                          const Work *work)
{
    *editions = (Editions){.before = before};
    if (before->is_shown == NULL) {
        return;
    }
    sp_figures_init(&editions->both.figures, work->measure);
    if (sp_before_add(before, work->measure->lattice, &editions->both.figures) == 0) {
        sp_figures_clear(&editions->both.figures);
        return;
    }
    know(&editions->both, work);
    if (is_contradicted(&editions->both, today)) {
        work->attack->n_contradicted++;
        forget(&editions->both);
    }
}

static void editions_clear(Editions *editions)
{
    forget(&editions->both);
    forget(&editions->earlier);
}

static gboolean is_within(double then, double now, gboolean is_low)
{
    const double slack = 1e-9 * fmax(1.0, fabs(now));
    return is_low ? then >= now - slack : then <= now + slack;
}

/* Whether earlier editions by themselves tell as much of the figure as is told now, and the same:
 * that is no secret that this edition could keep. */
static gboolean was_known(Editions *editions, guint32 cell, const SpVerdicts *now, const Work *work)
{
    double low = 0.0, high = HUGE_VAL, low_then = 0.0, high_then = HUGE_VAL;
    if (editions->before->is_shown == NULL) {
        return FALSE;
    }
    if (!editions->earlier.is_made) {
        sp_figures_init(&editions->earlier.figures, work->measure);
        sp_before_restore(editions->before, work->measure->lattice, &editions->earlier.figures);
        know(&editions->earlier, work);
    }
    sp_verdict_limits(now, cell, &low, &high);
    sp_verdict_limits(&editions->earlier.verdicts, cell, &low_then, &high_then);
    /* What several equations give has, without bounds that show it, a value not known here. */
    const gboolean has_value =
        sp_verdict_of(now, cell) != SP_VERDICT_FOLLOWS || sp_bounds_is_point(low, high);
    return has_value && is_within(low_then, low, TRUE) && is_within(high_then, high, FALSE);
}

/* Whether something is told of it that was not known. */
static gboolean tells_more(Editions *editions, guint32 cell, const SpVerdicts *now,
                           const Work *work)
{
    return sp_verdict_of(now, cell) >= SP_VERDICT_NARROW && !was_known(editions, cell, now, work);
}

/* What today's edition tells by itself is a finding of its own, whatever earlier ones add. */
static void judge_hidden(const Work *work, guint32 cell, const SpVerdicts *today,
                         Editions *editions)
{
    const SpVerdicts *both = editions->both.is_made ? &editions->both.verdicts : today;
    const gboolean is_shown_before =
        editions->before->is_shown != NULL && editions->before->is_shown[cell];
    if (tells_more(editions, cell, today, work)) {
        report(work, cell, today, FALSE);
    } else if (tells_more(editions, cell, both, work)) {
        report(work, cell, both, TRUE);
    } else if (is_shown_before || sp_verdict_of(both, cell) >= SP_VERDICT_NARROW ||
               sp_verdict_of(today, cell) >= SP_VERDICT_NARROW) {
        work->attack->n_told_before++;
    } else if (sp_verdict_of(today, cell) != SP_VERDICT_SAFE) {
        report(work, cell, today, FALSE);
    } else {
        report(work, cell, both, TRUE);
    }
}

/* ---- all ---- */

/* What another row or a ratio tells. */
static void judge_told(const Work *work, guint32 cell, const SpBefore *before, const char *how)
{
    const double value = work->figures->value[cell];
    if (before->is_shown != NULL && before->is_shown[cell] &&
        is_within(before->value[cell], value, TRUE) &&
        is_within(before->value[cell], value, FALSE)) {
        work->attack->n_told_before++;
    } else {
        found_derived(work, cell, how);
    }
}

/* `today` and `editions` NULL: there are no sums. */
static void judge(const Work *work, const SpBefore *before, const SpVerdicts *today,
                  Editions *editions)
{
    for (guint32 cell = 0; cell < work->measure->lattice->n_published; cell++) {
        const SpFigureState state = work->figures->state[cell];
        work->attack->n_cells += state >= SP_FIGURE_SHOWN ? 1 : 0;
        work->attack->n_hidden += state >= SP_FIGURE_HIDDEN ? 1 : 0;
        if (state == SP_FIGURE_TOLD) {
            judge_told(work, cell, before, "another table or package shows it");
        } else if (state == SP_FIGURE_INFERRED) {
            judge_told(work, cell, before, "a ratio and the other figure it is made of give it");
        } else if (state == SP_FIGURE_HIDDEN && today != NULL) {
            judge_hidden(work, cell, today, editions);
        } else if (state == SP_FIGURE_HIDDEN && before->is_shown != NULL &&
                   before->is_shown[cell]) {
            work->attack->n_told_before++;
        }
    }
}

void sp_attack_measure(SpAttack *attack, const SpAttackOptions *options, const SpMeasure *measure,
                       gboolean is_sum)
{
    SpFigures figures;
    sp_figures_init(&figures, measure);
    const Work work = {attack, options, measure, &figures};
    const gsize n_before = attack->n_hidden;
    g_auto(SpBefore) before = sp_before_find(measure, &figures);
    if (!is_sum || measure->lattice->n_sums == 0) {
        judge(&work, &before, NULL, NULL);
        attack->n_without_sums += is_sum ? attack->n_hidden - n_before : 0;
    } else {
        sp_figures_make_system(&figures, measure->lattice);
        g_auto(SpVerdicts) today = sp_verdicts_of(&figures, options);
        attack->n_programmes += today.n_programmes;
        Editions editions;
        editions_init(&editions, &before, &today, &work);
        judge(&work, &before, &today, &editions);
        editions_clear(&editions);
    }
    sp_figures_clear(&figures);
}
