// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.processes.children;

import io.github.headway4j.processes.ChildOptions;
import io.github.headway4j.processes.ChildProcess;
import io.github.headway4j.processes.Command;
import io.github.headway4j.processes.Output;
import io.github.headway4j.processes.Subprocess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Orphans: processes whose parent has ended before them. The system gives them another parent, and they go on,
 * unnoticed, for as long as they like. A child of {@link ChildProcess} does not become one: it holds a pipe from its
 * parent, which the system closes when the parent dies, even by a {@code kill -9} that leaves it no time for anything.
 * The child sees that and ends, and so do its own children; the commands that it has started it ends itself.
 *
 * <p>The program starts a parent, which starts a child, which starts a command. It kills the parent and waits until the
 * other two have ended.
 */
public final class Orphans {

    /** Far longer than it takes. */
    private static final int PATIENCE_SECONDS = 30;

    private static final int LOOK_MILLIS = 10;

    private Orphans() {}

    /**
     * Runs the program.
     *
     * @param args not used
     * @throws IOException if a child cannot be started
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        ChildOptions options = ChildOptions.defaults().name("parent").stdout(Output.stream());
        try (ChildProcess parent = ChildProcess.start(Orphans::haveChild, options)) {
            List<ProcessHandle> orphans = new ArrayList<>();
            BufferedReader lines = new BufferedReader(new InputStreamReader(parent.stdout(), StandardCharsets.UTF_8));
            for (String who : List.of("child", "command")) {
                ProcessHandle process = ProcessHandle.of(Long.parseLong(lines.readLine()))
                        .orElseThrow(() -> new IllegalStateException("the " + who + " has ended too early"));
                orphans.add(process);
                System.out.println("the " + who + " is process " + process.pid());
            }
            parent.kill();
            parent.join();
            System.out.println("the parent was killed, exit code " + parent.exitCode());
            for (ProcessHandle orphan : orphans) {
                awaitEnd(orphan);
                System.out.println("process " + orphan.pid() + " has ended");
            }
        }
    }

    /** What the parent does: has a child, and waits for ever. */
    private static void haveChild() {
        try (ChildProcess child = ChildProcess.start(Orphans::runCommand)) {
            child.join();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the child does: tells its id and that of a command that takes an hour, and waits for its end. */
    private static void runCommand() {
        try (Subprocess command = Subprocess.start(Command.of("sleep", "3600"))) {
            System.out.println(ProcessHandle.current().pid());
            System.out.println(command.pid());
            command.waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Orphans are nobody's children here, so that there is nobody to wait for them but by looking. */
    private static void awaitEnd(ProcessHandle process) throws InterruptedException {
        long start = System.nanoTime();
        while (process.isAlive() && !isZombie(process)) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                throw new IllegalStateException("process " + process.pid() + " has not noticed");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    /** Whether it has ended, and waits for its new parent to take notice. */
    private static boolean isZombie(ProcessHandle process) {
        try {
            String status = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            return status.startsWith("Z", status.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return false;
        }
    }
}
