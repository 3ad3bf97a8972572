// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import io.github.headway4j.primitives.Parker;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;

/** Two queues from their opening to their end, and how much those who wait without a time-out do with them. */
final class QueueSession {

    /** What a session is like. In all but the first nobody but the host and its guests can wake who waits. */
    enum Course {
        /** Whoever wants to comes in. It ends at some moment. */
        CROWDED,

        /** The guests take what is put. It ends when all that was to be put has been put and taken and is done. */
        WORK,

        /** The host removes what is put. It ends when all has been put. */
        CLEARANCE,

        /** It ends at some moment, and what is left then is taken after the one who puts has been told. */
        SHUTDOWN
    }

    /** Until the end, however long that is. */
    private static final int ENDLESS = Integer.MAX_VALUE;

    /** Fills some segments of a queue that grows. */
    private static final int MOST_PUTS = 1_000;

    private static final int FEW = 10;
    private static final int MANY = 300;

    private final Course course;
    private final QueueAccount first;
    private final QueueAccount second;
    private final boolean selects;
    private final int puts;
    private final int takes;
    private final int selections;
    private final int helps;
    private final CountDownLatch putterLeft = new CountDownLatch(1);

    private QueueSession(String name, QueueAccount.Kind kind, Course course, SplittableRandom random) {
        boolean clearable = random.nextInt(8) == 0;
        Parker parker = random.nextBoolean() ? new DrowsyParker() : Parker.system();
        this.course = course;
        this.first = new QueueAccount(name, kind, parker, clearable);
        this.second = new QueueAccount(name, kind, parker, clearable);
        this.selects = kind.selects();
        this.puts = course == Course.WORK || course == Course.CLEARANCE
                ? random.nextInt(3 * FEW)
                : Math.min(MOST_PUTS, share(random));
        this.takes = course == Course.CLEARANCE ? 0 : share(random);
        this.selections = course == Course.CLEARANCE ? 0 : course == Course.WORK ? ENDLESS : share(random);
        this.helps = random.nextInt(random.nextInt(4) == 0 ? MANY : FEW);
    }

    /** A session with new queues. */
    static QueueSession open(String name, QueueAccount.Kind kind, SplittableRandom random) {
        Course[] courses = Course.values();
        Course course = random.nextBoolean() ? Course.CROWDED : courses[random.nextInt(courses.length)];
        return new QueueSession(name, kind, course, random);
    }

    /** A session that is over. */
    static QueueSession over(String name, QueueAccount.Kind kind) {
        QueueSession session = new QueueSession(name, kind, Course.SHUTDOWN, new SplittableRandom(0));
        session.queues().forEach(account -> account.queue().shutdown());
        return session;
    }

    /** Nothing, a little, or no end of it. */
    private static int share(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> random.nextInt(FEW);
            default -> ENDLESS;
        };
    }

    Course course() {
        return course;
    }

    QueueAccount first() {
        return first;
    }

    QueueAccount second() {
        return second;
    }

    List<QueueAccount> queues() {
        return List.of(first, second);
    }

    /** One of those that are used. */
    QueueAccount any(SplittableRandom random) {
        return !selects || random.nextBoolean() ? first : second;
    }

    boolean isShutdown() {
        return first.queue().isShutdown() && second.queue().isShutdown();
    }

    /** Whether both queues can be waited for at once. Otherwise the first one alone is used. */
    boolean selects() {
        return selects;
    }

    /** How often the one who puts does so. */
    int puts() {
        return puts;
    }

    /** How often the one who takes does so. */
    int takes() {
        return takes;
    }

    /** How often the one who takes from either queue does so. */
    int selections() {
        return selections;
    }

    /** How long the host stays before it ends the session. */
    int helps() {
        return helps;
    }

    /** Whether somebody takes until nothing is left. */
    boolean isEmptiedByGuests() {
        return takes == ENDLESS || selections == ENDLESS;
    }

    /** Told by the one who puts, when it has put all or been told of the end. */
    void putterLeaves() {
        putterLeft.countDown();
    }

    boolean hasPutterLeft() {
        return putterLeft.getCount() == 0;
    }

    void awaitPutter() throws InterruptedException {
        putterLeft.await();
    }
}
