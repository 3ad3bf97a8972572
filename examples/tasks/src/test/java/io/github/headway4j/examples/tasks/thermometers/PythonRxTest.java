// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.thermometers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.headway4j.testing.Python;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.ObservableEmitter;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.exceptions.OnErrorNotImplementedException;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import io.reactivex.rxjava3.subjects.PublishSubject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RxPY's streams, as RxJava has them: one source, its operators, and its end. */
class PythonRxTest {
    private static final IOException FAILURE = new IOException("too hot");

    private final List<Throwable> unhandled = new ArrayList<>();

    PythonRxTest() {
        RxJavaPlugins.setErrorHandler(unhandled::add);
    }

    @AfterEach
    void end() {
        RxJavaPlugins.reset();
    }

    private static <T> void assertDisposes(PublishSubject<?> source, TestObserver<T> observer) {
        assertThat(source.hasObservers()).isTrue();
        observer.dispose();
        assertThat(source.hasObservers()).isFalse();
        observer.assertNotComplete().assertNoErrors();
    }

    // ---- subscribing ----

    @Test
    @Python("RX1")
    void afterTheEnd_thereIsSilence() {
        AtomicReference<ObservableEmitter<Integer>> kept = new AtomicReference<>();
        TestObserver<Integer> observer = Observable.<Integer>create(emitter -> {
                    kept.set(emitter);
                    emitter.onNext(1);
                    emitter.onComplete();
                    emitter.onNext(2);
                    emitter.onComplete();
                })
                .test();
        assertThat(kept.get().tryOnError(FAILURE)).isFalse();

        observer.assertResult(1);
    }

    @Test
    @Python("RX1")
    void afterDispose_thereIsSilence_andASecondTimeIsHarmless() {
        PublishSubject<Integer> source = PublishSubject.create();
        TestObserver<Integer> observer = source.test();
        source.onNext(1);
        observer.dispose();
        observer.dispose();
        source.onNext(2);
        source.onComplete();

        observer.assertValuesOnly(1);
        assertThat(observer.isDisposed()).isTrue();
    }

    /** It reaches the handler of the program, and not who emits: see the deviations. */
    @Test
    @Python("RX2")
    void errorThatNobodyHandles_isNotLost() {
        Disposable subscription = Observable.error(FAILURE).subscribe(next -> {});

        assertThat(subscription.isDisposed()).isTrue();
        assertThat(unhandled).hasSize(1);
        assertThat(unhandled.get(0))
                .isInstanceOf(OnErrorNotImplementedException.class)
                .hasCause(FAILURE);
    }

    @Test
    @Python("RX2")
    void errorWhileSubscribing_isAnErrorOfTheStream() {
        Observable.create(emitter -> {
                    throw FAILURE;
                })
                .test()
                .assertFailure(IOException.class);
    }

    // ---- one source ----

    @Test
    @Python("RX3")
    void map_endsAsItsSource_orWithWhatTheMapperThrows() {
        Observable.just(1, 2).map(number -> 10 * number).test().assertResult(10, 20);
        Observable.<Integer>error(FAILURE).map(number -> 10 * number).test().assertFailure(IOException.class);
        PublishSubject<Integer> source = PublishSubject.create();
        TestObserver<Integer> observer = source.map(number -> 10 / number).test();
        source.onNext(5);
        source.onNext(0);

        observer.assertFailure(ArithmeticException.class, 2);
        assertThat(source.hasObservers()).isFalse();
    }

    @Test
    @Python("RX3")
    void map_disposedInsideTheMapper_deliversNothingMore() {
        PublishSubject<Integer> source = PublishSubject.create();
        List<Integer> delivered = new ArrayList<>();
        AtomicReference<Disposable> subscription = new AtomicReference<>(Disposable.disposed());
        subscription.set(source.map(number -> {
                    if (number == 2) {
                        subscription.get().dispose();
                    }
                    return 10 * number;
                })
                .subscribe(delivered::add));
        source.onNext(1);
        source.onNext(2);
        source.onNext(3);

        assertThat(delivered).containsExactly(10);
        assertThat(source.hasObservers()).isFalse();
    }

    @Test
    @Python("RX4")
    void filter_keepsSome() {
        Observable.range(1, 6).filter(number -> number % 2 == 0).test().assertResult(2, 4, 6);
        Observable.range(1, 6).filter(number -> 1 / (number - 1) == 0).test().assertFailure(ArithmeticException.class);
        Observable.<Integer>empty().filter(number -> true).test().assertResult();
    }

    @Test
    @Python("RX4")
    void scanAndReduce_withoutSeed_andWith() {
        Observable<Integer> numbers = Observable.range(1, 4);
        numbers.scan(Integer::sum).test().assertResult(1, 3, 6, 10);
        numbers.scan(100, Integer::sum).skip(1).test().assertResult(101, 103, 106, 110);
        numbers.reduce(Integer::sum).test().assertResult(10);
        numbers.reduce(100, Integer::sum).test().assertResult(110);

        Observable<Integer> empty = Observable.empty();
        empty.scan(Integer::sum).test().assertResult();
        empty.reduce(100, Integer::sum).test().assertResult(100);
        empty.reduce(Integer::sum).toSingle().test().assertFailure(NoSuchElementException.class);
    }

    @Test
    @Python("RX5")
    void take_endsWithTheLastOne_andDisposesTheSource() {
        PublishSubject<Integer> source = PublishSubject.create();
        TestObserver<Integer> observer = source.take(2).test();
        source.onNext(1);
        observer.assertNotComplete();
        source.onNext(2);
        observer.assertResult(1, 2);
        assertThat(source.hasObservers()).isFalse();

        Observable.just(1).take(2).test().assertResult(1);
        Observable.just(1).concatWith(Observable.error(FAILURE)).take(2).test().assertFailure(IOException.class, 1);
        assertDisposes(source, source.take(1).test());
    }

    @Test
    @Python("RX5")
    void take_none_andFewer() {
        AtomicInteger subscriptions = new AtomicInteger();
        Observable<Integer> source = Observable.just(1).doOnSubscribe(subscription -> subscriptions.incrementAndGet());
        source.take(0).test().assertResult();
        assertThat(subscriptions).hasValue(1); // disposed at once
        assertThatIllegalArgumentException().isThrownBy(() -> source.take(-1));
    }

    @Test
    @Python("RX10")
    void retry_subscribesAgain() {
        AtomicInteger attempts = new AtomicInteger();
        Observable<Integer> third = Observable.fromCallable(() -> {
            if (attempts.incrementAndGet() < 3) {
                throw FAILURE;
            }
            return attempts.get();
        });
        third.retry().test().assertResult(3);
        attempts.set(0);
        third.retry(2).test().assertResult(3); // three attempts
        attempts.set(0);
        third.retry(1).test().assertFailure(IOException.class);
        assertThat(attempts).hasValue(2);
    }

    @Test
    @Python("RX10")
    void retry_disposed_subscribesNoMore() {
        PublishSubject<Integer> source = PublishSubject.create();
        AtomicInteger attempts = new AtomicInteger();
        TestObserver<Integer> observer = Observable.defer(() -> {
                    attempts.incrementAndGet();
                    return source;
                })
                .retry()
                .test();
        source.onNext(1);
        assertDisposes(source, observer);
        source.onError(FAILURE);

        observer.assertValuesOnly(1);
        assertThat(attempts).hasValue(1);
    }

    @Test
    @Python("RX11")
    void caught_goesOnWithAnother() {
        Observable<Integer> failing = Observable.just(1).concatWith(Observable.error(FAILURE));
        failing.onErrorResumeNext(failure -> Observable.just(2, 3)).test().assertResult(1, 2, 3);
        failing.onErrorResumeNext(failure -> Observable.error(new IllegalStateException(failure)))
                .test()
                .assertFailure(IllegalStateException.class, 1);
        Observable.just(1)
                .onErrorResumeNext(failure -> Observable.just(2))
                .test()
                .assertResult(1);
    }

    @Test
    @Python("RX16")
    void run_waitsForTheLastOne() {
        assertThat(Observable.range(1, 3).blockingLast()).isEqualTo(3);
        assertThatThrownBy(() -> Observable.empty().blockingLast()).isInstanceOf(NoSuchElementException.class);
        assertThat(catchThrowable(() -> Observable.error(FAILURE).blockingLast()))
                .isInstanceOf(RuntimeException.class)
                .hasCause(FAILURE);
        IllegalStateException unchecked = new IllegalStateException();
        assertThat(catchThrowable(() -> Observable.error(unchecked).blockingLast()))
                .isSameAs(unchecked);
    }

    @Test
    @Python("RX18")
    void groupBy_aStreamForEachKey() {
        Observable.just("a1", "b1", "a2", "c1", "b2")
                .groupBy(word -> word.charAt(0))
                .flatMapSingle(group -> group.toList().map(words -> group.getKey() + "=" + words))
                .test()
                .assertResult("a=[a1, a2]", "b=[b1, b2]", "c=[c1]");
        Observable.just(1)
                .concatWith(Observable.error(FAILURE))
                .groupBy(number -> number)
                .flatMap(group -> group)
                .test()
                .assertFailure(IOException.class, 1);
    }

    @Test
    @Python("RX18")
    void buffer_byCount() {
        Observable.range(1, 5).buffer(2).test().assertResult(List.of(1, 2), List.of(3, 4), List.of(5));
        Observable.range(1, 3).buffer(2, 1).test().assertResult(List.of(1, 2), List.of(2, 3), List.of(3));
        Observable.range(1, 5).buffer(1, 2).test().assertResult(List.of(1), List.of(3), List.of(5));
    }
}
