/* Steps on their way to a printer. */
#include "pipeline/why/step.h"

SpWhyStep *sp_why_step_new(SpWhyKind kind, guint number)
{
    SpWhyStep *step = g_new0(SpWhyStep, 1);
    step->kind = kind;
    step->number = number;
    step->settings = g_ptr_array_new_with_free_func(g_free);
    step->facts = g_ptr_array_new_with_free_func(g_free);
    step->notes = g_ptr_array_new_with_free_func(g_free);
    step->inputs = g_ptr_array_new_with_free_func((GDestroyNotify)sp_why_input_free);
    return step;
}

void sp_why_step_free(SpWhyStep *step)
{
    if (step == NULL) {
        return;
    }
    g_free(step->where);
    g_free(step->cell);
    g_free(step->value);
    g_free(step->unit);
    g_free(step->method);
    g_ptr_array_unref(step->settings);
    g_ptr_array_unref(step->facts);
    g_ptr_array_unref(step->notes);
    g_ptr_array_unref(step->inputs);
    g_free(step);
}

void sp_why_step_tell(SpWhyStep *step, const char *name, const char *value)
{
    if (value != NULL) {
        g_ptr_array_add(step->facts, g_strdup(name));
        g_ptr_array_add(step->facts, g_strdup(value));
    }
}

void sp_why_step_note(SpWhyStep *step, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_ptr_array_add(step->notes, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

static void figure_free(gpointer data)
{
    SpWhyFigure *figure = data;
    g_free(figure->key);
    g_free(figure->value);
    g_free(figure);
}

SpWhyInput *sp_why_input_new(const char *cell, const char *where)
{
    SpWhyInput *input = g_new0(SpWhyInput, 1);
    input->cell = g_strdup(cell);
    input->where = g_strdup(where);
    input->figures = g_ptr_array_new_with_free_func(figure_free);
    return input;
}

void sp_why_input_free(SpWhyInput *input)
{
    if (input != NULL) {
        g_free(input->cell);
        g_free(input->where);
        g_free(input->note);
        g_ptr_array_unref(input->figures);
        g_free(input);
    }
}

SpWhyFigure *sp_why_input_add(SpWhyInput *input, char *key, char *value)
{
    SpWhyFigure *figure = g_new0(SpWhyFigure, 1);
    figure->key = key;
    figure->value = value;
    g_ptr_array_add(input->figures, figure);
    return figure;
}

void sp_why_answer_free(SpWhyAnswer *answer)
{
    if (answer != NULL) {
        g_free(answer->asked);
        g_free(answer->edition);
        g_free(answer->package);
        g_ptr_array_unref(answer->steps);
        g_free(answer);
    }
}
