// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.Duration;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What can be chosen when {@link Timers} are made. Immutable: each method returns a changed copy.
 *
 * <pre>{@code
 * var timers = new Timers(TimerOptions.defaults()
 *         .name("session-timeouts")
 *         .executor(pool)
 *         .maxPending(1_000_000)
 *         .onFailure((timeout, failure) -> log.error(timeout.toString(), failure)));
 * }</pre>
 *
 * @since 0.1
 */
public final class TimerOptions {

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private static final TimerOptions DEFAULTS = new TimerOptions(new Choices());

    final String name;
    final boolean daemon;

    /** Null for the thread of the timers. */
    final @Nullable Executor executor;

    final TimeSource time;
    final int maxPending;
    final BiConsumer<? super Timeout, ? super Throwable> onFailure;
    final @Nullable TimerListener listener;
    final Duration closeLimit;
    private final @Nullable RandomGenerator random;

    private TimerOptions(Choices choices) {
        this.name = choices.name;
        this.daemon = choices.daemon;
        this.executor = choices.executor;
        this.time = choices.time;
        this.maxPending = choices.maxPending;
        this.onFailure = choices.onFailure;
        this.listener = choices.listener;
        this.closeLimit = choices.closeLimit;
        this.random = choices.random;
    }

    /** These options with something changed. */
    private TimerOptions with(Consumer<Choices> change) {
        Choices choices = new Choices();
        choices.name = name;
        choices.daemon = daemon;
        choices.executor = executor;
        choices.time = time;
        choices.maxPending = maxPending;
        choices.onFailure = onFailure;
        choices.listener = listener;
        choices.closeLimit = closeLimit;
        choices.random = random;
        change.accept(choices);
        return new TimerOptions(choices);
    }

    /**
     * A daemon thread of their own named {@code headway-timers}, which runs the actions too; the clock of the system;
     * any number pending; failures that go to the uncaught-exception handler of the thread; ten seconds to close.
     *
     * @return the defaults
     */
    public static TimerOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Chooses the name of the thread.
     *
     * @param name the name
     * @return these options but for the name
     */
    public TimerOptions name(String name) {
        Objects.requireNonNull(name, "name");
        return with(choices -> choices.name = name);
    }

    /**
     * Chooses whether the virtual machine may end although timers are not closed.
     *
     * @param daemon whether the thread is a daemon
     * @return these options but for that
     */
    public TimerOptions daemon(boolean daemon) {
        return with(choices -> choices.daemon = daemon);
    }

    /**
     * Chooses who runs the actions, so that long ones do not hold up others. It must neither drop an action that it has
     * accepted nor run it twice. It is not shut down when the timers are closed.
     *
     * @param executor gets each action when it is due
     * @return these options but for the executor
     */
    public TimerOptions executor(Executor executor) {
        Objects.requireNonNull(executor, "executor");
        return with(choices -> choices.executor = executor);
    }

    /**
     * Chooses the clock. With a {@link VirtualTime} there is no thread: what is due runs in the thread that moves the
     * clock.
     *
     * @param time where the time comes from
     * @return these options but for the clock
     */
    public TimerOptions time(TimeSource time) {
        Objects.requireNonNull(time, "time");
        return with(choices -> choices.time = time);
    }

    /**
     * Chooses how many timeouts may be {@linkplain TimerStats#pending pending}; more are refused.
     *
     * @param most the number
     * @return these options but for the bound
     * @throws IllegalArgumentException if it is not positive
     */
    public TimerOptions maxPending(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("maxPending: " + most + "; expected at least 1");
        }
        return with(choices -> choices.maxPending = most);
    }

    /**
     * Chooses who is told what actions throw, errors included, and what the executor throws. It is called in the thread
     * that ran the action, before the timeout is over. What it throws goes to the uncaught-exception handler of the
     * thread, with the failure.
     *
     * @param handler gets the timeout and what was thrown
     * @return these options but for the handler
     */
    public TimerOptions onFailure(BiConsumer<? super Timeout, ? super Throwable> handler) {
        Objects.requireNonNull(handler, "handler");
        return with(choices -> choices.onFailure = handler);
    }

    /**
     * Chooses who is told what becomes of the actions.
     *
     * @param listener the listener
     * @return these options but for the listener
     */
    public TimerOptions listener(TimerListener listener) {
        Objects.requireNonNull(listener, "listener");
        return with(choices -> choices.listener = listener);
    }

    /**
     * Chooses how long {@link Timers#close()} waits for actions that are under way before it interrupts them, and how
     * long it waits after that.
     *
     * @param limit the time; zero or negative means to interrupt at once and not to wait
     * @return these options but for the time
     */
    public TimerOptions closeLimit(Duration limit) {
        Objects.requireNonNull(limit, "limit");
        return with(choices -> choices.closeLimit = limit);
    }

    /**
     * Chooses where the times come from by which {@linkplain RepeatOptions#jitter(java.time.Duration) runs are put
     * off}. Timers take one number from it when they are made, and never ask again; all times follow from that, so
     * those of a simulation can be had again.
     *
     * @param random a source of random numbers
     * @return these options but for the random numbers
     */
    public TimerOptions random(RandomGenerator random) {
        Objects.requireNonNull(random, "random");
        return with(choices -> choices.random = random);
    }

    RandomGenerator random() {
        return random == null ? new SplittableRandom() : random;
    }

    /** What the options are made from; seen by one thread. */
    private static final class Choices {
        private String name = "headway-timers";
        private boolean daemon = true;
        private @Nullable Executor executor;
        private TimeSource time = TimeSource.system();
        private int maxPending = Integer.MAX_VALUE;
        private BiConsumer<? super Timeout, ? super Throwable> onFailure =
                (timeout, failure) -> TimerReports.uncaught(failure);
        private @Nullable TimerListener listener;
        private Duration closeLimit = CLOSE_LIMIT;
        private @Nullable RandomGenerator random;
    }
}
