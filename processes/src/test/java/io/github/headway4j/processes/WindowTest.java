// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.headway4j.testing.Rounds;
import io.github.headway4j.testing.ThreadKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The window is what makes a task run exactly once: all interleavings of a pool and two workers. A worker that dies is
 * one that does no more from some step on, so that is among them.
 */
class WindowTest {

    private static final int SLOTS = 2;
    private static final int MANY = 1 << 14;

    private static Window window(int slots) {
        return new Window(ByteBuffer.allocateDirect(Window.bytes(slots)).order(ByteOrder.nativeOrder()), 0, slots);
    }

    /**
     * A pool that sends three tasks to worker 0, takes back what it can, gives that to worker 1, and sends further tasks
     * to both. A step is one access of the window, so the merges of the steps are all that can happen.
     */
    private static final class World {
        final Window[] windows;

        /** The tasks by worker and number, as the messages have them. */
        final List<List<Integer>> messages = List.of(new ArrayList<>(), new ArrayList<>());

        /** Where the pool believes each task to be, as {worker, number}; null if it has it itself. */
        final int[][] places = new int[5][];

        final int[] runs = new int[5];
        final int[] read = {0, 0};

        World(ByteBuffer memory) {
            for (int i = 0; i < memory.capacity(); i += Long.BYTES) {
                memory.putLong(i, 0L);
            }
            windows = new Window[] {new Window(memory, 0, SLOTS), new Window(memory, Window.bytes(SLOTS), SLOTS)};
        }

        void send(int worker, int task) {
            int number = messages.get(worker).size();
            if (number >= SLOTS && !isOver(worker, number - SLOTS)) {
                return; // no room: the pool keeps it
            }
            windows[worker].offer(number);
            messages.get(worker).add(task);
            places[task] = new int[] {worker, number};
        }

        /** Whether the pool has the result of the number, or has withdrawn it. */
        private boolean isOver(int worker, int number) {
            int task = messages.get(worker).get(number);
            int[] place = places[task];
            return runs[task] > 0 || place == null || place[0] != worker || place[1] != number;
        }

        void withdraw(int worker, int task) {
            int[] place = places[task];
            if (place != null && place[0] == worker && windows[worker].withdraw(place[1])) {
                places[task] = null;
            }
        }

        void sendUnlessSent(int worker, int task) {
            if (places[task] == null) {
                send(worker, task);
            }
        }

        /** The worker's next message; false if there is none. */
        boolean work(int worker) {
            if (read[worker] == messages.get(worker).size()) {
                return false;
            }
            int number = read[worker]++;
            if (windows[worker].begin(number)) {
                runs[messages.get(worker).get(number)]++;
            }
            return true;
        }

        /** Both workers end as they are; what was not begun is the pool's again. */
        void settle() {
            for (int task = 0; task < places.length; task++) {
                int[] place = places[task];
                boolean withdrawn = place == null || windows[place[0]].withdraw(place[1]);
                assertThat(runs[task]).as("runs of task %d in %s", task, this).isEqualTo(withdrawn ? 0 : 1);
                if (place != null && place[1] + SLOTS >= messages.get(place[0]).size()) { // its place is not used again
                    assertThat(windows[place[0]].hasBegun(place[1])).isEqualTo(!withdrawn);
                }
            }
        }

        @Override
        public String toString() {
            return "runs " + Arrays.toString(runs) + " places " + Arrays.deepToString(places);
        }
    }

    /** The steps of the pool, one after the other. */
    private static void pool(World world, int step) {
        switch (step) {
            case 0:
                world.send(0, 0);
                break;
            case 1:
                world.send(0, 1);
                break;
            case 2:
                world.withdraw(0, 0);
                break;
            case 3:
                world.withdraw(0, 1);
                break;
            case 4:
                world.sendUnlessSent(1, 1);
                break;
            case 5:
                world.sendUnlessSent(0, 2); // in the place of 0 if that is over
                break;
            case 6:
                world.sendUnlessSent(0, 3);
                break;
            case 7:
                world.withdraw(0, 2);
                break;
            case 8:
                world.sendUnlessSent(1, 0);
                break;
            default:
                world.sendUnlessSent(1, 4);
        }
    }

    private static final int POOL_STEPS = 10;

    private final ByteBuffer memory =
            ByteBuffer.allocateDirect(2 * Window.bytes(SLOTS)).order(ByteOrder.nativeOrder());

    /** How many merges there were. */
    private int merges;

    /** Plays one merge, and then all that begin with it: 0 is a step of the pool, 1 and 2 are steps of the workers. */
    private void explore(List<Integer> merge, int poolSteps) {
        World world = new World(memory);
        int step = 0;
        boolean possible = true;
        for (int who : merge) {
            if (who == 0) {
                pool(world, step++);
            } else {
                possible = world.work(who - 1);
            }
        }
        if (!possible) {
            return; // there is no message for this step
        }
        merges++;
        world.settle();
        for (int who = 0; who <= 2; who++) {
            if (who > 0 || poolSteps < POOL_STEPS) {
                merge.add(who);
                explore(merge, who == 0 ? poolSteps + 1 : poolSteps);
                merge.remove(merge.size() - 1);
            }
        }
    }

    @Test
    void inAllInterleavings_eachTaskRunsOnce_orIsThePools() {
        explore(new ArrayList<>(), 0);
        assertThat(merges).isGreaterThan(10_000);
    }

    @Test
    void beginAndWithdraw_atTheSameTime_exactlyOneSucceeds() {
        final class Contest {
            final Window window = window(MANY);
            final BitSet begun = new BitSet(MANY);
            final BitSet withdrawn = new BitSet(MANY);
            final AtomicInteger arrived = new AtomicInteger();

            /** Returns when both are at the task. */
            void meet(int task) {
                arrived.getAndIncrement();
                for (int looks = 0; arrived.get() < 2 * (task + 1); looks++) {
                    if (looks > 1_000) {
                        Thread.yield();
                    }
                }
            }

            Contest() {
                for (int i = 0; i < MANY; i++) {
                    window.offer(i);
                }
            }
        }
        Rounds.of(30, Contest::new)
                .body("worker", contest -> {
                    for (int i = 0; i < MANY; i++) {
                        contest.meet(i);
                        contest.begun.set(i, contest.window.begin(i));
                    }
                })
                .body("pool", contest -> {
                    for (int i = 0; i < MANY; i++) {
                        contest.meet(i);
                        contest.withdrawn.set(i, contest.window.withdraw(i));
                    }
                })
                .check(contest -> {
                    BitSet both = (BitSet) contest.begun.clone();
                    both.and(contest.withdrawn);
                    assertThat(both.cardinality()).isZero();
                    contest.begun.or(contest.withdrawn);
                    assertThat(contest.begun.cardinality()).isEqualTo(MANY);
                })
                .run(ThreadKind.PLATFORM);
    }

    @Test
    void number_thatWasWithdrawn_isNotTakenForTheOneInItsPlace() {
        Window window = window(4);
        window.offer(1);
        assertThat(window.withdraw(1)).isTrue();
        window.offer(5);
        assertThat(window.begin(1)).isFalse();
        assertThat(window.withdraw(1)).isFalse();
        assertThat(window.hasBegun(1)).isFalse();
        assertThat(window.begin(5)).isTrue();
        assertThat(window.hasBegun(5)).isTrue();
        assertThat(window.begin(5)).isFalse();
    }

    @Test
    void slots_thatAreNoPowerOfTwo_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> window(3))
                .withMessage("slots: 3; expected a power of two");
    }
}
