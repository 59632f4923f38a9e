/* Classes of a map in colour and words. */
#include "outputs/html/map_key.h"

#include "core/number.h"
#include "outputs/forklaring.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { NAME_SIZE = 64, MAX_DECIMALS = 6, STRIPES = 60 /* from top to bottom */ };

/* Why a kommune has no number, told apart by hatching and not by colour alone. */
static const struct {
    SpStatus status;
    const char *name; /* of the class, and of its pattern "kart-…" */
    const char *turn; /* of the stripes; NULL: there are none */
    const char *color;
} reasons[SP_MAP_REASONS] = {{SP_MISSING, "kx", "rotate(45)", "#b0b0b0"},
                             {SP_SUPPRESSED, "ks", "rotate(-45)", "#757575"},
                             {SP_NOT_APPLICABLE, "kn", NULL, "#ffffff"}};

gboolean sp_map_key_init(SpMapKey *key, const SpPage *page, const SpOverviewLine *line,
                         const char *limits)
{
    g_auto(GStrv) parts = g_strsplit(limits != NULL ? limits : "", " ", -1);
    *key = (SpMapKey){.page = page, .line = line};
    for (char **part = parts; *part != NULL && key->n_limits < SP_MAP_CLASSES - 1; part++) {
        if (sp_number_parse(*part, strlen(*part), sp_number_plain, &key->limits[key->n_limits])) {
            key->n_limits++;
        }
    }
    return key->n_limits > 0;
}

static guint class_of(const SpMapKey *key, SpReal real)
{
    guint class = 0;
    if (!sp_real_is_number(real)) {
        for (guint i = 1; i < SP_MAP_REASONS; i++) {
            class = real.status == reasons[i].status ? i : class;
        }
        return SP_MAP_CLASSES + class; /* what is not yet there is missing */
    }
    while (class < key->n_limits && real.value >= key->limits[class]) {
        class ++;
    }
    return class;
}

void sp_map_key_count(SpMapKey *key, SpReal real)
{
    key->n_in[class_of(key, real)]++;
}

static void set_class(xmlNode *node, guint class)
{
    char name[NAME_SIZE];
    if (class < SP_MAP_CLASSES) {
        (void)snprintf(name, sizeof name, "k%u", class);
    } else {
        g_strlcpy(name, reasons[class - SP_MAP_CLASSES].name, sizeof name);
    }
    sp_element_set(node, "class", name);
}

void sp_map_key_mark(const SpMapKey *key, xmlNode *shape, SpReal real)
{
    const guint class = class_of(key, real);
    set_class(shape, class);
    if (class >= SP_MAP_CLASSES) {
        g_autofree char *fill =
            g_strdup_printf("url(#kart-%s)", reasons[class - SP_MAP_CLASSES].name);
        sp_element_set(shape, "fill", fill);
    }
}

/* A stripe of colour beside a white one. */
static void add_pattern(xmlNode *svg, guint reason, gint64 width)
{
    g_autofree char *size = g_strdup_printf("%" G_GINT64_FORMAT, width);
    g_autofree char *half = g_strdup_printf("%" G_GINT64_FORMAT, width / 2);
    g_autofree char *id = g_strconcat("kart-", reasons[reason].name, NULL);
    xmlNode *pattern = sp_element_add(svg, "pattern", NULL);
    sp_element_set(pattern, "id", id);
    sp_element_set(pattern, "patternUnits", "userSpaceOnUse");
    sp_element_set(pattern, "width", size);
    sp_element_set(pattern, "height", size);
    if (reasons[reason].turn != NULL) {
        sp_element_set(pattern, "patternTransform", reasons[reason].turn);
    }
    for (guint i = 0; i < 2; i++) {
        xmlNode *stripe = sp_element_add(pattern, "rect", NULL);
        sp_element_set(stripe, "width", i == 0 ? size : half);
        sp_element_set(stripe, "height", size);
        sp_element_set(stripe, "fill", i == 0 ? "#ffffff" : reasons[reason].color);
    }
}

void sp_map_key_add_patterns(const SpMapKey *key, xmlNode *svg, gint64 height)
{
    for (guint i = 0; i < SP_MAP_REASONS; i++) {
        if (key->n_in[SP_MAP_CLASSES + i] > 0) {
            add_pattern(svg, i, MAX(height / STRIPES, 2));
        }
    }
}

/* "Tall kan ikke offentliggjøres". */
static const char *word_reason(const SpMapKey *key, SpStatus status)
{
    SpLegend mark;
    for (gsize i = 0; sp_forklaring_sign(i, &mark); i++) {
        if (strcmp(mark.mark, sp_status_sign(status)) == 0) {
            return sp_page_text(key->page, mark.text);
        }
    }
    g_assert_not_reached();
}

char *sp_map_key_tell(const SpMapKey *key, const char *name, SpReal real)
{
    char figure[SP_FIGURE_SIZE];
    return g_strdup_printf("%s: %s", name,
                           sp_real_is_number(real) ? sp_words_figure(real, key->line->form, figure)
                                                   : word_reason(key, (SpStatus)real.status));
}

/* As many decimals as tell all limits as they are: a rounded one would stand in another class. */
static guint limit_decimals(const SpMapKey *key)
{
    const SpFigureForm form = key->line->form;
    const double times = form.is_percent && !form.is_in_percent ? 100.0 : 1.0;
    guint decimals = 0;
    for (guint i = 0; i < key->n_limits; i++) {
        double scaled = sp_number_round(key->limits[i] * times);
        for (guint n = 0; n < MAX_DECIMALS && sp_number_round(scaled) != floor(scaled); n++) {
            scaled = sp_number_round(scaled * 10.0);
            decimals = MAX(decimals, n + 1);
        }
    }
    return decimals;
}

/* " årsverk"; "" where the figure bears its unit, or has none. */
static char *word_unit(const SpMapKey *key)
{
    const SpWords *words = key->page->voice->words;
    const char *unit = sp_units_of(sp_words_units(words), key->line->table, key->line->measure);
    const char *text = unit != NULL ? sp_words_find(words, "unit.", unit, "") : NULL;
    return key->line->form.is_percent || text == NULL || sp_units_is_of_indicator(unit)
               ? g_strdup("")
               : g_strconcat(" ", text, NULL);
}

/* "under 20 %", "20 % til under 40 %", "80 % eller mer". g_free. */
static char *word_class(const SpMapKey *key, guint class)
{
    char low[SP_FIGURE_SIZE];
    char high[SP_FIGURE_SIZE];
    SpFigureForm form = key->line->form;
    form.is_free = FALSE;
    form.decimals = limit_decimals(key);
    g_autofree char *unit = word_unit(key);
    sp_words_figure(sp_real(key->limits[class > 0 ? class - 1 : 0]), form, low);
    sp_words_figure(sp_real(key->limits[MIN(class, key->n_limits - 1)]), form, high);
    if (class == 0) {
        return g_strdup_printf("%s %s%s", sp_page_text(key->page, "page.below"), high, unit);
    }
    return class == key->n_limits
               ? g_strdup_printf("%s%s %s", low, unit, sp_page_text(key->page, "page.or_more"))
               : g_strdup_printf("%s %s %s%s", low, sp_page_text(key->page, "page.to_below"), high,
                                 unit);
}

static void add_item(const SpMapKey *key, xmlNode *list, guint class, const char *text)
{
    const guint n = key->n_in[class];
    g_autofree char *both =
        g_strdup_printf("%s: %u %s", text, n,
                        sp_page_text(key->page, n == 1 ? "page.one_kommune" : "unit.kommuner"));
    xmlNode *item = sp_element_add(list, "li", NULL);
    set_class(sp_element_add(item, "span", NULL), class);
    sp_element_text(item, both);
}

void sp_map_key_add(const SpMapKey *key, xmlNode *figure)
{
    xmlNode *list = sp_element_add(figure, "ul", NULL);
    sp_element_set(list, "class", "key");
    for (guint class = 0; class <= key->n_limits; class ++) {
        g_autofree char *text = word_class(key, class);
        add_item(key, list, class, text);
    }
    for (guint i = 0; i < SP_MAP_REASONS; i++) {
        if (key->n_in[SP_MAP_CLASSES + i] > 0) {
            add_item(key, list, SP_MAP_CLASSES + i, word_reason(key, reasons[i].status));
        }
    }
}
