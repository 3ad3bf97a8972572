// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.testing;

import java.util.Objects;

/**
 * One blocking method in one of its forms, as {@link BlockingContract} tests it. Made by the methods of
 * {@link BlockingSubject}.
 *
 * @param <F> the type of the object under test
 */
public final class BlockingOperation<F> {

    /** The forms in which a blocking method comes. */
    public enum Form {
        /** Waits until it passes or is interrupted. */
        INTERRUPTIBLE,
        /** Waits until it passes, is interrupted, or its time is over. */
        TIMED,
        /** Never waits and does not care about interrupts. */
        TRY,
        /** Waits until it passes, and keeps the interrupt status for later. */
        UNINTERRUPTIBLE
    }

    final BlockingSubject<F> subject;
    final String name;
    final Form form;
    final BlockingSubject.TimedAttempt<F> call;

    BlockingOperation(BlockingSubject<F> subject, String name, Form form, BlockingSubject.TimedAttempt<F> call) {
        if (subject.busy == null || subject.free == null || subject.state == null) {
            throw new IllegalStateException("say how to make the subject of " + name + " busy and free, and its state");
        }
        this.subject = subject;
        this.name = Objects.requireNonNull(name);
        this.form = form;
        this.call = Objects.requireNonNull(call);
    }

    @Override
    public String toString() {
        return name + " [" + form + "]";
    }
}
