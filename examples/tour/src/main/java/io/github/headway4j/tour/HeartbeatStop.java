// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import io.github.headway4j.examples.synchronization.Crew;
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

    /** So long a heart is given to beat twice. */
    private static final int MOST_PARTS = 100 * PARTS_OF_WORK;

    /** Longer than any wake-up takes, and so short that a broken event is a failed check and no tour that hangs. */
    private static final Duration LONG_PAUSE = Duration.ofSeconds(15);

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
        Heartbeat heart = new Heartbeat(pause, said::add);
        try (heart;
                Progress bar = context.progress("Working while the heart beats")) {
            for (int done = 1; done <= PARTS_OF_WORK || (heart.beats() < 2 && done <= MOST_PARTS); done++) {
                TimeUnit.NANOSECONDS.sleep(part.toNanos());
                bar.accept(100 * done / PARTS_OF_WORK);
            }
        }
        boolean over = heart.state() == Thread.State.TERMINATED;
        Duration closing = closeDuringALongPause();
        PollingThread.Result sleeping;
        try (Progress bar = context.progress("The same with sleep");
                Pace pace = new Pace(bar, 0, 100, pause)) {
            sleeping = PollingThread.run(Signal.ofVariable(), pause, () -> {}, beat -> {});
        }
        return judge(pause, heart.beats(), said, over, closing, sleeping);
    }

    /** Closes a heart in the middle of its pause, and tells how long that took. */
    private static Duration closeDuringALongPause() throws InterruptedException {
        long start;
        try (Heartbeat slow = new Heartbeat(LONG_PAUSE, word -> {})) {
            Crew.until("the heart in its pause", () -> slow.state() == Thread.State.TIMED_WAITING);
            start = System.nanoTime();
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static Outcome judge(
            Duration pause,
            int beats,
            List<String> said,
            boolean over,
            Duration closing,
            PollingThread.Result sleeping) {
        String lastWord = said.get(said.size() - 1);
        return Outcome.showing(beats + " beats and a last word")
                .grid(
                        "A heart that is stopped in the middle of its pause",
                        List.of("Way", "Pause", "Time to stop"),
                        List.of(
                                List.of("waits for an Event", Words.time(LONG_PAUSE), Words.time(closing)),
                                List.of(
                                        "sleeps, then looks at a variable",
                                        Words.time(pause),
                                        Words.time(sleeping.reaction()))))
                .note("Its last word: " + lastWord + ".")
                .naive(
                        "A heart that sleeps between two beats takes up to a whole pause to stop; one that is left to die"
                                + " with the program dies without its last word.")
                .check("it beats while there is work", beats > 1, beats + " beats")
                .check("its last word is said when close returns", lastWord.startsWith("over after"), lastWord)
                .check(
                        "nothing beats afterwards",
                        over && said.size() == beats + 1,
                        "its thread is over; " + said.size() + " words for " + beats + " beats")
                .check(
                        "the event ends the pause",
                        closing.compareTo(LONG_PAUSE) < 0,
                        "after " + Words.time(closing) + " of " + Words.time(LONG_PAUSE))
                .check(
                        "a heart that sleeps stops after its pause",
                        sleeping.lastRest().compareTo(pause) >= 0,
                        "after " + Words.time(sleeping.lastRest()) + " of " + Words.time(pause))
                .build();
    }
}
