/*
 * The barometer of the page's region: a line an indicator, with its own figure beside the fylke's,
 * the country's and the comparators', and where it lies on a common scale. Table `barometer`
 * (docs/tables.md) has all of it; the drawing says nothing that the line does not.
 */
#include "outputs/html/fillers.h"

#include "outputs/forklaring.h"
#include "outputs/html/draw.h"
#include "outputs/html/section.h"

#include <string.h>

enum { BAR_WIDTH = 160, BAR_HEIGHT = 18, BAR_MARGIN = 6 };

static const char table_name[] = "barometer";

/* Figures that stand in columns: all of a kommune, the first two of a fylke, whose own the third
 * is, and the first of the country. */
static const char *const compared[] = {"verdi", "middel_landet", "middel_fylke",
                                       "middel_naermeste"};
enum { N_OF_COUNTRY = 1, N_OF_FYLKE = 2 };
/* Words that are told beside them; a column without any is left out. */
enum { N_JUDGED = 2 };
static const char *const judged[N_JUDGED] = {"vurdering", "utvikling"};
static const char *const outer[2] = {"stolpe_nedre_998", "stolpe_oevre_998"};
static const char *const inner[2] = {"stolpe_nedre_95", "stolpe_oevre_95"};

typedef struct {
    const SpPage *page;
    const SpGrid *grid;
    GArray *rows; /* gsize, in the order of the barometer */
    gsize n_compared;
    gboolean is_judged[N_JUDGED]; /* by column of `judged`: some row has a word in it */
    gboolean has_field;           /* some bar has the limits that chance reaches to */
} Barometer;

static gint compare_places(gconstpointer a, gconstpointer b, gpointer data)
{
    const SpTable *table = data;
    gsize place = sp_table_find(table, "rekke");
    return strcmp(sp_table_code(table, *(const gsize *)a, place),
                  sp_table_code(table, *(const gsize *)b, place));
}

/* The figure of a row in a column of that name; missing where the table has none. */
static SpReal figure_of(const Barometer *barometer, gsize row, const char *name)
{
    gsize column = sp_table_find(barometer->grid->table, name);
    return column != SP_NO_COLUMN ? sp_table_real(barometer->grid->table, row, column)
                                  : sp_real_none(SP_MISSING);
}

static const char *word_of(const Barometer *barometer, gsize row, const char *name)
{
    const SpGrid *grid = barometer->grid;
    gsize column = sp_table_find(grid->table, name);
    if (column == SP_NO_COLUMN || sp_table_code(grid->table, row, column)[0] == '\0') {
        return "";
    }
    return grid->labels[column][sp_table_code_numbers_const(grid->table, column)[row]];
}

/* ---- the bar ---- */

static double place_on_bar(SpReal real)
{
    return (double)BAR_MARGIN + CLAMP(real.value, 0.0, 1.0) * (double)(BAR_WIDTH - 2 * BAR_MARGIN);
}

static void add_range(const Barometer *barometer, xmlNode *svg, gsize row,
                      const char *const ends[2], const char *look)
{
    SpReal low = figure_of(barometer, row, ends[0]);
    SpReal high = figure_of(barometer, row, ends[1]);
    if (sp_real_is_number(low) && sp_real_is_number(high)) {
        g_autoptr(GString) path = g_string_new(NULL);
        double middle = (double)BAR_HEIGHT / 2.0;
        sp_path_add(path, place_on_bar(low), middle - 5.0, TRUE);
        sp_path_add(path, place_on_bar(high), middle - 5.0, FALSE);
        sp_path_add(path, place_on_bar(high), middle + 5.0, FALSE);
        sp_path_add(path, place_on_bar(low), middle + 5.0, FALSE);
        sp_path_close(path);
        sp_draw_path(svg, path, look);
    }
}

static void add_tick(const Barometer *barometer, xmlNode *svg, gsize row, const char *name,
                     const char *look)
{
    SpReal real = figure_of(barometer, row, name);
    if (sp_real_is_number(real)) {
        double x = place_on_bar(real);
        sp_draw_line(svg, x, 1.0, x, (double)BAR_HEIGHT - 1.0, look);
    }
}

/* Limits as areas, the country and the fylke as lines, the comparators and oneself as marks. */
static void add_bar(const Barometer *barometer, xmlNode *line, gsize row)
{
    xmlNode *cell = sp_element_add(line, "td", NULL);
    SpReal own = figure_of(barometer, row, "stolpe_verdi");
    SpReal others = figure_of(barometer, row, "stolpe_naermeste");
    const double middle = (double)BAR_HEIGHT / 2.0;
    sp_element_set(cell, "class", "bar");
    if (!sp_real_is_number(own)) {
        return;
    }
    xmlNode *svg = sp_draw_new(cell, (double)BAR_WIDTH, (double)BAR_HEIGHT, "");
    xmlUnsetProp(svg, (const xmlChar *)"role");
    xmlUnsetProp(svg, (const xmlChar *)"aria-label");
    sp_element_set(svg, "aria-hidden", "true");
    sp_draw_line(svg, (double)BAR_MARGIN, middle, (double)(BAR_WIDTH - BAR_MARGIN), middle, "grid");
    add_range(barometer, svg, row, outer, "band b1");
    add_range(barometer, svg, row, inner, "band b2");
    add_tick(barometer, svg, row, "stolpe_landet", "tick c0");
    if (barometer->n_compared > N_OF_FYLKE) {
        add_tick(barometer, svg, row, "stolpe_fylke", "tick c1");
    }
    if (sp_real_is_number(others)) {
        sp_draw_mark(svg, 2, place_on_bar(others), middle, "mark c2", NULL);
    }
    sp_draw_mark(svg, 0, place_on_bar(own), middle, "mark own", NULL);
}

/* What the marks are, drawn as in the bars. */
static void add_key(const Barometer *barometer, xmlNode *node)
{
    static const struct {
        const char *text;
        const char *line; /* NULL: a mark, or a field */
        const char *mark;
        guint form;
        gsize least; /* figures that the region is held against */
        const char *field;
    } items[] = {{"page.bar_own", NULL, "mark own", 0, 0, NULL},
                 {"page.bar_country", "tick c0", NULL, 0, N_OF_FYLKE, NULL},
                 {"page.bar_fylke", "tick c1", NULL, 0, N_OF_FYLKE + 1, NULL},
                 {"page.bar_comparators", NULL, "mark c2", 2, N_OF_FYLKE + 1, NULL},
                 {"page.bar_inner", NULL, NULL, 0, 0, "band b2"},
                 {"page.bar_outer", NULL, NULL, 0, 0, "band b1"}};
    xmlNode *list = sp_element_add(node, "ul", NULL);
    sp_element_set(list, "class", "key");
    for (gsize i = 0; i < G_N_ELEMENTS(items); i++) {
        if (barometer->n_compared < items[i].least ||
            (items[i].field != NULL && !barometer->has_field)) {
            continue;
        }
        xmlNode *swatch = sp_draw_swatch(list, sp_page_text(barometer->page, items[i].text));
        if (items[i].field != NULL) {
            xmlNode *field = sp_element_add(swatch, "rect", NULL);
            sp_element_set(field, "width", "28");
            sp_element_set(field, "height", "14");
            sp_element_set(field, "class", items[i].field);
        } else if (items[i].line != NULL) {
            sp_draw_line(swatch, 14.0, 0.0, 14.0, 14.0, items[i].line);
        } else {
            sp_draw_mark(swatch, items[i].form, 14.0, 7.0, items[i].mark, NULL);
        }
    }
}

/* ---- the lines ---- */

static void add_head(const Barometer *barometer, xmlNode *table)
{
    const SpGrid *grid = barometer->grid;
    xmlNode *line = sp_element_add(sp_element_add(table, "thead", NULL), "tr", NULL);
    (void)sp_lay_heading(line, grid->headings[grid->indicator], FALSE);
    (void)sp_lay_heading(line, sp_page_text(barometer->page, "page.time"), FALSE);
    for (gsize i = 0; i < barometer->n_compared; i++) {
        gsize column = sp_table_find(grid->table, compared[i]);
        (void)sp_lay_heading(
            line, i == 0 ? sp_page_text(barometer->page, "page.bar_own") : grid->headings[column],
            TRUE);
    }
    (void)sp_lay_heading(line, sp_page_text(barometer->page, "page.bar"), FALSE);
    for (gsize i = 0; i < N_JUDGED; i++) {
        if (barometer->is_judged[i]) {
            (void)sp_lay_heading(line, grid->headings[sp_table_find(grid->table, judged[i])],
                                 FALSE);
        }
    }
}

static void add_line(const Barometer *barometer, xmlNode *body, gsize row)
{
    const SpGrid *grid = barometer->grid;
    guint32 indicator = sp_table_code_numbers_const(grid->table, grid->indicator)[row];
    SpFigureForm form = grid->indicator_forms[indicator];
    xmlNode *line = sp_element_add(body, "tr", NULL);
    sp_lay_indicator(barometer->page, line, sp_table_code(grid->table, row, grid->indicator),
                     grid->labels[grid->indicator][indicator]);
    sp_lay_words(line, word_of(barometer, row, "period"));
    for (gsize i = 0; i < barometer->n_compared; i++) {
        sp_lay_figure(line, figure_of(barometer, row, compared[i]), form);
    }
    add_bar(barometer, line, row);
    for (gsize i = 0; i < N_JUDGED; i++) {
        if (barometer->is_judged[i]) {
            sp_lay_words(line, word_of(barometer, row, judged[i]));
        }
    }
}

static gsize count_compared(const SpPage *page)
{
    if (page->kommune != NULL) {
        return G_N_ELEMENTS(compared);
    }
    return strcmp(page->region, "0") == 0 ? N_OF_COUNTRY : N_OF_FYLKE;
}

static gboolean has_columns(const SpTable *table)
{
    static const char *const needed[] = {
        "rekke",     "verdi",    "middel_fylke", "middel_landet", "middel_naermeste",
        "vurdering", "utvikling"};
    for (gsize i = 0; i < G_N_ELEMENTS(needed); i++) {
        if (sp_table_find(table, needed[i]) == SP_NO_COLUMN) {
            return FALSE;
        }
    }
    return TRUE;
}

/* What the rows have: without it neither column nor words of it. */
static void look_at(Barometer *barometer)
{
    for (guint i = 0; i < barometer->rows->len; i++) {
        const gsize row = g_array_index(barometer->rows, gsize, i);
        for (gsize j = 0; j < N_JUDGED; j++) {
            barometer->is_judged[j] =
                barometer->is_judged[j] || word_of(barometer, row, judged[j])[0] != '\0';
        }
        barometer->has_field =
            barometer->has_field || (sp_real_is_number(figure_of(barometer, row, "stolpe_verdi")) &&
                                     sp_real_is_number(figure_of(barometer, row, inner[0])) &&
                                     sp_real_is_number(figure_of(barometer, row, inner[1])));
    }
}

static void add_note(const Barometer *barometer, xmlNode *node)
{
    const SpPage *page = barometer->page;
    xmlNode *note = sp_element_add(node, "p", sp_page_text(page, "page.barometer_note"));
    if (barometer->has_field) {
        sp_element_text(note, " ");
        sp_element_text(note, sp_page_text(page, "page.barometer_field"));
    }
    if (barometer->is_judged[0]) {
        sp_element_text(note, " ");
        sp_element_text(note, sp_page_text(page, "page.barometer_judged"));
    }
}

/* What the signs and flags of the figures in its columns mean. */
static void add_legend(const Barometer *barometer, xmlNode *node)
{
    g_autoptr(GArray) reals = g_array_new(FALSE, FALSE, sizeof(SpReal));
    for (guint i = 0; i < barometer->rows->len; i++) {
        for (gsize j = 0; j < barometer->n_compared; j++) {
            const SpReal real =
                figure_of(barometer, g_array_index(barometer->rows, gsize, i), compared[j]);
            g_array_append_val(reals, real);
        }
    }
    g_autofree char *legend = sp_forklaring_legend_of(
        barometer->page->voice->words, (const SpReal *)(gconstpointer)reals->data, reals->len);
    sp_lay_legend(node, legend);
}

void sp_fill_barometer(SpPage *page, xmlNode *node)
{
    gsize place = sp_site_table(page->site, table_name);
    const SpTable *table =
        place != SP_NO_COLUMN ? sp_tables_at(page->site->package->tables, place) : NULL;
    const GArray *rows = table != NULL ? sp_site_rows(page->site, place, page->region) : NULL;
    if (rows == NULL || rows->len == 0 || !has_columns(table)) {
        sp_page_drop(node);
        return;
    }
    g_autoptr(GArray) ordered = g_array_copy((GArray *)rows);
    g_array_sort_with_data(ordered, compare_places, (gpointer)table);
    Barometer barometer = {.page = page,
                           .grid = sp_site_grid(page->site, page->voice, place, FALSE),
                           .rows = ordered,
                           .n_compared = count_compared(page)};
    const char *title = sp_page_text(page, "page.barometer");
    look_at(&barometer);
    page->is_told[place] = TRUE;
    (void)sp_lay_section(node, "barometer", title);
    add_note(&barometer, node);
    add_key(&barometer, node);
    xmlNode *frame = sp_lay_frame(node, page->voice->words, title);
    sp_lay_set_origin(frame, table);
    add_head(&barometer, frame);
    xmlNode *body = sp_element_add(frame, "tbody", NULL);
    for (guint i = 0; i < ordered->len; i++) {
        add_line(&barometer, body, g_array_index(ordered, gsize, i));
    }
    add_legend(&barometer, node);
    sp_section_add_ways(page, node, table);
}
