// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.Styler;
import java.util.List;
import java.util.stream.IntStream;

/** Prints tables that have no lines but the one below the header. */
final class Tables {
    private static final int HEADER_RULE = 8;
    private static final int PADDING = 2;

    private final Console console;
    private final int width;
    private final Character[] border;

    Tables(Console console, int width) {
        this.console = console;
        this.width = width;
        this.border = AsciiTable.NO_BORDERS.clone();
        border[HEADER_RULE] = console.glyphs().rule().charAt(0);
    }

    /** Prints a table, columns of numbers flush right. If it is too wide, the widest column is broken into lines. */
    void print(Grid grid) {
        int columnCount = grid.header().size();
        int[] widths = IntStream.range(0, columnCount).map(grid::width).toArray();
        int widest = IntStream.of(widths).max().orElse(0);
        Column[] columns = new Column[columnCount];
        for (int index = 0; index < columnCount; index++) {
            HorizontalAlign align = grid.isNumeric(index) ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT;
            columns[index] = new Column()
                    .header(grid.header().get(index))
                    .headerAlign(align)
                    .dataAlign(align);
            if (widths[index] < widest) {
                columns[index].minWidth(widths[index] + PADDING);
            }
        }
        Object[][] cells = grid.rows().stream().map(List::toArray).toArray(Object[][]::new);
        AsciiTable.builder()
                .border(border)
                .styler(new Colours())
                .lineSeparator("\n")
                .maxTableWidth(width)
                .data(columns, cells)
                .asString()
                .lines()
                .forEach(line -> console.line(" " + (isRule(line) ? console.faint(line) : line)));
    }

    private boolean isRule(String line) {
        return line.equals(console.glyphs().rule().repeat(line.length()));
    }

    /** Colours the header and the verdicts. */
    private final class Colours implements Styler {
        @Override
        public List<String> styleHeader(Column column, int index, List<String> lines) {
            return lines.stream().map(console::faint).toList();
        }

        @Override
        public List<String> styleCell(Column column, int row, int index, List<String> lines) {
            return lines.stream().map(this::verdict).toList();
        }

        private String verdict(String cell) {
            return switch (cell.strip()) {
                case "passed" -> console.good(cell);
                case "failed" -> console.bad(cell);
                default -> cell;
            };
        }
    }
}
