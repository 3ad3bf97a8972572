// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import io.github.headway4j.primitives.Parker;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What can be chosen for a map of {@link Tasks}. The map makes the object, and reads it when the function that was
 * given to {@link Tasks#map(Iterable, int, java.util.function.Function, Consumer)} has returned; later calls change
 * nothing.
 *
 * <pre>{@code
 * Tasks.map(addresses, 16, this::fetch, options -> options
 *         .ahead(16)
 *         .scope(scope -> scope.name("crawler").deadline(Duration.ofSeconds(30))));
 * }</pre>
 *
 * @since 0.1
 */
public final class MapOptions {

    /**
     * How many times as many items as may be worked on are taken from the source at most. While the next result is late
     * others are worked on; one that takes this many times as long as the others does not stop them.
     */
    private static final int AHEAD_PER_TASK = 8;

    private int ahead;
    private Consumer<? super ScopeOptions> scope = options -> {};
    private @Nullable Consumer<? super Throwable> onUnseenFailure;
    private Parker parker = Parker.system();

    MapOptions(int concurrency) {
        this.ahead = (int) Math.min(Integer.MAX_VALUE, (long) AHEAD_PER_TASK * concurrency);
    }

    int ahead() {
        return ahead;
    }

    void chooseFor(ScopeOptions options) {
        scope.accept(options);
        options.concurrency = ScopeOptions.UNLIMITED;
        onUnseenFailure = options.onUnseenFailure;
        parker = options.parker;
    }

    Parker parker() {
        return parker;
    }

    /** What was chosen for the scope; null before {@link #chooseFor} or if nothing was. */
    @Nullable
    Consumer<? super Throwable> onUnseenFailure() {
        return onUnseenFailure;
    }

    /**
     * Chooses how far the map goes ahead of who takes its results: how many items at most have been taken from the
     * source while their results have not been taken from the map, be they worked on still or done. If it is less than
     * the concurrency, no more than this many are worked on. Unless chosen, it is eight times the concurrency.
     *
     * @param most at least 1
     * @return this
     * @throws IllegalArgumentException if the number is not positive
     */
    public MapOptions ahead(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("ahead: " + most + "; expected at least 1");
        }
        this.ahead = most;
        return this;
    }

    /**
     * Chooses options of the scope in which the map works: name, deadline, threads, context and so on. Each worker is
     * a subtask of this scope and takes one item after another, so the context is brought once for each worker. What is
     * chosen as {@linkplain ScopeOptions#concurrency concurrency} there is without effect.
     *
     * @param choice changes the options
     * @return this
     */
    public MapOptions scope(Consumer<? super ScopeOptions> choice) {
        this.scope = Objects.requireNonNull(choice, "choice");
        return this;
    }
}
