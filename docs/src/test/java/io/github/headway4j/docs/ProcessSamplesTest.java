// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.processes.ChildProcess;
import io.github.headway4j.processes.Command;
import io.github.headway4j.processes.LongArray;
import io.github.headway4j.processes.ProcessQueue;
import io.github.headway4j.processes.SharedLock;
import io.github.headway4j.processes.SharedMemory;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The samples about processes do what the guide says. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the samples run commands of Unix")
final class ProcessSamplesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void commands_giveTheirOutput_orWhatTheyHadToSay() throws Exception {
        ProcessSamples.Words words = new ProcessSamples.Words();

        assertThat(words.sorted(List.of("b", "a", "b"))).containsExactly("a", "b");
        assertThat(words.distinct("to be or not to be")).isEqualTo(4);
        assertThat(words.report(Command.shell("echo done"))).isEqualTo("done\n");
        assertThat(words.report(Command.shell("echo begun; sleep 1000"))).isEqualTo("begun\n...");
    }

    @Test
    void service_thatDoesNotEnd_isEndedWithAllOfItsTree() throws Exception {
        ProcessSamples.Service sample = new ProcessSamples.Service();

        assertThat(sample.watch(Command.shell("echo up; exit 3"), PATIENCE)).isEqualTo(3);
        assertThat(sample.watch(Command.shell("echo ready; sleep 1000 & sleep 1000"), Duration.ofMillis(1)))
                .isNotZero();
        assertThat(sample.log()).startsWith("up");
    }

    @Test
    void child_greets_andEnds() throws Exception {
        assertThat(new ProcessSamples.Children().child("Ada")).isZero();
    }

    @Test
    void memory_isChangedByTheChild() throws Exception {
        assertThat(new ProcessSamples.Numbers().halves(new double[] {1, 2, 5})).containsExactly(0.5, 1, 2.5);
    }

    @Test
    void lock_ofADeadHolder_isTakenOver_andSaysSo() throws Exception {
        try (SharedLock lock = SharedLock.create();
                SharedMemory memory = SharedMemory.create(2 * Long.BYTES)) {
            LongArray accounts = memory.longs();
            accounts.set(0, ProcessSamples.Numbers.TOTAL);
            ProcessSamples.Numbers.transfer(lock, memory, 5);
            assertThat(List.of(accounts.get(0), accounts.get(1))).containsExactly(995L, 5L);
            try (ChildProcess child = ChildProcess.start(() -> dieHolding(lock, memory))) {
                child.join();
            }
            assertThat(List.of(accounts.get(0), accounts.get(1))).containsExactly(985L, 5L);

            ProcessSamples.Numbers.transfer(lock, memory, 5);
            assertThat(List.of(accounts.get(0), accounts.get(1))).containsExactly(980L, 20L);
        }
    }

    private static void dieHolding(SharedLock lock, SharedMemory memory) {
        lock.lock();
        LongArray accounts = memory.longs();
        accounts.set(0, accounts.get(0) - 10);
        Runtime.getRuntime().halt(1);
    }

    @Test
    void queue_isWorkedOff_untilItsEnd() throws Exception {
        try (ProcessQueue<Integer> numbers = ProcessQueue.create(10);
                ProcessQueue<Long> squares = ProcessQueue.create(10);
                TestThreads helpers = new TestThreads()) {
            TestThread<Void> worker = helpers.start("worker", () -> ProcessSamples.Talk.square(numbers, squares));
            numbers.put(3);
            assertThat(squares.take()).isEqualTo(9L);
            numbers.shutdown();
            worker.join();
            assertThat(squares.isTerminated()).isTrue();
        }
    }

    @Test
    void pipe_carriesAnAnswer() throws Exception {
        assertThat(new ProcessSamples.Talk().converse("it")).isEqualTo("got it");
    }

    @Test
    void python_commandsAndChildren(@TempDir Path directory) throws Exception {
        Files.createFile(directory.resolve("b"));
        Files.createFile(directory.resolve("a"));
        ProcessSamples.Python sample = new ProcessSamples.Python();

        assertThat(sample.listing(directory, PATIENCE)).containsExactly("a", "b");
        assertThat(sample.squareInAChild(12)).isEqualTo(144);
    }
}
