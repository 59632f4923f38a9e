/* From rows to cells, and from cells to a system of sums. */
#include "transforms/audit/figures.h"

#include "transforms/audit/ratios.h"

#include <math.h>
#include <string.h>

static gboolean is_suppressed(guint8 state)
{
    return state == SP_FIGURE_HIDDEN || state == SP_FIGURE_TOLD;
}

/* A cell may have a row in every package, and in tables that count the same: each may tell. */
static void merge(SpFigures *figures, guint32 cell, SpReal real, guint8 table)
{
    guint8 *state = &figures->state[cell];
    if (sp_real_is_number(real)) {
        *state = is_suppressed(*state) ? SP_FIGURE_TOLD : SP_FIGURE_SHOWN;
        figures->value[cell] = real.value;
    } else if (real.status == SP_SUPPRESSED) {
        figures->table[cell] = is_suppressed(*state) ? figures->table[cell] : table;
        *state = *state == SP_FIGURE_SHOWN || *state == SP_FIGURE_TOLD ? SP_FIGURE_TOLD
                                                                       : SP_FIGURE_HIDDEN;
    } else if (real.status == SP_NOT_APPLICABLE && *state == SP_FIGURE_UNSEEN) {
        *state = SP_FIGURE_NONE;
    }
}

static void infer(SpFigures *figures, const SpMeasure *measure, gsize t)
{
    const guint32 *rows = measure->lattice->rows->pdata[t];
    for (guint i = 0; i < measure->inferred[t]->len; i++) {
        const SpInferred *inferred = &g_array_index(measure->inferred[t], SpInferred, i);
        const guint32 cell = rows[inferred->row];
        if (inferred->column == measure->columns[t] && figures->state[cell] == SP_FIGURE_HIDDEN) {
            figures->state[cell] = SP_FIGURE_INFERRED;
            figures->value[cell] = inferred->value;
        }
    }
}

static gboolean is_count(const SpFigures *figures, gsize n_cells)
{
    gboolean is_any_shown = FALSE;
    for (gsize cell = 0; cell < n_cells; cell++) {
        if (figures->state[cell] == SP_FIGURE_SHOWN) {
            if (figures->value[cell] != rint(figures->value[cell])) {
                return FALSE;
            }
            is_any_shown = TRUE;
        }
    }
    return is_any_shown;
}

void sp_figures_init(SpFigures *figures, const SpMeasure *measure)
{
    const SpLattice *lattice = measure->lattice;
    const SpColumn *column = sp_table_column(measure->tables[0], measure->columns[0]);
    *figures = (SpFigures){.state = g_new0(guint8, MAX(lattice->n_cells, 1)),
                           .value = g_new0(double, MAX(lattice->n_cells, 1)),
                           .table = g_new0(guint8, MAX(lattice->n_cells, 1)),
                           .is_persons = g_strcmp0(column->unit, "persons") == 0,
                           .is_had = column->unit != NULL && *column->unit != '\0' &&
                                     strcmp(column->unit, "persons") != 0,
                           .is_of_all = measure->is_of_all};
    g_assert(measure->n <= G_MAXUINT8);
    for (gsize t = 0; t < measure->n; t++) {
        const SpReal *reals = sp_table_reals_const(measure->tables[t], measure->columns[t]);
        const guint32 *rows = lattice->rows->pdata[t];
        for (gsize row = 0; row < sp_table_n_rows(measure->tables[t]); row++) {
            merge(figures, rows[row], reals[row], (guint8)t);
        }
    }
    for (gsize t = 0; t < measure->n; t++) {
        infer(figures, measure, t);
    }
    figures->is_count = is_count(figures, lattice->n_cells);
}

/* The system as it grows. */
typedef struct {
    GArray *cell, *single, *starts, *entries; /* guint32 */
    GArray *rest, *whole, *largest;           /* double */
    GArray *is_at_most;                       /* gboolean */
} Growing;

static guint32 number(SpFigures *figures, Growing *growing, guint32 cell)
{
    const guint32 none = SP_NO_UNKNOWN;
    if (figures->unknown[cell] == SP_NO_UNKNOWN) {
        figures->unknown[cell] = growing->cell->len;
        g_array_append_val(growing->cell, cell);
        g_array_append_val(growing->single, none);
    }
    return figures->unknown[cell];
}

static gboolean is_unknown(guint8 state)
{
    return state == SP_FIGURE_HIDDEN || state == SP_FIGURE_UNSEEN;
}

static gboolean has_unknown(const SpFigures *figures, const SpLattice *lattice, guint32 sum)
{
    gboolean has = is_unknown(figures->state[lattice->whole[sum]]);
    for (guint32 k = lattice->starts[sum]; !has && k < lattice->starts[sum + 1]; k++) {
        has = is_unknown(figures->state[lattice->parts[k]]);
    }
    return has;
}

/* Of counts by all that a person has, parts in which he may be twice tell nothing. */
static gboolean tells(const SpFigures *figures, const SpLattice *lattice, guint32 sum)
{
    const SpPartition *partition = lattice->partitions->pdata[lattice->partition[sum]];
    return !(partition->is_at_most && figures->is_of_all);
}

static void add_sum(SpFigures *figures, const SpLattice *lattice, guint32 sum, Growing *growing)
{
    const guint32 cell = lattice->whole[sum], start = growing->entries->len;
    const gboolean is_whole_unknown = is_unknown(figures->state[cell]);
    const SpPartition *partition = lattice->partitions->pdata[lattice->partition[sum]];
    const gboolean is_at_most = partition->is_at_most && figures->is_persons;
    double parts = 0.0, largest = 0.0;
    for (guint32 k = lattice->starts[sum]; k < lattice->starts[sum + 1]; k++) {
        const guint32 part = lattice->parts[k];
        if (is_unknown(figures->state[part])) {
            const guint32 entry = SP_ENTRY_PART(number(figures, growing, part));
            g_array_append_val(growing->entries, entry);
        } else {
            parts += figures->value[part];
            largest = fmax(largest, figures->value[part]);
        }
    }
    const double whole = is_whole_unknown ? HUGE_VAL : figures->value[cell];
    const double rest = (is_whole_unknown ? 0.0 : whole) - parts;
    if (is_whole_unknown) {
        const guint32 entry = SP_ENTRY_WHOLE(number(figures, growing, cell));
        g_array_append_val(growing->entries, entry);
    }
    g_array_append_val(growing->starts, start);
    g_array_append_val(growing->rest, rest);
    g_array_append_val(growing->whole, whole);
    g_array_append_val(growing->largest, largest);
    g_array_append_val(growing->is_at_most, is_at_most);
    if (growing->entries->len == start + 1) {
        const guint32 unknown = SP_ENTRY_UNKNOWN(g_array_index(growing->entries, guint32, start));
        g_array_index(growing->single, guint32, unknown) = sum;
    }
}

#define STEAL(array) ((gpointer)g_array_free(array, FALSE))

void sp_figures_make_system(SpFigures *figures, const SpLattice *lattice)
{
    Growing growing = {.cell = g_array_new(FALSE, FALSE, sizeof(guint32)),
                       .single = g_array_new(FALSE, FALSE, sizeof(guint32)),
                       .starts = g_array_new(FALSE, FALSE, sizeof(guint32)),
                       .entries = g_array_new(FALSE, FALSE, sizeof(guint32)),
                       .rest = g_array_new(FALSE, FALSE, sizeof(double)),
                       .whole = g_array_new(FALSE, FALSE, sizeof(double)),
                       .largest = g_array_new(FALSE, FALSE, sizeof(double)),
                       .is_at_most = g_array_new(FALSE, FALSE, sizeof(gboolean))};
    SpSystem *system = &figures->system;
    figures->unknown = g_new(guint32, MAX(lattice->n_cells, 1));
    memset(figures->unknown, 0xff, lattice->n_cells * sizeof *figures->unknown);
    for (guint32 sum = 0; sum < lattice->n_sums; sum++) {
        const gboolean is_left_out = figures->is_left_out != NULL && figures->is_left_out[sum];
        if (!is_left_out && figures->state[lattice->whole[sum]] != SP_FIGURE_NONE &&
            tells(figures, lattice, sum) && has_unknown(figures, lattice, sum)) {
            add_sum(figures, lattice, sum, &growing);
        }
    }
    system->n_unknowns = growing.cell->len;
    system->n_sums = growing.starts->len;
    const guint32 end = growing.entries->len;
    g_array_append_val(growing.starts, end);
    figures->cell = STEAL(growing.cell);
    figures->single = STEAL(growing.single);
    system->starts = STEAL(growing.starts);
    system->entries = STEAL(growing.entries);
    system->rest = STEAL(growing.rest);
    system->whole = STEAL(growing.whole);
    system->largest = STEAL(growing.largest);
    system->is_at_most = STEAL(growing.is_at_most);
}

void sp_figures_clear(SpFigures *figures)
{
    g_free(figures->state);
    g_free(figures->value);
    g_free(figures->table);
    g_free(figures->unknown);
    g_free(figures->cell);
    g_free(figures->single);
    g_free(figures->system.starts);
    g_free(figures->system.entries);
    g_free(figures->system.rest);
    g_free(figures->system.whole);
    g_free(figures->system.largest);
    g_free(figures->system.is_at_most);
}
