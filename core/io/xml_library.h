/** libxml2's start, for xml*.c alone. */
#ifndef SP_CORE_IO_XML_LIBRARY_H
#define SP_CORE_IO_XML_LIBRARY_H

/** Once before the first thread's document: libxml2's own check is not locked. Any number of
 * times. */
void sp_xml_library_start(void);

#endif
