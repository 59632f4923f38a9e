/* From parts of need and of supply to why the gap is what it is. */
#include "transforms/project/balance/causes.h"

#include "core/table_rows.h"
#include "transforms/project/balance/gap.h"
#include "transforms/project/balance/panel.h"

enum { N_KEYS = 3 };
/* What of framskriving_gap stands here. */
enum { DEMAND, SUPPLY, SHORTAGE, GAP, N_SIDES };
static const char *const of_gap[N_SIDES] = {"etterspoersel", "tilbud", "startmangel", "gap"};

/* Names of a table's measures, in their order. */
static GPtrArray *measures_of(const SpTable *table)
{
    GPtrArray *names = g_ptr_array_new();
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        if (column->kind == SP_COLUMN_MEASURE) {
            g_ptr_array_add(names, (gpointer)column->name);
        }
    }
    return names;
}

/* One side's parts. */
typedef struct {
    GPtrArray *names;
    SpPanel *panel;
} Parts;

typedef struct {
    SpPanel *gap;
    Parts need, supply;
} Panels;

static void panels_clear(Panels *panels)
{
    sp_panel_free(panels->gap);
    sp_panel_free(panels->need.panel);
    sp_panel_free(panels->supply.panel);
    g_clear_pointer(&panels->need.names, g_ptr_array_unref);
    g_clear_pointer(&panels->supply.names, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Panels, panels_clear)

static gboolean read_parts(Parts *parts, const SpTable *table, GError **error)
{
    parts->names = measures_of(table);
    parts->panel =
        sp_panel_new(table, (const char *const *)parts->names->pdata, parts->names->len, error);
    return parts->panel != NULL;
}

static gboolean panels_init(Panels *panels, const SpCausesInput *input, GError **error)
{
    panels->gap = sp_panel_new(input->gap, of_gap, N_SIDES, error);
    return panels->gap != NULL && read_parts(&panels->need, input->need, error) &&
           read_parts(&panels->supply, input->supply, error);
}

/* ---- columns ---- */

static void add_measure(SpTable *table, const char *name)
{
    const SpColumn measure = {.name = name, .kind = SP_COLUMN_MEASURE, .unit = "aarsverk"};
    sp_table_add_column(table, &measure);
}

/* A side's base, its parts and what they sum to. */
static void add_side(SpTable *table, const char *side, const Parts *parts)
{
    g_autofree char *base = g_strconcat(side, "_basis", NULL);
    add_measure(table, base);
    for (guint i = 0; i < parts->names->len; i++) {
        add_measure(table, parts->names->pdata[i]);
    }
    add_measure(table, side);
}

static SpTable *new_table(const SpCausesInput *input, const Panels *panels)
{
    static const char *const keys[N_KEYS] = {"region", "yrke", "period"};
    SpTable *table = sp_table_new(SP_TABLE_CAUSES, NULL, 0);
    for (gsize i = 0; i < N_KEYS; i++) {
        sp_table_add_column(table, sp_table_column(input->gap, sp_table_find(input->gap, keys[i])));
    }
    add_side(table, of_gap[DEMAND], &panels->need);
    add_side(table, of_gap[SUPPLY], &panels->supply);
    add_measure(table, of_gap[SHORTAGE]);
    add_measure(table, of_gap[GAP]);
    sp_table_set_edition(table, sp_table_edition(input->gap));
    sp_table_set_marks(table, sp_table_marks(input->gap) | sp_table_marks(input->need) |
                                  sp_table_marks(input->supply));
    return table;
}

/* ---- rows ---- */

/* A part of the change between two figures, one of which may be hidden or not there. */
static SpReal part_between(SpReal part, SpReal base, SpReal now)
{
    if (sp_real_is_number(base) && sp_real_is_number(now)) {
        return part;
    }
    return sp_real_none(sp_real_is_number(now) ? base.status : MAX(base.status, now.status));
}

/* The cell that is filled next. */
typedef struct {
    SpTable *table;
    gsize row, column;
} Pen;

static void put(Pen *pen, SpReal figure)
{
    sp_table_set_real(pen->table, pen->row, pen->column++, figure);
}

/* `codes` are those of the row, its region, profession and day. */
static void put_side(Pen *pen, const SpPanel *gap, gsize side, const Parts *parts, SpReal factor,
                     const char *const codes[N_KEYS])
{
    SpReal base = sp_panel_figure(gap, side, codes[0], codes[1], gap->periods[0]);
    SpReal now = sp_panel_figure(gap, side, codes[0], codes[1], codes[2]);
    put(pen, base);
    for (guint i = 0; i < parts->names->len; i++) {
        SpReal part = sp_panel_figure(parts->panel, i, codes[0], codes[1], codes[2]);
        put(pen, part_between(sp_gap_scale(part, factor), base, now));
    }
    put(pen, now);
}

static void add_row(SpTable *table, const Panels *panels, SpReal factor,
                    const char *const codes[N_KEYS])
{
    Pen pen = {.table = table, .row = sp_table_add_row(table), .column = N_KEYS};
    for (gsize i = 0; i < N_KEYS; i++) {
        sp_table_set_code(table, pen.row, i, codes[i]);
    }
    put_side(&pen, panels->gap, DEMAND, &panels->need, sp_real(1.0), codes);
    put_side(&pen, panels->gap, SUPPLY, &panels->supply, factor, codes);
    put(&pen, sp_panel_figure(panels->gap, SHORTAGE, codes[0], codes[1], codes[2]));
    put(&pen, sp_panel_figure(panels->gap, GAP, codes[0], codes[1], codes[2]));
}

SpTable *sp_causes_table(const SpCausesInput *input, GError **error)
{
    g_auto(Panels) panels = {0};
    if (!panels_init(&panels, input, error)) {
        return NULL;
    }
    const gsize by_yrke[] = {sp_table_find(input->balance, "yrke")};
    gsize factor = sp_table_find(input->balance, "faktor");
    g_autoptr(SpTableIndex) index = sp_table_index_new(input->balance, by_yrke, 1);
    g_autoptr(SpTable) table = new_table(input, &panels);
    const SpPanel *need = panels.need.panel;
    sp_table_reserve(table, need->n_regions * need->n_yrker * need->n_periods);
    for (gsize i = 0; i < need->n_regions * need->n_yrker; i++) {
        const char *region = need->regions[i / need->n_yrker];
        const char *yrke = need->yrker[i % need->n_yrker];
        gsize row;
        SpReal scale = sp_table_index_find(index, &yrke, &row)
                           ? sp_table_real(input->balance, row, factor)
                           : sp_real_none(SP_MISSING);
        for (gsize t = 0; t < need->n_periods; t++) {
            const char *const codes[N_KEYS] = {region, yrke, need->periods[t]};
            add_row(table, &panels, scale, codes);
        }
    }
    return sp_table_check_unique(table, error) ? g_steal_pointer(&table) : NULL;
}
