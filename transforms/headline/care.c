/* The last key sentence: what has changed since the last edition, and what is read with care. */
#include "transforms/headline/mechanism.h"

#include "core/regions.h"
#include "transforms/headline/rows.h"

#include <string.h>

#define COUNTRY "0"
/* Places among the rule's tables; those behind are looked at as the other rules' are. */
enum { CHANGES, SOURCES, N_ABOUT };

/* What the newest figures are marked with. */
typedef struct {
    const SpPageOne *in;
    GHashTable *carried; /* kommuner with a figure that stands in for one that was not reported */
    GString *tables;     /* that have a break before these figures */
    GString *indicators; /* the same of the barometer's */
} Marks;

static gboolean is_kommune(const SpPageOne *in, const char *region)
{
    return sp_region_kind(region) == SP_REGION_KOMMUNE &&
           (strcmp(in->region, COUNTRY) == 0 || g_str_has_prefix(region, in->region));
}

static gboolean is_own(const SpPageOne *in, const char *region)
{
    return *region == '\0' || strcmp(region, in->region) == 0 || sp_page_one_is_part(in, region) ||
           is_kommune(in, region);
}

/* Of a table of indicators those of the value alone: beside it stand means, with the flags of all
 * that are in them. */
static guint flags_of(const SpTable *table, gsize row)
{
    const gsize value = sp_table_find(table, "verdi");
    guint flags = 0;
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        if (sp_table_column(table, i)->kind == SP_COLUMN_MEASURE &&
            (value == SP_NO_COLUMN || value == i)) {
            flags |= sp_table_real(table, row, i).flags;
        }
    }
    return flags;
}

static void append(GString *list, const char *word)
{
    g_string_append_printf(list, "%s%s", list->len > 0 ? " " : "", word);
}

/* Of these rows only what the last period has: older figures were read with care before. TRUE
 * where that has a break before it. */
static gboolean look_at_rows(const SpTable *table, const GArray *rows, const Marks *marks)
{
    SpDay newest = 0;
    guint all = 0;
    for (guint i = 0; i < rows->len; i++) {
        const gsize row = g_array_index(rows, gsize, i);
        newest = MAX(newest, sp_rows_last_day(sp_rows_code(table, row, "period")));
    }
    for (guint i = 0; i < rows->len; i++) {
        const gsize row = g_array_index(rows, gsize, i);
        const char *region = sp_rows_code(table, row, "region");
        if (sp_rows_last_day(sp_rows_code(table, row, "period")) == newest &&
            is_own(marks->in, region)) {
            const guint flags = flags_of(table, row);
            all |= flags;
            if ((flags & SP_FLAG_CARRIED_OVER) != 0 && is_kommune(marks->in, region)) {
                g_hash_table_add(marks->carried, (gpointer)region);
            }
        }
    }
    return (all & SP_FLAG_BREAK_BEFORE) != 0;
}

/* A table of indicators is looked at indicator by indicator, each with a newest period of its own,
 * and the barometer's alone. */
static void look_at(const SpTable *table, const Marks *marks)
{
    const SpTable *barometer = marks->in->barometer;
    if (sp_table_find(table, "period") == SP_NO_COLUMN) {
        return;
    }
    if (sp_table_find(table, "indikator") == SP_NO_COLUMN) {
        g_autoptr(GArray) rows = sp_rows_of(table, "");
        if (look_at_rows(table, rows, marks)) {
            append(marks->tables, sp_table_name(table));
        }
        return;
    }
    for (gsize i = 0; i < sp_table_n_rows(barometer); i++) {
        const char *id = sp_rows_code(barometer, i, "indikator");
        g_autofree char *codes = g_strdup_printf("indikator=%s", id);
        g_autoptr(GArray) rows = sp_rows_of(table, codes);
        if (look_at_rows(table, rows, marks)) {
            append(marks->indicators, id);
        }
    }
}

/* The names of the tables that are read for page one, each once, in their order. Of this rule's
 * own only those behind the two that tell of others. g_ptr_array_unref (const char*, borrowed). */
static GPtrArray *tables_of(const GPtrArray *rules, const SpKeyRule *own)
{
    GPtrArray *names = g_ptr_array_new();
    for (guint i = 0; i < rules->len; i++) {
        const SpKeyRule *rule = rules->pdata[i];
        for (gsize k = rule == own ? N_ABOUT : 0; rule->tables[k] != NULL; k++) {
            if (!g_ptr_array_find_with_equal_func(names, rule->tables[k], g_str_equal, NULL)) {
                g_ptr_array_add(names, rule->tables[k]);
            }
        }
    }
    return names;
}

/* How many figures of these tables are another than in the last edition, of the package's own
 * region and those it tells of one by one. */
static guint count_changed(const SpPageOne *in, const SpKeyRule *rule, GPtrArray *names)
{
    const SpTable *table = sp_tables_find(in->own, rule->tables[CHANGES]);
    g_autoptr(GArray) rows = sp_rows_of(table, rule->codes[0]);
    guint n = 0;
    for (guint i = 0; i < rows->len; i++) {
        const gsize row = g_array_index(rows, gsize, i);
        g_auto(GStrv) key = g_strsplit(sp_rows_code(table, row, "noekkel"), " ", -1);
        gboolean is_of_own = TRUE;
        for (gsize k = 0; key[k] != NULL; k++) {
            is_of_own = is_of_own && (!g_str_has_prefix(key[k], "region=") ||
                                      is_own(in, key[k] + strlen("region=")));
        }
        n += is_of_own && g_ptr_array_find_with_equal_func(
                              names, sp_rows_code(table, row, "tabell"), g_str_equal, NULL)
                 ? 1
                 : 0;
    }
    return n;
}

/* Sources whose newest delivery is not in use, or that are late. */
static guint count_stale(const SpPageOne *in, const SpKeyRule *rule)
{
    const SpTable *table = sp_tables_find(in->own, rule->tables[SOURCES]);
    guint n = 0;
    for (gsize row = 0; table != NULL && row < sp_table_n_rows(table); row++) {
        const char *state = sp_rows_code(table, row, "tilstand");
        n += *state != '\0' && strcmp(state, "aktuell") != 0 ? 1 : 0;
    }
    return n;
}

static void tell_breaks(const Marks *marks, SpFact *fact)
{
    if (marks->tables->len > 0) {
        sp_fact_say(fact, "brudd");
        sp_fact_code(fact, "tabeller", "tabell", marks->tables->str);
    }
    if (marks->indicators->len > 0) {
        sp_fact_say(fact, "brudd_indikator");
        sp_fact_code(fact, "indikatorer", "indikator", marks->indicators->str);
    }
}

static void tell_count(SpFact *fact, const char *variant, const char *field, guint n)
{
    if (n > 0) {
        sp_fact_say(fact, variant);
        sp_fact_number(fact, field, sp_real(n), "");
    }
}

static SpFact *tell_care(const SpPageOne *in, const SpKeyRule *rule, const GPtrArray *rules)
{
    g_autoptr(GHashTable) carried = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GString) tables = g_string_new(NULL);
    g_autoptr(GString) indicators = g_string_new(NULL);
    g_autoptr(GPtrArray) names = tables_of(rules, rule);
    const Marks marks = {in, carried, tables, indicators};
    g_autoptr(SpFact) fact = sp_fact_new(NULL, SP_NO_COLUMN);
    for (guint i = 0; i < names->len; i++) {
        const SpTable *table = sp_tables_find(in->own, names->pdata[i]);
        if (table != NULL) {
            look_at(table, &marks);
        }
    }
    tell_count(fact, "endret", "antall", count_changed(in, rule, names));
    tell_count(fact, "overfoert", "overfoerte", g_hash_table_size(carried));
    tell_breaks(&marks, fact);
    tell_count(fact, "gammel", "kilder", count_stale(in, rule));
    return fact->variants->len > 0 ? g_steal_pointer(&fact) : NULL;
}

const SpMechanism sp_mechanism_care = {
    .name = "varsomhet", .tell = tell_care, .n_tables = 2, .n_codes = 1};
