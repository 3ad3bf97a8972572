// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jol.info.ClassLayout;

/** What objects cost: the sizes that the documentation states, and that nothing is allocated where nobody waits. */
class LayoutTest {

    private static final int PAIRS = 50_000;
    private static final int WARM_UP_ROUNDS = 10;
    private static final int ROUNDS = 40;

    /** More rounds than those until then: on a busy machine the compiler is late. */
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    @Test
    void sizes_areAsDocumented() {
        assumeDocumentedSizesCanBeMeasured();
        assertThat(sizeOf(Mutex.class)).isEqualTo(48);
        assertThat(sizeOf(BoundedSemaphore.class)).isEqualTo(48);
        assertThat(sizeOf(Guarded.class)).isEqualTo(56);
        assertThat(sizeOf(Event.class)).isEqualTo(32);
        assertThat(sizeOf(Barrier.class)).isEqualTo(40);
        assertThat(sizeOf(BarrierEra.class)).isEqualTo(280);
        assertThat(sizeOf(LockedSet.class)).isEqualTo(32);
        assertThat(sizeOf(PagedTable.class)).isEqualTo(24);
        assertThat(sizeOf(HashPage.class)).isEqualTo(32);
    }

    @Test
    void set_footprintOfAnElement_isAsDocumented() {
        assumeDocumentedSizesCanBeMeasured();
        for (int size : new int[] {1_000, 100_000}) {
            LockedSet<Integer> set =
                    new LockedSet<>(IntStream.range(0, size).boxed().collect(Collectors.toList()));
            long bytes = 0L;
            for (int number = 0; number < set.table().pages(); number++) {
                Object[] elements = set.table().page(number).elements();
                bytes += sizeOf(HashPage.class) + 4L + (16L + 4L * elements.length + 7L & ~7L);
            }
            assertThat((double) bytes / size).isBetween(8.0, 14.0);
        }
    }

    @Test
    void setsReading_allocatesNothing() {
        LockedSet<String> set = new LockedSet<>(List.of("a", "b"));
        long best = Long.MAX_VALUE;
        long start = System.nanoTime();
        for (int round = 0; best >= PAIRS / 10 && goesOn(round, start); round++) {
            long before = allocatedBytes();
            int found = 0;
            for (int i = 0; i < PAIRS; i++) {
                found += set.contains("a") && !set.contains("c") ? set.size() : 0;
            }
            assertThat(found).isEqualTo(2 * PAIRS);
            best = Math.min(best, allocatedBytes() - before);
        }
        assertThat(best).isLessThan(PAIRS / 10);
    }

    @Test
    void stateOfABarrier_hasCacheLinesOfItsOwn() {
        assumeDocumentedSizesCanBeMeasured();
        ClassLayout layout = ClassLayout.parseClass(BarrierEra.class);
        long state = offsetOf(layout, "state");
        assertThat(state).isGreaterThanOrEqualTo(128);
        assertThat(layout.instanceSize()).isGreaterThanOrEqualTo(state + Long.BYTES + 128);
        assertThat(Math.abs(offsetOf(layout, "shift") - state)).isGreaterThanOrEqualTo(128);
    }

    private static void assumeDocumentedSizesCanBeMeasured() {
        assumeTrue(flag("UseCompressedOops"), "the documented sizes are those with compressed references");
        assumeTrue(
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .noneMatch(argument -> argument.startsWith("--sun-misc-unsafe-memory-access=")),
                "JOL measures with Unsafe, which this run denies");
    }

    private static long offsetOf(ClassLayout layout, String field) {
        return layout.fields().stream()
                .filter(f -> f.name().equals(field))
                .findFirst()
                .orElseThrow()
                .offset();
    }

    private static long sizeOf(Class<?> type) {
        return ClassLayout.parseClass(type).instanceSize();
    }

    /** What one thread does alone, the given number of times. */
    private interface Loop {
        void run(int times) throws InterruptedException;
    }

    private record Uncontended(String name, Loop loop) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Uncontended> uncontended() {
        Mutex mutex = new Mutex();
        BoundedSemaphore semaphore = new BoundedSemaphore(2);
        BoundedSemaphore fair = BoundedSemaphore.fair(2);
        Guarded<int[]> guarded = Guarded.of(new int[1]);
        Event event = new Event();
        event.set();
        Barrier barrier = new Barrier(1);
        return Stream.of(
                new Uncontended("Event.await", times -> {
                    for (int i = 0; i < times; i++) {
                        event.await();
                    }
                }),
                new Uncontended("Barrier.await", times -> {
                    for (int i = 0; i < times; i++) {
                        try {
                            barrier.await();
                        } catch (BrokenBarrierException | TimeoutException e) {
                            throw new AssertionError(e);
                        }
                    }
                }),
                new Uncontended("Mutex.hold and close", times -> {
                    for (int i = 0; i < times; i++) {
                        mutex.hold().close();
                    }
                }),
                new Uncontended("Mutex.tryHold and close", times -> {
                    for (int i = 0; i < times; i++) {
                        try (Held held = mutex.tryHold()) {
                            if (held == null) {
                                throw new AssertionError("nobody else holds the mutex");
                            }
                        }
                    }
                }),
                new Uncontended("Mutex.lock and unlock", times -> {
                    for (int i = 0; i < times; i++) {
                        mutex.lock();
                        mutex.unlock();
                    }
                }),
                new Uncontended("BoundedSemaphore.acquire and release", times -> {
                    for (int i = 0; i < times; i++) {
                        semaphore.acquire();
                        semaphore.release();
                    }
                }),
                new Uncontended("fair BoundedSemaphore.acquire(2) and release(2)", times -> {
                    for (int i = 0; i < times; i++) {
                        fair.acquire(2);
                        fair.release(2);
                    }
                }),
                new Uncontended("Guarded.use and awaitThen", times -> {
                    for (int i = 0; i < times; i++) {
                        guarded.use(n -> n[0]++);
                        guarded.awaitThen(n -> n[0] > 0, n -> n);
                    }
                }),
                new Uncontended("Guarded.hold and close", times -> {
                    for (int i = 0; i < times; i++) {
                        guarded.hold().close();
                    }
                }));
    }

    @ParameterizedTest
    @MethodSource("uncontended")
    void uncontended_allocatesNothingOnceCompiled(Uncontended operation) throws InterruptedException {
        assumeTrue(ManagementFactory.getCompilationMXBean() != null, "without a compiler every hold is an object");
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            operation.loop().run(PAIRS);
        }
        long best = Long.MAX_VALUE;
        long start = System.nanoTime();
        for (int round = 0; best >= PAIRS / 10 && goesOn(round, start); round++) {
            long before = allocatedBytes();
            operation.loop().run(PAIRS);
            best = Math.min(best, allocatedBytes() - before);
        }
        assertThat(best).as("bytes for %d pairs", PAIRS).isLessThan(PAIRS / 10);
    }

    private static boolean goesOn(int round, long start) {
        return round < ROUNDS || System.nanoTime() - start < PATIENCE_NANOS;
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private static boolean flag(String name) {
        return Boolean.parseBoolean(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption(name)
                .getValue());
    }
}
