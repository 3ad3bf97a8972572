// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** What BlockingQueue says of taking: take, poll, timed poll, peek, element, remove, drainTo. */
class QueueExtractionTest {

    @EachSubject
    void eachForm_takesInOrder(QueueKind.Subject subject) throws InterruptedException {
        BlockingQueue<Integer> queue = subject.filled(0, 9);
        queue.addAll(List.of(3, 1, 2, 5, 4));
        List<Integer> taken = new ArrayList<>();

        assertThat(queue.peek()).isEqualTo(subject.order(3, 1, 2, 5, 4).get(0));
        taken.add(queue.take());
        assertThat(queue.element()).isEqualTo(queue.iterator().next());
        taken.add(queue.poll());
        taken.add(queue.poll(1, TimeUnit.HOURS));
        taken.add(queue.remove());
        taken.add(queue.poll(-1, TimeUnit.HOURS));
        subject.check(taken, 3, 1, 2, 5, 4);
        assertThat(queue).isEmpty();
    }

    @EachSubject
    void empty_eachFormSaysSo(QueueKind.Subject subject) throws InterruptedException {
        BlockingQueue<Integer> queue = subject.empty(2);
        assertThat(queue.poll()).isNull();
        assertThat(queue.peek()).isNull();
        assertThat(queue.poll(1, TimeUnit.MILLISECONDS)).isNull();
        assertThat(queue.poll(0, TimeUnit.MILLISECONDS)).isNull();
        assertThat(queue.poll(-1, TimeUnit.MILLISECONDS)).isNull();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(queue::element);
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(queue::remove);
        assertThat(queue.drainTo(new ArrayList<>())).isZero();
        assertThat(queue.isEmpty()).isTrue();
    }

    @EachSubject
    void takeThatWaits_goesOnWithTheFirstElement(QueueKind.Subject subject) {
        BlockingQueue<Integer> queue = subject.empty(2);
        try (TestThreads threads = new TestThreads()) {
            TestThread<Integer> taker = threads.start("taker", () -> queue.take());
            taker.awaitParked();
            queue.add(1);
            assertThat(taker.result()).isEqualTo(1);

            TestThread<Integer> poller = threads.start("poller", () -> queue.poll(1, TimeUnit.HOURS));
            poller.awaitParked();
            queue.add(2);
            assertThat(poller.result()).isEqualTo(2);
        }
        assertThat(queue).isEmpty();
    }

    @EachSubject
    void severalAtOnce_letAsManyTakersGo(QueueKind.Subject subject) {
        BlockingQueue<Integer> queue = subject.empty(5);
        try (TestThreads threads = new TestThreads()) {
            List<TestThread<Integer>> takers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                TestThread<Integer> taker = threads.start("taker " + i, () -> queue.take());
                taker.awaitParked();
                takers.add(taker);
            }
            queue.addAll(List.of(1, 2, 3));
            assertThat(takers).extracting(TestThread::result).containsExactlyInAnyOrder(1, 2, 3);
        }
    }

    @EachSubject
    void drainTo_takesInOrder_allOrSoMany(QueueKind.Subject subject) {
        BlockingQueue<Integer> queue = subject.empty(300);
        List<Integer> put = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            put.add(i * 7 % 300);
        }
        queue.addAll(put);
        List<Integer> sink = new ArrayList<>(List.of(-1));

        assertThat(queue.drainTo(sink, 0)).isZero();
        assertThat(queue.drainTo(sink, -5)).isZero();
        assertThat(queue.drainTo(sink, 3)).isEqualTo(3);
        assertThat(queue).hasSize(297);
        assertThat(queue.drainTo(sink)).isEqualTo(297);
        assertThat(sink.get(0)).isEqualTo(-1);
        subject.check(sink.subList(1, 301), put.toArray(Integer[]::new));
        assertThat(queue.drainTo(sink, 5)).isZero();
        queue.add(7);
        assertThat(queue.drainTo(sink, Integer.MAX_VALUE)).isEqualTo(1);
        assertThat(queue).isEmpty();
    }

    @EachSubject
    void drainTo_itself_isRefused(QueueKind.Subject subject) {
        BlockingQueue<Integer> queue = subject.filled(2, 3);
        assertThatIllegalArgumentException().isThrownBy(() -> queue.drainTo(queue));
        assertThatIllegalArgumentException().isThrownBy(() -> queue.drainTo(queue, 1));
        assertThat(queue).hasSize(2);
    }

    @EachSubject
    void drainTo_collectionThatRefuses_theFailureReachesTheCallerAndTheQueueGoesOn(QueueKind.Subject subject) {
        BlockingQueue<Integer> queue = subject.filled(4, 5);
        Refusing sink = new Refusing(2);

        assertThatThrownBy(() -> queue.drainTo(sink)).isSameAs(sink.refusal);

        assertThat(sink.accepted).hasSize(2).doesNotHaveDuplicates();
        if (subject.order().isStrict()) {
            assertThat(sink.accepted).isEqualTo(subject.order(1, 2, 3, 4).subList(0, 2));
        }
        queue.clear();
        queue.addAll(List.of(1, 2, 3, 4, 5));
        assertThat(queue.drainTo(new ArrayList<>())).isEqualTo(5);
    }

    /** Takes so many elements, then refuses. */
    static final class Refusing extends AbstractCollection<Integer> {
        final List<Integer> accepted = new ArrayList<>();
        final RuntimeException refusal = new UnsupportedOperationException("no more");
        private final int most;

        Refusing(int most) {
            this.most = most;
        }

        @Override
        public boolean add(Integer element) {
            if (accepted.size() == most) {
                throw refusal;
            }
            return accepted.add(element);
        }

        @Override
        public Iterator<Integer> iterator() {
            return accepted.iterator();
        }

        @Override
        public int size() {
            return accepted.size();
        }
    }
}
