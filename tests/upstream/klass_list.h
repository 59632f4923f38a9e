/** A list of KLASS in the three forms it is told in. */
#ifndef SP_TESTS_UPSTREAM_KLASS_LIST_H
#define SP_TESTS_UPSTREAM_KLASS_LIST_H

#include "tests/upstream/exchange.h"

enum { FAKE_KLASS_FIELDS = 11 };

/** The names of one kind of list. Fields come in the order of the publisher. */
typedef struct {
    const char *json;                      /* member that holds the items: "codes" */
    const char *xml;                       /* element around all: "codeList" */
    const char *xml_item;                  /* "codeItem" */
    const char *fields[FAKE_KLASS_FIELDS]; /* up to NULL */
} FakeKlassKind;

extern const FakeKlassKind fake_klass_codes;    /* with the range columns */
extern const FakeKlassKind fake_klass_codes_at; /* without */
extern const FakeKlassKind fake_klass_changes;
extern const FakeKlassKind fake_klass_correspondence;
extern const FakeKlassKind fake_klass_maps; /* of a correspondence table */

typedef enum { FAKE_KLASS_XML, FAKE_KLASS_JSON, FAKE_KLASS_CSV } FakeKlassForm;

/** By the suffix of the path if it has one, else by Accept; XML when neither tells. */
FakeKlassForm fake_klass_form(const FakeRequest *request);

/** `items`: char ** each, as many texts as the kind has fields, NULL for none: null, an empty
 * element, an empty field without quotes. CSV with its own rules: csvSeparator, csvFields (FALSE
 * for a name that is not a field), no line breaks or double quotes inside, ISO-8859-1 unless
 * Accept asks for UTF-8. */
gboolean fake_klass_send(const FakeKlassKind *kind, const GPtrArray *items,
                         const FakeRequest *request, FakeAnswer *answer);

/** A problem document; to callers of CSV a bare text. */
void fake_klass_refuse(const FakeRequest *request, guint status, const char *text,
                       FakeAnswer *answer);

/** Text as XML content. */
void fake_klass_xml_text(const char *name, const char *text, GString *out);

#endif
