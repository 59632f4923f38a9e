/* Claims, row by row. */
#include "extractors/kpr/claims.h"

#include "core/error.h"
#include "core/number.h"
#include "extractors/kpr/tariffs.h"
#include "core/code_list.h"
#include "extractors/person_field.h"

#include <string.h>

#define FIELDS "kpr_felt"
#define PRACTICES "kpr_praksistype"

/* Fields of a claim. */
enum {
    DAY,
    PERSON,
    BORN,
    SEX,
    PRACTICE,
    TARIFFS,
    DIAGNOSIS,
    N_NEEDED,
    KOMMUNE = N_NEEDED,
    PROVIDER_KOMMUNE,
    REFUND,
    SHARE,
    N_FIELDS
};

static const char *const field_names[N_FIELDS] = {
    "dato",     "person",  "foedselsaar",       "kjonn",    "praksistype", "takster",
    "diagnose", "kommune", "behandler_kommune", "refusjon", "egenandel"};

/* Fields of a row of ours. */
enum { OUT_YEAR, OUT_PERSON, OUT_BORN, OUT_SEX, OUT_PRACTICE, OUT_TYPE, OUT_N_ALWAYS };
static const char *const out_names[OUT_N_ALWAYS] = {"aar",   "person",      "foedselsaar",
                                                    "kjonn", "praksistype", "kontakttype"};

/* A field may have several names; more columns than these are no file of claims. */
enum { MAX_NAMES = 4, MAX_COLUMNS = 64, YEAR_SIZE = 4, NUMBER_SIZE = 32 };

typedef struct {
    gsize columns[MAX_NAMES];
    gsize n_columns;
} Place;

struct KprClaims {
    SpSink sink; /* first: a pointer to it is one to this */
    SpParserInput input;
    SpSink *to;
    SpCodeList *fields;
    SpCodeList *practices;
    KprTariffs *tariffs;
    GPtrArray *columns; /* const char* */
    GPtrArray *ignored;
    Place places[N_FIELDS];
    int first_year; /* 0: that of the first claim */
    int last_year;
    char year_text[16];
    int year_of_text;
    gboolean has_point;
    char numbers[N_FIELDS - REFUND][NUMBER_SIZE];
    SpField out[OUT_N_ALWAYS + N_FIELDS - N_NEEDED];
    gsize n_out;
};

static gboolean find_field(const char *name, gsize *field)
{
    for (gsize i = 0; i < N_FIELDS; i++) {
        if (strcmp(field_names[i], name) == 0) {
            *field = i;
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean add_place(KprClaims *claims, const char *name, gsize column, GError **error)
{
    gsize listed = 0;
    gsize field = 0;
    if (!sp_code_list_find_row(claims->fields, name, strlen(name), &listed)) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: column %" G_GSIZE_FORMAT
                            " of the header is not in config/codes/" FIELDS ".csv; check that the "
                            "file has its header and separator, then add it there (ignorer drops "
                            "it)",
                            claims->input.origin, column + 1);
    }
    if (!find_field(sp_code_list_text(claims->fields, listed, "to"), &field)) {
        return TRUE;
    }
    Place *place = &claims->places[field];
    if (place->n_columns == MAX_NAMES) {
        return sp_error_set(error, SP_ERROR_DATA, "%s: more than %d columns are %s",
                            claims->input.origin, MAX_NAMES, field_names[field]);
    }
    place->columns[place->n_columns++] = column;
    return TRUE;
}

static gboolean begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    KprClaims *claims = (KprClaims *)sink;
    const char *all[G_N_ELEMENTS(claims->out)];
    memset(claims->places, 0, sizeof claims->places);
    for (gsize i = 0; i < n; i++) {
        if (!add_place(claims, names[i], i, error)) {
            return FALSE;
        }
    }
    memcpy(all, out_names, sizeof out_names);
    claims->n_out = OUT_N_ALWAYS;
    for (gsize i = 0; i < N_FIELDS; i++) {
        gboolean is_there = claims->places[i].n_columns > 0;
        if (i < N_NEEDED && !is_there) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: no column of the file is the field %s by "
                                "config/codes/" FIELDS ".csv; amend the list or ask the sender",
                                claims->input.origin, field_names[i]);
        }
        if (i >= N_NEEDED && is_there) {
            all[claims->n_out++] = field_names[i];
        }
    }
    return claims->to->begin(claims->to, all, claims->n_out, error);
}

/* The first text of a field that is not empty. */
static SpField take(const KprClaims *claims, const SpField fields[], gsize field)
{
    const Place *place = &claims->places[field];
    for (gsize i = 0; i < place->n_columns; i++) {
        if (fields[place->columns[i]].size > 0) {
            return fields[place->columns[i]];
        }
    }
    return (SpField){.text = "", .size = 0};
}

static gboolean is_in_years(KprClaims *claims, int year)
{
    if (claims->first_year == 0) {
        claims->first_year = year;
        claims->last_year = year;
    }
    return claims->first_year <= year && year <= claims->last_year;
}

/* The contact type; NULL with the rule that the claim breaks. */
static const char *find_type(KprClaims *claims, const SpField fields[], SpDay day, guint64 number,
                             const char **rule)
{
    const SpField tariffs = take(claims, fields, TARIFFS);
    const SpField practice = take(claims, fields, PRACTICE);
    const KprContact contact = kpr_tariffs_read(claims->tariffs, &tariffs, day);
    gsize listed = 0;
    if (contact.n == 0) {
        *rule = "no_tariff";
        return NULL;
    }
    if (contact.type != NULL) {
        if (contact.n_unknown > 0) {
            sp_quality_note(claims->input.quality, "unknown_tariff_beside", "field takster", number,
                            "counted; tariffs beside the one that gives the type are in no list");
        }
        return contact.type;
    }
    /* Some practices have tariffs of their own, which all give one type. */
    if (sp_code_list_find_row(claims->practices, practice.text, practice.size, &listed)) {
        const char *type = sp_code_list_text(claims->practices, listed, "kontakttype");
        if (type[0] != '\0') {
            return type;
        }
    }
    if (contact.n_unknown > 0) {
        *rule = "unknown_tariff";
        return NULL;
    }
    return "uten_kontakttype";
}

static const char *check_claim(KprClaims *claims, const SpField fields[], guint64 number,
                               SpDay *day, const char **type)
{
    const SpField date = take(claims, fields, DAY);
    const char *rule = NULL;
    if (!sp_field_day(&date, day)) {
        return "bad_date";
    }
    if (!is_in_years(claims, sp_day_year(*day))) {
        return "outside_year";
    }
    if (take(claims, fields, DIAGNOSIS).size == 0) {
        return "no_diagnosis";
    }
    *type = find_type(claims, fields, *day, number, &rule);
    return rule;
}

/* A decimal point as the layout's sign. */
static SpField number_of(KprClaims *claims, SpField field, gsize i)
{
    if (!claims->has_point || field.size > NUMBER_SIZE) {
        return field;
    }
    char *text = claims->numbers[i];
    for (gsize k = 0; k < field.size; k++) {
        text[k] = field.text[k];
        if (text[k] == '.') {
            text[k] = claims->input.layout->number.decimal;
        }
    }
    return (SpField){.text = text, .size = field.size};
}

static SpField field_of(const char *text)
{
    return (SpField){.text = text, .size = strlen(text)};
}

static gboolean row(SpSink *sink, guint64 number, const SpField fields[], gsize n, GError **error)
{
    KprClaims *claims = (KprClaims *)sink;
    const char *type = NULL;
    SpDay day = 0;
    (void)n;
    const char *rule = check_claim(claims, fields, number, &day, &type);
    if (rule != NULL) {
        sp_parser_leave_out(&claims->input, rule, "claim", number);
        return TRUE;
    }
    if (sp_day_year(day) != claims->year_of_text) {
        claims->year_of_text = sp_day_year(day);
        g_snprintf(claims->year_text, sizeof claims->year_text, "%d", claims->year_of_text);
    }
    SpField *out = claims->out;
    out[OUT_YEAR] = field_of(claims->year_text);
    out[OUT_PERSON] = take(claims, fields, PERSON);
    out[OUT_BORN] = take(claims, fields, BORN);
    out[OUT_SEX] = take(claims, fields, SEX);
    out[OUT_PRACTICE] = take(claims, fields, PRACTICE);
    out[OUT_TYPE] = field_of(type);
    gsize n_out = OUT_N_ALWAYS;
    for (gsize i = N_NEEDED; i < N_FIELDS; i++) {
        if (claims->places[i].n_columns > 0) {
            SpField field = take(claims, fields, i);
            out[n_out++] = i >= REFUND ? number_of(claims, field, i - REFUND) : field;
        }
    }
    return claims->to->row(claims->to, number, out, claims->n_out, error);
}

/* "2024", or the first and the last: "2022-2024". */
static gboolean read_years(KprClaims *claims, GError **error)
{
    const char *text = NULL;
    if (!sp_settings_text_or(claims->input.settings, "aar", NULL, &text, error)) {
        return FALSE;
    }
    if (text == NULL) {
        return TRUE;
    }
    gint64 first = 0;
    gint64 last = 0;
    const char *second = strlen(text) == YEAR_SIZE ? text : text + YEAR_SIZE + 1;
    gboolean is_form =
        strlen(text) == YEAR_SIZE || (strlen(text) == 2 * YEAR_SIZE + 1 && text[YEAR_SIZE] == '-');
    if (!is_form || !sp_number_parse_int(text, YEAR_SIZE, &first) ||
        !sp_number_parse_int(second, YEAR_SIZE, &last) || first < 1 || first > last) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "setting aar = %s: want the extract's year, or its first and last as "
                            "2022-2024",
                            text);
    }
    claims->first_year = (int)first;
    claims->last_year = (int)last;
    return TRUE;
}

static gboolean read_names(KprClaims *claims, GError **error)
{
    static const char *const others[] = {"fil", "rad", "ignorer"};
    for (gsize i = 0; i < sp_code_list_size(claims->fields); i++) {
        const char *name = sp_code_list_text(claims->fields, i, "from");
        const char *to = sp_code_list_text(claims->fields, i, "to");
        gsize field = 0;
        if (find_field(to, &field)) {
            g_ptr_array_add(claims->columns, (gpointer)name);
        } else if (strcmp(to, others[2]) == 0) {
            g_ptr_array_add(claims->ignored, (gpointer)name);
        } else if (strcmp(to, others[0]) != 0 && strcmp(to, others[1]) != 0) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "config/codes/" FIELDS ".csv: \"%s\" is \"%s\", which the reader "
                                "does not know; its words are in docs/profiles/kpr.md",
                                name, to);
        }
    }
    return TRUE;
}

KprClaims *kpr_claims_new(const SpParserInput *input, SpSink *sink, GError **error)
{
    static const char *const practice_columns[] = {"kontakttype", NULL};
    g_autoptr(KprClaims) claims = g_new0(KprClaims, 1);
    claims->sink = (SpSink){.begin = begin, .row = row};
    claims->input = *input;
    claims->to = sink;
    claims->columns = g_ptr_array_new();
    claims->ignored = g_ptr_array_new();
    claims->fields = sp_code_list_new(input->lists, FIELDS, NULL, 0, error);
    claims->practices = claims->fields == NULL
                            ? NULL
                            : sp_code_list_new(input->lists, PRACTICES, practice_columns, 0, error);
    claims->tariffs = claims->practices == NULL ? NULL : kpr_tariffs_new(input->lists, error);
    return claims->tariffs != NULL && read_names(claims, error) && read_years(claims, error)
               ? g_steal_pointer(&claims)
               : NULL;
}

void kpr_claims_free(KprClaims *claims)
{
    if (claims == NULL) {
        return;
    }
    g_clear_pointer(&claims->fields, sp_code_list_free);
    g_clear_pointer(&claims->practices, sp_code_list_free);
    g_clear_pointer(&claims->tariffs, kpr_tariffs_free);
    g_ptr_array_unref(claims->columns);
    g_ptr_array_unref(claims->ignored);
    g_free(claims);
}

SpSink *kpr_claims_sink(KprClaims *claims)
{
    return &claims->sink;
}

void kpr_claims_set_point(KprClaims *claims)
{
    claims->has_point = TRUE;
}

const char *const *kpr_claims_columns(const KprClaims *claims, gsize *n)
{
    *n = claims->columns->len;
    return (const char *const *)claims->columns->pdata;
}

const char *const *kpr_claims_ignored(const KprClaims *claims, gsize *n)
{
    *n = claims->ignored->len;
    return (const char *const *)claims->ignored->pdata;
}

const char *kpr_claims_element(const KprClaims *claims, const char *word)
{
    for (gsize i = 0; i < sp_code_list_size(claims->fields); i++) {
        if (strcmp(sp_code_list_text(claims->fields, i, "to"), word) == 0) {
            return sp_code_list_text(claims->fields, i, "from");
        }
    }
    return NULL;
}
