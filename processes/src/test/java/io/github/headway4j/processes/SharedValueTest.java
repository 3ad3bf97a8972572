// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.primitives.Held;
import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** One number that processes share. */
class SharedValueTest {

    @Test
    void aLong() throws Exception {
        try (SharedValue value = SharedValue.create(5L)) {
            assertThat(value.get()).isEqualTo(5);
            value.set(7);
            assertThat(value.getAndAdd(3)).isEqualTo(7);
            assertThat(value.addAndGet(-1)).isEqualTo(9);
            assertThat(value.update(x -> x * x)).isEqualTo(81);
            assertThat(value).asString().isEqualTo("SharedValue[81]");
            assertThatThrownBy(value::getDouble)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("expected a double");
            assertThatThrownBy(() -> value.setDouble(1)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> value.updateDouble(x -> x)).isInstanceOf(IllegalStateException.class);
            assertThat(value.get()).isEqualTo(81);
        }
    }

    @Test
    void aDouble() throws Exception {
        try (SharedValue value = SharedValue.createDouble(0.5)) {
            assertThat(value.getDouble()).isEqualTo(0.5);
            value.setDouble(2);
            assertThat(value.updateDouble(x -> x / 8)).isEqualTo(0.25);
            assertThat(value).asString().isEqualTo("SharedValue[0.25]");
            assertThatThrownBy(value::get)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("expected a long");
            assertThatThrownBy(() -> value.set(1)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> value.addAndGet(1)).isInstanceOf(IllegalStateException.class);
            assertThat(value.getDouble()).isEqualTo(0.25);
        }
    }

    @EachThreadKind
    void hold_makesSeveralStepsOne(ThreadKind kind) throws Exception {
        try (SharedValue value = SharedValue.create(0);
                TestThreads threads = new TestThreads(kind)) {
            TestThread<Long> other;
            try (Held held = value.hold()) {
                other = threads.start("other", () -> value.addAndGet(1));
                other.awaitParked(value.lock().core());
                value.set(value.get() + 10);
                assertThat(value.addAndGet(1)).isEqualTo(11);
                assertThat(value.tryHold()).isNull();
                assertThat(value.tryHold(Duration.ZERO)).isNull();
            }
            other.join();
            assertThat(value.get()).isEqualTo(12);
            try (Held held = value.holdInterruptibly()) {
                assertThat(value).asString().contains("held by process");
            }
        }
    }

    @Test
    void functionThatThrows_changesNothing() throws Exception {
        try (SharedValue value = SharedValue.create(1)) {
            assertThatThrownBy(() -> value.update(x -> Math.toIntExact(x << 40)))
                    .isInstanceOf(ArithmeticException.class);
            assertThat(value.lock().isLocked()).isFalse();
            assertThat(value.get()).isEqualTo(1);
            assertThatThrownBy(() -> value.update(null)).isInstanceOf(NullPointerException.class);
        }
    }

    @Test
    void closed_isRefused() throws Exception {
        SharedValue value = SharedValue.create(1);
        value.close();
        value.close();
        assertThatThrownBy(value::get).isInstanceOf(IllegalStateException.class);
        assertThat(value).asString().contains("closed");
    }

    @Test
    void killedHolder_leavesTheValueAndTells() throws Exception {
        try (SharedValue value = SharedValue.create(1);
                OtherJvm other = OtherJvm.start(talk -> {
                    Held held = value.hold();
                    value.set(2);
                    talk.say(held);
                    talk.hear();
                })) {
            assertThat(other.line()).startsWith("hold on SharedLock");
            other.kill();
            try (Held held = value.hold()) {
                assertThat(value.lock().wasAbandoned()).isTrue();
                assertThat(value.get()).isEqualTo(2);
            }
        }
    }
}
