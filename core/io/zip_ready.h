/** libzip, made ready for threads. */
#ifndef SP_CORE_IO_ZIP_READY_H
#define SP_CORE_IO_ZIP_READY_H

/**
 * Before every zip_open and zip_open_from_source. libzip 1.7 works out at its first opening, in two
 * variables and without a lock, what an archive must be able to do to be written; a thread that
 * comes between the two is told "Read-only archive" of one that it is about to make. Here one
 * thread opens the first archive, and the others wait.
 */
void sp_zip_ready(void);

#endif
