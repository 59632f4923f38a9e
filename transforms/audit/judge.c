/* What other tables, ratios and sums, as equations and as bounds, tell of each hidden figure. */
#include "transforms/audit/judge.h"

#include "core/cell.h"
#include "transforms/audit/before.h"
#include "transforms/audit/bounds.h"
#include "transforms/audit/extremes.h"
#include "transforms/audit/rowspace.h"

#include <math.h>

enum {
    N_ROUNDS = 100,     /* of bounds through all sums */
    MOST_TOGETHER = 100 /* unknowns of a linear programme */
};

/* Intervals of so many least widths are asked for again by a linear programme: wider ones seldom
 * become narrow. */
static const double worth_asking = 3.0;

/* The attack on one measure. */
typedef struct {
    SpAttack *attack;
    const SpAttackOptions *options;
    const SpMeasure *measure;
    const SpFigures *figures;
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

static void found_not_attacked(const Work *work, guint32 cell, const char *how)
{
    const SpAttackFinding what = {.kind = SP_ATTACK_NOT_ATTACKED, .how = (char *)how};
    found(work, cell, &what);
}

/* By the one sum in which it is alone, if there is one. */
static void found_by_sums(const Work *work, guint32 cell)
{
    const SpLattice *lattice = work->measure->lattice;
    const guint32 sum = work->figures->single[work->figures->unknown[cell]];
    if (sum == SP_NO_UNKNOWN) {
        found_derived(work, cell, "several sums together give it");
        return;
    }
    const SpPartition *partition = lattice->partitions->pdata[lattice->partition[sum]];
    g_autofree char *how = g_strdup_printf(
        "it is the only figure hidden of %s %s and its parts", lattice->columns[partition->column],
        sp_lattice_code(lattice, lattice->whole[sum], partition->column));
    found_derived(work, cell, how);
}

static void found_narrow(const Work *work, guint32 cell, double lower, double upper)
{
    g_autofree char *how = g_strdup_printf("its sums leave only %.9g to %.9g", lower, upper);
    const SpAttackFinding what = {SP_ATTACK_NARROW, NULL, lower, upper, how};
    found(work, cell, &what);
}

/* What the sums tell of the unknowns of a measure. */
typedef struct {
    SpLinear *linear;
    SpBounds bounds;
    gboolean *is_against;
    gboolean *is_nothing;
} Told;

/* Zeros are shown, as far as anybody knows. */
static gboolean narrow(const Work *work, double least_hidden, Told *told)
{
    const SpSystem *system = &work->figures->system;
    gboolean is_any_against = FALSE;
    for (gsize i = 0; i < system->n_unknowns; i++) {
        const gboolean is_hidden = work->figures->state[work->figures->cell[i]] == SP_FIGURE_HIDDEN;
        told->bounds.lower[i] = is_hidden ? least_hidden : 0.0;
        told->bounds.upper[i] = HUGE_VAL;
        told->is_against[i] = FALSE;
    }
    sp_bounds_narrow(system, N_ROUNDS, &told->bounds, told->is_against);
    for (gsize i = 0; i < system->n_unknowns; i++) {
        is_any_against = is_any_against || told->is_against[i];
    }
    return !is_any_against;
}

static gboolean is_narrow(const Work *work, double lower, double upper)
{
    const gboolean may_be_few = !(work->options->few > 0.0) || lower < work->options->few;
    return work->figures->is_count && may_be_few &&
           upper - lower < work->options->least_width - 1.0;
}

/* Counts that bounds leave open, and not by far. */
static void ask_programmes(const Work *work, Told *told)
{
    const SpSystem *system = &work->figures->system;
    g_autofree gboolean *is_asked = g_new0(gboolean, MAX(system->n_unknowns, 1));
    for (gsize i = 0; i < system->n_unknowns; i++) {
        const double lower = told->bounds.lower[i], upper = told->bounds.upper[i];
        is_asked[i] = work->figures->state[work->figures->cell[i]] == SP_FIGURE_HIDDEN &&
                      told->linear[i] != SP_LINEAR_FOLLOWS && !told->is_against[i] &&
                      !is_narrow(work, lower, upper) &&
                      upper - lower < worth_asking * work->options->least_width;
    }
    work->attack->n_programmes +=
        sp_extremes_narrow(system, is_asked, MOST_TOGETHER, work->options->n_near, &told->bounds);
}

static gboolean mark_nothing(gboolean is_nothing[], guint32 entry)
{
    const gboolean is_new = !is_nothing[SP_ENTRY_UNKNOWN(entry)];
    is_nothing[SP_ENTRY_UNKNOWN(entry)] = TRUE;
    return is_new;
}

/* What one sum says: parts of nothing are nothing, and so is what has such parts alone. Of figures
 * below 0 neither is said. */
static gboolean follow_nothing(const SpSystem *system, gsize sum, gboolean is_nothing[])
{
    const guint32 *entries = system->entries + system->starts[sum];
    const guint32 n = system->starts[sum + 1] - system->starts[sum];
    gboolean is_whole_nothing = !(fabs(system->whole[sum]) > 0.0);
    gboolean are_parts_nothing = !(system->largest[sum] > 0.0 || fabs(system->rest[sum]) > 0.0);
    gboolean is_changed = FALSE;
    for (guint32 k = 0; k < n; k++) {
        const gboolean is_here = is_nothing[SP_ENTRY_UNKNOWN(entries[k])];
        is_whole_nothing = is_whole_nothing || (SP_ENTRY_IS_WHOLE(entries[k]) && is_here);
        are_parts_nothing = are_parts_nothing && (SP_ENTRY_IS_WHOLE(entries[k]) || is_here);
    }
    for (guint32 k = 0; k < n; k++) {
        if (SP_ENTRY_IS_WHOLE(entries[k]) ? are_parts_nothing : is_whole_nothing) {
            is_changed = mark_nothing(is_nothing, entries[k]) || is_changed;
        }
    }
    return is_changed;
}

/* What is seen to be nothing by zeros that are shown alone: [n_unknowns], g_free. It tells no more
 * than they do. */
static gboolean *find_nothing(const SpSystem *system)
{
    gboolean *is_nothing = g_new0(gboolean, MAX(system->n_unknowns, 1));
    gboolean is_changed = TRUE;
    while (is_changed) {
        is_changed = FALSE;
        for (gsize i = 0; i < system->n_sums; i++) {
            is_changed = follow_nothing(system, i, is_nothing) || is_changed;
        }
    }
    return is_nothing;
}

static void told_init(Told *told, const Work *work)
{
    const SpSystem *system = &work->figures->system;
    const gsize n = MAX(system->n_unknowns, 1);
    *told = (Told){.linear = g_new0(SpLinear, n),
                   .bounds = {g_new(double, n), g_new(double, n)},
                   .is_against = g_new(gboolean, n),
                   .is_nothing = find_nothing(system)};
    sp_rowspace(system, work->options->most_work, told->linear);
    /* Sums that contradict that say that some row hides a zero of this measure with its others. */
    if (!work->figures->is_count || work->figures->is_had || !narrow(work, 1.0, told)) {
        (void)narrow(work, 0.0, told);
    }
    if (work->figures->is_count) {
        ask_programmes(work, told);
    }
}

static void told_clear(Told *told)
{
    g_free(told->linear);
    g_free(told->bounds.lower);
    g_free(told->bounds.upper);
    g_free(told->is_against);
    g_free(told->is_nothing);
}

static void judge_unknown(const Work *work, guint32 cell, const Told *told)
{
    const guint32 unknown = work->figures->unknown[cell];
    if (told->is_nothing[unknown] && !told->is_against[unknown]) {
        work->attack->n_nothing++;
        return;
    }
    const double lower = told->bounds.lower[unknown], upper = told->bounds.upper[unknown];
    if (told->linear[unknown] == SP_LINEAR_FOLLOWS) {
        found_by_sums(work, cell);
    } else if (told->is_against[unknown]) {
        found_not_attacked(work, cell, "the figures shown beside it contradict each other");
    } else if (sp_bounds_is_point(lower, upper)) {
        found_derived(work, cell, "its sums leave one value, since no figure is below 0");
    } else if (is_narrow(work, lower, upper)) {
        found_narrow(work, cell, lower, upper);
    } else if (told->linear[unknown] == SP_LINEAR_GIVEN_UP) {
        found_not_attacked(work, cell, "its sums hang together with too many others");
    }
}

static void judge(const Work *work, const Told *told)
{
    g_autofree gboolean *is_told_before = sp_before_find(work->measure->before, work->measure);
    for (guint32 cell = 0; cell < work->measure->lattice->n_published; cell++) {
        const SpFigureState state = work->figures->state[cell];
        work->attack->n_cells += state >= SP_FIGURE_SHOWN ? 1 : 0;
        work->attack->n_hidden += state >= SP_FIGURE_HIDDEN ? 1 : 0;
        if (state >= SP_FIGURE_HIDDEN && is_told_before != NULL && is_told_before[cell]) {
            work->attack->n_told_before++;
        } else if (state == SP_FIGURE_TOLD) {
            found_derived(work, cell, "another table or package shows it");
        } else if (state == SP_FIGURE_INFERRED) {
            found_derived(work, cell, "a ratio and the other figure it is made of give it");
        } else if (state == SP_FIGURE_HIDDEN && told != NULL &&
                   work->figures->unknown[cell] != SP_NO_UNKNOWN) {
            judge_unknown(work, cell, told);
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
    if (!is_sum || measure->lattice->n_sums == 0) {
        judge(&work, NULL);
        attack->n_without_sums += is_sum ? attack->n_hidden - n_before : 0;
    } else {
        Told told;
        sp_figures_make_system(&figures, measure->lattice);
        told_init(&told, &work);
        judge(&work, &told);
        told_clear(&told);
    }
    sp_figures_clear(&figures);
}
