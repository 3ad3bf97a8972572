// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Asks each implementation in turn, round after round. */
final class SurveyRun {
    private static final int ROUNDS = 5;
    private static final List<String> IMPLEMENTATIONS =
            Arrays.stream(TimerImplementation.values()).map(Enum::name).toList();

    private SurveyRun() {}

    /** Measures, and keeps the results: the exit code. */
    static int measure(Survey survey, CommandLine command, Fork fork, Load before, Results files)
            throws IOException, InterruptedException {
        int rounds = command.rounds() > 0 ? command.rounds() : ROUNDS;
        Calibration calibration = fork.calibrate();
        JsonArray raw = new JsonArray();
        for (int round = 0; round < rounds; round++) {
            for (String implementation : Plan.order(IMPLEMENTATIONS, round)) {
                JsonObject entry = fork.survey(survey, implementation);
                System.out.printf(
                        "round %d of %d  %s  %s  %s%n",
                        round + 1, rounds, survey.title(), implementation, entry.get(Survey.FIGURES));
                raw.add(entry);
            }
            files.writeRaw(raw);
        }
        files.writeMachine(Machine.describe(raw, calibration, before));
        System.out.println();
        System.out.print(files.writePage());
        System.out.println("\nKept in " + files);
        return 0;
    }
}
