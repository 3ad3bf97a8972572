// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.processes.primefactors;

import io.github.headway4j.examples.threads.primefactors.Factorization;
import java.util.List;
import java.util.function.Function;

/** What a worker process does with a chunk of numbers. It is sent by its name; only the numbers travel. */
public final class FactorizeAll implements Function<List<Integer>, List<Factorization>> {

    @Override
    public List<Factorization> apply(List<Integer> numbers) {
        return numbers.stream().map(Factorization::of).toList();
    }
}
