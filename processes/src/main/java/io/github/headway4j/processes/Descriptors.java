// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** What has to be done about the JDK when a program runs out of descriptors. */
final class Descriptors {
    /*
     * Two things go wrong in the JDK then. First, a start that fails for want of descriptors keeps some of those it had
     * got, for good. So none is tried unless there are enough: that many are opened and closed before. As this takes
     * time, there is a look at how many are free, and as long as it would take to open all these, the start goes ahead.
     *
     * Second, for each signal the JDK reads /proc, to be sure that it is still the same process, and without a descriptor
     * it takes every process for gone. So a few are kept open, and given up when a process has to be ended and there are
     * no others. Another thread may open something else before: then the process is not ended.
     */

    /** A directory that is gone through, a file in it, and one more for another thread. */
    private static final int SPARE_COUNT = 3;

    /** Less time than opening something takes, with some processors at it. */
    private static final long NANOS_TO_OPEN = 500L;

    private static final long LONGEST_VALID_NANOS = 1_000_000_000L;

    /** About as long as it takes to start a process. */
    private static final long SOON_NANOS = 2_000_000L;

    /** More than a usual start needs. */
    private static final int ENOUGH = 64;

    private static final File SOMETHING = new File("/dev/null");
    private static final File OPEN = new File("/proc/self/fd");
    private static final File LIMITS = new File("/proc/self/limits");
    private static final String LIMIT = "Max open files";

    /** Guarded by the monitor of the class, as is users. */
    private static final Deque<InputStream> SPARE = new ArrayDeque<>();

    private static int users;
    private static volatile boolean complete = !Platform.IS_LINUX;

    /** Until when the last look says that there are enough. */
    private static volatile long enoughUntil = System.nanoTime();

    private Descriptors() {}

    // ---- before a start ----

    /** Refuses to go on unless so many can be opened. */
    static void require(int count) throws IOException {
        if (!Platform.IS_LINUX || enoughUntil - System.nanoTime() > 0) {
            return;
        }
        if (!complete) {
            fill();
        }
        lookAgain(count);
        if (enoughUntil - System.nanoTime() <= 0) {
            open(count);
        }
    }

    /** Looks ahead of the next start, if that would have to look soon: while there is nothing else to do. */
    static void look() {
        if (Platform.IS_LINUX && enoughUntil - System.nanoTime() < SOON_NANOS) {
            lookAgain(ENOUGH);
        }
    }

    private static void lookAgain(int count) {
        long now = System.nanoTime();
        long valid = (free() - count) * NANOS_TO_OPEN;
        enoughUntil = now + Math.max(0L, Math.min(valid, LONGEST_VALID_NANOS));
    }

    /** How many more may be opened, or 0 if that is not known. */
    private static long free() {
        String[] open = OPEN.list();
        if (open == null) {
            return 0L;
        }
        try (InputStream in = new FileInputStream(LIMITS)) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n")) {
                if (line.startsWith(LIMIT)) {
                    String limit = line.substring(LIMIT.length()).trim().split(" ")[0];
                    return limit.equals("unlimited") ? Integer.MAX_VALUE : Long.parseLong(limit) - open.length;
                }
            }
            return 0L;
        } catch (IOException | NumberFormatException unknown) {
            return 0L;
        }
    }

    private static void open(int count) throws IOException {
        Deque<InputStream> opened = new ArrayDeque<>();
        try {
            while (opened.size() < count) {
                opened.push(new FileInputStream(SOMETHING));
            }
        } catch (IOException noneLeft) {
            throw new IOException(
                    "Too many open files: a process cannot be started with " + opened.size()
                            + " descriptors left; expected at least " + count,
                    noneLeft);
        } finally {
            opened.forEach(Descriptors::close);
        }
    }

    // ---- around a signal ----

    /** Gives up the spare ones if there are no others. Whether that was so: then {@link #takeBack} has to follow. */
    static boolean lend() {
        if (!Platform.IS_LINUX || hasOthers()) {
            return false;
        }
        synchronized (Descriptors.class) {
            users++;
            complete = false;
            while (!SPARE.isEmpty()) {
                close(SPARE.pop());
            }
        }
        return true;
    }

    static void takeBack() {
        synchronized (Descriptors.class) {
            users--;
        }
        fill();
    }

    private static synchronized void fill() {
        if (users > 0) {
            return;
        }
        try {
            while (SPARE.size() < SPARE_COUNT) {
                SPARE.push(new FileInputStream(SOMETHING));
            }
            complete = true;
        } catch (IOException noneLeft) {
            complete = false;
        }
    }

    private static boolean hasOthers() {
        try {
            new FileInputStream(SOMETHING).close();
            return true;
        } catch (IOException noneLeft) {
            return false;
        }
    }

    private static void close(InputStream opened) {
        try {
            opened.close();
        } catch (IOException closedAllTheSame) {
            return;
        }
    }
}
