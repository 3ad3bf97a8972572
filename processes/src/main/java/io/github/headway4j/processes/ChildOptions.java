// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What can be chosen when a {@link ChildProcess} is started. Immutable: each method returns a changed copy.
 *
 * <pre>{@code
 * var options = ChildOptions.defaults()
 *         .name("heartbeat")
 *         .daemon(true)
 *         .jvmOptions("-Xmx64m")
 *         .stderr(Output.appendTo(Path.of("heartbeat.log")));
 * }</pre>
 *
 * @since 0.1
 */
public final class ChildOptions {

    private static final ChildOptions DEFAULTS = new ChildOptions(new Choices());

    /** Null for one that counts children. */
    final @Nullable String name;

    /** Null for the parent's. */
    final @Nullable Boolean daemon;

    final List<String> jvmOptions;
    final Map<String, String> environment;

    /** Null for the parent's. */
    final @Nullable Path directory;

    final Output stdout;
    final Output stderr;

    private ChildOptions(Choices choices) {
        name = choices.name;
        daemon = choices.daemon;
        jvmOptions = choices.jvmOptions;
        environment = choices.environment;
        directory = choices.directory;
        stdout = choices.stdout;
        stderr = choices.stderr;
    }

    /** These options with something changed. */
    private ChildOptions with(Consumer<Choices> change) {
        Choices choices = new Choices();
        choices.name = name;
        choices.daemon = daemon;
        choices.jvmOptions = jvmOptions;
        choices.environment = environment;
        choices.directory = directory;
        choices.stdout = stdout;
        choices.stderr = stderr;
        change.accept(choices);
        return new ChildOptions(choices);
    }

    /**
     * A child named {@code Process-N}, where N counts the children of this process, or {@code Process-M:N} in child M;
     * a daemon exactly if this process is a daemon child; the environment and the directory of this process; both
     * outputs go where those of this process go.
     *
     * @return the defaults
     */
    public static ChildOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Chooses the name, for messages and for {@link ChildProcess#currentName()} in the child.
     *
     * @param name the name
     * @return these options but for the name
     */
    public ChildOptions name(String name) {
        Objects.requireNonNull(name, "name");
        return with(choices -> choices.name = name);
    }

    /**
     * Chooses whether the child is a daemon: whether this process may end before it, and ends it then.
     *
     * @param daemon true for a daemon
     * @return these options but for that
     */
    public ChildOptions daemon(boolean daemon) {
        return with(choices -> choices.daemon = daemon);
    }

    /**
     * Adds options of {@code java}, like {@code -Xmx64m} or {@code -Dname=value}, after those that were added before.
     * Of contradicting options the last one counts; that of the user does against those of the library.
     *
     * @param options the options
     * @return these options and the given ones
     */
    public ChildOptions jvmOptions(String... options) {
        List<String> all = new ArrayList<>(jvmOptions);
        all.addAll(List.of(options));
        return with(choices -> choices.jvmOptions = List.copyOf(all));
    }

    /**
     * Sets a variable in the environment of the child, which has all of this process's otherwise.
     *
     * @param name of the variable
     * @param value its value
     * @return these options and the variable
     */
    public ChildOptions environment(String name, String value) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.put(name, value);
        return with(choices -> choices.environment = Map.copyOf(all));
    }

    /**
     * Chooses the working directory of the child. Relative entries of the class path stay those of this process.
     *
     * @param directory the directory
     * @return these options but for the directory
     */
    public ChildOptions directory(Path directory) {
        Objects.requireNonNull(directory, "directory");
        return with(choices -> choices.directory = directory);
    }

    /**
     * Chooses where the standard output of the child goes.
     *
     * @param stdout the output; not {@link Output#capture()}, since a child has no result to hold it
     * @return these options but for the output
     * @throws IllegalArgumentException if it is to be captured
     */
    public ChildOptions stdout(Output stdout) {
        checkNotCaptured(stdout, "stdout");
        return with(choices -> choices.stdout = stdout);
    }

    /**
     * Chooses where the standard error of the child goes.
     *
     * @param stderr the output; not {@link Output#capture()}, since a child has no result to hold it
     * @return these options but for the output
     * @throws IllegalArgumentException if it is to be captured
     */
    public ChildOptions stderr(Output stderr) {
        checkNotCaptured(stderr, "stderr");
        return with(choices -> choices.stderr = stderr);
    }

    private static void checkNotCaptured(Output output, String what) {
        if (output.kind == Output.Kind.CAPTURE) {
            throw new IllegalArgumentException(what + ": " + output
                    + "; expected an output that is inherited, streamed, listened to or in a file");
        }
    }

    /** What was chosen. */
    @Override
    public String toString() {
        return "ChildOptions[" + (name == null ? "" : "name=" + name + ", ")
                + (daemon == null ? "" : "daemon=" + daemon + ", ") + "jvmOptions=" + jvmOptions + ", environment="
                + environment.keySet() + (directory == null ? "" : ", directory=" + directory) + ", stdout=" + stdout
                + ", stderr=" + stderr + "]";
    }

    /** The same, while it changes. */
    private static final class Choices {
        @Nullable
        String name;

        @Nullable
        Boolean daemon;

        List<String> jvmOptions = List.of();
        Map<String, String> environment = Map.of();

        @Nullable
        Path directory;

        Output stdout = Output.inherit();
        Output stderr = Output.inherit();
    }
}
