// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import org.jspecify.annotations.Nullable;

/**
 * Queues of one kind, two at a time, from their opening to their end, again and again. Some threads put into them and
 * take from them without a time-out until they are told of the end; others come and go in all forms, and interrupt each
 * other; several shut the queues down at once. Each element is accounted for.
 */
final class QueueScenario implements Scenario {

    private static final int LONGEST_WAIT_NANOS = 100_000;
    private static final Duration FOR_EVER = Duration.ofDays(1);

    /** Opens the queues and ends them. */
    private static final int HOST = 0;

    private static final int PUTTER = 1;
    private static final int TAKER = 2;

    /** Takes from either queue. */
    private static final int SELECTOR = 3;

    private static final int PARTIES = 4;

    private final String name;
    private final QueueAccount.Kind kind;

    /** Written by the host. */
    private volatile QueueSession session;

    private final Queue<QueueAccount> ended = new ConcurrentLinkedQueue<>();

    /** One of those that take steps: the others may interrupt it. */
    private volatile @Nullable Thread lately;

    /**
     * A scenario with queues of one kind.
     *
     * @param name what kind of queue
     * @param kind how they are made
     */
    QueueScenario(String name, QueueAccount.Kind kind) {
        this.name = name;
        this.kind = kind;
        this.session = QueueSession.over(name, kind);
    }

    @Override
    public String name() {
        return "elements of a " + name;
    }

    /** What waits without a time-out here goes on at the end of the session. */
    @Override
    public void step(SplittableRandom random) throws InterruptedException {
        QueueSession now = session;
        if (now.course() != QueueSession.Course.CROWDED || now.isShutdown()) {
            Pause.rest(random);
            return;
        }
        Thread other = lately;
        lately = Thread.currentThread();
        QueueAccount account = now.any(random);
        Duration timeout = Duration.ofNanos(random.nextInt(LONGEST_WAIT_NANOS));
        switch (random.nextInt(32)) {
            case 0, 1, 2, 3 -> QueueMoves.putAtOnce(account, random);
            case 4, 5, 6, 7, 8, 9, 10, 11 -> QueueMoves.put(account, random, timeout);
            case 12, 13, 14, 15 -> QueueMoves.takeAtOnce(account, random);
            case 16, 17, 18, 19, 20, 21, 22 -> QueueMoves.take(account, random, timeout, 1 + random.nextInt(2));
            case 23, 24, 25 -> QueueMoves.select(now, random, timeout);
            case 26, 27 -> QueueMoves.remove(account, random);
            case 28 -> QueueMoves.look(account);
            case 29 -> account.queue().join(timeout);
            case 30 -> {
                if (other != null) {
                    other.interrupt();
                }
            }
            default -> {
                if (random.nextInt(8) == 0) {
                    QueueMoves.end(account, random);
                }
            }
        }
    }

    @Override
    public List<Ring> rings() {
        return List.of(new SessionRing());
    }

    @Override
    public void check() {
        if (ended.isEmpty()) {
            throw new AssertionError(name() + ": no session at all");
        }
        for (QueueAccount account = ended.poll(); account != null; account = ended.poll()) {
            account.check();
        }
    }

    /** A host and three guests. A turn is a session: it lasts until all have left. */
    private final class SessionRing implements Ring {
        private final CyclicBarrier door = new CyclicBarrier(PARTIES);

        @Override
        public String name() {
            return QueueScenario.this.name() + ", session";
        }

        @Override
        public int parties() {
            return PARTIES;
        }

        @Override
        public void turn(int who, SplittableRandom random) throws InterruptedException {
            if (who == HOST) {
                session = QueueSession.open(QueueScenario.this.name(), kind, random);
            }
            passTheDoor();
            QueueSession now = session;
            switch (who) {
                case HOST -> host(now, random);
                case PUTTER -> put(now, random);
                case TAKER -> take(now, random);
                case SELECTOR -> select(now, random);
                default -> throw new AssertionError("party " + who);
            }
            passTheDoor();
            if (who == HOST) {
                ended.addAll(now.queues());
            }
        }

        private void passTheDoor() throws InterruptedException {
            try {
                door.await();
            } catch (BrokenBarrierException e) {
                throw new InterruptedException(name() + ": another party was interrupted, as the round has failed");
            }
        }

        /** Sees the session through, and then shuts both queues down, as others may have done. */
        private void host(QueueSession now, SplittableRandom random) throws InterruptedException {
            Pause.rest(random);
            switch (now.course()) {
                case CROWDED -> help(now, random);
                case WORK -> {
                    now.awaitPutter();
                    join(now);
                }
                case CLEARANCE -> {
                    while (!now.hasPutterLeft()) {
                        QueueMoves.remove(now.any(random), random);
                        Pause.brief(random);
                    }
                }
                case SHUTDOWN -> Pause.rest(random);
            }
            Pause.rest(random);
            now.queues().forEach(account -> QueueMoves.end(account, random));
            if (now.course() == QueueSession.Course.SHUTDOWN) {
                now.awaitPutter();
            }
            if (!now.isEmptiedByGuests()) {
                now.queues().forEach(account -> {
                    while (!account.queue().isTerminated()) {
                        QueueMoves.takeAtOnce(account, random);
                    }
                });
            }
        }

        private void help(QueueSession now, SplittableRandom random) {
            for (int helps = now.helps(); helps > 0 && !now.isShutdown(); helps--) {
                if (random.nextBoolean()) {
                    QueueMoves.putAtOnce(now.any(random), random);
                } else {
                    QueueMoves.takeAtOnce(now.any(random), random);
                }
                Pause.brief(random);
            }
        }

        private void put(QueueSession now, SplittableRandom random) throws InterruptedException {
            for (int puts = now.puts(); puts > 0 && !now.isShutdown(); puts--) {
                QueueMoves.put(now.any(random), random, FOR_EVER);
                Pause.brief(random);
            }
            now.putterLeaves();
            endPerhaps(now, random);
            join(now);
        }

        private void join(QueueSession now) throws InterruptedException {
            now.first().queue().join();
            now.second().queue().join();
        }

        private void endPerhaps(QueueSession now, SplittableRandom random) {
            if (random.nextInt(8) == 0) {
                QueueMoves.end(now.any(random), random);
            }
        }

        private void take(QueueSession now, SplittableRandom random) throws InterruptedException {
            int takes = now.takes();
            int least = now.course() == QueueSession.Course.WORK ? 1 : 2; // others wait until what is taken is done
            for (QueueAccount account : now.queues()) {
                while (takes > 0 && QueueMoves.take(account, random, FOR_EVER, least)) {
                    takes--;
                    Pause.brief(random);
                }
            }
        }

        private void select(QueueSession now, SplittableRandom random) throws InterruptedException {
            for (int left = now.selections(); left > 0 && QueueMoves.select(now, random, FOR_EVER); left--) {
                Pause.brief(random);
            }
            endPerhaps(now, random);
        }
    }
}
