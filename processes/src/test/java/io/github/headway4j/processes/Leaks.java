// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import io.github.headway4j.testing.Await;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a test must not leave behind: open descriptors, threads, children (zombies among them), private files. Belongs in
 * a try-with-resources statement around what is tested, whose end waits until all that came since the beginning is gone
 * again, and fails with the list of what stays:
 *
 * <pre>{@code
 * try (Leaks leaks = Leaks.watch()) {
 *     Subprocess.run(Command.of("true"));
 * }
 * }</pre>
 *
 * <p>Descriptors and children are seen on Linux only; elsewhere threads and files are what is counted. Whatever a class
 * opens once and keeps for good has to be used once before the watch begins. Threads that wait in a cache for their
 * next work are no leak, nor are those of the virtual machine and of JUnit.
 */
final class Leaks implements AutoCloseable {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Path PROCESSES = Path.of("/proc");
    private static final List<Path> PLACES =
            List.of(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir", "/tmp")));

    /** What begins with one of these belongs to the JDK or to JUnit. */
    private static final List<String> THREADS_OF_OTHERS = List.of(
            "process reaper",
            "junit",
            "ForkJoinPool.commonPool",
            "CompletableFutureDelayScheduler",
            "Common-Cleaner",
            "Attach Listener",
            "VirtualThread-un",
            "ForkJoinPool-1-",
            "JFR",
            "RMI",
            "surefire");

    private final Set<String> descriptors;
    private final Set<Thread> threads;
    private final Set<Long> children;
    private final Set<String> files;

    private Leaks() {
        threads = Thread.getAllStackTraces().keySet();
        children = children(); // reads files, for which the JDK opens a descriptor for good when it is first done
        files = files();
        descriptors = descriptors();
    }

    /**
     * Begins to watch.
     *
     * @return what there is now
     */
    static Leaks watch() {
        return new Leaks();
    }

    /**
     * What there is now and was not there when the watch began.
     *
     * @return a line for each thing; empty if nothing has leaked
     */
    List<String> found() {
        List<String> found = new ArrayList<>();
        for (String descriptor : descriptors()) {
            if (!descriptors.contains(descriptor)) {
                found.add("descriptor " + descriptor);
            }
        }
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            if (thread.isAlive() && !threads.contains(thread) && !isOfOthers(thread) && !isIdle(stack)) {
                found.add("thread " + thread.getName() + " " + List.of(stack));
            }
        });
        for (Long child : children()) {
            if (!children.contains(child)) {
                found.add("child " + child + " in state " + state(child));
            }
        }
        for (String file : files()) {
            if (!files.contains(file)) {
                found.add("file " + file);
            }
        }
        return found;
    }

    /** Waits until nothing is left behind. */
    @Override
    public void close() {
        try {
            Await.until("the end of all that came since the beginning", () -> found().isEmpty());
        } catch (AssertionError stuck) {
            throw new AssertionError("Left behind: " + String.join("\n  ", found()), stuck);
        }
    }

    /**
     * The open descriptors of this process, without those of class files and of what the virtual machine reads.
     *
     * @return number and target of each
     */
    static Set<String> descriptors() {
        Set<String> found = new TreeSet<>();
        for (String name : names(DESCRIPTORS)) {
            try {
                String target =
                        Files.readSymbolicLink(DESCRIPTORS.resolve(name)).toString();
                if (!isOfTheMachine(target)) {
                    found.add(name + " -> " + target);
                }
            } catch (IOException closedMeanwhile) {
                continue;
            }
        }
        return found;
    }

    /**
     * The children of this process, those that ended and were not waited for among them.
     *
     * @return their process ids
     */
    static Set<Long> children() {
        Set<Long> found = new HashSet<>();
        long own = ProcessHandle.current().pid();
        for (String name : names(PROCESSES)) {
            if (Character.isDigit(name.charAt(0))) {
                long pid = Long.parseLong(name);
                String[] status = status(pid);
                if (status.length > 1 && status[1].equals(Long.toString(own))) {
                    found.add(pid);
                }
            }
        }
        return found;
    }

    /**
     * Whether there is a process that has not ended. One that nobody has waited for has ended.
     *
     * @param pid its process id
     * @return true while it lives
     */
    static boolean isRunning(long pid) {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        }
        String state = state(pid);
        return !state.isEmpty() && !state.equals("Z") && !state.equals("X");
    }

    /** The private files of this process that lie open in the file system. */
    private static Set<String> files() {
        Set<String> found = new TreeSet<>();
        String own = Long.toString(ProcessHandle.current().pid());
        for (Path place : PLACES) {
            for (String name : names(place)) {
                if (name.startsWith("headway")) {
                    Path entry = place.resolve(name);
                    if (!Files.isDirectory(entry)) {
                        found.add(entry.toString());
                    }
                    for (String inner : names(entry)) {
                        if (inner.contains(own)) {
                            found.add(entry.resolve(inner).toString());
                        }
                    }
                }
            }
        }
        return found;
    }

    private static boolean isOfTheMachine(String target) {
        return target.endsWith(".jar")
                || target.endsWith(".class")
                || target.endsWith("/lib/modules")
                || target.startsWith("/proc")
                || target.startsWith("/sys");
    }

    private static boolean isOfOthers(Thread thread) {
        return THREADS_OF_OTHERS.stream().anyMatch(thread.getName()::startsWith);
    }

    /** Whether a thread waits for its next work. */
    private static boolean isIdle(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (frame.getMethodName().equals("getTask") && frame.getClassName().endsWith("ThreadPoolExecutor")) {
                return true;
            }
        }
        return stack.length == 0;
    }

    private static String state(long pid) {
        String[] status = status(pid);
        return status.length == 0 ? "" : status[0];
    }

    /** State, parent and so on: what follows the name of the program, which may hold blanks and parentheses. */
    private static String[] status(long pid) {
        try {
            String status = Files.readString(PROCESSES.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            return status.substring(status.lastIndexOf(')') + 2).split(" ");
        } catch (IOException gone) {
            return new String[0];
        }
    }

    private static String[] names(Path directory) {
        String[] names = new File(directory.toString()).list();
        return names == null ? new String[0] : names;
    }
}
