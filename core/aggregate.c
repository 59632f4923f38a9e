/* The aggregation engine in memory: one cell for each level and tuple of result codes, exact sums,
 * and for distinct counts the set of (cell, person) pairs. */
#include "core/aggregate.h"

#include <string.h>

#include "core/error.h"
#include "core/number.h"
#include "core/table_rows.h"

/* 2^64 rows of any 64-bit number fit, so a sum never wraps and the order of rows and partial
 * results cannot matter; whether the sum itself fits is asked once, when the table is made. */
__extension__ typedef __int128 Wide;

#define NO_GROUP G_MAXUINT32
#define UNSEEN (G_MAXUINT32 - 1)

typedef struct {
    gsize field;        /* in the rows of the present file */
    SpCodes *inputs;    /* the allowed codes, or those seen */
    SpCodes *results;   /* codes of the result, over all levels */
    guint32 *to_result; /* [n_mapped][n_levels], by input code: number in `results`, NO_GROUP or
                           UNSEEN */
    gsize n_mapped;
    guint32 present; /* of the present row, in `inputs` */
    char *subject;   /* of findings */
} Key;

typedef struct {
    gsize field;
    SpCodes *persons; /* DISTINCT: texts seen */
    SpTuples *pairs;  /* DISTINCT: (cell, person) */
    gint64 present;   /* of the present row: the number, or the person */
    char *subject;
} Measure;

struct SpAggregate {
    SpSink sink; /* first, so that the sink is the engine */
    const SpAggregateSpec *spec;
    SpQuality *quality;
    gsize n_fields;    /* of the present file */
    Key *keys;         /* [n_keys] */
    Measure *measures; /* [n_measures] */
    SpTuples *cells;   /* (level, result code of each key) */
    Wide *values;      /* [room for n_values cells][n_measures] */
    gsize n_values;
    guint32 *tuple; /* [1 + n_keys] */
};

static gboolean check_measure(const SpAggregateSpec *spec, const SpAggregateMeasure *measure,
                              GError **error)
{
    gboolean is_number = measure->kind == SP_AGGREGATE_SUM || measure->kind == SP_AGGREGATE_MIN ||
                         measure->kind == SP_AGGREGATE_MAX;
    if ((measure->kind == SP_AGGREGATE_COUNT) != (measure->column == NULL)) {
        return sp_error_set(error, SP_ERROR_BUG,
                            "aggregate %s: measure %s: a count has no column, all else has one",
                            spec->name, measure->name);
    }
    if (is_number &&
        ((measure->decimal != '.' && measure->decimal != ',') || measure->decimals > 9)) {
        return sp_error_set(error, SP_ERROR_BUG,
                            "aggregate %s: measure %s: want decimal sign . or , and 0-9 decimals",
                            spec->name, measure->name);
    }
    for (gsize i = 0; i < spec->n_keys; i++) {
        if (strcmp(spec->keys[i].column, measure->name) == 0) {
            return sp_error_set(error, SP_ERROR_BUG, "aggregate %s: %s is both key and measure",
                                spec->name, measure->name);
        }
    }
    return TRUE;
}

static gboolean check_spec(const SpAggregateSpec *spec, GError **error)
{
    if (spec->n_levels == 0 || spec->n_measures == 0) {
        return sp_error_set(error, SP_ERROR_BUG, "aggregate %s: no level or no measure",
                            spec->name);
    }
    for (gsize i = 0; i < spec->n_measures; i++) {
        if (!check_measure(spec, &spec->measures[i], error)) {
            return FALSE;
        }
        for (gsize k = 0; k < i; k++) {
            if (strcmp(spec->measures[i].name, spec->measures[k].name) == 0) {
                return sp_error_set(error, SP_ERROR_BUG, "aggregate %s: measure %s twice",
                                    spec->name, spec->measures[i].name);
            }
        }
    }
    for (gsize i = 1; i < spec->n_keys; i++) {
        for (gsize k = 0; k < i; k++) {
            if (strcmp(spec->keys[i].column, spec->keys[k].column) == 0) {
                return sp_error_set(error, SP_ERROR_BUG, "aggregate %s: key %s twice", spec->name,
                                    spec->keys[i].column);
            }
        }
    }
    for (gsize i = 0; i < spec->n_levels * spec->n_keys; i++) {
        if (spec->levels[i].all != NULL && spec->levels[i].groups != NULL) {
            return sp_error_set(
                error, SP_ERROR_BUG,
                "aggregate %s: level %" G_GSIZE_FORMAT " both groups %s and sums it away",
                spec->name, i / spec->n_keys + 1, spec->keys[i % spec->n_keys].column);
        }
    }
    return TRUE;
}

static gboolean find_field(const char *origin, const char *column, const char *const names[],
                           gsize n, gsize *field, GError **error)
{
    gsize n_found = 0;
    g_autoptr(GString) known = g_string_new(NULL);
    for (gsize i = 0; i < n; i++) {
        if (strcmp(names[i], column) == 0) {
            *field = i;
            n_found++;
        }
        g_string_append_printf(known, "%s%s", i > 0 ? ", " : "", names[i]);
    }
    if (n_found == 1) {
        return TRUE;
    }
    return sp_error_set(error, SP_ERROR_DATA,
                        "%s: column \"%s\" %s; the columns are %s. Fix the extract or its layout",
                        origin, column, n_found == 0 ? "is not there" : "stands more than once",
                        known->str);
}

static gboolean begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    SpAggregate *aggregate = (SpAggregate *)sink;
    const SpAggregateSpec *spec = aggregate->spec;
    aggregate->n_fields = n;
    for (gsize i = 0; i < spec->n_keys; i++) {
        if (!find_field(spec->origin, spec->keys[i].column, names, n, &aggregate->keys[i].field,
                        error)) {
            return FALSE;
        }
    }
    for (gsize i = 0; i < spec->n_measures; i++) {
        const char *column = spec->measures[i].column;
        if (column != NULL &&
            !find_field(spec->origin, column, names, n, &aggregate->measures[i].field, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean parse_key(SpAggregate *aggregate, gsize i, SpField field, guint64 number)
{
    Key *key = &aggregate->keys[i];
    if (aggregate->spec->keys[i].codes == NULL && field.size > 0 &&
        memchr(field.text, '\0', field.size) == NULL) {
        key->present = sp_codes_add_sized(key->inputs, field.text, field.size);
        return TRUE;
    }
    if (aggregate->spec->keys[i].codes == NULL ||
        !sp_codes_find_sized(key->inputs, field.text, field.size, &key->present)) {
        sp_quality_note(aggregate->quality, "unknown_code", key->subject, number,
                        "The code is empty or not in the code list; the row is left out");
        return FALSE;
    }
    return TRUE;
}

static gboolean parse_measure(SpAggregate *aggregate, gsize i, SpField field, guint64 number)
{
    const SpAggregateMeasure *spec = &aggregate->spec->measures[i];
    Measure *measure = &aggregate->measures[i];
    if (spec->kind == SP_AGGREGATE_DISTINCT) {
        if (field.size == 0 || memchr(field.text, '\0', field.size) != NULL) {
            sp_quality_note(aggregate->quality, "empty_person", measure->subject, number,
                            "There is nothing to tell whom the row is about; the row is left out");
            return FALSE;
        }
        measure->present = sp_codes_add_sized(measure->persons, field.text, field.size);
        return TRUE;
    }
    if (!sp_number_parse_fixed(field.text, field.size, spec->decimal, spec->decimals,
                               &measure->present)) {
        sp_quality_note(
            aggregate->quality, "not_a_number", measure->subject, number,
            "Want a number with decimal sign %c and at most %u decimals; the row is left out",
            spec->decimal, spec->decimals);
        return FALSE;
    }
    return TRUE;
}

/* The result code of a key's input code at a level, worked out once for each code. */
static guint32 result_of(const SpAggregate *aggregate, gsize level, gsize i)
{
    const SpAggregateSpec *spec = aggregate->spec;
    Key *key = &aggregate->keys[i];
    if (key->present >= key->n_mapped) {
        gsize n_before = key->n_mapped;
        key->n_mapped = MAX(2 * n_before, (gsize)key->present + 64);
        key->to_result = g_renew(guint32, key->to_result, key->n_mapped * spec->n_levels);
        for (gsize k = n_before * spec->n_levels; k < key->n_mapped * spec->n_levels; k++) {
            key->to_result[k] = UNSEEN;
        }
    }
    guint32 *result = &key->to_result[key->present * spec->n_levels + level];
    if (*result == UNSEEN) {
        const SpAggregateLevelKey *how = &spec->levels[level * spec->n_keys + i];
        const char *code = sp_codes_text(key->inputs, key->present);
        if (how->all != NULL) {
            code = how->all;
        } else if (how->groups != NULL) {
            code = g_hash_table_lookup(how->groups, code);
        }
        *result = code != NULL ? sp_codes_add(key->results, code) : NO_GROUP;
    }
    return *result;
}

/* The number of the cell `tuple`, with its values set to those of no rows if it is new. */
static guint32 find_or_add_cell(SpAggregate *aggregate)
{
    const SpAggregateSpec *spec = aggregate->spec;
    guint32 n_before = sp_tuples_size(aggregate->cells),
            cell = sp_tuples_add(aggregate->cells, aggregate->tuple);
    if (cell < n_before) {
        return cell;
    }
    if (cell == aggregate->n_values) {
        aggregate->n_values = MAX(64, 2 * aggregate->n_values);
        aggregate->values =
            g_renew(Wide, aggregate->values, aggregate->n_values * spec->n_measures);
    }
    for (gsize i = 0; i < spec->n_measures; i++) {
        SpAggregateKind kind = spec->measures[i].kind;
        aggregate->values[cell * spec->n_measures + i] = kind == SP_AGGREGATE_MIN   ? G_MAXINT64
                                                         : kind == SP_AGGREGATE_MAX ? G_MININT64
                                                                                    : 0;
    }
    return cell;
}

static void add_value(Wide *value, SpAggregateKind kind, Wide added)
{
    switch (kind) {
    case SP_AGGREGATE_COUNT:
    case SP_AGGREGATE_SUM:
    case SP_AGGREGATE_DISTINCT:
        *value += added;
        break;
    case SP_AGGREGATE_MIN:
        *value = MIN(*value, added);
        break;
    case SP_AGGREGATE_MAX:
        *value = MAX(*value, added);
        break;
    }
}

/* 1 if the person is new in the cell, else 0. */
static Wide add_person(Measure *measure, guint32 cell, guint32 person)
{
    guint32 n_before = sp_tuples_size(measure->pairs);
    return sp_tuples_add(measure->pairs, (const guint32[]){cell, person}) == n_before;
}

static void add_to_level(SpAggregate *aggregate, gsize level)
{
    const SpAggregateSpec *spec = aggregate->spec;
    aggregate->tuple[0] = (guint32)level;
    for (gsize i = 0; i < spec->n_keys; i++) {
        aggregate->tuple[i + 1] = result_of(aggregate, level, i);
        if (aggregate->tuple[i + 1] == NO_GROUP) {
            return;
        }
    }
    guint32 cell = find_or_add_cell(aggregate);
    Wide *values = aggregate->values + cell * spec->n_measures;
    for (gsize i = 0; i < spec->n_measures; i++) {
        Measure *measure = &aggregate->measures[i];
        Wide added = measure->present;
        if (spec->measures[i].kind == SP_AGGREGATE_DISTINCT) {
            added = add_person(measure, cell, (guint32)measure->present);
        }
        add_value(&values[i], spec->measures[i].kind, added);
    }
}

static gboolean row(SpSink *sink, guint64 number, const SpField fields[], gsize n, GError **error)
{
    SpAggregate *aggregate = (SpAggregate *)sink;
    const SpAggregateSpec *spec = aggregate->spec;
    (void)error;
    if (n != aggregate->n_fields) {
        sp_quality_note(aggregate->quality, "field_count", spec->origin, number,
                        "The row has more or fewer fields than the header; it is left out");
        return TRUE;
    }
    for (gsize i = 0; i < spec->n_keys; i++) {
        if (!parse_key(aggregate, i, fields[aggregate->keys[i].field], number)) {
            return TRUE;
        }
    }
    for (gsize i = 0; i < spec->n_measures; i++) {
        if (spec->measures[i].kind == SP_AGGREGATE_COUNT) {
            aggregate->measures[i].present = 1;
        } else if (!parse_measure(aggregate, i, fields[aggregate->measures[i].field], number)) {
            return TRUE;
        }
    }
    for (gsize level = 0; level < spec->n_levels; level++) {
        add_to_level(aggregate, level);
    }
    return TRUE;
}

SpAggregate *sp_aggregate_new(const SpAggregateSpec *spec, SpQuality *quality, GError **error)
{
    if (!check_spec(spec, error)) {
        return NULL;
    }
    SpAggregate *aggregate = g_new0(SpAggregate, 1);
    aggregate->sink = (SpSink){.begin = begin, .row = row};
    aggregate->spec = spec;
    aggregate->quality = quality;
    aggregate->keys = g_new0(Key, spec->n_keys);
    aggregate->measures = g_new0(Measure, spec->n_measures);
    aggregate->cells = sp_tuples_new(1 + spec->n_keys);
    aggregate->tuple = g_new0(guint32, 1 + spec->n_keys);
    for (gsize i = 0; i < spec->n_keys; i++) {
        Key *key = &aggregate->keys[i];
        key->inputs = sp_codes_new();
        key->results = sp_codes_new();
        key->subject = g_strdup_printf("%s: column %s", spec->origin, spec->keys[i].column);
        for (gsize k = 0; spec->keys[i].codes != NULL && k < spec->keys[i].n_codes; k++) {
            sp_codes_add(key->inputs, spec->keys[i].codes[k]);
        }
    }
    for (gsize i = 0; i < spec->n_measures; i++) {
        Measure *measure = &aggregate->measures[i];
        measure->persons = sp_codes_new();
        measure->pairs = sp_tuples_new(2);
        measure->subject = g_strdup_printf("%s: column %s", spec->origin, spec->measures[i].column);
    }
    return aggregate;
}

void sp_aggregate_free(SpAggregate *aggregate)
{
    if (aggregate == NULL) {
        return;
    }
    for (gsize i = 0; i < aggregate->spec->n_keys; i++) {
        sp_codes_unref(aggregate->keys[i].inputs);
        sp_codes_unref(aggregate->keys[i].results);
        g_free(aggregate->keys[i].to_result);
        g_free(aggregate->keys[i].subject);
    }
    for (gsize i = 0; i < aggregate->spec->n_measures; i++) {
        sp_codes_unref(aggregate->measures[i].persons);
        sp_tuples_free(aggregate->measures[i].pairs);
        g_free(aggregate->measures[i].subject);
    }
    g_free(aggregate->keys);
    g_free(aggregate->measures);
    sp_tuples_free(aggregate->cells);
    g_free(aggregate->values);
    g_free(aggregate->tuple);
    g_free(aggregate);
}

SpSink *sp_aggregate_sink(SpAggregate *aggregate)
{
    return &aggregate->sink;
}

void sp_aggregate_merge(SpAggregate *aggregate, const SpAggregate *other)
{
    const SpAggregateSpec *spec = aggregate->spec;
    guint32 n_cells = sp_tuples_size(other->cells);
    g_autofree guint32 *to_ours = g_new(guint32, MAX(n_cells, 1));
    for (guint32 cell = 0; cell < n_cells; cell++) {
        const guint32 *tuple = sp_tuples_at(other->cells, cell);
        aggregate->tuple[0] = tuple[0];
        for (gsize i = 0; i < spec->n_keys; i++) {
            aggregate->tuple[i + 1] = sp_codes_add(
                aggregate->keys[i].results, sp_codes_text(other->keys[i].results, tuple[i + 1]));
        }
        to_ours[cell] = find_or_add_cell(aggregate);
        Wide *values = aggregate->values + to_ours[cell] * spec->n_measures;
        for (gsize i = 0; i < spec->n_measures; i++) {
            if (spec->measures[i].kind != SP_AGGREGATE_DISTINCT) {
                add_value(&values[i], spec->measures[i].kind,
                          other->values[cell * spec->n_measures + i]);
            }
        }
    }
    for (gsize i = 0; i < spec->n_measures; i++) {
        Measure *measure = &aggregate->measures[i];
        const Measure *from = &other->measures[i];
        for (guint32 pair = 0; pair < sp_tuples_size(from->pairs); pair++) {
            const guint32 *numbers = sp_tuples_at(from->pairs, pair);
            guint32 person =
                sp_codes_add(measure->persons, sp_codes_text(from->persons, numbers[1]));
            guint32 cell = to_ours[numbers[0]];
            aggregate->values[cell * spec->n_measures + i] += add_person(measure, cell, person);
        }
    }
}

static SpTable *new_table(const SpAggregateSpec *spec)
{
    SpTable *table = sp_table_new(spec->name, NULL, 0);
    for (gsize i = 0; i < spec->n_keys; i++) {
        const SpColumn column = {.name = spec->keys[i].column,
                                 .kind = SP_COLUMN_CODE,
                                 .is_key = TRUE,
                                 .classification = spec->keys[i].classification};
        sp_table_add_column(table, &column);
    }
    for (gsize i = 0; i < spec->n_measures; i++) {
        SpAggregateKind kind = spec->measures[i].kind;
        const SpColumn column = {.name = spec->measures[i].name,
                                 .kind = SP_COLUMN_MEASURE,
                                 .unit = spec->measures[i].unit,
                                 .is_additive =
                                     kind == SP_AGGREGATE_COUNT || kind == SP_AGGREGATE_SUM};
        sp_table_add_column(table, &column);
    }
    sp_table_set_marks(table, SP_MARK_SENSITIVE);
    return table;
}

static gboolean set_value(SpTable *table, gsize at, const SpAggregateSpec *spec, gsize i,
                          Wide value, GError **error)
{
    const SpAggregateMeasure *measure = &spec->measures[i];
    if (value > G_MAXINT64 || value < -G_MAXINT64) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: the sum of column \"%s\" with %u decimals is beyond 64 bits; "
                            "check its unit, or keep fewer decimals",
                            spec->origin, measure->column, measure->decimals);
    }
    gboolean is_number =
        measure->kind != SP_AGGREGATE_COUNT && measure->kind != SP_AGGREGATE_DISTINCT;
    sp_table_set_real(
        table, at, spec->n_keys + i,
        sp_real(sp_number_of_fixed((gint64)value, is_number ? measure->decimals : 0)));
    return TRUE;
}

SpTable *sp_aggregate_table(const SpAggregate *aggregate, GError **error)
{
    const SpAggregateSpec *spec = aggregate->spec;
    guint32 n_cells = sp_tuples_size(aggregate->cells);
    g_autoptr(SpTable) table = new_table(spec);
    sp_table_add_rows(table, n_cells);
    for (guint32 cell = 0; cell < n_cells; cell++) {
        const guint32 *tuple = sp_tuples_at(aggregate->cells, cell);
        for (gsize i = 0; i < spec->n_keys; i++) {
            sp_table_set_code(table, cell, i,
                              sp_codes_text(aggregate->keys[i].results, tuple[i + 1]));
        }
        for (gsize i = 0; i < spec->n_measures; i++) {
            if (!set_value(table, cell, spec, i, aggregate->values[cell * spec->n_measures + i],
                           error)) {
                return NULL;
            }
        }
    }
    g_autoptr(GError) repeated = NULL;
    if (!sp_table_check_unique(table, &repeated)) {
        sp_error_set(error, SP_ERROR_BUG, "two reporting levels give the same codes: %s",
                     repeated->message);
        return NULL;
    }
    return g_steal_pointer(&table);
}
