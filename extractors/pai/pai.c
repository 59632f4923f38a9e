/* PAI: positions in kommuner on 1 December, from KS's register of pay and personnel. Person-level
 * CSV or workbook that comes by hand; what its columns become is the layout's. */
#include "extractors/extractor.h"

static SpParser *open_parser(const SpParserInput *input, SpSink *sink, GError **error)
{
    return sp_file_parser_open(input->origin, input->layout, sink, error);
}

const SpExtractor sp_extractor_pai = {
    .name = "pai",
    .summary = "PAI: positions in kommuner, person-level CSV or workbook through inbox/",
    .fetch = sp_fetch_by_hand,
    .parse = sp_parse_not_whole,
    .open = open_parser,
};
