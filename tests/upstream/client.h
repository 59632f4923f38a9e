/** What the tests ask the fake with: core/io/http, one try unless a test wants more. */
#ifndef SP_TESTS_UPSTREAM_CLIENT_H
#define SP_TESTS_UPSTREAM_CLIENT_H

#include "tests/check.h"
#include "tests/upstream/fake.h"

#include "core/io/http.h"
#include "core/io/json.h"

static inline FakeUpstream *fake_start(void)
{
    g_autoptr(GError) error = NULL;
    FakeUpstream *fake = fake_upstream_start(&error);
    assert_no_error(error);
    return fake;
}

static inline SpHttpResponse *try_fetch(const FakeUpstream *fake, const char *path,
                                        SpHttpRequest request, GError **error)
{
    g_autofree char *url = fake_upstream_address(fake, path);
    request.url = url;
    request.tries.n = request.tries.n > 0 ? request.tries.n : 1;
    request.tries.first_wait_ms = 1;
    request.content_type = request.body != NULL ? "application/json" : NULL;
    return sp_http_fetch(&request, error);
}

static inline SpHttpResponse *get(const FakeUpstream *fake, const char *path, const char *accept)
{
    g_autoptr(GError) error = NULL;
    SpHttpResponse *response = try_fetch(fake, path, (SpHttpRequest){.accept = accept}, &error);
    assert_no_error(error);
    return response;
}

static inline SpHttpResponse *post(const FakeUpstream *fake, const char *path, const char *body)
{
    g_autoptr(GError) error = NULL;
    SpHttpResponse *response = try_fetch(fake, path, (SpHttpRequest){.body = body}, &error);
    assert_no_error(error);
    return response;
}

/** The body as a text that ends. g_free. */
static inline char *text_of(const SpHttpResponse *response)
{
    gsize size = 0;
    const char *bytes = g_bytes_get_data(response->body, &size);
    return g_strndup(bytes != NULL ? bytes : "", size);
}

static inline json_t *json_of(const SpHttpResponse *response)
{
    g_autoptr(GError) error = NULL;
    gsize size = 0;
    const char *bytes = g_bytes_get_data(response->body, &size);
    json_t *json = sp_json_parse(bytes, size, response->url, &error);
    assert_no_error(error);
    return json;
}

/** A GET that answers 200 with JSON. */
static inline json_t *get_json(const FakeUpstream *fake, const char *path)
{
    g_autoptr(SpHttpResponse) response = get(fake, path, "application/json");
    if (response->status != 200) {
        g_autofree char *text = text_of(response);
        fail_msg("%s: status %d, %s", path, response->status, text);
    }
    return json_of(response);
}

static inline void assert_answer(SpHttpResponse *response, int status, const char *body)
{
    g_autoptr(SpHttpResponse) owned = response;
    g_autofree char *text = text_of(owned);
    assert_string_equal(text, body);
    assert_int_equal(owned->status, status);
}

static inline const char *header_of(const SpHttpResponse *response, const char *name)
{
    const char *value = g_hash_table_lookup(response->headers, name);
    return value != NULL ? value : "";
}

/** A member as text, "" when there is none. */
static inline const char *text_at(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text != NULL ? text : "";
}

static inline double value_at(const json_t *dataset, gsize i)
{
    return json_number_value(json_array_get(json_object_get(dataset, "value"), i));
}

/** The sign in the place of figure `i`, "" when there is none. */
static inline const char *sign_at(const json_t *dataset, const char *i)
{
    return text_at(json_object_get(dataset, "status"), i);
}

/** The texts of an array, joined by blanks. g_free. */
static inline char *join(const json_t *array)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (gsize i = 0; i < json_array_size(array); i++) {
        g_string_append_printf(text, "%s%s", i > 0 ? " " : "",
                               json_string_value(json_array_get(array, i)));
    }
    return g_strdup(text->str);
}

/** The codes of a dimension in the order of their places, joined by blanks. g_free. */
static inline char *codes_of(const json_t *dataset, const char *dimension)
{
    const json_t *index = json_object_get(
        json_object_get(json_object_get(json_object_get(dataset, "dimension"), dimension),
                        "category"),
        "index");
    g_autoptr(GPtrArray) codes = g_ptr_array_new();
    g_ptr_array_set_size(codes, (gint)json_object_size(index) + 1);
    const char *code = NULL;
    json_t *place = NULL;
    json_object_foreach((json_t *)index, code, place)
    {
        codes->pdata[json_integer_value(place)] = (gpointer)code;
    }
    return g_strjoinv(" ", (char **)codes->pdata);
}

#endif
