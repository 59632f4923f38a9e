/* The aggregation engine in memory: one cell for each level and tuple of result codes, exact sums,
 * and for distinct counts the set of (cell, person) pairs. This file is its life and its rows. */
#include "core/aggregate.h"

#include <string.h>

#include "core/aggregate_engine.h"
#include "core/error.h"
#include "core/number.h"

/* In `to_result`: numbers that stand for no code. */
#define NO_GROUP G_MAXUINT32
#define UNSEEN (G_MAXUINT32 - 1)

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
    SpAggregateKeyFeed *key = &aggregate->keys[i];
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
    SpAggregateMeasureFeed *measure = &aggregate->measures[i];
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
    SpAggregateKeyFeed *key = &aggregate->keys[i];
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
    guint32 cell = sp_aggregate_find_or_add_cell(aggregate);
    SpAggregateWide *values = aggregate->values + cell * spec->n_measures;
    for (gsize i = 0; i < spec->n_measures; i++) {
        SpAggregateMeasureFeed *measure = &aggregate->measures[i];
        SpAggregateWide added = measure->present;
        if (spec->measures[i].kind == SP_AGGREGATE_DISTINCT) {
            added = sp_aggregate_add_person(measure, cell, (guint32)measure->present);
        }
        sp_aggregate_add_value(&values[i], spec->measures[i].kind, added);
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
    if (!sp_aggregate_check(spec, error)) {
        return NULL;
    }
    SpAggregate *aggregate = g_new0(SpAggregate, 1);
    aggregate->sink = (SpSink){.begin = begin, .row = row};
    aggregate->spec = spec;
    aggregate->quality = quality;
    aggregate->keys = g_new0(SpAggregateKeyFeed, spec->n_keys);
    aggregate->measures = g_new0(SpAggregateMeasureFeed, spec->n_measures);
    aggregate->cells = sp_tuples_new(1 + spec->n_keys);
    aggregate->tuple = g_new0(guint32, 1 + spec->n_keys);
    for (gsize i = 0; i < spec->n_keys; i++) {
        SpAggregateKeyFeed *key = &aggregate->keys[i];
        key->inputs = sp_codes_new();
        key->results = sp_codes_new();
        key->subject = g_strdup_printf("%s: column %s", spec->origin, spec->keys[i].column);
        for (gsize k = 0; spec->keys[i].codes != NULL && k < spec->keys[i].n_codes; k++) {
            sp_codes_add(key->inputs, spec->keys[i].codes[k]);
        }
    }
    for (gsize i = 0; i < spec->n_measures; i++) {
        SpAggregateMeasureFeed *measure = &aggregate->measures[i];
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
