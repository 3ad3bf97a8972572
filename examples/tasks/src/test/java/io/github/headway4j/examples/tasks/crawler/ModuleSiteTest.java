// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.crawler;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleFinder;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is on the site, and what is found on its pages. */
class ModuleSiteTest {
    private static final URI HERE = URI.create("http://localhost:80");

    private final ModuleSite site = ModuleSite.of(ModuleFinder.ofSystem(), name -> name.startsWith("java."));

    @Test
    void pages_linkModulesAndPackages() {
        assertThat(site.pages().get("/modules/java.sql"))
                .contains("/", "/modules/java.logging", "/packages/javax.sql")
                .doesNotContain("/packages/java.util");
        assertThat(site.pages().get("/packages/java.util.concurrent.atomic"))
                .containsExactly("/", "/modules/java.base", "/packages/java.util.concurrent");
        assertThat(site.pages().get("/packages/java.util"))
                .contains("/packages/java.util.concurrent")
                .doesNotContain("/packages/java.util.concurrent.atomic");
        assertThat(site.pages().get(ModuleSite.HOME))
                .contains(ModuleSite.DEAD, ModuleSite.SLOW, "/modules/java.se")
                .doesNotContain("/modules/java.base", ModuleSite.HOME);
    }

    @Test
    void pages_canAllBeReachedFromTheHomePage() {
        Set<String> reached = new TreeSet<>(Set.of(ModuleSite.HOME));
        Queue<String> toVisit = new ArrayDeque<>(reached);
        while (!toVisit.isEmpty()) {
            SortedSet<String> links = site.pages().getOrDefault(toVisit.remove(), new TreeSet<>());
            links.stream().filter(reached::add).forEach(toVisit::add);
        }
        reached.removeAll(Set.of(ModuleSite.DEAD, ModuleSite.SLOW));

        assertThat(reached).isEqualTo(site.pages().keySet()).hasSizeGreaterThan(100);
    }

    @Test
    void html_hasTheLinksOfThePageInAllTheirForms() {
        for (String path : List.of(ModuleSite.HOME, "/modules/java.xml", "/packages/javax.xml")) {
            URI address = HERE.resolve(path);
            Visit visit = new Visit(address, Visit.End.ANSWERED, 1, Browser.linksIn(site.html(path), address));

            assertThat(visit.linkedPaths()).isEqualTo(site.pages().get(path));
        }
    }

    @Test
    void linksIn_otherSites_placesWithinThePage_andWhatIsNoAddress_areLeftOut() {
        String html = "<a href=https://localhost:80/x>1</a><a href=//localhost:81/x>2</a><a href='#y'>3</a>"
                + "<a href=mailto:nobody@localhost>4</a><a name=z>5</a><a href='z#y'>6</a><A HREF=../z>7</A>"
                + "<a href='/%no'>8</a>";

        assertThat(Browser.linksIn(html, HERE.resolve("/a/b")))
                .containsExactly(HERE.resolve("/a/z"), HERE.resolve("/z"));
    }
}
