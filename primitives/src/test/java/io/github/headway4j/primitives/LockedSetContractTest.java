// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import io.github.headway4j.testing.BlockingContract;
import io.github.headway4j.testing.BlockingOperation;
import io.github.headway4j.testing.BlockingSubject;
import java.util.ArrayList;
import java.util.List;

/** The blocking matrix of {@link LockedSet}: holding it, and changing it while somebody holds it. */
class LockedSetContractTest extends BlockingContract {

    /** Cases of one uninterruptible operation. */
    private static final int UNINTERRUPTIBLE = 5;

    @Override
    protected List<BlockingOperation<?>> operations() {
        List<BlockingOperation<?>> operations = new ArrayList<>(HoldableOperations.withBlocker(
                "LockedSet", LockedSet<String>::new, set -> List.of(set.isHeld(), set.waiting())));
        BlockingSubject<Changing> changing = BlockingSubject.of(Changing::new)
                .busy(subject -> subject.held = subject.set.hold())
                .free(subject -> subject.held.close())
                .state(subject -> List.of(subject.set.isHeld(), subject.set.waiting()))
                .blocker(subject -> subject.set)
                .keepsFree();
        operations.add(changing.uninterruptible("LockedSet.add(E)", subject -> subject.set.add("a")));
        operations.add(changing.uninterruptible("LockedSet.remove(Object)", subject -> subject.set.remove("a")));
        operations.add(changing.uninterruptible("LockedSet.addAll", subject -> subject.set.addAll(List.of("a", "b"))));
        operations.add(changing.uninterruptible("LockedSet.clear()", subject -> subject.set.clear()));
        operations.add(changing.uninterruptible(
                "LockedSet.atomically", subject -> subject.set.atomically(view -> view.add("c"))));
        return operations;
    }

    @Override
    protected int casesPerThreadKind() {
        return HoldableOperations.CASES + 5 * UNINTERRUPTIBLE;
    }

    /** A set and the hold on it. */
    private static final class Changing {
        private final LockedSet<String> set = new LockedSet<>();
        private Held held;
    }
}
