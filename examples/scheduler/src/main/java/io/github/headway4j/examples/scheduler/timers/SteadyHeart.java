// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.scheduler.timers;

import io.github.headway4j.examples.scheduler.Diary;
import io.github.headway4j.examples.scheduler.StoryTime;
import io.github.headway4j.examples.threads.life.Nap;
import io.github.headway4j.scheduler.RepeatingTimeout;
import io.github.headway4j.scheduler.TimeSource;
import io.github.headway4j.scheduler.TimerListener;
import io.github.headway4j.scheduler.TimerOptions;
import io.github.headway4j.scheduler.Timers;
import io.github.headway4j.scheduler.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A heart that beats every two seconds, as a series of {@link Timers}. Its third beat takes five seconds: two others
 * are due meanwhile, which become one, and one is told to be missed; then the heart is in time again. Its sixth beat
 * fails: that is reported, and the heart goes on. After nine beats it is cancelled.
 */
public final class SteadyHeart {
    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final int SLOW_BEAT = 3;
    private static final int SECONDS_OF_SLOW_BEAT = 5;
    private static final int FAILING_BEAT = 6;
    private static final int BEATS = 9;
    private static final int SECONDS_OF_SILENCE = 5;
    private static final double NANOS_OF_A_SECOND = 1e9;

    private final Diary diary;
    private final Nap busy;
    private final AtomicInteger beats = new AtomicInteger();

    private SteadyHeart(Diary diary, Nap busy) {
        this.diary = diary;
        this.busy = busy;
    }

    /**
     * How a heart fared.
     *
     * @param entries what happened when
     * @param beats how often it has beaten
     * @param missed how many beats were due and left out
     * @param failures how many beats failed
     * @param pending what the timers had left to do after it was cancelled
     */
    public record Result(List<Diary.Entry> entries, long beats, long missed, long failures, int pending) {
        /** Copies the entries. */
        public Result {
            entries = List.copyOf(entries);
        }
    }

    /**
     * Runs the program.
     *
     * @param args the length of a second in milliseconds; may be left out
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        run(new StoryTime(Nap.second(args)), System.out::println);
    }

    /**
     * Lets the heart beat as time goes by, on the thread of the timers.
     *
     * @param time the clock, one that goes
     * @param out told what is done, when it is
     * @return how it fared
     * @throws InterruptedException if the caller is interrupted
     */
    public static Result run(TimeSource time, Consumer<? super Diary.Entry> out) throws InterruptedException {
        Nap sleeping = seconds -> time.sleepUntil(time.nanoTime() + nanos(seconds));
        return run(time, sleeping, sleeping, out);
    }

    /**
     * Lets the heart beat in virtual time, in the calling thread, at once.
     *
     * @param out told what is done, when it is
     * @return how it fared
     * @throws InterruptedException if the caller is interrupted
     */
    public static Result runAtOnce(Consumer<? super Diary.Entry> out) throws InterruptedException {
        VirtualTime time = new VirtualTime();
        Nap beating = seconds -> time.runUntil(time.nanoTime() + nanos(seconds));
        return run(time, seconds -> time.advance(Duration.ofNanos(nanos(seconds))), beating, out);
    }

    private static Result run(TimeSource time, Nap busy, Nap meanwhile, Consumer<? super Diary.Entry> out)
            throws InterruptedException {
        Diary diary = new Diary(time, out);
        SteadyHeart program = new SteadyHeart(diary, busy);
        TimerOptions options = TimerOptions.defaults()
                .time(time)
                .onFailure((heart, failure) -> diary.note("reported: " + failure.getMessage()))
                .listener(new TimerListener() {
                    @Override
                    public void missed(RepeatingTimeout heart, long beats) {
                        diary.note("missed: " + beats);
                    }
                });
        try (Timers timers = new Timers(options)) {
            RepeatingTimeout heart = timers.every(PERIOD, program::beat);
            while (program.beats.get() < BEATS) {
                meanwhile.take(1);
            }
            meanwhile.take(1);
            diary.note("cancelled: " + heart.cancel());
            meanwhile.take(SECONDS_OF_SILENCE);
            diary.note(heart.runs() + " beats, " + heart.missed() + " missed, " + heart.failures() + " failed");
            return new Result(diary.entries(), heart.runs(), heart.missed(), heart.failures(), timers.pending());
        }
    }

    private void beat() {
        int beat = beats.incrementAndGet();
        diary.note("beat " + beat);
        if (beat == SLOW_BEAT) {
            takeTime();
        }
        if (beat == FAILING_BEAT) {
            throw new IllegalStateException("beat " + beat + " has failed");
        }
    }

    private void takeTime() {
        try {
            busy.take(SECONDS_OF_SLOW_BEAT);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * NANOS_OF_A_SECOND);
    }
}
