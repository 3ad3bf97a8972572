// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import java.util.List;
import java.util.SplittableRandom;

/** Two queues from their opening to their end, and how much those who wait without a time-out do with them. */
final class QueueSession {

    /** Until the end, however long that is. */
    static final int ENDLESS = Integer.MAX_VALUE;

    /** Fills some segments of a queue that grows. */
    private static final int MOST_PUTS = 1_000;

    private static final int SHORT = 10;
    private static final int LONG = 300;

    private final QueueAccount first;
    private final QueueAccount second;
    private final boolean selects;
    private final int puts;
    private final int takes;
    private final int selections;
    private final int helps;

    private QueueSession(String name, QueueAccount.Kind kind, SplittableRandom random) {
        boolean clearable = random.nextInt(8) == 0;
        this.first = new QueueAccount(name, kind, clearable);
        this.second = new QueueAccount(name, kind, clearable);
        this.selects = kind.selects();
        this.puts = Math.min(MOST_PUTS, share(random));
        this.takes = share(random);
        this.selections = share(random);
        this.helps = random.nextInt(random.nextInt(4) == 0 ? LONG : SHORT);
    }

    /** A session with new queues. */
    static QueueSession open(String name, QueueAccount.Kind kind, SplittableRandom random) {
        return new QueueSession(name, kind, random);
    }

    /** A session that is over. */
    static QueueSession over(String name, QueueAccount.Kind kind) {
        QueueSession session = new QueueSession(name, kind, new SplittableRandom(0));
        session.queues().forEach(account -> account.queue().shutdown());
        return session;
    }

    /** Nothing, a little, or no end of it. */
    private static int share(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> random.nextInt(SHORT);
            default -> ENDLESS;
        };
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

    QueueAccount any(SplittableRandom random) {
        return random.nextBoolean() ? first : second;
    }

    boolean isShutdown() {
        return first.queue().isShutdown() && second.queue().isShutdown();
    }

    /** Whether both queues can be waited for at once. */
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
}
