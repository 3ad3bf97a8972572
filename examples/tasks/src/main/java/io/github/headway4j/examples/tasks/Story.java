// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks;

import io.github.headway4j.examples.scheduler.Diary;
import io.github.headway4j.examples.scheduler.StoryTime;
import io.github.headway4j.examples.threads.life.Nap;
import io.github.headway4j.scheduler.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A program whose tasks sleep, and write down what they do. Any thread may take part. */
public final class Story {
    private static final double NANOS_OF_A_SECOND = 1e9;

    private final TimeSource time;
    private final Nap nap;
    private final Diary diary;

    /**
     * Begins a story.
     *
     * @param time the clock
     * @param nap how its tasks sleep
     * @param out told of each entry, by who writes it
     */
    public Story(TimeSource time, Nap nap, Consumer<? super Diary.Entry> out) {
        this.time = time;
        this.nap = nap;
        this.diary = new Diary(time, out);
    }

    /**
     * Begins a story that takes its time.
     *
     * @param second how long a second of it takes
     * @param out told of each entry, by who writes it
     * @return the story
     */
    public static Story of(Duration second, Consumer<? super Diary.Entry> out) {
        TimeSource time = new StoryTime(second);
        return new Story(
                time, seconds -> time.sleepUntil(time.nanoTime() + Math.round(seconds * NANOS_OF_A_SECOND)), out);
    }

    /**
     * Begins the story of a program, which is printed as it goes.
     *
     * @param args the length of a second in milliseconds; {@link Nap#DEFAULT_SECOND} if left out
     * @return the story
     */
    public static Story of(String[] args) {
        return of(Nap.second(args), System.out::println);
    }

    /**
     * Lets the calling task sleep.
     *
     * @param seconds how long, in seconds of the story
     * @throws InterruptedException if the task is interrupted
     */
    public void sleep(double seconds) throws InterruptedException {
        nap.take(seconds);
    }

    /**
     * Writes what is done now.
     *
     * @param what what is done
     */
    public void note(String what) {
        diary.note(what);
    }

    /** {@return the time since the story began} */
    public Duration elapsed() {
        return Duration.ofNanos(time.nanoTime() - diary.start());
    }

    /** {@return what has been written so far} */
    public List<Diary.Entry> entries() {
        return diary.entries();
    }
}
