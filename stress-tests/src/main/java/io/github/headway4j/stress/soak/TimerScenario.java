// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Timers of one kind, from their making to their closing, again and again. Threads plan runs and series, cancel them and
 * wait for them; one closes the timers while the others use them, and two that nobody interrupts wait without a time-out
 * for what was planned. Everything that was planned has run once, was prevented, or was dropped at the end, and whoever
 * waited for it was told.
 */
final class TimerScenario implements Scenario {

    private static final int LONGEST_WAIT_NANOS = 200_000;

    /** How long timers live, in rests. */
    private static final int MOST_RESTS = 60;

    private final String name;
    private final Clockwork.Kind kind;
    private final Queue<TimerAccount> ended = new ConcurrentLinkedQueue<>();

    /** Written by the host. Null before its first turn; closed after each. */
    private volatile @Nullable TimerAccount account;

    /**
     * A scenario with timers of one kind.
     *
     * @param name what kind of timers
     * @param kind how they are made
     */
    TimerScenario(String name, Clockwork.Kind kind) {
        this.name = name;
        this.kind = kind;
    }

    @Override
    public String name() {
        return "runs of " + name;
    }

    @Override
    public void step(SplittableRandom random) throws InterruptedException {
        TimerAccount now = account;
        if (now == null) {
            Pause.rest(random);
            return;
        }
        TimerEntry entry = now.any(random);
        switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> now.setSoon(random);
            case 4 -> now.setFar(random);
            case 5 -> now.repeat(random);
            case 6 -> now.look();
            case 7 -> Pause.rest(random);
            default -> {
                if (entry == null) {
                    Pause.rest(random);
                } else {
                    step(entry, random);
                }
            }
        }
    }

    private static void step(TimerEntry entry, SplittableRandom random) throws InterruptedException {
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> entry.cancel();
            case 3 -> entry.change(random);
            case 4 -> entry.look();
            default -> entry.await(Duration.ofNanos(random.nextInt(LONGEST_WAIT_NANOS)));
        }
    }

    @Override
    public List<Ring> rings() {
        return List.of(
                new Loner(name() + ", host", this::host),
                new Loner(name() + ", waits for what comes soon", random -> {
                    TimerAccount now = account;
                    await(now == null ? null : now.setSoon(random));
                }),
                new Loner(name() + ", waits for the end", random -> {
                    TimerAccount now = account;
                    await(now == null ? null : now.setFar(random));
                }));
    }

    private static void await(@Nullable TimerEntry entry) throws InterruptedException {
        if (entry != null) {
            entry.await();
        }
    }

    /** Makes timers, and closes them after a while. */
    private void host(SplittableRandom random) throws InterruptedException {
        TimerAccount now = new TimerAccount(name(), kind, random);
        account = now;
        for (int rests = random.nextInt(MOST_RESTS); rests > 0; rests--) {
            Pause.rest(random);
        }
        now.end();
        ended.add(now);
    }

    @Override
    public void check() {
        if (ended.isEmpty()) {
            throw new AssertionError(name() + ": no timers at all");
        }
        for (TimerAccount each = ended.poll(); each != null; each = ended.poll()) {
            each.check();
        }
    }
}
