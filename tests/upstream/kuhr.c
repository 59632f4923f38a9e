/* Open KUHR data as sources.md, 9.1 has it: JSON or XML by Accept, CSV below /eksport. */
#include "tests/upstream/formats.h"
#include "tests/upstream/klass_list.h"
#include "tests/upstream/kuhr_rows.h"

#include <string.h>

enum { MAX_MONTHS = 13, N_FIELDS = 11, REFUND_PCT = 41, PATIENT_PCT = 35 };

typedef enum { FORM_JSON, FORM_XML, FORM_CSV } Form;

typedef struct {
    const char *name;
    gboolean is_text; /* quoted in JSON */
    char *value;
} Field;

static void question_clear(FakeKuhrQuestion *question)
{
    g_strfreev(question->tariffs);
    g_strfreev(question->regions);
    g_strfreev(question->practices);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FakeKuhrQuestion, question_clear)

static const struct {
    const char *call;
    gsize level;
    gboolean is_month;
    const char *region; /* name of the region's field and of its filter; NULL for the country */
    const char *filter;
} calls[] = {
    {"kommune/ar", 4, FALSE, "behandler_kommunenr", "kommuner"},
    {"kommune/maned", 4, TRUE, "behandler_kommunenr", "kommuner"},
    {"fylke/ar", 2, FALSE, "behandler_fylkenr", "fylker"},
    {"fylke/maned", 2, TRUE, "behandler_fylkenr", "fylker"},
    {"landet/ar", 0, FALSE, NULL, ""},
    {"landet/maned", 0, TRUE, NULL, ""},
};

static gint64 month_number(gint64 month)
{
    return month / 100 * 12 + month % 100;
}

static gint64 number_of(const FakeRequest *request, const char *name)
{
    return fake_list_number(fake_request_query(request, name), 0);
}

static gboolean read_question(const FakeRequest *request, gsize call, FakeKuhrQuestion *question)
{
    gboolean is_month = calls[call].is_month;
    *question = (FakeKuhrQuestion){
        .is_month = is_month,
        .level = calls[call].level,
        .area = fake_request_query(request, "fagomraade"),
        .from = number_of(request, is_month ? "fommaned" : "fomar"),
        .to = number_of(request, is_month ? "tommaned" : "tomar"),
        .tariffs = fake_request_list(request, "takstkoder"),
        .regions = fake_request_list(request, calls[call].filter),
        .practices = fake_request_list(request, "praksistyper"),
    };
    gint64 months = month_number(question->to) - month_number(question->from) + 1;
    gint64 first = question->from % 100;
    gboolean is_period = is_month ? first >= 1 && first <= 12 && months <= MAX_MONTHS
                                  : question->to - question->from < 100;
    return question->area != NULL && question->from > 0 && question->to >= question->from &&
           is_period;
}

/* Kroner are whole; the publisher writes them as "301185.0". */
static char *kroner(gint64 whole, gint64 share_pct)
{
    return g_strdup_printf("%" G_GINT64_FORMAT ".0", whole * share_pct / 100);
}

static guint make_fields(const FakeKuhrRow *row, gsize call, const char *area, Field fields[])
{
    guint n = 0;
    const char *period = calls[call].is_month ? "maned" : "ar";
    gint64 rest_pct = 100 - REFUND_PCT - PATIENT_PCT;
    fields[n++] = (Field){period, TRUE, g_strdup_printf("%" G_GINT64_FORMAT, row->period)};
    if (calls[call].region != NULL) {
        fields[n++] = (Field){calls[call].region, TRUE, g_strdup(row->region)};
    }
    fields[n++] =
        (Field){"sum_antall_takst", FALSE, g_strdup_printf("%" G_GINT64_FORMAT, row->claims)};
    fields[n++] = (Field){"takstkode", TRUE, g_strdup(row->tariff)};
    fields[n++] = (Field){"fagomraade", TRUE, g_strdup(area)};
    fields[n++] = (Field){"praksis_type_kode", TRUE, g_strdup(row->practice)};
    fields[n++] = (Field){"samhandler_praksis_type", TRUE, g_strdup(row->practice_text)};
    fields[n++] =
        (Field){"antall_regninger", FALSE, g_strdup_printf("%" G_GINT64_FORMAT, row->claims)};
    fields[n++] = (Field){"sum_refusjon", FALSE, kroner(row->kroner, REFUND_PCT)};
    fields[n++] =
        (Field){"sum_egenandel_betalt_av_pasient", FALSE, kroner(row->kroner, PATIENT_PCT)};
    fields[n++] =
        (Field){"sum_egenandel_dekket_av_folketrygden", FALSE, kroner(row->kroner, rest_pct)};
    return n;
}

static void put_json(const Field *field, GString *out)
{
    g_string_append_printf(out, "\"%s\":", field->name);
    if (field->is_text) {
        fake_write_json_text(field->value, out);
    } else {
        g_string_append(out, field->value);
    }
}

static void write_rows(const GArray *rows, gsize call, const char *area, Form form, GString *out)
{
    for (guint i = 0; i < rows->len; i++) {
        Field fields[N_FIELDS];
        guint n = make_fields(&g_array_index(rows, FakeKuhrRow, i), call, area, fields);
        for (guint j = 0; form == FORM_CSV && i == 0 && j < n; j++) {
            g_string_append_printf(out, "%s%s", fields[j].name, j + 1 < n ? ";" : "\n");
        }
        g_string_append(out, form == FORM_JSON  ? (i > 0 ? ",{" : "{")
                             : form == FORM_XML ? "<takstbruk>"
                                                : "");
        for (guint j = 0; j < n; j++) {
            if (form == FORM_JSON) {
                g_string_append(out, j > 0 ? "," : "");
                put_json(&fields[j], out);
            } else if (form == FORM_XML) {
                fake_klass_xml_text(fields[j].name, fields[j].value, out);
            } else {
                g_string_append_printf(out, "%s%s", fields[j].value, j + 1 < n ? ";" : "\n");
            }
            g_free(fields[j].value);
        }
        g_string_append(out, form == FORM_JSON ? "}" : form == FORM_XML ? "</takstbruk>" : "");
    }
}

static void send(const GArray *rows, gsize call, const char *area, Form form, FakeAnswer *answer)
{
    if (form == FORM_CSV) {
        fake_answer_set(answer, 200, "text/csv; charset=utf-8", "");
        write_rows(rows, call, area, form, answer->body);
    } else if (form == FORM_XML) {
        fake_answer_set(answer, 200, "application/xml; charset=utf-8", "");
        g_string_printf(answer->body, "<takstbrukListe><antall>%u</antall>", rows->len);
        write_rows(rows, call, area, form, answer->body);
        g_string_append(answer->body, "</takstbrukListe>");
    } else {
        fake_answer_set(answer, 200, FAKE_JSON, "");
        g_string_printf(answer->body, "{\"antall\":%u,\"takstbruk\":[", rows->len);
        write_rows(rows, call, area, form, answer->body);
        g_string_append(answer->body, "]}");
    }
}

static void answer_use(const FakeKuhr *kuhr, const FakeWorld *world, const FakeRequest *request,
                       const char *name, Form form, FakeAnswer *answer)
{
    for (gsize call = 0; call < G_N_ELEMENTS(calls); call++) {
        g_auto(FakeKuhrQuestion) question = {0};
        if (strcmp(calls[call].call, name) != 0) {
            continue;
        }
        if (!read_question(request, call, &question)) {
            fake_answer_set(answer, 400, FAKE_JSON, "{\"message\":\"Ugyldig periode\"}");
            return;
        }
        g_autoptr(GArray) rows = fake_kuhr_rows(kuhr, world->country, &question);
        send(rows, call, question.area, form, answer);
        return;
    }
    fake_answer_set(answer, 404, FAKE_JSON, "{\"message\":\"Ikke funnet\"}");
}

static void answer_list(const GPtrArray *list, const char *wanted, const char *names[2],
                        FakeAnswer *answer)
{
    fake_answer_set(answer, 200, FAKE_JSON, "[");
    for (guint i = 0; i < list->len; i++) {
        const char *code = fake_list_part(list, i, 0);
        if (wanted == NULL || strcmp(wanted, code) == 0) {
            g_string_append_printf(answer->body, "%s{\"%s\":\"%s\",\"%s\":\"%s\"}",
                                   answer->body->len > 1 ? "," : "", names[0], code, names[1],
                                   fake_list_part(list, i, 1));
        }
    }
    g_string_append_c(answer->body, ']');
}

void fake_kuhr(FakeWorld *world, const FakeRequest *request, const char *rest, FakeAnswer *answer)
{
    g_autoptr(FakeKuhr) kuhr = fake_kuhr_read(world->folder);
    const char *accept = fake_request_header(request, "accept");
    gboolean is_xml = accept != NULL && strstr(accept, "application/xml") != NULL;
    static const char use[] = "takstbruk/agtakst/";
    static const char export[] = "takstbruk/eksport/agtakst/";
    if (kuhr == NULL) {
        fake_answer_set(answer, 500, NULL, "");
    } else if (strcmp(rest, "fagomraader") == 0) {
        answer_list(kuhr->areas, NULL, (const char *[]){"kode", "navn"}, answer);
    } else if (strcmp(rest, "takstkoder") == 0) {
        answer_list(kuhr->tariffs, fake_request_query(request, "takstkode"),
                    (const char *[]){"takstkode", "antall_per_innbygger"}, answer);
    } else if (g_str_has_prefix(rest, use)) {
        answer_use(kuhr, world, request, rest + strlen(use), is_xml ? FORM_XML : FORM_JSON, answer);
    } else if (g_str_has_prefix(rest, export)) {
        answer_use(kuhr, world, request, rest + strlen(export), FORM_CSV, answer);
    } else {
        fake_answer_set(answer, 404, FAKE_JSON, "{\"message\":\"Ikke funnet\"}");
    }
}
