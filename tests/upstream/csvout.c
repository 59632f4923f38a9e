/* CSV of PxWeb: variables down the side, variables across the top. */
#include "tests/upstream/formats.h"

#include <string.h>

/* The axes that stand down the side and across the top, by number. */
typedef struct {
    guint stub[FAKE_MAX_VARIABLES];
    guint heading[FAKE_MAX_VARIABLES];
    guint n_stub;
    guint n_heading;
} Layout;

static Layout make_layout(const FakeCube *cube, const FakeCsvForm *form)
{
    static const char *const usual[] = {"ContentsCode", "Tid", NULL};
    const char *const *heading = form->heading != NULL ? (const char *const *)form->heading : usual;
    Layout layout = {.n_stub = 0};
    for (guint i = 0; i < cube->axes->len; i++) {
        const FakeAxis *axis = fake_cube_axis(cube, i);
        if (axis->is_hidden) {
            continue;
        }
        if (!form->is_long && g_strv_contains(heading, axis->variable->code)) {
            layout.heading[layout.n_heading++] = i;
        } else {
            layout.stub[layout.n_stub++] = i;
        }
    }
    return layout;
}

static void put_text(const char *text, GString *out)
{
    g_auto(GStrv) parts = g_strsplit(text, "\"", -1);
    g_autofree char *doubled = g_strjoinv("\"\"", parts);
    g_string_append_printf(out, "\"%s\"", doubled);
}

/* g_free. */
static char *label_of(const FakeItem *item, FakeLabels labels)
{
    return labels == FAKE_CODES   ? g_strdup(item->code)
           : labels == FAKE_TEXTS ? g_strdup(item->text)
                                  : g_strdup_printf("%s - %s", item->code, item->text);
}

/* The next combination of these axes alone; FALSE after the last. */
static gboolean next_of(const FakeCube *cube, const guint axes[], guint n, guint counter[])
{
    for (guint i = n; i-- > 0;) {
        if (++counter[axes[i]] < fake_cube_axis(cube, axes[i])->items->len) {
            return TRUE;
        }
        counter[axes[i]] = 0;
    }
    return FALSE;
}

static const FakeItem *item_of(const FakeCube *cube, guint axis, const guint counter[])
{
    return g_ptr_array_index(fake_cube_axis(cube, axis)->items, counter[axis]);
}

static void write_header(const FakeCube *cube, const FakeCsvForm *form, const Layout *layout,
                         GString *out)
{
    for (guint i = 0; i < layout->n_stub; i++) {
        const FakeVariable *variable = fake_cube_axis(cube, layout->stub[i])->variable;
        put_text(form->labels == FAKE_CODES ? variable->code : variable->text, out);
        g_string_append_c(out, form->separator);
    }
    if (layout->n_heading == 0) {
        put_text(cube->table->title, out);
    }
    guint counter[FAKE_MAX_VARIABLES] = {0};
    gboolean has_more = layout->n_heading > 0;
    for (guint n = 0; has_more; n++) {
        g_autoptr(GString) text = g_string_new(NULL);
        for (guint i = 0; i < layout->n_heading; i++) {
            g_autofree char *label =
                label_of(item_of(cube, layout->heading[i], counter), form->labels);
            g_string_append_printf(text, "%s%s", i > 0 ? " " : "", label);
        }
        if (n > 0) {
            g_string_append_c(out, form->separator);
        }
        put_text(text->str, out);
        has_more = next_of(cube, layout->heading, layout->n_heading, counter);
    }
    g_string_append(out, "\r\n");
}

static void write_row(const FakeCube *cube, const FakeCsvForm *form, const Layout *layout,
                      guint counter[], GString *out)
{
    for (guint i = 0; i < layout->n_stub; i++) {
        g_autofree char *label = label_of(item_of(cube, layout->stub[i], counter), form->labels);
        put_text(label, out);
        g_string_append_c(out, form->separator);
    }
    gboolean has_more = TRUE;
    for (guint n = 0; has_more; n++) {
        FakeCell cell = fake_cube_cell(cube, counter);
        if (n > 0) {
            g_string_append_c(out, form->separator);
        }
        g_string_append(out, cell.sign != NULL ? "\"" : "");
        fake_write_cell(&cell, fake_cube_decimals(cube, counter), out);
        g_string_append(out, cell.sign != NULL ? "\"" : "");
        has_more = next_of(cube, layout->heading, layout->n_heading, counter);
    }
    g_string_append(out, "\r\n");
}

void fake_write_csv(const FakeCube *cube, const FakeCsvForm *form, GString *out)
{
    Layout layout = make_layout(cube, form);
    guint counter[FAKE_MAX_VARIABLES] = {0};
    if (form->has_title) {
        put_text(cube->table->title, out);
        g_string_append(out, "\r\n\r\n");
    }
    write_header(cube, form, &layout, out);
    gboolean has_more = fake_cube_size(cube) > 0;
    while (has_more) {
        write_row(cube, form, &layout, counter, out);
        has_more = next_of(cube, layout.stub, layout.n_stub, counter);
    }
}
