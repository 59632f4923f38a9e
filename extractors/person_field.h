/** Fields of person-level files that readers themselves must understand; nothing is allocated. */
#ifndef SP_EXTRACTORS_PERSON_FIELD_H
#define SP_EXTRACTORS_PERSON_FIELD_H

#include "core/period.h"
#include "core/sink.h"

/** A day written 2024-12-31 or 31.12.2024, nothing around it; FALSE (`day` untouched) if it is
 * none. */
gboolean sp_field_day(const SpField *field, SpDay *day);

#endif
