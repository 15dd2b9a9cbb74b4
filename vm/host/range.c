/* Arguments whose values are known while the script runs must lie in the range of what they stand
 * for; those of the samples are not looked at. */
#include "bind.h"

void moatl_check_range(lua_State *L, int index, const char *what, double least, bool excluded,
                       const char *range) {
    const moatl_quantity *quantity = lua_touserdata(L, index);
    double value;
    for (unsigned t = 0; quantity != NULL && t <= quantity->count; t++) {
        const moat_node node = quantity->nodes[t];
        if (node == MOAT_NO_NODE || !moat_node_is_constant(moatl_graph(L), node, &value) ||
            (excluded ? value > least : value >= least))
            continue;
        moatl_push(L, node, quantity->shown);
        moatl_fail(L, "%s: %s must be %s, not %s", moatl_name(L), what, range,
                   moatl_push_description(L, -1));
    }
}

void moatl_check_growth(lua_State *L, int index, const char *what) {
    moatl_check(L, index, what);
    moatl_check_range(L, index, what, -1, true, "above -100 %/yr");
}
