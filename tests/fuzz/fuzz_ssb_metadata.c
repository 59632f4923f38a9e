/*
 * Any bytes as what a server of PxWebApi tells besides figures (metadata of both versions, a code
 * list, a title), with any text as the question: the codes that the question stands for are the
 * table's, and the parts it is cut into hold every cell once.
 */
#include "extractors/ssb/metadata.h"
#include "extractors/ssb/query.h"
#include "extractors/ssb/read.h"
#include "extractors/ssb/select.h"
#include "extractors/ssb/split.h"
#include "extractors/ssb/unsettled.h"
#include "extractors/udir/pages.h"
#include "tests/fuzz/guard.h"
#include "tests/fuzz/parts.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

enum { QUESTION, METADATA, LATER, N_PARTS };

/* The question with the table's own codes in the place of expressions; NULL when one of its
 * variables is not the table's. */
static GPtrArray *select_codes(const GPtrArray *question, const SpSsbMetadata *metadata)
{
    g_autoptr(GPtrArray) plain = g_ptr_array_new_with_free_func(sp_ssb_variable_free);
    for (guint i = 0; i < question->len; i++) {
        const SpSsbVariable *variable = g_ptr_array_index(question, i);
        const SpSsbDimension *dimension = sp_ssb_metadata_find(metadata, variable->name);
        g_autoptr(GError) error = NULL;
        if (dimension == NULL) {
            return NULL;
        }
        SpSsbVariable *selected =
            sp_ssb_select(variable, dimension->codes, dimension->is_time, &error);
        fuzz_check_outcome(selected != NULL, &error);
        if (selected == NULL) {
            return NULL;
        }
        g_ptr_array_add(plain, selected);
        for (guint c = 0; c < selected->codes->len; c++) {
            FUZZ_CLAIM(g_ptr_array_find_with_equal_func(
                dimension->codes, g_ptr_array_index(selected->codes, c), g_str_equal, NULL));
        }
    }
    return g_steal_pointer(&plain);
}

static void split(const GPtrArray *plain, guint64 max_cells)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) parts = sp_ssb_split(plain, max_cells, &error);
    fuzz_check_outcome(parts != NULL, &error);
    guint64 n_cells = 0;
    for (guint i = 0; parts != NULL && i < parts->len; i++) {
        guint64 n = sp_ssb_n_cells(g_ptr_array_index(parts, i));
        FUZZ_CLAIM(n <= max_cells);
        n_cells += n;
    }
    FUZZ_CLAIM(parts == NULL || n_cells == sp_ssb_n_cells(plain));
}

static void ask(const GPtrArray *question, SpSsbApi api)
{
    const SpSsbTable table = {
        .api = api, .format = SP_SSB_CSV, .host = "https://t.test/api", .table = "07459"};
    gboolean can = TRUE;
    for (guint i = 0; i < question->len; i++) {
        can = can && sp_ssb_query_can(api, g_ptr_array_index(question, i));
    }
    if (!can) {
        return;
    }
    g_autoptr(SpSsbQuery) query = sp_ssb_query_new(&table, question);
    FUZZ_CLAIM(query->body != NULL || strlen(query->url) <= SP_SSB_MAX_URL);
    FUZZ_CLAIM(strpbrk(query->url, " \r\n\"<>") == NULL);
}

static void fuzz_told(const char *bytes, gsize size)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) codes = sp_ssb_codelist_parse(bytes, size, "fuzz", &error);
    fuzz_check_outcome(codes != NULL, &error);
    gint64 n_pages = 0;
    gboolean ok = sp_udir_page_count(bytes, size, "fuzz", &n_pages, &error);
    fuzz_check_outcome(ok, &error);
    FUZZ_CLAIM(!ok || (n_pages >= 0 && n_pages <= SP_UDIR_MAX_PAGES));
    g_autofree char *title = sp_ssb_read_title(bytes, size);
    FUZZ_CLAIM(title == NULL || g_utf8_validate(title, -1, NULL));
    ok = sp_ssb_expect(title, "Befolkning etter", "fuzz", &error);
    fuzz_check_outcome(ok, &error);
}

static void fuzz_vanished(const SpField *earlier, const SpField *later)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) before = g_bytes_new(earlier->text, earlier->size);
    g_autoptr(GBytes) after = g_bytes_new(later->text, later->size);
    SpSsbVanished vanished = {0, 0};
    gboolean ok = sp_ssb_count_vanished(before, after, &vanished, &error);
    fuzz_check_outcome(ok, &error);
    FUZZ_CLAIM(!ok || vanished.n_vanished <= vanished.n_figures);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autoptr(GError) error = NULL;
    SpField parts[N_PARTS];
    fuzz_parts(data, size, parts, N_PARTS);
    g_autofree char *text = g_strndup(parts[QUESTION].text, parts[QUESTION].size);
    g_autoptr(GPtrArray) question = sp_ssb_question_parse(text, &error);
    fuzz_check_outcome(question != NULL, &error);
    g_autoptr(SpSsbMetadata) metadata =
        sp_ssb_metadata_parse(parts[METADATA].text, parts[METADATA].size, "fuzz", &error);
    fuzz_check_outcome(metadata != NULL, &error);
    g_autoptr(GPtrArray) plain =
        question != NULL && metadata != NULL ? select_codes(question, metadata) : NULL;
    if (plain != NULL) {
        split(plain, 1 + size % 7);
    }
    if (question != NULL) {
        ask(question, SP_SSB_V2);
        ask(question, SP_SSB_V1);
    }
    fuzz_told(parts[METADATA].text, parts[METADATA].size);
    fuzz_vanished(&parts[METADATA], &parts[LATER]);
    return 0;
}
