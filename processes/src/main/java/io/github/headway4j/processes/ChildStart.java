// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Starts the JVM of a {@link ChildProcess}, and hears from it that it has read its target. */
final class ChildStart {

    private ChildStart() {}

    /**
     * Starts a child.
     *
     * @param first what the {@link ChildTask} gets
     */
    static ChildProcess start(ChildIdentity identity, ChildOptions options, ByteBuffer first)
            throws IOException, InterruptedException {
        AtomicReference<RunningCommand> running = new AtomicReference<>();
        LaunchOptions launch = new LaunchOptions(ChildTask.class, identity.name(), options.jvmOptions);
        try {
            LaunchedChild launched = ChildJvm.launch(launch, first, words -> start(options, words, running));
            try {
                awaitReady(identity, launched);
            } finally {
                launched.closeUp();
            }
            ChildProcess child = new ChildProcess(running.get(), identity);
            LiveChildren.add(child);
            return child;
        } catch (Throwable e) {
            RunningCommand started = running.get();
            if (started != null) {
                started.endTree(Duration.ZERO);
                started.close();
            }
            throw e;
        }
    }

    private static RootProcess start(ChildOptions options, List<String> words, AtomicReference<RunningCommand> running)
            throws IOException {
        Command command =
                Command.of(words).stdin(Input.pipe()).stdout(options.stdout).stderr(options.stderr);
        if (options.directory != null) {
            command = command.directory(options.directory);
        }
        for (var variable : options.environment.entrySet()) {
            command = command.environment(variable.getKey(), variable.getValue());
        }
        RunningCommand started = CommandStart.start(command, false, 0L);
        running.set(started);
        return started.root;
    }

    private static void awaitReady(ChildIdentity identity, LaunchedChild launched)
            throws IOException, InterruptedException {
        ByteBuffer answer;
        try {
            answer = launched.up().read();
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException();
        } catch (IOException e) {
            answer = null;
        }
        if (answer == null) {
            launched.root().awaitReaped();
            throw new IOException("child process " + identity.name() + " "
                    + (launched.process().isAlive()
                            ? "has closed its connection"
                            : Signals.describe(launched.process().exitValue()))
                    + " before it had read its target");
        }
        if (answer.get() != ChildTask.READY) {
            Throwable cause = ChildFailure.read(
                    WireBuffer.wrap(answer.array(), answer.arrayOffset() + answer.position(), answer.remaining()));
            throw new IOException("child process " + identity.name() + " cannot begin: " + cause, cause);
        }
    }
}
