/** How often intervals held what then happened, and what they cost beside a naive rule's. */
#ifndef SP_TESTS_SOAK_VERDICT_H
#define SP_TESTS_SOAK_VERDICT_H

#include "claims.h"
#include "known.h"

typedef enum {
    CLASS_LARGE, /* kommuner above 5 000 inhabitants on the base day */
    CLASS_SMALL,
    CLASS_FYLKE,
    CLASS_COUNTRY,
    N_CLASSES
} RegionClass;

/** What is summed over the regions of a class in one past. */
typedef enum {
    TALLY_N,
    TALLY_WITHIN_80,
    TALLY_WITHIN_90,
    TALLY_SCORE, /* of the interval of 90 %, over TALLY_SIZE */
    TALLY_NAIVE_SCORE,
    TALLY_NAIVE_WITHIN_90,
    TALLY_ERROR, /* of the middle: log of truth over it; of a gap over the size */
    TALLY_WIDTH, /* half the interval of 90 % over the middle */
    TALLY_SIZE,  /* figure of the base day; of a gap the need then */
    N_TALLIES
} TallyField;

typedef struct {
    double tally[PAST_SERIES][N_HORIZONS][N_CLASSES][N_TALLIES];
    /* How much wider the country's interval is than kommuner independent of each other would
     * give. */
    double ratio[PAST_SERIES][N_HORIZONS];
} Verdict;

void verdict_of(const Past *past, const Claims *claims, Verdict *verdict);

/** What share of 90 % intervals may hold, and by how many standard errors of the mean over pasts
 * those of fylker and the country may lie outside. */
typedef struct {
    double least, most;
    double most_above; /* of fylker and the country */
    double above;
    /* Most of the interval score over the naive rule's; of fylker, the country and all gaps, which
       share the fate of so many pasts and no more. */
    double score, score_above;
} Bar;

/** Lines of the table: series, classes of regions, horizons. */
enum { N_OUTCOMES = PAST_SERIES * N_CLASSES * N_HORIZONS };

/**
 * The lines of all pasts. Kommuner above 5 000, fylker and the country are judged; those below
 * stand beside. Coverage of a class is the mean over pasts, and their own spread gives its standard
 * error: kommuner of a past share its fate. Gaps of
 * kommuner have the slack of fylker: most of a gap's error is the country's.
 *
 * A line fails when its coverage is outside the bar (with figures below 20 on the average intervals
 * may hold more often), or its interval score is above the naive rule's.
 */
void verdict_outcomes(const Verdict verdicts[], gsize n, Bar bar, Outcome outcomes[N_OUTCOMES]);

/** Prints them with all that was counted, and what is known of each. */
void verdict_print(const Verdict verdicts[], gsize n, const Outcome outcomes[N_OUTCOMES],
                   const Known *known);

#endif
