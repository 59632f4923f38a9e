/* Questions and answers to rows. */
#include "extractors/dbh/answer.h"

#include "core/error.h"
#include "core/number.h"
#include "extractors/records.h"
#include "extractors/sequence.h"

#include <string.h>

#define QUESTION "spoersmaal"
#define ROUNDED "avrundet_til"

enum { MAX_VARIABLES = 40, N_MORE = 3 };

typedef struct {
    const char *origin;
    SpSink *sink;
    json_t *question; /* borrowed; NULL before the first */
    gboolean is_answered;
    gboolean has_begun;
    char *variables; /* of the first question, joined: all must have the same */
    guint64 n_rows;
} Reader;

char *sp_dbh_question_format(const json_t *body, gboolean is_rounded)
{
    g_autoptr(json_t) question =
        json_pack("{s:O, s:s}", QUESTION, body, ROUNDED, is_rounded ? SP_DBH_ROUNDED : "");
    return sp_json_format(question);
}

static gboolean set_wrong(const Reader *reader, const char *what, GError **error)
{
    return sp_error_set(error, SP_ERROR_DATA, "%s: %s; fetch it again", reader->origin, what);
}

static const json_t *member(const Reader *reader, const char *name)
{
    return json_object_get(json_object_get(reader->question, QUESTION), name);
}

static const char *variable_at(const json_t *variables, gsize i)
{
    const char *name = json_string_value(json_array_get(variables, i));
    return name != NULL ? name : "";
}

/* The header, from the first question; the others must ask for the same columns. */
static gboolean begin_long(Reader *reader, const json_t *variables, GError **error)
{
    const char *names[MAX_VARIABLES + N_MORE];
    gsize n = json_array_size(variables);
    g_autoptr(GString) joined = g_string_new(NULL);
    if (n > MAX_VARIABLES) {
        return set_wrong(reader, "a question groups by more than 40 variables", error);
    }
    for (gsize i = 0; i < n; i++) {
        names[i] = variable_at(variables, i);
        g_string_append_printf(joined, "%s\n", names[i]);
    }
    if (reader->has_begun) {
        return g_strcmp0(reader->variables, joined->str) == 0 ||
               set_wrong(reader, "the questions do not group by the same variables", error);
    }
    names[n] = ROUNDED;
    names[n + 1] = "tall";
    names[n + 2] = "verdi";
    reader->has_begun = TRUE;
    reader->variables = g_strdup(joined->str);
    return reader->sink->begin(reader->sink, names, n + N_MORE, error);
}

static gboolean is_variable(const json_t *variables, const char *name)
{
    for (gsize i = 0; i < json_array_size(variables); i++) {
        if (strcmp(variable_at(variables, i), name) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* The figures of one object, each a row. */
static gboolean emit_object(Reader *reader, const json_t *object, const json_t *variables,
                            GError **error)
{
    gsize n = json_array_size(variables);
    SpField fields[MAX_VARIABLES + N_MORE];
    g_auto(GStrv) texts = g_new0(char *, n + 1);
    const char *rounded = json_string_value(json_object_get(reader->question, ROUNDED));
    const char *name = NULL;
    json_t *value = NULL;
    for (gsize i = 0; i < n; i++) {
        const json_t *code = json_object_get(object, variable_at(variables, i));
        if (code == NULL) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: a row has no \"%s\", which the question groups by; see what "
                                "the table has now (bulk-csv?rptNr=002) and correct group_by",
                                reader->origin, variable_at(variables, i));
        }
        texts[i] = sp_records_text(code);
        fields[i] = (SpField){texts[i], strlen(texts[i])};
    }
    fields[n] = rounded != NULL ? (SpField){rounded, strlen(rounded)} : (SpField){"", 0};
    json_object_foreach((json_t *)object, name, value)
    {
        if (is_variable(variables, name)) {
            continue;
        }
        g_autofree char *figure = g_strdup_printf(
            "%" JSON_INTEGER_FORMAT " %s", json_integer_value(member(reader, "tabell_id")), name);
        g_autofree char *text = sp_records_text(value);
        fields[n + 1] = (SpField){figure, strlen(figure)};
        fields[n + 2] = (SpField){text, strlen(text)};
        if (!reader->sink->row(reader->sink, ++reader->n_rows, fields, n + N_MORE, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* A limit that is reached has cut the rest off, and nothing in the answer says so. */
static gboolean check_limit(const Reader *reader, gsize n, GError **error)
{
    const char *limit = json_string_value(member(reader, "begrensning"));
    gint64 most = 0;
    if (limit == NULL || !sp_number_parse_int(limit, strlen(limit), &most) || (gint64)n < most) {
        return TRUE;
    }
    return sp_error_set(error, SP_ERROR_DATA,
                        "%s: %" G_GSIZE_FORMAT " rows, all that the limit allows, so there may be "
                        "more; raise `limit` or ask for less",
                        reader->origin, n);
}

static gboolean take_answer(Reader *reader, const json_t *rows, GError **error)
{
    g_autoptr(SpRecords) records = sp_records_new(reader->origin);
    const json_t *variables = member(reader, "groupBy");
    if (reader->is_answered) {
        return set_wrong(reader, "two answers follow each other", error);
    }
    reader->is_answered = TRUE;
    if (!sp_records_add(records, rows, "answer", error) ||
        !check_limit(reader, sp_records_size(records), error)) {
        return FALSE;
    }
    if (variables == NULL) {
        if (reader->has_begun) {
            return set_wrong(reader, "lists of several tables in one snapshot", error);
        }
        reader->has_begun = TRUE;
        return sp_records_emit(records, reader->sink, error);
    }
    for (gsize i = 0; i < sp_records_size(records); i++) {
        if (!emit_object(reader, sp_records_at(records, i), variables, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean take_question(Reader *reader, json_t *question, GError **error)
{
    reader->question = question;
    reader->is_answered = FALSE;
    const json_t *variables = member(reader, "groupBy");
    return variables == NULL || begin_long(reader, variables, error);
}

/* A list without rows has its columns from the question. */
static gboolean end(Reader *reader, GError **error)
{
    const json_t *variables = member(reader, "variabler");
    if (reader->has_begun) {
        return TRUE;
    }
    if (variables == NULL) {
        return set_wrong(reader, "neither a question nor a list of rows", error);
    }
    g_autoptr(SpRecords) records = sp_records_new(reader->origin);
    for (gsize i = 0; i < json_array_size(variables); i++) {
        sp_records_name(records, variable_at(variables, i));
    }
    return sp_records_emit(records, reader->sink, error);
}

gboolean sp_dbh_parse(const char *bytes, gsize size, const char *origin, SpSink *sink,
                      GError **error)
{
    Reader reader = {.origin = origin, .sink = sink};
    g_autoptr(GArray) texts = sp_sequence_split(bytes, size, origin, error);
    g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)json_decref);
    gboolean is_good = texts != NULL;
    for (guint i = 0; is_good && i < texts->len; i++) {
        const SpField *text = &g_array_index(texts, SpField, i);
        json_t *document = sp_json_parse(text->text, text->size, origin, error);
        if (document == NULL) {
            is_good = FALSE;
            continue;
        }
        g_ptr_array_add(documents, document);
        is_good = json_object_get(document, QUESTION) != NULL
                      ? take_question(&reader, document, error)
                      : take_answer(&reader, document, error);
    }
    is_good = is_good && end(&reader, error);
    g_free(reader.variables);
    return is_good;
}
