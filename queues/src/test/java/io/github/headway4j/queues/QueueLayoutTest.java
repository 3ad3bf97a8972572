// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.ClassLayout;
import org.openjdk.jol.info.FieldLayout;

/** What each put and take of a queue with a lock writes shares no cache line with other objects. */
class QueueLayoutTest {

    /** Two lines of 64 bytes, as processors fetch them in pairs. */
    private static final int APART = 128;

    @Test
    void lock_hasCacheLinesOfItsOwn() {
        ClassLayout layout = ClassLayout.parseClass(QueueLock.class);
        for (String name : new String[] {"word", "puts", "hint", "inCallback"}) {
            FieldLayout field = layout.fields().stream()
                    .filter(f -> f.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            assertThat(field.offset()).as("bytes before %s", name).isGreaterThanOrEqualTo(APART);
            assertThat(layout.instanceSize() - field.offset() - field.size())
                    .as("bytes after %s", name)
                    .isGreaterThanOrEqualTo(APART - Long.BYTES);
        }
    }

    @Test
    void lockAndCountOfTasks_areObjectsOfTheirOwn() {
        assertThat(fields(LockedTaskQueue.class, QueueLock.class)).containsExactly("lock");
        assertThat(fields(QueueLedger.class, PaddedLong.class)).contains("finished");
    }

    private static String[] fields(Class<?> owner, Class<?> type) {
        return Arrays.stream(owner.getDeclaredFields())
                .filter(f -> f.getType() == type)
                .map(f -> f.getName())
                .toArray(String[]::new);
    }
}
