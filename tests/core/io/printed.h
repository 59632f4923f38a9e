/** What a printing program leaves: a small PDF with one page, its dates and versions, and a
 * link. */
#ifndef SP_TESTS_CORE_IO_PRINTED_H
#define SP_TESTS_CORE_IO_PRINTED_H

#include <glib.h>

/** `day` as "20260225". g_free. */
static inline char *printed_new(const char *day, const char *version, const char *link)
{
    g_autofree char *info =
        g_strdup_printf("<< /Title (Side) /CreationDate (D:%s101112Z) /ModDate (D:%s101112Z) "
                        "/Creator (Headless %s) /Producer (Skia %s) >>",
                        day, day, version, version);
    g_autofree char *action = g_strdup_printf(
        "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (%s) >> >>", link);
    const char *const objects[] = {
        info,
        "<< /Type /Catalog /Pages 3 0 R /Lang (nn) /MarkInfo << /Marked true >> >>",
        "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 3 0 R /MediaBox [0 0 595 842] /Annots [5 0 R] >>",
        action,
    };
    GString *text = g_string_new("%PDF-1.4\n");
    gsize places[G_N_ELEMENTS(objects)];
    for (gsize i = 0; i < G_N_ELEMENTS(objects); i++) {
        places[i] = text->len;
        g_string_append_printf(text, "%d 0 obj\n%s\nendobj\n", (int)i + 1, objects[i]);
    }
    const gsize table = text->len;
    g_string_append_printf(text, "xref\n0 %d\n0000000000 65535 f \n",
                           (int)G_N_ELEMENTS(objects) + 1);
    for (gsize i = 0; i < G_N_ELEMENTS(objects); i++) {
        g_string_append_printf(text, "%010d 00000 n \n", (int)places[i]);
    }
    g_string_append_printf(text,
                           "trailer\n<< /Size %d /Root 2 0 R /Info 1 0 R >>\nstartxref\n%d\n"
                           "%%%%EOF\n",
                           (int)G_N_ELEMENTS(objects) + 1, (int)table);
    return g_string_free(text, FALSE);
}

#endif
