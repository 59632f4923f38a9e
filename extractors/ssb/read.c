/* Which format it is, and the parts of a split question. */
#include "extractors/ssb/read.h"

#include "extractors/extractor.h"
#include "extractors/sequence.h"
#include "extractors/ssb/csv_answer.h"
#include "extractors/ssb/jsonstat.h"
#include "extractors/ssb/jsonstat_find.h"
#include "extractors/ssb/merge.h"
#include "extractors/ssb/px.h"
#include "extractors/ssb/px_text.h"

#include "core/error.h"
#include "core/io/json.h"

#include <string.h>

typedef enum { JSONSTAT, PX, CSV, OTHER } Kind;

static Kind kind_of(const char *bytes, gsize size)
{
    gsize start = size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (start < size && g_ascii_isspace(bytes[start])) {
        start++;
    }
    if (start == size || bytes[start] == '{' || bytes[start] == '[') {
        return JSONSTAT;
    }
    const char *kind = sp_fetch_describe(bytes, size);
    return kind == NULL ? CSV : strcmp(kind, "a PX file") == 0 ? PX : OTHER;
}

static gboolean read_one(const SpField *answer, const char *origin, const SpLayout *layout,
                         SpSink *sink, char **updated, GError **error)
{
    const char *bytes = answer->text;
    gsize size = answer->size;
    *updated = NULL;
    switch (kind_of(bytes, size)) {
    case JSONSTAT:
        return sp_jsonstat_parse(bytes, size, origin, sink, updated, error);
    case PX:
        return sp_px_parse(bytes, size, origin, sink, updated, error);
    case CSV:
        return sp_ssb_csv_parse(bytes, size, origin, layout, sink, error);
    case OTHER:
    default:
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: %s, want JSON-stat, PX or CSV; fetch the dataset again", origin,
                            sp_fetch_describe(bytes, size));
    }
}

static gboolean read_all(const GArray *answers, const char *origin, const SpLayout *layout,
                         SpSink *sink, char **updated, GError **error)
{
    g_autoptr(SpSsbMerge) merge = sp_ssb_merge_new(sink, origin);
    for (guint i = 0; i < answers->len; i++) {
        g_autofree char *time = NULL;
        if (!read_one(&g_array_index(answers, SpField, i), origin, layout, sp_ssb_merge_sink(merge),
                      &time, error) ||
            !sp_ssb_merge_end(merge, error)) {
            return FALSE;
        }
        if (i > 0 && g_strcmp0(time, *updated) != 0) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: answer %u is of %s, those before it of %s; the table changed "
                                "meanwhile: fetch it again",
                                origin, i + 1, time != NULL ? time : "no time",
                                *updated != NULL ? *updated : "no time");
        }
        if (i == 0) {
            *updated = g_steal_pointer(&time);
        }
    }
    return sp_ssb_merge_close(merge, error);
}

gboolean sp_ssb_read(const SpDocument *document, SpSink *sink, char **updated, GError **error)
{
    const char *origin = document->origin;
    const SpLayout *layout = document->layout;
    *updated = NULL;
    g_autoptr(GArray) answers = sp_sequence_split(document->bytes, document->size, origin, error);
    if (answers == NULL) {
        return FALSE;
    }
    if (answers->len == 1) {
        return read_one(&g_array_index(answers, SpField, 0), origin, layout, sink, updated, error);
    }
    g_autofree char *time = NULL;
    if (!read_all(answers, origin, layout, sink, &time, error)) {
        return FALSE;
    }
    *updated = g_steal_pointer(&time);
    return TRUE;
}

static char *jsonstat_title(const char *bytes, gsize size)
{
    g_autoptr(json_t) root = sp_json_parse(bytes, size, "", NULL);
    const json_t *dataset = root != NULL ? sp_jsonstat_find(root, NULL) : NULL;
    return g_strdup(json_string_value(json_object_get(dataset, "label")));
}

static char *px_title(const char *bytes, gsize size)
{
    gsize text_size = 0;
    guint line = 0;
    const char *data = NULL;
    g_autofree char *text = sp_px_decode(bytes, size, "", &text_size, NULL);
    g_autoptr(GPtrArray) keywords =
        text != NULL ? sp_px_keywords(text, "", &data, &line, NULL) : NULL;
    for (guint i = 0; keywords != NULL && i < keywords->len; i++) {
        const SpPxKeyword *keyword = g_ptr_array_index(keywords, i);
        if (strcmp(keyword->name, "TITLE") == 0 && keyword->language == NULL &&
            keyword->values->len > 0) {
            return g_strdup(g_ptr_array_index(keyword->values, 0));
        }
    }
    return NULL;
}

char *sp_ssb_read_title(const char *bytes, gsize size)
{
    g_autoptr(GArray) answers = sp_sequence_split(bytes, size, "", NULL);
    if (answers == NULL) {
        return NULL;
    }
    gsize first_size = g_array_index(answers, SpField, 0).size;
    const char *first = g_array_index(answers, SpField, 0).text;
    switch (kind_of(first, first_size)) {
    case JSONSTAT:
        return jsonstat_title(first, first_size);
    case PX:
        return px_title(first, first_size);
    case CSV:
        return sp_ssb_csv_title(first, first_size);
    case OTHER:
    default:
        return NULL;
    }
}
