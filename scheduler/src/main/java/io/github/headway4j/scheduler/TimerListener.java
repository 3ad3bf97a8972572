// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Is told what becomes of the actions of {@link Timers}, for metrics and logs. Does nothing unless overridden.
 *
 * <p>It is called after the fact, in the thread that knows first, without any lock; different calls may come at the
 * same time. Whoever takes long holds up the actions that follow. What it throws goes to the uncaught-exception handler
 * of the thread and changes nothing.
 *
 * @since 0.1
 */
public interface TimerListener {

    /**
     * An action has run. A failure has been reported already, and the timeout is not yet over.
     *
     * @param timeout what ran
     * @param lateBy how long after its moment it began
     * @param took how long it ran
     * @param failure what it has thrown, or null
     */
    default void ran(Timeout timeout, Duration lateBy, Duration took, @Nullable Throwable failure) {}

    /**
     * Runs of a series did not take place because they would have begun too late, or within the pause after a failure;
     * these are told when the pause begins, and the run that failed may be over already.
     *
     * @param timeout the series
     * @param runs how many
     */
    default void missed(RepeatingTimeout timeout, long runs) {}

    /**
     * A run of a series did not take place because others were under way.
     *
     * @param timeout the series
     */
    default void skipped(RepeatingTimeout timeout) {}

    /**
     * A timeout was cancelled in time, or a series while a run was under way.
     *
     * @param timeout what was cancelled
     */
    default void cancelled(Timeout timeout) {}

    /**
     * The timers were closed before a timeout began or a series ended.
     *
     * @param timeout what was dropped
     */
    default void dropped(Timeout timeout) {}

    /**
     * The executor did not take an action. It has been reported as a failure already.
     *
     * @param timeout what was refused; if it is a series, that one run
     * @param failure what the executor has thrown
     */
    default void refused(Timeout timeout, Throwable failure) {}
}
