/* Key sentences about what is counted and not tested: exposed kommuner, reform, grants. */
#include "transforms/headline/mechanism.h"

#include "transforms/headline/rows.h"

#include <string.h>

/* Small kommuner with enough exposed parts: of bands, never of the figures behind them. */
static SpFact *tell_exposed(const SpPageOne *in, const SpKeyRule *rule, const GPtrArray *rules)
{
    const SpTable *table = sp_tables_find(in->own, rule->tables[0]);
    g_autoptr(GArray) rows = sp_rows_of(table, rule->codes[0]);
    const double least = sp_key_threshold(rule, "deler");
    guint n = 0;
    guint n_found = 0;
    (void)rules;
    for (guint i = 0; i < rows->len; i++) {
        const SpReal parts = sp_rows_real(table, g_array_index(rows, gsize, i), rule->measures[0]);
        n += sp_real_is_number(parts) ? 1 : 0;
        n_found += sp_real_is_number(parts) && parts.value >= least ? 1 : 0;
    }
    if (n_found == 0) {
        return NULL;
    }
    SpFact *fact = sp_fact_new(table, SP_NO_COLUMN);
    sp_fact_say(fact, "antall");
    sp_fact_code(fact, "region", "region", in->region);
    sp_fact_number(fact, "antall", sp_real(n_found), "kommuner");
    sp_fact_number(fact, "av", sp_real(n), "kommuner");
    sp_fact_number(fact, "deler", sp_real(least), "");
    return fact;
}

/* TRUE of a period that ended less than so many months before the edition's day (or ends after
 * it): what was reported long ago is no news. */
static gboolean is_recent(const SpPageOne *in, const char *period, double months)
{
    const SpDay last = sp_rows_last_day(period);
    const int passed =
        (sp_day_year(in->day) - sp_day_year(last)) * 12 + in->day / 100 % 100 - last / 100 % 100;
    return last != 0 && passed <= months;
}

/* The answers of the newest half-year, those who did not answer in the denominator. */
static SpFact *tell_answers(const SpPageOne *in, const SpKeyRule *rule, const GPtrArray *rules)
{
    const SpTable *table = sp_tables_find(in->own, rule->tables[0]);
    g_autofree char *codes = g_strdup_printf("%s region=%s", rule->codes[0], in->region);
    g_autoptr(GArray) rows = sp_rows_of(table, codes);
    const char *period = sp_rows_newest(table, rows, rule->measures[0]);
    (void)rules;
    if (period == NULL || !is_recent(in, period, sp_key_threshold(rule, "maaneder"))) {
        return NULL;
    }
    const gsize row = sp_rows_find(table, "%s period=%s", codes, period);
    const char *reform = sp_rows_code(table, row, "reform");
    const SpReal plan = sp_rows_real(table,
                                     sp_rows_find(table, "%s region=%s period=%s reform=%s",
                                                  rule->codes[1], in->region, period, reform),
                                     rule->measures[0]);
    const SpReal all = sp_rows_real(table, row, rule->measures[1]);
    const SpReal silent = sp_rows_real(table, row, rule->measures[2]);
    if (!sp_real_is_number(plan) || !sp_real_is_number(all)) {
        return NULL;
    }
    SpFact *fact = sp_fact_new(table, row);
    sp_fact_say(fact, "svar");
    sp_fact_code(fact, "region", "region", in->region);
    sp_fact_code(fact, "reform", "reform", reform);
    sp_fact_code(fact, "period", "period", period);
    sp_fact_number(fact, "deltatt", sp_rows_real(table, row, rule->measures[0]), "kommuner");
    sp_fact_number(fact, "plan", plan, "kommuner");
    sp_fact_number(fact, "nevner", all, "kommuner");
    if (sp_real_is_number(silent) && silent.value > 0.0) {
        sp_fact_say(fact, "ikke_svart");
        sp_fact_number(fact, "ikke_svart", silent, "kommuner");
    }
    return fact;
}

static SpFact *tell_grants(const SpPageOne *in, const SpKeyRule *rule, const GPtrArray *rules)
{
    const SpTable *table = sp_tables_find(in->own, rule->tables[0]);
    g_autofree char *codes = g_strdup_printf("%s region=%s", rule->codes[0], in->region);
    g_autoptr(GArray) rows = sp_rows_of(table, codes);
    const char *period = sp_rows_newest(table, rows, rule->measures[0]);
    SpReal people[3];
    (void)rules;
    if (period == NULL || !is_recent(in, period, sp_key_threshold(rule, "maaneder"))) {
        return NULL;
    }
    const gsize row = sp_rows_find(table, "%s period=%s", codes, period);
    for (gsize i = 0; i < G_N_ELEMENTS(people); i++) {
        people[i] = sp_rows_real(table, row, rule->measures[i + 1]);
    }
    const SpReal together = sp_real_sum(people, G_N_ELEMENTS(people));
    if (!sp_real_is_number(together)) {
        return NULL;
    }
    SpFact *fact = sp_fact_new(table, row);
    sp_fact_say(fact, "beloep");
    sp_fact_code(fact, "region", "region", in->region);
    sp_fact_code(fact, "period", "period", period);
    sp_fact_number(fact, "beloep", sp_rows_real(table, row, rule->measures[0]), "NOK");
    sp_fact_number(fact, "deltakere", together, "deltakere");
    return fact;
}

const SpMechanism sp_mechanism_exposed = {.name = "saarbare",
                                          .tell = tell_exposed,
                                          .thresholds = {"deler"},
                                          .n_tables = 1,
                                          .n_codes = 1,
                                          .n_measures = 1};
const SpMechanism sp_mechanism_answers = {.name = "svar",
                                          .tell = tell_answers,
                                          .thresholds = {"maaneder"},
                                          .n_tables = 1,
                                          .n_codes = 2,
                                          .n_measures = 3};
const SpMechanism sp_mechanism_grants = {.name = "beloep",
                                         .tell = tell_grants,
                                         .thresholds = {"maaneder"},
                                         .n_tables = 1,
                                         .n_codes = 1,
                                         .n_measures = 4};
