// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.crawler;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What became of a page.
 *
 * @param address where it is
 * @param end how the visit ended
 * @param attempts how often the page was asked for
 * @param links the addresses of other pages of the site that the page has links to, each once and in order
 */
record Visit(URI address, End end, int attempts, Set<URI> links) {

    /** How a visit can end. */
    enum End {
        /** There was a page. */
        ANSWERED,

        /** The server has no such page, or gave none: any answer but 200. */
        DEAD,

        /** There was no answer in time. */
        TOO_SLOW
    }

    /** Copies the links. */
    Visit {
        links = new LinkedHashSet<>(links);
    }

    String path() {
        return address.getPath();
    }

    SortedSet<String> linkedPaths() {
        SortedSet<String> paths = new TreeSet<>();
        links.forEach(link -> paths.add(link.getPath()));
        return paths;
    }
}
