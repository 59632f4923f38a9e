/* PxWebApi v2 as sources.md, section 2 has it: routes, errors, rate headers and figures. */
#include "tests/upstream/pxweb2.h"

#include "tests/upstream/formats.h"
#include "tests/upstream/pxweb2_select.h"

#include <jansson.h>
#include <string.h>

enum { MAX_URL = 2100 };

/* How the figures are to look. */
typedef struct {
    char *format;
    char **params;
    char **heading; /* NULL: as the table has it */
    char **stub;
} Form;

static void form_clear(Form *form)
{
    g_free(form->format);
    g_strfreev(form->params);
    g_strfreev(form->heading);
    g_strfreev(form->stub);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Form, form_clear)

void fake_problem2(FakeAnswer *answer, guint status, const char *title, gboolean has_detail)
{
    fake_answer_set(answer, status, "application/problem+json; charset=utf-8", "");
    g_string_printf(answer->body, "{\"type\":\"Parameter error\",\"title\":\"%s\",\"status\":%u",
                    title, status);
    if (has_detail) {
        g_string_append_printf(answer->body, ",\"detail\":\"%s\"", title);
    }
    g_string_append_c(answer->body, '}');
}

static const char *const titles[] = {
    [FAKE_NO_VARIABLE] = "Non-existent variable",
    [FAKE_NO_VALUE] = "Non-existent value",
    [FAKE_NO_CODELIST] = "Non-existent codelist",
    [FAKE_ILLEGAL_EXPRESSION] = "Illegal selection expression",
    [FAKE_ILLEGAL_SELECTION] = "Illegal selection for mandantory variable",
    [FAKE_MISSING_SELECTION] = "Missing selection for mandantory variable",
};

/* "valuecodes[Region]" or "codelist[Region]", case ignored. The name of the variable (g_free), or
 * NULL. */
static char *inside_brackets(const char *key, const char *word)
{
    gsize size = strlen(word);
    gsize all = strlen(key);
    if (g_ascii_strncasecmp(key, word, size) != 0 || key[size] != '[' || key[all - 1] != ']') {
        return NULL;
    }
    return g_strndup(key + size + 1, all - size - 2);
}

static void read_address(const FakeRequest *request, GPtrArray *choices)
{
    for (guint i = 0; i < request->query->len; i++) {
        const FakePair *pair = g_ptr_array_index(request->query, i);
        g_autofree char *variable = inside_brackets(pair->name, "valuecodes");
        g_autofree char *listed = inside_brackets(pair->name, "codelist");
        if (variable != NULL) {
            fake_choice_split(fake_choice_of(choices, variable), pair->value);
        } else if (listed != NULL) {
            FakeChoice *choice = fake_choice_of(choices, listed);
            g_free(choice->codelist);
            choice->codelist = g_strdup(pair->value);
        }
    }
}

/* An array of texts; NULL when it is none. g_strfreev. */
static char **texts_of(const json_t *array)
{
    if (!json_is_array(array)) {
        return NULL;
    }
    GPtrArray *texts = g_ptr_array_new();
    for (gsize i = 0; i < json_array_size(array); i++) {
        const char *text = json_string_value(json_array_get(array, i));
        g_ptr_array_add(texts, g_strdup(text != NULL ? text : ""));
    }
    g_ptr_array_add(texts, NULL);
    return (char **)g_ptr_array_free(texts, FALSE);
}

static gboolean read_body(const FakeRequest *request, GPtrArray *choices, Form *form)
{
    json_t *body = json_loadb(request->body->str, request->body->len, 0, NULL);
    const json_t *selection = json_object_get(body, "selection");
    gboolean is_right = json_is_object(body) && (selection == NULL || json_is_array(selection));
    for (gsize i = 0; is_right && i < json_array_size(selection); i++) {
        const json_t *item = json_array_get(selection, i);
        const char *variable = json_string_value(json_object_get(item, "variableCode"));
        g_auto(GStrv) codes = texts_of(json_object_get(item, "valueCodes"));
        if (variable == NULL) {
            is_right = FALSE;
            break;
        }
        FakeChoice *choice = fake_choice_of(choices, variable);
        g_free(choice->codelist);
        choice->codelist = g_strdup(json_string_value(json_object_get(item, "codelist")));
        choice->is_given = codes != NULL;
        for (char **code = codes; code != NULL && *code != NULL; code++) {
            g_ptr_array_add(choice->codes, g_strdup(*code));
        }
    }
    const json_t *placement = json_object_get(body, "placement");
    if (is_right && json_is_object(placement)) {
        form->heading = texts_of(json_object_get(placement, "heading"));
        form->stub = texts_of(json_object_get(placement, "stub"));
    }
    json_decref(body);
    return is_right;
}

static void read_form(const FakeRequest *request, Form *form)
{
    const char *format = fake_request_query(request, "outputFormat");
    const char *names[] = {"heading", "stub"};
    char ***lists[] = {&form->heading, &form->stub};
    form->format = g_strdup(request->faults.px ? "px" : format != NULL ? format : "json-stat2");
    form->params = fake_request_list(request, "outputFormatParams");
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        if (*lists[i] == NULL && fake_request_query(request, names[i]) != NULL) {
            *lists[i] = fake_request_list(request, names[i]);
        }
    }
}

/* Heading and stub together name each shown variable at most once, and none that is not there. What
 * only a stub leaves over goes across. */
static gboolean place(const FakeCube *cube, Form *form)
{
    g_autoptr(GPtrArray) rest = g_ptr_array_new();
    char **const lists[] = {form->heading, form->stub};
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
        for (char **code = lists[i]; code != NULL && *code != NULL; code++) {
            if (**code != '\0' && fake_table_variable(cube->table, *code, FALSE, NULL) == NULL) {
                return FALSE;
            }
        }
    }
    for (char **code = form->heading; code != NULL && *code != NULL; code++) {
        if (form->stub != NULL && g_strv_contains((const char *const *)form->stub, *code)) {
            return FALSE;
        }
    }
    if (form->heading == NULL && form->stub != NULL) {
        for (guint i = 0; i < cube->axes->len; i++) {
            const char *code = fake_cube_axis(cube, i)->variable->code;
            if (!g_strv_contains((const char *const *)form->stub, code)) {
                g_ptr_array_add(rest, g_strdup(code));
            }
        }
        g_ptr_array_add(rest, NULL);
        form->heading = (char **)g_ptr_array_free(g_steal_pointer(&rest), FALSE);
    }
    return TRUE;
}

static gboolean set_param(FakeCsvForm *csv, const char *param)
{
    static const struct {
        const char *word;
        FakeLabels labels;
    } labels[] = {{"UseCodes", FAKE_CODES},
                  {"UseTexts", FAKE_TEXTS},
                  {"UseCodesAndTexts", FAKE_CODES_AND_TEXTS}};
    static const struct {
        const char *word;
        char separator;
    } separators[] = {{"SeparatorTab", '\t'}, {"SeparatorSpace", ' '}, {"SeparatorSemicolon", ';'}};
    for (gsize i = 0; i < G_N_ELEMENTS(labels); i++) {
        if (g_ascii_strcasecmp(param, labels[i].word) == 0) {
            csv->labels = labels[i].labels;
            return TRUE;
        }
    }
    for (gsize i = 0; i < G_N_ELEMENTS(separators); i++) {
        if (g_ascii_strcasecmp(param, separators[i].word) == 0) {
            csv->separator = separators[i].separator;
            return TRUE;
        }
    }
    csv->has_title = csv->has_title || g_ascii_strcasecmp(param, "IncludeTitle") == 0;
    return g_ascii_strcasecmp(param, "IncludeTitle") == 0;
}

static void send_csv(const FakeCube *cube, const FakeRequest *request, const Form *form,
                     FakeAnswer *answer)
{
    FakeCsvForm csv = {.labels = FAKE_TEXTS, .separator = ',', .heading = form->heading};
    for (guint i = 0; i < request->query->len; i++) {
        const FakePair *pair = g_ptr_array_index(request->query, i);
        gboolean is_param = g_ascii_strcasecmp(pair->name, "outputFormatParams") == 0;
        g_auto(GStrv) words = g_strsplit(is_param ? pair->value : "", ",", -1);
        for (char **word = words; *word != NULL; word++) {
            if (!set_param(&csv, *word)) {
                fake_problem2(answer, 400, "Unsupported output format", TRUE);
                return;
            }
        }
    }
    fake_answer_set(answer, 200, "text/csv; charset=iso-8859-1", "");
    fake_write_csv(cube, &csv, answer->body);
    fake_answer_to_latin1(answer);
}

static void send_cube(const FakeCube *cube, const FakeRequest *request, const Form *form,
                      FakeAnswer *answer)
{
    static const char *const not_played[] = {"xlsx", "html", "json-px", "parquet", NULL};
    if (strcmp(form->format, "json-stat2") == 0 && form->params[0] == NULL) {
        fake_answer_set(answer, 200, FAKE_JSON, "");
        fake_write_jsonstat2(cube, answer->body);
    } else if (strcmp(form->format, "csv") == 0) {
        send_csv(cube, request, form, answer);
    } else if (strcmp(form->format, "px") == 0) {
        fake_answer_set(answer, 200, "application/octet-stream", "");
        fake_write_px(cube, request->moment.now, answer->body);
        fake_answer_to_latin1(answer);
    } else if (g_strv_contains(not_played, form->format)) {
        fake_answer_set(answer, 501, "text/plain", "SSB has this format, the fake does not");
    } else {
        fake_problem2(answer, 400, "Unsupported output format", TRUE);
    }
}

static void answer_data(const FakeWorld *world, const FakeTable *table, const FakeRequest *request,
                        FakeAnswer *answer)
{
    g_autoptr(GPtrArray) choices = g_ptr_array_new_with_free_func(fake_choice_free);
    g_auto(Form) form = {0};
    gboolean is_post = strcmp(request->method, "POST") == 0;
    if (is_post && !read_body(request, choices, &form)) {
        fake_problem2(answer, 400, "Illegal selection expression", FALSE);
        return;
    }
    if (!is_post) {
        read_address(request, choices);
    }
    read_form(request, &form);
    g_autoptr(FakeCube) cube = fake_cube_new(table);
    FakeSelected selected = fake_select2(cube, choices);
    if (selected == FAKE_REPEATED) {
        fake_answer_set(answer, 500, NULL, "");
    } else if (selected != FAKE_SELECTED) {
        fake_problem2(answer, 400, titles[selected], FALSE);
    } else if (fake_cube_size(cube) > (guint64)world->max_cells) {
        fake_problem2(answer, 400, "Too many cells selected", TRUE);
    } else if (!place(cube, &form)) {
        fake_problem2(answer, 400, "Illegal placment", FALSE);
    } else {
        send_cube(cube, request, &form, answer);
    }
}

static void answer_table(const FakeWorld *world, const FakeRequest *request, const char *below,
                         FakeAnswer *answer)
{
    g_auto(GStrv) steps = g_strsplit(below, "/", 2);
    const char *id = steps[0];
    const char *call = steps[1] != NULL ? steps[1] : "";
    g_autoptr(FakeTable) table =
        fake_table_read(world->folder, world->country, id, &request->moment, NULL);
    if (table == NULL) {
        fake_problem2(answer, 404, "Non-existent table", FALSE);
        answer->status = request->faults.missing_400 ? 400 : 404;
    } else if (*call == '\0') {
        fake_table2(world, table, answer);
    } else if (strcmp(call, "metadata") == 0) {
        g_autofree char *base = g_strconcat(world->url, FAKE_API2, NULL);
        fake_answer_set(answer, 200, FAKE_JSON, "");
        fake_write_metadata2(table, base, answer->body);
    } else if (strcmp(call, "defaultselection") == 0) {
        fake_default_selection2(table, answer);
    } else if (strcmp(call, "data") == 0) {
        answer_data(world, table, request, answer);
    } else {
        fake_answer_set(answer, 404, NULL, "");
    }
}

static gsize url_size(const FakeRequest *request)
{
    const char *host = fake_request_header(request, "host");
    return strlen("http://") + (host != NULL ? strlen(host) : 0) + strlen(request->uri);
}

/* Counts the call and writes the headers. FALSE when it is one too many; whether SSB then tells how
 * long to wait is not known, so the fake does not. */
static gboolean take_rate(FakeWorld *world, FakeAnswer *answer)
{
    const FakeRate *rate = &world->rate2;
    gboolean is_allowed = fake_rate_take(&world->rate2);
    if (rate->limit > 0) {
        g_autofree char *limit = g_strdup_printf("%" G_GINT64_FORMAT, rate->limit);
        g_autofree char *policy =
            g_strdup_printf("%s;w=%" G_GINT64_FORMAT "s", limit, rate->window_s);
        g_autofree char *left = g_strdup_printf("%" G_GINT64_FORMAT, fake_rate_left(rate));
        fake_answer_header(answer, "x-ratelimit-limit", limit);
        fake_answer_header(answer, "x-ratelimit-policy", policy);
        fake_answer_header(answer, "x-ratelimit-remaining", left);
        fake_answer_header(answer, "x-ratelimit-resource", "SB_API_1MIN");
    }
    return is_allowed;
}

void fake_pxweb2(FakeWorld *world, const FakeRequest *request, const char *rest, FakeAnswer *answer)
{
    if (strcmp(rest, "config") == 0) {
        fake_config2(world, answer);
        return;
    }
    if (url_size(request) > MAX_URL) {
        fake_answer_set(answer, 404, "text/html", "<html><body>Not Found</body></html>");
        return;
    }
    if (!take_rate(world, answer)) {
        fake_answer_set(answer, 429, NULL, "");
        return;
    }
    if (strcmp(rest, "tables") == 0 || strcmp(rest, "tables/") == 0) {
        fake_tables2(world, request, answer);
    } else if (g_str_has_prefix(rest, "tables/")) {
        answer_table(world, request, rest + strlen("tables/"), answer);
    } else if (g_ascii_strncasecmp(rest, "codelists/", strlen("codelists/")) == 0) {
        fake_codelist2(world, request, rest + strlen("codelists/"), answer);
    } else {
        fake_answer_set(answer, 404, NULL, "");
    }
}
