// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A program with its arguments, its surroundings and what is to happen to its input and output: everything that
 * {@link Subprocess#run} and {@link Subprocess#start} have to know. Immutable: each method returns a changed copy, so
 * that a command can be kept, shared between threads, and used again and again.
 *
 * <pre>{@code
 * CompletedProcess log = Subprocess.run(Command.of("git", "log", "--oneline")
 *         .directory(repository)
 *         .timeout(Duration.ofSeconds(10))
 *         .check());
 * }</pre>
 *
 * <p><b>Arguments.</b> They reach the program as they are: no shell takes them apart, and nothing has to be quoted. Who
 * wants a shell says {@link #shell}; what comes from elsewhere is handed to its script as a positional argument, never
 * as a part of the script.
 *
 * <p><b>Environment.</b> That of this virtual machine with the changes made here. In addition, every command gets a
 * variable {@code HEADWAY_TREE}, by which its descendants are found when the whole tree is to end. A program that is
 * looked for in the {@code PATH} is looked for in that of this virtual machine.
 *
 * <p><b>Nulls and bounds.</b> Nulls are refused with {@code NullPointerException}; what no operating system can take, an
 * argument with a NUL character or a variable with a {@code =} in its name, with {@code IllegalArgumentException}.
 *
 * @since 0.1
 */
public final class Command {

    /** How long a command may take between the polite signal and the one that it cannot ignore. */
    static final Duration DEFAULT_GRACE = Duration.ofSeconds(1);

    /** How long a descendant may hold the pipe of a command that has ended. */
    static final Duration DEFAULT_OUTPUT_GRACE = Duration.ofSeconds(5);

    private static final Charset NATIVE = nativeCharset();

    private final List<String> words;
    private final @Nullable Path directory;

    /** Whether {@link #changes} is all there is. */
    private final boolean replaced;

    /** A variable that is taken away has the value null. */
    private final Map<String, @Nullable String> changes;

    private final Input stdin;
    private final Output stdout;
    private final Output stderr;
    private final boolean merged;
    private final Charset charset;
    private final @Nullable Duration timeout;
    private final Duration grace;
    private final Duration outputGrace;

    /** Null if no exit code is a failure. */
    private final @Nullable Set<Integer> expected;

    private final boolean outlives;

    private Command(Choices choices) {
        words = choices.words;
        directory = choices.directory;
        replaced = choices.replaced;
        changes = choices.changes;
        stdin = choices.stdin;
        stdout = choices.stdout;
        stderr = choices.stderr;
        merged = choices.merged;
        charset = choices.charset;
        timeout = choices.timeout;
        grace = choices.grace;
        outputGrace = choices.outputGrace;
        expected = choices.expected;
        outlives = choices.outlives;
    }

    /** This command with something changed. */
    private Command with(Consumer<Choices> change) {
        Choices choices = new Choices(words);
        choices.directory = directory;
        choices.replaced = replaced;
        choices.changes = changes;
        choices.stdin = stdin;
        choices.stdout = stdout;
        choices.stderr = stderr;
        choices.merged = merged;
        choices.charset = charset;
        choices.timeout = timeout;
        choices.grace = grace;
        choices.outputGrace = outputGrace;
        choices.expected = expected;
        choices.outlives = outlives;
        change.accept(choices);
        return new Command(choices);
    }

    /**
     * A program with its arguments.
     *
     * @param program a path, or a name that is looked for in the {@code PATH}
     * @param args the arguments
     * @return a new command
     * @throws IllegalArgumentException if the program is empty, or if there is a NUL character
     */
    public static Command of(String program, String... args) {
        List<String> words = new ArrayList<>(args.length + 1);
        words.add(program);
        words.addAll(Arrays.asList(args));
        return of(words);
    }

    /**
     * A program with its arguments.
     *
     * @param words the program, and then its arguments
     * @return a new command
     * @throws IllegalArgumentException if there is no program, if it is empty, or if there is a NUL character
     */
    public static Command of(List<String> words) {
        List<String> copy = List.copyOf(words);
        if (copy.isEmpty() || copy.get(0).isEmpty()) {
            throw new IllegalArgumentException("words: " + copy + "; expected a program first");
        }
        for (String word : copy) {
            refuseNul(word, "an argument");
        }
        return new Command(new Choices(copy));
    }

    /**
     * A script of the shell: {@code /bin/sh -c script}, or {@code cmd /c script} on Windows. The script finds the
     * positional arguments in {@code "$1"} and so on; on Windows there are none.
     *
     * @param script the script; never made from data of others
     * @param positional the arguments of the script
     * @return a new command
     * @throws IllegalArgumentException if there is a NUL character; on Windows, if there are positional arguments
     */
    public static Command shell(String script, String... positional) {
        Objects.requireNonNull(script, "script");
        if (Platform.IS_WINDOWS) {
            if (positional.length > 0) {
                throw new IllegalArgumentException("positional arguments: the shell of Windows has none");
            }
            return of("cmd", "/c", script);
        }
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", script));
        if (positional.length > 0) {
            words.add("sh"); // what the script knows as $0
            words.addAll(Arrays.asList(positional));
        }
        return of(words);
    }

    // ---- surroundings ----

    /**
     * Chooses the directory in which the program runs.
     *
     * @param directory the directory
     * @return this command but for the directory
     */
    public Command directory(Path directory) {
        Objects.requireNonNull(directory, "directory");
        return with(choices -> choices.directory = directory);
    }

    /**
     * Sets a variable of the environment.
     *
     * @param name the variable
     * @param value its value
     * @return this command with that variable
     * @throws IllegalArgumentException if the name is empty or has a {@code =}, or if there is a NUL character
     */
    public Command environment(String name, String value) {
        checkVariable(name, value);
        return changed(name, value);
    }

    /**
     * Takes a variable out of the environment.
     *
     * @param name the variable
     * @return this command without that variable
     */
    public Command withoutEnvironment(String name) {
        return changed(Objects.requireNonNull(name, "name"), null);
    }

    private Command changed(String name, @Nullable String value) {
        Map<String, @Nullable String> changed = new LinkedHashMap<>(changes);
        changed.put(name, value);
        return with(choices -> choices.changes = Collections.unmodifiableMap(changed));
    }

    /**
     * Chooses all variables of the environment. Nothing of this virtual machine's is left.
     *
     * @param variables the variables with their values
     * @return this command with these variables
     * @throws IllegalArgumentException if a name is empty or has a {@code =}, or if there is a NUL character
     */
    public Command environment(Map<String, String> variables) {
        Map<String, @Nullable String> copy = new LinkedHashMap<>(variables);
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            checkVariable(variable.getKey(), variable.getValue());
        }
        return with(choices -> {
            choices.replaced = true;
            choices.changes = Collections.unmodifiableMap(copy);
        });
    }

    // ---- input and output ----

    /**
     * Chooses where the standard input comes from. If nothing is chosen, it is empty for a command that is run, and a
     * pipe for one that is started.
     *
     * @param input the input
     * @return this command with that input
     */
    public Command stdin(Input input) {
        Objects.requireNonNull(input, "input");
        return with(choices -> choices.stdin = input);
    }

    /**
     * Gives the program this text as its standard input: {@code stdin(Input.of(text))}.
     *
     * @param text the text
     * @return this command with that input
     */
    public Command input(String text) {
        return stdin(Input.of(text));
    }

    /**
     * Gives the program these bytes as its standard input: {@code stdin(Input.of(bytes))}.
     *
     * @param bytes copied at once
     * @return this command with that input
     */
    public Command input(byte[] bytes) {
        return stdin(Input.of(bytes));
    }

    /**
     * Chooses where the standard output goes. It is captured if nothing is chosen.
     *
     * @param output the output
     * @return this command with that output
     */
    public Command stdout(Output output) {
        Objects.requireNonNull(output, "output");
        return with(choices -> choices.stdout = output);
    }

    /**
     * Chooses where the standard error goes. It is captured if nothing is chosen.
     *
     * @param output the output
     * @return this command with that output for its errors
     */
    public Command stderr(Output output) {
        Objects.requireNonNull(output, "output");
        return with(choices -> {
            choices.stderr = output;
            choices.merged = false;
        });
    }

    /**
     * Lets the standard error go where the standard output goes, in the order in which the program writes.
     *
     * @return this command with one output for both
     */
    public Command mergeStderr() {
        return with(choices -> choices.merged = true);
    }

    /**
     * Chooses how text becomes bytes and bytes text. The default is that of the operating system, the system property
     * {@code native.encoding}. What is malformed becomes the replacement of the charset.
     *
     * @param charset the charset
     * @return this command with that charset
     */
    public Command charset(Charset charset) {
        Objects.requireNonNull(charset, "charset");
        return with(choices -> choices.charset = charset);
    }

    // ---- the end ----

    /**
     * Limits the time that {@link Subprocess#run} and {@link Subprocess#runPipeline} take, the wait for output that
     * descendants hold up included. When it is over, the whole tree of processes is ended. Of a command that is started,
     * {@code communicate} takes a time-out of its own.
     *
     * @param timeout the longest time; zero or negative ends the command at once
     * @return this command with that time-out
     */
    public Command timeout(Duration timeout) {
        Objects.requireNonNull(timeout, "timeout");
        return with(choices -> choices.timeout = timeout);
    }

    /**
     * Chooses how long processes get between the signal that asks them to end and the one that ends them. One second
     * unless chosen.
     *
     * @param grace the time; zero for no polite signal
     * @return this command with that grace
     * @throws IllegalArgumentException if the time is negative
     */
    public Command grace(Duration grace) {
        refuseNegative(grace, "grace");
        return with(choices -> choices.grace = grace);
    }

    /**
     * Chooses how long output is waited for after the program has ended while a descendant of it keeps the pipe open.
     * Five seconds unless chosen. What the program has written itself is never cut off.
     *
     * @param outputGrace the time
     * @return this command with that grace
     * @throws IllegalArgumentException if the time is negative
     */
    public Command outputGrace(Duration outputGrace) {
        refuseNegative(outputGrace, "outputGrace");
        return with(choices -> choices.outputGrace = outputGrace);
    }

    /**
     * Lets {@link Subprocess#run}, {@code runPipeline} and {@code communicate} throw a {@link CommandFailedException}
     * unless the exit code is 0.
     *
     * @return this command with that check
     */
    public Command check() {
        return check(0);
    }

    /**
     * Lets {@link Subprocess#run}, {@code runPipeline} and {@code communicate} throw a {@link CommandFailedException}
     * unless the exit code is one of those.
     *
     * @param expected the exit codes that are no failure, at least one
     * @return this command with that check
     * @throws IllegalArgumentException if there is none
     */
    public Command check(int... expected) {
        if (expected.length == 0) {
            throw new IllegalArgumentException("expected: none; expected at least one exit code");
        }
        Set<Integer> codes = new TreeSet<>();
        for (int code : expected) {
            codes.add(code);
        }
        return with(choices -> choices.expected = Collections.unmodifiableSet(codes));
    }

    /**
     * Lets the command go on when this virtual machine ends. Otherwise its tree is ended then, unless the virtual
     * machine is killed.
     *
     * @return this command, not tied to this virtual machine
     */
    public Command outliveParent() {
        return with(choices -> choices.outlives = true);
    }

    // ---- what was chosen ----

    /**
     * The program and its arguments.
     *
     * @return an immutable list
     */
    public List<String> words() {
        return words;
    }

    /**
     * The directory.
     *
     * @return empty for that of this virtual machine
     */
    public Optional<Path> directory() {
        return Optional.ofNullable(directory);
    }

    /**
     * The variables that the program will find, but for {@code HEADWAY_TREE}.
     *
     * @return a new map
     */
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        if (!replaced) {
            environment.putAll(System.getenv());
        }
        applyChanges(environment);
        return environment;
    }

    /** Makes the environment of this virtual machine that of the command. */
    void applyTo(Map<String, String> environment) {
        if (replaced) {
            environment.clear();
        }
        applyChanges(environment);
    }

    private void applyChanges(Map<String, String> environment) {
        for (Map.Entry<String, @Nullable String> change : changes.entrySet()) {
            String value = change.getValue();
            if (value == null) {
                environment.remove(change.getKey());
            } else {
                environment.put(change.getKey(), value);
            }
        }
    }

    /**
     * Where the standard input comes from.
     *
     * @return the input
     */
    public Input stdin() {
        return stdin;
    }

    /**
     * Where the standard output goes.
     *
     * @return the output
     */
    public Output stdout() {
        return stdout;
    }

    /**
     * Where the standard error goes, unless it is {@linkplain #mergesStderr() merged}.
     *
     * @return the output
     */
    public Output stderr() {
        return stderr;
    }

    /**
     * Whether the standard error goes where the standard output goes.
     *
     * @return true after {@link #mergeStderr()}
     */
    public boolean mergesStderr() {
        return merged;
    }

    /**
     * The charset of input and output.
     *
     * @return the charset
     */
    public Charset charset() {
        return charset;
    }

    /**
     * The longest time of a run.
     *
     * @return empty if there is no limit
     */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    /**
     * The time between the polite signal and the other one.
     *
     * @return the time
     */
    public Duration grace() {
        return grace;
    }

    /**
     * The time for which output of descendants is waited for.
     *
     * @return the time
     */
    public Duration outputGrace() {
        return outputGrace;
    }

    /**
     * Whether a run ends normally with this exit code.
     *
     * @param exitCode the exit code
     * @return true if it was expected, or if nothing is checked
     */
    public boolean accepts(int exitCode) {
        return expected == null || expected.contains(exitCode);
    }

    /** Whether the exit code is a success by itself: as chosen, or 0. */
    boolean isSuccess(int exitCode) {
        return expected == null ? exitCode == 0 : expected.contains(exitCode);
    }

    /**
     * Whether the command goes on when this virtual machine ends.
     *
     * @return true after {@link #outliveParent()}
     */
    public boolean outlivesParent() {
        return outlives;
    }

    /** The program with its arguments, and nothing of the environment or the input, which may be secret. */
    @Override
    public String toString() {
        return "Command" + words;
    }

    // ---- checks ----

    private static void checkVariable(String name, String value) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
        refuseNul(name, "a variable");
        refuseNul(value, "a variable");
        // Windows has variables whose names begin with the sign
        if (name.isEmpty() || name.indexOf('=', Platform.IS_WINDOWS ? 1 : 0) >= 0) {
            throw new IllegalArgumentException("name: \"" + name + "\"; expected a name without \"=\"");
        }
    }

    private static void refuseNul(String text, String what) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a NUL character in " + what);
        }
    }

    private static void refuseNegative(Duration time, String what) {
        if (time.isNegative()) {
            throw new IllegalArgumentException(what + ": " + time + "; expected zero or more");
        }
    }

    private static Charset nativeCharset() {
        String name = System.getProperty("native.encoding");
        return name != null && Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset();
    }

    /** A command that can still be changed. */
    private static final class Choices {
        final List<String> words;

        @Nullable
        Path directory;

        boolean replaced;
        Map<String, @Nullable String> changes = Map.of();
        Input stdin = Input.UNCHOSEN;
        Output stdout = Output.capture();
        Output stderr = Output.capture();
        boolean merged;
        Charset charset = NATIVE;

        @Nullable
        Duration timeout;

        Duration grace = DEFAULT_GRACE;
        Duration outputGrace = DEFAULT_OUTPUT_GRACE;

        @Nullable
        Set<Integer> expected;

        boolean outlives;

        Choices(List<String> words) {
            this.words = words;
        }
    }
}
