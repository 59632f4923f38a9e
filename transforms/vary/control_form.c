/* Settings of signals. */
#include "transforms/vary/control_form.h"

static const gint64 most_kommuner = 100000;

gboolean sp_control_form_read(const SpSettings *settings, SpControlForm *form, GError **error)
{
    static const char *const keys[] = {SP_CONTROL_KEYS};
    gint64 minimum_kommuner = 0;
    if (!sp_settings_double(settings, keys[0], 0.0, 1.0, &form->false_discovery, error) ||
        !sp_settings_double(settings, keys[1], 0.01, 0.49, &form->pulled_in, error) ||
        !sp_settings_int(settings, keys[2], 2, most_kommuner, &minimum_kommuner, error)) {
        return FALSE;
    }
    form->minimum_kommuner = (guint)minimum_kommuner;
    return TRUE;
}
