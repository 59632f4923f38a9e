/* Which key sentences a package has, and in what order. */
#include "transforms/headline/headline.h"

#include "core/error.h"
#include "core/table_rows.h"
#include "transforms/headline/mechanism.h"

#include <math.h>
#include <string.h>

#define FILE_NAME "config/noekkelsetninger.csv"

static const SpMechanism *const mechanisms[] = {
    &sp_mechanism_growth,  &sp_mechanism_shortage,    &sp_mechanism_extent,
    &sp_mechanism_largest, &sp_mechanism_discovery,   &sp_mechanism_beyond,
    &sp_mechanism_lower,   &sp_mechanism_development, &sp_mechanism_unexplained,
    &sp_mechanism_exposed, &sp_mechanism_answers,     &sp_mechanism_grants,
    &sp_mechanism_care};

enum { PLASS, REGEL, VARIANT, TEKST, TABELL, RAD, VISS, RELEVANS, SIKKERHET, N_SENTENCE };
enum { FELT = 1, KOLONNE, KODE, ENHET, VERDI, N_FIGURE };
#define KEY(word)                                                                                  \
    {                                                                                              \
        .name = (word), .kind = SP_COLUMN_CODE, .is_key = TRUE                                     \
    }
#define CODE(word)                                                                                 \
    {                                                                                              \
        .name = (word), .kind = SP_COLUMN_CODE                                                     \
    }
static const SpColumn sentence_columns[N_SENTENCE] = {
    [PLASS] = KEY("plass"),
    [REGEL] = CODE("regel"),
    [VARIANT] = CODE("variant"),
    [TEKST] = CODE("tekst"),
    [TABELL] = CODE("tabell"),
    [RAD] = CODE("rad"),
    [VISS] = CODE("viss"),
    [RELEVANS] = {.name = "relevans", .kind = SP_COLUMN_MEASURE, .unit = "share"},
    [SIKKERHET] = {.name = "sikkerhet", .kind = SP_COLUMN_MEASURE, .unit = "share"},
};
static const SpColumn figure_columns[N_FIGURE] = {
    [PLASS] = KEY("plass"),      [FELT] = KEY("felt"),
    [KOLONNE] = CODE("kolonne"), [KODE] = CODE("kode"),
    [ENHET] = CODE("enhet"),     [VERDI] = {.name = "verdi", .kind = SP_COLUMN_MEASURE},
};

/* A rule that has something to tell. */
typedef struct {
    const SpKeyRule *rule;
    SpFact *fact;
    double certainty;
    guint number; /* of the rule */
} Told;

static void clear_told(gpointer data)
{
    sp_fact_free(((Told *)data)->fact);
}

static gboolean check_rule(const SpKeyRule *rule, const SpMechanism *mechanism, GError **error)
{
    const char *lacks = NULL;
    if (mechanism == NULL) {
        return sp_error_set(error, SP_ERROR_CONFIG, FILE_NAME ": %s: no mechanism \"%s\"", rule->id,
                            rule->mechanism);
    }
    lacks = g_strv_length(rule->tables) < mechanism->n_tables       ? "tabeller"
            : g_strv_length(rule->codes) < mechanism->n_codes       ? "koder"
            : g_strv_length(rule->measures) < mechanism->n_measures ? "maal"
            : mechanism->needs_level && isnan(rule->level)          ? "nivaa"
                                                                    : NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(mechanism->thresholds); i++) {
        const char *name = mechanism->thresholds[i];
        if (lacks == NULL && name != NULL && !g_hash_table_contains(rule->thresholds, name)) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                FILE_NAME ": %s: terskler lacks %s=NUMBER, which %s needs",
                                rule->id, name, mechanism->name);
        }
    }
    return lacks == NULL ||
           sp_error_set(error, SP_ERROR_CONFIG, FILE_NAME ": %s: %s lacks what %s needs", rule->id,
                        lacks, mechanism->name);
}

static const SpMechanism *find_mechanism(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(mechanisms); i++) {
        if (strcmp(mechanisms[i]->name, name) == 0) {
            return mechanisms[i];
        }
    }
    return NULL;
}

static void add_reads(GArray *reads, const char *name, gboolean has_all)
{
    for (guint i = 0; i < reads->len; i++) {
        SpPageOneReads *known = &g_array_index(reads, SpPageOneReads, i);
        if (strcmp(known->table, name) == 0) {
            known->has_all = known->has_all || has_all;
            return;
        }
    }
    const SpPageOneReads added = {.table = g_strdup(name), .has_all = has_all};
    g_array_append_val(reads, added);
}

static void clear_read(gpointer data)
{
    g_free((gpointer)((SpPageOneReads *)data)->table);
}

GArray *sp_page_one_reads(const SpTable *rules, GError **error)
{
    g_autoptr(GPtrArray) all = sp_key_rules_read(rules, error);
    g_autoptr(GArray) reads = g_array_new(FALSE, FALSE, sizeof(SpPageOneReads));
    g_array_set_clear_func(reads, clear_read);
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const SpKeyRule *rule = all->pdata[i];
        const SpMechanism *mechanism = find_mechanism(rule->mechanism);
        if (!check_rule(rule, mechanism, error)) {
            return NULL;
        }
        for (guint j = 0; rule->tables[j] != NULL; j++) {
            add_reads(reads, rule->tables[j], (mechanism->all_kommuner & (1U << j)) != 0);
        }
    }
    for (const SpPageOneReads *own = sp_barometer_reads; own->table != NULL; own++) {
        add_reads(reads, own->table, own->has_all);
    }
    return all != NULL ? g_steal_pointer(&reads) : NULL;
}

static double score_of(const Told *told)
{
    return told->rule->relevance * told->certainty;
}

/* By relevance × certainty, the last one last; of equal ones the file's order. */
static int compare_told(gconstpointer a, gconstpointer b)
{
    const Told *one = a;
    const Told *other = b;
    const gboolean is_last = one->rule->place == SP_PLACE_LAST;
    if (is_last != (other->rule->place == SP_PLACE_LAST)) {
        return is_last ? 1 : -1;
    }
    if (score_of(one) != score_of(other)) {
        return score_of(one) > score_of(other) ? -1 : 1;
    }
    return one->number < other->number ? -1 : 1;
}

/* What has no place of its own leaves from behind until there is room. */
static void make_room(GArray *told)
{
    for (guint i = told->len; i > 0 && told->len > SP_PAGE_ONE_MOST; i--) {
        if (g_array_index(told, Told, i - 1).rule->place == SP_PLACE_BY_ORDER) {
            g_array_remove_index(told, i - 1);
        }
    }
}

static GArray *tell_all(const SpPageOne *in, const GPtrArray *rules, GError **error)
{
    g_autoptr(GArray) told = g_array_new(FALSE, FALSE, sizeof(Told));
    g_array_set_clear_func(told, clear_told);
    for (guint i = 0; i < rules->len; i++) {
        const SpKeyRule *rule = rules->pdata[i];
        const SpMechanism *mechanism = find_mechanism(rule->mechanism);
        if (!check_rule(rule, mechanism, error)) {
            return NULL;
        }
        Told one = {.rule = rule, .fact = mechanism->tell(in, rule, rules), .number = i};
        if (one.fact != NULL) {
            one.certainty = isnan(rule->certainty) ? one.fact->certainty : rule->certainty;
            g_array_append_val(told, one);
        }
    }
    g_array_sort(told, compare_told);
    make_room(told);
    return g_steal_pointer(&told);
}

/* The word for how certain a sentence is. */
static const char *certainty_word(double certainty)
{
    return certainty >= 1.0    ? "fakta"
           : certainty >= 0.95 ? "sikkert"
           : certainty >= 0.8  ? "trolig"
                               : "usikkert";
}

static void add_sentence(SpTable *table, const char *place, const Told *told)
{
    const gsize row = sp_table_add_row(table);
    sp_table_set_code(table, row, PLASS, place);
    sp_table_set_code(table, row, REGEL, told->rule->id);
    sp_table_set_code(table, row, VARIANT, told->fact->variants->str);
    sp_table_set_code(table, row, TABELL, told->fact->table);
    sp_table_set_code(table, row, RAD, told->fact->row);
    sp_table_set_code(table, row, VISS, certainty_word(told->certainty));
    sp_table_set_real(table, row, RELEVANS, sp_real(told->rule->relevance));
    sp_table_set_real(table, row, SIKKERHET, sp_real(told->certainty));
}

static void add_figures(SpTable *table, const char *place, const SpFact *fact)
{
    for (guint i = 0; i < fact->fields->len; i++) {
        const SpFactField *field = fact->fields->pdata[i];
        const gsize row = sp_table_add_row(table);
        sp_table_set_code(table, row, PLASS, place);
        sp_table_set_code(table, row, FELT, field->name);
        sp_table_set_code(table, row, KOLONNE, field->column);
        sp_table_set_code(table, row, KODE, field->code);
        sp_table_set_code(table, row, ENHET, field->unit);
        sp_table_set_real(table, row, VERDI, field->value);
    }
}

gboolean sp_page_one_sentences(const SpPageOne *in, SpTable **sentences, SpTable **figures,
                               GError **error)
{
    g_autoptr(GPtrArray) rules = sp_key_rules_read(in->rules, error);
    g_autoptr(GArray) told = rules != NULL ? tell_all(in, rules, error) : NULL;
    if (told == NULL) {
        return FALSE;
    }
    g_autoptr(SpTable) lines = sp_table_new("noekkelsetninger", sentence_columns, N_SENTENCE);
    g_autoptr(SpTable) numbers = sp_table_new("noekkelsetninger_tall", figure_columns, N_FIGURE);
    for (guint i = 0; i < told->len; i++) {
        const Told *one = &g_array_index(told, Told, i);
        g_autofree char *place = g_strdup_printf("%02u", i + 1);
        add_sentence(lines, place, one);
        add_figures(numbers, place, one->fact);
    }
    if (!sp_table_check_unique(lines, error) || !sp_table_check_unique(numbers, error)) {
        return FALSE;
    }
    *sentences = g_steal_pointer(&lines);
    *figures = g_steal_pointer(&numbers);
    return TRUE;
}
