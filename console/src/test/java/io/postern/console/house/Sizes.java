package io.postern.console.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// Measures methods and files with the compiler's own parser.
final class Sizes {
  static final int METHOD_LINES_MAX = 40;
  static final int COMPLEXITY_MAX = 10;
  static final int PARAMETERS_MAX = 5;
  static final int FILE_LINES_MAX = 250;

  private Sizes() {}

  /// Every measure over its limit, as `path#method: what`.
  static List<String> offences(List<SourceFile> files) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      var paths = files.stream().map(file -> SourceFile.project().resolve(file.path())).toList();
      var task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  _ -> {},
                  List.of(),
                  null,
                  manager.getJavaFileObjectsFromPaths(paths));
      var positions = Trees.instance(task).getSourcePositions();
      var offences = new ArrayList<String>();
      for (var unit : task.parse()) {
        new Meter(unit, positions, offences).scan(unit, null);
      }
      files.stream()
          .filter(file -> file.lines().size() > FILE_LINES_MAX)
          .forEach(file -> offences.add(file.path() + ": file lines"));
      return offences;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Visits the methods of one file.
  private static final class Meter extends TreeScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<String> offences;
    private boolean inRecord;

    Meter(CompilationUnitTree unit, SourcePositions positions, List<String> offences) {
      this.unit = unit;
      this.positions = positions;
      this.offences = offences;
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, @Nullable Void nothing) {
      var outer = inRecord;
      inRecord = tree.getKind() == Tree.Kind.RECORD;
      super.visitClass(tree, null);
      inRecord = outer;
      return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
      var name = method.getName().contentEquals("<init>") ? "new" : method.getName().toString();
      if (lines(method) > METHOD_LINES_MAX) {
        report(name, "lines");
      }
      if (isCallable(method) && method.getParameters().size() > PARAMETERS_MAX) {
        report(name, "parameters");
      }
      if (Complexity.of(method) > COMPLEXITY_MAX) {
        report(name, "complexity");
      }
      return super.visitMethod(method, null);
    }

    /// Constructors that only wire, and the headers of records, may be long: they are lists of
    /// parts.
    private boolean isCallable(MethodTree method) {
      return (!method.getName().contentEquals("<init>") && !inRecord)
          || method.getModifiers().getFlags().contains(Modifier.STATIC);
    }

    private long lines(MethodTree method) {
      if (method.getBody() == null) {
        return 0;
      }
      var map = unit.getLineMap();
      var start = positions.getStartPosition(unit, method.getBody());
      var end = positions.getEndPosition(unit, method.getBody());
      return map.getLineNumber(end) - map.getLineNumber(start) + 1;
    }

    private void report(String method, String what) {
      var path =
          SourceFile.project().relativize(java.nio.file.Path.of(unit.getSourceFile().toUri()));
      offences.add(path + "#" + method + ": " + what);
    }
  }

  /// Counts the ways through a method. A flat switch counts once, however many cases it has.
  private static final class Complexity extends TreeScanner<Void, Void> {
    private static final Set<Tree.Kind> FORKS =
        EnumSet.of(
            Tree.Kind.IF,
            Tree.Kind.FOR_LOOP,
            Tree.Kind.ENHANCED_FOR_LOOP,
            Tree.Kind.WHILE_LOOP,
            Tree.Kind.DO_WHILE_LOOP,
            Tree.Kind.CONDITIONAL_EXPRESSION,
            Tree.Kind.CATCH,
            Tree.Kind.SWITCH,
            Tree.Kind.SWITCH_EXPRESSION,
            Tree.Kind.CONDITIONAL_AND,
            Tree.Kind.CONDITIONAL_OR);

    /// Lambdas and inner classes are read on their own.
    private static final Set<Tree.Kind> OWN_COUNT =
        EnumSet.of(Tree.Kind.LAMBDA_EXPRESSION, Tree.Kind.CLASS, Tree.Kind.RECORD);

    private int ways = 1;

    static int of(MethodTree method) {
      var counter = new Complexity();
      counter.scan(method.getBody(), null);
      return counter.ways;
    }

    @Override
    public @Nullable Void scan(@Nullable Tree tree, @Nullable Void nothing) {
      if (tree == null || OWN_COUNT.contains(tree.getKind())) {
        return null;
      }
      if (FORKS.contains(tree.getKind())) {
        ways++;
      }
      return super.scan(tree, null);
    }
  }
}
