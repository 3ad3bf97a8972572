// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Arrays of numbers in shared memory. */
class SharedArraysTest {

    private static final int ROUNDS = 300_000;

    private SharedMemory memory;

    @BeforeEach
    void open() throws Exception {
        memory = SharedMemory.create(8 * 5_000);
    }

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void longs_oneByOne() {
        LongArray longs = memory.longs(16, 4);
        assertThat(longs.length()).isEqualTo(4);
        longs.set(0, 1);
        longs.setRelease(1, 2);
        longs.setVolatile(2, Long.MIN_VALUE);
        assertThat(longs.get(0)).isEqualTo(1);
        assertThat(longs.getAcquire(1)).isEqualTo(2);
        assertThat(longs.getVolatile(2)).isEqualTo(Long.MIN_VALUE);
        assertThat(longs.getAndAdd(0, 5)).isEqualTo(1);
        assertThat(longs.addAndGet(0, -7)).isEqualTo(-1);
        assertThat(longs.compareAndSet(1, 3, 4)).isFalse();
        assertThat(longs.compareAndSet(1, 2, 4)).isTrue();
        assertThat(longs.toArray()).containsExactly(-1, 4, Long.MIN_VALUE, 0);
        assertThat(memory.longs().get(2)).as("16 bytes further on").isEqualTo(-1);
        assertThat(memory.longs().get(1)).isZero();
        assertThat(longs).asString().contains("4 at 16");
    }

    @Test
    void doubles_oneByOne() {
        DoubleArray doubles = memory.doubles(16, 4);
        assertThat(doubles.length()).isEqualTo(4);
        doubles.set(0, 1.5);
        doubles.setRelease(1, Double.NaN);
        doubles.setVolatile(2, -0.0);
        assertThat(doubles.get(0)).isEqualTo(1.5);
        assertThat(doubles.getAcquire(1)).isNaN();
        assertThat(doubles.getAndAdd(0, 0.25)).isEqualTo(1.5);
        assertThat(doubles.addAndGet(0, 0.25)).isEqualTo(2.0);
        assertThat(doubles.addAndGet(1, 1)).as("a sum of what equals nothing").isNaN();
        assertThat(doubles.compareAndSet(2, 0.0, 1)).isFalse();
        assertThat(doubles.compareAndSet(2, -0.0, 1)).isTrue();
        assertThat(doubles.compareAndSet(1, Double.NaN, 3)).isTrue();
        assertThat(doubles.toArray()).containsExactly(2, 3, 1, 0);
        assertThat(doubles.getVolatile(3)).isZero();
        assertThat(doubles).asString().contains("4 at 16");
    }

    @Test
    void longs_manyAtOnce() {
        LongArray longs = memory.longs();
        long[] numbers = LongStream.range(0, 5_000).toArray();
        longs.copyFrom(numbers);
        assertThat(longs.toArray()).isEqualTo(numbers);
        longs.copyFrom(10, new long[] {7, 8, 9}, 1, 2);
        long[] part = new long[4];
        longs.copyTo(9, part, 1, 3);
        assertThat(part).containsExactly(0, 9, 8, 9);
        longs.fill(-1);
        assertThat(longs.toArray()).containsOnly(-1);
        memory.longs(0, 0).fill(3);
        assertThat(longs.get(0)).isEqualTo(-1);
    }

    @Test
    void doubles_manyAtOnce() {
        DoubleArray doubles = memory.doubles();
        double[] numbers = DoubleStream.iterate(0, x -> x + 0.5).limit(5_000).toArray();
        doubles.copyFrom(numbers);
        assertThat(doubles.toArray()).isEqualTo(numbers);
        doubles.copyFrom(10, new double[] {7, 8, 9}, 1, 2);
        double[] part = new double[4];
        doubles.copyTo(9, part, 1, 3);
        assertThat(part).containsExactly(0, 4.5, 8, 9);
        doubles.fill(0.5);
        assertThat(doubles.toArray()).containsOnly(0.5);
    }

    @Test
    void badIndices_areRefused_evenIfTheMemoryGoesOn() {
        LongArray longs = memory.longs(8, 2);
        DoubleArray doubles = memory.doubles(8, 2);
        for (int index : new int[] {-1, 2, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> longs.get(index)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> longs.set(index, 1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> longs.getAndAdd(index, 1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> doubles.get(index)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> doubles.compareAndSet(index, 1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThatThrownBy(() -> longs.copyFrom(new long[3])).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> longs.copyFrom(1, new long[2], 0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> longs.copyTo(0, new long[1], 0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> doubles.copyTo(-1, new double[1], 0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> doubles.copyFrom(null)).isInstanceOf(NullPointerException.class);
        assertThat(memory.longs().toArray()).containsOnly(0);
    }

    @Test
    void array_thatWasSent_isTheSameNumbers() throws Exception {
        LongArray longs = memory.longs(8, 2);
        DoubleArray doubles = memory.doubles(24, 2);
        SharedMemoryTest.sent(longs, LongArray.class).set(1, 5);
        SharedMemoryTest.sent(doubles, DoubleArray.class).set(1, 0.5);
        assertThat(longs.get(1)).isEqualTo(5);
        assertThat(doubles.get(1)).isEqualTo(0.5);
    }

    @Test
    void atomicSteps_ofTwoProcesses_areNotLost() throws Exception {
        LongArray longs = memory.longs();
        DoubleArray doubles = memory.doubles();
        try (OtherJvm other = OtherJvm.start(talk -> {
            talk.hear();
            add(longs, doubles);
        })) {
            other.tell("go");
            add(longs, doubles);
            other.expectEnd();
        }
        assertThat(longs.get(0)).isEqualTo(2L * ROUNDS);
        assertThat(doubles.get(1)).isEqualTo(ROUNDS);
    }

    /** Once the other one is there too, so that both run at the same time. */
    private static void add(LongArray longs, DoubleArray doubles) {
        longs.getAndAdd(2, 1);
        SharedWait.untilUninterruptibly(() -> longs.getVolatile(2) == 2, longs);
        for (int i = 0; i < ROUNDS; i++) {
            longs.getAndAdd(0, 1);
            doubles.getAndAdd(1, 0.5);
        }
    }

    /** What was written before a release is seen after the acquire, in another process too. */
    @Test
    void release_publishesToAnotherProcess() throws Exception {
        LongArray longs = memory.longs();
        int rounds = 2_000;
        try (OtherJvm other = OtherJvm.start(talk -> {
            for (int i = 1; i <= rounds; i++) {
                long number = i;
                SharedWait.until(() -> longs.getAcquire(0) == number, longs);
                for (int k = 2; k < 10; k++) {
                    if (longs.get(k) != number) {
                        throw new AssertionError(longs.get(k) + " after " + number);
                    }
                }
                longs.setRelease(1, number);
            }
        })) {
            for (int i = 1; i <= rounds; i++) {
                long number = i;
                for (int k = 2; k < 10; k++) {
                    longs.set(k, number);
                }
                longs.setRelease(0, number);
                SharedWait.until(() -> longs.getAcquire(1) == number || !alive(other), longs);
            }
            other.expectEnd();
        }
    }

    private static boolean alive(OtherJvm other) {
        return ProcessHandle.of(other.pid()).isPresent();
    }
}
