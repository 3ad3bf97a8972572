// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is made of several failures. */
class FailuresTest {

    private static final int MANY = 20_000;

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    @Test
    void failuresAreSuppressedOnce_inTheirOrder() {
        IOException first = new IOException("first");
        IOException before = new IOException("suppressed before");
        IOException second = new IOException("second");
        IOException third = new IOException("third");
        first.addSuppressed(before);
        assertThat(Failures.combined(List.of(first, second, first, before, third, second)))
                .isSameAs(first);
        assertThat(first.getSuppressed()).containsExactly(before, second, third);
        assertThat(Failures.combined(List.of())).isNull();
    }

    @Test
    void manyFailures_costNoMoreThanTheirNumber() {
        List<Throwable> failures = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            failures.add(new Throwable("planned", null, true, false) {});
        }
        long before = allocatedBytes();
        Throwable first = Failures.combined(failures);
        long bytes = allocatedBytes() - before;
        assertThat(first).isSameAs(failures.get(0));
        assertThat(bytes).isLessThan(500L * MANY);
        assertThat(failures.get(0).getSuppressed()).hasSize(MANY - 1);
    }
}
