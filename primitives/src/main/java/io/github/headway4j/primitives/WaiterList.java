// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** The linked list of a {@link WaitQueue}: lock-free; a waiter removes itself, wherever it stands. */
abstract class WaiterList {
    /*
     * Model. The queue of Michael and Scott, with removal by a mark in the node: DONE (see WaiterNode). Nodes that are
     * DONE are dropped from the front by whoever looks for the first one, and from the interior by a sweep now and then.
     *
     * Invariants.
     *   I1  DONE is final, and the node that head points to is DONE (or is the initial dummy).
     *   I2  A node's next pointer leads to a later node, and every node that it skips is DONE; or it leads to the node
     *       itself, and then head has passed the node.
     *   I3  The last node appended is never skipped, since only nodes with a successor are.
     *   I2 and I3 make every waiting node reachable from head, whatever the order of concurrent writes to next: each
     *   such write replaces a successor by a later one over nodes seen DONE, or writes an older such value again.
     *
     * Access modes. head, and next and state of a node: volatile, but for the writes before a node is published. tail is
     * a hint: any node from which the last one can be reached; nothing may end at it. sweepAt is plain and may lose an
     * update.
     *
     * References. Maged Michael and Michael Scott, "Simple, fast, and practical non-blocking and blocking concurrent
     * queue algorithms" (PODC 1996). Differences: the head node is taken out by its owner's mark, not by a dequeue; a
     * node that is dropped links to itself, so that it keeps no later node reachable.
     */

    /** Interior nodes that may be DONE before a sweep, beyond twice the number of waiters: O(1) amortised. */
    private static final int SWEEP_SLACK = 32;

    private static final VarHandle HEAD = field(WaiterList.class, "head", WaiterNode.class);
    private static final VarHandle ABANDONED = field(WaiterList.class, "abandoned", int.class);
    private static final VarHandle NEXT = field(WaiterNode.class, "next", WaiterNode.class);

    /** Every waiting node comes after this one. Moved forward by whoever looks for the first waiter. */
    private volatile WaiterNode head = new WaiterNode();

    /** A hint where to append. */
    private volatile WaiterNode tail = head;

    /** Nodes that became DONE in the interior since the last sweep. */
    private volatile int abandoned;

    /** How many such nodes cause a sweep. Plain, approximate. */
    private int sweepAt = SWEEP_SLACK;

    final void append(WaiterNode w) {
        for (WaiterNode t = tail; ; ) {
            WaiterNode n = t.next;
            if (n == null) {
                if (NEXT.compareAndSet(t, null, w)) {
                    tail = w;
                    return;
                }
            } else {
                t = (n == t) ? head : n; // n == t: head has passed t
            }
        }
    }

    /** The first node that is not DONE, or null; drops the DONE nodes before it. */
    final @Nullable WaiterNode first() {
        for (; ; ) {
            WaiterNode h = head;
            WaiterNode n = h.next;
            if (n == null) {
                return null;
            }
            if (n != h) {
                if (n.state != WaiterNode.DONE) {
                    return n;
                }
                if (HEAD.compareAndSet(this, h, n)) {
                    h.next = h; // a dropped node must not keep later ones reachable
                }
            }
        }
    }

    /** The node after the given one, or the first one if the given one has been dropped, or null at the very end. */
    final @Nullable WaiterNode after(WaiterNode w) {
        WaiterNode n = w.next;
        return n == w ? first() : n; // not up to tail, which may lag
    }

    /** Takes the caller's node out. Returns the first one of those that wait, or null. */
    final @Nullable WaiterNode remove(WaiterNode w) {
        boolean interior = first() != w;
        w.state = WaiterNode.DONE;
        WaiterNode first = first();
        if (interior && first != null && (int) ABANDONED.getAndAdd(this, 1) >= sweepAt) {
            sweep();
        }
        return first;
    }

    /** The number of nodes that wait, exact when nobody comes or leaves. */
    final int count() {
        int count = 0;
        for (WaiterNode w = first(); w != null; ) {
            if (w.state != WaiterNode.DONE) {
                count++;
            }
            WaiterNode n = w.next;
            if (n == w) { // dropped meanwhile: count anew
                count = 0;
                n = first();
            }
            w = n;
        }
        return count;
    }

    /** Nodes linked after the head, those that have left included. For tests of the sweep. */
    final int nodes() {
        first();
        int count = 0;
        for (WaiterNode w = head.next; w != null; w = w.next) {
            count++;
        }
        return count;
    }

    /** Unlinks the DONE nodes between waiting ones. */
    private void sweep() {
        sweepAt = Integer.MAX_VALUE; // one sweep at a time is enough; the last write of each sweep is a real bound
        abandoned = 0;
        int left = 0;
        WaiterNode p = head;
        for (WaiterNode q = p.next; q != null && q != p; ) {
            WaiterNode r = q.next;
            if (r == q) {
                break; // head has passed q
            }
            if (q.state == WaiterNode.DONE && r != null) {
                p.next = r;
            } else {
                p = q;
                left++;
            }
            q = r;
        }
        sweepAt = SWEEP_SLACK + 2 * left;
    }

    private static VarHandle field(Class<?> owner, String name, Class<?> type) {
        try {
            return MethodHandles.lookup().findVarHandle(owner, name, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
