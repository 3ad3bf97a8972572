// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.processes.commands;

import io.github.headway4j.examples.threads.life.Nap;
import io.github.headway4j.processes.Command;
import io.github.headway4j.processes.CommandFailedException;
import io.github.headway4j.processes.CompletedProcess;
import io.github.headway4j.processes.Subprocess;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The course's {@code sleep 2; ls; echo BYE}: a script is run, its output split into lines, its return code checked, and
 * the error output of one that fails is read.
 *
 * <p>The directory to list is an argument of the script and not a part of it, so that its name may hold whatever it
 * likes. Nothing waits on a full pipe, however much the script says on both its outputs.
 */
public final class SleepListBye {
    private static final int SECONDS = 2;

    /** {@code $1} is the time to sleep, {@code $2} the directory to list. */
    private static final String SCRIPT = "sleep \"$1\"; ls \"$2\"; echo BYE";

    /** As before, but it says so if there is nothing to list. */
    private static final String STRICT = "ls \"$1\" || exit 3";

    private static final String MISSING = "no-such-directory";
    private static final String NO_PROGRAM = "no-such-program";

    private SleepListBye() {}

    /**
     * What came of it.
     *
     * @param lines what the script said, line by line
     * @param exitCode how it ended
     * @param took how long it ran
     * @param failure how the script ended that could not list anything
     * @param notStarted what was said of a program that is not there
     */
    public record Result(
            List<String> lines, int exitCode, Duration took, CommandFailedException failure, String notStarted) {

        /** Copies the list. */
        public Result {
            lines = List.copyOf(lines);
        }
    }

    /**
     * Runs the program.
     *
     * @param args the length of a second in milliseconds; may be left out
     * @throws Exception if the script cannot be started, or the main thread is interrupted
     */
    public static void main(String[] args) throws Exception {
        run(Path.of(""), Nap.second(args), System.out::println);
    }

    /**
     * Runs the script, then one that fails, then a program that is not there.
     *
     * @param directory the directory to list
     * @param second how long a second of the story is
     * @param out told what happens
     * @return what came of it
     * @throws IOException if the shell cannot be started
     * @throws InterruptedException if the caller is interrupted; nothing is left of the script then
     * @throws TimeoutException never, as no command here has a time-out
     */
    public static Result run(Path directory, Duration second, Consumer<? super String> out)
            throws IOException, InterruptedException, TimeoutException {
        CompletedProcess completed = Subprocess.run(script(directory, second));
        List<String> lines = completed.stdoutLines();
        lines.forEach(line -> out.accept("  " + line));
        out.accept(lines.size() + " lines, return code " + completed.exitCode());

        CommandFailedException failure = failure();
        out.accept("return code " + failure.exitCode() + ", and it complained:");
        failure.stderr().lines().forEach(line -> out.accept("  " + line));

        String notStarted = notStarted();
        out.accept("not there: " + notStarted);
        return new Result(lines, completed.exitCode(), completed.duration(), failure, notStarted);
    }

    /**
     * The script.
     *
     * @param directory the directory to list
     * @param second how long a second of the story is
     * @return a command that sleeps two seconds, lists the directory and says BYE
     */
    public static Command script(Path directory, Duration second) {
        String place = directory.toString().isEmpty() ? "." : directory.toString();
        return Command.shell(SCRIPT, seconds(second.multipliedBy(SECONDS)), place);
    }

    /** A time as {@code sleep} wants it. */
    static String seconds(Duration time) {
        return time.toMillis() / 1_000 + "." + String.format("%03d", time.toMillisPart());
    }

    private static CommandFailedException failure() throws IOException, InterruptedException, TimeoutException {
        try {
            CompletedProcess completed =
                    Subprocess.run(Command.shell(STRICT, MISSING).check());
            throw new IllegalStateException("expected a failure, but got " + completed);
        } catch (CommandFailedException failed) {
            return failed;
        }
    }

    private static String notStarted() throws IOException, InterruptedException, TimeoutException {
        try {
            CompletedProcess completed = Subprocess.run(Command.of(NO_PROGRAM));
            throw new IllegalStateException("expected no such program, but got " + completed);
        } catch (NoSuchFileException missing) {
            return String.valueOf(missing.getMessage());
        }
    }
}
