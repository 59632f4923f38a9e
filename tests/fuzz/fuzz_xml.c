/* Any bytes as XML: the reader in pieces tells the same whatever the pieces; lists give rows; a
 * whole document is written so that it reads back. */
#include "core/io/xml.h"
#include "core/io/xml_list.h"
#include "core/io/xml_stream.h"
#include "tests/fuzz/guard.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

enum { DEPTH = 6, NAME = 16, TEXT = 64, ATTRIBUTES = 4 };

/* What the stream told, as one text: the same document gives the same whatever the pieces. */
typedef struct {
    SpXmlHandler handler; /* first: a pointer to it is one to this */
    GString *told;
    guint depth;
    gsize n_text; /* bytes since the last tag */
} Listener;

static gboolean start(SpXmlHandler *handler, const char *name, const SpXmlAttribute attributes[],
                      gsize n, GError **error)
{
    Listener *listener = (Listener *)handler;
    (void)error;
    FUZZ_CLAIM(++listener->depth <= DEPTH && strlen(name) <= NAME && n <= ATTRIBUTES);
    listener->n_text = 0;
    g_string_append_printf(listener->told, "<%s", name);
    for (gsize i = 0; i < n; i++) {
        FUZZ_CLAIM(strlen(attributes[i].name) <= NAME && attributes[i].size <= TEXT);
        g_string_append_printf(listener->told, " %s=", attributes[i].name);
        g_string_append_len(listener->told, attributes[i].value, (gssize)attributes[i].size);
    }
    g_string_append_c(listener->told, '>');
    return TRUE;
}

static gboolean text(SpXmlHandler *handler, const char *bytes, gsize size, GError **error)
{
    Listener *listener = (Listener *)handler;
    (void)error;
    listener->n_text += size;
    FUZZ_CLAIM(listener->depth > 0 && listener->n_text <= TEXT);
    g_string_append_len(listener->told, bytes, (gssize)size);
    return TRUE;
}

static gboolean end(SpXmlHandler *handler, const char *name, GError **error)
{
    Listener *listener = (Listener *)handler;
    (void)error;
    FUZZ_CLAIM(listener->depth-- > 0);
    listener->n_text = 0;
    g_string_append_printf(listener->told, "</%s>", name);
    return TRUE;
}

/* What was told; NULL after an error. g_free. */
static char *listen(const char *bytes, gsize size, gsize piece)
{
    static const SpXmlForm form = {
        .origin = "fuzz",
        .limits = {.depth = DEPTH, .name = NAME, .text = TEXT, .attributes = ATTRIBUTES}};
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) told = g_string_new(NULL);
    Listener listener = {.handler = {.start = start, .text = text, .end = end}, .told = told};
    g_autoptr(SpXml) xml = sp_xml_open(&form, &listener.handler);
    gboolean ok = TRUE;
    for (gsize done = 0; ok && done < size; done += piece) {
        ok = sp_xml_push(xml, bytes + done, MIN(piece, size - done), &error);
    }
    SpXml *whole = ok ? g_steal_pointer(&xml) : NULL;
    ok = ok && sp_xml_close(whole, &error);
    fuzz_check_outcome(ok, &error);
    FUZZ_CLAIM(!ok || (listener.depth == 0 && g_utf8_validate_len(told->str, told->len, NULL)));
    return ok ? g_string_free(g_steal_pointer(&told), FALSE) : NULL;
}

static void fuzz_list(const char *bytes, gsize size)
{
    static const char *const columns[] = {"a", "b"};
    static const SpXmlList lists[] = {
        {.around = "l", .item = "i", .columns = columns, .n_columns = 2},
        {.around = "m", .item = "m", .columns = columns, .n_columns = 1}};
    g_autoptr(GError) error = NULL;
    FuzzGuard guard;
    gsize which = 0;
    fuzz_guard_init(&guard);
    gboolean ok = sp_xml_list_parse(bytes, size, &(SpXmlLists){"fuzz", lists, G_N_ELEMENTS(lists)},
                                    &guard.sink, &which, &error);
    FUZZ_CLAIM(!ok || (which <= G_N_ELEMENTS(lists) &&
                       guard.n_begins == (which < G_N_ELEMENTS(lists) ? 1 : 0)));
    fuzz_check_outcome(ok, &error);
}

static void fuzz_document(const char *bytes, gsize size)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(xmlDoc) doc = sp_xml_parse(bytes, size, "fuzz", &error);
    fuzz_check_outcome(doc != NULL, &error);
    if (doc == NULL) {
        return;
    }
    g_autofree char *page = sp_xml_format(doc, TRUE, &error);
    fuzz_check_outcome(page != NULL, &error);
    g_autofree char *written = sp_xml_format(doc, FALSE, &error);
    fuzz_check_outcome(written != NULL, &error);
    FUZZ_CLAIM(page != NULL && written != NULL);
    g_autoptr(xmlDoc) again = sp_xml_parse(written, strlen(written), "fuzz", &error);
    FUZZ_CLAIM(again != NULL);
    g_autofree char *second = sp_xml_format(again, FALSE, &error);
    FUZZ_CLAIM(second != NULL && strcmp(written, second) == 0);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    if (size == 0) {
        return 0;
    }
    g_autofree char *owned = g_memdup2(data + 1, size - 1);
    const char *bytes = owned == NULL ? "" : owned;
    g_autofree char *whole = listen(bytes, size - 1, size);
    g_autofree char *pieces = listen(bytes, size - 1, (gsize)data[0] + 1);
    FUZZ_CLAIM(g_strcmp0(whole, pieces) == 0);
    fuzz_list(bytes, size - 1);
    fuzz_document(bytes, size - 1);
    return 0;
}
