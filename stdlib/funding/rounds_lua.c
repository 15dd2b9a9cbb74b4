/* The native half of funding/rounds: native.close(form, instruments, protected, ...). */
#include <string.h>

#include "bind.h"
#include "rounds.h"

static const char *const forms[] = {"in pre-money", "after closing", "priced", NULL};

/* Each instrument is two letters: the base of its cap and how it converts, in the order of their
 * enumerations. */
static void read_instruments(lua_State *L, int index, moati_round *round) {
    static const char bases[] = "pdiar", conversions[] = "wom";
    size_t length;
    const char *letters = luaL_checklstring(L, index, &length);
    if (length > 2 * MOATI_ROUND_LIMIT)
        moatl_fail(L, "%s: at most %d SAFEs and notes can convert in a round, not %d",
                   moatl_name(L), MOATI_ROUND_LIMIT, (int)(length / 2));
    for (size_t i = 0; i + 1 < length; i += 2) {
        const char *base = strchr(bases, letters[i]);
        const char *conversion = strchr(conversions, letters[i + 1]);
        if (base == NULL || conversion == NULL)
            moatl_fail(L, "%s: \"%s\" are no instruments", moatl_name(L), letters);
        round->instrument[round->instruments++] = (moati_instrument){
            (moati_cap_base)(base - bases), (moati_conversion)(conversion - conversions)};
    }
}

/* What the columns are: money, shares, or the one per the other. */
typedef struct columns {
    moat_dim money, share, price;
    moat_unit money_in, shares_in, price_in;
} columns;

static columns read_columns(lua_State *L, int first) {
    const moatl_quantity *shares = moatl_check(L, first + MOATI_ROUND_SHARES, "the shares");
    const moatl_quantity *raise = moatl_check(L, first + MOATI_ROUND_RAISE, "the raise");
    return (columns){.money = raise->dim,
                     .share = shares->dim,
                     .price = moatl_divide_dim(L, raise->dim, shares->dim),
                     .money_in = raise->shown,
                     .shares_in = shares->shown,
                     .price_in = moatl_parse_unit(L, "$/share")};
}

static void apply(lua_State *L, const moati_round *round, int first, const columns *c) {
    const unsigned instruments = round->instruments;
    const unsigned rows = instruments + round->protected_classes;
    moat_dim dims[MOATI_ROUND_OUTPUTS + 2 * MOATI_ROUND_LIMIT];
    moat_unit shown[MOATI_ROUND_OUTPUTS + 2 * MOATI_ROUND_LIMIT];
    for (unsigned i = 0; i < MOATI_ROUND_OUTPUTS + rows; i++) {
        const bool is_factor = i >= MOATI_ROUND_OUTPUTS + instruments;
        dims[i] = is_factor ? MOAT_DIMENSIONLESS : c->share;
        shown[i] = is_factor ? MOAT_NO_UNIT : c->shares_in;
    }
    dims[MOATI_ROUND_PRICE] = c->price;
    shown[MOATI_ROUND_PRICE] = c->price_in;
    dims[MOATI_ROUND_PRE] = dims[MOATI_ROUND_RAISED] = c->money;
    shown[MOATI_ROUND_PRE] = shown[MOATI_ROUND_RAISED] = c->money_in;
    dims[MOATI_ROUND_CLOSED] = MOAT_DIMENSIONLESS;
    shown[MOATI_ROUND_CLOSED] = MOAT_NO_UNIT;
    moatl_apply_kernel(L, &moati_round_kernel, round, sizeof *round, first,
                       MOATI_ROUND_INPUTS + 3 * rows, MOATI_ROUND_OUTPUTS + rows, dims, shown);
}

/* close(form, instruments, protected, happens, shares, pool, valuation, raise, target, ...): the
 * columns of rounds.h as quantities. */
static int close_round(lua_State *L) {
    moati_round round;
    memset(&round, 0, sizeof round); /* the same terms are the same bytes */
    const unsigned form = moatl_check_word(L, 1, "the form", forms);
    round.pool_after = form == 1;
    round.priced = form == 2;
    read_instruments(L, 2, &round);
    round.protected_classes = (unsigned)moatl_check_integer(L, 3, "the number of protected classes",
                                                            0, MOATI_ROUND_LIMIT);
    const int first = 4, rows = (int)(round.instruments + round.protected_classes);
    const int inputs = MOATI_ROUND_INPUTS + 3 * rows;
    if (lua_gettop(L) != first + inputs - 1)
        moatl_fail(L, "%s: %d columns are needed, not %d", moatl_name(L), inputs,
                   lua_gettop(L) - first + 1);
    for (int i = 0; i < inputs; i++)
        moatl_check(L, first + i, "a column");
    const columns c = read_columns(L, first);
    moatl_require_dim(L, first + MOATI_ROUND_VALUATION, "the valuation",
                      round.priced ? c.price : c.money, "");
    apply(L, &round, first, &c);
    return MOATI_ROUND_OUTPUTS + rows;
}

static const moat_lua_function functions[] = {
    {"close", close_round, NULL, "close(form, instruments, protected, ...)"}, {NULL}};

int moatl_open_rounds(lua_State *L);

int moatl_open_rounds(lua_State *L) {
    lua_newtable(L);
    moatl_register_unchecked(L, functions);
    return 1;
}
