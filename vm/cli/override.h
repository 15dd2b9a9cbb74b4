/* What is said about --set and --variant once the script has run. */
#ifndef MOATI_OVERRIDE_H
#define MOATI_OVERRIDE_H

#include <stdbool.h>

#include "args.h"
#include "refusal.h"

/* A --set that does not fit its assumption. */
void moati_override_refuse(const moat_model *model, const moati_refusal *refusal);

/* A --set or --variant whose name the script does not have. */
void moati_override_refuse_name(const moat_model *model, const char *script, const char *name,
                                bool is_variant);

/* A --set without a unit where the script writes "%" or the like: what fits, but is seldom
 * meant. All must have been resolved. */
void moati_override_warn(const moat_model *model, const moati_args *args);

#endif
