/* One person element: what stands in it, checked item by item, and then as a whole. */
#include "extractors/iplos/person.h"

#include "core/error.h"
#include "core/number.h"
#include "extractors/person_field.h"

#include <string.h>

enum { MAX_WEEK = 168, MAX_DAYS = 366, FIRST_FROM = 19800101, HOUR_DECIMALS = 4 };
/* A month is four weeks in IPLOS, never 4.33: 1/100 of a month's hour is 25 parts of a week's. */
enum { MONTH_DECIMALS = 2, MONTH_PART = IPLOS_HOUR / 100 / 4 };
enum { MAX_SCORE = 9 };

/* Needs of the same word in `samlet` are one group; it has the number of its first need. */
static void number_groups(IplosYear *year)
{
    for (gsize i = 0; i < sp_code_list_size(year->needs); i++) {
        const char *group = sp_code_list_text(year->needs, i, "samlet");
        gsize first = 0;
        while (strcmp(sp_code_list_text(year->needs, first, "samlet"), group) != 0) {
            first++;
        }
        year->group_of[i] = strcmp(group, "nei") == 0 || group[0] == '\0' ? -1 : (int)first;
    }
}

gboolean iplos_year_init(IplosYear *year, const SpTables *lists, int of, GError **error)
{
    static const char *const service_columns[] = {"opphold", NULL};
    static const char *const need_columns[] = {"samlet", NULL};
    *year = (IplosYear){.year = of, .first = of * 10000 + 101, .last = of * 10000 + 1231};
    year->services = sp_code_list_new(lists, "iplos_tjeneste", service_columns, of, error);
    year->needs = year->services == NULL
                      ? NULL
                      : sp_code_list_new(lists, "iplos_behov", need_columns, of, error);
    year->scores = year->needs == NULL
                       ? NULL
                       : sp_code_list_new(lists, "iplos_bistandsbehov", NULL, of, error);
    if (year->scores == NULL) {
        return FALSE;
    }
    if (sp_code_list_size(year->needs) > IPLOS_MAX_NEEDS) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "config/codes/iplos_behov.csv: more than %d needs in %d",
                            IPLOS_MAX_NEEDS, of);
    }
    number_groups(year);
    return TRUE;
}

void iplos_year_clear(IplosYear *year)
{
    g_clear_pointer(&year->services, sp_code_list_free);
    g_clear_pointer(&year->needs, sp_code_list_free);
    g_clear_pointer(&year->scores, sp_code_list_free);
}

void iplos_person_start(IplosPerson *person, const SpParserInput *input, const IplosYear *year,
                        guint64 number)
{
    person->input = input;
    person->year = year;
    person->number = number;
    person->is_left_out = FALSE;
    person->death = 0;
    person->informal = -1;
    person->n_services = 0;
    memset(person->fields, 0, sizeof person->fields);
    memset(person->scores, 0, sizeof person->scores);
    memset(person->has_score, 0, sizeof person->has_score);
}

static void leave_out(const IplosPerson *person, const char *rule, const char *subject)
{
    sp_parser_leave_out(person->input, rule, subject, person->number);
}

static SpField field_of(const IplosText *text)
{
    return (SpField){.text = text->text, .size = text->size};
}

void iplos_person_add_need(IplosPerson *person, const IplosText fields[])
{
    const IplosText *code = &fields[IPLOS_NEED_CODE];
    const IplosText *score = &fields[IPLOS_NEED_SCORE];
    gsize need = 0;
    gsize known = 0;
    gint64 value = 0;
    if (!sp_code_list_find_row(person->year->needs, code->text, code->size, &need)) {
        leave_out(person, "unknown_need", "element behov");
    } else if (!sp_code_list_find_row(person->year->scores, score->text, score->size, &known) ||
               !sp_number_parse_int(score->text, score->size, &value) || value < 0 ||
               value > MAX_SCORE) {
        leave_out(person, "bad_score", "element behov");
    } else if (person->has_score[need]) {
        leave_out(person, "duplicate_need", "element behov");
    } else {
        /* "Not relevant" is told by a number too (9), which is no score. */
        gboolean is_relevant =
            strcmp(sp_code_list_text(person->year->scores, known, "to"), "ikke_relevant") != 0;
        person->has_score[need] = TRUE;
        person->scores[need] = is_relevant ? (guint8)value : 0;
    }
}

void iplos_person_add_informal(IplosPerson *person, const IplosText fields[])
{
    const IplosText *hours = &fields[IPLOS_INFORMAL_HOURS];
    gint64 value = 0;
    if (!sp_number_parse_fixed(hours->text, hours->size, '.', HOUR_DECIMALS, &value) || value < 0 ||
        value > (gint64)MAX_WEEK * IPLOS_HOUR) {
        leave_out(person, "bad_informal", "element uformell");
    } else if (person->informal >= 0) {
        leave_out(person, "duplicate_informal", "element uformell");
    } else {
        person->informal = value;
    }
}

/* NULL, or the rule that the days break. */
static const char *read_days(const IplosPerson *person, const IplosText fields[],
                             IplosService *service)
{
    const SpField from = field_of(&fields[IPLOS_FROM]);
    const SpField to = field_of(&fields[IPLOS_TO]);
    service->to = G_MAXINT32;
    if (!sp_field_day(&from, &service->from) || (to.size > 0 && !sp_field_day(&to, &service->to))) {
        return "bad_date";
    }
    if (service->from > service->to) {
        return "from_after_to";
    }
    if (service->from < FIRST_FROM || service->from > person->year->last) {
        return "from_outside";
    }
    return service->to < person->year->first ? "to_before_year" : NULL;
}

/* NULL, or the rule that hours and days in the year break. Those of a week win over a month's. */
static const char *read_amounts(const IplosText fields[], IplosService *service)
{
    const IplosText *week = &fields[IPLOS_HOURS];
    const IplosText *month = &fields[IPLOS_MONTH_HOURS];
    const IplosText *days = &fields[IPLOS_DAYS];
    gint64 value = 0;
    service->hours = -1;
    service->days = -1;
    if (week->size > 0) {
        if (!sp_number_parse_fixed(week->text, week->size, '.', HOUR_DECIMALS, &service->hours)) {
            return "bad_hours";
        }
    } else if (month->size > 0) {
        if (!sp_number_parse_fixed(month->text, month->size, '.', MONTH_DECIMALS, &value) ||
            value < 0 || value > G_MAXINT32) {
            return "bad_hours";
        }
        service->hours = value * MONTH_PART;
    }
    gboolean has_hours = week->size > 0 || month->size > 0;
    if (has_hours && (service->hours < 0 || service->hours > (gint64)MAX_WEEK * IPLOS_HOUR)) {
        return "bad_hours";
    }
    if (days->size > 0) {
        if (!sp_number_parse_int(days->text, days->size, &value) || value < 0 || value > MAX_DAYS) {
            return "bad_days";
        }
        service->days = (int)value;
    }
    return NULL;
}

static gboolean is_same(const IplosService *a, const IplosService *b)
{
    return strcmp(a->code, b->code) == 0 && a->from == b->from && a->to == b->to &&
           a->hours == b->hours && a->days == b->days;
}

void iplos_person_add_service(IplosPerson *person, const IplosText fields[])
{
    static const char *const subject = "element tjeneste";
    const IplosText *code = &fields[IPLOS_SERVICE_CODE];
    const SpCodeList *services = person->year->services;
    IplosService service = {0};
    gsize listed = 0;
    if (!sp_code_list_find_row(services, code->text, code->size, &listed)) {
        leave_out(person, "unknown_service", subject);
        return;
    }
    service.code = sp_code_list_text(services, listed, "to");
    service.is_long_stay = strcmp(sp_code_list_text(services, listed, "opphold"), "langtid") == 0;
    const char *rule = read_days(person, fields, &service);
    if (rule == NULL) {
        rule = read_amounts(fields, &service);
    }
    for (guint i = 0; rule == NULL && i < person->n_services; i++) {
        rule = is_same(&person->services[i], &service) ? "duplicate_service" : NULL;
    }
    if (rule == NULL && person->n_services == IPLOS_MAX_SERVICES) {
        rule = "too_many_services";
    }
    if (rule != NULL) {
        leave_out(person, rule, subject);
        return;
    }
    person->services[person->n_services++] = service;
}

static int compare_stays(gconstpointer a, gconstpointer b)
{
    const IplosService *one = a;
    const IplosService *other = b;
    if (one->is_long_stay != other->is_long_stay) {
        return one->is_long_stay ? -1 : 1;
    }
    int order = strcmp(one->code, other->code);
    if (order != 0) {
        return order;
    }
    if (one->from != other->from) {
        return one->from < other->from ? -1 : 1;
    }
    return (one->to > other->to) - (one->to < other->to);
}

/* Days of the year that a stay covers. */
static int count_days(const IplosService *stay, const IplosYear *year)
{
    return (int)sp_day_distance(MAX(stay->from, year->first), MIN(stay->to, year->last)) + 1;
}

/* Long stays first and by their days; each that begins before the one before it ends is part of it.
 * Hours of a merged stay are those of the part that ends last, days are counted anew. */
static void merge_long_stays(IplosPerson *person)
{
    guint n_long = 0;
    for (guint i = 0; i < person->n_services; i++) {
        n_long += person->services[i].is_long_stay ? 1 : 0;
    }
    if (n_long < 2) {
        return;
    }
    qsort(person->services, person->n_services, sizeof *person->services, compare_stays);
    guint n = 1;
    for (guint i = 1; i < person->n_services; i++) {
        const IplosService *next = &person->services[i];
        IplosService *last = &person->services[n - 1];
        if (i >= n_long || strcmp(next->code, last->code) != 0 || next->from > last->to) {
            person->services[n++] = *next;
            continue;
        }
        if (next->to >= last->to) {
            last->to = next->to;
            last->hours = next->hours;
        }
        last->days = count_days(last, person->year);
    }
    person->n_services = n;
}

void iplos_person_finish(IplosPerson *person)
{
    const SpField death = field_of(&person->fields[IPLOS_DEATH]);
    const char *rule = NULL;
    if (death.size > 0 && !sp_field_day(&death, &person->death)) {
        rule = "bad_death";
    } else if (person->death != 0 && person->death < person->year->first) {
        rule = "dead_before_year";
    }
    if (rule != NULL) {
        person->is_left_out = TRUE;
        leave_out(person, rule, "element person");
        return;
    }
    merge_long_stays(person);
    for (guint i = 0; person->death != 0 && i < person->n_services; i++) {
        IplosService *service = &person->services[i];
        service->to = MIN(service->to, MAX(person->death, service->from));
    }
}

gboolean iplos_service_is_running(const IplosService *service, const IplosYear *year)
{
    return service->from <= year->last && service->to >= year->last;
}

/* A single high score (shopping, say) does not make the whole need extensive, nor do many low ones
 * hide a group of high ones: so means within groups, and the highest of them. */
const char *iplos_person_need(const IplosPerson *person)
{
    const IplosYear *year = person->year;
    guint sums[IPLOS_MAX_NEEDS] = {0};
    guint counts[IPLOS_MAX_NEEDS] = {0};
    guint highest = 0;
    for (gsize i = 0; i < sp_code_list_size(year->needs); i++) {
        if (year->group_of[i] >= 0 && person->scores[i] > 0) {
            sums[year->group_of[i]] += person->scores[i];
            counts[year->group_of[i]]++;
        }
    }
    for (gsize i = 0; i < IPLOS_MAX_NEEDS; i++) {
        if (counts[i] > 0) {
            highest = MAX(highest, (sums[i] + counts[i] - 1) / counts[i]);
        }
    }
    const char digit[] = {(char)('0' + highest)};
    gsize score = 0;
    return highest > 0 && sp_code_list_find_row(year->scores, digit, 1, &score)
               ? sp_code_list_text(year->scores, score, "to")
               : "ikke_kartlagt";
}
