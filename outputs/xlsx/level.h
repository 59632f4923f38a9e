/** How hard workbooks are packed. */
#ifndef SP_OUTPUTS_XLSX_LEVEL_H
#define SP_OUTPUTS_XLSX_LEVEL_H

/** zlib's level: a third of the time of its usual one for a quarter more bytes. */
enum { SP_XLSX_LEVEL = 1 };

#endif
