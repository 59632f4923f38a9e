/* PDF by libqpdf, through its interface in C. A fault is kept by the library until it is asked. */
#include "core/io/pdf.h"

#include "core/error.h"

#include <qpdf/qpdf-c.h>

#include <string.h>

static const char file_scheme[] = "file:";

static void end(qpdf_data pdf)
{
    qpdf_cleanup(&pdf);
}
G_DEFINE_AUTO_CLEANUP_FREE_FUNC(qpdf_data, end, NULL)

/* FALSE, with the library's words, when anything has failed since it was begun. */
static gboolean is_sound(qpdf_data pdf, const char *origin, GError **error)
{
    if (!qpdf_has_error(pdf)) {
        return TRUE;
    }
    return sp_error_set(error, SP_ERROR_DATA, "%s is no whole PDF: %s", origin,
                        qpdf_get_error_full_text(pdf, qpdf_get_error(pdf)));
}

static qpdf_data open_pdf(GBytes *bytes, const char *origin, GError **error)
{
    gsize size = 0;
    const char *from = g_bytes_get_data(bytes, &size);
    g_auto(qpdf_data) pdf = qpdf_init();
    qpdf_silence_errors(pdf);
    qpdf_set_suppress_warnings(pdf, QPDF_TRUE);
    qpdf_set_attempt_recovery(pdf, QPDF_FALSE);
    (void)qpdf_read_memory(pdf, origin, from != NULL ? from : "", size, NULL);
    return is_sound(pdf, origin, error) ? g_steal_pointer(&pdf) : NULL;
}

static void set_marks(qpdf_data pdf, const SpPdfMarks *marks)
{
    g_auto(GStrv) parts = g_strsplit(marks->day, "-", -1);
    g_autofree char *digits = g_strjoinv("", parts);
    g_autofree char *time = g_strdup_printf("D:%s000000Z", digits);
    qpdf_set_info_key(pdf, "/CreationDate", time);
    qpdf_set_info_key(pdf, "/ModDate", time);
    qpdf_set_info_key(pdf, "/Creator", marks->creator);
    qpdf_set_info_key(pdf, "/Producer", NULL);
}

/* What stands behind the folder's name in a link to a file; NULL of another link. A link elsewhere
 * on this machine is `*is_strange`. Borrowed. */
static const char *relative_of(const char *target, const char *folder, gboolean *is_strange)
{
    g_autofree char *name = g_strconcat("/", folder, "/", NULL);
    if (g_ascii_strncasecmp(target, file_scheme, strlen(file_scheme)) != 0) {
        return NULL;
    }
    const char *found = strstr(target, name);
    *is_strange = *is_strange || found == NULL;
    return found != NULL ? found + strlen(name) : NULL;
}

/* FALSE when a link of the page leads to a place of this machine. */
static gboolean turn_links(qpdf_data pdf, qpdf_oh page, const char *folder)
{
    gboolean is_strange = FALSE;
    qpdf_oh links = qpdf_oh_get_key(pdf, page, "/Annots");
    int n = qpdf_oh_is_array(pdf, links) ? qpdf_oh_get_array_n_items(pdf, links) : 0;
    for (int i = 0; i < n; i++) {
        qpdf_oh link = qpdf_oh_get_array_item(pdf, links, i);
        qpdf_oh action = qpdf_oh_get_key_if_dict(pdf, link, "/A");
        qpdf_oh target = qpdf_oh_get_key_if_dict(pdf, action, "/URI");
        if (!qpdf_oh_is_string(pdf, target)) {
            continue;
        }
        /* The library's text lives until its next call. */
        g_autofree char *text = g_strdup(qpdf_oh_get_utf8_value(pdf, target));
        const char *relative = relative_of(text, folder, &is_strange);
        if (relative != NULL) {
            qpdf_oh_replace_key(pdf, action, "/URI", qpdf_oh_new_string(pdf, relative));
        }
    }
    return !is_strange;
}

static gboolean turn_all_links(qpdf_data pdf, const char *origin, const char *folder,
                               GError **error)
{
    const int n = qpdf_get_num_pages(pdf);
    for (int i = 0; i < n; i++) {
        if (!turn_links(pdf, qpdf_get_page_n(pdf, (gsize)i), folder)) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: page %d links to a file outside the folder %s", origin, i + 1,
                                folder);
        }
    }
    return TRUE;
}

/* `is_packed`: as small as it can be; else with its streams as they were before they were
 * packed. */
static GBytes *write_pdf(qpdf_data pdf, gboolean is_packed, const char *origin, GError **error)
{
    (void)qpdf_init_write_memory(pdf);
    qpdf_set_stream_data_mode(pdf, is_packed ? qpdf_s_compress : qpdf_s_uncompress);
    qpdf_set_object_stream_mode(pdf, is_packed ? qpdf_o_generate : qpdf_o_disable);
    qpdf_set_deterministic_ID(pdf, QPDF_TRUE);
    (void)qpdf_write(pdf);
    return is_sound(pdf, origin, error)
               ? g_bytes_new(qpdf_get_buffer(pdf), qpdf_get_buffer_length(pdf))
               : NULL;
}

/* Written twice: only what is not packed is packed by the library's own zlib, and the printing
 * program's packs differently by the CPU. */
GBytes *sp_pdf_settle(GBytes *printed, const char *origin, const SpPdfMarks *marks, GError **error)
{
    g_auto(qpdf_data) pdf = open_pdf(printed, origin, error);
    if (pdf == NULL || !turn_all_links(pdf, origin, marks->folder, error)) {
        return NULL;
    }
    set_marks(pdf, marks);
    g_autoptr(GBytes) plain = write_pdf(pdf, FALSE, origin, error);
    g_auto(qpdf_data) again = plain != NULL ? open_pdf(plain, origin, error) : NULL;
    return again != NULL ? write_pdf(again, TRUE, origin, error) : NULL;
}
