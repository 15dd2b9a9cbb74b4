/* Writing SVG: elements and text. */
#include "svg.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "palette.h"

moati_coordinate moati_svg_at(double value) {
    moati_coordinate at;
    const double bound = 99999;
    value = isnan(value) ? 0 : fmax(-bound, fmin(value, bound));
    const long tenths = lround(value * 10), whole = labs(tenths) / 10, rest = labs(tenths) % 10;
    const char *sign = tenths < 0 ? "-" : "";
    if (rest == 0)
        snprintf(at.text, sizeof at.text, "%s%ld", sign, whole);
    else
        snprintf(at.text, sizeof at.text, "%s%ld.%ld", sign, whole, rest);
    return at;
}

#define AT(value) moati_svg_at(value).text

static void write_character(FILE *file, int32_t code) {
    utf8proc_uint8_t bytes[4];
    switch (code) {
    case '&': fputs("&amp;", file); break;
    case '<': fputs("&lt;", file); break;
    case '>': fputs("&gt;", file); break;
    case '"': fputs("&quot;", file); break;
    default: fwrite(bytes, 1, (size_t)utf8proc_encode_char(code, bytes), file);
    }
}

void moati_svg_escape(FILE *file, const char *text) {
    int32_t code;
    for (text += moati_label_next(text, &code); code != 0; text += moati_label_next(text, &code))
        write_character(file, code);
}

bool moati_svg_open(moati_svg *svg) {
    *svg = (moati_svg){0};
    svg->body = open_memstream(&svg->text, &svg->length);
    return svg->body != NULL;
}

void moati_svg_discard(moati_svg *svg) {
    if (svg->body != NULL)
        fclose(svg->body);
    free(svg->text);
    *svg = (moati_svg){0};
}

moati_class moati_svg_class(moati_svg *svg, char use, size_t series, const char *name) {
    moati_class class;
    svg->colours |= 1U << series % MOATI_PALETTE;
    snprintf(class.text, sizeof class.text, "%c%u%s%.16s", use,
             (unsigned)(series % MOATI_PALETTE) + 1, name[0] != '\0' ? " " : "", name);
    return class;
}

void moati_svg_line(moati_svg *svg, const char *class, double x1, double y1, double x2, double y2) {
    fprintf(svg->body, "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n", class,
            AT(x1), AT(y1), AT(x2), AT(y2));
}

void moati_svg_rect(moati_svg *svg, const char *class, double x1, double y1, double x2, double y2) {
    const double left = fmin(x1, x2), top = fmin(y1, y2);
    const double width = fmax(fabs(x2 - x1), 0.5), height = fmax(fabs(y2 - y1), 0.5);
    fprintf(svg->body, "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>\n", class,
            AT(left), AT(top), AT(width), AT(height));
}

void moati_svg_dot(moati_svg *svg, const char *class, double x, double y, double radius) {
    fprintf(svg->body, "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"%s\"/>\n", class, AT(x), AT(y),
            AT(radius));
}

void moati_svg_text(moati_svg *svg, const char *class, double x, double y, moati_anchor anchor,
                    const char *text) {
    static const char *const anchors[] = {"", " text-anchor=\"middle\"", " text-anchor=\"end\""};
    fprintf(svg->body, "<text class=\"%s\" x=\"%s\" y=\"%s\"%s>", class, AT(x), AT(y),
            anchors[anchor]);
    moati_svg_escape(svg->body, text);
    fputs("</text>\n", svg->body);
}

void moati_svg_lines(moati_svg *svg, const char *class, double x, double y, double leading,
                     moati_anchor anchor, const moati_lines *lines) {
    for (size_t i = 0; i < lines->count; i++)
        moati_svg_text(svg, class, x, y + leading * (double)i, anchor, lines->text[i]);
}

void moati_svg_path(moati_svg *svg, const char *class) {
    fprintf(svg->body, "<path class=\"%s\" d=\"", class);
}

void moati_svg_point(moati_svg *svg, char command, double x, double y) {
    fprintf(svg->body, "%c%s %s", command, AT(x), AT(y));
}

void moati_svg_end(moati_svg *svg, bool closed) {
    fprintf(svg->body, "%s\"/>\n", closed ? "Z" : "");
}
