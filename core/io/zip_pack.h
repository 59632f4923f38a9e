/**
 * What libzip puts into an archive, packed by libdeflate: in half the time of zlib at the same
 * level, and 5 % smaller. For zip.c alone.
 */
#ifndef SP_CORE_IO_ZIP_PACK_H
#define SP_CORE_IO_ZIP_PACK_H

#include <glib.h>
#include <zip.h>

/** Of one level; packs one file at a time, in room that it keeps for the next. */
typedef struct SpPacker SpPacker;

/** NULL: no memory. */
SpPacker *sp_packer_new(int level);
void sp_packer_free(SpPacker *packer);

/**
 * A deflated file as a source of `archive`, which owns it once it is added (zip_source_free until
 * then). The file is mapped and packed whole when libzip reads it, and must not change until then.
 * `packer` is borrowed for the archive's life. NULL with libzip's error in the archive.
 */
zip_source_t *sp_zip_pack(zip_t *archive, const char *file, SpPacker *packer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpPacker, sp_packer_free)

#endif
