/* What streaming takes, for those who choose between it and keeping columns. */
#ifndef MOATI_STREAM_H
#define MOATI_STREAM_H

#include "moat/summary.h"

/* About how many bytes moat_summarise_program takes for this many roots. */
double moati_streaming_bytes(size_t roots, const moat_run *run, const moat_streaming *how);

#endif
