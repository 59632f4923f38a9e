/* Leaves of the model are one kommune, one year and one value of everything else; totals and
 * regions are sums of leaves. */
#include "tests/upstream/model.h"

#include <math.h>
#include <string.h>

enum { N_AGES = 106, FULL_AGES = 60, REFERENCE_YEAR = 2024, NON_REPORTERS = 40, COPIERS = 5 };

/* Where the parts of a cell stand. */
typedef struct {
    const FakeTable *table;
    const guint *place;
    const FakeContents *contents;
    const FakeValue *time;
    const FakeValue *region; /* NULL when the table has none */
} Cell;

typedef double Leaf(const Cell *cell, const FakePlace *kommune);

static const FakeValue *value_at(const FakeTable *table, guint variable, guint place)
{
    const FakeVariable *of = g_ptr_array_index(table->variables, variable);
    return g_ptr_array_index(of->values, place);
}

double fake_round(double value, guint decimals)
{
    double unit = decimals == 0 ? 1 : decimals == 1 ? 10 : 100;
    return round(value * unit) / unit;
}

/* The share of an age: even until 60, then falling to nothing. */
static double age_share(int age)
{
    static const double all = FULL_AGES + 1 + (N_AGES - FULL_AGES - 1) / 2.0;
    return (age <= FULL_AGES ? 1.0 : (double)(N_AGES - age) / (N_AGES - FULL_AGES)) / all;
}

static double size_in(const FakePlace *kommune, int year)
{
    double growth = 0.99 + 0.025 * fake_share(fake_mix(kommune->seed, 1));
    return kommune->size * pow(growth, year - REFERENCE_YEAR);
}

/* The share that is left over is a person or none, by the hash: whole persons, and right on
 * average. */
static double whole(double expected, guint64 hash)
{
    return floor(expected + fake_share(hash));
}

static double persons(const FakePlace *kommune, double size, int year, int age, const char *sex)
{
    guint64 hash = fake_mix(fake_mix(kommune->seed, (guint64)year), (guint64)age);
    return whole(size * age_share(age) / 2, fake_mix(hash, (guint64)*sex));
}

double fake_model_people(const FakePlace *place, int year)
{
    double size = size_in(place, year);
    double sum = 0;
    for (int age = 0; age < N_AGES && fake_place_lives(place, year); age++) {
        sum += persons(place, size, year, age, "1") + persons(place, size, year, age, "2");
    }
    return sum;
}

/* The persons of the cell's sex and age in a kommune of that size. */
static double of_sex_and_age(const Cell *cell, const FakePlace *kommune, double size)
{
    int age = 0;
    const char *sex = "1";
    for (guint i = 0; i < cell->table->variables->len; i++) {
        const FakeVariable *variable = g_ptr_array_index(cell->table->variables, i);
        const FakeValue *value = g_ptr_array_index(variable->values, cell->place[i]);
        age = variable->role == FAKE_AGE ? value->number : age;
        sex = strcmp(variable->code, "Kjonn") == 0 ? value->code : sex;
    }
    return persons(kommune, size, cell->time->number, age, sex);
}

static double population(const Cell *cell, const FakePlace *kommune)
{
    return of_sex_and_age(cell, kommune, size_in(kommune, cell->time->number));
}

/* Alternatives part from the first year of the table on, by their names: at most half a per cent a
 * year. */
static double projected(const Cell *cell, const FakePlace *kommune)
{
    double drift = 1;
    for (guint i = 0; i < cell->table->variables->len; i++) {
        const FakeVariable *variable = g_ptr_array_index(cell->table->variables, i);
        if (strcmp(variable->code, "Framskriv") == 0) {
            const FakeValue *value = g_ptr_array_index(variable->values, cell->place[i]);
            drift += 0.01 * (fake_share(value->seed) - 0.5);
        }
    }
    int years = cell->time->number - cell->table->first_year;
    return of_sex_and_age(cell, kommune, size_in(kommune, cell->time->number) * pow(drift, years));
}

static double people(const Cell *cell, const FakePlace *kommune)
{
    return fake_model_people(kommune, cell->time->number);
}

static double events(const FakePlace *kommune, int year, double rate, guint64 kind)
{
    guint64 hash = fake_mix(fake_mix(kommune->seed, (guint64)year), 1000 + kind);
    double noise = 0.8 + 0.4 * fake_share(fake_mix(hash, 1));
    return whole(fake_model_people(kommune, year) * rate * noise, hash);
}

static double births(const Cell *cell, const FakePlace *kommune)
{
    return events(kommune, cell->time->number, 0.0095, 1);
}

static double deaths(const Cell *cell, const FakePlace *kommune)
{
    return events(kommune, cell->time->number, 0.0080, 2);
}

/* To next 1 January; in the last year of a kommune nobody is counted there any more, and the year
 * is taken as if it went on. */
static double growth(const Cell *cell, const FakePlace *kommune)
{
    FakePlace going_on = *kommune;
    going_on.end_year = FAKE_NO_END;
    int year = cell->time->number;
    return fake_model_people(&going_on, year + 1) - fake_model_people(&going_on, year);
}

/* At least as many as the growth needs, so that nobody moves out less than not at all. */
static double moved_in(const Cell *cell, const FakePlace *kommune)
{
    double needed = growth(cell, kommune) - births(cell, kommune) + deaths(cell, kommune);
    return MAX(needed, events(kommune, cell->time->number, 0.0500, 3));
}

static double moved_out(const Cell *cell, const FakePlace *kommune)
{
    return moved_in(cell, kommune) + births(cell, kommune) - deaths(cell, kommune) -
           growth(cell, kommune);
}

/* One move in six crosses the border, as far as births, deaths and growth allow. */
static double immigrated(const Cell *cell, const FakePlace *kommune)
{
    return floor(moved_in(cell, kommune) / 6);
}

static double emigrated(const Cell *cell, const FakePlace *kommune)
{
    return floor(moved_out(cell, kommune) / 6);
}

static double moved_in_domestic(const Cell *cell, const FakePlace *kommune)
{
    return moved_in(cell, kommune) - immigrated(cell, kommune);
}

static double moved_out_domestic(const Cell *cell, const FakePlace *kommune)
{
    return moved_out(cell, kommune) - emigrated(cell, kommune);
}

/* What a leaf of any other table is hashed from: all its codes but the total, the year as it is
 * copied and revised. */
static guint64 hash_of(const Cell *cell, guint64 region_seed)
{
    const FakeTable *table = cell->table;
    int year = cell->time->number;
    if (table->copies_2019 && year == 2019 && region_seed % COPIERS == 0) {
        year = 2018;
    }
    guint64 hash = fake_mix(fake_mix(table->seed, region_seed), (guint64)year);
    for (guint i = 0; i < table->variables->len; i++) {
        const FakeVariable *variable = g_ptr_array_index(table->variables, i);
        if (variable->role == FAKE_OTHER || variable->role == FAKE_METRIC) {
            hash = fake_mix(hash, value_at(table, i, cell->place[i])->seed);
        }
    }
    return hash;
}

/* How many times the figures of this year have been published: March is 1, June 2. */
static guint64 revision(const Cell *cell)
{
    guint64 n = 0;
    for (guint i = 0; i < cell->table->releases->len; i++) {
        n += g_array_index(cell->table->releases, FakeRelease, i).year == cell->time->number;
    }
    return n;
}

/* The part of the whole that falls on the leaf's values, by their seeds. */
static double part_of(const Cell *cell)
{
    double part = 1;
    for (guint i = 0; i < cell->table->variables->len; i++) {
        const FakeVariable *variable = g_ptr_array_index(cell->table->variables, i);
        if (variable->role != FAKE_OTHER) {
            continue;
        }
        double all = 0;
        double own = 0;
        for (guint j = 0; j < variable->values->len; j++) {
            const FakeValue *value = g_ptr_array_index(variable->values, j);
            double weight = value->is_total ? 0 : 0.3 + fake_share(value->seed);
            all += weight;
            own = j == cell->place[i] ? weight : own;
        }
        part *= own / all;
    }
    return part;
}

/* Revisions move a figure by some percent, now and then. */
static double noise_of(const Cell *cell, guint64 hash)
{
    double noise = 0.8 + 0.4 * fake_share(hash);
    return noise * (1 + 0.02 * fake_share(fake_mix(hash, revision(cell))));
}

static double hours(const Cell *cell, const FakePlace *kommune)
{
    double size = size_in(kommune, cell->time->number);
    guint64 hash = hash_of(cell, kommune->seed);
    return size * cell->contents->scale * part_of(cell) * noise_of(cell, hash);
}

static double count(const Cell *cell, const FakePlace *kommune)
{
    return whole(hours(cell, kommune), fake_mix(hash_of(cell, kommune->seed), 7));
}

/* No sum: every region, and every total, has a rate of its own. */
static double rate(const Cell *cell)
{
    guint64 hash = hash_of(cell, cell->region != NULL ? cell->region->seed : 0);
    return cell->contents->scale * noise_of(cell, hash);
}

static const struct {
    const char *model;
    Leaf *leaf; /* NULL: a rate of the region, or nothing */
    gboolean is_rate;
} models[] = {
    {"population", population, FALSE},
    {"people", people, FALSE},
    {"births", births, FALSE},
    {"deaths", deaths, FALSE},
    {"moved_in", moved_in, FALSE},
    {"moved_out", moved_out, FALSE},
    {"growth", growth, FALSE},
    {"projected", projected, FALSE},
    {"immigrated", immigrated, FALSE},
    {"emigrated", emigrated, FALSE},
    {"moved_in_domestic", moved_in_domestic, FALSE},
    {"moved_out_domestic", moved_out_domestic, FALSE},
    {"count", count, FALSE},
    {"hours", hours, FALSE},
    {"rate", NULL, TRUE},
    {"zero", NULL, FALSE},
};

static double sum_of_leaves(const Cell *cell, Leaf *leaf)
{
    /* A total is the sum over the other values of its variable. */
    for (guint i = 0; i < cell->table->variables->len; i++) {
        const FakeVariable *variable = g_ptr_array_index(cell->table->variables, i);
        if (!((const FakeValue *)g_ptr_array_index(variable->values, cell->place[i]))->is_total) {
            continue;
        }
        guint parts[FAKE_MAX_VARIABLES];
        memcpy(parts, cell->place, sizeof(guint) * cell->table->variables->len);
        Cell part = *cell;
        part.place = parts;
        double sum = 0;
        for (parts[i] = 0; parts[i] < variable->values->len; parts[i]++) {
            if (parts[i] != cell->place[i]) {
                sum += sum_of_leaves(&part, leaf);
            }
        }
        return sum;
    }
    double sum = 0;
    for (guint i = 0; cell->region != NULL && i < cell->region->members->len; i++) {
        const FakePlace *kommune = g_ptr_array_index(cell->region->members, i);
        if (fake_place_lives(kommune, cell->time->number)) {
            sum += leaf(cell, kommune);
        }
    }
    return sum;
}

static double value_of(const Cell *cell)
{
    for (gsize i = 0; i < G_N_ELEMENTS(models); i++) {
        if (strcmp(models[i].model, cell->contents->model) == 0) {
            double value = models[i].is_rate        ? rate(cell)
                           : models[i].leaf != NULL ? sum_of_leaves(cell, models[i].leaf)
                                                    : 0;
            return fake_round(value, cell->contents->decimals);
        }
    }
    return 0;
}

/* Figures of a region outside its lifetime cannot occur; one in forty kommuner a year does not
 * report. */
static const char *absent(const Cell *cell)
{
    const FakePlace *place = cell->region != NULL ? cell->region->place : NULL;
    int year = cell->time->number;
    if (place != NULL && !fake_place_lives(place, year)) {
        return ".";
    }
    gboolean is_kommune = place != NULL && strlen(place->code) == 4;
    guint64 hash =
        is_kommune ? fake_mix(fake_mix(cell->table->seed, place->seed), (guint64)year) : 1;
    return cell->table->has_non_reporters && hash % NON_REPORTERS == 0 ? ".." : NULL;
}

FakeCell fake_model_cell(const FakeTable *table, const guint place[])
{
    Cell cell = {.table = table, .place = place};
    for (guint i = 0; i < table->variables->len; i++) {
        const FakeVariable *variable = g_ptr_array_index(table->variables, i);
        const FakeValue *value = g_ptr_array_index(variable->values, place[i]);
        cell.contents = variable->role == FAKE_METRIC ? value->contents : cell.contents;
        cell.time = variable->role == FAKE_TIME ? value : cell.time;
        cell.region = variable->role == FAKE_GEO ? value : cell.region;
    }
    g_assert(cell.contents != NULL && cell.time != NULL);
    if (table->zero_sign != NULL && cell.time->number == table->last_year) {
        return (FakeCell){0, strcmp(table->zero_sign, "0") == 0 ? NULL : table->zero_sign};
    }
    const char *sign = absent(&cell);
    if (sign != NULL) {
        return (FakeCell){0, sign};
    }
    double value = value_of(&cell);
    gboolean is_hidden =
        value >= (double)cell.contents->hide_from && value <= (double)cell.contents->hide_to;
    return (FakeCell){value, is_hidden ? ":" : NULL};
}
