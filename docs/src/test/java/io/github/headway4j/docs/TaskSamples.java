// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import io.github.headway4j.primitives.Event;
import io.github.headway4j.tasks.Outcome;
import io.github.headway4j.tasks.Policy;
import io.github.headway4j.tasks.ScopeTimeoutException;
import io.github.headway4j.tasks.Subtask;
import io.github.headway4j.tasks.TaskResults;
import io.github.headway4j.tasks.TaskScope;
import io.github.headway4j.tasks.Tasks;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The samples of {@code tasks.md} and those of tasks in {@code coming-from-python.md}. */
final class TaskSamples {

    private TaskSamples() {}

    record Page(String user, int orders) {}

    static class Shop {
        String findUser(int id) throws Exception {
            return "user " + id;
        }

        int countOrders(int id) throws Exception {
            return id * 2;
        }

        // snippet: tasks-scope
        Page page(int id) throws Exception {
            try (var scope = TaskScope.open(Policy.failFast())) {
                Subtask<String> user = scope.fork(() -> findUser(id));
                Subtask<Integer> orders = scope.fork(() -> countOrders(id));
                scope.join(); // throws what the first failure threw, once both have ended
                return new Page(user.get(), orders.get());
            }
        }
        // end
    }

    static class Sites {
        final List<String> trouble = new ArrayList<>();

        int sizeOf(String site) throws IOException {
            if (site.isEmpty()) {
                throw new IOException("no site");
            }
            return site.length();
        }

        // snippet: tasks-outcomes
        Map<String, Integer> sizes(List<String> sites) throws Exception {
            try (TaskScope<Integer, List<Outcome<Integer>>> scope = TaskScope.open(
                    Policy.outcomes(),
                    options -> options.name("sizes").concurrency(16).deadline(Duration.ofSeconds(30)))) {
                for (String site : sites) {
                    scope.fork(() -> sizeOf(site)); // waits while 16 are under way
                }
                List<Outcome<Integer>> outcomes = scope.join();
                Map<String, Integer> sizes = new HashMap<>();
                for (int i = 0; i < sites.size(); i++) {
                    if (outcomes.get(i) instanceof Outcome.Success<Integer> success) {
                        sizes.put(sites.get(i), success.value());
                    } else {
                        trouble.add(sites.get(i) + ": " + outcomes.get(i));
                    }
                }
                return sizes;
            }
        }
        // end
    }

    // snippet: tasks-policy
    /** Two of them will do. */
    static final class FirstTwo<T> implements Policy<T, List<T>> {
        private final Queue<T> found = new ConcurrentLinkedQueue<>();

        @Override
        public boolean onComplete(Subtask<? extends T> subtask) { // called by the threads of the subtasks
            if (subtask.state() == Subtask.State.SUCCESS) {
                found.add(subtask.get());
            }
            return found.size() >= 2; // enough: cancels the others
        }

        @Override
        public List<T> result() {
            return found.stream().limit(2).toList();
        }
    }
    // end

    static final class Callers {
        // snippet: tasks-context
        static final ThreadLocal<String> USER = new ThreadLocal<>();

        static Runnable withUser(Runnable body) { // called by fork, in the thread that forks
            String user = USER.get();
            return () -> { // runs in the thread of the subtask
                USER.set(user);
                try {
                    body.run();
                } finally {
                    USER.remove();
                }
            };
        }

        List<String> greetings(List<String> words) throws Exception {
            List<Callable<String>> tasks = new ArrayList<>();
            for (String word : words) {
                tasks.add(() -> word + " " + USER.get());
            }
            return Tasks.gather(tasks, options -> options.context(Callers::withUser));
        }
        // end
    }

    static final class Answers {
        String ask(String server) throws IOException {
            if (server.isEmpty()) {
                throw new IOException("no server");
            }
            return "answer of " + server;
        }

        // snippet: tasks-calls
        List<String> all(String one, String other) throws Exception {
            return Tasks.gather(() -> ask(one), () -> ask(other)); // all must succeed
        }

        List<Outcome<String>> each(String one, String other) throws InterruptedException {
            return Tasks.gatherOutcomes(() -> ask(one), () -> ask(other)); // each may fail
        }

        String fastest(String one, String other) throws Exception {
            return Tasks.race(() -> ask(one), () -> ask(other)); // the others are stopped
        }

        String inTime(String server, String otherwise) throws Exception {
            try {
                return Tasks.withTimeout(Duration.ofSeconds(2), () -> ask(server));
            } catch (ScopeTimeoutException late) { // the task has ended by now
                return otherwise;
            }
        }
        // end
    }

    static final class Pictures {
        final List<String> shown = new ArrayList<>();

        // snippet: tasks-map
        void showAll(Iterable<String> addresses, Function<String, String> fetch) {
            try (TaskResults<String> pictures = Tasks.map(addresses, 16, fetch)) { // 16 at a time, in order
                for (String picture : pictures) {
                    if (!show(picture)) {
                        break; // closing stops the rest
                    }
                }
            }
        }
        // end

        private boolean show(String picture) {
            shown.add(picture);
            return !picture.equals("last");
        }
    }

    // snippet: tasks-per-key
    /** Tasks of one key run one after the other, those of different keys beside each other. */
    static final class PerKey<K> {
        private final Map<K, CompletableFuture<Void>> last = new ConcurrentHashMap<>();
        private final Executor pool; // one that neither waits for room nor runs tasks in the caller

        PerKey(Executor pool) {
            this.pool = pool;
        }

        CompletableFuture<Void> execute(K key, Runnable task) {
            CompletableFuture<Void> done = last.compute(
                    key,
                    (k, before) -> before == null
                            ? CompletableFuture.runAsync(task, pool)
                            : before.handle((nothing, failure) -> null)
                                    .thenRunAsync(task, pool)); // whatever became of it
            done.whenComplete((nothing, failure) -> last.remove(key, done)); // unless another one follows
            return done.copy(); // to cancel this does not let the next one begin early
        }

        int keysInUse() {
            return last.size();
        }
    }
    // end

    static final class Waits {
        private Waits() {}

        // snippet: python-wait
        enum ReturnWhen {
            FIRST_COMPLETED,
            FIRST_EXCEPTION,
            ALL_COMPLETED
        }

        /** Returns the futures that are done, under true, and the others, of which none is stopped, under false. */
        static <T> Map<Boolean, List<CompletableFuture<T>>> await(
                Collection<CompletableFuture<T>> futures, Duration timeout, ReturnWhen when)
                throws InterruptedException {
            Event enough = new Event();
            CompletableFuture.allOf(futures.toArray(new CompletableFuture<?>[0]))
                    .whenComplete((nothing, failure) -> enough.set());
            for (CompletableFuture<T> future : futures) {
                future.whenComplete((value, failure) -> {
                    boolean failed = failure != null && !(failure instanceof CancellationException);
                    if (when == ReturnWhen.FIRST_COMPLETED || (when == ReturnWhen.FIRST_EXCEPTION && failed)) {
                        enough.set();
                    }
                });
            }
            enough.await(timeout);
            return futures.stream().distinct().collect(Collectors.partitioningBy(CompletableFuture::isDone));
        }
        // end
    }
}
