// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import io.github.headway4j.primitives.Parker;
import io.github.headway4j.primitives.WaitQueue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What the threads of one process share of one {@link SharedLock}, however many objects of that class stand for it: the
 * number of the hold, the threads that wait, and the way to the words in shared memory.
 */
final class LockCore {
    /*
     * Model. H is the word in shared memory, 0 or the identity of the holding process; own is this process.
     *
     *   take:     nobody else asks to go first, and H: 0 -> own
     *   takeover: w = H; w is dead; H: w -> own; abandoned = true
     *   unlock:   state: odd n -> n + 1; H = 0; wake the watcher and the first waiter of this process
     *   wait:     as long as the holder is this process, or another thread watches: parked in the queue
     *             else watch: look at H, nap, look whether the holder lives, until taken or given up;
     *             then, if H is not own, wake the first waiter, who may have to watch
     *
     * Why one word. Were the holder's name written after the lock is taken, a process killed in between would leave a
     * lock that nobody can tell to be abandoned; were it written before, the lock would name one that does not hold it.
     * Since both are one word, changed by one compareAndSet, there is no such moment: at every instant H is 0, or a
     * process that holds the lock, dead or alive. For the same reason there is no list of waiting processes: a process
     * killed half-way through linking itself would break it.
     *
     * Takeover happens exactly once for each death. An identity holds the start time of the process, so one that is
     * dead stays dead, even if its pid is used again, and nobody can write it into H any more: once H has left a dead
     * value it never has it again. Those that compare and set from it therefore see one success; the others find a
     * holder that is alive. A process that is still on its way out has threads that might write to what the lock
     * guards; it counts as alive until they are gone, see ProcessIdentity.
     *
     * A holder that is stopped, or hangs, is alive, and keeps the lock. Nothing can tell it from one that is slow, and
     * it may go on in the middle of its section at any time.
     *
     * Invariants. (I1) state is odd if and only if this process holds the lock and has finished taking it; only who has
     * just set H to own makes it odd, and only who has made it even clears H. So a hold is ended once: by whoever
     * brings its number to the next. (I2) If threads are parked in the queue, H is own and its unlock will signal, or
     * there is a watcher, or a signal is under way.
     *
     * Linearization points. Lock: the successful compareAndSet of H. A try that fails: its read of H, or its failing
     * compareAndSet. Unlock: the write of 0 to H.
     *
     * Lost wake-ups. What a waiter of the queue waits for is S: H is 0, or H is foreign and nobody watches. S becomes
     * true by an unlock here, which signals afterwards; by an unlock elsewhere while somebody watches, who sees it
     * within a nap; or when the watcher goes, who looks at S after it has gone, whatever the reason, and signals. An
     * attempt does one of the two things that S allows. The rest is WaitQueue's argument; all accesses are volatile.
     *
     * Asking. Naps are long where others lock and unlock all the time, and who naps finds such a lock taken again and
     * again. So a watcher that has waited for 10 ms writes its identity into the second word, and naps shortly.
     * Others then leave the lock alone when it is free, for at most 10 ms; so a process that asked and was killed
     * or stopped delays the others once. Nothing but fairness depends on that word.
     *
     * Closed memory. Who wants the lock keeps its words mapped, from before the first look until it leaves without the
     * lock or gives it back. So a lock that was taken can be given back, whatever is closed meanwhile. Those who wait
     * are woken by the close, see that their object is closed, and leave with an IllegalStateException as any other.
     *
     * Access modes. H, asking, state, watcher, queue: volatile (state is made odd by a release write of the only thread
     * that may). owner, abandoned: plain, written between the taking and that release write, read after state.
     * examinedAt: plain, a hint.
     *
     * References. Robust mutexes of POSIX, which the kernel hands on with EOWNERDEAD; here, where the kernel does not
     * know of the lock, those who wait find out.
     */

    /** The bytes of a lock. */
    static final int BYTES = 2 * Long.BYTES;

    /** No hold: an even number. */
    static final long NONE = 0L;

    private static final long NAP_WHEN_ASKING = 1_000_000L;
    private static final long LONGEST_NAP = 5_000_000L;

    /** To ask the system for a process takes some 20 us. Most waits for a lock are shorter. */
    private static final long EXAMINES_AFTER = 100_000L;

    /** A holder is examined at most so often, by threads that try as well, ... */
    private static final long EXAMINES_EACH = 1_000_000L;

    /** ... by a watcher each time that its wait has grown by one part in so many, ... */
    private static final int EXAMINES_EACH_PART = 8;

    /** ... but at least so often. */
    private static final long EXAMINES_AT_LEAST_EACH = 50_000_000L;

    private static final VarHandle STATE;
    private static final VarHandle QUEUE;
    private static final VarHandle WATCHER;
    private static final VarHandle RESUMED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(LockCore.class, "state", long.class);
            QUEUE = lookup.findVarHandle(LockCore.class, "queue", WaitQueue.class);
            WATCHER = lookup.findVarHandle(LockCore.class, "watcher", Thread.class);
            RESUMED = lookup.findVarHandle(LockCore.class, "resumed", Resumed.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final LockWords words;
    /** This process. */
    final long own;

    private final LongPredicate living;
    private final Parker parker;

    /** How often the lock was taken and given back here: odd while held. */
    private volatile long state;

    /** The thread that looks at the words for all that wait here. */
    private volatile @Nullable Thread watcher;

    /** Made by the first thread that has to wait for another one of this process. */
    private volatile @Nullable WaitQueue queue;

    /** The hold that came back from a condition last; tells what its {@code Held} is to give back. */
    private volatile @Nullable Resumed resumed;

    /** The thread that took the lock, as long as it is held here. */
    private @Nullable Thread owner;

    /** Whether the present hold was taken from a dead process. */
    private boolean abandoned;

    /** When a holder was seen alive last. Plain, approximate. */
    private long examinedAt = System.nanoTime() - EXAMINES_AT_LEAST_EACH;

    LockCore(LockWords words) {
        this(words, ProcessIdentity.own(), ProcessIdentity::isAlive, Parker.system());
    }

    /** For tests: as another process. */
    LockCore(LockWords words, long own, LongPredicate living, Parker parker) {
        this.parker = parker;
        this.words = words;
        this.own = own;
        this.living = living;
        boolean held = words.holder() == own; // by way of another object of this class
        if (held) {
            words.begin();
        }
        this.state = held ? 1L : 0L;
    }

    // ---- taking ----

    /** Takes the lock if it is free or its holder is dead: the number of the hold, or NONE. */
    long tryTake() {
        words.begin();
        long hold = NONE;
        try {
            hold = words.casHolder(ProcessIdentity.NONE, own)
                    ? taken(false)
                    : takeOver(System.nanoTime(), EXAMINES_EACH);
            return hold;
        } finally {
            endUnless(hold);
        }
    }

    /** Ends the use of the words, unless they are used by a hold from now on. */
    private void endUnless(long hold) {
        if (hold == NONE) {
            words.end();
        }
    }

    /**
     * Takes the lock, however long it takes; interrupts stay pending.
     *
     * @param memory the object through which the caller came, so that its closing ends the wait; null in models
     */
    long take(@Nullable SharedMemory memory) {
        try {
            return take(memory, false, false, 0L);
        } catch (InterruptedException impossible) {
            throw new AssertionError("an uninterruptible wait was interrupted", impossible);
        }
    }

    /** Takes the lock, however long it takes. */
    long takeInterruptibly(@Nullable SharedMemory memory) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return take(memory, true, false, 0L);
    }

    /** Takes the lock within the given time, or returns NONE. */
    long take(@Nullable SharedMemory memory, long nanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (nanos <= 0L) {
            return tryTake();
        }
        return take(memory, true, true, nanos);
    }

    private long take(@Nullable SharedMemory memory, boolean interruptible, boolean timed, long nanos)
            throws InterruptedException {
        words.begin();
        long hold = NONE;
        try {
            hold = takePolitely();
            if (hold == NONE) {
                hold = waitFor(memory, interruptible, timed, timed ? System.nanoTime() + nanos : 0L);
            }
            return hold;
        } finally {
            endUnless(hold);
        }
    }

    /** Takes the lock if it is free and nobody else asks to go first: the number of the hold, or NONE. */
    long takePolitely() {
        return maySkip(words.asking()) && words.casHolder(ProcessIdentity.NONE, own) ? taken(false) : NONE;
    }

    private boolean maySkip(long asking) {
        return asking == ProcessIdentity.NONE || asking == own;
    }

    /** The calling thread has just set the holder to this process. */
    private long taken(boolean fromDead) {
        long hold = state + 1L;
        abandoned = fromDead;
        owner = Thread.currentThread();
        STATE.setRelease(this, hold);
        return hold;
    }

    /** Takes the lock from its holder if that is dead; asks whether it is only if nobody here did so that long. */
    private long takeOver(long now, long examineEach) {
        long holder = words.holder();
        if (holder == ProcessIdentity.NONE || holder == own || now - examinedAt < examineEach) {
            return NONE;
        }
        if (living.test(holder)) {
            examinedAt = System.nanoTime();
            return NONE;
        }
        return words.casHolder(holder, own) ? taken(true) : NONE; // others may have seen the same dead one
    }

    // ---- waiting ----

    private long waitFor(@Nullable SharedMemory memory, boolean interruptible, boolean timed, long deadline)
            throws InterruptedException {
        if (words.holder() == own || !watches()) {
            LockWaiter waiting = new LockWaiter(this, memory);
            if (!interruptible) {
                queue().awaitUninterruptibly(waiting);
            } else if (!timed) {
                queue().await(waiting);
            } else if (!queue().await(waiting, deadline - System.nanoTime())) {
                return NONE;
            }
            if (waiting.hold != NONE) {
                return waiting.hold;
            }
        }
        return watch(memory, interruptible, timed, deadline);
    }

    /** Makes the calling thread the watcher if there is none. */
    boolean watches() {
        return watcher == null && WATCHER.compareAndSet(this, null, Thread.currentThread());
    }

    /** Looks at the words until the lock is taken, as the watcher. */
    private long watch(@Nullable SharedMemory memory, boolean interruptible, boolean timed, long deadline)
            throws InterruptedException {
        SharedWait wait = !interruptible
                ? SharedWait.uninterruptible(this)
                : timed ? SharedWait.timed(this, deadline - System.nanoTime()) : SharedWait.interruptible(this);
        long hold = NONE;
        try {
            LockCourtesy courtesy = new LockCourtesy(words, own);
            do {
                expectOpen(memory);
                long waited = wait.waitedNanos();
                courtesy.look(waited);
                hold = takePolitely();
                if (hold == NONE && waited >= EXAMINES_AFTER) {
                    long each = Math.max(EXAMINES_EACH, waited / EXAMINES_EACH_PART);
                    hold = takeOver(System.nanoTime(), Math.min(each, EXAMINES_AT_LEAST_EACH));
                }
                if (hold != NONE) {
                    return hold;
                }
            } while (wait.pause(words.asking() == own ? NAP_WHEN_ASKING : LONGEST_NAP));
            return NONE;
        } finally {
            watcher = null;
            stopAsking();
            passOn();
            wait.end(hold != NONE);
        }
    }

    private void stopAsking() {
        if (words.asking() == own) {
            words.casAsking(own, ProcessIdentity.NONE);
        }
    }

    /** The watcher has gone: another one may have to watch. */
    private void passOn() {
        WaitQueue q = queue;
        if (q != null && more()) {
            q.signal();
        }
    }

    /** Whether a waiter of the queue could take the lock or watch. */
    boolean more() {
        long holder = words.holder();
        return holder == ProcessIdentity.NONE || (holder != own && watcher == null);
    }

    static void expectOpen(@Nullable SharedMemory memory) {
        if (memory != null) {
            memory.expectOpen();
        }
    }

    private WaitQueue queue() {
        WaitQueue q = queue;
        if (q == null) {
            q = WaitQueue.barging(this, parker);
            if (!QUEUE.compareAndSet(this, null, q)) {
                q = Objects.requireNonNull(queue);
            }
        }
        return q;
    }

    /** Lets all who wait look, because one of the objects was closed. */
    void wakeAll() {
        WaitQueue q = queue;
        if (q != null) {
            q.signalAll();
        }
        Thread looking = watcher;
        if (looking != null) {
            LockSupport.unpark(looking);
        }
    }

    // ---- giving back ----

    /** Ends the present hold of this process, or returns false if there is none. */
    boolean release() {
        return end(state);
    }

    /** Ends the hold with the given number, or what it has become; returns false if it is over. */
    boolean release(long hold) {
        if (end(hold)) {
            return true;
        }
        Resumed r = resumed;
        return r != null && r.hold == hold && end(r.number);
    }

    private boolean end(long hold) {
        if ((hold & 1L) == 0L || state != hold || !STATE.compareAndSet(this, hold, hold + 1L)) {
            return false;
        }
        owner = null;
        words.clearHolder();
        Thread looking = watcher;
        if (looking != null) {
            LockSupport.unpark(looking);
        }
        WaitQueue q = queue;
        if (q != null) {
            q.signal();
        }
        words.end();
        return true;
    }

    // ---- for conditions ----

    /** Frees the lock, which the calling thread holds; null if that is not so. */
    @Nullable
    Resumed suspend() {
        long number = state;
        Resumed r = resumed;
        Resumed later = new Resumed(r != null && r.number == number ? r.hold : number);
        return end(number) ? later : null;
    }

    /** Takes the lock again, however long it takes, as the hold that was suspended. */
    void resume(Resumed later, SharedMemory memory) {
        later.number = take(memory);
        for (Resumed last = resumed; last == null || last.number < later.number; last = resumed) {
            if (RESUMED.compareAndSet(this, last, later)) {
                return;
            }
        }
    }

    // ---- queries ----

    /** The process that holds the lock, dead or alive, or NONE. */
    long holder() {
        return words.holder();
    }

    /** Whether this process holds the lock. */
    boolean isHeldHere() {
        return (state & 1L) != 0L;
    }

    /** Whether the calling thread took the lock and this process still holds it. */
    boolean isHeldByThisThread() {
        return isHeldHere() && owner == Thread.currentThread();
    }

    /** Whether this process holds the lock and took it from a dead one. */
    boolean isAbandoned() {
        return isHeldHere() && abandoned;
    }

    /** The threads of this process that wait. */
    int waiting() {
        WaitQueue q = queue;
        return (q == null ? 0 : q.waiting()) + (watcher == null ? 0 : 1);
    }

    /** For thread dumps and recordings: which lock, and who holds it. */
    @Override
    public String toString() {
        return "SharedLock[" + words.place() + ", " + describeHolder() + ", " + waiting() + " waiting here]";
    }

    private String describeHolder() {
        long holder;
        try {
            holder = words.holder();
        } catch (IllegalStateException unmapped) {
            return "closed";
        }
        if (holder == ProcessIdentity.NONE) {
            return "unlocked";
        }
        if (holder != own) {
            return "locked by process " + ProcessIdentity.pid(holder);
        }
        Thread thread = owner;
        return "locked by " + (thread == null ? "this process" : thread);
    }

    /** A hold that waited for a condition: the number that it began with, and the number that it goes on with. */
    static final class Resumed {
        private final long hold;
        private long number; // written before the object is published

        private Resumed(long hold) {
            this.hold = hold;
        }
    }
}
