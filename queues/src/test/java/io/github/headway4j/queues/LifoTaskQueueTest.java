// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifoTaskQueueTest {

    @Test
    void order_isLastInFirstOut() throws Exception {
        LifoTaskQueue<Integer> queue = LifoTaskQueue.unbounded();
        queue.putAll(List.of(1, 2, 3));
        assertThat(queue).containsExactly(3, 2, 1);
        assertThat(queue.peek()).isEqualTo(3);
        assertThat(queue.take()).isEqualTo(3);
        queue.put(4);
        assertThat(queue.shutdownNow()).containsExactly(4, 2, 1);
    }

    @Test
    void dropOldest_dropsTheBottom() throws Exception {
        List<Integer> dropped = new ArrayList<>();
        LifoTaskQueue<Integer> queue = LifoTaskQueue.bounded(
                2,
                QueueOptions.<Integer>defaults()
                        .overflow(OverflowPolicy.DROP_OLDEST)
                        .onUndelivered(dropped::add));
        queue.putAll(List.of(1, 2, 3, 4));
        assertThat(dropped).containsExactly(1, 2);
        assertThat(queue).containsExactly(4, 3);
        assertThat(queue.unfinishedTasks()).isEqualTo(2);
    }

    @Test
    void remove_amongTheSame_removesTheNewest() {
        LifoTaskQueue<String> queue = LifoTaskQueue.unbounded();
        String same = "a";
        queue.addAll(List.of(same, "b", same, "c"));
        assertThat(queue.remove("a")).isTrue();
        assertThat(queue).containsExactly("c", "b", "a");
    }

    @Test
    void capacity_isExactAndChecked() {
        LifoTaskQueue<Integer> queue = LifoTaskQueue.bounded(1);
        assertThat(queue.offer(1)).isTrue();
        assertThat(queue.offer(2)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LifoTaskQueue.bounded(0))
                .withMessageContaining("0");
    }

    @Test
    void peak_isGivenBack() {
        CircularArray items = new CircularArray();
        for (int i = 0; i < 100_000; i++) {
            items.addLast(i, i);
        }
        for (int i = 100_000; i > 4; i--) {
            items.removeLast(i);
        }
        assertThat(items.length()).isEqualTo(16);
        assertThat(items.toArray(4)).containsExactly(0, 1, 2, 3);
    }

    @Test
    void takenElement_isNotHeld() throws Exception {
        LifoTaskQueue<Object> queue = LifoTaskQueue.unbounded();
        queue.put(new Object());
        queue.put(new Object());
        WeakReference<Object> taken = new WeakReference<>(queue.take());
        Retention.awaitCleared(taken);
        assertThat(queue).hasSize(1);
    }
}
