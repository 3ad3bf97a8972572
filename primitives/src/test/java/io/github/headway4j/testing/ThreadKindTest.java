// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ThreadKindTest {

    private static final List<ThreadKind> SEEN = new ArrayList<>();

    @AfterAll
    static void eachThreadKind_runsOncePerAvailableKind() {
        assertThat(SEEN).isEqualTo(ThreadKind.available());
    }

    @EachThreadKind
    void start_runsTheBodyOnANamedDaemonOfThatKind(ThreadKind kind) throws Exception {
        SEEN.add(kind);
        List<Thread> ran = new ArrayList<>();
        Thread thread = kind.start("some name", () -> ran.add(Thread.currentThread()));
        thread.join();
        assertThat(ran).containsExactly(thread);
        assertThat(thread.getName()).isEqualTo("some name");
        assertThat(thread.isDaemon()).isTrue();
        assertThat(isVirtual(thread)).isEqualTo(kind == ThreadKind.VIRTUAL);
    }

    @Test
    void available_hasVirtualThreadsExactlyFromJdk21On() {
        assertThat(ThreadKind.available().contains(ThreadKind.VIRTUAL))
                .isEqualTo(Runtime.version().feature() >= 21);
        assertThat(ThreadKind.available()).startsWith(ThreadKind.PLATFORM);
    }

    @Test
    void unstarted_onAJdkWithoutVirtualThreads_throws() {
        Assumptions.assumeFalse(ThreadKind.VIRTUAL.isSupported(), "this JDK has virtual threads");
        assertThatThrownBy(() -> ThreadKind.VIRTUAL.unstarted("name", () -> {}))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private static boolean isVirtual(Thread thread) throws ReflectiveOperationException {
        return Runtime.version().feature() >= 21
                && (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
    }
}
