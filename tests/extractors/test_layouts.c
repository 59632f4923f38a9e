/*
 * The layouts and code lists in config: all of them are read, every list they name is there, and
 * each layout turns its real file (where the shared data is) into the table of docs/tables.md with
 * the file's own sums, every code known and no key twice.
 */
#include "core/builder.h"
#include "extractors/extractor.h"
#include "tests/check.h"
#include "tests/extractors/lists.h"
#include "transforms/normalise/codes.h"

/** One layout against one real file. Sums are of the file's own column, by another program
 * (Python's csv and fsum). */
typedef struct {
    const char *layout;
    const char *source;
    const char *path;    /* below the shared data */
    const char *columns; /* keys, attributes, measures */
    gsize n_rows;
    const char *measure; /* NULL: none */
    double sum;
    gsize n_missing; /* cells of the measure without a number */
} Case;

#define EXPORT "ssb-07459-folkemengde/raw/ssb_07459_"
#define POPULATION "region alder period kjonn innbyggere"
#define PANEL "ssb-panel-kommuner/panel_2015_2022.csv"
#define TELEMARK "ssb-framskriving-telemark/framskriving_"
#define PROJECTION "region alternativ alder period utgave innbyggere"

#define KEY_FIGURES                                                                                \
    "region period utgift_helse_omsorg_per_innbygger "                                             \
    "utgift_per_oppholdsdoegn_institusjon "                                                        \
    "netto_driftsutgift_omsorg_pct "                                                               \
    "netto_driftsutgift_kommunehelse_pct "                                                         \
    "aarsverk_helse_omsorg_per_10000 "                                                             \
    "aarsverk_per_bruker_omsorg "                                                                  \
    "aarsverk_helsefaglig_pct "                                                                    \
    "legeaarsverk_per_10000 "                                                                      \
    "fysioterapeutaarsverk_per_10000 "                                                             \
    "helsestasjonsaarsverk_per_10000_0_20 "                                                        \
    "nyfoedte_hjemmebesoek_pct "                                                                   \
    "hjemmetjenestebrukere_80p_pct "                                                               \
    "hjemmetjenestebrukere_0_66_pct "                                                              \
    "dagaktivitetstilbud_67_79_pct "                                                               \
    "institusjonsopphold_80p_pct "                                                                 \
    "brukertilpasset_enerom_pct "                                                                  \
    "legetimer_per_beboer_sykehjem"

static const Case cases[] = {
    {"folkemengde", "ssb", "real-extracts/ssb/07459.json", "region kjonn alder period innbyggere",
     698964, "innbyggere", 5367580 + 5391369 + 5425270 + 5488984 + 5550203 + 5594340 + 5627400,
     170024},
    /* 2024 is whole: the published 5 550 203. Of the others the first 2 000 lines are here. */
    {"folkemengde_eksport", "ssb", EXPORT "2024_original.csv", POPULATION, 76320, "innbyggere",
     5550203, 0},
    {"folkemengde_eksport_kjonn", "ssb", EXPORT "2022_original_first2000.csv",
     "region kjonn alder period innbyggere", 1997, "innbyggere", 392838, 0},
    {"folkemengde_eksport_begge", "ssb", EXPORT "2015-2018_original_first2000.tsv", POPULATION,
     7996, "innbyggere", 303438 + 306543 + 310016 + 312835, 0},
    {"folkemengde_eksport_begge", "ssb", EXPORT "2019_damaged_first2000.csv", POPULATION, 1999,
     "innbyggere", 315280, 0},
    {"klass_kommuner", "klass", "ssb-klass-131-kommuner/raw/klass_131_codesAt_2026-01-01.json",
     "code name", 358, NULL, 0, 0},
    {"klass_endringer_csv", "tabular", "ssb-klass-131-kommuner/kommune_endringer_1839_2024.csv",
     "date old_code new_code old_name new_name", 2164, NULL, 0, 0},
    {"kostragrupper", "tabular", "kostra-grupper-sentralitet/kommune_kostragruppe_sentralitet.csv",
     "region kostragruppe sentralitet", 357, NULL, 0, 0},
    {"doedelighet", "tabular", "hmd-hfd-norge/dodelighet_1990_2023.csv",
     "kjonn alder period middelfolkemengde doede doedsrate", 7548, "doede", 1455497, 0},
    {"fruktbarhet", "tabular", "hmd-hfd-norge/fruktbarhet_1990_2022.csv",
     "alder period fruktbarhetsrate", 1452, "fruktbarhetsrate", 59.13353, 0},
    {"brukere", "tabular", PANEL,
     "region period hjemmetjenestebrukere hjemmetjenestebrukere_80p bolig_heldoegn institusjon "
     "institusjon_80p",
     2828, "institusjon_80p", 180301, 220},
    {"aarsverk", "tabular", PANEL, "region period sykepleier_aarsverk", 2828, "sykepleier_aarsverk",
     247730.48, 0},
    {"aarsverk_yrke", "tabular", "kostra-helse-omsorg/aarsverk_yrke_14533_ostfold.csv",
     "region yrke period aarsverk", 396, "aarsverk", 39231, 0},
    {"plasser", "tabular", "kostra-helse-omsorg/plasser_11875_ostfold.csv",
     "region period institusjonsplasser sykehjemsplasser demensplasser rehabiliteringsplasser "
     "tidsbegrensede_plasser",
     24, "institusjonsplasser", 4373.5, 0},
    {"noekkeltall", "tabular", "kostra-helse-omsorg/kostra_noekkeltall_helse_omsorg_2020-2025.csv",
     KEY_FIGURES, 32, "utgift_helse_omsorg_per_innbygger", 1076489, 0},
    {"ssb_framskriving_2018", "tabular", TELEMARK "2018.csv", PROJECTION, 13800, "innbyggere",
     418388546, 0},
    {"ssb_framskriving_2024", "tabular", TELEMARK "2024.csv", PROJECTION, 15390, "innbyggere",
     505983230, 0},
    {"ssb_framskriving_2026", "tabular", TELEMARK "2026.csv", PROJECTION, 14250, "innbyggere",
     472760979, 0},
    {"nav_bedriftsundersoekelse", "tabular",
     "nav-bedriftsundersokelse-2017/ettersporsel_yrke_fylke_2017.csv",
     "period profesjon region mangel", 176, "mangel", 13775, 0},
    {"spraakvedtak", "tabular", "kommuner-2024/kommuner_2024.csv", "region maalform", 357, NULL, 0,
     0},
};

/* A code list: from -> to. Of groups a code may be of several. */
static GHashTable *read_list(const char *name, gboolean may_overlap)
{
    GHashTable *codes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(SpTable) table = lists_table("codes", name);
    assert_string_equal(sp_table_column(table, 0)->name, "from");
    assert_string_equal(sp_table_column(table, 1)->name, "to");
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *from = sp_table_code(table, row, 0);
        const char *to = sp_table_code(table, row, 1);
        assert_true(from[0] != '\0' && to[0] != '\0');
        /* A code that stands twice would mean whichever row is read last. */
        char *key = may_overlap ? g_strdup_printf("%s of %s", from, to) : g_strdup(from);
        assert_true(g_hash_table_insert(codes, key, g_strdup(to)));
    }
    return codes;
}

static gboolean is_map(const SpLayout *layout, const char *list)
{
    for (guint i = 0; i < layout->columns->len; i++) {
        if (g_strcmp0(((const SpLayoutColumn *)layout->columns->pdata[i])->map, list) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

static void every_layout_is_read_and_its_lists_are_there(void **state)
{
    (void)state;
    g_autoptr(GDir) folder = g_dir_open(SP_SOURCE_FOLDER "/config/layouts", 0, NULL);
    const char *file = NULL;
    gsize n = 0;
    while ((file = g_dir_read_name(folder)) != NULL) {
        g_autofree char *name = g_strndup(file, strlen(file) - strlen(".ini"));
        g_autoptr(SpLayout) layout = lists_layout(name);
        g_autoptr(GPtrArray) lists = sp_layout_code_lists(layout);
        for (guint i = 0; i < lists->len; i++) {
            gboolean is_groups = layout->persons == NULL && !is_map(layout, lists->pdata[i]);
            g_autoptr(GHashTable) list = read_list(lists->pdata[i], is_groups);
            assert_true(g_hash_table_size(list) > 0);
        }
        n++;
    }
    assert_true(n >= G_N_ELEMENTS(cases));
}

/* The code lists that a layout names, as the pipeline hands them to normalise. */
static SpTables *read_maps(const SpLayout *layout)
{
    static const SpColumn columns[] = {{.name = "from", .kind = SP_COLUMN_CODE, .is_key = TRUE},
                                       {.name = "to", .kind = SP_COLUMN_CODE}};
    SpTables *maps = sp_tables_new();
    for (guint i = 0; i < layout->columns->len; i++) {
        const SpLayoutColumn *column = g_ptr_array_index(layout->columns, i);
        if (column->map == NULL || sp_tables_find(maps, column->map) != NULL) {
            continue;
        }
        g_autoptr(GHashTable) list = read_list(column->map, FALSE);
        SpTable *table = sp_table_new(column->map, columns, G_N_ELEMENTS(columns));
        GHashTableIter iter;
        gpointer from = NULL;
        gpointer to = NULL;
        g_hash_table_iter_init(&iter, list);
        while (g_hash_table_iter_next(&iter, &from, &to)) {
            gsize row = sp_table_add_row(table);
            sp_table_set_code(table, row, 0, from);
            sp_table_set_code(table, row, 1, to);
        }
        sp_tables_add(maps, table);
    }
    return maps;
}

/* Bytes to the table in our own codes. A code that is in no list, or contents without [measure],
 * would be findings on the first night. */
static SpTable *build(const SpLayout *layout, const char *source, const char *bytes, gsize size)
{
    const SpExtractor *extractor = sp_extractors_find(source);
    g_autoptr(SpSettings) settings = record_settings(extractor, "");
    g_autoptr(SpBuilder) builder = sp_builder_new(layout, layout->name);
    g_autofree char *updated = NULL;
    g_autoptr(GError) error = NULL;
    extractor->parse(&(SpDocument){bytes, size, layout->name, layout, settings},
                     sp_builder_sink(builder), &updated, &error);
    assert_no_error(error);
    g_autoptr(SpTable) raw = sp_builder_steal(builder, &error);
    assert_no_error(error);
    g_autoptr(SpTables) maps = read_maps(layout);
    g_autoptr(SpQuality) quality = sp_quality_new();
    SpTable *table = sp_normalise_codes(raw, layout, maps, quality, &error);
    assert_no_error(error);
    g_autoptr(SpTable) findings = sp_quality_table(quality);
    for (gsize i = 0; i < sp_table_n_rows(findings); i++) {
        /* What a layout leaves out on purpose is told, and no fault. */
        if (strcmp(sp_table_code(findings, i, sp_table_find(findings, "kind")), "left_out") == 0) {
            continue;
        }
        fail_msg("layout %s: %s", layout->name,
                 sp_table_code(findings, i, sp_table_find(findings, "text")));
    }
    return table;
}

static SpTable *build_case(const char *shared, const Case *one, const SpLayout *layout)
{
    gsize size = 0;
    g_autofree char *bytes = record_read(&size, shared, one->path, NULL);
    return build(layout, one->source, bytes, size);
}

static void check_columns(const SpTable *table, const char *columns)
{
    g_autoptr(GString) names = g_string_new(NULL);
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        g_string_append_printf(names, "%s%s", i > 0 ? " " : "", sp_table_column(table, i)->name);
    }
    assert_string_equal(names->str, columns);
}

static void check_measure(const SpTable *table, const Case *one)
{
    gsize column = sp_table_find(table, one->measure);
    const SpReal *reals = sp_table_reals_const(table, column);
    double sum = 0;
    gsize n_missing = 0;
    for (gsize i = 0; i < sp_table_n_rows(table); i++) {
        sum += reals[i].value;
        n_missing += sp_real_is_number(reals[i]) ? 0 : 1;
    }
    assert_near(sum, one->sum, 1e-6);
    assert_int_equal(n_missing, one->n_missing);
}

static void every_layout_reads_its_real_file(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Case *one = &cases[i];
        g_autoptr(SpLayout) layout = lists_layout(one->layout);
        g_autoptr(SpTable) table = build_case(shared, one, layout);
        check_columns(table, one->columns);
        assert_int_equal(sp_table_n_rows(table), one->n_rows);
        if (one->measure != NULL) {
            check_measure(table, one);
        }
    }
}

static const Case *find_case(const char *layout)
{
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        if (strcmp(cases[i].layout, layout) == 0) {
            return &cases[i];
        }
    }
    fail_msg("no case %s", layout);
    return NULL;
}

static double nav_figure(const SpTable *table, const char *profession, const char *region)
{
    for (gsize i = 0; i < sp_table_n_rows(table); i++) {
        if (strcmp(sp_table_code(table, i, sp_table_find(table, "profesjon")), profession) == 0 &&
            strcmp(sp_table_code(table, i, sp_table_find(table, "region")), region) == 0) {
            return sp_table_real(table, i, sp_table_find(table, "mangel")).value;
        }
    }
    fail_msg("no %s in %s", profession, region);
    return 0;
}

/* NAV 2017 as published: sykepleiere 3 600, helsefagarbeidere 1 400, spesialsykepleiere 400;
 * Hedmark 75 and Oppland 125 are Innlandet. */
static void shortage_of_2017_is_the_published_one(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    g_autoptr(SpLayout) layout = lists_layout("nav_bedriftsundersoekelse");
    g_autoptr(SpTable) table = build_case(shared, find_case("nav_bedriftsundersoekelse"), layout);
    assert_near(nav_figure(table, "sykepleier", "0"), 3600, 0);
    assert_near(nav_figure(table, "helsefagarbeider", "0"), 1400, 0);
    assert_near(nav_figure(table, "spesialsykepleier", "0"), 400, 0);
    assert_near(nav_figure(table, "sykepleier", "34"), 200, 0);
    assert_near(nav_figure(table, "sykepleier", "31"), 425, 0);
}

/* A kommune outside its lifetime is not applicable, an age without persons is zero: neither is the
 * other. */
static void dead_kommune_and_empty_age_differ(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    g_autoptr(SpLayout) layout = lists_layout("folkemengde");
    g_autoptr(SpTable) table = build_case(shared, find_case("folkemengde"), layout);
    const SpReal *reals = sp_table_reals_const(table, sp_table_find(table, "innbyggere"));
    gsize n[SP_SUPPRESSED + 1] = {0};
    for (gsize i = 0; i < sp_table_n_rows(table); i++) {
        n[reals[i].status]++;
    }
    assert_int_equal(n[SP_NOT_APPLICABLE], 170024);
    assert_true(n[SP_ZERO] > 0);
    assert_int_equal(n[SP_PRESENT] + n[SP_ZERO] + n[SP_NOT_APPLICABLE], 698964);
}

/* The same changes through KLASS's JSON and through the CSV give the same table. */
static void changes_from_json_and_csv_agree(void **state)
{
    (void)state;
    static const char json[] =
        "{\"codeChanges\":[{\"oldCode\":\"1507\",\"oldName\":\"Ålesund\",\"oldShortName\":\"\","
        "\"newCode\":\"1508\",\"newName\":"
        "\"Ålesund\",\"newShortName\":\"\",\"changeOccurred\":\"2024-01-01\"}]}";
    static const char csv[] = "date,old_code,old_name,new_code,new_name,old_node_id,new_node_"
                              "id\n2024-01-01,1507,Ålesund,1508,Ålesund,1,2\n";
    g_autoptr(SpLayout) from_json = lists_layout("klass_endringer");
    g_autoptr(SpLayout) from_csv = lists_layout("klass_endringer_csv");
    g_autoptr(SpTable) a = build(from_json, "klass", json, strlen(json));
    g_autoptr(SpTable) b = build(from_csv, "tabular", csv, strlen(csv));
    assert_string_equal(sp_table_name(a), sp_table_name(b));
    assert_int_equal(sp_table_n_columns(a), sp_table_n_columns(b));
    static const char *const names[] = {"date", "old_code", "old_name", "new_code", "new_name"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        assert_string_equal(sp_table_code(a, 0, sp_table_find(a, names[i])),
                            sp_table_code(b, 0, sp_table_find(b, names[i])));
    }
}

/* SSB's codes of sex are ours; HMD's words for them must land on the same, not the other. */
static void words_for_sex_have_our_codes(void **state)
{
    (void)state;
    g_autoptr(GHashTable) list = read_list("kjonn", FALSE);
    assert_string_equal(g_hash_table_lookup(list, "Male"), "1");
    assert_string_equal(g_hash_table_lookup(list, "Menn"), "1");
    assert_string_equal(g_hash_table_lookup(list, "1"), "1");
    assert_string_equal(g_hash_table_lookup(list, "Female"), "2");
    assert_string_equal(g_hash_table_lookup(list, "Kvinner"), "2");
    assert_string_equal(g_hash_table_lookup(list, "2"), "2");
}

/* Every profession that education, registers and surveys lead to is one of ours, and those whose
 * way in is further education make no new persons. */
static void education_lists_agree_with_the_professions(void **state)
{
    (void)state;
    static const char *const lists[] = {"dbh_program", "udir_fag", "hpr_profesjon",
                                        "styrk08_profesjon"};
    gsize size = 0;
    g_autofree char *text = record_read(&size, SP_SOURCE_FOLDER, "config", "profesjoner.csv", NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
        g_autoptr(GHashTable) list = read_list(lists[i], FALSE);
        GHashTableIter iter;
        gpointer profession = NULL;
        g_hash_table_iter_init(&iter, list);
        while (g_hash_table_iter_next(&iter, NULL, &profession)) {
            g_autofree char *row = g_strdup_printf("\n%s,", (const char *)profession);
            if (strstr(text, row) == NULL) {
                fail_msg("%s: %s is no profession", lists[i], (const char *)profession);
            }
        }
    }
    g_autoptr(GHashTable) programmes = read_list("dbh_program", FALSE);
    g_autoptr(GHashTable) types = read_list("dbh_program_type", FALSE);
    assert_int_equal(g_hash_table_size(types), g_hash_table_size(programmes));
    GHashTableIter iter;
    gpointer code = NULL;
    gpointer profession = NULL;
    g_hash_table_iter_init(&iter, programmes);
    while (g_hash_table_iter_next(&iter, &code, &profession)) {
        g_autofree char *start = g_strdup_printf("\n%s,", (const char *)profession);
        const char *found = strstr(text, start);
        g_autofree char *row = g_strndup(found + 1, strcspn(found + 1, "\n"));
        gboolean is_further = strstr(row, ",videreutdanning,") != NULL;
        assert_string_equal(g_hash_table_lookup(types, code),
                            is_further ? "videreutdanning" : "nye_personer");
    }
}

/* Bands must leave no age out and hold none twice. */
static void age_bands_follow_on_each_other(void **state)
{
    (void)state;
    g_autoptr(GHashTable) list = read_list("aldersgruppe", FALSE);
    gboolean is_taken[106] = {FALSE};
    GHashTableIter iter;
    gpointer band = NULL;
    g_hash_table_iter_init(&iter, list);
    while (g_hash_table_iter_next(&iter, NULL, &band)) {
        gint64 first = 0;
        gint64 last = 0;
        assert_int_equal(strlen(band), 7);
        assert_true(sp_number_parse_int(band, 3, &first) &&
                    sp_number_parse_int((const char *)band + 4, 3, &last));
        for (gint64 age = first; age <= last; age++) {
            assert_false(is_taken[age]);
            is_taken[age] = TRUE;
        }
    }
    for (gsize age = 0; age < G_N_ELEMENTS(is_taken); age++) {
        assert_true(is_taken[age]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_layout_is_read_and_its_lists_are_there),
        cmocka_unit_test(every_layout_reads_its_real_file),
        cmocka_unit_test(shortage_of_2017_is_the_published_one),
        cmocka_unit_test(dead_kommune_and_empty_age_differ),
        cmocka_unit_test(education_lists_agree_with_the_professions),
        cmocka_unit_test(changes_from_json_and_csv_agree),
        cmocka_unit_test(words_for_sex_have_our_codes),
        cmocka_unit_test(age_bands_follow_on_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
