// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.testing;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.function.ThrowingSupplier;

/**
 * The helper threads of one test. Belongs in a try-with-resources statement, whose end joins every thread and fails the
 * test if one of them failed:
 *
 * <pre>{@code
 * try (TestThreads threads = new TestThreads(kind)) {
 *     TestThread<String> taker = threads.start("taker", () -> queue.take());
 *     taker.awaitParked();
 *     queue.put("a");
 *     assertThat(taker.result()).isEqualTo("a");
 * }
 * }</pre>
 *
 * <p><b>Failures.</b> Whatever a helper throws is kept and thrown again, the same object with the helper's own stack,
 * by {@link TestThread#join}, {@link TestThread#result} or else by {@link #close}; the failures of further helpers are
 * suppressed in it. What {@code join}, {@code result} or {@link TestThread#failure} has already handed over, {@code
 * close} does not report again.
 *
 * <p><b>Watchdog.</b> Each wait for a helper has the watchdog of {@link Await}. When it expires, the wait fails with an
 * {@link AssertionError} that holds a dump of all threads, and every helper that still runs is interrupted. From then
 * on {@code close} waits only a moment, and names the threads that did not end.
 *
 * <p>One thread, the test's own, calls the methods of this class and of {@link TestThread}, unless they say otherwise.
 */
public final class TestThreads implements AutoCloseable {

    /** How long interrupted helpers get to end once the test has failed anyway. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final ThreadKind kind;
    private final Duration watchdog;
    private final List<TestThread<?>> threads = new CopyOnWriteArrayList<>();
    private volatile boolean givenUp;

    /** Helpers on platform threads. */
    public TestThreads() {
        this(ThreadKind.PLATFORM);
    }

    /**
     * Helpers on threads of the given kind.
     *
     * @param kind the kind of every helper
     */
    public TestThreads(ThreadKind kind) {
        this(kind, Await.watchdog());
    }

    TestThreads(ThreadKind kind, Duration watchdog) {
        this.kind = Objects.requireNonNull(kind);
        this.watchdog = Objects.requireNonNull(watchdog);
    }

    /**
     * Starts a helper that returns nothing. Any thread may call this.
     *
     * @param name the name of the thread
     * @param body what it does; may throw anything
     * @return the started helper
     */
    public TestThread<Void> start(String name, Executable body) {
        return add(new TestThread<>(this, kind, name, () -> {
            body.execute();
            return null;
        }));
    }

    /**
     * Starts a helper that returns a value. Any thread may call this.
     *
     * @param name the name of the thread
     * @param body what it does; may throw anything
     * @param <T> the type of its result
     * @return the started helper
     */
    public <T> TestThread<T> start(String name, ThrowingSupplier<T> body) {
        return add(new TestThread<>(this, kind, name, body));
    }

    /** Joins every helper in the order in which they were started, and throws the first failure not yet handed over. */
    @Override
    public void close() {
        Throwable failure = null;
        for (TestThread<?> thread : threads) {
            Throwable next;
            try {
                Await.until(
                        givenUp ? GRACE : watchdog, "the end of \"" + thread.name() + "\"", () -> !thread.isAlive());
                next = thread.takeFailure();
            } catch (AssertionError stuck) {
                next = stuck;
                giveUp();
            }
            if (failure == null) {
                failure = next;
            } else if (next != null && next != failure) {
                failure.addSuppressed(next);
            }
        }
        if (failure != null) {
            throw TestThreads.<RuntimeException>unchecked(failure);
        }
    }

    private <T> TestThread<T> add(TestThread<T> thread) {
        threads.add(thread);
        thread.start();
        return thread;
    }

    void await(String description, BooleanSupplier condition) {
        try {
            Await.until(watchdog, description, condition);
        } catch (AssertionError e) {
            giveUp();
            throw e;
        }
    }

    /** The test has failed: interrupts what still runs, so that {@link #close} ends soon. */
    void giveUp() {
        givenUp = true;
        for (TestThread<?> thread : threads) {
            if (thread.isAlive()) {
                thread.interrupt();
            }
        }
    }

    boolean isGivenUp() {
        return givenUp;
    }

    /** Throws any throwable where none is declared. */
    @SuppressWarnings("unchecked")
    static <E extends Throwable> E unchecked(Throwable failure) throws E {
        throw (E) failure;
    }
}
