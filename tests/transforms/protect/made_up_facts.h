/** Made-up facts of all levels, in two tables of one layer, one by coarser ages, and a second layer
 * of some of the same persons; what may be seen of them; and which row is the sum of which leaves.
 */
#ifndef SP_TESTS_TRANSFORMS_PROTECT_MADE_UP_FACTS_H
#define SP_TESTS_TRANSFORMS_PROTECT_MADE_UP_FACTS_H

#include "tests/core/rows.h"
#include "tests/transforms/protect/made_up.h"

#include "transforms/protect/shown.h"

#include <math.h>

enum { N_KOMMUNER = 9, N_YRKER = 3, N_AGES = 3, N_LEAVES = N_KOMMUNER * N_YRKER * N_AGES };

static const char *const kommuner[N_KOMMUNER] = {"0301", "1101", "1102", "1103", "1104",
                                                 "5001", "5006", "5007", "5014"};
static const char *const yrker[N_YRKER] = {"lege", "sykepleier", "vernepleier"};
static const char *const ages[N_AGES] = {"015-034", "035-054", "055-075"};

/* Codes that hold a leaf, the leaf itself first; NULL-terminated. Every other table has the younger
 * ages as one group. */
static inline void above_region(gsize i, const char *codes[4])
{
    codes[0] = kommuner[i];
    codes[1] = i == 0 ? "03" : i <= 4 ? "11" : "50";
    codes[2] = "0";
    codes[3] = NULL;
}

static inline void above_yrke(gsize i, const char *codes[4])
{
    codes[0] = yrker[i];
    codes[1] = "tot";
    codes[2] = i > 0 ? "hoeyskole" : NULL;
    codes[3] = NULL;
}

static inline void above_age(gsize i, gboolean is_coarse, const char *codes[4])
{
    codes[0] = is_coarse && i < 2 ? "015-054" : ages[i];
    codes[1] = "015-075";
    codes[2] = NULL;
}

typedef struct {
    double leaf[N_LEAVES];
    double part[N_LEAVES]; /* some of them */
    SpTable *fine;
    SpTable *coarse;
} Facts;

static inline gsize region_of(gsize leaf)
{
    return leaf / ((gsize)N_YRKER * N_AGES);
}

static inline gsize yrke_of(gsize leaf)
{
    return leaf / N_AGES % N_YRKER;
}

static inline gsize age_of(gsize leaf)
{
    return leaf % N_AGES;
}

/* Whether a row of codes counts a leaf. */
static inline gboolean holds(const char *const all[], const char *code)
{
    for (; *all != NULL; all++) {
        if (strcmp(*all, code) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

static inline gboolean row_holds(const SpTable *table, gsize row, gsize leaf)
{
    const char *regions[4];
    const char *of_yrke[4];
    const char *of_age[4];
    above_region(region_of(leaf), regions);
    above_yrke(yrke_of(leaf), of_yrke);
    above_age(age_of(leaf), strcmp(sp_table_name(table), "grov") == 0, of_age);
    return holds(regions, sp_table_code(table, row, 0)) &&
           holds(of_yrke, sp_table_code(table, row, 1)) &&
           holds(of_age, sp_table_code(table, row, 2));
}

static inline SpTable *table_from(const char *name, const double leaf[], const double part[])
{
    static const SpColumn columns[] = {
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "yrke", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "alder", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "personer", .kind = SP_COLUMN_MEASURE, .unit = "persons"},
        {.name = "aarsverk", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk"},
        {.name = "deltid", .kind = SP_COLUMN_MEASURE, .unit = "persons"},
    };
    SpTable *table = sp_table_new(name, columns, G_N_ELEMENTS(columns));
    g_autoptr(GHashTable) rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GArray) counts = g_array_new(FALSE, FALSE, sizeof(double));
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(double));
    for (gsize i = 0; i < N_LEAVES; i++) {
        const char *of[3][4];
        above_region(region_of(i), of[0]);
        above_yrke(yrke_of(i), of[1]);
        above_age(age_of(i), strcmp(name, "grov") == 0, of[2]);
        for (gsize a = 0; leaf[i] > 0.0 && of[0][a] != NULL; a++) {
            for (gsize b = 0; of[1][b] != NULL; b++) {
                for (gsize c = 0; of[2][c] != NULL; c++) {
                    char *key = g_strdup_printf("%s %s %s", of[0][a], of[1][b], of[2][c]);
                    gpointer place = NULL;
                    if (!g_hash_table_lookup_extended(rows, key, NULL, &place)) {
                        const double none = 0.0;
                        const gsize row = sp_table_add_row(table);
                        sp_table_set_code(table, row, 0, of[0][a]);
                        sp_table_set_code(table, row, 1, of[1][b]);
                        sp_table_set_code(table, row, 2, of[2][c]);
                        sp_table_set_code(table, row, 3, "2025");
                        g_array_append_val(counts, none);
                        g_array_append_val(parts, none);
                        place = GSIZE_TO_POINTER(row);
                        g_hash_table_insert(rows, g_strdup(key), place);
                    }
                    g_array_index(counts, double, GPOINTER_TO_SIZE(place)) += leaf[i];
                    g_array_index(parts, double, GPOINTER_TO_SIZE(place)) += part[i];
                    g_free(key);
                }
            }
        }
    }
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const double count = g_array_index(counts, double, row);
        sp_table_set_real(table, row, 4, sp_real(count));
        sp_table_set_real(table, row, 5, sp_real(0.75 * count));
        sp_table_set_real(table, row, 6, sp_real(g_array_index(parts, double, row)));
    }
    sp_table_set_marks(table, SP_MARK_SENSITIVE);
    return table;
}

static inline void facts_clear(Facts *facts)
{
    sp_table_free(facts->fine);
    sp_table_free(facts->coarse);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Facts, facts_clear)

static inline Facts facts_of(guint64 seed, double mean)
{
    Facts facts = {0};
    const SpRandom random = sp_random_seed(seed);
    for (gsize i = 0; i < N_LEAVES; i++) {
        facts.leaf[i] = floor(-mean * log(1.0 - sp_random_uniform(random, i)));
        facts.part[i] =
            sp_random_uniform(random, N_LEAVES + i) < 0.7
                ? 0.0
                : floor(facts.leaf[i] * sp_random_uniform(random, (gsize)2 * N_LEAVES + i));
    }
    facts.fine = table_from("fin", facts.leaf, facts.part);
    facts.coarse = table_from("grov", facts.leaf, facts.part);
    return facts;
}

static inline SpTable *structure(void)
{
    SpTable *table =
        TABLE("sammenheng", "tabell:key kolonne:key hel:key del:key personer:attribute",
              "fin yrke hoeyskole sykepleier hoeyst");
    static const char *const tables[] = {"fin", "grov"};
    static const char *const rows[][3] = {{"yrke", "hoeyskole", "sykepleier"},
                                          {"yrke", "hoeyskole", "vernepleier"},
                                          {"yrke", "tot", "lege"},
                                          {"yrke", "tot", "sykepleier"},
                                          {"yrke", "tot", "vernepleier"},
                                          {"alder", "015-075", "015-034"},
                                          {"alder", "015-075", "035-054"},
                                          {"alder", "015-075", "055-075"}};
    for (gsize t = 0; t < G_N_ELEMENTS(tables); t++) {
        for (gsize i = t == 0 ? 1 : 0; i < G_N_ELEMENTS(rows); i++) {
            /* The second table has the first two ages as one. */
            const gboolean is_young = t == 1 && (i == 5 || i == 6);
            if (t == 1 && i == 6) {
                continue;
            }
            const gsize row = sp_table_add_row(table);
            sp_table_set_code(table, row, 0, tables[t]);
            sp_table_set_code(table, row, 1, rows[i][0]);
            sp_table_set_code(table, row, 2, rows[i][1]);
            sp_table_set_code(table, row, 3, is_young ? "015-054" : rows[i][2]);
            sp_table_set_code(table, row, 4, "sum");
        }
    }
    return table;
}

static inline SpTable *regions(void)
{
    SpTable *table = TABLE("region", "region:key slag:attribute fylke:attribute", "0 landet _",
                           "03 fylke 03", "11 fylke 11", "50 fylke 50");
    for (gsize i = 0; i < N_KOMMUNER; i++) {
        const char *codes[4];
        const gsize row = sp_table_add_row(table);
        above_region(i, codes);
        sp_table_set_code(table, row, 0, codes[0]);
        sp_table_set_code(table, row, 1, "kommune");
        sp_table_set_code(table, row, 2, codes[1]);
    }
    return table;
}

static inline SpTable *layers(void)
{
    return TABLE("skjermingslag",
                 "table:attribute layer:attribute measure:attribute rule:attribute of:attribute",
                 "fin ansatte personer few _", "fin ansatte aarsverk with _",
                 "grov ansatte personer few _", "grov ansatte aarsverk with _",
                 "fin deltid deltid part personer", "grov deltid deltid part personer");
}

#define USUAL "protect.threshold=5 protect.interval_width=4"
#define LINEAR_ONLY "protect.threshold=5 protect.interval_width=0"
#define NO_THRESHOLD "protect.threshold=1 protect.interval_width=0"

/* What may be seen of tables, in which those of config are: tables of `out`, which the caller
 * frees; NULL on error. Settings have a blank between two. */
static inline SpTables *shown_by(const SpTables *in, guint n_threads, const char *settings,
                                 SpQuality *quality, GError **error)
{
    static const char *const keys[] = {"protect.threshold", "protect.interval_width"};
    g_autoptr(SpConfig) config = sp_config_new();
    g_autoptr(SpTables) out = sp_tables_new();
    g_auto(GStrv) lines = g_strsplit(settings, " ", -1);
    for (char **line = lines; *line != NULL; line++) {
        sp_config_set(config, "test", *line, NULL);
    }
    g_autoptr(SpSettings) read = sp_settings_new(config, NULL, keys, G_N_ELEMENTS(keys));
    sp_settings_set_threads(read, n_threads);
    return sp_transform_shown.run(in, read, out, quality, error) ? g_steal_pointer(&out) : NULL;
}

/* The same of a list of tables, all taken. */
static inline SpTables *shown_of(SpTable *const tables[], guint n_threads, const char *settings,
                                 GError **error)
{
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTables) in = sp_tables_new();
    for (gsize i = 0; tables[i] != NULL; i++) {
        sp_tables_add(in, tables[i]);
    }
    return shown_by(in, n_threads, settings, quality, error);
}

static inline SpTable *owners(const char *row)
{
    return TABLE("skjerming", "table:key measure:key at_most:attribute", row);
}

static const char *const nobody = "x y 1";

/* What may be seen of the facts, by more tables if there are any (earlier editions, crossings). */
static inline SpTables *shown_after(const Facts *facts, const char *threads, const char *owner,
                                    const SpTables *more, SpQuality *quality)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) in = sp_tables_new();
    SpTable *const tables[] = {sp_table_copy(facts->fine),
                               sp_table_copy(facts->coarse),
                               structure(),
                               regions(),
                               layers(),
                               owners(owner)};
    for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
        sp_tables_add(in, tables[i]);
    }
    for (gsize i = 0; more != NULL && i < sp_tables_size(more); i++) {
        sp_tables_add(in, sp_table_copy(sp_tables_at(more, i)));
    }
    SpTables *out =
        shown_by(in, (guint)g_ascii_strtoull(threads, NULL, 10), USUAL, quality, &error);
    assert_no_error(error);
    return out;
}

/* All rows of both tables as cells over the leaves. */
static inline SpDesign *design_of(const Facts *facts)
{
    const SpTable *const both[] = {facts->fine, facts->coarse};
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(SpDesignEntry));
    guint32 cell = 0;
    for (gsize t = 0; t < 2; t++) {
        for (gsize row = 0; row < sp_table_n_rows(both[t]); row++, cell++) {
            for (guint32 leaf = 0; leaf < N_LEAVES; leaf++) {
                if (facts->leaf[leaf] > 0.0 && row_holds(both[t], row, leaf)) {
                    const SpDesignEntry entry = {leaf, cell, 1};
                    g_array_append_val(entries, entry);
                }
            }
        }
    }
    return sp_design_new(N_LEAVES, cell, (const SpDesignEntry *)(gpointer)entries->data,
                         entries->len);
}

/* The rows of both tables whose measure is hidden: [fine, then coarse]. */
static inline gboolean *hidden_of(const SpTables *out, gsize column)
{
    const SpTable *const both[] = {sp_tables_find(out, "fin"), sp_tables_find(out, "grov")};
    gboolean *is_hidden = g_new0(gboolean, sp_table_n_rows(both[0]) + sp_table_n_rows(both[1]) + 1);
    gsize n = 0;
    for (gsize t = 0; t < 2; t++) {
        for (gsize row = 0; row < sp_table_n_rows(both[t]); row++) {
            is_hidden[n++] = sp_table_real(both[t], row, column).status == SP_SUPPRESSED;
        }
    }
    return is_hidden;
}

/* The same rows with the same figures. */
static inline void made_up_assert_same(const SpTable *a, const SpTable *b)
{
    assert_int_equal(sp_table_n_rows(a), sp_table_n_rows(b));
    assert_int_equal(sp_table_n_columns(a), sp_table_n_columns(b));
    for (gsize row = 0; row < sp_table_n_rows(a); row++) {
        for (gsize column = 0; column < sp_table_n_columns(a); column++) {
            if (sp_table_column(a, column)->kind == SP_COLUMN_CODE) {
                assert_string_equal(sp_table_code(a, row, column), sp_table_code(b, row, column));
            } else {
                const SpReal one = sp_table_real(a, row, column);
                const SpReal other = sp_table_real(b, row, column);
                assert_int_equal(one.status, other.status);
                assert_near(one.value, other.value, 0);
            }
        }
    }
}

#endif
