// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import io.github.headway4j.primitives.WaitQueue;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A process and all its descendants: how they are found, and how they are ended. */
final class ProcessTree {
    /*
     * Model. A process hands its environment down to those that it starts. The root gets a variable that names its
     * tree, after the names of the trees that the virtual machine itself is in, so that whoever ends an outer tree finds
     * the inner ones too:
     *
     *   HEADWAY_TREE=outer:inner
     *
     * Members are the descendants of the root as the operating system knows them, and, on Linux, each process in whose
     * first environment, /proc/N/environ, the name is found. The former finds those that have cleared their environment;
     * the latter those whose parents have ended, which belong to another parent from then on, and those in sessions and
     * process groups of their own. The former has to be asked before anything is killed.
     *
     * Why no process group: the JDK starts none, and a member may leave it.
     *
     * Ending. Everything found gets the signal; then looking again, until a look finds nobody: a process that was
     * started between a look and the end of its parent has the name too, and is found by the next look. Who forks and
     * ends faster than a look through /proc, again and again, may escape; so may, after the end of its parent, who has
     * cleared its environment.
     *
     * Numbers that are given to another process meanwhile: a handle remembers the time at which its process was started,
     * and the JDK sends no signal if that does not fit. The handle is made before the environment is read, so that a
     * process that has taken over the number in between has another time than the handle.
     *
     * A process that changes to another program (exec) has no environment for a moment. If the look that finds nobody
     * fell into that moment, the process would live on, so what is unclear is read again until it is clear, for a limited
     * time. A process that was given no variables is not unclear: its environment has a place, but no length, and its
     * program is in its place, which comes last. Threads of the kernel have none of that, and are told by their flag.
     *
     * What has ended and was not waited for by its parent, a zombie, is no member: no signal changes anything about it.
     * The JDK calls it alive, so its state is read from /proc. A process whose first thread has ended while others run
     * has the same state, but more than one thread, and its environment is found with the others.
     */

    /** The variable by which the members of a tree are found. */
    static final String VARIABLE = "HEADWAY_TREE";

    private static final char SEPARATOR = ':';
    private static final byte[] ASSIGNMENT = (VARIABLE + "=").getBytes(StandardCharsets.US_ASCII);

    /** How long the end of those that were killed is waited for: the operating system may be busy with them. */
    private static final long FORCED_NANOS = 5_000_000_000L;

    /** Fields of /proc/N/stat behind the name: the state of the first thread, flags, the number of threads. */
    private static final int STATE = 0;

    private static final int FLAGS = 6;
    private static final int THREADS = 17;

    /** More fields: where the data of the program end, and where the first environment begins and ends. */
    private static final int DATA_END = 43;

    private static final int ENVIRONMENT_START = 47;

    private static final int ENVIRONMENT_END = 48;
    private static final String ENDED = "Z";
    private static final long KERNEL_FLAG = 0x0020_0000L;

    /** So long in all a look waits for those that change to another program: on a busy machine that takes a while. */
    private static final long EXEC_NANOS = 100_000_000L;

    private static final long SHORTEST_NAP_NANOS = 100_000L;
    private static final long LONGEST_NAP_NANOS = 10_000_000L;

    /** Nobody else can know it: a process of another user that bears it does so on purpose. */
    private static final String PREFIX = Long.toHexString(new SecureRandom().nextLong());

    private static final AtomicLong NUMBER = new AtomicLong();

    /** Just before its root is started. */
    final long created = System.nanoTime();

    private final String name = PREFIX + "-" + Long.toHexString(NUMBER.getAndIncrement());

    private ProcessTree() {}

    /** A tree for a process that is to be started. */
    static ProcessTree create() {
        return new ProcessTree();
    }

    /** Puts the mark of this tree, and those of the trees that it is in, into the environment of its root to be. */
    void mark(Map<String, String> environment) {
        String outer = System.getenv(VARIABLE);
        environment.put(VARIABLE, outer == null || outer.isEmpty() ? name : outer + SEPARATOR + name);
    }

    /** All members that are alive, the root first if it is. */
    List<ProcessHandle> members(ProcessHandle root) {
        return members(List.of(new Target(this, root, signal -> {})));
    }

    /**
     * Asks all members to end, kills those that are left after the grace, and returns when none is left, after a
     * limited time in any case. An interrupt means no grace, and stays pending.
     *
     * @param root may have ended
     * @param sent gets each signal before it is sent to the root
     * @return false if a member was left
     */
    boolean end(Process root, Duration grace, IntConsumer sent) {
        return endAll(List.of(new Target(this, root.toHandle(), sent)), grace);
    }

    /** As {@link #end(Process, Duration, IntConsumer)}, without telling of signals. */
    boolean end(Process root, Duration grace) {
        return end(root, grace, signal -> {});
    }

    /** As {@link #end(Process, Duration, IntConsumer)}, for many trees at once. */
    static boolean endAll(Collection<Target> targets, Duration grace) {
        boolean interrupted = Thread.interrupted();
        boolean lent = Descriptors.lend();
        try {
            if (!grace.isNegative() && !grace.isZero() && !interrupted) {
                long deadline = System.nanoTime() + WaitQueue.saturatedNanos(grace);
                List<ProcessHandle> asked = new ArrayList<>();
                List<ProcessHandle> left = members(targets);
                while (!left.isEmpty() && deadline - System.nanoTime() > 0 && !interrupted) {
                    List<ProcessHandle> fresh = new ArrayList<>(left);
                    fresh.removeAll(asked);
                    signal(fresh, targets, false);
                    asked.addAll(fresh);
                    interrupted = !awaitEnd(left, deadline);
                    left = members(targets);
                }
                if (left.isEmpty()) {
                    return true;
                }
            }
            long deadline = System.nanoTime() + FORCED_NANOS;
            for (; ; ) {
                List<ProcessHandle> left = members(targets);
                if (left.isEmpty()) {
                    return true;
                }
                long rest = deadline - System.nanoTime();
                if (rest <= 0) {
                    return false;
                }
                signal(left, targets, true);
                interrupted |= !awaitEnd(left, System.nanoTime() + Math.min(rest, FORCED_NANOS / 50));
            }
        } finally {
            if (lent) {
                Descriptors.takeBack();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void signal(List<ProcessHandle> members, Collection<Target> targets, boolean forced) {
        for (ProcessHandle member : members) {
            for (Target target : targets) {
                if (target.root != null && member.equals(target.root)) {
                    target.sent.accept(forced || !member.supportsNormalTermination() ? Signals.KILL : Signals.TERM);
                }
            }
            boolean accepted = forced ? member.destroyForcibly() : member.destroy();
            if (!accepted && !forced && isRunning(member)) {
                member.destroyForcibly();
            }
        }
    }

    /** Waits until none of them runs, or the time is over. False if the thread was interrupted; it is not any more. */
    private static boolean awaitEnd(List<ProcessHandle> members, long deadline) {
        long nap = SHORTEST_NAP_NANOS;
        for (ProcessHandle member : members) {
            while (isRunning(member) && deadline - System.nanoTime() > 0) {
                if (!Naps.nap(nap)) {
                    return false;
                }
                nap = Math.min(2 * nap, LONGEST_NAP_NANOS);
            }
        }
        return true;
    }

    // ---- finding ----

    private static List<ProcessHandle> members(Collection<Target> targets) {
        Map<Long, ProcessHandle> members = new LinkedHashMap<>();
        for (Target target : targets) {
            ProcessHandle root = target.root;
            if (root != null && isRunning(root)) {
                members.put(root.pid(), root);
                root.descendants().filter(ProcessTree::isRunning).forEach(found -> members.put(found.pid(), found));
            }
        }
        if (Platform.IS_LINUX) {
            addMarked(targets, members);
        }
        return new ArrayList<>(members.values());
    }

    private static void addMarked(Collection<Target> targets, Map<Long, ProcessHandle> members) {
        long deadline = System.nanoTime() + EXEC_NANOS;
        boolean interrupted = false;
        List<Long> unclear = numbers();
        unclear.removeAll(members.keySet());
        unclear.removeIf(pid -> addIfMarked(pid, targets, members));
        while (!unclear.isEmpty() && deadline - System.nanoTime() > 0) {
            interrupted |= !Naps.nap(SHORTEST_NAP_NANOS);
            unclear.removeIf(pid -> addIfMarked(pid, targets, members));
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Of all processes that there are. */
    private static List<Long> numbers() {
        List<Long> numbers = new ArrayList<>();
        String[] entries = new File("/proc").list();
        if (entries != null) {
            for (String entry : entries) {
                if (Character.isDigit(entry.charAt(0))) {
                    numbers.add(Long.valueOf(entry));
                }
            }
        }
        return numbers;
    }

    /** Whether it is clear that it is a member, which it becomes then, or that it is none. */
    private static boolean addIfMarked(long pid, Collection<Target> targets, Map<Long, ProcessHandle> members) {
        ProcessHandle found = ProcessHandle.of(pid).orElse(null); // before the environment is read
        if (found == null) {
            return true;
        }
        String value = valueOf(pid);
        if (value != null && isMarked(value, targets) && isRunning(found)) {
            members.put(pid, found);
        }
        return value != null;
    }

    private static boolean isMarked(String value, Collection<Target> targets) {
        if (value.isEmpty()) {
            return false;
        }
        List<String> names = Arrays.asList(value.split(String.valueOf(SEPARATOR)));
        for (Target target : targets) {
            if (names.contains(target.tree.name)) {
                return true;
            }
        }
        return false;
    }

    /** The value of the variable in the environment of a process, the empty string, or null if that is unclear yet. */
    private static @Nullable String valueOf(long pid) {
        try {
            byte[] environment = read(pid, "environ");
            if (environment.length > 0) {
                return valueIn(environment);
            }
            String[] stat = stat(pid);
            if (!stat[STATE].equals(ENDED)) {
                return hasNoEnvironment(stat) ? "" : null;
            }
        } catch (IOException | SecurityException unreadable) {
            // also if the first thread has ended
        }
        return firstThreadHasEnded(pid) ? valueOfOtherThreads(pid) : "";
    }

    /** Whether a process with these fields, whose environment seems to be empty, has none for good. */
    static boolean hasNoEnvironment(String[] fields) {
        return fields.length <= ENVIRONMENT_END
                || (Long.parseLong(fields[FLAGS]) & KERNEL_FLAG) != 0L
                || (!fields[DATA_END].equals("0") && fields[ENVIRONMENT_START].equals(fields[ENVIRONMENT_END]));
    }

    private static boolean firstThreadHasEnded(long pid) {
        try {
            String[] stat = stat(pid);
            return stat[STATE].equals(ENDED) && !isZombie(stat);
        } catch (IOException | SecurityException gone) {
            return false;
        }
    }

    private static String valueOfOtherThreads(long pid) {
        String[] threads = new File("/proc/" + pid + "/task").list();
        if (threads != null) {
            for (String thread : threads) {
                try {
                    String value = valueIn(read(pid, "task/" + thread + "/environ"));
                    if (!value.isEmpty()) {
                        return value;
                    }
                } catch (IOException | SecurityException ended) {
                    continue;
                }
            }
        }
        return "";
    }

    /** The value of the variable in an environment, or the empty string. */
    static String valueIn(byte[] environment) {
        int at = 0;
        while (at < environment.length) {
            int end = at;
            while (end < environment.length && environment[end] != 0) {
                end++;
            }
            int value = at + ASSIGNMENT.length;
            if (value <= end && Arrays.equals(environment, at, value, ASSIGNMENT, 0, ASSIGNMENT.length)) {
                return new String(environment, value, end - value, StandardCharsets.US_ASCII);
            }
            at = end + 1;
        }
        return "";
    }

    /** Whether there is such a process, and it has not ended. */
    static boolean isRunning(ProcessHandle process) {
        return process.isAlive() && !(Platform.IS_LINUX && isZombie(process.pid()));
    }

    /** By a plain stream, as the JDK opens a descriptor of its own for good when it first reads by a channel. */
    private static byte[] read(long pid, String file) throws IOException {
        try (InputStream in = new FileInputStream("/proc/" + pid + "/" + file)) {
            return in.readAllBytes();
        }
    }

    private static boolean isZombie(long pid) {
        try {
            return isZombie(stat(pid));
        } catch (IOException | SecurityException gone) {
            return !new File("/proc/" + pid).exists();
        }
    }

    private static String[] stat(long pid) throws IOException {
        return fields(new String(read(pid, "stat"), StandardCharsets.ISO_8859_1));
    }

    /** What follows the name of the process, which may hold anything, or no more than an empty string. */
    static String[] fields(String stat) {
        int name = stat.lastIndexOf(')');
        return name < 0 ? new String[] {""} : stat.substring(name + 1).trim().split(" ");
    }

    /** Whether a process with these fields has ended, with all its threads. */
    static boolean isZombie(String[] fields) {
        String state = fields[STATE];
        return state.equals("X") || (state.equals(ENDED) && (fields.length <= THREADS || isOne(fields[THREADS])));
    }

    private static boolean isOne(String threads) {
        return threads.equals("1") || threads.equals("0");
    }

    /** Whether the process has a pipe open, as far as that can be told. */
    static boolean mayHaveAPipe(ProcessHandle process) {
        File[] descriptors = Platform.IS_LINUX ? new File("/proc/" + process.pid() + "/fd").listFiles() : null;
        if (descriptors == null) {
            return process.isAlive();
        }
        for (File descriptor : descriptors) {
            try {
                if (Files.readSymbolicLink(descriptor.toPath()).toString().startsWith("pipe:")) {
                    return true;
                }
            } catch (IOException closed) {
                // it is none any more
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return "ProcessTree[" + name + "]";
    }

    /** A tree that is to end. */
    static final class Target {
        final ProcessTree tree;
        final @Nullable ProcessHandle root;
        final IntConsumer sent;

        /** @param root null if it is not known: then all that bear the mark are found, on Linux */
        Target(ProcessTree tree, @Nullable ProcessHandle root, IntConsumer sent) {
            this.tree = tree;
            this.root = root;
            this.sent = sent;
        }
    }
}
