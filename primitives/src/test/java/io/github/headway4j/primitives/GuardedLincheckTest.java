// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static io.github.headway4j.testing.Model.expect;
import static io.github.headway4j.testing.Model.join;
import static io.github.headway4j.testing.Model.start;

import io.github.headway4j.testing.Model;
import io.github.headway4j.testing.SemaphoreParker;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@link Guarded} under every interleaving that the model checker tries. */
class GuardedLincheckTest {

    /** A number of things, which takers wait for. */
    private static final class Store {
        final Guarded<int[]> things = new Guarded<>(new int[1], new SemaphoreParker());

        void put(int count) {
            things.use(n -> n[0] += count);
        }

        void take() throws InterruptedException {
            things.awaitThen(n -> n[0] > 0, n -> n[0]--);
        }

        void expectEmpty() {
            expect(things.<Integer>with(n -> n[0]) == 0, "things left");
            expect(!things.isTaken() && things.waiting() == 0, things.toString());
        }
    }

    @Test
    @DisplayName("Three threads in different forms: one inside at a time, and levels are counted")
    void sections_exclude() {
        Model.check(() -> {
            Guarded<int[]> inside = new Guarded<>(new int[1], new SemaphoreParker());
            Model.Body enter = () -> inside.use(n -> {
                expect(++n[0] == 1, "two inside");
                inside.use(m -> {});
                n[0]--;
            });
            Thread first = start(enter);
            Thread second = start(() -> {
                try (Held held = inside.holdInterruptibly()) {
                    enter.run();
                }
            });
            enter.run();
            join(first, second);
            expect(!inside.isTaken() && inside.waiting() == 0, inside.toString());
        });
    }

    @Test
    @DisplayName("Two threads wait, two changes come: each thread goes on")
    void twoChanges_wakeTwo() {
        Model.check(() -> {
            Store store = new Store();
            Thread first = start(store::take);
            Thread second = start(store::take);
            store.put(1);
            store.put(1);
            join(first, second);
            store.expectEmpty();
        });
    }

    @Test
    @DisplayName("Two threads wait, one change serves both: the first wakes the second")
    void oneChange_wakesTwo() {
        Model.check(() -> {
            Store store = new Store();
            Thread first = start(store::take);
            Thread second = start(store::take);
            store.put(2);
            join(first, second);
            store.expectEmpty();
        });
    }

    @Test
    @DisplayName("A waiter that was chosen finds that a newcomer was faster, and waits on")
    void newcomer_againstTheChosenOne() {
        Model.check(() -> {
            Store store = new Store();
            Thread waiter = start(store::take);
            store.put(1);
            boolean faster = store.things.with(n -> n[0] > 0 && --n[0] == 0);
            if (faster) {
                store.put(1);
            }
            join(waiter);
            store.expectEmpty();
        });
    }

    @Test
    @DisplayName("An interrupt against a change: the wake-up is handed on, whoever it was for")
    void interrupt_againstAChange() {
        Model.check(() -> {
            Store store = new Store();
            Thread leaver = start(() -> {
                try {
                    store.take();
                    store.put(1); // had it: hands on
                } catch (InterruptedException e) {
                    // has nothing
                }
            });
            Thread stayer = start(store::take);
            leaver.interrupt();
            store.put(1);
            join(leaver, stayer);
            store.expectEmpty();
        });
    }

    @Test
    @DisplayName("A condition that throws in another's thread: that one goes on, its owner gets the exception")
    void conditionThatThrows() {
        Model.check(() -> {
            Store store = new Store();
            Thread failing = start(() -> {
                try {
                    store.things.await(n -> {
                        if (n[0] > 0) {
                            throw new UnsupportedOperationException();
                        }
                        return false;
                    });
                    throw new AssertionError("the exception is lost");
                } catch (UnsupportedOperationException e) {
                    store.take();
                }
            });
            store.put(1);
            join(failing);
            store.expectEmpty();
        });
    }

    @Test
    @DisplayName("A wait inside two holds: the giver gets in meanwhile, and the waiter has both holds again")
    void waitInsideASection() {
        Model.check(() -> {
            Store store = new Store();
            Thread waiter = start(() -> {
                try (Held outer = store.things.hold();
                        Held inner = store.things.hold()) {
                    store.take();
                    expect(store.things.levels() == 2, "levels: " + store.things.levels());
                }
            });
            store.put(1);
            join(waiter);
            store.expectEmpty();
        });
    }
}
