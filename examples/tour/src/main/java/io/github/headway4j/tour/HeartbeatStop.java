// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import io.github.headway4j.examples.synchronization.events.PollingThread;
import io.github.headway4j.examples.synchronization.events.Signal;
import io.github.headway4j.examples.synchronization.heartbeat.Heartbeat;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A daemon that beats while there is work and is stopped in order. */
final class HeartbeatStop implements Stop {
    private static final int PARTS_OF_WORK = 20;

    @Override
    public String name() {
        return "heartbeat";
    }

    @Override
    public String title() {
        return "Heartbeat";
    }

    @Override
    public String explanation() {
        return "A daemon beats while the main thread works, until an Event stops it in the middle of its pause:"
                + " it has its last word, and nothing beats afterwards.";
    }

    @Override
    public Outcome run(StopContext context) throws InterruptedException {
        Duration pause = Duration.ofMillis(context.size(400, 100));
        Duration part = Duration.ofMillis(context.size(100, 25));
        List<String> said = new CopyOnWriteArrayList<>();
        int beats;
        long start;
        try (Progress bar = context.progress("Working while the heart beats")) {
            try (Heartbeat heart = new Heartbeat(pause, said::add)) {
                for (int done = 1; done <= PARTS_OF_WORK; done++) {
                    TimeUnit.NANOSECONDS.sleep(part.toNanos());
                    bar.accept(100 * done / PARTS_OF_WORK);
                }
                beats = heart.beats();
                start = System.nanoTime();
            }
        }
        Duration closing = Duration.ofNanos(System.nanoTime() - start);
        int saidWhenClosed = said.size();
        PollingThread.Result sleeping =
                PollingThread.run(Signal.ofVariable(), pause, () -> TimeUnit.NANOSECONDS.sleep(1), beat -> {});
        return Outcome.showing(beats + " beats and a last word")
                .grid(
                        "A heart that beats every " + Words.time(pause),
                        List.of("Way", "Time to stop"),
                        List.of(
                                List.of("waits for an Event", Words.time(closing)),
                                List.of("sleeps, then looks at a variable", Words.time(sleeping.reaction()))))
                .note("Its last word: " + said.get(saidWhenClosed - 1) + ".")
                .naive(
                        "A heart that sleeps between two beats takes up to a whole pause to stop; one that is left to die"
                                + " with the program dies without its last word.")
                .check("it beats while there is work", beats > 1, beats + " beats")
                .check(
                        "its last word is said when close returns",
                        said.get(saidWhenClosed - 1).startsWith("over after"),
                        said.get(saidWhenClosed - 1))
                .check("nothing beats afterwards", said.size() == saidWhenClosed, said.size() + " words")
                .build();
    }
}
