/* Turtle by serd. */
#include "core/io/turtle.h"

#include "core/error.h"

#include <serd/serd.h>

#include <string.h>

struct SpTurtle {
    SerdEnv *env;
    SerdWriter *writer;
    SerdChunk chunk;
    char *subject;
    char *failed; /* the first object that could not be written; NULL */
};

static const guint8 *bytes_of(const char *text)
{
    return (const guint8 *)text;
}

/* What fails is told by `failed`, with what it was. */
static SerdStatus ignore(void *handle, const SerdError *failure)
{
    (void)handle;
    return failure->status;
}

SpTurtle *sp_turtle_new(const SpPrefix prefixes[], gsize n)
{
    SpTurtle *turtle = g_new0(SpTurtle, 1);
    turtle->env = serd_env_new(NULL);
    turtle->writer = serd_writer_new(SERD_TURTLE, SERD_STYLE_ABBREVIATED, turtle->env, NULL,
                                     serd_chunk_sink, &turtle->chunk);
    g_assert(turtle->env != NULL && turtle->writer != NULL);
    serd_writer_set_error_sink(turtle->writer, ignore, NULL);
    for (gsize i = 0; i < n; i++) {
        SerdNode name = serd_node_from_string(SERD_LITERAL, bytes_of(prefixes[i].name));
        SerdNode uri = serd_node_from_string(SERD_URI, bytes_of(prefixes[i].uri));
        serd_writer_set_prefix(turtle->writer, &name, &uri);
    }
    return turtle;
}

void sp_turtle_free(SpTurtle *turtle)
{
    if (turtle == NULL) {
        return;
    }
    serd_writer_free(turtle->writer);
    serd_env_free(turtle->env);
    serd_free(serd_chunk_sink_finish(&turtle->chunk));
    g_free(turtle->subject);
    g_free(turtle->failed);
    g_free(turtle);
}

/* A URI has no blank and none of these; a backslash would begin an escape. */
static gboolean has_uri_characters(const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        if ((guchar)*c <= ' ' || strchr("<>\"{}|^`\\\x7f", *c) != NULL) {
            return FALSE;
        }
    }
    return g_utf8_validate(text, -1, NULL);
}

gboolean sp_turtle_is_uri(const char *text)
{
    return serd_uri_string_has_scheme(bytes_of(text)) && has_uri_characters(text);
}

/* "_:x" or a URI. */
static SerdNode resource(const char *text)
{
    return g_str_has_prefix(text, "_:") ? serd_node_from_string(SERD_BLANK, bytes_of(text + 2))
                                        : serd_node_from_string(SERD_URI, bytes_of(text));
}

static void state(SpTurtle *turtle, const char *predicate, SerdNode object, const SerdNode *type,
                  const SerdNode *language)
{
    const char *text = (const char *)object.buf;
    SerdNode subject = resource(turtle->subject);
    SerdNode verb = serd_node_from_string(SERD_CURIE, bytes_of(predicate));
    gboolean is_good = g_utf8_validate(text, -1, NULL) &&
                       (object.type != SERD_URI || has_uri_characters(text)) &&
                       (subject.type != SERD_URI || has_uri_characters(turtle->subject));
    if (turtle->failed == NULL &&
        (!is_good || serd_writer_write_statement(turtle->writer, 0, NULL, &subject, &verb, &object,
                                                 type, language) != SERD_SUCCESS)) {
        g_autofree char *shown = g_utf8_make_valid(text, -1);
        turtle->failed = g_strdup_printf("%s \"%s\"", predicate, shown);
    }
}

void sp_turtle_about(SpTurtle *turtle, const char *subject)
{
    g_free(turtle->subject);
    turtle->subject = g_strdup(subject);
}

void sp_turtle_put(SpTurtle *turtle, const char *predicate, const char *uri)
{
    state(turtle, predicate, resource(uri), NULL, NULL);
}

void sp_turtle_put_name(SpTurtle *turtle, const char *predicate, const char *name)
{
    state(turtle, predicate, serd_node_from_string(SERD_CURIE, bytes_of(name)), NULL, NULL);
}

void sp_turtle_put_text(SpTurtle *turtle, const char *predicate, const char *text,
                        const char *language)
{
    SerdNode tag =
        language == NULL ? SERD_NODE_NULL : serd_node_from_string(SERD_LITERAL, bytes_of(language));
    state(turtle, predicate, serd_node_from_string(SERD_LITERAL, bytes_of(text)), NULL,
          language == NULL ? NULL : &tag);
}

void sp_turtle_put_typed(SpTurtle *turtle, const char *predicate, const char *text,
                         const char *type)
{
    SerdNode of = serd_node_from_string(SERD_CURIE, bytes_of(type));
    state(turtle, predicate, serd_node_from_string(SERD_LITERAL, bytes_of(text)), &of, NULL);
}

char *sp_turtle_finish(SpTurtle *turtle, GError **error)
{
    g_autoptr(SpTurtle) own = turtle;
    if (own->failed == NULL && serd_writer_finish(own->writer) != SERD_SUCCESS) {
        own->failed = g_strdup("its end");
    }
    if (own->failed != NULL) {
        sp_error_set(error, SP_ERROR_DATA, "%s cannot be written as Turtle: not UTF-8, or no URI",
                     own->failed);
        return NULL;
    }
    guint8 *bytes = serd_chunk_sink_finish(&own->chunk);
    char *text = g_strdup((const char *)bytes);
    serd_free(bytes);
    own->chunk = (SerdChunk){NULL, 0};
    return text;
}
