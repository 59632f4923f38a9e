/* Snapshots parsed by layout. */
#include "pipeline/parse.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/unpack.h"
#include "core/period.h"
#include "core/tee.h"
#include "pipeline/dataset.h"
#include "pipeline/deliveries.h"
#include "pipeline/gather.h"
#include "pipeline/layouts.h"

#include <string.h>

static const gsize max_snapshot_size = (gsize)2 * 1024 * 1024 * 1024;

void sp_parsed_clear(SpParsed *parsed)
{
    g_clear_pointer(&parsed->origin, g_free);
    g_clear_pointer(&parsed->layouts, g_ptr_array_unref);
    g_clear_pointer(&parsed->raw, g_ptr_array_unref);
    g_clear_pointer(&parsed->maps, sp_tables_free);
    g_clear_pointer(&parsed->observers, g_ptr_array_unref);
    g_clear_pointer(&parsed->files, g_ptr_array_unref);
    g_clear_pointer(&parsed->places, g_ptr_array_unref);
}

gboolean sp_parse_need(SpUnit *unit, const char *dataset, GError **error)
{
    return sp_unit_need_snapshots(unit, dataset, error) && sp_layouts_need(unit, dataset, error);
}

/* The snapshot's bytes as the source wrote them, unpacked. */
static char *read_bytes(const SpInput *snapshot, const char *dataset, const char *origin,
                        gsize *size, GError **error)
{
    char hash[SP_HASH_SIZE];
    g_autofree char *bytes = sp_file_read(snapshot->path, max_snapshot_size, size, error);
    if (bytes == NULL) {
        return NULL;
    }
    sp_hash_bytes(bytes, *size, hash);
    if (strcmp(hash, snapshot->hash) != 0) {
        sp_error_set(error, SP_ERROR_DATA,
                     "%s: the snapshot was changed after it was fetched; fetch it again with: "
                     "statpakke-fetch --unit %s",
                     snapshot->path, dataset);
        return NULL;
    }
    SpUnpackKind kind = sp_unpack_kind(snapshot->path);
    if (kind == SP_UNPACK_NONE) {
        return g_steal_pointer(&bytes);
    }
    GBytes *unpacked = sp_unpack_bytes(kind, origin, bytes, *size, max_snapshot_size, error);
    return unpacked == NULL ? NULL : g_bytes_unref_to_data(unpacked, size);
}

/* An encrypted snapshot is read by a person-level layout and by no other. */
static gboolean check_form(const SpInput *snapshot, const SpLayout *layout, GError **error)
{
    gboolean is_encrypted = g_str_has_suffix(snapshot->path, SP_SNAPSHOT_ENCRYPTED);
    return is_encrypted == (layout->persons != NULL) ||
           sp_error_set(error, SP_ERROR_DATA,
                        "the snapshot is %sencrypted, but layout %s is %sperson-level; deliver it "
                        "again, or put the layout back",
                        is_encrypted ? "" : "not ", layout->name, is_encrypted ? "not " : "");
}

char *sp_parse_origin(const SpInput *snapshot)
{
    g_autofree char *base = g_path_get_basename(snapshot->origin);
    return g_strdup_printf("%s (snapshot %.12s)", base, snapshot->hash);
}

gboolean sp_parse_open(SpUnit *unit, const char *dataset, SpParsed *parsed, GError **error)
{
    g_autoptr(GPtrArray) snapshots = sp_unit_snapshots(unit, dataset);
    g_autoptr(GString) origins = g_string_new(NULL);
    parsed->layouts = sp_layouts_read(unit, dataset, error);
    if (parsed->layouts == NULL) {
        return FALSE;
    }
    for (guint i = 0; i < snapshots->len; i++) {
        g_autofree char *origin = sp_parse_origin(snapshots->pdata[i]);
        g_string_append_printf(origins, "%s%s", i > 0 ? " + " : "", origin);
        if (!check_form(snapshots->pdata[i], parsed->layouts->pdata[0], error)) {
            return FALSE;
        }
    }
    parsed->origin = g_string_free(g_steal_pointer(&origins), FALSE);
    parsed->maps = sp_layouts_maps(unit, dataset, parsed->layouts, error);
    return parsed->maps != NULL;
}

const SpLayout *sp_parsed_layout(const SpParsed *parsed, GError **error)
{
    if (parsed->layouts->len > 1) {
        sp_error_set(error, SP_ERROR_CONFIG,
                     "%s: the dataset has %u layouts; what it is for here wants one",
                     parsed->origin, parsed->layouts->len);
        return NULL;
    }
    return parsed->layouts->pdata[0];
}

/* What the bytes tell of themselves wins over the receipt; the newest of a unit's sources is the
 * unit's. */
static void set_edition(SpParsed *parsed, const GPtrArray *snapshots)
{
    const char *edition = NULL;
    guint marks = 0;
    for (guint i = 0; i < snapshots->len; i++) {
        const SpInput *snapshot = snapshots->pdata[i];
        marks |= snapshot->marks;
        edition =
            edition == NULL || strcmp(snapshot->updated, edition) > 0 ? snapshot->updated : edition;
    }
    for (guint i = 0; i < parsed->raw->len; i++) {
        sp_table_set_edition(parsed->raw->pdata[i], edition);
        sp_table_set_marks(parsed->raw->pdata[i], marks);
    }
}

/* Whether a day is later than the one after the receipt: Oslo's clock and a server's may differ by
 * hours. */
static gboolean is_to_come(const char *updated, const char *received)
{
    enum { DAY_LENGTH = 10 }; /* of a time, the day */
    SpDay told, came;
    g_autofree char *told_day = g_strndup(updated, DAY_LENGTH);
    g_autofree char *came_day = g_strndup(received, DAY_LENGTH);
    return sp_day_parse(told_day, &told) && sp_day_parse(came_day, &came) &&
           sp_day_before(told) > came;
}

/* What a document tells of itself, unless it was not yet when the document came: then what was
 * known of the snapshot stays, and a clock that goes wrong at the source names no edition. */
static void take_time(SpUnit *unit, const char *dataset, const SpInput *snapshot,
                      const char *updated)
{
    g_autofree char *origin = sp_parse_origin(snapshot);
    if (!is_to_come(updated, snapshot->received)) {
        sp_unit_set_updated(unit, snapshot, updated);
        return;
    }
    sp_quality_note(unit->quality, "updated_to_come", dataset, 0,
                    "%s says that it was updated %s and came %.10s; %.10s counts in its place",
                    origin, updated, snapshot->received, snapshot->updated);
}

/* One delivery, through `tee`. */
static gboolean parse_bytes(SpUnit *unit, const char *dataset, const SpInput *snapshot,
                            const SpLayout *layout, SpTee *tee, GError **error)
{
    const SpExtractor *extractor = sp_dataset_extractor(dataset, error);
    g_autoptr(SpSettings) settings =
        extractor == NULL ? NULL : sp_dataset_settings(unit->context, dataset, error);
    g_autofree char *origin = sp_parse_origin(snapshot);
    g_autofree char *updated = NULL;
    gsize size = 0;
    g_autofree char *bytes =
        settings == NULL ? NULL : read_bytes(snapshot, dataset, origin, &size, error);
    const SpDocument document = {bytes, size, origin, layout, settings};
    if (bytes == NULL || !extractor->parse(&document, sp_tee_sink(tee), &updated, error) ||
        !sp_tee_check(tee, error)) {
        return FALSE;
    }
    if (updated != NULL) {
        take_time(unit, dataset, snapshot, updated);
    }
    return TRUE;
}

gboolean sp_parse(SpUnit *unit, const char *dataset, SpParsed *parsed, GError **error)
{
    if (parsed->layouts == NULL && !sp_parse_open(unit, dataset, parsed, error)) {
        return FALSE;
    }
    g_autoptr(GPtrArray) snapshots = sp_unit_snapshots(unit, dataset);
    g_autoptr(SpGather) gather = sp_gather_new(parsed->layouts, parsed->origin);
    if (parsed->keeps_places) {
        sp_gather_keep_places(gather);
    }
    g_autoptr(GPtrArray) sinks = sp_gather_sinks(gather);
    g_autoptr(SpTee) tee = sp_tee_new((SpSink *const *)sinks->pdata, sinks->len);
    for (guint i = 0; i < snapshots->len; i++) {
        const SpInput *snapshot = snapshots->pdata[i];
        g_autofree char *origin = sp_parse_origin(snapshot);
        sp_gather_next(gather, origin);
        sp_tee_observe(tee, parsed->observers != NULL ? parsed->observers->pdata[i] : NULL);
        parsed->n_read++;
        if (!parse_bytes(unit, dataset, snapshot, parsed->layouts->pdata[0], tee, error)) {
            return FALSE;
        }
    }
    parsed->is_read = TRUE;
    if (parsed->keeps_places) {
        parsed->places = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
        for (guint i = 0; i < parsed->layouts->len; i++) {
            g_ptr_array_add(parsed->places, sp_gather_places(gather, i));
        }
    }
    parsed->raw = sp_gather_steal(gather, unit->quality, error);
    if (parsed->raw == NULL) {
        return FALSE;
    }
    set_edition(parsed, snapshots);
    return TRUE;
}

gboolean sp_parse_note_missing(SpUnit *unit, const char *dataset, GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_auto(GStrv) missing = sp_deliveries_missing(unit->context, dataset, &failure);
    for (char **part = missing; part != NULL && *part != NULL; part++) {
        g_autofree char *subject = g_strdup_printf("%s %s", dataset, *part);
        sp_quality_note(unit->quality, "delivery_missing", subject, 0,
                        "there is no such delivery, though those around it came");
    }
    if (failure != NULL) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    return TRUE;
}

gboolean sp_parse_check_limits(SpUnit *unit, GError **error)
{
    gint64 limit = 0;
    const char *own = NULL;
    if (!sp_settings_text_or(unit->settings, "max_unknown_codes", NULL, &own, error) ||
        !sp_settings_int(unit->settings,
                         own != NULL ? "max_unknown_codes" : "normalise.max_unknown_codes", 0,
                         G_MAXINT32, &limit, error)) {
        return FALSE;
    }
    guint64 n = sp_quality_count(unit->quality, "unknown_code");
    if (n <= (guint64)limit) {
        return TRUE;
    }
    g_autoptr(SpTable) findings = sp_quality_table(unit->quality);
    gsize kind = sp_table_find(findings, "kind");
    gsize subject = sp_table_find(findings, "subject");
    gsize row = 0;
    while (strcmp(sp_table_code(findings, row, kind), "unknown_code") != 0) {
        row++;
    }
    return sp_error_set(error, SP_ERROR_DATA,
                        "%" G_GUINT64_FORMAT
                        " codes are in no code list, the limit is %" G_GINT64_FORMAT
                        "; the first is %s (row %s); add it to config/codes, correct the layout, "
                        "or raise normalise.max_unknown_codes",
                        n, limit, sp_table_code(findings, row, subject),
                        sp_table_code(findings, row, sp_table_find(findings, "row")));
}
