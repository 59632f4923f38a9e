/* What the process that reads an .xls says, said here: words in order become rows, all else is a
 * damaged file. Numbers as the machine has them, as core/io/xls_child.h says. */
#include "core/io/xls_words.h"

#include "core/io/sheets.h"
#include "tests/check.h"

/* A visitor that writes down what it is told. */
typedef struct {
    SpSheetVisitor visitor; /* first: a pointer to it is one to this */
    const char *chosen;     /* the sheet that is read */
    guint64 enough;         /* the row after which no more is wanted; 0: none */
    GString *text;
} Notes;

static gboolean choose(SpSheetVisitor *visitor, const char *name, gboolean is_hidden)
{
    (void)is_hidden;
    return strcmp(name, ((Notes *)visitor)->chosen) == 0;
}

static void begin(SpSheetVisitor *visitor, const char *name)
{
    g_string_append_printf(((Notes *)visitor)->text, "[%s]", name);
}

static gboolean row(SpSheetVisitor *visitor, guint64 number, const SpField cells[], gsize n,
                    gboolean *is_enough, GError **error)
{
    Notes *notes = (Notes *)visitor;
    (void)error;
    g_string_append_printf(notes->text, " %" G_GUINT64_FORMAT ":", number);
    for (gsize i = 0; i < n; i++) {
        g_string_append_printf(notes->text, "%s%.*s", i > 0 ? "|" : "", (int)cells[i].size,
                               cells[i].text);
    }
    *is_enough = number == notes->enough;
    return TRUE;
}

static gboolean end(SpSheetVisitor *visitor, GError **error)
{
    (void)error;
    g_string_append(((Notes *)visitor)->text, " end");
    return TRUE;
}

static void say(GByteArray *said, char word)
{
    g_byte_array_append(said, (const guint8 *)&word, 1);
}

static void say_number(GByteArray *said, guint32 number)
{
    g_byte_array_append(said, (const guint8 *)&number, sizeof number);
}

static void say_text(GByteArray *said, const char *text)
{
    say_number(said, (guint32)strlen(text));
    g_byte_array_append(said, (const guint8 *)text, (guint)strlen(text));
}

static void say_cell(GByteArray *said, char word, guint32 row_number, guint32 column,
                     const char *text)
{
    say(said, word);
    say_number(said, row_number);
    say_number(said, column);
    say_text(said, text);
}

/* Two sheets, and the second of them begun. */
static GByteArray *begun(void)
{
    GByteArray *said = g_byte_array_new();
    say(said, 'H');
    say_number(said, 2);
    say_text(said, "Ark1");
    say_text(said, "Ark2");
    say(said, 'B');
    say_number(said, 1);
    return said;
}

/* g_free; NULL with an error. */
static char *listen_until(const GByteArray *said, guint64 enough, GError **error)
{
    Notes notes = {.visitor = {.origin = "b.xls",
                               .decimal = ',',
                               .choose = choose,
                               .begin = begin,
                               .row = row,
                               .end = end},
                   .chosen = "Ark2",
                   .enough = enough,
                   .text = g_string_new(NULL)};
    FILE *from = fmemopen(said->data, said->len, "rb");
    assert_non_null(from);
    gboolean ok = sp_xls_words_read(from, &notes.visitor, error);
    fclose(from);
    assert_true(ok == (*error == NULL));
    return g_string_free(notes.text, !ok);
}

static char *listen_to(const GByteArray *said)
{
    g_autoptr(GError) error = NULL;
    char *text = listen_until(said, 0, &error);
    assert_no_error(error);
    return text;
}

static void assert_refused(const GByteArray *said, const char *part)
{
    g_autoptr(GError) error = NULL;
    assert_null(listen_until(said, 0, &error));
    assert_error(error, SP_ERROR_DATA, part);
    assert_error(error, SP_ERROR_DATA, "b.xls: ");
}

static void cells_become_rows_and_gaps_empty_cells(void **state)
{
    (void)state;
    g_autoptr(GByteArray) said = begun();
    const double figure = 0.1 + 0.2;
    say_cell(said, 'T', 0, 2, "Antall");
    say(said, 'N');
    say_number(said, 5);
    say_number(said, 1);
    g_byte_array_append(said, (const guint8 *)&figure, sizeof figure);
    say_cell(said, 'D', 6, 0, "2024-12-31 00:00:00");
    say_cell(said, 'D', 6, 1, "2024-12-31 08:30:00");
    say(said, 'Z');
    g_autofree char *text = listen_to(said);
    assert_string_equal(text, "[Ark2] 1:||Antall 6:|0,3 7:2024-12-31|2024-12-31T08:30:00 end");
}

static void a_sheet_that_is_not_chosen_is_passed_over(void **state)
{
    (void)state;
    g_autoptr(GByteArray) said = begun();
    say_cell(said, 'T', 0, 0, "a");
    say(said, 'B');
    say_number(said, 0);
    say_cell(said, 'T', 0, 0, "b");
    say(said, 'Z');
    g_autofree char *text = listen_to(said);
    assert_string_equal(text, "[Ark2] 1:a end");
}

static void rows_after_enough_are_passed_over(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(GByteArray) said = begun();
    say_cell(said, 'T', 0, 0, "a");
    say_cell(said, 'T', 1, 0, "b");
    say(said, 'Z');
    g_autofree char *text = listen_until(said, 1, &error);
    assert_string_equal(text, "[Ark2] 1:a end");
}

static void a_text_that_is_not_utf8_becomes_it(void **state)
{
    (void)state;
    g_autoptr(GByteArray) said = begun();
    say_cell(said, 'T', 0, 0, "T\xf8nsberg");
    say(said, 'Z');
    g_autofree char *text = listen_to(said);
    assert_string_equal(text, "[Ark2] 1:T\xef\xbf\xbdnsberg end");
}

static void cells_out_of_order_or_beyond_the_limits_are_damage(void **state)
{
    (void)state;
    static const struct {
        guint32 row;
        guint32 column;
    } wrong[] = {{3, 2}, {3, 1}, {2, 9}, {SP_SHEETS_MAX_ROWS, 0}, {4, SP_SHEETS_MAX_COLUMNS}};
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GByteArray) said = begun();
        say_cell(said, 'T', 3, 2, "a");
        say_cell(said, 'T', wrong[i].row, wrong[i].column, "b");
        say(said, 'Z');
        assert_refused(said, "is a damaged or cut .xls (freexl error 0)");
    }
}

/* The process has died wherever it was. */
static void words_that_break_off_are_damage(void **state)
{
    (void)state;
    g_autoptr(GByteArray) said = begun();
    say_cell(said, 'T', 0, 0, "abc");
    say(said, 'Z');
    for (guint size = said->len - 1; size > 0; size--) {
        g_autoptr(GByteArray) cut = g_byte_array_new();
        g_byte_array_append(cut, said->data, size);
        assert_refused(cut, "is a damaged or cut .xls");
    }
}

static void sheets_that_there_are_not_are_damage(void **state)
{
    (void)state;
    g_autoptr(GByteArray) beyond = begun();
    say(beyond, 'B');
    say_number(beyond, 2);
    assert_refused(beyond, "damaged");
    g_autoptr(GByteArray) twice = begun();
    g_byte_array_append(twice, twice->data, 1);
    say_number(twice, 0);
    assert_refused(twice, "damaged");
    g_autoptr(GByteArray) many = g_byte_array_new();
    say(many, 'H');
    say_number(many, SP_SHEETS_MAX_SHEETS + 1);
    assert_refused(many, "damaged");
    g_autoptr(GByteArray) none = g_byte_array_new();
    say(none, 'B');
    say_number(none, 0);
    assert_refused(none, "damaged");
    g_autoptr(GByteArray) empty = g_byte_array_new();
    for (int i = 0; i < 2; i++) {
        say(empty, 'H');
        say_number(empty, 0);
    }
    assert_refused(empty, "damaged");
}

static void a_password_and_an_error_are_told(void **state)
{
    (void)state;
    g_autoptr(GByteArray) locked = g_byte_array_new();
    say(locked, 'P');
    assert_refused(locked, "behind a password");
    g_autoptr(GByteArray) failed = g_byte_array_new();
    say(failed, 'X');
    say_number(failed, (guint32)-23);
    assert_refused(failed, "freexl error -23");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_become_rows_and_gaps_empty_cells),
        cmocka_unit_test(a_sheet_that_is_not_chosen_is_passed_over),
        cmocka_unit_test(rows_after_enough_are_passed_over),
        cmocka_unit_test(a_text_that_is_not_utf8_becomes_it),
        cmocka_unit_test(cells_out_of_order_or_beyond_the_limits_are_damage),
        cmocka_unit_test(words_that_break_off_are_damage),
        cmocka_unit_test(sheets_that_there_are_not_are_damage),
        cmocka_unit_test(a_password_and_an_error_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
