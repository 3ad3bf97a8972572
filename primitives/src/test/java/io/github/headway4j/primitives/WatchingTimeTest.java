// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The time that a thread looks again before it parks is part of its time-out. */
class WatchingTimeTest {

    private static final Duration TIME = Duration.ofMillis(20);

    /** Takes all the time when it is first asked, which is before the looking begins. */
    private static final class SlowParker implements Parker {
        private boolean asked;
        private int parks;

        @Override
        public boolean spins() {
            long start = System.nanoTime();
            while (!asked && System.nanoTime() - start <= TIME.toNanos()) {
                Thread.onSpinWait();
            }
            asked = true;
            return false;
        }

        @Override
        public void park(Object blocker) {
            throw new AssertionError("parked without a time");
        }

        @Override
        public void parkNanos(Object blocker, long nanos) {
            parks++;
        }

        @Override
        public void unpark(Thread thread) {}
    }

    private final SlowParker parker = new SlowParker();

    @Test
    void event_doesNotParkAfterwards() throws InterruptedException {
        assertThat(new Event(parker).await(TIME)).isFalse();
        assertThat(parker.parks).isZero();
    }

    @Test
    void barrier_doesNotParkAfterwards() {
        Barrier barrier = new Barrier(2, null, null, parker);
        assertThatThrownBy(() -> barrier.await(TIME)).isInstanceOf(TimeoutException.class);
        assertThat(parker.parks).isZero();
        assertThat(barrier.isBroken()).isTrue();
    }

    @Test
    void withoutTime_nobodyLooks() {
        Lookout lookout = new Lookout();
        int[] looks = new int[1];
        Gate gate = new Gate() {
            @Override
            boolean isOpen(long since) {
                return ++looks[0] > 0;
            }
        };
        assertThat(lookout.seesOpening(gate, 0L, true, 0L)).isFalse();
        assertThat(looks[0]).isZero();
        assertThat(lookout.seesOpening(gate, 0L, true, Long.MAX_VALUE)).isTrue();
        assertThat(looks[0]).isOne();
    }
}
