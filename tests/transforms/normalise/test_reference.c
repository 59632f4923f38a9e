/*
 * Real figures on the 2024 division, held against published ones: SSB table 07459 for all kommuner
 * of 2020-2026, KLASS 131, and the KOSTRA groups and centrality classes of ../shared/data.
 */
#include "tests/transforms/normalise/facts.h"

#include "core/builder.h"
#include "core/io/csv.h"
#include "core/rollup.h"
#include "core/table_group.h"
#include "extractors/ssb/jsonstat.h"
#include "transforms/normalise/normalise.h"
#include "transforms/normalise/regions_table.h"

enum { MAX_SIZE = 100 << 20 };

static const char *const population_layout =
    "[table]\nname = folkemengde\n"
    "[column Region]\nas = region\nrole = region\n"
    "[column Kjonn]\nas = kjonn\nrole = code\nclassification = kjonn\n"
    "[column Alder]\nas = alder\nrole = age\n"
    "[column ContentsCode]\nas = contents\nrole = contents\n"
    "[column Tid]\nas = period\nrole = period\nform = {}-01-01\n"
    "[column value]\nrole = value\nsign = status\n"
    "[measure Personer1]\nas = innbyggere\nunit = persons\nadditive = yes\nminimum = 0\n";
static const char *const codes_layout = "[table]\nname = koder\nother_columns = ignore\n"
                                        "[column code]\nrole = code\n[column name]\nrole = text\n";
static const char *const changes_layout =
    "[table]\nname = endringer\nother_columns = ignore\n"
    "[column date]\nrole = code\n[column old_code]\nrole = code\n[column old_name]\nrole = text\n"
    "[column new_code]\nrole = code\n[column new_name]\nrole = text\n";
static const char *const groups_layout =
    "[table]\nname = grupper\nother_columns = ignore\n"
    "[column kommunenummer]\nas = region\nrole = code\n"
    "[column kostragruppe]\nrole = text\n[column sentralitet]\nrole = text\n";

typedef struct {
    char *folder;
    SpRegions *regions;
    SpTable *region; /* of the target division */
    SpTable *raw;
    SpTable *facts;
    SpQuality *quality;
} Reference;

static SpTable *read_csv(const char *folder, const char *file, const char *layout_text)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_build_filename(folder, file, NULL);
    g_autoptr(SpLayout) layout = sp_layout_parse(file, layout_text, &error);
    assert_no_error(error);
    g_autoptr(SpBuilder) builder = sp_builder_new(layout, file);
    gsize size;
    g_autofree char *bytes = sp_file_read(path, MAX_SIZE, &size, &error);
    assert_no_error(error);
    const SpCsvForm form = {
        .origin = file, .encoding = "UTF-8", .delimiter = ',', .header_rows = 1};
    sp_csv_parse(bytes, size, &form, sp_builder_sink(builder), &error);
    assert_no_error(error);
    SpTable *table = sp_builder_steal(builder, &error);
    assert_no_error(error);
    return table;
}

static void read_population(Reference *reference)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path =
        g_build_filename(reference->folder, "real-extracts", "ssb", "07459.json", NULL);
    g_autoptr(SpLayout) layout = sp_layout_parse("folkemengde", population_layout, &error);
    assert_no_error(error);
    g_autoptr(SpBuilder) builder = sp_builder_new(layout, "07459.json");
    g_autofree char *updated = NULL;
    gsize size;
    g_autofree char *bytes = sp_file_read(path, MAX_SIZE, &size, &error);
    assert_no_error(error);
    sp_jsonstat_parse(bytes, size, "07459.json", sp_builder_sink(builder), &updated, &error);
    assert_no_error(error);
    reference->raw = sp_builder_steal(builder, &error);
    assert_no_error(error);
    reference->facts =
        sp_normalise(reference->raw, layout, NULL, &(SpTarget){reference->regions, TARGET, NULL},
                     reference->quality, &error);
    assert_no_error(error);
}

static void read_regions(Reference *reference)
{
    static const char *const names[][2] = {
        {"03", "Oslo"},      {"11", "Rogaland"}, {"15", "Møre og Romsdal"}, {"18", "Nordland"},
        {"31", "Østfold"},   {"32", "Akershus"}, {"33", "Buskerud"},        {"34", "Innlandet"},
        {"39", "Vestfold"},  {"40", "Telemark"}, {"42", "Agder"},           {"46", "Vestland"},
        {"50", "Trøndelag"}, {"55", "Troms"},    {"56", "Finnmark"}};
    const SpColumn columns[] = {{.name = "fylke", .is_key = TRUE}, {.name = "navn"}};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) codes =
        read_csv(reference->folder, "ssb-klass-131-kommuner/kommuner_2026-01-01.csv", codes_layout);
    g_autoptr(SpTable) changes =
        read_csv(reference->folder, "ssb-klass-131-kommuner/kommune_endringer_1839_2024.csv",
                 changes_layout);
    g_autoptr(SpTable) groups =
        read_csv(reference->folder,
                 "kostra-grupper-sentralitet/kommune_kostragruppe_sentralitet.csv", groups_layout);
    g_autoptr(SpTable) fylker = sp_table_new("fylker", columns, G_N_ELEMENTS(columns));
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        gsize row = sp_table_add_row(fylker);
        sp_table_set_code(fylker, row, 0, names[i][0]);
        sp_table_set_code(fylker, row, 1, names[i][1]);
    }
    reference->regions = sp_regions_new(codes, 20260101, changes, &error);
    assert_no_error(error);
    reference->region = sp_normalise_region_table(reference->regions, TARGET, groups, fylker,
                                                  reference->quality, &error);
    assert_no_error(error);
}

static int setup(void **state)
{
    Reference *reference = g_new0(Reference, 1);
    reference->folder = shared_folder();
    reference->quality = sp_quality_new();
    if (reference->folder != NULL) {
        read_regions(reference);
        read_population(reference);
    }
    *state = reference;
    return 0;
}

static int teardown(void **state)
{
    Reference *reference = *state;
    g_free(reference->folder);
    sp_regions_free(reference->regions);
    sp_table_free(reference->region);
    sp_table_free(reference->raw);
    sp_table_free(reference->facts);
    sp_quality_free(reference->quality);
    g_free(reference);
    return 0;
}

/* Sum of a measure over the rows of one code of a column, and of another if it is not NULL. */
static double sum_of(const SpTable *table, const char *column, const char *code,
                     const char *other_column, const char *other_code)
{
    double sum = 0.0;
    gsize at = sp_table_find(table, column);
    gsize other = other_column != NULL ? sp_table_find(table, other_column) : 0;
    gsize measure = sp_table_find(table, "innbyggere");
    if (measure == SP_NO_COLUMN) {
        measure = sp_table_find(table, "value");
    }
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, at), code) == 0 &&
            (other_code == NULL || strcmp(sp_table_code(table, row, other), other_code) == 0)) {
            sum += sp_table_real(table, row, measure).value;
        }
    }
    return sum;
}

static void norway_has_its_published_population(void **state)
{
    const Reference *reference = *state;
    SKIP_WITHOUT_SHARED(reference->folder);
    /* SSB, table 07459; 2020 and 2024 also as published national figures. */
    static const struct {
        const char *day;
        double innbyggere;
    } published[] = {{"2020-01-01", 5367580}, {"2021-01-01", 5391369}, {"2022-01-01", 5425270},
                     {"2023-01-01", 5488984}, {"2024-01-01", 5550203}, {"2025-01-01", 5594340},
                     {"2026-01-01", 5627400}};
    for (gsize i = 0; i < G_N_ELEMENTS(published); i++) {
        assert_near(sum_of(reference->facts, "period", published[i].day, NULL, NULL),
                    published[i].innbyggere, 0);
    }
}

static void every_year_has_357_kommuner_and_15_fylker(void **state)
{
    const Reference *reference = *state;
    SKIP_WITHOUT_SHARED(reference->folder);
    g_autoptr(GError) error = NULL;
    static const char *const by[] = {"period", "region"};
    g_autoptr(SpTable) kommuner = sp_table_group(reference->facts, "k", by, 2, &error);
    assert_no_error(error);
    g_autoptr(SpTable) all = sp_rollup(kommuner, reference->region, &error);
    assert_no_error(error);
    for (int year = 2020; year <= 2026; year++) {
        g_autofree char *day = g_strdup_printf("%d-01-01", year);
        guint n[SP_REGION_OTHER + 1] = {0};
        for (gsize row = 0; row < sp_table_n_rows(all); row++) {
            if (strcmp(sp_table_code(all, row, 0), day) == 0) {
                n[sp_region_kind(sp_table_code(all, row, 1))]++;
            }
        }
        assert_int_equal(n[SP_REGION_KOMMUNE], 357);
        assert_int_equal(n[SP_REGION_FYLKE], 15);
        assert_int_equal(n[SP_REGION_KOSTRA_GROUP], 17);
        assert_int_equal(n[SP_REGION_CENTRALITY], 6);
        assert_int_equal(n[SP_REGION_COUNTRY], 1);
        assert_near(sum_of(all, "region", "0301", "period", day),
                    sum_of(all, "region", "03", "period", day), 0);
    }
}

enum { N_AGES = 106, N_YEARS = 7, N_CELLS = 2 * N_AGES * N_YEARS };

/* Sums by sex, age and year; "105+" and "105", "2024" and "2024-01-01" have the same digits in
 * front. */
static double *sums_by_sex_age_and_year(const SpTable *table, const char *measure_name)
{
    double *sums = g_new0(double, N_CELLS);
    gsize kjonn = sp_table_find(table, "kjonn");
    gsize alder = sp_table_find(table, "alder");
    gsize period = sp_table_find(table, "period");
    gsize measure = sp_table_find(table, measure_name);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        gint64 age = 0;
        gint64 year = 0;
        assert_true(sp_number_parse_int(sp_table_code(table, row, alder), 3, &age));
        assert_true(sp_number_parse_int(sp_table_code(table, row, period), 4, &year));
        gint64 sex = sp_table_code(table, row, kjonn)[0] - '1';
        sums[(sex * N_AGES + age) * N_YEARS + year - 2020] +=
            sp_table_real(table, row, measure).value;
    }
    return sums;
}

static void every_sex_and_age_of_every_year_keeps_its_sum(void **state)
{
    const Reference *reference = *state;
    SKIP_WITHOUT_SHARED(reference->folder);
    g_autofree double *before = sums_by_sex_age_and_year(reference->raw, "value");
    g_autofree double *after = sums_by_sex_age_and_year(reference->facts, "innbyggere");
    for (gsize i = 0; i < N_CELLS; i++) {
        assert_near(after[i], before[i], 0);
    }
    assert_true(has_finding(reference->quality, "total_checked", "innbyggere", "1484 of 1484"));
}

static void haram_is_there_before_2024_as_a_modelled_part_of_aalesund(void **state)
{
    const Reference *reference = *state;
    SKIP_WITHOUT_SHARED(reference->folder);
    for (int year = 2020; year <= 2023; year++) {
        g_autofree char *day = g_strdup_printf("%d-01-01", year);
        g_autofree char *tid = g_strdup_printf("%d", year);
        double aalesund = sum_of(reference->facts, "region", "1508", "period", day);
        double haram = sum_of(reference->facts, "region", "1580", "period", day);
        assert_near(aalesund + haram, sum_of(reference->raw, "region", "1507", "period", tid), 0);
        /* On 1 January 2024: 58 509 and 9 357. A division in halves would be some 33 000 each. */
        assert_near(haram / (aalesund + haram), 9357.0 / (58509.0 + 9357.0), 0.002);
    }
    gsize region = sp_table_find(reference->facts, "region");
    gsize period = sp_table_find(reference->facts, "period");
    for (gsize row = 0; row < sp_table_n_rows(reference->facts); row++) {
        const char *code = sp_table_code(reference->facts, row, region);
        SpReal real = sp_table_real(reference->facts, row, 4);
        gboolean is_part = strcmp(code, "1508") == 0 || strcmp(code, "1580") == 0;
        gboolean is_early = strcmp(sp_table_code(reference->facts, row, period), "2024") < 0;
        assert_int_equal(real.flags, is_part && is_early ? SP_FLAG_MODELLED : 0);
        assert_true(sp_real_is_number(real));
        assert_near(real.value, floor(real.value), 0);
    }
}

static void no_kommune_is_left_out_or_missing(void **state)
{
    const Reference *reference = *state;
    SKIP_WITHOUT_SHARED(reference->folder);
    assert_int_equal(sp_table_n_rows(reference->facts), 357 * 2 * 106 * 7);
    assert_int_equal(sp_quality_count(reference->quality, "region_left_out"), 0);
    assert_int_equal(sp_quality_count(reference->quality, "outside_lifetime"), 0);
    assert_int_equal(sp_quality_count(reference->quality, "unknown_code"), 0);
    assert_int_equal(sp_quality_count(reference->quality, "split_without_weights"), 0);
    assert_int_equal(sp_quality_count(reference->quality, "region_without_group"), 0);
}

static void haram_in_2022_is_explained_by_aalesund_of_2022(void **state)
{
    const Reference *reference = *state;
    SKIP_WITHOUT_SHARED(reference->folder);
    g_autoptr(GError) error = NULL;
    g_autoptr(SpLayout) layout = sp_layout_parse("folkemengde", population_layout, &error);
    g_autoptr(SpExplanation) explanation = sp_explanation_new();
    g_autoptr(SpCell) cell = sp_cell_parse(
        "folkemengde innbyggere region=1580 kjonn=1 alder=080 period=2022-01-01", &error);
    assert_true(
        sp_normalise_explain(reference->regions, TARGET, layout, cell, explanation, &error));
    assert_no_error(error);
    assert_int_equal(explanation->inputs->len, 1);
    g_autofree char *input = sp_cell_format(g_ptr_array_index(explanation->inputs, 0));
    assert_string_equal(input,
                        "folkemengde innbyggere region=1507 kjonn=1 alder=080 period=2022-01-01");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(norway_has_its_published_population),
        cmocka_unit_test(every_year_has_357_kommuner_and_15_fylker),
        cmocka_unit_test(every_sex_and_age_of_every_year_keeps_its_sum),
        cmocka_unit_test(haram_is_there_before_2024_as_a_modelled_part_of_aalesund),
        cmocka_unit_test(no_kommune_is_left_out_or_missing),
        cmocka_unit_test(haram_in_2022_is_explained_by_aalesund_of_2022),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
