/* JSON-stat 2.0, and which form a name asks for. */
#include "pipeline/simulate/cube.h"

#include "pipeline/simulate/cube_forms.h"
#include "pipeline/simulate/output.h"

#include <string.h>

void sp_sim_cube_init(SpSimCube *cube, const char *title, const char *updated)
{
    *cube = (SpSimCube){.title = title, .updated = g_strdup(updated)};
}

void sp_sim_cube_clear(SpSimCube *cube)
{
    for (guint i = 0; i < cube->n; i++) {
        g_ptr_array_unref(cube->dimensions[i].codes);
        g_ptr_array_unref(cube->dimensions[i].labels);
    }
    g_clear_pointer(&cube->updated, g_free);
    cube->n = 0;
}

void sp_sim_cube_dimension(SpSimCube *cube, const char *id, const char *label)
{
    g_assert(cube->n < SP_SIM_MAX_DIMENSIONS);
    cube->dimensions[cube->n++] =
        (SpSimDimension){.id = id,
                         .label = label,
                         .codes = g_ptr_array_new_with_free_func(g_free),
                         .labels = g_ptr_array_new_with_free_func(g_free)};
}

void sp_sim_cube_category(SpSimCube *cube, const char *code, const char *label)
{
    SpSimDimension *last = &cube->dimensions[cube->n - 1];
    g_ptr_array_add(last->codes, g_strdup(code));
    g_ptr_array_add(last->labels, g_strdup(label));
}

void sp_sim_cube_contents(SpSimCube *cube, const char *code, const char *label, guint decimals)
{
    SpSimDimension *last = &cube->dimensions[cube->n - 1];
    g_assert(last->codes->len < G_N_ELEMENTS(last->decimals));
    last->decimals[last->codes->len] = decimals;
    sp_sim_cube_category(cube, code, label);
}

void sp_sim_cube_years(SpSimCube *cube, guint first, guint last)
{
    for (guint year = first; year <= last; year++) {
        g_autofree char *text = g_strdup_printf("%u", year);
        sp_sim_cube_category(cube, text, text);
    }
}

const char *sp_sim_cube_code(const SpSimCube *cube, guint dimension, guint category)
{
    return cube->dimensions[dimension].codes->pdata[category];
}

static gboolean is_contents(const SpSimDimension *dimension)
{
    return strcmp(dimension->id, "ContentsCode") == 0;
}

static void put_dimension(SpSimOutput *output, const SpSimDimension *dimension)
{
    sp_sim_put_json(output, dimension->id);
    sp_sim_put(output, ":{\"label\":");
    sp_sim_put_json(output, dimension->label);
    sp_sim_put(output, ",\"category\":{\"index\":{");
    for (guint i = 0; i < dimension->codes->len; i++) {
        sp_sim_put(output, i > 0 ? "," : "");
        sp_sim_put_json(output, dimension->codes->pdata[i]);
        sp_sim_put_char(output, ':');
        sp_sim_put_uint(output, i, 0);
    }
    sp_sim_put(output, "},\"label\":{");
    for (guint i = 0; i < dimension->codes->len; i++) {
        sp_sim_put(output, i > 0 ? "," : "");
        sp_sim_put_json(output, dimension->codes->pdata[i]);
        sp_sim_put_char(output, ':');
        sp_sim_put_json(output, dimension->labels->pdata[i]);
    }
    sp_sim_put_char(output, '}');
    if (is_contents(dimension)) {
        sp_sim_put(output, ",\"unit\":{");
        for (guint i = 0; i < dimension->codes->len; i++) {
            sp_sim_put(output, i > 0 ? "," : "");
            sp_sim_put_json(output, dimension->codes->pdata[i]);
            sp_sim_put_format(output, ":{\"base\":\"\",\"decimals\":%u}", dimension->decimals[i]);
        }
        sp_sim_put_char(output, '}');
    }
    sp_sim_put(output, "}}");
}

static void put_head(SpSimOutput *output, const SpSimCube *cube)
{
    const char *geography = NULL;
    for (guint i = 0; i < cube->n; i++) {
        const char *id = cube->dimensions[i].id;
        if (strcmp(id, "Region") == 0 || strstr(id, "region") != NULL) {
            geography = id;
        }
    }
    sp_sim_put(output, "{\"version\":\"2.0\",\"class\":\"dataset\",\"label\":");
    sp_sim_put_json(output, cube->title);
    sp_sim_put(output, ",\"source\":\"Statistisk sentralbyrå\",\"updated\":");
    sp_sim_put_json(output, cube->updated);
    sp_sim_put(output, ",\"note\":[\"SYNTETISKE DATA: simulerte tall, ikke offisiell "
                       "statistikk.\"],\"role\":{\"time\":[\"Tid\"]");
    if (geography != NULL) {
        sp_sim_put(output, ",\"geo\":[");
        sp_sim_put_json(output, geography);
        sp_sim_put_char(output, ']');
    }
    sp_sim_put(output, ",\"metric\":[\"ContentsCode\"]},\"id\":[");
    for (guint i = 0; i < cube->n; i++) {
        sp_sim_put(output, i > 0 ? "," : "");
        sp_sim_put_json(output, cube->dimensions[i].id);
    }
    sp_sim_put(output, "],\"size\":[");
    for (guint i = 0; i < cube->n; i++) {
        sp_sim_put(output, i > 0 ? "," : "");
        sp_sim_put_uint(output, cube->dimensions[i].codes->len, 0);
    }
    sp_sim_put(output, "],\"dimension\":{");
    for (guint i = 0; i < cube->n; i++) {
        sp_sim_put(output, i > 0 ? "," : "");
        put_dimension(output, &cube->dimensions[i]);
    }
}

gboolean sp_sim_cube_step(const SpSimCube *cube, guint place[])
{
    for (guint i = cube->n; i-- > 0;) {
        if (++place[i] < cube->dimensions[i].codes->len) {
            return TRUE;
        }
        place[i] = 0;
    }
    return FALSE;
}

static void put_values(SpSimOutput *output, const SpSimCube *cube, GString *status)
{
    guint place[SP_SIM_MAX_DIMENSIONS] = {0};
    guint contents = 0;
    while (contents < cube->n && !is_contents(&cube->dimensions[contents])) {
        contents++;
    }
    guint64 number = 0;
    do {
        SpSimCell cell = cube->cell(place, cube->data);
        sp_sim_put(output, number > 0 ? "," : "");
        if (cell.sign != NULL) {
            sp_sim_put(output, "null");
            g_string_append_printf(status, "%s\"%" G_GUINT64_FORMAT "\":\"%s\"",
                                   status->len > 0 ? "," : "", number, cell.sign);
        } else {
            guint decimals =
                contents < cube->n ? cube->dimensions[contents].decimals[place[contents]] : 0;
            sp_sim_put_fixed(output, cell.value, decimals, '.');
        }
        number++;
    } while (sp_sim_cube_step(cube, place));
}

static void put_jsonstat(const SpSimCube *cube, SpSimOutput *output)
{
    g_autoptr(GString) status = g_string_new(NULL);
    put_head(output, cube);
    sp_sim_put(output, "},\"value\":[");
    put_values(output, cube, status);
    sp_sim_put(output, "]");
    if (status->len > 0) {
        sp_sim_put(output, ",\"status\":{");
        sp_sim_put(output, status->str);
        sp_sim_put(output, "}");
    }
    sp_sim_put(output, "}\n");
}

gboolean sp_sim_cube_write(const SpSimCube *cube, const char *folder, const char *name,
                           GError **error)
{
    static const struct {
        const char *end;
        gboolean is_latin1;
        void (*put)(const SpSimCube *cube, SpSimOutput *output);
    } forms[] = {{".px", TRUE, sp_sim_cube_put_px},
                 {".csv", TRUE, sp_sim_cube_put_csv},
                 {"", FALSE, put_jsonstat}};
    gsize form = 0;
    while (!g_str_has_suffix(name, forms[form].end)) {
        form++;
    }
    SpSimOutput *output = sp_sim_output_open(folder, name, forms[form].is_latin1, error);
    if (output == NULL) {
        return FALSE;
    }
    forms[form].put(cube, output);
    return sp_sim_output_close(output, error);
}
