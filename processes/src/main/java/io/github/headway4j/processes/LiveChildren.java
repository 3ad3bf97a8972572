// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The children of this JVM that run, and the thread that keeps it alive for those that are no daemons. */
final class LiveChildren {

    /* Implementation note.
     *
     * A child is entered before its start returns, and taken out by whoever notices its end first; that somebody does
     * is due to ChildProcess.watch().
     *
     * Invariant: if there is a child that is no daemon, there is a keeper, a thread that is none either. It ends in the
     * same hold of LOCK in which it finds no such child; one that is entered afterwards brings another keeper.
     */

    private static final Set<ChildProcess> RUNNING = ConcurrentHashMap.newKeySet();
    private static final ReentrantLock LOCK = new ReentrantLock();

    /** Guarded by LOCK. */
    private static boolean kept;

    private LiveChildren() {}

    /** Enters a child. If that throws something, as no thread can be had, the child is not entered. */
    static void add(ChildProcess child) {
        RUNNING.add(child);
        try {
            if (!child.isDaemon()) {
                sendKeeper();
            }
            child.watch();
        } catch (Throwable e) {
            RUNNING.remove(child);
            throw e;
        }
    }

    private static void sendKeeper() {
        LOCK.lock();
        try {
            if (!kept) {
                Thread keeper = new Thread(LiveChildren::keep, "headway-children");
                keeper.setDaemon(false);
                keeper.start();
                kept = true;
            }
        } finally {
            LOCK.unlock();
        }
    }

    static void remove(ChildProcess child) {
        RUNNING.remove(child);
    }

    static List<ChildProcess> active() {
        RUNNING.forEach(ChildProcess::isAlive); // takes out those that have ended
        return List.copyOf(RUNNING);
    }

    private static void keep() {
        for (ChildProcess child = next(); child != null; child = next()) {
            try {
                child.awaitProcess();
            } catch (InterruptedException e) {
                // By somebody who interrupts every thread: the children go on, and so does this.
            }
        }
    }

    private static @Nullable ChildProcess next() {
        LOCK.lock();
        try {
            for (ChildProcess child : RUNNING) {
                if (!child.isDaemon()) {
                    return child;
                }
            }
            kept = false;
            return null;
        } finally {
            LOCK.unlock();
        }
    }
}
