/**
 * The feed that Ressursportal polls, packages/index.json, as a document: every edition ever
 * published with its state, newest first, and what of packages and files it has. Its form, and the
 * promise that goes with it, is config/schemas/feed-1.schema.json. Nothing here reads a clock or a
 * disk: what is told of a day was given.
 */
#ifndef SP_OUTPUTS_FEED_FEED_H
#define SP_OUTPUTS_FEED_FEED_H

#include "core/io/json.h"
#include "core/table.h"

/** Version of the form: fields are added, never renamed or removed, within a major version. */
#define SP_FEED_VERSION "1.0"
#define SP_FEED_NAME "index.json"

/** Of no editions. json_decref. */
json_t *sp_feed_new(void);
/** SP_ERROR_DATA when a document that was read is no feed of this major version. `origin` names
 * it. */
gboolean sp_feed_check(const json_t *feed, const char *origin, GError **error);

/** The key that editions are signed with, for telling keys apart; NULL: none. */
void sp_feed_set_key(json_t *feed, const char *public_key);

/** A package without files. json_decref. */
json_t *sp_feed_package(const char *name, const char *region, const char *title,
                        const char *language);
/** A file of it: `path` from the edition's folder, its size and SHA-256. `types` is
 * config/filtyper.csv: an ending that it does not have is application/octet-stream. */
void sp_feed_add_file(json_t *package, const SpTable *types, const char *path, gint64 bytes,
                      const char *sha256);

/** Makes an edition the current one, with its packages (an array, borrowed); the one that was is
 * superseded. */
void sp_feed_set_current(json_t *feed, const char *edition, json_t *packages);
/** Makes an edition the current one that the feed knows as superseded. */
void sp_feed_reinstate(json_t *feed, const char *edition);

/** What is told of an edition that is withdrawn. All borrowed; NULL: not told. */
typedef struct {
    const char *reason;
    const char *from; /* a day; NULL: none was given */
    const char *correction_nb, *correction_nn;
} SpWithdrawal;

/** What is told of an edition, borrowed from the feed; FALSE if it is not withdrawn. */
gboolean sp_feed_withdrawal(const json_t *feed, const char *edition, SpWithdrawal *withdrawal);

/** Withdraws an edition that the feed has; none is current if it was. */
void sp_feed_withdraw(json_t *feed, const char *edition, const SpWithdrawal *withdrawal);

/** A package of an edition. Texts are borrowed from the feed. */
typedef struct {
    const char *name;   /* "fylke-50-troendelag" */
    const char *region; /* "50" */
    const char *title;  /* "Trøndelag" */
} SpFeedPackage;
/** The packages of an edition, as they were called when it was made: SpFeedPackage, in the feed's
 * order; none if the feed does not have it. g_array_unref. */
GArray *sp_feed_packages(const json_t *feed, const char *edition);

/** "current", "superseded", "withdrawn"; NULL if the feed does not have the edition. */
const char *sp_feed_state(const json_t *feed, const char *edition);
/** Why an edition is withdrawn; NULL if it is not. */
const char *sp_feed_reason(const json_t *feed, const char *edition);
/** The edition that is current; NULL if none is. */
const char *sp_feed_current(const json_t *feed);
/** Editions that came before one and are not withdrawn, newest first: borrowed names, g_free the
 * array alone. */
const char **sp_feed_before(const json_t *feed, const char *edition);

/** Whether a file of a package of an edition is somewhere. */
typedef gboolean (*SpFeedKeep)(const char *edition, const char *package, const char *path,
                               gconstpointer data);
/** A copy that tells of the files alone that `keep` says; packages and editions without any are
 * left out, also where they superseded others. json_decref. */
json_t *sp_feed_select(const json_t *feed, SpFeedKeep keep, gconstpointer data);

#endif
