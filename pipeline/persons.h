/** From an encrypted snapshot of a person-level dataset to its facts. */
#ifndef SP_PIPELINE_PERSONS_H
#define SP_PIPELINE_PERSONS_H

#include "pipeline/parse.h"
#include "transforms/normalise/restate.h"

/**
 * Decrypts, unpacks, parses and counts in one go, 64 KiB of plain text at a time; nothing of it is
 * written. All deliveries in use are read one after the other, each row by all layouts; the facts
 * of each layout are added to `into`. `parsed` is as sp_parse_open left it, and
 * gets `files`, `n_read` and `is_read`, also where reading fails. Errors as the extractor's
 * parser, sp_persons_table, sp_crypt_read and sp_unpack_push; SP_ERROR_DATA when for one of the
 * layouts the share of rows that break a rule is beyond normalise.max_invalid_share.
 */
gboolean sp_parse_persons(SpUnit *unit, SpParsed *parsed, const SpTarget *target, SpTables *into,
                          GError **error);

#endif
