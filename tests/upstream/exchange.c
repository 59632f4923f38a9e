/* Questions taken apart, answers put together. */
#include "tests/upstream/exchange.h"

#include <string.h>

static void pair_free(gpointer data)
{
    FakePair *pair = data;
    g_free(pair->name);
    g_free(pair->value);
    g_free(pair);
}

/* Percent-decoded; text that is not valid stays as it was sent. */
static char *decode(const char *text, gsize size, gboolean is_query)
{
    g_autofree char *copy = g_strndup(text, size);
    for (char *c = copy; is_query && *c != '\0'; c++) {
        if (*c == '+') {
            *c = ' ';
        }
    }
    char *decoded = g_uri_unescape_string(copy, NULL);
    return decoded != NULL ? decoded : g_strdup(copy);
}

static void add_pair(GPtrArray *pairs, char *name, char *value)
{
    FakePair *pair = g_new0(FakePair, 1);
    pair->name = name;
    pair->value = value;
    g_ptr_array_add(pairs, pair);
}

FakeRequest *fake_request_new(const char *method, const char *uri)
{
    FakeRequest *request = g_new0(FakeRequest, 1);
    gsize path_size = strcspn(uri, "?");
    request->method = g_strdup(method);
    request->uri = g_strdup(uri);
    request->path = decode(uri, path_size, FALSE);
    request->query = g_ptr_array_new_with_free_func(pair_free);
    request->headers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    request->body = g_string_new(NULL);
    request->moment.faults = &request->faults;
    g_auto(GStrv) pieces = g_strsplit(uri[path_size] == '?' ? uri + path_size + 1 : "", "&", -1);
    for (char **piece = pieces; *piece != NULL; piece++) {
        gsize size = strcspn(*piece, "=");
        const char *value = *piece + size + ((*piece)[size] == '=' ? 1 : 0);
        if (**piece != '\0') {
            add_pair(request->query, decode(*piece, size, TRUE),
                     decode(value, strlen(value), TRUE));
        }
    }
    return request;
}

void fake_request_free(FakeRequest *request)
{
    if (request == NULL) {
        return;
    }
    g_free(request->method);
    g_free(request->uri);
    g_free(request->path);
    g_ptr_array_unref(request->query);
    g_hash_table_unref(request->headers);
    g_string_free(request->body, TRUE);
    fake_faults_clear(&request->faults);
    g_free(request);
}

const char *fake_request_header(const FakeRequest *request, const char *name)
{
    return g_hash_table_lookup(request->headers, name);
}

const char *fake_request_query(const FakeRequest *request, const char *name)
{
    for (guint i = 0; i < request->query->len; i++) {
        const FakePair *pair = g_ptr_array_index(request->query, i);
        if (g_ascii_strcasecmp(pair->name, name) == 0) {
            return pair->value;
        }
    }
    return NULL;
}

char **fake_request_list(const FakeRequest *request, const char *name)
{
    const char *text = fake_request_query(request, name);
    return g_strsplit(text != NULL ? text : "", ",", -1);
}

const char *fake_request_below(const FakeRequest *request, const char *prefix)
{
    return g_str_has_prefix(request->path, prefix) ? request->path + strlen(prefix) : NULL;
}

FakeAnswer *fake_answer_new(void)
{
    FakeAnswer *answer = g_new0(FakeAnswer, 1);
    answer->status = 200;
    answer->body = g_string_new(NULL);
    answer->headers = g_ptr_array_new_with_free_func(pair_free);
    return answer;
}

void fake_answer_free(FakeAnswer *answer)
{
    if (answer == NULL) {
        return;
    }
    g_free(answer->type);
    g_string_free(answer->body, TRUE);
    g_ptr_array_unref(answer->headers);
    g_free(answer);
}

void fake_answer_header(FakeAnswer *answer, const char *name, const char *value)
{
    add_pair(answer->headers, g_strdup(name), g_strdup(value));
}

void fake_answer_set(FakeAnswer *answer, guint status, const char *type, const char *text)
{
    answer->status = status;
    char *copy = g_strdup(type); /* may be the answer's own */
    g_free(answer->type);
    answer->type = copy;
    g_string_assign(answer->body, text);
}

void fake_answer_to_latin1(FakeAnswer *answer)
{
    gsize size = 0;
    g_autofree char *bytes = g_convert_with_fallback(answer->body->str, (gssize)answer->body->len,
                                                     "ISO-8859-1", "UTF-8", "?", NULL, &size, NULL);
    if (bytes != NULL) {
        g_string_truncate(answer->body, 0);
        g_string_append_len(answer->body, bytes, (gssize)size);
    }
}
