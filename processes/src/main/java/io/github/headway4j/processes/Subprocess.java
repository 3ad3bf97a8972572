// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A command that runs: Python's {@code subprocess}. {@link #run} does all that most programs need: it starts a command,
 * feeds it, reads all that it writes, waits for its end, and leaves nothing behind whatever happens. Who wants to talk
 * to a command while it runs says {@link #start}. For a part of one's own program in another process, take
 * {@code ChildProcess} or {@code ProcessPool}.
 *
 * <pre>{@code
 * CompletedProcess done = Subprocess.run(Command.of("sort", "-u").input(names).check());
 *
 * try (Subprocess server = Subprocess.start(Command.of("server").stdout(Output.stream()))) {
 *     BufferedReader answers = new BufferedReader(new InputStreamReader(server.stdout(), UTF_8));
 *     ...
 * }
 * }</pre>
 *
 * <p><b>Never stuck on a full pipe.</b> What a command writes is read from its start on, the standard output and the
 * standard error at once, whether somebody waits for it or not; what is given as its input is written meanwhile. Only
 * the {@linkplain Output#stream() streams} that were asked for are read at the pace of the user.
 *
 * <p><b>The whole tree.</b> When {@code run} is interrupted, fails or is out of time, and by {@link #endTree},
 * {@link #killTree} and {@link #close}, the command ends with all its descendants. On Linux these are found by a
 * variable in their environment, also those whose parents have ended and those in sessions of their own; descendants
 * that have cleared their environment, or run for another user, only while all between them and the command are alive.
 * On other systems the latter holds for all.
 *
 * <p><b>Threads.</b> Any thread may call any method at any time; a stream is for one reader, or one writer, at a time.
 * Each output that is read takes a daemon thread from a cache as long as its pipe is open; a descendant that keeps the
 * pipe keeps that thread, and one of the JDK's. So does input that is written as long as a descendant keeps the pipe and
 * does not read: the thread and the rest of the input stay until the descendant ends or the tree is ended. Before JDK 24
 * a virtual thread that starts a command pins its carrier until the command is started, and, if the start fails, until
 * what was started has ended.
 *
 * <p><b>Blocking and interruption.</b> As the {@linkplain io.github.headway4j.primitives contract of everything that
 * blocks} says. An interrupt ends a wait for the command, not the command, but for {@code run} and {@code runPipeline},
 * of which nothing is left then. Reads and writes on the streams are interrupted at once, with an
 * {@link java.io.InterruptedIOException} and the interrupt status cleared. {@link #endTree}, {@link #killTree} and
 * {@link #close} take a limited time; an interrupt lets them kill at once, and stays pending.
 *
 * <p><b>Exit codes.</b> As the operating system and the JDK give them, on Unix 128 + n for a process that was ended by
 * signal n; but -n if this library sent the signal.
 *
 * <p><b>The end of the virtual machine.</b> Commands that still run when it ends are ended with their trees, unless
 * they {@linkplain Command#outliveParent() outlive} it or the virtual machine is killed.
 *
 * <p><b>Memory consistency.</b> Actions before a command is started happen-before its listeners are called; these, and
 * the end of the command, happen-before the return of a {@code waitFor}, {@code communicate} or {@code run} that has
 * waited for it.
 *
 * <p><b>Nulls and bounds.</b> Null arguments are refused with {@code NullPointerException}. Durations of zero or less
 * mean to try once.
 *
 * @since 0.1
 */
public final class Subprocess implements AutoCloseable {

    private static final byte[] NOTHING = new byte[0];

    private final RunningCommand running;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Subprocess(RunningCommand running) {
        this.running = running;
    }

    // ---- in one call ----

    /**
     * Runs a command to its end. Its input is empty if none was chosen. When this method has thrown, neither the command
     * nor a descendant of it that can be found is left, but for {@link CommandFailedException}: the command has ended
     * then by itself.
     *
     * @param command what to run; its outputs are not {@link Output#stream()}, its input no {@link Input#pipe()}
     * @return what it left behind
     * @throws IllegalArgumentException if nobody could read its output or write its input
     * @throws IOException if it cannot be started: {@code NoSuchFileException} if the program, the directory or a file
     *     is missing, {@code AccessDeniedException} if it may not be used, each naming it
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry
     * @throws CommandTimeoutException if the command has a {@linkplain Command#timeout time-out} and did not end in time
     * @throws CommandFailedException if the command is {@linkplain Command#check() checked} and failed
     */
    public static CompletedProcess run(Command command)
            throws IOException, InterruptedException, CommandTimeoutException {
        Pipeline.refuseUnserved(command);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long nanos = command.timeout().map(RunningCommand::nanos).orElse(RunningCommand.FOR_EVER);
        return checked(CommandStart.start(command, true, nanos).runToEnd(nanos));
    }

    /**
     * Runs commands at the same time, the standard output of each being the standard input of the next, as
     * {@code a | b | c} in a shell. The shortest time-out of the commands is that of all.
     *
     * @param commands at least one; only the first may choose its input, only the last its standard output
     * @return what each left behind, in their order
     * @throws IllegalArgumentException if there is none, or if one chooses what the pipeline decides
     * @throws IOException if one of them cannot be started; the others have been ended then
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry
     * @throws CommandTimeoutException if the commands did not all end in time; of the last one's output
     * @throws CommandFailedException of the first command that is checked and failed
     */
    public static List<CompletedProcess> runPipeline(Command... commands)
            throws IOException, InterruptedException, CommandTimeoutException {
        List<CompletedProcess> completed = Pipeline.run(List.of(commands));
        completed.forEach(Subprocess::checked);
        return completed;
    }

    // ---- starting ----

    /**
     * Starts a command. Its input is a pipe if none was chosen. Belongs in a try-with-resources statement.
     *
     * @param command what to start; its time-out is not looked at
     * @return the running command
     * @throws IOException as {@link #run} does; nothing is left behind then
     */
    public static Subprocess start(Command command) throws IOException {
        return new Subprocess(CommandStart.start(command, false, 0L));
    }

    /**
     * Starts commands, the standard output of each being the standard input of the next.
     *
     * @param commands at least one; only the first may choose its input, only the last its standard output
     * @return the running commands, in their order
     * @throws IllegalArgumentException if there is none, or if one chooses what the pipeline decides
     * @throws IOException as {@link #run} does; nothing is left behind then
     */
    public static List<Subprocess> startPipeline(Command... commands) throws IOException {
        List<Subprocess> started = new ArrayList<>();
        for (RunningCommand running : Pipeline.start(List.of(commands), false)) {
            started.add(new Subprocess(running));
        }
        return List.copyOf(started);
    }

    // ---- talking and waiting ----

    /**
     * Closes the input, and waits for the end of the command and of its output. What is left unread in a
     * {@linkplain Output#stream() stream} is captured. May be called again, and gives the same again.
     *
     * @return what it left behind
     * @throws InterruptedException if the thread is interrupted; the command goes on
     * @throws CommandFailedException if the command is checked and failed
     */
    public CompletedProcess communicate() throws InterruptedException {
        refuseInterrupted();
        closeInput();
        return awaitAll();
    }

    /**
     * As {@link #communicate()}, for a limited time.
     *
     * @param timeout the longest wait
     * @return what it left behind
     * @throws InterruptedException if the thread is interrupted; the command goes on
     * @throws CommandTimeoutException if the time is over; the command goes on, and the next call gets all its output
     * @throws CommandFailedException if the command is checked and failed
     */
    public CompletedProcess communicate(Duration timeout) throws InterruptedException, CommandTimeoutException {
        long nanos = RunningCommand.nanos(timeout);
        refuseInterrupted();
        closeInput();
        return awaitAll(nanos, timeout);
    }

    /**
     * Gives the command some more input, closes that, and waits for the end of the command and of its output. A command
     * that ends without having read all its input is no failure.
     *
     * @param input the text, after what has been written to {@link #stdin()} before
     * @return what it left behind
     * @throws IllegalStateException if its input is no pipe, or was closed
     * @throws InterruptedException if the thread is interrupted; the command goes on, and the input was accepted unless
     *     the thread was interrupted before
     * @throws CommandFailedException if the command is checked and failed
     */
    public CompletedProcess communicate(String input) throws InterruptedException {
        return communicate(input.getBytes(command().charset()));
    }

    /**
     * As {@link #communicate(String)}, with bytes.
     *
     * @param input the bytes, not to be changed before the end
     * @return what it left behind
     * @throws IllegalStateException if its input is no pipe, or was closed
     * @throws InterruptedException if the thread is interrupted; the command goes on
     * @throws CommandFailedException if the command is checked and failed
     */
    public CompletedProcess communicate(byte[] input) throws InterruptedException {
        refuseInterrupted();
        finishInput(input);
        return awaitAll();
    }

    /**
     * As {@link #communicate(String)}, for a limited time. After a time-out, call {@link #communicate(Duration)}: the
     * input has been accepted.
     *
     * @param input the text
     * @param timeout the longest wait
     * @return what it left behind
     * @throws IllegalStateException if its input is no pipe, or was closed
     * @throws InterruptedException if the thread is interrupted; the command goes on
     * @throws CommandTimeoutException if the time is over; the command goes on, and the next call gets all its output
     * @throws CommandFailedException if the command is checked and failed
     */
    public CompletedProcess communicate(String input, Duration timeout)
            throws InterruptedException, CommandTimeoutException {
        return communicate(input.getBytes(command().charset()), timeout);
    }

    /**
     * As {@link #communicate(String, Duration)}, with bytes.
     *
     * @param input the bytes, not to be changed before the end
     * @param timeout the longest wait
     * @return what it left behind
     * @throws IllegalStateException if its input is no pipe, or was closed
     * @throws InterruptedException if the thread is interrupted; the command goes on
     * @throws CommandTimeoutException if the time is over; the command goes on, and the next call gets all its output
     * @throws CommandFailedException if the command is checked and failed
     */
    public CompletedProcess communicate(byte[] input, Duration timeout)
            throws InterruptedException, CommandTimeoutException {
        long nanos = RunningCommand.nanos(timeout);
        refuseInterrupted();
        finishInput(input);
        return awaitAll(nanos, timeout);
    }

    /**
     * The exit code if there is one already.
     *
     * @return empty while the command runs
     */
    public OptionalInt poll() {
        return running.hasEnded() ? OptionalInt.of(running.root.exitCode()) : OptionalInt.empty();
    }

    /**
     * Waits for the end of the command. Its output may not have been read to its end then; {@link #communicate()} waits
     * for that as well.
     *
     * @return the exit code
     * @throws InterruptedException if the thread is interrupted; the command goes on
     */
    public int waitFor() throws InterruptedException {
        running.awaitEnd(RunningCommand.FOR_EVER);
        return running.root.exitCode();
    }

    /**
     * Waits for the end of the command for a limited time.
     *
     * @param timeout the longest wait
     * @return true if it has ended; false if the time ran out
     * @throws InterruptedException if the thread is interrupted; the command goes on
     */
    public boolean waitFor(Duration timeout) throws InterruptedException {
        return running.awaitEnd(RunningCommand.nanos(timeout));
    }

    /**
     * Completed with this when the command has ended. What depends on it runs in a thread of the common pool or in the
     * caller's. Each call gives a future of its own: to complete or to cancel it changes nothing else.
     *
     * @return a new future
     */
    public CompletableFuture<Subprocess> onExit() {
        if (running.hasEnded()) { // the JDK would wait for whatever has the number now
            return CompletableFuture.completedFuture(this);
        }
        return running.root.process.onExit().thenApply(ended -> this);
    }

    // ---- ending it ----

    /**
     * Asks the command to end, on Unix by {@code SIGTERM}. Not its descendants.
     *
     * @return false if it was not sent: the command has ended, or takes none from this user
     */
    public boolean terminate() {
        return running.root.signal(Signals.TERM);
    }

    /**
     * Ends the command, on Unix by {@code SIGKILL}. Not its descendants.
     *
     * @return false if it was not sent: the command has ended, or takes none from this user
     */
    public boolean kill() {
        return running.root.signal(Signals.KILL);
    }

    /**
     * Sends a signal to the command. Signals but 9 and 15 are sent by {@code /bin/sh}.
     *
     * @param signal the number of the signal
     * @return false if it was not sent: the command has ended, or takes none from this user
     * @throws IllegalArgumentException unless the number is from 1 to 63
     * @throws java.io.UncheckedIOException if no shell can be started that sends it
     * @throws UnsupportedOperationException on Windows, for signals but 9 and 15
     */
    public boolean sendSignal(int signal) {
        return running.root.signal(signal);
    }

    /**
     * Sends a signal to the command.
     *
     * @param signal a name like {@code SIGINT} or {@code INT}
     * @return false if it was not sent: the command has ended, or takes none from this user
     * @throws IllegalArgumentException if no signal is called so
     * @throws java.io.UncheckedIOException if no shell can be started that sends it
     * @throws UnsupportedOperationException on Windows, for signals but {@code SIGKILL} and {@code SIGTERM}
     */
    public boolean sendSignal(String signal) {
        return running.root.signal(Signals.number(signal));
    }

    /**
     * Asks the command and all its descendants to end, and kills those that are left after some time. Returns when none
     * is left, and after a limited time in any case. Does so too if the command itself has ended.
     *
     * @param grace the time before they are killed; zero or less for no polite signal
     */
    public void endTree(Duration grace) {
        running.endTree(Objects.requireNonNull(grace, "grace"));
    }

    /** Kills the command and all its descendants: {@code endTree(Duration.ZERO)}. */
    public void killTree() {
        endTree(Duration.ZERO);
    }

    /**
     * Leaves nothing of the command behind: closes its input, waits for its end as long as its
     * {@linkplain Command#grace grace}, then asks it and its descendants to end, and after another grace kills them. If
     * the command has ended by itself and no descendant holds its output, nothing is looked for; nor is it if a listener
     * is busy for longer than the grace, as nobody knows then. Closes the streams. What a listener has thrown, and no
     * {@code communicate} has, goes to the uncaught-exception handler of the thread. Closing again does nothing.
     */
    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            running.close();
        }
    }

    // ---- what it is ----

    /**
     * The command.
     *
     * @return the command
     */
    public Command command() {
        return running.command;
    }

    /**
     * The number of the process.
     *
     * @return the process id
     */
    public long pid() {
        return running.root.process.pid();
    }

    /**
     * Whether the command runs.
     *
     * @return false once it has ended
     */
    public boolean isAlive() {
        return !running.hasEnded();
    }

    /**
     * The exit code.
     *
     * @return the exit code, the same for ever
     * @throws IllegalStateException while the command runs
     */
    public int exitCode() {
        if (!running.hasEnded()) {
            throw new IllegalStateException("no exit code yet: " + this);
        }
        return running.root.exitCode();
    }

    /**
     * The handle of the process, for what the JDK can do with it.
     *
     * @return the handle
     */
    public ProcessHandle toHandle() {
        return running.root.process.toHandle();
    }

    /**
     * The command and its descendants, as they can be found now. Those of a command that has ended are found on Linux
     * only.
     *
     * @return the handles of those that run, the command first if it does
     */
    public List<ProcessHandle> tree() {
        return running.root.tree.members(toHandle());
    }

    // ---- streams ----

    /**
     * What the command reads. Writing waits while the command is more than a buffer behind; flushing and closing wait
     * until the operating system has taken everything. Once the command has stopped reading, each throws an
     * {@code IOException}. An interrupt ends the wait of closing, but the stream is closed all the same, behind what was
     * written.
     *
     * @return the same stream each time
     * @throws IllegalStateException if the input is not a {@linkplain Input#pipe() pipe}
     */
    public OutputStream stdin() {
        InputFeed feed = userFeed();
        if (feed == null) {
            throw new IllegalStateException("the input is " + command().stdin() + "; expected pipe");
        }
        return feed.stream;
    }

    /**
     * What the command writes to its standard output.
     *
     * @return the same stream each time
     * @throws IllegalStateException if the output is not a {@linkplain Output#stream() stream}
     */
    public InputStream stdout() {
        return stream(running.out, "stdout", command().stdout());
    }

    /**
     * What the command writes to its standard error.
     *
     * @return the same stream each time
     * @throws IllegalStateException if that output is not a {@linkplain Output#stream() stream}, or merged
     */
    public InputStream stderr() {
        return stream(running.err, "stderr", command().stderr());
    }

    /** The command, the process id and the state, in one line. */
    @Override
    public String toString() {
        OptionalInt exitCode = poll();
        String state = exitCode.isPresent() ? "exit code " + exitCode.getAsInt() : "running";
        return "Subprocess[" + command() + ", pid " + pid() + ", " + state + "]";
    }

    // ---- how ----

    private static CompletedProcess checked(CompletedProcess completed) {
        if (!completed.command().accepts(completed.exitCode())) {
            throw new CommandFailedException(completed);
        }
        return completed;
    }

    private static void refuseInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private @Nullable InputFeed userFeed() {
        Input.Kind kind = command().stdin().kind;
        return kind == Input.Kind.PIPE || kind == Input.Kind.UNCHOSEN ? running.feed : null;
    }

    private void closeInput() {
        InputFeed feed = userFeed();
        if (feed != null) {
            feed.finish(NOTHING);
        }
    }

    private void finishInput(byte[] input) {
        Objects.requireNonNull(input, "input");
        InputFeed feed = userFeed();
        if (feed == null) {
            throw new IllegalStateException("the input is " + command().stdin() + "; expected pipe");
        }
        if (!feed.finish(input)) {
            throw new IllegalStateException("the input is closed; expected to be called with input once");
        }
    }

    private CompletedProcess awaitAll() throws InterruptedException {
        captureStreams();
        CompletedProcess completed = running.complete(RunningCommand.FOR_EVER);
        if (completed == null) {
            throw new AssertionError("292 years are over");
        }
        running.throwFailure();
        return checked(completed);
    }

    private CompletedProcess awaitAll(long nanos, Duration timeout)
            throws InterruptedException, CommandTimeoutException {
        captureStreams();
        CompletedProcess completed = running.complete(nanos);
        if (completed == null) {
            throw running.timedOut(timeout);
        }
        running.throwFailure();
        return checked(completed);
    }

    private void captureStreams() {
        captureRest(running.out);
        captureRest(running.err);
    }

    private static void captureRest(@Nullable OutputPump pump) {
        if (pump != null && pump.sink instanceof StreamBuffer) {
            ((StreamBuffer) pump.sink).captureRest();
        }
    }

    private static InputStream stream(@Nullable OutputPump pump, String name, Output output) {
        if (pump != null && pump.sink instanceof StreamBuffer) {
            return ((StreamBuffer) pump.sink).stream;
        }
        throw new IllegalStateException(name + " is " + output + "; expected stream");
    }
}
