// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import io.github.headway4j.primitives.WaitQueue;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A process with those who serve its pipes: how its end is waited for, and how it is brought about. */
final class RunningCommand {
    /*
     * The end has two parts: that of the process, and that of its outputs, which may come later, as descendants keep the
     * pipes. The first look that finds the process ended notes the time, from which the grace for the outputs counts,
     * and how much of them had been read. See OutputPump for when an output is cut off, and why nothing that the process
     * has written is.
     *
     * No thread waits for the end of the process but those of users and the one that the JDK has for that.
     *
     * Two threads for the outputs take a tenth of the time in which a short command runs. So who runs a command to its
     * end holds the monitors of the streams for a moment, in which the command may end. Whatever it wrote fits into the pipes then, and
     * is read without waiting, if it is certain that nobody has them any more: if the number of the process is still the
     * last one that was given to any process or thread, the command has no descendants. If not, pumps find the end. So
     * they do if there is a listener: no time-out or interrupt could end a wait for it in the thread that runs the command.
     */

    /** About as long as it takes to start a process. What writes more than a pipe holds waits so long. */
    private static final long SHORT_NANOS = 2_000_000L;

    /** No limit: a wait that ends in 292 years. */
    static final long FOR_EVER = Long.MAX_VALUE;

    /** How often is looked whether an output may be cut off by now. */
    private static final long LOOK_NANOS = 5_000_000L;

    /** How long outputs may take to end when nobody is left to write them. */
    private static final long OUTPUTS_NANOS = 1_000_000_000L;

    /** How long it may take to find out who has the pipes of a process that has ended. */
    private static final long HOLDERS_NANOS = 200_000_000L;

    private static final byte[] NOTHING = new byte[0];

    final Command command;
    final RootProcess root;
    final @Nullable InputFeed feed;
    final @Nullable OutputPump out;
    final @Nullable OutputPump err;

    /** Whether the end was noticed. Written last. */
    private volatile boolean ended;

    /** Written by the thread that has started the process. */
    private volatile boolean lost;

    private long endedAt;
    private long outAtEnd;
    private long errAtEnd;

    private volatile @Nullable CompletedProcess result;

    RunningCommand(
            Command command,
            RootProcess root,
            @Nullable InputFeed feed,
            @Nullable OutputPump out,
            @Nullable OutputPump err) {
        this.command = command;
        this.root = root;
        this.feed = feed;
        this.out = out;
        this.err = err;
        if (!command.outlivesParent()) {
            LiveCommands.add(root, command.grace());
        }
    }

    // ---- the outputs ----

    /**
     * Has the outputs read, by threads unless the command ends in a moment. The process has been started just now, and
     * the monitors of its streams are held. An interrupt stays pending.
     *
     * @param nanos how long the command is run at most; 0 for no such moment
     */
    void serve(long nanos) {
        lost = mayHaveLost();
        if (nanos >= SHORT_NANOS && !VirtualThreads.isVirtual(Thread.currentThread())) {
            Descriptors.look();
            if ((out == null && err == null) || (!isHeard(out) && !isHeard(err) && endsAtOnce())) {
                readRest(out);
                readRest(err);
                return;
            }
        }
        if (out != null) {
            out.start(this::lookWhetherLost);
        }
        if (err != null) {
            err.start(this::lookWhetherLost);
        }
        if (out != null) {
            out.awaitArrival();
        }
        if (err != null) {
            err.awaitArrival();
        }
    }

    /**
     * By a pump that has just got the monitor of its pipe: the JDK closes pipes after it has noted the end of the
     * process, and with the monitor. So if the process is alive now, the pump reads to the end.
     */
    private void lookWhetherLost() {
        boolean known = false;
        try {
            known = !mayHaveLost();
        } finally {
            if (!known) {
                lost = true;
            }
        }
    }

    /** Whether the JDK may have closed a pipe that a descendant has. */
    private boolean mayHaveLost() {
        return (out != null || err != null)
                && !root.isAlive()
                && !LastProcess.is(root.process.pid())
                && root.tree.members(root.process.toHandle()).stream().anyMatch(ProcessTree::mayHaveAPipe);
    }

    /** Whether the process has ended, and nobody else can have its pipes. */
    private boolean endsAtOnce() {
        try {
            return awaitEnd(SHORT_NANOS) && LastProcess.is(root.process.pid());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isHeard(@Nullable OutputPump pump) {
        return pump != null && pump.sink instanceof LineSink;
    }

    private static void readRest(@Nullable OutputPump pump) {
        if (pump != null) {
            pump.readRest();
        }
    }

    // ---- the end of the process ----

    boolean hasEnded() {
        if (ended) {
            return true;
        }
        if (root.isAlive()) {
            return false;
        }
        noteEnd();
        return true;
    }

    /** Waits for the end of the process. */
    boolean awaitEnd(long nanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (ended) {
            return true;
        }
        if (nanos == FOR_EVER) {
            root.process.waitFor();
        } else if (!root.process.waitFor(Math.max(0L, nanos), TimeUnit.NANOSECONDS)) {
            return false;
        }
        noteEnd();
        return true;
    }

    private void noteEnd() {
        synchronized (this) {
            if (ended) {
                return;
            }
            endedAt = System.nanoTime();
            outAtEnd = out == null ? 0L : out.total();
            errAtEnd = err == null ? 0L : err.total();
            ended = true;
        }
        LiveCommands.remove(root);
    }

    // ---- the end of all ----

    /**
     * Runs the command to its end, and leaves nothing behind.
     *
     * @param nanos the time that is left
     */
    CompletedProcess runToEnd(long nanos) throws InterruptedException, CommandTimeoutException {
        try {
            CompletedProcess completed =
                    complete(nanos == FOR_EVER ? FOR_EVER : nanos - (System.nanoTime() - root.tree.created));
            if (completed != null) {
                throwFailure();
                return completed;
            }
            endTree(command.grace());
        } catch (Throwable e) {
            endTree(Duration.ZERO);
            desert();
            throw e;
        } finally {
            release();
        }
        awaitOutputsBriefly();
        throwFailure();
        desert();
        throw timedOut(command.timeout().orElse(Duration.ZERO));
    }

    /** With what there is of the outputs. */
    CommandTimeoutException timedOut(Duration timeout) {
        return new CommandTimeoutException(command, timeout, captured(out), captured(err));
    }

    /**
     * Waits for the end of the process and of its outputs.
     *
     * @param nanos the longest wait
     * @return null if the time was over before
     */
    @Nullable
    CompletedProcess complete(long nanos) throws InterruptedException {
        CompletedProcess completed = result;
        if (completed != null) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return completed;
        }
        boolean limited = nanos != FOR_EVER;
        long deadline = System.nanoTime() + nanos;
        if (!awaitEnd(nanos)) {
            return null;
        }
        if (hasFailed()) {
            return noteResult(); // which nobody gets
        }
        long graceEnd = endedAt + nanos(command.outputGrace());
        if (!awaitOutput(out, outAtEnd, graceEnd, limited, deadline)
                || !awaitOutput(err, errAtEnd, graceEnd, limited, deadline)) {
            return null;
        }
        return noteResult();
    }

    private synchronized CompletedProcess noteResult() {
        CompletedProcess completed = result;
        if (completed == null) {
            completed = new CompletedProcess(
                    command,
                    root.process.pid(),
                    root.exitCode(),
                    captured(out),
                    captured(err),
                    lost || isCutOff(out) || isCutOff(err),
                    Duration.ofNanos(endedAt - root.tree.created));
            result = completed;
        }
        return completed;
    }

    private static boolean isCutOff(@Nullable OutputPump pump) {
        return pump != null && pump.isCutOff();
    }

    private boolean awaitOutput(
            @Nullable OutputPump pump, long totalAtEnd, long graceEnd, boolean limited, long deadline)
            throws InterruptedException {
        while (pump != null && !pump.hasEnded() && !pump.isCutOff()) {
            long now = System.nanoTime();
            long grace = graceEnd - now;
            if (grace <= 0) {
                if (pump.hasAllOfTheProcess(totalAtEnd, endedAt)) {
                    pump.cutOff();
                    return true;
                }
                grace = LOOK_NANOS;
            }
            long rest = limited ? deadline - now : FOR_EVER;
            if (rest <= 0) {
                return false;
            }
            pump.awaitEnd(Math.min(grace, rest));
        }
        return true;
    }

    Captured captured(@Nullable OutputPump pump) {
        Sink sink = pump == null ? null : pump.sink;
        if (sink instanceof Capture) {
            return ((Capture) sink).snapshot();
        }
        if (sink instanceof StreamBuffer) {
            return ((StreamBuffer) sink).captured();
        }
        return Captured.nothing(command.charset());
    }

    /** Throws what a listener has thrown; what another has thrown is suppressed. */
    void throwFailure() {
        OutputPump first = out != null && out.failure() != null ? out : err;
        Throwable failure = first == null ? null : first.failure();
        if (first == null || failure == null) {
            return;
        }
        first.tell();
        Throwable second = first == out && err != null ? err.failure() : null;
        if (err != null && second != null && err.tell() && second != failure) {
            failure.addSuppressed(second);
        }
        throw RunningCommand.<RuntimeException>unchecked(failure);
    }

    /** What a listener has thrown that nobody was told, or will throw, goes to the handler of uncaught exceptions. */
    void desert() {
        for (OutputPump pump : new OutputPump[] {out, err}) {
            if (pump != null) {
                pump.desert();
            }
        }
    }

    private boolean hasFailed() {
        return (out != null && out.failure() != null) || (err != null && err.failure() != null);
    }

    /** A listener has declared nothing, but may throw anything. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E unchecked(Throwable failure) throws E {
        throw (E) failure;
    }

    // ---- bringing it about ----

    /** Ends the tree, and waits until the JDK knows. An interrupt means no grace, and stays pending. */
    void endTree(Duration grace) {
        root.endTree(grace);
        hasEnded();
    }

    /** Nobody uses the pipes any more. Does not wait. */
    void release() {
        if (feed != null) {
            feed.abandon();
        }
    }

    /** Waits until all is read that was written before all writers were ended. An interrupt stays pending. */
    void awaitOutputsBriefly() {
        long deadline = System.nanoTime() + OUTPUTS_NANOS;
        boolean interrupted = Thread.interrupted();
        for (OutputPump pump : new OutputPump[] {out, err}) {
            while (pump != null && !pump.hasEnded() && deadline - System.nanoTime() > 0) {
                try {
                    pump.awaitEnd(deadline - System.nanoTime());
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends all, politely at first, in a limited time. An interrupt means to hurry, and stays pending. */
    void close() {
        if (feed != null) {
            feed.finish(NOTHING);
        }
        boolean interrupted = false;
        boolean left;
        try {
            left = !awaitEnd(nanos(command.grace())) || holdsOutput();
        } catch (InterruptedException e) {
            interrupted = true;
            left = true;
        }
        if (left) {
            endTree(interrupted ? Duration.ZERO : command.grace());
        }
        release();
        for (OutputPump pump : new OutputPump[] {out, err}) {
            if (pump != null) {
                pump.sink.abandon();
                pump.cutOff();
            }
        }
        desert();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Whether a descendant keeps a pipe of the process, which has ended. A listener that is busy gets the grace; as long
     * as it is, nobody is known to keep its pipe.
     */
    private boolean holdsOutput() throws InterruptedException {
        abandonStream(out);
        abandonStream(err);
        long now = System.nanoTime();
        long deadline = now + Math.max(HOLDERS_NANOS, nanos(command.grace()));
        awaitOutput(out, outAtEnd, now, true, deadline);
        awaitOutput(err, errAtEnd, now, true, deadline);
        return isCutOff(out) || isCutOff(err);
    }

    private static void abandonStream(@Nullable OutputPump pump) {
        if (pump != null && pump.sink instanceof StreamBuffer) {
            pump.sink.abandon();
        }
    }

    /** Of a time that may be negative, which is as much as none, or longer than a long holds. */
    static long nanos(Duration time) {
        return Math.max(0L, WaitQueue.saturatedNanos(time));
    }
}
