// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which progress bars are open when. */
class StopContextTest {
    private final List<String> events = new ArrayList<>();
    private final StopContext context = new StopContext(false, label -> new Recorder(label));

    @Test
    @SuppressWarnings("resource") // the context is to close them
    void progress_anotherOneIsOpen_closesThatFirst() {
        context.progress("first");
        context.progress("second");
        assertThat(events).containsExactly("first opened", "first closed", "second opened");
    }

    @Test
    @SuppressWarnings("resource") // the context is to close it
    void close_oneIsOpen_closesItAndOpensNoOther() {
        context.progress("first");
        context.close();
        context.progress("late").accept(10);
        assertThat(events).startsWith("first opened", "first closed").doesNotContain("late opened");
    }

    private final class Recorder implements Progress {
        private final String label;

        Recorder(String label) {
            this.label = label;
            events.add(label + " opened");
        }

        @Override
        public void accept(int percent) {}

        @Override
        public void close() {
            events.add(label + " closed");
        }
    }
}
