/* Person-level datasets: snapshot, key, parser and counts joined. */
#include "pipeline/persons.h"

#include "core/error.h"
#include "core/io/unpack.h"
#include "core/tee.h"
#include "pipeline/catalogue.h"
#include "pipeline/dataset.h"
#include "pipeline/deliveries.h"
#include "pipeline/guard/access_log.h"
#include "pipeline/keyfile.h"
#include "pipeline/snapshots.h"
#include "transforms/normalise/persons.h"

#include <malloc.h>
#include <string.h>

static const gsize max_unpacked = (gsize)16 * 1024 * 1024 * 1024;

/* A block beyond this is the system's own and goes back to it when it is freed or moved. By default
 * glibc raises the limit with each such block, up to 32 MiB: arrays that grow side by side then
 * leave holes as large as themselves (measured: 32 MiB of 170 for two national years). */
enum { LARGE_BLOCK = 128 * 1024 };

/* What one layout counts, with its findings apart: the same row may break a rule of each. */
typedef struct {
    const SpLayout *layout;
    SpPersons *persons;
    SpQuality *quality;
    SpQuality *of_file; /* of the file that is read */
} Count;

static void count_free(Count *count)
{
    sp_persons_free(count->persons);
    sp_quality_free(count->quality);
    sp_quality_free(count->of_file);
    g_free(count);
}

static gboolean push(const void *bytes, gsize size, gpointer data, GError **error)
{
    SpParser *parser = data;
    return parser->push(parser, bytes, size, error);
}

static gboolean unpack(const void *bytes, gsize size, gpointer data, GError **error)
{
    return sp_unpack_push(data, bytes, size, error);
}

/* "HASH.csv.gz.spenc": how the plain text is packed. */
static SpUnpackKind packed_kind(const SpInput *snapshot)
{
    g_autofree char *name =
        g_strndup(snapshot->path, strlen(snapshot->path) - strlen(SP_SNAPSHOT_ENCRYPTED));
    return sp_unpack_kind(name);
}

/* Pushes the plain text of one snapshot through the extractor's parser; `input` has all but its
 * origin and settings. */
static gboolean pour(const SpUnit *unit, const SpInput *snapshot, SpParserInput input, SpSink *sink,
                     GError **error)
{
    const SpExtractor *extractor = sp_dataset_extractor(unit->unit, error);
    g_autoptr(SpSettings) settings =
        extractor == NULL ? NULL : sp_dataset_settings(unit->context, unit->unit, error);
    g_autofree char *origin = sp_parse_origin(snapshot);
    if (settings == NULL) {
        return FALSE;
    }
    if (extractor->open == NULL) {
        return sp_error_set(error, SP_ERROR_CONFIG, "the source %s has no person-level files",
                            extractor->name);
    }
    const SpAccessTo access = {.snapshot = snapshot->path,
                               .dataset = unit->unit,
                               .stage = unit->stage->name,
                               .unit = unit->unit};
    if (!sp_access_log_add(unit->context, &access, error)) {
        return FALSE;
    }
    g_autoptr(SpKey) key = sp_keyfile_read_for(unit->context, snapshot->path, error);
    input.origin = origin;
    input.settings = settings;
    g_autoptr(SpParser) parser = key == NULL ? NULL : extractor->open(&input, sink, error);
    g_autoptr(SpUnpack) packed = parser == NULL ? NULL
                                                : sp_unpack_open(packed_kind(snapshot), origin,
                                                                 max_unpacked, push, parser, error);
    g_autoptr(GError) failure = NULL;
    if (packed == NULL) {
        return FALSE;
    }
    if (!sp_crypt_read(key, snapshot->path, unpack, packed, &failure)) {
        /* An error of the file in the store says nothing of which delivery it is. */
        if (strstr(failure->message, origin) == NULL) {
            g_prefix_error(&failure, "%s: ", origin);
        }
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    if (!sp_unpack_close(g_steal_pointer(&packed), error)) {
        return FALSE;
    }
    SpParser *whole = g_steal_pointer(&parser);
    return whole->close(whole, error);
}

/* The first rule that was broken, for the message: its kind, column and row, never its content. */
static char *first_broken(const SpQuality *quality)
{
    static const char *const others[] = {"rows_counted", "outside_filter", "delivery_missing",
                                         NULL};
    g_autoptr(SpTable) findings = sp_quality_table(quality);
    gsize kind = sp_table_find(findings, "kind");
    for (gsize row = 0; row < sp_table_n_rows(findings); row++) {
        const char *text = sp_table_code(findings, row, kind);
        if (!g_strv_contains(others, text)) {
            return g_strdup_printf("%s, %s, first in row %s", text,
                                   sp_table_code(findings, row, sp_table_find(findings, "subject")),
                                   sp_table_code(findings, row, sp_table_find(findings, "row")));
        }
    }
    return g_strdup("none");
}

/* `n_out` of `n` rows break a rule, as `quality` tells. */
static gboolean check_share(const SpUnit *unit, SpParsed *parsed, guint64 n_out, guint64 n,
                            const SpQuality *quality, GError **error)
{
    double limit = 0.0;
    if (!sp_settings_double(unit->settings, "normalise.max_invalid_share", 0.0, 1.0, &limit,
                            error)) {
        return FALSE;
    }
    if ((double)n_out <= limit * (double)n) {
        return TRUE;
    }
    g_autofree char *broken = first_broken(quality);
    parsed->is_of_rows = TRUE;
    return sp_error_set(error, SP_ERROR_DATA,
                        "%s: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
                        " rows break a rule (such as %s), which is more than "
                        "normalise.max_invalid_share = %g; amend layout or code lists, or ask the "
                        "sender",
                        parsed->origin, n_out, n, broken, limit);
}

/* Counts the rows that the reader hands on. */
typedef struct {
    SpSink sink; /* first: a pointer to it is one to this */
    SpSink *to;
    guint64 n_rows;
    guint64 n_left_out; /* by the reader's own rules */
} Reading;

static gboolean begin_reading(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    SpSink *to = ((Reading *)sink)->to;
    return to->begin(to, names, n, error);
}

static gboolean count_row(SpSink *sink, guint64 number, const SpField fields[], gsize n,
                          GError **error)
{
    Reading *reading = (Reading *)sink;
    reading->n_rows++;
    return reading->to->row(reading->to, number, fields, n, error);
}

/* A sink for each layout. */
static GPtrArray *open_counts(const SpParsed *parsed, const SpPersonsInput *common, GError **error)
{
    g_autoptr(GPtrArray) counts = g_ptr_array_new_with_free_func((GDestroyNotify)count_free);
    for (guint i = 0; i < parsed->layouts->len; i++) {
        Count *count = g_new0(Count, 1);
        g_ptr_array_add(counts, count);
        count->layout = parsed->layouts->pdata[i];
        count->quality = sp_quality_new();
        SpPersonsInput input = *common;
        input.layout = count->layout;
        input.quality = count->quality;
        count->persons = sp_persons_new(&input, error);
        if (count->persons == NULL) {
            return NULL;
        }
    }
    return g_steal_pointer(&counts);
}

static void file_free(gpointer data)
{
    SpParsedFile *file = data;
    sp_quality_free(file->broken);
    g_ptr_array_unref(file->periods);
    g_free(file);
}

/* What messages name from now on, and what is told of one file alone. */
static void begin_file(const GPtrArray *counts, const char *origin)
{
    for (guint i = 0; i < counts->len; i++) {
        Count *count = counts->pdata[i];
        sp_quality_free(count->of_file);
        count->of_file = sp_quality_new();
        sp_persons_next_file(count->persons, origin, count->of_file);
    }
}

/* The same bytes as two deliveries, as when last year's file got this year's name, would count all
 * that they hold twice. */
static gboolean check_once(const GPtrArray *snapshots, GError **error)
{
    for (guint i = 0; i < snapshots->len; i++) {
        for (guint k = 0; k < i; k++) {
            const SpInput *one = snapshots->pdata[k];
            const SpInput *two = snapshots->pdata[i];
            if (strcmp(one->hash, two->hash) == 0) {
                return sp_error_set(error, SP_ERROR_DATA,
                                    "%s and %s hold the same bytes, which would count twice; "
                                    "deliver each its own",
                                    sp_delivery_name(one->origin), sp_delivery_name(two->origin));
            }
        }
    }
    return TRUE;
}

/* Takes what the layouts noticed of the file. All of them read the same rows and columns. */
static void end_file(const GPtrArray *counts, const char *origin, SpParsedFile *file)
{
    for (guint i = 0; i < counts->len; i++) {
        const Count *count = counts->pdata[i];
        g_autoptr(GPtrArray) periods = sp_persons_file_periods(count->persons);
        sp_quality_join(file->broken, count->of_file);
        for (guint k = 0; i == 0 && k < periods->len; k++) {
            g_ptr_array_add(file->periods, g_strdup(periods->pdata[k]));
        }
        sp_persons_next_file(count->persons, origin, NULL);
    }
}

/* One delivery. What its reader leaves out is told of it alone and of the dataset. */
static gboolean read_file(SpUnit *unit, SpParsed *parsed, const SpInput *snapshot,
                          const GPtrArray *counts, Reading *reading, GError **error)
{
    g_autofree char *origin = sp_parse_origin(snapshot);
    SpParsedFile *file = g_new0(SpParsedFile, 1);
    file->broken = sp_quality_new();
    file->periods = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(parsed->files, file);
    parsed->n_read++;
    const SpParserInput input = {.layout = parsed->layouts->pdata[0],
                                 .lists = parsed->maps,
                                 .quality = file->broken,
                                 .n_left_out = &reading->n_left_out};
    begin_file(counts, origin);
    gboolean is_read = pour(unit, snapshot, input, &reading->sink, error);
    sp_quality_add(unit->quality, file->broken, NULL);
    end_file(counts, parsed->origin, file);
    return is_read;
}

/* All deliveries, one after the other. */
static gboolean read_all(SpUnit *unit, SpParsed *parsed, const GPtrArray *counts, GError **error)
{
    Reading reading = {.sink = {.begin = begin_reading, .row = count_row}};
    g_autoptr(GPtrArray) snapshots = sp_unit_snapshots(unit, unit->unit);
    g_autoptr(GPtrArray) sinks = g_ptr_array_new();
    if (!check_once(snapshots, error)) {
        return FALSE;
    }
    for (guint i = 0; i < counts->len; i++) {
        g_ptr_array_add(sinks, sp_persons_sink(((Count *)counts->pdata[i])->persons));
    }
    g_autoptr(SpTee) tee = sp_tee_new((SpSink *const *)sinks->pdata, sinks->len);
    reading.to = sp_tee_sink(tee);
    parsed->files = g_ptr_array_new_with_free_func(file_free);
    for (guint i = 0; i < snapshots->len; i++) {
        if (!read_file(unit, parsed, snapshots->pdata[i], counts, &reading, error)) {
            return FALSE;
        }
    }
    parsed->is_read = TRUE;
    return check_share(unit, parsed, reading.n_left_out, reading.n_left_out + reading.n_rows,
                       unit->quality, error);
}

/* The facts of one layout, as sensitive as their sources. */
static gboolean add_facts(SpUnit *unit, const Count *count, const SpTable *weights, SpTables *into,
                          GError **error)
{
    SpTable *facts = sp_persons_table(count->persons, weights, error);
    if (facts == NULL) {
        return FALSE;
    }
    guint marks = unit->marks | SP_MARK_SENSITIVE;
    sp_table_set_edition(facts, unit->updated);
    sp_table_set_marks(facts, marks & SP_MARK_SYNTHETIC ? marks : marks | SP_MARK_RESTRICTED);
    sp_tables_add(into, facts);
    return TRUE;
}

gboolean sp_parse_persons(SpUnit *unit, SpParsed *parsed, const SpTarget *target, SpTables *into,
                          GError **error)
{
    g_autoptr(SpTable) bands = sp_catalogue_read(
        sp_unit_input(unit, SP_INPUT_FILE, SP_LAYOUT_BANDS)->path, "aldersgruppe", NULL, error);
    (void)mallopt(M_MMAP_THRESHOLD, LARGE_BLOCK);
    g_autoptr(SpPersonsKeys) keys = sp_persons_keys_new();
    const SpPersonsInput common = {.origin = parsed->origin,
                                   .maps = parsed->maps,
                                   .bands = bands,
                                   .regions = target->regions,
                                   .target = target->day,
                                   .keys = keys};
    g_autoptr(GPtrArray) counts = bands == NULL ? NULL : open_counts(parsed, &common, error);
    if (counts == NULL || !read_all(unit, parsed, counts, error)) {
        return FALSE;
    }
    g_clear_pointer(&keys, sp_persons_keys_free); /* their numbers are enough from here on */
    for (guint i = 0; i < counts->len; i++) {
        const Count *count = counts->pdata[i];
        gboolean is_made = check_share(unit, parsed, sp_persons_n_left_out(count->persons),
                                       sp_persons_n_rows(count->persons), count->quality, error) &&
                           add_facts(unit, count, target->weights, into, error);
        /* Told also where there are too many, and those that only the making of the table finds. */
        sp_quality_add(unit->quality, count->quality,
                       counts->len > 1 ? count->layout->table : NULL);
        if (!is_made) {
            return FALSE;
        }
    }
    return TRUE;
}
