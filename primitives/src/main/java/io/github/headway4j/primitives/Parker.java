// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import java.util.concurrent.locks.LockSupport;

/**
 * How a thread sleeps and is woken: the one seam between the synchronizers of this library and the scheduler.
 *
 * <p>Production code uses {@link #system()}, which is {@link LockSupport}. Another implementation lets a test see what
 * {@code LockSupport} hides: a model checker, for instance, treats {@code LockSupport.park} as able to return for no
 * reason and therefore never notices a lost wake-up, but it does notice one through a parker built on a semaphore.
 *
 * <p><b>Contract.</b> Each thread has one token. {@link #unpark} makes the token of a thread available;
 * {@link #park} returns when the calling thread's token is available and consumes it, when the thread is interrupted,
 * or for no reason. Actions before {@code unpark(t)} happen-before actions after the return of the {@code park} that
 * consumes that token. Implementations work for platform and virtual threads and throw nothing.
 *
 * @since 0.1
 */
public interface Parker {

    /**
     * Sleeps until the calling thread's token is available, the thread is interrupted, or for no reason. Returns at
     * once, leaving the interrupt status as it is, when the thread is interrupted already.
     *
     * @param blocker the object that a thread dump shows as the one waited for
     */
    void park(Object blocker);

    /**
     * Like {@link #park}, for at most the given time.
     *
     * @param blocker the object that a thread dump shows as the one waited for
     * @param nanos the longest sleep in nanoseconds; returns at once unless positive
     */
    void parkNanos(Object blocker, long nanos);

    /**
     * Makes the token of the given thread available; without effect if it is already, or if the thread has ended.
     *
     * @param thread the thread to wake
     */
    void unpark(Thread thread);

    /**
     * Whether a platform thread may look again a bounded number of times, spinning and yielding its processor, before
     * it parks. The answer of one parker never changes. Virtual threads never spin, whatever the answer.
     *
     * @return true when a wait may start with a bounded spin
     */
    boolean spins();

    /**
     * The parker of production code: {@link LockSupport}. It {@linkplain #spins() spins} if the Java virtual machine
     * had more than one processor when this library was loaded.
     *
     * @return the shared instance
     */
    static Parker system() {
        return SystemParker.INSTANCE;
    }
}
