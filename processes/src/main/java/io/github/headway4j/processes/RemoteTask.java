// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import org.jspecify.annotations.Nullable;

/** A task of a pool of processes, as the pool handles it: bytes that are sent, and somebody who gets the outcome. */
abstract class RemoteTask {
    /*
     * State. A task is in exactly one place at any time, guarded by the pool's lock:
     *
     *   NEW -> QUEUED -> SENT -> DONE;   QUEUED -> DONE;   SENT -> QUEUED (withdrawn)
     *
     *   QUEUED  in the backlog, or still there though it is DONE, and left out when its turn comes
     *   SENT    in the table of one worker under its number, offered in that worker's window
     *   DONE    in no place; its outcome is told once, by who has moved it here, after that has left the lock
     *
     * From SENT a task goes to DONE by its result, or, if it has begun, by its cancelling, its time-out or the death of
     * its worker; back to QUEUED, or to DONE by its cancelling, only after it was withdrawn, which says that it has not
     * begun and will not. All of these happen under one lock, so exactly one of them happens to a task that is SENT.
     */

    static final int NEW = 0;
    static final int QUEUED = 1;
    static final int SENT = 2;
    static final int DONE = 3;

    /** What the message to the worker is, of {@link PoolMessage}. */
    final int type;

    /** How long it may run; 0 for ever. */
    final long timeoutNanos;

    /** What a chunk of a map is to be mapped by, if it is one. */
    final @Nullable RemoteFunction function;

    /* Guarded by the pool's lock. */
    int place = NEW;

    @Nullable
    PoolWorker worker;

    long number;

    /** How many processes have ended when it was the next that they had to begin. */
    int endsBeforeIt;

    /** What is sent; kept until it is done, as it may have to be sent again. */
    byte[] payload;

    RemoteTask(int type, byte[] payload, long timeoutNanos, @Nullable RemoteFunction function) {
        this.type = type;
        this.payload = payload;
        this.timeoutNanos = timeoutNanos;
        this.function = function;
    }

    /**
     * Takes the outcome: called once, by a thread of the pool or one that cancels, that holds no lock. No user code.
     */
    abstract void settled(RemoteOutcome outcome);
}
