/* The answer for a terminal: a paragraph a step. */
#include "pipeline/why/step.h"

#define INDENT "    "
#define NOT_SHOWN "not for this reader"

static const char *value_of(const char *value)
{
    return value != NULL ? value : NOT_SHOWN;
}

static void add_figure(GString *text, const SpWhyFigure *figure)
{
    g_string_append(text, INDENT INDENT);
    if (figure->number > 0) {
        g_string_append_printf(text, "[%u] ", figure->number);
    }
    g_string_append(text, figure->key);
    if (figure->value == NULL || *figure->value != '\0') {
        g_string_append_printf(text, " = %s", value_of(figure->value));
    }
    g_string_append_c(text, '\n');
}

static void add_input(GString *text, const SpWhyInput *input)
{
    g_string_append_printf(text, INDENT "from %s", input->cell);
    if (g_strcmp0(input->cell, input->where) != 0) {
        g_string_append_printf(text, " in %s", input->where);
    }
    if (input->n > 1) {
        g_string_append_printf(text, ", %" G_GSIZE_FORMAT " figures", input->n);
    }
    g_string_append_printf(text, "%s\n", input->figures->len > 0 ? ":" : "");
    for (guint i = 0; i < input->figures->len; i++) {
        add_figure(text, input->figures->pdata[i]);
    }
    if (input->note != NULL) {
        g_string_append_printf(text, INDENT INDENT "(%s)\n", input->note);
    }
}

static void add_step(GString *text, const SpWhyStep *step)
{
    g_string_append_printf(text, "[%u] %s\n", step->number,
                           step->cell != NULL ? step->cell : step->where);
    if (step->cell != NULL) {
        g_string_append_printf(text, INDENT "= %s%s%s\n", value_of(step->value),
                               step->unit != NULL ? " " : "", step->unit != NULL ? step->unit : "");
        g_string_append_printf(text, INDENT "%s %s\n",
                               step->kind == SP_WHY_PUBLISHED ? "published in" : "made by",
                               step->where);
    }
    if (step->method != NULL) {
        g_string_append_printf(text, INDENT "how: %s\n", step->method);
    }
    for (guint i = 0; i < step->settings->len; i++) {
        g_string_append_printf(text, INDENT "setting %s\n", (const char *)step->settings->pdata[i]);
    }
    for (guint i = 0; i + 1 < step->facts->len; i += 2) {
        g_string_append_printf(text, INDENT "%s: %s\n", (const char *)step->facts->pdata[i],
                               (const char *)step->facts->pdata[i + 1]);
    }
    for (guint i = 0; i < step->notes->len; i++) {
        g_string_append_printf(text, INDENT "note: %s\n", (const char *)step->notes->pdata[i]);
    }
    for (guint i = 0; i < step->inputs->len; i++) {
        add_input(text, step->inputs->pdata[i]);
    }
}

char *sp_why_text(const SpWhyAnswer *answer)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < answer->steps->len; i++) {
        g_string_append(text, i > 0 ? "\n" : "");
        add_step(text, answer->steps->pdata[i]);
    }
    return g_string_free(text, FALSE);
}
