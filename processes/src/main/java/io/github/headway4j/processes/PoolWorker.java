// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import io.github.headway4j.scheduler.Timeout;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A worker process of a pool, from its launch to its end, as the pool sees it. One process each; not used again. */
final class PoolWorker {
    /*
     * State, guarded by the pool's lock:
     *
     *   STARTING -> READY -> LEAVING -> LOST;   any of these -> KILLED -> LOST;   STARTING, READY -> LOST
     *
     *   STARTING  it is launched, and initializes itself
     *   READY     it gets tasks
     *   LEAVING   it has no tasks and gets none; its life line was let go of, so it ends by itself
     *   KILLED    it gets no tasks; it is being killed, with all that it has started
     *   LOST      its end has been seen, and all that it had not begun was withdrawn, but for what it has ended of
     *
     * The thread of this worker launches the process, reads what it sends until its end, and then reports the loss. So
     * whatever the process has made visible before its end is received before the loss.
     */

    enum State {
        STARTING,
        READY,
        LEAVING,
        KILLED,
        LOST
    }

    /** How many messages are received in one step. */
    private static final int MOST_AT_ONCE = 256;

    /** How long a process that has closed its channel may take to end by itself. */
    private static final long GRACE_MILLIS = 2_000L;

    /** A task that was the next to begin when so many processes ended is what they end of. */
    private static final int MOST_ENDS = 3;

    /** For two seconds, in which memory may be found again. */
    private static final int MOST_TRIES = 200;

    private static final long RETRY_NANOS = 10_000_000L;

    private static final ByteBuffer BELL = ByteBuffer.allocate(0);

    private final PoolCore core;
    private final String name;
    private final Thread thread;

    /* Guarded by the pool's lock. */
    State state = State.STARTING;
    SentTasks sent = SentTasks.none();
    boolean unflushed;

    @Nullable
    Timeout timer;

    long timerDue;
    private @Nullable RemoteTask silent;
    private long silentSince;

    /** Written under the lock. */
    private volatile @Nullable LaunchedChild child;

    /** Of the thread: why the process will not get ready. */
    private @Nullable Throwable notReady;

    /**
     * A message that has come up.
     *
     * @param failure why its bytes could not be received, if so
     */
    record Arrival(
            int type, long number, byte[] bytes, @Nullable Throwable failure) {}

    @SuppressWarnings("nullness:methodref.receiver.bound") // it is not started here
    PoolWorker(PoolCore core, String name) {
        this.core = core;
        this.name = name;
        this.thread = new Thread(this::live, name);
        thread.setDaemon(true);
    }

    /** Without the lock. */
    void start() {
        try {
            thread.start();
        } catch (Throwable none) {
            tellEnd(none);
        }
    }

    private void tellEnd(Throwable failure) {
        tell(() -> core.crew.lost(this));
        tell(() -> core.crew.gone(this, failure));
    }

    /** Tells the pool something for which others wait: once more if there was no memory for it. */
    private static void tell(Runnable what) {
        for (int tries = 1; ; tries++) {
            try {
                what.run();
                return;
            } catch (Throwable failure) {
                if (tries == MOST_TRIES) {
                    throw failure;
                }
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    // ---- the thread of this worker ----

    @SuppressWarnings("FutureReturnValueIgnored") // closing fails nobody
    private void live() {
        Throwable failure = null;
        try (WorkerMemory memory = WorkerMemory.create()) {
            LaunchedChild launched = launch(memory);
            StderrTail tail = null;
            try {
                tail = new StderrTail(name, launched.process());
                launched.process().onExit().thenRun(launched::closeUp);
                if (isLaunched(launched, memory)) {
                    receive(launched, memory);
                }
            } catch (Throwable broken) { // whatever it is, the worker is of no use any more
                failure = broken;
            }
            int exit;
            try {
                tell(() -> core.crew.lost(this));
            } finally {
                exit = end(launched); // also of one that was never used
            }
            if (failure == null) {
                failure = notReady;
            }
            if (failure == null) {
                failure = new WorkerCrashedException(
                        toString(), launched.process().pid(), exit, tail == null ? "" : tail.end());
            }
            Throwable why = failure;
            tell(() -> core.crew.gone(this, why)); // before the memory is closed
        } catch (InterruptedException stopped) { // by kill, while it was launched
            tellEnd(stopped);
        } catch (Throwable notLaunched) {
            tellEnd(notLaunched);
        }
    }

    private LaunchedChild launch(WorkerMemory memory) throws IOException, InterruptedException {
        LaunchOptions options = new LaunchOptions(
                PoolServer.class,
                name,
                core.options.jvmOptions,
                core.options.environment,
                null,
                Redirect.INHERIT,
                Redirect.PIPE);
        WireBuffer first = new WireBuffer();
        first.writeString(memory.name());
        first.writeString(name);
        byte[] initializer = core.initializer;
        first.writeByte(initializer == null ? 0 : 1);
        if (initializer != null) {
            first.writeBytes(initializer, 0, initializer.length);
        }
        return ChildJvm.launch(options, first.asByteBuffer());
    }

    /** False if the pool has no use for it any more. */
    private boolean isLaunched(LaunchedChild launched, WorkerMemory memory) {
        core.lock.lock();
        try {
            child = launched;
            sent = new SentTasks(memory, core.options.maxTasksPerChild);
            if (state == State.STARTING) {
                return true;
            }
        } finally {
            core.lock.unlock();
            Thread.interrupted(); // it was only to end the launch, and would close the channel
        }
        launched.tree().end(launched.process(), Duration.ZERO);
        return false;
    }

    private void receive(LaunchedChild launched, WorkerMemory memory) throws IOException {
        MessageRing up = memory.up;
        Parts parts = new Parts();
        List<Arrival> arrivals = new ArrayList<>(MOST_AT_ONCE);
        boolean ended = false;
        while (true) {
            try {
                while (arrivals.size() < MOST_AT_ONCE && up.take()) {
                    take(up, parts, arrivals, memory);
                }
            } catch (Throwable broken) {
                core.crew.received(this, arrivals); // what came before it is good
                throw broken;
            }
            if (!arrivals.isEmpty()) {
                core.crew.received(this, arrivals);
                arrivals.clear();
            } else if (ended) {
                return;
            } else if (up.maySleep()) {
                ended = isEnd(launched);
            }
        }
    }

    private void take(MessageRing up, Parts parts, List<Arrival> arrivals, WorkerMemory memory)
            throws StreamCorruptedException {
        int type = up.type();
        if (type == PoolMessage.PART) {
            parts.add(up);
        } else {
            Arrival arrival = parts.complete(up);
            if (type == PoolMessage.READY) {
                memory.unlink();
            }
            if (type == PoolMessage.NOT_READY) {
                notReady = RemoteFailure.read(arrival.bytes(), core.options.resultFilter, place())
                        .thrown();
            }
            arrivals.add(arrival);
        }
        up.release();
    }

    /** Puts messages together. One for which there is no memory here is left out; it takes no other along. */
    private static final class Parts {
        private static final byte[] NONE = {};

        private final WireBuffer buffer = new WireBuffer();
        private @Nullable Throwable failure;

        void add(MessageRing up) {
            if (failure == null) {
                try {
                    up.copyTo(buffer);
                } catch (OutOfMemoryError e) {
                    failure = e;
                    buffer.clear();
                }
            }
        }

        Arrival complete(MessageRing up) throws StreamCorruptedException {
            byte[] bytes = NONE;
            try {
                if (failure == null && buffer.remaining() == 0) {
                    bytes = up.bytes();
                } else {
                    add(up);
                    bytes = buffer.readBytes(buffer.remaining());
                }
            } catch (OutOfMemoryError e) {
                failure = e;
            }
            buffer.clear();
            Throwable why = failure;
            failure = null;
            return new Arrival(up.type(), up.number(), bytes, why);
        }
    }

    /** Waits for the bell; true if there will be none any more. */
    private static boolean isEnd(LaunchedChild launched) {
        try {
            return launched.up().read() == null;
        } catch (IOException closed) { // also by closeUp, when the process has ended
            return true;
        }
    }

    /** Waits for the end of the process, and makes sure of it; returns the exit code. */
    private static int end(LaunchedChild launched) {
        Process process = launched.process();
        boolean hasEnded = false;
        try {
            hasEnded = process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.interrupted(); // nobody has a reason to
        }
        launched.tree().end(process, Duration.ZERO);
        launched.closeUp();
        launched.closeDown();
        return hasEnded || !process.isAlive() ? process.exitValue() : -1;
    }

    // ---- by steps of the pool, under its lock ----

    /** Whether it is there for tasks, now or soon. */
    boolean isOfUse() {
        return state == State.STARTING || state == State.READY;
    }

    /** Whether it can be sent a task now. */
    boolean mayTake() {
        return state == State.READY && sent.room() > 0;
    }

    void send(RemoteTask task, long now) {
        sent.send(task, this, now);
        unflushed = true;
    }

    /** Makes visible what was sent. */
    void flush(Afterwards after) {
        LaunchedChild launched = child;
        if (unflushed && launched != null) {
            unflushed = false;
            if (sent.flush()) {
                after.add(() -> ring(launched));
            }
        }
    }

    private static void ring(LaunchedChild launched) {
        try {
            launched.down().send(BELL.duplicate());
        } catch (IOException ended) {
            return; // its reader sees that
        }
    }

    /** Withdraws all that has not begun, and puts it at the front of the backlog. */
    void recall(long now) {
        List<RemoteTask> back = new ArrayList<>(sent.unsettled());
        sent.withdrawAll(now, back);
        putBack(back);
    }

    /**
     * The same after the end of the process. A task that is the next to begin when one process after the other ends,
     * as it is too large for them to be read, stays, and fails with this one.
     */
    void recallFromEnded(long now) {
        RemoteTask front = sent.front();
        boolean endsHere =
                state == State.READY && front != null && sent.lastBegun() == null && ++front.endsBeforeIt >= MOST_ENDS;
        List<RemoteTask> back = new ArrayList<>(sent.unsettled());
        if (endsHere) {
            sent.withdrawSome(sent.unsettled(), now, back);
        } else {
            sent.withdrawAll(now, back);
        }
        putBack(back);
    }

    private void putBack(List<RemoteTask> back) {
        for (int i = back.size() - 1; i >= 0; i--) {
            core.backlog.addFirst(back.get(i));
        }
    }

    /** Withdraws all that has not begun, and tells whether a kill would then hurt this task and no other. */
    boolean isOnlyHurting(RemoteTask task, long now) {
        if (state != State.READY) {
            return false;
        }
        recall(now);
        return sent.lastBegun() == task;
    }

    /** Whether the task has been the next to begin for so long. */
    boolean isStuck(RemoteTask front, long now, long nanos) {
        if (silent != front) {
            silent = front;
            silentSince = now;
        }
        return now - silentSince >= nanos;
    }

    /** Lets the process end by itself; it is killed if it does not. */
    void leave(TaskClock clock, Afterwards after) {
        LaunchedChild launched = child;
        if (launched != null) {
            state = State.LEAVING;
            after.add(launched::closeDown);
            clock.watchEnd(this, after);
        }
    }

    /** Kills the process and all that it has started. */
    void kill(Afterwards after) {
        if (!isOfUse() && state != State.LEAVING) {
            return;
        }
        state = State.KILLED;
        LaunchedChild launched = child;
        if (launched == null) {
            thread.interrupt(); // it ends the launch, or finds the state afterwards
        } else {
            after.add(() -> killTree(launched));
        }
    }

    private void killTree(LaunchedChild launched) {
        Thread killer = new Thread(() -> launched.tree().end(launched.process(), Duration.ZERO), name + "-kill");
        killer.setDaemon(true);
        try {
            killer.start();
        } catch (Throwable none) {
            launched.process().destroyForcibly();
        }
    }

    // ---- for messages ----

    /** Where something has happened. */
    String place() {
        return "in worker process " + this;
    }

    long pid() {
        LaunchedChild launched = child;
        return launched == null ? -1L : launched.process().pid();
    }

    /** The process id, if there is one, and the name. */
    @Override
    public String toString() {
        LaunchedChild launched = child;
        return launched == null ? name : launched.process().pid() + " (" + name + ")";
    }
}
