/* Scales and shapes. */
#include "outputs/html/draw.h"

#include "core/number.h"

#include <math.h>
#include <string.h>

enum { PLACE_SIZE = SP_NUMBER_PRINT_SIZE };

/* With one decimal: what a screen can show. */
static const char *word_place(double place, char buffer[PLACE_SIZE])
{
    sp_number_format(round(place * 10.0) / 10.0 + 0.0, buffer);
    return buffer;
}

static void set_place(xmlNode *node, const char *name, double place)
{
    char text[PLACE_SIZE];
    xmlSetProp(node, (const xmlChar *)name, (const xmlChar *)word_place(place, text));
}

/* ---- scales ---- */

/* 1, 2 or 5 times a power of ten, at least `least`. */
static double round_step(double least)
{
    static const double steps[] = {1.0, 2.0, 5.0, 10.0};
    double power = pow(10.0, floor(log10(least)));
    for (gsize i = 0; i < G_N_ELEMENTS(steps); i++) {
        if (steps[i] * power >= least * (1.0 - 1e-9)) {
            return steps[i] * power;
        }
    }
    return 10.0 * power;
}

void sp_scale_init(SpScale *scale, double low, double high, guint n_steps, gboolean is_log)
{
    *scale = (SpScale){.low = low, .high = high, .is_log = is_log};
    if (is_log) {
        scale->low = low * 0.9;
        scale->high = MAX(high, low * 2.0) * 1.1;
        return;
    }
    double range = high > low ? high - low : MAX(fabs(high), 1.0);
    scale->step = round_step(range / (double)n_steps);
    scale->low = floor(low / scale->step + 1e-9) * scale->step;
    scale->high = ceil(high / scale->step - 1e-9) * scale->step;
    if (scale->high <= scale->low) {
        scale->high = scale->low + scale->step;
    }
}

double sp_scale_place(const SpScale *scale, double value)
{
    double share = scale->is_log ? log(value / scale->low) / log(scale->high / scale->low)
                                 : (value - scale->low) / (scale->high - scale->low);
    return scale->from + share * (scale->to - scale->from);
}

GArray *sp_scale_ticks(const SpScale *scale)
{
    static const double parts[] = {1.0, 2.0, 5.0};
    GArray *ticks = g_array_new(FALSE, FALSE, sizeof(double));
    if (!scale->is_log) {
        guint n = (guint)lround((scale->high - scale->low) / scale->step);
        for (guint i = 0; i <= n; i++) {
            double tick = scale->low + (double)i * scale->step;
            g_array_append_val(ticks, tick);
        }
        return ticks;
    }
    const int last = (int)floor(log10(scale->high));
    for (int power = (int)floor(log10(scale->low)); power <= last; power++) {
        for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
            double tick = parts[i] * pow(10.0, power);
            if (tick >= scale->low && tick <= scale->high) {
                g_array_append_val(ticks, tick);
            }
        }
    }
    return ticks;
}

/* ---- shapes ---- */

xmlNode *sp_draw_new(xmlNode *parent, double width, double height, const char *alt)
{
    char w[PLACE_SIZE];
    char h[PLACE_SIZE];
    g_autofree char *view =
        g_strdup_printf("0 0 %s %s", word_place(width, w), word_place(height, h));
    xmlNode *svg = sp_element_add(parent, "svg", NULL);
    sp_element_set(svg, "viewBox", view);
    sp_element_set(svg, "role", "img");
    sp_element_set(svg, "aria-label", alt);
    return svg;
}

xmlNode *sp_draw_swatch(xmlNode *list, const char *text)
{
    xmlNode *item = sp_element_add(list, "li", NULL);
    xmlNode *swatch = sp_element_add(item, "svg", NULL);
    sp_element_set(swatch, "class", "swatch");
    sp_element_set(swatch, "viewBox", "0 0 28 14");
    sp_element_set(swatch, "aria-hidden", "true");
    sp_element_text(item, text);
    return swatch;
}

void sp_draw_line(xmlNode *svg, double x1, double y1, double x2, double y2, const char *look)
{
    xmlNode *line = sp_element_add(svg, "line", NULL);
    set_place(line, "x1", x1);
    set_place(line, "y1", y1);
    set_place(line, "x2", x2);
    set_place(line, "y2", y2);
    sp_element_set(line, "class", look);
}

void sp_draw_text(xmlNode *svg, double x, double y, const char *look, const char *text)
{
    xmlNode *node = sp_element_add(svg, "text", text);
    set_place(node, "x", x);
    set_place(node, "y", y);
    sp_element_set(node, "class", look);
}

void sp_draw_path(xmlNode *svg, const GString *path, const char *look)
{
    if (path->len > 0) {
        xmlNode *node = sp_element_add(svg, "path", NULL);
        sp_element_set(node, "d", path->str);
        sp_element_set(node, "class", look);
    }
}

void sp_path_add(GString *path, double x, double y, gboolean is_start)
{
    char text[PLACE_SIZE];
    g_string_append_c(path, is_start || path->len == 0 ? 'M' : 'L');
    g_string_append(path, word_place(x, text));
    g_string_append_c(path, ' ');
    g_string_append(path, word_place(y, text));
}

void sp_path_close(GString *path)
{
    g_string_append_c(path, 'Z');
}

/* Corners of the marks around 0, 0; the first is a circle and has none. */
static const struct {
    gsize n;
    double corners[4][2];
} marks[SP_N_MARKS] = {{0, {{0}}},
                       {4, {{-4, -4}, {4, -4}, {4, 4}, {-4, 4}}},
                       {4, {{0, -5.5}, {5.5, 0}, {0, 5.5}, {-5.5, 0}}},
                       {3, {{0, -5}, {5, 4}, {-5, 4}}},
                       {3, {{0, 5}, {5, -4}, {-5, -4}}}};

void sp_draw_mark(xmlNode *svg, guint form, double x, double y, const char *look, const char *told)
{
    form %= SP_N_MARKS;
    xmlNode *node = NULL;
    if (marks[form].n == 0) {
        node = sp_element_add(svg, "circle", NULL);
        set_place(node, "cx", x);
        set_place(node, "cy", y);
        sp_element_set(node, "r", "4");
    } else {
        g_autoptr(GString) path = g_string_new(NULL);
        for (gsize i = 0; i < marks[form].n; i++) {
            sp_path_add(path, x + marks[form].corners[i][0], y + marks[form].corners[i][1], i == 0);
        }
        sp_path_close(path);
        node = sp_element_add(svg, "path", NULL);
        sp_element_set(node, "d", path->str);
    }
    sp_element_set(node, "class", look);
    if (told != NULL) {
        sp_element_add(node, "title", told);
    }
}
