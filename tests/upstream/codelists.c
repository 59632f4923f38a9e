/* Code lists: value sets of codes as they are, and groupings whose members are summed. */
#include "tests/upstream/table.h"

#include "core/error.h"

#include <string.h>

enum { LAST_GROUP_AGE = 105 };

static void group_free(gpointer data)
{
    FakeGroup *group = data;
    g_free(group->code);
    g_free(group->text);
    g_ptr_array_unref(group->codes);
    g_free(group);
}

void fake_codelist_free(gpointer data)
{
    FakeCodelist *codelist = data;
    g_free(codelist->id);
    g_free(codelist->label);
    g_free(codelist->prefix);
    g_ptr_array_unref(codelist->groups);
    g_free(codelist);
}

/* A group of that code, made when it is new. */
static FakeGroup *group_of(FakeCodelist *codelist, const char *code, const char *text)
{
    for (guint i = 0; i < codelist->groups->len; i++) {
        FakeGroup *group = g_ptr_array_index(codelist->groups, i);
        if (strcmp(group->code, code) == 0) {
            return group;
        }
    }
    FakeGroup *group = g_new0(FakeGroup, 1);
    group->code = g_strdup(code);
    group->text = g_strdup(text);
    group->codes = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(codelist->groups, group);
    return group;
}

static void add_value(FakeCodelist *codelist, const FakeValue *value)
{
    FakeGroup *group = group_of(codelist, value->code, value->text);
    g_ptr_array_add(group->codes, g_strdup(value->code));
}

static gboolean is_any(const FakeValue *value)
{
    (void)value;
    return TRUE;
}

static gboolean is_landet(const FakeValue *value)
{
    return strcmp(value->code, "0") == 0;
}

static gboolean is_kommune(const FakeValue *value)
{
    return value->place != NULL && strlen(value->place->code) == 4;
}

static gboolean is_kommune_now(const FakeValue *value)
{
    return is_kommune(value) && value->place->end_year == FAKE_NO_END;
}

static gboolean is_fylke(const FakeValue *value)
{
    return value->place != NULL && strlen(value->place->code) == 2;
}

static gboolean is_fylke_now(const FakeValue *value)
{
    return is_fylke(value) && value->place->end_year == FAKE_NO_END;
}

static gboolean is_gruppe(const FakeValue *value)
{
    return g_str_has_prefix(value->code, "EKG");
}

/* Sums within today's borders: K-3101 or, by fylke, F-31. What was divided has no heir. */
static void add_sums(FakeCodelist *codelist, const FakeCountry *country, gboolean is_by_fylke)
{
    const GPtrArray *values = codelist->variable->values;
    for (guint i = 0; i < values->len; i++) {
        const FakeValue *value = g_ptr_array_index(values, i);
        if (!is_kommune(value) || value->place->heir == NULL) {
            continue;
        }
        const FakePlace *heir = fake_country_find(country, value->place->heir);
        g_autofree char *fylke = g_strndup(heir->code, 2);
        g_autofree char *code =
            g_strconcat(codelist->prefix, is_by_fylke ? fylke : heir->code, NULL);
        const char *name = heir->name;
        for (guint j = 0; is_by_fylke && j < country->fylker->len; j++) {
            const FakePlace *place = g_ptr_array_index(country->fylker, j);
            name = strcmp(place->code, fylke) == 0 ? place->name : name;
        }
        g_ptr_array_add(group_of(codelist, code, name)->codes, g_strdup(value->code));
    }
    if (!is_by_fylke) {
        g_autofree char *code = g_strconcat(codelist->prefix, "Rest", NULL);
        for (guint i = 0; i < values->len; i++) {
            const FakeValue *value = g_ptr_array_index(values, i);
            if (is_kommune(value) && value->place->heir == NULL) {
                g_ptr_array_add(group_of(codelist, code, "Delte kommuner og uoppgitt")->codes,
                                g_strdup(value->code));
            }
        }
    }
}

static void add_ages(FakeCodelist *codelist, int width)
{
    const GPtrArray *values = codelist->variable->values;
    for (guint i = 0; i < values->len; i++) {
        const FakeValue *value = g_ptr_array_index(values, i);
        int first = value->number / width * width;
        gboolean is_last = first + width > LAST_GROUP_AGE;
        g_autofree char *code =
            is_last ? g_strdup_printf("%s%d+", codelist->prefix, first)
                    : g_strdup_printf("%s%02d-%02d", codelist->prefix, first, first + width - 1);
        g_autofree char *text = is_last ? g_strdup_printf("%d år eller eldre", first)
                                        : g_strdup_printf("%d-%d år", first, first + width - 1);
        g_ptr_array_add(group_of(codelist, code, text)->codes, g_strdup(value->code));
    }
}

static const struct {
    const char *make;
    gboolean (*is_in)(const FakeValue *value);
} subsets[] = {
    {"all", is_any},          {"landet", is_landet},
    {"kommuner", is_kommune}, {"kommuner_now", is_kommune_now},
    {"fylker", is_fylke},     {"fylker_now", is_fylke_now},
    {"grupper", is_gruppe},
};

static int by_code(gconstpointer a, gconstpointer b)
{
    return strcmp((*(FakeGroup *const *)a)->code, (*(FakeGroup *const *)b)->code);
}

gboolean fake_codelist_make(FakeCodelist *codelist, const char *make, const FakeCountry *country,
                            GError **error)
{
    codelist->groups = g_ptr_array_new_with_free_func(group_free);
    const GPtrArray *values = codelist->variable->values;
    for (gsize i = 0; i < G_N_ELEMENTS(subsets); i++) {
        if (strcmp(make, subsets[i].make) != 0) {
            continue;
        }
        for (guint j = 0; j < values->len; j++) {
            const FakeValue *value = g_ptr_array_index(values, j);
            if (subsets[i].is_in(value)) {
                add_value(codelist, value);
            }
        }
        return TRUE;
    }
    if (g_str_has_prefix(make, "sums_")) {
        add_sums(codelist, country, strcmp(make, "sums_fylker") == 0);
        g_ptr_array_sort(codelist->groups, by_code);
        return TRUE;
    }
    if (g_str_has_prefix(make, "ages_")) {
        add_ages(codelist, strcmp(make, "ages_5") == 0 ? 5 : 10);
        return TRUE;
    }
    return sp_error_set(error, SP_ERROR_DATA, "code list %s: make = %s is not known", codelist->id,
                        make);
}
