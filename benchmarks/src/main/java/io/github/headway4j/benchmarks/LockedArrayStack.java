// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The bounded stack that everybody writes first: an array, a lock, and a condition each for room and elements. */
final class LockedArrayStack implements Channel {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notFull = lock.newCondition();
    private final Condition notEmpty = lock.newCondition();
    private final @Nullable Object[] elements;
    private int size;

    LockedArrayStack(int capacity) {
        elements = new Object[capacity];
    }

    @Override
    public void put(Object element) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (size == elements.length) {
                notFull.await();
            }
            push(element);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Object take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (size == 0) {
                notEmpty.await();
            }
            return pop();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean offer(Object element) {
        lock.lock();
        try {
            if (size == elements.length) {
                return false;
            }
            push(element);
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable Object poll() {
        lock.lock();
        try {
            return size == 0 ? null : pop();
        } finally {
            lock.unlock();
        }
    }

    private void push(Object element) {
        elements[size++] = element;
        notEmpty.signal();
    }

    private Object pop() {
        Object top = Objects.requireNonNull(elements[--size]);
        elements[size] = null;
        notFull.signal();
        return top;
    }
}
