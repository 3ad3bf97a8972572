// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** The process of a command: the signals that it was sent, and its exit code. */
final class RootProcess {
    /*
     * The exit code of a process that was ended by signal n is 128 + n for the JDK, as it is for a process that ends
     * with that exit code by itself. It is -n here if this library has sent signal n before. Invariant: the exit code is
     * the same for ever. A signal is noted under the lock, and only while the JDK does not know of the end; the exit
     * code is worked out under the lock, and only when the JDK does.
     *
     * Signals go through handles, which look whether it is still the same process. Those that the JDK cannot send are
     * sent by a shell, just after that look. One that was not sent although the process runs is no longer noted; if the
     * process has ended, it may be by the same signal of another thread.
     */

    /** How long the JDK may take to notice the end of a process that has ended. */
    private static final Duration REAPED = Duration.ofSeconds(5);

    final Process process;
    final ProcessTree tree;
    private final ReentrantLock lock = new ReentrantLock();

    /** A bit for each signal. Guarded by the lock. */
    private long sent;

    /** Guarded by the lock until {@link #known}. */
    private int exitCode;

    private volatile boolean known;

    RootProcess(Process process, ProcessTree tree) {
        this.process = process;
        this.tree = tree;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The exit code; only once the process has ended. */
    int exitCode() {
        if (!known) {
            lock.lock();
            try {
                if (!known) {
                    int code = process.exitValue();
                    int signal = Signals.ofExitCode(code);
                    exitCode = signal != 0 && signal <= Signals.LARGEST && (sent & 1L << signal) != 0 ? -signal : code;
                    known = true;
                }
            } finally {
                lock.unlock();
            }
        }
        return exitCode;
    }

    /** Notes that a signal is about to be sent. False if the process has ended. */
    private boolean note(int signal) {
        lock.lock();
        try {
            if (!process.isAlive()) {
                return false;
            }
            sent |= 1L << signal;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Sends a signal. False if it was not sent: the process has ended, or does not take it from this user. */
    boolean signal(int signal) {
        if (signal < 1 || signal > Signals.LARGEST) {
            throw new IllegalArgumentException("signal: " + signal + "; expected 1 to " + Signals.LARGEST);
        }
        boolean known = signal == Signals.TERM || signal == Signals.KILL;
        if (!known && Platform.IS_WINDOWS) {
            throw new UnsupportedOperationException("signal: " + signal + "; Windows knows 9 and 15 only");
        }
        if (!note(signal)) {
            return false;
        }
        boolean lent = Descriptors.lend();
        try {
            ProcessHandle handle = process.toHandle();
            boolean accepted;
            if (signal == Signals.KILL) {
                accepted = handle.destroyForcibly();
            } else if (signal == Signals.TERM) {
                accepted = handle.destroy();
            } else {
                accepted = signalByShell(signal);
            }
            if (!accepted && ProcessTree.isRunning(handle)) {
                forget(signal);
            }
            return accepted;
        } catch (IOException e) {
            if (isAlive()) {
                forget(signal);
            }
            throw new UncheckedIOException("signal " + signal + " cannot be sent", e);
        } finally {
            if (lent) {
                Descriptors.takeBack();
            }
        }
    }

    private void forget(int signal) {
        lock.lock();
        try {
            sent &= ~(1L << signal);
        } finally {
            lock.unlock();
        }
    }

    private boolean signalByShell(int signal) throws IOException {
        Descriptors.require(CommandStart.DESCRIPTORS);
        ProcessBuilder shell = new ProcessBuilder(
                        "/bin/sh", "-c", "kill -$1 $2", "sh", Integer.toString(signal), Long.toString(process.pid()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        Process sending = shell.start();
        boolean interrupted = false;
        for (boolean ended = false; !ended; ) {
            try {
                sending.waitFor();
                ended = true;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return sending.exitValue() == 0;
    }

    ProcessTree.Target target() {
        return new ProcessTree.Target(tree, process.toHandle(), this::note);
    }

    /** Ends the tree, and waits until the JDK knows. False if something was left. An interrupt stays pending. */
    boolean endTree(Duration grace) {
        boolean ended = tree.end(process, grace, this::note);
        return awaitReaped() && ended;
    }

    /** Waits a limited time until the JDK knows of the end. An interrupt stays pending. */
    boolean awaitReaped() {
        boolean interrupted = Thread.interrupted();
        long deadline = System.nanoTime() + REAPED.toNanos();
        try {
            for (; ; ) {
                try {
                    return process.waitFor(Math.max(0L, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
