/* Moat: strategy under uncertainty.
 *
 * The whole public interface. To evaluate a model from C without Lua, see graph.h,
 * sample.h, program.h and summary.h, in that order; docs/embedding.md has an example. */
#ifndef MOAT_MOAT_H
#define MOAT_MOAT_H

#define MOAT_VERSION "0.1.0"

#include "moat/compare.h"
#include "moat/explore.h"
#include "moat/graph.h"
#include "moat/model.h"
#include "moat/program.h"
#include "moat/report.h"
#include "moat/sample.h"
#include "moat/sensitivity.h"
#include "moat/status.h"
#include "moat/summary.h"
#include "moat/unit.h"

#endif
