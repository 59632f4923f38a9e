/* The workbook of one large table, as a package writes it, and the same cells for a peer.
 *
 *   bench_xlsx FOLDER
 *
 * Writes FOLDER/statistikkpakke.xlsx, and FOLDER/cells.csv: the lines of its sheet, a text or a
 * number a cell. Prints JSON: cells, seconds of CPU, and MiB that the workbook took beyond the
 * table. */
#include "outputs/grid.h"
#include "tests/outputs/package.h"

#include "core/number.h"

#include <math.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

extern const SpOutput sp_output_xlsx;

enum { KOMMUNER = 357, PROFESSIONS = 20, MEASURES = 8, YEARS = 27, HIDDEN = 17, ZERO = 11 };

/* Half of them modelled figures of many digits, as projections are; some hidden, some zero. */
static SpReal figure(gsize row, gsize measure)
{
    gsize n = row * MEASURES + measure;
    if (n % HIDDEN == 0) {
        return sp_real_none(SP_SUPPRESSED);
    }
    double value = n % ZERO == 0 ? 0.0 : (double)(n % 99991) / 7.0;
    return measure % 2 == 0 ? sp_real_flagged(value, SP_FLAG_MODELLED) : sp_real(floor(value));
}

static SpTable *table_new(void)
{
    static const char *const names[MEASURES] = {"aarsverk", "p05", "p10", "p25",
                                                "p50",      "p75", "p90", "p95"};
    SpColumn columns[3 + MEASURES] = {
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "kommune"},
        {.name = "yrke", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "period"}};
    for (gsize i = 0; i < MEASURES; i++) {
        columns[3 + i] =
            (SpColumn){.name = names[i], .kind = SP_COLUMN_MEASURE, .unit = "aarsverk"};
    }
    SpTable *table = sp_table_new("aarsverk", columns, G_N_ELEMENTS(columns));
    sp_table_add_rows(table, (gsize)KOMMUNER * PROFESSIONS * YEARS);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        char code[3][32];
        g_snprintf(code[0], sizeof code[0], "%04d", 1101 + (int)(row / YEARS / PROFESSIONS));
        g_snprintf(code[1], sizeof code[1], "profesjon %02d", (int)(row / YEARS % PROFESSIONS));
        g_snprintf(code[2], sizeof code[2], "%d-01-01", 2024 + (int)(row % YEARS));
        for (gsize i = 0; i < 3; i++) {
            sp_table_set_code(table, row, i, code[i]);
        }
        for (gsize i = 0; i < MEASURES; i++) {
            sp_table_set_real(table, row, 3 + i, figure(row, i));
        }
    }
    return table;
}

/* The lines as the sheet has them; returns their cells. */
static gsize write_cells(const SpPackage *package, const SpTable *table, const char *path)
{
    g_autoptr(SpWords) words = sp_words_new(package, NULL);
    g_auto(SpGrid) grid;
    g_auto(SpGridView) view;
    sp_grid_init(&grid, words, table, SP_GRID_SHEET);
    g_autoptr(GArray) rows = sp_grid_rows(&grid, FALSE);
    sp_grid_view_init(&view, &grid, rows, SP_GRID_ALL, 0);
    FILE *file = fopen(path, "w");
    g_assert(file != NULL);
    guint n_figures = sp_grid_n_figures(&view);
    for (guint i = 0; i < view.lines->len; i++) {
        const SpGridLine *line = &g_array_index(view.lines, SpGridLine, i);
        gsize row = sp_grid_row(&view, line);
        const guint32 region = sp_table_code_numbers_const(table, 0)[row];
        fprintf(file, "%s,%s,%s,%s", sp_table_code(table, row, 0), grid.labels[0][region],
                sp_table_code(table, row, 1), grid.headings[3 + line->measure]);
        for (guint place = 0; place < n_figures; place++) {
            SpReal real;
            SpFigureForm form;
            char text[SP_NUMBER_SIZE];
            gboolean is_there = sp_grid_figure(&view, line, place, &real, &form);
            g_assert(is_there);
            sp_number_format(real.value, text);
            fprintf(file, ",%s", sp_real_is_number(real) ? text : sp_status_sign(real.status));
        }
        fputc('\n', file);
    }
    fclose(file);
    return (gsize)view.lines->len * (4 + n_figures);
}

static double peak_mib(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024.0;
}

int main(int argc, char **argv)
{
    g_assert(argc == 2);
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTestPackage) made = sp_test_package_new("nb");
    sp_tables_free(made->tables);
    made->tables = sp_tables_new();
    made->package.tables = made->tables;
    SpTable *table = table_new();
    sp_tables_add(made->tables, table);
    g_autoptr(SpConfig) config = sp_test_config("package.xlsx_max_rows=1000000");
    g_autoptr(SpSettings) settings = sp_settings_new(config, "package", sp_output_xlsx.config_keys,
                                                     sp_output_xlsx.n_config_keys);
    double before = peak_mib();
    clock_t begin = clock();
    gboolean is_good = sp_output_xlsx.write(&made->package, settings, argv[1], &error);
    clock_t end = clock();
    double after = peak_mib();
    g_assert(is_good);
    g_autofree char *path = g_build_filename(argv[1], "cells.csv", NULL);
    gsize n = write_cells(&made->package, table, path);
    printf("{\"cells\": %zu, \"cpu\": %.2f, \"mib\": %.1f}\n", n,
           (double)(end - begin) / (double)CLOCKS_PER_SEC, after - before);
    return 0;
}
