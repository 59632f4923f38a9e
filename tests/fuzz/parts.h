/** Inputs of several texts: what one target needs from more than one file of its source. */
#ifndef SP_TESTS_FUZZ_PARTS_H
#define SP_TESTS_FUZZ_PARTS_H

#include "core/sink.h"

/** No XML, JSON or CSV holds it, so the fuzzer can move and repeat parts as it likes. */
enum { FUZZ_PART_END = 0x1E };

/** Cuts bytes [size] at every FUZZ_PART_END into parts [n_parts]; those that are not there are
 * empty, and what is left after the last cut belongs to the last one. Borrowed from `data`; never
 * NULL. */
void fuzz_parts(const guint8 *data, gsize size, SpField parts[], gsize n_parts);

/** Writes a part to FOLDER/NAME; not by core/io/files, which would wait for the disk. */
void fuzz_put(const char *folder, const char *name, const SpField *bytes);

#endif
