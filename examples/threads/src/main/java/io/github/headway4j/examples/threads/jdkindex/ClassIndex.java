// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.jdkindex;

import java.util.Collections;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An index of class files. It grows by one class at a time or by another index, and the order does not matter: two
 * indexes of the same files are equal. It is not thread-safe; give each thread an index of its own and put them
 * together at the end.
 */
public final class ClassIndex {

    private int files;
    private int modules;
    private int classes;
    private int publicClasses;
    private int methods;
    private final SortedMap<String, Integer> classesByPackage = new TreeMap<>();
    private final SortedMap<String, SortedSet<String>> packagesBySimpleName = new TreeMap<>();
    private Biggest classWithMostMethods = Biggest.NONE;

    /**
     * Something and its size.
     *
     * @param name its name, empty for nothing
     * @param size its size
     */
    public record Biggest(String name, int size) {

        private static final Biggest NONE = new Biggest("", 0);

        /** The bigger of two; the first in the alphabet if they are equally big. */
        private static final Comparator<Biggest> ORDER =
                Comparator.comparingInt(Biggest::size).thenComparing(Biggest::name, Comparator.reverseOrder());

        private Biggest or(Biggest other) {
            return ORDER.compare(this, other) >= 0 ? this : other;
        }
    }

    /** Adds one class file. */
    void add(ClassFacts facts) {
        files++;
        if (facts.kind() == ClassFacts.Kind.MODULE_INFO) {
            modules++;
        }
        if (!facts.kind().isType()) {
            return;
        }
        classes++;
        publicClasses += facts.isPublic() ? 1 : 0;
        methods += facts.methods();
        classesByPackage.merge(facts.packageName(), 1, Integer::sum);
        facts.simpleName().ifPresent(name -> packagesOf(name).add(facts.packageName()));
        classWithMostMethods = classWithMostMethods.or(new Biggest(facts.className(), facts.methods()));
    }

    /** Adds everything that another index has; the two must not have a file in common. */
    void addAll(ClassIndex other) {
        files += other.files;
        modules += other.modules;
        classes += other.classes;
        publicClasses += other.publicClasses;
        methods += other.methods;
        other.classesByPackage.forEach((name, count) -> classesByPackage.merge(name, count, Integer::sum));
        other.packagesBySimpleName.forEach((name, packages) -> packagesOf(name).addAll(packages));
        classWithMostMethods = classWithMostMethods.or(other.classWithMostMethods);
    }

    private SortedSet<String> packagesOf(String simpleName) {
        return packagesBySimpleName.computeIfAbsent(simpleName, name -> new TreeSet<>());
    }

    /**
     * Counts the class files.
     *
     * @return how many files were read, those of packages and modules included
     */
    public int files() {
        return files;
    }

    /**
     * Counts the modules.
     *
     * @return how many module descriptors were among the files
     */
    public int modules() {
        return modules;
    }

    /**
     * Counts the packages.
     *
     * @return how many packages have a class
     */
    public int packages() {
        return classesByPackage.size();
    }

    /**
     * Counts the classes.
     *
     * @return how many classes, interfaces, enums, records and annotation types there are
     */
    public int classes() {
        return classes;
    }

    /**
     * Counts the public classes.
     *
     * @return how many of the {@link #classes()} are public
     */
    public int publicClasses() {
        return publicClasses;
    }

    /**
     * Counts the methods.
     *
     * @return how many methods the classes have, constructors and compiler-made ones included
     */
    public int methods() {
        return methods;
    }

    /**
     * Finds the packages of a class.
     *
     * @param simpleName the name without package and enclosing class, for example {@code List}
     * @return the packages that have such a class, sorted; empty if none has
     */
    public SortedSet<String> packagesWith(String simpleName) {
        SortedSet<String> packages = packagesBySimpleName.get(simpleName);
        return packages == null ? Collections.emptySortedSet() : Collections.unmodifiableSortedSet(packages);
    }

    /**
     * Finds the simple name that most packages use.
     *
     * @return the name and the number of packages that have a class of that name
     */
    public Biggest mostSharedName() {
        return packagesBySimpleName.entrySet().stream()
                .map(entry -> new Biggest(entry.getKey(), entry.getValue().size()))
                .reduce(Biggest.NONE, Biggest::or);
    }

    /**
     * Finds the class with the most methods.
     *
     * @return the name of the class and the number of its methods
     */
    public Biggest classWithMostMethods() {
        return classWithMostMethods;
    }

    /**
     * Finds the package with the most classes.
     *
     * @return the name of the package and the number of its classes
     */
    public Biggest biggestPackage() {
        return classesByPackage.entrySet().stream()
                .map(entry -> new Biggest(entry.getKey(), entry.getValue()))
                .reduce(Biggest.NONE, Biggest::or);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClassIndex index
                && files == index.files
                && modules == index.modules
                && classes == index.classes
                && publicClasses == index.publicClasses
                && methods == index.methods
                && classWithMostMethods.equals(index.classWithMostMethods)
                && classesByPackage.equals(index.classesByPackage)
                && packagesBySimpleName.equals(index.packagesBySimpleName);
    }

    @Override
    public int hashCode() {
        return Objects.hash(files, methods, classesByPackage);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%d files, %d packages, %d classes, %d methods", files, packages(), classes, methods);
    }
}
