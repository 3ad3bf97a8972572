// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import io.github.headway4j.primitives.Parker;
import io.github.headway4j.scheduler.Timeout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What happens in a {@link TaskScope}, without types: forking, cancelling, joining, closing. */
final class ScopeCore {
    /*
     * Phases.
     *
     *   OPEN --cancel--> ENOUGH, REQUESTED, TIMED_OUT or CLOSED      (cancelled, by whom)
     *     |
     *     +--join, when none runs--> JOINED
     *
     * The phase leaves OPEN once; who moves it to a cancelled one interrupts all that runs. Whether the owner has
     * joined or closed is told by its own field besides, as it may do both in a scope that was cancelled.
     *
     * Linearization points. Cancelling: the compareAndSet of the phase. Forking, joining and closing are done by the
     * owner alone; a fork counts from add, a join from the compareAndSet of the phase, once none runs: a deadline that
     * comes before this still counts.
     *
     * That nothing is forked past a cancellation and nothing that runs is missed by it: see ForkedTask, I2. A fork that
     * reads OPEN and a cancellation after that: the thread asks again before it begins.
     *
     * Want of stack or memory. What begins with a subtask that is counted and ends with its being counted out must not
     * be cut short between the two. Counting is the last thing that add does, and needs no stack afterwards, so counted
     * is right. If the start fails after it, the owner claims the subtask before a thread may, and counts it out.
     *
     * Access modes. phase: volatile reads and compareAndSet. stage: written by the owner, volatile for toString.
     */

    private static final int OPEN = 0;
    private static final int JOINED = 1;

    /** The policy has seen enough; so are the following ones phases of a cancelled scope. */
    private static final int ENOUGH = 2;

    private static final int REQUESTED = 3;
    private static final int TIMED_OUT = 4;
    private static final int CLOSED = 5;

    /** The policy of a scope that has been joined or closed. */
    private static final Policy<@Nullable Object, @Nullable Void> OVER = () -> null;

    private static final VarHandle PHASE;

    static {
        try {
            PHASE = MethodHandles.lookup().findVarHandle(ScopeCore.class, "phase", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** What the owner has done last. */
    private enum Stage {
        OPEN,
        JOINED,
        CLOSED
    }

    private final Object blocker;
    private final Thread owner = Thread.currentThread();
    private final RunningSubtasks running;

    /** Replaced by the owner when all subtasks have ended. */
    private Policy<@Nullable Object, ?> policy;

    private final @Nullable String name;
    private final @Nullable Duration deadline;
    private final int concurrency;
    private final TaskThreads threads;
    private final @Nullable UnaryOperator<Runnable> context;
    private final boolean forkSites;

    /** How the owner and its subtasks wait for each other. */
    final Parker parker;

    private final @Nullable Consumer<? super Throwable> onUnseenFailure;

    private volatile int phase = OPEN;
    private volatile Stage stage = Stage.OPEN;

    /** Subtasks that failed. */
    private Collected<ForkedTask<?>> failed = new Collected<>();

    /** What the policy has thrown in threads of subtasks. */
    private final Collected<Throwable> troubles = new Collected<>();

    /** What kept a subtask from being concluded, such as want of memory: then nobody can say that all is well. */
    private volatile @Nullable Throwable broken;

    // Of the owner alone.
    private long forks;
    private @Nullable Timeout timeout;
    private @Nullable ForkedTask<?> starting;
    private @Nullable Throwable startFailure;

    @SuppressWarnings({"unchecked", "nullness"}) // a policy gets subtasks of its scope only
    ScopeCore(Object blocker, Policy<?, ?> policy, ScopeOptions options) {
        this.blocker = blocker;
        this.policy = (Policy<@Nullable Object, ?>) policy;
        this.name = options.name;
        this.deadline = options.deadline;
        this.concurrency = options.concurrency;
        this.threads = options.threads;
        this.context = options.context;
        this.forkSites = options.forkSites;
        this.onUnseenFailure = options.onUnseenFailure;
        this.parker = options.parker;
        this.running = new RunningSubtasks(this, options.parker);
    }

    /** Starts the clock. */
    void begin() {
        Duration time = deadline;
        if (time != null) {
            timeout = Deadlines.begin(this, time);
        }
    }

    // ---- the owner forks ----

    void checkMayFork() {
        checkOwner("fork");
        if (stage != Stage.OPEN) {
            throw new IllegalStateException("fork: " + this + "; expected it to be neither joined nor closed");
        }
        settle();
    }

    boolean hasSlot() {
        return isCancelled() || running.areFewerThan(concurrency);
    }

    boolean awaitSlot(boolean timed, long deadlineNanos) throws InterruptedException {
        return running.awaitFewerThan(concurrency, timed, deadlineNanos);
    }

    <T extends @Nullable Object> ForkedTask<T> fork(Callable<? extends T> task) {
        ForkedTask<T> subtask = new ForkedTask<>(this, forks, task, forkSites);
        UnaryOperator<Runnable> hook = context;
        if (hook != null) {
            subtask.bringContext(hook);
        }
        if (policy.onFork(subtask)) {
            cancel(ENOUGH);
        }
        forks++;
        if (isCancelled()) {
            subtask.cancelUnstarted();
            conclude(subtask);
            return subtask;
        }
        starting = subtask;
        try {
            running.add(subtask);
            subtask.counted = true;
            subtask.thread = threads.start(subtask);
            starting = null;
        } catch (Throwable e) { // no thread, no memory, or no stack
            startFailure = e;
            tryToSettle();
            throw e;
        }
        return subtask;
    }

    // ---- a start that failed ----

    /** Settles what has become of a start that failed. Without stack, there are retries with each call of the owner. */
    private void settle() {
        if (starting != null) {
            tryToSettle();
            Throwable failure = startFailure;
            if (starting != null && failure != null) {
                throw Failures.unchecked(failure);
            }
        }
    }

    /** Goes on where it was cut short before: each step is told by a plain write, which needs no stack, when done. */
    private void tryToSettle() {
        ForkedTask<?> subtask = starting;
        Throwable failure = startFailure;
        if (subtask == null || failure == null) {
            return;
        }
        try {
            if (subtask.failUnstarted(failure)) {
                if (!subtask.concluded) {
                    subtask.concluded = true;
                    conclude(subtask);
                }
                if (subtask.counted) {
                    running.ended();
                }
            }
            starting = null;
            startFailure = null;
        } catch (VirtualMachineError again) {
            if (subtask.concluded && broken == null) {
                broken = again;
            }
        }
    }

    // ---- a subtask ends ----

    /** Called last by each subtask that was added. */
    void ended(ForkedTask<?> subtask) {
        try {
            conclude(subtask);
        } catch (Throwable trouble) {
            broken = trouble;
            cancel(ENOUGH);
        } finally {
            running.ended();
        }
    }

    /** The policy is told whether or not there is memory to keep the failure. */
    private void conclude(ForkedTask<?> subtask) {
        try {
            if (subtask.state() == Subtask.State.FAILED) {
                failed.add(subtask);
            }
        } finally {
            tellPolicy(subtask);
        }
    }

    private void tellPolicy(ForkedTask<?> subtask) {
        boolean enough;
        try {
            enough = policy.onComplete(subtask);
        } catch (Throwable trouble) {
            troubles.add(trouble);
            enough = true;
        }
        if (enough) {
            cancel(ENOUGH);
        }
    }

    // ---- cancelling ----

    boolean isCancelled() {
        return phase >= ENOUGH;
    }

    void cancelOnRequest() {
        cancel(REQUESTED);
    }

    void timeOut() {
        cancel(TIMED_OUT);
    }

    private void cancel(int why) {
        if (PHASE.compareAndSet(this, OPEN, why)) {
            running.interruptAll();
        }
    }

    // ---- the owner joins and closes ----

    /** Waits for all, and returns what the policy says, or throws it. */
    @SuppressWarnings("InterruptedExceptionSwallowed") // one of many that the policy may throw
    @Nullable
    Object join() throws Exception {
        checkOwner("join");
        if (stage != Stage.OPEN) {
            throw new IllegalStateException("join: " + this + "; expected it to be neither joined nor closed");
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        settle();
        running.awaitNone();
        PHASE.compareAndSet(this, OPEN, JOINED);
        stage = Stage.JOINED;
        stopClock();
        try {
            Throwable trouble = Failures.combined(allTroubles());
            if (trouble != null) {
                List<Throwable> failures = new ArrayList<>();
                for (ForkedTask<?> subtask : failed.inOrder()) {
                    failures.add(subtask.exception());
                }
                Failures.suppressAll(trouble, failures);
                throw trouble;
            }
            return phase == TIMED_OUT ? policy.onTimeout(timeoutException()) : policy.result();
        } catch (InterruptedException ofASubtask) {
            throw new ExecutionException("not the owner of " + title() + " was interrupted", ofASubtask);
        } catch (Throwable e) {
            throw Failures.unchecked(e);
        } finally {
            forgetSubtasks();
        }
    }

    /** What kept the scope from doing what the policy wants. */
    private List<Throwable> allTroubles() {
        List<Throwable> all = new ArrayList<>(troubles.inOrder());
        Throwable last = broken;
        if (last != null) {
            all.add(last);
        }
        return all;
    }

    /** Subtasks lead here, so who keeps one would keep what the policy has gathered of all. */
    private void forgetSubtasks() {
        policy = OVER;
        failed = new Collected<>();
    }

    private ScopeTimeoutException timeoutException() {
        return new ScopeTimeoutException(title() + " has not ended within " + deadline);
    }

    void close() {
        checkOwner("close");
        stage = Stage.CLOSED;
        cancel(CLOSED);
        settle();
        running.awaitNoneUninterruptibly(); // repeated too: it may have been cut short for want of stack
        stopClock();
        if (policy != OVER) { // neither joined nor closed to the end before
            try {
                reportUnseen();
            } finally {
                forgetSubtasks();
            }
        }
    }

    private void stopClock() {
        Timeout clock = timeout;
        if (clock != null) {
            clock.cancel();
        }
    }

    private void reportUnseen() {
        List<Throwable> unseen = allTroubles();
        for (ForkedTask<?> subtask : failed.inOrder()) {
            Throwable failure = subtask.unseenFailure();
            if (failure != null) {
                unseen.add(failure);
            }
        }
        Consumer<? super Throwable> handler = onUnseenFailure;
        List<Throwable> thrown = new ArrayList<>();
        for (Throwable failure : unseen) {
            if (handler == null) {
                Failures.uncaught(failure);
            } else {
                try {
                    handler.accept(failure);
                } catch (Throwable e) {
                    thrown.add(e);
                }
            }
        }
        Throwable first = Failures.combined(thrown);
        if (first != null) {
            throw Failures.unchecked(first);
        }
    }

    // ---- queries ----

    boolean isOwner() {
        return Thread.currentThread() == owner;
    }

    Thread owner() {
        return owner;
    }

    Object blocker() {
        return blocker;
    }

    /** The name, or what stands for it. */
    String title() {
        String given = name;
        return given != null ? given : "TaskScope@" + Integer.toHexString(System.identityHashCode(blocker));
    }

    /** Whether threads are named after the scope. */
    boolean isNaming() {
        return name != null && threads.takeNames();
    }

    private void checkOwner(String method) {
        if (!isOwner()) {
            throw new IllegalStateException(method + ": called by " + Thread.currentThread() + "; expected the owner"
                    + " of " + title() + ", which is " + owner);
        }
    }

    @Override
    public String toString() {
        String given = name;
        return "TaskScope@" + Integer.toHexString(System.identityHashCode(blocker)) + "["
                + (given == null ? "" : given + ", ")
                + (stage == Stage.CLOSED ? "closed" : stage == Stage.JOINED ? "joined" : "open")
                + (isCancelled() && stage != Stage.CLOSED ? ", cancelled" : "") + ", " + running.count() + " running, "
                + threads + ", owned by \"" + owner.getName() + "\"]";
    }
}
