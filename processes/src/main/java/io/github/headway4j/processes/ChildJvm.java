// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Launches JVMs like this one: same JDK, same class path or modules, connected to this process. */
final class ChildJvm {

    /* Implementation note.
     *
     * The way of a launch, with what the child does on the right:
     *   start java @file
     *   listen (while the JVM of the child comes up)
     *   write the header to its input          ->   read it: where to connect, the secret, the entry
     *   wait for the greeting                  <-   connect, send the number and the secret
     *   write the first frame to its input     ->   read it, run the entry
     * The secret goes nowhere else, so that nobody can read it in a list of processes or in an environment.
     *
     * Whatever fails, the child is killed and waited for, and the file of arguments and the socket are gone.
     */

    /** How long a child may take to connect: far longer than on the busiest machine that is of any use. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** How often a child that has not connected is looked at, whether it is still there. */
    private static final long LOOK_MILLIS = 20;

    /** The kind of the private file. */
    private static final char ARGUMENTS = 'a';

    private ChildJvm() {}

    /**
     * Starts a child JVM and waits until it is connected, which takes about 0.1 s of a processor. Several threads may
     * launch at the same time.
     *
     * @param first is handed to the entry in the child; all that remains in the buffer, which has an array
     * @throws IOException if it could not be started, or ended before it was connected; nothing is left of it then
     * @throws InterruptedException if interrupted before or while it waits; nothing is left of the child then
     */
    static LaunchedChild launch(LaunchOptions options, ByteBuffer first) throws IOException, InterruptedException {
        return launch(options, first, words -> start(options, words));
    }

    /** Starts the process: the program and its one argument are given. */
    @FunctionalInterface
    interface Starter {
        RootProcess start(List<String> words) throws IOException;
    }

    /** The same, where the process is started by somebody else, with what the options say of directory and outputs. */
    static LaunchedChild launch(LaunchOptions options, ByteBuffer first, Starter starter)
            throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Path arguments = PrivateFiles.fresh(ARGUMENTS);
        try {
            try (OutputStream file = new FileOutputStream(arguments.toFile())) {
                file.write(ChildCommand.argumentFile(arguments(options)));
            }
            RootProcess root = starter.start(List.of(ChildCommand.java().toString(), "@" + arguments));
            try {
                return connect(options, root, first);
            } catch (Throwable e) {
                discard(root);
                throw e;
            }
        } finally {
            delete(arguments);
        }
    }

    private static void delete(Path arguments) {
        try {
            Files.deleteIfExists(arguments);
        } catch (IOException e) {
            // It goes with the directory. No reason to end a child that runs.
        }
    }

    private static List<String> arguments(LaunchOptions options) {
        List<String> arguments = new ArrayList<>(ChildCommand.quickStart(options.jvmOptions()));
        arguments.addAll(ChildArchive.options(options.jvmOptions()));
        arguments.addAll(InheritedOptions.get());
        arguments.addAll(ChildCommand.places());
        arguments.addAll(options.jvmOptions());
        arguments.addAll(ChildCommand.main());
        return arguments;
    }

    private static RootProcess start(LaunchOptions options, List<String> words) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectOutput(options.stdout()).redirectError(options.stderr());
        if (options.directory() != null) {
            builder.directory(options.directory().toFile());
        }
        ProcessTree tree = ProcessTree.create();
        builder.environment().putAll(options.environment());
        tree.mark(builder.environment());
        return new RootProcess(builder.start(), tree);
    }

    private static LaunchedChild connect(LaunchOptions options, RootProcess root, ByteBuffer first)
            throws IOException, InterruptedException {
        Process process = root.process;
        FrameOutput down = FrameOutput.of(process.getOutputStream());
        SocketChannel channel;
        try (Rendezvous.Expected expected = Rendezvous.expect()) {
            send(down, ChildHeader.of(expected, options).encode(), process, options);
            channel = await(expected, process, options);
        }
        try {
            send(down, first, process, options);
            return new LaunchedChild(root, down, FrameInput.of(channel), channel);
        } catch (Throwable e) {
            channel.close();
            throw e;
        }
    }

    /** Sends to a child that may end meanwhile: how it ended says more than a broken pipe. */
    private static void send(FrameOutput down, ByteBuffer frame, Process process, LaunchOptions options)
            throws IOException, InterruptedException {
        try {
            down.send(frame);
        } catch (IOException e) {
            if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                throw ended(process, options);
            }
            throw e;
        }
    }

    private static SocketChannel await(Rendezvous.Expected expected, Process process, LaunchOptions options)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        try {
            while (true) {
                try {
                    return expected.channel.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    if (!process.isAlive() && !expected.channel.isDone()) {
                        throw ended(process, options);
                    }
                    if (System.nanoTime() - start > PATIENCE.toNanos()) {
                        throw new IOException("child JVM " + options.name() + " did not connect within " + PATIENCE);
                    }
                }
            }
        } catch (ExecutionException e) {
            throw new IOException("child JVM " + options.name() + " could not connect", e.getCause());
        } catch (Throwable e) {
            if (!expected.channel.cancel(false) && !expected.channel.isCompletedExceptionally()) {
                expected.channel.join().close(); // it came in this very moment
            }
            throw e;
        }
    }

    private static IOException ended(Process process, LaunchOptions options) {
        return new IOException("child JVM " + options.name() + " " + Signals.describe(process.exitValue())
                + " before it was connected; its outputs tell why");
    }

    /** Kills a child that nobody else knows yet, and waits for its end. */
    static void discard(RootProcess root) {
        root.endTree(Duration.ZERO);
        LaunchedChild.close(root.process.getOutputStream());
        LaunchedChild.close(root.process.getInputStream());
        LaunchedChild.close(root.process.getErrorStream());
    }
}
