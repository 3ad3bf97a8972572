// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import java.util.function.IntConsumer;

/** A place to show how far a piece of work is. Any thread may report; a percentage below an earlier one is ignored. */
public interface Progress extends IntConsumer, AutoCloseable {

    /** Reports nowhere. */
    Progress SILENT = new Progress() {
        @Override
        public void accept(int percent) {}

        @Override
        public void close() {}
    };

    /** Shows the percentage of the work that is done, from 0 to 100. */
    @Override
    void accept(int percent);

    /** Takes the bar away. What is reported later is ignored. */
    @Override
    void close();
}
