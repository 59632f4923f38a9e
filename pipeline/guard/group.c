/* The workspace's own folder, from which all below it has its group and modes. */
#include "pipeline/guard/group.h"

#include "core/error.h"
#include "core/io/files.h"

#include <errno.h>
#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OWN = 0711, SHARED = 02771 };

const char *sp_group_name(const SpContext *context)
{
    const char *name = sp_config_value(context->config, "workspace", "group");
    return name != NULL && *name != '\0' ? name : NULL;
}

static gboolean find(const char *name, gid_t *gid, GError **error)
{
    enum { MAX_SIZE = 1 << 20 }; /* members' names are in it too */
    g_autofree char *buffer = g_malloc(MAX_SIZE);
    struct group entry;
    struct group *found = NULL;
    if (getgrnam_r(name, &entry, buffer, MAX_SIZE, &found) != 0 || found == NULL) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            SP_GROUP_SETTING " = %s: this machine knows no such group (getent "
                                             "group)",
                            name);
    }
    *gid = found->gr_gid;
    return TRUE;
}

void sp_group_enter(const SpContext *context)
{
    if (sp_group_name(context) != NULL) {
        (void)umask(S_IWOTH);
    }
}

gboolean sp_group_give(const SpContext *context, GError **error)
{
    gid_t gid = 0;
    const char *name = sp_group_name(context);
    const char *folder = context->workspace;
    if (name == NULL) {
        return chmod(folder, OWN) == 0 || sp_error_set_errno(error, errno, "%s", folder);
    }
    if (!find(name, &gid, error)) {
        return FALSE;
    }
    if (chown(folder, (uid_t)-1, gid) != 0) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            SP_GROUP_SETTING " = %s: %s cannot be given to it (%s); who makes the "
                                             "workspace is one of the group, or root",
                            name, folder, g_strerror(errno));
    }
    return chmod(folder, SHARED) == 0 || sp_error_set_errno(error, errno, "%s", folder);
}

gboolean sp_group_check(const SpContext *context, GError **error)
{
    gid_t gid = 0;
    struct stat is;
    const char *name = sp_group_name(context);
    const char *folder = context->workspace;
    if (name == NULL) {
        return TRUE;
    }
    if (!find(name, &gid, error)) {
        return FALSE;
    }
    if (stat(folder, &is) != 0) {
        return sp_error_set_errno(error, errno, "%s", folder);
    }
    return (is.st_gid == gid && (is.st_mode & SP_MODE_ALL) == SHARED) ||
           sp_error_set(error, SP_ERROR_CONFIG,
                        "%s is not the group's (" SP_GROUP_SETTING " = %s): it has mode %04o and "
                        "group %u; docs/operations.md tells how a workspace is handed over",
                        folder, name, (guint)is.st_mode & SP_MODE_ALL, (guint)is.st_gid);
}
