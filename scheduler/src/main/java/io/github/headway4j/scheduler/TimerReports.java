// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells handler, listener and recordings what becomes of actions. User code is called here and nowhere else, without a
 * lock; whatever it throws, these methods return. They allocate nothing outside of what guards that.
 */
final class TimerReports {

    private final Timers timers;
    private final BiConsumer<? super Timeout, ? super Throwable> handler;
    private final @Nullable TimerListener listener;

    TimerReports(Timers timers, TimerOptions options) {
        this.timers = timers;
        this.handler = options.onFailure;
        this.listener = options.listener;
    }

    /** Whether somebody wants to know more than failures. */
    boolean isHeard() {
        return listener != null;
    }

    /** An action is about to begin long after its moment. */
    void late(long lateNanos) {
        try {
            RunEvents.late(timers, lateNanos);
        } catch (Throwable trouble) {
            uncaught(trouble);
        }
    }

    void failed(Timeout timeout, Throwable failure) {
        try {
            handler.accept(timeout, failure);
        } catch (Throwable second) {
            if (second != failure) {
                suppress(failure, second);
            }
            uncaught(second);
        }
        try {
            RunEvents.failed(timers, timeout, failure);
        } catch (Throwable trouble) {
            uncaught(trouble);
        }
    }

    private static void suppress(Throwable failure, Throwable second) {
        try {
            second.addSuppressed(failure);
        } catch (Throwable noMemory) {
            uncaught(failure);
        }
    }

    void ran(Timeout timeout, long lateNanos, long nanos, @Nullable Throwable failure) {
        if (listener != null) {
            try {
                listener.ran(timeout, Duration.ofNanos(lateNanos), Duration.ofNanos(nanos), failure);
            } catch (Throwable trouble) {
                uncaught(trouble);
            }
        }
    }

    void missed(RepeatingTimeout timeout, long runs) {
        notDone(timeout, "missed", runs);
        if (listener != null) {
            try {
                listener.missed(timeout, runs);
            } catch (Throwable trouble) {
                uncaught(trouble);
            }
        }
    }

    void skipped(RepeatingTimeout timeout) {
        notDone(timeout, "overlap", 1L);
        if (listener != null) {
            try {
                listener.skipped(timeout);
            } catch (Throwable trouble) {
                uncaught(trouble);
            }
        }
    }

    void cancelled(Timeout timeout) {
        if (listener != null) {
            try {
                listener.cancelled(timeout);
            } catch (Throwable trouble) {
                uncaught(trouble);
            }
        }
    }

    void dropped(Timeout timeout) {
        if (listener != null) {
            try {
                listener.dropped(timeout);
            } catch (Throwable trouble) {
                uncaught(trouble);
            }
        }
    }

    void refused(Timeout timeout, Throwable failure) {
        failed(timeout, failure);
        if (listener != null) {
            try {
                listener.refused(timeout, failure);
            } catch (Throwable trouble) {
                uncaught(trouble);
            }
        }
    }

    private void notDone(RepeatingTimeout timeout, String reason, long runs) {
        try {
            RunEvents.skipped(timers, timeout, reason, runs);
        } catch (Throwable trouble) {
            uncaught(trouble);
        }
    }

    /** The last resort. What even this handler throws is lost, as it is where the virtual machine calls it. */
    static void uncaught(Throwable failure) {
        try {
            Thread thread = Thread.currentThread();
            Thread.UncaughtExceptionHandler handler = thread.getUncaughtExceptionHandler();
            if (handler != null) {
                handler.uncaughtException(thread, failure);
            }
        } catch (Throwable lost) {
            return;
        }
    }
}
