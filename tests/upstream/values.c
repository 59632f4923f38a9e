/* The values of a variable: written out, ages, or regions of the country. */
#include "tests/upstream/table.h"

#include "core/error.h"

#include <string.h>

enum { OLDEST = 105 };

FakeValue *fake_value_new(const char *code, const char *text)
{
    FakeValue *value = g_new0(FakeValue, 1);
    value->code = g_strdup(code);
    value->text = g_strdup(text);
    value->seed = fake_seed(code);
    return value;
}

void fake_value_free(gpointer data)
{
    FakeValue *value = data;
    if (value->members != NULL) {
        g_ptr_array_unref(value->members);
    }
    if (value->contents != NULL) {
        g_free(value->contents->text);
        g_free(value->contents->unit);
        g_free(value->contents->model);
        g_free(value->contents->refperiod);
        g_free(value->contents->measuring);
        g_free(value->contents);
    }
    g_free(value->code);
    g_free(value->text);
    g_free(value);
}

static FakeValue *add_region(FakeVariable *variable, const char *code, const char *text)
{
    FakeValue *value = fake_value_new(code, text);
    value->members = g_ptr_array_new();
    g_ptr_array_add(variable->values, value);
    return value;
}

/* SSB's labels tell a code's lifetime once it is over: "(-2019)", "(2020-2023)". g_free. */
static char *label_of(const FakePlace *place)
{
    if (place->end_year == FAKE_NO_END) {
        return g_strdup(place->name);
    }
    return place->from_year <= FAKE_FIRST_YEAR
               ? g_strdup_printf("%s (-%d)", place->name, place->end_year - 1)
               : g_strdup_printf("%s (%d-%d)", place->name, place->from_year, place->end_year - 1);
}

static void add_whole(FakeVariable *variable, const FakeCountry *country, const char *code,
                      const char *text, const char *but)
{
    FakeValue *value = add_region(variable, code, text);
    for (guint i = 0; i < country->kommuner->len; i++) {
        FakePlace *place = g_ptr_array_index(country->kommuner, i);
        if (but == NULL || strcmp(place->code, but) != 0) {
            g_ptr_array_add(value->members, place);
        }
    }
}

static void add_landet(FakeVariable *variable, const FakeCountry *country)
{
    add_whole(variable, country, "0", "Hele landet", NULL);
}

static void add_eak(FakeVariable *variable, const FakeCountry *country)
{
    add_whole(variable, country, "EAK", "Landet", NULL);
}

static void add_eakuo(FakeVariable *variable, const FakeCountry *country)
{
    add_whole(variable, country, "EAKUO", "Landet uten Oslo", "0301");
}

static void add_counties(FakeVariable *variable, const FakeCountry *country, const char *prefix,
                         gboolean is_now)
{
    for (guint i = 0; i < country->fylker->len; i++) {
        const FakePlace *fylke = g_ptr_array_index(country->fylker, i);
        if (is_now && fylke->end_year != FAKE_NO_END) {
            continue;
        }
        g_autofree char *code = g_strconcat(prefix, fylke->code, NULL);
        g_autofree char *text = label_of(fylke);
        FakeValue *value = add_region(variable, code, text);
        value->place = fylke;
        for (guint j = 0; j < country->kommuner->len; j++) {
            FakePlace *place = g_ptr_array_index(country->kommuner, j);
            if (g_str_has_prefix(place->code, fylke->code)) {
                g_ptr_array_add(value->members, place);
            }
        }
    }
}

static void add_fylker(FakeVariable *variable, const FakeCountry *country)
{
    add_counties(variable, country, "", FALSE);
}

static void add_fylker_eka(FakeVariable *variable, const FakeCountry *country)
{
    add_counties(variable, country, "EKA", FALSE);
}

static void add_fylker_now(FakeVariable *variable, const FakeCountry *country)
{
    add_counties(variable, country, "", TRUE);
}

static void add_fylker_eafk(FakeVariable *variable, const FakeCountry *country)
{
    add_counties(variable, country, "EAFK", FALSE);
}

static void add_eafk(FakeVariable *variable, const FakeCountry *country)
{
    add_whole(variable, country, "EAFK", "Landet", NULL);
}

/* The groups of today are followed back by heirs, as SSB restates them. */
static void add_grupper(FakeVariable *variable, const FakeCountry *country)
{
    for (int number = 1; number <= FAKE_GROUPS; number++) {
        g_autofree char *code = g_strdup_printf("EKG%02d", number);
        g_autofree char *text = g_strdup_printf("KOSTRA-gruppe %d", number);
        FakeValue *value = add_region(variable, code, text);
        for (guint j = 0; j < country->kommuner->len; j++) {
            FakePlace *place = g_ptr_array_index(country->kommuner, j);
            const FakePlace *heir =
                place->heir != NULL ? fake_country_find(country, place->heir) : NULL;
            if (heir != NULL && strcmp(heir->group, code) == 0) {
                g_ptr_array_add(value->members, place);
            }
        }
    }
}

static void add_places(FakeVariable *variable, const FakeCountry *country, gboolean is_now)
{
    for (guint i = 0; i < country->kommuner->len; i++) {
        FakePlace *place = g_ptr_array_index(country->kommuner, i);
        if (is_now && place->end_year != FAKE_NO_END) {
            continue;
        }
        g_autofree char *text = label_of(place);
        FakeValue *value = add_region(variable, place->code, text);
        value->place = place;
        g_ptr_array_add(value->members, place);
    }
}

static void add_kommuner(FakeVariable *variable, const FakeCountry *country)
{
    add_places(variable, country, FALSE);
}

static void add_kommuner_now(FakeVariable *variable, const FakeCountry *country)
{
    add_places(variable, country, TRUE);
}

static void add_ages(FakeVariable *variable, const FakeCountry *country)
{
    (void)country;
    variable->role = FAKE_AGE;
    for (int age = 0; age <= OLDEST; age++) {
        const char *plus = age == OLDEST ? "+" : "";
        g_autofree char *code = g_strdup_printf("%03d%s", age, plus);
        g_autofree char *text =
            g_strdup_printf("%d år%s", age, age == OLDEST ? " eller eldre" : "");
        FakeValue *value = fake_value_new(code, text);
        value->number = age;
        g_ptr_array_add(variable->values, value);
    }
}

static const struct {
    const char *word;
    void (*add)(FakeVariable *variable, const FakeCountry *country);
    gboolean is_region;
} makers[] = {
    {"landet", add_landet, TRUE},
    {"fylker", add_fylker, TRUE},
    {"kommuner", add_kommuner, TRUE},
    {"eak", add_eak, TRUE},
    {"eakuo", add_eakuo, TRUE},
    {"fylker_eka", add_fylker_eka, TRUE},
    {"grupper", add_grupper, TRUE},
    {"ages", add_ages, FALSE},
    {"eafk", add_eafk, TRUE},
    {"fylker_eafk", add_fylker_eafk, TRUE},
    {"fylker_now", add_fylker_now, TRUE},
    {"kommuner_now", add_kommuner_now, TRUE},
};

static gboolean make_from_word(FakeVariable *variable, const char *word, const FakeCountry *country,
                               GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(makers); i++) {
        if (strcmp(word, makers[i].word) == 0) {
            variable->role = makers[i].is_region ? FAKE_GEO : variable->role;
            makers[i].add(variable, country);
            return TRUE;
        }
    }
    return sp_error_set(error, SP_ERROR_DATA, "values: \"%s\" is neither CODE:TEXT nor a list",
                        word);
}

gboolean fake_values_make(FakeVariable *variable, const char *text, const char *total,
                          const FakeCountry *country, GError **error)
{
    gboolean is_written = strchr(text, ':') != NULL;
    g_auto(GStrv) pieces = g_strsplit(text, is_written ? "|" : " ", -1);
    for (char **piece = pieces; *piece != NULL; piece++) {
        if (!is_written) {
            if (**piece != '\0' && !make_from_word(variable, *piece, country, error)) {
                return FALSE;
            }
            continue;
        }
        g_auto(GStrv) parts = g_strsplit(*piece, ":", 2);
        if (parts[0] == NULL || parts[1] == NULL) {
            return sp_error_set(error, SP_ERROR_DATA, "values: \"%s\" is not CODE:TEXT", *piece);
        }
        FakeValue *value = fake_value_new(parts[0], parts[1]);
        value->is_total = g_strcmp0(parts[0], total) == 0;
        g_ptr_array_add(variable->values, value);
    }
    return TRUE;
}
