// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.BlockingOperation.Form;
import io.github.headway4j.testing.FlawedSemaphore.Flaw;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BlockingContractTest {

    /** The number of cases of one operation that can be closed. */
    private static final Map<Form, Integer> CASES =
            new EnumMap<>(Map.of(Form.INTERRUPTIBLE, 8, Form.TIMED, 27, Form.TRY, 5, Form.UNINTERRUPTIBLE, 7));

    @Test
    void contractWithoutAFlaw_passes() {
        for (Form form : Form.values()) {
            assertThat(failures(new Binding(null, form, CASES.get(form), Await.watchdog())))
                    .as("failures of the form %s", form)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Flaw.class)
    void contractWithAFlaw_failsInTheCaseForIt(Flaw flaw) {
        Map<String, Throwable> failures =
                failures(new Binding(flaw, flaw.form, CASES.get(flaw.form), Duration.ofMillis(300)));
        for (ThreadKind kind : ThreadKind.available()) {
            assertThat(failures).containsKey(kind + " operation [" + flaw.form + "]: " + flaw.foundBy);
        }
    }

    @Test
    void contractWithAnotherNumberOfCases_fails() {
        Map<String, Throwable> failures = failures(new Binding(null, Form.TRY, 6, Await.watchdog()));
        for (ThreadKind kind : ThreadKind.available()) {
            assertThat(failures).containsKey(kind + " number of cases");
        }
        assertThat(failures).hasSameSizeAs(ThreadKind.available());
    }

    @Test
    void contractOfAHangingOperation_failureNamesTheWaitAndShowsTheStack() {
        Map<String, Throwable> failures =
                failures(new Binding(Flaw.IGNORES_INTERRUPT, Form.INTERRUPTIBLE, 8, Duration.ofMillis(100)));
        assertThat(failures.get("PLATFORM operation [INTERRUPTIBLE]: interrupted during the wait"))
                .hasMessageContaining("100 ms for the end of \"caller\"")
                .hasMessageContaining("FlawedSemaphore.await");
    }

    @Test
    void contractOfSomethingThatStaysFree_passes() {
        BlockingSubject<Gate> gate = BlockingSubject.of(Gate::new)
                .busy(Gate::shut)
                .free(Gate::open)
                .state(Gate::isOpen)
                .keepsFree();
        assertThat(failures(new BlockingContract() {
                    @Override
                    protected List<BlockingOperation<?>> operations() {
                        return List.of(gate.interruptible("await()", Gate::await));
                    }

                    @Override
                    protected int casesPerThreadKind() {
                        return 6;
                    }
                }))
                .isEmpty();
    }

    @Test
    void incompleteSubject_isRefused() {
        assertThatThrownBy(() -> BlockingSubject.of(Object::new).trying("operation", subject -> true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("operation");
    }

    private static Map<String, Throwable> failures(BlockingContract contract) {
        Map<String, Throwable> failures = new LinkedHashMap<>();
        contract.blockingMatrix().forEach(node -> execute("", node, failures));
        return failures;
    }

    private static void execute(String prefix, DynamicNode node, Map<String, Throwable> failures) {
        if (node instanceof DynamicContainer container) {
            try (Stream<? extends DynamicNode> children = container.getChildren()) {
                children.forEach(child -> execute(container.getDisplayName() + ": ", child, failures));
            }
            return;
        }
        try {
            ((DynamicTest) node).getExecutable().execute();
        } catch (Throwable e) {
            failures.put(prefix + node.getDisplayName(), e);
        }
    }

    private static final class Binding extends BlockingContract {

        private final Flaw flaw;
        private final Form form;
        private final int cases;
        private final Duration watchdog;

        Binding(Flaw flaw, Form form, int cases, Duration watchdog) {
            this.flaw = flaw;
            this.form = form;
            this.cases = cases;
            this.watchdog = watchdog;
        }

        @Override
        protected List<BlockingOperation<?>> operations() {
            BlockingSubject<FlawedSemaphore> subject = BlockingSubject.of(() -> new FlawedSemaphore(flaw))
                    .busy(FlawedSemaphore::tryAcquire)
                    .free(FlawedSemaphore::release)
                    .state(FlawedSemaphore::state)
                    .blocker(semaphore -> semaphore)
                    .closedBy(FlawedSemaphore::close, IllegalStateException.class)
                    .disposedBy(FlawedSemaphore::close);
            return List.of(
                    switch (form) {
                        case INTERRUPTIBLE -> subject.interruptible("operation", FlawedSemaphore::acquire);
                        case TIMED -> subject.timed("operation", FlawedSemaphore::acquire);
                        case TRY -> subject.trying("operation", FlawedSemaphore::tryAcquire);
                        case UNINTERRUPTIBLE ->
                            subject.uninterruptible("operation", FlawedSemaphore::acquireUninterruptibly);
                    });
        }

        @Override
        protected int casesPerThreadKind() {
            return cases;
        }

        @Override
        protected Duration watchdog() {
            return watchdog;
        }
    }

    /** A passage that lets everybody pass while it is open. */
    private static final class Gate {

        private volatile CountDownLatch latch = new CountDownLatch(0);

        void shut() {
            latch = new CountDownLatch(1);
        }

        void open() {
            latch.countDown();
        }

        boolean isOpen() {
            return latch.getCount() == 0;
        }

        void await() throws InterruptedException {
            latch.await();
        }
    }
}
