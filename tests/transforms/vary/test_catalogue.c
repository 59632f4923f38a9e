/* The catalogue of indicators: the one that ships, and broken ones. */
#include "tests/transforms/vary/csvtable.h"
#include "tests/transforms/vary/tables.h"

#include "core/layout.h"
#include "transforms/vary/catalogue.h"
#include "transforms/vary/formula_term.h"

/* A row of the catalogue: the cells of its machine columns, "" where it has fewer. */
typedef struct {
    const char *cells[15];
} Row;

static SpTable *catalogue_of(const Row rows[], gsize n)
{
    SpTable *table = tables_indikator();
    for (gsize i = 0; i < n; i++) {
        gsize n_cells = 0;
        while (n_cells < G_N_ELEMENTS(rows[i].cells) && rows[i].cells[n_cells] != NULL) {
            n_cells++;
        }
        tables_add_codes(table, rows[i].cells, n_cells);
    }
    return table;
}

static void check_refused(const Row rows[], gsize n, const char *part)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = catalogue_of(rows, n);
    assert_null(sp_indicators_read(table, &error));
    assert_error(error, SP_ERROR_CONFIG, part);
}

static void shipped_catalogue_is_read(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = csvtable_indicators();
    g_autoptr(GPtrArray) indicators = sp_indicators_read(table, &error);
    assert_no_error(error);
    const SpIndicator *nurses = sp_indicators_find(indicators, "pers_nurse_fte_p10k");
    assert_non_null(nurses);
    assert_int_equal(nurses->kind, SP_KIND_AARSVERK);
    assert_near(nurses->per, 10000.0, 0.0);
    assert_null(nurses->teller_parts);
    const SpIndicator *users = sp_indicators_find(indicators, "use_home_p1000");
    assert_non_null(users);
    assert_int_equal(users->teller_parts->len, 2);
    assert_null(sp_indicators_find(indicators, "use_high_intensity"));
}

/* Every row and column of the proposal the catalogue was made from stands in it, in the same words.
 */
static void shipped_catalogue_holds_the_whole_proposal(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autofree char *path = g_build_filename(folder, "indicators.csv", NULL);
    g_autoptr(SpTable) proposal = csvtable_read(path, "proposal", ';');
    g_autoptr(SpTable) ours = csvtable_indicators();
    const gsize id = sp_table_find(ours, "id");
    gsize row = 0;
    for (gsize from = 0; from < sp_table_n_rows(proposal); from++) {
        while (row < sp_table_n_rows(ours) &&
               strcmp(sp_table_code(ours, row, id), sp_table_code(proposal, from, 0)) != 0) {
            row++;
        }
        assert_true(row < sp_table_n_rows(ours));
        for (gsize i = 0; i < sp_table_n_columns(proposal); i++) {
            const gsize column = sp_table_find(ours, sp_table_column(proposal, i)->name);
            assert_true(column != SP_NO_COLUMN);
            assert_string_equal(sp_table_code(ours, row, column), sp_table_code(proposal, from, i));
        }
    }
}

/* What no source defines is ours, and says so. */
static void shipped_catalogue_marks_what_is_ours(void **state)
{
    (void)state;
    g_autoptr(SpTable) ours = csvtable_indicators();
    const gsize id = sp_table_find(ours, "id");
    const gsize status = sp_table_find(ours, "definition_status");
    gsize n_ours = 0;
    for (gsize row = 0; row < sp_table_n_rows(ours); row++) {
        n_ours += strcmp(sp_table_code(ours, row, status), "ours") == 0 ? 1 : 0;
        assert_true(*sp_table_code(ours, row, id) != '\0');
    }
    assert_int_equal(n_ours, 14);
    assert_int_equal(sp_table_n_rows(ours), 144);
}

/* docs/methods/variation.md#chance: age structure, houses built and rooms are no outcome of chance;
 * neither do contacts, money and means tell its size. */
static void shipped_catalogue_judges_every_indicator_with_a_formula(void **state)
{
    (void)state;
    static const char *const with_chance[] = {
        "use_home_80plus",           "use_inst_80plus",     "use_home_p1000",
        "pers_nurse_fte_p10k",       "stab_share_55plus",   "stab_turnover_municipality",
        "komp_share_no_health_edu",  "gp_patients_share",   "qual_doctor_assessed",
        "hs_publichealthnurse_p10k", "use_longterm_80plus", "use_bpa_p10k"};
    static const char *const without[] = {"pop_80plus_share",
                                          "use_staffed_housing_p1000",
                                          "use_staffed_housing_count",
                                          "gp_consultations_pp",
                                          "res_spend_pp",
                                          "use_hours_total",
                                          "qual_single_rooms",
                                          "komp_skill_mix",
                                          "psy_fte_p1000"};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = csvtable_indicators();
    g_autoptr(GPtrArray) indicators = sp_indicators_read(table, &error);
    assert_no_error(error);
    for (gsize i = 0; i < G_N_ELEMENTS(with_chance); i++) {
        assert_true(sp_indicators_find(indicators, with_chance[i])->has_chance);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(without); i++) {
        assert_false(sp_indicators_find(indicators, without[i])->has_chance);
    }
    /* Reading refuses chance for other kinds; and each judgement gives its reason. */
    const gsize why = sp_table_find(table, "why");
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        assert_true(*sp_table_code(table, row, why) != '\0');
    }
}

/* The person-level layouts of config/layouts by the name of their table (SpLayout*, owned). */
static GHashTable *layouts_of_persons(void)
{
    g_autofree char *folder = g_build_filename(SP_SOURCE_FOLDER, "config", "layouts", NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(GDir) files = g_dir_open(folder, 0, &error);
    assert_no_error(error);
    GHashTable *layouts =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)sp_layout_free);
    for (const char *name = g_dir_read_name(files); name != NULL; name = g_dir_read_name(files)) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autofree char *text = NULL;
        g_file_get_contents(path, &text, NULL, &error);
        assert_no_error(error);
        g_autoptr(SpLayout) layout = sp_layout_parse(name, text, &error);
        assert_no_error(error);
        if (layout->persons != NULL) {
            char *table = layout->table;
            g_hash_table_insert(layouts, table, g_steal_pointer(&layout));
        }
    }
    return layouts;
}

/* The first key of the table beside region and period that the term does not name one code of;
 * NULL: it is one cell of a region and period. */
static const char *open_key(const SpFormulaTerm *term, const SpLayout *layout)
{
    for (guint i = 0; i < layout->columns->len; i++) {
        const SpLayoutColumn *column = g_ptr_array_index(layout->columns, i);
        const gboolean is_named = column->role == SP_ROLE_REGION || column->role == SP_ROLE_YEAR;
        const SpFormulaChoice *choice = sp_formula_find_choice(term, column->name);
        if (column->is_key && !is_named &&
            (choice == NULL || choice->codes == NULL || choice->last != NULL ||
             g_strv_length(choice->codes) != 1)) {
            return column->name;
        }
    }
    return NULL;
}

/* How many terms of persons' tables a formula has; each must be one cell. */
static guint check_cells(GHashTable *layouts, const char *id, const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpFormula) formula = sp_formula_parse(text, &error);
    guint n_terms = 0;
    assert_no_error(error);
    for (guint i = 0; i < formula->terms->len; i++) {
        const SpFormulaTerm *term = g_ptr_array_index(formula->terms, i);
        const SpLayout *layout = g_hash_table_lookup(layouts, term->table);
        const char *key = layout != NULL ? open_key(term, layout) : NULL;
        if (key != NULL) {
            fail_msg("%s: %s: not one code of %s", id, text, key);
        }
        n_terms += layout != NULL ? 1 : 0;
    }
    return n_terms;
}

/* A cell hidden in a published table of persons is hidden in what is made of it, and nothing else
 * tells it: so figures of such a table are cells of it, never sums of several. A sum has a row of
 * its own in the table (a level of its layout). */
static void figure_of_persons_is_one_cell_of_their_table(void **state)
{
    (void)state;
    static const char *const columns[] = {"teller", "nevner", "verdi"};
    g_autoptr(SpTable) table = csvtable_indicators();
    g_autoptr(GHashTable) layouts = layouts_of_persons();
    const gsize id = sp_table_find(table, "id");
    guint n_cells = 0;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        for (gsize i = 0; i < G_N_ELEMENTS(columns); i++) {
            const char *text = sp_table_code(table, row, sp_table_find(table, columns[i]));
            const guint n_terms =
                *text != '\0' ? check_cells(layouts, sp_table_code(table, row, id), text) : 0;
            if (n_terms > 1) {
                fail_msg("%s: %s: a sum of cells", sp_table_code(table, row, id), text);
            }
            n_cells += n_terms;
        }
    }
    assert_true(n_cells > 30);
}

/* A percentage is 0-1 in every table: it is a part of a whole, or published in percent. */
static void shipped_percentages_are_shares_inside(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = csvtable_indicators();
    const gsize unit = sp_table_find(table, "unit");
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *per = sp_table_code(table, row, sp_table_find(table, "per"));
        const gboolean is_published =
            *sp_table_code(table, row, sp_table_find(table, "verdi")) != '\0';
        const char *id = sp_table_code(table, row, sp_table_find(table, "id"));
        if (*per == '\0' || strcmp(sp_table_code(table, row, unit), "prosent") != 0 ||
            strcmp(id, "use_occupancy") == 0) { /* of days, per place and day of the year */
            continue;
        }
        assert_string_equal(per, is_published ? "0.01" : "1");
    }
}

/* Appends "LEAD`FORMULA`" unless the cell is empty; a bar would end the cell of a table in
 * Markdown. */
static void append_formula(GString *line, const char *lead, const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, "|", -1);
    g_autofree char *escaped = g_strjoinv("\\|", parts);
    if (*text != '\0') {
        g_string_append_printf(line, "%s`%s`", lead, escaped);
    }
}

/* The row of docs/methods/indicators.md that this row of the catalogue is told by. g_free. */
static char *line_of(const SpTable *table, gsize row)
{
#define CELL(name) sp_table_code(table, row, sp_table_find(table, name))
    const gboolean is_published = *CELL("verdi") != '\0';
    GString *line = g_string_new(NULL);
    g_string_append_printf(line, "\n| `%s` | %s | %s | %s", CELL("id"), CELL("kind"),
                           *CELL("chance") != '\0' ? CELL("chance") : "–", CELL("mangler"));
    append_formula(line, "", CELL("teller"));
    append_formula(line, "published: ", CELL("verdi"));
    append_formula(line, is_published ? " weighed by " : " / ", CELL("nevner"));
    if (*CELL("per") != '\0' && strcmp(CELL("per"), "1") != 0) {
        g_string_append_printf(line, " × %s", CELL("per"));
    }
    append_formula(line, "; bands ", CELL("teller_del"));
    append_formula(line, " / ", CELL("nevner_del"));
    if (*CELL("vertsord") != '\0') {
        g_string_append_printf(line, "; shared by %s", CELL("vertsord"));
    }
    g_string_append_printf(line, " | %s |\n", CELL("why"));
    return g_string_free(line, FALSE);
#undef CELL
}

static void page_of_indicators_tells_every_row_of_the_catalogue(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autofree char *page = NULL;
    g_autoptr(SpTable) table = csvtable_indicators();
    g_file_get_contents(SP_SOURCE_FOLDER "/docs/methods/indicators.md", &page, NULL, &error);
    assert_no_error(error);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        g_autofree char *line = line_of(table, row);
        if (strstr(page, line) == NULL) {
            fail_msg("docs/methods/indicators.md lacks the row%s", line);
        }
    }
}

static void a_row_that_says_what_cannot_be_is_refused_by_its_column(void **state)
{
    (void)state;
    static const struct {
        Row row;
        const char *part;
    } cases[] = {
        {{{"a", "persons", "no"}}, "indicator \"a\": kind is \"persons\", want count_persons"},
        {{{"", "rate", "no"}}, "id is empty"},
        {{{"a", "rate", "no", "", "", "", "", "", "", "", "", "", "profil", "good"}},
         "direction is \"good\", want neutral, good_high or good_low"},
        {{{"a", "rate", "ja"}}, "additive is \"ja\", want yes or no"},
        /* A formula needs a judgement of chance, and only persons over persons may rest on it. */
        {{{"a", "share", "no", "", "t.m", "t.n", "1"}},
         "indicator \"a\": chance is \"\", want yes or no"},
        {{{"a", "share", "no", "ja"}}, "chance is \"ja\""},
        {{{"a", "mean", "no", "yes", "t.m", "t.n", "1"}},
         "chance is yes, but only a teller of kind count_persons, share or aarsverk"},
        {{{"a", "aarsverk", "no", "yes", "", "t.n", "1", "", "", "", "t.v"}},
         "chance is yes, but only"},
        {{{"a", "count_events", "no", "yes", "t.m", "t.n", "1"}}, "chance is yes, but only"},
        {{{"a", "count_persons", "no", "yes", "t.m", "", "1"}}, "chance is yes, but only"},
        {{{"a", "rate", "no", "no", "t.m", "t.n", "1 000"}},
         "per is \"1 000\", want a number above 0"},
        {{{"a", "rate", "no", "no", "t.m", "t.n", "0"}}, "per is \"0\""},
        {{{"a", "rate", "no", "no", "t.m", "t n", "1"}},
         "(config/indicators.csv): indicator \"a\": nevner: \"t n\" is no formula"},
        /* A row is computed or says why not. */
        {{{"a", "rate", "no"}}, "mangler is \"\", want one of over_kommune, ikke_publisert"},
        {{{"a", "rate", "no", "", "", "", "", "", "", "", "", "", "senere"}},
         "mangler is \"senere\""},
        {{{"a", "rate", "no", "no", "t.m", "", "1", "", "", "", "", "", "profil"}},
         "mangler is \"profil\" although there is a formula"},
        {{{"a", "rate", "no", "no", "t.m", "", "1", "", "", "", "t.v"}},
         "teller and verdi are two ways to the same figure"},
        {{{"a", "rate", "no", "no", "t.m@+1", "", "1"}}, "the first term gives the indicator's"},
        {{{"a", "rate", "no", "no", "t.m{alder=*}", "", "1"}},
         "teller: alder=* stands in teller_del and nevner_del alone"},
        {{{"a", "rate", "no", "no", "t.m", "", "1", "", "", "", "", "jordmor"}},
         "vertsord needs a teller and a nevner"},
        {{{"a", "share", "no", "no", "t.m", "t.n", "1", "t.o; t.p", "t.q"}},
         "as many formulas in each"},
        {{{"a", "share", "no", "no", "t.m", "t.n", "1", "t.o{alder=*}; t.p", "t.q; t.r"}},
         "already makes a band of each code"},
        {{{"a", "share", "no", "no", "t.m", "t.n", "1", "t.o{yrke=*}", "t.q{yrke=*}"}},
         "bands are made of alder and kjonn alone"},
        /* Parts stand together or not at all. */
        {{{"a", "share", "no", "yes", "t.m", "t.n", "1", "t.o"}},
         "teller_del and nevner_del go together"},
        {{{"a", "share", "no", "no", "t.m", "", "1", "t.o", "t.p"}}, "need a nevner"},
        {{{"a", "share", "no", "", "", "t.n", "1"}}, "nevner without teller"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        check_refused(&cases[i].row, 1, cases[i].part);
    }
}

/* Percentage points in the file, shares inside. */
static void least_change_worth_a_sentence_is_in_the_unit_of_the_value(void **state)
{
    (void)state;
    static const Row rows[] = {{{"a", "share", "no", "no", "t.m", "t.n", "1", "", "", "prosent", "",
                                 "", "", "neutral", "2"}},
                               {{"b", "amount", "no", "no", "t.m", "t.n", "1", "", "", "kroner", "",
                                 "", "", "neutral", "500"}},
                               {{"c", "amount", "no", "no", "t.m", "t.n", "1", "", "", "kroner", "",
                                 "", "", "neutral", ""}},
                               {{"d", "share", "no", "no", "t.m", "t.n", "1", "", "", "prosent", "",
                                 "", "", "neutral", "25%"}}};
    static const double wanted[] = {0.02, 500.0, 0.0, 0.0};
    static const double shares[] = {0.0, 0.0, 0.0, 0.25};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = catalogue_of(rows, G_N_ELEMENTS(rows));
    g_autoptr(GPtrArray) indicators = sp_indicators_read(table, &error);
    assert_no_error(error);
    assert_int_equal(indicators->len, G_N_ELEMENTS(wanted));
    for (guint i = 0; i < G_N_ELEMENTS(wanted); i++) {
        const SpIndicator *indicator = g_ptr_array_index(indicators, i);
        assert_near(indicator->minimum_change, wanted[i], 1e-15);
        assert_near(indicator->minimum_share, shares[i], 1e-15);
    }
    static const Row wrong[] = {{{"a", "amount", "no", "no", "t.m", "t.n", "1", "", "", "kroner",
                                  "", "", "", "neutral", "0"}}};
    check_refused(wrong, 1, "minimum_change is \"0\"");
    static const Row sign[] = {{{"a", "amount", "no", "no", "t.m", "t.n", "1", "", "", "kroner", "",
                                 "", "", "neutral", "%"}}};
    check_refused(sign, 1, "minimum_change is \"%\"");
}

static void repeated_id_is_refused(void **state)
{
    (void)state;
    static const Row rows[] = {{{"a", "rate", "no", "no", "t.m", "", "1"}},
                               {{"a", "rate", "no", "no", "t.m", "", "1"}}};
    check_refused(rows, G_N_ELEMENTS(rows), "indicator \"a\": id stands twice");
}

static void indicator_without_formula_is_only_checked(void **state)
{
    (void)state;
    static const Row row = {{"a", "mean", "no", "", "", "", "", "", "", "", "", "", "profil"}};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = catalogue_of(&row, 1);
    g_autoptr(GPtrArray) indicators = sp_indicators_read(table, &error);
    assert_no_error(error);
    assert_int_equal(indicators->len, 0);
}

static void catalogue_without_a_column_is_told(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    static const char *const names[] = {"id", "kind"};
    g_autoptr(SpTable) table = tables_codes("indikator", names, 2);
    assert_null(sp_indicators_read(table, &error));
    assert_error(error, SP_ERROR_DATA, "no code column \"unit\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shipped_catalogue_is_read),
        cmocka_unit_test(shipped_catalogue_holds_the_whole_proposal),
        cmocka_unit_test(shipped_catalogue_marks_what_is_ours),
        cmocka_unit_test(shipped_catalogue_judges_every_indicator_with_a_formula),
        cmocka_unit_test(page_of_indicators_tells_every_row_of_the_catalogue),
        cmocka_unit_test(shipped_percentages_are_shares_inside),
        cmocka_unit_test(figure_of_persons_is_one_cell_of_their_table),
        cmocka_unit_test(indicator_without_formula_is_only_checked),
        cmocka_unit_test(a_row_that_says_what_cannot_be_is_refused_by_its_column),
        cmocka_unit_test(least_change_worth_a_sentence_is_in_the_unit_of_the_value),
        cmocka_unit_test(repeated_id_is_refused),
        cmocka_unit_test(catalogue_without_a_column_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
