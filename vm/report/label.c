/* Text in a picture: widths, line breaks, and what is safe. */
#include "label.h"

#include <stdbool.h>
#include <string.h>
#include <utf8proc.h>

static const char ellipsis[] = "\xe2\x80\xa6";

static bool is_hidden(int32_t code) {
    const bool is_control = code < 0x20 || (code >= 0x7f && code < 0xa0);
    const bool turns = code == 0x200e || code == 0x200f || (code >= 0x202a && code <= 0x202e) ||
                       (code >= 0x2066 && code <= 0x2069);
    return is_control || turns || code == 0xfffe || code == 0xffff;
}

size_t moati_label_next(const char *text, int32_t *code) {
    size_t bytes = 0;
    while (text[bytes] != '\0') {
        utf8proc_ssize_t read = utf8proc_iterate((const utf8proc_uint8_t *)text + bytes, -1, code);
        bytes += read > 0 ? (size_t)read : 1;
        if (read <= 0)
            *code = 0xfffd;
        if (*code == '\n' || *code == '\t' || *code == '\r')
            *code = ' ';
        if (!is_hidden(*code))
            return bytes;
    }
    *code = 0;
    return bytes;
}

void moati_label_write(FILE *file, const char *text) {
    int32_t code;
    for (text += moati_label_next(text, &code); code != 0; text += moati_label_next(text, &code)) {
        utf8proc_uint8_t bytes[4];
        fwrite(bytes, 1, (size_t)utf8proc_encode_char(code, bytes), file);
    }
}

static size_t columns_of(int32_t code) {
    const int width = utf8proc_charwidth(code);
    return width > 0 ? (size_t)width : 0;
}

size_t moati_label_columns(const char *text, size_t columns, bool utf8, char copy[MOATI_LINE]) {
    const char *mark = utf8 ? ellipsis : "~";
    size_t width = 0, used = 0, kept_width = 0, kept = 0;
    int32_t code;
    copy[0] = '\0';
    if (columns == 0)
        return 0;
    for (text += moati_label_next(text, &code); code != 0; text += moati_label_next(text, &code)) {
        if (width + columns_of(code) > columns || used + 8 > MOATI_LINE) {
            strcpy(copy + kept, mark);
            return kept_width + 1;
        }
        used += (size_t)utf8proc_encode_char(code, (utf8proc_uint8_t *)copy + used);
        width += columns_of(code);
        if (width < columns) {
            kept = used;
            kept_width = width;
        }
    }
    copy[used] = '\0';
    return width;
}

/* In thousandths of the font size: the advance widths that the common sans serifs share, and a
 * little for those that are wider. */
static double character_width(int32_t code) {
    static const unsigned short narrow[] = {
        280,  280, 360, 600, 600, 890, 700, 200, 340, 340, 420, 590, 290, 370, 290, 310,
        570,  570, 570, 570, 570, 570, 570, 570, 570, 570, 290, 290, 590, 590, 590, 540,
        1010, 690, 680, 720, 740, 630, 590, 780, 750, 290, 540, 680, 570, 880, 760, 790,
        660,  790, 690, 670, 630, 740, 680, 960, 670, 660, 630, 310, 310, 310, 500, 540,
        340,  570, 600, 550, 600, 570, 350, 600, 590, 260, 260, 560, 260, 890, 590, 590,
        600,  600, 380, 530, 360, 590, 540, 780, 550, 540, 530, 350, 270, 350, 590};
    enum { KNOWN = sizeof narrow / sizeof *narrow };
    if (code >= ' ' && code < ' ' + KNOWN)
        return 1.08 * narrow[code - ' '];
    return 620.0 * utf8proc_charwidth(code);
}

double moati_label_width(const char *text, double size) {
    double width = 0;
    int32_t code;
    for (text += moati_label_next(text, &code); code != 0; text += moati_label_next(text, &code))
        width += character_width(code);
    return width * size / 1000;
}

/* Copies the characters of a text that fit a line: up to its end or its last blank, or in a
 * word where there is no blank. Returns the bytes that were read. */
static size_t take_line(const char *text, double size, double width, char line[MOATI_LINE]) {
    size_t used = 0, read = 0, blank_used = 0, blank_read = 0;
    double room = width * 1000 / size;
    for (;;) {
        int32_t code;
        const size_t bytes = moati_label_next(text + read, &code);
        if (code == 0) {
            read += bytes;
            break;
        }
        room -= character_width(code);
        if (code == ' ' && used > 0) {
            blank_used = used;
            blank_read = read + bytes;
        }
        if ((room < 0 && used > 0 && code != ' ') || used + 8 > MOATI_LINE) {
            used = blank_used > 0 ? blank_used : used;
            read = blank_used > 0 ? blank_read : read;
            break;
        }
        used += (size_t)utf8proc_encode_char(code, (utf8proc_uint8_t *)line + used);
        read += bytes;
    }
    line[used] = '\0';
    return read;
}

static void drop_last_character(char *line) {
    size_t length = strlen(line);
    while (length > 0 && ((unsigned char)line[length - 1] & 0xc0) == 0x80)
        length--;
    line[length > 0 ? length - 1 : 0] = '\0';
}

/* Ends a line with an ellipsis, which takes the place of what would not fit beside it. */
static void cut_line(char line[MOATI_LINE], double size, double width) {
    const double room = width - moati_label_width(ellipsis, size);
    while (line[0] != '\0' &&
           (moati_label_width(line, size) > room || strlen(line) + sizeof ellipsis > MOATI_LINE))
        drop_last_character(line);
    while (line[0] != '\0' && line[strlen(line) - 1] == ' ')
        line[strlen(line) - 1] = '\0';
    strcat(line, ellipsis);
}

moati_lines moati_label_wrap(const char *text, double size, double width, size_t most) {
    moati_lines lines = {0};
    int32_t code = 0;
    if (text != NULL)
        moati_label_next(text, &code);
    most = most < MOATI_LINES ? most : MOATI_LINES;
    while (code != 0 && lines.count < most) {
        char *line = lines.text[lines.count++];
        text += take_line(text, size, width, line);
        moati_label_next(text, &code);
        if (code != 0 && lines.count == most)
            cut_line(line, size, width);
        const double taken = moati_label_width(line, size);
        lines.width = taken > lines.width ? taken : lines.width;
    }
    return lines;
}
