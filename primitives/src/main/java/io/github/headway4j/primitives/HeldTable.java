// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import org.jspecify.annotations.Nullable;

/**
 * A table while a thread holds it: shows the state from before, and carries that which the holder has made of it.
 *
 * @param <E> the type of the elements
 */
final class HeldTable<E extends Object> extends PagedTable<E> {

    /** So often may code of the elements change the set in the middle of one operation of the same set. */
    private static final int MOST_INTERFERENCES = 100;

    /** What everybody but the holder sees. */
    final PagedTable<E> before;

    final Thread owner;

    /** What the holder sees, and everybody once it is given back. Plain, owner only. */
    PagedTable<E> current;

    /** How often the owner has entered and not left. Plain, owner only. */
    int levels = 1;

    HeldTable(PagedTable<E> before, Thread owner) {
        super(before.top, before.shift, before.size);
        this.before = before;
        this.owner = owner;
        this.current = before;
    }

    /**
     * Makes another table of the current one. The step may call code of elements, which may change the set itself; then
     * the step is done again, from what has become of the set.
     *
     * @return whether the step has changed anything
     */
    boolean change(Step<E> step) {
        for (int i = 0; i < MOST_INTERFERENCES; i++) {
            PagedTable<E> read = current;
            PagedTable<E> next = step.from(read);
            if (current == read) {
                current = next;
                return next != read;
            }
        }
        throw new IllegalStateException("equals or hashCode of an element changes the set each time that it is called;"
                + " expected it to leave the set alone");
    }

    /** One change of a table, or several that are to be seen together. */
    interface Step<E extends Object> {
        /** The new table, or the given one if there is nothing to change. */
        PagedTable<E> from(PagedTable<E> table);
    }

    /** One success of entering; gives back once. */
    static final class Hold<E extends Object> implements BoundHeld {
        private final HoldableTable<E> holdable;
        private final HeldTable<E> held;
        private volatile boolean open = true;

        Hold(HoldableTable<E> holdable, HeldTable<E> held) {
            this.holdable = holdable;
            this.held = held;
        }

        @Override
        public void close() {
            if (!open) {
                return;
            }
            refuseStranger();
            open = false;
            holdable.leave(held);
        }

        @Override
        public void refuseStranger() {
            if (open && held.owner != Thread.currentThread()) {
                throw new IllegalStateException(
                        Thread.currentThread() + " closes a hold of a set; expected its holder " + held.owner);
            }
        }

        @Override
        public String toString() {
            return (open ? "hold of " : "closed hold of ") + held.owner + " on " + holdable.describe();
        }
    }

    /** A thread that waits until nobody holds the table, to hold it. */
    static final class Entering<E extends Object> extends WaitQueue.Waiter {
        private final HoldableTable<E> holdable;
        private @Nullable HeldTable<E> held;
        private @Nullable Object event;

        Entering(HoldableTable<E> holdable) {
            this.holdable = holdable;
        }

        @Nullable
        HeldTable<E> held() {
            return held;
        }

        @Override
        protected boolean attempt() {
            held = holdable.takeIfFree();
            return held != null;
        }

        @Override
        protected boolean more() {
            return !holdable.isHeld();
        }

        @Override
        protected void parking() {
            event = WaitEvents.beginSetWait(holdable);
        }

        @Override
        protected void parked(boolean success) {
            WaitEvents.endSetWait(event, success);
        }
    }
}
