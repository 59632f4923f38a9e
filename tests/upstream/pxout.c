/* PX: keywords, then DATA with the heading's variables fastest. */
#include "tests/upstream/formats.h"

#include <string.h>

static void put_list(const FakeCube *cube, gboolean is_heading, GString *out)
{
    g_string_append(out, is_heading ? "HEADING=" : "STUB=");
    gboolean is_first = TRUE;
    for (guint i = 0; i < cube->axes->len; i++) {
        const FakeAxis *axis = fake_cube_axis(cube, i);
        gboolean is_across =
            axis->variable->role == FAKE_METRIC || axis->variable->role == FAKE_TIME;
        if (!axis->is_hidden && is_across == is_heading) {
            g_string_append_printf(out, "%s\"%s\"", is_first ? "" : ",", axis->variable->text);
            is_first = FALSE;
        }
    }
    g_string_append(out, ";\r\n");
}

static void put_items(const FakeAxis *axis, const char *keyword, gboolean is_code, GString *out)
{
    g_string_append_printf(out, "%s(\"%s\")=", keyword, axis->variable->text);
    for (guint i = 0; i < axis->items->len; i++) {
        const FakeItem *item = g_ptr_array_index(axis->items, i);
        g_string_append_printf(out, "%s\"%s\"", i > 0 ? "," : "",
                               is_code ? item->code : item->text);
    }
    g_string_append(out, ";\r\n");
}

static void put_variable(const FakeAxis *axis, const FakeTable *table, GString *out)
{
    const char *text = axis->variable->text;
    g_string_append_printf(out, "VARIABLECODE(\"%s\")=\"%s\";\r\n", text, axis->variable->code);
    put_items(axis, "VALUES", FALSE, out);
    if (axis->variable->role == FAKE_TIME) {
        g_string_append_printf(out, "TIMEVAL(\"%s\")=TLIST(A1)", text);
        for (guint i = 0; i < axis->items->len; i++) {
            const FakeItem *item = g_ptr_array_index(axis->items, i);
            g_string_append_printf(out, ",\"%s\"", item->code);
        }
        g_string_append(out, ";\r\n");
    }
    put_items(axis, "CODES", TRUE, out);
    gint64 updated = 0;
    fake_time_parse(table->updated, &updated);
    g_autofree char *day = fake_time_format_oslo(updated, "%Y%m%d %H:%M");
    for (guint i = 0; axis->variable->role == FAKE_METRIC && i < axis->items->len; i++) {
        const FakeItem *item = g_ptr_array_index(axis->items, i);
        const FakeValue *value =
            g_ptr_array_index(axis->variable->values, g_array_index(item->places, guint, 0));
        g_string_append_printf(out, "LAST-UPDATED(\"%s\")=\"%s\";\r\nUNITS(\"%s\")=\"%s\";\r\n",
                               item->text, day, item->text, value->contents->unit);
    }
}

static guint most_decimals(const FakeCube *cube)
{
    guint most = 0;
    for (guint i = 0; i < cube->axes->len; i++) {
        const FakeAxis *axis = fake_cube_axis(cube, i);
        for (guint j = 0; axis->variable->role == FAKE_METRIC && j < axis->items->len; j++) {
            const FakeItem *item = g_ptr_array_index(axis->items, j);
            const FakeValue *value =
                g_ptr_array_index(axis->variable->values, g_array_index(item->places, guint, 0));
            most = MAX(most, value->contents->decimals);
        }
    }
    return most;
}

static void put_data(const FakeCube *cube, GString *out)
{
    guint counter[FAKE_MAX_VARIABLES] = {0};
    guint64 across = 1;
    for (guint i = 0; i < cube->axes->len; i++) {
        const FakeAxis *axis = fake_cube_axis(cube, i);
        gboolean is_across =
            axis->variable->role == FAKE_METRIC || axis->variable->role == FAKE_TIME;
        across *= is_across ? axis->items->len : 1;
    }
    g_string_append(out, "DATA=\r\n");
    gboolean has_more = fake_cube_size(cube) > 0;
    for (guint64 n = 1; has_more; n++) {
        FakeCell cell = fake_cube_cell(cube, counter);
        g_string_append(out, cell.sign != NULL ? "\"" : "");
        fake_write_cell(&cell, fake_cube_decimals(cube, counter), out);
        g_string_append(out, cell.sign != NULL ? "\" " : " ");
        g_string_append(out, n % across == 0 ? "\r\n" : "");
        has_more = fake_cube_next(cube, counter);
    }
    g_string_append(out, ";");
}

void fake_write_px(const FakeCube *cube, gint64 now, GString *out)
{
    const FakeTable *table = cube->table;
    g_autofree char *day = fake_time_format_oslo(now, "%Y%m%d %H:%M");
    guint decimals = most_decimals(cube);
    g_auto(GStrv) subject = g_strsplit(table->path[0], ":", 2);
    g_string_append(out, "CHARSET=\"ANSI\";\r\nAXIS-VERSION=\"2010\";\r\n"
                         "CODEPAGE=\"iso-8859-1\";\r\nLANGUAGE=\"no\";\r\n");
    g_string_append_printf(out,
                           "CREATION-DATE=\"%s\";\r\nDECIMALS=%u;\r\nSHOWDECIMALS=%u;\r\n"
                           "MATRIX=\"%s\";\r\nAGGREGALLOWED=%s;\r\nSUBJECT-CODE=\"%s\";\r\n"
                           "SUBJECT-AREA=\"%s\";\r\nTITLE=\"%s\";\r\nCONTENTS=\"%s\";\r\n",
                           day, decimals, decimals, table->id, table->may_aggregate ? "YES" : "NO",
                           subject[0], subject[1], table->title, table->title);
    put_list(cube, FALSE, out);
    put_list(cube, TRUE, out);
    g_string_append(out, "CONTVARIABLE=\"statistikkvariabel\";\r\n");
    for (guint i = 0; i < cube->axes->len; i++) {
        const FakeAxis *axis = fake_cube_axis(cube, i);
        if (!axis->is_hidden) {
            put_variable(axis, table, out);
        }
    }
    g_string_append(out, "SOURCE=\"Statistisk sentralbyrå\";\r\nDATASYMBOL1=\".\";\r\n"
                         "DATASYMBOL2=\"..\";\r\nDATASYMBOL3=\":\";\r\nDATASYMBOLSUM=\"*\";\r\n"
                         "DATASYMBOLNIL=\"-\";\r\n");
    put_data(cube, out);
}
