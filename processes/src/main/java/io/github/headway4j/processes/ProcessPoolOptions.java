// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.ObjectInputFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What can be chosen when a {@link ProcessPool} is made. Immutable: each method returns a changed copy.
 *
 * <pre>{@code
 * var pool = ProcessPool.fixed(4, ProcessPoolOptions.defaults()
 *         .name("render")
 *         .initializer(Fonts::load)
 *         .maxTasksPerChild(1_000)
 *         .taskTimeout(Duration.ofSeconds(30))
 *         .jvmOptions("-Xmx512m"));
 * }</pre>
 *
 * @since 0.1
 */
public final class ProcessPoolOptions {

    /** The capacity of a backlog that is bounded by memory alone, and the number of tasks of a worker without end. */
    static final int UNBOUNDED = 0;

    private static final ProcessPoolOptions DEFAULTS = new ProcessPoolOptions(new Choices());

    /** Null for one that counts pools. */
    final @Nullable String name;

    final @Nullable SerializableRunnable initializer;
    final int maxTasksPerChild;

    /** Zero for no limit. */
    final Duration taskTimeout;

    final List<String> jvmOptions;
    final Map<String, String> environment;
    final int backlog;
    final @Nullable ObjectInputFilter resultFilter;

    private ProcessPoolOptions(Choices choices) {
        this.name = choices.name;
        this.initializer = choices.initializer;
        this.maxTasksPerChild = choices.maxTasksPerChild;
        this.taskTimeout = choices.taskTimeout;
        this.jvmOptions = List.copyOf(choices.jvmOptions);
        this.environment = Map.copyOf(choices.environment);
        this.backlog = choices.backlog;
        this.resultFilter = choices.resultFilter;
    }

    /** These options with something changed. */
    private ProcessPoolOptions with(Consumer<Choices> change) {
        Choices choices = new Choices();
        choices.name = name;
        choices.initializer = initializer;
        choices.maxTasksPerChild = maxTasksPerChild;
        choices.taskTimeout = taskTimeout;
        choices.jvmOptions = jvmOptions;
        choices.environment = environment;
        choices.backlog = backlog;
        choices.resultFilter = resultFilter;
        change.accept(choices);
        return new ProcessPoolOptions(choices);
    }

    /**
     * A pool named {@code process-pool-N}; no initializer; workers that serve until the pool ends; no time-out; the
     * options and the environment of this virtual machine; a backlog that grows; results of any class.
     *
     * @return the defaults
     */
    public static ProcessPoolOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Chooses the name of the pool, for its threads and for messages.
     *
     * @param name the name
     * @return these options but for the name
     */
    public ProcessPoolOptions name(String name) {
        Objects.requireNonNull(name, "name");
        return with(choices -> choices.name = name);
    }

    /**
     * Chooses what each worker process does before its first task. A worker in which it throws is not used; if that
     * happens three times in a row, the pool is broken.
     *
     * @param initializer called once in each worker process, by the thread that will run the tasks
     * @return these options but for the initializer
     */
    public ProcessPoolOptions initializer(SerializableRunnable initializer) {
        Objects.requireNonNull(initializer, "initializer");
        return with(choices -> choices.initializer = initializer);
    }

    /**
     * Replaces a worker process by a new one after so many tasks, against what tasks leave behind in it. A chunk of a
     * map is one task.
     *
     * @param tasks how many
     * @return these options but for that
     * @throws IllegalArgumentException unless the number is positive
     */
    public ProcessPoolOptions maxTasksPerChild(int tasks) {
        if (tasks < 1) {
            throw new IllegalArgumentException("tasks: " + tasks + "; expected at least 1");
        }
        return with(choices -> choices.maxTasksPerChild = tasks);
    }

    /**
     * Bounds the time that a task may run, or a chunk of a map. The worker process of one that takes longer is killed
     * and replaced, and the task fails with a {@link TaskTimeoutException}. The time for which a task waits for its
     * turn does not count.
     *
     * @param timeout how long; {@link ProcessPool#submit(SerializableCallable, Duration)} has one for a single task
     * @return these options but for the time-out
     * @throws IllegalArgumentException unless the time is positive
     */
    public ProcessPoolOptions taskTimeout(Duration timeout) {
        checkPositive(timeout);
        return with(choices -> choices.taskTimeout = timeout);
    }

    static void checkPositive(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout: " + timeout + "; expected more than nothing");
        }
    }

    /**
     * Chooses options of {@code java} for the worker processes, behind those that the pool chooses, so that these win.
     *
     * @param options such as {@code -Xmx1g}; those chosen before are replaced
     * @return these options but for those
     */
    public ProcessPoolOptions jvmOptions(String... options) {
        List<String> copy = List.of(options);
        return with(choices -> choices.jvmOptions = copy);
    }

    /**
     * Sets a variable in the environment of the worker processes, which is otherwise that of this one.
     *
     * @param variable its name
     * @param value its value
     * @return these options and that variable
     */
    public ProcessPoolOptions environment(String variable, String value) {
        Objects.requireNonNull(variable, "variable");
        Objects.requireNonNull(value, "value");
        Map<String, String> more = new TreeMap<>(environment);
        more.put(variable, value);
        return with(choices -> choices.environment = more);
    }

    /**
     * Bounds the number of tasks that wait for a worker; tasks that were sent to one do not count. Who submits more
     * waits for room.
     *
     * @param capacity the most tasks
     * @return these options but for the bound
     * @throws IllegalArgumentException unless the capacity is positive
     */
    public ProcessPoolOptions backlog(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity: " + capacity + "; expected at least 1");
        }
        return with(choices -> choices.backlog = capacity);
    }

    /**
     * Chooses which classes this process is willing to read in results and exceptions of tasks. What it refuses fails
     * the task with a {@link RemoteTaskException}. Boxes, strings, arrays of numbers and lists of those do not come to
     * the filter.
     *
     * @param filter says what may be read
     * @return these options but for the filter
     */
    public ProcessPoolOptions resultFilter(ObjectInputFilter filter) {
        Objects.requireNonNull(filter, "filter");
        return with(choices -> choices.resultFilter = filter);
    }

    /** Options that can still be changed. */
    private static final class Choices {
        @Nullable
        String name;

        @Nullable
        SerializableRunnable initializer;

        int maxTasksPerChild = UNBOUNDED;
        Duration taskTimeout = Duration.ZERO;
        List<String> jvmOptions = new ArrayList<>();
        Map<String, String> environment = Map.of();
        int backlog = UNBOUNDED;

        @Nullable
        ObjectInputFilter resultFilter;
    }
}
