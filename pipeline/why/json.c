/* The answer as one object. */
#include "core/io/json.h"
#include "pipeline/why/step.h"

static const char *const kinds[] = {[SP_WHY_PUBLISHED] = "published",
                                    [SP_WHY_MADE] = "made",
                                    [SP_WHY_CONFIGURED] = "configuration",
                                    [SP_WHY_SNAPSHOT] = "snapshot"};

/* Left out where the text is NULL. */
static void set_text(json_t *object, const char *name, const char *text)
{
    if (text != NULL) {
        json_object_set_new(object, name, json_string(text));
    }
}

static json_t *list_of(const GPtrArray *texts)
{
    json_t *list = json_array();
    for (guint i = 0; i < texts->len; i++) {
        json_array_append_new(list, json_string(texts->pdata[i]));
    }
    return list;
}

static json_t *figure_json(const SpWhyFigure *figure)
{
    json_t *json = json_object();
    set_text(json, "key", figure->key);
    set_text(json, "value", figure->value);
    if (figure->number > 0) {
        json_object_set_new(json, "step", json_integer(figure->number));
    }
    return json;
}

static json_t *input_json(const SpWhyInput *input)
{
    json_t *json = json_object();
    json_t *figures = json_array();
    set_text(json, "cell", input->cell);
    set_text(json, "where", input->where);
    json_object_set_new(json, "figures", json_integer((json_int_t)input->n));
    for (guint i = 0; i < input->figures->len; i++) {
        json_array_append_new(figures, figure_json(input->figures->pdata[i]));
    }
    json_object_set_new(json, "told", figures);
    set_text(json, "note", input->note);
    return json;
}

/* Names and values in turn: a name may come several times, as "source" does. */
static json_t *facts_json(const GPtrArray *facts)
{
    json_t *list = json_array();
    for (guint i = 0; i + 1 < facts->len; i += 2) {
        json_array_append_new(list, json_pack("{s:s, s:s}", "name", (const char *)facts->pdata[i],
                                              "value", (const char *)facts->pdata[i + 1]));
    }
    return list;
}

static json_t *step_json(const SpWhyStep *step)
{
    json_t *json = json_object();
    json_t *inputs = json_array();
    json_object_set_new(json, "number", json_integer(step->number));
    set_text(json, "kind", kinds[step->kind]);
    set_text(json, "where", step->where);
    set_text(json, "cell", step->cell);
    set_text(json, "value", step->value);
    set_text(json, "unit", step->unit);
    set_text(json, "method", step->method);
    json_object_set_new(json, "settings", list_of(step->settings));
    json_object_set_new(json, "facts", facts_json(step->facts));
    json_object_set_new(json, "notes", list_of(step->notes));
    for (guint i = 0; i < step->inputs->len; i++) {
        json_array_append_new(inputs, input_json(step->inputs->pdata[i]));
    }
    json_object_set_new(json, "inputs", inputs);
    return json;
}

char *sp_why_json(const SpWhyAnswer *answer)
{
    g_autoptr(json_t) json = json_object();
    json_t *steps = json_array();
    set_text(json, "asked", answer->asked);
    set_text(json, "edition", answer->edition);
    set_text(json, "package", answer->package);
    set_text(json, "reader", answer->is_owner ? "owner" : "other");
    for (guint i = 0; i < answer->steps->len; i++) {
        json_array_append_new(steps, step_json(answer->steps->pdata[i]));
    }
    json_object_set_new(json, "steps", steps);
    return sp_json_format(json);
}
