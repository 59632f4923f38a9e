/* Raw table to facts in our codes: columns are recoded by dictionary, then rows are placed, then
 * figures are moved. */
#include "transforms/normalise/codes.h"

#include <string.h>

#include "core/error.h"
#include "core/table_rows.h"
#include "transforms/normalise/provisional.h"
#include "transforms/normalise/row_places.h"
#include "transforms/normalise/recode.h"

#define NO_MEASURE G_MAXUINT32

typedef struct {
    const SpTable *raw;
    gsize n_raw; /* its rows */
    const SpLayout *layout;
    SpQuality *quality;
    GPtrArray *recodes; /* SpRecode*: keys, then attributes */
    gsize n_keys;
    GArray *columns; /* SpColumn of the result: one a recode, then the measures */
    SpRowPlaces *places;
    guint32 *rows; /* [rows of raw] row of the result, SP_NO_PLACE if left out */
    gsize n_rows;  /* of the result */
    /* With contents only: */
    const guint32 *contents; /* [rows of raw], else NULL */
    guint32 *measures;       /* [size of its dictionary] number of the measure, NO_MEASURE */
} Job;

static void job_clear(Job *job)
{
    g_clear_pointer(&job->recodes, g_ptr_array_unref);
    g_clear_pointer(&job->columns, g_array_unref);
    g_clear_pointer(&job->rows, g_free);
    g_clear_pointer(&job->places, sp_row_places_free);
    g_clear_pointer(&job->measures, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Job, job_clear)

static gboolean is_code(const SpLayoutColumn *column)
{
    return column->role <= SP_ROLE_TEXT;
}

static gboolean add_recodes(Job *job, const GPtrArray *columns, gboolean is_key,
                            const SpTables *maps, GError **error)
{
    const SpLayoutColumn *period = sp_layout_find_role(job->layout, SP_ROLE_PERIOD);
    for (guint i = 0; i < columns->len; i++) {
        const SpLayoutColumn *column = g_ptr_array_index(columns, i);
        SpRecode *recode;
        if (!is_code(column) || column->is_key != is_key) {
            continue;
        }
        recode = sp_recode_new(column, job->raw, maps, error);
        if (recode == NULL) {
            return FALSE;
        }
        if (period != NULL) {
            sp_recode_by_period(recode, period, job->raw);
        }
        SpColumn spec = sp_recode_column(recode);
        g_ptr_array_add(job->recodes, recode);
        g_array_append_val(job->columns, spec);
    }
    return TRUE;
}

static void add_measures(Job *job, const GPtrArray *columns)
{
    for (guint i = 0; i < columns->len; i++) {
        const SpLayoutColumn *column = g_ptr_array_index(columns, i);
        if (column->role != SP_ROLE_MEASURE) {
            continue;
        }
        SpColumn spec = {.name = column->name,
                         .kind = SP_COLUMN_MEASURE,
                         .unit = column->unit,
                         .is_additive = column->is_additive};
        g_array_append_val(job->columns, spec);
    }
}

static gboolean job_start(Job *job, const SpTables *maps, GError **error)
{
    job->recodes = g_ptr_array_new_with_free_func((GDestroyNotify)sp_recode_free);
    job->columns = g_array_new(FALSE, TRUE, sizeof(SpColumn));
    if (!add_recodes(job, job->layout->columns, TRUE, maps, error) ||
        !add_recodes(job, job->layout->constants, TRUE, maps, error)) {
        return FALSE;
    }
    job->n_keys = job->recodes->len;
    return add_recodes(job, job->layout->columns, FALSE, maps, error) &&
           add_recodes(job, job->layout->constants, FALSE, maps, error);
}

/* Which measure each contents code names. Codes that no row holds are neither known nor unknown. */
static gboolean read_contents(Job *job, const SpLayoutColumn *column, GError **error)
{
    gsize at;
    if (!sp_table_need(job->raw, column->name, SP_COLUMN_CODE, &at, error)) {
        return FALSE;
    }
    SpCodes *codes = sp_table_codes(job->raw, at);
    guint32 n_codes = sp_codes_size(codes);
    g_autofree gsize *n_rows = g_new0(gsize, n_codes + 1);
    gsize n_known = 0;
    job->contents = sp_table_code_numbers_const(job->raw, at);
    job->measures = g_new(guint32, n_codes + 1);
    for (gsize row = 0; row < job->n_raw; row++) {
        n_rows[job->contents[row]]++;
    }
    for (guint32 code = 0; code < n_codes; code++) {
        const char *text = sp_codes_text(codes, code);
        job->measures[code] = NO_MEASURE;
        for (guint i = 0; i < job->layout->measures->len; i++) {
            const SpLayoutColumn *measure = g_ptr_array_index(job->layout->measures, i);
            if (strcmp(measure->source, text) == 0) {
                job->measures[code] = i;
                n_known += n_rows[code];
            }
        }
        if (job->measures[code] == NO_MEASURE && n_rows[code] > 0) {
            g_autofree char *subject = g_strdup_printf("%s %s", column->name, text);
            sp_quality_note(job->quality, "unknown_contents", subject, 0,
                            "%" G_GSIZE_FORMAT
                            " rows left out: layout %s has no [measure %s]; add it",
                            n_rows[code], job->layout->name, text);
        }
    }
    return n_known > 0 || job->n_raw == 0 ||
           sp_error_set(
               error, SP_ERROR_DATA,
               "layout %s: none of the contents codes (the first is \"%s\") has a [measure "
               "CODE]; is this the right table of the source?",
               job->layout->name, sp_codes_text(codes, job->contents[0]));
}

/* Our codes of a raw row. All columns are asked even when one does not know, so that each finding
 * counts all its rows. */
static gboolean recode_row(const Job *job, gsize row, guint32 codes[])
{
    gboolean is_known = TRUE;
    for (guint i = 0; i < job->recodes->len; i++) {
        if (sp_recode_leaves_out(g_ptr_array_index(job->recodes, i), row)) {
            return FALSE;
        }
    }
    for (guint i = 0; i < job->recodes->len; i++) {
        is_known &= sp_recode_row(g_ptr_array_index(job->recodes, i), row, &codes[i]);
    }
    return is_known && (job->contents == NULL || job->measures[job->contents[row]] != NO_MEASURE);
}

/* Gives every raw row its row of the result: its own, or that of its key with contents or where
 * rows that become one have a rule. */
static gboolean place_rows(Job *job, GError **error)
{
    guint width = job->recodes->len;
    g_autofree guint32 *codes = g_new(guint32, width + 1);
    job->rows = g_new(guint32, job->n_raw + 1);
    job->places =
        sp_row_places_new(job->raw, job->layout, job->recodes, job->n_keys, job->contents);
    for (gsize row = 0; row < job->n_raw; row++) {
        job->rows[row] = SP_NO_PLACE;
        if (recode_row(job, row, codes) &&
            !sp_row_places_add(job->places, row, codes, &job->rows[row], error)) {
            return FALSE;
        }
    }
    job->n_rows = sp_row_places_n_rows(job->places);
    for (guint i = 0; i < width; i++) {
        sp_recode_note(g_ptr_array_index(job->recodes, i), job->layout->header_rows,
                       sp_layout_rows_each(job->layout), job->quality);
    }
    sp_row_places_note(job->places, job->quality);
    return job->n_rows > 0 || job->n_raw == 0 ||
           sp_error_set(error, SP_ERROR_DATA,
                        "layout %s: none of the %" G_GSIZE_FORMAT
                        " rows has only codes that are ours (see kvalitet); correct the layout's "
                        "map and form",
                        job->layout->name, job->n_raw);
}

static void move_codes(const Job *job, SpTable *table)
{
    guint width = job->recodes->len;
    const guint32 *codes = sp_row_places_codes(job->places);
    g_autofree guint32 *numbers = g_new(guint32, job->n_rows + 1);
    for (guint i = 0; i < width; i++) {
        for (gsize row = 0; row < job->n_rows; row++) {
            numbers[row] = codes[row * width + i];
        }
        sp_table_set_codes(table, i, sp_recode_codes(g_ptr_array_index(job->recodes, i)), numbers);
    }
}

/* A figure in its place, added to those that are there. */
static void put(SpReal *real, guint8 *is_set, SpReal raw)
{
    *real = *is_set != 0 ? sp_real_add(*real, raw) : raw;
    *is_set = 1;
}

static gboolean move_measures(const Job *job, SpTable *table, GError **error)
{
    for (gsize to = job->recodes->len; to < sp_table_n_columns(table); to++) {
        const char *name = sp_table_column(table, to)->name;
        gsize from;
        if (!sp_table_need(job->raw, name, SP_COLUMN_MEASURE, &from, error)) {
            return FALSE;
        }
        const SpReal *raw = sp_table_reals_const(job->raw, from);
        SpReal *reals = sp_table_reals(table, to);
        g_autofree guint8 *is_set = g_new0(guint8, job->n_rows + 1);
        for (gsize row = 0; row < job->n_raw; row++) {
            if (job->rows[row] != SP_NO_PLACE) {
                put(&reals[job->rows[row]], &is_set[job->rows[row]], raw[row]);
            }
        }
    }
    return TRUE;
}

static gboolean set_twice(const SpTable *table, gsize n_keys, gsize row, gsize measure,
                          GError **error)
{
    g_autoptr(GString) key = g_string_new(NULL);
    for (gsize i = 0; i < n_keys; i++) {
        g_string_append_printf(key, "%s%s=%s", i > 0 ? ", " : "", sp_table_column(table, i)->name,
                               sp_table_code(table, row, i));
    }
    return sp_error_set(error, SP_ERROR_DATA,
                        "table %s: two figures for %s of %s; the source repeats itself, or two of "
                        "its codes became one in config/codes",
                        sp_table_name(table), sp_table_column(table, measure)->name, key->str);
}

static gboolean pivot_measures(const Job *job, SpTable *table, GError **error)
{
    gsize n_measures = job->layout->measures->len;
    gsize first = job->recodes->len;
    gboolean has_rule =
        job->layout->merged != SP_SAME_ERROR || job->layout->repeats != SP_SAME_ERROR;
    g_autofree guint8 *is_set = g_new0(guint8, job->n_rows * n_measures + 1);
    gsize value;
    if (!sp_table_need(job->raw, SP_LAYOUT_VALUE, SP_COLUMN_MEASURE, &value, error)) {
        return FALSE;
    }
    const SpReal *raw = sp_table_reals_const(job->raw, value);
    g_autofree SpReal **reals = g_new(SpReal *, n_measures + 1);
    for (gsize i = 0; i < n_measures; i++) {
        reals[i] = sp_table_reals(table, first + i);
    }
    for (gsize row = 0; row < job->n_raw; row++) {
        if (job->rows[row] == SP_NO_PLACE) {
            continue;
        }
        gsize measure = job->measures[job->contents[row]];
        guint8 *mark = &is_set[job->rows[row] * n_measures + measure];
        if (*mark != 0 && !has_rule) {
            return set_twice(table, job->n_keys, job->rows[row], first + measure, error);
        }
        put(&reals[measure][job->rows[row]], mark, raw[row]);
    }
    return TRUE;
}

SpTable *sp_normalise_codes(const SpTable *raw, const SpLayout *layout, const SpTables *maps,
                            SpQuality *quality, GError **error)
{
    g_auto(Job)
        job = {.raw = raw, .n_raw = sp_table_n_rows(raw), .layout = layout, .quality = quality};
    g_autoptr(SpTable) table = NULL;
    const SpLayoutColumn *contents = sp_layout_find_role(layout, SP_ROLE_CONTENTS);
    if (!job_start(&job, maps, error) ||
        (contents != NULL && !read_contents(&job, contents, error)) || !place_rows(&job, error)) {
        g_prefix_error(error, "table %s: ", layout->table);
        return NULL;
    }
    add_measures(&job, contents != NULL ? layout->measures : layout->columns);
    table = sp_table_new(layout->table, (const SpColumn *)(const void *)job.columns->data,
                         job.columns->len);
    sp_table_set_edition(table, sp_table_edition(raw));
    sp_table_set_marks(table, sp_table_marks(raw));
    sp_table_add_rows(table, job.n_rows);
    move_codes(&job, table);
    if (!(contents != NULL ? pivot_measures(&job, table, error)
                           : move_measures(&job, table, error)) ||
        !sp_table_check_unique(table, error) || !sp_flag_provisional(layout, table, error)) {
        return NULL;
    }
    return g_steal_pointer(&table);
}
