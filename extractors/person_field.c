/* Fields of person-level files. */
#include "extractors/person_field.h"

#include <string.h>

enum { DAY_SIZE = 10 };

gboolean sp_field_day(const SpField *field, SpDay *day)
{
    char text[DAY_SIZE + 1] = {0};
    if (field->size != DAY_SIZE || memchr(field->text, '\0', DAY_SIZE) != NULL) {
        return FALSE;
    }
    const char *given = field->text;
    if (given[2] == '.' && given[5] == '.') {
        memcpy(text, given + 6, 4);
        memcpy(text + 5, given + 3, 2);
        memcpy(text + 8, given, 2);
        text[4] = '-';
        text[7] = '-';
    } else {
        memcpy(text, given, DAY_SIZE);
    }
    return sp_day_parse(text, day);
}
