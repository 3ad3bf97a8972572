// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.primitives;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.primitives.Held;
import io.github.headway4j.primitives.LockedSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** A set whose operations are one step each, by {@link LockedSet}; the controls are sets of the JDK. */
@SuppressWarnings("try") // a hold is for its scope, not for use
public final class LockedSetStress {

    private static final List<Integer> BOTH = List.of(1, 2);

    private LockedSetStress() {}

    private static int bit(Collection<Integer> set, int element) {
        return set.contains(element) ? 1 : 0;
    }

    /** How many elements a walk meets. */
    private static int count(Iterable<Integer> elements) {
        int count = 0;
        for (Integer element : elements) {
            count += element == null ? 0 : 1;
        }
        return count;
    }

    @JCStressTest
    @Description("addAll() of two elements: who sees the second added, sees the first.")
    @Outcome(
            id = {"0, 0", "0, 1", "1, 1"},
            expect = ACCEPTABLE,
            desc = "before, in between the looks, after")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "half of the bulk operation seen")
    @State
    public static class ActualAddAll {
        private final LockedSet<Integer> set = new LockedSet<>();

        @Actor
        public void writer() {
            set.addAll(BOTH);
        }

        @Actor
        public void reader(II_Result r) {
            r.r1 = bit(set, 1);
            r.r2 = bit(set, 2);
        }
    }

    @JCStressTest
    @Description("addAll() of the JDK's concurrent set is one add after the other.")
    @Outcome(
            id = {"0, 0", "0, 1", "1, 1"},
            expect = ACCEPTABLE,
            desc = "before, in between the looks, after")
    @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "half of the bulk operation seen")
    @State
    public static class BrokenAddAll {
        private final Set<Integer> set = ConcurrentHashMap.newKeySet();

        @Actor
        public void writer() {
            set.addAll(BOTH);
        }

        @Actor
        public void reader(II_Result r) {
            r.r1 = bit(set, 1);
            r.r2 = bit(set, 2);
        }
    }

    @JCStressTest
    @Description("A snapshot beside addAll() has all of it or nothing.")
    @Outcome(
            id = {"0", "2"},
            expect = ACCEPTABLE,
            desc = "before or after")
    @Outcome(id = "1", expect = FORBIDDEN, desc = "half of the bulk operation in the snapshot")
    @State
    public static class ActualSnapshot {
        private final LockedSet<Integer> set = new LockedSet<>();

        @Actor
        public void writer() {
            set.addAll(BOTH);
        }

        @Actor
        public void reader(I_Result r) {
            r.r1 = count(set.snapshot());
        }
    }

    @JCStressTest
    @Description("A copy of the JDK's concurrent set beside addAll() may have half of it.")
    @Outcome(
            id = {"0", "2"},
            expect = ACCEPTABLE,
            desc = "before or after")
    @Outcome(id = "1", expect = ACCEPTABLE_INTERESTING, desc = "half of the bulk operation in the snapshot")
    @State
    public static class BrokenSnapshot {
        private final Set<Integer> set = ConcurrentHashMap.newKeySet();

        @Actor
        public void writer() {
            set.addAll(BOTH);
        }

        @Actor
        public void reader(I_Result r) {
            r.r1 = count(new HashSet<>(set));
        }
    }

    @JCStressTest
    @Description("An element moved by atomically() is in every moment in exactly one of its places.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "before or after")
    @Outcome(
            id = {"0", "2"},
            expect = FORBIDDEN,
            desc = "in the middle of the compound action")
    @State
    public static class ActualAtomically {
        private final LockedSet<Integer> set = new LockedSet<>(List.of(1));

        @Actor
        public void mover() {
            set.atomically(view -> view.remove(1) && view.add(2));
        }

        @Actor
        public void reader(I_Result r) {
            r.r1 = count(set);
        }
    }

    @JCStressTest
    @Description("An element moved in a set of the JDK is gone for a moment, or there twice.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "before or after")
    @Outcome(
            id = {"0", "2"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "in the middle of the compound action")
    @State
    public static class BrokenAtomically {
        private final Set<Integer> set = ConcurrentHashMap.newKeySet();

        public BrokenAtomically() {
            set.add(1);
        }

        @Actor
        public void mover() {
            set.remove(1);
            set.add(2);
        }

        @Actor
        public void reader(I_Result r) {
            r.r1 = count(set);
        }
    }

    @JCStressTest
    @Description("What a holder does in two steps, others see in one, and a second holder comes before or after.")
    @Outcome(
            id = {"0, 2", "2, 2"},
            expect = ACCEPTABLE,
            desc = "before or after")
    @Outcome(id = "1, .*", expect = FORBIDDEN, desc = "in the middle of the hold")
    @Outcome(id = ".*, [013]", expect = FORBIDDEN, desc = "something got lost")
    @State
    public static class ActualHold {
        private final LockedSet<Integer> set = new LockedSet<>();

        @Actor
        public void holder() {
            try (Held held = set.hold()) {
                set.add(1);
                set.add(2);
            }
        }

        @Actor
        public void other(II_Result r) {
            try (Held held = set.hold()) {
                r.r1 = set.size();
            }
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = count(set);
        }
    }

    @JCStressTest
    @Description("Two steps without a hold are seen one after the other.")
    @Outcome(
            id = {"0, 2", "2, 2"},
            expect = ACCEPTABLE,
            desc = "before or after")
    @Outcome(id = "1, 2", expect = ACCEPTABLE_INTERESTING, desc = "in the middle")
    @State
    public static class BrokenHold {
        private final Set<Integer> set = ConcurrentHashMap.newKeySet();

        @Actor
        public void holder() {
            set.add(1);
            set.add(2);
        }

        @Actor
        public void other(II_Result r) {
            r.r1 = set.size();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = count(set);
        }
    }

    @JCStressTest
    @Description("Two threads add different elements: none is lost.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both there")
    @Outcome(
            id = {"0, .*", "1, 0"},
            expect = FORBIDDEN,
            desc = "an element got lost")
    @State
    public static class ActualAdd {
        private final LockedSet<Integer> set = new LockedSet<>();

        @Actor
        public void first() {
            set.add(1);
        }

        @Actor
        public void second() {
            set.addAll(List.of(2));
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r1 = bit(set, 1);
            r.r2 = bit(set, 2);
        }
    }

    @JCStressTest
    @Description("A table that is read and replaced in two steps loses an element.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both there")
    @Outcome(
            id = {"0, .*", "1, 0"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "an element got lost")
    @State
    public static class BrokenAdd {
        private volatile Set<Integer> table = Set.of();

        private void add(int element) {
            Set<Integer> next = new HashSet<>(table);
            next.add(element);
            table = next;
        }

        @Actor
        public void first() {
            add(1);
        }

        @Actor
        public void second() {
            add(2);
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r1 = bit(table, 1);
            r.r2 = bit(table, 2);
        }
    }

    @JCStressTest
    @Description("Who finds an element sees what its adder did before.")
    @Outcome(
            id = {"0, 0", "0, 1", "1, 1"},
            expect = ACCEPTABLE,
            desc = "not there yet, or seen with what was before")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "the element without what was before")
    @State
    public static class ActualVisibility {
        private final LockedSet<Integer> set = new LockedSet<>();
        private int data;

        @Actor
        public void writer() {
            data = 1;
            set.add(1);
        }

        @Actor
        public void reader(II_Result r) {
            r.r1 = bit(set, 1);
            r.r2 = data;
        }
    }

    @JCStressTest
    @Description("A plain flag says nothing about what was written before it.")
    @Outcome(
            id = {"0, 0", "0, 1", "1, 1"},
            expect = ACCEPTABLE,
            desc = "not there yet, or seen with what was before")
    @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "the flag without what was before")
    @State
    public static class BrokenVisibility {
        private boolean flag;
        private int data;

        @Actor
        public void writer() {
            data = 1;
            flag = true;
        }

        @Actor
        public void reader(II_Result r) {
            r.r1 = flag ? 1 : 0;
            r.r2 = data;
        }
    }
}
