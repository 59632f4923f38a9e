/* Person-level datasets: snapshot, key, parser and counts joined. */
#include "pipeline/persons.h"

#include "core/error.h"
#include "pipeline/catalogue.h"
#include "pipeline/dataset.h"
#include "pipeline/keyfile.h"
#include "transforms/normalise/persons.h"

#include <string.h>

static gboolean push(const void *bytes, gsize size, gpointer data, GError **error)
{
    SpParser *parser = data;
    return parser->push(parser, bytes, size, error);
}

/* Pushes the plain text of the snapshot through the extractor's parser. */
static gboolean pour(SpUnit *unit, const SpParsed *parsed, SpSink *sink, GError **error)
{
    const SpInput *snapshot = parsed->snapshot;
    const SpExtractor *extractor = sp_dataset_extractor(unit->unit, error);
    g_autoptr(SpSettings) settings =
        extractor == NULL ? NULL : sp_dataset_settings(unit->context, unit->unit, error);
    if (settings == NULL) {
        return FALSE;
    }
    if (extractor->open == NULL) {
        return sp_error_set(error, SP_ERROR_CONFIG, "the source %s has no person-level files",
                            extractor->name);
    }
    g_autoptr(SpKey) key = sp_keyfile_read(unit->context, error);
    g_autoptr(SpParser) parser =
        key == NULL ? NULL : extractor->open(parsed->origin, parsed->layout, settings, sink, error);
    if (parser == NULL || !sp_crypt_read(key, snapshot->path, push, parser, error)) {
        return FALSE;
    }
    SpParser *whole = g_steal_pointer(&parser);
    return whole->close(whole, error);
}

/* The first rule that was broken, for the message: its kind, column and row, never its content. */
static char *first_broken(const SpQuality *quality)
{
    static const char *const others[] = {"rows_counted", "outside_filter"};
    g_autoptr(SpTable) findings = sp_quality_table(quality);
    gsize kind = sp_table_find(findings, "kind");
    for (gsize row = 0; row < sp_table_n_rows(findings); row++) {
        const char *text = sp_table_code(findings, row, kind);
        if (strcmp(text, others[0]) != 0 && strcmp(text, others[1]) != 0) {
            return g_strdup_printf("%s, %s, first in row %s", text,
                                   sp_table_code(findings, row, sp_table_find(findings, "subject")),
                                   sp_table_code(findings, row, sp_table_find(findings, "row")));
        }
    }
    return g_strdup("none");
}

static gboolean check_share(const SpUnit *unit, const SpParsed *parsed, const SpPersons *persons,
                            GError **error)
{
    double limit = 0.0;
    if (!sp_settings_double(unit->settings, "normalise.max_invalid_share", 0.0, 1.0, &limit,
                            error)) {
        return FALSE;
    }
    guint64 n = sp_persons_n_rows(persons);
    guint64 n_out = sp_persons_n_left_out(persons);
    if ((double)n_out <= limit * (double)n) {
        return TRUE;
    }
    g_autofree char *broken = first_broken(unit->quality);
    return sp_error_set(error, SP_ERROR_DATA,
                        "%s: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
                        " rows break a rule (such as %s), which is more than "
                        "normalise.max_invalid_share = %g; amend layout or code lists, or ask the "
                        "sender",
                        parsed->origin, n_out, n, broken, limit);
}

SpTable *sp_parse_persons(SpUnit *unit, const SpParsed *parsed, const SpRegions *regions,
                          SpDay target, const SpTable *weights, GError **error)
{
    const SpInput *snapshot = parsed->snapshot;
    g_autoptr(SpTable) bands = sp_catalogue_read(
        sp_unit_input(unit, SP_INPUT_FILE, SP_LAYOUT_BANDS)->path, "aldersgruppe", NULL, error);
    const SpPersonsInput input = {.layout = parsed->layout,
                                  .origin = parsed->origin,
                                  .maps = parsed->maps,
                                  .bands = bands,
                                  .regions = regions,
                                  .target = target,
                                  .quality = unit->quality};
    g_autoptr(SpPersons) persons = bands == NULL ? NULL : sp_persons_new(&input, error);
    if (persons == NULL || !pour(unit, parsed, sp_persons_sink(persons), error) ||
        !check_share(unit, parsed, persons, error)) {
        return NULL;
    }
    SpTable *facts = sp_persons_table(persons, weights, error);
    if (facts != NULL) {
        guint marks = snapshot->marks | SP_MARK_SENSITIVE;
        sp_table_set_edition(facts, snapshot->updated);
        sp_table_set_marks(facts, marks & SP_MARK_SYNTHETIC ? marks : marks | SP_MARK_RESTRICTED);
    }
    return facts;
}
