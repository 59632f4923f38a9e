/* Reports to senders. */
#include "pipeline/delivery.h"

#include "core/io/files.h"
#include "pipeline/catalogue.h"
#include "pipeline/dataset.h"
#include "pipeline/delivery_text.h"
#include "pipeline/inbox.h"

#include <string.h>

#define TEXTS "rapport.csv"
#define ORIGIN "inbox:"
enum { MAX_REPORT_SIZE = 16 * 1024 * 1024 };

struct SpDelivery {
    SpUnit *unit;
    const SpRegions *regions;
    SpInspect *inspect; /* NULL: person-level */
    GHashTable *texts;
    char *folder; /* inbox/SOURCE */
    char *file;   /* name of the delivery */
    char *path;   /* of the report */
    char *title;
};

static gboolean is_delivery(const SpInput *snapshot)
{
    return snapshot->origin != NULL && g_str_has_prefix(snapshot->origin, ORIGIN);
}

gboolean sp_delivery_need(SpUnit *unit, GError **error)
{
    return !is_delivery(sp_unit_input(unit, SP_INPUT_SNAPSHOT, unit->unit)) ||
           sp_unit_need_file(unit, TEXTS, error);
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

/* "NAME.rapport.txt", or "NAME.WORD.rapport.txt" when several datasets read the same file. */
static void name_report(SpDelivery *delivery, const char *origin)
{
    const SpUnit *unit = delivery->unit;
    g_autoptr(SpSettings) settings = sp_dataset_settings(unit->context, unit->unit, NULL);
    const char *word = NULL;
    const char *title = NULL;
    const char *inside = origin + strlen(ORIGIN);
    g_autofree char *source = g_strndup(inside, strcspn(inside, "/"));
    if (settings != NULL) {
        (void)sp_settings_text_or(settings, "report_as", NULL, &word, NULL);
        (void)sp_settings_text_or(settings, "title", NULL, &title, NULL);
    }
    delivery->file = g_path_get_basename(inside);
    delivery->folder = sp_context_path(unit->context, "inbox", source, NULL);
    delivery->title = g_strdup(title != NULL ? title : "");
    g_autofree char *name = g_strdup_printf("%s%s%s%s", delivery->file, word != NULL ? "." : "",
                                            word != NULL ? word : "", SP_INBOX_REPORT);
    delivery->path = g_build_filename(delivery->folder, name, NULL);
}

SpDelivery *sp_delivery_new(SpUnit *unit, SpParsed *parsed, const SpRegions *regions)
{
    const SpInput *snapshot = sp_unit_input(unit, SP_INPUT_SNAPSHOT, unit->unit);
    if (!is_delivery(snapshot) || unit->context->options.trial != NULL) {
        return NULL;
    }
    SpDelivery *delivery = g_new0(SpDelivery, 1);
    delivery->unit = unit;
    delivery->regions = regions;
    name_report(delivery, snapshot->origin);
    if (parsed->layout->persons == NULL) {
        delivery->inspect = sp_inspect_new(parsed->layout, parsed->maps, regions);
        parsed->observer = sp_inspect_sink(delivery->inspect);
    }
    return delivery;
}

void sp_delivery_free(SpDelivery *delivery)
{
    if (delivery == NULL) {
        return;
    }
    sp_inspect_free(delivery->inspect);
    g_clear_pointer(&delivery->texts, g_hash_table_unref);
    g_free(delivery->folder);
    g_free(delivery->file);
    g_free(delivery->path);
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

static void note_findings(const SpDelivery *delivery)
{
    const GPtrArray *findings = sp_inspect_findings(delivery->inspect);
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
    g_autoptr(GPtrArray) periods = sp_inspect_periods(delivery->inspect);
    for (guint i = 0; i < periods->len; i++) {
        SpDay day = 0;
        g_autoptr(GPtrArray) silent = sp_inspect_silent(delivery->inspect, periods->pdata[i], &day);
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

static gboolean write_report(SpDelivery *delivery, const SpTable *facts, const GError *failure,
                             GError **error)
{
    g_autoptr(SpTable) findings = sp_quality_table(delivery->unit->quality);
    delivery->texts = read_texts(delivery->unit, error);
    if (delivery->texts == NULL) {
        return FALSE;
    }
    SpDeliveryReport report = {.texts = delivery->texts,
                               .file = delivery->file,
                               .dataset = delivery->unit->unit,
                               .title = delivery->title,
                               .inspect = delivery->inspect,
                               .findings = findings,
                               .facts = facts,
                               .regions = delivery->regions,
                               .failure = failure != NULL ? failure->message : NULL};
    (void)target_of(delivery, &report.target);
    g_autofree char *text = sp_delivery_text(&report);
    /* A snapshot may have come from an inbox that is elsewhere now. */
    return !g_file_test(delivery->folder, G_FILE_TEST_IS_DIR) ||
           write_if_other(delivery->path, text, error);
}

void sp_delivery_tell(SpDelivery *delivery, const SpTable *facts, const GError *failure)
{
    g_autoptr(GError) error = NULL;
    if (delivery == NULL) {
        return;
    }
    if (!write_report(delivery, facts, failure, &error)) {
        sp_log(&delivery->unit->context->log, SP_LOG_WARNING, "no report to the sender of %s: %s",
               delivery->file, error->message);
    }
    if (delivery->inspect != NULL) {
        note_findings(delivery);
    }
}
