// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks;

import io.github.headway4j.examples.scheduler.Diary;
import io.github.headway4j.examples.threads.life.Nap;
import io.github.headway4j.scheduler.VirtualTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * Virtual time for tasks that have to sleep at the same time. The test says how many sleep together, time after time:
 * when so many are asleep, the clock moves, and they wake up. If one sleeps alone that should not, nobody wakes up.
 */
public final class Meetings implements Nap {
    private final VirtualTime time = new VirtualTime();
    private final int[] sizes;
    private final Map<Integer, CountDownLatch> reasons = new HashMap<>();
    private int meeting;
    private int asleep;

    /**
     * Plans the meetings.
     *
     * @param sizes how many sleep together, in this order
     */
    public Meetings(int... sizes) {
        this.sizes = sizes.clone();
    }

    /**
     * Lets a meeting begin only after something else has happened.
     *
     * @param number the number of the meeting, from 0 on
     * @param reason open when that has happened
     * @return this
     */
    public synchronized Meetings after(int number, CountDownLatch reason) {
        reasons.put(number, reason);
        return this;
    }

    /**
     * Begins a story by this clock.
     *
     * @param out told of each entry
     * @return the story
     */
    public Story story(Consumer<? super Diary.Entry> out) {
        return new Story(time, this, out);
    }

    @Override
    public void take(double seconds) throws InterruptedException {
        CountDownLatch reason;
        synchronized (this) {
            reason = reasons.get(meeting);
        }
        if (reason != null) {
            reason.await();
        }
        synchronized (this) {
            int mine = meeting;
            asleep++;
            if (asleep == sizes[mine]) {
                time.advance(Duration.ofMillis(Math.round(seconds * 1_000)));
                meeting++;
                asleep = 0;
                notifyAll();
            }
            while (meeting == mine) {
                wait();
            }
        }
    }

    /** {@return whether all have met} */
    public synchronized boolean areOver() {
        return meeting == sizes.length;
    }
}
