// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.function.ThrowingConsumer;

/**
 * Runs two or more short bodies at the same time, many times over, each time on a fresh object that is checked when all
 * have ended:
 *
 * <pre>{@code
 * Rounds.of(2_000, Mutex::new)
 *         .body("holder", mutex -> mutex.hold().close())
 *         .body("locker", mutex -> { mutex.lock(); mutex.unlock(); })
 *         .check(mutex -> assertThat(mutex.isLocked()).isFalse())
 *         .run(kind);
 * }</pre>
 *
 * <p>Each body has one thread for all rounds. A spinning barrier lets the bodies of a round go together; from round to
 * round the head start of each body moves by a fixed pattern, so that the bodies meet at many different offsets. What
 * the setup does happens-before the bodies of its round, and these before the check. Each body starts a round with its
 * interrupt status clear. The first failure ends the rounds after the round in which it happened, and says in which
 * round that was, counted from 0.
 *
 * @param <S> the type of the object of one round
 */
public final class Rounds<S> {

    /** Head starts go from no spin to this many. */
    private static final int OFFSETS = 64;

    /** After so many looks at the barrier a thread gives its processor away between looks. */
    private static final int SPINS = 100;

    /** After so many more looks it sleeps between them. */
    private static final int YIELDS = 1_000;

    /** How long it sleeps, in nanoseconds. */
    private static final long NAP_NANOS = 50_000L;

    private final int rounds;
    private final Supplier<S> setup;
    private final List<String> names = new ArrayList<>();
    private final List<ThrowingConsumer<S>> bodies = new ArrayList<>();
    private ThrowingConsumer<S> check = state -> {};

    private Rounds(int rounds, Supplier<S> setup) {
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds must be at least 1: " + rounds);
        }
        this.rounds = rounds;
        this.setup = Objects.requireNonNull(setup);
    }

    /**
     * Describes rounds without a body yet.
     *
     * @param rounds how many, at least one
     * @param setup makes the object of each round
     * @param <S> the type of that object
     * @return the description, to be completed
     */
    public static <S> Rounds<S> of(int rounds, Supplier<S> setup) {
        return new Rounds<>(rounds, setup);
    }

    /**
     * Adds a body.
     *
     * @param name the name of its thread
     * @param body what it does in one round; may throw anything
     * @return this
     */
    public Rounds<S> body(String name, ThrowingConsumer<S> body) {
        names.add(Objects.requireNonNull(name));
        bodies.add(Objects.requireNonNull(body));
        return this;
    }

    /**
     * Says what is checked after each round.
     *
     * @param check throws if the object is not as it should be
     * @return this
     */
    public Rounds<S> check(ThrowingConsumer<S> check) {
        this.check = Objects.requireNonNull(check);
        return this;
    }

    /**
     * Runs all rounds.
     *
     * @param kind the kind of the threads
     * @throws IllegalStateException if there are fewer than two bodies
     * @throws AssertionError if a body, the setup or the check failed, with that as its cause, or if the watchdog
     *     expired
     */
    public void run(ThreadKind kind) {
        if (bodies.size() < 2) {
            throw new IllegalStateException("rounds need at least 2 bodies, not " + bodies.size());
        }
        run(new TestThreads(kind));
    }

    void run(TestThreads threads) {
        Race race = new Race(threads);
        AssertionError stuck = null;
        try (threads) {
            for (int i = 0; i < bodies.size(); i++) {
                int index = i;
                threads.start(names.get(i), () -> race.run(index));
            }
        } catch (AssertionError e) {
            stuck = e;
        }
        AssertionError failed = race.failed();
        if (failed != null && stuck != null) {
            failed.addSuppressed(stuck);
        }
        if (failed != null || stuck != null) {
            throw failed != null ? failed : stuck;
        }
    }

    /** One run of all rounds. */
    private final class Race {

        private final TestThreads threads;
        private final AtomicInteger arrived = new AtomicInteger();

        /** Counts the passings of the barrier. Written by the last to arrive; publishes the fields below. */
        private volatile int generation;

        private S state;
        private int round;
        private boolean over;

        /** Guarded by this object while bodies run. */
        private Throwable failure;

        private Race(TestThreads threads) {
            this.threads = threads;
            state = setup.get();
        }

        void run(int index) {
            int passings = 0;
            while (!over) {
                arrive(passings++, () -> {});
                Thread.interrupted();
                spin(round / bodies.size() % OFFSETS * (round % bodies.size() == index ? 1 : 0));
                attempt(bodies.get(index));
                arrive(passings++, this::endRound);
            }
        }

        private void endRound() {
            if (failure == null) {
                attempt(check);
            }
            if (failure != null || round == rounds - 1) {
                over = true;
                return;
            }
            round++;
            attempt(ignored -> state = setup.get());
            over = failure != null;
        }

        private void attempt(ThrowingConsumer<S> part) {
            try {
                part.accept(state);
            } catch (Throwable e) {
                fail(e);
            }
        }

        private synchronized void fail(Throwable e) {
            if (failure == null) {
                failure = e;
            } else if (failure != e) {
                failure.addSuppressed(e);
            }
        }

        private synchronized AssertionError failed() {
            return failure == null ? null : new AssertionError("round " + round + " of " + rounds + " failed", failure);
        }

        /** The last to arrive runs the action while the others wait. */
        private void arrive(int passing, Runnable action) {
            if (arrived.incrementAndGet() == bodies.size()) {
                arrived.setPlain(0);
                action.run();
                generation = passing + 1;
                return;
            }
            for (int looks = 0; generation == passing; looks++) {
                if (looks < SPINS) {
                    Thread.onSpinWait();
                } else if (threads.isGivenUp()) {
                    throw new AssertionError("gave up waiting for the other bodies of round " + round);
                } else if (looks < SPINS + YIELDS) {
                    Thread.yield();
                } else {
                    // A virtual thread that only yields can keep another one, not yet started, from ever running.
                    Thread.interrupted(); // the next round would clear it, and a park would end at once
                    LockSupport.parkNanos(this, NAP_NANOS);
                }
            }
        }

        private static void spin(int times) {
            for (int i = 0; i < times; i++) {
                Thread.onSpinWait();
            }
        }
    }
}
