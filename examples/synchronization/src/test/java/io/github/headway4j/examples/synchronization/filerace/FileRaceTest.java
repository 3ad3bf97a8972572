// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.filerace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.headway4j.examples.threads.ProgramRun;
import io.github.headway4j.examples.threads.ThreadsOfProgram;
import io.github.headway4j.examples.threads.machine.ChildJvm;
import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class FileRaceTest {

    /** Two processes that start together may miss each other, but not again and again. */
    private static final int CHANCES = 10;

    @Test
    void run_withoutALock_linesAreBroken() throws Exception {
        FileRace.Result result = FileRace.run(500, false);
        for (int chance = 1; chance < CHANCES && result.lost() == 0; chance++) {
            result = FileRace.run(500, false);
        }
        assertThat(result.expected()).isEqualTo(1_000);
        assertThat(result.lost()).isPositive();
        assertThat(result.broken())
                .hasValueSatisfying(line -> assertThat(line).doesNotMatch("process (\\w) writes line \\d+ of \\1"));
    }

    @Test
    void run_withAFileLock_everyLineIsWhole() throws Exception {
        FileRace.Result result = FileRace.run(500, true);

        assertThat(result.expected()).isEqualTo(1_000);
        assertThat(result.lost()).isZero();
        assertThat(result.broken()).isEmpty();
    }

    @Test
    void run_noLines_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FileRace.run(0, true))
                .withMessageContaining("0");
    }

    @Test
    void main_everyLineIsWholeWithALock() throws Exception {
        assertThat(ProgramRun.linesOf(FileRace.class, "10"))
                .anyMatch(line -> line.matches("  without a lock: \\d+ of 20 lines are whole"))
                .endsWith("with a file lock: 20 of 20 lines are whole");
    }

    @Test
    void awaitReady_interrupted_throwsAtOnce() throws Exception {
        Process silent = ChildJvm.start(List.of(), Silent.class);
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> caller = threads.start("caller", () -> FileRace.awaitReady(silent));
            Await.until("the caller at rest", () -> caller.thread().getState() == Thread.State.WAITING);
            caller.interrupt();
            assertThat(caller.failure()).isInstanceOf(InterruptedException.class);
            assertThat(silent.isAlive()).isTrue();
        } finally {
            silent.destroyForcibly().onExit().join();
        }
        ThreadsOfProgram.awaitEnd("listener");
    }

    /** Never says that it is ready. */
    static final class Silent {
        private Silent() {}

        public static void main(String[] args) throws InterruptedException {
            new CountDownLatch(1).await();
        }
    }
}
