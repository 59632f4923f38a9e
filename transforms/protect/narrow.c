/* Hides what bears on hidden cells until each has room: first what one sum after another shows to
 * have none, then what all that are near together do. */
#include "transforms/protect/narrow.h"

#include "core/parallel.h"
#include "transforms/protect/room.h"
#include "transforms/protect/sacrifice.h"
#include "transforms/protect/together.h"

#include <math.h>
#include <string.h>

/* Programmes are asked of cells with room for less than so many widths: wider ones seldom have less
 * than one. */
static const double asked_widths = 3.0;

/* An amount that is known to less than one årsverk, day or krone is as good as known. */
static const double amount_width = 1.0;

struct SpNarrow {
    SpRoom *room;
    gboolean hides_zeros;
    double width;
    double threshold;
    gboolean *is_fresh; /* [cells] hidden in this round */
    gboolean *has_room; /* [cells] a programme has shown it: what is hidden later gives no less */
    gsize n_left;
};

SpNarrow *sp_narrow_new(const SpRelations *relations, const SpCells *cells, const SpCount *counted,
                        const GArray *of_group, const SpLeast *least)
{
    const gsize n_cells = sp_cells_size(cells);
    SpNarrow *narrow = g_new(SpNarrow, 1);
    *narrow =
        (SpNarrow){.room = sp_room_new(relations, cells, counted, of_group, least->width),
                   .hides_zeros = counted != NULL || cells->hides_zeros,
                   .width = counted != NULL && counted->is_amount ? amount_width : least->width,
                   .threshold = least->threshold,
                   .is_fresh = g_new0(gboolean, n_cells + 1),
                   .has_room = g_new0(gboolean, n_cells + 1)};
    return narrow;
}

void sp_narrow_free(SpNarrow *narrow)
{
    if (narrow != NULL) {
        sp_room_free(narrow->room);
        g_free(narrow->is_fresh);
        g_free(narrow->has_room);
        g_free(narrow);
    }
}

/* ---- what is too close ---- */

/* What is hidden by a rule must have room. What is hidden for the sake of others, and is seen to be
 * many, must not be known exactly. */
static double room_wanted(const SpNarrow *narrow, const SpCells *cells, guint32 cell, double low)
{
    const SpReason reason = sp_cells_reason(cells, cell);
    const gboolean is_by_rule = reason != SP_HIDDEN_CLOSE && reason != SP_HIDDEN_SUM;
    return is_by_rule || low < narrow->threshold ? narrow->width : 1.0;
}

/* That it is not 0 is seen, and takes no room away. */
static double counted_from(double low)
{
    return low <= 1.0 ? 0.0 : low;
}

static gboolean is_close(const SpNarrow *narrow, const SpCells *cells, guint32 cell,
                         const SpLimits *limits)
{
    const double low = counted_from(limits->low);
    return limits->high - low < room_wanted(narrow, cells, cell, low);
}

/* Where zeros are hidden, as those of all but what the layer counts are, they must not be known
 * either. */
static gboolean is_to_have_room(const SpNarrow *narrow, const SpCells *cells, guint32 cell)
{
    return sp_cells_reason(cells, cell) != SP_SHOWN && !sp_cells_is_published(cells, cell) &&
           narrow->room->is_known[cell] && (narrow->room->value[cell] > 0.0 || narrow->hides_zeros);
}

static SpLimits limits_of(const SpNarrow *narrow, guint32 cell)
{
    return (SpLimits){narrow->room->low[cell], narrow->room->high[cell]};
}

/* ---- rounds ---- */

/* Hides a cell for the sake of one that is close. */
typedef struct {
    SpNarrow *narrow;
    SpCells *cells;
    SpSacrifice sacrifice;
    gsize n; /* hidden so far */
} Round;

static Round begin(SpNarrow *narrow, SpCells *cells)
{
    memset(narrow->is_fresh, 0, sp_cells_size(cells) * sizeof *narrow->is_fresh);
    return (Round){narrow, cells, {narrow->room, cells, narrow->width, narrow->is_fresh}, 0};
}

static void hide(Round *round, guint32 more, gboolean is_helped)
{
    if (more != SP_NO_CELL) {
        g_array_index(round->cells->reason, guint8, more) = SP_HIDDEN_CLOSE;
        round->narrow->is_fresh[more] = TRUE;
        round->n++;
    } else if (!is_helped) {
        round->narrow->n_left++;
    }
}

/* Too close, and it would help to hide more. */
static gboolean wants_room(const SpNarrow *narrow, const SpCells *cells, guint32 cell)
{
    const SpLimits limits = limits_of(narrow, cell);
    return is_to_have_room(narrow, cells, cell) && is_close(narrow, cells, cell, &limits) &&
           !sp_room_is_nothing(narrow->room, cells, cell);
}

gsize sp_narrow_hide(SpNarrow *narrow, SpCells *cells)
{
    const GArray *of_group = narrow->room->of_group;
    Round round = begin(narrow, cells);
    narrow->n_left = 0;
    sp_room_find(narrow->room, cells);
    for (guint i = 0; i < of_group->len; i++) {
        const guint32 cell = g_array_index(of_group, guint32, i);
        if (wants_room(narrow, cells, cell)) {
            gboolean is_helped = FALSE;
            const guint32 more = sp_sacrifice_near(&round.sacrifice, cell, &is_helped);
            hide(&round, more, is_helped);
        }
    }
    return round.n;
}

/* ---- together ---- */

typedef struct {
    SpLimits limits;
    GArray *binds; /* guint32: relations */
} Answer;

typedef struct {
    const SpNarrow *narrow;
    const SpCells *cells;
    const GArray *asked;    /* guint32 cells */
    Answer *answers;        /* [asked] */
    SpTogether **of_thread; /* [threads] NULL until it is wanted */
} Asking;

static void ask(guint thread, gsize item, gpointer data)
{
    Asking *asking = data;
    Answer *answer = &asking->answers[item];
    const guint32 cell = g_array_index(asking->asked, guint32, item);
    if (asking->of_thread[thread] == NULL) {
        asking->of_thread[thread] = sp_together_new(asking->narrow->room);
    }
    const double low = counted_from(asking->narrow->room->value[cell]);
    const double enough = low + room_wanted(asking->narrow, asking->cells, cell, low);
    answer->binds = g_array_new(FALSE, FALSE, sizeof(guint32));
    answer->limits = sp_together_ask(asking->of_thread[thread], cell, enough, answer->binds);
}

/* Those that sums one after another leave room, and not by far. */
static GArray *worth_asking(const SpNarrow *narrow, const SpCells *cells)
{
    GArray *asked = g_array_new(FALSE, FALSE, sizeof(guint32));
    for (guint i = 0; i < narrow->room->of_group->len; i++) {
        const guint32 cell = g_array_index(narrow->room->of_group, guint32, i);
        const SpLimits limits = limits_of(narrow, cell);
        if (is_to_have_room(narrow, cells, cell) && !narrow->has_room[cell] &&
            !narrow->room->is_amount && !is_close(narrow, cells, cell, &limits) &&
            limits.high - limits.low < asked_widths * narrow->width) {
            g_array_append_val(asked, cell);
        }
    }
    return asked;
}

static void settle(Round *round, guint32 cell, const Answer *answer)
{
    if (!is_close(round->narrow, round->cells, cell, &answer->limits)) {
        round->narrow->has_room[cell] = TRUE;
        return;
    }
    gboolean is_helped = FALSE;
    const guint32 more = sp_sacrifice_among(&round->sacrifice, answer->binds, cell, &is_helped);
    hide(round, more, is_helped);
}

gsize sp_narrow_hide_together(SpNarrow *narrow, SpCells *cells, guint n_threads)
{
    g_autoptr(GArray) asked = worth_asking(narrow, cells);
    g_autofree Answer *answers = g_new0(Answer, asked->len + 1);
    g_autofree SpTogether **of_thread = g_new0(SpTogether *, (gsize)n_threads + 1);
    Asking asking = {narrow, cells, asked, answers, of_thread};
    Round round = begin(narrow, cells);
    sp_parallel(n_threads, asked->len, ask, &asking);
    for (guint i = 0; i < asked->len; i++) {
        settle(&round, g_array_index(asked, guint32, i), &answers[i]);
        g_array_unref(answers[i].binds);
    }
    for (guint i = 0; i < n_threads; i++) {
        sp_together_free(of_thread[i]);
    }
    return round.n;
}

gsize sp_narrow_n_left(const SpNarrow *narrow)
{
    return narrow->n_left;
}
