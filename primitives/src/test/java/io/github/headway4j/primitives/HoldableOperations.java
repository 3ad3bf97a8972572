// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import io.github.headway4j.testing.BlockingOperation;
import io.github.headway4j.testing.BlockingSubject;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The four forms in which a {@link Holdable} is held, as operations of the blocking matrix. */
final class HoldableOperations {

    /** The number of cases of the four forms together. */
    static final int CASES = 5 + 6 + 4 + 25;

    private HoldableOperations() {}

    /**
     * The operations of holdables that can be held once at a time.
     *
     * @param name what is held, for the names of the tests
     * @param creation makes a new, free one
     * @param state returns a snapshot of everything in which a wait could leave a trace
     */
    static <H extends Holdable> List<BlockingOperation<?>> of(
            String name, Supplier<H> creation, Function<H, Object> state) {
        BlockingSubject<Holding<H>> subject = subject(creation, state);
        return all(name, subject);
    }

    /** As {@link #of}, for holdables that waiting threads show as their blocker. */
    static <H extends Holdable> List<BlockingOperation<?>> withBlocker(
            String name, Supplier<H> creation, Function<H, Object> state) {
        BlockingSubject<Holding<H>> subject = subject(creation, state);
        return all(name, subject.blocker(holding -> holding.holdable));
    }

    private static <H extends Holdable> BlockingSubject<Holding<H>> subject(
            Supplier<H> creation, Function<H, Object> state) {
        return BlockingSubject.of(() -> new Holding<>(creation.get()))
                .busy(holding -> holding.keep(holding.holdable.hold()))
                .free(Holding::end)
                .state(holding -> state.apply(holding.holdable));
    }

    private static <H extends Holdable> List<BlockingOperation<?>> all(
            String name, BlockingSubject<Holding<H>> subject) {
        return List.of(
                subject.uninterruptible(name + ".hold()", holding -> holding.keep(holding.holdable.hold())),
                subject.interruptible(
                        name + ".holdInterruptibly()", holding -> holding.keep(holding.holdable.holdInterruptibly())),
                subject.trying(name + ".tryHold()", holding -> holding.keep(holding.holdable.tryHold())),
                subject.timed(
                        name + ".tryHold(Duration)",
                        (holding, timeout) -> holding.keep(holding.holdable.tryHold(timeout))));
    }

    /** A holdable and the one hold on it, which whoever has it writes. */
    private static final class Holding<H extends Holdable> {

        private final H holdable;
        private volatile Held held;

        Holding(H holdable) {
            this.holdable = holdable;
        }

        boolean keep(Held next) {
            if (next != null) {
                held = next;
            }
            return next != null;
        }

        void end() {
            held.close();
        }
    }
}
