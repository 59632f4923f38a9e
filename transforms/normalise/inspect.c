/* Each field by the rules that its column is read by, without stopping. */
#include "transforms/normalise/inspect.h"

#include <string.h>

#include "core/number.h"
#include "core/table_rows.h"
#include "transforms/normalise/recode.h"
#include "transforms/normalise/reporters.h"

#define NO_FIELD G_MAXSIZE

typedef struct {
    const SpLayoutColumn *is;
    gsize field; /* NO_FIELD: the file does not have it */
    SpCodeList *list;
} Column;

struct SpInspect {
    SpSink sink; /* first: a pointer to it is one to this */
    const SpLayout *layout;
    GArray *columns; /* Column */
    GArray *filters; /* gsize: field of each filter of the layout */
    SpNotes *notes;
    SpReporters *reporters;
    GHashTable *sources; /* codes of a row as they stand: a set of char* */
    GHashTable *keys;    /* key of a row -> its figures, both char* */
    guint64 n_rows;
    guint64 n_others;
};

static void column_clear(gpointer data)
{
    Column *column = data;
    g_clear_pointer(&column->list, sp_code_list_free);
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
            sp_notes_add(inspect->notes, SP_RULE_EMPTY, row, is->source, field);
        }
    } else if (!sp_number_parse(field->text, field->size, inspect->layout->number, &value)) {
        if (!sp_layout_find_missing(inspect->layout, field->text, field->size, &status)) {
            sp_notes_add(inspect->notes, SP_RULE_NUMBER, row, is->source, field);
        }
    } else if (is->has_minimum && value < is->minimum) {
        sp_notes_add(inspect->notes, SP_RULE_MINIMUM, row, is->source, field);
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
        sp_notes_add(inspect->notes, rule, row, column->is->source, field);
    }
    return code;
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
    sp_notes_add(inspect->notes, doublet, row, NULL, &field);
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
    sp_notes_count_row(inspect->notes);
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
    if (!sp_reporters_add(inspect->reporters, period, region) && of_region != NULL) {
        sp_notes_add(inspect->notes, SP_RULE_KOMMUNE, number, of_region->is->source,
                     &fields[of_region->field]);
    }
    return TRUE;
}

static void take_sheet(SpSink *sink, const char *name, gboolean is_read)
{
    sp_notes_take_sheet(((SpInspect *)sink)->notes, name, is_read);
}

SpInspect *sp_inspect_new(const SpLayout *layout, const SpTables *maps, const SpRegions *regions)
{
    SpInspect *inspect = g_new0(SpInspect, 1);
    inspect->sink = (SpSink){.begin = begin, .row = row_of, .sheet = take_sheet};
    inspect->layout = layout;
    inspect->columns = g_array_new(FALSE, TRUE, sizeof(Column));
    g_array_set_clear_func(inspect->columns, column_clear);
    inspect->filters = g_array_new(FALSE, FALSE, sizeof(gsize));
    inspect->sources = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    inspect->notes = sp_notes_new();
    inspect->reporters = sp_reporters_new(regions, layout->division);
    inspect->keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (guint i = 0; i < layout->columns->len; i++) {
        Column column = {.is = layout->columns->pdata[i], .field = NO_FIELD};
        if (column.is->role == SP_ROLE_IGNORE) {
            continue;
        }
        if (column.is->map != NULL) {
            column.list = sp_code_list_new(maps, column.is->map, NULL, 0, NULL);
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
    sp_notes_free(inspect->notes);
    sp_reporters_free(inspect->reporters);
    g_hash_table_unref(inspect->keys);
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
    return sp_notes_sheets(inspect->notes);
}

const GPtrArray *sp_inspect_findings(const SpInspect *inspect)
{
    return sp_notes_findings(inspect->notes);
}

GPtrArray *sp_inspect_periods(const SpInspect *inspect)
{
    return sp_reporters_periods(inspect->reporters);
}

GPtrArray *sp_inspect_reported(const SpInspect *inspect, const char *period)
{
    return sp_reporters_of(inspect->reporters, period);
}

/* Kommuner are not asked to have rows in arrangements between some. */
GPtrArray *sp_inspect_silent(const SpInspect *inspect, const char *period, SpDay *day)
{
    return inspect->layout->links_until != NULL
               ? NULL
               : sp_reporters_silent(inspect->reporters, period, day);
}
