/* Colours that were chosen by search: far apart from each other for normal sight and for the three
 * kinds of colour blindness, as simulated by Machado, Oliveira and Fernandes (2009). */
#include "palette.h"

const moati_colour moati_paper = {"#ffffff", "#ffffff", "#16191d"},
                   moati_ink = {"#1b2026", "#1b2026", "#eceff2"},
                   moati_quiet = {"#59636e", "#59636e", "#a3adb8"},
                   moati_grid = {"#e2e6ea", "#e2e6ea", "#30363d"};

moati_colour moati_palette(size_t series) {
    static const moati_colour colours[MOATI_PALETTE] = {
        {"#2866d9", "#2866d9", "#5e9ff7"}, {"#d97b1c", "#ae6216", "#f08c4e"},
        {"#11794f", "#11794f", "#4fe3a8"}, {"#8a4a93", "#8a4a93", "#bb80c4"},
        {"#9e9654", "#7c7542", "#f2d75a"}, {"#1f9bd0", "#197da7", "#a1e2f7"},
        {"#5b4c98", "#5b4c98", "#8781c6"}, {"#8c4460", "#8c4460", "#c37186"},
        {"#4a7516", "#4a7516", "#b2e87c"}, {"#7b3a23", "#7b3a23", "#f7a98c"},
        {"#77828d", "#6c7680", "#aab3bb"}, {"#cf3350", "#cf3350", "#e26064"},
    };
    return colours[series % MOATI_PALETTE];
}
