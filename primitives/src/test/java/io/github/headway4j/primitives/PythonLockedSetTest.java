// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.Python;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** What the locked set of the Python course is meant to do. */
class PythonLockedSetTest {

    private static final int THREADS = 4;
    private static final int ELEMENTS = 1_000;

    private final LockedSet<Integer> set = new LockedSet<>();

    @Test
    @Python("LS1")
    void contains_tellsWhatIsThere() {
        set.add(1);
        assertThat(set.contains(1)).isTrue();
        assertThat(set.contains(2)).isFalse();
    }

    @Test
    @Python("LS2")
    void addTwice_keepsOne() {
        assertThat(set.add(1)).isTrue();
        assertThat(set.add(1)).isFalse();
        assertThat(set).containsExactly(1);
    }

    @Test
    @Python("LS3")
    void removeOfAnAbsentElement_raises_discardDoesNot() {
        set.add(1);
        assertThatThrownBy(() -> set.removeExisting(2))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("not in the set: 2");
        assertThat(set.remove(2)).isFalse();
        assertThat(set).containsExactly(1);
        set.removeExisting(1);
        assertThat(set).isEmpty();
    }

    @EachThreadKind
    @Python("LS4")
    void concurrentAddersAndRemovers_leaveTheExactSize(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            for (int t = 0; t < THREADS; t++) {
                int first = t * ELEMENTS;
                threads.start("adder and remover " + t, () -> {
                    for (int i = first; i < first + ELEMENTS; i++) {
                        assertThat(set.add(i)).isTrue();
                        if (i % 2 == 1) {
                            assertThat(set.remove(i)).isTrue();
                        }
                    }
                });
            }
        }
        assertThat(set).hasSize(THREADS * ELEMENTS / 2).allMatch(i -> i % 2 == 0);
    }

    @Test
    @Python("LS5")
    void builtFromElements_keepsEachOnce() {
        assertThat(new LockedSet<>(List.of(1, 2, 1, 3, 2))).containsExactlyInAnyOrder(1, 2, 3);
    }

    @EachThreadKind
    @Python("LS6")
    void checkThenAct_isOneStepUnderAHold(ThreadKind kind) {
        List<TestThread<Integer>> results = new ArrayList<>();
        try (TestThreads threads = new TestThreads(kind)) {
            for (int t = 0; t < THREADS; t++) {
                results.add(threads.start("thread " + t, () -> {
                    int won = 0;
                    for (int i = 0; i < ELEMENTS; i++) {
                        try (Held held = set.hold()) {
                            if (!set.contains(i)) {
                                assertThat(set.add(i)).isTrue();
                                won++;
                            }
                            assertThat(held).isNotNull();
                        }
                    }
                    return won;
                }));
            }
            int won = 0;
            for (TestThread<Integer> result : results) {
                won += result.result();
            }
            assertThat(won).isEqualTo(ELEMENTS);
        }
        assertThat(set).hasSize(ELEMENTS);
    }
}
