// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Waiters and signals of processes, one of which is killed between any two of its writes. */
class WaiterTableTest {

    /** The one who is killed. */
    private static final long VICTIM = 11L;

    private static final long OTHER = 22L;
    private static final long THIRD = 33L;

    private SharedMemory memory;
    private Mortal processes;
    private WaiterTable other;
    private WaiterTable third;

    @BeforeEach
    void makeMemory() throws Exception {
        memory = SharedMemory.create(WaiterTable.BYTES);
        processes = new Mortal();
        other = table(OTHER);
        third = table(THIRD);
    }

    @AfterEach
    void giveMemoryBack() {
        memory.close();
    }

    private WaiterTable table(long identity) {
        return new WaiterTable(memory.longs(), identity, processes.alive());
    }

    private WaiterTable victim() {
        Mortal mortal = processes;
        return new WaiterTable(memory.longs(), VICTIM, processes.alive()) {
            @Override
            void write(int index, long value) {
                mortal.step();
                super.write(index, value);
            }
        };
    }

    /** What a waiting thread does now and then. */
    private static void passOn(WaiterTable table) {
        table.bury(table.deadAmongChosen());
    }

    /** Kills the process before each write of an action, and at last after the action; each time checks what is left. */
    private void killAtEachStep(int writes, Runnable preparation, Consumer<WaiterTable> action, Consumer<Boolean> check)
            throws Exception {
        int seen = 0;
        boolean through;
        do {
            giveMemoryBack();
            makeMemory();
            preparation.run();
            through = processes.lives(seen, () -> action.accept(victim()));
            processes.kill(VICTIM);
            check.accept(through);
            if (!through) {
                seen++;
            }
        } while (!through);
        assertThat(seen).as("writes of the action").isEqualTo(writes);
    }

    // ---- nobody dies ----

    @Test
    void signal_choosesTheOldest_alsoIfItHasALaterRow() {
        int first = other.enter();
        int second = third.enter();
        int last = other.enter();
        other.signal();
        assertThat(chosen(first, second, last)).containsExactly(first);
        other.consume(first);
        int newcomer = third.enter();
        assertThat(newcomer).as("the row that became free").isEqualTo(first);
        assertThat(chosen(newcomer, second, last)).isEmpty();
        other.signal();
        assertThat(chosen(newcomer, second, last)).containsExactly(second);
        other.signal();
        assertThat(chosen(newcomer, second, last)).containsExactly(second, last);
        other.signal();
        assertThat(chosen(newcomer, second, last)).containsExactly(newcomer, second, last);
        other.signal(); // for nobody
        assertThat(other.waiting()).isZero();
    }

    @Test
    void signalAll_choosesThoseWhoWait_andNobodyWhoComesLater() {
        int first = other.enter();
        int second = third.enter();
        other.signalAll();
        int newcomer = other.enter();
        assertThat(chosen(first, second, newcomer)).containsExactly(first, second);
        assertThat(other.waiting()).isOne();
    }

    @Test
    void leaver_takesItsRowAway_unlessItHasBeenChosen() {
        int first = other.enter();
        int second = third.enter();
        assertThat(other.leave(first)).isFalse();
        other.signal();
        assertThat(chosen(second)).containsExactly(second);
        assertThat(third.leave(second)).isTrue();
        third.consume(second);
        assertThat(other.waiting()).isZero();
        assertThat(other.enter()).isZero();
    }

    @Test
    void chosenOne_thatWithdraws_passesTheSignalOn() {
        int first = other.enter();
        int second = third.enter();
        other.signal();
        other.withdraw(first);
        assertThat(chosen(second)).containsExactly(second);
        third.withdraw(second); // nobody is left
        assertThat(other.waiting()).isZero();
    }

    @Test
    void moreWaitersThanRows_areRefused_untilARowIsFree() {
        for (int i = 0; i < WaiterTable.ROWS; i++) {
            assertThat((i == 7 ? table(VICTIM) : other).enter()).isEqualTo(i);
        }
        assertThat(other.enter()).isNegative();
        assertThat(other.waiting()).isEqualTo(WaiterTable.ROWS);
        processes.kill(VICTIM);
        assertThat(other.deadAmongChosen()).isEmpty();
        long[] dead = other.dead();
        assertThat(dead).containsExactly(VICTIM);
        other.bury(dead);
        assertThat(third.enter()).isEqualTo(7);
        assertThat(third.enter()).isNegative();
    }

    // ---- a waiter dies ----

    @Test
    void killedAsItEnters_itsSignalGoesToTheNext() throws Exception {
        List<Integer> waiter = new ArrayList<>();
        killAtEachStep(4, () -> {}, WaiterTable::enter, through -> {
            waiter.clear();
            waiter.add(third.enter());
            other.signal();
            passOn(third);
            assertThat(third.isChosen(waiter.get(0))).isTrue();
            third.consume(waiter.get(0));
            assertEmpty();
        });
    }

    @Test
    void killedAsItLeaves_itsSignalGoesToTheNext() throws Exception {
        int[] row = new int[2];
        killAtEachStep(
                1,
                () -> {
                    row[0] = table(VICTIM).enter();
                    row[1] = third.enter();
                },
                victim -> victim.leave(row[0]),
                through -> {
                    other.signal();
                    passOn(third);
                    assertThat(third.isChosen(row[1])).isTrue();
                    third.consume(row[1]);
                    assertEmpty();
                });
    }

    @Test
    void killedAsItComesBack_itsSignalGoesToTheNext_unlessItWasBack() throws Exception {
        int[] row = new int[2];
        killAtEachStep(
                1,
                () -> {
                    row[0] = table(VICTIM).enter();
                    row[1] = third.enter();
                    other.signal();
                },
                victim -> victim.consume(row[0]),
                through -> {
                    passOn(third);
                    assertThat(third.isChosen(row[1])).isEqualTo(!through);
                });
    }

    @Test
    void signalOfTheDead_goesToNobodyWhoCameAfterIt() {
        table(VICTIM).enter();
        int withdrawn = third.enter();
        other.signal();
        assertThat(third.leave(withdrawn)).isFalse();
        int late = third.enter();
        processes.kill(VICTIM);
        passOn(third);
        assertThat(third.isChosen(late)).isFalse();
        assertThat(third.waiting()).isOne();
        assertThat(third.deadAmongChosen()).isEmpty();
    }

    @Test
    void signalsOfSeveralDead_goToAsManyOfTheLiving() {
        table(VICTIM).enter();
        table(44L).enter();
        int first = other.enter();
        table(VICTIM).enter();
        int second = third.enter();
        int last = other.enter();
        other.signal();
        other.signal();
        processes.kill(VICTIM);
        processes.kill(44L);
        assertThat(other.deadAmongChosen()).containsExactlyInAnyOrder(VICTIM, 44L);
        passOn(other);
        assertThat(chosen(first, second, last)).containsExactly(first, second);
        other.signal();
        assertThat(chosen(first, second, last)).containsExactly(first, second, last);
    }

    // ---- one that signals, or passes on, dies ----

    @Test
    void killedAsItSignals_itHasOrHasNot() throws Exception {
        int[] row = new int[2];
        killAtEachStep(
                1,
                () -> {
                    row[0] = other.enter();
                    row[1] = third.enter();
                },
                WaiterTable::signal,
                through -> {
                    assertThat(other.isChosen(row[0])).isEqualTo(through);
                    assertThat(third.isChosen(row[1])).isFalse();
                });
    }

    @Test
    void killedAsItSignalsAll_itHasReachedTheFirst() throws Exception {
        int[] row = new int[2];
        killAtEachStep(
                2,
                () -> {
                    row[0] = other.enter();
                    row[1] = third.enter();
                },
                WaiterTable::signalAll,
                through -> {
                    assertThat(third.isChosen(row[1])).isEqualTo(through);
                    other.signalAll();
                    assertThat(chosen(row[0], row[1])).containsExactly(row[0], row[1]);
                });
    }

    @Test
    void killedAsItPassesOn_theSignalIsNotLost() throws Exception {
        int[] row = new int[2];
        killAtEachStep(
                2,
                () -> {
                    table(44L).enter();
                    row[0] = other.enter();
                    row[1] = third.enter();
                    other.signal();
                    processes.kill(44L);
                },
                victim -> victim.bury(victim.deadAmongChosen()),
                through -> {
                    passOn(third);
                    assertThat(other.isChosen(row[0])).isTrue();
                    assertThat(other.deadAmongChosen()).isEmpty();
                });
    }

    private void assertEmpty() {
        other.bury(other.dead());
        assertThat(other.waiting()).isZero();
        int row = other.enter();
        assertThat(row).isZero();
        assertThat(other.isChosen(row)).isFalse();
    }

    private List<Integer> chosen(int... rows) {
        List<Integer> chosen = new ArrayList<>();
        for (int row : rows) {
            if (other.isChosen(row)) {
                chosen.add(row);
            }
        }
        return chosen;
    }
}
