/*
 * The tables for Norwegian Excel: excel-csv/NAME-excel.csv, UTF-8 with a byte order mark, ';'
 * between fields, CRLF, decimal comma, words and headings in the package's language. Figures are
 * those of data/NAME.csv; a share is given in percent, as its heading or the column "Enhet" says.
 */
#include "outputs/output.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/number.h"
#include "outputs/excelcsv/labels.h"
#include "outputs/show.h"

#include <string.h>

static const char folder_name[] = "excel-csv";
static const char byte_order_mark[] = "\xEF\xBB\xBF";

/* One column of the file, or of a measure three. */
typedef struct {
    const SpReal *reals;    /* of a measure */
    gboolean is_share;      /* shown times 100 */
    const gboolean *shares; /* the same by the number of the row's indicator; NULL: as above */
    char **cells;           /* else by code number, owned */
    gsize *sizes;           /* of the cells */
    const guint32 *numbers; /* of the row's code; with `shares`, of its indicator */
} Column;

typedef struct {
    const SpWords *words;
    const SpTable *table;
    GArray *columns;     /* Column */
    GPtrArray *headings; /* char*, as cells: three of a measure */
    gsize indicator;     /* column of the table; SP_NO_COLUMN: none, or no figure is in its unit */
    gboolean *shares;    /* by indicator: its figures are shares */
} Sheet;

static void clear_column(gpointer data)
{
    Column *column = data;
    g_strfreev(column->cells);
    g_free(column->sizes);
}

static void clear_sheet(Sheet *sheet)
{
    g_array_unref(sheet->columns);
    g_ptr_array_unref(sheet->headings);
    g_free(sheet->shares);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Sheet, clear_sheet)

static const char *unit_in_words(const SpWords *words, const char *unit)
{
    const char *text = unit != NULL ? sp_words_find(words, "unit.", unit, "") : NULL;
    return text != NULL ? text : unit;
}

static void add_heading(const Sheet *sheet, const char *heading, const char *ending)
{
    g_autofree char *both = g_strconcat(heading, ending[0] != '\0' ? ", " : "", ending, NULL);
    g_ptr_array_add(sheet->headings, sp_excel_heading(sheet->words, both));
}

static void add_cells(const Sheet *sheet, char **cells, gsize source)
{
    const guint n = g_strv_length(cells);
    Column column = {.cells = cells,
                     .sizes = g_new0(gsize, (gsize)n + 1),
                     .numbers = sp_table_code_numbers_const(sheet->table, source)};
    for (guint i = 0; i < n; i++) {
        column.sizes[i] = strlen(cells[i]);
    }
    g_array_append_val(sheet->columns, column);
}

static SpFigureForm form_of_indicator(const Sheet *sheet, const char *indicator)
{
    const SpUnits *units = sp_words_units(sheet->words);
    return sp_units_form(units, sp_units_of_indicator(units, indicator));
}

/* The unit of each row beside its indicator: figures below one heading have several. */
static void add_units(Sheet *sheet)
{
    const SpUnits *units = sp_words_units(sheet->words);
    const SpCodes *codes = sp_table_codes(sheet->table, sheet->indicator);
    const guint32 n = sp_codes_size(codes);
    char **cells = g_new0(char *, (gsize)n + 1);
    sheet->shares = g_new0(gboolean, (gsize)n + 1);
    for (guint32 i = 0; i < n; i++) {
        const char *id = sp_codes_text(codes, i);
        const char *text = unit_in_words(sheet->words, sp_units_of_indicator(units, id));
        cells[i] = sp_excel_heading(sheet->words, text != NULL ? text : "");
        sheet->shares[i] = form_of_indicator(sheet, id).is_percent;
    }
    add_heading(sheet, sp_words_text(sheet->words, "page.unit"), "");
    add_cells(sheet, cells, sheet->indicator);
}

static void add_code(Sheet *sheet, gsize source)
{
    g_autofree char *heading = sp_words_heading(sheet->words, sheet->table, source);
    add_heading(sheet, heading, "");
    add_cells(sheet, sp_excel_labels(sheet->words, sheet->table, source), source);
    if (source == sheet->indicator) {
        add_units(sheet);
    }
}

/* A number has no sign behind it here: its heading says what it is. */
static char *heading_of(const Sheet *sheet, gsize source, const char *unit)
{
    const SpUnits *units = sp_words_units(sheet->words);
    const char *behind = NULL;
    if (sp_units_form(units, unit).is_percent) {
        behind = unit_in_words(sheet->words, "percent");
    } else if (g_strcmp0(unit, SP_UNIT_OF_INDICATOR_CHANGE) == 0) {
        behind = sp_words_text(sheet->words, "page.points");
    }
    if (behind == NULL) {
        return sp_words_heading(sheet->words, sheet->table, source);
    }
    g_autofree char *title = sp_words_column(sheet->words, sheet->table, source);
    return g_strdup_printf("%s (%s)", title, behind);
}

static void add_measure(const Sheet *sheet, gsize source)
{
    const SpUnits *units = sp_words_units(sheet->words);
    const char *unit = sp_units_of(units, sheet->table, source);
    const gboolean is_share = sp_units_form(units, unit).is_percent;
    g_autofree char *title = sp_words_column(sheet->words, sheet->table, source);
    g_autofree char *heading = heading_of(sheet, source, unit);
    Column column = {.reals = sp_table_reals_const(sheet->table, source), .is_share = is_share};
    if (sp_units_is_of_indicator(unit) && sheet->shares != NULL &&
        strcmp(unit, SP_UNIT_OF_INDICATOR_AS_PUBLISHED) != 0) {
        column.shares = sheet->shares;
        column.numbers = sp_table_code_numbers_const(sheet->table, sheet->indicator);
    }
    add_heading(sheet, heading, "");
    add_heading(sheet, title, sp_words_text(sheet->words, "page.tegn"));
    add_heading(sheet, title, sp_words_text(sheet->words, "page.merknad"));
    g_array_append_val(sheet->columns, column);
}

/* The column of indicators, if a measure is in the unit of each. */
static gsize find_indicator(const SpWords *words, const SpTable *table)
{
    gsize indicator = SP_NO_COLUMN;
    gboolean is_needed = FALSE;
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *info = sp_table_column(table, i);
        if (info->kind == SP_COLUMN_MEASURE) {
            is_needed =
                is_needed || sp_units_is_of_indicator(sp_units_of(sp_words_units(words), table, i));
        } else if (sp_words_is_indicator(info)) {
            indicator = i;
        }
    }
    return is_needed ? indicator : SP_NO_COLUMN;
}

static Sheet sheet_of(const SpWords *words, const SpTable *table)
{
    Sheet sheet = {.words = words,
                   .table = table,
                   .columns = g_array_new(FALSE, FALSE, sizeof(Column)),
                   .headings = g_ptr_array_new_with_free_func(g_free),
                   .indicator = find_indicator(words, table)};
    g_array_set_clear_func(sheet.columns, clear_column);
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        if (sp_table_column(table, i)->kind == SP_COLUMN_MEASURE) {
            add_measure(&sheet, i);
        } else {
            add_code(&sheet, i);
        }
    }
    return sheet;
}

/* Number, sign and flags. A 0 says itself what it is; the sign stands where there is no number, and
 * where a 0 is less than half the unit. */
static void put_figure(SpReal real, gboolean is_share, SpWriter *writer)
{
    char text[SP_NUMBER_SIZE + SP_FLAGS_TEXT_SIZE + 8];
    gsize size = 0;
    if (real.status == SP_PRESENT) {
        /* Rounded before and after, the digits of a share are those of the data file. */
        size = sp_number_format(is_share ? sp_number_round(real.value) * 100.0 : real.value, text);
        char *point = memchr(text, '.', size);
        if (point != NULL) {
            *point = ',';
        }
    } else if (sp_real_is_number(real)) {
        text[size++] = '0';
    }
    text[size++] = ';';
    if (real.status != SP_PRESENT && real.status != SP_ZERO) {
        for (const char *c = sp_status_sign((SpStatus)real.status); *c != '\0'; c++) {
            text[size++] = *c;
        }
    }
    text[size++] = ';';
    if (real.flags != 0) {
        char flags[SP_FLAGS_TEXT_SIZE];
        for (const char *c = sp_flags_format(real.flags, flags); *c != '\0'; c++) {
            text[size++] = *c;
        }
    }
    sp_writer_put(writer, text, size);
}

static void put_rows(const Sheet *sheet, SpWriter *writer)
{
    const Column *columns = (const Column *)(gpointer)sheet->columns->data;
    for (gsize row = 0; row < sp_table_n_rows(sheet->table); row++) {
        for (guint i = 0; i < sheet->columns->len; i++) {
            const Column *column = &columns[i];
            if (i > 0) {
                sp_writer_put(writer, ";", 1);
            }
            if (column->reals == NULL) {
                const guint32 number = column->numbers[row];
                sp_writer_put(writer, column->cells[number], column->sizes[number]);
            } else {
                const gboolean is_share = column->shares != NULL
                                              ? column->shares[column->numbers[row]]
                                              : column->is_share;
                put_figure(column->reals[row], is_share, writer);
            }
        }
        sp_writer_put(writer, "\r\n", 2);
    }
}

static gboolean write_table(const SpWords *words, const SpTable *table, const char *folder,
                            GError **error)
{
    g_autofree char *name = g_strconcat(sp_table_name(table), "-excel.csv", NULL);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_auto(Sheet) sheet = sheet_of(words, table);
    SpWriter *writer = sp_writer_open(path, SP_MODE_PUBLIC_FILE, error);
    if (writer == NULL) {
        return FALSE;
    }
    sp_writer_put_text(writer, byte_order_mark);
    for (guint i = 0; i < sheet.headings->len; i++) {
        sp_writer_put_text(writer, i > 0 ? ";" : "");
        sp_writer_put_text(writer, sheet.headings->pdata[i]);
    }
    sp_writer_put_text(writer, "\r\n");
    put_rows(&sheet, writer);
    return sp_writer_close(writer, error);
}

/* Those that some format for people shows; and a file has its notice in its rows. */
static gboolean is_for_people(const SpPackage *package, const SpTable *table, gboolean *is,
                              GError **error)
{
    SpShow book = SP_SHOW_NO;
    SpShow page = SP_SHOW_NO;
    gboolean ok = sp_show_find(package->catalogue, table, "xlsx", &book, error) &&
                  sp_show_find(package->catalogue, table, "html", &page, error);
    *is = (book != SP_SHOW_NO || page != SP_SHOW_NO) &&
          (sp_table_n_rows(table) > 0 || package->notices[0] == NULL);
    return ok;
}

static gboolean write_package(const SpPackage *package, const SpSettings *settings,
                              const char *folder, GError **error)
{
    g_autofree char *path = g_build_filename(folder, folder_name, NULL);
    g_autoptr(SpWords) words = sp_words_new(package, error);
    (void)settings;
    if (words == NULL || !sp_folder_make(path, SP_MODE_PUBLIC_FOLDER, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < sp_tables_size(package->tables); i++) {
        const SpTable *table = sp_tables_at(package->tables, i);
        gboolean is_shown = FALSE;
        if (!is_for_people(package, table, &is_shown, error) ||
            (is_shown && !write_table(words, table, path, error))) {
            return FALSE;
        }
    }
    return TRUE;
}

const SpOutput sp_output_excelcsv = {
    .name = "excelcsv",
    .summary = "The tables for Norwegian Excel: excel-csv/NAME-excel.csv",
    .write = write_package,
};
