/* What a dataset says before its figures. */
#include "outputs/jsonstat/head.h"

#include "core/table_rows.h"
#include "outputs/breaks.h"
#include "outputs/credits.h"

#include <string.h>

enum { SHARE_DECIMALS = 2 }; /* a share of one decimal in percent has so many more */

static json_t *unit_of(const SpWords *words, const char *unit)
{
    const SpFigureForm form = sp_units_form(sp_words_units(words), unit);
    const char *text = unit != NULL ? sp_words_find(words, "unit.", unit, "") : NULL;
    json_t *json = json_object();
    /* A share is 0 to 1 here, whatever its unit is called where it is shown in percent. */
    json_object_set_new(json, "base",
                        json_string(form.is_percent ? sp_words_text(words, "unit.share")
                                    : text != NULL  ? text
                                    : unit != NULL  ? unit
                                                    : ""));
    if (!form.is_free) {
        const guint decimals = form.decimals + (form.is_percent ? SHARE_DECIMALS : 0);
        json_object_set_new(json, "decimals", json_integer((json_int_t)decimals));
    }
    return json;
}

/* The unit of each indicator, beside those of the measures. */
static json_t *units_of_indicators(const SpWords *words, const GPtrArray *codes)
{
    json_t *units = json_object();
    for (guint i = 0; i < codes->len; i++) {
        const char *unit = sp_units_of_indicator(sp_words_units(words), codes->pdata[i]);
        json_object_set_new(units, codes->pdata[i], unit_of(words, unit));
    }
    return json_pack("{s:o}", "unit", units);
}

static json_t *describe_dimension(const SpWords *words, const SpTable *table,
                                  const SpCubeDimension *dimension)
{
    const SpColumn *column = sp_table_column(table, dimension->column);
    g_autofree char *title = sp_words_column(words, table, dimension->column);
    json_t *index = json_array();
    json_t *label = json_object();
    json_t *notes = json_object();
    for (guint i = 0; i < dimension->codes->len; i++) {
        const char *code = dimension->codes->pdata[i];
        const char *note = sp_words_code_note(words, column, code);
        g_autofree char *text = sp_words_code(words, column, code);
        json_array_append_new(index, json_string(code));
        json_object_set_new(label, code, json_string(text));
        if (note != NULL) {
            json_object_set_new(notes, code, json_pack("[s]", note));
        }
    }
    json_t *json = json_pack("{s:s, s:{s:o, s:o}}", "label", title, "category", "index", index,
                             "label", label);
    if (json_object_size(notes) > 0) {
        json_object_set(json_object_get(json, "category"), "note", notes);
    }
    json_decref(notes);
    if (sp_words_is_indicator(column)) {
        json_object_set_new(json, "extension", units_of_indicators(words, dimension->codes));
    }
    return json;
}

static json_t *describe_measures(const SpWords *words, const SpCube *cube)
{
    json_t *index = json_array();
    json_t *label = json_object();
    json_t *units = json_object();
    for (guint i = 0; i < cube->measures->len; i++) {
        const gsize column = g_array_index(cube->measures, gsize, i);
        const char *name = sp_table_column(cube->table, column)->name;
        const char *unit = sp_units_of(sp_words_units(words), cube->table, column);
        g_autofree char *title = sp_words_column(words, cube->table, column);
        json_array_append_new(index, json_string(name));
        json_object_set_new(label, name, json_string(title));
        json_object_set_new(units, name, unit_of(words, unit));
    }
    return json_pack("{s:s, s:{s:o, s:o, s:o}}", "label", sp_words_text(words, "page.figure"),
                     "category", "index", index, "label", label, "unit", units);
}

/* Which dimensions are time and place; neither standard nor readers want an empty list. */
static json_t *describe_roles(const SpCube *cube)
{
    json_t *time = json_array();
    json_t *geo = json_array();
    json_t *roles = json_object();
    for (guint i = 0; i < cube->dimensions->len; i++) {
        const gsize place = g_array_index(cube->dimensions, SpCubeDimension, i).column;
        const SpColumn *column = sp_table_column(cube->table, place);
        if (sp_words_is_period(column)) {
            json_array_append_new(time, json_string(column->name));
        } else if (sp_words_is_region(column)) {
            json_array_append_new(geo, json_string(column->name));
        }
    }
    if (json_array_size(time) > 0) {
        json_object_set(roles, "time", time);
    }
    if (json_array_size(geo) > 0) {
        json_object_set(roles, "geo", geo);
    }
    json_object_set_new(roles, "metric", json_pack("[s]", SP_CUBE_CONTENTS));
    json_decref(time);
    json_decref(geo);
    return roles;
}

/* The notices first, then what the table and its breaks need to be told of. */
static json_t *describe_notes(const SpWords *words, const SpTable *table)
{
    const SpPackage *package = sp_words_package(words);
    const char *note = sp_words_find(words, "table.", sp_table_name(table), ".note");
    g_autofree char *breaks = sp_breaks_text(words, table);
    json_t *notes = json_array();
    for (gsize i = 0; package->notices[i] != NULL; i++) {
        json_array_append_new(notes, json_string(sp_words_text(words, package->notices[i])));
    }
    if (note != NULL) {
        const char *rest = NULL;
        g_autofree char *lead = sp_words_lead(note, &rest);
        json_array_append_new(notes, json_string(lead));
        if (rest[0] != '\0') {
            json_array_append_new(notes, json_string(rest));
        }
    }
    if (breaks[0] != '\0') {
        json_array_append_new(notes, json_string(breaks));
    }
    return notes;
}

/* "SSB: TITLE; HELSEDIREKTORATET: TITLE". g_free. */
static char *sources_of(const SpPackage *package, const SpTable *table)
{
    g_autoptr(GArray) sources = sp_credits_sources(package, sp_table_name(table));
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < sources->len; i++) {
        const SpSource *source = &g_array_index(sources, SpSource, i);
        g_string_append_printf(text, "%s%s: %s", i > 0 ? "; " : "", source->publisher,
                               source->title);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

json_t *sp_cube_head(const SpWords *words, const SpCube *cube)
{
    const SpPackage *package = sp_words_package(words);
    g_autofree char *updated = g_strconcat(sp_words_edition_day(words), "T00:00:00Z", NULL);
    g_autofree char *label =
        g_strdup_printf("%s: %s", package->title, sp_words_table(words, cube->table));
    g_autofree char *source = sources_of(package, cube->table);
    json_t *head =
        json_pack("{s:s, s:s, s:s}", "version", "2.0", "class", "dataset", "label", label);
    json_t *id = json_array();
    json_t *size = json_array();
    json_t *dimensions = json_object();
    for (guint i = 0; i < cube->dimensions->len; i++) {
        const SpCubeDimension *is = &g_array_index(cube->dimensions, SpCubeDimension, i);
        const char *name = sp_table_column(cube->table, is->column)->name;
        json_array_append_new(id, json_string(name));
        json_array_append_new(size, json_integer((json_int_t)is->codes->len));
        json_object_set_new(dimensions, name, describe_dimension(words, cube->table, is));
    }
    json_array_append_new(id, json_string(SP_CUBE_CONTENTS));
    json_array_append_new(size, json_integer((json_int_t)cube->measures->len));
    json_object_set_new(dimensions, SP_CUBE_CONTENTS, describe_measures(words, cube));
    if (source[0] != '\0') {
        json_object_set_new(head, "source", json_string(source));
    }
    json_object_set_new(head, "updated", json_string(updated));
    json_object_set_new(head, "note", describe_notes(words, cube->table));
    json_object_set_new(head, "id", id);
    json_object_set_new(head, "size", size);
    json_object_set_new(head, "role", describe_roles(cube));
    json_object_set_new(head, "dimension", dimensions);
    return head;
}

json_t *sp_cube_attribute(const SpWords *words, const SpTable *table, gsize column)
{
    g_autofree char *title = sp_words_column(words, table, column);
    g_auto(GStrv) codes = sp_table_used_list(table, column, NULL, NULL);
    json_t *label = json_object();
    for (char **code = codes; *code != NULL; code++) {
        g_autofree char *text = sp_words_code(words, sp_table_column(table, column), *code);
        if (**code != '\0') {
            json_object_set_new(label, *code, json_string(text));
        }
    }
    return json_pack("{s:s, s:{s:o}}", "label", title, "category", "label", label);
}

void sp_cube_put_open(json_t *object, SpWriter *writer)
{
    static const char end[] = "\n}\n";
    g_autofree char *text = sp_json_format(object);
    g_assert(g_str_has_suffix(text, end));
    sp_writer_put(writer, text, strlen(text) - strlen(end));
    json_decref(object);
}
