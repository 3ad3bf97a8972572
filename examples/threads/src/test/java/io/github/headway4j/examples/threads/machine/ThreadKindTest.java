// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ThreadKindTest {

    @Test
    void virtual_isThereFromJdk21On() {
        assertThat(ThreadKind.VIRTUAL.isThere()).isEqualTo(Runtime.version().feature() >= 21);
        assertThat(ThreadKind.PLATFORM.isThere()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("io.github.headway4j.examples.threads.machine.ThreadKind#available")
    void start_runsTheWorkInAThreadOfThatKind(ThreadKind kind) throws InterruptedException {
        AtomicReference<Thread> ran = new AtomicReference<>();
        Thread thread = kind.start(() -> ran.set(Thread.currentThread()));
        thread.join();

        assertThat(ran.get()).isSameAs(thread);
        assertThat(thread.toString().startsWith("VirtualThread")).isEqualTo(kind == ThreadKind.VIRTUAL);
    }
}
