// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.scheduler.week;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.threads.ProgramRun;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualWeekTest {
    private static final List<String> MARCH = List.of(
            "                 10 minutes       hour            day    Mon    Wed    minute :17        02:30  24 hours",
            "Thu 26 Mar       143 00:10-23:50  23 01:00-23:00  10:30                1440 00:00-23:59  02:30  10:30",
            "Fri 27 Mar       144 00:00-23:50  24 00:00-23:00  10:30                1440 00:00-23:59  02:30  10:30",
            "Sat 28 Mar       144 00:00-23:50  24 00:00-23:00  10:30                1440 00:00-23:59  02:30  10:30",
            "Sun 29 Mar 23 h  138 00:00-23:50  23 00:00-23:00  10:30                1380 00:00-23:59  03:00  11:30",
            "Mon 30 Mar       144 00:00-23:50  24 00:00-23:00  10:30  00:00         1440 00:00-23:59  02:30  11:30",
            "Tue 31 Mar       144 00:00-23:50  24 00:00-23:00  10:30                1440 00:00-23:59  02:30  11:30",
            "Wed 1 Apr        144 00:00-23:50  24 00:00-23:00  10:30         13:15  1440 00:00-23:59  02:30  11:30",
            "all              1001             166             7      1      1      10020             7      7");

    private static final List<String> OCTOBER = List.of(
            "                 10 minutes       hour            day    Mon    Wed    minute :17        02:30  24 hours",
            "Thu 22 Oct       143 00:10-23:50  23 01:00-23:00  10:30                1440 00:00-23:59  02:30  10:30",
            "Fri 23 Oct       144 00:00-23:50  24 00:00-23:00  10:30                1440 00:00-23:59  02:30  10:30",
            "Sat 24 Oct       144 00:00-23:50  24 00:00-23:00  10:30                1440 00:00-23:59  02:30  10:30",
            "Sun 25 Oct 25 h  150 00:00-23:50  25 00:00-23:00  10:30                1500 00:00-23:59  02:30  09:30",
            "Mon 26 Oct       144 00:00-23:50  24 00:00-23:00  10:30  00:00         1440 00:00-23:59  02:30  09:30",
            "Tue 27 Oct       144 00:00-23:50  24 00:00-23:00  10:30                1440 00:00-23:59  02:30  09:30",
            "Wed 28 Oct       144 00:00-23:50  24 00:00-23:00  10:30         13:15  1440 00:00-23:59  02:30  09:30",
            "all              1013             168             7      1      1      10140             7      7");

    @Test
    void run_clocksArePutForward_aDayOf23Hours() {
        assertThat(VirtualWeek.run(VirtualWeek.MARCH, VirtualWeek.BERLIN).lines())
                .isEqualTo(MARCH);
    }

    @Test
    void run_clocksArePutBack_aDayOf25Hours() {
        assertThat(VirtualWeek.run(VirtualWeek.OCTOBER, VirtualWeek.BERLIN).lines())
                .isEqualTo(OCTOBER);
    }

    @Test
    void main_printsTheCalendar() throws Exception {
        assertThat(ProgramRun.linesOf(VirtualWeek.class)).isEqualTo(MARCH);
        assertThat(ProgramRun.linesOf(VirtualWeek.class, "2026-10-22")).isEqualTo(OCTOBER);
    }
}
