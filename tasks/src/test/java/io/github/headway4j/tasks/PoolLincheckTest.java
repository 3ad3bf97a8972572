// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import static io.github.headway4j.testing.Model.expect;
import static io.github.headway4j.testing.Model.join;
import static io.github.headway4j.testing.Model.start;

import io.github.headway4j.testing.Model;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What workers take from, and what they run, under the interleavings that the checker tries. */
class PoolLincheckTest {

    @Test
    @DisplayName("Backlog and front are one queue, in the model")
    void modelChecked() {
        new ModelCheckingOptions()
                .iterations(Model.ITERATIONS)
                .invocationsPerIteration(Model.INVOCATIONS)
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(3)
                .actorsAfter(2)
                .sequentialSpecification(SequentialLine.class)
                .check(Line.class);
    }

    @Test
    @DisplayName("Backlog and front are one queue, on the machine")
    void stressed() {
        new StressOptions()
                .iterations(Math.max(1, Model.ITERATIONS / 2))
                .invocationsPerIteration(Model.INVOCATIONS)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(3)
                .actorsAfter(2)
                .sequentialSpecification(SequentialLine.class)
                .check(Line.class);
    }

    /** A core whose workers never begin. */
    private static PoolCore core() {
        return new PoolCore(WorkerPool.fixed(1), 1, PoolOptions.defaults());
    }

    // ---- the line ----

    private record Numbered(int number) implements Runnable {
        @Override
        public void run() {}
    }

    /** A backlog and its front. */
    @Param(name = "number", gen = IntGen.class, conf = "1:9")
    public static class Line {
        private final PoolCore core = core();

        @Operation
        public boolean put(@Param(name = "number") int number) {
            return core.backlog.offer(new Numbered(number));
        }

        @Operation
        public int poll() {
            Runnable task = core.front.poll();
            return task == null ? 0 : ((Numbered) task).number();
        }
    }

    public static class SequentialLine {
        private final ArrayDeque<Integer> line = new ArrayDeque<>();

        public boolean put(int number) {
            return line.add(number);
        }

        public int poll() {
            Integer first = line.poll();
            return first == null ? 0 : first;
        }
    }

    // ---- the task ----

    @Test
    @DisplayName("A task that is cancelled while it runs has one outcome, and who cancelled knows which")
    void cancelAgainstTheEnd() {
        Model.check(() -> {
            PoolTask<Integer> task = new PoolTask<>(core(), (Runnable) () -> {});
            AtomicBoolean cancelled = new AtomicBoolean();
            Thread canceller = start(() -> cancelled.set(task.cancel(false)));
            task.run();
            expect(task.isDone(), "it is over");
            join(canceller);
            expect(task.isCancelled() == cancelled.get(), "cancelled, or not, for all");
        });
    }

    @Test
    @DisplayName("Of two who run a task one does, and both find it over or under way")
    void twoWhoRun() {
        Model.check(() -> {
            AtomicInteger ran = new AtomicInteger();
            PoolTask<Integer> task = new PoolTask<>(core(), (Runnable) ran::incrementAndGet);
            Thread other = start(task::run);
            task.run();
            join(other);
            expect(ran.get() == 1, "run once");
            expect(task.isDone() && !task.isCancelled(), "done");
        });
    }
}
