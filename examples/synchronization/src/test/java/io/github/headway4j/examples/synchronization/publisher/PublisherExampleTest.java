// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.headway4j.examples.threads.ProgramRun;
import io.github.headway4j.examples.threads.ThreadsOfProgram;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PublisherExampleTest {
    private final List<Integer> progress = new ArrayList<>();

    @Test
    void guarded_eachNumberIsTakenOnceAndInOrder() throws InterruptedException {
        assertThatAllIsWell(Publication.guarded(2_000, 2, Duration.ZERO, new Random(1), progress::add), 2_000);
    }

    @Test
    void guarded_oneNumberAndManySubscribers_allEnd() throws InterruptedException {
        Publication.Result result = Publication.guarded(1, 5, Duration.ZERO, new Random(1), progress::add);

        assertThat(result.taken()).hasSize(5);
        assertThat(result.taken().stream().flatMap(List::stream)).containsExactlyElementsOf(result.published());
    }

    @Test
    void polling_eachNumberIsTakenOnceAndInOrder() throws InterruptedException {
        assertThatAllIsWell(Publication.polling(500, 2, Duration.ZERO, new Random(1), progress::add), 500);
    }

    @Test
    void run_noSubscriber_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Publication.guarded(1, 0, Duration.ZERO, new Random(), progress::add))
                .withMessageContaining("0");
    }

    @Test
    void main_printsWhatWasPublishedAndTaken() throws Exception {
        assertThat(ProgramRun.linesOf(PublisherExample.class))
                .hasSize(8)
                .anyMatch(line -> line.matches("waiting: published \\[(\\d+, ){19}\\d+]"))
                .anyMatch(line -> line.matches("polling: published \\[(\\d+, ){19}\\d+]"))
                .filteredOn(line -> line.startsWith("    a subscriber took ["))
                .hasSize(4);
    }

    @Test
    void polling_keepsProcessorsBusy() throws InterruptedException {
        Duration pause = Duration.ofMillis(2);
        Publication.Result waiting = Publication.guarded(50, 2, pause, new Random(1), progress::add);
        Publication.Result polling = Publication.polling(50, 2, pause, new Random(1), percent -> {});

        assertThat(polling.looks()).isGreaterThan(waiting.looks());
        assertThat(polling.busy()).isPositive();
    }

    @Test
    void guarded_interrupted_sendsTheSubscribersHome() {
        try (TestThreads threads = new TestThreads()) {
            TestThread<?> publisher = threads.start("publisher", () -> {
                Thread.currentThread().interrupt();
                return Publication.guarded(1, 2, Duration.ofMillis(1), new Random(1), percent -> {});
            });
            assertThat(publisher.failure()).isInstanceOf(InterruptedException.class);
        }
        assertThat(ThreadsOfProgram.alive("subscriber-")).isEmpty();
    }

    private void assertThatAllIsWell(Publication.Result result, int numbers) {
        assertThat(result.published()).hasSize(numbers).allMatch(number -> number >= 0 && number <= 1_000);
        assertThat(result.taken()).hasSize(2);
        assertThat(result.taken().stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(result.published());
        assertThat(result.taken())
                .filteredOn(taken -> !taken.isEmpty()) // one may have been faster each time
                .allSatisfy(taken -> assertThat(result.published()).containsSubsequence(taken));
        assertThat(result.looks()).isGreaterThanOrEqualTo(numbers);
        assertThat(progress).isSorted().last().isEqualTo(100);
    }
}
