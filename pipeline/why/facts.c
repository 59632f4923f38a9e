/* A dataset parsed again, for the places of its rows. */
#include "pipeline/why/facts.h"

#include "core/error.h"
#include "core/period.h"
#include "pipeline/catalogue.h"
#include "pipeline/facts.h"
#include "pipeline/gather.h"
#include "pipeline/parse.h"
#include "transforms/normalise/corrections.h"
#include "transforms/normalise/division.h"
#include "transforms/normalise/levels.h"
#include "transforms/normalise/normalise.h"
#include "transforms/normalise/trace.h"

#include <string.h>

struct SpWhyFacts {
    SpPast *past;
    SpParsed parsed;
    GPtrArray *snapshots; /* SpInput*, in the order they were parsed */
    GPtrArray *traces;    /* SpTrace*, one a layout */
    SpRegions *regions;
    SpDay target;
    SpTable *corrections; /* NULL: there is no such file any more */
};

void sp_why_facts_free(SpWhyFacts *facts)
{
    if (facts == NULL) {
        return;
    }
    g_clear_pointer(&facts->traces, g_ptr_array_unref);
    g_clear_pointer(&facts->snapshots, g_ptr_array_unref);
    g_clear_pointer(&facts->regions, sp_regions_free);
    g_clear_pointer(&facts->corrections, sp_table_free);
    sp_parsed_clear(&facts->parsed);
    g_free(facts);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpWhyFacts, sp_why_facts_free)

static gboolean check_snapshots(const SpWhyFacts *facts, GError **error)
{
    for (guint i = 0; i < facts->snapshots->len; i++) {
        const SpInput *snapshot = facts->snapshots->pdata[i];
        if (snapshot->path == NULL) {
            return sp_error_set(error, SP_ERROR_NO_INPUT,
                                "the snapshot %s (%.12s) is no longer in the workspace",
                                snapshot->name, snapshot->hash);
        }
    }
    return TRUE;
}

static gboolean read_division(SpWhyFacts *facts, GError **error)
{
    const SpUnit *unit = &facts->past->unit;
    const char *day = sp_settings_text(unit->settings, "normalise.division", error);
    if (day == NULL || !sp_day_parse(day, &facts->target)) {
        return day != NULL &&
               sp_error_set(error, SP_ERROR_CONFIG,
                            "normalise.division = %s: want a day like 2024-01-01", day);
    }
    const SpTables *tables = sp_unit_read(unit, "normalise", SP_FACTS_REGIONS, error);
    facts->regions = tables != NULL ? sp_normalise_regions(tables, facts->target, error) : NULL;
    facts->corrections =
        sp_catalogue_read(sp_unit_input(unit, SP_INPUT_FILE, "korreksjoner.csv")->path,
                          "korreksjoner.csv", NULL, NULL);
    return facts->regions != NULL;
}

static gboolean read_rows(SpWhyFacts *facts, GError **error)
{
    SpUnit *unit = &facts->past->unit;
    SpParsed *parsed = &facts->parsed;
    parsed->keeps_places = TRUE;
    if (!sp_parse_open(unit, unit->unit, parsed, error)) {
        return FALSE;
    }
    if (sp_why_facts_is_persons(facts)) {
        return TRUE;
    }
    if (!sp_parse(unit, unit->unit, parsed, error)) {
        return FALSE;
    }
    for (guint i = 0; i < parsed->layouts->len; i++) {
        SpTrace *trace =
            sp_trace_new(parsed->raw->pdata[i], parsed->layouts->pdata[i], parsed->maps, error);
        if (trace == NULL) {
            return FALSE;
        }
        g_ptr_array_add(facts->traces, trace);
    }
    return TRUE;
}

static gboolean read_all(SpPast *past, gpointer data, GError **error)
{
    (void)past;
    return check_snapshots(data, error) && read_division(data, error) && read_rows(data, error);
}

SpWhyFacts *sp_why_facts_new(SpPasts *pasts, SpPast *past, GError **error)
{
    g_autoptr(SpWhyFacts) facts = g_new0(SpWhyFacts, 1);
    facts->past = past;
    facts->traces = g_ptr_array_new_with_free_func((GDestroyNotify)sp_trace_free);
    facts->snapshots = sp_unit_snapshots(&past->unit, past->unit.unit);
    return sp_past_with(pasts, past, read_all, facts, error) ? g_steal_pointer(&facts) : NULL;
}

gboolean sp_why_facts_is_persons(const SpWhyFacts *facts)
{
    const GPtrArray *layouts = facts->parsed.layouts;
    return ((const SpLayout *)layouts->pdata[0])->persons != NULL;
}

/* The number of the layout that makes a table; that of layouts, if none does. */
static guint layout_of(const SpWhyFacts *facts, const char *table)
{
    const GPtrArray *layouts = facts->parsed.layouts;
    guint i = 0;
    while (i < layouts->len && strcmp(((const SpLayout *)layouts->pdata[i])->table, table) != 0) {
        i++;
    }
    return i;
}

gboolean sp_why_facts_explain(SpWhyFacts *facts, const SpTable *table, const SpCell *cell,
                              SpExplanation *explanation, gboolean *is_of_facts, GError **error)
{
    const guint i = layout_of(facts, cell->table);
    if (i == facts->parsed.layouts->len) {
        return sp_error_set(error, SP_ERROR_NO_INPUT, "no layout of %s makes table %s",
                            facts->past->name, cell->table);
    }
    const SpLayout *layout = facts->parsed.layouts->pdata[i];
    *is_of_facts = sp_normalise_is_level(layout, cell);
    if (!sp_normalise_explain(facts->regions, facts->target, layout, cell, explanation, error)) {
        return FALSE;
    }
    if (facts->corrections != NULL) {
        (void)sp_correct_explain(facts->corrections, facts->past->unit.unit, table, cell,
                                 explanation);
    }
    return TRUE;
}

/* "row 311" of a table, "entry 42" of a document that has no rows of its own. */
static char *describe_place(const SpInput *snapshot, const SpPlaceOfRow *at)
{
    const gboolean is_document =
        strstr(snapshot->path, ".json") != NULL || strstr(snapshot->path, ".xml") != NULL;
    return g_strdup_printf("%s%s%s%s %" G_GUINT64_FORMAT, at->sheet != NULL ? "sheet " : "",
                           at->sheet != NULL ? at->sheet : "", at->sheet != NULL ? ", " : "",
                           is_document ? "entry" : "row", at->number);
}

static char *describe_codes(const SpLayout *layout, const SpTable *raw, gsize row)
{
    GString *text = g_string_new(NULL);
    for (gsize i = 0; i < sp_table_n_columns(raw); i++) {
        const SpColumn *column = sp_table_column(raw, i);
        const SpLayoutColumn *of = sp_layout_find(layout, column->name);
        if (column->kind == SP_COLUMN_CODE) {
            g_string_append_printf(
                text, "%s%s=%s", text->len > 0 ? " " : "",
                of != NULL && of->source != NULL && !of->is_spread ? of->source : column->name,
                sp_table_code(raw, row, i));
        }
    }
    return g_string_free(text, FALSE);
}

static void source_row_free(gpointer data)
{
    SpSourceRow *row = data;
    g_free(row->place);
    g_free(row->codes);
    g_free(row);
}

GPtrArray *sp_why_facts_rows(SpWhyFacts *facts, const SpCell *input)
{
    GPtrArray *found = g_ptr_array_new_with_free_func(source_row_free);
    const guint i = layout_of(facts, input->table);
    if (i >= facts->traces->len) {
        return found;
    }
    SpTrace *trace = facts->traces->pdata[i];
    const SpTable *raw = facts->parsed.raw->pdata[i];
    const GArray *places = facts->parsed.places->pdata[i];
    const gsize column = sp_trace_column(trace, input->measure);
    g_autoptr(GArray) rows = sp_trace_rows(trace, input);
    for (guint k = 0; k < rows->len; k++) {
        const gsize row = g_array_index(rows, gsize, k);
        const SpPlaceOfRow *at = &g_array_index(places, SpPlaceOfRow, row);
        SpSourceRow *one = g_new0(SpSourceRow, 1);
        one->snapshot = facts->snapshots->pdata[at->delivery];
        one->place = describe_place(one->snapshot, at);
        one->codes = describe_codes(facts->parsed.layouts->pdata[i], raw, row);
        one->has_figure = column != SP_NO_COLUMN;
        one->figure = one->has_figure ? sp_table_real(raw, row, column) : sp_real_none(SP_MISSING);
        g_ptr_array_add(found, one);
    }
    return found;
}
