// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import io.github.headway4j.examples.processes.commands.SleepListBye;
import io.github.headway4j.examples.processes.commands.WaysToEnd;
import io.github.headway4j.processes.CommandFailedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** A command that is listened to, and commands that take too long. */
final class SubprocessStop implements Stop {

    /** A shell that has started something, and waits for it. Tells the process id. */
    private static final String SHELL = "sleep 3600 & echo $!; wait";

    private static final int SHOWN = 3;

    @Override
    public String name() {
        return "subprocess";
    }

    @Override
    public String title() {
        return "Subprocess";
    }

    @Override
    public String explanation() {
        return "The course's sleep 2; ls; echo BYE is run, its output, return code and errors are read. Then commands"
                + " take too long, and are ended in each way, the last one with all that it has started.";
    }

    @Override
    public Outcome run(StopContext context) throws IOException, InterruptedException, TimeoutException {
        Duration second = Duration.ofMillis(context.size(1_000, 250));
        SleepListBye.Result said;
        try (Progress bar = context.progress("sleep 2; ls; echo BYE");
                Pace pace = new Pace(bar, 0, 100, second.multipliedBy(2))) {
            said = SleepListBye.run(Path.of(""), second, line -> {});
        }
        WaysToEnd.Result ended;
        try (Progress bar = context.progress("Commands that take too long");
                Pace pace = new Pace(bar, 0, 100, second.multipliedBy(4))) {
            ended = WaysToEnd.run(second, line -> {});
        }
        return judge(second, said, ended, naive());
    }

    private static Outcome judge(Duration second, SleepListBye.Result said, WaysToEnd.Result ended, Naive naive) {
        List<String> lines = said.lines();
        CommandFailedException failure = said.failure();
        String last = lines.get(lines.size() - 1);
        return Outcome.showing(lines.size() + " lines, then " + ended.tree().size() + " orphans ended")
                .grid(
                        "Commands, and how they end",
                        List.of("Command", "What happens", "Exit code"),
                        List.of(
                                List.of("sleep 2; ls; echo BYE", shown(lines), Words.count(said.exitCode())),
                                List.of("ls, nothing there", "complains", Words.count(failure.exitCode())),
                                List.of("sleep 3600", "terminate", Words.count(ended.terminated())),
                                List.of("a shell that ignores that", "terminate, kill", Words.count(ended.killed())),
                                List.of("sleep 3600", "killed by a timer", Words.count(ended.byTimer()))))
                .note("A negative exit code is the signal that was sent, as in Python.")
                .naive("Process.destroyForcibly ends the shell only: what it has started "
                        + (naive.lives() ? "lives on and holds the pipe" : "is gone as well this time")
                        + "; afterwards it has no parent by which it could be found.")
                .check(
                        "the last line is BYE, and the return code 0",
                        last.equals("BYE") && said.exitCode() == 0,
                        "after " + Words.time(said.took()))
                .check(
                        "it has slept two seconds",
                        said.took().compareTo(second.multipliedBy(2)) >= 0,
                        "a second is " + Words.time(second) + " here")
                .check(
                        "the errors of one that fails can be read",
                        failure.exitCode() == 3 && !failure.stderr().isBlank(),
                        Words.count(failure.stderr().length()) + " characters")
                .check(
                        "communicate goes on after a time-out and loses nothing",
                        ended.whole().equals("HI\nBYE\n"),
                        shown(ended.whole().lines().toList()))
                .check(
                        "terminate asks, kill does not",
                        ended.terminated() == -15 && ended.killed() == -9,
                        ended.terminated() + " and " + ended.killed())
                .check(
                        "a time-out ends the whole tree",
                        ended.tree().size() == 2 && ended.left().isEmpty(),
                        "2 descendants, one in a session of its own; "
                                + ended.left().size() + " left")
                .check("destroyForcibly does not", naive.lives(), "the child of the shell is still there")
                .build();
    }

    private static String shown(List<String> lines) {
        int last = lines.size() - 1;
        return lines.size() <= SHOWN ? String.join(", ", lines) : lines.get(0) + ", ... " + lines.get(last);
    }

    /** Whether what a shell has started outlived it. */
    private record Naive(boolean lives) {}

    /** Kills a shell as the JDK does it, and looks for its child. */
    private static Naive naive() throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("/bin/sh", "-c", SHELL).start();
        try (BufferedReader said = shell.inputReader()) {
            long child = Long.parseLong(said.readLine());
            shell.destroyForcibly().waitFor();
            boolean lives = WaysToEnd.isAlive(child);
            ProcessHandle.of(child).ifPresent(ProcessHandle::destroyForcibly);
            return new Naive(lives);
        }
    }
}
