// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import io.github.headway4j.examples.threads.primefactors.Factorization;
import io.github.headway4j.examples.threads.primefactors.PrimeFactors;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Work for the processor, in one thread and in as many as there are processors. */
final class PrimeFactorsStop implements Stop {
    private static final long SEED = 3;

    @Override
    public String name() {
        return "prime-factors";
    }

    @Override
    public String title() {
        return "Prime factors";
    }

    @Override
    public String explanation() {
        return "Random numbers are taken apart into primes, first in one thread, then in one thread per processor:"
                + " threads speed up work for the processor as far as there are processors, and no further.";
    }

    @Override
    public Outcome run(StopContext context) throws InterruptedException {
        int count = context.size(500_000, 60_000);
        int threads = Runtime.getRuntime().availableProcessors();
        PrimeFactors.Result result;
        try (Progress bar = context.progress("Factorising, in one thread and in " + threads)) {
            result = PrimeFactors.run(count, SEED, threads, bar);
        }
        String numbers = Words.count(result.count());
        return Outcome.showing(String.format(
                        "%s numbers in %s instead of %s",
                        numbers, Words.time(result.concurrent()), Words.time(result.sequential())))
                .grid(
                        numbers + " numbers from " + Words.count(PrimeFactors.SMALLEST) + " to "
                                + Words.count(PrimeFactors.LARGEST),
                        List.of("Way", "Threads", "Time"),
                        List.of(
                                List.of("one after another", "1", Words.time(result.sequential())),
                                List.of(
                                        "in chunks, shared out",
                                        Words.count(result.threads()),
                                        Words.time(result.concurrent()))))
                .note(Words.count(result.primes()) + " of the numbers are primes; most factors: "
                        + product(result.mostFactors()) + ".")
                .naive(Words.comparison("One thread", result.sequential(), "one per processor", result.concurrent())
                        + ". Processors: " + result.threads() + ".")
                .check("both ways find the same factors in the same order", result.equal(), numbers + " lists compared")
                .check(
                        "the product of the factors is the number",
                        result.wrongProducts() == 0 && result.count() == count,
                        Words.count(result.wrongProducts()) + " of " + numbers + " are wrong")
                .build();
    }

    /** {@return the number and its factors, such as 72 = 2^3 x 3^2} */
    private static String product(Factorization factorization) {
        Map<Integer, Long> powers = factorization.factors().stream()
                .collect(Collectors.groupingBy(factor -> factor, TreeMap::new, Collectors.counting()));
        String product = powers.entrySet().stream()
                .map(power -> power.getKey() + (power.getValue() == 1 ? "" : "^" + power.getValue()))
                .collect(Collectors.joining(" x "));
        return Words.count(factorization.number()) + " = " + product;
    }
}
