// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import io.github.headway4j.scheduler.FailurePolicy;
import io.github.headway4j.scheduler.RepeatOptions;
import io.github.headway4j.scheduler.RepeatingTimeout;
import io.github.headway4j.scheduler.Timeout;
import io.github.headway4j.scheduler.TimerOptions;
import io.github.headway4j.scheduler.Timers;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/** The samples of timers in {@code scheduler.md} and {@code coming-from-python.md}. */
final class TimerSamples {

    private TimerSamples() {}

    static final class PythonTimer implements AutoCloseable {
        // snippet: python-timer
        private final Timers timers = Timers.nonDaemon(); // the program does not end before close()

        Timeout remind(Duration delay, Runnable reminder) {
            return timers.schedule(delay, reminder); // threading.Timer(...).start()
        }

        boolean forget(Timeout reminder) {
            return reminder.cancel() == Timeout.Cancellation.PREVENTED; // timer.cancel(); true if it had not begun
        }

        void awaitEnd(Timeout reminder) throws InterruptedException {
            reminder.await(); // timer.join()
        }
        // end

        @Override
        public void close() {
            timers.close();
        }
    }

    static final class Client {
        private final Timers timers;
        final Queue<CompletableFuture<String>> sent = new ConcurrentLinkedQueue<>();

        Client(Timers timers) {
            this.timers = timers;
        }

        // snippet: timers-timeout
        CompletableFuture<String> ask(String question, Duration patience) {
            CompletableFuture<String> answer = send(question);
            Timeout limit = timers.schedule(patience, () -> answer.cancel(false));
            return answer.whenComplete((text, failure) -> limit.cancel()); // nothing is left of it
        }
        // end

        private CompletableFuture<String> send(String question) {
            CompletableFuture<String> answer = new CompletableFuture<>();
            sent.add(answer);
            return answer.thenApply(text -> question + " " + text);
        }
    }

    // snippet: timers-series
    static RepeatingTimeout keepFresh(Timers timers, Runnable refresh) {
        RepeatOptions options = RepeatOptions.defaults()
                .initialDelay(Duration.ZERO)
                .jitter(Duration.ofSeconds(3)) // not all servers at the same moment
                .onFailure(FailurePolicy.backOff(Duration.ofMinutes(1), Duration.ofHours(1)));
        return timers.every(Duration.ofSeconds(30), refresh, options);
    }
    // end

    static final class Pool {
        final Queue<String> log = new ConcurrentLinkedQueue<>();

        // snippet: timers-pool
        Timers timersOn(Executor pool) {
            return new Timers(TimerOptions.defaults()
                    .name("session-timers")
                    .executor(pool) // the thread of the timers hands over, and is never held up
                    .maxPending(1_000_000)
                    .onFailure((timeout, failure) -> log.add(timeout + ": " + failure)));
        }
        // end
    }
}
