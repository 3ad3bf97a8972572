// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.headway4j.processes.PermitTable.Taking;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The permits of processes, one of which is killed between any two of its writes. */
class PermitTableTest {

    private static final int BOUND = 10;

    /** The one who is killed. */
    private static final long VICTIM = 11L;

    private static final long OTHER = 22L;
    private static final long THIRD = 33L;

    private SharedMemory memory;
    private Mortal processes;

    @BeforeEach
    void makeMemory() throws Exception {
        memory = SharedMemory.create(PermitTable.BYTES);
        processes = new Mortal();
    }

    @AfterEach
    void giveMemoryBack() {
        memory.close();
    }

    private PermitTable table(long identity) {
        return table(identity, BOUND);
    }

    private PermitTable table(long identity, int bound) {
        return new PermitTable(memory.longs(), bound, identity, processes.alive());
    }

    private PermitTable victim() {
        Mortal mortal = processes;
        return new PermitTable(memory.longs(), BOUND, VICTIM, processes.alive()) {
            @Override
            void write(int index, long value) {
                mortal.step();
                super.write(index, value);
            }
        };
    }

    /**
     * Kills the process before each write of an action, in the state that the preparation makes; each time the permits
     * that are out are as before the action or as after it, and those of the living stay when the dead lose theirs.
     *
     * @param between whether an action that was cut short may have done a part
     */
    private void killAtEachStep(int writes, boolean between, Runnable preparation, Consumer<PermitTable> action)
            throws Exception {
        preparation.run();
        long before = table(OTHER).out();
        processes.lives(Integer.MAX_VALUE, () -> action.accept(victim()));
        long after = table(OTHER).out();
        int seen = 0;
        boolean through;
        do {
            giveMemoryBack();
            makeMemory();
            preparation.run();
            through = processes.lives(seen, () -> action.accept(victim()));
            long now = table(OTHER).out();
            if (between) {
                assertThat(now).isBetween(Math.min(before, after), Math.max(before, after));
            } else {
                assertThat(now).isIn(before, after);
            }
            processes.kill(VICTIM);
            theLivingGoOn();
            if (!through) {
                seen++;
            }
        } while (!through);
        assertThat(seen).as("writes of the action").isEqualTo(writes);
        giveMemoryBack();
        makeMemory();
    }

    /** The dead lose what they have; the others have what they had, and can get all the rest and no more. */
    private void theLivingGoOn() {
        PermitTable other = table(OTHER);
        PermitTable third = table(THIRD);
        other.strip(other.deadHolders());
        assertThat(other.deadHolders()).isEmpty();
        assertThat(table(VICTIM).ownPermits()).isZero();
        long living = other.ownPermits() + third.ownPermits();
        assertThat(other.out()).isEqualTo(living);
        int rest = (int) (BOUND - living);
        assertThat(other.take(rest + 1)).isEqualTo(Taking.SHORT);
        assertThat(other.take(rest)).isEqualTo(Taking.TAKEN);
        assertThat(third.take(1)).isEqualTo(Taking.SHORT);
        other.giveBack(BOUND);
        assertThatIllegalStateException().isThrownBy(() -> other.giveBack(1));
        assertThat(third.take(BOUND)).isEqualTo(Taking.TAKEN);
    }

    @Test
    void killedInAFirstAcquire() throws Exception {
        killAtEachStep(2, false, () -> {}, victim -> victim.take(3));
        killAtEachStep(2, false, () -> table(OTHER).take(2), victim -> victim.take(3));
    }

    @Test
    void killedInAnAcquire_whichTakesOverARow() throws Exception {
        killAtEachStep(
                2,
                false,
                () -> {
                    table(THIRD).take(2);
                    table(OTHER).take(4);
                    table(THIRD).giveBack(2);
                },
                victim -> victim.take(3));
    }

    @Test
    void killedInAFurtherAcquire() throws Exception {
        killAtEachStep(1, false, () -> table(VICTIM).take(2), victim -> victim.take(3));
    }

    @Test
    void killedInARelease_ofItsOwn() throws Exception {
        killAtEachStep(1, false, () -> table(VICTIM).take(4), victim -> victim.giveBack(3));
    }

    @Test
    void killedInARelease_ofWhatOthersHave_partly() throws Exception {
        killAtEachStep(
                3,
                true,
                () -> {
                    table(OTHER).take(3);
                    table(VICTIM).take(2);
                    table(THIRD).take(4);
                },
                victim -> victim.giveBack(6));
    }

    @Test
    void killedWhileItStripsAnotherOne() throws Exception {
        killAtEachStep(
                1,
                false,
                () -> {
                    table(44L).take(3);
                    table(OTHER).take(2);
                    processes.kill(44L);
                },
                victim -> victim.strip(victim.deadHolders()));
    }

    @Test
    void release_takesFirstFromItsOwnProcess() {
        table(OTHER).take(3);
        table(THIRD).take(3);
        table(THIRD).giveBack(2);
        assertThat(table(OTHER).ownPermits()).isEqualTo(3);
        assertThat(table(THIRD).ownPermits()).isEqualTo(1);
        table(THIRD).giveBack(3);
        assertThat(table(OTHER).ownPermits()).isEqualTo(1);
        assertThat(table(THIRD).ownPermits()).isZero();
        assertThatIllegalStateException()
                .isThrownBy(() -> table(OTHER).giveBack(2))
                .withMessageContaining("2 permit(s) while 1 of 10 are out");
        assertThat(table(OTHER).out()).isEqualTo(1);
    }

    /** Its row may have gone to somebody else: it must not count on the row that it had. */
    @Test
    void processThatHasNothing_losesItsRow_andGetsAnother() {
        PermitTable other = table(OTHER);
        other.take(1);
        other.giveBack(1);
        PermitTable third = table(THIRD);
        assertThat(third.take(2)).isEqualTo(Taking.TAKEN);
        assertThat(other.ownPermits()).isZero();
        assertThat(other.take(3)).isEqualTo(Taking.TAKEN);
        assertThat(third.ownPermits()).isEqualTo(2);
        assertThat(other.ownPermits()).isEqualTo(3);
        assertThat(other.out()).isEqualTo(5);
    }

    @Test
    void moreHoldersThanRows_areRefused_untilOneHasNothing() {
        int bound = 2 * PermitTable.ROWS;
        for (int i = 1; i <= PermitTable.ROWS; i++) {
            assertThat(table(1_000L + i, bound).take(1)).isEqualTo(Taking.TAKEN);
        }
        PermitTable late = table(1L, bound);
        assertThat(late.take(1)).isEqualTo(Taking.NO_ROW);
        assertThat(late.out()).isEqualTo(PermitTable.ROWS);
        assertThat(table(1_000L + PermitTable.ROWS, bound).take(1)).isEqualTo(Taking.TAKEN);
        processes.kill(1_007L);
        long[] dead = late.deadHolders();
        assertThat(dead).containsExactly(1_007L);
        assertThat(late.strip(dead)).isTrue();
        assertThat(late.strip(dead)).isFalse();
        assertThat(late.take(1)).isEqualTo(Taking.TAKEN);
        assertThat(late.out()).isEqualTo(PermitTable.ROWS + 1);
    }

    @Test
    void manyPermits_doNotOverflow() {
        PermitTable other = table(OTHER, Integer.MAX_VALUE);
        assertThat(other.take(Integer.MAX_VALUE)).isEqualTo(Taking.TAKEN);
        assertThat(other.take(Integer.MAX_VALUE)).isEqualTo(Taking.SHORT);
        other.giveBack(Integer.MAX_VALUE);
        assertThat(other.out()).isZero();
    }
}
