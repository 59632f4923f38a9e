/** The text of a PX file taken apart: encoding, and one keyword after the other. */
#ifndef SP_EXTRACTORS_SSB_PX_TEXT_H
#define SP_EXTRACTORS_SSB_PX_TEXT_H

#include <glib.h>

/** NAME[language]("subject","cell")=values */
typedef struct {
    char *name;        /* "VALUES" */
    char *language;    /* NULL: none given, so that of the file */
    char *subject;     /* what stands in parentheses first, NULL if nothing does */
    GPtrArray *values; /* char*: texts (pieces of a text that is broken over lines are joined) and
                           words without quotes; empty for DATA */
    guint line;        /* of the name, from 1 */
} SpPxKeyword;

void sp_px_keyword_free(gpointer keyword);

/** The file as UTF-8, by CODEPAGE, else CHARSET="ANSI" (ISO-8859-1), else the code page 850 of
 * files that name none; pure ASCII and UTF-8 with a byte order mark need none. g_free.
 * SP_ERROR_DATA naming `origin`: an unknown code page, bytes that are not of it. */
char *sp_px_decode(const char *bytes, gsize size, const char *origin, gsize *text_size,
                   GError **error);

/**
 * Keywords up to DATA=: SpPxKeyword*, unref. *data is what follows DATA= (borrowed from `text`),
 * *data_line its line. SP_ERROR_DATA naming origin and line: something that is no keyword, a quote
 * or keyword that does not end, no DATA, more than SP_PX_MAX_VALUES values.
 */
enum { SP_PX_MAX_VALUES = 2000000 };
GPtrArray *sp_px_keywords(const char *text, const char *origin, const char **data, guint *data_line,
                          GError **error);

#endif
