/* What all parsers in pieces share. */
#include "extractors/parser.h"

void sp_parser_leave_out(const SpParserInput *input, const char *kind, const char *subject,
                         guint64 number)
{
    (*input->n_left_out)++;
    sp_quality_note(input->quality, kind, subject, number,
                    "left out by the reader; the first stands in row or element %" G_GUINT64_FORMAT,
                    number);
}
