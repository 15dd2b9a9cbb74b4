/* What the terminal and the environment say of themselves. */
#include "screen.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "number.h"

enum { PLAIN_COLUMNS = 80, FEWEST_COLUMNS = 40 };

static size_t terminal_columns(void) {
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return PLAIN_COLUMNS;
    return size.ws_col < FEWEST_COLUMNS ? FEWEST_COLUMNS : size.ws_col;
}

/* What COLUMNS says; 0 where it says nothing. */
static size_t wanted_columns(void) {
    const char *text = getenv("COLUMNS");
    uint64_t columns;
    if (text == NULL || !moati_number_read_count(text, 10000, &columns) || columns == 0)
        return 0;
    return columns < FEWEST_COLUMNS ? FEWEST_COLUMNS : (size_t)columns;
}

static bool colour_wanted(void) {
    const char *no_colour = getenv("NO_COLOR"), *terminal = getenv("TERM");
    return (no_colour == NULL || no_colour[0] == '\0') && terminal != NULL &&
           strcmp(terminal, "dumb") != 0;
}

moati_screen moati_screen_detect(bool file) {
    moati_screen screen = {.utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0,
                           .columns = PLAIN_COLUMNS};
    const size_t wanted = wanted_columns();
    if (!file && isatty(STDOUT_FILENO) == 1) {
        screen.limited = true;
        screen.columns = terminal_columns();
        screen.colour = colour_wanted();
    } else if (wanted > 0) {
        screen.limited = true;
        screen.columns = wanted;
    }
    return screen;
}
