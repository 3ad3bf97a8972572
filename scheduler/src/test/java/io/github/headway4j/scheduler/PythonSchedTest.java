// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.Python;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What CPython's tests demand of {@code sched.scheduler}. */
class PythonSchedTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualTime time = new VirtualTime();
    private final EventScheduler scheduler = new EventScheduler(time);
    private final List<Object> ran = new CopyOnWriteArrayList<>();

    private ScheduledEvent enter(long millis, int priority, Object name) {
        return scheduler.enter(Duration.ofMillis(millis), priority, () -> ran.add(name));
    }

    @Test
    @Python("S1")
    void delays_fireSorted() throws InterruptedException {
        for (long millis : new long[] {500, 400, 300, 200, 100}) {
            enter(millis, 1, millis);
        }
        scheduler.run();
        assertThat(ran).containsExactly(100L, 200L, 300L, 400L, 500L);
        assertThat(time.nanoTime()).isEqualTo(500_000_000L);
    }

    @Test
    @Python("S2")
    void moments_fireSorted() throws InterruptedException {
        for (long nanos : new long[] {50, 40, 30, 20, 10}) {
            scheduler.enterAtNanos(nanos, 1, () -> ran.add(nanos));
            Instant instant = Instant.EPOCH.plusNanos(nanos + 5);
            scheduler.enterAt(instant, 1, () -> ran.add(nanos + 5));
        }
        scheduler.run();
        assertThat(ran).containsExactly(10L, 15L, 20L, 25L, 30L, 35L, 40L, 45L, 50L, 55L);
    }

    @Test
    @Python("S3")
    void sameMoment_byPriority_thenByInsertion() throws InterruptedException {
        int[][] permutations = {{1, 2, 3, 4, 5}, {5, 4, 3, 2, 1}, {2, 5, 3, 1, 4}, {1, 2, 3, 2, 1}};
        for (int[] priorities : permutations) {
            ran.clear();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < priorities.length; i++) {
                enter(10, priorities[i], priorities[i] + "." + i);
                expected.add(priorities[i] + "." + i);
            }
            scheduler.run();
            assertThat(ran).isEqualTo(expected.stream().sorted().toList());
        }
    }

    @Test
    @Python("S4")
    void cancel_firstAndLast() throws InterruptedException {
        List<ScheduledEvent> events = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            events.add(enter(i * 10, 1, i));
        }
        assertThat(scheduler.cancel(events.get(0))).isTrue();
        assertThat(scheduler.cancel(events.get(4))).isTrue();
        scheduler.run();
        assertThat(ran).containsExactly(2, 3, 4);
    }

    @Test
    @Python("S5")
    void cancel_middleOfThreeAlike_removesThatOne() throws InterruptedException {
        enter(10, 1, "a");
        ScheduledEvent middle = enter(10, 1, "b");
        enter(10, 1, "c");
        assertThat(scheduler.cancel(middle)).isTrue();
        scheduler.run();
        assertThat(ran).containsExactly("a", "c");
    }

    @Test
    @Python("S6")
    void cancel_ofAnEventThatIsOver_isRefused() throws InterruptedException {
        ScheduledEvent cancelled = enter(10, 1, "a");
        ScheduledEvent other = enter(10, 1, "b");
        assertThat(scheduler.cancel(cancelled)).isTrue();
        assertThat(scheduler.cancel(cancelled)).isFalse();
        scheduler.run();
        assertThat(scheduler.cancel(other)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new EventScheduler(time).cancel(other));
    }

    @Test
    @Python("S7")
    void empty_beforeAndAfter() throws InterruptedException {
        assertThat(scheduler.isEmpty()).isTrue();
        for (int i = 0; i < 5; i++) {
            enter(i, 1, i);
        }
        assertThat(scheduler.isEmpty()).isFalse();
        scheduler.run();
        assertThat(scheduler.isEmpty()).isTrue();
    }

    @Test
    @Python("S8")
    void queue_isSorted_andOfOneMoment() throws InterruptedException {
        ScheduledEvent e5 = enter(50, 1, 5);
        ScheduledEvent e1 = enter(10, 1, 1);
        ScheduledEvent e2 = enter(20, 2, 2);
        ScheduledEvent e4 = enter(40, 1, 4);
        ScheduledEvent e3 = enter(20, 3, 3);
        ScheduledEvent same = enter(20, 2, 2);
        List<ScheduledEvent> queue = scheduler.queue();
        assertThat(queue).containsExactly(e1, e2, same, e3, e4, e5);
        assertThatThrownBy(queue::clear).isInstanceOf(UnsupportedOperationException.class);
        scheduler.cancel(e1);
        scheduler.run();
        assertThat(queue).hasSize(6);
        assertThat(scheduler.queue()).isEmpty();
        assertThat(ran).containsExactly(2, 2, 3, 4, 5);
    }

    @Test
    @Python("S9")
    void arguments_areThoseOfTheLambda() throws InterruptedException {
        int a = 10;
        String b = "b";
        scheduler.enter(SECOND, 1, () -> ran.add("none"));
        scheduler.enter(SECOND, 1, () -> ran.add(a + 20));
        scheduler.enter(SECOND, 1, () -> ran.add(a + b));
        scheduler.run();
        assertThat(ran).containsExactly("none", 30, "10b");
    }

    @Test
    @Python("S10")
    void runPending_withFutureEvents_runsNothing_andTellsWhatRemains() {
        assertThat(scheduler.runPending()).isEmpty();
        for (int i = 10; i > 5; i--) {
            enter(i, 1, i);
        }
        time.advance(Duration.ofMillis(2));
        assertThat(scheduler.runPending()).contains(Duration.ofMillis(4));
        assertThat(ran).isEmpty();
        time.advance(Duration.ofMillis(5));
        assertThat(scheduler.runPending()).contains(Duration.ofMillis(1));
        assertThat(ran).containsExactly(6, 7);
        time.advance(SECOND);
        assertThat(scheduler.runPending()).isEmpty();
    }

    private static void awaitRan(List<Object> ran, Object... expected) {
        Await.until("events to have run", () -> ran.size() >= expected.length);
        assertThat(ran).containsExactly(expected);
    }

    @Test
    @Python("S11")
    void eventsOfAnotherThread_duringRun_fireInOrder() {
        SteppedTime stepped = new SteppedTime();
        EventScheduler running = new EventScheduler(stepped);
        running.enter(SECOND, 1, () -> ran.add(1));
        running.enter(SECOND.multipliedBy(3), 1, () -> ran.add(3));
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> runner = threads.start("runner", running::run);
            stepped.advance(SECOND);
            awaitRan(ran, 1);
            for (int at : new int[] {4, 5, 2}) {
                running.enter(SECOND.multipliedBy(at - 1), 1, () -> ran.add(at));
            }
            stepped.advance(SECOND.multipliedBy(2));
            awaitRan(ran, 1, 2, 3);
            stepped.advance(SECOND);
            awaitRan(ran, 1, 2, 3, 4);
            stepped.advance(SECOND);
            awaitRan(ran, 1, 2, 3, 4, 5);
            runner.join();
        }
    }

    @Test
    @Python("S12")
    void cancelsOfAnotherThread_duringRun_areHeeded() {
        SteppedTime stepped = new SteppedTime();
        EventScheduler running = new EventScheduler(stepped);
        List<ScheduledEvent> events = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            int number = i;
            events.add(running.enter(SECOND.multipliedBy(i), 1, () -> ran.add(number)));
        }
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> runner = threads.start("runner", running::run);
            stepped.advance(SECOND);
            awaitRan(ran, 1);
            assertThat(running.cancel(events.get(1))).isTrue();
            assertThat(running.cancel(events.get(4))).isTrue();
            stepped.advance(SECOND);
            stepped.advance(SECOND);
            awaitRan(ran, 1, 3);
            stepped.advance(SECOND);
            awaitRan(ran, 1, 3, 4);
            runner.join();
        }
    }

    @Test
    @Python("S13")
    void throwingAction_leavesTheOthers_andRunResumes() throws InterruptedException {
        RuntimeException failure = new RuntimeException("of an action");
        enter(1, 1, "before");
        scheduler.enter(Duration.ofMillis(2), 1, () -> {
            throw failure;
        });
        enter(3, 1, "after");
        assertThatThrownBy(scheduler::run).isSameAs(failure);
        assertThat(ran).containsExactly("before");
        assertThat(scheduler.queue()).hasSize(1);
        scheduler.run();
        assertThat(ran).containsExactly("before", "after");
    }

    @Test
    @Python("S14")
    void event_entersAnother_duringRun() throws InterruptedException {
        scheduler.enter(SECOND, 1, () -> {
            ran.add("outer");
            enter(500, 1, "inner");
        });
        enter(1_200, 1, "between");
        scheduler.run();
        assertThat(ran).containsExactly("outer", "between", "inner");
    }

    /** A clock whose sleeps end half-way. */
    private static final class HalfAsleep implements TimeSource {
        private long now;
        private int sleeps;

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(now);
        }

        @Override
        public void sleepUntil(long nanoTime) {
            sleeps++;
            now += (nanoTime - now + 1) / 2;
        }
    }

    @Test
    @Python("S16")
    void sleepThatEndsTooEarly_isTakenUpAgain() throws InterruptedException {
        HalfAsleep half = new HalfAsleep();
        EventScheduler sleepy = new EventScheduler(half);
        sleepy.enter(Duration.ofNanos(1024), 1, () -> ran.add(half.now));
        sleepy.run();
        assertThat(ran).containsExactly(1024L);
        assertThat(half.sleeps).isEqualTo(11);
    }
}
