/** One person element of an IPLOS file, and the rules that need the whole of it. For
 * extractors/iplos alone. Rules and their sources: docs/profiles/iplos.md. */
#ifndef SP_EXTRACTORS_IPLOS_PERSON_H
#define SP_EXTRACTORS_IPLOS_PERSON_H

#include "core/period.h"
#include "core/code_list.h"
#include "extractors/parser.h"

enum { IPLOS_MAX_TEXT = 64, IPLOS_MAX_NEEDS = 32, IPLOS_MAX_SERVICES = 512 };
/** Hours are kept in units of 1/10 000, so that a month's hours with two decimals divide by 4. */
enum { IPLOS_HOUR = 10000 };

/** A field as it came. */
typedef struct {
    char text[IPLOS_MAX_TEXT];
    guint8 size;
} IplosText;

/** What fields a file's elements have; which name each has is config/codes/iplos_element.csv. */
typedef enum {
    IPLOS_YEAR,
    IPLOS_ID,
    IPLOS_KOMMUNE,
    IPLOS_BYDEL,
    IPLOS_BORN,
    IPLOS_SEX,
    IPLOS_HOUSEHOLD,
    IPLOS_DEATH,
    IPLOS_NEED_CODE,
    IPLOS_NEED_SCORE,
    IPLOS_INFORMAL_HOURS,
    IPLOS_SERVICE_CODE,
    IPLOS_FROM,
    IPLOS_TO,
    IPLOS_HOURS,
    IPLOS_MONTH_HOURS,
    IPLOS_DAYS,
    IPLOS_N_FIELDS,
} IplosField;

/** The code lists of the file's data year. */
typedef struct {
    int year;
    SpDay first; /* 1 January and 31 December */
    SpDay last;
    SpCodeList *services; /* iplos_tjeneste: to, opphold */
    SpCodeList *needs;    /* iplos_behov: to (the row's column), samlet (ADL group, or nei) */
    SpCodeList *scores;   /* iplos_bistandsbehov: score -> class */
    int group_of[IPLOS_MAX_NEEDS]; /* [needs] number of the ADL group; -1: none */
} IplosYear;

/** SP_ERROR_CONFIG as sp_code_list_new, and when there are more needs than IPLOS_MAX_NEEDS. */
gboolean iplos_year_init(IplosYear *year, const SpTables *lists, int of, GError **error);
void iplos_year_clear(IplosYear *year);

typedef struct {
    const char *code; /* ours; borrowed from the list */
    gboolean is_long_stay;
    SpDay from;
    SpDay to;     /* the last day; G_MAXINT32: still running */
    gint64 hours; /* a week, in IPLOS_HOURth parts; -1: not told */
    int days;     /* in the year; -1: not told */
} IplosService;

typedef struct {
    const SpParserInput *input; /* for findings */
    const IplosYear *year;
    guint64 number; /* of the person element */
    gboolean is_left_out;
    IplosText fields[IPLOS_N_FIELDS]; /* those of the person element */
    SpDay death;                      /* 0: none */
    guint8 scores[IPLOS_MAX_NEEDS];   /* [needs of the year], 0: not told or not relevant */
    gboolean has_score[IPLOS_MAX_NEEDS];
    gint64 informal; /* hours a week in IPLOS_HOURth parts; -1: not told */
    IplosService services[IPLOS_MAX_SERVICES];
    guint n_services;
} IplosPerson;

/** Begins a person; her fields are set by the caller. */
void iplos_person_start(IplosPerson *person, const SpParserInput *input, const IplosYear *year,
                        guint64 number);

/**
 * What stands in an element below the person, from its fields [IPLOS_N_FIELDS]. What breaks a rule
 * is left out and noted: unknown_need, bad_score, duplicate_need; bad_informal, duplicate_informal;
 * unknown_service, bad_date, from_outside (before 1980 or after the year), to_before_year,
 * from_after_to, bad_hours (none, or more than 168 a week), bad_days, duplicate_service,
 * too_many_services.
 */
void iplos_person_add_need(IplosPerson *person, const IplosText fields[]);
void iplos_person_add_informal(IplosPerson *person, const IplosText fields[]);
void iplos_person_add_service(IplosPerson *person, const IplosText fields[]);

/**
 * The rules of the whole person, before her rows are made: one who died before the year is left out
 * (dead_before_year; bad_death when the date is none), services end at the latest on the day of
 * death, overlapping long stays become one from the first day to the last.
 */
void iplos_person_finish(IplosPerson *person);

/** Whether a service runs on 31 December. */
gboolean iplos_service_is_running(const IplosService *service, const IplosYear *year);
/** The class of composite need: in each ADL group the mean of the relevant scores, the highest of
 * these means, and the class of the whole score that it does not exceed; "ikke_kartlagt" without
 * any score. */
const char *iplos_person_need(const IplosPerson *person);

#endif
