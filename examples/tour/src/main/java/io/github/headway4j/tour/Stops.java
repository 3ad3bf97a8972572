// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import java.util.List;

/** The stops of the tour, in order. */
final class Stops {
    private Stops() {}

    static List<Stop> all() {
        return List.of(
                new BankAccountStop(),
                new PhilosophersStop(),
                new TicketOfficeStop(),
                new PublisherStop(),
                new EventsStop(),
                new MeetingStop(),
                new LockedSetStop(),
                new SupermarketStop(),
                new TurtleStop(),
                new HeartbeatStop(),
                new DownloadsStop(),
                new CrawlerStop(),
                new PrimeFactorsStop(),
                new JdkIndexStop(),
                new PhasesStop(),
                new PipelineStop(),
                new EventsInOrderStop(),
                new WeekStop(),
                new TimersStop(),
                new BankCounterStop(),
                new GatherStop(),
                new ExecutorsStop(),
                new ThermometersStop(),
                new SubprocessStop(),
                new ProcessFactorsStop());
    }
}
