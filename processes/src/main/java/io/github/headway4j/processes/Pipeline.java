// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commands, each of which reads what the one before it writes. */
final class Pipeline {

    private Pipeline() {}

    /** What can be run to its end without somebody who talks to it. */
    static void refuseUnserved(Command command) {
        if (command.stdin().kind == Input.Kind.PIPE) {
            throw new IllegalArgumentException("stdin: pipe; expected one that nobody has to write to");
        }
        refuseStream(command.stdout(), "stdout");
        if (!command.mergesStderr()) {
            refuseStream(command.stderr(), "stderr");
        }
    }

    private static void refuseStream(Output output, String name) {
        if (output.kind == Output.Kind.STREAM) {
            throw new IllegalArgumentException(name + ": stream; expected one that nobody has to read");
        }
    }

    private static void refuseMisfits(List<Command> commands) {
        if (commands.isEmpty()) {
            throw new IllegalArgumentException("commands: none; expected at least one");
        }
        for (int i = 0; i < commands.size(); i++) {
            Command command = commands.get(i);
            if (i > 0 && command.stdin() != Input.UNCHOSEN) {
                throw new IllegalArgumentException(
                        "stdin of " + command + ": " + command.stdin() + "; expected that the pipeline decides");
            }
            if (i < commands.size() - 1 && command.stdout() != Output.capture()) {
                throw new IllegalArgumentException(
                        "stdout of " + command + ": " + command.stdout() + "; expected that the pipeline decides");
            }
        }
    }

    static List<RunningCommand> start(List<Command> commands, boolean running) throws IOException {
        refuseMisfits(commands);
        return CommandStart.startPipeline(commands, running);
    }

    /** Runs all to their ends. */
    static List<CompletedProcess> run(List<Command> commands)
            throws IOException, InterruptedException, CommandTimeoutException {
        refuseMisfits(commands);
        commands.forEach(Pipeline::refuseUnserved);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Duration timeout = shortest(commands);
        long nanos = timeout == null ? RunningCommand.FOR_EVER : RunningCommand.nanos(timeout);
        long start = System.nanoTime();
        List<RunningCommand> running = CommandStart.startPipeline(commands, true);
        List<ProcessTree.Target> targets = new ArrayList<>();
        running.forEach(one -> targets.add(one.root.target()));
        List<CompletedProcess> completed = new ArrayList<>();
        try {
            for (RunningCommand one : running) {
                long rest = timeout == null ? nanos : nanos - (System.nanoTime() - start);
                CompletedProcess result = one.complete(rest);
                if (result == null) {
                    break;
                }
                completed.add(result);
                running.forEach(RunningCommand::throwFailure);
            }
            if (completed.size() < running.size()) {
                end(running, targets, longestGrace(commands));
            }
            running.forEach(RunningCommand::throwFailure); // of one that was ended
        } catch (Throwable e) {
            end(running, targets, Duration.ZERO);
            running.forEach(RunningCommand::desert);
            throw e;
        } finally {
            running.forEach(RunningCommand::release);
        }
        if (completed.size() < running.size()) {
            running.forEach(RunningCommand::awaitOutputsBriefly);
            running.forEach(RunningCommand::desert);
            throw running.get(running.size() - 1).timedOut(timeout == null ? Duration.ZERO : timeout);
        }
        return List.copyOf(completed);
    }

    private static void end(List<RunningCommand> running, List<ProcessTree.Target> targets, Duration grace) {
        ProcessTree.endAll(targets, grace);
        for (RunningCommand one : running) {
            one.root.awaitReaped();
            one.hasEnded();
        }
    }

    private static @Nullable Duration shortest(List<Command> commands) {
        Duration shortest = null;
        for (Command command : commands) {
            Duration timeout = command.timeout().orElse(null);
            if (timeout != null && (shortest == null || timeout.compareTo(shortest) < 0)) {
                shortest = timeout;
            }
        }
        return shortest;
    }

    private static Duration longestGrace(List<Command> commands) {
        Duration longest = Duration.ZERO;
        for (Command command : commands) {
            longest = command.grace().compareTo(longest) > 0 ? command.grace() : longest;
        }
        return longest;
    }
}
