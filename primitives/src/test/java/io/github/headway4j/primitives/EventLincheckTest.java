// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static io.github.headway4j.testing.Model.expect;
import static io.github.headway4j.testing.Model.join;
import static io.github.headway4j.testing.Model.start;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.Model;
import io.github.headway4j.testing.SemaphoreParker;
import java.time.Duration;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@link Event}, and the broadcast queue under it, under every interleaving that the model checker tries. */
class EventLincheckTest {

    private static Event event() {
        return new Event(new SemaphoreParker());
    }

    @Test
    @DisplayName("A set reaches two waiters, whenever they come")
    void set_twoWaiters_bothGoOn() {
        Model.check(() -> {
            Event event = event();
            Thread first = start(event::await);
            Thread second = start(event::awaitUninterruptibly);
            event.set();
            join(first, second);
            expect(event.waiting() == 0 && event.isSet(), "somebody is left");
        });
    }

    @Test
    @DisplayName("Set and clear back to back reach whoever waits")
    void setThenClear_whoeverWaits_goesOn() {
        Model.check(() -> {
            Event event = event();
            Thread waiter = start(event::await);
            while (event.waiting() < 1) {
                Thread.yield();
            }
            event.set();
            event.clear();
            join(waiter);
            expect(!event.isSet() && event.waiting() == 0, "the event is not as new");
        });
    }

    @Test
    @DisplayName("Planted bug: a waiter that looks at a mere flag misses a set that is cleared at once")
    void setThenClear_ofAMereFlag_isFound() {
        assertThatThrownBy(() -> Model.check(() -> {
                    FlagEvent event = new FlagEvent();
                    Thread waiter = start(event::await);
                    while (event.queue.waiting() < 1) {
                        Thread.yield();
                    }
                    event.set = true;
                    event.queue.signalAll();
                    event.set = false;
                    join(waiter);
                }))
                .isInstanceOf(LincheckAssertionError.class);
    }

    @Test
    @DisplayName("Planted bug: a broadcast queue in which one waiter only is woken leaves the other asleep")
    void signalInsteadOfSignalAll_isFound() {
        assertThatThrownBy(() -> Model.check(() -> {
                    FlagEvent event = new FlagEvent();
                    Thread first = start(event::await);
                    Thread second = start(event::await);
                    while (event.queue.waiting() < 2) {
                        Thread.yield();
                    }
                    event.set = true;
                    event.queue.signal();
                    join(first, second);
                }))
                .isInstanceOf(LincheckAssertionError.class);
    }

    private static final class FlagEvent {
        final WaitQueue queue = WaitQueue.broadcast(this, new SemaphoreParker());
        volatile boolean set;

        void await() {
            queue.awaitUninterruptibly(new WaitQueue.Waiter() {
                @Override
                protected boolean attempt() {
                    return set;
                }

                @Override
                protected boolean more() {
                    return false;
                }
            });
        }
    }

    @Test
    @DisplayName("An interrupt against a set: the other waiter goes on")
    void interrupt_againstSet() {
        Model.check(() -> {
            Event event = event();
            Thread leaver = start(() -> {
                try {
                    event.await();
                } catch (InterruptedException e) {
                    // leaves
                }
            });
            Thread stayer = start(event::await);
            leaver.interrupt();
            event.set();
            join(leaver, stayer);
            expect(event.waiting() == 0, "somebody is left");
        });
    }

    @Test
    @DisplayName("Everything that does not wait is linearizable")
    void operationsThatDoNotWait_areLinearizable() {
        new ModelCheckingOptions()
                .iterations(Model.ITERATIONS)
                .invocationsPerIteration(Model.INVOCATIONS)
                .threads(2)
                .actorsPerThread(3)
                .actorsAfter(1)
                .sequentialSpecification(Flag.class)
                .check(Operations.class);
    }

    /** The operations that never wait. */
    public static class Operations {
        private final Event event = event();

        @Operation
        public void set() {
            event.set();
        }

        @Operation
        public void clear() {
            event.clear();
        }

        @Operation
        public boolean isSet() {
            return event.isSet();
        }

        @Operation
        public boolean awaitZero() throws InterruptedException {
            return event.await(Duration.ZERO);
        }
    }

    /** The same for one thread. */
    public static class Flag {
        private boolean set;

        public void set() {
            set = true;
        }

        public void clear() {
            set = false;
        }

        public boolean isSet() {
            return set;
        }

        public boolean awaitZero() {
            return set;
        }
    }
}
