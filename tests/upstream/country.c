/* The divisions: read from tables/, with heirs followed through the changes and sizes handed back
 * along them, so that sums within today's borders hold together over a merger. */
#include "tests/upstream/country.h"

#include "core/error.h"
#include "core/number.h"
#include "tests/seed.h"

#include <math.h>
#include <string.h>

/* Inhabitants by KOSTRA group, 1-17: the groups are defined by size. */
static const struct {
    double least;
    double most;
} group_sizes[FAKE_GROUPS + 1] = {{2000, 9999},    {2000, 9999},     {2000, 9999},   {2000, 9999},
                                  {2000, 9999},    {2000, 9999},     {2000, 9999},   {10000, 19999},
                                  {10000, 19999},  {20000, 29999},   {30000, 44999}, {45000, 74999},
                                  {75000, 300000}, {700000, 720000}, {600, 1999},    {600, 1999},
                                  {200, 599},      {500, 3000}};

guint64 fake_mix(guint64 a, guint64 b)
{
    guint64 seed = a + 0x9E3779B97F4A7C15U * b;
    return seed_bits(&seed);
}

guint64 fake_seed(const char *text)
{
    guint64 hash = 0xCBF29CE484222325U; /* FNV-1a */
    for (const char *c = text; *c != '\0'; c++) {
        hash = (hash ^ (guchar)*c) * 0x100000001B3U;
    }
    return hash;
}

double fake_share(guint64 hash)
{
    return (double)(hash >> 11) / 9007199254740992.0; /* 2^53 */
}

/* Rows of a file without quotes, its header left out: char** each. */
static gboolean read_rows(const char *folder, const char *name, guint n_fields, GPtrArray *rows,
                          GError **error)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL)) {
        return sp_error_set(error, SP_ERROR_NO_INPUT, "%s: cannot be read", path);
    }
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 1; i < g_strv_length(lines); i++) {
        if (*lines[i] == '\0') {
            continue;
        }
        char **fields = g_strsplit(lines[i], ",", -1);
        g_ptr_array_add(rows, fields);
        if (g_strv_length(fields) != n_fields) {
            return sp_error_set(error, SP_ERROR_DATA, "%s:%u: want %u fields", path, i + 1,
                                n_fields);
        }
    }
    return TRUE;
}

static int year_of(const char *date)
{
    gint64 year = FAKE_NO_END;
    if (*date != '\0') {
        sp_number_parse_int(date, 4, &year);
    }
    return (int)year;
}

/* Joins the versions of each code, which stand together. */
static void add_places(const GPtrArray *versions, GPtrArray *places)
{
    FakePlace *place = NULL;
    for (guint i = 0; i < versions->len; i++) {
        const FakeVersion *version = g_ptr_array_index(versions, i);
        if (strcmp(version->code, "9999") == 0) {
            continue;
        }
        if (place == NULL || strcmp(place->code, version->code) != 0) {
            place = g_new0(FakePlace, 1);
            place->code = version->code;
            place->from_year = year_of(version->from);
            place->seed = fake_seed(version->code);
            g_ptr_array_add(places, place);
        }
        place->name = version->name;
        place->end_year = year_of(version->to);
        place->group = version->group;
    }
}

static void add_versions(GPtrArray *versions, const GPtrArray *rows, guint start,
                         gboolean has_group)
{
    for (guint i = start; i < rows->len; i++) {
        char **row = g_ptr_array_index(rows, i);
        FakeVersion *version = g_new0(FakeVersion, 1);
        *version = (FakeVersion){row[0], row[1], row[2], row[3], has_group ? row[4] : ""};
        g_ptr_array_add(versions, version);
    }
}

static void add_changes(FakeCountry *country, guint start)
{
    for (guint i = start; i < country->rows->len; i++) {
        char **row = g_ptr_array_index(country->rows, i);
        FakeChange *change = g_new0(FakeChange, 1);
        *change = (FakeChange){row[0], row[1], row[2], row[3], row[4]};
        g_ptr_array_add(country->changes, change);
    }
}

const FakePlace *fake_country_find(const FakeCountry *country, const char *code)
{
    guint low = 0;
    guint high = country->kommuner->len;
    while (low < high) {
        guint middle = (low + high) / 2;
        const FakePlace *place = g_ptr_array_index(country->kommuner, middle);
        int order = strcmp(place->code, code);
        if (order == 0) {
            return place;
        }
        low = order < 0 ? middle + 1 : low;
        high = order > 0 ? middle : high;
    }
    return NULL;
}

/* A change that carries people from a code that ends on that day to another. */
static gboolean is_move(const FakeChange *change, const FakePlace *place)
{
    return strcmp(change->old_code, place->code) == 0 &&
           strcmp(change->new_code, place->code) != 0 && year_of(change->date) == place->end_year;
}

/* How many old codes went into a new one on a day, itself counted if it went on. */
static guint count_parents(const FakeCountry *country, const FakeChange *born)
{
    guint n = 0;
    for (guint i = 0; i < country->changes->len; i++) {
        const FakeChange *change = g_ptr_array_index(country->changes, i);
        n += strcmp(change->date, born->date) == 0 && strcmp(change->new_code, born->new_code) == 0;
    }
    return n;
}

static double own_size(const FakePlace *place)
{
    gint64 group = 0;
    if (strlen(place->group) == 5) {
        sp_number_parse_int(place->group + 3, 2, &group);
    }
    double least = group_sizes[group].least;
    return floor(least + fake_share(place->seed) * (group_sizes[group].most - least));
}

/* Heir and size of a code, those of its successors first. */
static void settle(const FakeCountry *country, FakePlace *place)
{
    if (place->size > 0) {
        return;
    }
    if (place->end_year == FAKE_NO_END) {
        place->heir = place->code;
        place->size = own_size(place);
        return;
    }
    guint n_heirs = 0;
    for (guint i = 0; i < country->changes->len; i++) {
        const FakeChange *change = g_ptr_array_index(country->changes, i);
        FakePlace *next = is_move(change, place)
                              ? (FakePlace *)fake_country_find(country, change->new_code)
                              : NULL;
        if (next == NULL || next->from_year > place->end_year) {
            continue;
        }
        settle(country, next);
        place->size += next->size / count_parents(country, change);
        gboolean is_same = n_heirs == 0 || g_strcmp0(place->heir, next->heir) == 0;
        place->heir = is_same ? next->heir : NULL;
        n_heirs++;
    }
    place->size = MAX(place->size, 1);
}

FakeCountry *fake_country_read(const char *folder, GError **error)
{
    FakeCountry *country = g_new0(FakeCountry, 1);
    country->rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    country->versions = g_ptr_array_new_with_free_func(g_free);
    country->fylke_versions = g_ptr_array_new_with_free_func(g_free);
    country->kommuner = g_ptr_array_new_with_free_func(g_free);
    country->fylker = g_ptr_array_new_with_free_func(g_free);
    country->changes = g_ptr_array_new_with_free_func(g_free);
    if (!read_rows(folder, "kommuner.csv", 5, country->rows, error)) {
        fake_country_free(country);
        return NULL;
    }
    add_versions(country->versions, country->rows, 0, TRUE);
    guint n = country->rows->len;
    if (!read_rows(folder, "fylker.csv", 4, country->rows, error)) {
        fake_country_free(country);
        return NULL;
    }
    add_versions(country->fylke_versions, country->rows, n, FALSE);
    n = country->rows->len;
    if (!read_rows(folder, "endringer.csv", 5, country->rows, error)) {
        fake_country_free(country);
        return NULL;
    }
    add_changes(country, n);
    add_places(country->versions, country->kommuner);
    add_places(country->fylke_versions, country->fylker);
    for (guint i = 0; i < country->kommuner->len; i++) {
        settle(country, g_ptr_array_index(country->kommuner, i));
    }
    return country;
}

void fake_country_free(FakeCountry *country)
{
    if (country == NULL) {
        return;
    }
    g_ptr_array_unref(country->versions);
    g_ptr_array_unref(country->fylke_versions);
    g_ptr_array_unref(country->kommuner);
    g_ptr_array_unref(country->fylker);
    g_ptr_array_unref(country->changes);
    g_ptr_array_unref(country->rows);
    g_free(country);
}
