// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.testing;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * What every thread is doing: name, state, what it waits for and who owns that, stack. Covers all platform threads and
 * the virtual threads that {@link TestThreads} started; the JDK lists no others.
 */
final class ThreadDump {

    private static final Set<Thread> VIRTUAL = ConcurrentHashMap.newKeySet();

    private ThreadDump() {}

    /** Makes a virtual thread known. */
    static void add(Thread virtual) {
        VIRTUAL.add(virtual);
    }

    /** Forgets a virtual thread. */
    static void remove(Thread virtual) {
        VIRTUAL.remove(virtual);
    }

    /** The dump of this moment, one paragraph a thread. */
    static String take() {
        StringBuilder dump = new StringBuilder("Threads:\n");
        for (Map.Entry<Thread, StackTraceElement[]> entry :
                Thread.getAllStackTraces().entrySet()) {
            Thread thread = entry.getKey();
            ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(thread.getId());
            String lock = info == null ? null : info.getLockName();
            String owner = info == null ? null : info.getLockOwnerName();
            append(dump, thread, "platform", lock, owner, entry.getValue());
        }
        for (Thread thread : VIRTUAL) {
            // The class and the hash only: the string of a broken object under test might wait for a lock.
            Object blocker = LockSupport.getBlocker(thread);
            String lock = blocker == null
                    ? null
                    : blocker.getClass().getName() + '@' + Integer.toHexString(System.identityHashCode(blocker));
            append(dump, thread, "virtual", lock, null, thread.getStackTrace());
        }
        return dump.toString();
    }

    private static void append(
            StringBuilder dump, Thread thread, String kind, String lock, String owner, StackTraceElement[] stack) {
        dump.append('"').append(thread.getName()).append("\" ").append(kind).append(' ');
        dump.append(thread.getState());
        if (thread.isInterrupted()) {
            dump.append(", interrupted");
        }
        if (lock != null) {
            dump.append(", waits for ").append(lock);
        }
        if (owner != null) {
            dump.append(" owned by \"").append(owner).append('"');
        }
        dump.append('\n');
        for (StackTraceElement frame : stack) {
            dump.append("    at ").append(frame).append('\n');
        }
    }
}
