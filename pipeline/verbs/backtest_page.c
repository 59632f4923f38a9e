/* The page: all kommuner model by model and year by year, then areas in the last year, then
 * parts. */
#include "pipeline/verbs/backtest_page.h"

#include "core/rollup.h"

#include <string.h>

/* Columns of treffsikkerhet. */
enum { SERIE, MODELL, BASE, MAALAAR, GRUPPE, OMRAADE, GITT };

static SpReal measure(const SpTable *table, gsize row, const char *name)
{
    return sp_table_real(table, row, sp_table_find(table, name));
}

static void add_number(GString *page, int width, int decimals, double factor, SpReal real)
{
    if (sp_real_is_number(real)) {
        g_string_append_printf(page, " %*.*f", width, decimals, factor * real.value);
    } else {
        g_string_append_printf(page, " %*s", width, ".");
    }
}

/* "0.12 (-0.26 to 0.32)". */
static void add_interval(GString *page, const SpTable *table, gsize row, const char *name)
{
    g_autofree char *low_name = g_strconcat(name, "_nedre", NULL);
    g_autofree char *high_name = g_strconcat(name, "_oevre", NULL);
    SpReal low = measure(table, row, low_name), high = measure(table, row, high_name);
    add_number(page, 8, 2, 1, measure(table, row, name));
    if (sp_real_is_number(low) && sp_real_is_number(high)) {
        g_string_append_printf(page, " (%5.2f to %5.2f)", low.value, high.value);
    } else {
        g_string_append_printf(page, " %16s", "");
    }
}

static void add_row(GString *page, const SpTable *table, gsize row)
{
    g_string_append_printf(page, "  %-4s %-14s", sp_table_code(table, row, MAALAAR),
                           sp_table_code(table, row, MODELL));
    add_number(page, 5, 0, 1, measure(table, row, "n"));
    add_number(page, 7, 2, 1, measure(table, row, "pe"));
    add_number(page, 7, 2, 1, measure(table, row, "aarlig_avvik"));
    add_number(page, 7, 2, 1, measure(table, row, "mape"));
    add_number(page, 7, 2, 1, measure(table, row, "medape"));
    add_number(page, 7, 2, 1, measure(table, row, "wape"));
    add_number(page, 9, 1, 1, measure(table, row, "rmse"));
    add_number(page, 6, 2, 1, measure(table, row, "theil_u"));
    add_number(page, 6, 2, 1, measure(table, row, "avvik_sd"));
    add_number(page, 5, 0, 100, measure(table, row, "retning"));
    add_number(page, 4, 0, 100, measure(table, row, "dekning_80"));
    add_number(page, 4, 0, 100, measure(table, row, "dekning_90"));
    add_interval(page, table, row, "ferdighet_uendret");
    add_interval(page, table, row, "ferdighet_enkel");
    /* No blanks at the end of a line. */
    while (page->len > 0 && page->str[page->len - 1] == ' ') {
        g_string_truncate(page, page->len - 1);
    }
    g_string_append_c(page, '\n');
}

static gboolean is_same(const SpTable *table, gsize a, gsize b, gsize column)
{
    return strcmp(sp_table_code(table, a, column), sp_table_code(table, b, column)) == 0;
}

/* What stands under one heading: a series, a group, and what is given. */
static gboolean is_same_part(const SpTable *table, gsize a, gsize b)
{
    return is_same(table, a, b, SERIE) && is_same(table, a, b, GRUPPE) &&
           is_same(table, a, b, GITT);
}

static gboolean is_country(const SpTable *table, gsize row)
{
    return strcmp(sp_table_code(table, row, OMRAADE), SP_REGION_COUNTRY_CODE) == 0;
}

static gboolean is_first_of_part(const SpTable *table, gsize row)
{
    for (gsize before = 0; before < row; before++) {
        if (is_same_part(table, before, row)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* Rows of the country by year, then by model: the table has them by model, then year. */
static void add_country(GString *page, const SpTable *table, gsize first, const char **last_year)
{
    g_autoptr(GPtrArray) years = g_ptr_array_new();
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *year = sp_table_code(table, row, MAALAAR);
        if (is_same_part(table, first, row) && is_country(table, row) &&
            !g_ptr_array_find_with_equal_func(years, year, g_str_equal, NULL)) {
            g_ptr_array_add(years, (gpointer)year);
        }
    }
    g_ptr_array_sort(years, sp_codes_compare);
    *last_year = years->len == 0 ? "" : years->pdata[years->len - 1];
    g_string_append_printf(
        page, "  %-4s %-14s %5s %7s %7s %7s %7s %7s %9s %6s %6s %5s %4s %4s %s\n", "year", "model",
        "n", "PE %", "%/year", "MAPE", "MedAPE", "WAPE", "RMSE", "U", "err/sd", "dir %", "80 %",
        "90 %", "   skill v. no change (95 %)  skill v. simple rule (95 %)");
    for (guint i = 0; i < years->len; i++) {
        for (gsize row = 0; row < sp_table_n_rows(table); row++) {
            if (is_same_part(table, first, row) && is_country(table, row) &&
                strcmp(sp_table_code(table, row, MAALAAR), years->pdata[i]) == 0) {
                add_row(page, table, row);
            }
        }
    }
}

/* Areas of the last year, one line each: every model's MAPE / WAPE. */
static void add_areas(GString *page, const SpTable *table, gsize first, const char *year)
{
    const char *open = NULL;
    g_autoptr(GPtrArray) areas = g_ptr_array_new();
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *area = sp_table_code(table, row, OMRAADE);
        if (is_same_part(table, first, row) && !is_country(table, row) &&
            !g_ptr_array_find_with_equal_func(areas, area, g_str_equal, NULL)) {
            g_ptr_array_add(areas, (gpointer)area);
        }
    }
    g_ptr_array_sort(areas, sp_codes_compare);
    g_string_append_printf(page, "  %s by area: MAPE / WAPE\n", year);
    for (guint i = 0; i < areas->len; i++) {
        for (gsize row = 0; row < sp_table_n_rows(table); row++) {
            if (!is_same_part(table, first, row) ||
                strcmp(sp_table_code(table, row, OMRAADE), areas->pdata[i]) != 0 ||
                strcmp(sp_table_code(table, row, MAALAAR), year) != 0) {
                continue;
            }
            if (open != areas->pdata[i]) {
                g_string_append_printf(page, "%s  %-14s", open == NULL ? "" : "\n",
                                       (const char *)areas->pdata[i]);
                open = areas->pdata[i];
            }
            g_string_append_printf(page, "  %s", sp_table_code(table, row, MODELL));
            add_number(page, 0, 2, 1, measure(table, row, "mape"));
            g_string_append(page, " /");
            add_number(page, 0, 2, 1, measure(table, row, "wape"));
        }
    }
    g_string_append(page, open == NULL ? "" : "\n");
}

/* ---- parts of errors ---- */

static void add_parts(GString *page, const SpTable *parts)
{
    if (parts == NULL || sp_table_n_rows(parts) == 0) {
        return;
    }
    gsize area = sp_table_find(parts, "omraade");
    g_string_append(page,
                    "\nThe error of all kommuner by what each level adds (logarithmic means), "
                    "percent of what happened\n");
    for (gsize row = 0; row < sp_table_n_rows(parts); row++) {
        if (strcmp(sp_table_code(parts, row, area), SP_REGION_COUNTRY_CODE) == 0) {
            g_string_append_printf(page, "  %-30s %-14s %s  %-30s",
                                   sp_table_code(parts, row, sp_table_find(parts, "serie")),
                                   sp_table_code(parts, row, sp_table_find(parts, "modell")),
                                   sp_table_code(parts, row, sp_table_find(parts, "maalaar")),
                                   sp_table_code(parts, row, sp_table_find(parts, "ledd")));
            add_number(page, 8, 2, 1, measure(parts, row, "bidrag_pct"));
            g_string_append_c(page, '\n');
        }
    }
}

/* ---- what a reader must know ---- */

/* Findings of a kind: "base 2020: 1508" without the base. */
static void add_findings(GString *page, const SpTable *findings, const char *kind,
                         const char *before)
{
    gsize n = 0;
    for (gsize row = 0; row < sp_table_n_rows(findings); row++) {
        if (strcmp(sp_table_code(findings, row, sp_table_find(findings, "kind")), kind) == 0) {
            const char *subject = sp_table_code(findings, row, sp_table_find(findings, "subject"));
            const char *colon = strstr(subject, ": ");
            g_string_append_printf(page, "%s%s", n++ == 0 ? before : ", ",
                                   colon == NULL ? subject : colon + 2);
        }
    }
    g_string_append(page, n > 0 ? "\n" : "");
}

/* The columns in words; their formulas are in docs/methods/backtest.md. */
static const char legend[] =
    "n: kommuner judged. PE %: error of their sum; %/year: the same a year. MAPE, MedAPE: mean "
    "and\n"
    "median of kommuner's errors without sign, percent; WAPE: the same weighted by size.\n"
    "U: RMSE over that of no change, below 1 is better. err/sd: error in standard deviations of\n"
    "chance, 1 is what chance alone gives. dir %: kommuner whose change had the right sign.\n"
    "80 %, 90 %: kommuner inside their interval, which should be about that many. Skill: 1 "
    "without\n"
    "error, 0 as good as the rule, below 0 worse; it differs from it where the interval is on one\n"
    "side of 0. The simple rule of a series is the best one before any base that is judged\n"
    "(config/framskriving/treffsikkerhet.csv, \"enkel\"). Areas: S1 most central to S6 least; "
    "digits\n"
    "are sizes in inhabitants (000000-001999) or a fylke (56). No line is of a single kommune: "
    "with\n"
    "--out treffsikkerhet_prognose.csv has those.\n";

static void add_heading(GString *page, const SpTable *table, const SpQuality *quality, int base)
{
    g_autoptr(SpTable) findings = sp_quality_table(quality);
    guint marks = sp_table_marks(table);
    g_string_append_printf(
        page,
        "Back-test from 1 January %d, with nothing newer than that day but the regional division\n"
        "with KLASS's changes and one edition of the centrality classes.\n",
        base);
    if ((marks & SP_MARK_SYNTHETIC) != 0) {
        g_string_append(page, "SYNTHETIC DATA\n");
    }
    if ((marks & SP_MARK_RESTRICTED) != 0) {
        g_string_append(page, "Made from restricted sources: not for publishing.\n");
    }
    add_findings(page, findings, "backtest_left_out", "Divided kommuner, in no measure: ");
    add_findings(page, findings, "backtest_withheld",
                 "Not used, as nobody knows when it was out: ");
    g_string_append_c(page, '\n');
    g_string_append(page, legend);
}

/* The codes of a column in words, each once, in order. */
static void add_words(GString *page, const SpTable *table, gsize column, const SpTexts *texts)
{
    g_autoptr(GPtrArray) codes = g_ptr_array_new();
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *code = sp_table_code(table, row, column);
        if (!g_ptr_array_find_with_equal_func(codes, code, g_str_equal, NULL)) {
            g_ptr_array_add(codes, (gpointer)code);
        }
    }
    g_ptr_array_sort(codes, sp_codes_compare);
    for (guint i = 0; i < codes->len; i++) {
        g_autofree char *id = g_strdup_printf("code.%s.%s", sp_table_column(table, column)->name,
                                              (const char *)codes->pdata[i]);
        if (sp_texts_has(texts, id)) {
            g_string_append_printf(page, "  %s: %s\n", (const char *)codes->pdata[i],
                                   sp_texts_find(texts, id, "en"));
        }
    }
}

char *sp_backtest_page(const SpTables *tables, const SpQuality *quality, int base,
                       const SpTexts *texts)
{
    const SpTable *table = sp_tables_find(tables, "treffsikkerhet");
    GString *page = g_string_new(NULL);
    add_heading(page, table, quality, base);
    g_string_append(page, "Series, ages after those of people:\n");
    add_words(page, table, SERIE, texts);
    g_string_append(page, "Models:\n");
    add_words(page, table, MODELL, texts);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *last_year;
        if (!is_first_of_part(table, row)) {
            continue;
        }
        g_string_append_printf(page, "\n%s %s%s\n", sp_table_code(table, row, SERIE),
                               sp_table_code(table, row, GRUPPE),
                               strcmp(sp_table_code(table, row, GITT), "landet") == 0
                                   ? ", the country's total given"
                                   : "");
        add_country(page, table, row, &last_year);
        add_areas(page, table, row, last_year);
    }
    add_parts(page, sp_tables_find(tables, "treffsikkerhet_deling"));
    return g_string_free(page, FALSE);
}
