/* What a figure is made of: listed, and followed. */
#include "core/number.h"
#include "pipeline/why/walk_state.h"

#include <string.h>

enum {
    MOST_LISTED = 12,  /* figures of one input that are told without --all */
    MOST_FOLLOWED = 3, /* of so few each is followed; else one */
    MOST_STEPS = 2000, /* after so many only ends are added, without --all */
};

char *sp_why_value(SpReal real)
{
    char flags[SP_FLAGS_TEXT_SIZE];
    char number[SP_NUMBER_SIZE];
    const char *letters = sp_flags_format(real.flags, flags);
    if (sp_real_is_number(real)) {
        sp_number_format(real.value, number);
    } else {
        g_strlcpy(number, sp_status_sign((SpStatus)real.status), sizeof number);
    }
    return g_strdup_printf("%s%s%s%s", number, *letters != '\0' ? " (" : "", letters,
                           *letters != '\0' ? ")" : "");
}

/* The row that stands for many: the first with a number that is not 0 and may be seen, else the
 * first, so that the choice tells nothing of figures that may not. */
static gsize example_of(const SpWhy *why, const SpWhyPlace *place, gsize column, const GArray *rows)
{
    const char *measure = sp_table_column(place->table, column)->name;
    for (guint i = 0; i < rows->len; i++) {
        const gsize row = g_array_index(rows, gsize, i);
        g_autoptr(SpCell) cell = sp_why_cell_of(place->table, measure, row);
        if (sp_table_real(place->table, row, column).status == SP_PRESENT &&
            sp_why_sight_allows(why->sight, place->past, place->table, cell)) {
            return row;
        }
    }
    return g_array_index(rows, gsize, 0);
}

static void add_once(GArray *into, GHashTable *known, const GArray *rows)
{
    for (guint i = 0; i < rows->len; i++) {
        const gsize row = g_array_index(rows, gsize, i);
        if (g_hash_table_add(known, GSIZE_TO_POINTER(row + 1))) {
            g_array_append_val(into, row);
        }
    }
}

/* The rows of a table that any of the group's cells names. */
static GArray *rows_of(SpWhy *why, const SpWhyGroup *group, const SpTable *table)
{
    g_autoptr(GHashTable) known = g_hash_table_new(NULL, NULL);
    GArray *all = g_array_new(FALSE, FALSE, sizeof(gsize));
    for (guint i = 0; i < group->cells->len; i++) {
        g_autoptr(GArray) rows = sp_why_rows_find(why->rows, table, group->cells->pdata[i]);
        add_once(all, known, rows);
    }
    return all;
}

static char *label_of(const SpWhyGroup *group, const char *table)
{
    if (group->cells->len > 1) {
        return g_strdup_printf("%s %s", table, group->measure);
    }
    const SpCell *only = group->cells->pdata[0];
    g_autoptr(SpCell) cell = sp_cell_new(table, only->measure);
    for (guint i = 0; i < only->columns->len; i++) {
        sp_cell_with(cell, only->columns->pdata[i], only->codes->pdata[i]);
    }
    return sp_cell_format(cell);
}

/* A figure that is the only one behind a figure which is shown, and the same, tells nothing new. */
static gboolean is_same(const SpWhyAt *at, guint n, SpReal real)
{
    return at->is_shown && n == 1 && real.status == at->real.status && real.value == at->real.value;
}

/* Lists one figure, and follows it if it is to be. */
static void add_figure(SpWhy *why, SpWhyInput *input, const SpWhyAt *one, gboolean is_followed,
                       guint depth)
{
    g_autofree char *whole = sp_cell_format(one->cell);
    const char *codes = strchr(strchr(whole, ' ') + 1, ' ');
    SpWhyFigure *figure = sp_why_input_add(input, g_strdup(codes != NULL ? codes + 1 : ""),
                                           one->is_shown ? sp_why_value(one->real) : NULL);
    const gboolean is_deep = why->options.depth > 0 && depth >= why->options.depth;
    const gboolean is_room = why->options.is_all || why->answer->steps->len < MOST_STEPS;
    figure->number = is_followed && !is_deep && is_room ? sp_why_follow(why, one, depth + 1) : 0;
}

/* The figures of a table that an input is. */
typedef struct {
    const SpWhyPlace *place;
    const GArray *rows; /* gsize */
    gsize column;
} Chosen;

static void add_figures(SpWhy *why, SpWhyInput *input, const SpWhyAt *from, const Chosen *chosen,
                        guint depth)
{
    const SpWhyPlace *place = chosen->place;
    const GArray *rows = chosen->rows;
    const char *measure = sp_table_column(place->table, chosen->column)->name;
    const gsize example = example_of(why, place, chosen->column, rows);
    const guint most = why->options.is_all ? rows->len : MOST_LISTED;
    const gboolean is_cut = rows->len > most;
    guint n = 0;
    for (guint i = 0; i < rows->len && n < most; i++) {
        /* The example is told first where not all are. */
        const gsize at = g_array_index(rows, gsize, i);
        const gsize row = is_cut && i == 0 ? example : at;
        if (is_cut && i > 0 && at == example) {
            continue;
        }
        g_autoptr(SpCell) cell = sp_why_cell_of(place->table, measure, row);
        SpWhyAt one = {place->past, place->table, cell,
                       sp_table_real(place->table, row, chosen->column), FALSE};
        one.is_shown = sp_why_sight_allows(why->sight, place->past, place->table, cell) ||
                       is_same(from, rows->len, one.real);
        const gboolean is_followed =
            why->options.is_all || rows->len <= MOST_FOLLOWED || row == example;
        add_figure(why, input, &one, is_followed, depth);
        n++;
    }
    if (n < rows->len) {
        input->note = g_strdup_printf("%u more; --all tells them", rows->len - n);
    }
}

/* A table of a result. FALSE when it has none of the rows. */
static gboolean add_place(SpWhy *why, SpWhyStep *step, const SpWhyAt *at, const SpWhyGroup *group,
                          const SpWhyPlace *place, guint depth)
{
    const char *name = sp_table_name(place->table);
    const gsize column = sp_table_find(place->table, group->measure);
    g_autofree char *label = label_of(group, name);
    const gboolean is_kept = place->past == NULL || sp_past_has(place->past, name);
    g_autofree char *where = place->past == NULL
                                 ? g_strdup(why->package->name)
                                 : g_strdup_printf("%s%s", place->past->name,
                                                   is_kept ? "" : ", made again for this question");
    if (!sp_why_sight_allows_rows(why->sight, place->past, place->table)) {
        SpWhyInput *closed = sp_why_input_new(group->table, where);
        closed->note = g_strdup("sensitive: for the owner of the workspace alone");
        g_ptr_array_add(step->inputs, closed);
        return TRUE;
    }
    if (column == SP_NO_COLUMN ||
        sp_table_column(place->table, column)->kind != SP_COLUMN_MEASURE) {
        return FALSE;
    }
    g_autoptr(GArray) rows = rows_of(why, group, place->table);
    if (rows->len == 0) {
        return FALSE;
    }
    SpWhyInput *input = sp_why_input_new(label, where);
    input->n = rows->len;
    g_ptr_array_add(step->inputs, input);
    const Chosen chosen = {place, rows, column};
    add_figures(why, input, at, &chosen, depth);
    return TRUE;
}

/* "line 2: tjeneste=hjemmetjeneste kjonn=0": where a row of a file stands, and its codes. */
static char *describe_line(const SpTable *table, gsize row)
{
    enum { MOST_TOLD = 120 }; /* of codes, after which a text is told no more */
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "line %" G_GSIZE_FORMAT, row + 2);
    for (gsize i = 0; i < sp_table_n_columns(table) && text->len < MOST_TOLD; i++) {
        const gboolean is_code = sp_table_column(table, i)->kind == SP_COLUMN_CODE;
        const char *code = is_code ? sp_table_code(table, row, i) : "";
        if (*code != '\0') {
            g_string_append_printf(text, "%s%s=%s", strchr(text->str, ':') == NULL ? ": " : " ",
                                   sp_table_column(table, i)->name, code);
        }
    }
    return g_string_free(text, FALSE);
}

/* A file of the configuration, by the lines of the rows that it has. */
static gboolean add_file(SpWhy *why, SpWhyStep *step, const SpWhyAt *at, const SpWhyGroup *group)
{
    const SpInput *file = sp_why_file_of(at->past, group->table);
    const SpTable *table = sp_tables_find(at->past->in, group->table);
    if (file == NULL) {
        return FALSE;
    }
    g_autofree char *where = g_strdup_printf("config/%s", file->name);
    SpWhyInput *input = sp_why_input_new(group->table, where);
    g_ptr_array_add(step->inputs, input);
    const guint number = sp_why_end_at_file(why, at->past, file);
    g_autoptr(GArray) rows = table != NULL ? rows_of(why, group, table) : NULL;
    const gsize column = table != NULL ? sp_table_find(table, group->measure) : SP_NO_COLUMN;
    const guint n = rows != NULL ? rows->len : 0;
    const guint most = why->options.is_all ? n : MIN(n, MOST_LISTED);
    input->n = n;
    for (guint i = 0; i < most; i++) {
        const gsize row = g_array_index(rows, gsize, i);
        const gboolean is_figure =
            column != SP_NO_COLUMN && sp_table_column(table, column)->kind == SP_COLUMN_MEASURE;
        char *value = is_figure                ? sp_why_value(sp_table_real(table, row, column))
                      : column != SP_NO_COLUMN ? g_strdup(sp_table_code(table, row, column))
                                               : g_strdup("");
        sp_why_input_add(input, describe_line(table, row), value)->number = number;
    }
    if (n == 0) {
        sp_why_input_add(input, g_strdup("the file"), g_strdup(""))->number = number;
    }
    input->note = most < n ? g_strdup_printf("%u more; --all tells them", n - most) : NULL;
    return TRUE;
}

gboolean sp_why_add_group(SpWhy *why, SpWhyStep *step, const SpWhyAt *at, const SpWhyGroup *group,
                          guint depth)
{
    g_autoptr(GArray) places = sp_why_places(why, at->past, group->table);
    gboolean is_found = FALSE;
    for (guint i = 0; i < places->len; i++) {
        const SpWhyPlace *place = &g_array_index(places, SpWhyPlace, i);
        is_found = add_place(why, step, at, group, place, depth) || is_found;
    }
    return is_found || (places->len == 0 && add_file(why, step, at, group));
}

void sp_why_add_rows(SpWhy *why, SpWhyStep *step, const SpWhyAt *at, SpWhyFacts *facts,
                     const SpCell *cell)
{
    g_autoptr(GPtrArray) rows = sp_why_facts_rows(facts, cell);
    g_autofree char *label = sp_cell_format(cell);
    const gboolean is_shown = sp_why_sight_allows_source(why->sight, at->table, at->is_shown);
    const guint most = why->options.is_all ? rows->len : MIN(rows->len, MOST_LISTED);
    SpWhyInput *input = sp_why_input_new(label, at->past->manifest->unit);
    g_ptr_array_add(step->inputs, input);
    input->n = rows->len;
    for (guint i = 0; i < most; i++) {
        const SpSourceRow *row = rows->pdata[i];
        char *key =
            is_shown ? g_strdup_printf("%s: %s", row->place, row->codes) : g_strdup(row->place);
        char *value = is_shown && row->has_figure ? sp_why_value(row->figure) : NULL;
        sp_why_input_add(input, key, value)->number = sp_why_end_at_snapshot(why, row->snapshot);
    }
    input->note =
        most < rows->len ? g_strdup_printf("%u more; --all tells them", rows->len - most) : NULL;
}
