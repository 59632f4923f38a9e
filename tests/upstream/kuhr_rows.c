/* Claims from the sizes of the kommuner. */
#include "tests/upstream/kuhr_rows.h"

#include "core/number.h"

#include <math.h>
#include <string.h>

enum { FEW_CLAIMS = 5, SMALL_KOMMUNE = 10000, MONTHS = 12 };

FakeKuhr *fake_kuhr_read(const char *folder)
{
    g_autoptr(GKeyFile) file = fake_list_open(folder, "kuhr.ini");
    if (file == NULL) {
        return NULL;
    }
    FakeKuhr *kuhr = g_new0(FakeKuhr, 1);
    g_autofree char *first = g_key_file_get_string(file, "kuhr", "first_year", NULL);
    g_autofree char *last = g_key_file_get_string(file, "kuhr", "last_year", NULL);
    kuhr->areas = fake_list_read(file, "kuhr", "areas");
    kuhr->practices = fake_list_read(file, "kuhr", "practices");
    kuhr->tariffs = fake_list_read(file, "kuhr", "tariffs");
    kuhr->first_year = fake_list_number(first, 0);
    kuhr->last_year = fake_list_number(last, 0);
    return kuhr;
}

void fake_kuhr_free(FakeKuhr *kuhr)
{
    if (kuhr != NULL) {
        g_ptr_array_unref(kuhr->areas);
        g_ptr_array_unref(kuhr->practices);
        g_ptr_array_unref(kuhr->tariffs);
        g_free(kuhr);
    }
}

static int year_of(const FakeKuhrQuestion *question, gint64 period)
{
    return (int)(question->is_month ? period / 100 : period);
}

static gint64 next_period(const FakeKuhrQuestion *question, gint64 period)
{
    gboolean is_december = question->is_month && period % 100 == MONTHS;
    return is_december ? (period / 100 + 1) * 100 + 1 : period + 1;
}

/* Of all kommuner whose code begins with the region's. */
static gint64 count_claims(const FakeCountry *country, const FakeKuhrQuestion *question,
                           const FakeKuhrRow *row, double rate)
{
    double sum = 0;
    guint64 kind = fake_mix(fake_seed(row->tariff), fake_seed(row->practice));
    for (guint i = 0; i < country->kommuner->len; i++) {
        const FakePlace *place = g_ptr_array_index(country->kommuner, i);
        if (g_str_has_prefix(place->code, row->region) &&
            fake_place_lives(place, year_of(question, row->period))) {
            guint64 hash = fake_mix(fake_mix(place->seed, (guint64)row->period), kind);
            double share = 0.5 + fake_share(hash);
            sum += floor(place->size * rate * share / (question->is_month ? MONTHS : 1));
        }
    }
    return (gint64)sum;
}

static gboolean is_shown(const FakeCountry *country, const FakeKuhrQuestion *question,
                         const FakeKuhrRow *row)
{
    if (question->level != 4) {
        return row->claims > 0;
    }
    const FakePlace *place = fake_country_find(country, row->region);
    return question->is_month ? place->size > SMALL_KOMMUNE && row->claims > 0
                              : row->claims > FEW_CLAIMS;
}

static void add_region(const FakeKuhr *kuhr, const FakeCountry *country,
                       const FakeKuhrQuestion *question, FakeKuhrRow row, GArray *rows)
{
    for (guint i = 0; i < kuhr->tariffs->len * kuhr->practices->len; i++) {
        guint tariff = i / kuhr->practices->len;
        guint practice = i % kuhr->practices->len;
        const char *text = fake_list_part(kuhr->tariffs, tariff, 1);
        double rate = 0;
        sp_number_parse(text, strlen(text), sp_number_plain, &rate);
        row.tariff = fake_list_part(kuhr->tariffs, tariff, 0);
        row.practice = fake_list_part(kuhr->practices, practice, 0);
        row.practice_text = fake_list_part(kuhr->practices, practice, 1);
        if (!fake_list_wants(question->tariffs, row.tariff) ||
            !fake_list_wants(question->practices, row.practice)) {
            continue;
        }
        row.claims = count_claims(country, question, &row, rate / kuhr->practices->len);
        row.kroner = row.claims * fake_list_number(fake_list_part(kuhr->tariffs, tariff, 2), 0);
        if (is_shown(country, question, &row)) {
            g_array_append_val(rows, row);
        }
    }
}

GArray *fake_kuhr_rows(const FakeKuhr *kuhr, const FakeCountry *country,
                       const FakeKuhrQuestion *question)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(FakeKuhrRow));
    /* Tariffs of the other areas are not played: they have no claims. */
    gboolean is_doctor = strcmp(question->area, "LE") == 0;
    for (gint64 period = question->from; is_doctor && period <= question->to;
         period = next_period(question, period)) {
        int year = year_of(question, period);
        FakeKuhrRow row = {.period = period, .region = ""};
        if (year < kuhr->first_year || year > kuhr->last_year) {
            continue;
        }
        if (question->level == 0) {
            add_region(kuhr, country, question, row, rows);
            continue;
        }
        const GPtrArray *places = question->level == 2 ? country->fylker : country->kommuner;
        for (guint i = 0; i < places->len; i++) {
            const FakePlace *place = g_ptr_array_index(places, i);
            row.region = place->code;
            if (fake_place_lives(place, year) && fake_list_wants(question->regions, row.region)) {
                add_region(kuhr, country, question, row, rows);
            }
        }
    }
    return rows;
}
