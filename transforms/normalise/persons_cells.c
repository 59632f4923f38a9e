/* Cells, level by level. */
#include "transforms/normalise/persons_cells.h"

#include "core/error.h"
#include "transforms/normalise/persons_distinct.h"

typedef struct {
    const SpPersonsRead *read;
    SpPersonsDistinct persons;
    gsize n_keys;
    SpCodes **results;  /* [keys] codes of the result, over all levels */
    SpTable *tables[2]; /* whole, divided */
    /* Of the present pass and level: */
    SpTuples *cells;  /* (result code of each key) */
    guint32 *cell_of; /* [leaves] */
    gint64 *values;   /* [room for n_values cells][measures] */
    guint32 *touched; /* [the same] or-ed masks */
    gsize n_values;
} Job;

static void job_clear(Job *job)
{
    sp_persons_distinct_clear(&job->persons);
    for (gsize i = 0; job->results != NULL && i < job->n_keys; i++) {
        sp_codes_unref(job->results[i]);
    }
    g_free(job->results);
    g_clear_pointer(&job->cells, sp_tuples_free);
    g_free(job->cell_of);
    g_free(job->values);
    g_free(job->touched);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Job, job_clear)

/* The text of a key in a leaf at a level; NULL if it has no group there. */
static const char *result_text(const Job *job, gsize key, gsize level, guint32 number)
{
    const SpPersonsKeySource *source = &job->read->spec->sources[key];
    const SpPersonsLevelKey *how = &job->read->spec->levels[level * job->n_keys + key];
    if (how->all != NULL) {
        return how->all;
    }
    const char *code = source->slot == SP_PERSONS_NONE
                           ? source->text
                           : sp_codes_text(job->read->codes[source->slot], number);
    return how->groups != NULL ? g_hash_table_lookup(how->groups, code) : code;
}

/* The period's code: itself, or the interval to the one that follows. */
static char *period_text(const Job *job, guint32 period)
{
    const SpPersonsPeriod *periods = job->read->periods;
    return job->persons.is_next ? g_strdup_printf("%s--%s", periods[period].text,
                                                  periods[job->persons.next.following[period]].text)
                                : g_strdup(periods[period].text);
}

/* Numbers in `results` of what a key's codes become at the present level. */
static guint32 *map_key(const Job *job, gsize key, gsize level)
{
    const SpPersonsKeySource *source = &job->read->spec->sources[key];
    gsize n = source->is_period                 ? job->read->n_periods
              : source->slot == SP_PERSONS_NONE ? 1
                                                : sp_codes_size(job->read->codes[source->slot]);
    guint32 *map = g_new(guint32, n + 1);
    for (guint32 i = 0; i < n; i++) {
        gboolean has_none = source->is_period && job->persons.is_next &&
                            job->persons.next.following[i] == SP_PERSONS_NO_CODE;
        g_autofree char *period = source->is_period && !has_none ? period_text(job, i) : NULL;
        const char *text = source->is_period ? period : result_text(job, key, level, i);
        map[i] = text == NULL ? SP_PERSONS_NO_CELL : sp_codes_add(job->results[key], text);
    }
    return map;
}

static void add_cell_room(Job *job, guint32 cell)
{
    const SpPersonsMeasures *measures = &job->read->spec->measures;
    if (cell == job->n_values) {
        job->n_values += job->n_values / 2;
        job->values = g_renew(gint64, job->values, job->n_values * measures->n);
        job->touched = g_renew(guint32, job->touched, job->n_values);
    }
    for (gsize i = 0; i < measures->n; i++) {
        job->values[cell * measures->n + i] = sp_persons_measure_start(&measures->all[i]);
    }
    job->touched[cell] = 0;
}

/* Adds a leaf to its cell. FALSE when a sum is too large. */
static gboolean add_leaf(Job *job, guint32 number, guint32 cell, GError **error)
{
    const SpPersonsMeasures *measures = &job->read->spec->measures;
    const gint64 *from = sp_persons_rows_values(job->read->rows, number);
    gint64 *to = job->values + cell * measures->n;
    guint32 mask = sp_persons_rows_leaf(job->read->rows, number).mask;
    job->touched[cell] |= mask;
    for (gsize i = 0; i < measures->n; i++) {
        const SpPersonsMeasure *measure = &measures->all[i];
        if (sp_persons_distinct_is_measure(&job->persons, measure) && (mask >> i & 1) &&
            !sp_persons_measure_add(measure, &to[i], from[i])) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: the sum of [measure %s] is beyond 64 bits; check its unit, or "
                                "keep fewer decimals",
                                job->read->input->origin, measure->is->name);
        }
    }
    return TRUE;
}

/* The cell of a leaf by the maps of its keys; SP_PERSONS_NO_CELL when it is not of this level. */
static guint32 find_cell(Job *job, guint32 number, const GPtrArray *maps, guint32 tuple[])
{
    SpPersonsLeaf leaf = sp_persons_rows_leaf(job->read->rows, number);
    if (!sp_persons_distinct_is_leaf(&job->persons, number)) {
        return SP_PERSONS_NO_CELL;
    }
    for (gsize key = 0; key < job->n_keys; key++) {
        const SpPersonsKeySource *source = &job->read->spec->sources[key];
        guint32 at = source->is_period                 ? leaf.period
                     : source->slot == SP_PERSONS_NONE ? 0
                                                       : leaf.codes[source->slot];
        tuple[key] = ((const guint32 *)maps->pdata[key])[at];
        if (tuple[key] == SP_PERSONS_NO_CELL) {
            return SP_PERSONS_NO_CELL;
        }
    }
    guint32 n_before = sp_tuples_size(job->cells);
    guint32 cell = sp_tuples_add(job->cells, tuple);
    if (cell == n_before) {
        add_cell_room(job, cell);
    }
    return cell;
}

static gboolean place_leaves(Job *job, gsize level, GError **error)
{
    guint32 n_leaves = sp_persons_rows_n_leaves(job->read->rows);
    g_autoptr(GPtrArray) maps = g_ptr_array_new_with_free_func(g_free);
    g_autofree guint32 *tuple = g_new(guint32, job->n_keys + 1);
    for (gsize key = 0; key < job->n_keys; key++) {
        g_ptr_array_add(maps, map_key(job, key, level));
    }
    for (guint32 i = 0; i < n_leaves; i++) {
        guint32 cell = find_cell(job, i, maps, tuple);
        job->cell_of[i] = cell;
        if (cell != SP_PERSONS_NO_CELL && !add_leaf(job, i, cell, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static SpReal figure_of(const Job *job, const SpPersonsMeasure *measure, gint64 value,
                        gboolean is_touched)
{
    gboolean is_extreme = measure->is->kind == SP_COUNT_MIN || measure->is->kind == SP_COUNT_MAX;
    if (!sp_persons_distinct_is_measure(&job->persons, measure)) {
        return sp_real_none(SP_NOT_APPLICABLE);
    }
    return !is_touched && (is_extreme || measure->tells_when_asked)
               ? sp_real_none(SP_MISSING)
               : sp_real(sp_number_of_fixed(value, measure->decimals));
}

/* The cells of the present level as rows. */
static void write_cells(Job *job)
{
    const SpPersonsMeasures *measures = &job->read->spec->measures;
    for (guint32 cell = 0; cell < sp_tuples_size(job->cells); cell++) {
        const guint32 *tuple = sp_tuples_at(job->cells, cell);
        gboolean is_divided = FALSE;
        for (gsize key = 0; key < job->n_keys; key++) {
            is_divided = is_divided ||
                         (job->read->spec->sources[key].slot == job->read->spec->region &&
                          sp_codes_text(job->results[key], tuple[key])[0] == SP_PERSONS_DIVIDED);
        }
        SpTable *table = job->tables[is_divided];
        gsize row = sp_table_add_row(table);
        for (gsize key = 0; key < job->n_keys; key++) {
            const char *text = sp_codes_text(job->results[key], tuple[key]);
            gboolean is_marked =
                is_divided && job->read->spec->sources[key].slot == job->read->spec->region;
            sp_table_set_code(table, row, key, is_marked ? text + 1 : text);
        }
        for (gsize i = 0; i < measures->n; i++) {
            sp_table_set_real(table, row, job->n_keys + i,
                              figure_of(job, &measures->all[i], job->values[cell * measures->n + i],
                                        (job->touched[cell] >> i & 1) != 0));
        }
    }
}

static gboolean make_level(Job *job, gsize level, GError **error)
{
    g_clear_pointer(&job->cells, sp_tuples_free);
    job->cells = sp_tuples_new(job->n_keys);
    if (!place_leaves(job, level, error)) {
        return FALSE;
    }
    sp_persons_distinct_count(&job->persons, job->cell_of, job->values);
    write_cells(job);
    return TRUE;
}

/* Columns: keys, then measures. */
static SpTable *new_table(const Job *job)
{
    const SpPersonsSpec *spec = job->read->spec;
    SpTable *table = sp_table_new(spec->name, NULL, 0);
    for (gsize key = 0; key < job->n_keys; key++) {
        const SpColumn column = {.name = spec->keys[key].column,
                                 .kind = SP_COLUMN_CODE,
                                 .is_key = TRUE,
                                 .classification = spec->keys[key].classification};
        sp_table_add_column(table, &column);
    }
    for (gsize i = 0; i < spec->measures.n; i++) {
        const SpLayoutCount *count = spec->measures.all[i].is;
        const SpColumn column = {.name = count->name,
                                 .kind = SP_COLUMN_MEASURE,
                                 .unit = count->unit,
                                 .is_additive =
                                     count->kind == SP_COUNT_ROWS || count->kind == SP_COUNT_SUM};
        sp_table_add_column(table, &column);
    }
    sp_table_set_marks(table, SP_MARK_SENSITIVE);
    return table;
}

static gboolean check_sums(const SpPersonsRead *read, GError **error)
{
    gsize measure = 0;
    const SpPersonsMeasures *measures = &read->spec->measures;
    return !sp_persons_rows_overflow(read->rows, &measure) ||
           sp_error_set(error, SP_ERROR_DATA,
                        "%s: the sum of %s is beyond 64 bits; check its unit, or keep fewer "
                        "decimals",
                        read->input->origin,
                        measure < measures->n ? measures->all[measure].is->name
                                              : "a person's quantities");
}

static gboolean make_levels(Job *job, GError **error)
{
    gint n_passes = job->read->spec->measures.has_next ? 2 : 1;
    for (gint pass = 0; pass < n_passes; pass++) {
        job->persons.is_next = pass == 1;
        for (gsize level = 0; level < job->read->spec->n_levels; level++) {
            if (!make_level(job, level, error)) {
                return FALSE;
            }
        }
    }
    return TRUE;
}

gboolean sp_persons_cells(const SpPersonsRead *read, SpTable **whole, SpTable **divided,
                          GError **error)
{
    g_auto(Job) job = {.read = read, .n_keys = read->spec->n_keys};
    *whole = NULL;
    *divided = NULL;
    if (!check_sums(read, error)) {
        return FALSE;
    }
    job.results = g_new0(SpCodes *, job.n_keys + 1);
    for (gsize key = 0; key < job.n_keys; key++) {
        job.results[key] = sp_codes_new();
    }
    *whole = job.tables[0] = new_table(&job);
    *divided = job.tables[1] = new_table(&job);
    job.n_values = 1024;
    job.values = g_new(gint64, job.n_values * read->spec->measures.n);
    job.touched = g_new(guint32, job.n_values);
    job.cell_of = g_new(guint32, sp_persons_rows_n_leaves(read->rows) + 1);
    sp_persons_distinct_init(&job.persons, read);
    return make_levels(&job, error);
}
