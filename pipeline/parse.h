/** From a snapshot to a raw table: the extractor's parser, the dataset's layout and the code lists
 * it names. */
#ifndef SP_PIPELINE_PARSE_H
#define SP_PIPELINE_PARSE_H

#include "core/layout.h"
#include "pipeline/stage.h"

/** Declares a dataset's snapshot, its layout and the layout's code lists among a unit's inputs. */
gboolean sp_parse_need(SpUnit *unit, const char *dataset, GError **error);

typedef struct {
    char *origin; /* "ssb/folkemengde", for messages */
    SpLayout *layout;
    SpTable *raw;   /* our column names, the source's codes; NULL before sp_parse */
    SpTables *maps; /* a table from, to for each code list, and the questions of [answers] */
    SpSink
        *observer; /* sees every row of a plain layout too, also those after the first error; NULL:
                         none. Set between sp_parse_open and sp_parse, borrowed */
} SpParsed;

/** Origin, layout and code lists. sp_parse calls it if it was not called before. */
gboolean sp_parse_open(SpUnit *unit, const char *dataset, SpParsed *parsed, GError **error);

/** Parses; the unit's `updated` follows what the bytes themselves tell. Errors as the extractor's
 * parser. */
gboolean sp_parse(SpUnit *unit, const char *dataset, SpParsed *parsed, GError **error);
void sp_parsed_clear(SpParsed *parsed);

/** SP_ERROR_DATA when the findings of the unit cross the configured limits
 * ("normalise.max_unknown_codes"). */
gboolean sp_parse_check_limits(SpUnit *unit, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpParsed, sp_parsed_clear)

#endif
