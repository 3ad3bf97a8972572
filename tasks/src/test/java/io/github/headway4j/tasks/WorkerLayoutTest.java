// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.ClassLayout;
import org.openjdk.jol.info.FieldLayout;

/** What a worker counts does not share a cache line with anything else that changes; a task is small. */
class WorkerLayoutTest {

    /** Two lines of 64 bytes, as processors fetch them in pairs. */
    private static final int APART = 128;

    @Test
    void counts_haveCacheLinesOfTheirOwn() {
        ClassLayout layout = ClassLayout.parseClass(Worker.class);
        FieldLayout first = field(layout, "succeeded");
        assertThat(first.offset()).as("bytes before the counts").isGreaterThanOrEqualTo(APART);
        for (String name : new String[] {"core", "thread"}) {
            assertThat(Math.abs(field(layout, name).offset() - first.offset()))
                    .as("bytes between the counts and %s", name)
                    .isGreaterThanOrEqualTo(APART);
        }
    }

    @Test
    void front_hasCacheLinesOfItsOwn() {
        ClassLayout layout = ClassLayout.parseClass(Front.class);
        for (String name : new String[] {"batch", "filling"}) {
            FieldLayout field = field(layout, name);
            assertThat(field.offset()).as("bytes before %s", name).isGreaterThanOrEqualTo(APART);
            assertThat(layout.instanceSize() - field.offset() - field.size())
                    .as("bytes after %s", name)
                    .isGreaterThanOrEqualTo(APART - Long.BYTES);
        }
    }

    @Test
    void task_takes32Bytes() {
        assertThat(ClassLayout.parseClass(PoolTask.class).instanceSize()).isLessThanOrEqualTo(32L);
    }

    private static FieldLayout field(ClassLayout layout, String name) {
        return layout.fields().stream()
                .filter(f -> f.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
