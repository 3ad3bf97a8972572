// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static io.github.headway4j.testing.Model.expect;
import static io.github.headway4j.testing.Model.join;
import static io.github.headway4j.testing.Model.start;

import io.github.headway4j.testing.Model;
import io.github.headway4j.testing.SemaphoreParker;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link BoundedSemaphore} under every interleaving that the model checker tries. */
class SemaphoreLincheckTest {

    private static BoundedSemaphore semaphore(int bound, boolean fair) {
        return new BoundedSemaphore(bound, fair, new SemaphoreParker());
    }

    private static void expectPermits(BoundedSemaphore semaphore, int bound, int available) {
        BoundedSemaphore.Stats stats = semaphore.stats();
        expect(
                stats.bound() == bound
                        && stats.available() == available
                        && stats.held() == bound - available
                        && stats.waiting() == 0,
                "expected " + available + " of " + bound + " available and nobody waiting: " + stats.bound() + ", "
                        + stats.available() + ", " + stats.held() + ", " + stats.waiting());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("One permit, three threads: one inside at a time, all get through")
    void onePermit_excludes(boolean fair) {
        Model.check(() -> {
            BoundedSemaphore semaphore = semaphore(1, fair);
            AtomicInteger inside = new AtomicInteger();
            Model.Body enter = () -> {
                semaphore.acquireUninterruptibly();
                expect(inside.incrementAndGet() == 1, "two inside");
                inside.decrementAndGet();
                semaphore.release();
            };
            Thread first = start(enter);
            Thread second = start(enter);
            enter.run();
            join(first, second);
            expectPermits(semaphore, 1, 1);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("A request for two permits against two requests for one: all get through")
    void twoPermits_againstSingles(boolean fair) {
        Model.check(() -> {
            BoundedSemaphore semaphore = semaphore(2, fair);
            Thread large = start(() -> {
                semaphore.acquire(2);
                expect(semaphore.availablePermits() == 0, "both permits are out, yet some are available");
                semaphore.release(2);
            });
            Thread small = start(() -> {
                semaphore.acquire();
                semaphore.release();
            });
            semaphore.acquire();
            semaphore.release();
            join(large, small);
            expectPermits(semaphore, 2, 2);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("A release of two permits at once reaches two waiters")
    void releaseOfTwo_wakesTwo(boolean fair) {
        Model.check(() -> {
            BoundedSemaphore semaphore = semaphore(2, fair);
            expect(semaphore.tryAcquire(2), "both permits were free");
            Thread first = start(semaphore::acquireUninterruptibly);
            Thread second = start(() -> semaphore.acquire());
            semaphore.release(2);
            join(first, second);
            expectPermits(semaphore, 2, 0);
        });
    }

    @Test
    @DisplayName("Two threads release the one permit that is out: one of them is told")
    void overRelease_isRefusedOnce() {
        Model.check(() -> {
            BoundedSemaphore semaphore = semaphore(2, false);
            expect(semaphore.tryAcquire(), "two permits were free");
            AtomicInteger refused = new AtomicInteger();
            Model.Body release = () -> {
                try {
                    semaphore.release();
                } catch (IllegalStateException e) {
                    refused.incrementAndGet();
                }
            };
            Thread other = start(release);
            release.run();
            join(other);
            expect(refused.get() == 1, "refused " + refused.get() + " times");
            expectPermits(semaphore, 2, 2);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("The bound falls to nothing and rises again while two threads come and go: both get through")
    void setBound_shrinksAndGrows(boolean fair) {
        Model.check(() -> {
            BoundedSemaphore semaphore = semaphore(1, fair);
            Model.Body visit = () -> {
                semaphore.acquire();
                semaphore.release();
            };
            Thread first = start(visit);
            Thread second = start(visit);
            semaphore.setBound(0);
            semaphore.setBound(2);
            join(first, second);
            expectPermits(semaphore, 2, 2);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("A larger bound reaches a waiter for more permits than there were, while another thread releases")
    void setBound_againstRelease(boolean fair) {
        Model.check(() -> {
            BoundedSemaphore semaphore = semaphore(1, fair);
            expect(semaphore.tryAcquire(), "a permit was free");
            Thread waiter = start(() -> semaphore.acquire(2));
            Thread releaser = start(semaphore::release);
            semaphore.setBound(2);
            join(waiter, releaser);
            expectPermits(semaphore, 2, 0);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("An interrupt against a release: the permit is neither lost nor doubled, the other waiter gets it")
    void interrupt_againstRelease(boolean fair) {
        Model.check(() -> {
            BoundedSemaphore semaphore = semaphore(1, fair);
            expect(semaphore.tryAcquire(), "a permit was free");
            Thread leaver = start(() -> {
                try {
                    semaphore.acquire();
                    semaphore.release();
                } catch (InterruptedException e) {
                    // has nothing
                }
            });
            Thread stayer = start(() -> {
                semaphore.acquireUninterruptibly();
                semaphore.release();
            });
            leaver.interrupt();
            semaphore.release();
            join(leaver, stayer);
            expectPermits(semaphore, 1, 1);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("An interrupt of a large request lets the small one behind it go on")
    void interrupt_ofTheFirst_letsTheNextGo(boolean fair) {
        Model.check(() -> {
            BoundedSemaphore semaphore = semaphore(2, fair);
            expect(semaphore.tryAcquire(), "a permit was free");
            boolean[] interrupted = new boolean[1];
            Thread large = start(() -> {
                try {
                    semaphore.acquire(2); // never free while the test holds one
                } catch (InterruptedException e) {
                    interrupted[0] = true;
                }
            });
            Thread small = start(() -> semaphore.acquire());
            large.interrupt();
            join(large, small);
            expect(interrupted[0], "the large request was met");
            expectPermits(semaphore, 2, 0);
        });
    }

    @Test
    @DisplayName("Everything that does not wait is linearizable")
    void tryForms_areLinearizable() {
        new ModelCheckingOptions()
                .iterations(Model.ITERATIONS)
                .invocationsPerIteration(Model.INVOCATIONS)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(1)
                .actorsAfter(1)
                .sequentialSpecification(Counts.class)
                .check(TryForms.class);
    }

    /** The operations that never wait, with an over-release as false. */
    @Param(name = "permits", gen = IntGen.class, conf = "1:2")
    @Param(name = "bound", gen = IntGen.class, conf = "0:3")
    public static class TryForms {
        private final BoundedSemaphore semaphore = semaphore(2, true);

        @Operation
        public boolean tryAcquire(@Param(name = "permits") int permits) {
            return semaphore.tryAcquire(permits);
        }

        @Operation
        public boolean release(@Param(name = "permits") int permits) {
            try {
                semaphore.release(permits);
                return true;
            } catch (IllegalStateException e) {
                return false;
            }
        }

        @Operation
        public void setBound(@Param(name = "bound") int bound) {
            semaphore.setBound(bound);
        }

        @Operation
        public int availablePermits() {
            return semaphore.availablePermits();
        }

        @Operation
        public String stats() {
            BoundedSemaphore.Stats stats = semaphore.stats();
            return stats.bound() + " " + stats.available() + " " + stats.held();
        }
    }

    /** The same for one thread. */
    public static class Counts {
        private int bound = 2;
        private int held;

        public boolean tryAcquire(int permits) {
            boolean free = bound - held >= permits;
            held += free ? permits : 0;
            return free;
        }

        public boolean release(int permits) {
            boolean out = held >= permits;
            held -= out ? permits : 0;
            return out;
        }

        public void setBound(int newBound) {
            bound = newBound;
        }

        public int availablePermits() {
            return Math.max(0, bound - held);
        }

        public String stats() {
            return bound + " " + availablePermits() + " " + held;
        }
    }
}
