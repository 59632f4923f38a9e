/* Tables variasjon and plassering: what one indicator and period gives is made by itself, on any
 * thread, and laid in the tables in order. */
#include "transforms/vary/variation.h"

#include "core/parallel.h"
#include "core/table_rows.h"
#include "transforms/vary/placing.h"
#include "transforms/vary/refusals.h"
#include "transforms/vary/variation_row.h"

/* So many are made before they are laid in the tables: figures of all at once would be as large as
 * the table. */
enum { AT_ONCE = 64 };

/* Groups by the attributes that table region has; NULL for others. */
typedef struct {
    SpGroups *split[SP_VARY_N_SPLITS];
    SpGroups *alike;
} Groups;

/* What one indicator and period gives. */
typedef struct {
    const SpAreas *areas;
    SpControl *control;
    SpBorrowed *borrowed;
    SpVariationRow row;
} Made;

typedef struct {
    const SpControlForm *control;
    SpBorrowForm borrow;
    SpVariationRowForm row;
    Made made[AT_ONCE];
} Work;

static void groups_init(Groups *groups, const SpTable *regions, SpQuality *quality)
{
    for (gsize i = 0; i < SP_VARY_N_SPLITS; i++) {
        groups->split[i] = sp_groups_new(regions, sp_vary_splits[i]);
        if (groups->split[i] == NULL) {
            sp_refusals_note_groups(quality, sp_vary_splits[i],
                                    "inequality is not split by it in table variasjon");
        }
    }
    groups->alike = sp_groups_new(regions, SP_VARY_ALIKE);
}

static void groups_clear(Groups *groups)
{
    for (gsize i = 0; i < SP_VARY_N_SPLITS; i++) {
        sp_groups_free(groups->split[i]);
    }
    sp_groups_free(groups->alike);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Groups, groups_clear)

static void make_one(guint thread, gsize item, gpointer data)
{
    Work *work = data;
    Made *made = &work->made[item];
    (void)thread;
    made->control = g_new(SpControl, made->areas->n_rows + 1);
    made->borrowed = g_new(SpBorrowed, made->areas->n_rows + 1);
    const SpControlled controlled = sp_control(made->areas, work->control, made->control);
    const SpLenders lenders = sp_borrow(made->areas, &work->borrow, made->borrowed);
    /* Several years together are compared with nobody. */
    if (!made->areas->is_pooled) {
        sp_variation_row_make(made->areas, &work->row, &lenders, &controlled, &made->row);
    }
}

static void lay(Made *made, SpTable *variation, SpTable *placing, SpQuality *quality)
{
    sp_placing_add(placing, made->areas, made->control, made->borrowed);
    if (!made->areas->is_pooled) {
        sp_variation_row_add(variation, made->areas, &made->row);
        sp_refusals_note(quality, made->areas, &made->row);
    }
    g_clear_pointer(&made->control, g_free);
    g_clear_pointer(&made->borrowed, g_free);
}

static gboolean finish(SpTable *table, const SpTable *values, SpTables *out, GError **error)
{
    g_autoptr(SpTable) owned = table;
    sp_table_set_marks(owned, sp_table_marks(values));
    sp_table_set_edition(owned, sp_table_edition(values));
    if (!sp_table_check_unique(owned, error)) {
        return FALSE;
    }
    sp_tables_add(out, g_steal_pointer(&owned));
    return TRUE;
}

static void work_init(Work *work, const SpVariationInput *input, const Groups *groups,
                      const SpNeighbours *neighbours, gsize n_kommuner)
{
    const gboolean is_sensitive = (sp_table_marks(input->values) & (guint)SP_MARK_SENSITIVE) != 0;
    work->control = &input->form.control;
    work->borrow = (SpBorrowForm){
        .neighbours = neighbours,
        .similar = groups->alike,
        .least_shown = is_sensitive ? input->form.least_shown : 0.0,
    };
    work->row = (SpVariationRowForm){
        .n_kommuner = n_kommuner,
        .neighbours = neighbours,
        .scv_minimum_expected = input->form.scv_minimum_expected,
        .scv_minimum_kommuner = input->form.scv_minimum_kommuner,
        .headline_minimum_kommuner = input->form.headline_minimum_kommuner,
        .replicates = input->form.replicates,
        .random = sp_random_named(sp_random_seed(input->form.seed), "variasjon"),
    };
    for (gsize i = 0; i < SP_VARY_N_SPLITS; i++) {
        work->row.split[i] = groups->split[i];
    }
}

static GHashTable *set_of(const GPtrArray *codes)
{
    GHashTable *set = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < codes->len; i++) {
        g_hash_table_add(set, g_ptr_array_index(codes, i));
    }
    return set;
}

gboolean sp_variation(const SpVariationInput *input, SpTables *out, SpQuality *quality,
                      GError **error)
{
    g_autoptr(GPtrArray) list = sp_groups_list_kommuner(input->regions, error);
    g_autoptr(SpNeighbours) neighbours =
        list != NULL ? sp_neighbours_new(input->neighbours, list, quality, error) : NULL;
    if (neighbours == NULL) {
        return FALSE;
    }
    g_autoptr(GHashTable) kommuner = set_of(list);
    g_autoptr(GPtrArray) all =
        sp_areas_collect(input->values, input->indicators, kommuner, quality, error);
    if (all == NULL) {
        return FALSE;
    }
    g_auto(Groups) groups = {.alike = NULL};
    groups_init(&groups, input->regions, quality);
    g_autofree Work *work = g_new0(Work, 1);
    work_init(work, input, &groups, neighbours, g_hash_table_size(kommuner));
    g_autoptr(SpTable) variation = sp_variation_row_table();
    g_autoptr(SpTable) placing = sp_placing_new();
    for (guint from = 0; from < all->len; from += AT_ONCE) {
        const guint n = MIN(AT_ONCE, all->len - from);
        for (guint i = 0; i < n; i++) {
            work->made[i].areas = g_ptr_array_index(all, from + i);
        }
        sp_parallel(MAX(1, input->form.n_threads), n, make_one, work);
        for (guint i = 0; i < n; i++) {
            lay(&work->made[i], variation, placing, quality);
        }
    }
    return finish(g_steal_pointer(&variation), input->values, out, error) &&
           finish(g_steal_pointer(&placing), input->values, out, error);
}
