/* The choice of figures for the top of a report. */
#include "outputs/overview.h"

#include "core/error.h"
#include "core/number.h"
#include "core/period.h"
#include "outputs/forklaring.h"
#include "outputs/pick.h"

#include <string.h>

static const char country[] = "0";
static const char ahead[] = "fram";

/* One choice of the catalogue, on the columns of its table. */
typedef struct {
    const SpWords *words;
    const SpTable *table;
    const SpOverview *overview; /* its regions */
    GHashTable *places;         /* code of a region -> its place + 1 */
    gsize region;
    gsize period;
    gsize measure;
    gboolean is_brief;
    gboolean is_ahead; /* of the year that is told; else the newest period with a number */
    SpPick pick;       /* the codes that are named */
} Choice;

static void clear_choice(Choice *choice)
{
    sp_pick_clear(&choice->pick);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Choice, clear_choice)

static void clear_line(gpointer data)
{
    SpOverviewLine *line = data;
    g_free(line->label);
    g_free(line->period);
    g_free(line->rows);
}

static gboolean parse_choice(Choice *choice, const char *text, GError **error)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    if (!sp_table_need(choice->table, "region", SP_COLUMN_CODE, &choice->region, error) ||
        !sp_table_need(choice->table, "period", SP_COLUMN_CODE, &choice->period, error) ||
        !sp_table_need(choice->table, words[0] != NULL ? words[0] : "", SP_COLUMN_MEASURE,
                       &choice->measure, error)) {
        return FALSE;
    }
    for (gsize i = 1; words[i] != NULL; i++) {
        if (strcmp(words[i], ahead) == 0) {
            choice->is_ahead = TRUE;
        } else if (!sp_pick_add(&choice->pick, words[i], error)) {
            return FALSE;
        }
    }
    return sp_pick_check_keys(&choice->pick, (const gsize[]){choice->region, choice->period}, 2,
                              error);
}

/* Place of the row's region among those wanted; SP_NO_COLUMN for another. */
static gsize region_of(const Choice *choice, gsize row)
{
    const char *code = sp_table_code(choice->table, row, choice->region);
    gsize place = GPOINTER_TO_SIZE(g_hash_table_lookup(choice->places, code));
    return place > 0 ? place - 1 : SP_NO_COLUMN;
}

/* 0 for a period that is none. */
static int year_of(const char *code)
{
    SpPeriod period;
    return sp_period_parse(code, &period) ? sp_day_year(period.first) : 0;
}

static int first_year(const Choice *choice)
{
    int first = 0;
    for (gsize row = 0; row < sp_table_n_rows(choice->table); row++) {
        int year = year_of(sp_table_code(choice->table, row, choice->period));
        first = year != 0 && (first == 0 || year < first) ? year : first;
    }
    return first;
}

/* The rows of the choice for its period: the newest with a number, of those that it allows; NULL if
 * there is none. */
static const char *find_rows(const Choice *choice, gsize rows[])
{
    const char *newest = NULL;
    const int only = choice->is_ahead ? sp_told_year(first_year(choice)) : 0;
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(gsize));
    for (gsize row = 0; row < sp_table_n_rows(choice->table); row++) {
        if (!sp_pick_has(&choice->pick, row) || region_of(choice, row) == SP_NO_COLUMN) {
            continue;
        }
        const char *period = sp_table_code(choice->table, row, choice->period);
        if (only != 0 && year_of(period) != only) {
            continue;
        }
        g_array_append_val(found, row);
        if (sp_real_is_number(sp_table_real(choice->table, row, choice->measure)) &&
            (newest == NULL || strcmp(period, newest) > 0)) {
            newest = period;
        }
    }
    for (guint i = 0; i < choice->overview->n_regions; i++) {
        rows[i] = SP_NO_COLUMN;
    }
    for (guint i = 0; newest != NULL && i < found->len; i++) {
        gsize row = g_array_index(found, gsize, i);
        if (strcmp(sp_table_code(choice->table, row, choice->period), newest) == 0) {
            rows[region_of(choice, row)] = row;
        }
    }
    return newest;
}

static gsize n_measures(const SpTable *table)
{
    gsize n = 0;
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        n += sp_table_column(table, i)->kind == SP_COLUMN_MEASURE ? 1 : 0;
    }
    return n;
}

/* "Folkemengde: Menn, 80–89 år", with the measure where the table has several; without codes the
 * measure alone. */
static char *label_of(const Choice *choice)
{
    const char *name = sp_table_name(choice->table);
    const char *brief = sp_words_find(choice->words, "table.", name, ".short");
    g_autofree char *heading = sp_words_heading(choice->words, choice->table, choice->measure);
    g_autofree char *codes = sp_pick_words(&choice->pick, choice->words);
    if (codes[0] == '\0') {
        return g_steal_pointer(&heading);
    }
    gboolean has_others = n_measures(choice->table) > 1;
    return g_strconcat(brief != NULL ? brief : name, ": ", codes, has_others ? ". " : "",
                       has_others ? heading : "", NULL);
}

/* What stands before the measure: '*' and '?'; FALSE when the choice is to be left out. */
static gboolean take_marks(Choice *choice, const char **text)
{
    choice->is_brief = **text == '*';
    *text += choice->is_brief ? 1 : 0;
    if (**text != '?') {
        return TRUE;
    }
    *text += 1;
    g_autofree char *measure = g_strndup(*text, strcspn(*text, " "));
    return sp_table_find(choice->table, measure) != SP_NO_COLUMN;
}

static gboolean add_choice(SpOverview *overview, const SpWords *words, const SpTable *table,
                           GHashTable *places, const char *text, GError **error)
{
    g_auto(Choice)
        choice = {.words = words, .table = table, .overview = overview, .places = places};
    sp_pick_init(&choice.pick, table);
    if (!take_marks(&choice, &text)) {
        return TRUE;
    }
    if (!parse_choice(&choice, text, error)) {
        return FALSE;
    }
    SpOverviewLine line = {.table = table, .measure = choice.measure, .is_brief = choice.is_brief};
    line.rows = g_new(gsize, overview->n_regions);
    const char *period = find_rows(&choice, line.rows);
    if (period == NULL) {
        clear_line(&line);
        return TRUE;
    }
    const SpUnits *units = sp_words_units(words);
    line.form = sp_units_form(units, sp_units_of(units, table, choice.measure));
    line.period = sp_words_code(words, sp_table_column(table, choice.period), period);
    line.label = label_of(&choice);
    g_array_append_val(overview->lines, line);
    return TRUE;
}

static gboolean add_table(SpOverview *overview, const SpWords *words, const SpTable *table,
                          GHashTable *places, const char *choices, GError **error)
{
    g_auto(GStrv) texts = g_strsplit(choices, "|", -1);
    for (char **text = texts; *text != NULL; text++) {
        g_autoptr(GError) fault = NULL;
        if (!add_choice(overview, words, table, places, *text, &fault)) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "catalogue of tables: table \"%s\", overview \"%s\": %s",
                                sp_table_name(table), *text, fault->message);
        }
    }
    return TRUE;
}

static void set_regions(SpOverview *overview, const SpWords *words, const char *const regions[])
{
    static const SpColumn region = {
        .name = "region", .kind = SP_COLUMN_CODE, .classification = "kommune"};
    const char *own = sp_words_package(words)->region;
    const char *const usual[] = {own, strcmp(own, country) == 0 ? NULL : country, NULL};
    overview->codes = g_strdupv((char **)(regions != NULL ? regions : usual));
    overview->n_regions = g_strv_length(overview->codes);
    overview->names = g_new0(char *, (gsize)overview->n_regions + 1);
    for (guint i = 0; i < overview->n_regions; i++) {
        overview->names[i] = sp_words_code(words, &region, overview->codes[i]);
    }
}

static GHashTable *places_of(const SpOverview *overview)
{
    GHashTable *places = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < overview->n_regions; i++) {
        g_hash_table_insert(places, overview->codes[i], GSIZE_TO_POINTER((gsize)i + 1));
    }
    return places;
}

SpOverview *sp_overview_new(const SpWords *words, const char *const regions[], GError **error)
{
    const SpPackage *package = sp_words_package(words);
    gsize name = sp_table_find(package->catalogue, "name");
    gsize choices = sp_table_find(package->catalogue, "overview");
    g_autoptr(SpOverview) overview = g_new0(SpOverview, 1);
    overview->lines = g_array_new(FALSE, FALSE, sizeof(SpOverviewLine));
    g_array_set_clear_func(overview->lines, clear_line);
    set_regions(overview, words, regions);
    g_autoptr(GHashTable) places = places_of(overview);
    if (name == SP_NO_COLUMN || choices == SP_NO_COLUMN) {
        return g_steal_pointer(&overview);
    }
    for (gsize row = 0; row < sp_table_n_rows(package->catalogue); row++) {
        const char *text = sp_table_code(package->catalogue, row, choices);
        const SpTable *table =
            sp_tables_find(package->tables, sp_table_code(package->catalogue, row, name));
        if (table != NULL && *text != '\0' &&
            !add_table(overview, words, table, places, text, error)) {
            return NULL;
        }
    }
    return g_steal_pointer(&overview);
}

gboolean sp_overview_figure(const SpOverviewLine *line, guint region, SpReal *real)
{
    gboolean has_row = line->rows[region] != SP_NO_COLUMN;
    if (has_row) {
        *real = sp_table_real(line->table, line->rows[region], line->measure);
    }
    return has_row;
}

char *sp_overview_legend(const SpWords *words, const SpOverview *overview, const guint regions[],
                         guint n)
{
    g_autoptr(GArray) reals = g_array_new(FALSE, FALSE, sizeof(SpReal));
    for (guint i = 0; i < overview->lines->len; i++) {
        const SpOverviewLine *line = &g_array_index(overview->lines, SpOverviewLine, i);
        for (guint at = 0; at < (regions != NULL ? n : overview->n_regions); at++) {
            SpReal real;
            if (sp_overview_figure(line, regions != NULL ? regions[at] : at, &real)) {
                g_array_append_val(reals, real);
            }
        }
    }
    return sp_forklaring_legend_of(words, (const SpReal *)(gconstpointer)reals->data, reals->len);
}

void sp_overview_free(SpOverview *overview)
{
    if (overview == NULL) {
        return;
    }
    g_strfreev(overview->codes);
    g_strfreev(overview->names);
    g_array_unref(overview->lines);
    g_free(overview);
}
