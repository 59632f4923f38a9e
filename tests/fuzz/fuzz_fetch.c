/* Any bytes as what a source answers to a question: what is fetched, or said of it, can stand in a
 * snapshot's description and in a message. */
#include "core/io/pace.h"
#include "extractors/extractor.h"
#include "tests/fuzz/guard.h"
#include "tests/fuzz/server.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static gint64 now_ms(gpointer data)
{
    return *(gint64 *)data;
}

static void sleep_ms(gint64 wait_ms, gpointer data)
{
    *(gint64 *)data += wait_ms;
}

static void claim_text(const char *text)
{
    FUZZ_CLAIM(text == NULL || g_utf8_validate(text, -1, NULL));
}

static void claim_fetched(const SpFetched *fetched, gboolean takes_nothing)
{
    g_autoptr(GError) error = NULL;
    FUZZ_CLAIM(takes_nothing || g_bytes_get_size(fetched->bytes) > 0);
    claim_text(fetched->url);
    claim_text(fetched->updated);
    claim_text(fetched->etag);
    claim_text(fetched->modified);
    gboolean is_json = sp_fetch_check_json(fetched, "try again later", &error);
    fuzz_check_outcome(is_json, &error);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    static const char *const keys[] = {SP_FETCH_KEYS};
    gint64 now = 0;
    const SpPaceClock clock = {.now_ms = now_ms, .sleep_ms = sleep_ms, .data = &now};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpPace) pace = sp_pace_new(&clock, 3600, "");
    g_autoptr(SpConfig) config = sp_config_new();
    FUZZ_CLAIM(sp_config_add(config, "fuzz", "[ssb/fuzz]\ntimeout_s = 10\n", NULL));
    g_autoptr(SpSettings) settings = sp_settings_new(config, "ssb/fuzz", keys, G_N_ELEMENTS(keys));
    const SpFetchContext context = {.base_folder = "/", .pace = pace};
    const SpQuestion question = {.url = "http://kilde.test/tabell",
                                 .body = size % 2 == 0 ? NULL : "{}",
                                 .takes_nothing = size % 3 == 0};
    fuzz_server_answers(data, size);
    g_autoptr(SpFetched) fetched = sp_fetch_ask(settings, &context, &question, &error);
    fuzz_check_outcome(fetched != NULL, &error);
    if (fetched != NULL) {
        claim_fetched(fetched, question.takes_nothing);
    }
    return 0;
}
