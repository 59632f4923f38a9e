/** How hard workbooks are packed. */
#ifndef SP_OUTPUTS_XLSX_LEVEL_H
#define SP_OUTPUTS_XLSX_LEVEL_H

/** zlib's level: less than half the time of its usual one for a sixth more bytes. */
enum { SP_XLSX_LEVEL = 1 };

#endif
