/* A column is of numbers where its name has a unit, or all its cells are. */
#include "csv_columns.h"

#include <string.h>

#include "literal.h"

/* --- Names and units. */

/* A part of a cell, without the blanks around it. */
static moati_csv_cell part(const moati_csv_cell *cell, size_t from, size_t to) {
    while (from < to && moati_is_space(cell->text[from]))
        from++;
    while (to > from && moati_is_space(cell->text[to - 1]))
        to--;
    moati_csv_cell found = *cell;
    found.text = cell->text + from;
    found.length = to - from;
    found.where = cell->where + cell->quoted + from;
    return found;
}

/* Where the bracket that the text's last byte closes was opened; false where that is none. */
static bool find_bracket(const moati_csv_cell *cell, size_t *open) {
    if (cell->length == 0)
        return false;
    const char closing = cell->text[cell->length - 1];
    const char opening = closing == ')' ? '(' : '[';
    if (closing != ')' && closing != ']')
        return false;
    int depth = 0;
    for (size_t i = cell->length; i-- > 0;) {
        depth += (cell->text[i] == closing) - (cell->text[i] == opening);
        if (depth == 0) {
            *open = i;
            return true;
        }
    }
    return false;
}

static moat_status read_unit(moat_units *units, const moati_csv_cell *text, moat_unit *unit,
                             moat_error *error) {
    moat_error why;
    if (moat_unit_parse(units, text->text, text->length, unit, &why) == MOAT_OK)
        return MOAT_OK;
    if (why.status == MOAT_NO_MEMORY || why.status == MOAT_LIMIT)
        return moat_fail(error, why.status, "%s", why.message);
    return moat_fail_at(error, MOAT_SYNTAX, (long)text->where,
                        "\"%s\" is no unit: %s; where it is a part of the column's name, write "
                        "[1] or [text] behind it",
                        moati_quote_text(text->text, text->length).text, why.message);
}

moat_status moati_csv_header(moat_units *units, const moati_csv_cell *cell,
                             moati_csv_column *column, moat_error *error) {
    size_t open;
    const moati_csv_cell whole = part(cell, 0, cell->length);
    *column = (moati_csv_column){.name = whole};
    if (find_bracket(&whole, &open)) {
        const moati_csv_cell unit = part(&whole, open + 1, whole.length - 1);
        column->name = part(&whole, 0, open);
        column->is_text = moati_text_equal(unit.text, unit.length, "text");
        column->has_unit = !column->is_text;
        if (column->has_unit && read_unit(units, &unit, &column->unit, error) != MOAT_OK)
            return error->status;
    }
    if (column->name.length == 0)
        return moat_fail_at(error, MOAT_SYNTAX, (long)cell->where,
                            "this column has no name: the first row names the columns, as in "
                            "\"price ($/Mtok)\"");
    return MOAT_OK;
}

/* --- Cells. */

/* The unit that a cell has of its own. */
static bool accept_percent(const moati_csv_column *column, moat_units const *units,
                           const moati_csv_cell *cell, size_t *end) {
    size_t at = *end;
    while (at < cell->length && moati_is_space(cell->text[at]))
        at++;
    const bool fits = !column->has_unit || strcmp(moat_unit_text(units, column->unit), "%") == 0;
    if (!fits || at == cell->length || cell->text[at] != '%')
        return false;
    *end = at + 1;
    return true;
}

static moat_status not_a_number(const moati_csv_column *column, const moati_csv_cell *cell,
                                moat_error *error) {
    return moat_fail_at(error, MOAT_SYNTAX, (long)cell->where,
                        "\"%s\" is no number, which the column \"%s\" needs: write the number "
                        "alone, and nothing where it is missing",
                        moati_quote_text(cell->text, cell->length).text,
                        moati_quote_text(column->name.text, column->name.length).text);
}

moat_status moati_csv_number(const moat_units *units, const moati_csv_column *column,
                             const moati_csv_cell *cell, double *value, moat_error *error) {
    moati_number number;
    moat_error why;
    if (moati_number_read(cell->text, cell->length, 0, true, &number, &why) != MOAT_OK)
        return not_a_number(column, cell, error);
    size_t end = number.end;
    const bool percent = accept_percent(column, units, cell, &end);
    if (end != cell->length)
        return not_a_number(column, cell, error);
    const moati_factor *factor =
        percent ? &moati_factor_percent : moati_unit_parts(units, column->unit);
    if (moati_number_value(&number, factor, value, &why) != MOAT_OK)
        return moat_fail_at(error, MOAT_SYNTAX, (long)cell->where, "%s", why.message);
    return MOAT_OK;
}

moat_status moati_csv_note(moat_units *units, moati_csv_column *column, const moati_csv_cell *cell,
                           moat_error *error) {
    double value;
    if (column->is_text || moati_csv_is_missing(cell))
        return MOAT_OK;
    if (moati_csv_number(units, column, cell, &value, error) == MOAT_OK)
        return MOAT_OK;
    if (column->has_unit)
        return error->status;
    column->is_text = column->has_misfit = true;
    column->misfit = *cell;
    return MOAT_OK;
}
