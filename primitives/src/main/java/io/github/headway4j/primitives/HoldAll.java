// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One call of {@link Locks#holdAll}: the distinct things to hold, and what is held so far. */
final class HoldAll {

    enum Form {
        UNINTERRUPTIBLE,
        INTERRUPTIBLE,
        TIMED
    }

    private final List<Holdable> wanted;

    /** An interrupt came during an uninterruptible call. */
    private boolean interrupted;

    HoldAll(Holdable... all) {
        wanted = new ArrayList<>(all.length);
        for (Holdable holdable : all) {
            Objects.requireNonNull(holdable, "holdable");
            if (!isWanted(holdable)) {
                wanted.add(holdable);
            }
        }
    }

    /** The same thing, or another view of the same thing. */
    private boolean isWanted(Holdable candidate) {
        for (Holdable holdable : wanted) {
            if (holdable == candidate || (candidate instanceof HoldableView && candidate.equals(holdable))) {
                return true;
            }
        }
        return false;
    }

    /** Null only in the timed form. */
    @Nullable
    Held hold(Form form, long nanos) throws InterruptedException {
        try {
            return holdOrPause(form, nanos);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private @Nullable Held holdOrPause(Form form, long nanos) throws InterruptedException {
        if (form != Form.UNINTERRUPTIBLE && Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (wanted.isEmpty()) {
            return new HeldTogether(List.of());
        }
        long deadline = System.nanoTime() + nanos;
        int first = 0;
        for (int round = 0; ; round++) {
            List<Held> held = new ArrayList<>(wanted.size());
            int busy;
            try {
                Held one = waitForOne(wanted.get(first), form, deadline - System.nanoTime());
                if (one == null) {
                    return null;
                }
                held.add(one);
                busy = tryOthers(first, held);
                if (busy < 0) {
                    return new HeldTogether(held);
                }
            } catch (Throwable failure) {
                HeldTogether.closeAfter(failure, held);
                throw failure;
            }
            HeldTogether.closeAll(held);
            first = busy;
            long left = form == Form.TIMED ? deadline - System.nanoTime() : Long.MAX_VALUE;
            if (left <= 0L) {
                return null;
            }
            pause(form, Math.min(left, Locks.pauseAfter(round)));
        }
    }

    private void pause(Form form, long nanos) {
        if (nanos > 0L) {
            if (form == Form.UNINTERRUPTIBLE && Thread.interrupted()) {
                interrupted = true; // a pending interrupt would end each pause at once
            }
            LockSupport.parkNanos(this, nanos);
        }
    }

    /** All of them at once, or null. */
    @Nullable
    Held tryHold() {
        List<Held> held = new ArrayList<>(wanted.size());
        try {
            if (tryOthers(-1, held) < 0) {
                return new HeldTogether(held);
            }
        } catch (Throwable failure) {
            HeldTogether.closeAfter(failure, held);
            throw failure;
        }
        HeldTogether.closeAll(held);
        return null;
    }

    private static @Nullable Held waitForOne(Holdable holdable, Form form, long nanos) throws InterruptedException {
        switch (form) {
            case UNINTERRUPTIBLE:
                return holdable.hold();
            case INTERRUPTIBLE:
                return holdable.holdInterruptibly();
            default:
                return holdable.tryHold(Duration.ofNanos(nanos));
        }
    }

    /** Tries all but the given one, which is held already. The index of one that was busy, or -1. */
    private int tryOthers(int except, List<Held> held) {
        for (int i = 0; i < wanted.size(); i++) {
            if (i != except) {
                Held one = wanted.get(i).tryHold();
                if (one == null) {
                    return i;
                }
                held.add(one);
            }
        }
        return -1;
    }
}
