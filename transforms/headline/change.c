/* Key sentences about what has become better or worse, and about differences that nothing
 * explains. */
#include "transforms/headline/mechanism.h"

#include "core/number.h"
#include "transforms/headline/rows.h"
#include "transforms/vary/funnel/discovery.h"

#include <string.h>

#define COUNTRY "0"

/* What one indicator of the barometer has come to. */
typedef struct {
    const char *id;
    gsize row;
    double weight, q;
} Trend;

/* "opp" of what is good when it is high; "" of what nobody judges, or is not certain. */
static const char *side_of(const SpPageOne *in, const char *id, const char *verdict)
{
    const char *direction =
        sp_rows_code(in->indicators, sp_rows_of_id(in->indicators, "id", id), "direction");
    const gboolean is_up = strcmp(verdict, "opp") == 0;
    if (!is_up && strcmp(verdict, "ned") != 0) {
        return "";
    }
    if (strcmp(direction, "good_high") == 0) {
        return is_up ? "gunstig" : "ugunstig";
    }
    return strcmp(direction, "good_low") == 0 ? (is_up ? "ugunstig" : "gunstig") : "";
}

static gboolean is_judged(const SpPageOne *in, const char *id)
{
    return *side_of(in, id, "opp") != '\0';
}

/* The larger of the two probabilities: a change is told where it is clear by both. */
static SpReal larger_p(const SpTable *table, gsize row, const SpKeyRule *rule)
{
    const SpReal trend = sp_rows_real(table, row, rule->measures[2]);
    const SpReal walk = sp_rows_real(table, row, rule->measures[3]);
    if (!sp_real_is_number(trend) || !sp_real_is_number(walk)) {
        return sp_real_none(SP_MISSING);
    }
    return trend.value > walk.value ? trend : walk;
}

/* The barometer's judged indicators with a trend in the region, and what is false of them at most
 * (q). g_array_unref. */
static GArray *family_of(const SpPageOne *in, const SpKeyRule *rule, const SpTable *table)
{
    GArray *family = g_array_new(FALSE, FALSE, sizeof(Trend));
    g_autoptr(GArray) p = g_array_new(FALSE, FALSE, sizeof(SpReal));
    for (gsize i = 0; i < sp_table_n_rows(in->barometer); i++) {
        const char *weight = sp_rows_code(in->barometer, i, "vekt");
        Trend trend = {.id = sp_rows_code(in->barometer, i, "indikator")};
        trend.row = sp_rows_find(table, "indikator=%s region=%s", trend.id, in->region);
        const SpReal chance = larger_p(table, trend.row, rule);
        if (is_judged(in, trend.id) && sp_real_is_number(chance)) {
            sp_number_parse(weight, strlen(weight), sp_number_plain, &trend.weight);
            g_array_append_val(family, trend);
            g_array_append_val(p, chance);
        }
    }
    g_autofree SpReal *q = g_new0(SpReal, family->len + 1);
    sp_discovery(family->len, (const SpReal *)(gconstpointer)p->data, q);
    for (guint i = 0; i < family->len; i++) {
        g_array_index(family, Trend, i).q = q[i].value;
    }
    return family;
}

/* Long enough, and without a known break between its ends. */
static gboolean is_whole(const SpTable *table, gsize row, double years)
{
    const SpDay from = sp_rows_last_day(sp_rows_code(table, row, "fra"));
    const SpDay to = sp_rows_last_day(sp_rows_code(table, row, "til"));
    const char *breaks = sp_rows_code(table, row, "brudd");
    return from != 0 && sp_day_year(to) - sp_day_year(from) >= years &&
           (*breaks == '\0' || sp_rows_last_day(breaks) <= from);
}

static gboolean is_before(const Trend *a, const Trend *b)
{
    if (a->weight != b->weight) {
        return a->weight > b->weight;
    }
    return a->q != b->q ? a->q < b->q : strcmp(a->id, b->id) < 0;
}

static SpFact *tell_development(const SpPageOne *in, const SpKeyRule *rule, const GPtrArray *rules)
{
    const SpTable *table = sp_tables_find(in->edition, rule->tables[0]);
    const char *side = strchr(rule->codes[0], '=');
    const Trend *first = NULL;
    guint n = 0;
    g_autoptr(GArray) family = family_of(in, rule, table);
    (void)rules;
    for (guint i = 0; i < family->len; i++) {
        const Trend *trend = &g_array_index(family, Trend, i);
        const char *verdict = sp_rows_code(table, trend->row, "vurdering");
        if (trend->q <= rule->level && side != NULL &&
            strcmp(side_of(in, trend->id, verdict), side + 1) == 0 &&
            is_whole(table, trend->row, sp_key_threshold(rule, "aar"))) {
            first = first == NULL || is_before(trend, first) ? trend : first;
            n++;
        }
    }
    if (first == NULL) {
        return NULL;
    }
    const char *unit =
        sp_rows_code(in->indicators, sp_rows_of_id(in->indicators, "id", first->id), "unit");
    SpFact *fact = sp_fact_new(table, first->row);
    sp_fact_say(fact, "endring");
    sp_fact_code(fact, "region", "region", in->region);
    sp_fact_code(fact, "indikator", "indikator", first->id);
    sp_fact_number(fact, "foerste", sp_rows_real(table, first->row, rule->measures[0]), unit);
    sp_fact_number(fact, "siste", sp_rows_real(table, first->row, rule->measures[1]), unit);
    sp_fact_year(fact, "fra", sp_rows_code(table, first->row, "fra"));
    sp_fact_year(fact, "til", sp_rows_code(table, first->row, "til"));
    if (n > 1) {
        sp_fact_say(fact, "andre");
        sp_fact_number(fact, "andre", sp_real(n - 1), "indikatorer");
    }
    return fact;
}

/* How many of the fylke's kommuner stand out in what is not explained, of those with a model. */
static void tell_own(const SpPageOne *in, const SpKeyRule *rule, const char *id, SpFact *fact)
{
    const SpTable *table = sp_tables_find(in->edition, rule->tables[1]);
    g_autofree char *codes = g_strdup_printf("indikator=%s", id);
    g_autoptr(GArray) rows = sp_rows_of(table, codes);
    guint n = 0;
    guint n_found = 0;
    for (guint i = 0; i < rows->len; i++) {
        const gsize row = g_array_index(rows, gsize, i);
        if (sp_page_one_is_part(in, sp_rows_code(table, row, "region")) &&
            sp_real_is_number(sp_rows_real(table, row, "forhold"))) {
            n++;
            n_found += *sp_rows_code(table, row, "signal") != '\0' ? 1 : 0;
        }
    }
    if (n < 2) {
        return;
    }
    sp_fact_say(fact, n_found > 0 ? "her" : "ingen_her");
    sp_fact_code(fact, "region", "region", in->region);
    sp_fact_number(fact, "skiller_seg", sp_real(n_found), "kommuner");
    sp_fact_number(fact, "kommuner", sp_real(n), "kommuner");
}

/* Of the barometer's indicators: on how many the lower limit of what nothing explains is above 0,
 * and the one on which it is highest. */
static SpFact *tell_unexplained(const SpPageOne *in, const SpKeyRule *rule, const GPtrArray *rules)
{
    const SpTable *table = sp_tables_find(in->edition, rule->tables[0]);
    gsize best = SP_NO_COLUMN;
    SpReal highest = sp_real(0.0);
    guint n = 0;
    guint n_found = 0;
    (void)rules;
    for (gsize i = 0; i < sp_table_n_rows(in->barometer); i++) {
        g_autofree char *codes =
            g_strdup_printf("indikator=%s", sp_rows_code(in->barometer, i, "indikator"));
        g_autoptr(GArray) rows = sp_rows_of(table, codes);
        const char *period = sp_rows_newest(table, rows, rule->measures[1]);
        if (period == NULL) {
            continue;
        }
        const gsize row = sp_rows_find(table, "%s period=%s", codes, period);
        const SpReal lower = sp_rows_real(table, row, rule->measures[1]);
        n++;
        n_found += lower.value > 0.0 ? 1 : 0;
        if (lower.value > highest.value) {
            highest = lower;
            best = row;
        }
    }
    if (best == SP_NO_COLUMN) {
        return NULL;
    }
    const char *id = sp_rows_code(table, best, "indikator");
    SpFact *fact = sp_fact_new(table, best);
    sp_fact_say(fact, "landet");
    sp_fact_code(fact, "indikator", "indikator", id);
    sp_fact_code(fact, "period", "period", sp_rows_code(table, best, "period"));
    sp_fact_number(fact, "antall", sp_real(n_found), "indikatorer");
    sp_fact_number(fact, "av", sp_real(n), "indikatorer");
    sp_fact_number(fact, "andel", sp_rows_real(table, best, rule->measures[0]), "whole share");
    sp_fact_number(fact, "nedre", highest, "whole share");
    if (strcmp(in->region, COUNTRY) != 0) {
        tell_own(in, rule, id, fact);
    }
    return fact;
}

const SpMechanism sp_mechanism_development = {.name = "utvikling",
                                              .tell = tell_development,
                                              .thresholds = {"aar"},
                                              .n_tables = 1,
                                              .n_codes = 1,
                                              .n_measures = 4,
                                              .needs_level = TRUE};
const SpMechanism sp_mechanism_unexplained = {
    .name = "uforklart", .tell = tell_unexplained, .n_tables = 2, .n_measures = 2};
