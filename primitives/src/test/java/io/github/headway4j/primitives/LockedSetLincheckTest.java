// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static io.github.headway4j.testing.Model.expect;
import static io.github.headway4j.testing.Model.join;
import static io.github.headway4j.testing.Model.start;

import io.github.headway4j.testing.Model;
import io.github.headway4j.testing.SemaphoreParker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@link LockedSet}: every operation is one step, and nobody who waits for a holder is forgotten. */
class LockedSetLincheckTest {

    /** The operations on the set under test. What they return tells where in the order of all steps they were. */
    @Param(name = "e", gen = IntGen.class, conf = "0:3")
    public static class Subject {

        private final LockedSet<Integer> set = new LockedSet<>(new SemaphoreParker());

        @Operation
        public boolean add(@Param(name = "e") int e) {
            return set.add(e);
        }

        @Operation
        public boolean remove(@Param(name = "e") int e) {
            return set.remove(e);
        }

        @Operation
        public boolean contains(@Param(name = "e") int e) {
            return set.contains(e);
        }

        @Operation
        public int size() {
            return set.size();
        }

        @Operation
        public boolean addBoth(@Param(name = "e") int e) {
            return set.addAll(List.of(e, e + 1));
        }

        @Operation
        public boolean removeBoth(@Param(name = "e") int e) {
            return set.removeAll(List.of(e, e + 1));
        }

        @Operation
        public boolean retainBoth(@Param(name = "e") int e) {
            return set.retainAll(List.of(e, e + 1));
        }

        @Operation
        public boolean removeUpTo(@Param(name = "e") int e) {
            return set.removeIf(element -> element <= e);
        }

        @Operation
        public boolean containsBoth(@Param(name = "e") int e) {
            return set.containsAll(List.of(e, e + 1));
        }

        @Operation
        public String elements() {
            return new TreeSet<>(set.snapshot()).toString();
        }

        @Operation
        public String swap(@Param(name = "e") int e) {
            return new TreeSet<>(set.swap(List.of(e))).toString();
        }

        @Operation
        public void clear() {
            set.clear();
        }

        @Operation
        public boolean increment(@Param(name = "e") int e) {
            return set.atomically(view -> view.remove(e) && view.add(e + 1));
        }

        @Operation
        public boolean incrementHeld(@Param(name = "e") int e) {
            try (Held held = set.hold()) {
                return set.remove(e) && set.add(e + 1) && held != null;
            }
        }
    }

    /** The same operations, one after the other, on a set of the JDK. */
    @Param(name = "e", gen = IntGen.class, conf = "0:3")
    public static class Sequential {

        private final Set<Integer> set = new HashSet<>();

        public boolean add(int e) {
            return set.add(e);
        }

        public boolean remove(int e) {
            return set.remove(e);
        }

        public boolean contains(int e) {
            return set.contains(e);
        }

        public int size() {
            return set.size();
        }

        public boolean addBoth(int e) {
            return set.addAll(List.of(e, e + 1));
        }

        public boolean removeBoth(int e) {
            return set.removeAll(List.of(e, e + 1));
        }

        public boolean retainBoth(int e) {
            return set.retainAll(List.of(e, e + 1));
        }

        public boolean removeUpTo(int e) {
            return set.removeIf(element -> element <= e);
        }

        public boolean containsBoth(int e) {
            return set.containsAll(List.of(e, e + 1));
        }

        public String elements() {
            return new TreeSet<>(set).toString();
        }

        public String swap(int e) {
            String last = elements();
            set.clear();
            set.add(e);
            return last;
        }

        public void clear() {
            set.clear();
        }

        public boolean increment(int e) {
            return set.remove(e) && set.add(e + 1);
        }

        public boolean incrementHeld(int e) {
            return increment(e);
        }
    }

    @Test
    @DisplayName(
            "Any three operations of each of two threads are linearizable, bulk operations and compound actions too")
    void operations_areLinearizable() {
        new ModelCheckingOptions()
                .iterations(Model.ITERATIONS)
                .invocationsPerIteration(Model.INVOCATIONS)
                .threads(2)
                .actorsPerThread(3)
                .sequentialSpecification(Sequential.class)
                .check(Subject.class);
    }

    @Test
    @DisplayName("The same on real threads")
    void operations_underStress_areLinearizable() {
        new StressOptions()
                .iterations(Model.ITERATIONS)
                .invocationsPerIteration(2 * Model.INVOCATIONS)
                .threads(2)
                .actorsPerThread(3)
                .sequentialSpecification(Sequential.class)
                .check(Subject.class);
    }

    @Test
    @DisplayName("A holder, a writer that waits and a second holder: all get through, nothing is lost")
    void writersAndHolders_allGetThrough() {
        Model.check(() -> {
            LockedSet<Integer> set = new LockedSet<>(new SemaphoreParker());
            Held held = set.hold();
            Thread writer = start(() -> expect(set.add(1), "somebody else has added 1"));
            Thread holder = start(() -> {
                try (Held other = set.hold()) {
                    expect(set.add(2) && other != null, "somebody else has added 2");
                }
            });
            set.add(3);
            held.close();
            join(writer, holder);
            expect(set.equals(Set.of(1, 2, 3)), "elements: " + new ArrayList<>(set));
            expect(!set.isHeld() && set.waiting() == 0, set.describe());
        });
    }

    @Test
    @DisplayName("An interrupt against the end of a hold: the other waiter gets the set")
    void interrupt_againstTheEndOfAHold() {
        Model.check(() -> {
            LockedSet<Integer> set = new LockedSet<>(new SemaphoreParker());
            Held held = set.hold();
            Thread leaver = start(() -> {
                try {
                    set.holdInterruptibly().close();
                } catch (InterruptedException e) {
                    // has nothing
                }
            });
            Thread stayer = start(() -> set.add(1));
            leaver.interrupt();
            held.close();
            join(leaver, stayer);
            expect(set.contains(1) && !set.isHeld() && set.waiting() == 0, set.describe());
        });
    }

    @Test
    @DisplayName("Two changes of a hold are seen together")
    void hold_isSeenWhole() {
        Model.check(() -> {
            LockedSet<Integer> set = new LockedSet<>(new SemaphoreParker());
            Thread holder = start(() -> {
                try (Held held = set.tryHold(Duration.ofDays(1))) {
                    expect(held != null && set.add(1) && set.add(2), "not held");
                }
            });
            int size = set.size();
            expect(size == 0 || size == 2, size + " of 2 seen");
            join(holder);
            expect(set.size() == 2, set.describe());
        });
    }
}
