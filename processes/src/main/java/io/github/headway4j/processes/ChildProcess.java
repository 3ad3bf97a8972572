// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import io.github.headway4j.primitives.WaitQueue;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A JVM like this one that runs a part of this program: Python's {@code multiprocessing.Process}. Same JDK, same class
 * path or modules; what is sent to it is copied by serialization. For many small tasks use a {@link ProcessPool}; for
 * other programs use {@link Subprocess}.
 *
 * <pre>{@code
 * try (var child = ChildProcess.start(() -> System.out.println("in " + ProcessHandle.current().pid()))) {
 *     child.join();
 *     System.out.println(child.exitCode());
 * }
 * }</pre>
 *
 * <p><b>What the child does</b> happens on its main thread. It ends as any JVM: when that is over and so are all
 * threads that are no daemons, with exit code 0; with 1 and a trace on its standard error if the target has thrown
 * something; or by {@link System#exit}. Its {@code System.in} is empty. It begins with the options of this JVM that
 * open modules, enable assertions or preview features, or choose an encoding; heap sizes, properties and agents are not
 * handed down: give them as {@linkplain ChildOptions#jvmOptions options}. The serial collector is its default.
 *
 * <p><b>What can be sent</b> is what can be serialized: a lambda takes along what it captures, and an object that is
 * captured is a copy in the child. Static fields have their first values there. Shared memory, locks, queues and pipes
 * of this package are sent as references to the same thing.
 *
 * <p><b>Nobody is left behind.</b> A child that is no daemon keeps this JVM from ending by itself, as a thread does
 * that is no daemon. When this JVM exits, by {@code System.exit}, by a polite signal or since only daemons are left,
 * its children are ended. When it is killed, even by {@code SIGKILL}, each child sees the end of its life line, and
 * exits: with its shutdown hooks, but after a second in any case. So do the children of children.
 *
 * <p><b>Threads</b>: any number, for all methods.
 *
 * <p><b>Blocking and interruption</b>: {@code start} waits until the child has read its target, about 0.1 s, and can be
 * interrupted: nothing is left of the child then. {@code join} can be interrupted, which changes nothing for the child.
 * {@code close} and {@code endTree} take a limited time whatever the child does, and go on if interrupted.
 *
 * <p><b>Memory consistency</b>: none between processes, except by what this package shares.
 *
 * @since 0.1
 */
public final class ChildProcess implements AutoCloseable {

    /** How long a child that is closed may take to end by itself. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final RunningCommand running;
    private final ChildIdentity identity;
    private final CompletableFuture<ChildProcess> exit = new CompletableFuture<>();

    ChildProcess(RunningCommand running, ChildIdentity identity) {
        this.running = running;
        this.identity = identity;
    }

    // ---- starting ----

    /**
     * Starts a child that runs the target. Returns when the child has read it: what it needs is there.
     *
     * @param target what it does
     * @return the running child
     * @throws java.io.NotSerializableException if the target, or what it has captured, cannot be serialized; the
     *     message names the class
     * @throws IOException if the child cannot be started, or cannot read the target: the cause is what it has thrown
     *     there. Nothing is left of it then
     * @throws InterruptedException if the thread is interrupted before or while it waits; nothing is left of the child
     */
    public static ChildProcess start(SerializableRunnable target) throws IOException, InterruptedException {
        return start(target, ChildOptions.defaults());
    }

    /**
     * Starts a child that runs the target, with options. As {@link #start(SerializableRunnable)} otherwise.
     *
     * @param target what it does
     * @param options how it is started
     * @return the running child
     * @throws IOException as without options
     * @throws InterruptedException as without options
     */
    public static ChildProcess start(SerializableRunnable target, ChildOptions options)
            throws IOException, InterruptedException {
        Objects.requireNonNull(target, "target");
        ChildIdentity identity = ChildIdentity.next(options);
        return ChildStart.start(identity, options, ChildTask.encode(identity, target));
    }

    /**
     * Starts a child that runs the {@code main} of a class.
     *
     * @param mainClass a class with a {@code public static void main(String[])}
     * @param arguments for it
     * @return the running child
     * @throws IOException if the child cannot be started, or does not find the method; the cause says why
     * @throws InterruptedException if the thread is interrupted before or while it waits; nothing is left of the child
     */
    public static ChildProcess startMain(Class<?> mainClass, String... arguments)
            throws IOException, InterruptedException {
        return startMain(ChildOptions.defaults(), mainClass.getName(), arguments);
    }

    /**
     * Starts a child that runs the {@code main} of a class which need not be loaded here.
     *
     * @param mainClass the name of a class with a {@code public static void main(String[])}
     * @param arguments for it
     * @return the running child
     * @throws IOException if the child cannot be started, or does not find the method; the cause says why
     * @throws InterruptedException if the thread is interrupted before or while it waits; nothing is left of the child
     */
    public static ChildProcess startMain(String mainClass, String... arguments)
            throws IOException, InterruptedException {
        return startMain(ChildOptions.defaults(), mainClass, arguments);
    }

    /**
     * Starts a child that runs the {@code main} of a class, with options.
     *
     * @param options how it is started
     * @param mainClass the name of a class with a {@code public static void main(String[])}
     * @param arguments for it
     * @return the running child
     * @throws IOException if the child cannot be started, or does not find the method; the cause says why
     * @throws InterruptedException if the thread is interrupted before or while it waits; nothing is left of the child
     */
    public static ChildProcess startMain(ChildOptions options, String mainClass, String... arguments)
            throws IOException, InterruptedException {
        List<String> words = List.of(arguments); // refuses null
        ChildIdentity identity = ChildIdentity.next(options);
        return ChildStart.start(
                identity, options, ChildTask.encode(identity, Objects.requireNonNull(mainClass, "mainClass"), words));
    }

    // ---- waiting ----

    /**
     * Waits for the end of the child, and of its outputs if they are read here. What a listener to them has thrown
     * comes out of here.
     *
     * @throws InterruptedException if the thread is interrupted; the child goes on
     */
    public void join() throws InterruptedException {
        await(RunningCommand.FOR_EVER);
    }

    /**
     * As {@link #join()}, for a limited time.
     *
     * @param timeout how long; if zero or negative, this method only looks
     * @return whether it has ended
     * @throws InterruptedException if the thread is interrupted; the child goes on
     */
    public boolean join(Duration timeout) throws InterruptedException {
        return await(WaitQueue.saturatedNanos(timeout));
    }

    private boolean await(long nanos) throws InterruptedException {
        if (running.complete(nanos) == null) {
            return false;
        }
        noteEnd();
        running.throwFailure();
        return true;
    }

    /**
     * The exit code if the child has ended.
     *
     * @return the {@linkplain #exitCode() exit code}, or nothing while it runs
     */
    public OptionalInt poll() {
        return isAlive() ? OptionalInt.empty() : OptionalInt.of(running.root.exitCode());
    }

    /**
     * Completed with this child when it has ended. Completing it otherwise, or cancelling it, changes nothing for
     * others: each call returns another future.
     *
     * @return a future of the end
     */
    public CompletableFuture<ChildProcess> onExit() {
        return exit.copy();
    }

    // ---- ending ----

    /**
     * Asks the child to end: {@code SIGTERM}, which runs its shutdown hooks. On Windows it ends by force.
     *
     * @return whether it was alive and was asked
     */
    public boolean terminate() {
        return running.root.signal(Signals.TERM);
    }

    /**
     * Ends the child by force: {@code SIGKILL}. Children of its own that this package has started end by
     * themselves; other descendants are ended by {@link #endTree} only.
     *
     * @return whether it was alive and was killed
     */
    public boolean kill() {
        return running.root.signal(Signals.KILL);
    }

    /**
     * Ends the child and all its descendants: asks them to end, and kills those that are left after the grace. Returns
     * when none that can be found is left, after some seconds in any case. An interrupt means no grace, and stays
     * pending.
     *
     * @param grace how long they may take to end by themselves
     */
    public void endTree(Duration grace) {
        running.endTree(Objects.requireNonNull(grace, "grace"));
        isAlive();
    }

    /**
     * Ends the child, if it still runs, and all its descendants, and frees what belongs to it: as {@link #endTree} with
     * a grace of one second. What a child has left behind that has ended is left alone. Whoever wants its work to be
     * done joins before.
     */
    @Override
    public void close() {
        if (isAlive()) {
            running.endTree(GRACE);
        }
        running.close();
        isAlive();
    }

    // ---- asking ----

    /**
     * The name.
     *
     * @return as chosen in the options, or {@code Process-N}
     */
    public String name() {
        return identity.name();
    }

    /**
     * Whether the child is a daemon.
     *
     * @return false if this JVM waits for its end before it ends by itself
     */
    public boolean isDaemon() {
        return identity.daemon();
    }

    /**
     * The process id.
     *
     * @return what the operating system calls it
     */
    public long pid() {
        return running.root.process.pid();
    }

    /**
     * Whether the child runs.
     *
     * @return false once it has ended
     */
    public boolean isAlive() {
        if (!running.hasEnded()) {
            return true;
        }
        noteEnd();
        return false;
    }

    /**
     * How the child has ended.
     *
     * @return 0 after its work; 1 if it has thrown something; what it gave to {@code System.exit} or {@code halt};
     *     minus the number of a signal that this object has sent, if that was the end of it; 128 and the number of a
     *     signal of others
     * @throws IllegalStateException while it runs
     */
    public int exitCode() {
        if (isAlive()) {
            throw new IllegalStateException(this + "; expected to have ended");
        }
        return running.root.exitCode();
    }

    /**
     * The process, for what the JDK tells of it.
     *
     * @return its handle
     */
    public ProcessHandle toHandle() {
        return running.root.process.toHandle();
    }

    /**
     * What the child writes to its standard output.
     *
     * @return the stream; its reads can be interrupted
     * @throws IllegalStateException unless the options say {@link Output#stream()}
     */
    public InputStream stdout() {
        return stream(running.out, "stdout", running.command.stdout());
    }

    /**
     * What the child writes to its standard error.
     *
     * @return the stream; its reads can be interrupted
     * @throws IllegalStateException unless the options say {@link Output#stream()}
     */
    public InputStream stderr() {
        return stream(running.err, "stderr", running.command.stderr());
    }

    /**
     * All children of this process that were started by this class and run, in no order.
     *
     * @return a snapshot
     */
    public static List<ChildProcess> active() {
        return LiveChildren.active();
    }

    /**
     * How the current process is called.
     *
     * @return the name of the child inside one, and {@code MainProcess} in a JVM that was not started by this class
     */
    public static String currentName() {
        return ChildIdentity.own().name();
    }

    /**
     * Whether the current process is a daemon child.
     *
     * @return false in a JVM that was not started by this class
     */
    public static boolean currentIsDaemon() {
        return ChildIdentity.own().daemon();
    }

    /** Name, process id and how it has ended, in one line. */
    @Override
    public String toString() {
        return "ChildProcess[" + name() + ", pid " + pid() + (isDaemon() ? ", daemon, " : ", ")
                + (running.hasEnded() ? Signals.describe(running.root.exitCode()) : "running") + "]";
    }

    private static InputStream stream(@Nullable OutputPump pump, String what, Output output) {
        if (pump == null || !(pump.sink instanceof StreamBuffer)) {
            throw new IllegalStateException(what + " is " + output + "; expected stream");
        }
        return ((StreamBuffer) pump.sink).stream;
    }

    /** Called by whoever notices the end, however often. */
    void noteEnd() {
        LiveChildren.remove(this);
        exit.complete(this);
    }

    /** Waits for the end of the process alone. */
    void awaitProcess() throws InterruptedException {
        running.awaitEnd(RunningCommand.FOR_EVER);
        noteEnd();
    }

    /** Completed by somebody else when the process ends, in case that nobody waits. */
    void watch() {
        var unused = running.root.process.onExit().thenRun(this::isAlive); // nobody waits for it
    }
}
