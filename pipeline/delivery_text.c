/* The report, section by section. */
#include "pipeline/delivery_text.h"

#include <string.h>

enum { WIDTH = 96 };

static const char *say(const SpDeliveryReport *report, const char *id)
{
    const char *text = g_hash_table_lookup(report->texts, id);
    return text != NULL ? text : id;
}

static const char *say_rule(const SpDeliveryReport *report, const char *rule, const char *ending)
{
    g_autofree char *id = g_strdup_printf("regel.%s%s", rule, ending);
    return g_hash_table_lookup(report->texts, id);
}

static void add_heading(GString *text, const char *heading)
{
    g_string_append_printf(text, "\n%s\n", heading);
}

static void add_line(GString *text, const char *label, const char *value)
{
    g_string_append_printf(text, "  %s: %s\n", label, value);
}

static void add_count(GString *text, const char *label, guint64 n)
{
    g_autofree char *value = g_strdup_printf("%" G_GUINT64_FORMAT, n);
    add_line(text, label, value);
}

/* "0301 Oslo, 1103 Stavanger" in lines of a width that a mail keeps. */
static void add_kommuner(const SpDeliveryReport *report, GString *text, const GPtrArray *codes,
                         SpDay day)
{
    glong width = 0;
    for (guint i = 0; i < codes->len; i++) {
        const char *name = sp_regions_name(report->regions, codes->pdata[i], day);
        g_autofree char *item =
            g_strdup_printf("%s %s%s", (const char *)codes->pdata[i], name != NULL ? name : "",
                            i + 1 < codes->len ? "," : "");
        glong size = g_utf8_strlen(item, -1);
        gboolean is_new_line = i == 0 || width + size + 1 > WIDTH;
        g_string_append_printf(text, "%s%s", is_new_line ? (i == 0 ? "    " : "\n    ") : " ",
                               item);
        width = is_new_line ? 4 + size : width + 1 + size;
    }
    g_string_append_c(text, '\n');
}

static void add_silent(const SpDeliveryReport *report, GString *text, const char *period,
                       GPtrArray *silent, SpDay day)
{
    char buffer[SP_DAY_SIZE];
    g_autofree const char **all = sp_regions_at(report->regions, day);
    guint n_all = g_strv_length((char **)(gpointer)all);
    if (silent->len == 0) {
        g_string_append_printf(text, "  %s: %s\n", period, say(report, "ikke_svart.ingen"));
        return;
    }
    g_string_append_printf(text, "  %s (%s %s): %u %s %u\n", period,
                           say(report, "ikke_svart.inndeling"), sp_day_format(day, buffer),
                           silent->len, say(report, "ikke_svart.av"), n_all);
    add_kommuner(report, text, silent, day);
}

static void add_sheets(const SpDeliveryReport *report, GString *text)
{
    const GPtrArray *sheets = sp_inspect_sheets(report->inspect);
    for (guint i = 0; i < sheets->len; i++) {
        const SpInspectSheet *sheet = sheets->pdata[i];
        if (sheet->is_read) {
            g_string_append_printf(text, "  %s «%s»: %" G_GUINT64_FORMAT "\n",
                                   say(report, "lest.ark"), sheet->name, sheet->n_rows);
        } else {
            g_string_append_printf(text, "  %s: «%s»\n", say(report, "lest.skjult"), sheet->name);
        }
    }
}

static void add_read(const SpDeliveryReport *report, GString *text)
{
    add_heading(text, say(report, "lest"));
    add_count(text, say(report, "lest.rader"), sp_inspect_n_rows(report->inspect));
    add_sheets(report, text);
    if (sp_inspect_n_others(report->inspect) > 0) {
        add_count(text, say(report, "lest.andre"), sp_inspect_n_others(report->inspect));
    }
    g_autoptr(GPtrArray) periods = sp_inspect_periods(report->inspect);
    for (guint i = 0; i < periods->len; i++) {
        g_autoptr(GPtrArray) reported = sp_inspect_reported(report->inspect, periods->pdata[i]);
        g_string_append_printf(text, "  %s: %s, %s: %u\n", say(report, "lest.perioder"),
                               (const char *)periods->pdata[i], say(report, "lest.kommuner"),
                               reported->len);
    }
}

static void add_place(const SpDeliveryReport *report, GString *text, const SpInspectPlace *place)
{
    g_string_append(text, "    ");
    if (place->sheet != NULL) {
        g_string_append_printf(text, "%s «%s», ", say(report, "feil.sted.ark"), place->sheet);
    }
    g_string_append_printf(text, "%s %" G_GUINT64_FORMAT, say(report, "feil.sted.rad"), place->row);
    if (place->column != NULL) {
        g_string_append_printf(text, ", %s «%s»", say(report, "feil.sted.kolonne"), place->column);
    }
    g_string_append_printf(text, ": %s «%s»\n", say(report, "feil.fant"), place->found);
}

/* What is to be mended before the next delivery, or before this one can be read. */
static void add_findings_heading(const SpDeliveryReport *report, GString *text)
{
    add_heading(text, say(report, report->failure != NULL ? "feil.maa" : "feil"));
}

static void add_findings(const SpDeliveryReport *report, GString *text)
{
    const GPtrArray *findings = sp_inspect_findings(report->inspect);
    gboolean is_first = TRUE;
    for (guint i = 0; i < findings->len; i++) {
        const SpInspectFinding *finding = findings->pdata[i];
        const char *what = say_rule(report, finding->rule, "");
        const char *remedy = say_rule(report, finding->rule, ".gjoer");
        if (finding->n == 0) {
            continue;
        }
        if (is_first) {
            add_findings_heading(report, text);
            is_first = FALSE;
        }
        g_string_append_printf(text, "  %s (%" G_GUINT64_FORMAT ")\n",
                               what != NULL ? what : finding->rule, finding->n);
        for (guint k = 0; k < finding->places->len; k++) {
            add_place(report, text, finding->places->pdata[k]);
        }
        if (finding->n > finding->places->len) {
            g_string_append_printf(text, "    %" G_GUINT64_FORMAT " %s\n",
                                   finding->n - finding->places->len, say(report, "feil.flere"));
        }
        if (remedy != NULL) {
            g_string_append_printf(text, "    %s: %s\n", say(report, "feil.gjoer"), remedy);
        }
    }
}

/* "column funksjon" as "kolonne «funksjon», ": the layout's names, none of the file's. */
static char *place_of(const SpDeliveryReport *report, const char *subject)
{
    const char *blank = strchr(subject, ' ');
    g_autofree char *id =
        blank == NULL ? NULL : g_strdup_printf("feil.hvor.%.*s", (int)(blank - subject), subject);
    const char *what = id == NULL ? NULL : g_hash_table_lookup(report->texts, id);
    return what == NULL ? g_strdup("") : g_strdup_printf("%s «%s», ", what, blank + 1);
}

/* Of persons: rule, column, how often, first row or element. */
static guint64 add_person_findings(const SpDeliveryReport *report, GString *text)
{
    const SpTable *table = report->findings;
    gsize row_column = sp_table_find(table, "row");
    gsize n_column = sp_table_find(table, "n");
    guint64 n = 0;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *rule = sp_table_code(table, row, sp_table_find(table, "kind"));
        const char *subject = sp_table_code(table, row, sp_table_find(table, "subject"));
        const char *what = say_rule(report, rule, "");
        const char *remedy = say_rule(report, rule, ".gjoer");
        g_autofree char *place = place_of(report, subject);
        if (n++ == 0) {
            add_findings_heading(report, text);
        }
        g_string_append_printf(text, "  %s (%.0f)\n    %s%s %s\n", what != NULL ? what : rule,
                               sp_table_real(table, row, n_column).value, place,
                               say(report, g_str_has_prefix(subject, "element ")
                                               ? "feil.person_foerste"
                                               : "feil.rad_foerste"),
                               sp_table_code(table, row, row_column));
        if (remedy != NULL) {
            g_string_append_printf(text, "    %s: %s\n", say(report, "feil.gjoer"), remedy);
        }
    }
    return n;
}

/* Kommuner (char*) that the facts of a person-level dataset lack in a period; g_ptr_array_unref. */
static GPtrArray *silent_in(const SpDeliveryReport *report, const char *period)
{
    const SpTable *facts = report->facts;
    gsize region = sp_table_find(facts, "region");
    gsize time = sp_table_find(facts, "period");
    g_autoptr(GHashTable) reported = g_hash_table_new(g_str_hash, g_str_equal);
    for (gsize row = 0; row < sp_table_n_rows(facts); row++) {
        if (strcmp(sp_table_code(facts, row, time), period) == 0) {
            g_hash_table_add(reported, (gpointer)sp_table_code(facts, row, region));
        }
    }
    GPtrArray *silent = g_ptr_array_new();
    g_autofree const char **all = sp_regions_at(report->regions, report->target);
    for (const char **kommune = all; *kommune != NULL; kommune++) {
        if (!g_hash_table_contains(reported, *kommune)) {
            g_ptr_array_add(silent, (gpointer)*kommune);
        }
    }
    return silent;
}

static void add_all_silent(const SpDeliveryReport *report, GString *text)
{
    g_autoptr(GPtrArray) periods = NULL;
    if (report->inspect != NULL) {
        periods = sp_inspect_periods(report->inspect);
    } else if (report->facts != NULL) {
        periods = g_ptr_array_ref((GPtrArray *)report->periods);
    }
    gboolean has_heading = FALSE;
    for (guint i = 0; periods != NULL && i < periods->len; i++) {
        SpDay day = report->target;
        g_autoptr(GPtrArray) silent =
            report->inspect != NULL ? sp_inspect_silent(report->inspect, periods->pdata[i], &day)
                                    : silent_in(report, periods->pdata[i]);
        if (silent != NULL) {
            if (!has_heading) {
                add_heading(text, say(report, "ikke_svart"));
                has_heading = TRUE;
            }
            add_silent(report, text, periods->pdata[i], silent, day);
        }
    }
}

static gboolean has_findings(const SpDeliveryReport *report)
{
    const GPtrArray *findings = sp_inspect_findings(report->inspect);
    for (guint i = 0; i < findings->len; i++) {
        if (((const SpInspectFinding *)findings->pdata[i])->n > 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* Why the reading stopped. A message without a sentence of its own is said to be what it is. */
static void add_failure(const SpDeliveryReport *report, GString *text)
{
    g_autofree char *sentence = sp_delivery_stops_say(report->stops, report->failure);
    add_heading(text, say(report, "stans"));
    if (sentence != NULL) {
        g_string_append_printf(text, "  %s\n", sentence);
    } else {
        add_line(text, say(report, "stans.melding"), report->failure);
    }
}

char *sp_delivery_text(const SpDeliveryReport *report)
{
    GString *text = g_string_new(NULL);
    g_autoptr(GString) body = g_string_new(NULL);
    gboolean is_noted = FALSE;
    if (report->failure != NULL) {
        add_failure(report, body);
    }
    if (report->inspect != NULL) {
        add_read(report, body);
        add_findings(report, body);
        is_noted = has_findings(report);
    } else {
        is_noted = add_person_findings(report, body) > 0;
    }
    add_all_silent(report, body);
    g_string_append_printf(text, "%s\n\n", say(report, "tittel"));
    if (report->is_synthetic) {
        g_string_append_printf(text, "%s\n\n", say(report, "syntetisk"));
    }
    g_string_append_printf(text, "%s: %s\n", say(report, "fil"), report->file);
    g_string_append_printf(text, "%s: %s%s%s\n", say(report, "datasett"), report->title,
                           report->title[0] != '\0' ? ", " : "", report->dataset);
    g_string_append_printf(text, "%s: %s\n", say(report, "resultat"),
                           say(report, report->failure != NULL ? "resultat.ikke_lest"
                                       : is_noted              ? "resultat.merknad"
                                                               : "resultat.ok"));
    g_string_append(text, body->str);
    return g_string_free(text, FALSE);
}
