/* What is made of a hidden cell is hidden with it (statistics-decisions D2), by the shipped
 * rules. */
#include "tests/core/rows.h"
#include "tests/transforms/project/demand/config.h"

#include "core/table_rows.h"
#include "transforms/project/balance/balance.h"
#include "transforms/protect/protect.h"

#define PERSONS "alder_og_stabilitet"
#define MADE "rekrutteringsbehov"
#define INTERVAL "2024-12-01--2025-12-01"
#define DAY "2027-01-01"

/* A kommune's staff of one profession at three ages, as PAI has it, and what is then hidden: PAI's
 * own row, and the recruitment need that has it in its rate. */
typedef struct {
    const char *kommune, *fylke;
    double persons[3], aarsverk, left;
    gboolean is_hidden, hides_need;
} Kommune;

/* Three with one person each, at three ages; one whose staff is many enough but few are expected to
 * leave; one with few årsverk; one that nothing need be hidden of; one that PAI knows nobody of;
 * and one where many were expected to leave and two did. A rate without the kommune's own tells of
 * nobody there. */
static const Kommune few[] = {
    {"0301", "03", {1, 0, 0}, 1, 0, TRUE, FALSE},
    {"1101", "11", {0, 1, 0}, 1, 0, TRUE, FALSE},
    {"1103", "11", {0, 0, 1}, 1, 0, TRUE, FALSE},
    {"1106", "11", {20, 10, 10}, 30, 1, TRUE, FALSE},
    {"1108", "11", {10, 10, 10}, 8, 6, TRUE, FALSE},
    {"1111", "11", {60, 40, 50}, 120, 20, FALSE, FALSE},
    {"1112", "11", {0, 0, 0}, 0, 0, FALSE, FALSE},
    {"1114", "11", {60, 40, 50}, 120, 2, TRUE, TRUE},
};
static const char *const bands[] = {"015-034", "035-054", "055-075"};

/* An empty stage table with the columns that its row of the catalogue publishes. */
static SpTable *source_of(const SpTable *catalogue, const char *name)
{
    SpTable *table = sp_table_new(name, NULL, 0);
    for (gsize row = 0; row < sp_table_n_rows(catalogue); row++) {
        if (strcmp(sp_table_code(catalogue, row, sp_table_find(catalogue, "name")), name) != 0) {
            continue;
        }
        g_auto(GStrv) columns =
            g_strsplit(sp_table_code(catalogue, row, sp_table_find(catalogue, "columns")), "|", -1);
        for (char **column = columns; *column != NULL; column++) {
            g_auto(GStrv) parts = g_strsplit(*column, "=", 2);
            sp_table_add_column(
                table, &(SpColumn){.name = *parts[0] == '?' ? parts[0] + 1 : parts[0],
                                   .kind = parts[1] == NULL ? SP_COLUMN_CODE : SP_COLUMN_MEASURE,
                                   .is_key = parts[1] == NULL,
                                   .unit = parts[1]});
        }
    }
    return table;
}

static void add_staff(SpTable *table, const char *region, const char *alder, double persons,
                      double aarsverk, double left)
{
    const char *const codes[][2] = {{"region", region},
                                    {"yrke", "sykepleier"},
                                    {"kjonn", "0"},
                                    {"alder", alder},
                                    {"period", INTERVAL}};
    const struct {
        const char *measure;
        double value;
    } figures[] = {{"turnover_personer", persons},
                   {"turnover_aarsverk", aarsverk},
                   {"sluttet_brutto", left},
                   {"sluttet_netto", left}};
    for (guint all = 0; all < (strcmp(region, "0") == 0 ? 2U : 1U); all++) {
        gsize row = sp_table_add_row(table);
        for (gsize i = 0; i < sp_table_n_columns(table); i++) {
            if (sp_table_column(table, i)->kind == SP_COLUMN_MEASURE) {
                sp_table_set_real(table, row, i, sp_real_none(SP_NOT_APPLICABLE));
            }
        }
        for (gsize i = 0; i < G_N_ELEMENTS(codes); i++) {
            const char *code = all == 1 && strcmp(codes[i][0], "yrke") == 0 ? "tot" : codes[i][1];
            sp_table_set_code(table, row, sp_table_find(table, codes[i][0]), code);
        }
        for (gsize i = 0; i < G_N_ELEMENTS(figures); i++) {
            sp_table_set_real(table, row, sp_table_find(table, figures[i].measure),
                              sp_real(figures[i].value));
        }
    }
}

static SpTable *persons(const SpTable *catalogue, const Kommune kommuner[], gsize n)
{
    SpTable *table = source_of(catalogue, PERSONS);
    for (gsize i = 0; i < n; i++) {
        double all = 0;
        for (gsize b = 0; b < G_N_ELEMENTS(bands); b++) {
            double own = kommuner[i].persons[b];
            all += own;
            add_staff(table, kommuner[i].kommune, bands[b], own, kommuner[i].aarsverk / 3,
                      b == 0 ? kommuner[i].left : 0);
        }
        add_staff(table, kommuner[i].kommune, "000-105", all, kommuner[i].aarsverk,
                  kommuner[i].left);
    }
    for (gsize b = 0; b < G_N_ELEMENTS(bands); b++) {
        add_staff(table, "0", bands[b], 1000, 800, 180 - 60 * (double)b);
    }
    sp_table_set_marks(table, SP_MARK_SENSITIVE);
    return table;
}

/* Few are needed, so that fewer than five are to be recruited: nobody is counted by that. */
static SpTables *facts(const Kommune kommuner[], gsize n)
{
    SpTables *in = sp_tables_new();
    SpTable *catalogue = config_table("tables.csv", "tabell", (const char *const[]){NULL});
    SpTable *need = source_of(catalogue, "framskriving_etterspoersel");
    SpTable *regions = table_of("region",
                                "region:key navn:attribute slag:attribute fylke:attribute "
                                "kostragruppe:attribute sentralitet:attribute",
                                0, NULL);
    for (gsize i = 0; i < n; i++) {
        const char *const days[] = {"2026-01-01", DAY};
        for (gsize day = 0; day < G_N_ELEMENTS(days); day++) {
            gsize row = sp_table_add_row(need);
            const char *const codes[] = {kommuner[i].kommune, "sykepleier", days[day]};
            for (gsize k = 0; k < G_N_ELEMENTS(codes); k++) {
                sp_table_set_code(need, row, k, codes[k]);
            }
            sp_table_set_real(need, row, sp_table_find(need, "aarsverk"), sp_real(4 + (double)day));
        }
        gsize row = sp_table_add_row(regions);
        const char *const codes[] = {kommuner[i].kommune, "navn", "kommune", kommuner[i].fylke};
        for (gsize k = 0; k < G_N_ELEMENTS(codes); k++) {
            sp_table_set_code(regions, row, k, codes[k]);
        }
    }
    sp_tables_add(in, persons(catalogue, kommuner, n));
    sp_tables_add(in, need);
    sp_tables_add(in, regions);
    sp_tables_add(in, config_file("skjerming"));
    sp_tables_add(in, config_file("turnover"));
    sp_tables_add(in,
                  config_table("aldersgrupper.csv", "aldersgruppe", (const char *const[]){NULL}));
    sp_tables_add(in, catalogue);
    return in;
}

static SpReal published(const SpTable *table, const char *kommune, const char *measure)
{
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        gsize age = sp_table_find(table, "alder");
        if (strcmp(sp_table_code(table, row, sp_table_find(table, "region")), kommune) == 0 &&
            (age == SP_NO_COLUMN || strcmp(sp_table_code(table, row, age), "000-105") == 0)) {
            return sp_table_real(table, row, sp_table_find(table, measure));
        }
    }
    fail_msg("%s has no row of %s", sp_table_name(table), kommune);
    return sp_real_none(SP_MISSING);
}

/* Whether the lineage of a figure names a cell of PAI of the kommune itself. */
static gboolean is_of_persons(const SpTables *in, const char *kommune, const char *measure)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpCell) cell = sp_cell_new(MADE, measure);
    g_autoptr(SpExplanation) explanation = sp_explanation_new();
    sp_cell_with(sp_cell_with(cell, "region", kommune), "yrke", "sykepleier");
    sp_cell_with(cell, "period", DAY);
    (void)sp_transform_balance.explain(in, NULL, cell, explanation, &error);
    assert_no_error(error);
    for (guint i = 0; i < explanation->inputs->len; i++) {
        const SpCell *input = explanation->inputs->pdata[i];
        if (strcmp(input->table, PERSONS) == 0 &&
            g_strcmp0(sp_cell_code(input, "region"), kommune) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* The recruitment need, added to `in`, and what is published of all. */
static SpTables *protect(SpTables *in)
{
    static const char *const keys[] = {"protect.threshold"};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpConfig) config = sp_config_new();
    assert_true(sp_config_set(config, "test", "protect.threshold=5", &error));
    g_autoptr(SpSettings) settings = sp_settings_new(config, NULL, keys, G_N_ELEMENTS(keys));
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTables) made = sp_tables_new();
    SpTables *out = sp_tables_new();
    assert_true(sp_transform_balance.run(in, settings, made, quality, &error));
    sp_tables_add(in, sp_tables_steal(made, MADE));
    (void)sp_transform_protect.run(in, settings, out, quality, &error);
    assert_no_error(error);
    return out;
}

static void what_is_made_of_a_hidden_cell_is_hidden_and_what_is_not_is_shown(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = facts(few, G_N_ELEMENTS(few));
    g_autoptr(SpTables) out = protect(in);
    const SpTable *of_persons = sp_tables_find(out, PERSONS), *of_need = sp_tables_find(out, MADE);
    guint n_derived = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(few); i++) {
        const char *kommune = few[i].kommune;
        gboolean is_hidden =
            published(of_persons, kommune, "turnover_personer").status == SP_SUPPRESSED;
        assert_int_equal(is_hidden, few[i].is_hidden);
        for (gsize c = 0; c < sp_table_n_columns(of_need); c++) {
            const SpColumn *column = sp_table_column(of_need, c);
            if (column->kind != SP_COLUMN_MEASURE) {
                continue;
            }
            SpReal figure = published(of_need, kommune, column->name);
            gboolean is_derived = is_of_persons(in, kommune, column->name);
            assert_int_equal(figure.status == SP_SUPPRESSED, few[i].hides_need);
            assert_true(!is_derived || is_hidden == few[i].hides_need);
            n_derived += is_derived ? 1 : 0;
        }
    }
    /* Two exits, two replacements and two needs, persons, and four that the rate was measured on,
     * in the two kommuner whose own are in it. */
    assert_int_equal(n_derived, 11 * 2);
}

/* As PAI is delivered: staff from three to hundreds, a tenth leaves. Many small kommuner beside few
 * large ones in each fylke. */
static void fylker_and_the_country_of_a_large_profession_are_shown(void **state)
{
    (void)state;
    enum { N_FYLKER = 6, N_EACH = 20 };
    static Kommune many[N_FYLKER * N_EACH];
    static char codes[N_FYLKER * N_EACH][5];
    static const char *const fylker[N_FYLKER] = {"11", "15", "18", "31", "33", "34"};
    guint n_own = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(many); i++) {
        double third = floor(pow(1.35, (double)(i % N_EACH))) / 2 + 1;
        double staff = 3 * floor(third);
        g_snprintf(codes[i], sizeof codes[i], "%s%02u", fylker[i / N_EACH], (guint)(i % N_EACH));
        many[i] = (Kommune){codes[i],    fylker[i / N_EACH], {staff / 3, staff / 3, staff / 3},
                            0.7 * staff, floor(staff / 10),  FALSE,
                            FALSE};
    }
    g_autoptr(SpTables) in = facts(many, G_N_ELEMENTS(many));
    g_autoptr(SpTables) out = protect(in);
    const SpTable *of_need = sp_tables_find(out, MADE);
    gsize region = sp_table_find(of_need, "region");
    gsize rate = sp_table_find(of_need, "avgang_netto");
    gsize persons_seen = sp_table_find(of_need, "turnover_personer");
    for (gsize row = 0; row < sp_table_n_rows(of_need); row++) {
        SpReal own = sp_table_real(of_need, row, persons_seen);
        assert_int_not_equal(sp_table_real(of_need, row, rate).status, SP_SUPPRESSED);
        n_own += strlen(sp_table_code(of_need, row, region)) == 4 && own.value > 0 ? 1 : 0;
    }
    for (gsize i = 0; i < N_FYLKER; i++) {
        assert_int_equal(published(of_need, fylker[i], "rekruttering_netto").status, SP_PRESENT);
    }
    assert_int_equal(published(of_need, "0", "rekruttering_netto").status, SP_PRESENT);
    /* Some in each fylke have their own rate, and most do not. */
    assert_true(n_own >= N_FYLKER && n_own < G_N_ELEMENTS(many) / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_made_of_a_hidden_cell_is_hidden_and_what_is_not_is_shown),
        cmocka_unit_test(fylker_and_the_country_of_a_large_profession_are_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
