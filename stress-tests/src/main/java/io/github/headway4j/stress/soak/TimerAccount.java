// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Timers from their making to their closing, and what has become of everything that was planned. */
final class TimerAccount {

    private static final int LONGEST_DELAY_NANOS = 300_000;
    private static final int LONGEST_PERIOD_NANOS = 100_000;
    private static final Duration NEVER = Duration.ofHours(1);
    private static final int PRIORITIES = 3;
    private static final int RECENT = 8;

    /** What an action throws. */
    private static final class Planned extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Planned() {
            super("of an action", null, false, false);
        }
    }

    private final String name;
    private final Clockwork timers;

    /** Whether the timers are closed only when everything is over. */
    private final boolean quiet;

    private final Queue<TimerEntry> entries = new ConcurrentLinkedQueue<>();
    private final AtomicReferenceArray<@Nullable TimerEntry> recent = new AtomicReferenceArray<>(RECENT);
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private final AtomicLong thrown = new AtomicLong();
    private final AtomicLong handled = new AtomicLong();

    /** What is planned before this is set has to run or be prevented, if the timers end quietly. */
    private volatile boolean ending;

    TimerAccount(String name, Clockwork.Kind kind, SplittableRandom random) {
        this.name = name;
        this.timers = kind.create(this::handle);
        this.quiet = random.nextBoolean();
    }

    // ---- steps ----

    /** Plans one run soon; null if it was refused. */
    @Nullable
    TimerEntry setSoon(SplittableRandom random) {
        TimerEntry entry = new TimerEntry(this, true, random);
        Duration delay = Duration.ofNanos(random.nextInt(LONGEST_DELAY_NANOS));
        return enter(entry, timers.set(delay, random.nextInt(PRIORITIES), entry), random);
    }

    /** Plans one run that only its cancelling or the end can end; null if it was refused. */
    @Nullable
    TimerEntry setFar(SplittableRandom random) {
        TimerEntry entry = new TimerEntry(this, false, random);
        return enter(entry, timers.set(NEVER, 0, entry), random);
    }

    /** Plans runs until they are cancelled; null if they were refused. */
    @Nullable
    TimerEntry repeat(SplittableRandom random) {
        TimerEntry entry = new TimerEntry(this, false, random);
        Duration period = Duration.ofNanos(1 + random.nextInt(LONGEST_PERIOD_NANOS));
        return enter(entry, timers.repeat(period, entry), random);
    }

    private @Nullable TimerEntry enter(TimerEntry entry, Clockwork.@Nullable Alarm accepted, SplittableRandom random) {
        if (accepted == null) {
            return null;
        }
        entry.accept(accepted);
        entries.add(entry);
        if (quiet && !ending) {
            entry.owe();
        }
        recent.set(random.nextInt(RECENT), entry);
        return entry;
    }

    /** One of the last that were planned, or null. */
    @Nullable
    TimerEntry any(SplittableRandom random) {
        return recent.get(random.nextInt(RECENT));
    }

    void look() {
        int pending = timers.pending();
        if (pending < 0 || pending > Clockwork.MOST_PENDING) {
            complain(pending + " pending");
        }
    }

    // ---- the end ----

    /** Closes the timers, at once or when everything is over. Called once, by a thread that nobody interrupts. */
    void end() throws InterruptedException {
        ending = true;
        if (quiet) {
            List<TimerEntry> all = List.copyOf(entries); // all that is owed, and perhaps some more
            for (TimerEntry entry : all) {
                if (!entry.isBrief()) {
                    entry.cancel();
                }
            }
            for (TimerEntry entry : all) {
                entry.await();
            }
        }
        timers.close();
        for (TimerEntry entry : entries) {
            entry.await();
        }
    }

    /** Checks the books, when nobody uses the timers any more. */
    void check() {
        for (TimerEntry entry : entries) {
            String flaw = entry.flaw();
            if (flaw != null) {
                complain("one " + flaw);
            }
        }
        String complaint = complaints.peek();
        if (complaint != null) {
            throw new AssertionError(name + ": " + complaint + ", and " + (complaints.size() - 1) + " more complaints");
        }
        Scenario.expect(name + ", pending after the end", 0, timers.pending());
        Scenario.expect(name + ", failures that were handled", thrown.get(), handled.get());
    }

    // ---- of actions ----

    void throwOne() {
        thrown.incrementAndGet();
        throw new Planned();
    }

    private void handle(Throwable failure) {
        if (failure instanceof Planned) {
            handled.incrementAndGet();
        } else {
            complain("a failure: " + failure);
        }
    }

    void complain(String complaint) {
        complaints.add(complaint);
    }
}
