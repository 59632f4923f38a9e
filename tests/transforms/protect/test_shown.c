/* Sensitive facts as they may be seen: on made-up tables of all levels, held against a dense
 * elimination that knows no blocks, and against the rules read one by one. */
#include "tests/core/rows.h"
#include "tests/transforms/protect/made_up.h"

#include "transforms/audit/attack.h"
#include "transforms/protect/shown.h"

#include <math.h>

/* ---- made-up facts ---- */

enum { N_KOMMUNER = 9, N_YRKER = 3, N_AGES = 3, N_LEAVES = N_KOMMUNER * N_YRKER * N_AGES };

static const char *const kommuner[N_KOMMUNER] = {"0301", "1101", "1102", "1103", "1104",
                                                 "5001", "5006", "5007", "5014"};
static const char *const yrker[N_YRKER] = {"lege", "sykepleier", "vernepleier"};
static const char *const ages[N_AGES] = {"015-034", "035-054", "055-075"};

/* Codes that hold a leaf, the leaf itself first; NULL-terminated. Every other table has the younger
 * ages as one group. */
static void above_region(gsize i, const char *codes[4])
{
    codes[0] = kommuner[i];
    codes[1] = i == 0 ? "03" : i <= 4 ? "11" : "50";
    codes[2] = "0";
    codes[3] = NULL;
}

static void above_yrke(gsize i, const char *codes[4])
{
    codes[0] = yrker[i];
    codes[1] = "tot";
    codes[2] = i > 0 ? "hoeyskole" : NULL;
    codes[3] = NULL;
}

static void above_age(gsize i, gboolean is_coarse, const char *codes[4])
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

static gsize region_of(gsize leaf)
{
    return leaf / (N_YRKER * N_AGES);
}

static gsize yrke_of(gsize leaf)
{
    return leaf / N_AGES % N_YRKER;
}

static gsize age_of(gsize leaf)
{
    return leaf % N_AGES;
}

/* Whether a row of codes counts a leaf. */
static gboolean holds(const char *const all[], const char *code)
{
    for (; *all != NULL; all++) {
        if (strcmp(*all, code) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean row_holds(const SpTable *table, gsize row, gsize leaf)
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

static SpTable *table_from(const char *name, const double leaf[], const double part[])
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

static void facts_clear(Facts *facts)
{
    sp_table_free(facts->fine);
    sp_table_free(facts->coarse);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Facts, facts_clear)

static Facts facts_of(guint64 seed, double mean)
{
    Facts facts = {0};
    const SpRandom random = sp_random_seed(seed);
    for (gsize i = 0; i < N_LEAVES; i++) {
        facts.leaf[i] = floor(-mean * log(1.0 - sp_random_uniform(random, i)));
        facts.part[i] = sp_random_uniform(random, N_LEAVES + i) < 0.7
                            ? 0.0
                            : floor(facts.leaf[i] * sp_random_uniform(random, 2 * N_LEAVES + i));
    }
    facts.fine = table_from("fin", facts.leaf, facts.part);
    facts.coarse = table_from("grov", facts.leaf, facts.part);
    return facts;
}

static SpTable *structure(void)
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

static SpTable *regions(void)
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

static SpTable *layers(void)
{
    return TABLE("skjermingslag",
                 "table:attribute layer:attribute measure:attribute rule:attribute of:attribute",
                 "fin ansatte personer few _", "fin ansatte aarsverk with _",
                 "grov ansatte personer few _", "grov ansatte aarsverk with _",
                 "fin deltid deltid part personer", "grov deltid deltid part personer");
}

/* What may be seen: tables of `out`; the caller frees. */
static SpTables *shown(const Facts *facts, const char *threads, const char *owner)
{
    static const char *const keys[] = {"protect.threshold", "protect.interval_width"};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpConfig) config = sp_config_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTables) in = sp_tables_new();
    SpTables *out = sp_tables_new();
    sp_config_set(config, "test", "protect.threshold=5", &error);
    sp_config_set(config, "test", "protect.interval_width=4", &error);
    g_autoptr(SpSettings) settings = sp_settings_new(config, NULL, keys, G_N_ELEMENTS(keys));
    sp_settings_set_threads(settings, (guint)atoi(threads));
    sp_tables_add(in, sp_table_copy(facts->fine));
    sp_tables_add(in, sp_table_copy(facts->coarse));
    sp_tables_add(in, structure());
    sp_tables_add(in, regions());
    sp_tables_add(in, layers());
    sp_tables_add(in, TABLE("skjerming", "table:key measure:key at_most:attribute", owner));
    sp_transform_shown.run(in, settings, out, quality, &error);
    assert_no_error(error);
    return out;
}

static const char *const nobody = "x y 1";

/* ---- claims ---- */

/* All rows of both tables as cells over the leaves. */
static SpDesign *design_of(const Facts *facts)
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
static gboolean *hidden_of(const SpTables *out, gsize column)
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

/* How many figures of a measure are hidden; fails if one of them follows. */
static gsize check_nothing_follows(const Facts *facts, const SpTables *out, gsize column)
{
    g_autoptr(SpDesign) design = design_of(facts);
    g_autofree gboolean *is_hidden = hidden_of(out, column);
    gsize n = 0;
    for (guint32 cell = 0; cell < design->n_cells; cell++) {
        n += is_hidden[cell] ? 1 : 0;
        assert_false(is_hidden[cell] && made_up_follows(design, is_hidden, cell));
    }
    return n;
}

static void no_hidden_figure_follows_from_shown_ones(void **state)
{
    gsize n_hidden = 0;
    gsize n_parts = 0;
    gsize n_rows = 0;
    (void)state;
    for (guint64 seed = 1; seed <= 24; seed++) {
        g_auto(Facts) facts = facts_of(seed, 4.0 + 8.0 * (double)(seed % 6));
        g_autoptr(SpTables) out = shown(&facts, "1", nobody);
        n_hidden += check_nothing_follows(&facts, out, 4);
        n_parts += check_nothing_follows(&facts, out, 6);
        n_rows += sp_table_n_rows(facts.fine) + sp_table_n_rows(facts.coarse);
    }
    assert_in_range(n_hidden, 1000, n_rows - 1000);
    assert_in_range(n_parts, 1000, n_rows - 1000);
}

static void few_persons_are_hidden_with_all_of_their_row(void **state)
{
    g_auto(Facts) facts = facts_of(3, 9.0);
    g_autoptr(SpTables) out = shown(&facts, "1", nobody);
    const SpTable *table = sp_tables_find(out, "fin");
    (void)state;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const SpReal truth = sp_table_real(facts.fine, row, 4);
        const gboolean is_hidden = sp_table_real(table, row, 4).status == SP_SUPPRESSED;
        assert_true(is_hidden || truth.value >= 5.0);
        assert_int_equal(sp_table_real(table, row, 5).status == SP_SUPPRESSED, is_hidden);
    }
}

/* Of a row that is shown, some: hidden where they, or the others, are few. */
static void parts_are_hidden_where_the_rest_is_few(void **state)
{
    g_auto(Facts) facts = facts_of(5, 12.0);
    gsize n_alone = 0;
    (void)state;
    for (gsize row = 0; row < sp_table_n_rows(facts.fine); row++) {
        const double whole = sp_table_real(facts.fine, row, 4).value;
        if (whole > 6.0) {
            sp_table_set_real(facts.fine, row, 6, sp_real(whole - 4.0));
        }
    }
    g_autoptr(SpTables) out = shown(&facts, "1", nobody);
    const SpTable *table = sp_tables_find(out, "fin");
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const SpReal whole = sp_table_real(table, row, 4);
        const SpReal part = sp_table_real(table, row, 6);
        assert_true(part.status == SP_SUPPRESSED || part.status == SP_ZERO);
        n_alone += whole.status == SP_PRESENT && part.status == SP_SUPPRESSED ? 1 : 0;
    }
    assert_true(n_alone > 0);
}

static void an_owners_limit_hides_the_row(void **state)
{
    g_auto(Facts) facts = facts_of(7, 12.0);
    g_autoptr(SpTables) out = shown(&facts, "1", "fin aarsverk 10");
    const SpTable *table = sp_tables_find(out, "fin");
    (void)state;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        assert_true(sp_table_real(table, row, 4).status == SP_SUPPRESSED ||
                    sp_table_real(facts.fine, row, 5).value > 10.0);
    }
}

/* The hidden kommuner of a shown fylke come to 3 more than they are, at least: each is 1 or
 * more. */
static void hidden_parts_of_a_shown_sum_have_room(void **state)
{
    (void)state;
    for (guint64 seed = 21; seed <= 26; seed++) {
        g_auto(Facts) facts = facts_of(seed, 6.0);
        g_autoptr(SpTables) out = shown(&facts, "1", nobody);
        const SpTable *table = sp_tables_find(out, "fin");
        for (gsize whole = 0; whole < sp_table_n_rows(table); whole++) {
            double rest = sp_table_real(table, whole, 4).value;
            gsize n_hidden = 0;
            for (gsize row = 0; row < sp_table_n_rows(table); row++) {
                const char *codes[4];
                const char *region = sp_table_code(table, row, 0);
                gsize place = 0;
                while (place < N_KOMMUNER && strcmp(kommuner[place], region) != 0) {
                    place++;
                }
                if (place == N_KOMMUNER ||
                    strcmp(sp_table_code(table, row, 1), sp_table_code(table, whole, 1)) != 0 ||
                    strcmp(sp_table_code(table, row, 2), sp_table_code(table, whole, 2)) != 0) {
                    continue;
                }
                above_region(place, codes);
                if (strcmp(codes[1], sp_table_code(table, whole, 0)) == 0) {
                    const SpReal part = sp_table_real(table, row, 4);
                    n_hidden += part.status == SP_SUPPRESSED ? 1 : 0;
                    rest -= part.value;
                }
            }
            if (sp_table_real(table, whole, 4).status == SP_PRESENT && n_hidden > 0) {
                assert_true(rest - (double)n_hidden + 1.0 >= 4.0);
            }
        }
    }
}

/* The audit's attack shares no code with what hides. Linear programmes, which see what several sums
 * say together, find more: the suppression does not ask them yet. */
static void the_attack_finds_nothing_without_programmes(void **state)
{
    static const SpAttackOptions options = {.least_width = 4.0,
                                            .n_named = 1,
                                            .most_work = 10000000,
                                            .makes_no_programmes = TRUE,
                                            .few = 5.0};
    g_autoptr(SpTable) ratios =
        sp_table_new("avledet",
                     (const SpColumn[]){{.name = "tabell", .kind = SP_COLUMN_CODE, .is_key = TRUE},
                                        {.name = "maal", .kind = SP_COLUMN_CODE, .is_key = TRUE},
                                        {.name = "teller", .kind = SP_COLUMN_CODE},
                                        {.name = "nevner", .kind = SP_COLUMN_CODE}},
                     4);
    g_autoptr(SpTable) same = TABLE("samme", "tabell:key med:key", "fin grov");
    gsize n_hidden = 0;
    (void)state;
    for (guint64 seed = 41; seed <= 52; seed++) {
        g_autoptr(GError) error = NULL;
        g_auto(Facts) facts = facts_of(seed, 4.0 + 6.0 * (double)(seed % 5));
        g_autoptr(SpTables) out = shown(&facts, "1", nobody);
        g_autoptr(SpTables) seen = sp_tables_new();
        sp_tables_add(seen, sp_tables_steal(out, "fin"));
        sp_tables_add(seen, sp_tables_steal(out, "grov"));
        const SpAttackKnowledge knowledge = {
            .sammenheng = sp_tables_find(out, "sammenheng"), .avledet = ratios, .samme = same};
        g_autoptr(SpAttack) attack = sp_attack_new(seen, &knowledge, &options, &error);
        assert_no_error(error);
        if (attack->findings->len > 0) {
            const SpAttackFinding *first = attack->findings->pdata[0];
            fail_msg("seed %" G_GUINT64_FORMAT ": %s: %s", seed, first->cell, first->how);
        }
        n_hidden += attack->n_hidden;
    }
    assert_in_range(n_hidden, 1000, 100000);
}

static void threads_do_not_show(void **state)
{
    g_auto(Facts) facts = facts_of(9, 7.0);
    g_autoptr(SpTables) one = shown(&facts, "1", nobody);
    g_autoptr(SpTables) four = shown(&facts, "4", nobody);
    g_autofree gboolean *of_one = hidden_of(one, 4);
    g_autofree gboolean *of_four = hidden_of(four, 4);
    const gsize n = sp_table_n_rows(facts.fine) + sp_table_n_rows(facts.coarse);
    (void)state;
    assert_memory_equal(of_one, of_four, n * sizeof(gboolean));
}

/* The report's cells are those with somebody, and its reasons come to the hidden ones. */
static void what_is_hidden_is_counted_by_reason(void **state)
{
    g_auto(Facts) facts = facts_of(11, 7.0);
    g_autoptr(SpTables) out = shown(&facts, "1", nobody);
    const SpTable *report = sp_tables_find(out, SP_TABLE_HIDDEN);
    const SpTable *table = sp_tables_find(out, "fin");
    double n_cells = 0.0;
    double n_hidden = 0.0;
    double truly_hidden = 0.0;
    (void)state;
    for (gsize row = 0; row < sp_table_n_rows(report); row++) {
        if (strcmp(sp_table_code(report, row, 0), "fin") == 0 &&
            strcmp(sp_table_code(report, row, 1), "ansatte") == 0) {
            n_cells += sp_table_real(report, row, 3).value;
            for (gsize i = 4; i < sp_table_n_columns(report); i++) {
                n_hidden += sp_table_real(report, row, i).value;
            }
        }
    }
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        truly_hidden += sp_table_real(table, row, 4).status == SP_SUPPRESSED ? 1.0 : 0.0;
    }
    assert_near(n_cells, (double)sp_table_n_rows(table), 0);
    assert_near(n_hidden, truly_hidden, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_hidden_figure_follows_from_shown_ones),
        cmocka_unit_test(few_persons_are_hidden_with_all_of_their_row),
        cmocka_unit_test(parts_are_hidden_where_the_rest_is_few),
        cmocka_unit_test(an_owners_limit_hides_the_row),
        cmocka_unit_test(hidden_parts_of_a_shown_sum_have_room),
        cmocka_unit_test(the_attack_finds_nothing_without_programmes),
        cmocka_unit_test(threads_do_not_show),
        cmocka_unit_test(what_is_hidden_is_counted_by_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
