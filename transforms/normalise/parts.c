/* Parts of regions: rows are taken in order of the other keys, so that those of one figure follow
 * on each other. */
#include "transforms/normalise/parts.h"

#include <math.h>
#include <string.h>

#include "core/error.h"
#include "core/table_rows.h"

typedef struct {
    const SpTable *facts;
    const SpTable *list;
    gsize list_to;
    gsize list_region;
    gsize part;
    gsize region;
    SpQuality *quality;
    SpTable *result; /* with the part's column still */
} Parts;

/* How many parts the list gives a region. */
static gsize count_listed(const Parts *parts, const char *region)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (gsize row = 0; row < sp_table_n_rows(parts->list); row++) {
        if (strcmp(sp_table_code(parts->list, row, parts->list_region), region) == 0) {
            g_hash_table_add(seen, (gpointer)sp_table_code(parts->list, row, parts->list_to));
        }
    }
    return g_hash_table_size(seen);
}

static gboolean check_own(const Parts *parts, gsize row, GError **error)
{
    const char *part = sp_table_code(parts->facts, row, parts->part);
    const char *region = sp_table_code(parts->facts, row, parts->region);
    for (gsize i = 0; i < sp_table_n_rows(parts->list); i++) {
        if (strcmp(sp_table_code(parts->list, i, parts->list_to), part) == 0 &&
            strcmp(sp_table_code(parts->list, i, parts->list_region), region) == 0) {
            return TRUE;
        }
    }
    return sp_error_set(error, SP_ERROR_DATA,
                        "table %s: part %s stands under region %s, which is not its own; correct "
                        "the file or the code list",
                        sp_table_name(parts->facts), part, region);
}

static char *subject_of(const Parts *parts, gsize row)
{
    GString *text = g_string_new(NULL);
    for (gsize i = 0; i < sp_table_n_columns(parts->facts); i++) {
        const SpColumn *is = sp_table_column(parts->facts, i);
        if (is->kind == SP_COLUMN_CODE && is->is_key && i != parts->part) {
            g_string_append_printf(text, "%s%s=%s", text->len > 0 ? " " : "", is->name,
                                   sp_table_code(parts->facts, row, i));
        }
    }
    return g_string_free(text, FALSE);
}

static SpReal sum_of(const Parts *parts, gsize column, const gsize rows[], gsize n)
{
    SpReal sum = sp_table_real(parts->facts, rows[0], column);
    for (gsize i = 1; i < n; i++) {
        sum = sp_real_add(sum, sp_table_real(parts->facts, rows[i], column));
    }
    return sum;
}

/* The whole and its parts: the whole counts. */
static void compare_with_whole(const Parts *parts, gsize whole, const gsize rows[], gsize n)
{
    g_autofree char *subject = subject_of(parts, whole);
    sp_quality_note(parts->quality, "parts_beside_whole", subject, 0,
                    "the region has a row as a whole and %" G_GSIZE_FORMAT
                    " for its parts; the whole counts",
                    n);
    for (gsize i = 0; i < sp_table_n_columns(parts->facts); i++) {
        const SpColumn *is = sp_table_column(parts->facts, i);
        if (is->kind != SP_COLUMN_MEASURE || !is->is_additive) {
            continue;
        }
        SpReal sum = sum_of(parts, i, rows, n);
        SpReal real = sp_table_real(parts->facts, whole, i);
        if (sp_real_is_number(sum) && sp_real_is_number(real) &&
            fabs(sum.value - real.value) > 1e-6 * fmax(1.0, fabs(real.value))) {
            sp_quality_note(parts->quality, "parts_differ", subject, 0,
                            "%s: the parts are %.9g, the whole is %.9g", is->name, sum.value,
                            real.value);
        }
    }
}

static void sum_parts(const Parts *parts, const gsize rows[], gsize n)
{
    const char *region = sp_table_code(parts->facts, rows[0], parts->region);
    gsize n_listed = count_listed(parts, region);
    gsize row = sp_table_add_row(parts->result);
    if (n < n_listed) {
        g_autofree char *subject = subject_of(parts, rows[0]);
        sp_quality_note(parts->quality, "part_missing", subject, 0,
                        "%" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT
                        " parts have a row; the region's figures are missing",
                        n, n_listed);
    }
    for (gsize i = 0; i < sp_table_n_columns(parts->facts); i++) {
        const SpColumn *is = sp_table_column(parts->facts, i);
        if (is->kind == SP_COLUMN_MEASURE) {
            gboolean is_sum = is->is_additive && n >= n_listed;
            sp_table_set_real(parts->result, row, i,
                              is_sum ? sum_of(parts, i, rows, n) : sp_real_none(SP_MISSING));
            continue;
        }
        const char *code = sp_table_code(parts->facts, rows[0], i);
        for (gsize k = 1; k < n; k++) {
            code = strcmp(code, sp_table_code(parts->facts, rows[k], i)) == 0 ? code : "";
        }
        sp_table_set_code(parts->result, row, i, i == parts->part ? "" : code);
    }
}

static void copy_row(const Parts *parts, gsize from)
{
    gsize row = sp_table_add_row(parts->result);
    for (gsize i = 0; i < sp_table_n_columns(parts->facts); i++) {
        if (sp_table_column(parts->facts, i)->kind == SP_COLUMN_MEASURE) {
            sp_table_set_real(parts->result, row, i, sp_table_real(parts->facts, from, i));
        } else {
            sp_table_set_code(parts->result, row, i, sp_table_code(parts->facts, from, i));
        }
    }
}

/* The rows of one figure [n]: the whole, its parts, or both. Keys are unique, so there is one
 * whole. */
static gboolean take_figure(const Parts *parts, gsize rows[], gsize n, GError **error)
{
    gsize n_parts = 0;
    gsize whole = SP_NO_COLUMN;
    for (gsize i = 0; i < n; i++) {
        if (sp_table_code(parts->facts, rows[i], parts->part)[0] == '\0') {
            whole = rows[i];
        } else {
            if (!check_own(parts, rows[i], error)) {
                return FALSE;
            }
            rows[n_parts++] = rows[i];
        }
    }
    if (whole == SP_NO_COLUMN) {
        sum_parts(parts, rows, n_parts);
        return TRUE;
    }
    if (n_parts > 0) {
        compare_with_whole(parts, whole, rows, n_parts);
    }
    copy_row(parts, whole);
    return TRUE;
}

/* Names of all columns but the part, and numbers of the keys among them. */
static void other_columns(const Parts *parts, GPtrArray *names, GArray *keys)
{
    for (gsize i = 0; i < sp_table_n_columns(parts->facts); i++) {
        const SpColumn *is = sp_table_column(parts->facts, i);
        if (i == parts->part) {
            continue;
        }
        g_ptr_array_add(names, (gpointer)is->name);
        if (is->kind == SP_COLUMN_CODE && is->is_key) {
            g_array_append_val(keys, i);
        }
    }
}

static gboolean is_same_figure(const SpTable *facts, const GArray *keys, gsize a, gsize b)
{
    for (guint i = 0; i < keys->len; i++) {
        const guint32 *numbers = sp_table_code_numbers_const(facts, g_array_index(keys, gsize, i));
        if (numbers[a] != numbers[b]) {
            return FALSE;
        }
    }
    return TRUE;
}

SpTable *sp_normalise_parts(const SpTable *facts, const SpLayout *layout, const SpTables *maps,
                            SpQuality *quality, GError **error)
{
    const SpLayoutColumn *column = sp_layout_find_role(layout, SP_ROLE_PART);
    const SpLayoutColumn *of = sp_layout_find_role(layout, SP_ROLE_REGION);
    Parts parts = {.facts = facts, .quality = quality};
    if (column == NULL) {
        return sp_table_copy(facts);
    }
    parts.list = sp_tables_need(maps, column->map, error);
    if (parts.list == NULL ||
        !sp_table_need(parts.list, "to", SP_COLUMN_CODE, &parts.list_to, error) ||
        !sp_table_need(parts.list, "region", SP_COLUMN_CODE, &parts.list_region, error)) {
        return NULL;
    }
    parts.part = sp_table_find(facts, column->name);
    parts.region = sp_table_find(facts, of->name);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autoptr(GArray) keys = g_array_new(FALSE, FALSE, sizeof(gsize));
    other_columns(&parts, names, keys);
    g_autofree gsize *rows =
        sp_table_order(facts, (const gsize *)(const void *)keys->data, keys->len);
    g_autoptr(SpTable) result = sp_table_copy_schema(facts, NULL);
    parts.result = result;
    for (gsize first = 0, end = 0; first < sp_table_n_rows(facts); first = end) {
        for (end = first + 1;
             end < sp_table_n_rows(facts) && is_same_figure(facts, keys, rows[first], rows[end]);
             end++) {
        }
        if (!take_figure(&parts, rows + first, end - first, error)) {
            return NULL;
        }
    }
    SpTable *chosen = sp_table_select(result, (const char *const *)names->pdata, names->len, error);
    if (chosen != NULL && !sp_table_check_unique(chosen, error)) {
        g_clear_pointer(&chosen, sp_table_free);
    }
    return chosen;
}
