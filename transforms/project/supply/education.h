/** The professions that are projected, and how people come into them and leave them: files of
 * config/framskriving. docs/methods/supply.md#data. */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_EDUCATION_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_EDUCATION_H

#include "core/quality.h"
#include "core/table.h"
#include "transforms/project/supply/graduates.h"
#include "transforms/project/supply/stock.h"

enum { SP_MOST_PENSION_AGES = 8 };

/** Who they are when they come. */
typedef struct {
    double share_women;            /* 0-1 */
    double weight[SP_N_WORK_AGES]; /* of single ages, sum 1 */
    double mean_age;               /* years, and standard deviation */
    double sd_age;
} SpArrivals;

/** A way into a profession for new persons (a row of utdanning.csv). */
typedef struct {
    guint profession;
    const char *vei;    /* borrowed from the table */
    const char *tabell; /* kandidater, laerlinger, autorisasjon, beholdning; borrowed */
    SpTiming timing;
    SpArrivals arrivals;
    double sd; /* relative standard deviation of a year's number, when the past does not tell */
} SpRoute;

/** A way from a profession to another (a row of overganger.csv). */
typedef struct {
    gint from; /* -1: the profession that is left is not projected */
    guint to;
    const char *tabell; /* all borrowed */
    const char *maal;
    const char *utvalg; /* which rows (rowfilter.h) */
    gboolean leaves;    /* FALSE: the person stays in the first one too */
    double share;       /* of the numbers that come from it; the rest are new persons */
    double sd;          /* relative standard deviation of a year's number, assumed */
    SpArrivals arrivals;
} SpTransition;

typedef struct {
    gsize n;
    char **ids;     /* [n] byte order, NULL-terminated */
    guint *part_of; /* [n] profession that counts this one's people too; itself if none */
    guint *group;   /* [n] number of the parent group: professions of one level of education */
    gsize n_groups;
    GArray *routes;      /* SpRoute in order of the file */
    GArray *transitions; /* SpTransition in order of the file */
    /* [n][SP_N_WORK_AGES] share that leaves a year beyond deaths, the default */
    double *exits;
    double *exit_sd;       /* [n] of its log between years */
    guint *n_pension_ages; /* [n] */
    guint *pension_ages;   /* [n][SP_MOST_PENSION_AGES] places in arrays over age, rising */
} SpEducation;

/**
 * Of the professions with rows in `helsepersonell`, those that config/profesjoner.csv gives a level
 * of education and says exist nationally.
 *
 *   in  tables helsepersonell, and by the names of their files: profesjoner, utdanning, overganger,
 *       avgang, pensjonsalder
 * Owned by the caller; borrows from the tables. Finding "not_projected" for a profession that
 * should be and has no row, and for one that has rows and no education. SP_ERROR_NO_INPUT for a
 * file that is not there; SP_ERROR_DATA naming file, row and remedy: a profession that is unknown,
 * a share outside 0-1, ages the wrong way round or of newcomers above 60, no timing, a way of other
 * than ja and nei or from a table that has no numbers, more than SP_MOST_PENSION_AGES ages.
 */
SpEducation *sp_education_new(const SpTables *in, SpQuality *quality, GError **error);
void sp_education_free(SpEducation *education);

/** Number of a profession, -1 if it is not projected. */
gint sp_education_find(const SpEducation *education, const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpEducation, sp_education_free)

#endif
