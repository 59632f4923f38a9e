/* Reading the areas of a file that anybody brings. */
#include "pipeline/on_file_areas.h"

#include "core/error.h"
#include "core/number.h"
#include "pipeline/file_rows.h"

#include <string.h>

enum { MAX_TOLD = 10 };

enum { AREA, GROUP, FIRST_FIGURE, N_COLUMNS = FIRST_FIGURE + SP_FILE_FIGURES };

/* Room for one, so that an array without elements is still there. */
void sp_file_areas_init(SpFileAreas *areas, const SpOnFileRequest *request)
{
    *areas = (SpFileAreas){.request = request,
                           .numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                           .groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                           .names = g_ptr_array_new(),
                           .group = g_array_sized_new(FALSE, FALSE, sizeof(guint), 1),
                           .left_out = g_string_new(NULL),
                           .links = g_array_sized_new(FALSE, FALSE, sizeof(SpLink), 1)};
    for (gsize i = 0; i < SP_FILE_FIGURES; i++) {
        areas->figures[i] = g_array_sized_new(FALSE, FALSE, sizeof(double), 1);
    }
}

void sp_file_areas_clear(SpFileAreas *areas)
{
    for (gsize i = 0; i < SP_FILE_FIGURES; i++) {
        g_array_unref(areas->figures[i]);
    }
    g_array_unref(areas->links);
    g_string_free(areas->left_out, TRUE);
    g_array_unref(areas->group);
    g_ptr_array_unref(areas->names);
    g_hash_table_unref(areas->groups);
    g_hash_table_unref(areas->numbers);
}

/* The figures of a row; *takes_part is FALSE when one is empty or leaves the area nothing to be
 * held against. */
static gboolean parse_figures(const SpFileAreas *areas, guint64 number, char *const fields[],
                              double figures[SP_FILE_FIGURES], gboolean *takes_part, GError **error)
{
    const SpOnFileRequest *request = areas->request;
    const char *const names[SP_FILE_FIGURES] = {request->observed, request->expected,
                                                request->population};
    for (gsize i = 0; i < SP_FILE_FIGURES; i++) {
        const char *text = fields[FIRST_FIGURE + i];
        figures[i] = 0.0;
        if (text == NULL) {
            continue;
        }
        if (*text != '\0' && (!sp_number_parse(text, strlen(text), sp_number_plain, &figures[i]) ||
                              figures[i] < 0.0)) {
            return sp_error_set(
                error, SP_ERROR_DATA,
                "%s: row %" G_GUINT64_FORMAT
                ": column \"%s\", want a number from 0 up or nothing, got \"%.40s\"",
                request->file, number, names[i], text);
        }
        if (*text == '\0' || (i != SP_FILE_OBSERVED && !(figures[i] > 0.0))) {
            *takes_part = FALSE;
        }
    }
    return TRUE;
}

static guint find_group(SpFileAreas *areas, const char *code)
{
    gpointer found = NULL;
    if (g_hash_table_lookup_extended(areas->groups, code, NULL, &found)) {
        return GPOINTER_TO_UINT(found);
    }
    const guint group = g_hash_table_size(areas->groups);
    g_hash_table_insert(areas->groups, g_strdup(code), GUINT_TO_POINTER(group));
    return group;
}

static void leave_out(SpFileAreas *areas, const char *name)
{
    areas->n_left_out++;
    if (areas->n_left_out <= MAX_TOLD) {
        g_string_append_printf(areas->left_out, "%s%s", areas->n_left_out > 1 ? ", " : "", name);
    } else if (areas->n_left_out == MAX_TOLD + 1) {
        g_string_append(areas->left_out, " ...");
    }
}

static gboolean take_area(gpointer data, guint64 number, char *const fields[], GError **error)
{
    SpFileAreas *areas = data;
    double figures[SP_FILE_FIGURES];
    const char *name = fields[AREA];
    gboolean takes_part = fields[GROUP] == NULL || *fields[GROUP] != '\0';
    if (*name == '\0' || g_hash_table_contains(areas->numbers, name)) {
        return sp_error_set(
            error, SP_ERROR_DATA, "%s: row %" G_GUINT64_FORMAT ": column \"%s\", \"%.40s\" %s",
            areas->request->file, number, areas->request->area, name,
            *name == '\0' ? "names no area" : "has a row already; want one row an area");
    }
    if (!parse_figures(areas, number, fields, figures, &takes_part, error)) {
        return FALSE;
    }
    char *own = g_strdup(name);
    if (!takes_part) {
        g_hash_table_insert(areas->numbers, own, GUINT_TO_POINTER(0));
        leave_out(areas, name);
        return TRUE;
    }
    const guint group = fields[GROUP] != NULL ? find_group(areas, fields[GROUP]) : 0;
    g_ptr_array_add(areas->names, own);
    g_hash_table_insert(areas->numbers, own, GUINT_TO_POINTER(areas->names->len));
    g_array_append_val(areas->group, group);
    for (gsize i = 0; i < SP_FILE_FIGURES; i++) {
        g_array_append_val(areas->figures[i], figures[i]);
    }
    return TRUE;
}

static gboolean take_link(gpointer data, guint64 number, char *const fields[], GError **error)
{
    SpFileAreas *areas = data;
    guint ends[2];
    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        gpointer found = NULL;
        if (!g_hash_table_lookup_extended(areas->numbers, fields[i], NULL, &found)) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: row %" G_GUINT64_FORMAT
                                ": \"%.40s\" is no area of %s; correct the name or drop the row",
                                areas->request->neighbours, number, fields[i],
                                areas->request->file);
        }
        ends[i] = GPOINTER_TO_UINT(found);
    }
    if (ends[0] > 0 && ends[1] > 0) {
        const SpLink link = {ends[0] - 1, ends[1] - 1};
        g_array_append_val(areas->links, link);
    }
    return TRUE;
}

gboolean sp_file_areas_read(SpFileAreas *areas, GError **error)
{
    const SpOnFileRequest *request = areas->request;
    const char *const columns[N_COLUMNS] = {[AREA] = request->area,
                                            [GROUP] = request->group,
                                            [FIRST_FIGURE + SP_FILE_OBSERVED] = request->observed,
                                            [FIRST_FIGURE + SP_FILE_EXPECTED] = request->expected,
                                            [FIRST_FIGURE + SP_FILE_POPULATION] =
                                                request->population};
    static const char *const ends[] = {"from", "to"};
    const SpFileRows file = {.path = request->file,
                             .columns = columns,
                             .n_columns = N_COLUMNS,
                             .take = take_area,
                             .data = areas};
    const SpFileRows borders = {.path = request->neighbours,
                                .columns = ends,
                                .n_columns = G_N_ELEMENTS(ends),
                                .take = take_link,
                                .data = areas};
    if (!sp_file_rows_read(&file, error) ||
        (request->neighbours != NULL && !sp_file_rows_read(&borders, error))) {
        return FALSE;
    }
    g_array_set_size(areas->links,
                     (guint)sp_links_tidy(areas->links->len, (SpLink *)areas->links->data));
    return TRUE;
}

static const double *figures_of(const SpFileAreas *areas, gsize figure)
{
    return (const double *)(gpointer)areas->figures[figure]->data;
}

SpOnFile sp_file_areas_view(const SpFileAreas *areas)
{
    const SpOnFileRequest *request = areas->request;
    return (SpOnFile){
        .n = areas->names->len,
        .area = (const char *const *)areas->names->pdata,
        .observed = figures_of(areas, SP_FILE_OBSERVED),
        .expected = figures_of(areas, SP_FILE_EXPECTED),
        .population = request->population != NULL ? figures_of(areas, SP_FILE_POPULATION) : NULL,
        .group = request->group != NULL ? (const guint *)(gpointer)areas->group->data : NULL,
        .n_groups = g_hash_table_size(areas->groups),
        .links = request->neighbours != NULL ? (const SpLink *)(gpointer)areas->links->data : NULL,
        .n_links = areas->links->len,
    };
}
