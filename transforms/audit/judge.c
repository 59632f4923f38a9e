/* What other tables, ratios and sums tell of each hidden figure, by themselves and with what earlier
 * editions show. */
#include "transforms/audit/judge.h"

#include "core/cell.h"
#include "transforms/audit/before.h"
#include "transforms/audit/verdict.h"

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

/* `with`: what is known beside this edition. */
static void report(const Work *work, guint32 cell, const SpVerdicts *verdicts, const char *with)
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
    g_autofree char *sentence = g_strconcat(how, with, NULL);
    what.how = sentence;
    found(work, cell, &what);
}

/* ---- with earlier editions ---- */

/* What a reader knows, and what the sums tell him. */
typedef struct {
    SpFigures figures;
    SpVerdicts verdicts;
} Knowing;

typedef struct {
    const SpBefore *before;
    gboolean tells;  /* something is hidden today that they show; else the rest is empty */
    Knowing both;    /* today's edition and earlier ones */
    Knowing earlier; /* those alone */
} Editions;

static void know(Knowing *knowing, const Work *work)
{
    sp_figures_make_system(&knowing->figures, work->measure->lattice);
    knowing->verdicts = sp_verdicts_of(&knowing->figures, work->options);
    work->attack->n_programmes += knowing->verdicts.n_programmes;
}

static void knowing_clear(Knowing *knowing)
{
    sp_verdicts_clear(&knowing->verdicts);
    sp_figures_clear(&knowing->figures);
}

/* In place, since verdicts know where their figures are. */
static void editions_init(Editions *editions, const SpBefore *before, const Work *work)
{
    const SpLattice *lattice = work->measure->lattice;
    *editions = (Editions){.before = before};
    if (before->is_shown == NULL) {
        return;
    }
    sp_figures_init(&editions->both.figures, work->measure);
    editions->tells = sp_before_add(before, lattice, &editions->both.figures) > 0;
    if (!editions->tells) {
        sp_figures_clear(&editions->both.figures);
        return;
    }
    sp_figures_init(&editions->earlier.figures, work->measure);
    sp_before_leave(before, lattice, &editions->earlier.figures);
    know(&editions->both, work);
    know(&editions->earlier, work);
}

static void editions_clear(Editions *editions)
{
    if (editions->tells) {
        knowing_clear(&editions->both);
        knowing_clear(&editions->earlier);
    }
}

/* What earlier editions tell by themselves is no secret that this one could keep. */
static gboolean was_known(const Editions *editions, guint32 cell, SpVerdict now)
{
    const SpVerdict then = sp_verdict_of(&editions->earlier.verdicts, cell);
    return now >= SP_VERDICT_NARROW && !editions->before->is_doubtful[cell] &&
           then >= MIN(now, SP_VERDICT_ONE_VALUE);
}

static void judge_hidden(const Work *work, guint32 cell, const SpVerdicts *today,
                         const Editions *editions)
{
    const SpVerdicts *both = &editions->both.verdicts;
    const SpVerdict alone = sp_verdict_of(today, cell);
    const SpVerdict together = editions->tells ? sp_verdict_of(both, cell) : SP_VERDICT_SAFE;
    /* Where the two contradict each other earlier figures were revised, and tell nothing. */
    const gboolean tells_more = together > alone && together >= SP_VERDICT_NARROW;
    if (editions->tells && was_known(editions, cell, tells_more ? together : alone)) {
        work->attack->n_told_before++;
    } else if (tells_more) {
        report(work, cell, both, ", with what earlier editions show");
    } else {
        report(work, cell, today, "");
    }
}

/* ---- all ---- */

/* `today` and `editions` NULL: there are no sums. */
static void judge(const Work *work, const SpBefore *before, const SpVerdicts *today,
                  const Editions *editions)
{
    for (guint32 cell = 0; cell < work->measure->lattice->n_published; cell++) {
        const SpFigureState state = work->figures->state[cell];
        work->attack->n_cells += state >= SP_FIGURE_SHOWN ? 1 : 0;
        work->attack->n_hidden += state >= SP_FIGURE_HIDDEN ? 1 : 0;
        if (state >= SP_FIGURE_HIDDEN && sp_before_knows(before, cell)) {
            work->attack->n_told_before++;
        } else if (state == SP_FIGURE_TOLD) {
            found_derived(work, cell, "another table or package shows it");
        } else if (state == SP_FIGURE_INFERRED) {
            found_derived(work, cell, "a ratio and the other figure it is made of give it");
        } else if (state == SP_FIGURE_HIDDEN && today != NULL) {
            judge_hidden(work, cell, today, editions);
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
        editions_init(&editions, &before, &work);
        judge(&work, &before, &today, &editions);
        editions_clear(&editions);
    }
    sp_figures_clear(&figures);
}
