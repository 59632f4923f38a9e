/* PX to rows. */
#include "extractors/ssb/px.h"

#include "extractors/ssb/jsonstat.h"
#include "extractors/ssb/jsonstat_dimensions.h"
#include "extractors/ssb/oslo.h"
#include "extractors/ssb/px_text.h"

#include "core/error.h"
#include "core/number.h"

#include <string.h>

enum { N_SYMBOLS = 7 };

typedef struct {
    const char *name;       /* the code of the variable, or its text */
    const GPtrArray *codes; /* char* */
    const GPtrArray *texts; /* char*: VALUES, the same number; for KEYS */
    gboolean has_key;       /* in KEYS */
    gboolean is_keyed_by_text;
} Variable;

typedef struct {
    const char *origin;
    const GPtrArray *keywords;
    Variable at[SP_JSONSTAT_MAX_DIMENSIONS];
    gsize n;
    gsize n_stub;
    gsize n_cells;
    const char *symbols[N_SYMBOLS]; /* what N dots stand for; [0] is NIL */
} Px;

/* One cell of DATA: a figure, or a text in quotes. */
typedef struct {
    const char *text;
    gsize size;
    gboolean is_quoted;
} Token;

typedef struct {
    const char *at;
    guint line;
} Data;

static gboolean refuse(const Px *px, guint line, const char *what, GError **error)
{
    return sp_error_set(error, SP_ERROR_DATA, "%s: line %u: %s; fetch the table again", px->origin,
                        line, what);
}

/* The keyword in the file's own language, NULL if there is none. */
static const SpPxKeyword *find(const Px *px, const char *name, const char *subject)
{
    for (guint i = 0; i < px->keywords->len; i++) {
        const SpPxKeyword *keyword = g_ptr_array_index(px->keywords, i);
        if (keyword->language == NULL && strcmp(keyword->name, name) == 0 &&
            (subject == NULL || g_strcmp0(keyword->subject, subject) == 0)) {
            return keyword;
        }
    }
    return NULL;
}

static const char *first_value(const SpPxKeyword *keyword)
{
    return keyword != NULL && keyword->values->len > 0 ? g_ptr_array_index(keyword->values, 0)
                                                       : NULL;
}

static gboolean check_codes(const Px *px, const SpPxKeyword *keyword, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < keyword->values->len; i++) {
        const char *code = g_ptr_array_index(keyword->values, i);
        if (*code == '\0' || !g_hash_table_add(seen, (gpointer)code)) {
            return refuse(px, keyword->line, "a code that is empty or comes twice", error);
        }
    }
    return TRUE;
}

static gboolean add_variable(Px *px, const char *text, guint line, GError **error)
{
    const SpPxKeyword *values = find(px, "VALUES", text);
    const SpPxKeyword *codes = find(px, "CODES", text);
    const char *name = first_value(find(px, "VARIABLECODE", text));
    const char *keys = first_value(find(px, "KEYS", text));
    codes = codes != NULL ? codes : values;
    values = values != NULL ? values : codes;
    if (px->n == SP_JSONSTAT_MAX_DIMENSIONS || codes == NULL || codes->values->len == 0 ||
        codes->values->len != values->values->len) {
        return refuse(px, line,
                      "a variable without codes, or with others than texts, or too many variables",
                      error);
    }
    if (!check_codes(px, codes, error)) {
        return FALSE;
    }
    Variable *variable = &px->at[px->n++];
    *variable = (Variable){.name = name != NULL ? name : text,
                           .codes = codes->values,
                           .texts = values->values,
                           .has_key = keys != NULL,
                           .is_keyed_by_text = g_strcmp0(keys, "VALUES") == 0};
    guint64 product = (guint64)px->n_cells * codes->values->len;
    if (product > SP_JSONSTAT_MAX_CELLS) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: more than %d cells; fetch the table in parts", px->origin,
                            SP_JSONSTAT_MAX_CELLS);
    }
    px->n_cells = (gsize)product;
    return TRUE;
}

static gboolean add_variables(Px *px, const char *list, GError **error)
{
    const SpPxKeyword *keyword = find(px, list, NULL);
    for (guint i = 0; keyword != NULL && i < keyword->values->len; i++) {
        if (!add_variable(px, g_ptr_array_index(keyword->values, i), keyword->line, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static void read_symbols(Px *px)
{
    static const char *const dots[N_SYMBOLS] = {"-", ".", "..", "...", "....", ".....", "......"};
    for (gsize i = 0; i < N_SYMBOLS; i++) {
        g_autofree char *name =
            i == 0 ? g_strdup("DATASYMBOLNIL") : g_strdup_printf("DATASYMBOL%d", (int)i);
        const char *told = first_value(find(px, name, NULL));
        px->symbols[i] = told != NULL ? told : dots[i];
    }
}

/* A text in quotes in the place of a figure; ".." for the empty one. */
static SpField symbol_of(const Px *px, const Token *token)
{
    const char *symbol = NULL;
    if (token->size == 0) {
        symbol = "..";
    } else if (token->size == 1 && *token->text == '-') {
        symbol = px->symbols[0];
    } else if (token->size < N_SYMBOLS && strspn(token->text, ".") >= token->size) {
        symbol = px->symbols[token->size];
    }
    if (symbol == NULL) {
        return (SpField){token->text, token->size};
    }
    symbol = *symbol != '\0' ? symbol : "..";
    return (SpField){symbol, strlen(symbol)};
}

/* The next cell or key, none at the semicolon (`text` NULL). */
static gboolean next_token(const Px *px, Data *data, Token *token, GError **error)
{
    *token = (Token){NULL, 0, FALSE};
    while (*data->at != '\0' && (g_ascii_isspace(*data->at) || *data->at == ',')) {
        data->line += *data->at == '\n';
        data->at++;
    }
    if (*data->at == ';') {
        return TRUE;
    }
    if (*data->at == '\0') {
        return refuse(px, data->line, "the figures break off", error);
    }
    token->is_quoted = *data->at == '"';
    token->text = data->at + (token->is_quoted ? 1 : 0);
    token->size = strcspn(token->text, token->is_quoted ? "\"" : " \t\r\n,;\"");
    data->at = token->text + token->size;
    if (token->is_quoted && *data->at != '"') {
        return refuse(px, data->line, "a quote that does not end", error);
    }
    data->at += token->is_quoted ? 1 : 0;
    return TRUE;
}

static gboolean begin(const Px *px, SpSink *sink, GError **error)
{
    const char *names[SP_JSONSTAT_MAX_DIMENSIONS + 2] = {NULL};
    for (gsize i = 0; i < px->n; i++) {
        names[i] = px->at[i].name;
    }
    names[px->n] = "value";
    names[px->n + 1] = "status";
    return sink->begin(sink, names, px->n + 2, error);
}

/* Row `place` of the cube; `token` NULL is a cell of a row that was left out. */
static gboolean emit(const Px *px, gsize place, const Token *token, guint line, SpSink *sink,
                     GError **error)
{
    SpField fields[SP_JSONSTAT_MAX_DIMENSIONS + 2];
    double value = 0;
    gsize rest = place;
    for (gsize i = px->n; i-- > 0;) {
        const char *code = g_ptr_array_index(px->at[i].codes, rest % px->at[i].codes->len);
        rest /= px->at[i].codes->len;
        fields[i] = (SpField){code, strlen(code)};
    }
    const Token zero = {"0", 1, FALSE};
    token = token != NULL ? token : &zero;
    if (token->is_quoted) {
        fields[px->n] = (SpField){"", 0};
        fields[px->n + 1] = symbol_of(px, token);
    } else if (sp_number_parse(token->text, token->size, sp_number_plain, &value)) {
        fields[px->n] = (SpField){token->text, token->size};
        fields[px->n + 1] = (SpField){"", 0};
    } else {
        return refuse(px, line, "something in the data that is no figure", error);
    }
    return sink->row(sink, place + 1, fields, px->n + 2, error);
}

/* A cell or key where there must be one. */
static gboolean need_token(const Px *px, Data *data, Token *token, GError **error)
{
    return next_token(px, data, token, error) &&
           (token->text != NULL ||
            refuse(px, data->line, "fewer figures than the codes make", error));
}

static gboolean emit_full(const Px *px, Data *data, SpSink *sink, GError **error)
{
    Token token;
    for (gsize i = 0; i < px->n_cells; i++) {
        if (!need_token(px, data, &token, error) || !emit(px, i, &token, data->line, sink, error)) {
            return FALSE;
        }
    }
    return next_token(px, data, &token, error) &&
           (token.text == NULL ||
            refuse(px, data->line, "more figures than the codes make", error));
}

/* The row of the stub that the keys before it name, the first of which is in `token`. */
static gboolean read_keys(const Px *px, Data *data, Token *token, gsize *stub_row, GError **error)
{
    *stub_row = 0;
    for (gsize v = 0; v < px->n_stub; v++) {
        const Variable *variable = &px->at[v];
        const GPtrArray *names = variable->is_keyed_by_text ? variable->texts : variable->codes;
        guint place = 0;
        if (v > 0 && !need_token(px, data, token, error)) {
            return FALSE;
        }
        while (place < names->len &&
               (strlen(g_ptr_array_index(names, place)) != token->size ||
                memcmp(g_ptr_array_index(names, place), token->text, token->size) != 0)) {
            place++;
        }
        if (place == names->len) {
            return refuse(px, data->line, "a key that is no code of its variable", error);
        }
        *stub_row = *stub_row * names->len + place;
    }
    return TRUE;
}

/* Rows that a sparse file leaves out hold zeros alone, which is why they were left out. */
static gboolean fill(const Px *px, gsize from, gsize to, SpSink *sink, GError **error)
{
    for (gsize i = from; i < to; i++) {
        if (!emit(px, i, NULL, 0, sink, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean emit_sparse(const Px *px, Data *data, SpSink *sink, GError **error)
{
    gsize width = 1;
    for (gsize v = px->n_stub; v < px->n; v++) {
        width *= px->at[v].codes->len;
    }
    gsize next = 0;
    for (;;) {
        Token token;
        gsize row = 0;
        if (!next_token(px, data, &token, error)) {
            return FALSE;
        }
        if (token.text == NULL) {
            return fill(px, next, px->n_cells, sink, error);
        }
        if (!read_keys(px, data, &token, &row, error)) {
            return FALSE;
        }
        if (row * width < next) {
            return refuse(px, data->line, "a row that comes twice or out of order", error);
        }
        if (!fill(px, next, row * width, sink, error)) {
            return FALSE;
        }
        for (next = row * width; next < (row + 1) * width; next++) {
            if (!need_token(px, data, &token, error) ||
                !emit(px, next, &token, data->line, sink, error)) {
                return FALSE;
            }
        }
    }
}

/* The newest time of all contents. g_free. */
static char *read_updated(const Px *px)
{
    char *newest = NULL;
    for (guint i = 0; i < px->keywords->len; i++) {
        const SpPxKeyword *keyword = g_ptr_array_index(px->keywords, i);
        const char *text = strcmp(keyword->name, "LAST-UPDATED") == 0 ? first_value(keyword) : NULL;
        char *time = text != NULL ? sp_oslo_to_utc(text) : NULL;
        if (time != NULL && g_strcmp0(time, newest) > 0) {
            g_free(newest);
            newest = time;
        } else {
            g_free(time);
        }
    }
    return newest;
}

static gboolean read_variables(Px *px, GError **error)
{
    px->n_cells = 1;
    if (!add_variables(px, "STUB", error)) {
        return FALSE;
    }
    px->n_stub = px->n;
    if (!add_variables(px, "HEADING", error)) {
        return FALSE;
    }
    if (px->n == 0) {
        return refuse(px, 1, "neither STUB nor HEADING", error);
    }
    read_symbols(px);
    return TRUE;
}

gboolean sp_px_parse(const char *bytes, gsize size, const char *origin, SpSink *sink,
                     char **updated, GError **error)
{
    *updated = NULL;
    gsize text_size = 0;
    Data data = {0};
    g_autofree char *text = sp_px_decode(bytes, size, origin, &text_size, error);
    if (text == NULL) {
        return FALSE;
    }
    g_autoptr(GPtrArray) keywords = sp_px_keywords(text, origin, &data.at, &data.line, error);
    Px px = {.origin = origin, .keywords = keywords};
    if (keywords == NULL || !read_variables(&px, error) || !begin(&px, sink, error)) {
        return FALSE;
    }
    gboolean is_sparse = px.n_stub > 0 && px.at[0].has_key;
    if (!(is_sparse ? emit_sparse(&px, &data, sink, error) : emit_full(&px, &data, sink, error))) {
        return FALSE;
    }
    *updated = read_updated(&px);
    return TRUE;
}
