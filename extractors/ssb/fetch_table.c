/* Metadata, size, parts, data. */
#include "extractors/ssb/fetch_table.h"

#include "extractors/discard.h"
#include "extractors/sequence.h"
#include "extractors/ssb/metadata.h"
#include "extractors/ssb/read.h"
#include "extractors/ssb/select.h"
#include "extractors/ssb/server.h"
#include "extractors/ssb/split.h"

#include "core/error.h"
#include "core/hash.h"

#include <string.h>

static const char *const accepts[] = {[SP_SSB_JSONSTAT2] = "application/json",
                                      [SP_SSB_CSV] = "text/csv, */*;q=0.1",
                                      [SP_SSB_PX] = "*/*"};
static const char *const suffixes[] = {
    [SP_SSB_JSONSTAT2] = "json", [SP_SSB_CSV] = "csv", [SP_SSB_PX] = "px"};

typedef struct {
    SpSsbServer server;
    GPtrArray *question; /* SpSsbVariable* as written */
    GPtrArray *plain;    /* the same with plain codes */
    SpSsbMetadata *metadata;
    guint64 n_cells;
    gboolean is_countable; /* n_cells is sure */
} Fetch;

static void fetch_clear(Fetch *fetch)
{
    g_clear_pointer(&fetch->question, g_ptr_array_unref);
    g_clear_pointer(&fetch->plain, g_ptr_array_unref);
    g_clear_pointer(&fetch->metadata, sp_ssb_metadata_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Fetch, fetch_clear)

/* The codes that a variable's expressions choose among: the table's, or the members of a code list,
 * which only v2 tells. Unref; NULL without error when they need not be known. */
static GPtrArray *codes_among(const Fetch *fetch, const SpSsbVariable *variable,
                              const SpSsbDimension *dimension, GError **error)
{
    if (variable->codelist == NULL) {
        return g_ptr_array_ref(dimension->codes);
    }
    if (fetch->server.table->api == SP_SSB_V1) {
        if (!sp_ssb_query_can(SP_SSB_V1, variable)) {
            sp_error_set(error, SP_ERROR_CONFIG,
                         "query: %s: v1 takes the codes of a code list one by one; list them, or "
                         "set api = v2",
                         variable->name);
        }
        return NULL;
    }
    return sp_ssb_ask_codelist(&fetch->server, variable->codelist, error);
}

static SpSsbVariable *copy_of(const SpSsbVariable *variable)
{
    SpSsbVariable *copy = sp_ssb_variable_new(variable->name, variable->codelist);
    for (guint i = 0; i < variable->codes->len; i++) {
        g_ptr_array_add(copy->codes, g_strdup(g_ptr_array_index(variable->codes, i)));
    }
    return copy;
}

static gboolean add_plain(Fetch *fetch, const SpSsbVariable *variable, GError **error)
{
    const SpSsbDimension *dimension = sp_ssb_metadata_find(fetch->metadata, variable->name);
    if (dimension == NULL) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "table %s has no variable %s; correct the query, or the table changed",
                            fetch->server.table->table, variable->name);
    }
    g_autoptr(GError) failure = NULL;
    g_autoptr(GPtrArray) all = codes_among(fetch, variable, dimension, &failure);
    SpSsbVariable *plain = all != NULL ? sp_ssb_select(variable, all, dimension->is_time, &failure)
                           : failure == NULL ? copy_of(variable)
                                             : NULL;
    if (plain == NULL) {
        g_prefix_error(&failure, "table %s: ", fetch->server.table->table);
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    fetch->is_countable = fetch->is_countable && plain->codes->len > 0;
    g_ptr_array_add(fetch->plain, plain);
    return TRUE;
}

/* What the query leaves out: v2 does without it or refuses; v1 does without it or gives all, which
 * is a table that grows unseen. */
static gboolean check_left_out(const Fetch *fetch, GError **error)
{
    for (guint i = 0; i < fetch->metadata->dimensions->len; i++) {
        const SpSsbDimension *dimension = g_ptr_array_index(fetch->metadata->dimensions, i);
        if (dimension->may_be_left_out ||
            sp_ssb_question_find(fetch->question, dimension->name) != NULL) {
            continue;
        }
        return sp_error_set(error, SP_ERROR_DATA,
                            "table %s wants a choice of %s, which the query lacks; add %s=* or its "
                            "codes (and a column to the layout)",
                            fetch->server.table->table, dimension->name, dimension->name);
    }
    return TRUE;
}

static gboolean make_plain(Fetch *fetch, GError **error)
{
    g_clear_pointer(&fetch->plain, g_ptr_array_unref);
    fetch->plain = g_ptr_array_new_with_free_func(sp_ssb_variable_free);
    fetch->is_countable = TRUE;
    for (guint i = 0; i < fetch->question->len; i++) {
        if (!add_plain(fetch, g_ptr_array_index(fetch->question, i), error)) {
            return FALSE;
        }
    }
    if (!check_left_out(fetch, error)) {
        return FALSE;
    }
    fetch->n_cells = sp_ssb_n_cells(fetch->plain);
    return TRUE;
}

/* The question as it is written where its version understands it: an address with * is short. */
static GPtrArray *as_written(const Fetch *fetch)
{
    GPtrArray *made = g_ptr_array_new_with_free_func(sp_ssb_variable_free);
    for (guint i = 0; i < fetch->question->len; i++) {
        const SpSsbVariable *variable = g_ptr_array_index(fetch->question, i);
        gboolean can = sp_ssb_query_can(fetch->server.table->api, variable);
        g_ptr_array_add(made, copy_of(can ? variable : g_ptr_array_index(fetch->plain, i)));
    }
    return made;
}

/* The questions to send. Unref. */
static GPtrArray *make_parts(const Fetch *fetch, GError **error)
{
    gint64 max_cells = 0;
    if (!sp_ssb_ask_max_cells(&fetch->server, &max_cells, error)) {
        return NULL;
    }
    if (fetch->n_cells > (guint64)max_cells) {
        return sp_ssb_split(fetch->plain, (guint64)max_cells, error);
    }
    GPtrArray *parts = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    g_ptr_array_add(parts, as_written(fetch));
    return parts;
}

/* One answer of so many cells, read through: a 200 is not yet a success. *updated (g_free) is what
 * it tells. */
static GBytes *ask_part(const Fetch *fetch, const GPtrArray *part, guint64 n_cells, char **url,
                        char **updated, GError **error)
{
    g_autoptr(SpSsbQuery) query = sp_ssb_query_new(fetch->server.table, part);
    const SpQuestion question = {
        .url = query->url, .body = query->body, .accept = accepts[fetch->server.table->format]};
    g_autoptr(SpFetched) fetched =
        sp_fetch_ask(fetch->server.settings, fetch->server.context, &question, error);
    if (fetched == NULL ||
        (fetch->server.table->format == SP_SSB_JSONSTAT2 &&
         !sp_fetch_check_json(fetched, "ask for outputFormat=json-stat2, or try again later",
                              error))) {
        return NULL;
    }
    gsize size = 0;
    const char *bytes = g_bytes_get_data(fetched->bytes, &size);
    SpDiscard count = sp_discard();
    const SpDocument document = {.bytes = bytes, .size = size, .origin = fetched->url};
    if (!sp_ssb_read(&document, &count.sink, updated, error)) {
        return NULL;
    }
    if (fetch->is_countable && count.n_rows != n_cells) {
        sp_error_set(error, SP_ERROR_DATA,
                     "%s: %" G_GUINT64_FORMAT " cells came, %" G_GUINT64_FORMAT
                     " were asked for; the table changed meanwhile: fetch it again",
                     fetched->url, count.n_rows, n_cells);
        return NULL;
    }
    g_free(*url);
    *url = g_strdup(fetched->url);
    return g_bytes_ref(fetched->bytes);
}

/* All answers, or with *is_changed those up to one of another time. */
static GPtrArray *ask_all(const Fetch *fetch, const GPtrArray *parts, char **url,
                          gboolean *is_changed, GError **error)
{
    g_autoptr(GPtrArray) answers = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    g_autofree char *first = NULL;
    *is_changed = FALSE;
    for (guint i = 0; i < parts->len && !*is_changed; i++) {
        g_autofree char *updated = NULL;
        const GPtrArray *part = g_ptr_array_index(parts, i);
        guint64 n_cells = parts->len == 1 ? fetch->n_cells : sp_ssb_n_cells(part);
        GBytes *bytes = ask_part(fetch, part, n_cells, url, &updated, error);
        if (bytes == NULL) {
            return NULL;
        }
        g_ptr_array_add(answers, bytes);
        if (i == 0) {
            first = g_steal_pointer(&updated);
        } else {
            *is_changed = g_strcmp0(first, updated) != 0;
        }
    }
    if (parts->len > 1 && fetch->metadata->updated != NULL && !*is_changed) {
        /* CSV tells no time of its own, so the table is asked once more. */
        g_autoptr(SpSsbMetadata) after = sp_ssb_ask_metadata(&fetch->server, error);
        if (after == NULL) {
            return NULL;
        }
        *is_changed = g_strcmp0(after->updated, fetch->metadata->updated) != 0;
    }
    return g_steal_pointer(&answers);
}

static char *hash_question(const SpSsbTable *table, const char *query)
{
    char *hex = g_malloc(SP_HASH_SIZE);
    g_autofree char *form = g_strdup_printf("%d %d", (int)table->api, (int)table->format);
    g_autoptr(SpHash) hash = sp_hash_new();
    sp_hash_add_text(hash, form);
    sp_hash_add_text(hash, table->host);
    sp_hash_add_text(hash, table->table);
    sp_hash_add_text(hash, query);
    sp_hash_finish(hash, hex);
    return hex;
}

/* Metadata that pass all tests, and what they say of the question. */
static gboolean learn(Fetch *fetch, GError **error)
{
    const char *expect = NULL;
    g_clear_pointer(&fetch->metadata, sp_ssb_metadata_free);
    if (!sp_settings_text_or(fetch->server.settings, "expect", "", &expect, error)) {
        return FALSE;
    }
    fetch->metadata = sp_ssb_ask_metadata(&fetch->server, error);
    return fetch->metadata != NULL &&
           sp_ssb_expect(fetch->metadata->title, expect, fetch->server.table->table, error);
}

static GPtrArray *ask_until_settled(Fetch *fetch, char **url, GError **error)
{
    for (guint n = 0; n < 2; n++) {
        gboolean is_changed = FALSE;
        if (n > 0 && !learn(fetch, error)) {
            return NULL;
        }
        if (!make_plain(fetch, error)) {
            return NULL;
        }
        g_autoptr(GPtrArray) parts = make_parts(fetch, error);
        g_autoptr(GPtrArray) answers =
            parts != NULL ? ask_all(fetch, parts, url, &is_changed, error) : NULL;
        if (answers == NULL || !is_changed) {
            return g_steal_pointer(&answers);
        }
    }
    sp_error_set(error, SP_ERROR_TRY_LATER,
                 "table %s changed twice while its parts were fetched; fetch again later",
                 fetch->server.table->table);
    return NULL;
}

/* One answer is kept as it came. */
static GBytes *join(const GPtrArray *answers, const char *url, GError **error)
{
    if (answers->len == 1) {
        return g_bytes_ref(g_ptr_array_index(answers, 0));
    }
    g_autoptr(GByteArray) sequence = g_byte_array_new();
    for (guint i = 0; i < answers->len; i++) {
        if (!sp_sequence_add(sequence, g_ptr_array_index(answers, i), url, error)) {
            return NULL;
        }
    }
    return g_byte_array_free_to_bytes(g_steal_pointer(&sequence));
}

static SpFetched *make_fetched(const Fetch *fetch, const GPtrArray *answers, const char *url,
                               const char *question, GError **error)
{
    const char *set = NULL;
    const SpFetchNewest *newest = fetch->server.context->newest;
    if (!sp_settings_text_or(fetch->server.settings, "updated", NULL, &set, error)) {
        return NULL;
    }
    GBytes *bytes = join(answers, url, error);
    if (bytes == NULL) {
        return NULL;
    }
    const char *suffix = suffixes[fetch->server.table->format];
    SpFetched *fetched = g_new0(SpFetched, 1);
    fetched->bytes = bytes;
    fetched->url = g_strdup(url);
    fetched->updated = set != NULL ? g_strdup(set)
                                   : sp_fetched_believe(fetched, fetch->metadata->updated,
                                                        fetch->server.context->now);
    fetched->suffix = answers->len > 1 ? g_strconcat(suffix, "-seq", NULL) : g_strdup(suffix);
    fetched->question = g_strdup(question);
    if (newest != NULL && newest->updated != NULL && fetched->updated != NULL &&
        strcmp(fetched->updated, newest->updated) < 0) {
        sp_fetched_note(fetched,
                        "table %s says that it was updated %s, earlier than the newest snapshot "
                        "(%s); figures may have been taken back",
                        fetch->server.table->table, fetched->updated, newest->updated);
    }
    return fetched;
}

SpFetched *sp_ssb_fetch_table(const SpSettings *settings, const SpFetchContext *context,
                              const SpSsbTable *table, const char *query, GError **error)
{
    g_auto(Fetch) fetch = {.server = {settings, context, table}};
    if (!sp_ssb_table_check(table, error)) {
        return NULL;
    }
    fetch.question = sp_ssb_question_parse(query, error);
    if (fetch.question == NULL || !learn(&fetch, error)) {
        return NULL;
    }
    g_autofree char *question = hash_question(table, query);
    const SpFetchNewest *newest = context->newest;
    if (newest != NULL && fetch.metadata->updated != NULL &&
        g_strcmp0(newest->question, question) == 0 &&
        g_strcmp0(newest->updated, fetch.metadata->updated) == 0) {
        return sp_fetch_newest(context, error);
    }
    g_autofree char *url = NULL;
    g_autoptr(GPtrArray) answers = ask_until_settled(&fetch, &url, error);
    return answers != NULL ? make_fetched(&fetch, answers, url, question, error) : NULL;
}
