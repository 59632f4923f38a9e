/* Hides what must not be seen of sensitive facts, layer by layer. */
#include "transforms/protect/shown.h"

#include "core/error.h"
#include "core/table_rows.h"
#include "transforms/protect/cells.h"
#include "transforms/protect/earlier.h"
#include "transforms/protect/enforce.h"
#include "transforms/protect/layers.h"
#include "transforms/protect/rounded.h"
#include "transforms/protect/rules.h"
#include "transforms/protect/wish.h"
#include "transforms/protect/secondary.h"
#include "transforms/protect/structure.h"
#include "transforms/protect/tally.h"
#include "transforms/protect/zeros.h"

#define THRESHOLD "protect.threshold"
#define WIDTH "protect.interval_width"

typedef struct {
    const SpTables *in;
    SpTable *structure;
    const SpTable *crossings; /* NULL: every row is told */
    const SpTable *wishes;    /* NULL: the smallest figure first */
    GPtrArray *rules;         /* SpRule* */
    GPtrArray *layers;        /* SpLayer* */
    GPtrArray *rounded;       /* Rounded*: counts that are shown though their rows are few */
    double threshold;
    SpSecondary how;
    GHashTable *shown; /* const SpTable* of the facts -> SpTable*, what may be seen of it so far */
    GHashTable *told;  /* the same -> gboolean [rows]: rows that are told at all */
    SpTable *hidden;   /* `skjult` */
} Work;

/* A measure whose figures are rounded, and the rows of which parts must be hidden. */
typedef struct {
    const SpTable *table;
    gsize column;
    gboolean *is_few; /* [rows] */
} Rounded;

static void rounded_free(gpointer data)
{
    Rounded *rounded = data;
    g_free(rounded->is_few);
    g_free(rounded);
}

/* ---- what is shown ---- */

static SpTable *shown_of(const Work *work, const SpTable *table)
{
    return g_hash_table_lookup(work->shown, table);
}

static gboolean is_hidden(const SpTable *table, gsize row, gsize column, gconstpointer data)
{
    const Work *work = data;
    for (guint i = 0; i < work->rounded->len; i++) {
        const Rounded *rounded = work->rounded->pdata[i];
        if (rounded->table == table && rounded->column == column) {
            return rounded->is_few[row];
        }
    }
    return sp_table_real(shown_of(work, table), row, column).status == SP_SUPPRESSED;
}

/* Where zeros are hidden what does not apply would tell that nobody is there. */
static void hide_figure(SpTable *shown, gsize row, gsize column, gboolean hides_zeros)
{
    const SpReal real = sp_table_real(shown, row, column);
    if (sp_real_is_number(real) || (hides_zeros && real.status == SP_NOT_APPLICABLE)) {
        sp_table_set_real(shown, row, column, sp_real_none(SP_SUPPRESSED));
    }
}

static void apply(const Work *work, const SpLayerTable *from, const SpCells *cells, guint place)
{
    const guint32 *cell_of_row = cells->cell_of_row->pdata[place];
    const gboolean *is_told_here = cells->is_told->pdata[place];
    SpTable *shown = shown_of(work, from->table);
    const gsize n_rows = sp_table_n_rows(from->table);
    gboolean *is_told = g_hash_table_lookup(work->told, from->table);
    g_autofree gboolean *is_row_hidden = g_new0(gboolean, n_rows + 1);
    for (gsize row = 0; row < n_rows; row++) {
        const guint32 cell = cell_of_row[row];
        /* What nobody could count is not known to be many. */
        is_row_hidden[row] =
            cell != SP_NO_CELL && (!is_told_here[row] || sp_cells_reason(cells, cell) != SP_SHOWN ||
                                   !g_array_index(cells->is_known, gboolean, cell));
        is_told[row] = is_told[row] && is_told_here[row];
    }
    for (guint i = 0; i < from->measures->len; i++) {
        const SpLayerMeasure *measure = &g_array_index(from->measures, SpLayerMeasure, i);
        for (gsize row = 0; row < n_rows; row++) {
            if (is_row_hidden[row]) {
                hide_figure(shown, row, measure->column, cells->hides_zeros);
            }
        }
    }
}

/* ---- rounding ---- */

/* What goes along with a count is not told where the count is changed, few, or 0, which a rounded
 * one may be, too. */
static GArray *round_counts(const SpRule *rounding, const SpLayer *layer, SpCells *cells,
                            GError **error)
{
    GArray *counts = sp_rounded_counts(layer, cells, rounding->setting[0], error);
    for (guint32 cell = 0; counts != NULL && cell < sp_cells_size(cells); cell++) {
        const double count = (double)g_array_index(counts, gint64, cell);
        const double truth = g_array_index(cells->value, double, cell);
        guint8 *reason = &g_array_index(cells->reason, guint8, cell);
        const gboolean is_same = truth > 0.0 && count <= truth && count >= truth;
        if (*reason == SP_SHOWN && g_array_index(cells->is_known, gboolean, cell) && !is_same) {
            *reason = SP_HIDDEN_FEW;
        }
    }
    return counts;
}

/* The layer's one table with its counts rounded, after all else is hidden. */
static void show_rounded(Work *work, const SpLayer *layer, const SpCells *cells,
                         const GArray *counts)
{
    const SpLayerTable *from = layer->tables->pdata[0];
    const guint32 *cell_of_row = cells->cell_of_row->pdata[0];
    const gsize column = g_array_index(from->measures, SpLayerMeasure, 0).column;
    const gsize n_rows = sp_table_n_rows(from->table);
    SpTable *shown = shown_of(work, from->table);
    Rounded *rounded = g_new(Rounded, 1);
    *rounded = (Rounded){from->table, column, g_new0(gboolean, n_rows + 1)};
    g_ptr_array_add(work->rounded, rounded);
    for (gsize row = 0; row < n_rows; row++) {
        const guint32 cell = cell_of_row[row];
        const SpReal truth = sp_table_real(from->table, row, column);
        if (cell != SP_NO_CELL) {
            rounded->is_few[row] = sp_cells_reason(cells, cell) != SP_SHOWN;
            if (sp_real_is_number(truth)) {
                const double count = (double)g_array_index(counts, gint64, cell);
                sp_table_set_real(shown, row, column,
                                  sp_real_flagged(count, truth.flags | SP_FLAG_ROUNDED));
            }
        }
    }
}

/* Of counts alone no figure is hidden. */
static gboolean hides_figures(const SpLayer *layer, const SpRule *rounding)
{
    return rounding == NULL || ((const SpLayerTable *)layer->tables->pdata[0])->measures->len > 1;
}

/* ---- the run ---- */

/* Made-up figures tell nothing of real ones, though some of them be the same. */
static gboolean are_alike(const SpTable *one, const SpTable *other)
{
    return ((sp_table_marks(one) ^ sp_table_marks(other)) & SP_MARK_SYNTHETIC) == 0;
}

/* Rows of the layer's tables that earlier editions show as they are today. */
static GPtrArray *find_published(const Work *work, const SpLayer *layer, SpQuality *quality)
{
    GPtrArray *published = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < layer->tables->len; i++) {
        const SpLayerTable *from = layer->tables->pdata[i];
        const char *name = sp_table_name(from->table);
        const gsize counted = g_array_index(from->measures, SpLayerMeasure, 0).column;
        gboolean *is_published = g_new0(gboolean, sp_table_n_rows(from->table) + 1);
        for (gsize j = 0; j < sp_tables_size(work->in); j++) {
            const SpTable *earlier = sp_tables_at(work->in, j);
            const char *edition = sp_earlier_edition(sp_table_name(earlier), name);
            if (edition != NULL && are_alike(earlier, from->table) &&
                !sp_earlier_find(earlier, from->table, counted, is_published)) {
                sp_quality_note(quality, "earlier_unlike", name, 0,
                                "edition %s told of %s by other columns: nothing of it counts as "
                                "known",
                                edition, layer->name);
            }
        }
        g_ptr_array_add(published, is_published);
    }
    return published;
}

/* Rows of a table that are told of and hidden, and known all the same. */
static gsize count_known(const SpCells *cells, gsize n_rows, guint place)
{
    const guint32 *cell_of_row = cells->cell_of_row->pdata[place];
    const gboolean *is_told = cells->is_told->pdata[place];
    gsize n = 0;
    for (gsize row = 0; row < n_rows; row++) {
        const guint32 cell = cell_of_row[row];
        n += cell != SP_NO_CELL && is_told[row] && sp_cells_reason(cells, cell) != SP_SHOWN &&
                     sp_cells_is_published(cells, cell)
                 ? 1
                 : 0;
    }
    return n;
}

/* What of a layer is hidden and has too little room, or none. */
static void note_known(SpQuality *quality, const SpLayer *layer, gsize n_left, gsize n_known)
{
    if (n_left > 0) {
        sp_quality_note(quality, "narrow", layer->name, 0,
                        "%" G_GSIZE_FORMAT " hidden figures are known within limits closer than "
                        "%s asks for: all that bears on them is hidden already",
                        n_left, WIDTH);
    }
    if (n_known > 0) {
        sp_quality_note(quality, "known_before", layer->name, 0,
                        "%" G_GSIZE_FORMAT " rows that are hidden now follow from what earlier "
                        "editions show",
                        n_known);
    }
}

static gboolean hide_layer(Work *work, const SpLayer *layer, SpQuality *quality, GError **error)
{
    gsize n_left = 0;
    gsize n_known = 0;
    g_autoptr(GPtrArray) published = find_published(work, layer, quality);
    const SpCellsInput input = {.layer = layer,
                                .structure = work->structure,
                                .crossings = work->crossings,
                                .threshold = work->threshold,
                                .hides_zeros =
                                    sp_rules_hide_zeros(work->rules, work->layers, layer),
                                .is_hidden = is_hidden,
                                .data = work,
                                .published = published};
    g_autoptr(SpCells) cells = sp_cells_new(&input, error);
    const SpRule *rounding = NULL;
    g_autoptr(GArray) counts = NULL;
    if (cells == NULL || !sp_rules_rounding(work->rules, layer, &rounding, error) ||
        !sp_rules_enforce(work->rules, layer, cells, error) ||
        !sp_wish_read(work->wishes, layer->name, cells, error) ||
        (rounding != NULL && (counts = round_counts(rounding, layer, cells, error)) == NULL)) {
        return FALSE;
    }
    const gboolean is_hiding = hides_figures(layer, rounding);
    if (is_hiding && !sp_secondary_hide(cells, &work->how, &n_left, error)) {
        return FALSE;
    }
    for (guint i = 0; i < layer->tables->len; i++) {
        const SpLayerTable *from = layer->tables->pdata[i];
        apply(work, from, cells, i);
        sp_tally_add(work->hidden, layer, cells, i, is_hiding);
        n_known += count_known(cells, sp_table_n_rows(from->table), i);
    }
    if (counts != NULL) {
        show_rounded(work, layer, cells, counts);
    }
    note_known(quality, layer, n_left, n_known);
    return TRUE;
}

static gboolean is_row_told(const SpTable *table, gsize row, gpointer is_told)
{
    (void)table;
    return ((const gboolean *)is_told)[row];
}

/* A table's rows that are told, with its keys and the measures that are in a layer: what is in none
 * might give others away. */
static SpTable *told_of(const Work *work, const SpTable *table, const GPtrArray *layers,
                        GError **error)
{
    SpTable *shown = shown_of(work, table);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        if (column->kind == SP_COLUMN_CODE || sp_layers_have(layers, table, i)) {
            g_ptr_array_add(names, (gpointer)column->name);
        }
    }
    sp_table_set_marks(shown, sp_table_marks(table) & ~(guint)SP_MARK_RESTRICTED);
    g_autoptr(SpTable) told =
        sp_table_filter(shown, is_row_told, g_hash_table_lookup(work->told, table));
    return sp_table_select(told, (const char *const *)names->pdata, names->len, error);
}

/* What may be seen of each table of a layer is, to begin with, all of it. */
static SpTables *open_tables(Work *work, const SpTables *in, const GPtrArray *layers)
{
    g_autoptr(GHashTable) wanted = g_hash_table_new(NULL, NULL);
    SpTables *shown = sp_tables_new();
    for (guint i = 0; i < layers->len; i++) {
        const SpLayer *layer = layers->pdata[i];
        for (guint j = 0; j < layer->tables->len; j++) {
            g_hash_table_add(wanted,
                             (gpointer)((const SpLayerTable *)layer->tables->pdata[j])->table);
        }
    }
    for (gsize i = 0; i < sp_tables_size(in); i++) {
        const SpTable *table = sp_tables_at(in, i);
        if (g_hash_table_contains(wanted, table)) {
            SpTable *copy = sp_table_copy(table);
            sp_tables_add(shown, copy);
            g_hash_table_insert(work->shown, (gpointer)table, copy);
            gboolean *is_told = g_new(gboolean, sp_table_n_rows(table) + 1);
            for (gsize row = 0; row < sp_table_n_rows(table); row++) {
                is_told[row] = TRUE;
            }
            g_hash_table_insert(work->told, (gpointer)table, is_told);
        }
    }
    return shown;
}

static gboolean read_structure(Work *work, const SpTables *in, const SpTables *shown,
                               GError **error)
{
    const SpTable *regions = sp_tables_need(in, "region", error);
    const SpTable *structure =
        regions != NULL ? sp_tables_need(in, SP_TABLE_STRUCTURE, error) : NULL;
    work->structure =
        structure != NULL ? sp_structure_complete(structure, shown, regions, error) : NULL;
    return work->structure != NULL;
}

/* Of the tables that are shown, the columns that they are told by at once. */
static gboolean add_crossings(const Work *work, const SpTables *shown, SpTables *out,
                              GError **error)
{
    static const char *const from[] = {"table", "level", "columns"};
    static const SpColumn columns[] = {
        {.name = "tabell", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "slag", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "kolonner", .kind = SP_COLUMN_CODE, .is_key = TRUE}};
    gsize at[G_N_ELEMENTS(from)];
    if (work->crossings == NULL) {
        return TRUE;
    }
    if (!sp_table_need_all(work->crossings, from, G_N_ELEMENTS(from), SP_COLUMN_CODE, at, error)) {
        return FALSE;
    }
    g_autoptr(SpTable) table = sp_table_new(SP_TABLE_CROSSINGS, columns, G_N_ELEMENTS(columns));
    for (gsize row = 0; row < sp_table_n_rows(work->crossings); row++) {
        if (sp_tables_find(shown, sp_table_code(work->crossings, row, at[0])) == NULL) {
            continue;
        }
        const gsize to = sp_table_add_row(table);
        for (gsize i = 0; i < G_N_ELEMENTS(at); i++) {
            sp_table_set_code(table, to, i, sp_table_code(work->crossings, row, at[i]));
        }
    }
    if (!sp_table_check_unique(table, error)) {
        return FALSE;
    }
    sp_tables_add(out, g_steal_pointer(&table));
    return TRUE;
}

static gboolean hide_all(Work *work, const SpTables *in, SpTables *out, SpQuality *quality,
                         GError **error)
{
    const GPtrArray *layers = work->layers;
    g_autoptr(SpTables) shown = open_tables(work, in, layers);
    if (sp_tables_size(shown) == 0) {
        return TRUE;
    }
    if (!read_structure(work, in, shown, error)) {
        return FALSE;
    }
    for (guint i = 0; i < layers->len; i++) {
        if (!hide_layer(work, layers->pdata[i], quality, error)) {
            return FALSE;
        }
    }
    if (!sp_table_check_unique(work->hidden, error) || !add_crossings(work, shown, out, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < sp_tables_size(in); i++) {
        const SpTable *table = sp_tables_at(in, i);
        SpTable *told = shown_of(work, table) != NULL ? told_of(work, table, layers, error) : NULL;
        if (told != NULL) {
            sp_tables_add(out, told);
        } else if (shown_of(work, table) != NULL) {
            return FALSE;
        }
    }
    sp_tables_add(out, g_steal_pointer(&work->structure));
    sp_tables_add(out, g_steal_pointer(&work->hidden));
    return TRUE;
}

static void work_clear(Work *work)
{
    g_hash_table_unref(work->shown);
    g_hash_table_unref(work->told);
    sp_table_free(work->structure);
    sp_table_free(work->hidden);
    g_ptr_array_unref(work->rounded);
    g_clear_pointer(&work->rules, g_ptr_array_unref);
    g_clear_pointer(&work->layers, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Work, work_clear)

/* Whether rows of nobody are hidden like others. */
static gboolean hides_zeros(const GPtrArray *rules, const GPtrArray *layers, const SpTable *table)
{
    for (guint i = 0; i < layers->len; i++) {
        const SpLayer *layer = layers->pdata[i];
        for (guint j = 0; j < layer->tables->len; j++) {
            if (((const SpLayerTable *)layer->tables->pdata[j])->table == table &&
                sp_rules_hide_zeros(rules, layers, layer)) {
                return TRUE;
            }
        }
    }
    return FALSE;
}

/* What came in, with the rows of nobody that rules ask for. */
static SpTables *fill_zeros(const SpTables *in, const GPtrArray *rules, const GPtrArray *layers,
                            GError **error)
{
    g_autoptr(SpTables) filled = sp_tables_new();
    const SpTable *structure = sp_tables_find(in, SP_TABLE_STRUCTURE);
    for (gsize i = 0; i < sp_tables_size(in); i++) {
        SpTable *table = sp_tables_at(in, i);
        SpTable *here = structure != NULL && hides_zeros(rules, layers, table)
                            ? sp_zeros_fill(table, layers, structure, error)
                            : sp_table_share(table);
        if (here == NULL) {
            return NULL;
        }
        sp_tables_add(filled, here);
    }
    return g_steal_pointer(&filled);
}

static gboolean read_settings(Work *work, const SpSettings *settings, GError **error)
{
    work->how.n_threads = sp_settings_threads(settings);
    if (!sp_settings_double(settings, THRESHOLD, 1.0, 1000.0, &work->threshold, error) ||
        !sp_settings_double(settings, WIDTH, 0.0, 1000.0, &work->how.width, error)) {
        return FALSE;
    }
    work->how.threshold = work->threshold;
    return TRUE;
}

static gboolean run(const SpTables *in, const SpSettings *settings, SpTables *out,
                    SpQuality *quality, GError **error)
{
    const SpTable *rows = sp_tables_need(in, "skjermingslag", error);
    const SpTable *owners = rows != NULL ? sp_tables_need(in, "skjerming", error) : NULL;
    g_auto(Work) work = {.in = in,
                         .shown = g_hash_table_new(NULL, NULL),
                         .told = g_hash_table_new_full(NULL, NULL, NULL, g_free),
                         .crossings = sp_tables_find(in, "skjermingskryss"),
                         .wishes = sp_tables_find(in, "skjermingsrekkefolge"),
                         .rounded = g_ptr_array_new_with_free_func(rounded_free),
                         .hidden = sp_tally_new()};
    if (owners == NULL || !read_settings(&work, settings, error)) {
        return FALSE;
    }
    work.rules = sp_rules_read(sp_tables_find(in, "skjermingsregler"), error);
    g_autoptr(GPtrArray) layers =
        work.rules != NULL ? sp_layers_read(rows, owners, in, error) : NULL;
    g_autoptr(SpTables) facts = layers != NULL ? fill_zeros(in, work.rules, layers, error) : NULL;
    work.layers = facts != NULL ? sp_layers_read(rows, owners, facts, error) : NULL;
    return work.layers != NULL && hide_all(&work, facts, out, quality, error);
}

static gboolean explain(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                        SpExplanation *explanation, GError **error)
{
    (void)settings;
    if (strcmp(cell->table, SP_TABLE_HIDDEN) == 0) {
        return sp_tally_explain(in, cell, explanation, error);
    }
    if (sp_tables_find(in, cell->table) == NULL) {
        return sp_error_set(error, SP_ERROR_NO_INPUT, "shown knows no table %s", cell->table);
    }
    SpCell *input = sp_cell_new(cell->table, cell->measure);
    for (guint i = 0; i < cell->columns->len; i++) {
        (void)sp_cell_with(input, cell->columns->pdata[i], cell->codes->pdata[i]);
    }
    g_ptr_array_add(explanation->inputs, input);
    g_ptr_array_add(explanation->settings, g_strdup(THRESHOLD));
    g_ptr_array_add(explanation->settings, g_strdup(WIDTH));
    explanation->method = g_strdup("the figure itself, if it may be seen: "
                                   "docs/methods/disclosure.md");
    explanation->is_injective = TRUE;
    return TRUE;
}

static const char *const config_keys[] = {THRESHOLD, WIDTH};

const SpTransform sp_transform_shown = {
    .name = "shown",
    .summary = "Sensitive facts as they may be seen",
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .runs_alone = TRUE,
    .run = run,
    .explain = explain,
};
