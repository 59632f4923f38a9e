/** A sink that keeps nothing: for reading an answer through before it is kept. */
#ifndef SP_EXTRACTORS_DISCARD_H
#define SP_EXTRACTORS_DISCARD_H

#include "core/sink.h"

SpSink sp_discard_sink(void);

#endif
