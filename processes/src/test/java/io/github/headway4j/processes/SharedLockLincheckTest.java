// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static io.github.headway4j.testing.Model.expect;
import static io.github.headway4j.testing.Model.join;
import static io.github.headway4j.testing.Model.start;

import io.github.headway4j.testing.Model;
import io.github.headway4j.testing.SemaphoreParker;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The word of {@link SharedLock} under every interleaving that the model checker tries. Each process is a core of its
 * own over the same words.
 */
class SharedLockLincheckTest {

    private static final long FIRST = 1L;
    private static final long SECOND = 2L;
    private static final long DEAD = 3L;

    private static LockCore process(long identity, LockWords words) {
        return new LockCore(words, identity, holder -> holder != DEAD, new SemaphoreParker());
    }

    @Test
    @DisplayName("Two processes try to take over from a dead one: exactly one does, and only it is told")
    void takeOver_exactlyOnce() {
        Model.check(() -> {
            Words words = new Words(DEAD);
            LockCore first = process(FIRST, words);
            LockCore second = process(SECOND, words);
            AtomicLong other = new AtomicLong();
            Thread thread = start(() -> other.set(second.tryTake()));
            long mine = first.tryTake();
            join(thread);
            expect((mine != LockCore.NONE) != (other.get() != LockCore.NONE), mine + " and " + other);
            LockCore holder = mine != LockCore.NONE ? first : second;
            LockCore loser = mine != LockCore.NONE ? second : first;
            expect(holder.isAbandoned() && !loser.isAbandoned(), "who was told");
            expect(holder.isHeldHere() && !loser.isHeldHere(), "who holds");
            expect(!loser.release(), "unlocked by a process that does not hold it");
            expect(holder.release() && words.holder() == ProcessIdentity.NONE, "not free after the unlock");
            expect(loser.tryTake() != LockCore.NONE && !loser.isAbandoned(), "told although nobody died");
        });
    }

    @Test
    @DisplayName("A take-over, an unlock and the next lock: nobody takes over from one that lives")
    void takeOver_thenUnlock_neverTwoInside() {
        Model.check(() -> {
            Words words = new Words(DEAD);
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger told = new AtomicInteger();
            Model.Body taking = () -> {
                LockCore core = process(Thread.currentThread().getName().equals("second") ? SECOND : FIRST, words);
                for (int i = 0; i < 2; i++) {
                    if (core.tryTake() != LockCore.NONE) {
                        expect(inside.incrementAndGet() == 1, "two inside");
                        if (core.isAbandoned()) {
                            told.incrementAndGet();
                        }
                        inside.decrementAndGet();
                        core.release();
                    }
                }
            };
            Thread thread = start(() -> {
                Thread.currentThread().setName("second");
                taking.run();
            });
            taking.run();
            join(thread);
            expect(told.get() == 1, told + " were told");
        });
    }

    @Test
    @DisplayName("Two processes that wait for each other: one inside at a time, both get through")
    void processes_exclude() {
        Model.check(() -> {
            Words words = new Words(ProcessIdentity.NONE);
            AtomicInteger inside = new AtomicInteger();
            LockCore first = process(FIRST, words);
            LockCore second = process(SECOND, words);
            Thread thread = start(() -> enter(second, inside));
            enter(first, inside);
            join(thread);
            expect(words.holder() == ProcessIdentity.NONE, first.toString());
        });
    }

    private static void enter(LockCore core, AtomicInteger inside) {
        long hold = core.take(null);
        expect(inside.incrementAndGet() == 1, "two inside");
        inside.decrementAndGet();
        expect(core.release(hold), "the hold was over");
    }

    @Test
    @DisplayName("Three threads of one process: one inside at a time, all get through")
    void threadsOfOneProcess_exclude() {
        Model.check(() -> {
            Words words = new Words(ProcessIdentity.NONE);
            LockCore core = process(FIRST, words);
            AtomicInteger inside = new AtomicInteger();
            Model.Body enter = () -> {
                long hold = core.take(null);
                expect(inside.incrementAndGet() == 1, "two inside");
                inside.decrementAndGet();
                expect(core.release(hold), "the hold was over");
                expect(!core.release(hold), "given back twice");
            };
            Thread first = start(enter);
            Thread second = start(enter);
            enter.run();
            join(first, second);
            expect(words.holder() == ProcessIdentity.NONE && core.waiting() == 0, core.toString());
        });
    }

    @Test
    @DisplayName("Two threads of one process wait while another process holds and unlocks: both get through")
    void threadsBehindAnotherProcess_getThrough() {
        Model.check(() -> {
            Words words = new Words(ProcessIdentity.NONE);
            LockCore other = process(SECOND, words);
            LockCore core = process(FIRST, words);
            expect(other.tryTake() != LockCore.NONE, "free at first");
            Model.Body enter = () -> {
                long hold = core.take(null);
                expect(core.release(hold), "the hold was over");
            };
            Thread first = start(enter);
            Thread second = start(enter);
            expect(other.release(), "held");
            join(first, second);
            expect(words.holder() == ProcessIdentity.NONE && core.waiting() == 0, core.toString());
        });
    }

    @Test
    @DisplayName("A watcher that is interrupted passes its office on")
    void watcherThatLeaves_isReplaced() {
        Model.check(() -> {
            Words words = new Words(ProcessIdentity.NONE);
            LockCore other = process(SECOND, words);
            LockCore core = process(FIRST, words);
            expect(other.tryTake() != LockCore.NONE, "free at first");
            Thread leaver = start(() -> {
                try {
                    core.release(core.takeInterruptibly(null));
                } catch (InterruptedException expected) {
                    expect(!core.isHeldHere(), "left with the lock");
                }
            });
            Thread stayer = start(() -> core.release(core.take(null)));
            leaver.interrupt();
            join(leaver);
            expect(other.release(), "held"); // which nobody tells the threads of the first process
            join(stayer);
            expect(words.holder() == ProcessIdentity.NONE && core.waiting() == 0, core.toString());
        });
    }

    /** Words in memory that the checker knows. */
    private static final class Words extends LockWords {
        private final AtomicLong holder;
        private final AtomicLong asking = new AtomicLong();

        Words(long holder) {
            this.holder = new AtomicLong(holder);
        }

        @Override
        long holder() {
            return holder.get();
        }

        @Override
        boolean casHolder(long expected, long next) {
            return holder.compareAndSet(expected, next);
        }

        @Override
        void clearHolder() {
            holder.set(ProcessIdentity.NONE);
        }

        @Override
        long asking() {
            return asking.get();
        }

        @Override
        boolean casAsking(long expected, long next) {
            return asking.compareAndSet(expected, next);
        }

        @Override
        String place() {
            return "model";
        }
    }
}
