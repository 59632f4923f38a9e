/* KLASS' lists. Every form ends in the same sink before the sink, where items are checked. */
#include "extractors/klass/lists.h"

#include "extractors/extractor.h"

#include "core/error.h"
#include "core/io/csv.h"
#include "core/io/json.h"
#include "core/io/xml_list.h"
#include "core/period.h"

#include <string.h>

enum { MAX_COLUMNS = 9 };

/* Letters that a conversion could not keep: KLASS writes "?", others U+FFFD. */
#define REPLACED "\xEF\xBF\xBD"

/** Which columns of an item must have a text. */
typedef enum {
    NEEDS_FIRST,    /* the first: the code of the item */
    NEEDS_A_CHANGE, /* one of the codes, and the day */
} Needs;

typedef struct {
    const char *member; /* of JSON */
    SpXmlList xml;      /* names of elements, and the columns */
    const char *mark;   /* the column that tells this list in CSV */
    Needs needs;
    gboolean may_be_empty;
} List;

/* `codesAt` leaves the range columns out and `codes` has them: they are always there here. */
static const char *const code_columns[] = {"code",
                                           "parentCode",
                                           "level",
                                           "name",
                                           "shortName",
                                           "validFrom",
                                           "validTo",
                                           "validFromInRequestedRange",
                                           "validToInRequestedRange"};
/* oldCode null: a code was born; newCode null: it ended. */
static const char *const change_columns[] = {"oldCode", "oldName", "newCode", "newName",
                                             "changeOccurred"};
static const char *const link_columns[] = {"sourceCode", "sourceName", "targetCode",
                                           "targetName", "validFrom",  "validTo"};

#define COLUMNS(columns) columns, G_N_ELEMENTS(columns)

/* KLASS 131 has some 2 200 changes in two centuries; a year without one is a quiet year. */
static const List lists[] = {
    {"codes", {"codeList", "codeItem", COLUMNS(code_columns)}, "code", NEEDS_FIRST, FALSE},
    {"codeChanges",
     {"codeChangeList", "codeChangeItem", COLUMNS(change_columns)},
     "changeOccurred",
     NEEDS_A_CHANGE,
     TRUE},
    {"correspondenceItems",
     {"correspondenceItemList", "correspondenceItem", COLUMNS(link_columns)},
     "sourceCode",
     NEEDS_FIRST,
     FALSE},
    {"correspondenceMaps",
     {"correspondenceMaps", "correspondenceMap", COLUMNS(link_columns)},
     "sourceCode",
     NEEDS_FIRST,
     FALSE},
};

/* The sink before the sink: items in the order of a list's columns. */
typedef struct {
    SpSink sink; /* first: a pointer to it is one to this */
    SpSink *to;
    const char *origin;
    const List *list;
    guint64 n_items;
    gsize *places; /* of CSV: [n columns of the file] our column, MAX_COLUMNS for none; else NULL */
} Items;

static gboolean begin_list(Items *items, const List *list, GError **error)
{
    items->list = list;
    return items->to->begin(items->to, list->xml.columns, list->xml.n_columns, error);
}

/* A change without both codes, or without its day, would be read as something else than what
 * happened. */
static const char *fault_of_change(const SpField fields[])
{
    SpDay day = 0;
    g_autofree char *text = g_strndup(fields[4].text, fields[4].size);
    if (fields[0].size == 0 && fields[2].size == 0) {
        return "neither oldCode nor newCode";
    }
    return sp_day_parse(text, &day) ? NULL : "no day in changeOccurred";
}

/* In CSV a question mark in a name stands for a letter that ISO-8859-1 has not (Unj?rga). */
static gboolean check_letters(const Items *items, guint64 number, const SpField fields[],
                              GError **error)
{
    gboolean is_csv = items->places != NULL;
    for (gsize i = 0; i < items->list->xml.n_columns; i++) {
        const char *column = items->list->xml.columns[i];
        gboolean is_name = g_str_has_suffix(column, "ame");
        if (is_name && (g_strstr_len(fields[i].text, (gssize)fields[i].size, REPLACED) != NULL ||
                        (is_csv && memchr(fields[i].text, '?', fields[i].size) != NULL))) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: item %" G_GUINT64_FORMAT
                                " of %s: %s \"%.*s\" has lost letters "
                                "that ISO-8859-1 has not; fetch it as JSON, XML, or CSV with "
                                "charset=UTF-8",
                                items->origin, number, items->list->member, column,
                                (int)MIN(fields[i].size, 80), fields[i].text);
        }
    }
    return TRUE;
}

static gboolean put_item(Items *items, guint64 number, const SpField fields[], GError **error)
{
    const List *list = items->list;
    g_autofree char *no_first = g_strconcat("no ", list->xml.columns[0], NULL);
    const char *fault = list->needs == NEEDS_A_CHANGE ? fault_of_change(fields)
                        : fields[0].size == 0         ? no_first
                                                      : NULL;
    if (fault != NULL) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: item %" G_GUINT64_FORMAT " of %s has %s; fetch it again",
                            items->origin, number, list->member, fault);
    }
    if (++items->n_items > SP_KLASS_MAX_ITEMS) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: %s holds more than %d items; check classification and date",
                            items->origin, list->member, SP_KLASS_MAX_ITEMS);
    }
    return check_letters(items, number, fields, error) &&
           items->to->row(items->to, number, fields, list->xml.n_columns, error);
}

/* No code at all is a day outside the classification. */
static gboolean end_list(const Items *items, GError **error)
{
    return items->n_items > 0 || items->list->may_be_empty ||
           sp_error_set(error, SP_ERROR_DATA,
                        "%s: %s holds 0 items, want 1 to %d; check classification and date",
                        items->origin, items->list->member, SP_KLASS_MAX_ITEMS);
}

static gboolean set_unknown(const char *origin, GError **error)
{
    return sp_error_set(
        error, SP_ERROR_DATA,
        "%s: neither \"codes\" nor \"codeChanges\" nor correspondences; want KLASS's "
        "answer to codesAt, codes, changes, correspondsAt or corresponds, or a "
        "correspondence table",
        origin);
}

/* ---- JSON ---- */

static gboolean put_json_item(Items *items, const json_t *item, guint64 number, GError **error)
{
    const List *list = items->list;
    SpField fields[MAX_COLUMNS] = {{NULL, 0}};
    if (!json_is_object(item)) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: item %" G_GUINT64_FORMAT " of %s is not an object; fetch it again",
                            items->origin, number, list->member);
    }
    for (gsize i = 0; i < list->xml.n_columns; i++) {
        const json_t *value = json_object_get(item, list->xml.columns[i]);
        if (value != NULL && !json_is_null(value) && !json_is_string(value)) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: item %" G_GUINT64_FORMAT
                                " of %s: %s is not a text; codes must be texts (0301)",
                                items->origin, number, list->member, list->xml.columns[i]);
        }
        const char *text = json_string_value(value);
        fields[i] = (SpField){text != NULL ? text : "", json_string_length(value)};
    }
    return put_item(items, number, fields, error);
}

static gboolean read_json(const char *bytes, gsize size, Items *items, GError **error)
{
    g_autoptr(json_t) root = sp_json_parse(bytes, size, items->origin, error);
    if (root == NULL) {
        return FALSE;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
        const json_t *array = json_object_get(root, lists[i].member);
        if (array == NULL) {
            continue;
        }
        items->list = &lists[i];
        if (!json_is_array(array)) {
            return sp_error_set(error, SP_ERROR_DATA, "%s: %s holds 0 items; fetch it again",
                                items->origin, lists[i].member);
        }
        if (!begin_list(items, &lists[i], error)) {
            return FALSE;
        }
        for (gsize j = 0; j < json_array_size(array); j++) {
            if (!put_json_item(items, json_array_get(array, j), j + 1, error)) {
                return FALSE;
            }
        }
        return end_list(items, error);
    }
    return set_unknown(items->origin, error);
}

/* ---- XML ---- */

static gboolean begin_xml(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    (void)n;
    Items *items = (Items *)sink;
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
        /* Two lists share columns; they differ in nothing that matters after this. */
        if (lists[i].xml.columns == names) {
            return begin_list(items, &lists[i], error);
        }
    }
    return set_unknown(items->origin, error);
}

static gboolean row_xml(SpSink *sink, guint64 number, const SpField fields[], gsize n,
                        GError **error)
{
    (void)n;
    return put_item((Items *)sink, number, fields, error);
}

static gboolean read_xml(const char *bytes, gsize size, Items *items, GError **error)
{
    SpXmlList forms[G_N_ELEMENTS(lists)];
    gsize which = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
        forms[i] = lists[i].xml;
    }
    items->sink = (SpSink){.begin = begin_xml, .row = row_xml};
    const SpXmlLists wanted = {items->origin, forms, G_N_ELEMENTS(forms)};
    if (!sp_xml_list_parse(bytes, size, &wanted, &items->sink, &which, error)) {
        return FALSE;
    }
    return which < G_N_ELEMENTS(lists) ? end_list(items, error) : set_unknown(items->origin, error);
}

/* ---- CSV ---- */

static gboolean begin_csv(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    Items *items = (Items *)sink;
    const List *list = NULL;
    for (gsize i = 0; list == NULL && i < G_N_ELEMENTS(lists); i++) {
        for (gsize j = 0; j < n; j++) {
            list = strcmp(names[j], lists[i].mark) == 0 ? &lists[i] : list;
        }
    }
    if (list == NULL) {
        return set_unknown(items->origin, error);
    }
    items->places = g_new0(gsize, n);
    for (gsize j = 0; j < n; j++) {
        items->places[j] = MAX_COLUMNS;
        for (gsize i = 0; i < list->xml.n_columns; i++) {
            items->places[j] = strcmp(names[j], list->xml.columns[i]) == 0 ? i : items->places[j];
        }
    }
    return begin_list(items, list, error);
}

static gboolean row_csv(SpSink *sink, guint64 number, const SpField fields[], gsize n,
                        GError **error)
{
    Items *items = (Items *)sink;
    SpField ours[MAX_COLUMNS + 1];
    for (gsize i = 0; i < MAX_COLUMNS; i++) {
        ours[i] = (SpField){"", 0};
    }
    for (gsize j = 0; j < n; j++) {
        ours[items->places[j]] = fields[j];
    }
    return put_item(items, number - 1, ours, error); /* the header is row 1 */
}

static gboolean read_csv(const char *bytes, gsize size, Items *items, GError **error)
{
    gsize header = 0;
    while (header < size && bytes[header] != '\n') {
        header++;
    }
    const SpCsvForm form = {.origin = items->origin,
                            .encoding =
                                g_utf8_validate_len(bytes, size, NULL) ? "UTF-8" : "ISO-8859-1",
                            .delimiter = memchr(bytes, ';', header) != NULL ? ';' : ',',
                            .header_rows = 1,
                            .mark_decides = TRUE};
    items->sink = (SpSink){.begin = begin_csv, .row = row_csv};
    gboolean is_read =
        sp_csv_parse(bytes, size, &form, &items->sink, error) && end_list(items, error);
    g_clear_pointer(&items->places, g_free);
    return is_read;
}

gboolean sp_klass_read(const char *bytes, gsize size, const char *origin, SpSink *sink,
                       GError **error)
{
    Items items = {.to = sink, .origin = origin};
    const char *kind = sp_fetch_describe(bytes, size);
    gsize start = size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (start < size && g_ascii_isspace(bytes[start])) {
        start++;
    }
    if (kind != NULL && strcmp(kind, "an XML document") != 0) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: %s, want JSON, XML or CSV of KLASS; fetch it again", origin, kind);
    }
    if (kind != NULL) {
        return read_xml(bytes, size, &items, error);
    }
    gboolean is_json = start == size || bytes[start] == '{' || bytes[start] == '[';
    return is_json ? read_json(bytes, size, &items, error) : read_csv(bytes, size, &items, error);
}
