/* The cells of a grid, row by row. The grid owns copies of their texts. */
#include "grid.h"

#include <stdlib.h>
#include <string.h>

#include "screen.h"

struct moati_grid {
    size_t column_count, row_count, row_capacity;
    moati_column *columns;
    char **cells; /* row by row; NULL: empty */
    bool failed;
};

moati_grid *moati_grid_new(size_t count, const moati_column *columns) {
    moati_grid *grid = calloc(1, sizeof *grid);
    if (grid == NULL)
        return NULL;
    grid->column_count = count;
    grid->columns = malloc(count * sizeof *columns);
    if (grid->columns == NULL) {
        free(grid);
        return NULL;
    }
    memcpy(grid->columns, columns, count * sizeof *columns);
    return grid;
}

void moati_grid_free(moati_grid *grid) {
    if (grid == NULL)
        return;
    for (size_t i = 0; i < grid->row_count * grid->column_count; i++)
        free(grid->cells[i]);
    free(grid->cells);
    free(grid->columns);
    free(grid);
}

static bool add_rows(moati_grid *grid, size_t count) {
    if (count > grid->row_capacity) {
        size_t capacity = 2 * count + 8;
        char **cells = realloc(grid->cells, capacity * grid->column_count * sizeof *cells);
        if (cells == NULL)
            return false;
        grid->cells = cells;
        grid->row_capacity = capacity;
    }
    for (; grid->row_count < count; grid->row_count++)
        for (size_t column = 0; column < grid->column_count; column++)
            grid->cells[grid->row_count * grid->column_count + column] = NULL;
    return true;
}

void moati_grid_set(moati_grid *grid, size_t row, size_t column, const char *text) {
    if (row >= grid->row_count && !add_rows(grid, row + 1)) {
        grid->failed = true;
        return;
    }
    char **cell = &grid->cells[row * grid->column_count + column];
    free(*cell);
    *cell = moati_text_clean(text, false);
    if (*cell == NULL)
        grid->failed = true;
}

static const char *cell_at(const moati_grid *grid, size_t row, size_t column) {
    return grid->cells[row * grid->column_count + column];
}

void moati_grid_clear(moati_grid *grid, size_t column) {
    for (size_t row = 0; row < grid->row_count; row++) {
        char **cell = &grid->cells[row * grid->column_count + column];
        free(*cell);
        *cell = NULL;
    }
}

void moati_grid_cut(moati_grid *grid, size_t column, size_t width, const char *ellipsis) {
    for (size_t row = 0; row < grid->row_count; row++) {
        char **cell = &grid->cells[row * grid->column_count + column];
        if (*cell == NULL)
            continue;
        char *cut = moati_text_cut(*cell, width, ellipsis);
        if (cut == NULL)
            grid->failed = true;
        free(*cell);
        *cell = cut;
    }
}

void moati_grid_fail(moati_grid *grid) {
    grid->failed = true;
}

bool moati_grid_failed(const moati_grid *grid) {
    return grid->failed;
}

size_t moati_grid_rows(const moati_grid *grid) {
    return grid->row_count;
}

static size_t cell_width(const moati_grid *grid, size_t row, size_t column) {
    const char *cell = cell_at(grid, row, column);
    return cell == NULL ? 0 : moati_text_width(cell);
}

size_t moati_grid_column_width(const moati_grid *grid, size_t column) {
    size_t body = 0, heading = grid->row_count > 0 ? cell_width(grid, 0, column) : 0;
    for (size_t row = 1; row < grid->row_count; row++) {
        size_t width = cell_width(grid, row, column);
        if (width > body)
            body = width;
    }
    if (body == 0 && !grid->columns[column].keep_empty)
        return 0;
    return body > heading ? body : heading;
}

size_t moati_grid_width(const moati_grid *grid) {
    size_t total = 0;
    for (size_t column = 0; column < grid->column_count; column++) {
        size_t width = moati_grid_column_width(grid, column);
        if (width > 0)
            total += width + grid->columns[column].gap;
    }
    return total;
}

static void print_row(const moati_grid *grid, size_t row, const size_t *widths, FILE *file) {
    size_t blanks = 0; /* held back, so that no line ends with any */
    for (size_t column = 0; column < grid->column_count; column++) {
        if (widths[column] == 0)
            continue;
        const char *cell = cell_at(grid, row, column);
        size_t width = cell_width(grid, row, column), rest = widths[column] - width;
        blanks += grid->columns[column].gap;
        if (width == 0) {
            blanks += rest;
            continue;
        }
        if (grid->columns[column].right)
            blanks += rest;
        fprintf(file, "%*s%s", (int)blanks, "", cell);
        blanks = grid->columns[column].right ? 0 : rest;
    }
}

bool moati_grid_print(const moati_grid *grid, FILE *file, bool bold_heading) {
    size_t *widths = calloc(grid->column_count, sizeof *widths);
    if (widths == NULL || grid->failed) {
        free(widths);
        return false;
    }
    for (size_t column = 0; column < grid->column_count; column++)
        widths[column] = moati_grid_column_width(grid, column);
    for (size_t row = 0; row < grid->row_count; row++) {
        bool bold = row == 0 && bold_heading;
        fputs(bold ? "\033[1m" : "", file);
        print_row(grid, row, widths, file);
        fputs(bold ? "\033[0m\n" : "\n", file);
    }
    free(widths);
    return true;
}
