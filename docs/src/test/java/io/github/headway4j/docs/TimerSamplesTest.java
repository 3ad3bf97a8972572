// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.scheduler.RepeatingTimeout;
import io.github.headway4j.scheduler.Timeout;
import io.github.headway4j.scheduler.TimerOptions;
import io.github.headway4j.scheduler.Timers;
import io.github.headway4j.scheduler.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The samples of timers in the guides do what the guides say. */
final class TimerSamplesTest {

    private final VirtualTime time = new VirtualTime();

    private Timers timers() {
        return new Timers(TimerOptions.defaults().time(time));
    }

    @Test
    void pythonTimer_runs_orIsForgotten() throws Exception {
        try (TimerSamples.PythonTimer sample = new TimerSamples.PythonTimer()) {
            AtomicInteger ran = new AtomicInteger();
            Timeout late = sample.remind(Duration.ofDays(1), ran::incrementAndGet);
            sample.awaitEnd(sample.remind(Duration.ZERO, ran::incrementAndGet));
            assertThat(sample.forget(late)).isTrue();
            assertThat(sample.forget(late)).isFalse();
            assertThat(ran).hasValue(1);
        }
    }

    @Test
    void client_whoIsAnsweredInTime_hasNoTimeoutLeft() {
        try (Timers timers = timers()) {
            TimerSamples.Client client = new TimerSamples.Client(timers);
            CompletableFuture<String> answer = client.ask("how late is it?", Duration.ofSeconds(5));
            client.sent.remove().complete("late");
            assertThat(answer).isCompletedWithValue("how late is it? late");
            assertThat(timers.pending()).isZero();
        }
    }

    @Test
    void client_whoIsNotAnswered_isToldSo() {
        try (Timers timers = timers()) {
            TimerSamples.Client client = new TimerSamples.Client(timers);
            CompletableFuture<String> answer = client.ask("how late is it?", Duration.ofSeconds(5));
            time.runUntil(Duration.ofSeconds(5).toNanos() - 1);
            assertThat(answer).isNotDone();
            time.runUntil(Duration.ofSeconds(5).toNanos());
            assertThat(answer).isCompletedExceptionally();
            assertThatThrownBy(answer::join).hasCauseInstanceOf(CancellationException.class);
        }
    }

    @Test
    void series_goesOnAfterAFailure_withPauses() {
        try (Timers timers = new Timers(TimerOptions.defaults().time(time).onFailure((timeout, failure) -> {}))) {
            List<Long> seconds = new ArrayList<>();
            RepeatingTimeout series = TimerSamples.keepFresh(timers, () -> {
                seconds.add(time.nanoTime() / 1_000_000_000L);
                if (seconds.size() == 2) {
                    throw new IllegalStateException("no answer");
                }
            });
            time.runUntil(Duration.ofSeconds(160).toNanos());
            assertThat(series.failures()).isEqualTo(1);
            assertThat(seconds.get(0)).isBetween(0L, 3L);
            assertThat(seconds.get(1)).isBetween(30L, 33L);
            assertThat(seconds.get(2)).as("a minute later or more").isBetween(90L, 123L);
        }
    }

    @Test
    void pool_runsTheActions_andFailuresAreLogged() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor(task -> new Thread(task, "pool"));
        TimerSamples.Pool sample = new TimerSamples.Pool();
        try (Timers timers = sample.timersOn(pool)) {
            timers.schedule(Duration.ZERO, () -> {
                        throw new IllegalStateException(Thread.currentThread().getName());
                    })
                    .await();
        } finally {
            pool.shutdown();
        }
        assertThat(sample.log)
                .singleElement()
                .satisfies(line -> assertThat(line).endsWith(": java.lang.IllegalStateException: pool"));
    }
}
