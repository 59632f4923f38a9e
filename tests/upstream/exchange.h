/** One question and its answer, as the parts of the fake see them: no library's types. */
#ifndef SP_TESTS_UPSTREAM_EXCHANGE_H
#define SP_TESTS_UPSTREAM_EXCHANGE_H

#include "tests/upstream/moment.h"

typedef struct {
    char *name;
    char *value;
} FakePair;

typedef struct {
    char *method;
    char *uri;           /* as it was sent: "/path?query" */
    char *path;          /* decoded, without the query */
    GPtrArray *query;    /* FakePair*, decoded, in the order sent */
    GHashTable *headers; /* lower-case name -> value */
    GString *body;
    FakeFaults faults;
    FakeMoment moment;
} FakeRequest;

/** `uri` as sent; query keys and values are percent-decoded, '+' is a blank. */
FakeRequest *fake_request_new(const char *method, const char *uri);
void fake_request_free(FakeRequest *request);
/** A header, NULL when it was not sent; `name` in lower case. */
const char *fake_request_header(const FakeRequest *request, const char *name);
/** The first query value of that name, case ignored; NULL when there is none. */
const char *fake_request_query(const FakeRequest *request, const char *name);
/** The same as a comma-separated list: g_strfreev, empty when there is none. */
char **fake_request_list(const FakeRequest *request, const char *name);
/** What follows `prefix` in the path, NULL when it does not begin so. */
const char *fake_request_below(const FakeRequest *request, const char *prefix);

typedef struct {
    guint status;
    char *type; /* content type, NULL for none */
    GString *body;
    GPtrArray *headers; /* FakePair* */
    gboolean is_cut;
} FakeAnswer;

FakeAnswer *fake_answer_new(void); /* 200, nothing in it */
void fake_answer_free(FakeAnswer *answer);
void fake_answer_header(FakeAnswer *answer, const char *name, const char *value);
/** Status, type and text in the place of what was there. */
void fake_answer_set(FakeAnswer *answer, guint status, const char *type, const char *text);
/** The body from UTF-8 to ISO-8859-1; a letter it does not know becomes '?'. */
void fake_answer_to_latin1(FakeAnswer *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(FakeRequest, fake_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FakeAnswer, fake_answer_free)

#define FAKE_JSON "application/json; charset=utf-8"

#endif
