/* Figures from text and the sign beside it. */
#include "tests/check.h"

#include "core/figure.h"

#define LAYOUT "[table]\nname = t\n[column a]\nrole = code\n"
static const char unsigned_measure[] = LAYOUT "[column m]\nrole = measure\n";
static const char signed_measure[] = LAYOUT "[column m]\nrole = measure\nsign = status\n";

/** Parses the figure of column m in row 2; FALSE with error if it is refused. `sign` may be NULL.
 */
static gboolean try_figure(const char *layout_text, const char *text, const char *sign,
                           SpReal *real, GError **error)
{
    g_autoptr(GError) bad_layout = NULL;
    g_autoptr(SpLayout) layout = sp_layout_parse("panel", layout_text, &bad_layout);
    assert_no_error(bad_layout);
    const SpLayoutColumn *is = layout->columns->pdata[1];
    const SpField field = {text, strlen(text)};
    const SpField beside = {sign != NULL ? sign : "", sign != NULL ? strlen(sign) : 0};
    const SpFigure figure = {.layout = layout,
                             .origin = "tabular/panel: panel.csv",
                             .number = 2,
                             .is = is,
                             .counts = is,
                             .field = &field,
                             .sign = sign != NULL ? &beside : NULL};
    return sp_figure_parse(&figure, real, error);
}

static SpReal figure_of(const char *layout, const char *text, const char *sign)
{
    g_autoptr(GError) error = NULL;
    SpReal real = sp_real_none(SP_MISSING);
    try_figure(layout, text, sign, &real, &error);
    assert_no_error(error);
    return real;
}

static SpReal signed_figure(const char *text, const char *sign)
{
    return figure_of(signed_measure, text, sign);
}

static void check_refused(const char *layout, const char *text, const char *sign, const char *part)
{
    g_autoptr(GError) error = NULL;
    SpReal real = {.value = 42, .status = SP_PENDING, .flags = SP_FLAG_STALE};
    assert_false(try_figure(layout, text, sign, &real, &error));
    assert_error(error, SP_ERROR_DATA, part);
    assert_true(g_str_has_prefix(error->message, "tabular/panel: panel.csv: row 2: "));
    assert_true(g_utf8_validate(error->message, -1, NULL));
    assert_null(strchr(error->message, '\n'));
    assert_int_equal(real.status, SP_PENDING);
}

static void check_status(SpReal real, SpStatus wanted)
{
    assert_int_equal(real.status, wanted);
    assert_near(real.value, 0.0, 0.0);
    assert_int_equal(real.flags, 0);
}

static void check_number(SpReal real, double wanted, guint flags)
{
    assert_int_equal(real.status, SP_PRESENT);
    assert_near(real.value, wanted, 0.0);
    assert_int_equal(real.flags, flags);
}

static void numbers_follow_the_form_of_the_layout(void **state)
{
    (void)state;
    g_autofree char *layout =
        g_strconcat("[file]\ndecimal = ,\nthousands = space\n", unsigned_measure, NULL);
    check_number(figure_of(layout, "1 234,5", NULL), 1234.5, 0);
    check_refused(layout, "1234.5", NULL, "want number, got \"1234.5\"");
}

static void suppressed_stays_suppressed_and_empty_is_never_zero(void **state)
{
    (void)state;
    check_status(figure_of(unsigned_measure, ":", NULL), SP_SUPPRESSED);
    check_status(figure_of(unsigned_measure, "", NULL), SP_MISSING);
    check_status(figure_of(unsigned_measure, " ", NULL), SP_MISSING);
    check_status(figure_of(unsigned_measure, "..", NULL), SP_MISSING);
    check_status(figure_of(unsigned_measure, "...", NULL), SP_PENDING);
    check_status(figure_of(unsigned_measure, ".", NULL), SP_NOT_APPLICABLE);
    check_status(figure_of(unsigned_measure, "-", NULL), SP_ZERO);
    check_status(figure_of(unsigned_measure, "0", NULL), SP_ZERO);
}

static void marks_of_the_layout_replace_the_standard_signs(void **state)
{
    (void)state;
    g_autofree char *layout = g_strconcat(unsigned_measure, "[missing]\n* = suppressed\n", NULL);
    check_status(figure_of(layout, "*", NULL), SP_SUPPRESSED);
    check_refused(layout, ":", NULL, "want number, got \":\"");
}

static void text_that_is_no_figure_is_refused(void **state)
{
    (void)state;
    check_refused(unsigned_measure, "1,2,3", NULL, "column \"m\", want number, got \"1,2,3\"");
    check_refused(unsigned_measure, "nan", NULL, "got \"nan\"");
    check_refused(unsigned_measure, "0x1F", NULL, "got \"0x1F\"");
    check_refused(unsigned_measure, "1e999", NULL, "got \"1e999\"");
}

static void shown_text_is_one_short_line(void **state)
{
    (void)state;
    g_autofree char *long_text = g_strnfill(5000, 'x');
    g_autofree char *forty = g_strnfill(40, 'x');
    g_autofree char *wanted = g_strconcat("got \"", forty, "…\"", NULL);
    check_refused(unsigned_measure, long_text, NULL, wanted);
    check_refused(unsigned_measure, "a\nb\x1b[31m", NULL, "got \"a?b?[31m\"");
    check_refused(unsigned_measure, "\xe5r", NULL, "got \"\xef\xbf\xbdr\"");
}

static void figure_below_the_minimum_is_refused(void **state)
{
    (void)state;
    static const char layout[] = LAYOUT "[column m]\nrole = measure\nminimum = 0.5\n";
    check_number(figure_of(layout, "0.5", NULL), 0.5, 0);
    check_refused(layout, "0.4", NULL, "want at least 0.5, got \"0.4\"");
    check_refused(layout, "-1", NULL, "want at least 0.5 (negative count), got \"-1\"");
}

static void empty_figure_takes_its_status_from_the_sign(void **state)
{
    (void)state;
    check_status(signed_figure("", ":"), SP_SUPPRESSED);
    check_status(signed_figure("", "."), SP_NOT_APPLICABLE);
    check_status(signed_figure(" ", ":"), SP_SUPPRESSED);
    check_status(signed_figure("", ""), SP_MISSING);
    check_status(signed_figure("..", ""), SP_MISSING);
    check_refused(signed_measure, "", "?",
                  "column \"status\", want a sign of a missing figure, got \"?\"");
    check_refused(signed_measure, "", "*", "want a sign of a missing figure, got \"*\"");
}

static void zero_with_a_sign_is_what_the_sign_says(void **state)
{
    (void)state;
    check_status(signed_figure("0", ""), SP_ZERO);
    check_status(signed_figure("0", "-"), SP_ZERO);
    check_status(signed_figure("0", "0"), SP_BELOW_UNIT);
    check_status(signed_figure("0", ":"), SP_SUPPRESSED);
    check_status(signed_figure("0.0", "."), SP_NOT_APPLICABLE);
}

static void number_beside_a_sign_of_no_figure_is_refused(void **state)
{
    (void)state;
    check_refused(signed_measure, "3", ":",
                  "no sign of a missing figure beside a number, got \":\"");
    check_refused(signed_measure, "3", "..", "got \"..\"");
}

/* Source of the signs: Statistics Norway's standard signs in tables. */
static void star_makes_a_number_provisional_and_bar_a_break(void **state)
{
    (void)state;
    check_number(signed_figure("3", "*"), 3.0, SP_FLAG_PROVISIONAL);
    check_number(signed_figure("3", " * "), 3.0, SP_FLAG_PROVISIONAL);
    check_number(signed_figure("3", "|"), 3.0, SP_FLAG_BREAK_BEFORE);
    SpReal zero = signed_figure("0", "*");
    assert_int_equal(zero.status, SP_ZERO);
    assert_int_equal(zero.flags, SP_FLAG_PROVISIONAL);
}

static void star_that_is_a_status_is_no_flag(void **state)
{
    (void)state;
    g_autofree char *layout = g_strconcat(signed_measure, "[missing]\n* = suppressed\n", NULL);
    check_status(figure_of(layout, "", "*"), SP_SUPPRESSED);
    check_refused(layout, "3", "*", "no sign of a missing figure beside a number, got \"*\"");
}

static void other_mark_beside_a_number_is_let_be(void **state)
{
    (void)state;
    check_number(signed_figure("3", ""), 3.0, 0);
    check_number(signed_figure("3", " "), 3.0, 0);
    check_number(signed_figure("3", "p"), 3.0, 0);
    check_number(signed_figure("3", "**"), 3.0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_follow_the_form_of_the_layout),
        cmocka_unit_test(suppressed_stays_suppressed_and_empty_is_never_zero),
        cmocka_unit_test(marks_of_the_layout_replace_the_standard_signs),
        cmocka_unit_test(text_that_is_no_figure_is_refused),
        cmocka_unit_test(shown_text_is_one_short_line),
        cmocka_unit_test(figure_below_the_minimum_is_refused),
        cmocka_unit_test(empty_figure_takes_its_status_from_the_sign),
        cmocka_unit_test(zero_with_a_sign_is_what_the_sign_says),
        cmocka_unit_test(number_beside_a_sign_of_no_figure_is_refused),
        cmocka_unit_test(star_makes_a_number_provisional_and_bar_a_break),
        cmocka_unit_test(star_that_is_a_status_is_no_flag),
        cmocka_unit_test(other_mark_beside_a_number_is_let_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
