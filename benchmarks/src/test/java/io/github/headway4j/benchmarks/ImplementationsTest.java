// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.infra.Control;

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

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SYNCHRONOUS_QUEUE")
    void channel_givesOutInItsOrder(QueueImplementation implementation) throws Exception {
        Channel channel = implementation.create(4);
        boolean stack = implementation.name().contains("STACK");

        channel.put("first");
        assertThat(channel.offer("second")).isTrue();

        assertThat(channel.take()).isEqualTo(stack ? "second" : "first");
        assertThat(channel.poll()).isEqualTo(stack ? "first" : "second");
        assertThat(channel.poll()).isNull();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SYNCHRONOUS_QUEUE")
    void channel_threads_loseNothing(QueueImplementation implementation) throws Exception {
        Channel channel = implementation.create(4);

        inThreads(3, () -> {
            channel.put("element");
            channel.take();
        });

        assertThat(channel.poll()).isNull();
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "HEADWAY",
                "HEADWAY_STACK",
                "LINKED_BLOCKING_QUEUE",
                "LINKED_BLOCKING_DEQUE",
                "LINKED_TRANSFER_QUEUE",
                "LINKED_BLOCKING_DEQUE_STACK"
            })
    void channel_withoutABound_hasRoom(QueueImplementation implementation) {
        Channel channel = implementation.create(QueueImplementation.UNBOUNDED);

        for (int i = 0; i < TIMES; i++) {
            assertThat(channel.offer(i)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void pingPong_someRoundTrips_endsWithNobodyLeftWaiting(QueueImplementation implementation) throws Exception {
        PingPongBenchmark benchmark = new PingPongBenchmark();
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
    void batch_arrivesWhole(BatchImplementation implementation) throws Exception {
        BatchBenchmark benchmark = new BatchBenchmark();
        benchmark.implementation = implementation;
        benchmark.capacity = 100;

        benchmark.create();

        assertThat(benchmark.pairs())
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(64);
    }

    @ParameterizedTest
    @EnumSource
    void jobs_comeInTheOrderOfTheirKeys(PriorityImplementation implementation) {
        PriorityImplementation.Jobs jobs = implementation.create();
        SplittableRandom random = new SplittableRandom(1);
        long[] keys = random.longs(TIMES).toArray();
        for (long key : keys) {
            jobs.offer(new Job(key));
        }
        Arrays.sort(keys);

        for (long key : keys) {
            assertThat(jobs.poll()).extracting(Job::key).isEqualTo(key);
        }
        assertThat(jobs.poll()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void simulation_happensInOrder_asEverywhereElse(SimulationImplementation implementation) {
        SimulationImplementation.Simulation simulation = implementation.create(100);
        SimulationImplementation.Simulation other = SimulationImplementation.PRIORITY_QUEUE.create(100);

        int all = 0;
        for (long moment = 0; moment <= TIMES * Increments.MEAN / 100; moment += Increments.MEAN / 10) {
            int happened = simulation.runUntil(moment);
            assertThat(happened).as("until " + moment).isEqualTo(other.runUntil(moment));
            all += happened;
        }

        assertThat(all).isBetween(TIMES / 2, 2 * TIMES);
    }

    @ParameterizedTest
    @EnumSource
    void timers_replacedAndDue_runToTheEnd(TimerImplementation implementation) throws Exception {
        TimerBenchmark benchmark = new TimerBenchmark();
        benchmark.implementation = implementation;
        benchmark.pending = 10;
        TimerBenchmark.Requests requests = new TimerBenchmark.Requests();
        TimerBenchmark.Countdown countdown = new TimerBenchmark.Countdown();

        benchmark.create();
        try {
            requests.begin(benchmark, 0, 2);
            for (int i = 0; i < TIMES; i++) {
                assertThat(benchmark.replace(requests, new ThreadShare(), new Control()))
                        .isNotNull();
            }
            benchmark.runAllDue(countdown);
            benchmark.runAllDue(countdown);
        } finally {
            benchmark.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void alarmClock_runsWhatIsLeft(TimerImplementation implementation) throws Exception {
        AtomicInteger cancelled = new AtomicInteger();
        CountDownLatch left = new CountDownLatch(2);
        try (TimerImplementation.AlarmClock clock = implementation.create()) {
            Object one = clock.schedule(Delay.ofNanos(3_600_000_000_000L), action(cancelled::incrementAndGet));
            clock.schedule(Delay.ofNanos(1_000_000L), action(left::countDown));
            clock.cancel(one);
            clock.schedule(Delay.NONE, action(left::countDown));
            left.await();
        }
        assertThat(cancelled).hasValue(0);
    }

    @ParameterizedTest
    @EnumSource
    void executor_runsAllTasks(ExecutorImplementation implementation) throws Exception {
        assumeMeasurable("pool-submit", implementation);
        AtomicInteger ran = new AtomicInteger();
        ExecutorService executor = implementation.create();

        for (int i = 0; i < TIMES; i++) {
            executor.execute(ran::incrementAndGet);
        }
        executor.shutdown();

        assertThat(executor.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(ran).hasValue(TIMES);
    }

    @ParameterizedTest
    @EnumSource
    void executor_someRoundTrips_andAllAtOnce(ExecutorImplementation implementation) throws Exception {
        assumeMeasurable("pool-round-trip", implementation);
        ExecutorBenchmark benchmark = new ExecutorBenchmark();
        benchmark.implementation = implementation;

        benchmark.create();
        try {
            for (int i = 0; i < TIMES; i++) {
                assertThat(benchmark.roundTrip()).isNull();
            }
        } finally {
            benchmark.shutdown();
        }
        assertThat(benchmark.submitAll()).isDone();
    }

    @ParameterizedTest
    @EnumSource
    void listMap_givesAllResultsInOrder(ListMapImplementation implementation) throws Exception {
        ListMapBenchmark benchmark = new ListMapBenchmark();
        benchmark.implementation = implementation;

        benchmark.create();
        try {
            assertThat(benchmark
                            .map()
                            .equals(IntStream.rangeClosed(1, ListMapBenchmark.ITEMS)
                                    .boxed()
                                    .toList()))
                    .isTrue();
        } finally {
            benchmark.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void waitingMap_givesAllResultsInOrder_andKeepsItsLimit(WaitingMapImplementation implementation) throws Exception {
        assumeMeasurable("tasks-map-some-slow", implementation);
        List<Integer> items = IntStream.range(0, TIMES).boxed().toList();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (WaitingMapImplementation.Mapper mapper = implementation.create(10)) {
            assertThat(mapper.map(items, item -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        Thread.yield();
                        inside.decrementAndGet();
                        return item;
                    }))
                    .isEqualTo(items);
        }
        assertThat(most.get()).isBetween(1, 10);
    }

    @ParameterizedTest
    @EnumSource
    void scope_runsBoth(ScopeImplementation implementation) throws Exception {
        ScopeBenchmark benchmark = new ScopeBenchmark();
        benchmark.implementation = implementation;
        for (ScopeBenchmark.Owner owner : ScopeBenchmark.Owner.values()) {
            assumeMeasurable("scope-two-forks", implementation);
            assumeTrue(owner == ScopeBenchmark.Owner.PLATFORM || VirtualThreads.available());
            benchmark.owner = owner;
            assertThat(benchmark.addBoth()).isEqualTo(3 * ScopeBenchmark.TIMES);
        }
    }

    /** Skips what this JDK lacks. */
    private static void assumeMeasurable(String row, Enum<?> implementation) {
        int least = BenchmarkSets.leastJdk(BenchmarkSets.find(row).get(0), implementation.name());
        assumeTrue(Runtime.version().feature() >= least, () -> implementation + " needs JDK " + least);
    }

    private static TimerImplementation.Action action(Runnable work) {
        return new TimerImplementation.Action() {
            @Override
            public void run() {
                work.run();
            }
        };
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
