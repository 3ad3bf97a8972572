// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.threads.ProgramRun;
import io.github.headway4j.examples.threads.ThreadsOfProgram;
import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class JoiningTest {
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());

    @Test
    void run_theParentGoesOnAfterTheLastChild() {
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> parent =
                    threads.start("parent", () -> Joining.run(3, seconds -> mayEnd.await(), said::add));
            awaitJoin(parent);
            assertThat(said).containsExactly("parent: waiting for 3 children");
            mayEnd.countDown();
        }
        assertThat(said)
                .hasSize(5)
                .contains("child 1: over", "child 2: over", "child 3: over")
                .endsWith("parent: all are over");
    }

    @Test
    void run_interrupted_sendsTheChildrenHome() {
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> parent =
                    threads.start("parent", () -> Joining.run(3, seconds -> new CountDownLatch(1).await(), said::add));
            awaitJoin(parent);
            parent.interrupt();
            assertThat(parent.failure()).isInstanceOf(InterruptedException.class);
        }
        assertThat(ThreadsOfProgram.alive("child-")).isEmpty();
        assertThat(said).containsExactly("parent: waiting for 3 children");
    }

    @Test
    void main_endsWithTheParent() throws Exception {
        assertThat(ProgramRun.linesOf(Joining.class, "1"))
                .hasSize(5)
                .startsWith("parent: waiting for 3 children")
                .endsWith("parent: all are over");
    }

    /** Waiting in {@code join} shows no object that is waited for, only the state. */
    private static void awaitJoin(TestThread<?> parent) {
        Await.until("the parent in join", () -> parent.thread().getState() == Thread.State.WAITING);
    }
}
