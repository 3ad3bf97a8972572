// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import io.github.headway4j.testing.BlockingContract;
import io.github.headway4j.testing.BlockingOperation;
import io.github.headway4j.testing.BlockingSubject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** The blocking matrix of {@link Guarded}: waits for its lock, and waits for a condition. */
class GuardedContractTest extends BlockingContract {

    @Override
    protected List<BlockingOperation<?>> operations() {
        List<BlockingOperation<?>> operations = new ArrayList<>();
        operations.addAll(letter());
        operations.addAll(sign());
        operations.addAll(section());
        operations.addAll(HoldableOperations.withBlocker("Guarded", () -> Guarded.of(""), GuardedContractTest::state));
        return operations;
    }

    @Override
    protected int casesPerThreadKind() {
        return (6 + 25 + 6 + 25) + (6 + 25) + (3 * 5 + 2 * (6 + 25)) + HoldableOperations.CASES;
    }

    /** Busy: no letter. Waiting calls take it, from outside a section and from inside. */
    private static List<BlockingOperation<?>> letter() {
        BlockingSubject<Guarded<Boolean>> letter = BlockingSubject.of(() -> Guarded.of(true))
                .busy(box -> box.update(there -> false))
                .free(box -> box.update(there -> true))
                .state(box -> List.of(box.<Boolean>with(there -> there), box.waiting()))
                .blocker(box -> box);
        return List.of(
                letter.interruptible("awaitThen(..)", box -> box.awaitThen(there -> there, there -> take(box))),
                letter.timed("awaitThen(.., Duration)", GuardedContractTest::take),
                letter.interruptible("awaitThen(..) inside a hold", box -> {
                    try (Held held = box.hold();
                            Held again = box.hold()) {
                        box.awaitThen(there -> there, there -> take(box));
                    }
                }),
                letter.timed("awaitThen(.., Duration) inside a hold", (box, timeout) -> {
                    try (Held held = box.hold();
                            Held again = box.hold()) {
                        return take(box, timeout);
                    }
                }));
    }

    /** Busy: not lit. Waiting calls leave it lit. */
    private static List<BlockingOperation<?>> sign() {
        BlockingSubject<Guarded<Boolean>> sign = BlockingSubject.of(() -> Guarded.of(true))
                .busy(light -> light.update(lit -> false))
                .free(light -> light.update(lit -> true))
                .state(light -> List.of(light.<Boolean>with(lit -> lit), light.waiting()))
                .blocker(light -> light)
                .keepsFree();
        return List.of(
                sign.interruptible("await(..)", light -> light.await(lit -> lit)),
                sign.timed("await(.., Duration)", (light, timeout) -> light.await(lit -> lit, timeout)));
    }

    /** Busy: locked. Waiting calls end their section themselves. */
    private static List<BlockingOperation<?>> section() {
        BlockingSubject<Locked> locked = BlockingSubject.of(Locked::new)
                .busy(it -> it.held = it.guarded.hold())
                .free(it -> it.held.close())
                .state(it -> state(it.guarded))
                .blocker(it -> it.guarded)
                .keepsFree();
        return List.of(
                locked.uninterruptible("with(..)", it -> it.guarded.with(value -> value)),
                locked.uninterruptible("use(..)", it -> it.guarded.use(value -> {})),
                locked.uninterruptible("update(..)", it -> it.guarded.update(value -> value)),
                locked.interruptible("await(..) while locked", it -> it.guarded.await(value -> true)),
                locked.timed(
                        "await(.., Duration) while locked", (it, timeout) -> it.guarded.await(value -> true, timeout)),
                locked.interruptible(
                        "awaitThen(..) while locked", it -> it.guarded.awaitThen(value -> true, value -> value)),
                locked.timed("awaitThen(.., Duration) while locked", (it, timeout) -> {
                    try {
                        it.guarded.awaitThen(value -> true, value -> value, timeout);
                        return true;
                    } catch (TimeoutException e) {
                        return false;
                    }
                }));
    }

    private static boolean take(Guarded<Boolean> box) {
        return box.update(there -> false);
    }

    private static boolean take(Guarded<Boolean> box, Duration timeout) throws InterruptedException {
        try {
            box.awaitThen(there -> there, there -> take(box), timeout);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private static List<Object> state(Guarded<?> guarded) {
        return List.of(guarded.isTaken(), guarded.waiting());
    }

    /** A guard and the hold that makes it busy. */
    private static final class Locked {
        private final Guarded<String> guarded = Guarded.of("");
        private volatile Held held;
    }
}
