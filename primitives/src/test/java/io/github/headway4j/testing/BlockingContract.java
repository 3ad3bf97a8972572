// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The contract of everything that blocks, as a matrix of tests: every blocking method x kind of thread x {free, busy
 * then freed, busy and timed out, interrupted before, interrupted during, interrupted or timed out just as it is freed,
 * closed}. A class under test binds it by a subclass that lists its methods:
 *
 * <pre>{@code
 * class MutexContractTest extends BlockingContract {
 *     protected List<BlockingOperation<?>> operations() {
 *         return List.of(mutex.uninterruptible("lock()", Mutex::lock));
 *     }
 *
 *     protected int casesPerThreadKind() {
 *         return 5;
 *     }
 * }
 * }</pre>
 *
 * <p>What each case demands:
 * <ul>
 *   <li><b>free</b>: the call passes at once, whatever its time-out (the most negative one included), and makes the
 *       subject busy;
 *   <li><b>busy, then freed</b>: the call parks, and passes when the subject is freed, also with a time-out that no
 *       {@code long} of nanoseconds can hold;
 *   <li><b>busy, timed out</b>: the call returns without success, not before its time;
 *   <li><b>interrupted before</b> or <b>during</b>: interruptible and timed calls throw {@link InterruptedException}
 *       and clear the interrupt status, even when the subject is free or the time-out is zero; {@code try} and
 *       uninterruptible calls do their work and keep the status;
 *   <li><b>interrupted</b> or <b>timed out just as it is freed</b>: whatever the call does, another waiting one passes;
 *   <li><b>closed</b>, for subjects that can be: calls that would wait throw, waiting ones wake up and throw,
 *       {@code try} calls return without success.
 * </ul>
 * A call that did not pass leaves no trace: the subject's state is what it was before, busy or free, and once it is
 * freed one call passes. All threads of a case end with it.
 */
public abstract class BlockingContract {

    /** For subclasses. */
    protected BlockingContract() {}

    /**
     * The blocking methods of the class under test.
     *
     * @return the operations, of one subject or of several
     */
    protected abstract List<BlockingOperation<?>> operations();

    /**
     * How many cases the matrix must have for each kind of thread, so that a matrix that lost some fails. An
     * interruptible operation has 6, a timed one 25, a {@code try} one 4 and an uninterruptible one 5; closing adds
     * 2 to each, to a {@code try} one 1.
     *
     * @return the number, for all operations together
     */
    protected abstract int casesPerThreadKind();

    /**
     * How long a case waits for something that should happen.
     *
     * @return the watchdog of {@link Await}, unless overridden
     */
    protected Duration watchdog() {
        return Await.watchdog();
    }

    /**
     * The matrix.
     *
     * @return one container for each operation and kind of thread, and a test of the number of cases
     */
    @TestFactory
    public final List<DynamicNode> blockingMatrix() {
        List<DynamicNode> matrix = new ArrayList<>();
        List<BlockingOperation<?>> operations = operations();
        for (ThreadKind kind : ThreadKind.available()) {
            int cases = 0;
            for (BlockingOperation<?> operation : operations) {
                List<DynamicTest> tests = new BlockingCases<>(operation, kind, watchdog()).all();
                cases += tests.size();
                matrix.add(DynamicContainer.dynamicContainer(kind + " " + operation, tests));
            }
            int found = cases;
            matrix.add(DynamicTest.dynamicTest(
                    kind + " number of cases",
                    () -> assertThat(found).as("cases in the matrix").isEqualTo(casesPerThreadKind())));
        }
        return matrix;
    }
}
