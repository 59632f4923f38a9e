/* Population as weights. A kommune is read when it is first asked for: only a few are ever divided.
 */
#include "transforms/normalise/weights.h"

#include "core/number.h"
#include "core/table_rows.h"

#include <string.h>

enum { N_AGES = 1000, N_SEXES = 3, BOTH = 0 };

struct SpPersons {
    double below[N_SEXES][N_AGES + 1]; /* persons younger than the age, by sex; index 0 is both */
    double all[N_SEXES];               /* with those of no known age */
};

struct SpWeights {
    const SpTable *table;
    gsize region;
    gsize period;
    gsize innbyggere;
    gsize kjonn; /* SP_NO_COLUMN if absent, alder too */
    gsize alder;
    SpDay *days;       /* [codes of period] 0: not a date, or not used by any row */
    GHashTable *found; /* "REGION DAY" -> SpPersons* or NULL */
};

static gsize find_code(const SpTable *table, const char *name)
{
    gsize column = sp_table_find(table, name);
    return column != SP_NO_COLUMN && sp_table_column(table, column)->kind == SP_COLUMN_CODE
               ? column
               : SP_NO_COLUMN;
}

gboolean sp_weights_fit(const SpTable *table)
{
    static const char *const keys[] = {"region", "period", "kjonn", "alder", NULL};
    gsize innbyggere = sp_table_find(table, "innbyggere");
    for (gsize column = 0; column < sp_table_n_columns(table); column++) {
        const SpColumn *is = sp_table_column(table, column);
        /* A projection has several alternatives for one day: they are not to be added. */
        if (is->kind == SP_COLUMN_CODE && is->is_key && !g_strv_contains(keys, is->name)) {
            return FALSE;
        }
    }
    return innbyggere != SP_NO_COLUMN &&
           sp_table_column(table, innbyggere)->kind == SP_COLUMN_MEASURE &&
           find_code(table, "region") != SP_NO_COLUMN && find_code(table, "period") != SP_NO_COLUMN;
}

static SpDay *days_of(const SpTable *table, gsize period)
{
    const SpCodes *codes = sp_table_codes(table, period);
    gsize n = sp_codes_size(codes);
    g_autofree gboolean *is_used = sp_table_used_codes(table, period);
    SpDay *days = g_new0(SpDay, n + 1);
    for (guint32 i = 0; i < n; i++) {
        SpPeriod parsed;
        if (is_used[i] && sp_period_parse(sp_codes_text(codes, i), &parsed) &&
            parsed.kind == SP_PERIOD_DATE) {
            days[i] = parsed.first;
        }
    }
    return days;
}

SpWeights *sp_weights_new(const SpTable *table, GError **error)
{
    g_autoptr(SpWeights) weights = g_new0(SpWeights, 1);
    weights->table = table;
    weights->found = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    if (!sp_table_need(table, "region", SP_COLUMN_CODE, &weights->region, error) ||
        !sp_table_need(table, "period", SP_COLUMN_CODE, &weights->period, error) ||
        !sp_table_need(table, "innbyggere", SP_COLUMN_MEASURE, &weights->innbyggere, error)) {
        g_prefix_error(error, "normalise.weights: ");
        return NULL;
    }
    weights->kjonn = find_code(table, "kjonn");
    weights->alder = find_code(table, "alder");
    weights->days = days_of(table, weights->period);
    return g_steal_pointer(&weights);
}

void sp_weights_free(SpWeights *weights)
{
    if (weights == NULL) {
        return;
    }
    g_clear_pointer(&weights->found, g_hash_table_unref);
    g_free(weights->days);
    g_free(weights);
}

SpDay sp_weights_day_from(const SpWeights *weights, SpDay day)
{
    SpDay best = 0;
    guint32 n = sp_codes_size(sp_table_codes(weights->table, weights->period));
    for (guint32 i = 0; i < n; i++) {
        SpDay at = weights->days[i];
        if (at >= day && (best == 0 || at < best)) {
            best = at;
        }
    }
    return best;
}

SpDay sp_weights_day_before(const SpWeights *weights, SpDay day)
{
    SpDay best = 0;
    guint32 n = sp_codes_size(sp_table_codes(weights->table, weights->period));
    for (guint32 i = 0; i < n; i++) {
        SpDay at = weights->days[i];
        if (at < day && at > best) {
            best = at;
        }
    }
    return best;
}

static gsize sex_of(const char *kjonn)
{
    if (kjonn != NULL && (strcmp(kjonn, "1") == 0 || strcmp(kjonn, "2") == 0)) {
        return kjonn[0] == '1' ? 1 : 2;
    }
    return BOTH;
}

/* The ages [from, to) of a code; FALSE when it is not one age and not a band. */
static gboolean ages_of(const char *alder, gsize *from, gsize *to)
{
    gint64 first;
    gint64 last;
    gsize size = alder != NULL ? strlen(alder) : 0;
    if (size == 3 && sp_number_parse_int(alder, 3, &first) && first >= 0) {
        *from = (gsize)first;
        *to = (gsize)first + 1;
        return TRUE;
    }
    if (size == 7 && alder[3] == '-' && sp_number_parse_int(alder, 3, &first) && first >= 0 &&
        sp_number_parse_int(alder + 4, 3, &last) && last >= first) {
        *from = (gsize)first;
        *to = (gsize)last + 1;
        return TRUE;
    }
    return FALSE;
}

static void add_row(const SpWeights *weights, gsize row, SpPersons *persons)
{
    const SpTable *table = weights->table;
    gsize from;
    gsize to;
    double count = sp_table_real(table, row, weights->innbyggere).value;
    gsize sex =
        weights->kjonn == SP_NO_COLUMN ? BOTH : sex_of(sp_table_code(table, row, weights->kjonn));
    const char *alder =
        weights->alder == SP_NO_COLUMN ? NULL : sp_table_code(table, row, weights->alder);
    persons->all[sex] += count;
    if (ages_of(alder, &from, &to)) {
        persons->below[sex][from + 1] += count;
    }
}

/* Both sexes are the sum of the two where the table has only those; ages are summed up to "younger
 * than". */
static void finish(SpPersons *persons)
{
    gboolean has_both = persons->all[BOTH] > 0.0;
    for (gsize age = 0; age <= N_AGES && !has_both; age++) {
        persons->below[BOTH][age] = persons->below[1][age] + persons->below[2][age];
    }
    if (!has_both) {
        persons->all[BOTH] = persons->all[1] + persons->all[2];
    }
    for (gsize sex = 0; sex < N_SEXES; sex++) {
        for (gsize age = 1; age <= N_AGES; age++) {
            persons->below[sex][age] += persons->below[sex][age - 1];
        }
    }
}

static SpPersons *read_persons(const SpWeights *weights, const char *region, SpDay day)
{
    const SpTable *table = weights->table;
    const guint32 *regions = sp_table_code_numbers_const(table, weights->region);
    const guint32 *periods = sp_table_code_numbers_const(table, weights->period);
    const SpReal *counts = sp_table_reals_const(table, weights->innbyggere);
    g_autofree SpPersons *persons = g_new0(SpPersons, 1);
    gboolean is_found = FALSE;
    guint32 number;
    if (!sp_codes_find(sp_table_codes(table, weights->region), region, &number)) {
        return NULL;
    }
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (regions[row] == number && weights->days[periods[row]] == day &&
            sp_real_is_number(counts[row])) {
            add_row(weights, row, persons);
            is_found = TRUE;
        }
    }
    if (!is_found) {
        return NULL;
    }
    finish(persons);
    return g_steal_pointer(&persons);
}

const SpPersons *sp_weights_find(SpWeights *weights, const char *region, SpDay day)
{
    g_autofree char *key = g_strdup_printf("%s %d", region, (int)day);
    gpointer persons;
    if (!g_hash_table_lookup_extended(weights->found, key, NULL, &persons)) {
        persons = read_persons(weights, region, day);
        g_hash_table_insert(weights->found, g_steal_pointer(&key), persons);
    }
    return persons;
}

double sp_persons_count(const SpPersons *persons, const char *kjonn, const char *alder)
{
    gsize sex = sex_of(kjonn);
    gsize from;
    gsize to;
    if (!ages_of(alder, &from, &to)) {
        return persons->all[sex];
    }
    return persons->below[sex][to] - persons->below[sex][from];
}
