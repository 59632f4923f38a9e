/* Key sentences about a share of staff in fylker against the country's. */
#include "transforms/headline/mechanism.h"

#include "core/regions.h"
#include "transforms/headline/contrast.h"
#include "transforms/headline/rows.h"
#include "transforms/vary/funnel/discovery.h"
#include "transforms/vary/limits/binomial.h"

#include <math.h>
#include <string.h>

#define COUNTRY "0"
/* The upper limit of what kommuner differ by: what is not known of it is no difference. */
#define SPREAD "sd_mellom_oevre"
#define PEOPLE "kjonn=0 alder=000-105"
enum { MOST_PERIODS = 8 };

/* The shares of one region, period by period, the newest first. */
typedef struct {
    const char *region; /* borrowed */
    double count[MOST_PERIODS], n[MOST_PERIODS];
    SpContrastArea all; /* the periods together, and its kommuner's weights */
    double p;           /* of the test; NaN when it was not made */
    gboolean is_found;
} Area;

typedef struct {
    const SpPageOne *in;
    const SpKeyRule *rule;
    const SpTable *table;
    GPtrArray *periods; /* const char*, the newest first */
    Area country;
    GArray *fylker; /* Area, of those with all figures */
} Family;

static void clear_family(Family *family)
{
    g_clear_pointer(&family->periods, g_ptr_array_unref);
    g_clear_pointer(&family->fylker, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Family, clear_family)

/* Later days first. */
static int compare_periods(gconstpointer a, gconstpointer b)
{
    const SpDay first = sp_rows_last_day(*(const char *const *)a);
    const SpDay second = sp_rows_last_day(*(const char *const *)b);
    return first > second ? -1 : first < second ? 1 : 0;
}

/* The newest periods for which the country has a figure, as many as the rule asks for, a year
 * apart. NULL when there are fewer. */
static GPtrArray *periods_of(const SpKeyRule *rule, const SpTable *table)
{
    const guint n = (guint)sp_key_threshold(rule, "perioder");
    g_autoptr(GPtrArray) periods = g_ptr_array_new();
    g_autofree char *codes = g_strdup_printf("%s region=" COUNTRY, rule->codes[0]);
    g_autoptr(GArray) rows = sp_rows_of(table, codes);
    for (guint i = 0; i < rows->len; i++) {
        const gsize row = g_array_index(rows, gsize, i);
        if (sp_real_is_number(sp_rows_real(table, row, rule->measures[0]))) {
            g_ptr_array_add(periods, (gpointer)sp_rows_code(table, row, "period"));
        }
    }
    g_ptr_array_sort(periods, compare_periods);
    if (n < 1 || n > MOST_PERIODS || periods->len < n ||
        sp_day_year(sp_rows_last_day(periods->pdata[0])) -
                sp_day_year(sp_rows_last_day(periods->pdata[n - 1])) !=
            (int)n - 1) {
        return NULL;
    }
    g_ptr_array_set_size(periods, (gint)n);
    return g_steal_pointer(&periods);
}

/* FALSE where a figure is no number, or the series breaks within the periods. */
static gboolean read_area(const Family *family, const char *region, Area *area)
{
    const SpKeyRule *rule = family->rule;
    area->region = region;
    area->p = (double)NAN;
    for (guint i = 0; i < family->periods->len; i++) {
        const char *period = family->periods->pdata[i];
        const SpReal count = sp_rows_real(
            family->table,
            sp_rows_find(family->table, "%s region=%s period=%s", rule->codes[0], region, period),
            rule->measures[0]);
        const SpReal n = sp_rows_real(
            family->table,
            sp_rows_find(family->table, "%s region=%s period=%s", rule->codes[1], region, period),
            rule->measures[1]);
        const gboolean is_broken =
            i + 1 < family->periods->len && ((count.flags | n.flags) & SP_FLAG_BREAK_BEFORE) != 0;
        if (!sp_real_is_number(count) || !sp_real_is_number(n) || n.value <= 0.0 || is_broken) {
            return FALSE;
        }
        area->count[i] = count.value;
        area->n[i] = n.value;
        area->all.count += count.value;
        area->all.n += n.value;
    }
    return TRUE;
}

/* Kommuner weigh as their inhabitants: of them everybody is told, which of staff not all are. */
static void weigh(Area *area, const GArray *people, const SpTable *table)
{
    const char *prefix = strcmp(area->region, COUNTRY) == 0 ? "" : area->region;
    for (guint i = 0; i < people->len; i++) {
        const gsize row = g_array_index(people, gsize, i);
        const char *region = sp_rows_code(table, row, "region");
        const SpReal n = sp_rows_real(table, row, "innbyggere");
        if (sp_region_kind(region) == SP_REGION_KOMMUNE && g_str_has_prefix(region, prefix) &&
            sp_real_is_number(n)) {
            area->all.sum += n.value;
            area->all.squares += n.value * n.value;
        }
    }
}

static gboolean family_init(Family *family, const SpPageOne *in, const SpKeyRule *rule)
{
    family->in = in;
    family->rule = rule;
    family->table = sp_tables_find(in->edition, rule->tables[0]);
    family->fylker = g_array_new(FALSE, FALSE, sizeof(Area));
    family->periods = periods_of(rule, family->table);
    if (family->periods == NULL || !read_area(family, COUNTRY, &family->country)) {
        return FALSE;
    }
    g_autoptr(GPtrArray) regions = sp_page_one_regions(in, "fylke", NULL);
    for (guint i = 0; i < regions->len; i++) {
        Area area = {0};
        if (read_area(family, regions->pdata[i], &area)) {
            g_array_append_val(family->fylker, area);
        }
    }
    return family->fylker->len > 0;
}

static Area *fylke_at(const Family *family, guint i)
{
    return &g_array_index(family->fylker, Area, i);
}

/* p of each fylke by what kommuner differ by anyhow. FALSE where that is not known. */
static gboolean test_all(Family *family)
{
    const SpTable *variation = sp_tables_find(family->in->edition, family->rule->tables[2]);
    const SpTable *population = sp_tables_find(family->in->edition, family->rule->tables[1]);
    g_autofree char *of = g_strdup_printf("indikator=%s", family->rule->indicator);
    g_autoptr(GArray) spreads = sp_rows_of(variation, of);
    const char *period = sp_rows_newest(variation, spreads, SPREAD);
    g_autoptr(GArray) ever = sp_rows_of(population, PEOPLE " region=" COUNTRY);
    const char *day = sp_rows_newest(population, ever, "innbyggere");
    if (period == NULL || day == NULL) {
        return FALSE;
    }
    const double spread =
        sp_rows_real(variation, sp_rows_find(variation, "%s period=%s", of, period), SPREAD).value;
    g_autofree char *codes = g_strdup_printf(PEOPLE " period=%s", day);
    g_autoptr(GArray) people = sp_rows_of(population, codes);
    weigh(&family->country, people, population);
    for (guint i = 0; i < family->fylker->len; i++) {
        Area *area = fylke_at(family, i);
        weigh(area, people, population);
        area->p = sp_contrast_p(sp_contrast_z(area->all, family->country.all, spread));
    }
    return TRUE;
}

static double share_of(const Area *area)
{
    return area->all.count / area->all.n;
}

static double difference_of(const Family *family, const Area *area)
{
    return share_of(area) - share_of(&family->country);
}

/* Discoveries among the fylker that lie far enough off to be worth a sentence. */
static void find_discoveries(Family *family)
{
    const guint n = family->fylker->len;
    g_autofree SpReal *p = g_new0(SpReal, n);
    g_autofree SpReal *q = g_new0(SpReal, n);
    for (guint i = 0; i < n; i++) {
        p[i] = sp_real(fylke_at(family, i)->p);
    }
    sp_discovery(n, p, q);
    for (guint i = 0; i < n; i++) {
        Area *area = fylke_at(family, i);
        area->is_found =
            sp_real_is_number(q[i]) && q[i].value <= family->rule->level &&
            fabs(difference_of(family, area)) >= sp_key_threshold(family->rule, "differanse");
    }
}

/* Outside the limits, and on that side in enough of the years by themselves. */
static void find_beyond(Family *family)
{
    for (guint i = 0; i < family->fylker->len; i++) {
        Area *area = fylke_at(family, i);
        const double side = difference_of(family, area);
        guint n_alike = 0;
        for (guint k = 0; k < family->periods->len; k++) {
            const double year =
                area->count[k] / area->n[k] - family->country.count[k] / family->country.n[k];
            n_alike += year * side > 0.0 ? 1 : 0;
        }
        area->is_found = area->p < family->rule->level &&
                         n_alike >= sp_key_threshold(family->rule, "samme_side");
    }
}

static double lower_of(const Family *family, const Area *area)
{
    return sp_limits_binomial_wilson(area->all.count, area->all.n, 1.0 - family->rule->level)
        .low.value;
}

static void find_lower(Family *family)
{
    for (guint i = 0; i < family->fylker->len; i++) {
        Area *area = fylke_at(family, i);
        area->is_found = lower_of(family, area) > share_of(&family->country);
    }
}

/* The fylker found on one side, by code, with blanks between; "" without any. g_free. */
static char *list_found(const Family *family, gboolean is_over)
{
    g_autoptr(GString) list = g_string_new(NULL);
    for (guint i = 0; i < family->fylker->len; i++) {
        const Area *area = fylke_at(family, i);
        if (area->is_found && (difference_of(family, area) > 0.0) == is_over) {
            g_string_append_printf(list, "%s%s", list->len > 0 ? " " : "", area->region);
        }
    }
    return g_strdup(list->str);
}

static SpFact *new_fact(const Family *family, const char *region)
{
    const char *newest = family->periods->pdata[0];
    SpFact *fact = sp_fact_new(family->table, sp_rows_find(family->table, "%s region=%s period=%s",
                                                           family->rule->codes[0], region, newest));
    if (family->periods->len > 1) {
        SpPeriod first;
        const char *oldest = family->periods->pdata[family->periods->len - 1];
        g_autofree char *day = sp_period_parse(oldest, &first)
                                   ? g_strdup_printf("%d", sp_day_year(first.first))
                                   : g_strdup(oldest);
        sp_fact_code(fact, "fra", "period", day);
    }
    sp_fact_year(fact, "til", newest);
    sp_fact_number(fact, "landet", sp_real(share_of(&family->country)), "share");
    return fact;
}

static SpFact *tell_country(const Family *family)
{
    g_autofree char *over = list_found(family, TRUE);
    g_autofree char *under = list_found(family, FALSE);
    if (*over == '\0' && *under == '\0') {
        return NULL;
    }
    SpFact *fact = new_fact(family, COUNTRY);
    sp_fact_say(fact, *under == '\0'  ? "fylker_over"
                      : *over == '\0' ? "fylker_under"
                                      : "fylker_begge");
    if (*over != '\0') {
        sp_fact_code(fact, "over", "region", over);
    }
    if (*under != '\0') {
        sp_fact_code(fact, "under", "region", under);
    }
    return fact;
}

static SpFact *tell_found(const Family *family)
{
    const char *region = family->in->region;
    if (strcmp(region, COUNTRY) == 0) {
        return tell_country(family);
    }
    for (guint i = 0; i < family->fylker->len; i++) {
        const Area *area = fylke_at(family, i);
        if (strcmp(area->region, region) == 0 && area->is_found) {
            const double difference = difference_of(family, area);
            SpFact *fact = new_fact(family, region);
            sp_fact_say(fact, difference > 0.0 ? "over" : "under");
            sp_fact_code(fact, "region", "region", region);
            sp_fact_number(fact, "andel", sp_real(share_of(area)), "share");
            sp_fact_number(fact, "differanse", sp_real(100.0 * fabs(difference)), "prosentpoeng");
            return fact;
        }
    }
    return NULL;
}

static SpFact *tell_discovery(const SpPageOne *in, const SpKeyRule *rule, const GPtrArray *rules)
{
    g_auto(Family) family = {0};
    (void)rules;
    if (!family_init(&family, in, rule) || !test_all(&family)) {
        return NULL;
    }
    find_discoveries(&family);
    return tell_found(&family);
}

static SpFact *tell_beyond(const SpPageOne *in, const SpKeyRule *rule, const GPtrArray *rules)
{
    g_auto(Family) family = {0};
    (void)rules;
    if (!family_init(&family, in, rule) || !test_all(&family)) {
        return NULL;
    }
    find_beyond(&family);
    return tell_found(&family);
}

static SpFact *tell_lower(const SpPageOne *in, const SpKeyRule *rule, const GPtrArray *rules)
{
    g_auto(Family) family = {0};
    (void)rules;
    if (!family_init(&family, in, rule)) {
        return NULL;
    }
    find_lower(&family);
    return tell_found(&family);
}

const SpMechanism sp_mechanism_discovery = {.name = "andel_fdr",
                                            .tell = tell_discovery,
                                            .thresholds = {"perioder", "differanse"},
                                            .n_tables = 3,
                                            .n_codes = 2,
                                            .n_measures = 2,
                                            .all_kommuner = 1U << 1,
                                            .needs_level = TRUE};
const SpMechanism sp_mechanism_beyond = {.name = "andel_grense",
                                         .tell = tell_beyond,
                                         .thresholds = {"perioder", "samme_side"},
                                         .n_tables = 3,
                                         .n_codes = 2,
                                         .n_measures = 2,
                                         .all_kommuner = 1U << 1,
                                         .needs_level = TRUE};
const SpMechanism sp_mechanism_lower = {.name = "andel_nedre",
                                        .tell = tell_lower,
                                        .thresholds = {"perioder"},
                                        .n_tables = 1,
                                        .n_codes = 2,
                                        .n_measures = 2,
                                        .needs_level = TRUE};
