// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What {@link FailurePolicy} and {@link Overlap} say to schedulers. */
class FailurePolicyTest {

    private static final long MANY = 1_000_000_000_000L;

    @Test
    void limits_areOfFailuresInARow() {
        assertThat(FailurePolicy.reportAndContinue().endsAfter(MANY)).isFalse();
        assertThat(FailurePolicy.stop().endsAfter(1)).isTrue();
        assertThat(FailurePolicy.stopAfter(3).endsAfter(2)).isFalse();
        assertThat(FailurePolicy.stopAfter(3).endsAfter(3)).isTrue();
        assertThat(FailurePolicy.stopAfter(3).endsAfter(0)).isFalse();
        assertThat(FailurePolicy.backOff(Duration.ofSeconds(1), Duration.ofSeconds(1))
                        .endsAfter(MANY))
                .isFalse();
    }

    @Test
    void pauses_doubleUpToTheLongest() {
        FailurePolicy policy = FailurePolicy.backOff(Duration.ofNanos(3), Duration.ofNanos(20));
        assertThat(policy.pauseNanosAfter(1)).isEqualTo(3);
        assertThat(policy.pauseNanosAfter(2)).isEqualTo(6);
        assertThat(policy.pauseNanosAfter(3)).isEqualTo(12);
        assertThat(policy.pauseNanosAfter(4)).isEqualTo(20);
        assertThat(policy.pauseNanosAfter(MANY)).isEqualTo(20);
        assertThat(FailurePolicy.reportAndContinue().pauseNanosAfter(MANY)).isZero();
        assertThat(FailurePolicy.stopAfter(5).pauseNanosAfter(1)).isZero();
    }

    @Test
    void pauses_beyondTheEndOfTime_areAsLongAsCanBe() {
        Duration ever = Duration.ofSeconds(Long.MAX_VALUE);
        FailurePolicy policy = FailurePolicy.backOff(Duration.ofNanos(1), ever);
        assertThat(policy.pauseNanosAfter(63)).isEqualTo(1L << 62);
        assertThat(policy.pauseNanosAfter(64)).isPositive();
        assertThat(FailurePolicy.backOff(ever, ever).pauseNanosAfter(MANY)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void badNumbers_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FailurePolicy.stopAfter(0))
                .withMessageContaining("stopAfter(0)")
                .withMessageContaining("for example");
        Duration second = Duration.ofSeconds(1);
        for (Duration first : new Duration[] {Duration.ZERO, second.negated(), second.plusNanos(1)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> FailurePolicy.backOff(first, second))
                    .withMessageContaining("backOff(" + first + ", PT1S)")
                    .withMessageContaining("for example");
        }
        assertThatNullPointerException().isThrownBy(() -> FailurePolicy.backOff(null, second));
        assertThatNullPointerException().isThrownBy(() -> FailurePolicy.backOff(second, null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Overlap.parallel(0))
                .withMessageContaining("parallel(0)")
                .withMessageContaining("for example");
    }

    @Test
    void overlap_saysHowManyAtATime_andWhetherOthersWait() {
        assertThat(Overlap.SKIP.most()).isEqualTo(1);
        assertThat(Overlap.SKIP.queues()).isFalse();
        assertThat(Overlap.QUEUE.most()).isEqualTo(1);
        assertThat(Overlap.QUEUE.queues()).isTrue();
        assertThat(Overlap.parallel(4).most()).isEqualTo(4);
        assertThat(Overlap.parallel(4).queues()).isFalse();
    }

    @Test
    void texts_areAsTheyWereMade() {
        assertThat(FailurePolicy.reportAndContinue()).hasToString("reportAndContinue()");
        assertThat(FailurePolicy.stop()).hasToString("stop()");
        assertThat(FailurePolicy.stopAfter(3)).hasToString("stopAfter(3)");
        assertThat(FailurePolicy.backOff(Duration.ofSeconds(1), Duration.ofHours(1)))
                .hasToString("backOff(PT1S, PT1H)");
        assertThat(Overlap.SKIP).hasToString("SKIP");
        assertThat(Overlap.QUEUE).hasToString("QUEUE");
        assertThat(Overlap.parallel(2)).hasToString("parallel(2)");
    }
}
