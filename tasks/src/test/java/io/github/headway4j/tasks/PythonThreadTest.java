// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.primitives.BoundedSemaphore;
import io.github.headway4j.primitives.Event;
import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.Python;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Python's {@code Thread} is that of the JDK, its {@code local} is {@link ThreadLocal}; what holds for both. */
class PythonThreadTest {

    private static Thread daemon(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        return thread;
    }

    // ---- threads ----

    @Test
    @Python({"TH1", "TH2", "TH19"})
    void name_identity_andState_followItsLife() throws Exception {
        Event begun = new Event();
        Event end = new Event();
        Thread thread = daemon("worker", () -> {
            begun.set();
            end.awaitUninterruptibly();
        });
        assertThat(thread.getName()).isEqualTo("worker");
        assertThat(new Thread(() -> {}).getName()).matches("Thread-[0-9]+");
        assertThat(thread.getState()).isEqualTo(Thread.State.NEW);
        thread.start();
        begun.await();
        assertThat(thread.isAlive()).isTrue();
        end.set();
        thread.join();
        assertThat(thread.getState()).isEqualTo(Thread.State.TERMINATED);
        assertThat(thread.getName()).isEqualTo("worker");
    }

    @Test
    @Python("TH3")
    void secondStart_isRefused_runningOrEnded() throws Exception {
        Event end = new Event();
        Thread thread = daemon("worker", end::awaitUninterruptibly);
        thread.start();
        assertThatThrownBy(thread::start).isInstanceOf(IllegalThreadStateException.class);
        end.set();
        thread.join();
        assertThatThrownBy(thread::start).isInstanceOf(IllegalThreadStateException.class);
    }

    @Test
    @Python({"TH6", "TH7"})
    void daemon_isInherited_chosen_andFixedAtTheStart() throws Exception {
        Event end = new Event();
        AtomicReference<Thread> child = new AtomicReference<>();
        Thread thread = daemon("worker", () -> {
            child.set(new Thread(() -> {}));
            end.awaitUninterruptibly();
        });
        thread.start();
        assertThatThrownBy(() -> thread.setDaemon(false)).isInstanceOf(IllegalThreadStateException.class);
        end.set();
        thread.join();
        assertThat(child.get().isDaemon()).isTrue();
        child.get().setDaemon(false);
        assertThat(child.get().isDaemon()).isFalse();
    }

    @Test
    @Python({"TH8", "TH9", "TH10"})
    void join_mayTimeOut_andManyMayJoinOne() throws Exception {
        Event end = new Event();
        Thread thread = daemon("worker", end::awaitUninterruptibly);
        thread.start();
        thread.join(1L);
        assertThat(thread.isAlive()).isTrue();
        assertThat(Thread.getAllStackTraces()).containsKey(thread);
        try (TestThreads threads = new TestThreads()) {
            List<TestThread<Void>> joiners = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                joiners.add(threads.start("joiner " + i, () -> thread.join()));
            }
            end.set();
            joiners.forEach(TestThread::join);
        }
        assertThat(thread.isAlive()).isFalse();
        assertThat(Thread.getAllStackTraces()).doesNotContainKey(thread);
    }

    @Test
    @Python({"TH13", "TH15", "TH17"})
    void uncaughtFailure_reachesTheHook_andNobodyElse() throws Exception {
        IllegalStateException planned = new IllegalStateException("planned");
        List<Object> told = new ArrayList<>();
        Thread thread = daemon("worker", () -> {
            throw planned;
        });
        Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
        thread.setUncaughtExceptionHandler((where, failure) -> told.addAll(List.of(where, failure)));
        thread.start();
        thread.join();
        assertThat(told).containsExactly(thread, planned);
        Thread other = daemon("other", () -> {});
        other.setUncaughtExceptionHandler((where, failure) -> {});
        other.setUncaughtExceptionHandler(null);
        assertThat(other.getUncaughtExceptionHandler()).isSameAs(before);
    }

    @Test
    @Python("TH22")
    void tenThreads_underASemaphoreOfThree() {
        BoundedSemaphore three = new BoundedSemaphore(3);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (TestThreads threads = new TestThreads()) {
            for (int i = 0; i < 10; i++) {
                threads.start("worker " + i, () -> {
                    try (var held = three.hold(1)) {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        Thread.yield();
                        inside.decrementAndGet();
                    }
                });
            }
        }
        assertThat(most.get()).isBetween(1, 3);
        assertThat(inside).hasValue(0);
    }

    // ---- local ----

    @Test
    @Python({"TH73", "TH74", "TH77"})
    void local_isOfOneThread_andBegunInEach() {
        AtomicInteger made = new AtomicInteger();
        ThreadLocal<Integer> local = ThreadLocal.withInitial(made::incrementAndGet);
        assertThat(local.get()).isEqualTo(1);
        local.set(10);
        try (TestThreads threads = new TestThreads()) {
            threads.start("other", () -> {
                        assertThat(local.get()).isEqualTo(2);
                        local.remove();
                        assertThat(local.get()).isEqualTo(3);
                    })
                    .join();
        }
        assertThat(local.get()).isEqualTo(10);
        local.remove();
    }

    @Test
    @Python("TH76")
    void valuesOfALocal_goWithTheThread() {
        ThreadLocal<Object> local = new ThreadLocal<>();
        AtomicReference<WeakReference<Object>> value = new AtomicReference<>();
        try (TestThreads threads = new TestThreads()) {
            threads.start("other", () -> {
                Object own = new Object();
                local.set(own);
                value.set(new WeakReference<>(own));
            });
        }
        Await.until("the collection of the value", () -> {
            System.gc();
            return value.get().get() == null;
        });
        assertThat(local.get()).isNull();
    }
}
