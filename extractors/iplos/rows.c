/* Persons to rows. */
#include "extractors/iplos/rows.h"

#include "extractors/iplos/residence.h"

#include <string.h>

enum {
    YEAR,
    PERSON,
    KOMMUNE,
    BYDEL,
    BORN,
    SEX,
    HOUSEHOLD,
    NEED,
    KIND,
    SERVICE,
    RUNNING,
    HAS_HOURS,
    HOURS,
    HAS_DAYS,
    DAYS,
    HAS_INFORMAL,
    INFORMAL,
    N_FIXED
};
enum { NUMBER_SIZE = 24 };

static const char *const fixed[N_FIXED] = {
    "aar",      "person",        "kommune", "bydel",        "foedselsaar", "kjonn",
    "husstand", "bistandsbehov", "slag",    "tjeneste",     "per_3112",    "har_timer",
    "timer",    "har_doegn",     "doegn",   "har_uformell", "uformell"};

struct IplosRows {
    SpSink *sink;
    const IplosYear *year;
    IplosResidence *residence; /* NULL: not asked for */
    char year_text[NUMBER_SIZE];
    char hours[NUMBER_SIZE];
    char days[NUMBER_SIZE];
    char informal[NUMBER_SIZE];
    char scores[IPLOS_MAX_NEEDS];
    SpField fields[N_FIXED + IPLOS_MAX_NEEDS];
    gsize n_fields;
};

static void set(IplosRows *rows, gsize field, const char *text)
{
    rows->fields[field] = (SpField){.text = text, .size = strlen(text)};
}

static void set_text(IplosRows *rows, gsize field, const IplosText *text)
{
    rows->fields[field] = (SpField){.text = text->text, .size = text->size};
}

/* Hours in IPLOS_HOURth parts as a decimal number, empty when they are not told. */
static void set_hours(IplosRows *rows, gsize has, gsize field, char text[NUMBER_SIZE], gint64 hours)
{
    set(rows, has, hours >= 0 ? "ja" : "nei");
    text[0] = '\0';
    if (hours >= 0) {
        g_snprintf(text, NUMBER_SIZE, "%d.%04d", (int)(hours / IPLOS_HOUR),
                   (int)(hours % IPLOS_HOUR));
    }
    set(rows, field, text);
}

IplosRows *iplos_rows_new(SpSink *sink, const IplosYear *year, gboolean has_residence,
                          GError **error)
{
    const char *names[N_FIXED + IPLOS_MAX_NEEDS];
    memcpy(names, fixed, sizeof fixed);
    gsize n = N_FIXED;
    for (gsize i = 0; i < sp_code_list_size(year->needs); i++) {
        names[n++] = sp_code_list_text(year->needs, i, "to");
    }
    if (!sink->begin(sink, names, n, error)) {
        return NULL;
    }
    IplosRows *rows = g_new0(IplosRows, 1);
    rows->sink = sink;
    rows->year = year;
    rows->n_fields = n;
    rows->residence = has_residence ? iplos_residence_new() : NULL;
    g_snprintf(rows->year_text, sizeof rows->year_text, "%d", year->year);
    for (gsize i = 0; i < n; i++) {
        set(rows, i, "");
    }
    set(rows, YEAR, rows->year_text);
    return rows;
}

void iplos_rows_free(IplosRows *rows)
{
    if (rows != NULL) {
        iplos_residence_free(rows->residence);
        g_free(rows);
    }
}

static void set_person(IplosRows *rows, const IplosPerson *person)
{
    set_text(rows, PERSON, &person->fields[IPLOS_ID]);
    set_text(rows, KOMMUNE, &person->fields[IPLOS_KOMMUNE]);
    set_text(rows, BYDEL, &person->fields[IPLOS_BYDEL]);
    set_text(rows, BORN, &person->fields[IPLOS_BORN]);
    set_text(rows, SEX, &person->fields[IPLOS_SEX]);
    set_text(rows, HOUSEHOLD, &person->fields[IPLOS_HOUSEHOLD]);
    set(rows, NEED, iplos_person_need(person));
    set_hours(rows, HAS_INFORMAL, INFORMAL, rows->informal, person->informal);
    for (gsize i = N_FIXED; i < rows->n_fields; i++) {
        guint8 score = person->scores[i - N_FIXED];
        rows->scores[i - N_FIXED] = (char)('0' + score);
        rows->fields[i] = (SpField){.text = &rows->scores[i - N_FIXED], .size = score > 0 ? 1 : 0};
    }
}

static gboolean add_service(IplosRows *rows, const IplosService *service, guint64 number,
                            GError **error)
{
    gboolean is_running = iplos_service_is_running(service, rows->year);
    set(rows, SERVICE, service->code);
    set(rows, RUNNING, is_running ? "ja" : "nei");
    set_hours(rows, HAS_HOURS, HOURS, rows->hours, service->hours);
    set(rows, HAS_DAYS, service->days >= 0 ? "ja" : "nei");
    rows->days[0] = '\0';
    if (service->days >= 0) {
        g_snprintf(rows->days, sizeof rows->days, "%d", service->days);
    }
    set(rows, DAYS, rows->days);
    return rows->sink->row(rows->sink, number, rows->fields, rows->n_fields, error);
}

/* The fields that only a service has. */
static void clear_service(IplosRows *rows)
{
    static const gsize texts[] = {SERVICE, HOURS, DAYS};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        set(rows, texts[i], "");
    }
    set(rows, HAS_HOURS, "nei");
    set(rows, HAS_DAYS, "nei");
}

gboolean iplos_rows_add(IplosRows *rows, const IplosPerson *person, GError **error)
{
    if (person->is_left_out || person->n_services == 0) {
        return TRUE;
    }
    gboolean is_running = FALSE;
    set_person(rows, person);
    set(rows, KIND, "tjeneste");
    for (guint i = 0; i < person->n_services; i++) {
        is_running |= iplos_service_is_running(&person->services[i], rows->year);
        if (!add_service(rows, &person->services[i], person->number, error)) {
            return FALSE;
        }
    }
    set(rows, KIND, "person");
    clear_service(rows);
    set(rows, RUNNING, is_running ? "ja" : "nei");
    if (rows->residence != NULL) {
        iplos_residence_add(rows->residence, person);
    }
    return rows->sink->row(rows->sink, person->number, rows->fields, rows->n_fields, error);
}

gboolean iplos_rows_end(IplosRows *rows, GError **error)
{
    gsize n = rows->residence != NULL ? iplos_residence_size(rows->residence) : 0;
    for (gsize i = 1; i < rows->n_fields; i++) {
        set(rows, i, "");
    }
    set(rows, KIND, "bosted");
    set(rows, HAS_INFORMAL, "nei");
    clear_service(rows);
    for (gsize i = 0; i < n; i++) {
        const char *key = NULL;
        const IplosResident *resident = iplos_residence_at(rows->residence, i, &key);
        set(rows, PERSON, key);
        set(rows, KOMMUNE, resident->kommune);
        set(rows, BYDEL, resident->bydel);
        set(rows, BORN, resident->born);
        set(rows, SEX, resident->sex);
        set(rows, HOUSEHOLD, resident->household);
        set(rows, NEED, resident->need);
        set(rows, RUNNING, resident->is_running ? "ja" : "nei");
        if (!rows->sink->row(rows->sink, resident->number, rows->fields, rows->n_fields, error)) {
            return FALSE;
        }
    }
    return TRUE;
}
