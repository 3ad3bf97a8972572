// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.queues.FifoTaskQueue;
import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.Rounds;
import io.github.headway4j.testing.ThreadKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** The front of a backlog: nothing is lost, taken twice or out of order on the way through it. */
class FrontTest {

    /** A task that has a number. */
    private record Numbered(int number) implements Runnable {
        @Override
        public void run() {}
    }

    /** A backlog and its front. */
    private static final class Line {
        private final PoolCore core = new PoolCore(WorkerPool.fixed(1), 1, PoolOptions.defaults());
        private final FifoTaskQueue<Runnable> backlog = core.backlog;
        private final ConcurrentLinkedQueue<Integer> first = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<Integer> second = new ConcurrentLinkedQueue<>();
        private final List<Runnable> handedBack = new ArrayList<>();

        static Line of(int tasks) {
            Line line = new Line();
            for (int i = 0; i < tasks; i++) {
                line.backlog.add(new Numbered(i));
            }
            return line;
        }

        void pollAll(ConcurrentLinkedQueue<Integer> to) {
            for (Runnable task = core.front.poll(); task != null; task = core.front.poll()) {
                to.add(((Numbered) task).number());
            }
        }

        /** Each took in order, and all together took all. */
        void check(int tasks) {
            assertThat(new ArrayList<>(first)).isSorted();
            assertThat(new ArrayList<>(second)).isSorted();
            List<Integer> all = new ArrayList<>(first);
            all.addAll(second);
            handedBack.forEach(task -> all.add(((Numbered) task).number()));
            assertThat(all).hasSize(tasks).doesNotHaveDuplicates();
            assertThat(core.front.hasTasks()).isFalse();
        }
    }

    @Test
    void poll_keepsTheOrder_overManyBatches() {
        Line line = Line.of(1_000);
        line.pollAll(line.first);
        assertThat(line.first).hasSize(1_000);
        line.check(1_000);
        assertThat(line.core.front.poll()).isNull();
        line.backlog.add(new Numbered(7));
        assertThat(line.core.front.poll()).isEqualTo(new Numbered(7));
    }

    @Test
    void drainTo_takesTheRestOfTheBatch_inOrder() {
        Line line = Line.of(10);
        assertThat(line.core.front.poll()).isEqualTo(new Numbered(0));
        assertThat(line.core.front.hasTasks()).isTrue();
        line.core.front.drainTo(line.handedBack);
        assertThat(line.handedBack).hasSize(9).startsWith(new Numbered(1)).endsWith(new Numbered(9));
        assertThat(line.core.front.poll()).isNull();
    }

    @EachThreadKind
    void twoWhoPoll_takeEachTaskOnce(ThreadKind kind) {
        Rounds.of(2_000, () -> Line.of(200))
                .body("first", line -> line.pollAll(line.first))
                .body("second", line -> line.pollAll(line.second))
                .check(line -> line.check(200))
                .run(kind);
    }

    @EachThreadKind
    void handingBack_againstPolling_losesNothing(ThreadKind kind) {
        Rounds.of(2_000, () -> Line.of(200))
                .body("polls", line -> line.pollAll(line.first))
                .body("hands back", line -> {
                    List<Runnable> last = line.backlog.shutdownNow();
                    line.core.front.drainTo(line.handedBack);
                    line.handedBack.addAll(last);
                })
                .check(line -> line.check(200))
                .run(kind);
    }
}
