// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.JdkFutureAdapters;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.ListeningExecutorService;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.SettableFuture;
import io.github.headway4j.primitives.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Other libraries' futures, both ways: waited for by tasks, and made of tasks. */
class FutureInteropTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void stages_areWaitedForInTasks() throws Exception {
        CompletableFuture<String> stage = new CompletableFuture<>();
        SettableFuture<String> listenable = SettableFuture.create();
        List<String> both = Tasks.gather(() -> stage.toCompletableFuture().get(), listenable::get, () -> {
            stage.complete("a");
            listenable.set("b");
            return "c";
        });
        assertThat(both).containsExactly("a", "b", "c");
    }

    @Test
    void stageThatFails_failsItsTask_withTheFailureAsCause() {
        IOException planned = new IOException("planned");
        CompletableFuture<String> stage = CompletableFuture.failedFuture(planned);
        assertThatThrownBy(() -> Tasks.gather(() -> stage.get()))
                .isInstanceOf(ExecutionException.class)
                .hasCause(planned);
    }

    @Test
    void taskOfAPool_isAStage() throws Exception {
        try (WorkerPool pool = WorkerPool.fixed(2)) {
            CompletableFuture<Integer> sum = CompletableFuture.supplyAsync(() -> 1, pool)
                    .thenCombineAsync(CompletableFuture.supplyAsync(() -> 2, pool), Integer::sum, pool);
            assertThat(sum.get()).isEqualTo(3);
        }
    }

    @Test
    void poolMakesListenableFutures_thatTellAndAreCancelled() throws Exception {
        try (WorkerPool pool = WorkerPool.fixed(1)) {
            ListeningExecutorService listening = MoreExecutors.listeningDecorator(pool);
            Event begun = new Event();
            Event interrupted = new Event();
            ListenableFuture<String> runs = listening.submit(() -> {
                begun.set();
                try {
                    return SubtaskThreads.<String>forEver();
                } catch (InterruptedException e) {
                    interrupted.set();
                    throw e;
                }
            });
            assertThat(begun.await(PATIENCE)).isTrue();
            assertThat(runs.cancel(true)).isTrue();
            assertThat(interrupted.await(PATIENCE)).isTrue();

            Event told = new Event();
            AtomicReference<String> result = new AtomicReference<>();
            Futures.addCallback(
                    listening.submit(() -> "a"),
                    new FutureCallback<>() {
                        @Override
                        public void onSuccess(String value) {
                            result.set(value);
                            told.set();
                        }

                        @Override
                        public void onFailure(Throwable failure) {
                            told.set();
                        }
                    },
                    MoreExecutors.directExecutor());
            assertThat(told.await(PATIENCE)).isTrue();
            assertThat(result.get()).isEqualTo("a");
        }
    }

    @Test
    void anyFuture_ofThePool_becomesListenable() throws Exception {
        try (WorkerPool pool = WorkerPool.fixed(2)) {
            Future<String> future = pool.submit(() -> "a");
            ListenableFuture<String> listenable = JdkFutureAdapters.listenInPoolThread(future, pool);
            assertThat(listenable.get()).isEqualTo("a");
        }
    }
}
