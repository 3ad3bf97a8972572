// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.examples.threads.ThreadsOfProgram;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

class CrewTest {

    @Test
    void run_tasksThatNeedEachOther_returnInTheirOrder() throws InterruptedException {
        CyclicBarrier meeting = new CyclicBarrier(2);
        List<Callable<String>> tasks = List.of(
                () -> {
                    meeting.await();
                    return "first";
                },
                () -> {
                    meeting.await();
                    return Thread.currentThread().getName();
                });
        assertThat(Crew.run("crew", tasks, () -> {})).containsExactly("first", "crew-1");
    }

    @Test
    void run_aTaskThatLasts_meanwhileIsCalled() throws InterruptedException {
        CountDownLatch called = new CountDownLatch(3);
        List<Callable<Void>> tasks = List.of(() -> {
            called.await();
            return null;
        });
        Crew.run("crew", tasks, called::countDown);
        assertThat(called.getCount()).isZero();
    }

    @Test
    void run_aTaskFails_theOthersHaveEnded() {
        List<Callable<Void>> tasks = List.of(
                () -> {
                    throw new IOException("planted");
                },
                CrewTest::waitForEver);
        assertThatIllegalStateException()
                .isThrownBy(() -> Crew.run("crew", tasks, () -> {}))
                .withCauseInstanceOf(IOException.class);
        assertThat(ThreadsOfProgram.alive("crew-")).isEmpty();
    }

    @Test
    void run_interrupted_allHaveEnded() {
        try (TestThreads threads = new TestThreads()) {
            TestThread<?> caller = threads.start("caller", () -> {
                Thread.currentThread().interrupt();
                return Crew.run("crew", List.of(CrewTest::waitForEver, CrewTest::waitForEver), () -> {});
            });
            assertThat(caller.failure()).isInstanceOf(InterruptedException.class);
        }
        assertThat(ThreadsOfProgram.alive("crew-")).isEmpty();
    }

    @Test
    void until_interrupted_throws() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Crew.until("a wonder", () -> false)).isInstanceOf(InterruptedException.class);
    }

    private static Void waitForEver() throws InterruptedException {
        new CountDownLatch(1).await();
        return null;
    }
}
