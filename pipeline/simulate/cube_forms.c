/* PX and CSV. */
#include "pipeline/simulate/cube_forms.h"

#include <string.h>

static gboolean is_across(const SpSimDimension *dimension)
{
    return strcmp(dimension->id, "ContentsCode") == 0 || strcmp(dimension->id, "Tid") == 0;
}

static void put_quoted(SpSimOutput *output, const char *text)
{
    sp_sim_put_char(output, '"');
    sp_sim_put(output, text);
    sp_sim_put_char(output, '"');
}

static void put_list(SpSimOutput *output, const SpSimCube *cube, gboolean is_heading)
{
    guint n = 0;
    sp_sim_put(output, is_heading ? "HEADING=" : "STUB=");
    for (guint i = 0; i < cube->n; i++) {
        if (is_across(&cube->dimensions[i]) == is_heading) {
            sp_sim_put(output, n++ > 0 ? "," : "");
            put_quoted(output, cube->dimensions[i].label);
        }
    }
    sp_sim_put(output, ";\r\n");
}

static void put_texts(SpSimOutput *output, const char *keyword, const SpSimDimension *dimension,
                      const GPtrArray *texts)
{
    sp_sim_put_format(output, "%s(\"%s\")=", keyword, dimension->label);
    for (guint i = 0; i < texts->len; i++) {
        sp_sim_put(output, i > 0 ? "," : "");
        put_quoted(output, texts->pdata[i]);
    }
    sp_sim_put(output, ";\r\n");
}

/* The day of the last change; what is new at SSB is so at eight in the morning in Oslo. */
static void put_updated(SpSimOutput *output, const SpSimCube *cube, const SpSimDimension *contents)
{
    const char *day = cube->updated;
    for (guint i = 0; i < contents->labels->len; i++) {
        sp_sim_put_format(output, "LAST-UPDATED(\"%s\")=\"%.4s%.2s%.2s 08:00\";\r\n",
                          (const char *)contents->labels->pdata[i], day, day + 5, day + 8);
    }
}

/* The decimals of a cell's contents. */
static guint decimals_of(const SpSimCube *cube, const guint place[])
{
    for (guint i = 0; i < cube->n; i++) {
        if (strcmp(cube->dimensions[i].id, "ContentsCode") == 0) {
            return cube->dimensions[i].decimals[place[i]];
        }
    }
    return 0;
}

static void put_cell(SpSimOutput *output, const SpSimCube *cube, const guint place[])
{
    SpSimCell cell = cube->cell(place, cube->data);
    if (cell.sign != NULL) {
        put_quoted(output, cell.sign);
    } else {
        sp_sim_put_fixed(output, cell.value, decimals_of(cube, place), '.');
    }
}

void sp_sim_cube_put_px(const SpSimCube *cube, SpSimOutput *output)
{
    guint place[SP_SIM_MAX_DIMENSIONS] = {0};
    sp_sim_put(output, "CHARSET=\"ANSI\";\r\nAXIS-VERSION=\"2010\";\r\n"
                       "CODEPAGE=\"iso-8859-1\";\r\nLANGUAGE=\"no\";\r\nAGGREGALLOWED=NO;\r\n");
    sp_sim_put_format(output, "TITLE=\"%s\";\r\nCONTENTS=\"%s\";\r\n", cube->title, cube->title);
    put_list(output, cube, FALSE);
    put_list(output, cube, TRUE);
    for (guint i = 0; i < cube->n; i++) {
        const SpSimDimension *dimension = &cube->dimensions[i];
        sp_sim_put_format(output, "VARIABLECODE(\"%s\")=\"%s\";\r\n", dimension->label,
                          dimension->id);
        put_texts(output, "VALUES", dimension, dimension->labels);
        put_texts(output, "CODES", dimension, dimension->codes);
        if (strcmp(dimension->id, "ContentsCode") == 0) {
            sp_sim_put_format(output, "CONTVARIABLE=\"%s\";\r\n", dimension->label);
            put_updated(output, cube, dimension);
        }
    }
    sp_sim_put(output, "NOTE=\"SYNTETISKE DATA: simulerte tall, ikke offisiell statistikk.\";\r\n"
                       "SOURCE=\"Statistisk sentralbyrå\";\r\nDATASYMBOL1=\".\";\r\n"
                       "DATASYMBOL2=\"..\";\r\nDATASYMBOL3=\":\";\r\nDATASYMBOLNIL=\"-\";\r\n"
                       "DATA=\r\n");
    do {
        put_cell(output, cube, place);
        sp_sim_put_char(output, ' ');
    } while (sp_sim_cube_step(cube, place));
    sp_sim_put(output, ";\r\n");
}

void sp_sim_cube_put_csv(const SpSimCube *cube, SpSimOutput *output)
{
    guint place[SP_SIM_MAX_DIMENSIONS] = {0};
    for (guint i = 0; i < cube->n; i++) {
        put_quoted(output, cube->dimensions[i].id);
        sp_sim_put_char(output, ',');
    }
    put_quoted(output, cube->title);
    sp_sim_put(output, "\r\n");
    do {
        for (guint i = 0; i < cube->n; i++) {
            put_quoted(output, sp_sim_cube_code(cube, i, place[i]));
            sp_sim_put_char(output, ',');
        }
        put_cell(output, cube, place);
        sp_sim_put(output, "\r\n");
    } while (sp_sim_cube_step(cube, place));
}
