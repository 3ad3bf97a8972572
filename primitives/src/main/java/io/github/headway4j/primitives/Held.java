// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

/**
 * One hold on a lock, on some permits, or on several such things at once; closing it gives them back. It makes
 * {@code try (var held = mutex.hold())} mean what {@code with lock:} means in Python.
 *
 * <p><b>Threads.</b> Any thread may close a hold unless the class that handed it out says otherwise, and several may do
 * so at once: one of these calls gives back, the others do nothing. A hold on a {@link java.util.concurrent.locks.Lock}
 * of the JDK that insists on its owner, such as a {@code ReentrantLock}, must be closed by the thread that got it.
 *
 * <p><b>Memory consistency.</b> Actions before the first {@link #close()} happen-before actions after the next
 * successful hold of the same thing.
 *
 * @see Holdable
 * @since 0.1
 */
public interface Held extends AutoCloseable {

    /**
     * Gives back what this hold holds. The first call does so; every later call does nothing, so one hold can never
     * give back twice, nor give back what somebody else has got in the meantime. Waits for nothing but internal locks
     * that are held for an instant.
     */
    @Override
    void close();
}
