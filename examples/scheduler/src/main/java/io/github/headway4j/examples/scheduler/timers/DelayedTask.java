// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.scheduler.timers;

import io.github.headway4j.examples.scheduler.Diary;
import io.github.headway4j.examples.scheduler.StoryTime;
import io.github.headway4j.examples.threads.life.Nap;
import io.github.headway4j.scheduler.TimeSource;
import io.github.headway4j.scheduler.Timeout;
import io.github.headway4j.scheduler.TimerOptions;
import io.github.headway4j.scheduler.Timers;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * The course's {@code threading.Timer}: a task that begins three seconds from now and takes five is submitted, joined,
 * and over. A second one is cancelled before its time.
 *
 * <p>Python starts a thread for each timer. Here one thread serves them all.
 */
public final class DelayedTask {
    private static final Duration DELAY = Duration.ofSeconds(3);
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration WORK = Duration.ofSeconds(5);

    private DelayedTask() {}

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
     * Submits the task and waits for its end.
     *
     * @param time the clock, one that goes
     * @param out told what is done, when it is
     * @return all that was done
     * @throws InterruptedException if the caller is interrupted
     */
    public static List<Diary.Entry> run(TimeSource time, Consumer<? super Diary.Entry> out)
            throws InterruptedException {
        Diary diary = new Diary(time, out);
        try (Timers timers = new Timers(TimerOptions.defaults().time(time))) {
            Timeout task = timers.schedule(DELAY, () -> work(time, diary));
            Timeout regretted = timers.schedule(LONG, () -> diary.note("this is never noted"));
            diary.note("submitted");
            diary.note("the second one is cancelled: " + regretted.cancel());
            task.await(); // timer.join()
            diary.note("over: " + task.isDone());
        }
        return diary.entries();
    }

    private static void work(TimeSource time, Diary diary) {
        diary.note("the task begins");
        try {
            time.sleepUntil(time.nanoTime() + WORK.toNanos());
        } catch (InterruptedException stopped) { // by close(), if it had waited too long
            Thread.currentThread().interrupt();
        }
        diary.note("the task ends");
    }
}
