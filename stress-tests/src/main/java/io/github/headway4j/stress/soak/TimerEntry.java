// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** An alarm or a series, its action, and what has become of it. */
final class TimerEntry implements Runnable {

    private static final int LONGEST_ACTION_NANOS = 20_000;
    private static final int ACTIONS_PER_FAILURE = 16;
    private static final int UNKNOWN = -1;

    private final TimerAccount account;

    /** Whether it goes off by itself, once, soon. */
    private final boolean brief;

    /** How long the action takes; 0 if it does nothing but count. */
    private final int nanos;

    /** Whether the action throws. */
    private final boolean failing;

    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger prevented = new AtomicInteger();

    /** How often it had begun when it was first known to be over. */
    private final AtomicInteger runsAtTheEnd = new AtomicInteger(UNKNOWN);

    /** Written before the entry is seen by others. */
    private Clockwork.@Nullable Alarm alarm;

    /** Whether it has to run or be prevented, as its timers are not closed before. */
    private volatile boolean owed;

    TimerEntry(TimerAccount account, boolean brief, SplittableRandom random) {
        this.account = account;
        this.brief = brief;
        this.nanos = random.nextInt(4) == 0 ? random.nextInt(LONGEST_ACTION_NANOS) : 0;
        this.failing = random.nextInt(ACTIONS_PER_FAILURE) == 0;
    }

    /** The action. */
    @Override
    public void run() {
        if (begun.getAndIncrement() != ended.get()) {
            account.complain("an action runs twice at the same time");
        }
        if (nanos > 0) {
            LockSupport.parkNanos(nanos);
        }
        ended.incrementAndGet();
        if (failing) {
            account.throwOne();
        }
    }

    /** It has been planned. */
    void accept(Clockwork.Alarm accepted) {
        alarm = accepted;
    }

    void owe() {
        owed = true;
    }

    boolean isBrief() {
        return brief;
    }

    // ---- steps ----

    void cancel() {
        if (accepted().prevent()) {
            prevented.incrementAndGet();
            noteEnd();
        }
    }

    /** Pauses, resumes or hurries a series. */
    void change(SplittableRandom random) {
        if (accepted() instanceof Clockwork.Series series) {
            switch (random.nextInt(4)) {
                case 0 -> series.pause();
                case 1 -> series.runNow();
                default -> series.resume();
            }
        }
    }

    void look() {
        if (accepted().isDone()) {
            noteEnd();
        }
    }

    void await() throws InterruptedException {
        accepted().await();
        noteEnd();
    }

    void await(Duration timeout) throws InterruptedException {
        if (accepted().await(timeout)) {
            noteEnd();
        }
    }

    private Clockwork.Alarm accepted() {
        Clockwork.Alarm accepted = alarm;
        if (accepted == null) {
            throw new AssertionError("an entry that has not been accepted");
        }
        return accepted;
    }

    /** It is over: from now on no run is under way, and none begins. */
    private void noteEnd() {
        int runs = begun.get();
        if (ended.get() != runs) {
            account.complain("an action is under way although it is over");
        }
        runsAtTheEnd.compareAndSet(UNKNOWN, runs);
    }

    // ---- books ----

    /** What does not add up, when all is over; null if everything does. */
    @Nullable
    String flaw() {
        int runs = begun.get();
        int cancelled = prevented.get();
        int before = runsAtTheEnd.get();
        if (!accepted().isDone()) {
            return "is not over after its timers were closed";
        }
        if (ended.get() != runs) {
            return "has begun " + runs + " times and ended " + ended.get() + " times";
        }
        if (before != UNKNOWN && before != runs) {
            return "had run " + before + " times at its end, and " + runs + " times later";
        }
        if (cancelled > 1) {
            return "was prevented " + cancelled + " times";
        }
        if (accepted() instanceof Clockwork.Series) {
            return null;
        }
        if (runs + cancelled > 1) {
            return "has run " + runs + " times and was prevented " + cancelled + " times";
        }
        return owed && runs + cancelled == 0 ? "has neither run nor been prevented" : null;
    }
}
