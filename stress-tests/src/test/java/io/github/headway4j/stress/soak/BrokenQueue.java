// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import io.github.headway4j.queues.FifoTaskQueue;
import io.github.headway4j.queues.QueueOptions;
import io.github.headway4j.queues.TaskQueue;
import io.github.headway4j.stress.soak.QueueAccount.Item;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** A sound queue, with one thing around it that is done wrong. */
final class BrokenQueue implements InvocationHandler {

    /** What is done wrong. */
    enum Mistake implements QueueAccount.Kind {
        /** Nothing. */
        NONE,

        /** A take that is interrupted after it has got an element says that it has been interrupted. */
        LOSES_WHEN_INTERRUPTED,

        /** Looks at the next element, then removes the next element, which may be another one by then. */
        HANDS_OUT_TWICE,

        /** Wakes those who wait for an element, then shuts down: who has looked in between sleeps on. */
        WAKES_BEFORE_THE_END,

        /** Of two tasks that are reported done at the same time, one is not counted. */
        MISCOUNTS_TASKS;

        @Override
        @SuppressWarnings("unchecked") // a queue of items
        public TaskQueue<Item> create(QueueOptions<Item> options) {
            BrokenQueue handler = new BrokenQueue(this, FifoTaskQueue.bounded(3, options));
            return (TaskQueue<Item>)
                    Proxy.newProxyInstance(TaskQueue.class.getClassLoader(), new Class<?>[] {TaskQueue.class}, handler);
        }

        @Override
        public boolean selects() {
            return false;
        }
    }

    /** Long enough that somebody comes in between. */
    private static final long GAP_NANOS = 50_000;

    private final Mistake mistake;
    private final TaskQueue<Item> sound;
    private final AtomicBoolean counting = new AtomicBoolean();

    private BrokenQueue(Mistake mistake, TaskQueue<Item> sound) {
        this.mistake = mistake;
        this.sound = sound;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        String name = method.getName();
        boolean plain = method.getParameterCount() == 0;
        return switch (mistake) {
            case LOSES_WHEN_INTERRUPTED ->
                name.equals("take") && plain ? takeUnlessInterrupted() : call(method, arguments);
            case HANDS_OUT_TWICE -> name.equals("poll") && plain ? peekAndPoll() : call(method, arguments);
            case WAKES_BEFORE_THE_END -> name.equals("take") && plain ? awaitElement() : wakeAnd(method, arguments);
            case MISCOUNTS_TASKS -> name.equals("taskDone") ? countUnlessBusy() : call(method, arguments);
            case NONE -> call(method, arguments);
        };
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(sound, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Object takeUnlessInterrupted() throws InterruptedException {
        Item item = sound.take();
        Thread.yield();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return item;
    }

    private Object peekAndPoll() {
        Item item = sound.peek();
        Thread.yield();
        return sound.poll() == null ? null : item;
    }

    private synchronized Object awaitElement() throws InterruptedException {
        Item item = sound.poll();
        while (item == null && !sound.isShutdown()) {
            wait();
            item = sound.poll();
        }
        return item == null ? sound.take() : item;
    }

    private Object wakeAnd(Method method, Object[] arguments) throws Throwable {
        if (method.getName().startsWith("shutdown")) {
            wake();
            LockSupport.parkNanos(GAP_NANOS);
            return call(method, arguments);
        }
        Object result = call(method, arguments);
        if (!sound.isShutdown()) {
            wake();
        }
        return result;
    }

    private synchronized void wake() {
        notifyAll();
    }

    private Object countUnlessBusy() {
        if (counting.compareAndSet(false, true)) {
            Thread.yield();
            sound.taskDone();
            counting.set(false);
        }
        return null;
    }
}
