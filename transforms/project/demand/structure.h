/** How årsverk of an area are divided between its services, and what the law asks for: the tables
 * `struktur` and `lovkrav` (config/framskriving). */
#ifndef SP_TRANSFORMS_PROJECT_DEMAND_STRUCTURE_H
#define SP_TRANSFORMS_PROJECT_DEMAND_STRUCTURE_H

#include "transforms/project/demand/services.h"

/** Least årsverk of a profession in a kommune. */
typedef struct {
    gsize profession;
    double per_kommune; /* årsverk */
    double per_head;    /* årsverk per inhabitant */
} SpLawFloor;

typedef struct {
    gsize n_services, n_professions;
    char **professions; /* [g] ids in byte order, NULL-terminated: all that `struktur` names */
    guint *part_of;     /* [g] the profession that counts its people too (wholes.h) */
    /* [k][g] share of the årsverk that the profession has in the service's area, summing to 1 over
       the area's services; 0 where the service has none of the profession. */
    double *weight;
    double *trend;       /* [k][g] change of the profession's share of the service a year */
    double *trend_years; /* [k][g] for how many years */
    GArray *floors;      /* SpLawFloor that hold in the base year */
} SpStructure;

/**
 *   structure  code columns tjeneste, profesjon ("*": all professions of the area without a row of
 *              their own); measures vekt (>= 0), trend (-1 to 1), trend_til (years, >= 0)
 *   floors     code columns profesjon, per (kommune, innbygger), fra (first year, may be empty);
 *              measure minst (>= 0); NULL: the law asks for nothing
 *   professions  `profesjoner`, or NULL: none is part of another
 *   services   SpService; rows of others are left out
 *   base       year of the first day
 * SP_ERROR_DATA names row and remedy.
 */
SpStructure *sp_structure_new(const SpTable *structure, const SpTable *floors,
                              const SpTable *professions, const GArray *services, int base,
                              GError **error);
void sp_structure_free(SpStructure *structure);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpStructure, sp_structure_free)

#endif
