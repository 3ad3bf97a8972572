// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import io.github.headway4j.primitives.Event;
import io.github.headway4j.testing.BlockingContract;
import io.github.headway4j.testing.BlockingOperation;
import io.github.headway4j.testing.BlockingSubject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The blocking matrix of {@link Tasks} and {@link TaskResults}. Results belong to a thread, so each call begins a map
 * of its own; what the calls have in common is an event that the function waits for.
 */
class TaskResultsContractTest extends BlockingContract {

    /** The event, and how many tasks are at work: none, once the calls have returned. */
    private static final class Scene {
        final Event end = new Event();
        final AtomicInteger live = new AtomicInteger();

        Scene() {
            end.set();
        }

        List<Object> state() {
            return List.of(end.isSet(), live.get());
        }

        Object work() throws InterruptedException {
            live.incrementAndGet();
            try {
                end.await();
                return 1;
            } finally {
                live.decrementAndGet();
            }
        }

        Object workQuietly() {
            try {
                return work();
            } catch (InterruptedException e) {
                throw Failures.unchecked(e);
            }
        }

        /** Calls the operation on results whose first one is there if the event is set. */
        boolean call(boolean ordered, ResultsCall call) throws Throwable {
            try (TaskResults<Object> results = ordered
                    ? Tasks.map(List.of(1), 1, i -> workQuietly())
                    : Tasks.mapUnordered(List.of(1), 1, i -> workQuietly())) {
                if (end.isSet()) {
                    boolean interrupted = Thread.interrupted(); // not the business of what comes first
                    results.await();
                    if (interrupted) {
                        Thread.currentThread().interrupt();
                    }
                }
                return call.passes(results);
            }
        }
    }

    private interface ResultsCall {
        boolean passes(TaskResults<Object> results) throws Throwable;
    }

    @Override
    protected List<BlockingOperation<?>> operations() {
        BlockingSubject<Scene> subject = BlockingSubject.of(Scene::new)
                .busy(scene -> scene.end.clear())
                .free(scene -> scene.end.set())
                .state(Scene::state)
                .keepsFree();
        Callable<Object> nothing = () -> 1;
        return List.of(
                subject.interruptible(
                        "map.await()",
                        scene -> scene.call(true, results -> {
                            results.await();
                            return true;
                        })),
                subject.interruptible(
                        "mapUnordered.await()",
                        scene -> scene.call(false, results -> {
                            results.await();
                            return true;
                        })),
                subject.timed(
                        "map.await(Duration)", (scene, timeout) -> scene.call(true, results -> results.await(timeout))),
                subject.timed(
                        "mapUnordered.await(Duration)",
                        (scene, timeout) -> scene.call(false, results -> results.await(timeout))),
                subject.interruptible("gather(Callable...)", scene -> Tasks.gather(scene::work, nothing)),
                subject.interruptible(
                        "gatherOutcomes(Callable...)", scene -> Tasks.gatherOutcomes(scene::work, nothing)),
                subject.interruptible("race(Callable...)", scene -> Tasks.race(scene::work, scene::work)),
                subject.interruptible(
                        "withTimeout(Duration, Callable)",
                        scene -> Tasks.withTimeout(Duration.ofHours(1), scene::work)));
    }

    @Override
    protected int casesPerThreadKind() {
        return 6 * 6 + 2 * 25;
    }
}
