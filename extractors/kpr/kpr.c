/*
 * KPR: claims of GPs, emergency wards and others (KUHR), person-level CSV or XML that comes by hand
 * (docs/profiles/kpr.md). The first byte tells which of the two a file is.
 */
#include "extractors/extractor.h"

#include "core/error.h"
#include "extractors/kpr/claims.h"
#include "extractors/xml_rows.h"

#include <string.h>

#define MARK "\xef\xbb\xbf"
/* A byte order mark and the byte after it. */
enum { MARK_SIZE = 3, MAX_HEAD = MARK_SIZE + 1 };

static const char *const config_keys[] = {"aar"};
static const char *const open_keys[] = {"aar", NULL};
static const char *const lists[] = {"kpr_felt", "kpr_takst", "kpr_kontakttype", "kpr_praksistype",
                                    NULL};

typedef struct {
    SpParser parser; /* first: a pointer to it is one to this */
    SpParserInput input;
    KprClaims *claims;
    SpParser *inner; /* NULL until it is known which */
    char head[MAX_HEAD];
    gsize n_head;
} Reader;

static SpParser *open_xml(Reader *reader, GError **error)
{
    SpXmlRowsForm form = {.origin = reader->input.origin,
                          .file = kpr_claims_element(reader->claims, "fil"),
                          .row = kpr_claims_element(reader->claims, "rad"),
                          .list = "config/codes/kpr_felt.csv"};
    if (form.file == NULL || form.row == NULL) {
        sp_error_set(error, SP_ERROR_CONFIG,
                     "config/codes/kpr_felt.csv does not say what the elements fil and rad of an "
                     "XML file are called");
        return NULL;
    }
    form.columns = kpr_claims_columns(reader->claims, &form.n_columns);
    form.ignored = kpr_claims_ignored(reader->claims, &form.n_ignored);
    kpr_claims_set_point(reader->claims);
    return sp_xml_rows_open(&form, kpr_claims_sink(reader->claims));
}

/* Opens the parser that the first bytes ask for, and gives them to it. */
static gboolean begin(Reader *reader, GError **error)
{
    gsize start =
        reader->n_head == MAX_HEAD && memcmp(reader->head, MARK, MARK_SIZE) == 0 ? MARK_SIZE : 0;
    reader->inner = reader->n_head > start && reader->head[start] == '<'
                        ? open_xml(reader, error)
                        : sp_file_parser_open(reader->input.origin, reader->input.layout,
                                              kpr_claims_sink(reader->claims), error);
    return reader->inner != NULL &&
           reader->inner->push(reader->inner, reader->head, reader->n_head, error);
}

static gboolean push(SpParser *parser, const char *bytes, gsize size, GError **error)
{
    Reader *reader = (Reader *)parser;
    while (reader->inner == NULL && size > 0) {
        reader->head[reader->n_head++] = *bytes++;
        size--;
        gboolean is_enough = reader->head[0] != MARK[0] || reader->n_head == MAX_HEAD;
        if (is_enough && !begin(reader, error)) {
            return FALSE;
        }
    }
    return size == 0 || reader->inner->push(reader->inner, bytes, size, error);
}

static void reader_free(Reader *reader)
{
    sp_parser_abandon(reader->inner);
    kpr_claims_free(reader->claims);
    g_free(reader);
}

static gboolean close_all(SpParser *parser, GError **error)
{
    Reader *reader = (Reader *)parser;
    gboolean ok = reader->inner != NULL || begin(reader, error);
    SpParser *inner = ok ? g_steal_pointer(&reader->inner) : NULL;
    ok = ok && inner->close(inner, error);
    reader_free(reader);
    return ok;
}

static void abandon(SpParser *parser)
{
    reader_free((Reader *)parser);
}

static SpParser *open_parser(const SpParserInput *input, SpSink *sink, GError **error)
{
    KprClaims *claims = kpr_claims_new(input, sink, error);
    if (claims == NULL) {
        return NULL;
    }
    Reader *reader = g_new0(Reader, 1);
    reader->parser = (SpParser){.push = push, .close = close_all, .abandon = abandon};
    reader->input = *input;
    reader->claims = claims;
    return &reader->parser;
}

const SpExtractor sp_extractor_kpr = {
    .name = "kpr",
    .summary = "KPR: claims of primary health care, person-level CSV or XML through inbox/",
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .fetch = sp_fetch_by_hand,
    .parse = sp_parse_not_whole,
    .open = open_parser,
    .lists = lists,
    .open_keys = open_keys,
};
