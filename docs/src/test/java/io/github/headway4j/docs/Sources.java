// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The types that a set of source files declares, by simple name, as javac's parser reads them; nothing is resolved. */
final class Sources {

    /** One method: the simple names of its annotations, and the numbers in its {@code @Python}. */
    record Method(String name, Set<String> annotations, Set<String> numbers) {}

    /** One type: {@code Outer.Nested} for a nested one. */
    record Type(
            String name, boolean isPublic, Set<String> annotations, List<String> supertypes, List<Method> methods) {}

    private static final Set<String> JUNIT_TESTS =
            Set.of("Test", "ParameterizedTest", "RepeatedTest", "TestFactory", "TestTemplate");

    private final Map<String, List<Type>> types = new LinkedHashMap<>();

    private Sources(List<Path> files) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            for (CompilationUnitTree unit : task.parse()) {
                for (Tree declaration : unit.getTypeDecls()) {
                    if (declaration instanceof ClassTree type) {
                        add("", type);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The test code of all modules, and the stress tests. */
    static Sources ofTests() {
        return new Sources(Repository.testFiles());
    }

    /** The main code of one module. */
    static Sources ofModule(String directory) {
        Path main = Repository.ROOT.resolve(directory).resolve("src/main/java");
        return new Sources(Repository.files(main, ".java").stream()
                .filter(file -> !file.endsWith("module-info.java"))
                .toList());
    }

    private void add(String outer, ClassTree tree) {
        String name = outer + tree.getSimpleName();
        List<String> supertypes = new ArrayList<>();
        List<Method> methods = new ArrayList<>();
        if (tree.getExtendsClause() != null) {
            supertypes.add(simpleName(tree.getExtendsClause()));
        }
        tree.getImplementsClause().forEach(supertype -> supertypes.add(simpleName(supertype)));
        for (Tree member : tree.getMembers()) {
            if (member instanceof MethodTree method) {
                List<? extends AnnotationTree> annotations =
                        method.getModifiers().getAnnotations();
                methods.add(new Method(method.getName().toString(), names(annotations), numbers(annotations)));
            } else if (member instanceof ClassTree nested) {
                add(name + ".", nested);
            }
        }
        boolean isPublic = tree.getModifiers().getFlags().contains(Modifier.PUBLIC);
        Set<String> annotations = names(tree.getModifiers().getAnnotations());
        types.computeIfAbsent(name, key -> new ArrayList<>())
                .add(new Type(name, isPublic, annotations, supertypes, methods));
    }

    private static Set<String> names(List<? extends AnnotationTree> annotations) {
        Set<String> names = new LinkedHashSet<>();
        annotations.forEach(annotation -> names.add(simpleName(annotation.getAnnotationType())));
        return names;
    }

    private static String simpleName(Tree tree) {
        Tree raw = tree instanceof ParameterizedTypeTree parameterized ? parameterized.getType() : tree;
        String name = raw.toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static Set<String> numbers(List<? extends AnnotationTree> annotations) {
        Set<String> numbers = new LinkedHashSet<>();
        for (AnnotationTree annotation : annotations) {
            if (simpleName(annotation.getAnnotationType()).equals("Python")) {
                for (ExpressionTree argument : annotation.getArguments()) {
                    collect(argument instanceof AssignmentTree named ? named.getExpression() : argument, numbers);
                }
            }
        }
        return numbers;
    }

    private static void collect(ExpressionTree value, Set<String> numbers) {
        if (value instanceof LiteralTree literal) {
            numbers.add(String.valueOf(literal.getValue()));
        } else if (value instanceof NewArrayTree array) {
            array.getInitializers().forEach(element -> collect(element, numbers));
        }
    }

    Stream<Type> types() {
        return types.values().stream().flatMap(List::stream);
    }

    boolean declares(String type) {
        return types.containsKey(type);
    }

    /** The tests of that name that the type declares or inherits from types that are here too. */
    List<Method> tests(String type, String method) {
        List<Method> found = new ArrayList<>();
        collectTests(type, method, found, new LinkedHashSet<>());
        return found;
    }

    private void collectTests(String name, String method, List<Method> found, Set<String> seen) {
        if (!seen.add(name)) {
            return;
        }
        for (Type type : types.getOrDefault(name, List.of())) {
            type.methods().stream()
                    .filter(candidate -> candidate.name().equals(method) && isTest(candidate))
                    .forEach(found::add);
            type.supertypes().forEach(supertype -> collectTests(supertype, method, found, seen));
        }
    }

    /** The type, its nested types, and what it inherits from. */
    private Stream<Type> family(String name) {
        Set<String> names = new LinkedHashSet<>();
        collectFamily(name, names);
        return names.stream().flatMap(member -> types.get(member).stream());
    }

    private void collectFamily(String name, Set<String> names) {
        if (!declares(name) || !names.add(name)) {
            return;
        }
        types.get(name).forEach(type -> type.supertypes().forEach(supertype -> collectFamily(supertype, names)));
        types.keySet().stream()
                .filter(other -> other.startsWith(name + "."))
                .forEach(nested -> collectFamily(nested, names));
    }

    /** Whether JUnit runs it: by an annotation of its own, or by one of ours that carries such a one. */
    private boolean isTest(Method method) {
        return method.annotations().stream().anyMatch(annotation -> isTest(annotation, new LinkedHashSet<>()));
    }

    private boolean isTest(String annotation, Set<String> seen) {
        if (JUNIT_TESTS.contains(annotation)) {
            return true;
        }
        return seen.add(annotation)
                && types.getOrDefault(annotation, List.of()).stream()
                        .flatMap(type -> type.annotations().stream())
                        .anyMatch(meta -> isTest(meta, seen));
    }

    /**
     * What is wrong with a reference to a test, or an empty text. {@code Class#method} must be a test that JUnit runs;
     * {@code Class} alone a jcstress test, or a class that has at least one test.
     */
    String problemWith(String reference) {
        int hash = reference.indexOf('#');
        String type = hash < 0 ? reference : reference.substring(0, hash);
        if (!declares(type)) {
            return "no type " + type + " in the tests";
        }
        if (hash >= 0) {
            return tests(type, reference.substring(hash + 1)).isEmpty() ? "no test " + reference : "";
        }
        boolean runs = family(type)
                .anyMatch(each -> each.annotations().contains("JCStressTest")
                        || each.methods().stream().anyMatch(this::isTest));
        return runs ? "" : type + " has no test";
    }
}
