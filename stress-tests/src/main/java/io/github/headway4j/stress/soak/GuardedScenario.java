// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import io.github.headway4j.primitives.Guarded;
import io.github.headway4j.primitives.Held;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/**
 * A small buffer that producers and consumers of single elements and of pairs wait for, in all forms, some inside holds,
 * some with conditions and functions that throw. Each element is a number; the sums of what went in and came out tell
 * whether one was lost or doubled.
 */
final class GuardedScenario implements Scenario {

    private static final int CAPACITY = 3;
    private static final int LONGEST_WAIT_NANOS = 200_000;

    private final Guarded<Deque<Integer>> buffer = Guarded.of(new ArrayDeque<>());
    private final Guarded<Long> count = Guarded.of(0L);
    private final LongAdder expectedCount = new LongAdder();
    private final LongAdder putSum = new LongAdder();
    private final LongAdder takenSum = new LongAdder();
    private final LongAdder puts = new LongAdder();
    private final LongAdder takes = new LongAdder();

    @Override
    public String name() {
        return "guarded";
    }

    @Override
    @SuppressWarnings("try") // holds are for their scope
    public void step(SplittableRandom random) throws InterruptedException {
        Duration timeout = Duration.ofNanos(random.nextInt(LONGEST_WAIT_NANOS));
        try {
            switch (random.nextInt(9)) {
                case 0 -> buffer.awaitThen(GuardedScenario::hasRoom, box -> put(box, random), timeout);
                case 1 -> buffer.awaitThen(box -> !box.isEmpty(), this::take, timeout);
                case 2 -> buffer.awaitThen(box -> box.size() + 2 <= CAPACITY, box -> putTwo(box, random), timeout);
                case 3 -> buffer.awaitThen(box -> box.size() >= 2, this::takeTwo, timeout);
                case 4 -> {
                    try (Held outer = buffer.hold();
                            Held inner = buffer.tryHold()) {
                        if (buffer.await(GuardedScenario::hasRoom, timeout)) {
                            buffer.use(box -> put(box, random));
                        }
                    }
                }
                case 5 -> {
                    try (Held held = buffer.tryHold(timeout)) {
                        if (held != null) {
                            buffer.awaitThen(box -> !box.isEmpty(), this::take, timeout);
                        }
                    }
                }
                case 6 -> fail(random, timeout);
                case 7 -> {
                    count.update(n -> {
                        Pause.brief(random);
                        return n + 1;
                    });
                    expectedCount.increment();
                }
                default -> buffer.with(Deque::size);
            }
        } catch (TimeoutException e) {
            // nothing has happened
        }
    }

    /** A change whose function throws, and a condition that throws in whatever thread calls it. */
    private void fail(SplittableRandom random, Duration timeout) throws InterruptedException, TimeoutException {
        try {
            if (random.nextBoolean()) {
                buffer.awaitThen(
                        GuardedScenario::hasRoom,
                        box -> {
                            put(box, random);
                            throw new UnsupportedOperationException();
                        },
                        timeout);
            } else {
                buffer.await(
                        box -> {
                            if (box.isEmpty()) {
                                throw new UnsupportedOperationException();
                            }
                            return false;
                        },
                        timeout);
            }
        } catch (UnsupportedOperationException expected) {
            // as meant
        }
    }

    @Override
    public void check() {
        String who = name() + " " + buffer;
        Scenario.expect(who + ", threads waiting", 0, buffer.waiting() + count.waiting());
        Scenario.expect(who + ", updates", expectedCount.sum(), count.<Long>with(n -> n));
        Scenario.expect(who + ", elements in the buffer", puts.sum() - takes.sum(), buffer.<Integer>with(Deque::size));
        long left =
                buffer.with(box -> box.stream().mapToLong(Integer::longValue).sum());
        Scenario.expect(who + ", sum of the elements", putSum.sum() - takenSum.sum(), left);
        try (Held held = buffer.tryHold()) {
            Scenario.expect(who + ", locked", 0, held == null ? 1 : 0);
        }
    }

    private static boolean hasRoom(Deque<Integer> box) {
        return box.size() < CAPACITY;
    }

    private boolean putTwo(Deque<Integer> box, SplittableRandom random) {
        boolean first = put(box, random);
        return put(box, random) && first;
    }

    private boolean takeTwo(Deque<Integer> box) {
        boolean first = take(box);
        return take(box) && first;
    }

    private boolean put(Deque<Integer> box, SplittableRandom random) {
        int element = random.nextInt(1_000);
        box.addLast(element);
        Pause.brief(random);
        putSum.add(element);
        puts.increment();
        return true;
    }

    private boolean take(Deque<Integer> box) {
        takenSum.add(box.removeFirst());
        takes.increment();
        return true;
    }
}
