// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.processes.commands;

import io.github.headway4j.examples.threads.life.Nap;
import io.github.headway4j.processes.Command;
import io.github.headway4j.processes.CommandTimeoutException;
import io.github.headway4j.processes.CompletedProcess;
import io.github.headway4j.processes.Output;
import io.github.headway4j.processes.Subprocess;
import io.github.headway4j.scheduler.Timeout;
import io.github.headway4j.scheduler.Timers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Commands that take too long: {@code communicate} with a time-out, terminate, kill, a timer that kills, and a time-out
 * that ends a whole tree of processes.
 *
 * <p>Python's {@code communicate(timeout=...)} and {@code run(timeout=...)} behave the same, but for the last one:
 * there, only the shell would end, and what it has started would go on.
 */
public final class WaysToEnd {

    private static final int SECONDS = 3;

    /** Far longer than anybody waits for it. */
    private static final String LONG = "3600";

    /** A shell that does not listen to SIGTERM, and says when it has stopped listening. */
    private static final String STUBBORN = "trap '' TERM; echo deaf; while :; do sleep 0.05; done";

    /** A shell with two sleepers, one of which leaves for a session of its own. Tells their process ids. */
    private static final String FAMILY = "sleep 3600 & echo $!; setsid sleep 3600 & echo $!; wait";

    private final Duration second;
    private final Consumer<? super String> out;

    private WaysToEnd(Duration second, Consumer<? super String> out) {
        this.second = second;
        this.out = out;
    }

    /**
     * How each ended.
     *
     * @param tooEarly what had been said when the time was over
     * @param whole what had been said at the end
     * @param terminated the exit code after terminate
     * @param killed the exit code of one that would not be terminated, after kill
     * @param byTimer the exit code after the timer has killed
     * @param tree the process ids of a command that ran out of time
     * @param left those of them that are still there
     */
    public record Result(
            String tooEarly, String whole, int terminated, int killed, int byTimer, List<Long> tree, List<Long> left) {

        /** Copies the lists. */
        public Result {
            tree = List.copyOf(tree);
            left = List.copyOf(left);
        }
    }

    /**
     * Runs the program.
     *
     * @param args the length of a second in milliseconds; may be left out
     * @throws Exception if a command cannot be started, or the main thread is interrupted
     */
    public static void main(String[] args) throws Exception {
        run(Nap.second(args), System.out::println);
    }

    /**
     * Ends commands in each way.
     *
     * @param second how long a second of the story is
     * @param out told what happens
     * @return how each ended
     * @throws IOException if a command cannot be started
     * @throws InterruptedException if the caller is interrupted; nothing is left of the commands then
     * @throws TimeoutException if a command that should end does not
     */
    public static Result run(Duration second, Consumer<? super String> out)
            throws IOException, InterruptedException, TimeoutException {
        return new WaysToEnd(second, out).run();
    }

    private Result run() throws IOException, InterruptedException, TimeoutException {
        String tooEarly;
        String whole;
        try (Subprocess talker = Subprocess.start(talker())) {
            tooEarly = waitInVain(talker);
            whole = talker.communicate().stdout();
            out.accept("communicate again: " + String.join(", ", whole.split("\n")));
        }
        int terminated = terminate();
        int killed = kill();
        int byTimer = killByTimer();
        List<Long> tree = runOutOfTime(second, second);
        List<Long> left = tree.stream().filter(WaysToEnd::isAlive).toList();
        out.accept("run with a time-out: " + tree.size() + " descendants, " + left.size() + " left");
        return new Result(tooEarly, whole, terminated, killed, byTimer, tree, left);
    }

    /** Says HI, and BYE three seconds later. */
    private Command talker() {
        return Command.shell("echo HI; sleep \"$1\"; echo BYE", SleepListBye.seconds(second.multipliedBy(SECONDS)));
    }

    private String waitInVain(Subprocess talker) throws InterruptedException {
        try {
            throw new IllegalStateException("expected a time-out, but got " + talker.communicate(second));
        } catch (CommandTimeoutException late) {
            out.accept("communicate with a time-out: " + late.getMessage());
            return late.stdout();
        }
    }

    private int terminate() throws IOException, InterruptedException {
        try (Subprocess sleeper = Subprocess.start(Command.of("sleep", LONG))) {
            sleeper.terminate();
            return told("terminate", sleeper.waitFor());
        }
    }

    private int kill() throws IOException, InterruptedException {
        try (Subprocess stubborn = Subprocess.start(Command.shell(STUBBORN).stdout(Output.stream()))) {
            if (stubborn.stdout().read() != 'd') {
                throw new IllegalStateException("expected a shell that is deaf");
            }
            stubborn.terminate();
            if (stubborn.waitFor(second)) {
                throw new IllegalStateException("it was to stay: " + stubborn);
            }
            out.accept("terminate: heard, but not obeyed");
            stubborn.kill();
            return told("kill", stubborn.waitFor());
        }
    }

    private int killByTimer() throws IOException, InterruptedException {
        try (Timers timers = Timers.daemon();
                Subprocess sleeper = Subprocess.start(Command.of("sleep", LONG))) {
            Timeout killer = timers.schedule(second, sleeper::kill);
            CompletedProcess completed = sleeper.communicate();
            killer.cancel(); // of use if the command had ended before
            return told("a timer that kills", completed.exitCode());
        }
    }

    /**
     * Runs a command that starts two others, one of them in a session of its own, until its time is over.
     *
     * @param timeout the time that it gets
     * @param grace how long they are given to end when they are asked to
     * @return the process ids of the two
     * @throws IOException if it cannot be started
     * @throws InterruptedException if the caller is interrupted
     */
    public static List<Long> runOutOfTime(Duration timeout, Duration grace) throws IOException, InterruptedException {
        try {
            CompletedProcess completed =
                    Subprocess.run(Command.shell(FAMILY).timeout(timeout).grace(grace));
            throw new IllegalStateException("expected a time-out, but got " + completed);
        } catch (CommandTimeoutException late) {
            return late.stdout().lines().map(Long::valueOf).toList();
        }
    }

    /**
     * Whether a process runs. One that has ended keeps its process id until somebody has waited for it, and is alive for
     * the JDK; but it has no program any more.
     *
     * @param pid its process id
     * @return true while it runs
     */
    public static boolean isAlive(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().command())
                .isPresent();
    }

    private int told(String way, int exitCode) {
        out.accept(way + ": exit code " + exitCode);
        return exitCode;
    }
}
