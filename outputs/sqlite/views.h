/** Views of the questions that are asked most. */
#ifndef SP_OUTPUTS_SQLITE_VIEWS_H
#define SP_OUTPUTS_SQLITE_VIEWS_H

#include "outputs/sqlite/base.h"

/** Makes those whose table and columns the package has, with names in the package's language. */
gboolean sp_base_put_views(SpBase *base, GError **error);

#endif
