/*
 * A made-up IPLOS file of 3 000 persons on its way to every table, held against an independent
 * count: all margins of kommuner, fylker and the country, a kommune that was merged (5030 Klæbu),
 * one that was divided (1850 Tysfjord), and persons in two kommuner.
 */
#include "tests/extractors/recount.h"
#include "tests/seed.h"
#include "tests/transforms/normalise/facts.h"

enum { N_PERSONS = 3000, N_ELEMENTS = 3600, MAX_SERVICES = 3, N_KOMMUNER = 6, N_CODES = 8 };

/* Of 2019, and where they are on the kommuner of 2024 ("/": parts of two). */
static const struct {
    const char *code;
    const char *target;
    const char *fylke;
} kommuner[N_KOMMUNER] = {{"0301", "0301", "03"}, {"0101", "3101", "31"}, {"5001", "5001", "50"},
                          {"5030", "5001", "50"}, {"1850", "/", "18"},    {"1805", "1806", "18"}};

/* docs/profiles/iplos.md, told again. */
static const struct {
    const char *given;
    const char *code;
    const char *groups[3];
} services[N_CODES] = {{"1", "01", {"hjemme", "tot"}},
                       {"15", "15", {"hjemme", "tot"}},
                       {"21", "21", {"institusjon", "sykehjem", "tot"}},
                       {"18", "18", {"institusjon", "sykehjem", "tot"}},
                       {"08", "08", {"institusjon", "tot"}},
                       {"6", "06", {"teknologi", "tot"}},
                       {"12", "29", {"bolig"}},
                       {"14", "14", {"tvang"}}};
static const struct {
    const char *code;
    int first;
    int last;
} bands[] = {{"000-017", 0, 17},  {"018-049", 18, 49}, {"050-066", 50, 66}, {"067-079", 67, 79},
             {"080-084", 80, 84}, {"085-089", 85, 89}, {"090-105", 90, 120}};
static const char *const households[] = {"alene", "med_andre", "med_foreldre", "ukjent"};
static const char *const household_codes[] = {"1", "2", "3", "9"};
static const char *const needs[] = {"ikke_kartlagt", "noe",        "noe",
                                    "middels",       "omfattende", "omfattende"};

typedef struct {
    int code;
    gboolean is_running;
    int last; /* 20190630 when it is not running, else 20191231 */
    int from;
    int hours; /* hundredths; -1: not told */
    int days;  /* -1: not told */
} Service;

typedef struct {
    int person;
    int kommune;
    int score; /* of one need; 0: none */
    int informal;
    Service services[MAX_SERVICES];
    int n_services;
} Element;

typedef struct {
    int born[N_PERSONS];
    int sex[N_PERSONS];
    int household[N_PERSONS];
    Element elements[N_ELEMENTS];
    guint64 n_wrong; /* items that break a rule */
    char *text;
    SpRegions *regions;
    guint64 seed;
} File;

static void make_services(File *file, Element *element)
{
    int first = seed_next(&file->seed, N_CODES);
    element->n_services = 1 + seed_next(&file->seed, MAX_SERVICES);
    for (int i = 0; i < element->n_services; i++) {
        gboolean is_running = seed_next(&file->seed, 3) > 0;
        element->services[i] =
            (Service){.code = (first + i) % N_CODES,
                      .is_running = is_running,
                      .last = is_running ? 20191231 : 20190630,
                      .from = seed_next(&file->seed, 2) > 0 ? 20190301 : 20180501,
                      .hours = seed_next(&file->seed, 2) > 0 ? seed_next(&file->seed, 16801) : -1,
                      .days = seed_next(&file->seed, 3) == 0 ? seed_next(&file->seed, 367) : -1};
    }
}

static void write_service(GString *text, const Service *service)
{
    g_string_append_printf(text, "<tjeneste kode=\"%s\" fra=\"%s\" til=\"%s\"",
                           services[service->code].given,
                           service->from == 20190301 ? "2019-03-01" : "01.05.2018",
                           !service->is_running     ? "2019-06-30"
                           : service->hours % 2 > 0 ? ""
                                                    : "2020-01-15");
    if (service->hours >= 0) {
        g_string_append_printf(text, " timer=\"%d.%02d\"", service->hours / 100,
                               service->hours % 100);
    }
    if (service->days >= 0) {
        g_string_append_printf(text, " doegn=\"%d\"", service->days);
    }
    g_string_append(text, "/>");
}

static void write_element(File *file, GString *text, const Element *element)
{
    int person = element->person;
    g_string_append_printf(text,
                           "<person id=\"person-%04d\" kommune=\"%s\" foedselsaar=\"%d\" "
                           "kjonn=\"%d\" husstand=\"%s\">",
                           person, kommuner[element->kommune].code, file->born[person],
                           file->sex[person], household_codes[file->household[person]]);
    if (element->score > 0) {
        g_string_append_printf(text,
                               "<behov kode=\"03\" verdi=\"%d\"/><behov kode=\"04\" "
                               "verdi=\"9\"/>",
                               element->score);
    }
    if (element->informal >= 0) {
        g_string_append_printf(text, "<uformell timer=\"%d.5\"/>", element->informal);
    }
    for (int i = 0; i < element->n_services; i++) {
        write_service(text, &element->services[i]);
    }
    if (seed_next(&file->seed, 20) == 0) {
        g_string_append(text, "<tjeneste kode=\"15\" fra=\"2019-01-01\" timer=\"168.5\"/>");
        file->n_wrong++;
    }
    g_string_append(text, "</person>\n");
}

static int setup(void **state)
{
    File *file = g_new0(File, 1);
    file->seed = 2019;
    file->regions = small_regions();
    for (int i = 0; i < N_PERSONS; i++) {
        file->born[i] = 1905 + seed_next(&file->seed, 115);
        file->sex[i] = 1 + seed_next(&file->seed, 2);
        file->household[i] = seed_next(&file->seed, 4);
    }
    g_autoptr(GString) text = g_string_new("<iplos aar=\"2019\">\n");
    for (int i = 0; i < N_ELEMENTS; i++) {
        Element *element = &file->elements[i];
        element->person = i < N_PERSONS ? i : seed_next(&file->seed, N_PERSONS);
        element->kommune = seed_next(&file->seed, N_KOMMUNER);
        element->score = seed_next(&file->seed, 6);
        element->informal = seed_next(&file->seed, 3) == 0 ? seed_next(&file->seed, 100) : -1;
        make_services(file, element);
        write_element(file, text, element);
    }
    g_string_append(text, "</iplos>\n");
    file->text = g_strdup(text->str);
    *state = file;
    return 0;
}

static int teardown(void **state)
{
    File *file = *state;
    sp_regions_free(file->regions);
    g_free(file->text);
    g_free(file);
    return 0;
}

/* ---- Codes of a row in each dimension. */

static RecountCodes regions_of_kommune(int kommune)
{
    return strcmp(kommuner[kommune].target, "/") == 0
               ? (RecountCodes){{"1806/", "1875/", kommuner[kommune].fylke, "0"}}
               : (RecountCodes){{kommuner[kommune].target, kommuner[kommune].fylke, "0"}};
}

static RecountCodes services_of(int code)
{
    return (RecountCodes){{services[code].code, services[code].groups[0], services[code].groups[1],
                           services[code].groups[2]}};
}

static RecountCodes ages_of(const File *file, int person)
{
    int age = 2019 - file->born[person];
    for (gsize i = 0; i < G_N_ELEMENTS(bands); i++) {
        if (bands[i].first <= age && age <= bands[i].last) {
            return (RecountCodes){{bands[i].code, "000-105"}};
        }
    }
    fail_msg("no band");
    return (RecountCodes){{NULL}};
}

/* All of 80 and over have a row of their own beside their bands. */
static RecountCodes ages_of_user(const File *file, int person)
{
    RecountCodes codes = ages_of(file, person);
    codes.codes[2] = 2019 - file->born[person] >= 80 ? "080-105" : NULL;
    return codes;
}

static RecountCodes sexes_of(const File *file, int person)
{
    return (RecountCodes){{file->sex[person] == 1 ? "1" : "2", "0"}};
}

static RecountCodes needs_of(const Element *element)
{
    return (RecountCodes){{needs[element->score], "tot"}};
}

static RecountCodes counts_of(gboolean is_running)
{
    return is_running ? (RecountCodes){{"aaret", "3112"}} : (RecountCodes){{"aaret"}};
}

static gboolean is_any_running(const Element *element)
{
    gboolean is_running = FALSE;
    for (int i = 0; i < element->n_services; i++) {
        is_running |= element->services[i].is_running;
    }
    return is_running;
}

/* Calls `add` for each service of the file. */
typedef void (*AddService)(Recount *recount, const File *file, const Element *element,
                           const Service *service);

static void check_services(const File *file, const char *layout, const RecountForm *form,
                           gsize n_dimensions, AddService add)
{
    guint64 n_left_out = 0;
    g_autoptr(SpTable) table =
        recount_table("iplos", layout, "bosted = yes\n", file->regions, file->text, &n_left_out);
    g_autoptr(Recount) recount = recount_new(N_PERSONS, n_dimensions);
    for (int i = 0; i < N_ELEMENTS; i++) {
        for (int k = 0; k < file->elements[i].n_services; k++) {
            add(recount, file, &file->elements[i], &file->elements[i].services[k]);
        }
    }
    recount_check(recount, table, form);
    assert_int_equal(n_left_out, file->n_wrong);
    assert_true(file->n_wrong > 100);
}

static void add_users(Recount *recount, const File *file, const Element *element,
                      const Service *service)
{
    const RecountCodes codes[] = {regions_of_kommune(element->kommune), services_of(service->code),
                                  ages_of_user(file, element->person), needs_of(element),
                                  counts_of(service->is_running)};
    recount_add(recount, codes, (gsize)element->person, (gint64[]){0, 0});
}

static void users_by_service_age_and_need(void **state)
{
    const RecountForm form = {
        .dimensions = {"region", "tjeneste", "alder", "bistandsbehov", "telling"},
        .persons = "mottakere"};
    check_services(*state, "iplos_brukere", &form, 5, add_users);
}

static void add_sexes(Recount *recount, const File *file, const Element *element,
                      const Service *service)
{
    const RecountCodes codes[] = {regions_of_kommune(element->kommune), services_of(service->code),
                                  ages_of(file, element->person), sexes_of(file, element->person),
                                  counts_of(service->is_running)};
    recount_add(recount, codes, (gsize)element->person, (gint64[]){0, 0});
}

static void users_by_service_age_and_sex(void **state)
{
    const RecountForm form = {.dimensions = {"region", "tjeneste", "alder", "kjonn", "telling"},
                              .persons = "mottakere"};
    check_services(*state, "iplos_kjonn", &form, 5, add_sexes);
}

static void add_households(Recount *recount, const File *file, const Element *element,
                           const Service *service)
{
    const RecountCodes codes[] = {
        regions_of_kommune(element->kommune), services_of(service->code),
        ages_of(file, element->person),
        (RecountCodes){{households[file->household[element->person]], "tot"}},
        counts_of(service->is_running)};
    recount_add(recount, codes, (gsize)element->person, (gint64[]){0, 0});
}

static void users_by_service_age_and_household(void **state)
{
    const RecountForm form = {.dimensions = {"region", "tjeneste", "alder", "husstand", "telling"},
                              .persons = "mottakere"};
    check_services(*state, "iplos_husstand", &form, 5, add_households);
}

static void add_hours(Recount *recount, const File *file, const Element *element,
                      const Service *service)
{
    const RecountCodes codes[] = {regions_of_kommune(element->kommune), services_of(service->code),
                                  ages_of(file, element->person), needs_of(element)};
    if (service->is_running && service->hours >= 0) {
        recount_add(recount, codes, (gsize)element->person, (gint64[]){service->hours, 0});
    }
}

static void hours_of_services_that_run_and_tell_them(void **state)
{
    const RecountForm form = {.dimensions = {"region", "tjeneste", "alder", "bistandsbehov"},
                              .persons = "mottakere",
                              .amounts = {"timer_uke"},
                              .scale = 100};
    check_services(*state, "iplos_timer", &form, 4, add_hours);
}

static void add_days(Recount *recount, const File *file, const Element *element,
                     const Service *service)
{
    const RecountCodes codes[] = {regions_of_kommune(element->kommune), services_of(service->code),
                                  ages_of(file, element->person), sexes_of(file, element->person)};
    if (service->days >= 0) {
        recount_add(recount, codes, (gsize)element->person, (gint64[]){service->days, 0});
    }
}

static void days_of_the_year(void **state)
{
    const RecountForm form = {.dimensions = {"region", "tjeneste", "alder", "kjonn"},
                              .persons = "mottakere",
                              .amounts = {"doegn_aar"},
                              .scale = 1};
    check_services(*state, "iplos_doegn", &form, 4, add_days);
}

static void informal_care_is_counted_once_a_person_element(void **state)
{
    const File *file = *state;
    const RecountForm form = {
        .dimensions = {"region", "alder", "kjonn", "bistandsbehov", "telling"},
        .persons = "mottakere",
        .amounts = {"uformell_timer_uke"},
        .scale = 10};
    guint64 n_left_out = 0;
    g_autoptr(SpTable) table =
        recount_table("iplos", "iplos_uformell", "", file->regions, file->text, &n_left_out);
    g_autoptr(Recount) recount = recount_new(N_PERSONS, 5);
    for (int i = 0; i < N_ELEMENTS; i++) {
        const Element *element = &file->elements[i];
        const RecountCodes codes[] = {
            regions_of_kommune(element->kommune), ages_of(file, element->person),
            sexes_of(file, element->person), needs_of(element), counts_of(is_any_running(element))};
        if (element->informal >= 0) {
            recount_add(recount, codes, (gsize)element->person,
                        (gint64[]){10 * (gint64)element->informal + 5, 0});
        }
    }
    recount_check(recount, table, &form);
}

/* The last day of any service in the year, and the first day of the one with it. */
static gint64 last_of(const Element *element)
{
    gint64 last = 0;
    for (int i = 0; i < element->n_services; i++) {
        const Service *service = &element->services[i];
        last = MAX(last, (gint64)service->last * 100000000 + service->from);
    }
    return last;
}

static void each_person_lives_in_one_kommune(void **state)
{
    const File *file = *state;
    const RecountForm form = {
        .dimensions = {"region", "alder", "kjonn", "bistandsbehov", "telling"},
        .persons = "mottakere"};
    guint64 n_left_out = 0;
    g_autoptr(SpTable) table = recount_table("iplos", "iplos_bosted", "bosted = yes\n",
                                             file->regions, file->text, &n_left_out);
    g_autoptr(Recount) recount = recount_new(N_PERSONS, 5);
    for (int person = 0; person < N_PERSONS; person++) {
        const Element *last = NULL;
        gboolean is_running = FALSE;
        for (int i = 0; i < N_ELEMENTS; i++) {
            const Element *element = &file->elements[i];
            if (element->person == person) {
                last = last == NULL || last_of(element) >= last_of(last) ? element : last;
                is_running |= is_any_running(element);
            }
        }
        const RecountCodes codes[] = {regions_of_kommune(last->kommune), ages_of(file, person),
                                      sexes_of(file, person), needs_of(last),
                                      counts_of(is_running)};
        recount_add(recount, codes, (gsize)person, (gint64[]){0, 0});
    }
    recount_check(recount, table, &form);
}

/* Not a property of the code but of the made-up file: else the tests above would prove little. */
static void persons_do_have_several_services_and_kommuner(void **state)
{
    const File *file = *state;
    guint64 n_left_out = 0;
    g_autoptr(SpTable) table =
        recount_table("iplos", "iplos_brukere", "", file->regions, file->text, &n_left_out);
    double of_kommuner = 0;
    double of_country = 0;
    double of_groups = 0;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *region = sp_table_code(table, row, sp_table_find(table, "region"));
        const char *service = sp_table_code(table, row, sp_table_find(table, "tjeneste"));
        gboolean is_whole =
            strcmp(sp_table_code(table, row, sp_table_find(table, "alder")), "000-105") == 0 &&
            strcmp(sp_table_code(table, row, sp_table_find(table, "bistandsbehov")), "tot") == 0 &&
            strcmp(sp_table_code(table, row, sp_table_find(table, "telling")), "aaret") == 0;
        double n = sp_table_real(table, row, sp_table_find(table, "mottakere")).value;
        if (is_whole && strcmp(service, "tot") == 0) {
            of_kommuner += strlen(region) == 2 ? n : 0; /* fylker */
            of_country += strcmp(region, "0") == 0 ? n : 0;
        }
        if (is_whole && strcmp(region, "0") == 0 &&
            (strcmp(service, "hjemme") == 0 || strcmp(service, "institusjon") == 0 ||
             strcmp(service, "teknologi") == 0)) {
            of_groups += n;
        }
    }
    assert_true(of_country > 2000);
    assert_true(of_kommuner > of_country + 100);
    assert_true(of_groups > of_country + 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(users_by_service_age_and_need),
        cmocka_unit_test(users_by_service_age_and_sex),
        cmocka_unit_test(users_by_service_age_and_household),
        cmocka_unit_test(hours_of_services_that_run_and_tell_them),
        cmocka_unit_test(days_of_the_year),
        cmocka_unit_test(informal_care_is_counted_once_a_person_element),
        cmocka_unit_test(each_person_lives_in_one_kommune),
        cmocka_unit_test(persons_do_have_several_services_and_kommuner),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
