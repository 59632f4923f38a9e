/** Statements of RDF as a Turtle document, by serd. Statements about one subject follow each other;
 * they stand in the document in the order they were made. */
#ifndef SP_CORE_IO_TURTLE_H
#define SP_CORE_IO_TURTLE_H

#include <glib.h>

typedef struct SpTurtle SpTurtle;

typedef struct {
    const char *name; /* "dct" */
    const char *uri;  /* "http://purl.org/dc/terms/" */
} SpPrefix;

/** Predicates, classes and datatypes are written "dct:title", by these prefixes [n]; `xsd` is among
 * them when something is typed. Ended by sp_turtle_finish. */
SpTurtle *sp_turtle_new(const SpPrefix prefixes[], gsize n);

/** What the statements that follow are about: a URI, perhaps relative, or "_:x", a node without
 * one. */
void sp_turtle_about(SpTurtle *turtle, const char *subject);
/** An object that is a URI, perhaps relative, or a node "_:x". */
void sp_turtle_put(SpTurtle *turtle, const char *predicate, const char *uri);
/** One that is written by a prefix: a class, a name of a vocabulary. */
void sp_turtle_put_name(SpTurtle *turtle, const char *predicate, const char *name);
/** A text in a language, "nb"; NULL: in none. */
void sp_turtle_put_text(SpTurtle *turtle, const char *predicate, const char *text,
                        const char *language);
/** A value of a type: "2026-02-25" of "xsd:date". */
void sp_turtle_put_typed(SpTurtle *turtle, const char *predicate, const char *text,
                         const char *type);

/** The document, and frees. NULL with SP_ERROR_DATA when something could not be written as Turtle:
 * text that is not UTF-8, a URI that is none (sp_turtle_is_uri). g_free. */
char *sp_turtle_finish(SpTurtle *turtle, GError **error);
/** Frees without a word, for the error path. */
void sp_turtle_free(SpTurtle *turtle);

/** TRUE for a whole URI that may stand in a document: a scheme, and none of the characters that no
 * URI has. */
gboolean sp_turtle_is_uri(const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpTurtle, sp_turtle_free)

#endif
