// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import java.util.List;
import java.util.stream.Stream;

/**
 * A table of text.
 *
 * @param title what the table shows, or the empty string
 * @param header the names of the columns
 * @param rows the cells, in each row as many as there are columns
 */
public record Grid(String title, List<String> header, List<List<String>> rows) {

    /** Copies the lists and compares their lengths. */
    public Grid {
        header = List.copyOf(header);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<String> row : rows) {
            if (row.size() != header.size()) {
                throw new IllegalArgumentException(
                        "A row needs " + header.size() + " cells, but this one has " + row.size() + ": " + row);
            }
        }
    }

    /** {@return how many characters the widest cell of a column has, its header included} */
    int width(int column) {
        return Stream.concat(Stream.of(header), rows.stream())
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
    }

    /**
     * Says whether a column holds numbers, which are written flush right.
     *
     * @param column the index of the column
     * @return true if each cell of it is a number, with a unit or without, or empty
     */
    boolean isNumeric(int column) {
        return rows.stream().map(row -> row.get(column)).allMatch(cell -> cell.matches("(-?\\d[^:]*)?"));
    }
}
