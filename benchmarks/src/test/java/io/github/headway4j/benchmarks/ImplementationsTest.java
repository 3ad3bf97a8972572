// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImplementationsTest {
    private static final int TIMES = 2000;

    @ParameterizedTest
    @EnumSource
    void permits_twoThreadsAndBoundOne_excludeEachOther(SemaphoreImplementation implementation) throws Exception {
        assertThat(mostInside(implementation.create(1), 2)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"REENTRANT_LOCK", "REENTRANT_LOCK_FAIR"})
    void permits_threeThreadsAndBoundTwo_admitTwo(SemaphoreImplementation implementation) throws Exception {
        Permits permits = implementation.create(2);
        permits.acquire();
        permits.acquire();
        permits.release();
        permits.release();

        assertThat(mostInside(permits, 3)).isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"REENTRANT_LOCK", "REENTRANT_LOCK_FAIR"})
    void create_lockWithBoundTwo_isRefused(SemaphoreImplementation implementation) {
        assertThatThrownBy(() -> implementation.create(2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2");
    }

    @ParameterizedTest
    @EnumSource
    void counter_threads_loseNoIncrement(MutexImplementation implementation) throws Exception {
        MutexImplementation.Counter counter = implementation.create();

        inThreads(3, counter::increment);

        assertThat(counter.increment()).isEqualTo(3 * TIMES + 1);
    }

    @ParameterizedTest
    @EnumSource
    void handOff_someRoundTrips_endsWithNobodyLeftWaiting(SignalImplementation implementation) throws Exception {
        HandOffBenchmark benchmark = new HandOffBenchmark();
        benchmark.implementation = implementation;

        benchmark.start();
        for (int i = 0; i < TIMES; i++) {
            benchmark.roundTrip();
        }
        benchmark.stop();

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("echo");
    }

    @ParameterizedTest
    @EnumSource
    void guardedCounter_threads_loseNoIncrement(GuardedImplementation implementation) throws Exception {
        GuardedImplementation.Counter counter = implementation.createCounter();

        inThreads(3, counter::increment);

        assertThat(counter.increment()).isEqualTo(3 * TIMES + 1);
    }

    @ParameterizedTest
    @EnumSource
    void buffer_someElements_endsWithNobodyLeftWaiting(GuardedImplementation implementation) throws Exception {
        BoundedBufferBenchmark benchmark = new BoundedBufferBenchmark();
        benchmark.implementation = implementation;

        benchmark.start(1);
        for (int i = 0; i < TIMES; i++) {
            assertThat(benchmark.take()).isEqualTo(i);
        }
        benchmark.stop();

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("producer");
    }

    @ParameterizedTest
    @EnumSource
    void barrier_someCycles_endsWithNobodyLeftWaiting(BarrierImplementation implementation) throws Exception {
        BarrierBenchmark benchmark = new BarrierBenchmark();
        benchmark.implementation = implementation;
        benchmark.parties = 3;

        benchmark.start();
        for (int i = 0; i < TIMES; i++) {
            benchmark.cycle();
        }
        benchmark.stop();

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("party");
    }

    @ParameterizedTest
    @EnumSource
    void event_thatIsSet_letsPass(EventImplementation implementation) throws Exception {
        EventBenchmark benchmark = new EventBenchmark();
        benchmark.implementation = implementation;

        benchmark.create();
        benchmark.awaitSet();
    }

    @ParameterizedTest
    @EnumSource
    void set_benchmarksKeepItsSize(SetImplementation implementation) {
        LockedSetBenchmark benchmark = new LockedSetBenchmark();
        benchmark.implementation = implementation;
        benchmark.size = 16;
        benchmark.writes = 50;
        LockedSetBenchmark.Dice dice = new LockedSetBenchmark.Dice();

        benchmark.create();
        int found = 0;
        int most = 0;
        for (int i = 0; i < TIMES; i++) {
            benchmark.mixed(dice);
            found += benchmark.contains(dice) ? 1 : 0;
            most = Math.max(most, benchmark.changeAndSnapshot(dice));
        }

        assertThat(found).isBetween(TIMES / 4, 3 * TIMES / 4);
        assertThat(most).isBetween(16, 32);
    }

    private static int mostInside(Permits permits, int threads) throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        inThreads(threads, () -> {
            permits.acquire();
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            inside.decrementAndGet();
            permits.release();
        });
        return most.get();
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void inThreads(int count, Step step) throws Exception {
        List<Throwable> failures = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(() -> {
                try {
                    for (int time = 0; time < TIMES; time++) {
                        step.run();
                    }
                } catch (Exception e) {
                    synchronized (failures) {
                        failures.add(e);
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
    }
}
