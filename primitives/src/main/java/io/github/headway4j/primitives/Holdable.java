// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that a thread can hold and give back with try-with-resources: a lock, a permit.
 *
 * <pre>{@code
 * try (Held held = mutex.hold()) {
 *     balance += amount;
 * }
 * try (Held held = mutex.tryHold(Duration.ofSeconds(1))) { // a null resource is legal
 *     return held != null && book();
 * }
 * }</pre>
 *
 * <p>The four forms keep the {@linkplain io.github.headway4j.primitives contract of everything that blocks}. Several
 * holdables are taken at once, without deadlock, by {@link Locks#holdAll}.
 *
 * @since 0.1
 */
public interface Holdable {

    /**
     * Waits, however long it takes and whether or not the thread is interrupted, until this can be held. An interrupt
     * that comes before or during the wait stays pending.
     *
     * @return the hold
     */
    Held hold();

    /**
     * Waits until this can be held or the thread is interrupted.
     *
     * @return the hold
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is held
     *     then, and the interrupt status is cleared
     */
    Held holdInterruptibly() throws InterruptedException;

    /**
     * Holds this if that is possible without waiting. Does not look at the interrupt status.
     *
     * @return the hold, or null if somebody else was in the way
     */
    @Nullable
    Held tryHold();

    /**
     * Waits at most the given time until this can be held.
     *
     * @param timeout the longest wait; zero or negative means to try once
     * @return the hold, or null if the time ran out; nothing is held then
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is held
     *     then, and the interrupt status is cleared
     */
    @Nullable
    Held tryHold(Duration timeout) throws InterruptedException;
}
