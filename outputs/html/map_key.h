/**
 * The key of a map: classes of figures between limits, and one for each reason why there is no
 * number. It names each with its limits and unit and tells how many kommuner are in it.
 */
#ifndef SP_OUTPUTS_HTML_MAP_KEY_H
#define SP_OUTPUTS_HTML_MAP_KEY_H

#include "outputs/html/page.h"

enum {
    SP_MAP_CLASSES = 6, /* of numbers, at the most */
    SP_MAP_REASONS = 3  /* for none; their classes stand behind */
};

typedef struct {
    const SpPage *page;         /* borrowed */
    const SpOverviewLine *line; /* the same */
    double limits[SP_MAP_CLASSES];
    guint n_limits;
    guint n_in[SP_MAP_CLASSES + SP_MAP_REASONS]; /* kommuner by class */
} SpMapKey;

/** `limits` are numbers that rise, with blanks between them; FALSE where there are none. */
gboolean sp_map_key_init(SpMapKey *key, const SpPage *page, const SpOverviewLine *line,
                         const char *limits);
/** Counts a kommune by its figure. */
void sp_map_key_count(SpMapKey *key, SpReal real);
/** "Oslo: 35 %", "Utsira: Tall kan ikke offentliggjøres". g_free. */
char *sp_map_key_tell(const SpMapKey *key, const char *name, SpReal real);
/** Colours the shape of a kommune, or hatches it where it has no number. */
void sp_map_key_mark(const SpMapKey *key, xmlNode *shape, SpReal real);
/** What hatches them, for a map of this height; and the key itself, when all are counted. */
void sp_map_key_add_patterns(const SpMapKey *key, xmlNode *svg, gint64 height);
void sp_map_key_add(const SpMapKey *key, xmlNode *figure);

#endif
