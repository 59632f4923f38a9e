/* Each field by the rules that its column is read by, without stopping. */
#include "transforms/normalise/inspect.h"

#include <string.h>

#include "core/number.h"
#include "core/table_rows.h"
#include "transforms/normalise/recode.h"
#include "transforms/normalise/routes.h"

static const char *const rules[] = {SP_RULE_NUMBER,  SP_RULE_MINIMUM, SP_RULE_EMPTY,
                                    SP_RULE_CODE,    SP_RULE_KOMMUNE, SP_RULE_PERIOD,
                                    SP_RULE_DOUBLET, SP_RULE_REPEAT,  SP_RULE_SAME};

#define NO_FIELD G_MAXSIZE

typedef struct {
    const SpLayoutColumn *is;
    gsize field; /* NO_FIELD: the file does not have it */
    SpCodeList *list;
} Column;

struct SpInspect {
    SpSink sink; /* first: a pointer to it is one to this */
    const SpLayout *layout;
    const SpRegions *regions;
    GArray *columns; /* Column */
    GArray *filters; /* gsize: field of each filter of the layout */
    GPtrArray *sheets;
    GPtrArray *findings;
    GHashTable *sources; /* codes of a row as they stand: a set of char* */
    GHashTable *keys;    /* key of a row -> its figures, both char* */
    GHashTable *periods; /* char* -> GHashTable* of kommuner (char*) */
    guint64 n_rows;
    guint64 n_others;
};

static void place_free(gpointer data)
{
    SpInspectPlace *place = data;
    g_free(place->sheet);
    g_free(place->column);
    g_free(place->found);
    g_free(place);
}

static void finding_free(gpointer data)
{
    SpInspectFinding *finding = data;
    g_ptr_array_unref(finding->places);
    g_free(finding);
}

static void sheet_free(gpointer data)
{
    SpInspectSheet *sheet = data;
    g_free(sheet->name);
    g_free(sheet);
}

static void column_clear(gpointer data)
{
    Column *column = data;
    g_clear_pointer(&column->list, sp_code_list_free);
}

static const SpInspectSheet *present_sheet(const SpInspect *inspect)
{
    for (guint i = inspect->sheets->len; i > 0; i--) {
        const SpInspectSheet *sheet = inspect->sheets->pdata[i - 1];
        if (sheet->is_read) {
            return sheet;
        }
    }
    return NULL;
}

/* One line of a text, whatever is in it. */
static char *excerpt(const SpField *field)
{
    g_autofree char *valid =
        g_utf8_make_valid(field->text, (gssize)MIN(field->size, (gsize)4 * (SP_INSPECT_TEXT + 1)));
    for (char *c = valid; *c != '\0'; c++) {
        *c = g_ascii_iscntrl(*c) ? ' ' : *c;
    }
    if (g_utf8_strlen(valid, -1) <= SP_INSPECT_TEXT) {
        return g_steal_pointer(&valid);
    }
    g_autofree char *cut = g_utf8_substring(valid, 0, SP_INSPECT_TEXT);
    return g_strconcat(cut, "…", NULL);
}

static void note(SpInspect *inspect, const char *rule, guint64 row, const char *column,
                 const SpField *field)
{
    for (guint i = 0; i < inspect->findings->len; i++) {
        SpInspectFinding *finding = inspect->findings->pdata[i];
        if (strcmp(finding->rule, rule) != 0) {
            continue;
        }
        finding->n++;
        if (finding->places->len < SP_INSPECT_PLACES) {
            const SpInspectSheet *sheet = present_sheet(inspect);
            SpInspectPlace *place = g_new0(SpInspectPlace, 1);
            place->sheet = g_strdup(sheet != NULL ? sheet->name : NULL);
            place->row = row;
            place->column = g_strdup(column);
            place->found = field != NULL ? excerpt(field) : g_strdup("");
            g_ptr_array_add(finding->places, place);
        }
    }
}

static gsize field_of(const char *name, const char *const names[], gsize n)
{
    for (gsize i = 0; i < n; i++) {
        if (strcmp(names[i], name) == 0) {
            return i;
        }
    }
    return NO_FIELD;
}

static gboolean begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    SpInspect *inspect = (SpInspect *)sink;
    (void)error;
    for (guint i = 0; i < inspect->columns->len; i++) {
        Column *column = &g_array_index(inspect->columns, Column, i);
        column->field = field_of(column->is->source, names, n);
    }
    g_array_set_size(inspect->filters, 0);
    for (guint i = 0; i < inspect->layout->filters->len; i++) {
        const SpLayoutFilter *is = inspect->layout->filters->pdata[i];
        gsize field = field_of(is->source, names, n);
        g_array_append_val(inspect->filters, field);
    }
    return TRUE;
}

static gboolean is_blank(const SpField *field)
{
    for (gsize i = 0; i < field->size; i++) {
        if (!g_ascii_isspace(field->text[i])) {
            return FALSE;
        }
    }
    return TRUE;
}

/* Whether the table is about a row, by its filters and by codes that the layout leaves out. */
static gboolean is_concerned(const SpInspect *inspect, const SpField fields[], gsize n)
{
    for (guint i = 0; i < inspect->filters->len; i++) {
        gsize field = g_array_index(inspect->filters, gsize, i);
        if (field < n && !sp_layout_lets_through(inspect->layout->filters->pdata[i],
                                                 fields[field].text, fields[field].size)) {
            return FALSE;
        }
    }
    for (guint i = 0; i < inspect->columns->len; i++) {
        const Column *column = &g_array_index(inspect->columns, Column, i);
        if (column->field < n && column->list != NULL) {
            const SpField *field = &fields[column->field];
            g_autofree char *text = g_strndup(field->text, field->size);
            if (sp_recode_is_left_out(column->is, column->list, text)) {
                return FALSE;
            }
        }
    }
    return TRUE;
}

static gboolean is_figure(const SpLayoutColumn *column)
{
    return column->role == SP_ROLE_MEASURE || column->role == SP_ROLE_VALUE ||
           column->role == SP_ROLE_SPREAD;
}

static void check_figure(SpInspect *inspect, const Column *column, guint64 row,
                         const SpField *field)
{
    const SpLayoutColumn *is = column->is;
    SpStatus status = SP_MISSING;
    double value = 0.0;
    if (is_blank(field)) {
        /* An empty field that the layout gives a meaning is as it should be. */
        if (inspect->layout->empty == SP_MISSING && is->sign == NULL) {
            note(inspect, SP_RULE_EMPTY, row, is->source, field);
        }
    } else if (!sp_number_parse(field->text, field->size, inspect->layout->number, &value)) {
        if (!sp_layout_find_missing(inspect->layout, field->text, field->size, &status)) {
            note(inspect, SP_RULE_NUMBER, row, is->source, field);
        }
    } else if (is->has_minimum && value < is->minimum) {
        note(inspect, SP_RULE_MINIMUM, row, is->source, field);
    }
}

/* Our code of a field; NULL (and a finding) when it is none. g_free. */
static char *check_code(SpInspect *inspect, const Column *column, guint64 row, const SpField *field)
{
    g_autofree char *text = g_strndup(field->text, field->size);
    gboolean is_open = text[0] == '\0' && !column->is->is_key;
    char *code = is_open ? g_strdup("") : sp_recode_text(column->is, column->list, text, 0);
    if (code == NULL) {
        const char *rule = column->is->role == SP_ROLE_PERIOD ? SP_RULE_PERIOD : SP_RULE_CODE;
        note(inspect, rule, row, column->is->source, field);
    }
    return code;
}

static void add_kommune(SpInspect *inspect, const char *period, const char *region)
{
    GHashTable *kommuner = g_hash_table_lookup(inspect->periods, period);
    if (kommuner == NULL) {
        kommuner = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        g_hash_table_insert(inspect->periods, g_strdup(period), kommuner);
    }
    if (region != NULL) {
        g_hash_table_add(kommuner, g_strdup(region));
    }
}

static gboolean day_of(const SpInspect *inspect, const char *period, SpDay *day)
{
    return inspect->layout->division != NULL ? sp_day_parse(inspect->layout->division, day)
                                             : sp_route_day(period, day);
}

static void check_region(SpInspect *inspect, const Column *column, guint64 row,
                         const SpField *field, const char *region, const char *period)
{
    SpDay day = 0;
    if (period == NULL || !day_of(inspect, period, &day)) {
        return;
    }
    gboolean is_kommune = sp_region_kind(region) == SP_REGION_KOMMUNE;
    gboolean is_valid = is_kommune && inspect->regions != NULL &&
                        sp_regions_is_valid(inspect->regions, region, day);
    add_kommune(inspect, period, is_valid ? region : NULL);
    if (inspect->regions != NULL && !is_valid &&
        (is_kommune || sp_region_kind(region) == SP_REGION_OTHER)) {
        note(inspect, SP_RULE_KOMMUNE, row, column->is->source, field);
    }
}

/* What is said of one row: three texts whose parts are told apart. */
typedef struct {
    GString *key;     /* our codes */
    GString *source;  /* the source's own */
    GString *figures; /* and attributes */
} Said;

static void said_clear(Said *said)
{
    g_string_free(said->key, TRUE);
    g_string_free(said->source, TRUE);
    g_string_free(said->figures, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Said, said_clear)

static void say(GString *into, const char *text, gsize size)
{
    g_string_append_len(into, text, (gssize)size);
    g_string_append_c(into, '\x1F');
}

/* A row whose key another had before, by the layout's rule for such. */
static void check_doublet(SpInspect *inspect, guint64 row, const Said *said)
{
    gboolean is_repeat = !g_hash_table_add(inspect->sources, g_strdup(said->source->str));
    const char *before = g_hash_table_lookup(inspect->keys, said->key->str);
    SpSameKey rule = is_repeat ? inspect->layout->repeats : inspect->layout->merged;
    if (before == NULL) {
        g_hash_table_insert(inspect->keys, g_strdup(said->key->str), g_strdup(said->figures->str));
        return;
    }
    if (rule == SP_SAME_SUM) {
        return;
    }
    gboolean is_same = strcmp(before, said->figures->str) == 0;
    const char *doublet = !is_same               ? SP_RULE_DOUBLET
                          : rule == SP_SAME_ONCE ? SP_RULE_SAME
                                                 : SP_RULE_REPEAT;
    g_autofree char *shown = g_strstrip(g_strdelimit(g_strdup(said->key->str), "\x1F", ' '));
    const SpField field = {.text = shown, .size = strlen(shown)};
    note(inspect, doublet, row, NULL, &field);
}

/* Codes first: the region is held against the period's division. */
static gboolean row_of(SpSink *sink, guint64 number, const SpField fields[], gsize n,
                       GError **error)
{
    SpInspect *inspect = (SpInspect *)sink;
    g_auto(Said) said = {g_string_new(NULL), g_string_new(NULL), g_string_new(NULL)};
    g_autofree char *region = NULL;
    g_autofree char *period = NULL;
    const Column *of_region = NULL;
    gboolean is_whole = TRUE;
    (void)error;
    if (inspect->sheets->len > 0) {
        ((SpInspectSheet *)present_sheet(inspect))->n_rows++;
    }
    if (!is_concerned(inspect, fields, n)) {
        inspect->n_others++;
        return TRUE;
    }
    inspect->n_rows++;
    for (guint i = 0; i < inspect->columns->len; i++) {
        const Column *column = &g_array_index(inspect->columns, Column, i);
        const SpField *field = column->field < n ? &fields[column->field] : NULL;
        if (field == NULL) {
            continue;
        }
        if (is_figure(column->is)) {
            check_figure(inspect, column, number, field);
            say(said.figures, field->text, field->size);
            continue;
        }
        char *code = check_code(inspect, column, number, field);
        say(column->is->is_key ? said.key : said.figures, code != NULL ? code : "",
            code != NULL ? strlen(code) : 0);
        say(said.source, column->is->is_key ? field->text : "",
            column->is->is_key ? field->size : 0);
        is_whole = is_whole && code != NULL;
        if (column->is->role == SP_ROLE_REGION) {
            g_free(region);
            region = code;
            of_region = column;
        } else if (column->is->role == SP_ROLE_PERIOD) {
            g_free(period);
            period = code;
        } else {
            g_free(code);
        }
    }
    if (is_whole) {
        check_doublet(inspect, number, &said);
    }
    if (region != NULL) {
        check_region(inspect, of_region, number, &fields[of_region->field], region, period);
    } else if (period != NULL) {
        add_kommune(inspect, period, NULL);
    }
    return TRUE;
}

static void take_sheet(SpSink *sink, const char *name, gboolean is_read)
{
    SpInspectSheet *sheet = g_new0(SpInspectSheet, 1);
    sheet->name = g_strdup(name);
    sheet->is_read = is_read;
    g_ptr_array_add(((SpInspect *)sink)->sheets, sheet);
}

SpInspect *sp_inspect_new(const SpLayout *layout, const SpTables *maps, const SpRegions *regions)
{
    SpInspect *inspect = g_new0(SpInspect, 1);
    inspect->sink = (SpSink){.begin = begin, .row = row_of, .sheet = take_sheet};
    inspect->layout = layout;
    inspect->regions = regions;
    inspect->columns = g_array_new(FALSE, TRUE, sizeof(Column));
    g_array_set_clear_func(inspect->columns, column_clear);
    inspect->filters = g_array_new(FALSE, FALSE, sizeof(gsize));
    inspect->sources = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    inspect->sheets = g_ptr_array_new_with_free_func(sheet_free);
    inspect->findings = g_ptr_array_new_with_free_func(finding_free);
    inspect->keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    inspect->periods =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
    for (gsize i = 0; i < G_N_ELEMENTS(rules); i++) {
        SpInspectFinding *finding = g_new0(SpInspectFinding, 1);
        finding->rule = rules[i];
        finding->places = g_ptr_array_new_with_free_func(place_free);
        g_ptr_array_add(inspect->findings, finding);
    }
    for (guint i = 0; i < layout->columns->len; i++) {
        Column column = {.is = layout->columns->pdata[i], .field = NO_FIELD};
        if (column.is->role == SP_ROLE_IGNORE) {
            continue;
        }
        if (column.is->map != NULL) {
            column.list = sp_code_list_new(maps, column.is->map, NULL);
        }
        g_array_append_val(inspect->columns, column);
    }
    return inspect;
}

void sp_inspect_free(SpInspect *inspect)
{
    if (inspect == NULL) {
        return;
    }
    g_array_unref(inspect->columns);
    g_array_unref(inspect->filters);
    g_hash_table_unref(inspect->sources);
    g_ptr_array_unref(inspect->sheets);
    g_ptr_array_unref(inspect->findings);
    g_hash_table_unref(inspect->keys);
    g_hash_table_unref(inspect->periods);
    g_free(inspect);
}

SpSink *sp_inspect_sink(SpInspect *inspect)
{
    return &inspect->sink;
}

guint64 sp_inspect_n_rows(const SpInspect *inspect)
{
    return inspect->n_rows;
}

guint64 sp_inspect_n_others(const SpInspect *inspect)
{
    return inspect->n_others;
}

const GPtrArray *sp_inspect_sheets(const SpInspect *inspect)
{
    return inspect->sheets;
}

const GPtrArray *sp_inspect_findings(const SpInspect *inspect)
{
    return inspect->findings;
}

static gint by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *sorted_keys(GHashTable *table)
{
    GPtrArray *keys = g_ptr_array_new();
    GHashTableIter iter;
    gpointer key = NULL;
    g_hash_table_iter_init(&iter, table);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        g_ptr_array_add(keys, key);
    }
    g_ptr_array_sort(keys, by_text);
    return keys;
}

GPtrArray *sp_inspect_periods(const SpInspect *inspect)
{
    return sorted_keys(inspect->periods);
}

GPtrArray *sp_inspect_reported(const SpInspect *inspect, const char *period)
{
    GHashTable *kommuner = g_hash_table_lookup(inspect->periods, period);
    return kommuner != NULL ? sorted_keys(kommuner) : g_ptr_array_new();
}

/* The two digits that all kommuner of the file begin with; NULL when they are of several fylker. */
static const char *only_fylke(const GPtrArray *reported)
{
    for (guint i = 1; i < reported->len; i++) {
        if (strncmp(reported->pdata[i], reported->pdata[0], 2) != 0) {
            return NULL;
        }
    }
    return reported->len > 0 ? reported->pdata[0] : NULL;
}

/* Whether kommuner are asked to have rows: not in national figures, nor in arrangements between some. */
static gboolean is_about_kommuner(const SpInspect *inspect)
{
    gboolean is_about = FALSE;
    GHashTableIter iter;
    gpointer kommuner = NULL;
    g_hash_table_iter_init(&iter, inspect->periods);
    while (g_hash_table_iter_next(&iter, NULL, &kommuner)) {
        is_about = is_about || g_hash_table_size(kommuner) > 0;
    }
    return is_about && inspect->layout->links_until == NULL;
}

GPtrArray *sp_inspect_silent(const SpInspect *inspect, const char *period, SpDay *day)
{
    if (inspect->regions == NULL || !is_about_kommuner(inspect) || !day_of(inspect, period, day)) {
        return NULL;
    }
    g_autoptr(GPtrArray) reported = sp_inspect_reported(inspect, period);
    const char *fylke = only_fylke(reported);
    g_autofree const char **all = sp_regions_at(inspect->regions, *day);
    GPtrArray *silent = g_ptr_array_new();
    for (const char **kommune = all; *kommune != NULL; kommune++) {
        if ((fylke == NULL || strncmp(*kommune, fylke, 2) == 0) &&
            !g_ptr_array_find_with_equal_func(reported, *kommune, g_str_equal, NULL)) {
            g_ptr_array_add(silent, (gpointer)*kommune);
        }
    }
    return silent;
}
