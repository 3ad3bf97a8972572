// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.thermometers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.Python;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.observables.ConnectableObservable;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.reactivex.rxjava3.subjects.AsyncSubject;
import io.reactivex.rxjava3.subjects.BehaviorSubject;
import io.reactivex.rxjava3.subjects.PublishSubject;
import io.reactivex.rxjava3.subjects.ReplaySubject;
import io.reactivex.rxjava3.subjects.Subject;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** RxPY's streams, as RxJava has them: several sources, subjects, sharing, and time. */
class PythonRxCombiningTest {
    private static final IOException FAILURE = new IOException("too hot");

    private final PublishSubject<Integer> one = PublishSubject.create();
    private final PublishSubject<Integer> two = PublishSubject.create();
    private final TestScheduler time = new TestScheduler();

    // ---- several sources ----

    @Test
    @Python("RX6")
    void merge_interleaves_andEndsWhenAllHaveEnded() {
        TestObserver<Integer> observer = Observable.merge(one, two).test();
        one.onNext(1);
        two.onNext(2);
        one.onComplete();
        observer.assertNotComplete();
        two.onNext(3);
        two.onComplete();

        observer.assertResult(1, 2, 3);
    }

    @Test
    @Python("RX6")
    void merge_firstErrorWins_andDisposesTheOthers() {
        TestObserver<Integer> observer = Observable.merge(one, two).test();
        one.onNext(1);
        two.onError(FAILURE);

        observer.assertFailure(IOException.class, 1);
        assertThat(one.hasObservers()).isFalse();
    }

    @Test
    @Python("RX6")
    void merge_neverAndEmpty() {
        Observable<Integer> never = Observable.never();
        Observable<Integer> empty = Observable.empty();
        Observable<Integer> failing = Observable.error(FAILURE);
        Observable.merge(never, never).test().assertEmpty();
        Observable.merge(never, empty).test().assertEmpty();
        Observable.merge(never, failing).test().assertFailure(IOException.class);
        Observable.merge(empty, empty).test().assertResult();
        Observable.merge(empty, failing).test().assertFailure(IOException.class);
    }

    @Test
    @Python("RX6")
    void merge_withALimit_subscribesToTheNextWhenOneHasEnded() {
        TestObserver<Integer> observer =
                Observable.merge(List.of(one, two, Observable.just(9)), 1).test();
        assertThat(two.hasObservers()).isFalse();
        one.onComplete();
        assertThat(two.hasObservers()).isTrue();
        two.onNext(2);
        two.onComplete();

        observer.assertResult(2, 9);
    }

    @Test
    @Python("RX7")
    void concat_oneAfterTheOther() {
        TestObserver<Integer> observer = Observable.concat(one, two).test();
        two.onNext(0);
        one.onNext(1);
        one.onComplete();
        two.onNext(2);
        two.onError(FAILURE);
        observer.assertFailure(IOException.class, 1, 2);

        Observable.concat(Observable.error(FAILURE), Observable.just(1)).test().assertFailure(IOException.class);
        Observable.concat(Observable.empty(), Observable.just(1)).test().assertResult(1);
        Observable.concat(Observable.never(), Observable.just(1)).test().assertEmpty();
    }

    @Test
    @Python("RX8")
    void zip_endsWhenOneThatHasEndedHasNothingLeft() {
        TestObserver<Integer> observer =
                Observable.zip(one, two, (first, second) -> 10 * first + second).test();
        one.onNext(1);
        one.onNext(2);
        one.onComplete();
        two.onNext(5);
        observer.assertValuesOnly(15);
        two.onNext(6);

        observer.assertResult(15, 26);
        assertThat(two.hasObservers()).isFalse();
    }

    @Test
    @Python("RX8")
    void zip_neverEmptyAndError() {
        Observable<Integer> never = Observable.never();
        Observable<Integer> empty = Observable.empty();
        Observable<Integer> failing = Observable.error(FAILURE);
        Observable<Integer> some = Observable.just(1);
        Observable.zip(never, never, Integer::sum).test().assertEmpty();
        Observable.zip(never, empty, Integer::sum).test().assertResult();
        Observable.zip(some, empty, Integer::sum).test().assertResult();
        Observable.zip(never, some, Integer::sum).test().assertEmpty();
        Observable.zip(never, failing, Integer::sum).test().assertFailure(IOException.class);
        Observable.zip(some, failing, Integer::sum).test().assertFailure(IOException.class);
        Observable.zip(some, some, (first, second) -> first / (second - 1))
                .test()
                .assertFailure(ArithmeticException.class);
    }

    @Test
    @Python("RX9")
    void combineLatest_whenAllHaveGivenOne_andUntilAllHaveEnded() {
        TestObserver<Integer> observer = Observable.combineLatest(one, two, (first, second) -> 10 * first + second)
                .test();
        one.onNext(1);
        one.onNext(2);
        observer.assertEmpty();
        two.onNext(5);
        one.onNext(3);
        one.onComplete();
        two.onNext(6);
        observer.assertValuesOnly(25, 35, 36);
        two.onComplete();
        observer.assertResult(25, 35, 36);

        Observable.combineLatest(Observable.never(), Observable.error(FAILURE), (first, second) -> 0)
                .test()
                .assertFailure(IOException.class);
        Observable.combineLatest(Observable.never(), Observable.empty(), (first, second) -> 0)
                .test()
                .assertResult();
    }

    @Test
    @Python("RX17")
    void flatMap_mergesWhatIsMapped_andConcatMapKeepsTheOrder() {
        List<PublishSubject<Integer>> both = List.of(one, two);
        TestObserver<Integer> flat = Observable.range(0, 2).flatMap(both::get).test();
        TestObserver<Integer> inOrder =
                Observable.range(0, 2).concatMap(both::get).test();
        two.onNext(20);
        one.onNext(10);
        one.onComplete();
        two.onNext(21);
        two.onComplete();

        flat.assertResult(20, 10, 21);
        inOrder.assertResult(10, 21);
    }

    @Test
    @Python("RX17")
    void flatMap_errors() {
        Observable.just(1, 2)
                .flatMap(number -> number == 2 ? Observable.<Integer>error(FAILURE) : Observable.just(number))
                .test()
                .assertFailure(IOException.class, 1);
        Observable.just(0)
                .flatMap(number -> Observable.just(1 / number))
                .test()
                .assertFailure(ArithmeticException.class);
        TestObserver<Integer> observer = Observable.<Integer>never()
                .startWithItem(1)
                .flatMap(number -> one)
                .test();
        one.onError(FAILURE);
        observer.assertFailure(IOException.class);
    }

    // ---- subjects ----

    private static void emit(Subject<Integer> subject) {
        subject.onNext(1);
        subject.onNext(2);
        subject.onNext(3);
    }

    @Test
    @Python("RX13")
    void subjects_whoComesLate() {
        Subject<Integer> publish = PublishSubject.create();
        Subject<Integer> behavior = BehaviorSubject.createDefault(0);
        Subject<Integer> replay = ReplaySubject.create();
        Subject<Integer> async = AsyncSubject.create();
        for (Subject<Integer> subject : List.of(publish, behavior, replay, async)) {
            emit(subject);
        }
        publish.test().assertEmpty();
        behavior.test().assertValuesOnly(3);
        replay.test().assertValuesOnly(1, 2, 3);
        async.test().assertEmpty();
        for (Subject<Integer> subject : List.of(publish, behavior, replay, async)) {
            subject.onComplete();
            subject.onNext(4);
        }
        publish.test().assertResult();
        behavior.test().assertResult();
        replay.test().assertResult(1, 2, 3);
        async.test().assertResult(3);
    }

    @Test
    @Python("RX13")
    void subjects_error_isForAll_alsoForWhoComesLate() {
        for (Subject<Integer> subject : List.of(
                PublishSubject.<Integer>create(), BehaviorSubject.<Integer>create(), AsyncSubject.<Integer>create())) {
            TestObserver<Integer> early = subject.test();
            subject.onError(FAILURE);
            early.assertFailure(IOException.class);
            subject.test().assertFailure(IOException.class);
        }
        ReplaySubject<Integer> replay = ReplaySubject.create();
        replay.onNext(1);
        replay.onError(FAILURE);
        replay.test().assertFailure(IOException.class, 1);
    }

    @Test
    @Python("RX13")
    void subject_withoutEnd_servesThoseWhoAreThere() {
        TestObserver<Integer> first = one.test();
        one.onNext(1);
        TestObserver<Integer> second = one.test();
        one.onNext(2);
        first.dispose();
        one.onNext(3);

        first.assertValuesOnly(1, 2);
        second.assertValuesOnly(2, 3);
    }

    @Test
    @Python("RX13")
    void replay_isTrimmed_bySizeAndByTime() {
        ReplaySubject<Integer> bySize = ReplaySubject.createWithSize(2);
        emit(bySize);
        bySize.test().assertValuesOnly(2, 3);

        ReplaySubject<Integer> byTime = ReplaySubject.createWithTime(10, TimeUnit.SECONDS, time);
        byTime.onNext(1);
        time.advanceTimeBy(8, TimeUnit.SECONDS);
        byTime.onNext(2);
        time.advanceTimeBy(8, TimeUnit.SECONDS);
        byTime.test().assertValuesOnly(2);
    }

    // ---- sharing ----

    @Test
    @Python("RX14")
    void publish_subscribesOnce_whenConnected() {
        AtomicInteger subscriptions = new AtomicInteger();
        ConnectableObservable<Integer> shared = one.doOnSubscribe(subscription -> subscriptions.incrementAndGet())
                .publish();
        TestObserver<Integer> first = shared.test();
        one.onNext(0);
        Disposable connection = shared.connect();
        TestObserver<Integer> second = shared.test();
        shared.connect();
        one.onNext(1);
        first.assertValuesOnly(1);
        second.assertValuesOnly(1);
        assertThat(subscriptions).hasValue(1);
        connection.dispose();
        assertThat(one.hasObservers()).isFalse();
    }

    @Test
    @Python("RX14")
    void refCount_connectsForTheFirst_andDisposesAfterTheLast() {
        AtomicInteger subscriptions = new AtomicInteger();
        Observable<Integer> shared = one.doOnSubscribe(subscription -> subscriptions.incrementAndGet())
                .share();
        assertThat(one.hasObservers()).isFalse();
        TestObserver<Integer> first = shared.test();
        TestObserver<Integer> second = shared.test();
        assertThat(subscriptions).hasValue(1);
        first.dispose();
        assertThat(one.hasObservers()).isTrue();
        second.dispose();
        assertThat(one.hasObservers()).isFalse();
        shared.test().assertEmpty();
        assertThat(subscriptions).hasValue(2);
    }

    // ---- time ----

    @Test
    @Python("RX12")
    void debounce_emitsAfterSilence() {
        TestObserver<Integer> observer =
                one.debounce(10, TimeUnit.SECONDS, time).test();
        one.onNext(1);
        time.advanceTimeBy(11, TimeUnit.SECONDS);
        observer.assertValuesOnly(1);
        one.onNext(2);
        time.advanceTimeBy(5, TimeUnit.SECONDS);
        one.onNext(3);
        time.advanceTimeBy(9, TimeUnit.SECONDS);
        observer.assertValuesOnly(1);
        time.advanceTimeBy(1, TimeUnit.SECONDS);
        observer.assertValuesOnly(1, 3);
        one.onNext(4);
        one.onComplete();
        observer.assertResult(1, 3, 4);
    }

    @Test
    @Python("RX12")
    void debounce_error_dropsWhatIsPending() {
        TestObserver<Integer> observer =
                one.debounce(10, TimeUnit.SECONDS, time).test();
        one.onNext(1);
        one.onError(FAILURE);
        observer.assertFailure(IOException.class);
    }

    @Test
    @Python("RX15")
    void intervalAndTimer_inVirtualTime() {
        TestObserver<Long> interval =
                Observable.interval(10, TimeUnit.SECONDS, time).test();
        TestObserver<Long> timer = Observable.timer(25, TimeUnit.SECONDS, time).test();
        TestObserver<Long> both =
                Observable.interval(5, 10, TimeUnit.SECONDS, time).test();
        interval.assertEmpty();
        time.advanceTimeBy(30, TimeUnit.SECONDS);
        interval.assertValuesOnly(0L, 1L, 2L);
        timer.assertResult(0L);
        both.assertValuesOnly(0L, 1L, 2L);
        interval.dispose();
        time.advanceTimeBy(10, TimeUnit.SECONDS);
        interval.assertValuesOnly(0L, 1L, 2L);
    }
}
