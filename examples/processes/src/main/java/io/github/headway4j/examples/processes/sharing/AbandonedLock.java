// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.processes.sharing;

import io.github.headway4j.primitives.Held;
import io.github.headway4j.processes.ChildProcess;
import io.github.headway4j.processes.LongArray;
import io.github.headway4j.processes.SharedEvent;
import io.github.headway4j.processes.SharedLock;
import io.github.headway4j.processes.SharedMemory;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A process is killed with a lock in its hand and a transfer half done. The next one gets the lock nevertheless, is told
 * that it was abandoned, and finishes the transfer by the note that the dead one made first. With Python's
 * {@code multiprocessing.Lock} it would wait for ever.
 */
public final class AbandonedLock {
    private static final long START = 2_000L;
    private static final long AMOUNT = 500L;

    /** What is at which place of the memory. */
    private static final int FROM = 0;

    private static final int TO = 1;

    /** What the account that gives is to have after the transfer under way, plus one; 0 if none is under way. */
    private static final int NOTE = 2;

    private AbandonedLock() {}

    /**
     * What came of it.
     *
     * @param abandoned whether the lock told that its holder had died
     * @param missing how much money was missing then
     * @param from what the account that gave has at the end
     * @param to what the account that got has at the end
     */
    public record Result(boolean abandoned, long missing, long from, long to) {}

    /**
     * Runs the program.
     *
     * @param args not used
     * @throws Exception if a process cannot be started, or the main thread is interrupted
     */
    public static void main(String[] args) throws Exception {
        run(System.out::println);
    }

    /**
     * Kills a process in the middle of a transfer, and finishes it.
     *
     * @param out told what happens
     * @return what came of it
     * @throws IOException if the process cannot be started
     * @throws InterruptedException if the caller is interrupted; the process is then ended
     */
    public static Result run(Consumer<? super String> out) throws IOException, InterruptedException {
        try (SharedMemory shared = SharedMemory.create(3L * Long.BYTES);
                SharedLock lock = SharedLock.create();
                SharedEvent halfDone = SharedEvent.create();
                Children children = new Children()) {
            LongArray accounts = shared.longs();
            accounts.set(FROM, START);
            ChildProcess child = children.start(() -> transferHalf(accounts, lock, halfDone));
            halfDone.await();
            child.kill();
            out.accept("process " + child.pid() + " was killed in the middle of a transfer");
            try (Held held = lock.holdInterruptibly()) {
                boolean abandoned = lock.wasAbandoned();
                long missing = START - accounts.get(FROM) - accounts.get(TO);
                out.accept("the lock was " + (abandoned ? "" : "not ") + "abandoned, and " + missing + " missing");
                if (abandoned) {
                    finish(accounts);
                }
                Result result = new Result(abandoned, missing, accounts.get(FROM), accounts.get(TO));
                out.accept("now there are " + result.from() + " and " + result.to());
                return result;
            }
        }
    }

    /** Runs in a child, which does not get to the second half. */
    private static void transferHalf(LongArray accounts, SharedLock lock, SharedEvent halfDone) {
        try (Held held = lock.hold()) {
            long left = accounts.get(FROM) - AMOUNT;
            accounts.setVolatile(NOTE, left + 1L); // the note comes first
            accounts.setVolatile(FROM, left);
            halfDone.set();
            while (true) {
                LockSupport.park();
            }
        }
    }

    /** Does, once more or for the first time, what the note says; it does not matter how far the dead one got. */
    private static void finish(LongArray accounts) {
        long note = accounts.get(NOTE);
        if (note != 0L) {
            accounts.setVolatile(FROM, note - 1L);
            accounts.setVolatile(TO, START - accounts.get(FROM));
            accounts.setVolatile(NOTE, 0L);
        }
    }
}
