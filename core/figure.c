/* Figures from text. What is neither a number nor a sign is an error, never a blank. */
#include "core/figure.h"

#include "core/error.h"
#include "core/number.h"

#include <string.h>

/** A text that is no figure is shown in messages up to this many characters. */
enum { EXCERPT_CHARS = 40 };

/** A field as one short line of text, whatever is in it. */
static char *excerpt(const SpField *field)
{
    gsize size = MIN(field->size, (gsize)(4 * (EXCERPT_CHARS + 1)));
    g_autofree char *valid = g_utf8_make_valid(field->text, (gssize)size);
    for (char *c = valid; *c != '\0'; c++) {
        if (g_ascii_iscntrl(*c)) {
            *c = '?';
        }
    }
    if (g_utf8_strlen(valid, -1) <= EXCERPT_CHARS) {
        return g_steal_pointer(&valid);
    }
    g_autofree char *cut = g_utf8_substring(valid, 0, EXCERPT_CHARS);
    return g_strconcat(cut, "…", NULL);
}

/** Error of one field: "ORIGIN: row N: column "X", want ..., got "..."; REMEDY". */
static gboolean set_field_error(const SpFigure *figure, const char *column, const SpField *field,
                                const char *want, GError **error)
{
    g_autofree char *got = excerpt(field);
    return sp_error_set(error, SP_ERROR_DATA,
                        "%s: row %" G_GUINT64_FORMAT
                        ": column \"%s\", want %s, got \"%s\"; correct the file or amend layout %s",
                        figure->origin, figure->number, column, want, got, figure->layout->name);
}

static gboolean is_blank(const SpField *field)
{
    for (gsize i = 0; i < field->size; i++) {
        if (!g_ascii_isspace(field->text[i])) {
            return FALSE;
        }
    }
    return TRUE;
}

/** What a number means beside the text of its sign column. */
static gboolean weigh_sign(const SpFigure *figure, SpReal *real, GError **error)
{
    SpStatus status = SP_PRESENT;
    if (is_blank(figure->sign)) {
        return TRUE;
    }
    if (!sp_layout_find_missing(figure->layout, figure->sign->text, figure->sign->size, &status)) {
        real->flags = sp_layout_flags_of(figure->layout, figure->sign->text, figure->sign->size);
        return TRUE;
    }
    gboolean is_withheld = status != SP_PRESENT && status != SP_ZERO && status != SP_BELOW_UNIT;
    if (real->status == SP_ZERO && status != SP_PRESENT) {
        *real = sp_real_none(status);
    } else if (is_withheld) {
        return set_field_error(figure, figure->is->sign, figure->sign,
                               "no sign of a missing figure beside a number", error);
    }
    return TRUE;
}

/** A field without a number: its status from the sign column if the field is empty, else from its
 * own text. */
static gboolean parse_status(const SpFigure *figure, SpReal *real, GError **error)
{
    gboolean is_sign = figure->sign != NULL && is_blank(figure->field);
    const SpField *text = is_sign ? figure->sign : figure->field;
    SpStatus status = SP_MISSING;
    /* A column of flags ("nei") says nothing of a figure that is not there. */
    gboolean is_open = is_sign && g_hash_table_size(figure->layout->flags) > 0 &&
                       !sp_layout_find_missing(figure->layout, text->text, text->size, &status);
    if (is_open) {
        status = figure->layout->empty;
    } else if (!sp_layout_find_missing(figure->layout, text->text, text->size, &status)) {
        return is_sign ? set_field_error(figure, figure->is->sign, text,
                                         "a sign of a missing figure", error)
                       : set_field_error(figure, figure->is->source, text, "number", error);
    }
    *real = sp_real_none(status);
    return TRUE;
}

static gboolean check_minimum(const SpFigure *figure, double value, GError **error)
{
    const SpLayoutColumn *counts = figure->counts;
    if (counts == NULL || !counts->has_minimum || value >= counts->minimum) {
        return TRUE;
    }
    char minimum[SP_NUMBER_SIZE];
    sp_number_format(counts->minimum, minimum);
    g_autofree char *want =
        g_strdup_printf("at least %s%s", minimum, value < 0 ? " (negative count)" : "");
    return set_field_error(figure, figure->is->source, figure->field, want, error);
}

gboolean sp_figure_parse(const SpFigure *figure, SpReal *real, GError **error)
{
    const SpField *field = figure->field;
    double value = 0;
    if (!sp_number_parse(field->text, field->size, figure->layout->number, &value)) {
        return parse_status(figure, real, error);
    }
    SpReal found = sp_real(value);
    if (!check_minimum(figure, value, error) ||
        (figure->sign != NULL && !weigh_sign(figure, &found, error))) {
        return FALSE;
    }
    *real = found;
    return TRUE;
}
