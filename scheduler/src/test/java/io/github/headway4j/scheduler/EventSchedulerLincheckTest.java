// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import static io.github.headway4j.testing.Model.expect;
import static io.github.headway4j.testing.Model.join;
import static io.github.headway4j.testing.Model.start;

import io.github.headway4j.testing.Model;
import io.github.headway4j.testing.SemaphoreParker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@link EventScheduler} under every interleaving that the model checker tries. */
class EventSchedulerLincheckTest {

    /** More than the store has words of bits: loops over them are not waiting. */
    private static final int LOOPS = 40;

    /** Fewer, since each of them makes a store. */
    private static final int INVOCATIONS = Math.max(1, Model.INVOCATIONS / 2);

    /** A moment that never comes. */
    private static final long LATER = 100L;

    private static EventScheduler scheduler() {
        return new EventScheduler(new StillTime(), new SemaphoreParker());
    }

    // ---- one by one ----

    @Test
    @DisplayName("enter, cancel, runPending, queue and size are linearizable, in the order of a sorted list")
    void everythingThatDoesNotWait_isLinearizable() {
        new ModelCheckingOptions()
                .iterations(Model.ITERATIONS)
                .invocationsPerIteration(INVOCATIONS)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(1)
                .actorsAfter(2)
                .loopIterationsBeforeThreadSwitch(LOOPS)
                .loopBound(10 * LOOPS)
                .sequentialSpecification(SortedList.class)
                .check(Operations.class);
    }

    /** An action that tells its name and ends {@code runPending}, which thereby runs one event at a time. */
    private static final class Ran extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Ran(String name) {
            super(name, null, false, false);
        }
    }

    private static String name(long at, int priority) {
        return at + "/" + priority;
    }

    /** Three events are there from the beginning and may be cancelled. Half of the moments have come. */
    @Param(name = "at", gen = IntGen.class, conf = "1:4")
    @Param(name = "priority", gen = IntGen.class, conf = "1:2")
    @Param(name = "event", gen = IntGen.class, conf = "0:2")
    public static class Operations {
        private final EventScheduler scheduler = scheduler();
        private final ScheduledEvent[] first = new ScheduledEvent[3];

        public Operations() {
            for (int i = 0; i < first.length; i++) {
                first[i] = plan(1 + i, 1);
            }
        }

        private ScheduledEvent plan(int at, int priority) {
            Ran ran = new Ran(name(at, priority));
            return scheduler.enterAtNanos(at, priority, () -> {
                throw ran;
            });
        }

        @Operation
        public void enter(@Param(name = "at") int at, @Param(name = "priority") int priority) {
            plan(at, priority);
        }

        @Operation
        public boolean cancel(@Param(name = "event") int event) {
            return scheduler.cancel(first[event]);
        }

        @Operation
        public String runOne() {
            try {
                return "wait " + scheduler.runPending();
            } catch (Ran ran) {
                return ran.getMessage();
            }
        }

        @Operation
        public String queue() {
            StringBuilder names = new StringBuilder();
            for (ScheduledEvent event : scheduler.queue()) {
                names.append(name(event.nanoTime(), event.priority())).append(' ');
            }
            return names.toString();
        }

        @Operation
        public boolean isPending(@Param(name = "event") int event) {
            return first[event].isPending();
        }

        @Operation
        public int size() {
            return scheduler.size();
        }
    }

    /** The same for one thread. */
    public static class SortedList {
        private final List<Planned> events = new ArrayList<>();
        private final Planned[] first = new Planned[3];

        /** Equal only to itself. */
        private static final class Planned {
            private final int at;
            private final int priority;

            Planned(int at, int priority) {
                this.at = at;
                this.priority = priority;
            }

            boolean isAfter(int otherAt, int otherPriority) {
                return at > otherAt || (at == otherAt && priority > otherPriority);
            }
        }

        public SortedList() {
            for (int i = 0; i < first.length; i++) {
                first[i] = plan(1 + i, 1);
            }
        }

        private Planned plan(int at, int priority) {
            Planned event = new Planned(at, priority);
            int index = 0;
            while (index < events.size() && !events.get(index).isAfter(at, priority)) {
                index++;
            }
            events.add(index, event);
            return event;
        }

        public void enter(int at, int priority) {
            plan(at, priority);
        }

        public boolean cancel(int event) {
            return events.remove(first[event]);
        }

        public String runOne() {
            if (events.isEmpty()) {
                return "wait Optional.empty";
            }
            Planned next = events.get(0);
            if (next.at > StillTime.NOW) {
                return "wait Optional[PT0.00000000" + (next.at - StillTime.NOW) + "S]";
            }
            events.remove(0);
            return name(next.at, next.priority);
        }

        public String queue() {
            StringBuilder names = new StringBuilder();
            for (Planned event : events) {
                names.append(name(event.at, event.priority)).append(' ');
            }
            return names.toString();
        }

        public boolean isPending(int event) {
            return events.contains(first[event]);
        }

        public int size() {
            return events.size();
        }
    }

    // ---- running ----

    @Test
    @DisplayName("Two runners against a cancel: the event runs once or is cancelled, and both return")
    void cancel_againstTwoRunners() {
        Model.check(INVOCATIONS, () -> {
            EventScheduler scheduler = scheduler();
            AtomicInteger runs = new AtomicInteger();
            ScheduledEvent event = scheduler.enterAtNanos(StillTime.NOW, 1, runs::incrementAndGet);
            boolean[] cancelled = new boolean[1];
            Thread runner = start(scheduler::run);
            Thread canceller = start(() -> cancelled[0] = scheduler.cancel(event));
            scheduler.run();
            join(runner, canceller);
            expect(runs.get() == (cancelled[0] ? 0 : 1), "run " + runs + ", cancelled " + cancelled[0]);
            expect(!event.isPending() && scheduler.isEmpty(), "something is left");
        });
    }

    @Test
    @DisplayName("An earlier event against a runner that waits, or is about to: it runs")
    void enter_againstARunnerThatWaits() {
        Model.check(INVOCATIONS, () -> {
            EventScheduler scheduler = scheduler();
            ScheduledEvent later = scheduler.enterAtNanos(LATER, 1, () -> {});
            boolean[] ran = new boolean[1];
            Thread runner = start(scheduler::run);
            scheduler.enterAtNanos(StillTime.NOW, 1, () -> {
                ran[0] = true;
                scheduler.cancel(later);
            });
            join(runner);
            expect(ran[0] && !later.isPending(), "the runner has left too early");
        });
    }

    @Test
    @DisplayName("The last event cancelled against two runners that wait, or are about to: both return")
    void cancelOfTheLast_againstTwoRunners() {
        Model.check(INVOCATIONS, () -> {
            EventScheduler scheduler = scheduler();
            ScheduledEvent later = scheduler.enterAtNanos(LATER, 1, () -> {});
            Thread one = start(scheduler::run);
            Thread other = start(scheduler::run);
            expect(scheduler.cancel(later), "cancelled by nobody else");
            join(one, other);
            expect(scheduler.isEmpty(), "something is left");
        });
    }

    @Test
    @DisplayName("A runner that waits for an event which is cancelled notices the ones that come after that")
    void cancelAndEnter_againstARunnerThatWaits() {
        Model.check(INVOCATIONS, () -> {
            EventScheduler scheduler = scheduler();
            ScheduledEvent first = scheduler.enterAtNanos(LATER, 1, () -> {});
            ScheduledEvent second = scheduler.enterAtNanos(2 * LATER, 1, () -> {});
            Thread runner = start(scheduler::run);
            Thread canceller = start(() -> scheduler.cancel(first));
            scheduler.enterAtNanos(StillTime.NOW, 1, () -> {
                scheduler.cancel(first);
                scheduler.cancel(second);
            });
            join(runner, canceller);
            expect(scheduler.isEmpty(), "something is left");
        });
    }

    @Test
    @DisplayName("An interrupt of a runner against an earlier event: the other runner runs it")
    void interruptOfARunner_againstEnter() {
        Model.check(INVOCATIONS, () -> {
            EventScheduler scheduler = scheduler();
            ScheduledEvent later = scheduler.enterAtNanos(LATER, 1, () -> {});
            AtomicInteger runs = new AtomicInteger();
            Thread leaver = start(() -> {
                try {
                    scheduler.run();
                } catch (InterruptedException e) {
                    // leaves
                }
            });
            Thread stayer = start(scheduler::run);
            leaver.interrupt();
            scheduler.enterAtNanos(StillTime.NOW, 1, () -> {
                runs.incrementAndGet();
                scheduler.cancel(later);
            });
            join(leaver, stayer);
            expect(runs.get() == 1 && scheduler.isEmpty(), "run " + runs);
        });
    }
}
