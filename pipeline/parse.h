/**
 * From snapshots to raw tables: the extractor's parser, the dataset's layouts and the code lists
 * they name. All layouts of a dataset read the same rows in one pass, one table each; all
 * deliveries in use are read one after the other into the same tables.
 */
#ifndef SP_PIPELINE_PARSE_H
#define SP_PIPELINE_PARSE_H

#include "core/layout.h"
#include "pipeline/stage.h"

/** Declares a dataset's snapshots, its layouts and their code lists among a unit's inputs. */
gboolean sp_parse_need(SpUnit *unit, const char *dataset, GError **error);

/** What was noticed of one file of a person-level dataset. */
typedef struct {
    SpQuality
        *broken; /* rules that its rows break, of each the count of the layout that has most */
    GPtrArray *periods; /* char*, owned: the periods of its rows */
} SpParsedFile;

typedef struct {
    char *origin;       /* "2024.csv (snapshot 0123456789ab)", of several deliveries with " + " */
    GPtrArray *layouts; /* SpLayout*, in the order of the dataset's section */
    GPtrArray *raw;     /* SpTable*, one a layout: our column names, the source's codes; no table
                           before sp_parse */
    SpTables *maps;     /* a table from, to for each code list of any layout, and the questions of
                           [answers] */
    /* SpSink* or NULL, one a snapshot: sees every row of it too, also those after the first error.
     * NULL: none. Set between sp_parse_open and sp_parse, owned, the sinks borrowed. */
    GPtrArray *observers;
    gboolean keeps_places; /* set before sp_parse: where each row of `raw` stood is kept too */
    GPtrArray *places; /* GArray* of SpPlaceOfRow (pipeline/gather.h), one a layout; else NULL */
    GPtrArray *files; /* SpParsedFile*, one a snapshot that sp_parse_persons has begun; else NULL */
    guint n_read;     /* snapshots that sp_parse or sp_parse_persons has begun */
    gboolean is_read; /* it has come to the end of all */
    gboolean is_of_rows; /* what failed then is that too many rows about persons broke a rule */
} SpParsed;

/** Origin, layouts and code lists. sp_parse calls it if it was not called before. */
gboolean sp_parse_open(SpUnit *unit, const char *dataset, SpParsed *parsed, GError **error);

/**
 * Parses; the unit's `updated` follows what the bytes themselves tell. Errors as the extractor's
 * parser; SP_ERROR_DATA when a key of a row stands in two deliveries, naming both.
 */
gboolean sp_parse(SpUnit *unit, const char *dataset, SpParsed *parsed, GError **error);
void sp_parsed_clear(SpParsed *parsed);

/** The dataset's only layout and its table, for what knows no more of them; SP_ERROR_CONFIG when
 * the section names several. Borrowed. */
const SpLayout *sp_parsed_layout(const SpParsed *parsed, GError **error);

/** "2024.csv (snapshot 0123456789ab)": what a snapshot is called in messages. g_free. */
char *sp_parse_origin(const SpInput *snapshot);

/** Notes, as findings `delivery_missing`, the deliveries that one would expect besides. */
gboolean sp_parse_note_missing(SpUnit *unit, const char *dataset, GError **error);

/** SP_ERROR_DATA when the findings of the unit cross the configured limits: the dataset's own
 * `max_unknown_codes`, else "normalise.max_unknown_codes". */
gboolean sp_parse_check_limits(SpUnit *unit, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpParsed, sp_parsed_clear)

#endif
