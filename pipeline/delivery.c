/* Reports to senders. */
#include "pipeline/delivery.h"

#include "core/io/files.h"
#include "pipeline/catalogue.h"
#include "pipeline/dataset.h"
#include "pipeline/delivery_text.h"
#include "pipeline/inbox.h"

#include <string.h>

#define TEXTS "rapport.csv"
#define STOPS "rapport_stans.csv"
#define ORIGIN "inbox:"
enum { MAX_REPORT_SIZE = 16 * 1024 * 1024 };

/* One file and the report of it. */
typedef struct {
    SpInspect *inspect; /* NULL: person-level */
    char *folder;       /* inbox/SOURCE */
    char *file;         /* name of the delivery */
    char *path;         /* of the report */
    char *snapshot;     /* path of its bytes */
} Report;

struct SpDelivery {
    SpUnit *unit;
    const SpParsed *parsed;
    const SpRegions *regions;
    GPtrArray *reports; /* Report*, one a snapshot; NULL where it did not come through the inbox */
    GHashTable *texts;
    SpDeliveryStops *stops;
    char *title;
    const char *word; /* of `report_as`; NULL: none */
    SpSettings *settings;
};

static void report_free(gpointer data)
{
    Report *report = data;
    if (report == NULL) {
        return;
    }
    sp_inspect_free(report->inspect);
    g_free(report->folder);
    g_free(report->file);
    g_free(report->path);
    g_free(report->snapshot);
    g_free(report);
}

static gboolean is_delivery(const SpInput *snapshot)
{
    return snapshot->origin != NULL && g_str_has_prefix(snapshot->origin, ORIGIN);
}

gboolean sp_delivery_need(SpUnit *unit, GError **error)
{
    g_autoptr(GPtrArray) snapshots = sp_unit_snapshots(unit, unit->unit);
    for (guint i = 0; i < snapshots->len; i++) {
        if (is_delivery(snapshots->pdata[i])) {
            return sp_unit_need_file(unit, TEXTS, error) && sp_unit_need_file(unit, STOPS, error);
        }
    }
    return TRUE;
}

static GHashTable *read_texts(const SpUnit *unit, GError **error)
{
    const char *path = sp_unit_input(unit, SP_INPUT_FILE, TEXTS)->path;
    g_autoptr(SpTable) table = sp_catalogue_read(path, "rapport", NULL, error);
    gsize id = 0;
    gsize nb = 0;
    if (table == NULL || !sp_table_need(table, "id", SP_COLUMN_CODE, &id, error) ||
        !sp_table_need(table, "nb", SP_COLUMN_CODE, &nb, error)) {
        return NULL;
    }
    GHashTable *texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        g_hash_table_insert(texts, g_strdup(sp_table_code(table, row, id)),
                            g_strdup(sp_table_code(table, row, nb)));
    }
    return texts;
}

/* Once, when the first report is written. */
static gboolean read_words(SpDelivery *delivery, GError **error)
{
    if (delivery->texts == NULL) {
        delivery->texts = read_texts(delivery->unit, error);
    }
    if (delivery->texts != NULL && delivery->stops == NULL) {
        const char *path = sp_unit_input(delivery->unit, SP_INPUT_FILE, STOPS)->path;
        delivery->stops = sp_delivery_stops_read(path, error);
    }
    return delivery->stops != NULL;
}

/* "NAME.rapport.txt", or "NAME.WORD.rapport.txt" when several datasets read the same file. */
static Report *report_new(const SpDelivery *delivery, const SpInput *snapshot)
{
    Report *report = g_new0(Report, 1);
    const char *inside = snapshot->origin + strlen(ORIGIN);
    const char *word = delivery->word;
    g_autofree char *source = g_strndup(inside, strcspn(inside, "/"));
    report->file = g_path_get_basename(inside);
    report->folder = sp_context_path(delivery->unit->context, "inbox", source, NULL);
    g_autofree char *name = g_strdup_printf("%s%s%s%s", report->file, word != NULL ? "." : "",
                                            word != NULL ? word : "", SP_INBOX_REPORT);
    report->path = g_build_filename(report->folder, name, NULL);
    report->snapshot = g_strdup(snapshot->path);
    return report;
}

static void read_settings(SpDelivery *delivery)
{
    const char *title = NULL;
    delivery->settings = sp_dataset_settings(delivery->unit->context, delivery->unit->unit, NULL);
    if (delivery->settings != NULL) {
        (void)sp_settings_text_or(delivery->settings, "report_as", NULL, &delivery->word, NULL);
        (void)sp_settings_text_or(delivery->settings, "title", NULL, &title, NULL);
    }
    delivery->title = g_strdup(title != NULL ? title : "");
}

SpDelivery *sp_delivery_new(SpUnit *unit, SpParsed *parsed, const SpRegions *regions)
{
    if (unit->context->options.trial != NULL) {
        return NULL;
    }
    SpDelivery *delivery = g_new0(SpDelivery, 1);
    const SpLayout *layout = parsed->layouts->pdata[0];
    g_autoptr(GPtrArray) snapshots = sp_unit_snapshots(unit, unit->unit);
    delivery->unit = unit;
    delivery->parsed = parsed;
    delivery->regions = regions;
    delivery->reports = g_ptr_array_new_with_free_func(report_free);
    read_settings(delivery);
    parsed->observers = g_ptr_array_new();
    for (guint i = 0; i < snapshots->len; i++) {
        const SpInput *snapshot = snapshots->pdata[i];
        Report *report = is_delivery(snapshot) ? report_new(delivery, snapshot) : NULL;
        if (report != NULL && layout->persons == NULL) {
            report->inspect = sp_inspect_new(layout, parsed->maps, regions);
        }
        g_ptr_array_add(delivery->reports, report);
        g_ptr_array_add(parsed->observers, report != NULL && report->inspect != NULL
                                               ? sp_inspect_sink(report->inspect)
                                               : NULL);
    }
    return delivery;
}

void sp_delivery_free(SpDelivery *delivery)
{
    if (delivery == NULL) {
        return;
    }
    g_ptr_array_unref(delivery->reports);
    g_clear_pointer(&delivery->texts, g_hash_table_unref);
    sp_delivery_stops_free(delivery->stops);
    g_clear_pointer(&delivery->settings, sp_settings_free);
    g_free(delivery->title);
    g_free(delivery);
}

static void note_silent(const SpDelivery *delivery, const char *period, const GPtrArray *silent,
                        SpDay day)
{
    for (guint i = 0; silent != NULL && i < silent->len; i++) {
        const char *code = silent->pdata[i];
        const char *name = sp_regions_name(delivery->regions, code, day);
        g_autofree char *subject = g_strdup_printf("%s %s", code, period);
        sp_quality_note(delivery->unit->quality, "not_reported", subject, 0,
                        "%s has no row in the delivery for %s", name != NULL ? name : code, period);
    }
}

static void note_findings(const SpDelivery *delivery, const SpInspect *inspect)
{
    const GPtrArray *findings = sp_inspect_findings(inspect);
    for (guint i = 0; i < findings->len; i++) {
        const SpInspectFinding *finding = findings->pdata[i];
        g_autofree char *kind = g_strdup_printf("levering_%s", finding->rule);
        for (guint k = 0; k < finding->places->len; k++) {
            const SpInspectPlace *place = finding->places->pdata[k];
            g_autofree char *subject =
                g_strdup_printf("%s%s%s", place->sheet != NULL ? place->sheet : "",
                                place->sheet != NULL && place->column != NULL ? " " : "",
                                place->column != NULL ? place->column : "");
            sp_quality_note(delivery->unit->quality, kind, subject, place->row,
                            "%" G_GUINT64_FORMAT " in all; the first holds \"%s\"", finding->n,
                            place->found);
        }
    }
    g_autoptr(GPtrArray) periods = sp_inspect_periods(inspect);
    for (guint i = 0; i < periods->len; i++) {
        SpDay day = 0;
        g_autoptr(GPtrArray) silent = sp_inspect_silent(inspect, periods->pdata[i], &day);
        note_silent(delivery, periods->pdata[i], silent, day);
    }
}

static gboolean write_if_other(const char *path, const char *text, GError **error)
{
    gsize size = 0;
    g_autofree char *old = sp_file_read(path, MAX_REPORT_SIZE, &size, NULL);
    if (old != NULL && size == strlen(text) && memcmp(old, text, size) == 0) {
        return TRUE;
    }
    return sp_file_write(path, text, strlen(text), SP_MODE_PRIVATE_FILE, error);
}

static gboolean target_of(const SpDelivery *delivery, SpDay *day)
{
    const char *text = sp_settings_text(delivery->unit->settings, "normalise.division", NULL);
    return text != NULL && sp_day_parse(text, day);
}

/* `file` NULL: not person-level. */
static gboolean write_report(SpDelivery *delivery, const Report *is, const SpParsedFile *file,
                             const SpTable *facts, const char *failure, GError **error)
{
    g_autoptr(SpTable) findings = file == NULL ? NULL : sp_quality_table(file->broken);
    SpDeliveryReport report = {.texts = delivery->texts,
                               .file = is->file,
                               .dataset = delivery->unit->unit,
                               .title = delivery->title,
                               .inspect = is->inspect,
                               .findings = findings,
                               .periods = file == NULL ? NULL : file->periods,
                               .facts = facts,
                               .regions = delivery->regions,
                               .failure = failure,
                               .stops = delivery->stops,
                               .is_synthetic = (delivery->unit->marks & SP_MARK_SYNTHETIC) != 0};
    (void)target_of(delivery, &report.target);
    g_autofree char *text = sp_delivery_text(&report);
    /* A snapshot may have come from an inbox that is elsewhere now. */
    return !g_file_test(is->folder, G_FILE_TEST_IS_DIR) || write_if_other(is->path, text, error);
}

static gboolean is_kept(const Report *report, const GPtrArray *kept)
{
    for (guint i = 0; kept != NULL && i < kept->len; i++) {
        if (strcmp(((const SpInput *)kept->pdata[i])->path, report->snapshot) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* Some row of a person-level file broke a rule. */
static gboolean is_broken(const SpDelivery *delivery, guint i)
{
    const GPtrArray *files = delivery->parsed->files;
    const SpParsedFile *file = files != NULL && i < files->len ? files->pdata[i] : NULL;
    g_autoptr(SpTable) findings = file != NULL ? sp_quality_table(file->broken) : NULL;
    return findings == NULL || sp_table_n_rows(findings) > 0;
}

/* Why a file was not used: one that was read before the one that failed was, and so was one of
 * whose rows none is among those that are too many. */
static const char *failure_of(const SpDelivery *delivery, guint i, const GError *failure,
                              const GPtrArray *kept)
{
    const SpParsed *parsed = delivery->parsed;
    gboolean is_of_other = (parsed->n_read > 0 && !parsed->is_read && i + 1 < parsed->n_read) ||
                           (parsed->is_read && parsed->is_of_rows && !is_broken(delivery, i));
    return failure == NULL || is_of_other || is_kept(delivery->reports->pdata[i], kept)
               ? NULL
               : failure->message;
}

void sp_delivery_tell(SpDelivery *delivery, const SpTable *facts, const GError *failure,
                      const GPtrArray *kept)
{
    if (delivery == NULL) {
        return;
    }
    const SpParsed *parsed = delivery->parsed;
    /* Files after the one that failed were not looked at. */
    for (guint i = 0; i < parsed->n_read; i++) {
        const SpParsedFile *file = parsed->files != NULL ? parsed->files->pdata[i] : NULL;
        const Report *report = delivery->reports->pdata[i];
        g_autoptr(GError) error = NULL;
        if (report == NULL) {
            continue;
        }
        if (!read_words(delivery, &error) ||
            !write_report(delivery, report, file, facts, failure_of(delivery, i, failure, kept),
                          &error)) {
            sp_log(&delivery->unit->context->log, SP_LOG_WARNING,
                   "no report to the sender of %s: %s", report->file, error->message);
        }
        if (report->inspect != NULL) {
            note_findings(delivery, report->inspect);
        }
    }
}
