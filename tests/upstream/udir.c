/* Udir's Eksport API as sources.md, section 12 has it: filters in one parameter, rows in pages,
 * every figure a text with decimal comma and blanks. */
#include "tests/upstream/formats.h"
#include "tests/upstream/lists.h"
#include "tests/upstream/world.h"

#include <math.h>
#include <string.h>

enum { SHIELDED = 5, ABSENT = 30, LEVEL_COUNTRY = 1, LEVEL_FYLKE = 2, LEVEL_KOMMUNE = 3 };

enum { MAX_FILTERS = 8 };

/* The filter that every table has: which units its rows are of. */
#define LEVEL "EnhetNivaa"

typedef struct {
    GKeyFile *file;
    char *section;
    char **ids; /* of the table's filters */
    guint n;
    GPtrArray *values[MAX_FILTERS];
    char **chosen[MAX_FILTERS]; /* codes; NULL when the filter is not named */
} Question;

static void question_clear(Question *question)
{
    g_strfreev(question->ids);
    for (gsize i = 0; i < MAX_FILTERS; i++) {
        g_strfreev(question->chosen[i]);
        if (question->values[i] != NULL) {
            g_ptr_array_unref(question->values[i]);
        }
    }
    g_free(question->section);
    if (question->file != NULL) {
        g_key_file_unref(question->file);
    }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Question, question_clear)

static gboolean open_table(const char *folder, const char *id, Question *question)
{
    question->file = fake_list_open(folder, "udir.ini");
    question->section = g_strdup_printf("table %s", id);
    g_autofree char *ids =
        question->file != NULL
            ? g_key_file_get_string(question->file, question->section, "filters", NULL)
            : NULL;
    question->ids = g_strsplit(ids != NULL ? ids : "", " ", -1);
    question->n = MIN(g_strv_length(question->ids), (guint)MAX_FILTERS);
    for (gsize i = 0; i < question->n; i++) {
        g_autofree char *section = g_strdup_printf("filter %s", question->ids[i]);
        question->values[i] = fake_list_read(question->file, section, "values");
    }
    return ids != NULL;
}

static gboolean has_value(const GPtrArray *values, const char *code)
{
    for (guint i = 0; i < values->len; i++) {
        if (strcmp(fake_list_part(values, i, 0), code) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* "Name(v1_v2)_Name2(v3)". FALSE for what is not so, a filter or a value that is not there. */
static gboolean read_filter(const char *text, Question *question)
{
    while (text != NULL && *text != '\0') {
        const char *open = strchr(text, '(');
        const char *close = open != NULL ? strchr(open, ')') : NULL;
        if (close == NULL) {
            return FALSE;
        }
        g_autofree char *name = g_strndup(text, (gsize)(open - text));
        g_autofree char *inner = g_strndup(open + 1, (gsize)(close - open - 1));
        gsize i = 0;
        while (i < question->n && strcmp(question->ids[i], name) != 0) {
            i++;
        }
        if (i == question->n || question->chosen[i] != NULL) {
            return FALSE;
        }
        question->chosen[i] = g_strsplit(inner, "_", -1);
        for (char **code = question->chosen[i]; *code != NULL; code++) {
            if (!has_value(question->values[i], *code)) {
                return FALSE;
            }
        }
        text = close[1] == '_' ? close + 2 : close + 1;
    }
    return TRUE;
}

/* A filter that is not named is "all" where it has such a value. */
static gboolean is_chosen(const Question *question, gsize filter, guint i)
{
    const char *code = fake_list_part(question->values[filter], i, 0);
    if (question->chosen[filter] != NULL) {
        return g_strv_contains((const char *const *)question->chosen[filter], code);
    }
    return !has_value(question->values[filter], "-10") || strcmp(code, "-10") == 0;
}

typedef struct {
    const char *code;
    const char *name;
    double size;
    gint64 level;
} Unit;

static GArray *make_units(const FakeCountry *country)
{
    static const Unit others[] = {{"0", "Hele landet", 5500000, LEVEL_COUNTRY},
                                  {"2100", "Svalbard", 2500, LEVEL_KOMMUNE},
                                  {"2599", "Utlandet", 300, LEVEL_KOMMUNE}};
    GArray *units = g_array_new(FALSE, FALSE, sizeof(Unit));
    g_array_append_vals(units, others, G_N_ELEMENTS(others));
    for (guint i = 0; i < country->fylker->len; i++) {
        const FakePlace *place = g_ptr_array_index(country->fylker, i);
        Unit unit = {place->code, place->name, 350000, LEVEL_FYLKE};
        if (place->end_year == FAKE_NO_END) {
            g_array_append_val(units, unit);
        }
    }
    for (guint i = 0; i < country->kommuner->len; i++) {
        const FakePlace *place = g_ptr_array_index(country->kommuner, i);
        Unit unit = {place->code, place->name, place->size, LEVEL_KOMMUNE};
        if (place->end_year == FAKE_NO_END) {
            g_array_append_val(units, unit);
        }
    }
    return units;
}

/* Blanks between thousands, '*' for what is shielded. g_free. */
static char *figure(gint64 n)
{
    if (n > 0 && n < SHIELDED) {
        return g_strdup("*");
    }
    return n < 1000
               ? g_strdup_printf("%" G_GINT64_FORMAT, n)
               : g_strdup_printf("%" G_GINT64_FORMAT " %03" G_GINT64_FORMAT, n / 1000, n % 1000);
}

/* Another count of the table's, when it has one: its name stands under `key`. */
static void put_other(const Question *question, const char *key, guint64 hash, double size,
                      GString *row)
{
    g_autofree char *name = g_key_file_get_string(question->file, question->section, key, NULL);
    if (name != NULL) {
        g_autofree char *count =
            figure((gint64)floor(size * 0.001 * fake_share(fake_mix(hash, 2))));
        g_string_append_printf(row, ",\"%s\":\"%s\"", name, count);
    }
}

static void add_row(const Question *question, const Unit *unit, const guint at[], GPtrArray *rows)
{
    guint64 hash = fake_seed(unit->code);
    for (gsize i = 0; i < question->n; i++) {
        hash = fake_mix(hash, fake_seed(fake_list_part(question->values[i], at[i], 0)));
    }
    if (unit->level == LEVEL_KOMMUNE && hash % ABSENT == 0) {
        return; /* absent is not shielded */
    }
    gint64 n = (gint64)floor(unit->size * 0.002 * fake_share(hash));
    gint64 share_10 = (gint64)(1000 * fake_share(fake_mix(hash, 1)));
    gboolean is_shielded = n > 0 && n < SHIELDED;
    g_autofree char *count = figure(n);
    g_autofree char *share = is_shielded ? g_strdup("*")
                                         : g_strdup_printf("%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT,
                                                           share_10 / 10, share_10 % 10);
    g_autofree char *measure =
        g_key_file_get_string(question->file, question->section, "measure", NULL);
    g_autofree char *of_women =
        g_key_file_get_string(question->file, question->section, "share", NULL);
    GString *row = g_string_new("{");
    for (gsize i = 0; i < question->n; i++) {
        g_string_append_printf(row, "\"%s\":\"%s\",", question->ids[i],
                               fake_list_part(question->values[i], at[i], 0));
    }
    g_string_append_printf(row, "\"EnhetKode\":\"%s\",\"EnhetNavn\":", unit->code);
    fake_write_json_text(unit->name, row);
    g_string_append_printf(row, ",\"%s\":\"%s\",\"%s\":\"%s\"", measure, count, of_women, share);
    put_other(question, "other", hash, unit->size, row);
    g_string_append_c(row, '}');
    g_ptr_array_add(rows, g_string_free(row, FALSE));
}

/* char*, each a JSON object. */
static GPtrArray *make_rows(const Question *question, const FakeCountry *country)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) units = make_units(country);
    guint at[MAX_FILTERS] = {0};
    gsize place = 0;
    while (place + 1 < question->n && strcmp(question->ids[place], LEVEL) != 0) {
        place++;
    }
    gboolean has_more = TRUE;
    while (has_more) {
        gboolean is_in = TRUE;
        for (gsize i = 0; i < question->n; i++) {
            is_in = is_in && is_chosen(question, i, at[i]);
        }
        gint64 level = fake_list_number(fake_list_part(question->values[place], at[place], 0), 0);
        for (guint i = 0; is_in && i < units->len; i++) {
            const Unit *unit = &g_array_index(units, Unit, i);
            if (unit->level == level) {
                add_row(question, unit, at, rows);
            }
        }
        gsize i = question->n;
        has_more = FALSE;
        while (i-- > 0 && !has_more) {
            has_more = ++at[i] < question->values[i]->len;
            at[i] = has_more ? at[i] : 0;
        }
    }
    return rows;
}

static void answer_data(const Question *question, FakeWorld *world, const FakeRequest *request,
                        gboolean is_summary, FakeAnswer *answer)
{
    g_autoptr(GPtrArray) rows = make_rows(question, world->country);
    guint size =
        (guint)g_key_file_get_integer(question->file, question->section, "page_size", NULL);
    guint n_pages = (rows->len + size - 1) / size;
    gint64 page = fake_list_number(fake_request_query(request, "sideNummer"), 1);
    gint64 format = fake_list_number(fake_request_query(request, "format"), 0);
    fake_answer_set(answer, 200, FAKE_JSON, "");
    if (request->faults.drift && is_summary) {
        n_pages -= n_pages > 1 && world->n_drifts++ % 2 == 0 ? 1 : 0;
    }
    if (is_summary) {
        g_string_printf(answer->body,
                        "{\"AntallRader\":%u,\"JSONRaderPerSide\":%u,\"JSONSider\":%u,"
                        "\"JSONBytesPerSide\":%u}",
                        rows->len, size, n_pages, size * 200);
        return;
    }
    if (format != 0 || page < 1 || page > (gint64)MAX(n_pages, 1)) {
        fake_answer_set(answer, 400, FAKE_JSON, "{\"Message\":\"The request is invalid.\"}");
        return;
    }
    g_string_append_c(answer->body, '[');
    guint back =
        request->faults.repeat && page > 1 ? 1 : 0; /* rows that stood on the page before */
    guint first = (guint)(page - 1) * size - back;
    for (guint i = first; i < MIN(rows->len, first + size) && !request->faults.lose; i++) {
        g_string_append_printf(answer->body, "%s%s", answer->body->len > 1 ? "," : "",
                               (const char *)g_ptr_array_index(rows, i));
    }
    g_string_append_c(answer->body, ']');
}

/* All filters with their values, or the one of `only`. */
static void answer_values(const Question *question, const char *only, FakeAnswer *answer)
{
    fake_answer_set(answer, 200, FAKE_JSON, "{");
    for (gsize i = 0; i < question->n; i++) {
        if (only != NULL && strcmp(only, question->ids[i]) != 0) {
            continue;
        }
        g_string_append_printf(answer->body, "%s\"%s\":[", answer->body->len > 1 ? "," : "",
                               question->ids[i]);
        for (guint j = 0; j < question->values[i]->len; j++) {
            const char *code = fake_list_part(question->values[i], j, 0);
            g_string_append_printf(answer->body, "%s{\"id\":%s,\"kode\":\"%s\",\"navn\":\"%s\"}",
                                   j > 0 ? "," : "", code, code,
                                   fake_list_part(question->values[i], j, 1));
        }
        g_string_append_c(answer->body, ']');
    }
    g_string_append_c(answer->body, '}');
}

static void answer_specification(const Question *question, FakeAnswer *answer)
{
    fake_answer_set(answer, 200, FAKE_JSON, "[");
    for (gsize i = 0; i < question->n; i++) {
        g_string_append_printf(answer->body, "%s{\"id\":\"%s\",\"navn\":\"%s\"}", i > 0 ? "," : "",
                               question->ids[i], question->ids[i]);
    }
    g_string_append_c(answer->body, ']');
}

static void answer_tables(const char *folder, FakeAnswer *answer)
{
    g_autoptr(GKeyFile) file = fake_list_open(folder, "udir.ini");
    g_auto(GStrv) sections = file != NULL ? g_key_file_get_groups(file, NULL) : NULL;
    fake_answer_set(answer, 200, FAKE_JSON, "[");
    for (char **section = sections; section != NULL && *section != NULL; section++) {
        g_autofree char *name = g_key_file_get_string(file, *section, "name", NULL);
        if (name != NULL) {
            g_string_append_printf(answer->body, "%s{\"id\":%s,\"navn\":\"%s\"}",
                                   answer->body->len > 1 ? "," : "", *section + strlen("table "),
                                   name);
        }
    }
    g_string_append_c(answer->body, ']');
}

static void answer_call(const Question *question, FakeWorld *world, const FakeRequest *request,
                        const char *call, FakeAnswer *answer)
{
    if (strcmp(call, "filterSpec") == 0) {
        answer_specification(question, answer);
    } else if (strcmp(call, "filterVerdier") == 0) {
        answer_values(question, NULL, answer);
    } else if (strcmp(call, "filterStatus") == 0) {
        answer_values(question, fake_request_query(request, "filterId"), answer);
    } else if (strcmp(call, "sideData") == 0 || strcmp(call, "data") == 0) {
        answer_data(question, world, request, strcmp(call, "sideData") == 0, answer);
    } else {
        fake_answer_set(answer, 404, NULL, "");
    }
}

void fake_udir(FakeWorld *world, const FakeRequest *request, const char *rest, FakeAnswer *answer)
{
    g_auto(GStrv) steps = g_strsplit(rest, "/", 2);
    g_auto(Question) question = {0};
    if (*rest == '\0') {
        answer_tables(world->folder, answer);
    } else if (strcmp(rest, "format") == 0) {
        fake_answer_set(answer, 200, FAKE_JSON, "[{\"id\":0,\"navn\":\"JSON\"}]");
    } else if (steps[1] == NULL || !open_table(world->folder, steps[0], &question)) {
        fake_answer_set(answer, 404, FAKE_JSON, "{\"Message\":\"Ikke funnet\"}");
    } else if (!read_filter(fake_request_query(request, "filter"), &question)) {
        fake_answer_set(answer, 400, FAKE_JSON, "{\"Message\":\"The request is invalid.\"}");
    } else {
        answer_call(&question, world, request, steps[1], answer);
    }
}
