/* The transform: what is made of what there is, and how it is explained. */
#include "tests/core/rows.h"

#include "transforms/project/balance/balance.h"
#include "transforms/project/scenario.h"

#define STAFF "region:key yrke:key period:key aarsverk:other"

typedef struct {
    SpSettings *settings;
    SpTables *in, *out;
    SpQuality *quality;
} Case;

static void case_init(Case *self)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpConfig) config = sp_config_new();
    assert_true(sp_config_add(config, "test",
                              "[project]\ncost_groups = loenn\nfactor_alarm = 1.1\n", &error));
    *self = (Case){.in = sp_tables_new(), .out = sp_tables_new(), .quality = sp_quality_new()};
    self->settings = sp_settings_new(config, NULL, sp_transform_balance.config_keys,
                                     sp_transform_balance.n_config_keys);
}

static void case_clear(Case *self)
{
    sp_settings_free(self->settings);
    sp_tables_free(self->in);
    sp_tables_free(self->out);
    sp_quality_free(self->quality);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Case, case_clear)

static void add_staff(Case *self)
{
    sp_tables_add(self->in, TABLE("framskriving_etterspoersel", STAFF, "0 lege 2026-01-01 10",
                                  "0 lege 2027-01-01 12", "1101 lege 2026-01-01 10",
                                  "1101 lege 2027-01-01 12"));
    sp_tables_add(self->in,
                  TABLE("framskriving_tilbud", STAFF, "0 lege 2026-01-01 8", "0 lege 2027-01-01 9",
                        "1101 lege 2026-01-01 8", "1101 lege 2027-01-01 9"));
}

static void run(Case *self)
{
    g_autoptr(GError) error = NULL;
    assert_true(
        sp_transform_balance.run(self->in, self->settings, self->out, self->quality, &error));
    assert_no_error(error);
}

static void what_lacks_its_tables_is_left_out_and_told(void **state)
{
    (void)state;
    g_auto(Case) self = {0};
    case_init(&self);
    run(&self);
    assert_int_equal(sp_tables_size(self.out), 0);
    assert_int_equal(sp_quality_count(self.quality, "left_out"), 3);
}

#define PARTS "region:key yrke:key period:key "

/* What need and supply have changed by, and why. */
static void add_parts(Case *self)
{
    sp_tables_add(self->in,
                  TABLE("framskriving_etterspoersel_deler", PARTS "befolkning:sum bruk:sum",
                        "0 lege 2027-01-01 3/m -1/m", "1101 lege 2027-01-01 3/m -1/m"));
    sp_tables_add(self->in, TABLE("framskriving_tilbud_deler", PARTS "avgang:sum utdannede:sum",
                                  "0 lege 2027-01-01 -1/m 2/m", "1101 lege 2027-01-01 -1/m 2/m"));
}

static void add_sources(Case *self)
{
    add_parts(self);
    sp_tables_add(self->in, TABLE("region", "region:key fylke:attribute", "1101 11"));
    sp_tables_add(self->in,
                  TABLE("skjerming", "table:attribute measure:attribute at_most:attribute",
                        "alder_og_stabilitet turnover_aarsverk 10"));
    sp_tables_add(self->in, TABLE("turnover", "id:key verdi:other", "kommuner.sluttet 10",
                                  "kommuner.spredning 0.25"));
    sp_tables_add(self->in,
                  TABLE("alder_og_stabilitet",
                        "period:key region:key alder:key kjonn:key yrke:key "
                        "turnover_personer:other turnover_aarsverk:other sluttet_brutto:other "
                        "sluttet_netto:other personer:other aarsverk:other",
                        "2024-12-01--2025-12-01 0 015-075 0 tot 100 80 20 10 .. .."));
    sp_tables_add(self->in, TABLE("framskriving_befolkning",
                                  "region:key kjonn:key alder:key period:key innbyggere:sum",
                                  "1101 1 010 2026-01-01 10", "1101 1 010 2027-01-01 11"));
    sp_tables_add(self->in, TABLE("regnskap",
                                  "region:key kontoklasse:key funksjon:key artsgruppe:key "
                                  "period:key beloep:sum",
                                  "1101 drift 232 loenn 2025 1000"));
    sp_tables_add(self->in, TABLE("kostnad", "funksjon:key alder_fra:key alder_til:key vekt:other",
                                  "232 000 020 1"));
}

static void everything_is_made_of_everything(void **state)
{
    (void)state;
    g_auto(Case) self = {0};
    case_init(&self);
    add_staff(&self);
    add_sources(&self);
    run(&self);
    assert_int_equal(sp_quality_count(self.quality, "left_out"), 0);
    assert_rows(sp_tables_find(self.out, "framskriving_balanse"),
                "lege 2026-01-01 10/m 8/m 1.25/m -/m");
    assert_int_equal(sp_table_n_rows(sp_tables_find(self.out, "framskriving_gap")), 4);
    assert_rows(sp_tables_find(self.out, "framskriving_aarsaker"),
                "0 lege 2027-01-01 10/m 3/m -1/m 12/m 10/m -1.25/m 2.5/m 11.25/m . 0.75/m",
                "1101 lege 2027-01-01 10/m 3/m -1/m 12/m 10/m -1.25/m 2.5/m 11.25/m . 0.75/m");
    assert_int_equal(sp_table_n_rows(sp_tables_find(self.out, "rekrutteringsbehov")), 3);
    assert_int_equal(sp_table_n_rows(sp_tables_find(self.out, "demografikostnad")), 2);
}

static void the_scenario_says_what_the_base_is(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_auto(Case) self = {0};
    case_init(&self);
    add_staff(&self);
    SpTable *scenario = sp_scenario_table("x.ini", "[balance]\nbase = observed\n", &error);
    assert_no_error(error);
    sp_tables_add(self.in, scenario);
    run(&self);
    assert_rows(sp_tables_find(self.out, "framskriving_balanse"),
                "lege 2026-01-01 10/m 8/m 1/m -/m");
}

static SpExplanation *explain(Case *self, const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpCell) cell = sp_cell_parse(text, &error);
    SpExplanation *explanation = sp_explanation_new();
    assert_true(sp_transform_balance.explain(self->in, self->settings, cell, explanation, &error));
    assert_no_error(error);
    return explanation;
}

static gboolean has_input(const SpExplanation *explanation, const char *wanted)
{
    for (guint i = 0; i < explanation->inputs->len; i++) {
        g_autofree char *text = sp_cell_format(explanation->inputs->pdata[i]);
        if (strcmp(text, wanted) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* 10 - 10 in the base; 2 more needed; supply 11.25 - 10 more: parts 0, 2 and -1.25 of .75. */
static void a_gap_is_explained_by_parts_and_cells(void **state)
{
    (void)state;
    g_auto(Case) self = {0};
    case_init(&self);
    add_staff(&self);
    g_autoptr(SpExplanation) gap =
        explain(&self, "framskriving_gap gap region=1101 yrke=lege period=2027-01-01");
    assert_non_null(strstr(gap->method, "= 0 on 2026-01-01, 2 by growth of demand, -1.25 by change "
                                        "of supply"));
    assert_true(has_input(gap, "framskriving_etterspoersel aarsverk region=1101 yrke=lege "
                               "period=2027-01-01"));
    assert_true(has_input(gap, "framskriving_tilbud aarsverk region=0 yrke=lege "
                               "period=2026-01-01"));
    assert_false(gap->is_injective);
    g_autoptr(SpExplanation) demand =
        explain(&self, "framskriving_gap etterspoersel region=1101 yrke=lege period=2027-01-01");
    assert_int_equal(demand->inputs->len, 1);
    assert_true(demand->is_injective);
}

/* Sides and gap are those of framskriving_gap; need's parts are told as they come, supply's are
 * scaled. */
static void parts_are_explained_by_their_side(void **state)
{
    (void)state;
    static const struct {
        const char *measure, *input;
        guint n_inputs;
        gboolean is_injective;
    } cases[] = {
        {"bruk", "framskriving_etterspoersel_deler bruk region=1101 yrke=lege period=2027-01-01", 1,
         TRUE},
        {"utdannede", "framskriving_tilbud_deler utdannede region=1101 yrke=lege period=2027-01-01",
         3, FALSE},
        {"etterspoersel_basis",
         "framskriving_etterspoersel aarsverk region=1101 yrke=lege period=2026-01-01", 1, TRUE},
        {"tilbud", "framskriving_tilbud aarsverk region=1101 yrke=lege period=2027-01-01", 3,
         FALSE},
        {"gap", "framskriving_etterspoersel aarsverk region=1101 yrke=lege period=2027-01-01", 4,
         FALSE}};
    g_auto(Case) self = {0};
    case_init(&self);
    add_staff(&self);
    add_parts(&self);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *cell = g_strdup_printf(
            "framskriving_aarsaker %s region=1101 yrke=lege period=2027-01-01", cases[i].measure);
        g_autoptr(SpExplanation) why = explain(&self, cell);
        assert_true(has_input(why, cases[i].input));
        assert_int_equal(why->inputs->len, cases[i].n_inputs);
        assert_int_equal(why->is_injective, cases[i].is_injective);
    }
}

/* A measured shortage is of its own tables, and the gap of them too. */
static void a_measured_shortage_is_explained_by_its_tables(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_auto(Case) self = {0};
    case_init(&self);
    add_staff(&self);
    sp_tables_add(self.in, sp_scenario_table("x.ini", "[balance]\nbase_gap = vacancy\n", &error));
    sp_tables_add(self.in, TABLE("ledige_stillinger", "region:key yrke:key period:key aarsverk:sum",
                                 "1101 lege 2025-12-01 2"));
    assert_no_error(error);
    static const char vacant[] = "ledige_stillinger aarsverk region=* yrke=* period=*";
    g_autoptr(SpExplanation) start =
        explain(&self, "framskriving_gap startmangel region=1101 yrke=lege period=2027-01-01");
    assert_int_equal(start->inputs->len, 1);
    assert_true(has_input(start, vacant));
    g_autoptr(SpExplanation) gap =
        explain(&self, "framskriving_gap gap region=1101 yrke=lege period=2027-01-01");
    assert_true(has_input(gap, vacant));
    g_autoptr(SpExplanation) supply =
        explain(&self, "framskriving_gap tilbud region=1101 yrke=lege period=2027-01-01");
    assert_false(has_input(supply, vacant));
}

/* The numbers of "21 = vekst 5 + erstatning_netto 16: ...": the sum, then its parts [n]. */
static void numbers_of(const char *method, double numbers[], gsize n)
{
    const char *end = strstr(method, ": ");
    assert_non_null(end);
    g_autofree char *text = g_strndup(method, (gsize)(end - method));
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    gsize found = 0;
    for (char **word = words; *word != NULL && found < n; word++) {
        double number;
        gboolean is_age = word != words && strcmp(word[-1], "below") == 0;
        if (!is_age && sp_number_parse(*word, strlen(*word), sp_number_plain, &number)) {
            numbers[found++] = number;
        }
    }
    assert_int_equal(found, n);
}

static void assert_parts_add_up(Case *self, const char *cell, const char *table,
                                const char *measure, gsize n_parts)
{
    double numbers[4] = {0};
    g_autoptr(SpExplanation) explanation = explain(self, cell);
    numbers_of(explanation->method, numbers, n_parts + 1);
    double sum = 0;
    for (gsize i = 1; i <= n_parts; i++) {
        sum += numbers[i];
    }
    assert_near(sum, numbers[0], 1e-9);
    const SpTable *made = sp_tables_find(self->out, table);
    gsize last = sp_table_n_rows(made) - 1;
    assert_near(sp_table_real(made, last, sp_table_find(made, measure)).value, numbers[0], 1e-9);
}

/* The last row of each table: one profession, one kommune and its fylke, the sum of functions. */
static void needs_and_costs_are_explained_by_parts_that_add_up(void **state)
{
    (void)state;
    g_auto(Case) self = {0};
    case_init(&self);
    add_staff(&self);
    add_sources(&self);
    run(&self);
    static const char where[] = "region=1101 yrke=lege period=2027-01-01";
    static const char *const needs[] = {"rekruttering_netto", "rekruttering_brutto", "aarsverk"};
    for (gsize i = 0; i < G_N_ELEMENTS(needs); i++) {
        g_autofree char *cell = g_strdup_printf("rekrutteringsbehov %s %s", needs[i], where);
        assert_parts_add_up(&self, cell, "rekrutteringsbehov", needs[i], 2);
    }
    static const char *const costs[] = {"merkostnad", "merkostnad_eget"};
    for (gsize i = 0; i < G_N_ELEMENTS(costs); i++) {
        g_autofree char *cell = g_strdup_printf(
            "demografikostnad %s region=1101 funksjon=alle period=2027-01-01", costs[i]);
        assert_parts_add_up(&self, cell, "demografikostnad", costs[i], 3);
    }
    /* One more child of 10 at 100 a head; growth of 2 and a tenth of ten who left. */
    g_autoptr(SpExplanation) cost =
        explain(&self, "demografikostnad merkostnad region=1101 funksjon=232 period=2027-01-01");
    assert_non_null(strstr(cost->method, "100 = 100 for those below 67 + 0 for 67-79 + 0 for 80"));
    g_autoptr(SpExplanation) need =
        explain(&self, "rekrutteringsbehov rekruttering_netto region=11 yrke=lege "
                       "period=2027-01-01");
    assert_non_null(strstr(need->method, "3 = vekst 2 + erstatning_netto 1: "));
}

static void every_table_is_explained_and_others_are_not(void **state)
{
    (void)state;
    g_auto(Case) self = {0};
    case_init(&self);
    add_staff(&self);
    g_autoptr(SpExplanation) recruitment =
        explain(&self, "rekrutteringsbehov vekst region=1101 yrke=lege period=2027-01-01");
    assert_true(has_input(recruitment, "framskriving_etterspoersel aarsverk region=1101 yrke=lege "
                                       "period=*"));
    g_autoptr(SpExplanation) cost = explain(
        &self, "demografikostnad merkostnad_eget region=1101 funksjon=253 period=2027-01-01");
    assert_true(has_input(cost, "regnskap beloep region=1101 kontoklasse=drift funksjon=253 "
                                "artsgruppe=* period=*"));
    assert_string_equal(cost->settings->pdata[0], "project.cost_groups");
    g_autoptr(SpExplanation) balance =
        explain(&self, "framskriving_balanse faktor yrke=lege period=2026-01-01");
    assert_int_equal(balance->inputs->len, 2);
    assert_false(balance->is_injective);
    g_autoptr(SpExplanation) need =
        explain(&self, "framskriving_balanse etterspoersel yrke=lege period=2026-01-01");
    assert_int_equal(need->inputs->len, 1);
    assert_true(need->is_injective);
    g_autoptr(GError) error = NULL;
    g_autoptr(SpCell) other = sp_cell_parse("befolkning innbyggere region=1101", &error);
    g_autoptr(SpExplanation) none = sp_explanation_new();
    assert_false(sp_transform_balance.explain(self.in, self.settings, other, none, &error));
    assert_error(error, SP_ERROR_NO_INPUT, "befolkning");
}

/* Need before the law's floor does not invert to need. */
static void need_of_the_base_is_told_with_what_the_law_adds(void **state)
{
    (void)state;
    g_auto(Case) self = {0};
    case_init(&self);
    sp_tables_add(self.in, TABLE("framskriving_etterspoersel", STAFF " lovkrav:other rest:other",
                                 "0 lege 2026-01-01 10 2 4"));
    sp_tables_add(self.in, TABLE("framskriving_tilbud", STAFF, "0 lege 2026-01-01 8"));
    g_autoptr(SpExplanation) need =
        explain(&self, "framskriving_balanse etterspoersel yrke=lege period=2026-01-01");
    assert_int_equal(need->inputs->len, 2);
    assert_true(has_input(need, "framskriving_etterspoersel lovkrav region=0 yrke=lege "
                                "period=2026-01-01"));
    assert_false(need->is_injective);
    g_autoptr(SpExplanation) shared =
        explain(&self, "framskriving_balanse felles_kilde yrke=lege period=2026-01-01");
    assert_true(has_input(shared, "framskriving_etterspoersel rest region=0 yrke=lege "
                                  "period=2026-01-01"));
}

/* Årsverk become persons by the positions of the country's staff; other measures do not know
 * them. */
static void persons_needed_rest_on_the_positions_of_the_country(void **state)
{
    (void)state;
    g_auto(Case) self = {0};
    case_init(&self);
    add_staff(&self);
    add_sources(&self);
    const char *const positions[] = {
        "alder_og_stabilitet personer region=0 yrke=* alder=* kjonn=0 period=*",
        "alder_og_stabilitet aarsverk region=0 yrke=* alder=* kjonn=0 period=*"};
    g_autoptr(SpExplanation) persons = explain(
        &self, "rekrutteringsbehov rekruttering_personer region=1101 yrke=lege period=2027-01-01");
    g_autoptr(SpExplanation) netto = explain(
        &self, "rekrutteringsbehov rekruttering_netto region=1101 yrke=lege period=2027-01-01");
    for (gsize i = 0; i < G_N_ELEMENTS(positions); i++) {
        assert_true(has_input(persons, positions[i]));
        assert_false(has_input(netto, positions[i]));
    }
    assert_int_equal(persons->inputs->len, netto->inputs->len + 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_lacks_its_tables_is_left_out_and_told),
        cmocka_unit_test(everything_is_made_of_everything),
        cmocka_unit_test(the_scenario_says_what_the_base_is),
        cmocka_unit_test(need_of_the_base_is_told_with_what_the_law_adds),
        cmocka_unit_test(a_gap_is_explained_by_parts_and_cells),
        cmocka_unit_test(parts_are_explained_by_their_side),
        cmocka_unit_test(a_measured_shortage_is_explained_by_its_tables),
        cmocka_unit_test(needs_and_costs_are_explained_by_parts_that_add_up),
        cmocka_unit_test(persons_needed_rest_on_the_positions_of_the_country),
        cmocka_unit_test(every_table_is_explained_and_others_are_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
