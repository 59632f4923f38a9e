/**
 * What every source is: how its bytes are fetched and how they are parsed. One folder a source, one
 * line in registry.def, one section a dataset in config ("SOURCE/DATASET"). See
 * docs/adding-a-source.md.
 */
#ifndef SP_EXTRACTORS_EXTRACTOR_H
#define SP_EXTRACTORS_EXTRACTOR_H

#include "core/config.h"
#include "core/layout.h"
#include "core/sink.h"
#include "extractors/parser.h"

struct SpPace; /* core/io/pace.h */

/** Bytes of one dataset as fetched, with what the source said about them. */
typedef struct {
    GBytes *bytes;
    char *url;     /* where they came from, after redirects */
    char *updated; /* the source's own time of its last change, "2026-02-25T07:00:00Z" or a date;
                      NULL if it does not tell, or the time is still to come */
    char *suffix;  /* "json", "csv", "xml" */
    /* What the next fetch compares with; NULL where there is none. */
    char *question; /* SHA-256 of what was asked */
    char *etag;     /* headers of the answer, as they came */
    char *modified; /* Last-Modified */
    char *title;    /* what the bytes call themselves, "" if they do not; NULL: not looked for */
    gboolean is_newest; /* the newest snapshot once more: its bytes need not be looked at again */
    GPtrArray *notes;   /* char*: what the night's reader should know; NULL: nothing */
} SpFetched;

void sp_fetched_free(SpFetched *fetched);

/** The newest snapshot of the dataset, whole on disk: what a new answer is compared with. Texts
 * that were not told are NULL. */
typedef struct {
    const char *path;
    const char *url;
    const char *updated;
    const char *question;
    const char *etag;
    const char *modified;
    const char *title;
} SpFetchNewest;

/** What fetch may know of the night. Paths without a scheme in config are relative to
 * `base_folder`. All else may be 0 or NULL. */
typedef struct {
    const char *base_folder;
    gint64 now;                  /* seconds since 1970; 0: not known */
    struct SpPace *pace;         /* of the run; NULL: servers are asked as fast as they answer */
    GHashTable *answers;         /* URL -> GBytes*: what holds for the run (a server's limits) */
    const SpFetchNewest *newest; /* NULL: none, or not to be relied upon */
} SpFetchContext;

/** All bytes of a snapshot, and what they are read by. */
typedef struct {
    const char *bytes;
    gsize size;
    const char *origin;     /* names the snapshot in messages */
    const SpLayout *layout; /* the dataset's; NULL: only the form that the source gives it */
    const SpSettings *settings;
} SpDocument;

typedef struct {
    const char *name;
    const char *summary;
    const char *const *config_keys; /* keys of a dataset's section that fetch and parse read */
    gsize n_config_keys;
    const char *host; /* where a dataset without `url` and `host` is asked for; NULL: nowhere */
    /** Bytes from the source, nothing else: no parsing beyond making sure that it is an answer and
     * not a page of apology. SP_ERROR_UNAVAILABLE, SP_ERROR_TRY_LATER, SP_ERROR_NO_INPUT,
     * SP_ERROR_DATA; SP_ERROR_CONFIG when the settings do not make a question. */
    SpFetched *(*fetch)(const SpSettings *settings, const SpFetchContext *context, GError **error);
    /** Bytes to rows, no I/O of its own. *updated is set (g_free) if the bytes themselves tell when
     * they were changed. SP_ERROR_DATA names origin and row, or place in the document. */
    gboolean (*parse)(const SpDocument *document, SpSink *sink, char **updated, GError **error);
    /** The same in pieces, for datasets whose layout has [persons]: they are decrypted and parsed
     * 64 KiB at a time. Messages quote nothing of the bytes. `sink` is borrowed until the parser's
     * end. NULL if the source has none such. */
    SpParser *(*open)(const SpParserInput *input, SpSink *sink, GError **error);
    /** Code lists (config/codes/NAME.csv) that `open` reads besides those of the layout, and keys
     * of the dataset's section among config_keys that it reads: what is counted depends on both.
     * Each NULL-terminated, NULL if none. */
    const char *const *lists;
    const char *const *open_keys;
} SpExtractor;

/** The `fetch` and `parse` of a source that is person-level alone: SP_ERROR_CONFIG, since its
 * deliveries come through inbox/ and are read in pieces. */
SpFetched *sp_fetch_by_hand(const SpSettings *settings, const SpFetchContext *context,
                            GError **error);
gboolean sp_parse_not_whole(const SpDocument *document, SpSink *sink, char **updated,
                            GError **error);

/** The registry, in the order of registry.def. */
gsize sp_extractors_size(void);
const SpExtractor *sp_extractors_at(gsize i);
/** NULL if there is none of that name. */
const SpExtractor *sp_extractors_find(const char *name);

/**
 * Fetch shared by all sources, in extractors/fetch_url.c. Every extractor that calls it puts
 * SP_FETCH_KEYS among its config_keys:
 *
 *   url        https://, http://, file://, or a path (relative to the context's base folder)
 *
 *   updated    when a source that does not tell was last changed: a date or a UTC time
 *
 *   timeout_s  seconds for the whole transfer, 1 to 3600
 *
 * A value of another form is SP_ERROR_CONFIG.
 *
 * Only status 200 with a body is a success. Other statuses are errors that name URL, status, what
 * the body says and what to do: 404 and 410 SP_ERROR_NO_INPUT, 408 and 5xx SP_ERROR_UNAVAILABLE,
 * all else SP_ERROR_DATA (429: core/io/http).
 */
#define SP_FETCH_KEYS "url", "updated", "timeout_s"

/**
 * Settings `url` and `table`, borrowed, each NULL if it is not set; SP_ERROR_CONFIG when neither
 * is. A url wins: it is how a workspace puts a file in the place of the table that the defaults
 * name.
 */
gboolean sp_fetch_choose(const SpSettings *settings, const char **url, const char **table,
                         GError **error);

/** The dataset is one URL or file. `accept` is the content type asked for, NULL for any. */
SpFetched *sp_fetch_url(const SpSettings *settings, const SpFetchContext *context,
                        const char *accept, GError **error);

/** A question that an extractor made itself. */
typedef struct {
    const char *url;
    const char *body;          /* JSON to POST; NULL: GET */
    const char *accept;        /* NULL: any */
    const char *authorization; /* value of that header, in no message; NULL: none */
    gboolean takes_nothing;    /* 204 is an answer (there are no rows), whose bytes are empty */
} SpQuestion;

/**
 * Asks in the pace of the run, and with the newest snapshot in mind: if that is the answer to the
 * same question and the source says that it has not changed since (304), its bytes are the answer.
 * A time that neither bytes nor settings tell is the answer's Last-Modified. Reads the settings
 * `updated` and `timeout_s`.
 */
SpFetched *sp_fetch_ask(const SpSettings *settings, const SpFetchContext *context,
                        const SpQuestion *question, GError **error);

/** Several answers become one snapshot: `fetched`, one of them, takes `bytes` (owned) and `suffix`,
 * and is no answer to a question of its own any more. */
void sp_fetched_join(SpFetched *fetched, GByteArray *bytes, const char *suffix);

/** The newest snapshot once more, as if it had been fetched again. Its bytes are not read before
 * somebody looks at them. */
SpFetched *sp_fetch_newest(const SpFetchContext *context, GError **error);

/** One more sentence for the night's reader. */
void sp_fetched_note(SpFetched *fetched, const char *format, ...) G_GNUC_PRINTF(2, 3);

/** The time of change that a source tells of itself (NULL: none), unless it is more than a day to
 * come at `now` (seconds since 1970; 0: not known): then it is noted and NULL, for a clock that
 * goes wrong must not name an edition. g_free. */
char *sp_fetched_believe(SpFetched *fetched, const char *told, gint64 now);

/** Whether a text is a time of change that may be handed on: a date, or a date and time as PxWeb
 * writes it. Editions are named by it, so it must be no other text. */
gboolean sp_fetch_is_time(const char *text);

/**
 * Makes sure that fetched bytes begin as a document of JSON: SP_ERROR_DATA that names the URL and
 * what came instead (an HTML page, XML, a PX file ...), for a 200 is not yet a success. `remedy`
 * ends the sentence.
 */
gboolean sp_fetch_check_json(const SpFetched *fetched, const char *remedy, GError **error);

/** What bytes that were to be something else look like: "an HTML page", "an XML document", "a PX
 * file"; NULL for none of these. */
const char *sp_fetch_describe(const char *bytes, gsize size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpFetched, sp_fetched_free)

#endif
