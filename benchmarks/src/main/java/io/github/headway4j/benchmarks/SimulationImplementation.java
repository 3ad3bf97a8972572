// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import io.github.headway4j.scheduler.BareStore;
import io.github.headway4j.scheduler.EventScheduler;
import io.github.headway4j.scheduler.VirtualTime;
import java.util.PriorityQueue;

/** What can simulate events that each plan another one for later. */
public enum SimulationImplementation {
    /** As users write it: actions that enter themselves again. */
    HEADWAY_SCHEDULER {
        @Override
        Simulation create(int pending) {
            return new HeadwaySimulation(pending);
        }
    },
    /** What the scheduler keeps its events in, alone. */
    HEADWAY_STORE {
        @Override
        Simulation create(int pending) {
            return new StoreSimulation(pending);
        }
    },
    /** Without actions, cancelling and an order of equal times; an event is planned again without making a new one. */
    PRIORITY_QUEUE {
        @Override
        Simulation create(int pending) {
            return new QueueSimulation(pending);
        }
    };

    /** Events that are pending, each of them planning another one when its time has come. */
    interface Simulation {
        /** Simulates what happens until some moment: how many events. */
        int runUntil(long moment);
    }

    /** As many events as given, the first ones after moment 0. */
    abstract Simulation create(int pending);

    private static final class HeadwaySimulation implements Simulation {
        private final VirtualTime time = new VirtualTime();
        private final EventScheduler scheduler = new EventScheduler(time);
        private final Increments increments = new Increments();
        private final Runnable action = this::happen;
        private int happened;

        HeadwaySimulation(int pending) {
            for (int i = 0; i < pending; i++) {
                scheduler.enterAtNanos(increments.next(), 0, action);
            }
        }

        private void happen() {
            happened++;
            scheduler.enterAtNanos(time.nanoTime() + increments.next(), 0, action);
        }

        @Override
        public int runUntil(long moment) {
            int before = happened;
            time.runUntil(moment);
            return happened - before;
        }
    }

    private static final class StoreSimulation implements Simulation {
        private final BareStore store = new BareStore();
        private final Increments increments = new Increments();

        StoreSimulation(int pending) {
            for (int i = 0; i < pending; i++) {
                store.insert(increments.next());
            }
        }

        @Override
        public int runUntil(long moment) {
            int happened = 0;
            for (BareStore.Entry entry = store.pollFirst(moment); entry != null; entry = store.pollFirst(moment)) {
                store.insertAgain(entry, entry.time() + increments.next());
                happened++;
            }
            return happened;
        }
    }

    private static final class QueueSimulation implements Simulation {
        private final PriorityQueue<Planned> queue;
        private final Increments increments = new Increments();

        QueueSimulation(int pending) {
            queue = new PriorityQueue<>(pending);
            for (int i = 0; i < pending; i++) {
                queue.add(new Planned(increments.next()));
            }
        }

        @Override
        public int runUntil(long moment) {
            int happened = 0;
            for (Planned first = queue.element(); first.time <= moment; first = queue.element()) {
                queue.remove();
                first.time += increments.next();
                queue.add(first);
                happened++;
            }
            return happened;
        }
    }

    private static final class Planned implements Comparable<Planned> {
        private long time;

        Planned(long time) {
            this.time = time;
        }

        @Override
        public int compareTo(Planned other) {
            return Long.compare(time, other.time);
        }
    }
}
