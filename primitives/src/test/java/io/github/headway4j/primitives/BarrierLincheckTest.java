// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static io.github.headway4j.testing.Model.expect;
import static io.github.headway4j.testing.Model.join;
import static io.github.headway4j.testing.Model.start;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.Model;
import io.github.headway4j.testing.SemaphoreParker;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@link Barrier} under every interleaving that the model checker tries. */
class BarrierLincheckTest {

    private static final int BROKEN = -1;
    private static final int INTERRUPTED = -2;

    private static Barrier barrier(int parties, Runnable action) {
        return new Barrier(parties, action, null, new SemaphoreParker());
    }

    /** The index, or how it ended. */
    private static int await(Barrier barrier) {
        try {
            return barrier.await();
        } catch (BrokenBarrierException e) {
            return BROKEN;
        } catch (InterruptedException e) {
            return INTERRUPTED;
        } catch (TimeoutException e) {
            throw new AssertionError("no time-out here", e);
        }
    }

    @Test
    @DisplayName("Two parties, two cycles: all get through, with different indices")
    void twoCycles_allPass() {
        Model.check(() -> {
            Barrier barrier = barrier(2, null);
            int[] mine = new int[2];
            int[] theirs = new int[2];
            Thread other = start(() -> {
                theirs[0] = await(barrier);
                theirs[1] = await(barrier);
            });
            mine[0] = await(barrier);
            mine[1] = await(barrier);
            join(other);
            expect(mine[0] + theirs[0] == 1 && mine[1] + theirs[1] == 1, "indices are not 0 and 1");
            expect(barrier.waiting() == 0 && !barrier.isBroken(), "the barrier is not as new");
        });
    }

    @Test
    @DisplayName("Three threads at a barrier of two: a fast one comes back while a slow one leaves")
    void fastThreadComesBack_cyclesStayApart() {
        Model.check(() -> {
            Barrier barrier = barrier(2, null);
            AtomicInteger arrivals = new AtomicInteger(4);
            AtomicInteger sum = new AtomicInteger();
            Model.Body party = () -> {
                while (arrivals.getAndDecrement() > 0) {
                    sum.addAndGet(await(barrier));
                }
            };
            Thread first = start(party);
            Thread second = start(party);
            party.run();
            join(first, second);
            expect(sum.get() == 2, "the indices of two cycles are not 0, 0, 1, 1");
            expect(barrier.waiting() == 0 && !barrier.isBroken(), "the barrier is not as new");
        });
    }

    @Test
    @DisplayName("An abort against the last party: the cycle is met by both or by none")
    void abort_againstTheLastParty() {
        Model.check(() -> {
            Barrier barrier = barrier(2, null);
            int[] theirs = new int[1];
            Thread other = start(() -> theirs[0] = await(barrier));
            Thread aborter = start(barrier::abort);
            int mine = await(barrier);
            join(other, aborter);
            expect((mine == BROKEN) == (theirs[0] == BROKEN), "met by one: " + mine + ", " + theirs[0]);
            expect(barrier.isBroken() && barrier.waiting() == 0, "the barrier is not broken");
        });
    }

    @Test
    @DisplayName("An abort and a reset against two parties: the cycle is met by both or by none")
    void abortThenReset_againstBothParties() {
        Model.check(() -> {
            Barrier barrier = barrier(2, null);
            int[] theirs = new int[1];
            Thread other = start(() -> theirs[0] = awaitUntilMet(barrier));
            Thread mender = start(() -> {
                barrier.abort();
                barrier.reset();
            });
            int mine = awaitUntilMet(barrier);
            join(other, mender);
            expect(mine + theirs[0] == 1, "indices " + mine + " and " + theirs[0]);
            expect(!barrier.isBroken() && barrier.waiting() == 0, "the barrier is not as new");
        });
    }

    private static int awaitUntilMet(Barrier barrier) {
        int index;
        do {
            while (barrier.isBroken()) {
                Thread.yield();
            }
            index = await(barrier);
        } while (index == BROKEN);
        return index;
    }

    @Test
    @DisplayName("A reset against two parties: a cycle is met by both or by none, and the barrier is never seen broken")
    void reset_againstBothParties() {
        Model.check(() -> {
            Barrier barrier = barrier(2, null);
            int[] theirs = new int[1];
            int[] broken = new int[2];
            Thread other = start(() -> {
                while ((theirs[0] = await(barrier)) == BROKEN) {
                    broken[0]++;
                }
            });
            Thread resetter = start(barrier::reset);
            int mine;
            while ((mine = await(barrier)) == BROKEN) {
                broken[1]++;
            }
            join(other, resetter);
            expect(mine + theirs[0] == 1, "indices " + mine + " and " + theirs[0]);
            expect(broken[0] + broken[1] <= 1, "one reset has broken more than the one who waited");
            expect(!barrier.isBroken() && barrier.waiting() == 0, "the barrier is not as new");
        });
    }

    @Test
    @DisplayName("Planted bug: a reset that moves the generation on lets a party through alone")
    void resetByGenerationAlone_isFound() {
        assertThatThrownBy(() -> Model.check(() -> {
                    GenerationBarrier barrier = new GenerationBarrier();
                    AtomicInteger passed = new AtomicInteger();
                    Thread first = start(() -> {
                        barrier.await();
                        passed.incrementAndGet();
                    });
                    while (barrier.arrivals.get() == 0) {
                        Thread.yield();
                    }
                    barrier.reset();
                    join(first);
                    expect(passed.get() == 0, "passed alone");
                }))
                .isInstanceOf(LincheckAssertionError.class);
    }

    /** Planted bug: a barrier of two that knows no more of a cycle than whether it is over. */
    private static final class GenerationBarrier {
        final AtomicInteger arrivals = new AtomicInteger(); // odd: one is there
        final WaitQueue queue = WaitQueue.broadcast(this, new SemaphoreParker());

        void await() {
            int s = arrivals.getAndIncrement();
            if ((s & 1) == 1) {
                queue.signalAll();
                return;
            }
            queue.awaitUninterruptibly(new WaitQueue.Waiter() {
                @Override
                protected boolean attempt() {
                    return arrivals.get() != s + 1;
                }

                @Override
                protected boolean more() {
                    return false;
                }
            });
        }

        void reset() {
            arrivals.updateAndGet(s -> s + (s & 1));
            queue.signalAll();
        }
    }

    @Test
    @DisplayName("An interrupt against the last party: both pass, or one is interrupted and the other broken")
    void interrupt_againstTheLastParty() {
        Model.check(() -> {
            Barrier barrier = barrier(2, null);
            int[] theirs = new int[1];
            boolean[] pending = new boolean[1];
            Thread other = start(() -> {
                theirs[0] = await(barrier);
                pending[0] = Thread.interrupted();
            });
            other.interrupt();
            int mine = await(barrier);
            join(other);
            if (theirs[0] == INTERRUPTED) {
                expect(mine == BROKEN && barrier.isBroken() && !pending[0], "one left, the other got " + mine);
            } else {
                expect(mine + theirs[0] == 1 && pending[0] && !barrier.isBroken(), "the interrupt got lost");
            }
        });
    }

    @Test
    @DisplayName("The action runs once before anybody goes on; an abort while it runs breaks the cycle for both")
    void action_againstAbort() {
        Model.check(() -> {
            AtomicInteger runs = new AtomicInteger();
            Barrier barrier = barrier(2, runs::incrementAndGet);
            int[] theirs = new int[1];
            Thread other = start(() -> {
                theirs[0] = await(barrier);
                expect(theirs[0] == BROKEN || runs.get() == 1, "went on before the action");
            });
            Thread aborter = start(barrier::abort);
            int mine = await(barrier);
            join(other, aborter);
            expect((mine == BROKEN) == (theirs[0] == BROKEN), "met by one: " + mine + ", " + theirs[0]);
            expect(mine == BROKEN || runs.get() == 1, "the action ran " + runs.get() + " times");
        });
    }

    @Test
    @DisplayName("A thread that comes while the action runs waits for its end")
    void action_againstANewcomer() {
        Model.check(() -> {
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger runs = new AtomicInteger();
            Barrier barrier = barrier(1, () -> {
                expect(inside.incrementAndGet() == 1, "two actions at once");
                runs.incrementAndGet();
                inside.decrementAndGet();
            });
            Thread other = start(() -> expect(await(barrier) == 0, "not the first of one"));
            expect(await(barrier) == 0, "not the first of one");
            join(other);
            expect(runs.get() == 2, "the action ran " + runs.get() + " times");
        });
    }
}
