/* Colours that were chosen by search: far apart from each other for normal sight and for the three
 * kinds of colour blindness, as simulated by Machado, Oliveira and Fernandes (2009). */
#include "palette.h"

const moati_colour moati_paper = {"#ffffff", "#16191d"}, moati_ink = {"#1b2026", "#eceff2"},
                   moati_quiet = {"#59636e", "#a3adb8"}, moati_grid = {"#e2e6ea", "#30363d"};

moati_colour moati_palette(size_t series) {
    static const moati_colour colours[MOATI_PALETTE] = {
        {"#2376d9", "#5e9ff7"}, {"#b46016", "#e78758"}, {"#0d6f4a", "#5ef7b8"},
        {"#b31597", "#b375a5"}, {"#5b390c", "#f7dd5e"}, {"#26406a", "#a1e2f7"},
        {"#4533c2", "#8781c6"}, {"#732349", "#c37186"}, {"#528248", "#b6eb82"},
        {"#8f5721", "#f7a98c"}, {"#5f6b76", "#aab3bb"}, {"#791c2b", "#e26064"},
    };
    return colours[series % MOATI_PALETTE];
}
