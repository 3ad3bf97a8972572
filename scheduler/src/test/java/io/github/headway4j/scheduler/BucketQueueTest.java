// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The store of events: it agrees with a heap, whatever is done to it. */
class BucketQueueTest {

    private static final int RUNS = 30;
    private static final int STEPS = 3_000;
    private static final int PEAK = 100_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** An entry with a name. */
    private static final class Item extends TimedEntry {
        private final int number;

        Item(long time, int priority, int number) {
            super(time, priority);
            this.number = number;
        }

        @Override
        public String toString() {
            return "#" + number + "@" + time + "/" + priority;
        }
    }

    /** Where new entries lie, seen from the present moment. */
    private enum Times {
        SAME {
            @Override
            long next(SplittableRandom random, long now) {
                return now;
            }
        },
        DENSE {
            @Override
            long next(SplittableRandom random, long now) {
                return now + random.nextInt(4);
            }
        },
        ONE_BLOCK {
            @Override
            long next(SplittableRandom random, long now) {
                return (now & -256L) + random.nextInt(256);
            }
        },
        BLOCKS {
            @Override
            long next(SplittableRandom random, long now) {
                return now + random.nextInt(100_000);
            }
        },
        FAR_APART {
            @Override
            long next(SplittableRandom random, long now) {
                return now + (random.nextLong() >>> (2 + random.nextInt(62)));
            }
        },
        LATE {
            @Override
            long next(SplittableRandom random, long now) {
                return now - 50 + random.nextInt(100);
            }
        },
        LATE_FAR_APART {
            @Override
            long next(SplittableRandom random, long now) {
                return now + (random.nextLong() >> (2 + random.nextInt(62)));
            }
        },
        ANYTHING {
            @Override
            long next(SplittableRandom random, long now) {
                return random.nextLong() >> random.nextInt(64);
            }
        },
        EXTREMES {
            @Override
            long next(SplittableRandom random, long now) {
                long near = random.nextInt(3);
                return switch (random.nextInt(4)) {
                    case 0 -> Long.MIN_VALUE + near;
                    case 1 -> Long.MAX_VALUE - near;
                    case 2 -> near - 1;
                    default -> now;
                };
            }
        };

        abstract long next(SplittableRandom random, long now);
    }

    /** A queue and a heap to which the same is done. */
    private static final class Pair {
        private final BucketQueue<Item> queue = new BucketQueue<>();
        private final QuaternaryHeap<Item> heap = new QuaternaryHeap<>();
        private final SplittableRandom random;
        private final Times times;
        private final int priorities;
        private long now;
        private int count;

        Pair(long seed, Times times) {
            random = new SplittableRandom(seed);
            this.times = times;
            priorities = 1 + random.nextInt(3);
            now = random.nextInt(3) == 0 ? random.nextLong() >> random.nextInt(64) : 0L;
        }

        void step(boolean growing) {
            int dice = random.nextInt(100);
            if (dice < (growing ? 50 : 25)) {
                insert(times.next(random, now));
            } else if (dice < (growing ? 55 : 45)) {
                removeAny(false);
            } else if (dice < (growing ? 60 : 55)) {
                removeAny(true);
            } else if (dice < 85) {
                poll();
            } else if (dice < 90) {
                look();
            } else {
                long to = now + random.nextInt(1 << random.nextInt(20));
                now = Math.max(now, to);
            }
            assertThat(queue.size()).isEqualTo(heap.size());
        }

        private long limit() {
            return switch (random.nextInt(4)) {
                case 0 -> Long.MAX_VALUE;
                case 1 -> now + random.nextInt(1000);
                case 2 -> heap.size() == 0 ? now : heap.first().time;
                default -> now;
            };
        }

        private void insert(long time) {
            Item item = new Item(time, random.nextInt(priorities), count++);
            queue.insert(item);
            heap.insert(item);
            assertThat(item.place).isNotEqualTo(TimedEntry.NOWHERE);
        }

        private void removeAny(boolean again) {
            if (heap.size() > 0) {
                Item item = random.nextBoolean() ? heap.first() : heap.get(random.nextInt(heap.size()));
                queue.remove(item);
                heap.remove(item);
                assertThat(item.place).isEqualTo(TimedEntry.NOWHERE);
                if (again) {
                    insert(item.time);
                }
            }
        }

        private void poll() {
            long limit = limit();
            Item polled = queue.pollFirst(limit);
            if (heap.size() == 0 || heap.first().time > limit) {
                assertThat(polled).isNull();
                return;
            }
            assertThat(polled).isSameAs(heap.first());
            heap.remove(polled);
            assertThat(polled.place).isEqualTo(TimedEntry.NOWHERE);
            now = Math.max(now, polled.time);
        }

        private void look() {
            if (heap.size() > 0) {
                long limit = limit();
                long first = heap.first().time;
                if (random.nextBoolean()) { // before anybody has searched for the first time
                    long wait = queue.waitTime(limit);
                    assertThat(wait).isLessThanOrEqualTo(first);
                    assertThat(wait > limit).isEqualTo(first > limit);
                }
                assertThat(queue.firstTime(limit)).isEqualTo(first);
            }
            assertThat(inOrder(queue)).isEqualTo(heap.inOrder());
        }

        void empty() {
            for (Item expected : heap.inOrder()) {
                assertThat(queue.pollFirst(Long.MAX_VALUE)).isSameAs(expected);
            }
            assertThat(queue.size()).isZero();
            assertThat(queue.pollFirst(Long.MAX_VALUE)).isNull();
        }
    }

    private static List<Item> inOrder(BucketQueue<Item> queue) {
        Item[] items = queue.toArray(new Item[queue.size()]);
        Arrays.sort(items, Comparator.<Item>comparingLong(item -> item.time).thenComparingInt(item -> item.priority));
        return List.of(items);
    }

    private static List<Long> drain(BucketQueue<Item> queue, long limit) {
        List<Long> times = new ArrayList<>();
        for (Item item = queue.pollFirst(limit); item != null; item = queue.pollFirst(limit)) {
            times.add(item.time);
        }
        return times;
    }

    private static BucketQueue<Item> of(long... times) {
        BucketQueue<Item> queue = new BucketQueue<>();
        for (int i = 0; i < times.length; i++) {
            queue.insert(new Item(times[i], 0, i));
        }
        return queue;
    }

    // ---- order ----

    @ParameterizedTest
    @EnumSource
    void randomOperations_agreeWithAHeap(Times times) {
        for (long seed = 0; seed < RUNS; seed++) {
            Pair pair = new Pair(seed, times);
            int step = 0;
            try {
                for (; step < STEPS; step++) {
                    pair.step(step / 500 % 2 == 0);
                }
                pair.empty();
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + ", step " + step + ": " + pair.heap, e);
            }
        }
    }

    @Test
    void timesInEveryDigit_comeInOrder() {
        long[] times = LongStream.concat(
                        LongStream.of(Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE),
                        IntStream.range(0, 63).mapToLong(bit -> 1L << bit))
                .flatMap(t -> LongStream.of(t, -t, t ^ 1L))
                .distinct()
                .toArray();
        List<Long> shuffled = new ArrayList<>(Arrays.stream(times).boxed().toList());
        Collections.shuffle(shuffled, new Random(7));
        BucketQueue<Item> queue =
                of(shuffled.stream().mapToLong(Long::longValue).toArray());
        assertThat(drain(queue, Long.MAX_VALUE))
                .isEqualTo(Arrays.stream(times).sorted().boxed().toList());
    }

    @Test
    void equalTimes_keepTheOrderOfInsertion_acrossSpreading() {
        BucketQueue<Item> queue = new BucketQueue<>();
        long[] times = {70_000L, 1L << 40, 70_000L, 5L, 1L << 40, 70_000L};
        for (int i = 0; i < times.length; i++) {
            queue.insert(new Item(times[i], 0, i));
        }
        assertThat(queue.pollFirst(Long.MAX_VALUE).number).isEqualTo(3);
        queue.insert(new Item(70_000L, 0, 6)); // meets those that have been moved
        int[] expected = {0, 2, 5, 6, 1, 4};
        for (int number : expected) {
            assertThat(queue.pollFirst(Long.MAX_VALUE).number).isEqualTo(number);
        }
    }

    @Test
    void priorityOfALaterEntry_countsAmongThoseOfTheSameTime() {
        BucketQueue<Item> queue = new BucketQueue<>();
        int[] priorities = {3, 1, 2, 1};
        for (int i = 0; i < priorities.length; i++) {
            queue.insert(new Item(10L, priorities[i], i));
        }
        assertThat(queue.pollFirst(10L).number).isEqualTo(1);
        queue.insert(new Item(10L, 0, 4)); // while others of its time are left
        queue.insert(new Item(10L, 1, 5));
        queue.insert(new Item(11L, 0, 6));
        int[] expected = {4, 3, 5, 2, 0, 6};
        for (int number : expected) {
            assertThat(queue.pollFirst(11L).number).isEqualTo(number);
        }
    }

    @Test
    void entryBeforeOneThatIsWaitedFor_isFirst() {
        BucketQueue<Item> queue = of(1_000_000L);
        assertThat(queue.firstTime(500L)).isEqualTo(1_000_000L);
        assertThat(queue.pollFirst(500L)).isNull();
        queue.insert(new Item(600L, 0, 1));
        assertThat(queue.firstTime(550L)).isEqualTo(600L);
        assertThat(drain(queue, 999_999L)).containsExactly(600L);
        assertThat(drain(queue, 1_000_000L)).containsExactly(1_000_000L);
    }

    @Test
    void firstThatIsRemoved_isNotSearchedForByThoseWhoWait() {
        BucketQueue<Item> queue = new BucketQueue<>();
        List<Item> items = Stream.of(0x10_0400L, 0x10_0100L, 0x10_0300L, 0x10_0200L)
                .map(time -> new Item(time, 0, 0))
                .toList();
        items.forEach(queue::insert);
        assertThat(queue.waitTime(0L)).isEqualTo(0x10_0100L);
        queue.remove(items.get(1));
        assertThat(queue.waitTime(0L)).isEqualTo(0x10_0000L); // there the slot begins
        assertThat(queue.pollFirst(0x0F_FFFFL)).isNull();
        assertThat(queue.waitTime(0x10_0000L)).isEqualTo(0x10_0200L);
        queue.remove(items.get(3));
        assertThat(queue.firstTime(0L)).isEqualTo(0x10_0300L);
        assertThat(drain(queue, 0x10_03FFL)).containsExactly(0x10_0300L);
        assertThat(drain(queue, Long.MAX_VALUE)).containsExactly(0x10_0400L);
    }

    @Test
    void firstThatIsRemoved_whoAsksForTheNext_putsTheOthersInOrder_onceForAll() {
        BucketQueue<Item> queue = new BucketQueue<>();
        List<Item> items = Stream.of(0x10_0400L, 0x10_0100L, 0x10_0380L, 0x10_0300L, 0x10_0200L)
                .map(time -> new Item(time, 0, 0))
                .toList();
        items.forEach(queue::insert);
        assertThat(queue.firstTime(0L)).isEqualTo(0x10_0100L);
        queue.remove(items.get(1));
        assertThat(queue.firstTime(0L)).isEqualTo(0x10_0200L);
        queue.remove(items.get(4));
        assertThat(queue.waitTime(0L)).isEqualTo(0x10_0300L); // nothing has to be asked for
        queue.insert(new Item(0x10_0001L, 0, 0));
        queue.insert(new Item(1L, 0, 0));
        assertThat(queue.firstTime(0L)).isEqualTo(1L);
        assertThat(drain(queue, Long.MAX_VALUE)).containsExactly(1L, 0x10_0001L, 0x10_0300L, 0x10_0380L, 0x10_0400L);
    }

    @Test
    void firstThatIsRemoved_leavesTheNextOneFirst() {
        BucketQueue<Item> queue = new BucketQueue<>();
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            Item item = new Item(1_000_000_000L + i * 7919L, 0, i);
            items.add(item);
            queue.insert(item);
        }
        for (int i = 0; i < 999; i++) {
            assertThat(queue.firstTime(0L)).isEqualTo(items.get(i).time);
            queue.remove(items.get(i));
        }
        assertThat(queue.firstTime(0L)).isEqualTo(items.get(999).time);
    }

    // ---- memory ----

    @Test
    void removal_needsNoMemory_whereverTheEntryIs() {
        for (int priority = 0; priority < 2; priority++) {
            assertThat(bytesOfRemovals(priority)).isZero();
        }
    }

    private static long bytesOfRemovals(int priority) {
        BucketQueue<Item> queue = new BucketQueue<>();
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            items.add(new Item(10L, -priority * i, i));
            queue.insert(items.get(i));
        }
        assertThat(queue.pollFirst(10L)).isIn(items.get(0), items.get(99));
        long before = allocatedBytes();
        for (int i = 1; i < 50; i++) {
            queue.remove(items.get(i));
        }
        return allocatedBytes() - before;
    }

    private static long allocatedBytes() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    @Test
    void memoryOfAPeak_isGivenBack_inWhateverOrderEntriesLeave() {
        for (int way = 0; way < 3; way++) {
            BucketQueue<Item> queue = new BucketQueue<>();
            int fresh = queue.capacity();
            List<Item> items = new ArrayList<>();
            SplittableRandom random = new SplittableRandom(way);
            for (int i = 0; i < PEAK; i++) {
                Item item = new Item(random.nextLong() >>> 20, random.nextInt(2), i);
                items.add(item);
                queue.insert(item);
            }
            assertThat(queue.capacity()).isBetween(PEAK, PEAK + PEAK / 2);
            if (way == 0) {
                drain(queue, Long.MAX_VALUE);
            } else {
                Collections.shuffle(items, new Random(way));
                List<Item> rest = items.subList(PEAK - 3, PEAK);
                items.subList(0, PEAK - 3).forEach(queue::remove);
                assertThat(queue.capacity()).isLessThan(2 * fresh);
                rest.sort(Comparator.comparingLong(item -> item.time));
                for (Item item : rest) {
                    assertThat(queue.pollFirst(Long.MAX_VALUE)).isSameAs(item);
                }
            }
            assertThat(queue.size()).isZero();
            assertThat(queue.capacity()).isEqualTo(fresh);
        }
    }

    @Test
    void sizeThatGoesUpAndDownALittle_needsNoMoreMemory() {
        BucketQueue<Item> queue = new BucketQueue<>();
        for (int i = 0; i < 1000; i++) {
            queue.insert(new Item(i, 0, i));
        }
        int capacity = queue.capacity();
        for (int i = 0; i < 10_000; i++) {
            Item item = new Item(5_000L, 0, i);
            queue.insert(item);
            queue.remove(item);
        }
        assertThat(queue.capacity()).isEqualTo(capacity);
    }
}
