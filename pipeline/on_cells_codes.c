/* A table by the hierarchies of its dimensions. */
#include "core/error.h"
#include "core/io/csv.h"
#include "pipeline/file_rows.h"
#include "pipeline/on_cells_reading.h"
#include "transforms/protect/hierarchy.h"

#include <math.h>
#include <string.h>

typedef struct {
    SpCellReading *common;
    GPtrArray *names;      /* char* of the dimensions, one NULL more */
    GPtrArray *dimensions; /* SpHierarchy */
    GArray *leaves;        /* guint32 of each inner cell, dimension by dimension */
    GArray *chosen;        /* guint32: cells of the dimensions' product that are published */
} Reading;

static gsize n_dimensions(const Reading *reading)
{
    return reading->dimensions->len;
}

static SpHierarchy *const *dimensions(const Reading *reading)
{
    return (SpHierarchy *const *)reading->dimensions->pdata;
}

/* ---- dimensions ---- */

typedef struct {
    GPtrArray *parent; /* char* */
    GPtrArray *child;
} Links;

static gboolean take_link(gpointer data, guint64 row, char *const fields[], GError **error)
{
    const Links *links = data;
    (void)row;
    (void)error;
    g_ptr_array_add(links->parent, g_strdup(fields[0]));
    g_ptr_array_add(links->child, g_strdup(fields[1]));
    return TRUE;
}

static gboolean read_dimension(Reading *reading, const char *column, const char *path,
                               GError **error)
{
    static const char *const columns[] = {"parent", "child"};
    g_autoptr(GPtrArray) parent = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) child = g_ptr_array_new_with_free_func(g_free);
    Links links = {parent, child};
    const SpFileRows rows = {path, columns, G_N_ELEMENTS(columns), NULL, take_link, &links};
    char *name = g_strdup(column);
    g_ptr_array_add(reading->names, name);
    if (!sp_file_rows_read(&rows, error)) {
        return FALSE;
    }
    SpHierarchy *dimension = sp_hierarchy_new(name, parent->len, (const char *const *)parent->pdata,
                                              (const char *const *)child->pdata, error);
    if (dimension == NULL) {
        g_prefix_error(error, "%s: ", path);
        return FALSE;
    }
    g_ptr_array_add(reading->dimensions, dimension);
    return TRUE;
}

/* The file's columns that have a hierarchy, in the order of the file; hierarchies of other columns
 * are of other tables. */
static gboolean read_dimensions(Reading *reading, GError **error)
{
    const char *folder = reading->common->request->hierarchies;
    g_auto(GStrv) columns = sp_file_rows_columns(reading->common->request->file, error);
    if (columns == NULL) {
        return FALSE;
    }
    for (char **column = columns; *column != NULL; column++) {
        g_autofree char *file = g_strconcat(*column, ".csv", NULL);
        g_autofree char *path = g_build_filename(folder, file, NULL);
        if (g_file_test(path, G_FILE_TEST_EXISTS) &&
            !read_dimension(reading, *column, path, error)) {
            return FALSE;
        }
    }
    g_autofree char *there = g_strjoinv(", ", columns);
    return n_dimensions(reading) > 0 ||
           sp_error_set(error, SP_ERROR_NO_INPUT,
                        "%s: there is no file COLUMN.csv (parent,child) of a column of %s, which "
                        "has %.400s; write one a dimension",
                        folder, reading->common->request->file, there);
}

/* ---- inner cells ---- */

static gboolean parse_code(const Reading *reading, const SpFieldPlace *place, gsize dimension,
                           const char *text, guint32 *code, GError **error)
{
    return sp_hierarchy_find(dimensions(reading)[dimension], text, code) ||
           sp_field_refuse(place, text, "a code of its hierarchy", error);
}

static char *key_of(const guint32 codes[], gsize n)
{
    GString *key = g_string_new(NULL);
    for (gsize i = 0; i < n; i++) {
        g_string_append_printf(key, "%" G_GUINT32_FORMAT ",", codes[i]);
    }
    return g_string_free(key, FALSE);
}

/* Rows of the same codes are one inner cell. */
static gboolean take_inner(gpointer data, guint64 row, char *const fields[], GError **error)
{
    Reading *reading = data;
    SpCellReading *common = reading->common;
    const gsize n = n_dimensions(reading);
    double count = 0.0;
    gpointer found = NULL;
    g_autofree guint32 *codes = g_new(guint32, n);
    for (gsize i = 0; i < n; i++) {
        const SpFieldPlace place = {common->request->file, row, dimensions(reading)[i]->name};
        if (!parse_code(reading, &place, i, fields[i], &codes[i], error)) {
            return FALSE;
        }
        if (codes[i] >= dimensions(reading)[i]->n_leaves) {
            return sp_field_refuse(&place, fields[i], "a code that is no sum of others", error);
        }
    }
    g_autofree char *key = key_of(codes, n);
    if (!sp_cell_count_parse(common, row, fields + n, &count, error)) {
        return FALSE;
    }
    if (g_hash_table_lookup_extended(common->inner_names, key, NULL, &found)) {
        g_array_index(common->files->inner, double, GPOINTER_TO_UINT(found)) += count;
        return TRUE;
    }
    g_hash_table_insert(common->inner_names, g_steal_pointer(&key),
                        GUINT_TO_POINTER(common->files->inner->len));
    g_array_append_vals(reading->leaves, codes, (guint)n);
    sp_cell_add_inner(common, count, FALSE);
    return TRUE;
}

/* Where zeros are hidden, those that have no row are: their absence would tell them. */
static void add_absent(Reading *reading)
{
    const gsize n = n_dimensions(reading);
    GHashTable *names = reading->common->inner_names;
    g_autofree guint32 *codes = g_new0(guint32, n);
    gsize turned;
    do {
        char *key = key_of(codes, n);
        if (g_hash_table_contains(names, key)) {
            g_free(key);
        } else {
            g_hash_table_insert(names, key, GUINT_TO_POINTER(reading->common->files->inner->len));
            g_array_append_vals(reading->leaves, codes, (guint)n);
            sp_cell_add_inner(reading->common, 0.0, FALSE);
        }
        for (turned = n; turned > 0; turned--) {
            if (++codes[turned - 1] < dimensions(reading)[turned - 1]->n_leaves) {
                break;
            }
            codes[turned - 1] = 0;
        }
    } while (turned > 0);
}

static gboolean read_inner(Reading *reading, GError **error)
{
    const SpCellReading *common = reading->common;
    const gsize n = n_dimensions(reading);
    g_autofree const char **columns = g_new0(const char *, n + SP_COUNT_COLUMNS);
    g_autofree gboolean *may_lack = g_new0(gboolean, n + SP_COUNT_COLUMNS);
    memcpy(columns, reading->names->pdata, n * sizeof *columns);
    sp_cell_count_columns(common->request, columns + n, may_lack + n);
    const SpFileRows rows = {
        common->request->file, columns, n + SP_COUNT_COLUMNS, may_lack, take_inner, reading};
    if (!sp_file_rows_read(&rows, error)) {
        return FALSE;
    }
    if (common->request->hides_zeros) {
        add_absent(reading);
    }
    for (guint i = 0; i < common->is_singleton->len; i++) {
        const double count = g_array_index(common->files->inner, double, i);
        const double alone = common->request->hides_zeros ? 0.0 : 1.0;
        g_array_index(common->is_singleton, gboolean, i) = fabs(count - alone) < 0.5;
    }
    return TRUE;
}

/* ---- published cells ---- */

static void choose(Reading *reading, guint32 cell, double rank, gboolean is_forced)
{
    const gboolean is_primary = FALSE;
    g_array_append_val(reading->chosen, cell);
    g_array_append_val(reading->common->is_primary, is_primary);
    g_array_append_val(reading->common->rank, rank);
    g_array_append_val(reading->common->is_forced, is_forced);
}

static void add_label(Reading *reading, const char *const codes[])
{
    GString *label = g_string_new(NULL);
    for (gsize i = 0; i < n_dimensions(reading); i++) {
        g_autofree char *quoted = sp_csv_quote(codes[i], ',');
        g_string_append_printf(label, "%s%s", i > 0 ? "," : "", quoted);
    }
    g_ptr_array_add(reading->common->files->labels, g_string_free(label, FALSE));
}

/* Every choice of a code in each dimension. */
static void choose_all(Reading *reading, gsize n_cells)
{
    const gsize n = n_dimensions(reading);
    g_autofree const char **codes = g_new(const char *, n);
    for (gsize cell = 0; cell < n_cells; cell++) {
        gsize rest = cell;
        for (gsize i = n; i > 0; i--) {
            const GPtrArray *all = dimensions(reading)[i - 1]->codes;
            codes[i - 1] = all->pdata[rest % all->len];
            rest /= all->len;
        }
        add_label(reading, codes);
        choose(reading, (guint32)cell, INFINITY, FALSE);
    }
    reading->common->files->label_columns = g_strdupv((char **)reading->names->pdata);
}

/* `cell`, then the rank, whether it is forced, and the codes. */
enum { CELL, RANK, FORCED, CODES };

static gboolean take_cell(gpointer data, guint64 row, char *const fields[], GError **error)
{
    Reading *reading = data;
    SpCellReading *common = reading->common;
    const gsize n = n_dimensions(reading);
    const SpFieldPlace name = {common->request->cells, row, "cell"};
    const SpFieldPlace rank_place = {common->request->cells, row, "candidate_rank"};
    const SpFieldPlace forced_place = {common->request->cells, row, "forced"};
    double rank = 0.0;
    gboolean is_forced = FALSE;
    g_autofree guint32 *codes = g_new(guint32, n);
    for (gsize i = 0; i < n; i++) {
        const SpFieldPlace place = {common->request->cells, row, dimensions(reading)[i]->name};
        if (!parse_code(reading, &place, i, fields[CODES + i], &codes[i], error)) {
            return FALSE;
        }
    }
    if (!sp_cell_rank_parse(&rank_place, fields[RANK], FALSE, &rank, error) ||
        !sp_cell_flag_parse(&forced_place, fields[FORCED], &is_forced, error)) {
        return FALSE;
    }
    if (!g_hash_table_add(common->cell_names, g_strdup(fields[CELL]))) {
        return sp_field_refuse(&name, fields[CELL], "a name that no other row has", error);
    }
    g_ptr_array_add(common->files->labels, sp_csv_quote(fields[CELL], ','));
    choose(reading, sp_hierarchies_cell(dimensions(reading), n, codes), rank, is_forced);
    return TRUE;
}

static gboolean choose_named(Reading *reading, GError **error)
{
    static const char *const label[] = {"cell", NULL};
    const gsize n = n_dimensions(reading);
    g_autofree const char **columns = g_new0(const char *, n + CODES);
    g_autofree gboolean *may_lack = g_new0(gboolean, n + CODES);
    columns[CELL] = "cell";
    columns[RANK] = "candidate_rank";
    columns[FORCED] = "forced";
    may_lack[RANK] = TRUE;
    may_lack[FORCED] = TRUE;
    memcpy(columns + CODES, reading->names->pdata, n * sizeof *columns);
    reading->common->files->label_columns = g_strdupv((char **)(gpointer)label);
    const SpFileRows rows = {
        reading->common->request->cells, columns, n + CODES, may_lack, take_cell, reading};
    return sp_file_rows_read(&rows, error);
}

/* ---- the table ---- */

static gboolean read_all(Reading *reading, GError **error)
{
    gsize n_cells = 0;
    if (!read_dimensions(reading, error)) {
        return FALSE;
    }
    g_ptr_array_add(reading->names, NULL);
    if (!sp_hierarchies_n_cells(dimensions(reading), n_dimensions(reading), &n_cells, error) ||
        !read_inner(reading, error)) {
        return FALSE;
    }
    if (reading->common->request->cells == NULL) {
        choose_all(reading, n_cells);
    } else if (!choose_named(reading, error)) {
        return FALSE;
    }
    g_autoptr(SpDesign) whole = sp_hierarchies_design(
        dimensions(reading), n_dimensions(reading), reading->common->files->inner->len,
        (const guint32 *)(gpointer)reading->leaves->data);
    reading->common->files->design = sp_design_choose(
        whole, reading->chosen->len, (const guint32 *)(gpointer)reading->chosen->data);
    return TRUE;
}

gboolean sp_cell_files_read_codes(SpCellReading *common, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)sp_hierarchy_free);
    g_autoptr(GArray) leaves = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_autoptr(GArray) chosen = g_array_new(FALSE, FALSE, sizeof(guint32));
    Reading reading = {common, names, all, leaves, chosen};
    return read_all(&reading, error);
}
