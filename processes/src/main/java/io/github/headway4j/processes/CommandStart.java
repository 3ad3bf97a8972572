// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes processes of commands. */
final class CommandStart {
    /*
     * The monitors of the streams are held from the return of the JDK's start until the pumps are there, so that the JDK
     * cannot close a stream in between; see OutputPump. What is left is the moment before that return, long only if all
     * processors are busy: of a process that has ended by then and has left a descendant, what that writes later may be
     * lost. Therefore somebody looks then, and if there is such a descendant, the output counts as cut off.
     *
     * Once there is a process, whatever fails ends its tree before it is thrown.
     */

    /** So much always fits into a new pipe. */
    private static final int SMALL_INPUT = 4096;

    /** The most that a start takes: both ends of five pipes, and one to look at the new process. */
    static final int DESCRIPTORS = 11;

    private static final File NULL_DEVICE = new File(Platform.IS_WINDOWS ? "NUL" : "/dev/null");

    private CommandStart() {}

    /**
     * Starts a command.
     *
     * @param running whether it is run to its end: its input is empty unless chosen, a listener that throws ends it, and
     *     it gets a moment in which it may end before threads read its outputs
     * @param nanos how long it is run at most
     */
    static RunningCommand start(Command command, boolean running, long nanos) throws IOException {
        Descriptors.require(DESCRIPTORS);
        ProcessTree tree = ProcessTree.create();
        ProcessBuilder builder = builder(command, running);
        tree.mark(builder.environment());
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw StartFailure.explain(command, e);
        }
        // nothing before this that loads a class, as that takes longer than some commands
        synchronized (monitor(command.stdout(), process.getInputStream())) {
            synchronized (monitor(errors(command), process.getErrorStream())) {
                RootProcess root = new RootProcess(process, tree);
                Runnable onFailure = running ? () -> root.signal(Signals.KILL) : () -> {};
                RunningCommand started = attach(command, root, onFailure, true, true);
                try {
                    started.serve(running ? nanos : 0L);
                } catch (Throwable e) { // no thread
                    started.endTree(Duration.ZERO);
                    throw e;
                }
                return started;
            }
        }
    }

    /** Starts commands, each of which reads what the one before it writes. */
    static List<RunningCommand> startPipeline(List<Command> commands, boolean running) throws IOException {
        for (Command command : commands) {
            IOException failure = StartFailure.find(command);
            if (failure != null) { // before any is started: the JDK leaks pipes if a later one cannot be
                throw failure;
            }
        }
        Descriptors.require(commands.size() * DESCRIPTORS);
        List<ProcessTree> trees = new ArrayList<>();
        List<ProcessBuilder> builders = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            ProcessTree tree = ProcessTree.create();
            ProcessBuilder builder = builder(commands.get(i), running && i == 0);
            tree.mark(builder.environment());
            trees.add(tree);
            builders.add(builder);
        }
        List<Process> processes;
        try {
            processes = ProcessBuilder.startPipeline(builders);
        } catch (IOException e) { // the JDK has ended the processes, but not what they have started
            List<ProcessTree.Target> targets = new ArrayList<>();
            trees.forEach(tree -> targets.add(new ProcessTree.Target(tree, null, signal -> {})));
            ProcessTree.endAll(targets, Duration.ZERO);
            for (Command command : commands) {
                IOException explained = StartFailure.explain(command, e);
                if (explained != e) {
                    throw explained;
                }
            }
            throw e;
        }
        List<RunningCommand> started = new ArrayList<>();
        List<RootProcess> roots = new ArrayList<>();
        for (int i = 0; i < processes.size(); i++) {
            roots.add(new RootProcess(processes.get(i), trees.get(i)));
        }
        try {
            attachAll(commands, roots, running ? () -> kill(roots) : () -> {}, started);
        } catch (Throwable e) {
            List<ProcessTree.Target> targets = new ArrayList<>();
            roots.forEach(root -> targets.add(root.target()));
            ProcessTree.endAll(targets, Duration.ZERO);
            throw e;
        }
        return started;
    }

    /** Holds the monitors of the streams of all when their pumps are started. */
    private static void attachAll(
            List<Command> commands, List<RootProcess> roots, Runnable onFailure, List<RunningCommand> started) {
        int next = started.size();
        if (next == commands.size()) {
            started.forEach(one -> one.serve(0L));
            return;
        }
        Command command = commands.get(next);
        Process process = roots.get(next).process;
        boolean last = next == commands.size() - 1;
        synchronized (last ? monitor(command.stdout(), process.getInputStream()) : new Object()) {
            synchronized (monitor(errors(command), process.getErrorStream())) {
                started.add(attach(command, roots.get(next), onFailure, next == 0, last));
                attachAll(commands, roots, onFailure, started);
            }
        }
    }

    /** Of a pipeline that is run, one that is killed may be no reason for the others to end. */
    private static void kill(List<RootProcess> roots) {
        roots.forEach(root -> root.signal(Signals.KILL));
    }

    /** What has to be held until there are pumps. Where there is no pipe, the stream is one for all processes. */
    private static Object monitor(Output output, InputStream stream) {
        return output.isPiped() ? stream : new Object();
    }

    /** Where the standard error goes if it has a pipe of its own. */
    private static Output errors(Command command) {
        return command.mergesStderr() || isSameFile(command.stdout(), command.stderr())
                ? Output.discard()
                : command.stderr();
    }

    // ---- before the start ----

    private static ProcessBuilder builder(Command command, boolean running) {
        ProcessBuilder builder = new ProcessBuilder(command.words());
        command.directory().ifPresent(directory -> builder.directory(directory.toFile()));
        Map<String, String> environment = builder.environment();
        command.applyTo(environment);
        Input.Kind input = command.stdin().kind;
        Path file = command.stdin().file;
        boolean empty = input == Input.Kind.INHERIT && ChildMain.isChild(); // what System.in has there
        if (empty || input == Input.Kind.EMPTY || (running && input == Input.Kind.UNCHOSEN)) {
            builder.redirectInput(NULL_DEVICE);
        } else if (input == Input.Kind.INHERIT) {
            builder.redirectInput(ProcessBuilder.Redirect.INHERIT);
        } else if (file != null) {
            builder.redirectInput(file.toFile());
        }
        redirect(command.stdout(), builder::redirectOutput);
        if (command.mergesStderr() || isSameFile(command.stdout(), command.stderr())) {
            builder.redirectErrorStream(true);
        } else {
            redirect(command.stderr(), builder::redirectError);
        }
        return builder;
    }

    /** Whether two outputs would overwrite each other. */
    private static boolean isSameFile(Output one, Output other) {
        return one.kind == Output.Kind.FILE
                && other.kind == Output.Kind.FILE
                && one.file != null
                && other.file != null
                && one.file
                        .toAbsolutePath()
                        .normalize()
                        .equals(other.file.toAbsolutePath().normalize());
    }

    private static void redirect(Output output, Consumer<ProcessBuilder.Redirect> builder) {
        if (output.kind == Output.Kind.DISCARD) {
            builder.accept(ProcessBuilder.Redirect.DISCARD);
        } else if (output.kind == Output.Kind.INHERIT) {
            builder.accept(ProcessBuilder.Redirect.INHERIT);
        } else if (output.file != null) {
            File file = output.file.toFile();
            builder.accept(
                    output.kind == Output.Kind.APPEND
                            ? ProcessBuilder.Redirect.appendTo(file)
                            : ProcessBuilder.Redirect.to(file));
        }
    }

    // ---- after the start ----

    /** Has the pipes served: the input if it is the first of a pipeline, the output if it is the last. */
    private static RunningCommand attach(
            Command command, RootProcess root, Runnable onFailure, boolean first, boolean last) {
        try {
            Process process = root.process;
            OutputPump out = last ? pump(command, command.stdout(), process.getInputStream(), onFailure) : null;
            OutputPump err = pump(command, errors(command), process.getErrorStream(), onFailure);
            InputFeed feed = first ? feed(command, process.getOutputStream()) : null;
            return new RunningCommand(command, root, feed, out, err);
        } catch (Throwable e) {
            root.endTree(Duration.ZERO);
            throw e;
        }
    }

    private static @Nullable OutputPump pump(Command command, Output output, InputStream pipe, Runnable onFailure) {
        Sink sink;
        switch (output.kind) {
            case CAPTURE:
                sink = new Capture(output.limit, output.keep, command.charset());
                break;
            case STREAM:
                sink = new StreamBuffer(command.charset());
                break;
            case LINES:
                if (output.listener == null) {
                    throw new AssertionError(output);
                }
                sink = new LineSink(output.listener, command.charset());
                break;
            default:
                return null;
        }
        return new OutputPump(pipe, sink, onFailure);
    }

    private static @Nullable InputFeed feed(Command command, OutputStream pipe) {
        Input input = command.stdin();
        byte[] bytes = input.bytes;
        if (input.text != null) {
            bytes = input.text.getBytes(command.charset());
        }
        if (bytes == null) {
            return input.kind == Input.Kind.PIPE || input.kind == Input.Kind.UNCHOSEN ? new InputFeed(pipe) : null;
        }
        InputFeed feed = new InputFeed(pipe);
        if (bytes.length > SMALL_INPUT) {
            feed.finish(bytes);
            return feed;
        }
        try (pipe) {
            pipe.write(bytes);
        } catch (IOException nobodyReads) {
            // the process has ended already
        }
        return null;
    }
}
