/*
 * The workbook for people: statistikkpakke.xlsx with a sheet of contents, one sheet a table,
 * definitions last. Real numbers, so that the decimal comma follows the reader's Excel.
 */
#include "outputs/output.h"

#include "outputs/forklaring.h"
#include "outputs/grid.h"
#include "outputs/unwanted.h"
#include "outputs/xlsx/cell_text.h"
#include "outputs/xlsx/figures.h"
#include "outputs/xlsx/overview_sheet.h"
#include "outputs/xlsx/plan_sheet.h"
#include "outputs/xlsx/sheet.h"

#include <locale.h>
#include <string.h>

static const char book_name[] = "statistikkpakke.xlsx";
static const char *const config_keys[] = {"package.xlsx_max_rows"};

enum { EXCEL_MAX_ROWS = 1048576 };

/* How each table of the package is shown, by its place in the package. */
typedef struct {
    SpShow *shows; /* [tables] */
    char **places; /* [tables] what the sheet of contents says of where it is */
    gsize n_tables;
} Plan;

static void clear_plan(Plan *plan)
{
    g_free(plan->shows);
    g_strfreev(plan->places);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Plan, clear_plan)

static gboolean make_plan(const SpWords *words, gint64 max_rows, Plan *plan, GError **error)
{
    const SpPackage *package = sp_words_package(words);
    plan->n_tables = sp_tables_size(package->tables);
    plan->shows = g_new0(SpShow, plan->n_tables + 1);
    plan->places = g_new0(char *, plan->n_tables + 1);
    for (gsize i = 0; i < plan->n_tables; i++) {
        const SpTable *table = sp_tables_at(package->tables, i);
        if (!sp_grid_find_sheet(words, table, max_rows, &plan->shows[i], error)) {
            return FALSE;
        }
        g_autofree char *path = sp_words_data_path(table);
        if (sp_table_n_rows(table) == 0) {
            plan->places[i] = g_strdup(sp_words_text(words, "page.no_rows"));
        } else if (plan->shows[i] == SP_SHOW_NO) {
            plan->places[i] = g_strdup_printf("%s %s", sp_words_text(words, "page.only_csv"), path);
        } else {
            plan->places[i] = g_steal_pointer(&path);
        }
    }
    return TRUE;
}

/* Title, notices, edition and what the package is; returns the next free row. */
static gsize put_preface(SpBook *book, const SpWords *words, lxw_worksheet *sheet,
                         const double widths[], gsize n)
{
    const SpPackage *package = sp_words_package(words);
    g_autofree char *title =
        g_strdup_printf("%s: %s", sp_words_text(words, "page.package"), package->title);
    g_autofree char *edition = sp_words_edition(words);
    gsize row = 0;
    sp_book_put_text(book, sheet, row++, 0, title, SP_LOOK_TITLE);
    for (gsize i = 0; package->notices[i] != NULL; i++) {
        sp_book_put_text(book, sheet, row++, 0, sp_words_text(words, package->notices[i]),
                         SP_LOOK_NOTICE);
    }
    sp_book_put_text(book, sheet, row++, 0, edition, SP_LOOK_PLAIN);
    sp_book_put_wide(book, sheet, row++, widths, n, sp_words_text(words, "page.about"));
    return row + 1;
}

/* Names of sheets: of the overview, the figures, what is unwanted and what to plan by (NULL: none),
 * the tables ("": none) and the definitions. */
typedef struct {
    char *overview;
    char *figures;
    char *unwanted;
    char *plan;
    char **tables;
    char *definitions;
} Names;

static void clear_names(Names *names)
{
    g_free(names->overview);
    g_free(names->figures);
    g_free(names->unwanted);
    g_free(names->plan);
    g_strfreev(names->tables);
    g_free(names->definitions);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Names, clear_names)

/* A link to a sheet that is no table, where there is such a sheet. */
static void put_name(SpBook *book, lxw_worksheet *sheet, gsize *row, const char *name,
                     const char *text)
{
    if (name != NULL) {
        g_autofree char *target = sp_book_target(name, 0);
        sp_book_put_link(book, sheet, (*row)++, 0, target, text);
    }
}

static void put_contents(SpBook *book, const SpWords *words, lxw_worksheet *sheet, const Plan *plan,
                         const Names *names)
{
    static const char *const headings[] = {"page.table", "page.rows", "page.data_file"};
    static const double widths[] = {64, 20, 72};
    gsize row = put_preface(book, words, sheet, widths, G_N_ELEMENTS(widths));
    sp_book_set_widths(book, sheet, widths, G_N_ELEMENTS(widths), 0);
    for (gsize i = 0; i < G_N_ELEMENTS(headings); i++) {
        sp_book_put_text(book, sheet, row, i, sp_words_text(words, headings[i]), SP_LOOK_HEADER);
    }
    row++;
    put_name(book, sheet, &row, names->overview, sp_words_text(words, "page.overview"));
    put_name(book, sheet, &row, names->figures, sp_words_text(words, "page.figures"));
    put_name(book, sheet, &row, names->unwanted, sp_words_text(words, "page.unwanted"));
    put_name(book, sheet, &row, names->plan, sp_words_text(words, "page.plan"));
    for (gsize i = 0; i < plan->n_tables; i++, row++) {
        const SpTable *table = sp_tables_at(sp_words_package(words)->tables, i);
        const char *text = sp_words_table(words, table);
        const char *target =
            plan->shows[i] == SP_SHOW_DEFINITIONS ? names->definitions : names->tables[i];
        if (plan->shows[i] == SP_SHOW_NO) {
            sp_book_put_text(book, sheet, row, 0, text, SP_LOOK_PLAIN);
        } else {
            g_autofree char *place = sp_book_target(target, 0);
            sp_book_put_link(book, sheet, row, 0, place, text);
        }
        sp_book_put_figure(
            book, sheet, row, 1,
            (SpShownFigure){.real = sp_real((double)sp_table_n_rows(table)), .has_flags = TRUE});
        sp_book_put_text(book, sheet, row, 2, plan->places[i], SP_LOOK_PLAIN);
    }
    put_name(book, sheet, &row, names->definitions, names->definitions);
}

static const double definition_widths[] = {26, 44, 50, 14, 54, 13, 16, 18};

/* One row of words, as high as its longest text needs. */
static void put_words(SpBook *book, const SpWords *words, lxw_worksheet *sheet, gsize row,
                      const SpTable *table, gsize from)
{
    guint n_lines = 1;
    for (gsize column = 0; column < sp_table_n_columns(table); column++) {
        const SpColumn *info = sp_table_column(table, column);
        if (info->kind == SP_COLUMN_CODE) {
            g_autofree char *text = sp_words_code(words, info, sp_table_code(table, from, column));
            double width = column < G_N_ELEMENTS(definition_widths) ? definition_widths[column]
                                                                    : definition_widths[0];
            n_lines = MAX(n_lines, sp_cell_lines(text, width));
            sp_book_put_text(book, sheet, row, column, text, SP_LOOK_WRAPPED);
        } else {
            const char *unit = sp_units_of(sp_words_units(words), table, column);
            sp_book_put_figure(book, sheet, row, column,
                               (SpShownFigure){.real = sp_table_real(table, from, column),
                                               .form = sp_units_form(sp_words_units(words), unit)});
        }
    }
    sp_book_set_lines(book, sheet, row, n_lines);
}

/* A table of definitions, words only, from `row` down; returns the next free row. */
static gsize put_definitions(SpBook *book, const SpWords *words, lxw_worksheet *sheet, gsize row,
                             const SpTable *table)
{
    sp_book_put_text(book, sheet, row++, 0, sp_words_table(words, table), SP_LOOK_TITLE);
    for (gsize column = 0; column < sp_table_n_columns(table); column++) {
        g_autofree char *heading = sp_words_column(words, table, column);
        sp_book_put_text(book, sheet, row, column, heading, SP_LOOK_HEADER);
    }
    row++;
    for (gsize i = 0; i < sp_table_n_rows(table); i++, row++) {
        put_words(book, words, sheet, row, table, i);
    }
    return row + 1;
}

static void put_last_sheet(SpBook *book, const SpWords *words, lxw_worksheet *sheet,
                           const Plan *plan, const SpSheetNotes *notes)
{
    const SpPackage *package = sp_words_package(words);
    g_autoptr(SpTable) explanation = sp_forklaring_new(words);
    gsize row = 0;
    sp_book_put_text(book, sheet, row++, 0, sp_words_text(words, "page.definitions"),
                     SP_LOOK_TITLE);
    sp_book_put_text(book, sheet, row++, 0, sp_words_notices(words), SP_LOOK_NOTICE);
    row =
        sp_sheet_notes_put(notes, book, sheet, definition_widths, G_N_ELEMENTS(definition_widths));
    row = put_definitions(book, words, sheet, row, explanation);
    for (gsize i = 0; i < plan->n_tables; i++) {
        const SpTable *table = sp_tables_at(package->tables, i);
        if (plan->shows[i] == SP_SHOW_DEFINITIONS &&
            strcmp(sp_table_name(table), sp_table_name(explanation)) != 0) {
            row = put_definitions(book, words, sheet, row, table);
        }
    }
    sp_book_set_widths(book, sheet, definition_widths, G_N_ELEMENTS(definition_widths), 0);
}

static gboolean fill_book(const SpPackage *package, const SpSettings *settings, const char *folder,
                          GError **error)
{
    g_autoptr(SpWords) words = sp_words_new(package, error);
    g_autoptr(SpOverview) overview = words != NULL ? sp_overview_new(words, NULL, error) : NULL;
    g_autoptr(GPtrArray) figures = words != NULL ? sp_figure_list_new(words, NULL, error) : NULL;
    g_autoptr(SpTable) unwanted = words != NULL ? sp_unwanted_new(words) : NULL;
    g_auto(Plan) plan = {0};
    gint64 max_rows = 0;
    if (overview == NULL || figures == NULL ||
        !sp_settings_int(settings, "package.xlsx_max_rows", 1,
                         EXCEL_MAX_ROWS - SP_SHEET_HEADER_ROWS, &max_rows, error) ||
        !make_plan(words, max_rows, &plan, error)) {
        return FALSE;
    }
    g_autofree char *path = g_build_filename(folder, book_name, NULL);
    g_autoptr(SpBook) book = sp_book_new(words, path, folder, error);
    if (book == NULL) {
        return FALSE;
    }
    /* Order of sheets is order of making: contents first, filled when all names are known. */
    const char *contents_title = sp_words_text(words, "page.contents");
    const char *last_title = sp_words_text(words, "page.definitions");
    g_autofree char *contents_name = NULL;
    g_auto(Names) names = {.tables = g_new0(char *, plan.n_tables + 1)};
    lxw_worksheet *contents =
        sp_book_add_sheet(book, contents_title, contents_title, &contents_name);
    /* No table has the name of the last sheet. */
    g_autoptr(SpSheetNotes) notes = sp_sheet_notes_new(contents_name, last_title);
    if (overview->lines->len > 0) {
        names.overview = sp_overview_sheet_add(book, words, overview, contents_name);
    }
    if (figures->len > 0) {
        names.figures = sp_figures_sheet_add(book, words, figures, contents_name);
    }
    if (unwanted != NULL) {
        names.unwanted = sp_sheet_add_unwanted(book, words, unwanted, notes);
    }
    names.plan = sp_plan_sheet_add(book, words, contents_name);
    for (gsize i = 0; i < plan.n_tables; i++) {
        names.tables[i] = plan.shows[i] == SP_SHOW_YES
                              ? sp_sheet_add(book, words, sp_tables_at(package->tables, i), notes)
                              : g_strdup("");
    }
    lxw_worksheet *last = sp_book_add_sheet(book, last_title, last_title, &names.definitions);
    put_contents(book, words, contents, &plan, &names);
    put_last_sheet(book, words, last, &plan, notes);
    return sp_book_close(g_steal_pointer(&book), error);
}

/* libxlsxwriter prints numbers by the locale of the thread: under a Norwegian one every decimal
 * point would be a comma, and the workbook broken. */
static gboolean write_book(const SpPackage *package, const SpSettings *settings, const char *folder,
                           GError **error)
{
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    locale_t before = uselocale(plain);
    gboolean is_good = fill_book(package, settings, folder, error);
    uselocale(before);
    freelocale(plain);
    return is_good;
}

const SpOutput sp_output_xlsx = {
    .name = "xlsx",
    .summary = "workbook for people: contents, one sheet a table, definitions",
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .write = write_book,
};
