// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assumptions;

/** What subtasks find around them: scoped values, where the JDK has them, and threads that are not everybody's. */
class ScopeContextTest {

    /** The calls of {@code java.lang.ScopedValue}, of JDK 25, which the compiler does not know. */
    private static final class Scoped {
        private final MethodHandle where;
        private final MethodHandle run;
        private final MethodHandle get;
        private final MethodHandle isBound;
        private final Object key;

        Scoped() throws Throwable {
            Class<?> type = Class.forName("java.lang.ScopedValue");
            Class<?> carrier = Class.forName("java.lang.ScopedValue$Carrier");
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            key = lookup.findStatic(type, "newInstance", MethodType.methodType(type))
                    .invoke();
            where = lookup.findStatic(type, "where", MethodType.methodType(carrier, type, Object.class));
            run = lookup.findVirtual(carrier, "run", MethodType.methodType(void.class, Runnable.class));
            get = lookup.findVirtual(type, "get", MethodType.methodType(Object.class));
            isBound = lookup.findVirtual(type, "isBound", MethodType.methodType(boolean.class));
        }

        void runWhere(Object value, Runnable body) {
            try {
                run.invoke(where.invoke(key, value), body);
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }

        Object get() {
            try {
                return (boolean) isBound.invoke(key) ? get.invoke(key) : "unbound";
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }

        Runnable bring(Runnable body) {
            Object value = get();
            return () -> runWhere(value, body);
        }
    }

    @EachKindOfSubtask
    void scopedValue_isThatOfTheFork_whereTheJdkHasThem(SubtaskThreads threads) throws Throwable {
        Assumptions.assumeTrue(Runtime.version().feature() >= 25, "JDK 25 has scoped values");
        Scoped user = new Scoped();
        AtomicReference<Throwable> trouble = new AtomicReference<>();
        user.runWhere("outer", () -> {
            try (TaskScope<Object, List<Object>> scope = TaskScope.open(Policy.results(), options -> {
                threads.choose(options);
                options.context(user::bring);
            })) {
                Callable<Object> look = user::get;
                scope.fork(look);
                AtomicReference<Subtask<Object>> within = new AtomicReference<>();
                user.runWhere("inner", () -> within.set(scope.tryFork(look)));
                assertThat(scope.join()).containsExactly("outer", "inner");
                assertThat(within.get().get()).isEqualTo("inner");
            } catch (Throwable e) {
                trouble.set(e);
            }
        });
        if (trouble.get() != null) {
            throw trouble.get();
        }
        try (TaskScope<Object, List<Object>> scope = threads.open(Policy.results())) {
            scope.fork(user::get); // threads that serve again keep nothing
            assertThat(scope.join()).containsExactly("unbound");
        }
    }

    @EachKindOfSubtask
    void noSubtask_runsInTheCommonPool(SubtaskThreads threads) throws Exception {
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            tasks.add(() -> Thread.currentThread() instanceof ForkJoinWorkerThread);
        }
        List<Boolean> seen = ForkJoinPool.commonPool()
                .submit(() -> Tasks.gather(tasks, threads::choose))
                .get();
        assertThat(seen).hasSize(20).containsOnly(false);
    }
}
