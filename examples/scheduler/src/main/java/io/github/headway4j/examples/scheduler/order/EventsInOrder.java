// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.scheduler.order;

import io.github.headway4j.examples.scheduler.Diary;
import io.github.headway4j.examples.scheduler.StoryTime;
import io.github.headway4j.examples.threads.life.Nap;
import io.github.headway4j.scheduler.EventScheduler;
import io.github.headway4j.scheduler.ScheduledEvent;
import io.github.headway4j.scheduler.TimeSource;
import io.github.headway4j.scheduler.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The course's {@code sched}: events are entered in any order, and an {@link EventScheduler} runs them by their
 * moments, at the same moment by priority, and then as they were entered. The program knows only a {@link TimeSource}:
 * by a clock that goes it takes three seconds, by a {@link VirtualTime} no time at all.
 */
public final class EventsInOrder {
    private static final long NANOS_OF_A_SECOND = 1_000_000_000L;

    private final EventScheduler scheduler;
    private final Diary diary;

    private EventsInOrder(EventScheduler scheduler, Diary diary) {
        this.scheduler = scheduler;
        this.diary = diary;
    }

    /**
     * Runs the program twice: as time goes by, and at once.
     *
     * @param args the length of a second in milliseconds; may be left out
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        System.out.println("by a clock that goes:");
        run(new StoryTime(Nap.second(args)), System.out::println);
        System.out.println("in virtual time:");
        run(new VirtualTime(), System.out::println);
    }

    /**
     * Enters events, cancels one, and runs the rest.
     *
     * @param time the clock
     * @param out told what is done, when it is
     * @return all that was done
     * @throws InterruptedException if the caller is interrupted
     */
    public static List<Diary.Entry> run(TimeSource time, Consumer<? super Diary.Entry> out)
            throws InterruptedException {
        Diary diary = new Diary(time, out);
        Instant now = time.instant();
        EventsInOrder program = new EventsInOrder(new EventScheduler(time), diary);
        program.enter(now);
        program.scheduler.run(); // waits for each event, and returns when none is left
        diary.note("over, the queue is " + program.queue());
        return diary.entries();
    }

    private void enter(Instant now) {
        long later = diary.start() + 2 * NANOS_OF_A_SECOND;
        scheduler.enterAtNanos(later, 2, () -> diary.note("priority 2"));
        scheduler.enterAtNanos(later, 1, () -> diary.note("priority 1"));
        scheduler.enterAtNanos(later, 1, () -> diary.note("priority 1, entered later"));
        scheduler.enterAt(now.plusSeconds(1), 1, () -> diary.note("entered with date and time of day"));
        ScheduledEvent regretted = scheduler.enter(Duration.ofSeconds(3), 0, () -> diary.note("this is never noted"));
        scheduler.enter(Duration.ofSeconds(3), 1, () -> addition(10, 20));
        diary.note("the queue is " + queue());
        diary.note("one is cancelled: " + scheduler.cancel(regretted) + ", and again: " + scheduler.cancel(regretted));
    }

    private void addition(int one, int other) {
        diary.note(one + " + " + other + " = " + (one + other));
    }

    private String queue() {
        return scheduler.isEmpty()
                ? "empty"
                : scheduler.queue().stream().map(this::shown).collect(Collectors.joining(", "));
    }

    /** The moment in whole seconds, and the priority. */
    private String shown(ScheduledEvent event) {
        return (event.nanoTime() - diary.start()) / NANOS_OF_A_SECOND + " s/" + event.priority();
    }
}
