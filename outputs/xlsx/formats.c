/* Looks and number formats. */
#include "outputs/xlsx/formats.h"

struct SpFormats {
    lxw_workbook *workbook;
    lxw_format *looks[SP_N_LOOKS];
    GHashTable *numbers; /* number format -> lxw_format*, keys owned */
    GHashTable *figures; /* form and flags as a number -> lxw_format*: a look-up a figure */
};

/* How each look differs from a plain cell. */
typedef struct {
    gboolean is_bold, is_wrapped, is_underlined, is_open;
    double size;       /* 0: as it is */
    lxw_color_t color; /* 0: as it is */
    guint8 across;     /* alignment, 0: as it is */
    guint8 down;
    guint8 indent;
    const char *number; /* NULL: as it is */
} Look;

#define DAY "d.m.yyyy"
#define YEAR "0"

/* Headers of figures leave room for the button of the filter, and texts behind figures stand a
 * little off them. */
static const Look looks[SP_N_LOOKS] = {
    [SP_LOOK_PLAIN] = {.down = LXW_ALIGN_VERTICAL_TOP},
    [SP_LOOK_TITLE] = {.is_bold = TRUE, .size = 14},
    [SP_LOOK_SUBTITLE] = {.is_bold = TRUE,
                          .is_wrapped = TRUE,
                          .size = 12,
                          .down = LXW_ALIGN_VERTICAL_TOP},
    [SP_LOOK_HEADING] = {.is_bold = TRUE},
    [SP_LOOK_NOTICE] = {.is_bold = TRUE, .color = 0x9C0006},
    [SP_LOOK_HEADER] = {.is_bold = TRUE,
                        .is_wrapped = TRUE,
                        .is_underlined = TRUE,
                        .down = LXW_ALIGN_VERTICAL_BOTTOM},
    [SP_LOOK_HEADER_RIGHT] = {.is_bold = TRUE,
                              .is_wrapped = TRUE,
                              .is_underlined = TRUE,
                              .across = LXW_ALIGN_RIGHT,
                              .down = LXW_ALIGN_VERTICAL_BOTTOM,
                              .indent = 1},
    [SP_LOOK_HEADER_AFTER] = {.is_bold = TRUE,
                              .is_wrapped = TRUE,
                              .is_underlined = TRUE,
                              .across = LXW_ALIGN_LEFT,
                              .down = LXW_ALIGN_VERTICAL_BOTTOM,
                              .indent = 1},
    [SP_LOOK_WRAPPED] = {.is_wrapped = TRUE, .down = LXW_ALIGN_VERTICAL_TOP},
    [SP_LOOK_AFTER] = {.across = LXW_ALIGN_LEFT, .down = LXW_ALIGN_VERTICAL_TOP, .indent = 1},
    [SP_LOOK_AFTER_WRAPPED] = {.is_wrapped = TRUE,
                               .across = LXW_ALIGN_LEFT,
                               .down = LXW_ALIGN_VERTICAL_TOP,
                               .indent = 1},
    /* They stand in columns of texts, to the left. */
    [SP_LOOK_DAY] = {.across = LXW_ALIGN_LEFT, .down = LXW_ALIGN_VERTICAL_TOP, .number = DAY},
    [SP_LOOK_DAY_AFTER] = {.across = LXW_ALIGN_LEFT,
                           .down = LXW_ALIGN_VERTICAL_TOP,
                           .indent = 1,
                           .number = DAY},
    [SP_LOOK_YEAR] = {.across = LXW_ALIGN_LEFT, .down = LXW_ALIGN_VERTICAL_TOP, .number = YEAR},
    [SP_LOOK_YEAR_AFTER] = {.across = LXW_ALIGN_LEFT,
                            .down = LXW_ALIGN_VERTICAL_TOP,
                            .indent = 1,
                            .number = YEAR},
    [SP_LOOK_BLANK] = {.is_wrapped = TRUE, .is_open = TRUE, .down = LXW_ALIGN_VERTICAL_TOP},
};

static lxw_format *look_format(SpFormats *formats, const Look *look)
{
    lxw_format *format = workbook_add_format(formats->workbook);
    if (look->is_bold) {
        format_set_bold(format);
    }
    if (look->is_wrapped) {
        format_set_text_wrap(format);
    }
    if (look->is_underlined) {
        format_set_bottom(format, LXW_BORDER_THIN);
    }
    if (look->is_open) {
        format_set_unlocked(format);
        format_set_border(format, LXW_BORDER_THIN);
    }
    if (look->size > 0.0) {
        format_set_font_size(format, look->size);
    }
    if (look->color != 0) {
        format_set_font_color(format, look->color);
    }
    if (look->number != NULL) {
        format_set_num_format(format, look->number);
    }
    format_set_align(format, look->across);
    format_set_align(format, look->down);
    format_set_indent(format, look->indent);
    return format;
}

SpFormats *sp_formats_new(lxw_workbook *workbook)
{
    SpFormats *formats = g_new0(SpFormats, 1);
    formats->workbook = workbook;
    formats->numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    formats->figures = g_hash_table_new(NULL, NULL);
    for (gsize i = 0; i < SP_N_LOOKS; i++) {
        formats->looks[i] = look_format(formats, &looks[i]);
    }
    return formats;
}

void sp_formats_free(SpFormats *formats)
{
    g_hash_table_unref(formats->numbers);
    g_hash_table_unref(formats->figures);
    g_free(formats);
}

lxw_format *sp_formats_look(const SpFormats *formats, SpLook look)
{
    return formats->looks[look];
}

/*
 * Zero is a number that is shown as SSB's "-"; below the unit it is shown as 0, and of an answer in
 * words, which are those of one workbook's language. Flags stand behind
 * the figure by its format, so that it stays a number; figures without flags among others that have
 * some are set in by as much.
 */
static lxw_format *number_format(SpFormats *formats, SpFigureForm form, gboolean is_zero_dash,
                                 const char *ending)
{
    g_autoptr(GString) one = g_string_new(form.is_percent ? "0" : "#,##0");
    for (guint i = 0; i < form.decimals; i++) {
        g_string_append(one, i == 0 ? ".0" : "0");
    }
    if (form.is_percent) {
        /* In quotes the sign is a letter, and nothing is multiplied. */
        g_string_append(one, form.is_in_percent ? "\" %\"" : " %");
        g_string_append(one, form.is_points ? "\"" SP_POINTS "\"" : "");
    }
    g_autofree char *text =
        form.answers != NULL
            ? g_strdup_printf("[=1]\"%s\"%s;[=0]\"%s\"%s;%s%s;@%s", form.answers[1], ending,
                              form.answers[0], ending, one->str, ending, ending)
            : g_strdup_printf("%s%s;-%s%s;%s%s;@%s", one->str, ending, one->str, ending,
                              is_zero_dash ? "\"-\"" : one->str, ending, ending);
    lxw_format *format = g_hash_table_lookup(formats->numbers, text);
    if (format == NULL) {
        format = workbook_add_format(formats->workbook);
        format_set_num_format(format, text);
        format_set_align(format, LXW_ALIGN_RIGHT);
        format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
        g_hash_table_insert(formats->numbers, g_steal_pointer(&text), format);
    }
    return format;
}

/* All that a figure's format depends on, as a number. */
static gpointer figure_key(SpFigureForm form, gboolean is_zero_dash, gboolean has_flags,
                           guint flags)
{
    guint key = form.decimals;
    key = key << 1 | (form.is_percent ? 1 : 0);
    key = key << 1 | (form.is_in_percent ? 1 : 0);
    key = key << 1 | (form.is_points ? 1 : 0);
    key = key << 1 | (form.answers != NULL ? 1 : 0);
    key = key << 1 | (is_zero_dash ? 1 : 0);
    key = key << 1 | (has_flags ? 1 : 0);
    return GUINT_TO_POINTER(key << 8 | flags);
}

lxw_format *sp_formats_figure(SpFormats *formats, SpReal real, SpFigureForm form,
                              gboolean has_flags)
{
    gboolean is_zero_dash = real.status != SP_BELOW_UNIT;
    gpointer key = figure_key(form, is_zero_dash, has_flags, real.flags);
    lxw_format *format = g_hash_table_lookup(formats->figures, key);
    if (format == NULL) {
        char letters[SP_FLAGS_TEXT_SIZE];
        const char *flags = sp_flags_format(real.flags, letters);
        g_autofree char *shown = g_strdup_printf("\" %s\"", flags);
        /* As wide as an n, since readers that look for letters take an m for minutes. */
        const char *ending = *flags != '\0' ? shown : has_flags ? "_ _n" : "";
        format = number_format(formats, form, is_zero_dash, ending);
        g_hash_table_insert(formats->figures, key, format);
    }
    return format;
}
