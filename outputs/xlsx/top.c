/* The first rows of a sheet. */
#include "outputs/xlsx/top.h"

enum { ROW_TITLE, ROW_NOTE, ROW_NOTICE };

void sp_top_put(SpBook *book, lxw_worksheet *sheet, const SpWords *words, const SpTop *top)
{
    const char *notices = sp_words_notices(words);
    sp_book_put_text(book, sheet, ROW_TITLE, 0, top->title, SP_LOOK_TITLE);
    sp_book_put_wide(book, sheet, ROW_NOTE, top->widths, top->n_columns, top->note);
    g_autofree char *contents = sp_book_target(top->contents, 0);
    sp_book_put_link(book, sheet, ROW_NOTICE, 0, contents, sp_words_text(words, "page.contents"));
    gsize place = 1;
    if (top->more != NULL) {
        const char *text = sp_words_text(words, "page.more_on_figures");
        /* What follows would cut it short in a narrow column. */
        while (place + 1 < top->n_columns && top->widths[place] < (double)g_utf8_strlen(text, -1)) {
            place++;
        }
        sp_book_put_link(book, sheet, ROW_NOTICE, place++, top->more, text);
    }
    if (notices[0] != '\0') {
        sp_book_put_text(book, sheet, ROW_NOTICE, place, notices, SP_LOOK_NOTICE);
    }
}
