/* The block kernels of the library, by which a journal calls them. */
#include "modules.h"

#include "in_service.h"
#include "menu.h"
#include "rounds.h"
#include "tiers.h"
#include "waterfall.h"

const moat_kernel *const moat_module_kernels[] = {
    &moati_tiers_charge, &moati_tiers_marginal,   &moati_menu_cutoffs,
    &moati_menu_shares,  &moati_in_service,       &moati_column,
    &moati_round_kernel, &moati_waterfall_kernel, NULL,
};
