/** From an encrypted snapshot of a person-level dataset to its facts. */
#ifndef SP_PIPELINE_PERSONS_H
#define SP_PIPELINE_PERSONS_H

#include "core/regions.h"
#include "pipeline/parse.h"

/**
 * Decrypts, parses and counts in one go, 64 KiB of plain text at a time; nothing of it is written.
 * `parsed` is as sp_parse_open left it. Errors as the extractor's parser, sp_persons_table and
 * sp_crypt_read; SP_ERROR_DATA when the share of rows that break a rule is beyond
 * normalise.max_invalid_share.
 */
SpTable *sp_parse_persons(SpUnit *unit, const SpParsed *parsed, const SpRegions *regions,
                          SpDay target, const SpTable *weights, GError **error);

#endif
