// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.ClassLayout;
import org.openjdk.jol.info.FieldLayout;

/** The two ends of a queue do not share a cache line with each other or with anything else that changes. */
class FifoLayoutTest {

    /** Two lines of 64 bytes, as processors fetch them in pairs. */
    private static final int APART = 128;

    @Test
    void ends_haveCacheLinesOfTheirOwn() {
        ClassLayout layout = ClassLayout.parseClass(PaddedLong.class);
        for (String name : new String[] {"value", "limit"}) {
            FieldLayout field = layout.fields().stream()
                    .filter(f -> f.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            assertThat(field.offset()).as("bytes before %s", name).isGreaterThanOrEqualTo(APART);
            assertThat(layout.instanceSize() - field.offset() - field.size())
                    .as("bytes after %s", name)
                    .isGreaterThanOrEqualTo(APART - Long.BYTES);
        }
        assertThat(Arrays.stream(FifoEnds.class.getDeclaredFields())
                        .filter(f -> f.getType() == PaddedLong.class)
                        .map(f -> f.getName()))
                .as("objects of their own")
                .containsExactlyInAnyOrder("head", "tail");
    }
}
