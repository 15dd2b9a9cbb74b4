/* The head of an SVG: its size, what it says to who cannot see it, and its style. */
#include <stdlib.h>

#include "palette.h"
#include "svg.h"

/* Rules name colours directly: programs other than browsers know no variables. */
typedef struct rule {
    const char *selector, *property;
    const moati_colour *colour;
} rule;

static const rule rules[] = {
    {".paper", "fill", &moati_paper},     {"text", "fill", &moati_ink},
    {".quiet", "fill", &moati_quiet},     {".grid", "stroke", &moati_grid},
    {".zero", "stroke", &moati_ink},      {".rule", "stroke", &moati_quiet},
    {".gap", "stroke", &moati_paper},     {".halo", "stroke", &moati_paper},
    {"rect.plain", "fill", &moati_quiet},
};

static void write_colours(const moati_svg *svg, const char *id, bool dark, FILE *file) {
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        const moati_colour colour = *rules[i].colour;
        fprintf(file, "#%s %s{%s:%s}\n", id, rules[i].selector, rules[i].property,
                dark ? colour.dark : colour.light);
    }
    for (size_t i = 0; i < MOATI_PALETTE; i++) {
        if ((svg->colours >> i & 1) == 0)
            continue;
        const moati_colour colour = moati_palette(i);
        const char *shape = dark ? colour.dark : colour.light;
        fprintf(file, "#%s .f%zu{fill:%s}#%s .s%zu{stroke:%s}#%s .n%zu{fill:%s}\n", id, i + 1,
                shape, id, i + 1, shape, id, i + 1, dark ? colour.dark : colour.text);
    }
}

/* Dark on screens alone: what is printed is light. */
static void write_style(const moati_svg *svg, const char *id, FILE *file) {
    static const struct {
        const char *selector, *style;
    } shapes[] = {
        {"", "max-width:100%;height:auto;font:13px system-ui,-apple-system,\"Segoe UI\",Roboto,"
             "\"Helvetica Neue\",Arial,\"Noto Sans\",sans-serif;font-variant-numeric:tabular-nums"},
        {" .title", "font-size:18px;font-weight:700"},
        {" .small", "font-size:12px"},
        {" .strong", "font-weight:600"},
        {" .fine", "fill:none;stroke-width:1"},
        {" .dash", "stroke-dasharray:4 3"},
        {" .curve", "fill:none;stroke-width:2.2;stroke-linejoin:round;stroke-linecap:round"},
        {" .gap", "fill-opacity:.92;stroke-width:1;stroke-linejoin:round"},
        {" .outer", "fill-opacity:.2"},
        {" .inner", "fill-opacity:.34"},
        {" .faint", "fill-opacity:.13"},
        {" .tail", "fill-opacity:.45"},
        {" .dots", "fill-opacity:.5"},
        {" .halo", "stroke-width:3;paint-order:stroke;stroke-linejoin:round"},
    };
    fputs("<style>\n", file);
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        fprintf(file, "#%s%s{%s}\n", id, shapes[i].selector, shapes[i].style);
    write_colours(svg, id, false, file);
    fputs("@media screen and (prefers-color-scheme:dark){\n", file);
    write_colours(svg, id, true, file);
    fputs("}\n</style>\n", file);
}

static void write_head(const moati_svg *svg, const char *id, const char *title,
                       const char *description, FILE *file) {
    const moati_coordinate height = moati_svg_at(svg->height);
    fprintf(file,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"%s\" role=\"img\" "
            "aria-labelledby=\"%s-title %s-desc\" viewBox=\"0 0 %d %s\" width=\"%d\" "
            "height=\"%s\">\n<title id=\"%s-title\">",
            id, id, id, MOATI_SVG_WIDTH, height.text, MOATI_SVG_WIDTH, height.text, id);
    moati_svg_escape(file, title);
    fprintf(file, "</title>\n<desc id=\"%s-desc\">", id);
    moati_svg_escape(file, description);
    fputs("</desc>\n", file);
}

moat_status moati_svg_finish(moati_svg *svg, const char *id, const char *title,
                             const char *description, FILE *file, moat_error *error) {
    const bool own_file = id == NULL, failed = ferror(svg->body) != 0;
    const bool closed = fclose(svg->body) == 0;
    svg->body = NULL;
    if (failed || !closed) {
        moati_svg_discard(svg);
        return moat_fail(error, MOAT_NO_MEMORY, "no memory to draw a chart");
    }
    id = own_file ? "chart" : id;
    write_head(svg, id, title, description, file);
    write_style(svg, id, file);
    if (own_file)
        fprintf(file, "<rect class=\"paper\" width=\"%d\" height=\"%s\"/>\n", MOATI_SVG_WIDTH,
                moati_svg_at(svg->height).text);
    fwrite(svg->text, 1, svg->length, file);
    fputs("</svg>\n", file);
    moati_svg_discard(svg);
    return MOAT_OK;
}
