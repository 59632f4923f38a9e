/* Rows that we write ourselves against the same rows by libxlsxwriter's own functions. */
#include "outputs/xlsx/sheet_rows.h"
#include "tests/check.h"
#include "tests/outputs/xlsx/book.h"

#include "core/number.h"

enum { N_ROWS = 3000 /* more than is kept before it is written */, N_COLUMNS = 30 };

/* Texts with all that XML or Excel takes for something else. */
static const char *const texts[] = {"Oppdal",  "=cmd()",     "<b>&\"'",
                                    " edges ", "two\nlines", "čđŋšŧž"};

static const SpReal reals[] = {
    {.value = 24.0379818}, {.value = -0.5},           {.value = 123456789.0},
    {.value = 1e-5},       {.value = 0.1 + 0.2},      {.value = 3.0, .flags = SP_FLAG_MODELLED},
    {.status = SP_ZERO},   {.status = SP_SUPPRESSED}, {.status = SP_NOT_APPLICABLE},
};

static SpShownFigure figure_at(gsize row, gsize column)
{
    return (SpShownFigure){.real = reals[(row + column) % G_N_ELEMENTS(reals)],
                           .form = {.decimals = 1},
                           .has_flags = TRUE};
}

static const char *text_at(gsize row, gsize column)
{
    return texts[(row + column) % G_N_ELEMENTS(texts)];
}

static guint lines_at(gsize row)
{
    return row % 7 == 0 ? 3 : 1;
}

/* Columns of texts and figures by turns; each tenth cell is left out. */
static void put_by_the_library(SpBook *book, lxw_worksheet *sheet)
{
    for (gsize row = 1; row <= N_ROWS; row++) {
        for (gsize column = 0; column < N_COLUMNS; column++) {
            if (column % 10 == 9) {
                continue;
            }
            if (column % 2 == 0) {
                sp_book_put_text(book, sheet, row, column, text_at(row, column), SP_LOOK_WRAPPED);
            } else {
                sp_book_put_figure(book, sheet, row, column, figure_at(row, column));
            }
        }
        if (lines_at(row) > 1) {
            sp_book_set_lines(book, sheet, row, lines_at(row));
        }
    }
}

static void put_by_ourselves(SpBook *book, lxw_worksheet *sheet)
{
    g_autoptr(SpSheetRows) rows = sp_sheet_rows_new(book, sheet, 1);
    for (gsize row = 1; row <= N_ROWS; row++) {
        for (gsize column = 0; column < N_COLUMNS; column++) {
            if (column % 10 == 9) {
                continue;
            }
            if (column % 2 == 0) {
                g_autofree char *content =
                    sp_sheet_rows_text(rows, text_at(row, column), SP_LOOK_WRAPPED);
                sp_sheet_rows_put(rows, column, content);
            } else {
                sp_sheet_rows_put_figure(rows, column, figure_at(row, column));
            }
        }
        sp_sheet_rows_end_row(rows, lines_at(row));
    }
}

/* A sheet of the book with a header and rows below. */
static void add_sheet(SpBook *book, const char *name, void (*put)(SpBook *, lxw_worksheet *))
{
    lxw_worksheet *sheet = sp_book_add_sheet(book, name, "", NULL);
    for (gsize column = 0; column < N_COLUMNS; column++) {
        sp_book_put_text(book, sheet, 0, column, "header", SP_LOOK_HEADER);
    }
    put(book, sheet);
    sp_book_set_table(book, sheet, 0, N_ROWS, N_COLUMNS, 2);
}

/* The cells of a row of a sheet, numbers as they read back. */
static char *row_of(xmlNode *row)
{
    GString *said = g_string_new(NULL);
    for (xmlAttr *a = row->properties; a != NULL; a = a->next) {
        g_string_append_printf(said, "%s=%s ", a->name, a->children->content);
    }
    for (xmlNode *cell = row->children; cell != NULL; cell = cell->next) {
        g_autofree char *value = (char *)xmlNodeGetContent(cell);
        gboolean is_text = FALSE;
        for (xmlAttr *a = cell->properties; a != NULL; a = a->next) {
            is_text = is_text || xmlStrEqual(a->name, BAD_CAST "t");
            g_string_append_printf(said, "\n %s=%s", a->name, a->children->content);
        }
        double number = 0.0;
        if (is_text) {
            g_string_append_printf(said, " '%s'", value);
        } else {
            assert_true(sp_number_parse(value, strlen(value), sp_number_plain, &number));
            g_string_append_printf(said, " %.17g", number);
        }
    }
    return g_string_free(said, FALSE);
}

static void rows_are_those_that_the_library_writes(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    g_autoptr(SpWords) words = sp_words_new(&package->package, &error);
    TestBook made = {.folder = g_dir_make_tmp("statpakke-XXXXXX", &error)};
    g_autofree char *path = g_build_filename(made.folder, "book.xlsx", NULL);
    SpBook *book = sp_book_new(words, path, made.folder, &error);
    assert_no_error(error);
    add_sheet(book, "library", put_by_the_library);
    add_sheet(book, "ours", put_by_ourselves);
    assert_true(sp_book_close(book, &error));
    assert_no_error(error);
    made.zip = zip_open(path, ZIP_RDONLY, NULL);
    g_autoptr(xmlDoc) theirs = test_book_sheet(&made, 1);
    g_autoptr(xmlDoc) ours = test_book_sheet(&made, 2);
    assert_asked(ours, "string(//m:dimension/@ref)", "A1:AD3001");
    assert_asked(theirs, "string(//m:dimension/@ref)", "A1:AD3001");
    xmlNode *data[2] = {xmlDocGetRootElement(theirs), xmlDocGetRootElement(ours)};
    for (gsize i = 0; i < 2; i++) {
        data[i] = data[i]->children;
        while (!xmlStrEqual(data[i]->name, BAD_CAST "sheetData")) {
            data[i] = data[i]->next;
        }
        data[i] = data[i]->children;
    }
    gsize n = 0;
    for (; data[0] != NULL && data[1] != NULL; n++) {
        g_autofree char *their = row_of(data[0]);
        g_autofree char *our = row_of(data[1]);
        assert_string_equal(our, their);
        data[0] = data[0]->next;
        data[1] = data[1]->next;
    }
    assert_int_equal(n, N_ROWS + 1);
    assert_true(data[0] == NULL && data[1] == NULL);
    test_book_close(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_those_that_the_library_writes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
