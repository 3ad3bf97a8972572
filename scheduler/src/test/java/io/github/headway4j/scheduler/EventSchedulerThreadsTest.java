// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.Rounds;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** Event schedulers that several threads use, on the system's clock and on a virtual one. */
class EventSchedulerThreadsTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int EVENTS = 40;

    private final List<String> ran = new CopyOnWriteArrayList<>();

    private Runnable add(String name) {
        return () -> ran.add(name);
    }

    // ---- waiting ----

    @EachThreadKind
    void runner_noticesAnEarlierEvent_whileItWaits_andThatNothingIsLeft(ThreadKind kind) {
        EventScheduler scheduler = new EventScheduler();
        ScheduledEvent far = scheduler.enter(HOUR, 1, add("far"));
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> runner = threads.start("runner", scheduler::run);
            runner.awaitParked(scheduler);
            scheduler.enter(Duration.ZERO, 1, add("now"));
            Await.until("the event to run", () -> ran.size() == 1);
            runner.awaitParked(scheduler);
            ScheduledEvent nearer = scheduler.enter(HOUR.dividedBy(2), 1, add("nearer"));
            runner.awaitParked(scheduler);
            scheduler.enter(Duration.ofMillis(1), 1, add("soon"));
            Await.until("the event to run", () -> ran.size() == 2);
            assertThat(scheduler.cancel(nearer)).isTrue();
            runner.awaitParked(scheduler);
            assertThat(scheduler.cancel(far)).isTrue();
            runner.join();
        }
        assertThat(ran).containsExactly("now", "soon");
    }

    /** The second runner does not know the first moment, and settles for an earlier one; then it leaves. */
    @EachThreadKind
    void runner_noticesAnEarlierEvent_whenOneThatWaitedForLessHasLeft(ThreadKind kind) {
        SettableTime time = new SettableTime();
        EventScheduler scheduler = new EventScheduler(time);
        scheduler.enterAtNanos(0x10_0400L, 1, add("last"));
        ScheduledEvent first = scheduler.enterAtNanos(0x10_0100L, 1, add("first"));
        scheduler.enterAtNanos(0x10_0300L, 1, add("next"));
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> stays = threads.start("stays", scheduler::run);
            stays.awaitParked(scheduler);
            assertThat(scheduler.cancel(first)).isTrue();
            TestThread<Void> leaves = threads.start("leaves", scheduler::run);
            leaves.awaitParked(scheduler);
            leaves.interrupt();
            assertThat(leaves.failure()).isInstanceOf(InterruptedException.class);
            scheduler.enterAtNanos(0x10_0080L, 1, add("early"));
            time.advance(Duration.ofNanos(0x10_0080L));
            Await.until("the event to run", () -> ran.equals(List.of("early")));
            time.advance(HOUR);
            stays.join();
        }
        assertThat(ran).containsExactly("early", "next", "last");
    }

    @EachThreadKind
    void lastEvent_whoeverTakesIt_endsTheWaitOfAllRunners(ThreadKind kind) {
        EventScheduler scheduler = new EventScheduler();
        ScheduledEvent far = scheduler.enter(HOUR, 1, add("far"));
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> one = threads.start("one", scheduler::run);
            TestThread<Void> other = threads.start("other", scheduler::run);
            one.awaitParked(scheduler);
            other.awaitParked(scheduler);
            assertThat(scheduler.cancel(far)).isTrue();
            one.join();
            other.join();
        }
    }

    @EachThreadKind
    void interrupt_endsRun_andLeavesTheEvents(ThreadKind kind) {
        EventScheduler scheduler = new EventScheduler();
        scheduler.enter(HOUR, 1, add("far"));
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> runner = threads.start("runner", scheduler::run);
            runner.awaitParked(scheduler);
            runner.interrupt();
            assertThat(runner.failure()).isInstanceOf(InterruptedException.class);
            scheduler.enter(Duration.ZERO, 1, add("due"));
            TestThread<Boolean> before = threads.start("interrupted before", () -> {
                Thread.currentThread().interrupt();
                try {
                    scheduler.run();
                    return true;
                } catch (InterruptedException e) {
                    return Thread.currentThread().isInterrupted();
                }
            });
            assertThat(before.result()).isFalse();
        }
        assertThat(ran).isEmpty();
        assertThat(scheduler.size()).isEqualTo(2);
    }

    @Test
    void event_doesNotRunBeforeItsMoment() throws InterruptedException {
        EventScheduler scheduler = new EventScheduler();
        List<Long> early = new ArrayList<>();
        long start = System.nanoTime() + 20_000_000L; // they are entered by then
        for (int i = 0; i < 3_000; i++) {
            long moment = start + i * 10_000L; // so close that the next one is always about to be due
            scheduler.enterAtNanos(moment, 1, () -> {
                if (System.nanoTime() - moment < 0L) {
                    early.add(moment);
                }
            });
        }
        scheduler.run();
        assertThat(early).isEmpty();
    }

    // ---- threads that enter and cancel meanwhile ----

    @EachThreadKind
    void otherThreads_enterAndCancel_betweenTwoEvents(ThreadKind kind) throws InterruptedException {
        VirtualTime time = new VirtualTime();
        EventScheduler scheduler = new EventScheduler(time);
        ScheduledEvent doomed = scheduler.enterAtNanos(20, 1, add("doomed"));
        scheduler.enterAtNanos(30, 1, add("30"));
        scheduler.enterAtNanos(10, 1, () -> {
            try (TestThreads threads = new TestThreads(kind)) {
                threads.start("enters", () -> scheduler.enterAtNanos(25, 1, add("25")));
                threads.start("enters late", () -> scheduler.enterAtNanos(5, 1, add("5")));
                threads.start(
                        "cancels", () -> assertThat(scheduler.cancel(doomed)).isTrue());
            }
        });
        scheduler.run();
        assertThat(ran).containsExactly("5", "25", "30");
        assertThat(time.nanoTime()).isEqualTo(30L);
    }

    /** A round: events that are run, cancelled and entered at the same time. */
    private static final class Meeting {
        private final VirtualTime time = new VirtualTime();
        private final EventScheduler scheduler = new EventScheduler(time);
        private final AtomicIntegerArray runs = new AtomicIntegerArray(2 * EVENTS);
        private final ScheduledEvent[] events = new ScheduledEvent[2 * EVENTS];
        private final boolean[] cancelled = new boolean[2 * EVENTS];

        Meeting() {
            for (int i = 0; i < EVENTS; i++) {
                enter(i);
            }
        }

        private void enter(int i) {
            events[i] = scheduler.enterAtNanos(i * 37 % 11, i % 3, () -> runs.incrementAndGet(i));
        }

        void run() throws InterruptedException {
            scheduler.run();
        }

        void enterAndCancel() {
            for (int i = 0; i < EVENTS; i++) {
                enter(EVENTS + i);
                if (i % 2 == 0) {
                    cancelled[i] = scheduler.cancel(events[i]);
                    cancelled[EVENTS + i] = scheduler.cancel(events[EVENTS + i]);
                }
            }
        }

        void check() throws InterruptedException {
            scheduler.run();
            for (int i = 0; i < 2 * EVENTS; i++) {
                assertThat(runs.get(i)).as("runs of event %d", i).isEqualTo(cancelled[i] ? 0 : 1);
                assertThat(scheduler.cancel(events[i])).isFalse();
            }
            assertThat(scheduler.isEmpty()).isTrue();
        }
    }

    @EachThreadKind
    void eventIsRunOnce_orCancelled_neverBoth(ThreadKind kind) {
        Rounds.of(500, Meeting::new)
                .body("runner", Meeting::run)
                .body("changer", Meeting::enterAndCancel)
                .check(Meeting::check)
                .run(kind);
    }

    @EachThreadKind
    void twoRunners_runEachEventOnce(ThreadKind kind) {
        Rounds.of(500, Meeting::new)
                .body("one", Meeting::run)
                .body("other", Meeting::run)
                .check(meeting -> {
                    for (int i = 0; i < EVENTS; i++) {
                        assertThat(meeting.runs.get(i))
                                .as("runs of event %d", i)
                                .isEqualTo(1);
                    }
                })
                .run(kind);
    }

    /** A round: a runner that is about to wait for an hour, and an event before that. */
    private static final class Waking {
        private final EventScheduler scheduler = new EventScheduler();
        private final AtomicBoolean woken = new AtomicBoolean();
        private final ScheduledEvent far = scheduler.enter(HOUR, 1, () -> {});
    }

    @EachThreadKind
    void enterAgainstWait_noWakeUpIsLost(ThreadKind kind) {
        Rounds.of(1_000, Waking::new)
                .body("runner", round -> round.scheduler.run())
                .body(
                        "enterer",
                        round -> round.scheduler.enter(Duration.ZERO, 1, () -> {
                            round.woken.set(true);
                            round.scheduler.cancel(round.far);
                        }))
                .check(round -> assertThat(round.woken).isTrue())
                .run(kind);
    }

    @EachThreadKind
    void cancelAgainstWait_noWakeUpIsLost(ThreadKind kind) {
        Rounds.of(1_000, Waking::new)
                .body("runner", round -> round.scheduler.run())
                .body(
                        "canceller",
                        round -> assertThat(round.scheduler.cancel(round.far)).isTrue())
                .check(round -> assertThat(round.scheduler.isEmpty()).isTrue())
                .run(kind);
    }

    // ---- retention ----

    /** An action that is nowhere else. */
    private static final class Action implements Runnable {
        @Override
        public void run() {
            // nothing to do
        }
    }

    /** In a frame of its own, so that no local variable keeps an action. */
    private static List<ScheduledEvent> enter(EventScheduler scheduler, List<WeakReference<Action>> actions) {
        List<ScheduledEvent> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            Action action = new Action();
            actions.add(new WeakReference<>(action));
            events.add(scheduler.enterAtNanos(i * 1_000L % 7, i % 2, action));
        }
        return events;
    }

    private static void awaitCleared(List<WeakReference<Action>> actions) {
        Await.until("actions that left to be collected", () -> {
            System.gc();
            return actions.stream().allMatch(action -> action.get() == null);
        });
    }

    @Test
    void actionThatRanOrWasCancelled_isNotHeld_notEvenByItsEvent() throws InterruptedException {
        VirtualTime time = new VirtualTime();
        EventScheduler scheduler = new EventScheduler(time);
        List<WeakReference<Action>> cancelled = new ArrayList<>();
        List<ScheduledEvent> events = enter(scheduler, cancelled);
        events.forEach(scheduler::cancel);
        awaitCleared(cancelled);
        List<WeakReference<Action>> over = new ArrayList<>();
        events.addAll(enter(scheduler, over));
        scheduler.run();
        awaitCleared(over);
        Reference.reachabilityFence(events);
        Reference.reachabilityFence(scheduler);
    }

    @Test
    void eventThatWasCancelled_isNotHeld_whileOthersStay() {
        EventScheduler scheduler = new EventScheduler();
        List<WeakReference<ScheduledEvent>> gone = new ArrayList<>();
        scheduler.enter(HOUR, 1, add("stays"));
        for (int i = 0; i < EVENTS; i++) {
            cancelOne(scheduler, gone);
        }
        Await.until("events that were cancelled to be collected", () -> {
            System.gc();
            return gone.stream().allMatch(event -> event.get() == null);
        });
        assertThat(scheduler.size()).isEqualTo(1);
    }

    private void cancelOne(EventScheduler scheduler, List<WeakReference<ScheduledEvent>> gone) {
        ScheduledEvent event = scheduler.enter(HOUR, 1, add("goes"));
        gone.add(new WeakReference<>(event));
        scheduler.cancel(event);
    }

    @Test
    void schedulerThatIsEmpty_isNotHeldByItsVirtualTime() {
        VirtualTime time = new VirtualTime();
        WeakReference<EventScheduler> reference = usedScheduler(time);
        Await.until("a scheduler that is empty to be collected", () -> {
            System.gc();
            return reference.get() == null;
        });
        Reference.reachabilityFence(time);
    }

    private WeakReference<EventScheduler> usedScheduler(VirtualTime time) {
        EventScheduler scheduler = new EventScheduler(time);
        scheduler.enter(HOUR, 1, () -> {});
        new EventScheduler(time).enter(HOUR, 1, () -> {});
        time.runAll();
        return new WeakReference<>(scheduler);
    }
}
