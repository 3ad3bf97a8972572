// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import io.github.headway4j.primitives.Event;
import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.BlockingContract;
import io.github.headway4j.testing.BlockingOperation;
import io.github.headway4j.testing.BlockingSubject;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The blocking matrix of {@link TaskScope}. A scope belongs to a thread, so each call opens one of its own; what the
 * calls have in common is an event that a subtask waits for.
 */
class TaskScopeContractTest extends BlockingContract {

    /** The event, and how many subtasks run: none, once the calls have returned. */
    private static final class Scene {
        final Event end = new Event();
        final AtomicInteger live = new AtomicInteger();
        final boolean heedsInterrupts;

        Scene(boolean heedsInterrupts) {
            this.heedsInterrupts = heedsInterrupts;
            end.set();
        }

        List<Object> state() {
            return List.of(end.isSet(), live.get());
        }

        /** Calls the operation on a scope with room for one subtask, which runs unless the event is set. */
        boolean call(ScopeCall call) throws Throwable {
            try (TaskScope<Object, Void> scope = TaskScope.open(Policy.failFast(), options -> options.concurrency(1))) {
                boolean interrupted = Thread.interrupted(); // not the business of what comes first
                if (!end.isSet()) {
                    AtomicBoolean begun = new AtomicBoolean();
                    scope.fork(waiting(begun));
                    Await.until("the subtask", begun::get); // does not park on anything that a case might look for
                }
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                return call.passes(scope);
            }
        }

        private Callable<Object> waiting(AtomicBoolean begun) {
            return () -> {
                live.incrementAndGet();
                try {
                    begun.set(true);
                    if (heedsInterrupts) {
                        end.await();
                    } else {
                        end.awaitUninterruptibly();
                    }
                } finally {
                    live.decrementAndGet();
                }
                return null;
            };
        }
    }

    private interface ScopeCall {
        boolean passes(TaskScope<Object, Void> scope) throws Throwable;
    }

    @Override
    protected List<BlockingOperation<?>> operations() {
        BlockingSubject<Scene> heeding = subject(true);
        BlockingSubject<Scene> stubborn = subject(false);
        return List.of(
                heeding.interruptible(
                        "join()",
                        scene -> scene.call(scope -> {
                            scope.join();
                            return true;
                        })),
                heeding.interruptible("fork(Callable)", scene -> scene.call(scope -> scope.fork(() -> 1) != null)),
                heeding.timed(
                        "tryFork(Callable, Duration)",
                        (scene, timeout) -> scene.call(scope -> scope.tryFork(() -> 1, timeout) != null)),
                heeding.trying("tryFork(Callable)", scene -> scene.call(scope -> scope.tryFork(() -> 1) != null)),
                stubborn.uninterruptible(
                        "close()",
                        scene -> scene.call(scope -> {
                            scope.close();
                            return true;
                        })));
    }

    @Override
    protected int casesPerThreadKind() {
        return 2 * 6 + 25 + 4 + 5;
    }

    private static BlockingSubject<Scene> subject(boolean heedsInterrupts) {
        return BlockingSubject.of(() -> new Scene(heedsInterrupts))
                .busy(scene -> scene.end.clear())
                .free(scene -> scene.end.set())
                .state(Scene::state)
                .keepsFree();
    }
}
