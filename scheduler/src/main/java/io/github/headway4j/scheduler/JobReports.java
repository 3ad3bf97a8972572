// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import io.github.headway4j.primitives.WaitQueue;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells handler, listener and recordings what becomes of jobs. User code other than the jobs is called here and nowhere
 * else, without a lock; what it throws is kept by the pass.
 */
final class JobReports {

    private final boolean virtual;
    private final BiConsumer<? super Job, ? super Throwable> handler;
    private final JobListener listener;

    JobReports(ScheduleOptions options) {
        this.virtual = options.time() instanceof VirtualTime;
        this.handler = options.onFailure();
        this.listener = options.listener();
    }

    /** A run begins, so long after its moment. */
    void begins(Job job, Duration lateBy, Pass pass) {
        long nanos = WaitQueue.saturatedNanos(lateBy);
        if (nanos >= RunEvents.LATE_NANOS && !virtual) {
            pass.call(() -> RunEvents.late(job.schedule, nanos));
        }
    }

    void ran(Job job, Duration lateBy, Duration took, @Nullable Throwable failure, Pass pass) {
        failed(job, failure, pass);
        pass.call(() -> listener.ran(job, lateBy, took, failure));
    }

    /** Tells of a failure, if there is one. */
    void failed(Job job, @Nullable Throwable failure, Pass pass) {
        if (failure != null) {
            pass.call(() -> handler.accept(job, failure));
            pass.call(() -> RunEvents.failed(job.schedule, job, failure));
        }
    }

    void leftOut(Job job, RunOutcome outcome, long runs, Pass pass) {
        pass.call(() -> RunEvents.skipped(job.schedule, job, outcome.reason, runs));
        pass.call(() -> {
            switch (outcome) {
                case MISSED -> listener.missed(job, runs);
                case SKIPPED -> listener.skipped(job, runs);
                case HELD_BACK -> listener.heldBack(job, runs);
                default -> throw new AssertionError(outcome);
            }
        });
    }

    void ended(Job job, Pass pass) {
        pass.call(() -> listener.ended(job));
    }
}
