/*
 * IPLOS: recipients of municipal health and care services during a year, person-level XML that
 * comes by hand (docs/profiles/iplos.md). Elements are told one by one by libxml2's push parser; a
 * person element is kept until its end, then its rows are made and it is forgotten.
 */
#include "extractors/extractor.h"

#include "core/error.h"
#include "core/io/xml_stream.h"
#include "core/number.h"
#include "extractors/iplos/names.h"
#include "extractors/iplos/rows.h"

#include <string.h>

enum { MAX_DEPTH = 8, MAX_NAME = 64, YEAR_SIZE = 4 };
/* IPLOS began in 2006. */
enum { FIRST_YEAR = 2006, LAST_YEAR = 2100 };

/* What stands for a text that is longer than any valid one: no rule lets it through. */
#define TOO_LONG "?"

static const char *const config_keys[] = {"bosted"};
static const char *const open_keys[] = {"bosted", NULL};
static const char *const lists[] = {"iplos_element", "iplos_tjeneste", "iplos_behov",
                                    "iplos_bistandsbehov", NULL};

typedef struct {
    char name[MAX_NAME + 1];
    IplosKind kind;
} Open;

typedef struct {
    SpParser parser; /* first: a pointer to it is one to this */
    SpXmlHandler handler;
    SpParserInput input;
    SpSink *sink;
    gboolean has_residence;
    SpXml *xml;
    IplosNames *names;
    IplosYear year;
    IplosRows *rows; /* NULL until the data year is known */
    IplosText file_fields[IPLOS_N_FIELDS];
    IplosText item_fields[IPLOS_N_FIELDS]; /* of the element below the person */
    IplosPerson person;
    guint64 n_persons;
    Open open[MAX_DEPTH];
    guint n_open;
    guint n_skipped; /* depth inside an ignored element */
    IplosText *text; /* field that the present element's text is, NULL if it is none */
} Reader;

static Reader *reader_of(SpXmlHandler *handler)
{
    return (Reader *)((char *)handler - G_STRUCT_OFFSET(Reader, handler));
}

static gboolean refuse(const Reader *reader, const char *what, GError **error)
{
    return sp_error_set(error, SP_ERROR_DATA, "%s: line %" G_GUINT64_FORMAT ": %s",
                        reader->input.origin, sp_xml_line(reader->xml), what);
}

/* The innermost open element that is more than a group; NULL before the root. */
static const Open *owner_of(const Reader *reader)
{
    guint i = reader->n_open;
    while (i > 0 && reader->open[i - 1].kind == IPLOS_IS_GROUP) {
        i--;
    }
    return i > 0 ? &reader->open[i - 1] : NULL;
}

static IplosText *fields_of(Reader *reader, IplosKind kind)
{
    return kind == IPLOS_IS_FILE     ? reader->file_fields
           : kind == IPLOS_IS_PERSON ? reader->person.fields
                                     : reader->item_fields;
}

static void append(IplosText *text, const char *more, gsize size)
{
    if (text->size + size > IPLOS_MAX_TEXT) {
        more = TOO_LONG;
        size = strlen(TOO_LONG);
        text->size = 0;
    }
    memcpy(text->text + text->size, more, size);
    text->size = (guint8)(text->size + size);
}

/* The data year and with it the code lists, before the first person. */
static gboolean begin_rows(Reader *reader, GError **error)
{
    const IplosText *text = &reader->file_fields[IPLOS_YEAR];
    gint64 year = 0;
    if (reader->rows != NULL) {
        return TRUE;
    }
    if (text->size != YEAR_SIZE || !sp_number_parse_int(text->text, text->size, &year) ||
        year < FIRST_YEAR || year > LAST_YEAR) {
        return refuse(reader,
                      "the file does not tell its data year in four digits before the "
                      "first person; ask the sender",
                      error);
    }
    if (!iplos_year_init(&reader->year, reader->input.lists, (int)year, error)) {
        return FALSE;
    }
    reader->rows = iplos_rows_new(reader->sink, &reader->year, reader->has_residence, error);
    return reader->rows != NULL;
}

static gboolean take_attributes(Reader *reader, const char *name, IplosKind kind,
                                const SpXmlAttribute attributes[], gsize n, GError **error)
{
    IplosText *fields = fields_of(reader, kind);
    for (gsize i = 0; i < n; i++) {
        const IplosName *is = iplos_names_attribute(reader->names, name, attributes[i].name);
        if (is == NULL) {
            g_autofree char *what = g_strdup_printf(
                "attribute %" G_GSIZE_FORMAT " of the element is not in config/codes/"
                "iplos_element.csv; add it there (ignorer drops it)",
                i + 1);
            return refuse(reader, what, error);
        }
        if (is->kind == IPLOS_IS_FIELD) {
            fields[is->field].size = 0;
            append(&fields[is->field], attributes[i].value, attributes[i].size);
        }
    }
    return TRUE;
}

/* An element of a kind where only its owner's kind may hold it. */
static gboolean is_in_place(const Open *owner, IplosKind kind)
{
    switch (kind) {
    case IPLOS_IS_FILE:
        return owner == NULL;
    case IPLOS_IS_PERSON:
        return owner != NULL && owner->kind == IPLOS_IS_FILE;
    case IPLOS_IS_NEED:
    case IPLOS_IS_INFORMAL:
    case IPLOS_IS_SERVICE:
        return owner != NULL && owner->kind == IPLOS_IS_PERSON;
    case IPLOS_IS_GROUP:
    case IPLOS_IS_IGNORED:
    case IPLOS_IS_FIELD:
        return owner != NULL;
    }
    return FALSE;
}

static gboolean start(SpXmlHandler *handler, const char *name, const SpXmlAttribute attributes[],
                      gsize n, GError **error)
{
    Reader *reader = reader_of(handler);
    const Open *owner = owner_of(reader);
    if (reader->n_skipped > 0) {
        reader->n_skipped++;
        return TRUE;
    }
    const IplosName *is =
        owner != NULL ? iplos_names_child(reader->names, owner->name, name) : NULL;
    is = is != NULL ? is : iplos_names_element(reader->names, name);
    if (is == NULL || reader->text != NULL || !is_in_place(owner, is->kind) ||
        reader->n_open == MAX_DEPTH) {
        return refuse(reader,
                      is == NULL
                          ? "an element that is not in config/codes/iplos_element.csv; add "
                            "it there (ignorer drops it)"
                          : "an element where it does not belong; see docs/profiles/iplos.md",
                      error);
    }
    if (is->kind == IPLOS_IS_IGNORED) {
        reader->n_skipped = 1;
        return TRUE;
    }
    if (is->kind == IPLOS_IS_FIELD) {
        reader->text = &fields_of(reader, owner->kind)[is->field];
        reader->text->size = 0;
        return TRUE;
    }
    Open *open = &reader->open[reader->n_open++];
    open->kind = is->kind;
    g_strlcpy(open->name, name, sizeof open->name);
    if (is->kind == IPLOS_IS_PERSON) {
        if (!begin_rows(reader, error)) {
            return FALSE;
        }
        iplos_person_start(&reader->person, &reader->input, &reader->year, ++reader->n_persons);
    } else if (is->kind != IPLOS_IS_FILE) {
        memset(reader->item_fields, 0, sizeof reader->item_fields);
    }
    return take_attributes(reader, name, is->kind, attributes, n, error);
}

static gboolean is_blank(const char *text, gsize size)
{
    for (gsize i = 0; i < size; i++) {
        if (!g_ascii_isspace(text[i])) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean take_text(SpXmlHandler *handler, const char *text, gsize size, GError **error)
{
    Reader *reader = reader_of(handler);
    if (reader->n_skipped > 0) {
        return TRUE;
    }
    if (reader->text != NULL) {
        append(reader->text, text, size);
        return TRUE;
    }
    return is_blank(text, size) || refuse(reader,
                                          "text between elements, where none is expected; see "
                                          "docs/profiles/iplos.md",
                                          error);
}

static gboolean end(SpXmlHandler *handler, const char *name, GError **error)
{
    Reader *reader = reader_of(handler);
    (void)name;
    if (reader->n_skipped > 0) {
        reader->n_skipped--;
        return TRUE;
    }
    if (reader->text != NULL) {
        reader->text = NULL;
        return TRUE;
    }
    switch (reader->open[--reader->n_open].kind) {
    case IPLOS_IS_NEED:
        iplos_person_add_need(&reader->person, reader->item_fields);
        return TRUE;
    case IPLOS_IS_INFORMAL:
        iplos_person_add_informal(&reader->person, reader->item_fields);
        return TRUE;
    case IPLOS_IS_SERVICE:
        iplos_person_add_service(&reader->person, reader->item_fields);
        return TRUE;
    case IPLOS_IS_PERSON:
        iplos_person_finish(&reader->person);
        return iplos_rows_add(reader->rows, &reader->person, error);
    case IPLOS_IS_FILE:
        return begin_rows(reader, error); /* a file without persons has its columns too */
    case IPLOS_IS_GROUP:
    case IPLOS_IS_IGNORED:
    case IPLOS_IS_FIELD:
        return TRUE;
    }
    return TRUE;
}

static void reader_free(Reader *reader)
{
    sp_xml_abandon(reader->xml);
    iplos_rows_free(reader->rows);
    iplos_names_free(reader->names);
    iplos_year_clear(&reader->year);
    g_free(reader);
}

static gboolean push(SpParser *parser, const char *bytes, gsize size, GError **error)
{
    return sp_xml_push(((Reader *)parser)->xml, bytes, size, error);
}

static gboolean close_all(SpParser *parser, GError **error)
{
    Reader *reader = (Reader *)parser;
    gboolean is_whole = sp_xml_close(reader->xml, error); /* calls the handler */
    reader->xml = NULL;
    gboolean ok = is_whole && iplos_rows_end(reader->rows, error);
    reader_free(reader);
    return ok;
}

static void abandon(SpParser *parser)
{
    reader_free((Reader *)parser);
}

static gboolean read_settings(Reader *reader, GError **error)
{
    const char *text = NULL;
    return sp_settings_text_or(reader->input.settings, "bosted", NULL, &text, error) &&
           (text == NULL ||
            sp_settings_bool(reader->input.settings, "bosted", &reader->has_residence, error));
}

static SpParser *open_parser(const SpParserInput *input, SpSink *sink, GError **error)
{
    Reader *reader = g_new0(Reader, 1);
    reader->parser = (SpParser){.push = push, .close = close_all, .abandon = abandon};
    reader->handler = (SpXmlHandler){.start = start, .text = take_text, .end = end};
    reader->input = *input;
    reader->sink = sink;
    const SpXmlForm form = {.origin = input->origin,
                            .is_private = TRUE,
                            .limits = {.depth = MAX_DEPTH, .name = MAX_NAME}};
    reader->xml = sp_xml_open(&form, &reader->handler);
    reader->names = iplos_names_new(input->lists, error);
    if (reader->names == NULL || !read_settings(reader, error)) {
        reader_free(reader);
        return NULL;
    }
    return &reader->parser;
}

const SpExtractor sp_extractor_iplos = {
    .name = "iplos",
    .summary = "IPLOS: recipients of care services, person-level XML through inbox/",
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .fetch = sp_fetch_by_hand,
    .parse = sp_parse_not_whole,
    .open = open_parser,
    .lists = lists,
    .open_keys = open_keys,
};
