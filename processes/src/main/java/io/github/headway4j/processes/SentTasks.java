// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tasks that were sent to one worker and are not over, and the way there. Guarded by the pool's lock. */
final class SentTasks {
    /*
     * Invariants.
     *
     * I1  table[n mod slots] is the task with number n if it was offered and is neither over nor withdrawn, else null;
     *     oldest <= n < next for all of them, next - oldest <= slots, and unsettled is how many there are.
     * I2  A task is offered in the window before its message is put, and its message is put once, or waits in unsent.
     * I3  Messages leave unsent in their order; while there are any, nothing is put past them, and no task is added.
     *
     * How many are sent ahead. As many as the worker runs in TARGET_NANOS, going by how fast results came of late:
     * short tasks are then never waited for, and of long ones only the next lies behind the one that runs. That is a
     * matter of speed only, as what has not begun can be withdrawn.
     */

    /** How much work a worker is given ahead. */
    private static final long TARGET_NANOS = 4_000_000L;

    private static final int LEAST_AHEAD = 2;

    /** Longer messages are sent in parts, each of so many bytes, so that the worker reads while the next is written. */
    private static final int PART = 1 << 16;

    private final MessageRing ring;
    private final Window window;
    private final int mostTasks;
    private final @Nullable RemoteTask[] table;
    private final Set<Long> functions = new HashSet<>();
    private final ArrayDeque<Unsent> unsent = new ArrayDeque<>();

    private long next;
    private long oldest;
    private int unsettled;

    /** Of the tasks that the worker will have run; what was withdrawn does not count. */
    private int counted;

    private int ahead = LEAST_AHEAD;
    private double nanosPerTask;
    private long lastResult;

    /** Since when the oldest task is the next that the worker has to do, or does. */
    private long frontSince;

    private static final class Unsent {
        final int type;
        final long number;
        final byte[] bytes;
        int from;

        Unsent(int type, long number, byte[] bytes) {
            this.type = type;
            this.number = number;
            this.bytes = bytes;
        }
    }

    /**
     * The tasks of a worker that has none yet.
     *
     * @param memory what is shared with it
     * @param mostTasks after how many tasks it will be replaced, or 0
     */
    SentTasks(WorkerMemory memory, int mostTasks) {
        this(memory.down, memory.window, mostTasks);
    }

    private SentTasks(MessageRing ring, Window window, int mostTasks) {
        this.ring = ring;
        this.window = window;
        this.mostTasks = mostTasks;
        this.table = new RemoteTask[window.slots()];
    }

    /** Those of a worker that cannot get any yet. */
    static SentTasks none() {
        ByteBuffer nothing = ByteBuffer.allocate(0);
        return new SentTasks(new MessageRing(nothing, 0, 0, 1), new Window(nothing, 0, 1), 0);
    }

    // ---- sending ----

    /** How many more tasks may be sent. */
    int room() {
        if (!unsent.isEmpty()) {
            return 0;
        }
        int room = (int) Math.min(ahead - unsettled, table.length - (next - oldest));
        return mostTasks > 0 ? Math.min(room, mostTasks - counted) : room;
    }

    /** How many tasks were sent and are not over. */
    int unsettled() {
        return unsettled;
    }

    /** Whether the worker has run all the tasks that it may. */
    boolean isUsedUp() {
        return mostTasks > 0 && counted >= mostTasks && unsettled == 0;
    }

    /** Sends a task; {@link #flush} makes it visible. */
    void send(RemoteTask task, PoolWorker worker, long now) {
        if (unsettled == 0) {
            frontSince = now;
            lastResult = now;
            oldest = next;
        }
        long number = next++;
        task.place = RemoteTask.SENT;
        task.worker = worker;
        task.number = number;
        table[index(number)] = task;
        unsettled++;
        counted++;
        window.offer(number);
        RemoteFunction function = task.function;
        if (function != null && functions.add(function.id)) {
            put(PoolMessage.FUNCTION, function.id, function.bytes);
        }
        put(task.type, number, task.payload);
    }

    /** Tells the worker that the function is not needed any more, if it has it; {@link #flush} makes that visible. */
    boolean forget(RemoteFunction function) {
        if (!functions.remove(function.id)) {
            return false;
        }
        put(PoolMessage.FORGET, function.id, new byte[0]);
        return true;
    }

    private void put(int type, long number, byte[] bytes) {
        if (!unsent.isEmpty() || bytes.length > ring.longest() || !ring.put(type, number, bytes, 0, bytes.length)) {
            unsent.add(new Unsent(type, number, bytes));
        }
    }

    /** Makes visible what was sent, as far as there is room; true if the worker has to be woken. */
    boolean flush() {
        for (Unsent first = unsent.peek(); first != null; first = unsent.peek()) {
            if (!putNext(first)) {
                ring.publish(); // what is to make room must be seen
                ring.askForRoom();
                if (!putNext(first)) {
                    break;
                }
            }
            if (first.from > first.bytes.length) {
                unsent.poll();
                if (first.type <= PoolMessage.CHUNK && first.number == oldest) {
                    frontSince = System.nanoTime(); // it cannot have begun before
                }
            }
        }
        ring.publish();
        return ring.isToBeWoken();
    }

    private boolean putNext(Unsent message) {
        int rest = message.bytes.length - message.from;
        if (rest > ring.longest()) {
            if (!ring.put(PoolMessage.PART, message.number, message.bytes, message.from, PART)) {
                return false;
            }
            message.from += PART;
            return true;
        }
        if (!ring.put(message.type, message.number, message.bytes, message.from, rest)) {
            return false;
        }
        message.from = message.bytes.length + 1;
        return true;
    }

    // ---- ends of tasks ----

    /** The task of that number, which is over now; null if it was over or withdrawn before. */
    @Nullable
    RemoteTask settle(long number, long now) {
        if (number < oldest || number >= next) {
            return null;
        }
        RemoteTask task = table[index(number)];
        if (task != null) {
            remove(task, now);
        }
        return task;
    }

    private void remove(RemoteTask task, long now) {
        table[index(task.number)] = null;
        unsettled--;
        if (task.number == oldest) {
            while (oldest < next && table[index(oldest)] == null) {
                oldest++;
            }
            frontSince = now;
        }
    }

    /** So many results have come: estimates from it how long a task takes. */
    void count(int results, long now) {
        double sample = (double) (now - lastResult) / results;
        double weight = Math.min(1.0, 0.1 * results);
        nanosPerTask += (sample - nanosPerTask) * weight;
        ahead = (int) Math.max(LEAST_AHEAD, Math.min(table.length, TARGET_NANOS / Math.max(1.0, nanosPerTask)));
        lastResult = now;
    }

    /** Takes a task back; false if it has begun. */
    boolean withdraw(RemoteTask task, long now) {
        if (!window.withdraw(task.number)) {
            return false;
        }
        remove(task, now);
        counted--;
        return true;
    }

    /** Takes back all tasks that have not begun; they are added in their order. */
    void withdrawAll(long now, List<RemoteTask> to) {
        withdraw(oldest, unsettled, now, to);
    }

    /** Takes back at most so many tasks that have not begun, the earliest, but not the one that is to begin first. */
    void withdrawSome(int most, long now, List<RemoteTask> to) {
        withdraw(oldest + 1, most, now, to);
    }

    private void withdraw(long from, int most, long now, List<RemoteTask> to) {
        int end = to.size() + most;
        for (long n = from; n < next && to.size() < end; n++) {
            RemoteTask task = table[index(n)];
            if (task != null && withdraw(task, now)) {
                to.add(task);
            }
        }
    }

    /** The task that was the last to begin, of those that are not over: all before it have ended. */
    @Nullable
    RemoteTask lastBegun() {
        for (long n = next - 1; n >= oldest; n--) {
            RemoteTask task = table[index(n)];
            if (task != null && window.hasBegun(n)) {
                return task;
            }
        }
        return null;
    }

    /** When the task that {@link #lastBegun} has told of began. */
    long lastBegunAt() {
        return window.lastBegunAt();
    }

    /** The task that the worker does, or has to do next; null if there is none. */
    @Nullable
    RemoteTask front() {
        return unsettled == 0 ? null : table[index(oldest)];
    }

    /** Since when the front is the front. */
    long frontSince() {
        return frontSince;
    }

    /** As if the front were the front only from now on. */
    void restartFront(long now) {
        frontSince = now;
    }

    private int index(long number) {
        return (int) number & (table.length - 1);
    }
}
